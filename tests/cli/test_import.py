# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Workbooks and CSV files of openpyxl, as clerks have them, taken in by `yeji import`."""

import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

YEJI = sys.argv[1]
SAMPLES = pathlib.Path(sys.argv[2])

OK, FAILED, USAGE, INVALID = range(4)

# Two projects, and what is written of them.
NOBODY = '00000000-0000-4000-8000-000000000000'
NUMBER = '2201041603300001'
HEADINGS = ['业绩编号', '项目名称 *', '项目编号', '建设单位', '总投资(元)', '立项批复时间', '经办人']
PROJECTS = [
    ['甲', '示例教学楼（虚构）', NUMBER, '示例学校（虚构）', 12345600, '2016年3月30日', '张三'],
    ['乙', '示例道路（虚构）', '', '示例公司（虚构）', '9,800,000', '2017.5.1', '李四'],
]
CONTRACTS = [
    ['业绩编号', '合同编号', '合同类别', '合同金额(万元)', '合同签订日期'],
    ['甲', 'HT-1', '施工总承包', '1150.5', '2016/5/6'],
    [NUMBER, 'HT-2', '301', '20', '20160701'],
    ['示例道路（虚构）', 'HT-3', '施工分包', '９.25', '二〇一七年六月一日'],
]


class Profile:
    """A profile of its own, and a folder for files."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.profile = self.folder / 'profile'
        self.env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'HOME': folder,
                    'XDG_CONFIG_HOME': f'{folder}/config', 'XDG_DATA_HOME': f'{folder}/data',
                    'XDG_CACHE_HOME': f'{folder}/cache', 'YEJI_KEYRING': 'none'}

    def run(self, *args, expect=OK):
        done = subprocess.run([YEJI, '--profile', str(self.profile), *map(str, args)],
                              env=self.env, capture_output=True, text=True, encoding='utf-8',
                              timeout=120, check=False)
        assert done.returncode == expect, (args, done.returncode, done.stdout, done.stderr)
        return done

    def answer(self, *args, expect=OK):
        return json.loads(self.run('--json', *args, expect=expect).stdout)

    def records(self):
        return [self.answer('show', entry['uuid']) for entry in self.answer('list')]

    def named(self, name):
        found = [record for record in self.records() if record['project'].get('PrjName') == name]
        assert len(found) == 1, (name, len(found))
        return found[0]

    def path(self, name):
        return self.folder / name


def write_book(path, sheets, change=None):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    book.save(path)
    return path


def write_projects(path, change=None):
    return write_book(path, {'项目基本信息': [['业绩台账（二〇二三年）'], [], HEADINGS, *PROJECTS],
                             '合同登记信息': CONTRACTS, '填写说明': [['项目名称', '项目编号']]}, change)


def test_workbook(profile):
    """Titles above, units in headings, dates, amounts and codes as people write them."""
    told = profile.answer('import', write_projects(profile.path('a.xlsx')))
    assert (told['new'], told['cells'], len(told['records'])) == (2, [], 2), told
    school = profile.named('示例教学楼（虚构）')
    assert school['project']['AllInvest'] == '1234.56', school
    assert school['project']['PrjApprovalDate'] == '2016-03-30', school
    assert [(row['ContractNum'], row['ContractTypeNum'], row['ContractDate'])
            for row in school['contracts']] == [('HT-1', '301', '2016-05-06'),
                                                ('HT-2', '301', '2016-07-01')], school
    road = profile.named('示例道路（虚构）')
    assert road['project']['AllInvest'] == '980', road
    assert road['contracts'][0]['ContractMoney'] == '9.25', road
    assert road['contracts'][0]['ContractDate'] == '2017-06-01', road
    said = profile.run('import', profile.path('a.xlsx'), '--dry-run').stderr
    assert '经办人' in said, said
    assert {sheet['name']: sheet['state'] for sheet in told['sheets']}['填写说明'] == 'help', told


def test_again(profile):
    """The same file changes nothing, another value updates, nothing is taken away; one undo."""
    path = write_projects(profile.path('a.xlsx'))
    profile.answer('import', path)
    before = profile.records()
    told = profile.answer('import', path)
    assert (told['new'], told['same'], told['updated'], told['batch']) == (0, 2, [], None), told

    def change(book):
        book['项目基本信息']['D4'] = '示例学校更名（虚构）'
        book['项目基本信息']['F4'] = None
        book['合同登记信息'].append(['甲', 'HT-9', '301', '1', '2016-08-01'])
    told = profile.answer('import', write_projects(path, change), '--dry-run')
    assert [(item['values'], item['rows']) for item in told['updated']] == [(5, 1)], told
    assert profile.records() == before
    dry = profile.answer('import', path, '--dry-run')
    done = profile.answer('import', path)
    assert dry['errors'] == done['errors'] > 0, (dry['errors'], done['errors'])
    school = profile.named('示例教学楼（虚构）')
    assert school['project']['BuildCorpName'] == '示例学校更名（虚构）', school
    assert school['project']['PrjApprovalDate'] == '2016-03-30', 'an empty cell leaves a value'
    assert [row['ContractNum'] for row in school['contracts']] == ['HT-1', 'HT-2', 'HT-9'], school
    told = profile.answer('import', '--undo')
    assert told == {'removed': [], 'reverted': [school['uuid']], 'left': []}, told
    assert sorted(profile.records(), key=str) == sorted(before, key=str)
    profile.run('import', '--undo', expect=FAILED)
    profile.answer('import', path, '--clear')
    assert 'PrjApprovalDate' not in profile.named('示例教学楼（虚构）')['project']


def test_bad(profile):
    """Nothing half: red cells are told, saved with reasons, mended there and imported."""
    def spoil(book):
        book['项目基本信息']['F5'] = '2017-02-30'
        book['合同登记信息']['C4'] = '没有的类别'
        book['合同登记信息'].append(['丙', 'HT-8', '301', '1', '2016-08-01'])
    path = write_projects(profile.path('bad.xlsx'), spoil)
    mended = profile.path('mend.xlsx')
    told = profile.answer('import', path, '--bad', mended, expect=INVALID)
    assert [(cell['sheet'], cell['cell'], cell['trouble']) for cell in told['cells']] == [
        ('项目基本信息', 'F5', 'date'), ('合同登记信息', 'C4', 'code'),
        ('合同登记信息', 'A5', 'owner')], told['cells']
    assert all(cell['message'] for cell in told['cells']), told['cells']
    assert profile.records() == [] and told['records'] == []
    book = openpyxl.load_workbook(mended)
    sheet = book['合同登记信息']
    assert [cell.value for cell in sheet[2]][:3] == ['reason', 'record',
                                                    'TBContractRecordManage.ContractNum']
    assert sheet.max_row == 4 and '没有的类别' in sheet['A3'].value, sheet['A3'].value
    assert sheet['D3'].fill.fgColor.rgb != sheet['E3'].fill.fgColor.rgb
    assert sheet['D3'].comment is not None
    told = profile.answer('import', path, '--skip-bad')
    assert told['new'] == 1 and len(profile.records()) == 1, told
    for wrong in ('项目基本信息!F5', '项目基本信息!F99=x', '没有!F5=x', 'F5=x'):
        profile.run('import', path, '--dry-run', '--mend', wrong, expect=USAGE)
    told = profile.answer('import', path, '--dry-run', '--mend', '项目基本信息!F5=2017-02-28',
                          '--mend', '合同登记信息!C4=施工分包', '--mend', f'合同登记信息!a5={NUMBER}')
    assert (told['new'], len(told['updated']), told['cells']) == (1, 1, []), told
    book['项目基本信息']['G3'] = '2017-02-28'
    sheet['D3'] = '施工分包'
    sheet['B4'] = NUMBER
    book.save(mended)
    told = profile.answer('import', mended)
    assert (told['new'], len(told['updated']), told['cells']) == (1, 1, []), told
    assert profile.named('示例道路（虚构）')['project']['PrjApprovalDate'] == '2017-02-28'
    assert [row['ContractNum'] for row in profile.named('示例教学楼（虚构）')['contracts']] == [
        'HT-1', 'HT-2', 'HT-8']


def test_flat(profile):
    """One sheet with columns of several tables, merged cells, two rows of headings."""
    rows = [
        ['示例公司业绩一览表', *[None] * 8],
        ['项目名称', '项目编号', '建设单位', '合同登记信息', None, '施工许可信息', None, '竣工验收日期', '备注二'],
        [None, None, None, '合同金额（万元）', '合同签订日期', '施工许可证编号', '发证日期', None, None],
        ['示例教学楼（虚构）', NUMBER, '示例学校（虚构）', 100, datetime.date(2016, 5, 6),
         '2201041603300001-SX-001', datetime.date(2016, 6, 1), datetime.datetime(2018, 1, 2), 'x'],
        [None, None, None, 200, datetime.date(2016, 7, 1), None, None, None, None],
        ['示例道路（虚构）', None, '示例公司（虚构）', '3', '2017/1/2', None, None, '2018-03-04', None],
    ]

    def merge(book):
        sheet = book['业绩']
        for cells in ('A1:I1', 'A2:A3', 'B2:B3', 'C2:C3', 'H2:H3', 'I2:I3', 'D2:E2', 'F2:G2',
                      'A4:A5', 'B4:B5', 'C4:C5', 'F4:F5', 'G4:G5', 'H4:H5'):
            sheet.merge_cells(cells)
        hidden = book.create_sheet('旧表')
        hidden.append(['项目名称', '项目编号', '建设单位'])
        hidden.append(['不该导入（虚构）', '', ''])
        hidden.sheet_state = 'hidden'
    path = write_book(profile.path('flat.xlsx'), {'业绩': rows}, merge)
    told = profile.answer('import', path)
    assert told['new'] == 2 and told['cells'] == [], told
    assert [sheet['state'] for sheet in told['sheets']] == ['taken', 'hidden'], told['sheets']
    school = profile.named('示例教学楼（虚构）')
    assert [(row['ContractMoney'], row['ContractDate']) for row in school['contracts']] == [
        ('100', '2016-05-06'), ('200', '2016-07-01')], school
    assert len(school['permits']) == 1 and len(school['acceptances']) == 1, school
    assert school['permits'][0]['ReleaseDate'] == '2016-06-01', school
    assert school['acceptances'][0]['EDate'] == '2018-01-02', school
    assert 'permits' not in profile.named('示例道路（虚构）')
    assert '旧表' in profile.run('import', path, '--dry-run').stderr


def test_numbers(profile):
    """18 digits stay 18 digits, or it is told that they are gone; codes keep their noughts."""
    rows = [['业绩编号', '项目名称', '建设单位统一社会信用代码', '省级项目编号', '项目分类', '建设单位'],
            ['1', '示例一（虚构）', '12345678901234567', '220104201603300101', 1, 110108],
            ['2', '示例二（虚构）', '', 220104201603300101, '01', '甲']]
    path = write_book(profile.path('n.xlsx'), {'项目基本信息': rows})
    told = profile.answer('import', path, expect=INVALID)
    assert [(cell['cell'], cell['trouble']) for cell in told['cells']] == [
        ('C2', 'format'), ('D3', 'rounded')], told['cells']
    rows[1][2], rows[2][3] = '91350100M000100Y43', '220104201603300101'
    write_book(path, {'项目基本信息': rows})
    profile.answer('import', path)
    first = profile.named('示例一（虚构）')['project']
    assert first['ProvincePrjNum'] == '220104201603300101', first
    assert (first['PrjTypeNum'], first['BuildCorpName']) == ('01', '110108'), first
    assert profile.named('示例二（虚构）')['project']['ProvincePrjNum'] == '220104201603300101'


def test_dates(profile):
    """Days of both calendars, and formulas: their values, or that the file has none."""
    rows = [['项目名称', '立项批复时间', '总投资'],
            ['示例（虚构）', datetime.date(2016, 3, 30), '=1000+234.5']]

    def use_1904(book):
        book.epoch = CALENDAR_MAC_1904
    for change in (None, use_1904):
        path = write_book(profile.path('d.xlsx'), {'项目基本信息': rows}, change)
        told = profile.answer('import', path, '--dry-run', expect=INVALID)
        assert [(cell['cell'], cell['trouble']) for cell in told['cells']] == [('C2', 'stale')]
        calculated = profile.path('calculated.xlsx')
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(calculated, 'w') as new:
            for name in old.namelist():
                text = old.read(name)
                if name.endswith('sheet1.xml'):
                    text, n = re.subn(rb'<v\s*/>|<v></v>', b'<v>1234.5</v>', text)
                    assert n == 1, text
                new.writestr(name, text)
        profile.answer('import', calculated)
        project = profile.named('示例（虚构）')['project']
        assert project['PrjApprovalDate'] == '2016-03-30', project
        assert project['AllInvest'] == '1234.5', project


def test_csv(profile):
    """GBK and UTF-8, with and without a mark, with commas, semicolons and tabs."""
    for number, (encoding, mark, separator) in enumerate([
            ('gbk', b'', ','), ('utf-8', b'', ','), ('utf-8', b'\xef\xbb\xbf', ';'),
            ('gb18030', b'', '\t'), ('utf-16', b'', ',')]):
        name = f'示例工程{number}（虚构）'
        rows = [['项目名称', '建设单位', '立项批复时间', '总投资（亿元）'],
                [name, '示例“公司”', '2016年3月30日', '1.5']]
        text = '\r\n'.join(separator.join(f'"{cell}"' for cell in row) for row in rows) + '\r\n'
        path = profile.path(f'{number}.csv')
        path.write_bytes(mark + text.encode(encoding))
        told = profile.answer('import', path)
        assert told['new'] == 1, (encoding, told)
        project = profile.named(name)['project']
        assert (project['BuildCorpName'], project['PrjApprovalDate'], project['AllInvest']) == (
            '示例“公司”', '2016-03-30', '15000'), (encoding, project)


def test_kept(profile):
    """What was said of a column is known for the next file with these headings."""
    path = profile.path('k.csv')
    path.write_text('我们的叫法,甲方\n示例甲（虚构）,示例公司（虚构）\n', encoding='utf-8')
    profile.run('import', path, expect=FAILED)
    profile.run('import', path, '--column', '我们的叫法=TBProjectInfo.Nothing', expect=USAGE)
    profile.answer('import', path, '--table', 'project', '--column',
                   '我们的叫法=TBProjectInfo.PrjName', '--column', '甲方=project.BuildCorpName')
    assert profile.named('示例甲（虚构）')['project']['BuildCorpName'] == '示例公司（虚构）'
    path.write_text('我们的叫法,甲方\n示例乙（虚构）,示例公司（虚构）\n', encoding='utf-8')
    told = profile.answer('import', path)
    assert told['new'] == 1, told
    assert {column['by'] for column in told['sheets'][0]['columns']} == {'kept'}, told
    kept = (profile.profile / 'yeji.sqlite').read_bytes()
    assert '我们的叫法'.encode() in kept


def test_links(profile):
    """Rows and records that could be of several projects are asked about."""
    for name in ('示例一（虚构）', '示例一（虚构）'):
        uuid = profile.answer('new')['uuid']
        profile.run('set', uuid, '/project/PrjName', name)
    path = write_book(profile.path('l.xlsx'), {'项目基本信息': [
        ['项目名称', '建设单位'], ['示例一（虚构）', '示例公司（虚构）']]})
    told = profile.answer('import', path, expect=INVALID)
    assert [len(item['candidates']) for item in told['unclear']] == [2], told
    name, candidates = '示例一（虚构）', told['unclear'][0]['candidates']
    for wrong in ('无名=new', f'{name}=x', f'{name}={NOBODY}', name):
        profile.run('import', path, '--which', wrong, expect=USAGE)
    told = profile.answer('import', path, '--which', f'{name}={candidates[1]}')
    assert told['records'] == [candidates[1]] and told['unclear'] == [], told
    told = profile.answer('import', path, '--which', '#1=new')
    assert told['new'] == 1 and told['records'][0] not in candidates, told
    assert len(profile.records()) == 3
    profile.run('import', '--undo')
    path = write_book(profile.path('m.xlsx'), {
        '项目基本信息': [['项目编号', '项目名称'], [NUMBER, '示例二（虚构）'],
                    ['2201041603300002', '示例二（虚构）']],
        '合同登记信息': [['项目名称', '合同编号'], ['示例二（虚构）', 'HT-1'], ['没有这个（虚构）', 'HT-2']]})
    told = profile.answer('import', path, expect=INVALID)
    assert [(cell['cell'], cell['trouble']) for cell in told['cells']] == [
        ('A2', 'owner'), ('A3', 'owner')], told['cells']
    path = write_book(profile.path('n.xlsx'), {'业绩': [
        ['项目编号', '项目名称', '建设单位', '合同金额'], [NUMBER, '示例三（虚构）', '甲', '1'],
        [NUMBER, '示例三（虚构）', '乙', '2']]})
    told = profile.answer('import', path, expect=INVALID)
    assert [(cell['cell'], cell['trouble']) for cell in told['cells']] == [('C3', 'differs')], told


def test_hostile(profile):
    """What is cut off or no table is told, and nothing is imported."""
    whole = write_projects(profile.path('a.xlsx')).read_bytes()
    for number, text in enumerate([whole[:len(whole) // 2], whole[:-30], b'PK\3\4', b'\0\1\2' * 99,
                                   b'\xd0\xcf\x11\xe0' + b'\0' * 600, b'']):
        path = profile.path(f'{number}.xlsx')
        path.write_bytes(text)
        done = profile.run('import', path, expect=FAILED)
        assert 'Nothing was imported' in done.stderr, done.stderr
    wide = profile.path('wide.csv')
    names = ['项目名称', '项目编号', '建设单位', '总投资', *map(str, range(15000))]
    wide.write_text(','.join(names) + '\n' + 'x\n' * 3000, encoding='utf-8')
    assert 'cells' in profile.run('import', wide, expect=FAILED).stderr
    profile.run('import', profile.path('none.xlsx'), expect=FAILED)
    profile.run('import', profile.path('a.xlsx'), '--role', 'nobody', expect=USAGE)
    assert profile.records() == []


def test_round(profile):
    """What is exported and imported is the same, here and in an empty profile."""
    for name in ('construction', 'design', 'supervision'):
        profile.run('import', SAMPLES / f'complete-{name}.json')
    odd = profile.records()[0]['uuid']
    for pointer, value in (('/project/PrjApprovalDate', '三月左右'), ('/project/Address', ' ＡＢ 　'),
                           ('/project/IsMajor', '否'), ('/contracts/0/ContractMoney', '约1万元')):
        profile.run('set', odd, pointer, value)
    for name in ('all.xlsx', 'all.zip'):
        kind = '--csv' if name.endswith('.zip') else '--xlsx'
        profile.run('export', kind, profile.path(name), '--all')
    told = profile.answer('import', profile.path('all.xlsx'))
    assert (told['new'], told['same'], told['updated'], told['cells']) == (0, 3, [], []), told
    before = profile.records()
    profile.profile = profile.folder / 'other'
    profile.answer('import', profile.path('all.xlsx'))
    after = profile.records()
    assert sorted(after, key=str) == sorted(before, key=str), (before, after)


def test_kill(profile):
    """Killed in the middle of it, all or nothing is there."""
    record = json.loads((SAMPLES / 'complete-construction.json').read_text(encoding='utf-8'))
    names = [f'示例工程{i}（虚构）' for i in range(400)]
    path = write_book(profile.path('k.xlsx'), {
        '项目基本信息': [['项目名称', '建设单位'], *[[name, '示例公司（虚构）'] for name in names]],
        '合同登记信息': [['项目名称', '合同编号', '合同金额'],
                   *[[name, f'HT-{i}', '1'] for name in names for i in range(5)]]})
    profile.run('list')
    seen = set()
    for lines in (2, 4, 5, 6, 8, 400):
        with subprocess.Popen([YEJI, '--profile', str(profile.profile), '--progress', 'import',
                               str(path)], env=profile.env, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as program:
            for _ in range(lines):
                if not program.stderr.readline():
                    break
            program.send_signal(signal.SIGKILL)
        seen.add(len(profile.answer('list')))
        assert seen <= {0, len(names)}, seen
    profile.answer('import', path)
    assert len(profile.answer('list')) == len(names)
    assert record['project']['PrjName']


TESTS = [
    ('a workbook with a sheet a table, as people fill it in', test_workbook),
    ('the same again changes nothing, another value updates, one undo', test_again),
    ('red cells are told, saved with reasons, mended and imported', test_bad),
    ('a list with columns of several tables, merged cells and groups', test_flat),
    ('text that looks like a number stays what it is', test_numbers),
    ('days of both calendars, and what formulas gave', test_dates),
    ('CSV in any character set', test_csv),
    ('what was said of a column is kept for files of the kind', test_kept),
    ('rows and records that could be several are asked about', test_links),
    ('what is no table, or cut off, is told', test_hostile),
    ('an export imported is the same', test_round),
    ('a kill leaves all or nothing', test_kill),
]


def main():
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, (name, test) in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Profile(folder))
                print(f'ok {number} - {name}', flush=True)
            except Exception as problem:  # pylint: disable=broad-except
                failed = 1
                print(f'not ok {number} - {name}\n# {type(problem).__name__}: {problem}',
                      flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
