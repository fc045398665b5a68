# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""From the list of another system to the word at the number, and to the refusal at the province."""

import argparse
import hashlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import uuid

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from terminal import INVALID, OFFLINE, Terminal

SAMPLE = 'complete-construction'
POINTER = '/project/ProvincePrjNum'
NUMBER = '吉建〔2024〕第0007号'
TYPED = '吉建[2024] 第０００７号'
NAME = '示例在建工程（虚构）'
SYSTEM = '施工许可管理系统'
FILTER = 'declared.filter'


def make_filter(keys):
    """The filter of some numbers, as docs/protocol.md describes it."""
    bits, mask = 20, (1 << 20) - 1
    values = sorted({int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], 'big')
                     % (len(keys) << bits) for key in keys})
    text, least = '', 0
    for value in values:
        distance, least = value - least, value + 1
        text += '1' * (distance >> bits) + '0' + format(distance & mask, f'0{bits}b')
    text += '0' * (-len(text) % 8)
    body = bytes(int(text[at:at + 8], 2) for at in range(0, len(text), 8))
    head = (b'YEJINUM1' + len(keys).to_bytes(4, 'big') + len(values).to_bytes(4, 'big')
            + bytes([bits, 0, 0, 0]) + len(body).to_bytes(4, 'big'))
    return head + body + hashlib.sha256(head + body).digest()


class Declared(Terminal):
    """A province that hears of other systems, and a clerk who types a number of theirs."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        self.uuid = str(uuid.uuid4())

    def take_list(self, rows, *options, system=SYSTEM, code=0):
        """The province takes over a list; returns the report."""
        path = self.place / 'list.json'
        path.write_text(json.dumps(rows), encoding='utf-8')
        done = subprocess.run(
            self.province.command('import-declared', system, str(path), '--json', *options),
            env=self.programs.environment, capture_output=True, text=True, check=False)
        same(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def told(self, *options, code=0):
        """What `check` says of the number: rule and severity."""
        found = self.yeji('--json', 'check', *options, self.uuid, code=code).json
        return [(each['rule'], each['severity'], each['pointer']) for each in found
                if each['rule'].startswith('R10.declared')]

    @property
    def filter(self):
        return next(self.place.rglob(FILTER), None)

    @step('what another system has is in the table, the filter and the public search')
    def imported(self):
        self.province = Province(self.programs, self.place / 'province')
        rows = [{'施工许可证编号': NUMBER, '工程名称': NAME, '区划代码': '220104',
                 '建设单位': '示例学校（虚构）', '状态': '在建', '发证日期': '2024-03-05'},
                {'施工许可证编号': '2201042403050001-SX-001', '工程名称': '另一示例（虚构）'}]
        tried = self.take_list(rows, '--dry-run')
        same((tried['outcome'], tried['added']), ('dry-run', 2), 'a trial')
        same(self.take_list(rows)['added'], 2, 'the list')
        again = self.take_list(rows)
        same((again['added'], again['changed'], again['same']), (0, 0, 2), 'the same list again')
        self.province.start()
        found = Visitor(self.province.url).ask('GET', '/v1/public/projects').body['projects']
        holds(NAME in [each['name'] for each in found], found)

    @step('a list with a wrong row, and one that is cut off, change nothing')
    def refused(self):
        bad = self.take_list([{'施工许可证编号': '2201042403050002-SX-001', '工程名称': '好（虚构）'},
                              {'施工许可证编号': '12', '工程名称': '坏（虚构）'}], code=1)
        same((bad['outcome'], [each['row'] for each in bad['bad_rows']]), ('bad-rows', [3]), bad)
        many = [{'项目编号': f'22010424030{n:05d}', '项目名称': f'示例{n}（虚构）'} for n in range(200)]
        self.take_list(many, system='approval')
        cut = self.take_list(many[:100], '--replace', system='approval', code=1)
        same(cut['outcome'], 'too-many-gone', cut)
        fewer = self.take_list(many[:100], '--replace', '--force', system='approval')
        same((fewer['removed'], fewer['after']), (100, 100), fewer)

    @step('before the filter is here nothing is said')
    def unknown(self):
        record = self.programs.sample(SAMPLE)
        record['uuid'] = self.uuid
        record['project']['ProvincePrjNum'] = TYPED
        path = self.place / 'record.json'
        path.write_text(json.dumps(record), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            self.yeji('attach', self.uuid, line['slot'],
                      self.programs.documents / SAMPLE / line['file'])
        same(self.told(), [], 'the check')

    @step('with the filter it is told at once, without a network, as probable')
    def probable(self):
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('sync')
        with sqlite3.connect(self.province.directory / 'province.db') as database:
            keys = [row[0] for row in database.execute('SELECT DISTINCT key FROM declared_number')]
        same(self.filter.read_bytes(), make_filter(keys), 'the filter, made by somebody else')
        port = self.province.port
        self.province.stop()
        same(self.told(), [('R10.declared_probable', 'warning', POINTER)], 'offline')
        self.told('--online', code=OFFLINE)
        self.province.start(port)

    @step('asked about it the province names system and project, and that is kept')
    def confirmed(self):
        said = self.yeji('check', '--online', self.uuid, code=INVALID)
        holds(SYSTEM in said.out and NAME in said.out, said)
        same(self.told(code=INVALID), [('R10.declared', 'error', POINTER)], 'later, without asking')

    @step('the province refuses it by its own table, at the very field')
    def submitted(self):
        visitor = Visitor(self.province.url, ENTERPRISE)
        record = json.loads((self.place / 'record.json').read_text(encoding='utf-8'))
        record['uuid'] = str(uuid.uuid4())
        path = f'/v1/records/{record["uuid"]}'
        made = visitor.ask('PUT', path, record, If_None_Match='*')
        answer = visitor.ask('POST', f'{path}:submit', {'files': [], 'files_follow': True},
                             If_Match=made.headers['ETag'], Idempotency_Key='declared',
                             Accept_Language='zh')
        same(answer.status, 422, answer)
        error, = [each for each in answer.body['errors'] if each['rule'] == 'R10.declared']
        same(error['pointer'], POINTER, error)
        holds(SYSTEM in error['message'], error)

    @step('a filter that says yes of what no system has is put right by asking')
    def mistaken(self):
        with sqlite3.connect(self.province.directory / 'province.db') as database:
            database.execute('DELETE FROM declared_number WHERE project LIKE ?', ('%0007%',))
        self.filter.unlink()
        self.yeji('sync')
        same(self.told(), [('R10.declared_probable', 'warning', POINTER)], 'fetched again')
        same(self.told('--online'), [], 'asked')
        same(self.told(), [], 'and kept')

    @step('a filter that is damaged says nothing, and is fetched again')
    def damaged(self):
        content = self.filter.read_bytes()
        self.filter.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        same(self.told(), [], 'damaged')
        self.yeji('sync')
        same(self.filter.read_bytes(), content, 'the filter')
        self.filter.write_bytes(b'')
        self.yeji('sync')
        same(self.filter.read_bytes(), content, 'the filter')

    @step('what the system has no more is told no more')
    def removed(self):
        self.take_list([{'施工许可证编号': NUMBER, '工程名称': '', '状态': '注销'}])
        self.yeji('sync')
        same(self.told(), [], 'the check')

    @step('what the province has confirmed is not held against itself')
    def exempt(self):
        self.yeji('submit', self.uuid)
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'approve', {})
        self.take_list([{'施工许可证编号': NUMBER, '工程名称': NAME}])
        self.yeji('sync')
        same(self.told('--online'), [], 'its own record')
        other = self.programs.sample(SAMPLE)
        other['uuid'] = str(uuid.uuid4())
        other['project']['ProvincePrjNum'] = NUMBER
        path = self.place / 'other.json'
        path.write_text(json.dumps(other), encoding='utf-8')
        found = self.yeji('--json', 'check', path).json
        same([each['rule'] for each in found], ['R10.declared_probable'], 'another record')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-declared-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = Declared(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.province is not None:
                story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
