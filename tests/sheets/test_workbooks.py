# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Workbooks as programs write them, and as nobody does.

Files are put together part by part, so that each thing that a workbook can do stands by itself;
`dump-sheets` prints what is read of them. Hostile ones give an error that says what is the matter,
in little time and memory. At last some are mutated: whatever comes of it is no crash.
"""

import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import zipfile

PROGRAM = os.environ.get('DUMP_SHEETS', 'dump-sheets')
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

# YejiSheetsError
FILE, UNKNOWN, OLD, DAMAGED, LIMIT, FORBIDDEN, TEXT = range(7)

STYLES = f'''<styleSheet xmlns="{MAIN}"><numFmts count="3">
<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="#,##0.00&quot;day&quot;"/>
<numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="22"/><xf numFmtId="31"/></cellXfs></styleSheet>'''


def relation(number, kind, target, more=''):
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


def relations(*items):
    return f'<Relationships xmlns="{RELATIONS}">{"".join(items)}</Relationships>'


def sheet(rows, behind='', before='', namespace=MAIN):
    return (f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{namespace}">{before}'
            f'<sheetData>{rows}</sheetData>{behind}</worksheet>')


def parts(rows='', behind='', before='', strings=None, properties='', **others):
    """The parts of a workbook with one table; others replace or add."""
    made = {
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>'
                           f'<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relations(
            relation(1, 'worksheet', 'worksheets/sheet1.xml'),
            relation(2, 'styles', 'styles.xml'),
            relation(3, 'sharedStrings', '/xl/sharedStrings.xml')),
        'xl/worksheets/sheet1.xml': sheet(rows, behind, before),
        'xl/styles.xml': STYLES,
    }
    if strings is not None:
        made['xl/sharedStrings.xml'] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    made.update(others)
    return {name: text for name, text in made.items() if text is not None}


def cells(row, *values):
    return f'<row r="{row}">{"".join(values)}</row>'


def number(place, value, style=0, more=''):
    return f'<c r="{place}" s="{style}"{more}><v>{value}</v></c>'


def inline(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


# name, parts, what is read of it behind the name of the table
GOOD = [
    ('numbers and texts', parts(cells(1, inline('A1', '合同金额'), number('C1', '2928.2800000000002'))
                                + cells(3, number('B3', '-0.00001'))),
     '1:[合同金额][][2928.28]1\n3:[][-0.00001]1\n'),
    ('eighteen digits in a text stay', parts(cells(1, inline('A1', '220102198501010019'))),
     '1:[220102198501010019]\n'),
    ('eighteen digits in a number are told', parts(cells(1, number('A1', '2.2010219850101E+17'))),
     '1:[220102198501010000]11\n'),
    ('shared strings, rich and with how they are read',
     parts(cells(1, '<c r="A1" t="s"><v>1</v></c>', '<c r="B1" t="s"><v>0</v></c>'),
           strings='<si><t xml:space="preserve"> 甲_x000D_乙 </t></si><si><r><rPr><b/></rPr>'
                   '<t>一</t></r><r><t>号</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si>'),
     '1:[一号][ 甲\r乙 ]\n'),
    ('formulas and what they gave',
     parts(cells(1, '<c r="A1"><f>B1*2</f><v>7</v></c>', '<c r="B1" t="str"><f>X</f><v>甲</v></c>',
                 '<c r="C1"><f>NOW()</f></c>', '<c r="D1" t="e"><f>A9</f><v>#REF!</v></c>')),
     '1:[7]5[甲]4[]c[#REF!]24\n'),
    ('dates by their format',
     parts(cells(1, number('A1', '42459', 1), number('B1', '42459', 2), number('C1', '42459', 3),
                 number('D1', '42459.5', 4), number('E1', '42459', 5), number('F1', '60', 1),
                 number('G1', '59', 1), number('H1', '0.25', 4))),
     '1:[2016-03-30]3[2016-03-30]3[42459]1[2016-03-30 12:00:00]3[2016-03-30]3[60]1'
     '[1900-02-28]3[06:00:00]3\n'),
    ('dates since 1904',
     parts(cells(1, number('A1', '40997', 1), number('B1', '0', 1)),
           properties='<workbookPr date1904="1"/>'),
     '1:[2016-03-30]3[1904-01-01]3\n'),
    ('days as ISO 8601', parts(cells(1, '<c r="A1" t="d"><v>2016-03-30T00:00:00</v></c>')),
     '1:[2016-03-30]2\n'),
    ('merged cells say what the first one says',
     parts(cells(1, inline('A1', '甲'), inline('B1', 'x')) + cells(2, inline('B2', 'y'))
           + cells(3, inline('A3', '乙')),
           behind='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'),
     '1:[甲][x]\n2:[甲]40[y]\n3:[乙]\n'),
    ('rows and cells without places', parts('<row><c><v>1</v></c><c><v>2</v></c></row>'
                                            '<row><c><v>3</v></c></row>'),
     '1:[1]1[2]1\n2:[3]1\n'),
    ('a dimension that lies', parts(cells(1, number('A1', 1)),
                                    before='<dimension ref="A1:XFD1048576"/>'),
     '1:[1]1\n'),
    ('a strict workbook', parts(**{'xl/worksheets/sheet1.xml': sheet(
        cells(1, inline('A1', 'x')), namespace=STRICT)}), '1:[x]\n'),
    ('no styles and no shared strings', parts(cells(1, number('A1', 1, 3)), **{
        'xl/styles.xml': None}), '1:[1]1\n'),
]

BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + ''.join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + ']>'

# name, parts, code, what the message has in it
BAD = [
    ('a billion laughs', parts(**{'xl/worksheets/sheet1.xml':
                                  BOMB + sheet(cells(1, inline('A1', '&j;')))[38:]}),
     FORBIDDEN, 'sheet1'),
    ('an external entity', parts(**{'xl/worksheets/sheet1.xml':
                                    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x">' + sheet('')[38:]}),
     FORBIDDEN, 'sheet1'),
    ('a relation that leads nowhere', parts(**{'xl/_rels/workbook.xml.rels': relations(
        relation(1, 'worksheet', 'worksheets/other.xml'))}), DAMAGED, '表'),
    ('a table without a relation', parts(**{'xl/_rels/workbook.xml.rels': relations()}),
     DAMAGED, '表'),
    ('a table outside of the file', parts(**{'xl/_rels/workbook.xml.rels': relations(
        relation(1, 'worksheet', 'file:///etc/passwd', ' TargetMode="External"'))}), DAMAGED, '表'),
    ('a path that leads out', parts(**{'xl/_rels/workbook.xml.rels': relations(
        relation(1, 'worksheet', '../../../etc/passwd'))}), DAMAGED, '表'),
    ('no workbook', parts(**{'_rels/.rels': relations()}), UNKNOWN, 'workbook'),
    ('another archive', {'a.txt': 'x'}, UNKNOWN, 'archive'),
    ('a shared string that is not there', parts(cells(1, '<c r="A1" t="s"><v>5</v></c>'),
                                                strings='<si><t>x</t></si>'), DAMAGED, '5'),
    ('a shared string of a negative number', parts(cells(1, '<c r="A1" t="s"><v>-1</v></c>')),
     DAMAGED, 'row 1'),
    ('rows out of order', parts(cells(2, number('A2', 1)) + cells(1, number('A1', 1))),
     DAMAGED, 'row 1'),
    ('a row twice', parts(cells(1) + cells(1)), DAMAGED, 'row 1'),
    ('a cell of another row', parts(cells(1, number('A2', 1))), DAMAGED, 'row 1'),
    ('a row beyond the end', parts(cells(1048577)), DAMAGED, '1048577'),
    ('a column beyond the end', parts(cells(1, number('XFE1', 1))), DAMAGED, 'row 1'),
    ('no XML', parts(**{'xl/worksheets/sheet1.xml': 'x'}), DAMAGED, 'sheet1'),
    ('XML that is cut off', parts(**{'xl/worksheets/sheet1.xml':
                                     sheet(cells(1, inline('A1', 'x')))[:150]}), DAMAGED, 'sheet1'),
    ('a cell that is too long', parts(cells(1, inline('A1', 'x' * 2_000_000))), LIMIT, ''),
    ('elements in elements', parts('<x>' * 200 + '</x>' * 200), LIMIT, 'deep'),
]


def write(path, made):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)


def work_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def dump(*paths):
    """What the program prints, and its seconds of work; a crash is an error of ours."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    begun = work_of_children()
    done = subprocess.run([PROGRAM, *map(str, paths)], capture_output=True, preexec_fn=limit)
    assert done.returncode == 0, (done.returncode, done.stderr, paths)
    return done.stdout.decode(errors='replace'), work_of_children() - begun


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0

    def check(self, good, name, words=''):
        self.n += 1
        self.failed += not good
        print(f'{"ok" if good else "not ok"} {self.n} - {name}')
        if not good:
            print(f'# {words}')


def check_parts(tap, directory):
    path = directory / 'a.xlsx'
    for name, made, expected in GOOD:
        write(path, made)
        got, _ = dump(path)
        tap.check(got == f'表\n{expected}', name, repr(got))
    for name, made, code, words in BAD:
        write(path, made)
        got, _ = dump(path)
        tap.check(got.startswith(f'error {code}: ') and words in got, name, repr(got))


def check_sheets(tap, directory):
    made = parts()
    made['xl/workbook.xml'] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="一" sheetId="1" r:id="rId1"/>'
        '<sheet name="二" sheetId="2" r:id="rId1" state="veryHidden"/></sheets></workbook>')
    write(directory / 'a.xlsx', made)
    got, _ = dump(directory / 'a.xlsx')
    tap.check(got == '一\n二 (hidden)\n', 'hidden tables are told', repr(got))


def check_archives(tap, directory):
    path = directory / 'a.xlsx'
    good = parts(cells(1, number('A1', 1)))
    write(path, good)
    whole = path.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:length])
        got, _ = dump(path)
        tap.check(got.startswith('error') or length == 0, f'cut off at {length}', repr(got))
    damaged = bytearray(whole)
    at = whole.index(b'xl/worksheets/sheet1.xml') + 24
    damaged[at + 5:at + 60] = bytes(55)
    path.write_bytes(damaged)
    got, _ = dump(path)
    tap.check(got.startswith(f'error {DAMAGED}'), 'a part whose bytes were changed', repr(got))
    with zipfile.ZipFile(path, 'w') as archive:
        for name, text in [*good.items(), ('XL/Worksheets/Sheet1.xml', sheet(''))]:
            archive.writestr(name, text)
    got, _ = dump(path)
    tap.check(got.startswith(f'error {DAMAGED}') and 'twice' in got, 'a part that is there twice',
              repr(got))


def check_bombs(tap, directory):
    path = directory / 'a.xlsx'
    zeros = ' ' * (1 << 20)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts().items():
            if name != 'xl/worksheets/sheet1.xml':
                archive.writestr(name, text)
        with archive.open('xl/worksheets/sheet1.xml', 'w', force_zip64=True) as part:
            for _ in range(200):
                part.write(zeros.encode())
    got, seconds = dump(path)
    tap.check(got.startswith(f'error {LIMIT}') and seconds < 10, 'a bomb of blanks', repr(got))
    made = parts(cells(1, number('A1', 1)), **{'xl/styles.xml': f'<styleSheet xmlns="{MAIN}">'
                 + f'<!--{"x" * 60}-->' * 600_000 + '</styleSheet>'})
    write(path, made)
    got, seconds = dump(path)
    tap.check(got.startswith(f'error {LIMIT}') and seconds < 10, 'styles of 40 MiB', repr(got))
    rows = ''.join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 2001))
    write(path, parts(rows))
    got, seconds = dump(path)
    tap.check(got.count('\n') == 2001 and seconds < 20, 'rows of 16,384 columns', got[:200])
    write(path, parts(''.join(cells(i, number(f'A{i}', 1)) for i in range(1, 500)), behind=
                      '<mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + '</mergeCells>'))
    got, seconds = dump(path)
    tap.check(got.count('\n') == 500 and seconds < 10, 'everything merged a thousand times',
              got[:200])


    write(path, parts(''.join(cells(i, number(f'A{i}', 1)) for i in range(1, 500)), behind=
                      '<mergeCells>' + '<mergeCell ref="A1:BK1000"/>' * 1000 + '</mergeCells>'))
    got, seconds = dump(path)
    tap.check(got.startswith(f'error {DAMAGED}') and seconds < 10, 'ranges upon each other',
              got[:200])


def check_memory(tap, directory):
    """100,000 rows, each with a text of its own: more than is kept in memory."""
    path = directory / 'a.xlsx'
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        made = parts()
        strings = ''.join(f'<si><t>{i:07d}{"工程项目" * 30}</t></si>' for i in range(100_000))
        made['xl/sharedStrings.xml'] = f'<sst xmlns="{MAIN}">{strings}</sst>'
        made['xl/worksheets/sheet1.xml'] = sheet(''.join(
            f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{99_999 - i}</v></c></row>'
            for i in range(100_000)))
        for name, text in made.items():
            archive.writestr(name, text)
    code = ('import resource, subprocess, sys\n'
            'out = subprocess.run(sys.argv[1:], capture_output=True).stdout\n'
            'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, hash(out) and out.count('
            'b"\\n"), b"[0099999" in out)')
    # the dump itself gathers the whole text, 38 MB of it
    done = subprocess.run([sys.executable, '-c', code, PROGRAM, str(path)], capture_output=True,
                          text=True, check=True)
    memory, lines, last = done.stdout.split()
    print(f'# 100,000 texts of 367 bytes: {int(memory) // 1024} MiB with the dump of 38 MiB')
    tap.check(int(lines) == 100_001 and last == 'True' and int(memory) < 180 * 1024,
              'many texts are not kept in memory', done.stdout)


def check_openpyxl(tap, directory):
    try:
        import datetime
        import openpyxl
    except ImportError:
        print('# python3-openpyxl is missing: what it writes is not read')
        return
    book = openpyxl.Workbook()
    page = book.active
    page.title = '合同'
    page.append(['编号', '日期', '金额', '说明'])
    page.append(['2201020240100101', datetime.date(2016, 3, 30), 2928.28, '甲\n乙'])
    page.append([None, datetime.datetime(2016, 3, 30, 12, 30), 12, True])
    page.merge_cells('A2:A3')
    book.create_sheet('藏').sheet_state = 'hidden'
    book.save(directory / 'a.xlsx')
    got, _ = dump(directory / 'a.xlsx')
    tap.check(got == '合同\n1:[编号][日期][金额][说明]\n'
                     '2:[2201020240100101][2016-03-30]3[2928.28]1[甲\n乙]\n'
                     '3:[2201020240100101]40[2016-03-30 12:30:00]3[12]1[1]\n藏 (hidden)\n',
              'a workbook of openpyxl', repr(got))


def check_mutations(tap, directory, n=300):
    """Mutated XML within good archives, and mutated archives."""
    source = random.Random(8)
    paths = []
    for i in range(n):
        _, made, *_ = source.choice(GOOD)
        made = dict(made)
        path = directory / f'{i}.xlsx'
        if i % 3:
            name = source.choice(sorted(made))
            text = bytearray(made[name].encode())
            for _ in range(source.randint(1, 6)):
                at = source.randrange(len(text) + 1)
                text[at:at + source.choice([0, 1, 4])] = source.choice(
                    [b'', b'<', b'>', b'"', b'&a;', b'</c>', b'<row>', b'999999999999', b'-1',
                     b'\xff', b'\0', b'<!DOCTYPE a>', b'<c r="A1">'])
            made[name] = bytes(text)
        write(path, made)
        if not i % 3:
            data = bytearray(path.read_bytes())
            for _ in range(source.randint(1, 8)):
                data[source.randrange(len(data))] = source.randrange(256)
            path.write_bytes(data)
        paths.append(path)
    got, seconds = dump(*paths)
    tap.check(seconds < 60 and got.count('error') > n // 10, f'{n} mutated files', got[:300])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix='yeji-test-') as name:
        directory = pathlib.Path(name)
        for check in (check_parts, check_sheets, check_archives, check_bombs, check_memory,
                      check_openpyxl, check_mutations):
            check(tap, directory)
    print(f'1..{tap.n}')
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
