#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Usage: msi.py --version V --folder FOLDER --template WXS --icon ICO --work DIRECTORY --out STEM

Makes the packages for administrators, STEM-zh.msi and STEM-en.msi, with wixl. Every file is a
component of its own, whose name and identity follow from its path, as Windows Installer wants it:
the same file of the next version is the same component.

wixl 0.101 leaves out every text that is not ASCII. It is given names for the texts, which are put
into the finished package; the package says that they are UTF-8.
"""

import argparse
import hashlib
import os
import pathlib
import subprocess
import uuid
from xml.sax.saxutils import quoteattr

# Never to be changed: by it a version knows the one before.
UPGRADE_CODE = uuid.UUID('4f0f7a3c-9a5e-4a5e-8d0c-6f1b7c1f9e55')
LANGUAGES = {
    'zh': {'LANGUAGE': '2052', 'NAME': '业绩', 'TYPE_NAME': '业绩移交包',
           'COMMENT': '向省平台申报工程业绩'},
    'en': {'LANGUAGE': '1033', 'NAME': 'Yeji', 'TYPE_NAME': 'Yeji hand-over package',
           'COMMENT': 'Declare past construction projects to the province'},
}

# where the template has texts
TABLES = ('Property', 'Shortcut', 'Registry')
UTF_8 = '65001'


def identity(path):
    return '_' + hashlib.sha256(path.encode()).hexdigest()[:24]


def guid(path):
    return str(uuid.uuid5(UPGRADE_CODE, path)).upper()


def tree_of(folder, root, work, components, indent):
    lines = []
    for entry in sorted(folder.iterdir()):
        path = entry.relative_to(root).as_posix()
        name = identity(path)
        if entry.is_dir():
            lines.append(f'{indent}<Directory Id="{name}" Name={quoteattr(entry.name)}>')
            lines += tree_of(entry, root, work, components, indent + '  ')
            lines.append(f'{indent}</Directory>')
            continue
        components.append(name)
        lines.append(f'{indent}<Component Id="{name}" Guid="{guid(path)}" Win64="yes">')
        lines.append(f'{indent}  <File Id="F{name}" Name={quoteattr(entry.name)} '
                     f'Source={quoteattr(os.path.relpath(entry, work))} KeyPath="yes"/>')
        lines.append(f'{indent}</Component>')
    return lines


def stand_in(word):
    return f'YEJI-TEXT-{word}'


def put_texts(package, texts, work):
    """Replaces what stands for the texts in the package."""
    change = work / 'change.idt'

    def put(table):
        with open(change, 'w', encoding='utf-8', newline='') as file:
            file.write(table)
        subprocess.run(['msibuild', package, '-i', change], check=True)

    put(f'\r\n\r\n{UTF_8}\t_ForceCodepage\r\n')
    for name in TABLES:
        table = subprocess.run(['msiinfo', 'export', package, name], check=True,
                               stdout=subprocess.PIPE).stdout.decode('utf-8')
        for word, text in texts.items():
            table = table.replace(stand_in(word), text)
        put(table)
    told = subprocess.run(['msiinfo', 'export', package, 'Property'], check=True,
                          stdout=subprocess.PIPE).stdout.decode('utf-8')
    if f"ProductName\t{texts['NAME']}\r\n" not in told:
        raise SystemExit(f'msi.py: the name is not in {package}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('--version', '--out'):
        parser.add_argument(name, required=True)
    for name in ('--folder', '--template', '--icon', '--work'):
        parser.add_argument(name, type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    components = []
    tree = tree_of(arguments.folder, arguments.folder, arguments.work, components, ' ' * 10)
    words = {
        'VERSION': arguments.version,
        'UPGRADE_CODE': str(UPGRADE_CODE).upper(),
        'MENU_GUID': guid('menu'),
        'TYPE_GUID': guid('type'),
        'ICON': os.path.relpath(arguments.icon, arguments.work),
        'TREE': '\n'.join(tree),
        'COMPONENTS': '\n'.join(f'      <ComponentRef Id="{name}"/>' for name in components),
    }
    for language, own in LANGUAGES.items():
        text = arguments.template.read_text('utf-8')
        texts = {word: value for word, value in own.items() if word != 'LANGUAGE'}
        given = words | {'LANGUAGE': own['LANGUAGE']} | {word: stand_in(word) for word in texts}
        for word, value in given.items():
            text = text.replace(f'@{word}@', value)
        script = arguments.work / f'yeji-{language}.wxs'
        script.write_text(text, 'utf-8')
        package = f'{arguments.out}-{language}.msi'
        subprocess.run(['wixl', '-a', 'x64', '-o', package, script], check=True)
        put_texts(package, texts, arguments.work)
        subprocess.run(['msibuild', package, '-s', f"{own['NAME']} {arguments.version}",
                        'The Yeji authors', f"x64;{own['LANGUAGE']}"], check=True)


if __name__ == '__main__':
    main()
