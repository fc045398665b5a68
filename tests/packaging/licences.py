# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The table of docs/licences.md, from data/licences.json. As a program it writes it."""

import json
import pathlib

BEGIN, END = '<!-- made by tests/packaging/licences.py -->', '<!-- end -->'
WHERE = {'window': 'window', 'command': 'command line', 'server': 'server'}


def table(parts):
    lines = ['| part | licence | copyright | used by |', '|---|---|---|---|']
    for part in parts:
        used = ', '.join(WHERE[place] for place in part['used'])
        lines.append(f'| [{part["name"]}]({part["url"]}) | `{part["licence"]}` '
                     f'| {part["copyright"]} | {used} |')
    return '\n'.join(lines)


def fill(page, parts):
    """Puts the table into the page, between its marks."""
    head, _, rest = page.partition(BEGIN)
    return f'{head}{BEGIN}\n{table(parts)}\n{END}{rest.partition(END)[2]}'


def read(source):
    return json.loads((source / 'data' / 'licences.json').read_text(encoding='utf-8'))['parts']


if __name__ == '__main__':
    ROOT = pathlib.Path(__file__).resolve().parents[2]
    PAGE = ROOT / 'docs' / 'licences.md'
    PAGE.write_text(fill(PAGE.read_text(encoding='utf-8'), read(ROOT)), encoding='utf-8')
