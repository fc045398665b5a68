# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Workbooks as programs write them, and as nobody does.

Those in files/ are by other programs. Others are put together part by part, so that each thing that
a workbook can do stands by itself; `dump-sheets` prints what is read of them. Hostile ones give an
error that says what is the matter, in little time and memory. At last some are mutated: whatever
comes of it is no crash.
"""

import os
import pathlib
import random
import resource
import subprocess
import struct
import sys
import tempfile
import zipfile
import zlib

PROGRAM = os.environ.get('DUMP_SHEETS', 'dump-sheets')
FILES = pathlib.Path(__file__).resolve().parent / 'files'
# What a hostile file may cost: seconds of work, and memory. With sanitizers both are others.
SECONDS = 20
MEMORY = 100 * 1024 * 1024
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
X14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'

# YejiSheetsError
FILE, UNKNOWN, OLD, DAMAGED, LIMIT, FORBIDDEN, TEXT, FORMAT = range(8)

STYLES = f'''<styleSheet xmlns="{MAIN}"><numFmts count="4">
<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="#,##0.00&quot;day&quot;"/>
<numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="h:mm:ss;@"/>
</numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="22"/><xf numFmtId="31"/><xf numFmtId="20"/><xf numFmtId="167"/></cellXfs>
</styleSheet>'''


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
    ('days since 1904, and an extension with an element of the same name',
     parts(cells(1, number('A1', '40997', 1)), **{'xl/workbook.xml': f'''<workbook xmlns="{MAIN}"
      xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets><sheet name="表" sheetId="1" r:id="rId1"/>
      </sheets><extLst><ext uri="x"><x14:workbookPr xmlns:x14="{X14}"
      defaultImageDpi="32767"/></ext></extLst></workbook>'''}),
     '1:[2016-03-30]3\n'),
    ('elements and attributes of extensions', parts(
        cells(1, f'<c x:r="C7" x:t="s" r="A1" xmlns:x="{X14}"><v>1</v><x:v>2</x:v></c>'),
        behind=f'<extLst><ext uri="x"><x:row r="1" xmlns:x="{X14}"/></ext></extLst>'),
     '1:[1]1\n'),
    ('macros of Excel 95, which have no part',
     parts(cells(1, number('A1', 1)), **{'xl/workbook.xml': f'''<workbook xmlns="{MAIN}"
      xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/>
      <sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/></sheets></workbook>'''}),
     '1:[1]1\n'),
    ('midnight, where no day is shown, and the day before the first one',
     parts(cells(1, number('A1', '0', 6), number('B1', '0', 7), number('C1', '0.5', 7),
                 number('D1', '0', 1))),
     '1:[00:00:00]3[00:00:00]3[12:00:00]3[0]1\n'),
    ('small numbers',
     parts(cells(1, number('A1', '1.8744045912597986E-8'), number('B1', '-4E-5'),
                 number('C1', '6.1257422745431E-17'), number('D1', '-0'))),
     '1:[0.000000018744045912598]1[-0.00004]1[0.000000000000000061257422745431]1[0]1\n'),
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
    ('an entity that nobody has defined', parts(cells(1, inline('A1', '&a;'))), DAMAGED, 'sheet1'),
    ('a document type among the texts', parts(strings='<!DOCTYPE a><si/>'), DAMAGED, 'shared'),
    ('an external entity among the texts',
     parts(cells(1), **{'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY a SYSTEM '
           f'"file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'}),
     FORBIDDEN, 'shared'),
    ('an external entity in the workbook',
     parts(**{'xl/workbook.xml': '<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook/>'}),
     FORBIDDEN, 'workbook'),
    ('a binary workbook', parts(**{'_rels/.rels': relations(
        relation(1, 'officeDocument', 'xl/workbook.bin')), 'xl/workbook.bin': 'x'}), FORMAT,
     'xlsb'),
    ('a file of OpenDocument', {'mimetype': 'application/vnd.oasis.opendocument.spreadsheet',
                                'content.xml': '<office:document-content/>',
                                'META-INF/manifest.xml': '<manifest/>'}, FORMAT, 'OpenDocument'),
    ('a file of Numbers', {'Index/Document.iwa': 'x', 'preview.jpg': 'x'}, FORMAT, 'Numbers'),
    ('a workbook whose relations are missing', parts(**{'xl/_rels/workbook.xml.rels': None}),
     DAMAGED, 'workbook.xml.rels'),
    ('an archive in an archive', {'a.xlsx': b'PK\3\4' + bytes(60)}, UNKNOWN, 'archive'),
    ('more cells than a row has', parts(cells(1, '<c r="A1"><v>1</v></c>' * 16385)), LIMIT, 'row 1'),
    ('a row of long texts', parts(cells(1, *(inline(f'{c}1', random.randbytes(500_000).hex())
                                             for c in 'ABCDEFGHIJKLMNOPQR'))), LIMIT, 'row 1'),
    ('a row of one long text',
     parts(cells(1, '<c t="s"><v>0</v></c>' * 20), strings=f'<si><t>{"x" * 1_000_000}</t></si>'),
     LIMIT, 'row 1'),
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


# A process is charged for what the one that began it has in memory: this one is small.
MEASURE = """
import os, sys
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""


def measure(path):
    """What the program prints, its seconds of work, and the bytes of memory it needs at most."""
    done = subprocess.run([sys.executable, '-S', '-c', MEASURE, PROGRAM, str(path)],
                          capture_output=True, check=True)
    status, seconds, memory = done.stderr.split()[-3:]
    assert int(status) == 0, (status, path)
    return done.stdout.decode(errors='replace'), float(seconds), int(memory) * 1024


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


    def check_hostile(self, name, path, *expected):
        """What begins as expected, in little time and memory."""
        got, seconds, memory = measure(path)
        self.check(any(got.startswith(text) for text in expected) and seconds < SECONDS
                   and memory < MEMORY, name, f'{got[:200]!r} {seconds:.1f} s, '
                   f'{memory // 1024 // 1024} MiB')


def check_files(tap, _):
    for path in sorted([*FILES.glob('*.xlsx'), *FILES.glob('*.zip')]):
        got, _ = dump(path)
        expected = path.with_suffix('.txt').read_bytes().decode()
        tap.check(got == expected, f'what other programs write: {path.name}', repr(got))


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
    cut = []
    for length in range(4, len(whole), 7):
        cut.append(directory / f'cut-{length}.xlsx')
        cut[-1].write_bytes(whole[:length])
    got, _ = dump(*cut)
    tap.check(got.count('error') == len(cut) and got.count('\n') == len(cut),
              f'cut off at one of {len(cut)} places', repr(got[:200]))
    damaged = bytearray(whole)
    at = whole.index(b'xl/worksheets/sheet1.xml') + 24
    damaged[at + 5:at + 60] = bytes(55)
    path.write_bytes(damaged)
    got, _ = dump(path)
    tap.check(got.startswith(f'error {DAMAGED}'), 'a part whose bytes were changed', repr(got))
    with zipfile.ZipFile(directory / 'crc.xlsx', 'w') as archive:
        for name, text in good.items():
            archive.writestr(name, text)
    data = (directory / 'crc.xlsx').read_bytes()
    wrong = struct.pack('<I', zlib.crc32(good['xl/worksheets/sheet1.xml'].encode()))
    (directory / 'crc.xlsx').write_bytes(data.replace(wrong, b'abcd'))
    got, _ = dump(directory / 'crc.xlsx')
    tap.check(got.startswith(f'error {DAMAGED}'), 'a sum that is wrong', repr(got))
    with zipfile.ZipFile(path, 'w') as archive:
        for name, text in [*good.items(), ('XL/Worksheets/Sheet1.xml', sheet(''))]:
            archive.writestr(name, text)
    got, _ = dump(path)
    tap.check(got.startswith(f'error {DAMAGED}') and 'twice' in got, 'a part that is there twice',
              repr(got))
    encrypted = bytearray(whole)
    for at, magic, flags in ((0, b'PK\3\4', 6), (0, b'PK\1\2', 8)):
        while (at := whole.find(magic, at)) >= 0:
            encrypted[at + flags] |= 1
            at += 4
    for name, data in (('parts that are encrypted', encrypted),
                       ('a workbook with a password', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
                        + bytes(504) + 'EncryptedPackage'.encode('utf-16le')),
                       ('a workbook of Excel 2', bytes.fromhex('0900040002001000')),
                       ('a workbook of Excel 3', bytes.fromhex('0902060000001000')),
                       ('a workbook of Excel 4', bytes.fromhex('0904060000001000')),
                       ('a workbook of Excel 5', bytes.fromhex('0908080000050500')),
                       ('a workbook of before 2007', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
                        + bytes(504) + 'Workbook'.encode('utf-16le'))):
        path.write_bytes(data)
        tap.check_hostile(name, path, f'error {OLD}: ')


def write_bomb(path, pieces, before='', behind='', name='xl/worksheets/sheet1.xml', **others):
    """A workbook of which one part is made of many pieces that nobody holds in memory."""
    made = parts(**others)
    made.pop(name, None)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for other, text in made.items():
            archive.writestr(other, text)
        with archive.open(name, 'w', force_zip64=True) as part:
            part.write(before.encode())
            for piece in pieces:
                part.write(piece if isinstance(piece, bytes) else piece.encode())
            part.write(behind.encode())


def overlap(path, copies):
    """An archive whose names all stand for the same bytes."""
    rows = ''.join(cells(i, number(f'A{i}', i % 7)) for i in range(1, 40_000))
    sheets = ''.join(f'<sheet name="{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, copies))
    made = parts(rows)
    made['xl/workbook.xml'] = (f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}'
                               '</sheets></workbook>')
    made['xl/_rels/workbook.xml.rels'] = relations(*(
        relation(i, 'worksheet', f'worksheets/sheet{i}.xml') for i in range(1, copies)))
    write(path, made)
    with zipfile.ZipFile(path, 'a') as archive:
        one = archive.getinfo('xl/worksheets/sheet1.xml')
        for i in range(2, copies):
            copy = zipfile.ZipInfo(f'xl/worksheets/sheet{i}.xml')
            for field in ('header_offset', 'compress_size', 'file_size', 'CRC', 'compress_type'):
                setattr(copy, field, getattr(one, field))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
        archive._didModify = True


def check_bombs(tap, directory):
    path = directory / 'a.xlsx'
    write_bomb(path, [bytes([32]) * (1 << 20)] * 200)
    tap.check_hostile('a bomb of blanks', path, f'error {LIMIT}: ')
    made = parts(cells(1, number('A1', 1)), **{'xl/styles.xml': f'<styleSheet xmlns="{MAIN}">'
                 + f'<!--{"x" * 60}-->' * 600_000 + '</styleSheet>'})
    write(path, made)
    tap.check_hostile('styles of 40 MiB', path, f'error {LIMIT}: ')
    write_bomb(path, (f'<si><t>{i}</t></si>' * 1000 for i in range(12_000)),
               f'<sst xmlns="{MAIN}">', '</sst>', 'xl/sharedStrings.xml',
               rows=cells(1, '<c t="s"><v>1000</v></c>'))
    tap.check_hostile('12 million texts', path, '表\n1:[1]\n', f'error {LIMIT}: ')
    write(path, parts(cells(1, number('A1', 1)) + cells(1048576, number('XFD1048576', 1))))
    tap.check_hostile('the first cell and the last one', path, '表\n1:[1]1\n1048576:[][]')
    empty = '<c s="1"/>' * 100
    write_bomb(path, (f'<row r="{i + 1}">{empty}</row>' for i in range(100_000)),
               f'<worksheet xmlns="{MAIN}"><sheetData>', '</sheetData></worksheet>')
    tap.check_hostile('10 million empty cells', path, '表\n1:\n2:\n')
    rows = ''.join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 1001))
    write(path, parts(rows))
    got, seconds = dump(path)
    tap.check(got.count('\n') == 1001 and seconds < SECONDS, 'rows of 16,384 columns', got[:200])
    write(path, parts(''.join(cells(i, number(f'A{i}', 1)) for i in range(1, 500)), behind=
                      '<mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + '</mergeCells>'))
    tap.check_hostile('everything merged a thousand times', path, '表\n1:[1]1\n2:[1]1\n')
    write(path, parts(''.join(cells(i, number(f'A{i}', 1)) for i in range(1, 500)), behind=
                      '<mergeCells>' + '<mergeCell ref="A1:BK1000"/>' * 1000 + '</mergeCells>'))
    tap.check_hostile('ranges upon each other', path, f'error {DAMAGED}: ')
    write_bomb(path, ['<row><c t="s"><v>0</v></c></row>' * 200] * 30,
               f'<worksheet xmlns="{MAIN}"><sheetData>', '</sheetData></worksheet>',
               strings=f'<si><t>{"x" * 1_000_000}</t></si>')
    tap.check_hostile('one long text in all rows', path, f'error {LIMIT}: ')
    made = parts()
    made.update({f'x/{i}': '' for i in range(20_001)})
    write(path, made)
    tap.check_hostile('more than 20,000 parts', path, f'error {LIMIT}: ')
    overlap(path, 900)
    tap.check_hostile('900 parts upon each other', path, f'error {LIMIT}: ', f'error {DAMAGED}: ')
    back = '<Relationship Id="a" Type="a/worksheet" Target="../xl/workbook.xml"/>'
    write_bomb(path, [back] * 99_999, f'<Relationships xmlns="{RELATIONS}">', relation(
                   1, 'worksheet', '../xl/./workbook.xml') + '</Relationships>',
               'xl/_rels/workbook.xml.rels')
    tap.check_hostile('relations that lead back', path, '表\n')


def check_markup(tap, directory):
    """What portals give out as xls, and what is no workbook of theirs."""
    for name, text in (
            ('a web page that is called xls', '<html><body><table><tr><td>项目名称</td></tr></table>'),
            ('a web page with a mark and blanks before it', '\ufeff\r\n <!DOCTYPE HTML>\n<table/>'),
            ('a workbook of XML of 2003', '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-'
             'microsoft-com:office:spreadsheet"/>')):
        path = directory / 'a.xls'
        path.write_text(text, encoding='utf-8')
        tap.check_hostile(name, path, f'error {FORMAT}: ')
    path.write_text('<项目名称>,编号\n<甲>,1\n', encoding='utf-8')
    got, _ = dump(path)
    tap.check(got.endswith('1:[<项目名称>][编号]\n2:[<甲>][1]\n'), 'a table that begins with <',
              repr(got))


def check_zip(tap, directory):
    path = directory / 'a.zip'
    write(path, {'合同.csv': '编号,名称\r\n1,甲\r\n', 'sub/单体.CSV': '\ufeff编号;名称\n',
                 'a.txt': 'x', '._合同.csv': '\0'})
    got, _ = dump(path)
    tap.check(got == '合同\n1:[编号][名称]\n2:[1][甲]\n单体\n1:[编号][名称]\n', 'a zip of CSV files',
              repr(got))
    for name, made, expected in (
            ('a zip without a table', {'a.txt': 'x'}, f'error {UNKNOWN}: '),
            ('a CSV file in a zip that holds a NUL', {'a.csv': 'a,b\0'}, f'error {TEXT}: '),
            ('a quotation mark that is not closed', {'a.csv': '"' + 'x' * 2_000_000},
             f'error {LIMIT}: '),
            ('a bomb in a CSV file', {'a.csv': '\n' * 50_000_000}, f'error {LIMIT}: ')):
        write(path, made)
        tap.check_hostile(name, path, expected)


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
        for check in (check_files, check_parts, check_sheets, check_archives, check_bombs,
                      check_markup, check_zip, check_memory, check_openpyxl, check_mutations):
            check(tap, directory)
    print(f'1..{tap.n}')
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
