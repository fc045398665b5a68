# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""From the old system's file to the public page, the reviewer's queue and the client's list."""

import argparse
import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile

import legacy
from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from terminal import Terminal

SAMPLE = 'complete-construction'
SIZE = '/project/PrjSize'
COUNTY = '220104'
NEWCOMER = ('示例新企业有限公司（虚构）', '91220100000000131A')


class Legacy(Terminal):
    """A province that takes the old system's records in, and an enterprise whose they are."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        self.uuids = {}
        self.sample = programs.sample(SAMPLE)

    def record(self, serial, *missing):
        return legacy.without(legacy.renumber(self.sample, f'220104160330{serial:04d}'), *missing)

    def write(self, name, records):
        path = self.place / name
        if path.suffix == '.xlsx':
            legacy.write_workbook(path, legacy.tables(records))
        elif path.suffix == '.json':
            legacy.write_json(path, legacy.tables(records))
        else:
            legacy.write_csv(path, records)
        return path

    def take(self, path, *options, code=0):
        """Imports a file; returns the report: about, notes, records."""
        done = subprocess.run(
            self.province.command('import-legacy', str(path), '--json', *options),
            env=self.programs.environment, capture_output=True, text=True, check=False)
        same(done.returncode, code, f'{done.stdout} {done.stderr}')
        report, = json.loads(done.stdout)
        return report

    def rows(self, statement):
        with sqlite3.connect(self.province.directory / 'province.db') as database:
            return database.execute(statement).fetchall()

    def taken(self, report):
        return [line['taken'] for line in report['records']]

    @step('a dry run says what would become of each record, and changes nothing')
    def tried(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.old = self.write('old.xlsx', [
            (self.record(101), legacy.meta('YJ-1')),
            (self.record(102), legacy.meta('YJ-2', office='长春市建委', section='审批办')),
            (self.record(103), legacy.meta('YJ-3', office=COUNTY, section='建设科',
                                           enterprise=NEWCOMER)),
            (self.record(104, 'project/PrjSize'), legacy.meta('YJ-4')),
            (self.record(105), legacy.meta('YJ-5', state='待审核', office='', section='',
                                           reviewer='', approved='', submitted='2026/1/5 8:30')),
        ])
        report = self.take(self.old, '--dry-run')
        same(report['about']['outcome'], 'dry-run', report)
        same(self.taken(report), ['A', 'B', 'C', 'D', 'pending'], report['records'])
        same(self.rows('SELECT count(*) FROM record'), [(0,)], 'records')
        same(list((self.province.directory / 'imports').glob('*.db')), [], 'what is kept of it')

    @step('the import gives grades by the office, and D with what is missing')
    def imported(self):
        report = self.take(self.old)
        same(report['about']['outcome'], 'imported', report)
        same(report['notes'], [], 'notes')
        holds(SIZE in report['records'][3]['reasons'][0], report['records'][3])
        self.uuids = dict(zip('ABCDP', [line['uuid'] for line in report['records']]))
        same(self.rows("SELECT count(*) FROM audit WHERE what = 'record.imported'"), [(5,)],
             'audit')
        checked = subprocess.run(self.province.command('audit', '--verify'), check=False,
                                 env=self.programs.environment, capture_output=True)
        same(checked.returncode, 0, checked)

    @step('the same file again changes nothing, and neither does the same in another form')
    def again(self):
        before = self.rows('SELECT count(*), max(seq) FROM change')
        same(self.take(self.old)['about']['outcome'], 'already', 'again')
        other = self.write('old.json', [
            (self.record(101), legacy.meta('YJ-1')),
            (self.record(104, 'project/PrjSize'), legacy.meta('YJ-4'))])
        same(self.taken(self.take(other)), ['known', 'known'], 'as JSON')
        same(self.rows('SELECT count(*), max(seq) FROM change'), before, 'changes')

    @step('the public page shows them with grade, office and reviewer, without personal numbers')
    def public(self):
        visitor = Visitor(self.province.url)
        for grade in 'ABCD':
            project = visitor.public_project(self.uuids[grade])
            holds(project is not None and project['grade'] == grade, project)
        same(visitor.public_project(self.uuids['P']), None, 'what waits')
        found = visitor.ask('GET', f'/v1/public/projects/{self.uuids["B"]}')
        same(found.status, 200, found)
        text = json.dumps(found.body, ensure_ascii=False)
        holds('长春市住房和城乡建设局审批办' in text and '赵审核' in text, text[:2000])
        holds('220102198501010019' not in text and '13800000002' not in text, 'a personal number')

    @step('what waited in the old system is in the queue, with the day it came there')
    def queued(self):
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        line, = [each for each in reviewer.queue() if each['uuid'] == self.uuids['P']]
        same(line['submitted_at'], '2026-01-05T00:30:00.000Z', line)
        holds(line.get('days', 1) > 0, line)

    @step('the client lists its records as they stand, and D with the points to mend')
    def listed(self):
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('sync')
        states = {line['uuid']: line for line in self.yeji('--json', 'list').json}
        same(sorted(states), sorted(uuid for key, uuid in self.uuids.items() if key != 'C'),
             'its own, and not the other enterprise\'s')
        shown = json.dumps(self.yeji('--json', 'show', self.uuids['D']).json, ensure_ascii=False)
        holds('2201041603300104' in shown, shown[:500])
        answer = Visitor(self.province.url, ENTERPRISE).ask('GET',
                                                            f'/v1/records/{self.uuids["D"]}')
        same(answer.body['grade'], 'D', answer)
        same([point['pointer'] for point in answer.body['points']], [SIZE], answer)

    @step('an enterprise that nobody knew gets an account, and finds its record')
    def newcomer(self):
        subprocess.run(self.province.command(
            'user', 'add', 'xinqiye', '--role', 'enterprise', '--enterprise', NEWCOMER[0], '--code',
            NEWCOMER[1]), input=f'{PASSWORD}\n', text=True, check=True,
            env=self.programs.environment, capture_output=True)
        visitor = Visitor(self.province.url, 'xinqiye')
        changes = visitor.ask('GET', '/v1/changes').body['changes']
        same([(each['uuid'], each['grade']) for each in changes], [(self.uuids['C'], 'C')], changes)

    @step('the approval is written on every table')
    def written(self):
        answer = Visitor(self.province.url, ENTERPRISE).ask('GET',
                                                            f'/v1/records/{self.uuids["A"]}')
        for row in [answer.body['record']['project'], *answer.body['record']['contracts']]:
            same((row['CheckPersonName'], row['DataLevel'], row['CreateDate']),
                 ('赵审核', 'A', '2019-06-01'), row)
        contract, = answer.body['record']['contracts']
        same((contract['ContractMoney'], contract['ContractDate']), ('2928.28', '2016-07-05'),
             contract)
        same(answer.body['record']['permits'][0]['BuildPlanNum'], '示例地字第220000201600001号',
             'a name of 2014')

    @step('a file with one record that cannot be taken leaves nothing, unless it is told to')
    def refused(self):
        path = self.write('bad.xlsx', [
            (self.record(201), legacy.meta('YJ-21')),
            (self.record(202), legacy.meta('YJ-22', office='某地建设局')),
            (self.record(203), legacy.meta('YJ-23', state='草稿')),
            (self.record(204), legacy.meta('YJ-24', enterprise=('甲', '123'))),
            (self.record(205), legacy.meta('YJ-25', role='甲方')),
            (self.record(206), legacy.meta('YJ-26')),
            (self.record(207), legacy.meta('YJ-26')),
        ])
        before = self.rows('SELECT count(*) FROM record')
        report = self.take(path, code=1)
        same(report['about']['outcome'], 'refused', report)
        same(self.taken(report), ['A'] + ['refused'] * 4 + ['A', 'refused'], report['records'])
        holds(all(line['reasons'] for line in report['records'] if line['taken'] == 'refused'),
              report)
        same(self.rows('SELECT count(*) FROM record'), before, 'records')
        report = self.take(path, '--except-refused')
        same(report['about']['outcome'], 'imported', report)
        same(self.rows('SELECT count(*) FROM record'), [(before[0][0] + 2,)], 'records')

    @step('a wide table in GBK is one record a row; what it lacks is said')
    def wide(self):
        path = self.write('wide.csv', [(self.record(301), legacy.meta('YJ-31')),
                                       (self.record(302), legacy.meta('YJ-32', state='待审核'))])
        report = self.take(path)
        same(self.taken(report), ['D', 'pending'], report)
        holds(any('/participants' in reason for reason in report['records'][0]['reasons']), report)

    @step('a record a line with its rows within, as this system writes them, is taken as well')
    def nested(self):
        path = self.place / 'lines.json'
        record = self.record(401)
        known = dict(zip(legacy.META, legacy.meta('YJ-41')))
        path.write_text(json.dumps({**known, **{key: value for key, value in record.items()
                                                if isinstance(value, (dict, list))}}) + '\n',
                        encoding='utf-8')
        report = self.take(path)
        same((self.taken(report), report['notes']), (['A'], []), report)

    @step('what is no table, or cut off, is refused in words')
    def hostile(self):
        path = self.place / 'cut.xlsx'
        path.write_bytes(self.old.read_bytes()[:3000])
        report = self.take(path, code=1)
        same((report['about']['outcome'], report['records']), ('failed', []), report)
        holds(report['about']['message'], report)
        path = self.place / 'none.csv'
        path.write_text('甲,乙\n1,2\n', encoding='utf-8')
        report = self.take(path)
        same([note['kind'] for note in report['notes']], ['sheet-not-read'], report)
        same(list((self.province.directory / 'imports').glob('*.db')), [], 'what is kept of them')

    @step('killed at any moment, it goes on, and each record is there once')
    def killed(self):
        path = self.write('many.xlsx', [
            (self.record(1000 + i), legacy.meta(f'YJ-M{i}')) for i in range(120)])
        command = self.province.command('import-legacy', str(path), '--json')
        before = self.rows('SELECT count(*) FROM record')[0][0]
        for delay in (0.02, 0.08, 0.2, 0.4):
            process = subprocess.Popen(command, env=self.programs.environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            there = self.rows('SELECT count(*) FROM record')[0][0] - before
            holds(there in (0, 120), f'{there} of 120 records')
        report = self.take(path)
        holds(report['about']['outcome'] in ('imported', 'already'), report)
        same(self.rows('SELECT count(*) FROM record')[0][0] - before, 120, 'records')
        same(self.rows("SELECT count(*) FROM audit WHERE what = 'record.imported' AND detail LIKE"
                       " '%many.xlsx'"), [(120,)], 'audit')

    @step('the enterprise completes the D record, and approval publishes it anew')
    def completed(self):
        uuid = self.uuids['D']
        self.yeji('set', uuid, SIZE, '总建筑面积12000平方米')
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            self.yeji('attach', uuid, line['slot'],
                      self.programs.documents / SAMPLE / line['file'])
        self.yeji('submit', uuid)
        visitor = Visitor(self.province.url)
        page = f'/v1/public/projects/{uuid}'
        same(visitor.ask('GET', page).body['grade'], 'D', 'until it is approved')
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        reviewer.waits_for_review(uuid)
        reviewer.decide(uuid, 'approve', {})
        same(visitor.ask('GET', page).body['grade'], 'B', 'completed')
        self.yeji('sync')
        same(self.entry(uuid)['grade'], 'B', 'in the client')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-legacy-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = Legacy(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.province is not None:
                story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
