# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A province that comes back from a backup: what it lost is sent again, and what the clerk knew and
typed since is there."""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid

from programs import Programs
from province import ENTERPRISE, PASSWORD, PROVINCE_REVIEWER, Province, Visitor
from steps import holds, same, step
from terminal import FAILED, OFFLINE, Terminal

SAMPLE = 'complete-construction'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')
REMARK = {'message': '请补正（虚构）',
          'points': [{'pointer': '/project/PrjName', 'comment': '名称与合同不符（虚构）'}]}


class Restore(Terminal):
    """Ten submissions, and a province that forgets half of them, twice."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = Province(programs, place / 'province')
        self.backup = place / 'backup.db'
        self.uuids = []
        self.before = {}
        self.told = 0

    # Helpers

    def serve(self):
        port = self.province.port if self.province.url else 0
        self.province.start(port)

    def server(self, *words, code=0):
        done = subprocess.run(self.province.command(*map(str, words)), capture_output=True,
                              text=True, env=self.programs.environment, check=False)
        same(done.returncode, code, f'yeji-server {words}: {done.stdout} {done.stderr}')
        return done

    def restore(self):
        self.province.stop()
        self.server('restore', self.backup)
        self.serve()

    def make(self):
        """Makes a complete record with its documents; returns its uuid."""
        record = self.programs.sample(SAMPLE)
        record['uuid'] = str(uuid.uuid4())
        record['project']['PrjName'] = f'示例工程{len(self.uuids) + 1}号（虚构）'
        path = self.place / 'record.json'
        path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for slot in SLOTS:
            self.yeji('attach', record['uuid'], slot,
                      *[self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                        if line['slot'] == slot])
        self.uuids.append(record['uuid'])
        return record['uuid']

    def make_five(self):
        made = [self.make() for _ in range(5)]
        self.yeji('submit', *made)
        return made

    def there(self, uuid_):
        """Asks the province what it has of a record."""
        return Visitor(self.province.url, ENTERPRISE).ask('GET', f'/v1/records/{uuid_}')

    def content(self, uuid_):
        """What the province has of it: the record and the sums of the documents."""
        answer = self.there(uuid_)
        same(answer.status, 200, answer)
        return (answer.body['record'],
                sorted((file['slot'], file['sha256']) for file in answer.body['files']))

    def state_there(self, uuid_):
        answer = self.there(uuid_)
        return answer.body['state'] if answer.status == 200 else answer.status

    def states(self, uuids):
        return [self.entry(uuid_)['state'] for uuid_ in uuids]

    def notice(self):
        """The newest notice that was not seen here before."""
        notices = self.yeji('--json', 'notices').json
        holds(len(notices) > self.told, f'a notice: {notices}')
        self.told = len(notices)
        return notices[0]

    def name(self, uuid_):
        return self.yeji('--json', 'show', uuid_).json['project']['PrjName']

    # The steps

    @step('five records are submitted, and the running province is backed up')
    def first_five(self):
        self.serve()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=PASSWORD + '\n')
        self.make_five()
        done = self.server('backup', self.backup)
        holds(self.backup.is_file() and str(self.backup) in done.stdout, done)
        same(self.states(self.uuids), ['submitted'] * 5, 'the states')

    @step('five more are submitted, two are returned and mended here')
    def second_five(self):
        self.make_five()
        reviewer = Visitor(self.province.url, PROVINCE_REVIEWER)
        for returned in (self.uuids[0], self.uuids[5]):
            reviewer.decide(returned, 'return', REMARK)
        self.before = {uuid_: self.content(uuid_) for uuid_ in self.uuids}
        self.yeji('sync')
        for returned in (self.uuids[0], self.uuids[5]):
            same(self.entry(returned)['state'], 'returned', returned)
            self.yeji('set', returned, '/project/PrjName', '改过的名称（虚构）')

    @step('a running province is not restored')
    def not_while_it_runs(self):
        self.server('restore', self.backup, code=1)
        same(self.state_there(self.uuids[9]), 'submitted', 'the last one')

    @step('the restored province gets back what it lost, exactly as it was')
    def restored(self):
        self.restore()
        same([self.state_there(uuid_) for uuid_ in self.uuids[5:]], [404] * 5, 'what it lost')
        said = self.yeji('sync').err
        holds('示例工程7号（虚构）' in said, said)
        for uuid_ in self.uuids[1:5] + self.uuids[6:]:
            same(self.state_there(uuid_), 'submitted', uuid_)
            same(self.content(uuid_), self.before[uuid_], uuid_)
            same(self.entry(uuid_)['state'], 'submitted', uuid_)
        notice = self.notice()
        same((notice['kind'], notice['details']['resent']['count'],
              notice['details']['returned']['count'], notice['details']['others']['count']),
             ('province-restored', 4, 2, 0), 'the notice')
        holds(notice['details']['restored_at'], notice)

    @step('what was returned is told, and what was typed meanwhile is there')
    def returned(self):
        reviewed, mended = self.uuids[0], self.uuids[5]
        same((self.entry(reviewed)['state'], self.entry(mended)['state']),
             ('submitted', 'returned'), 'the states')
        for uuid_ in (reviewed, mended):
            same(self.name(uuid_), '改过的名称（虚构）', uuid_)
            same([point['comment'] for point in self.entry(uuid_)['points']],
                 [REMARK['points'][0]['comment']], 'the points')
        self.yeji('withdraw', reviewed, '平台恢复了旧数据，改后重交（虚构）')
        same((self.entry(reviewed)['state'], self.state_there(reviewed)),
             ('withdrawn', 'withdrawn'), 'after it was withdrawn')
        self.yeji('submit', reviewed, mended)
        for uuid_ in (reviewed, mended):
            same(self.content(uuid_)[0]['project']['PrjName'], '改过的名称（虚构）', uuid_)
        same(self.states(self.uuids), ['submitted'] * 10, 'all ten')
        same([self.state_there(uuid_) for uuid_ in self.uuids], ['submitted'] * 10, 'and there')
        self.before = {uuid_: self.content(uuid_) for uuid_ in self.uuids}

    @step('another sync sends nothing')
    def quiet(self):
        report = self.yeji('--json', 'sync').json
        same((report['submitted'], report['refused'], report['files']), (0, 0, 0), report)

    @step('a second restore of the same backup is healed, too')
    def twice(self):
        self.restore()
        self.yeji('sync')
        self.notice()
        for uuid_ in self.uuids:
            same(self.state_there(uuid_), 'submitted', uuid_)
            same(self.content(uuid_), self.before[uuid_], uuid_)
        same(self.states(self.uuids), ['submitted'] * 10, 'the states')

    @step('a restore while something waits here loses neither')
    def with_an_outbox(self):
        waits, edited = self.make(), self.uuids[6]
        self.yeji('withdraw', edited, '补充（虚构）')
        self.yeji('set', edited, '/project/PrjName', '再改的名称（虚构）')
        self.province.stop()
        self.yeji('submit', waits, edited, code=OFFLINE)
        self.restore()
        self.yeji('sync')
        self.notice()
        same(self.content(edited)[0]['project']['PrjName'], '再改的名称（虚构）', 'the newer one')
        same([self.state_there(uuid_) for uuid_ in self.uuids], ['submitted'] * 11, 'there')
        same(self.states(self.uuids), ['submitted'] * 11, 'here')
        self.before = {uuid_: self.content(uuid_) for uuid_ in self.uuids}

    @step('a whole directory that was put back is found out by the clients')
    def snapshot(self):
        self.province.stop()
        copy = self.place / 'snapshot'
        shutil.copytree(self.province.directory, copy)
        self.serve()
        late = self.make()
        self.yeji('submit', late)
        self.before[late] = self.content(late)
        self.province.stop()
        shutil.rmtree(self.province.directory)
        shutil.move(copy, self.province.directory)
        self.serve()
        same(self.state_there(late), 404, 'it is lost')
        self.yeji('sync')
        for uuid_ in self.uuids:
            same(self.content(uuid_), self.before[uuid_], uuid_)
        same(self.states(self.uuids), ['submitted'] * 12, 'the states')

    @step('what the administrator removes is told, stays here, and can be submitted again')
    def removed(self):
        gone = self.uuids[3]
        self.server('record', 'remove', gone, '重复申报（虚构）')
        self.server('record', 'remove', gone, '重复申报（虚构）', code=1)
        said = self.yeji('sync').err
        holds('重复申报（虚构）' in said, said)
        same(self.entry(gone)['state'], 'removed_there', 'the state')
        same(self.state_there(gone), 410, 'there')
        same(self.name(gone), self.before[gone][0]['project']['PrjName'], 'the record here')
        self.yeji('withdraw', gone, '原因', code=FAILED)
        self.yeji('submit', gone)
        same(self.content(gone), self.before[gone], 'anew')
        same(self.entry(gone)['state'], 'submitted', 'the state')

    @step('withdrawing needs a province that can be reached')
    def withdrawing(self):
        self.province.stop()
        self.yeji('withdraw', self.uuids[3], '原因', code=OFFLINE)
        same(self.entry(self.uuids[3])['state'], 'submitted', 'the state')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-restore-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = Restore(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
