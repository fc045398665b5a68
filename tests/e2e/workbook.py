# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Writes a workbook as plain as other programs write one, without any of them."""

import zipfile
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
KINDS = 'application/vnd.openxmlformats-officedocument.spreadsheetml'


def column(number):
    """Gives the letters of a column; columns count from 0."""
    letters = ''
    number += 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord('A') + rest) + letters
    return letters


def sheet(rows):
    """Gives the part of a sheet; every cell is a text."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = ''.join(
            f'<c r="{column(i)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for i, text in enumerate(row) if text)
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def write_workbook(path, sheets):
    """Writes sheets: names, and the rows of each."""
    numbers = range(1, len(sheets) + 1)
    listed = ''.join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                     for i, name in zip(numbers, sheets))
    related = ''.join(f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet"'
                      f' Target="worksheets/sheet{i}.xml"/>' for i in numbers)
    kinds = ''.join(f'<Override PartName="/xl/worksheets/sheet{i}.xml"'
                    f' ContentType="{KINDS}.worksheet+xml"/>' for i in numbers)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as file:
        file.writestr('[Content_Types].xml',
                      f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
                      '<Default Extension="rels"'
                      ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      '<Override PartName="/xl/workbook.xml"'
                      f' ContentType="{KINDS}.sheet.main+xml"/>{kinds}</Types>')
        file.writestr('_rels/.rels',
                      f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
                      f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument"'
                      ' Target="xl/workbook.xml"/></Relationships>')
        file.writestr('xl/workbook.xml',
                      f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
                      f'<sheets>{listed}</sheets></workbook>')
        file.writestr('xl/_rels/workbook.xml.rels',
                      f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}'
                      '</Relationships>')
        for i, rows in zip(numbers, sheets.values()):
            file.writestr(f'xl/worksheets/sheet{i}.xml', sheet(rows))
