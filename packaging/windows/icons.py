#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Usage: icons.py SOURCE ICONS

Puts every icon that the program in SOURCE names into the folder ICONS, as pictures: on Windows
nothing draws SVG. The names are those in its C and UI files; the drawings are its own, and
Adwaita's of this computer, as gtk4-encode-symbolic-svg writes them. What GTK has in itself is left
out. Fails when a drawing is not to be found.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ADWAITA = pathlib.Path('/usr/share/icons/Adwaita')
HICOLOR = pathlib.Path('/usr/share/icons/hicolor/index.theme')
GTK = '/usr/lib/x86_64-linux-gnu/libgtk-4.so.1'
SYMBOLIC_SIZES = (16, 24, 32, 48, 128)
COLOUR_SIZES = (16, 24, 32, 48, 64, 128, 256)
APPLICATION = 'org.yeji.Yeji'


def names_in(source):
    names = set()
    for folder in ('src/app', 'ui'):
        for file in (source / folder).rglob('*'):
            if file.suffix in ('.c', '.h', '.ui', '.css'):
                names.update(re.findall(r'(?<![\w.-])[a-z0-9][a-z0-9-]*-symbolic', file.read_text('utf-8')))
    return names


def names_in_gtk():
    text = subprocess.run(['gresource', 'list', GTK], check=True, stdout=subprocess.PIPE,
                          text=True).stdout
    return set(re.findall(r'/([^/]+-symbolic)\.(?:symbolic\.png|svg)$', text, re.M))


def find_drawing(source, name):
    for folder in (source / 'data/icons/hicolor', source / 'ui', ADWAITA):
        for file in sorted(folder.rglob(name + '.svg')):
            return file
    return None


def encode(drawing, name, icons):
    for size in SYMBOLIC_SIZES:
        folder = icons / 'hicolor' / f'{size}x{size}' / 'actions'
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(['gtk4-encode-symbolic-svg', drawing, f'{size}x{size}', '-o', folder],
                       check=True)
        assert (folder / (name + '.symbolic.png')).exists(), name


def main():
    source, icons = map(pathlib.Path, sys.argv[1:])
    names = names_in(source) - names_in_gtk() | {APPLICATION + '-symbolic'}
    drawings = {name: find_drawing(source, name) for name in sorted(names)}
    lost = [name for name, drawing in drawings.items() if drawing is None]
    if lost:
        sys.exit('icons.py: no drawing of ' + ', '.join(lost))
    for name, drawing in drawings.items():
        encode(drawing, name, icons)
    drawing = source / 'data/icons/hicolor/scalable/apps' / (APPLICATION + '.svg')
    for size in COLOUR_SIZES:
        folder = icons / 'hicolor' / f'{size}x{size}' / 'apps'
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(['rsvg-convert', '-w', str(size), '-h', str(size), drawing,
                        '-o', folder / (APPLICATION + '.png')], check=True)
    shutil.copy(HICOLOR, icons / 'hicolor')
    print(f'{len(drawings)} icons')


if __name__ == '__main__':
    main()
