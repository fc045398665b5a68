# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Everything that `yeji --json` prints, held against the schemas that scripts rely on."""

import argparse
import json
import pathlib
import re
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from terminal import FAILED, INVALID, OFFLINE, USAGE, Terminal
from shapes import fill

SAMPLE = 'complete-construction'
NAME = '/project/PrjName'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report',
         'completion_filing', 'project_approval')
PHRASE = 'vier blaue Stühle im Regen\n'

# what opens a profile whose key is not at hand is asked in tests/cli/test_key.py
ELSEWHERE = {'key --recover', 'key --forget'}


class Json(Terminal):
    """A script that asks for JSON at every step."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        programs.environment['XDG_DATA_HOME'] = str(place / 'data')   # where profiles are made
        self.uuid = programs.sample(SAMPLE)['uuid']

    def yeji(self, *words, **options):
        return super().yeji('--json', *words, **options)

    def write(self, name, text):
        path = self.place / name
        path.write_text(text, encoding='utf-8')
        return path

    def scan(self):
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        return {slot: [self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                       if line['slot'] == slot] for slot in SLOTS}

    @step('records, what is wrong with them and what was done to them')
    def drafts(self):
        same({command['name'] for command in self.yeji('--help').json['commands']}
             - {name.split(' --')[0] for name in self.shapes.names}, set(), 'commands without shape')
        self.yeji('set', '--help')
        made = self.yeji('new', '--role', 'construction').json['uuid']
        self.yeji('set', made, NAME, '甲工程（虚构）')
        self.yeji('set', made, NAME, '乙工程（虚构）')
        for words in (('undo',), ('redo',), ('history',), ('show',)):
            self.yeji(*words, made)
        self.yeji('show', made, '--at', '23:59')
        self.yeji('check', made, code=INVALID)
        self.yeji('grade', made, code=INVALID)
        other = self.yeji('new', '--copy', made).json['uuid']
        holds(self.yeji('compare', made, other).json, 'copies differ')
        self.yeji('remove', other)
        same(len(self.yeji('bin').json), 1, 'the bin')
        self.yeji('bin', '--restore', other)
        self.yeji('remove', other)
        third = self.yeji('new').json['uuid']
        self.yeji('remove', third)
        self.yeji('bin', '--delete', third)
        self.yeji('bin', '--empty')
        self.yeji('list')
        self.yeji('search', '乙工程')
        self.yeji('set', made, '/contracts/-/ContractMoney', '1')
        self.yeji('row', 'copy', made, '/contracts/0')
        self.yeji('row', 'move', made, '/contracts/1', 1)
        self.yeji('row', 'remove', made, '/contracts/0')
        self.yeji('row', 'remove', made, '/contracts/0')
        self.yeji('set', made, '/project/AllInvest', '1,234')
        holds(self.yeji('suggest', made, '/project', '--take').json, 'an offer')
        self.yeji('undo', made, '--to', '23:59')
        same(self.yeji('show', made).json.get('contracts', []), [], 'the row is gone')
        self.yeji('set', made, '/project/Address', '路')
        warning = next(problem for problem in self.yeji('check', made, code=INVALID).json
                       if problem['pointer'] == '/project/Address')
        self.yeji('keep', made, warning['pointer'], warning['rule'], '原件即如此（虚构）')
        holds(any(problem.get('kept') for problem in self.yeji('check', made, code=INVALID).json),
              'a warning is kept')
        self.yeji('reply', made, NAME, '原件即如此（虚构）')
        self.yeji('normalise', 'date', '2016年3月30日')
        self.yeji('dictionary')
        self.yeji('dictionary', '--json-schema')
        self.yeji('dictionary', '--markdown')
        self.yeji('dictionary', '--forget-key')
        self.yeji('dictionary', '--reports')
        self.yeji('completion', 'bash')
        self.yeji('remove', made)

    @step('files in and out')
    def files(self):
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        self.yeji('template', self.place / 'template.xlsx')
        self.yeji('export', '--xlsx', self.place / 'out.xlsx', '--all')
        self.yeji('import', self.place / 'out.xlsx', '--dry-run')
        sheet = self.write('list.csv', '项目名称,项目编号\n丙工程（虚构）,\n')
        self.yeji('import', sheet)
        self.yeji('import', '--undo')
        self.yeji('print', self.uuid, self.place / 'out.pdf')
        self.yeji('check', self.programs.samples / 'broken-02-code.json', code=INVALID)
        self.yeji('import', self.write('broken.json', '{'), code=FAILED)

    @step('documents')
    def documents(self):
        for slot, files in self.scan().items():
            self.yeji('attach', self.uuid, slot, *files)
        documents = self.yeji('documents', 'list', self.uuid).json
        self.arrange(next(one['id'] for one in documents if one['filename'].endswith('.jpg')))
        documents = self.yeji('documents', 'list', self.uuid).json
        self.yeji('documents', 'remove', self.uuid, documents[-1]['id'])
        same(len(self.yeji('documents', 'list', self.uuid).json), len(documents) - 1, 'one less')
        self.yeji('attach', self.uuid, documents[-1]['slot'],
                  *self.scan()[documents[-1]['slot']][-1:])
        folder = self.place / 'scans'
        folder.mkdir()
        (folder / '不知道.txt').write_text('x', encoding='utf-8')
        (folder / '未知.pdf').write_bytes(self.scan()['contract'][0].read_bytes() + b'\n%\n')
        self.yeji('match', folder, '--dry-run', code=self.any)
        self.yeji('match', folder, code=self.any)
        waiting = self.yeji('tray', 'list').json
        holds(waiting, 'something waits')
        self.yeji('tray', 'remove', waiting[0]['id'])
        self.yeji('tray', 'restore', waiting[0]['id'])
        self.yeji('tray', 'place', self.uuid, 'other', waiting[0]['id'])
        self.yeji('match', '--undo', code=self.any)
        self.yeji('evidence')
        self.yeji('evidence', '--missing', code=self.any)
        self.yeji('evidence', '--csv', self.place / 'evidence.csv')

    def arrange(self, scan):
        """What is done to a scan, and back again."""
        self.yeji('documents', 'turn', self.uuid, scan, '90')
        self.yeji('documents', 'turn', self.uuid, scan, '0')
        before = self.yeji('documents', 'save', self.uuid, scan, self.place / 'scan.jpg').json
        self.yeji('documents', 'shrink', self.uuid, scan, '--to', before['size'] * 2 // 3)
        same(self.yeji('documents', 'original', self.uuid, scan).json, before, 'the original')
        made = self.yeji('documents', 'combine', self.uuid, scan).json
        self.yeji('documents', 'remove', self.uuid, made['id'])
        self.yeji('documents', 'restore', self.uuid, scan)
        there = self.yeji('documents', 'move', self.uuid, scan, 'other').json
        self.yeji('documents', 'remove', self.uuid, there['id'])
        self.yeji('documents', 'restore', self.uuid, scan)

    @step('the profile: backups, keys, the package')
    def profile_itself(self):
        self.yeji('verify')
        self.yeji('notices')
        self.yeji('notices', 'seen')
        self.yeji('profiles')
        self.yeji('profiles', 'set', '--due', '2027-01-31')
        made = self.yeji('profiles', 'new', '示例（虚构）').json['directory']
        self.yeji('profiles', 'forget', made)
        name = self.yeji('backup').json['name']
        self.yeji('backup', self.place / 'all.yeji-backup')
        self.yeji('backup', '--list')
        self.yeji('restore', self.place / 'all.yeji-backup', '--to', self.place / 'unpacked')
        self.yeji('restore', name)
        self.yeji('key')
        self.yeji('key', '--status')
        self.yeji('key', '--recovery-code')
        self.yeji('key', '--rotate')
        self.yeji('key', '--passphrase', stdin=PHRASE)
        self.programs.environment['YEJI_PASSPHRASE'] = PHRASE.strip()
        self.yeji('key', '--no-passphrase')
        del self.programs.environment['YEJI_PASSPHRASE']
        package = self.place / 'a.yeji-package'
        self.yeji('pack', package, self.uuid, stdin=PHRASE)
        self.yeji('unpack', package, '--dry-run', stdin=PHRASE)
        self.yeji('unpack', package, code=FAILED, stdin='another\n')
        self.yeji('unpack', self.place / 'nothing', code=FAILED, stdin=PHRASE)

    @step('what two computers changed')
    def conflicts(self):
        package = self.place / 'a.yeji-package'
        mine, theirs = self.profile, self.place / 'theirs'
        self.profile = theirs
        self.yeji('unpack', package, '--force', stdin=PHRASE)
        for number, answer in enumerate(('--mine', '--theirs')):
            self.profile = theirs
            self.yeji('set', self.uuid, NAME, f'那里{number}（虚构）')
            self.yeji('pack', package, '--all', stdin=PHRASE)
            self.profile = mine
            self.yeji('set', self.uuid, NAME, f'这里{number}（虚构）')
            self.yeji('unpack', package, '--force', stdin=PHRASE)
            same(len(self.yeji('conflicts', self.uuid).json), 1, 'what is to be decided')
            self.yeji('conflicts', self.uuid, answer)
            if number == 0:
                self.yeji('unpack', '--undo')

    @step('the province: what waits, is sent, decided and proved')
    def province_itself(self):
        self.yeji('sync', code=self.any)
        self.yeji('pin')
        self.yeji('pin', '--set', 'A' * 43 + '=', code=self.any)
        self.yeji('pin', '--clear')
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, code=FAILED, stdin='wrong\n')
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('status')
        port = self.province.port
        self.province.stop()
        self.yeji('submit', self.uuid, code=OFFLINE)
        self.yeji('status')
        self.province.start(port)
        self.yeji('transfers', 'pause')
        self.yeji('submit', '--files-follow', self.uuid, code=self.any)
        rows = self.yeji('transfers').json['transfers']
        holds(rows, 'files wait')
        for verb in ('first', 'retry', 'cancel'):
            self.yeji('transfers', verb, rows[-1]['id'])
        self.yeji('transfers', 'move', rows[0]['id'], 2)
        self.yeji('transfers', 'workers', 2)
        self.yeji('transfers', 'network', 'this')
        self.yeji('transfers', 'metered', 'yes')
        self.yeji('transfers', 'network', 'any')
        self.yeji('transfers', 'limit', '10M')
        self.yeji('transfers', 'limit', '0', code=self.any)
        self.yeji('transfers', 'resume')
        self.yeji('--progress', 'sync')
        self.yeji('withdraw', self.uuid, '重复（虚构）')
        self.yeji('submit', self.uuid)
        self.yeji('fetch', self.uuid)
        self.yeji('receipt', self.uuid)
        self.yeji('receipt', self.uuid, '--verify')
        self.yeji('receipt', self.uuid, '--out', self.place / 'receipt.json')
        self.yeji('receipt', self.uuid, '--pdf', self.place / 'receipt.pdf')
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'approve', {})
        self.yeji('sync')

    @step('what is asked of the province for what is approved')
    def approved(self):
        pointer = '/project/Address'
        scan = self.scan()['contract'][0]
        self.yeji('correct', self.uuid, '--set', f'{pointer}=示例路1号（虚构）', '--draft')
        self.yeji('correct', self.uuid, '--list')
        self.yeji('correct', self.uuid, '--discard')
        self.yeji('correct', self.uuid, '--set', f'{pointer}=示例路1号（虚构）', '--reason',
                  '门牌号有误（虚构）', '--evidence', scan)
        self.yeji('correct', self.uuid, '--cancel')
        self.yeji('qualify', 'construction', '--candidates')
        made = self.yeji('qualify', 'construction', self.uuid, '--draft').json['id']
        self.yeji('qualify', '--show', made)
        self.yeji('qualify', '--send', made)
        self.yeji('qualify', '--withdraw', made)
        draft = self.yeji('qualify', 'construction', self.uuid, '--draft').json['id']
        self.yeji('qualify', '--remove', draft)
        self.yeji('qualify', '--list')
        self.yeji('receipt', '--forget-key')
        self.yeji('logout')
        self.yeji('sync', code=self.any)

    @step('a mistake at the command line is told as JSON, and what was meant')
    def mistakes(self):
        for words, meant in ((('lst',), '“list”'), (('bin', '--emtpy'), '“--empty”'),
                             (('show',), None), (('bin', '--empty', '--restore', self.uuid), None),
                             (('history', ''), None), (('tray',), None)):
            self.yeji(*words, code=USAGE)
            holds(meant is None or meant in self.last.err, f'{words}: {self.last.err}')

    @step('the page for scripts has the shapes')
    def page(self):
        page = (self.programs.source / 'docs' / 'cli.md').read_text(encoding='utf-8')
        same(page, fill(page, self.shapes.document), 'docs/cli.md; tests/cli/shapes.py makes it')

    @step('no shape is left that nothing was held against')
    def all_seen(self):
        untouched = set(self.shapes.names) - self.shapes.seen - ELSEWHERE
        same({name for name in untouched if not re.match('pin --(set|auth|no-auth)', name)}, set(),
             'shapes that nothing printed')


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--build', default='_build')
    source = pathlib.Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory(prefix='yeji-json-') as place:
        story = Json(Programs(arguments.parse_args().build, source), pathlib.Path(place))
        try:
            whole = story.tell()
        finally:
            if story.province is not None:
                story.province.stop()
    return 0 if whole else 1


if __name__ == '__main__':
    sys.exit(main())
