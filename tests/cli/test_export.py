# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Records as workbooks and CSV, and the template, seen by openpyxl, which knows nothing of Yeji."""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

YEJI = sys.argv[1]
SAMPLES = pathlib.Path(sys.argv[2])
DICTIONARY = pathlib.Path(sys.argv[3])
OFFICE = shutil.which('soffice') or shutil.which('libreoffice')
# what LibreOffice 7.4 made of a template that was filled in as below
BY_OFFICE = pathlib.Path(__file__).resolve().parent / 'filled-in-by-libreoffice.xlsx'


def tables():
    index = json.loads((DICTIONARY / 'dictionary.json').read_text(encoding='utf-8'))
    return [json.loads((DICTIONARY / 'tables' / f'{name}.json').read_text(encoding='utf-8'))
            for name in index['tables']]


def code_lists():
    return {path.stem: json.loads(path.read_text(encoding='utf-8'))['items']
            for path in (DICTIONARY / 'codes').glob('*.json')}


class Profile:
    """A profile with the sample records in it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'HOME': folder,
                    'XDG_CONFIG_HOME': f'{folder}/config', 'XDG_DATA_HOME': f'{folder}/data',
                    'XDG_CACHE_HOME': f'{folder}/cache', 'YEJI_KEYRING': 'none'}
        self.records = []
        for name in ('construction', 'design', 'supervision'):
            path = SAMPLES / f'complete-{name}.json'
            self.records.append(json.loads(path.read_text(encoding='utf-8')))
            self.run('import', str(path))
        self.uuids = [record['uuid'] for record in self.records]

    def run(self, *args, expect=0):
        done = subprocess.run([YEJI, '--profile', str(self.folder / 'profile'), *args],
                              env=self.env, capture_output=True, text=True, encoding='utf-8')
        assert done.returncode == expect, (args, done.returncode, done.stdout, done.stderr)
        return done

    def path(self, name):
        return str(self.folder / 'out' / name)

    def left(self):
        return sorted(path.name for path in (self.folder / 'out').iterdir())


def cells_for(field, value, codes):
    """What may stand in a sheet for a value: of a code its name, with the code where it needs it."""
    if not value or field['type'] != 'code':
        return [value or None]
    items = [item for item in codes[field['codes']] if item.get('status', 'current') == 'current']
    names = [item['name'] for item in items if item['code'] == value]
    unique = [name for name in names if sum(item['name'] == name for item in items) == 1]
    return unique + [f'{value} {name}' for name in names] if names else [value]


def test_workbook(profile):
    path = profile.path('all.xlsx')
    profile.run('export', '--xlsx', path, '--language', 'zh', *profile.uuids)
    book = openpyxl.load_workbook(path)
    codes = code_lists()
    for table in tables():
        sheet = book[table['label']['zh'][:31]]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        ids = list(rows[0])
        assert ids[0] == 'record' and ids[1] in ('role', 'row'), ids
        assert ids[2:] == [field['id'] for field in table['fields']], ids
        assert sheet.freeze_panes == 'B3', sheet.freeze_panes
        expected = []
        for record in profile.records:
            mine = record.get(table['member'], [])
            for row in [mine] if isinstance(mine, dict) else mine:
                expected.append([[record['uuid']]] + [cells_for(field, row.get(field['id']), codes)
                                                    for field in table['fields']])
        found = [[row[0], *row[2:]] for row in rows[1:]]
        for got, want in zip(found, expected, strict=True):
            for value, wanted in zip(got, want, strict=True):
                assert value in wanted, (value, wanted)
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                assert cell.data_type in 'sn' and not isinstance(cell.value, (int, float)), cell
                assert cell.value is None or cell.number_format == '@', cell.number_format
    assert book['yeji'].sheet_state == 'hidden'


def test_template(profile):
    path = profile.path('template.xlsx')
    profile.run('template', path, '--role', 'construction', '--language', 'zh')
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == '填写说明', book.sheetnames
    codes = code_lists()
    for table in tables():
        sheet = book[table['label']['zh'][:31]]
        assert sheet.max_row == 2, 'a template has no records'
        ids = [cell.value for cell in sheet[2]]
        checks = {str(check.sqref).split(':')[0]: check
                  for check in sheet.data_validations.dataValidation}
        fields = {field['id']: field for field in table['fields']}
        for column, name in enumerate(ids):
            heading = sheet.cell(1, column + 1)
            check = checks[sheet.cell(3, column + 1).coordinate]
            assert check.promptTitle and check.prompt or name in ('record', 'role'), name
            assert len(check.promptTitle) <= 32 and len(check.prompt) <= 255, (name, check.prompt)
            assert check.errorStyle == 'warning' or not check.error, name
            if name not in fields:
                continue
            field = fields[name]
            assert heading.value.startswith(field['label']['zh']), heading.value
            if field['required'] == 'mandatory' and not field.get('assigned'):
                assert heading.value.endswith(' *'), heading.value
            if field['type'] == 'code':
                offered = choices(book, check)
                names = [item['name'] for item in codes[field['codes']]
                         if item.get('status', 'current') == 'current']
                assert len(offered) == len(names), (name, offered)
                assert all(item in text for item, text in zip(names, offered)), (names, offered)
            if field['type'] == 'link':
                assert check.type == 'list' and check.formula1.startswith("'"), check.formula1
        assert sheet.column_dimensions['C'].width >= 8, sheet.title
    assert '示例' in book.sheetnames


def choices(book, check):
    if check.formula1.startswith('"'):
        return check.formula1.strip('"').split(',')
    name, span = check.formula1.rsplit('!', 1)
    sheet = book[name.strip("'")]
    return [row[0].value for row in sheet[span.replace('$', '')]]


def test_csv(profile):
    path = profile.path('projects.csv')
    done = profile.run('export', '--csv', path, '--all')
    assert '--table' in done.stderr, done.stderr
    raw = pathlib.Path(path).read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf') and b'\r\n' in raw
    rows = list(csv.reader(raw.decode('utf-8-sig').splitlines()))
    assert rows[1][0] == 'record' and {row[0] for row in rows[2:]} == set(profile.uuids)
    profile.run('export', '--csv', path, '--table', 'contracts', profile.uuids[0])
    rows = list(csv.reader(pathlib.Path(path).read_text(encoding='utf-8-sig').splitlines()))
    assert len(rows) == 2 + len(profile.records[0]['contracts']), rows


def test_zip(profile):
    path = profile.path('tables.zip')
    profile.env['LC_ALL'] = 'C'      # the names of the tables are what they are in any locale
    profile.run('export', '--csv', path, '--all', '--language', 'zh')
    profile.env['LC_ALL'] = 'C.UTF-8'
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    assert names == {table['label']['zh'][:31] + '.csv' for table in tables()} | {'yeji.csv'}, names


def test_json(profile):
    path = profile.path('records.json')
    profile.run('export', '--json', path, *profile.uuids)
    records = json.loads(pathlib.Path(path).read_text(encoding='utf-8'))
    assert [record['uuid'] for record in records] == profile.uuids
    answer = json.loads(profile.run('--json', 'export', '--xlsx', profile.path('a.xlsx'),
                                    '--all').stdout)
    assert answer == {'path': profile.path('a.xlsx'), 'records': len(profile.uuids)}, answer


def test_wrong(profile):
    uuid = profile.uuids[0]
    cases = [
        (['export', uuid], 2),
        (['export', '--xlsx', profile.path('w.xlsx')], 2),
        (['export', '--xlsx', profile.path('w.xlsx'), '--all', uuid], 2),
        (['export', '--xlsx', profile.path('w.csv'), uuid], 2),
        (['export', '--csv', profile.path('w.csv'), '--table', 'nothing', uuid], 2),
        (['export', '--xlsx', profile.path('w.xlsx'), '--language', 'fr', uuid], 2),
        (['export', '--xlsx', profile.path('w.xlsx'), uuid, '00000000-0000-4000-8000-000000000000'],
         1),
        (['export', '--xlsx', profile.path('none/w.xlsx'), uuid], 1),
        (['export', '--json', profile.path('none/w.json'), uuid], 1),
        (['template', profile.path('none/w.xlsx')], 1),
        (['template', profile.path('w.xlsx'), '--role', 'king'], 2),
        (['template'], 2),
    ]
    for args, status in cases:
        done = profile.run(*args, expect=status)
        assert done.stderr.strip(), args
    assert profile.left() == [], profile.left()


def test_too_long(profile):
    uuid = profile.uuids[1]
    text = 'x' * 40000
    profile.run('set', uuid, '/project/CXXMInfo', text)
    done = profile.run('export', '--xlsx', profile.path('long.xlsx'), '--all', expect=1)
    assert uuid in done.stderr and '--json' in done.stderr, done.stderr
    assert profile.left() == [], profile.left()
    profile.run('export', '--csv', profile.path('long.csv'), '--all')
    assert text in pathlib.Path(profile.path('long.csv')).read_text(encoding='utf-8')
    profile.run('undo', uuid)


def test_there_and_back(profile):
    path = profile.path('all.xlsx')
    for args in (['--xlsx', path], ['--csv', profile.path('all.zip')]):
        profile.run('export', *args, '--all')
        plan = json.loads(profile.run('--json', 'import', args[1], '--dry-run').stdout)
        found = {kind: plan[kind] for kind in ('new', 'same', 'updated', 'unclear', 'bad', 'cells')}
        assert found == {'new': 0, 'same': len(profile.uuids), 'updated': [], 'unclear': [],
                         'bad': [], 'cells': []}, found


def test_filled_in(profile):
    """What somebody fills in with another program is a record."""
    path = profile.path('template.xlsx')
    profile.run('template', path, '--language', 'zh')
    fill_in(path)
    expect_filled_in(profile, path)


def fill_in(path):
    book = openpyxl.load_workbook(path)
    fill(book['项目基本信息'], 3, {
        'record': '1', 'role': '施工企业', 'PrjName': '示例桥梁（虚构）', 'AllInvest': '2,928.28万元',
        'BeginDate': '2016年3月30日', 'PrjTypeNum': '房屋建筑工程', 'PrjNum': '2201041603300009'})
    for row, money in ((3, '100'), (4, '0200')):
        fill(book['合同登记信息'], row, {'record': '1', 'ContractMoney': money,
                                         'ContractDate': '2016.3.1'})
    book.save(path)


def expect_filled_in(profile, path):
    before = set(listed(profile))
    profile.run('import', str(path))
    uuid, = set(listed(profile)) - before
    record = json.loads(profile.run('--json', 'show', uuid).stdout)
    assert record['role'] == 'construction', record['role']
    for name, value in {'PrjName': '示例桥梁（虚构）', 'AllInvest': '2928.28', 'BeginDate': '2016-03-30',
                        'PrjTypeNum': '01', 'PrjNum': '2201041603300009'}.items():
        found = record['project'][name]
        assert found == value or float(found) == float(value), (name, found)
    assert [row['ContractDate'] for row in record['contracts']] == ['2016-03-01'] * 2
    assert [float(row['ContractMoney']) for row in record['contracts']] == [100, 200]


def save_in_office(profile, path):
    """The same workbook, opened and saved by LibreOffice."""
    into = profile.folder / 'office'
    subprocess.run([OFFICE, f'-env:UserInstallation=file://{profile.folder}/settings', '--headless',
                    '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', str(into), path],
                   env=profile.env, check=True, capture_output=True, timeout=180)
    return into / pathlib.Path(path).name


def checks_of(sheet):
    """What the first cell of each column offers, says and asks; a quotation mark around the name of
    a sheet that needs none comes and goes."""
    return {str(check.sqref).split(':', maxsplit=1)[0]: (
        check.type if check.type == 'list' else None,
        check.formula1.replace("'", '') if check.type == 'list' else None,
        check.promptTitle, check.prompt, check.errorStyle, check.error)
            for check in sheet.data_validations.dataValidation}


def test_by_office(profile):
    """A template that was filled in, as LibreOffice has saved it."""
    expect_filled_in(profile, BY_OFFICE)


def test_office(profile):
    """What LibreOffice opens and saves still offers and says the same, and is imported."""
    if OFFICE is None:
        print('# SKIPPED, NOT TESTED: LibreOffice is not installed; a file of its own is imported')
        return
    path = profile.path('template.xlsx')
    profile.run('template', path, '--language', 'zh')
    ours, theirs = openpyxl.load_workbook(path), openpyxl.load_workbook(save_in_office(profile, path))
    assert theirs.sheetnames == ours.sheetnames, theirs.sheetnames
    for sheet in ours:
        other = theirs[sheet.title]
        assert checks_of(other) == checks_of(sheet), sheet.title
        assert other.sheet_state == sheet.sheet_state, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                there = other[cell.coordinate]
                assert there.value == cell.value, (sheet.title, cell.coordinate)
                assert cell.value is None or there.fill.fgColor.rgb == cell.fill.fgColor.rgb
        assert len(other.conditional_formatting) == len(sheet.conditional_formatting), sheet.title
    fill_in(path)
    expect_filled_in(profile, save_in_office(profile, path))
    path = profile.path('all.xlsx')
    profile.run('export', '--xlsx', path, '--all')
    plan = json.loads(profile.run('--json', 'import', str(save_in_office(profile, path)),
                                  '--dry-run').stdout)
    assert (plan['new'], plan['same'], plan['updated'], plan['cells']) == (
        0, len(listed(profile)), [], []), plan


def fill(sheet, row, values):
    ids = [cell.value for cell in sheet[2]]
    for name, value in values.items():
        sheet.cell(row, ids.index(name) + 1).value = value


def listed(profile):
    return [entry['uuid'] for entry in json.loads(profile.run('--json', 'list').stdout)]


TESTS = [
    ('a workbook has what the records have, as texts', test_workbook),
    ('the template offers, says and marks what the dictionary says', test_template),
    ('a CSV has one table', test_csv),
    ('a zip has a CSV a table, in any locale', test_zip),
    ('a record file has the records', test_json),
    ('what cannot be done is told and leaves nothing', test_wrong),
    ('a text that no cell holds is told and not cut', test_too_long),
    ('what is exported and imported again is the same', test_there_and_back),
    ('a template that was filled in becomes a record', test_filled_in),
    ('so does one that LibreOffice has saved', test_by_office),
    ('what LibreOffice opens and saves is as it was', test_office),
]


def main():
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, (name, test) in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            profile = Profile(folder)
            (profile.folder / 'out').mkdir()
            try:
                test(profile)
                print(f'ok {number} - {name}', flush=True)
            except Exception as problem:  # pylint: disable=broad-except
                failed = 1
                print(f'not ok {number} - {name}\n# {type(problem).__name__}: {problem}',
                      flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
