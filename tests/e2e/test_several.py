# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Two computers of one enterprise, two clerks and one province: real programs."""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import Story, holds, same, step
from terminal import INVALID, Terminal

SAMPLE = 'complete-construction'
COLLEAGUE = 'qiye-2'
# of the sample accounts
COMPANY = ('示例建设集团有限公司', '--code', '91220000MA0000000X')


class Several(Story):
    """What one computer does, and what the other sees and does."""

    def __init__(self, programs, place):
        self.programs = programs
        self.province = Province(programs, place / 'province')
        self.province.start()
        self.first = Terminal(programs, place)
        self.second = Terminal(programs, place)
        self.first.profile = place / 'first'
        self.second.profile = place / 'second'
        self.uuid = programs.sample(SAMPLE)['uuid']
        self.draft = None

    def report(self):
        return [f'the first: {self.first.last!r}', f'the second: {self.second.last!r}']

    def add_colleague(self):
        """A second user of the sample enterprise."""
        subprocess.run(self.province.command('user', 'add', COLLEAGUE, '--role', 'enterprise',
                                             '--display-name', '李经办', '--enterprise', *COMPANY),
                       input=f'{PASSWORD}\n', check=True, text=True,
                       env=self.programs.environment, capture_output=True)

    def shown(self, terminal):
        return terminal.yeji('--json', 'show', self.uuid).json

    def there(self):
        """What the province has of the record."""
        return Visitor(self.province.url, ENTERPRISE).ask('GET', f'/v1/records/{self.uuid}').body

    def give_back(self, comment='请核对'):
        """The reviewer returns it, and both computers hear of it."""
        Visitor(self.province.url, CITY_REVIEWER).decide(
            self.uuid, 'return', {'points': [{'pointer': '/project/PrjName', 'comment': comment}]})
        for terminal in (self.first, self.second):
            terminal.yeji('sync')
            same(terminal.entry(self.uuid)['state'], 'returned', 'after the return')

    def names(self, record):
        return [row['PersonName'] for row in record['participants']]

    # The steps

    @step('two clerks of one enterprise sign in on two computers')
    def sign_in(self):
        self.add_colleague()
        for terminal, user in ((self.first, ENTERPRISE), (self.second, COLLEAGUE)):
            terminal.yeji('login', self.province.url, user, stdin=f'{PASSWORD}\n')

    @step('the second sees what the first submitted, with its documents by name, and no drafts')
    def seen(self):
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        self.first.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        self.draft = self.first.yeji('--json', 'new', '--role', 'construction').json['uuid']
        for line in plan[SAMPLE]:
            self.first.yeji('attach', self.uuid, line['slot'],
                            self.programs.documents / SAMPLE / line['file'])
        self.first.yeji('submit', self.uuid)
        self.second.yeji('sync')
        entry = self.second.entry(self.uuid)
        same(entry['state'], 'submitted', 'the state on the second computer')
        same(self.second.entry(self.draft), None, 'the draft of the first')
        same(self.shown(self.second)['project'], self.shown(self.first)['project'], 'the content')
        same(entry.get('documents'), self.first.entry(self.uuid).get('documents'), 'documents')
        self.second.yeji('verify')
        self.second.yeji('sync')
        same(self.second.entry(self.uuid), entry, 'after another sync')

    @step('a computer fetches the documents when they are wanted')
    def fetched(self):
        third = Terminal(self.programs, self.first.place)
        third.profile = self.first.place / 'third'
        third.yeji('login', self.province.url, COLLEAGUE, stdin=f'{PASSWORD}\n')
        third.yeji('sync')
        files = third.profile / 'files'
        holds(not [path for path in files.rglob('*') if path.is_file()], 'nothing came unasked')
        third.yeji('fetch', self.uuid)
        kept = [path for path in files.rglob('*') if path.is_file()]
        for path in kept:
            same(hashlib.sha256(path.read_bytes()).hexdigest(), path.name, 'what came')
        same({path.name for path in kept}, {file['sha256'] for file in self.there()['files']},
             'all of them')
        third.yeji('verify')
        holds('0' in third.yeji('fetch', self.uuid).out, 'once')

    @step('both mend a returned record in different places: it is merged, and nobody is asked')
    def merged(self):
        self.give_back()
        self.first.yeji('set', self.uuid, '/project/PrjName', '示例甲机所改（虚构）')
        self.first.yeji('set', self.uuid, '/participants/-/PersonName', '甲示例')
        self.second.yeji('set', self.uuid, '/project/Address', '示例市示例路乙机所改二号（虚构）')
        self.second.yeji('set', self.uuid, '/participants/-/PersonName', '乙示例')
        for terminal, row in ((self.first, 4), (self.second, 4)):
            for field in ('PrjNum', 'BuilderLicenceNum', 'CorpRoleNum', 'CorpName', 'CorpCode',
                          'IDCardTypeNum', 'PersonIDCard', 'PersonPhone'):
                value = self.programs.sample(SAMPLE)['participants'][0].get(field)
                if value:
                    terminal.yeji('set', self.uuid, f'/participants/{row}/{field}', value)
        self.first.yeji('submit', self.uuid)
        # under review it cannot be written: it is told, kept and merged
        self.second.yeji('submit', self.uuid, code=INVALID)
        entry = self.second.entry(self.uuid)
        same(entry['state'], 'submitted', 'the second computer knows of it')
        holds('另一台电脑' in entry['message'], entry)
        same(self.second.yeji('--json', 'conflicts', self.uuid).json, [], 'nobody is asked')
        # the second clerk takes it back and submits what is merged; its documents are not here
        self.second.yeji('withdraw', self.uuid, '补充同事所填内容')
        self.second.yeji('submit', self.uuid)
        there = self.there()
        same(there['state'], 'submitted', 'the state there')
        same(there['record']['project']['PrjName'], '示例甲机所改（虚构）', 'the first one’s')
        same(there['record']['project']['Address'], '示例市示例路乙机所改二号（虚构）', 'the second one’s')
        holds({'甲示例', '乙示例'} <= set(self.names(there['record'])), self.names(there['record']))
        self.first.yeji('sync')
        for part in ('project', 'participants'):
            same(self.shown(self.first)[part], there['record'][part], f'{part} on the first')

    @step('both mend the same place: the second is asked, about that place alone')
    def asked(self):
        self.give_back()
        self.first.yeji('set', self.uuid, '/project/PrjName', '示例甲机又改（虚构）')
        self.second.yeji('set', self.uuid, '/project/PrjName', '示例乙机又改（虚构）')
        self.first.yeji('submit', self.uuid)
        self.second.yeji('submit', self.uuid, code=INVALID)
        place, = self.second.yeji('--json', 'conflicts', self.uuid).json
        same((place['field'], place['mine'], place['theirs'], place['kind']),
             ('PrjName', '示例乙机又改（虚构）', '示例甲机又改（虚构）', 'conflict'), 'the question')
        self.second.yeji('withdraw', self.uuid, '名称待定')
        self.second.yeji('conflicts', self.uuid, '--theirs')
        same(self.shown(self.second)['project']['PrjName'], '示例甲机又改（虚构）', 'decided')
        self.second.yeji('submit', self.uuid)

    @step('what a third one wrote in another place is merged into the submission by itself')
    def by_itself(self):
        self.give_back()
        third = Visitor(self.province.url, ENTERPRISE)
        there = third.ask('GET', f'/v1/records/{self.uuid}')
        record = there.body['record']
        record['project']['Address'] = '示例市示例路丙机所改三号（虚构）'
        same(third.ask('PUT', f'/v1/records/{self.uuid}', record,
                       If_Match=there.headers['ETag']).status, 200, 'the third writes')
        self.first.yeji('set', self.uuid, '/project/PrjName', '示例甲机再改（虚构）')
        self.first.yeji('submit', self.uuid)
        project = self.there()['record']['project']
        same((project['PrjName'], project['Address']),
             ('示例甲机再改（虚构）', '示例市示例路丙机所改三号（虚构）'), 'both')
        self.second.yeji('sync')
        same(self.shown(self.second)['project'], project, 'the second follows')

    @step('a document that one attaches is on the other, too')
    def documents(self):
        self.give_back()
        before = {(file['slot'], file['sha256']) for file in self.there()['files']
                  if file['submitted']}
        extra = self.first.profile.parent / 'extra.pdf'
        sample = next((self.programs.documents / SAMPLE).glob('*.pdf'))
        extra.write_bytes(sample.read_bytes() + b'\n% more\n')
        self.first.yeji('attach', self.uuid, 'contract', extra)
        self.first.yeji('submit', self.uuid)
        listed = {(file['slot'], file['sha256']) for file in self.there()['files']
                  if file['submitted']}
        same(len(listed - before), 1, 'one more')
        self.second.yeji('sync')
        same(self.second.entry(self.uuid).get('documents'),
             self.first.entry(self.uuid).get('documents'), 'on the second')
        self.second.yeji('verify')

    @step('documents that both attached to the same content are both submitted')
    def both_documents(self):
        self.give_back()
        sample = next((self.programs.documents / SAMPLE).glob('*.pdf'))
        for number, terminal in enumerate((self.first, self.second)):
            extra = self.first.place / f'extra-{number}.pdf'
            extra.write_bytes(sample.read_bytes() + b'\n% more of ' + str(number).encode())
            terminal.yeji('attach', self.uuid, 'contract', extra)
        self.second.yeji('submit', self.uuid)
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'return', {'message': '再核'})
        # which has not heard of it
        self.first.yeji('submit', self.uuid)
        listed = {file['filename'] for file in self.there()['files'] if file['submitted']}
        holds({'extra-0.pdf', 'extra-1.pdf'} <= listed, listed)
        self.second.yeji('sync')
        same(self.second.entry(self.uuid).get('documents'),
             self.first.entry(self.uuid).get('documents'), 'on both')

    @step('once it is approved, both have the same')
    def approved(self):
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'approve', {})
        for terminal in (self.first, self.second):
            terminal.yeji('sync')
            same(terminal.entry(self.uuid)['state'], 'approved', 'the state')
        same(self.shown(self.second), self.shown(self.first), 'the record')
        same(self.there()['record']['project'], self.shown(self.first)['project'], 'there')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-several-') as place:
        story = Several(Programs(arguments.build, arguments.source), pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
