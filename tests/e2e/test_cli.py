# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The command line's contract, against a real province: commands, exit codes, JSON."""

import argparse
import json
import pathlib
import re
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor, free_port
from steps import holds, same, step
from terminal import FAILED, INVALID, OFFLINE, USAGE, Terminal

UUID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
SAMPLE = 'complete-construction'

EXPLANATION = '合同含补充协议（虚构）'


class CommandLine(Terminal):
    """What scripts rely on, from wrong usage to an approved record."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        self.uuid = None
        self.sample = None

    def documents(self, slot):
        """Finds the sample documents of a slot."""
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        return [self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                if line['slot'] == slot]

    # The steps

    @step('wrong usage exits 2 and says how it is used')
    def usage(self):
        self.yeji('no-such-command', code=USAGE)
        self.yeji('set', 'only-one', code=USAGE)
        self.yeji(code=USAGE)
        holds('set' in self.yeji('--help').out, 'the help lists the commands')

    @step('new makes a draft, list and show have it')
    def new(self):
        made = self.yeji('--json', 'new', '--role', 'construction').json
        self.uuid = made['uuid']
        holds(UUID.fullmatch(self.uuid), made)
        holds(self.entry(self.uuid), 'the list has the new record')
        shown = self.yeji('--json', 'show', self.uuid).json
        same(shown['role'], 'construction', 'the role')
        other = self.yeji('new', '--role', 'design').out
        holds(UUID.search(other), other)
        self.yeji('new', '--role', 'no-such-role', code=USAGE)

    @step('set changes a value, and refuses a pointer that names nothing')
    def set(self):
        self.yeji('set', self.uuid, '/project/PrjName', '示例工程（虚构）')
        shown = self.yeji('--json', 'show', self.uuid).json
        same(shown['project']['PrjName'], '示例工程（虚构）', 'the value')
        self.yeji('set', self.uuid, '/project/NoSuchField', 'x', code=USAGE)
        self.yeji('show', '00000000-0000-4000-8000-000000000000', code=FAILED)

    @step('check tells the problems of a draft and exits 3')
    def check(self):
        self.yeji('set', self.uuid, '/project/BuildCorpCode', '91220101000000111X')
        problems = self.yeji('--json', 'check', self.uuid, code=INVALID).json
        holds(all({'rule', 'severity', 'pointer', 'message'} <= set(problem)
                  for problem in problems), problems[:3])
        holds(any(problem['pointer'] == '/project/BuildCorpCode' for problem in problems),
              'the wrong credit code is told')

    @step('check of each broken sample tells exactly what is expected of it')
    def check_samples(self):
        expected = json.loads((self.programs.samples / 'expected.json').read_text(encoding='utf-8'))
        for name, problems in sorted(expected.items()):
            told = self.yeji('--json', 'check', self.programs.samples / name, code=INVALID).json
            errors = [(problem['rule'], problem['pointer']) for problem in told
                      if problem['severity'] == 'error'
                      and not problem['pointer'].startswith('/documents')]
            same(sorted(errors), sorted((problem['rule'], problem['pointer'])
                                        for problem in problems), name)

    @step('import --dry-run changes nothing, import brings the record')
    def import_file(self):
        path = self.programs.samples / f'{SAMPLE}.json'
        self.sample = self.programs.sample(SAMPLE)['uuid']
        self.yeji('import', path, '--dry-run')
        same(self.entry(self.sample), None, 'after the dry run')
        self.yeji('import', path)
        holds(self.entry(self.sample), 'the list has the imported record')
        shown = self.yeji('--json', 'show', self.sample).json
        same(shown['project'], self.programs.sample(SAMPLE)['project'], 'the imported project')

    @step('import of no record exits 1 and keeps the list')
    def import_rubbish(self):
        rubbish = self.place / 'rubbish.json'
        rubbish.write_text('{"uuid": 5', encoding='utf-8')
        before = self.yeji('--json', 'list').json
        self.yeji('import', rubbish, code=FAILED)
        self.yeji('import', self.place / 'not-there.json', code=FAILED)
        same(self.yeji('--json', 'list').json, before, 'the list')

    @step('attach fills the slots that the role needs, and refuses what is not there')
    def attach(self):
        for slot in ('award_notice', 'contract', 'construction_permit', 'acceptance_report',
                     'completion_filing', 'project_approval'):
            self.yeji('attach', self.sample, slot, *self.documents(slot))
        self.yeji('attach', self.sample, 'no-such-slot', *self.documents('contract'), code=USAGE)
        self.yeji('attach', self.sample, 'contract', self.place / 'not-there.pdf', code=FAILED)
        self.yeji('check', self.sample)

    @step('submit of a record with errors exits 3')
    def submit_broken(self):
        self.yeji('submit', self.uuid, code=INVALID)

    @step('without a province login exits 4, and what is submitted waits')
    def offline(self):
        url = f'http://127.0.0.1:{free_port()}'
        self.yeji('login', url, ENTERPRISE, stdin=f'{PASSWORD}\n', code=OFFLINE)
        self.yeji('submit', self.sample, code=FAILED)
        same(self.entry(self.sample)['state'], 'queued', 'the state')

    @step('login with a wrong password exits 1, with the right one 0')
    def login(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin='wrong\n', code=FAILED)
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')

    @step('sync sends what waited, and once only')
    def sync(self):
        self.yeji('sync')
        same(self.entry(self.sample)['state'], 'submitted', 'the state')
        self.yeji('sync')
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        same([line['uuid'] for line in reviewer.queue()].count(self.sample), 1, 'in the queue')
        holds(self.yeji('--json', 'status').json, 'the status')

    @step('what the reviewer returns comes back with the comment on its field')
    def returned(self):
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        point = {'pointer': '/contracts/0/ContractMoney', 'comment': '请与合同原件核对'}
        reviewer.decide(self.sample, 'return', {'points': [point]})
        self.yeji('sync')
        entry = self.entry(self.sample)
        same(entry['state'], 'returned', 'the state')
        same(entry.get('points'), [point], 'the remarks')

    @step('what is not mended is explained, and the reviewer gets it with the record')
    def explained(self):
        self.yeji('reply', self.sample, '/contracts/9', 'x', code=USAGE)
        self.yeji('reply', self.sample, '/contracts/0/ContractMoney', '长' * 2001, code=USAGE)
        self.yeji('reply', self.sample, '/contracts/0/ContractMoney', EXPLANATION)
        reply, = self.yeji('--json', 'show', self.sample).json['replies']
        same((reply['pointer'], reply['text']), ('/contracts/0/ContractMoney', EXPLANATION),
             'the explanation')
        holds(EXPLANATION in self.yeji('show', self.sample).out, 'it is shown')

    @step('compare tells what was changed since the submission')
    def compared(self):
        same(self.changed_fields(), [], 'before a change')
        self.yeji('set', self.sample, '/project/PrjName', '本机改的名称（虚构）')
        same(self.changed_fields(), ['PrjName'], 'after it')
        self.yeji('compare', self.sample, self.uuid)
        self.yeji('compare', self.uuid, code=FAILED)

    def changed_fields(self):
        """The fields of the sample that are not as they were submitted."""
        return [place['field'] for place in self.yeji('--json', 'compare', self.sample).json
                if not place['field'].startswith('kept:')]

    @step('what another computer of the enterprise changed as well is a conflict to be decided')
    def conflict(self):
        other = Visitor(self.province.url, ENTERPRISE)
        path = f'/v1/records/{self.sample}'
        for name, words in (('甲处改的名称（虚构）', ['--mine']), ('乙处改的名称（虚构）', ['--theirs'])):
            there = other.ask('GET', path)
            record = there.body.get('record', there.body)
            record['project']['PrjName'] = name
            put = other.ask('PUT', path, record, If_Match=there.headers['ETag'])
            same(put.status, 200, put)
            self.yeji('set', self.sample, '/project/PrjName', f'本机又改{len(name)}{words[0]}')
            self.yeji('submit', self.sample, code=INVALID)
            place, = self.yeji('--json', 'conflicts', self.sample).json
            same((place['field'], place['theirs'], place['kind']), ('PrjName', name, 'conflict'),
                 'the conflict')
            same(place['mine'], f'本机又改{len(name)}{words[0]}', 'what was typed stays')
            holds(name in self.yeji('conflicts', self.sample).out, 'it is told')
            self.yeji('conflicts', self.sample, *words, '/project/Address', code=USAGE)
            self.yeji('conflicts', self.sample, *words, '/project/PrjName')
            same(self.yeji('--json', 'conflicts', self.sample).json, [], 'once it is decided')
        shown = self.yeji('--json', 'show', self.sample).json
        same(shown['project']['PrjName'], '乙处改的名称（虚构）', 'theirs')
        self.yeji('undo', self.sample)
        same(len(self.yeji('--json', 'conflicts', self.sample).json), 1, 'after an undo')
        self.yeji('redo', self.sample)

    @step('mended and submitted again, approved by the city, it is graded B')
    def approved(self):
        self.yeji('set', self.sample, '/contracts/0/ContractMoney', '2928.2800')
        self.yeji('submit', self.sample)
        same(self.entry(self.sample)['state'], 'submitted', 'the state')
        line, = [line for line in Visitor(self.province.url, CITY_REVIEWER).queue()
                 if line['uuid'] == self.sample]
        same([reply['text'] for reply in line['replies']], [EXPLANATION], 'what the reviewer reads')
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        reviewer.decide(self.sample, 'approve', {})
        self.yeji('sync')
        entry = self.entry(self.sample)
        same((entry['state'], entry['grade']), ('approved', 'B'), 'state and grade')
        project = Visitor(self.province.url).public_project(self.sample)
        same(project['grade'], 'B', 'the public page')

    @step('an approved record cannot be changed or submitted again')
    def closed(self):
        self.yeji('set', self.sample, '/project/PrjName', 'x', code=FAILED)
        self.yeji('submit', self.sample, code=FAILED)

    @step('with the province away, sync exits 4 and nothing is lost')
    def away(self):
        before = self.yeji('--json', 'list').json
        self.province.stop()
        self.yeji('sync', code=OFFLINE)
        same(self.yeji('--json', 'list').json, before, 'the list')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-cli-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = CommandLine(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.province is not None:
                story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
