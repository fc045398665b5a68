#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Usage: bundle.py --source SOURCE --build BUILD --prefix PREFIX FOLDER

Puts a cross build of Yeji and all that it needs on a bare Windows into FOLDER, which can lie
anywhere: the programs, every library that they load, and what is loaded by name at run time. Which
libraries those are is read from the programs themselves. Fails when one is neither there nor a part
of Windows.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

HOST = 'x86_64-w64-mingw32'
PROGRAMS = ('org.yeji.Yeji.exe', 'yeji.exe', 'yeji-examiner.exe')
# GApplication's bus, and what starts other programs
HELPERS = ('gdbus.exe', 'gspawn-win64-helper.exe', 'gspawn-win64-helper-console.exe')
MODULES = ('libgioopenssl.dll',)
# The first document that wants it loads it; a prefix may have none. What it must know of the Chinese
# encodings of PDF it looks for in share/poppler beside it.
PDF = 'libpoppler-glib-8.dll'
PDF_DATA = pathlib.Path('/usr/share/poppler')
DOMAINS = ('glib20', 'gtk40', 'libadwaita', 'gdk-pixbuf', 'glib-networking', 'json-glib-1.0',
           'libsoup-3.0')


def imports_of(file):
    text = subprocess.run([HOST + '-objdump', '-p', file], check=True, stdout=subprocess.PIPE,
                          text=True).stdout
    return re.findall(r'DLL Name: (\S+)', text)


def is_of_windows(name):
    """Whether the cross compiler knows it as a part of the system."""
    stem = name.lower().removesuffix('.dll').removesuffix('.drv')
    return (stem.startswith('api-ms-win-')
            or pathlib.Path(f'/usr/{HOST}/lib/lib{stem}.a').exists())


class Bundle:
    def __init__(self, folder, prefix):
        self.folder = folder
        gcc = subprocess.run([HOST + '-gcc-posix', '-print-libgcc-file-name'], check=True,
                             stdout=subprocess.PIPE, text=True).stdout.strip()
        self.places = [prefix / 'bin', pathlib.Path(gcc).parent,
                       pathlib.Path(f'/usr/{HOST}/lib'), pathlib.Path(f'/usr/{HOST}/bin')]

    def put(self, file, where, name=None):
        target = self.folder / where / (name or file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
        return target

    def put_program(self, file, where='bin'):
        target = self.put(file, where)
        subprocess.run([HOST + '-strip', '--strip-unneeded', target], check=True)
        for name in imports_of(target):
            self.put_library(name)

    def put_library(self, name):
        if (self.folder / 'bin' / name).exists():
            return
        for place in self.places:
            if (place / name).exists():
                self.put_program(place / name)
                return
        if not is_of_windows(name):
            sys.exit(f'bundle.py: {name} is neither in the prefix nor a part of Windows')


def put_texts(bundle, arguments):
    for language in (arguments.source / 'po/LINGUAS').read_text('utf-8').split():
        where = pathlib.Path('share/locale') / language / 'LC_MESSAGES'
        (made,) = (arguments.build / 'po').glob(f'{language}/LC_MESSAGES/yeji*.mo')
        bundle.put(made, where, 'yeji.mo')
        for domain in DOMAINS:
            file = arguments.prefix / where / (domain + '.mo')
            if file.exists():
                bundle.put(file, where)


def put_schemas(bundle, arguments):
    """GTK's own choosers abort without theirs."""
    where = 'share/glib-2.0/schemas'
    files = list((arguments.prefix / where).glob('*.xml'))
    files.append(arguments.source / 'data/org.yeji.Yeji.gschema.xml')
    for file in files:
        bundle.put(file, where)
    subprocess.run(['glib-compile-schemas', '--strict', bundle.folder / where], check=True)
    for file in files:
        (bundle.folder / where / file.name).unlink()


def put_pdf(bundle, arguments):
    if not (arguments.prefix / 'bin' / PDF).exists():
        print(f'bundle.py: NO {PDF} in the prefix: this Yeji shows no pages of PDF', flush=True)
        return
    bundle.put_program(arguments.prefix / 'bin' / PDF)
    shutil.copytree(PDF_DATA, bundle.folder / 'share/poppler')


def put_papers(bundle, arguments):
    bundle.put(arguments.source / 'LICENSE', 'share/doc/yeji', 'LICENSE.txt')
    bundle.put(arguments.source / 'packaging/windows/sources.txt', 'share/doc/yeji')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('--source', '--build', '--prefix'):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument('folder', type=pathlib.Path)
    arguments = parser.parse_args()
    bundle = Bundle(arguments.folder, arguments.prefix)
    shutil.rmtree(bundle.folder, ignore_errors=True)
    for name in PROGRAMS:
        bundle.put_program(arguments.build / 'src/programs' / name)
    for name in HELPERS:
        bundle.put_program(arguments.prefix / 'bin' / name)
    for name in MODULES:
        bundle.put_program(arguments.prefix / 'lib/gio/modules' / name, 'lib/gio/modules')
    put_pdf(bundle, arguments)
    put_texts(bundle, arguments)
    put_schemas(bundle, arguments)
    put_papers(bundle, arguments)
    subprocess.run([arguments.source / 'packaging/windows/icons.py', arguments.source,
                    bundle.folder / 'share/icons'], check=True)


if __name__ == '__main__':
    main()
