# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The province publishes a new version of the dictionary, and the clerk's records go over to it."""

import argparse
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import uuid

from programs import Programs
from province import ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from terminal import INVALID, OFFLINE, Terminal

SAMPLE = 'complete-construction'
VERSION = 'next-1'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report',
         'completion_filing', 'project_approval')


class NextDictionary:
    """The dictionary after the one that is built in: a new table, a new field, a renamed and a
    removed one, a code that another replaces. It takes fields that nothing else names."""

    def __init__(self, text):
        self.bundle = json.loads(text)
        self.parts = self.bundle['parts']
        index = self.parts['dictionary.json']
        self.old_version = index['version']
        root = self.parts[f'tables/{index["tables"][0]}.json']
        self.table = root['id']
        free = [field for field in root['fields'] if self.is_free(text, field)]
        self.removed, renamed = free[0]['id'], free[1]
        root['fields'].remove(free[0])
        self.renamed, self.renamed_to = renamed['id'], f'{renamed["id"]}Next'
        renamed['aliases'] = [*renamed.get('aliases', []), self.renamed]
        renamed['id'] = self.renamed_to
        self.added = 'NextNote'
        root['fields'].append(self.make_field(self.added))
        self.retire(root)
        index['tables'].append('TBNextThing')
        self.parts['tables/TBNextThing.json'] = {
            'id': 'TBNextThing', 'member': 'next_things', 'label': {'zh': '新表', 'en': 'Things'},
            'row_title': ['ThingName'], 'fields': [self.make_field('ThingName')]}
        index['version'] = VERSION

    @staticmethod
    def is_free(text, field):
        return (field['type'] in ('text', 'long_text') and field['required'] == 'optional'
                and field['filled_by'] == 'enterprise'
                and text.count(f'"{field["id"]}"') == 1 and f'.{field["id"]}"' not in text)

    @staticmethod
    def make_field(name):
        return {'id': name, 'label': {'zh': f'新增{name}', 'en': f'New {name}'}, 'type': 'text',
                'length': 50, 'required': 'optional', 'filled_by': 'enterprise',
                'confidence': {'id': 'assumed', 'type': 'assumed', 'required': 'assumed'}}

    def retire(self, root):
        for field in root['fields']:
            items = self.parts[f'codes/{field["codes"]}.json']['items'] if 'codes' in field else []
            if field['filled_by'] == 'enterprise' and len(items) > 2 and 'parent' not in items[1]:
                self.coded, self.retired = field['id'], items[1]['code']
                self.replaced_by = items[2]['code']
                items[1].update(status='retired', replaced_by=self.replaced_by)
                return
        raise AssertionError('no code that could be retired')

    def write(self, path):
        path.write_text(json.dumps(self.bundle, ensure_ascii=False), encoding='utf-8')


class OverTheAir(Terminal):
    """A clerk at the command line, and a province that changes its mind."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = Province(programs, place / 'province')
        self.draft = None
        self.sent = None
        self.waiting = None

    def show(self, record):
        return self.yeji('--json', 'show', record).json

    def take_over(self, path):
        """Imports the sample under another uuid, documents and all."""
        record = self.programs.sample(SAMPLE)
        record['uuid'] = str(uuid.uuid4())
        path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for slot in SLOTS:
            self.yeji('attach', record['uuid'], slot,
                      *(self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                        if line['slot'] == slot))
        return record['uuid']

    # The steps

    @step('a record is submitted, another one is a draft')
    def begin(self):
        text = self.yeji('dictionary').out
        self.next = NextDictionary(text)
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.sent = self.take_over(self.profile.parent / 'one.json')
        self.yeji('submit', self.sent)
        same(self.entry(self.sent)['state'], 'submitted', 'the state')
        self.draft = self.yeji('--json', 'new', '--role', 'construction').json['uuid']
        for field, value in ((self.next.removed, '没有位置的话'), (self.next.renamed, '改名的话'),
                             (self.next.coded, self.next.retired), ('PrjName', '示例工程（虚构）')):
            self.yeji('set', self.draft, f'/project/{field}', value)
        same(self.yeji('--json', 'status').json['dictionary']['version'], self.next.old_version,
             'the version')

    @step('a third one is submitted while the province is away, and waits')
    def queue(self):
        self.waiting = self.take_over(self.profile.parent / 'two.json')
        self.port = self.province.port
        self.province.stop()
        self.yeji('submit', self.waiting, code=OFFLINE)
        same(self.entry(self.waiting)['state'], 'queued', 'the state')

    @step('the province comes back with another dictionary, signed')
    def publish(self):
        key = self.province.publish(self.next)
        (self.province.directory / 'settings.json').write_text(
            '{"client": {"version": "99.1", "where": "https://yeji.example/"}}', encoding='utf-8')
        self.province.start(self.port)
        visitor = Visitor(self.province.url)
        announced = visitor.ask('GET', '/v1/config').body['dictionary']
        same((announced['version'], announced['key']), (VERSION, key), 'what is announced')
        whole = visitor.ask('GET', '/v1/dictionary')
        same(whole.headers['ETag'], f'"{announced["sha256"]}"', 'the tag')
        again = visitor.ask('GET', '/v1/dictionary', If_None_Match=whole.headers['ETag'])
        same(again.status, 304, 'asked again')

    @step('sync gives back what waited, fetches the dictionary and tells what became of each draft')
    def sync(self):
        result = self.yeji('--json', 'sync', code=INVALID)
        report = result.json
        same(report['refused'], 1, 'refused')
        holds('请先同步' in result.err, result.err)
        news = report['dictionary']
        same((news['version'], news['adopted'], news['problem']), (VERSION, True, None), 'the news')
        moved = {line['uuid']: line for line in news['moved']}
        same(set(moved), {self.draft, self.waiting}, 'the records that moved')
        notes = {(note['kind'], note['field']): note for note in moved[self.draft]['notes']}
        for kind, field in (('new_table', ''), ('new_field', self.next.added),
                            ('renamed_field', self.next.renamed_to),
                            ('removed_field', self.next.removed),
                            ('kept_aside', self.next.removed), ('code_mapped', self.next.coded)):
            holds((kind, field) in notes, f'{kind} {field} in {notes}')
        holds('没有位置的话' in notes['kept_aside', self.next.removed]['message'], notes)

    @step('nothing of the draft is lost')
    def kept(self):
        shown = self.show(self.draft)
        same(shown['dictionary'], VERSION, 'the version')
        same(shown['project'][self.next.renamed_to], '改名的话', 'the renamed field')
        same(shown['project'][self.next.coded], self.next.replaced_by, 'the code')
        same([aside['value'] for aside in shown['aside']], ['没有位置的话'], 'what is aside')
        holds('没有位置的话' in self.yeji('show', self.draft).out, 'a person sees it, too')
        history = self.yeji('--json', 'history', self.draft).json
        holds(any(line['why'] == 'migrated' and line['field'] == 'dictionary' for line in history),
              history)
        status = self.yeji('--json', 'status').json
        same(status['dictionary']['version'], VERSION, 'the status')
        same((status['program']['wanted'], status['program']['where']),
             ('99.1', 'https://yeji.example/'), 'the program that the province recommends')
        holds('https://yeji.example/' in self.yeji('status').out, 'a person is told of it, too')

    @step('what was submitted before stays as it was sent')
    def sent_stays(self):
        shown = self.show(self.sent)
        same(shown['dictionary'], self.next.old_version, 'the version')
        sample = self.programs.sample(SAMPLE)
        same(shown['project'], sample['project'], 'the project')
        same(self.entry(self.sent)['state'], 'submitted', 'the state')

    @step('the province still reads it, approves it and shows it')
    def approved(self):
        reviewer = Visitor(self.province.url, 'shi')
        reviewer.decide(self.sent, 'approve', {})
        project = Visitor(self.province.url).public_project(self.sent)
        same(project['grade'], 'B', 'the public page')
        whole = Visitor(self.province.url).ask('GET', f'/v1/public/projects/{self.sent}')
        same(whole.status, 200, 'the project itself')
        self.yeji('sync')
        same(self.entry(self.sent)['state'], 'approved', 'the state')

    @step('what was given back can be changed, and is submitted under the new version')
    def submitted_again(self):
        self.yeji('set', self.waiting, f'/project/{self.next.added}', '新填的')
        self.yeji('set', self.waiting, '/next_things/-/ThingName', '一件')
        self.yeji('submit', self.waiting)
        same(self.entry(self.waiting)['state'], 'submitted', 'the state')
        shown = self.show(self.waiting)
        same((shown['dictionary'], shown['project'][self.next.added]), (VERSION, '新填的'), 'it')

    @step('a second sync has nothing to do')
    def quiet(self):
        news = self.yeji('--json', 'sync').json['dictionary']
        same((news['adopted'], news['moved'], news['offered']), (False, [], None), 'the news')
        holds(self.draft in {report['uuid'] for report in
                             self.yeji('--json', 'dictionary', '--reports').json}, 'the reports')

    @step('what was moved and not looked at, because the program was ended, is looked at next time')
    def ended_meanwhile(self):
        before = self.entry(self.draft)['errors']
        holds(before > 0, before)
        with contextlib.closing(sqlite3.connect(self.profile / 'yeji.sqlite')) as database:
            database.execute('UPDATE record SET n_errors = NULL, n_warnings = NULL WHERE uuid = ?',
                             (self.draft,))
            database.commit()
        self.yeji('sync')
        same(self.entry(self.draft)['errors'], before, 'the errors')

    @step('a file of an older version is converted, one of an unknown version is read as it is')
    def imported(self):
        path = self.profile.parent / 'old.json'
        fields = {self.next.renamed: '改名的话', self.next.removed: '没有位置的话',
                  self.next.coded: self.next.retired, 'PrjName': '示例工程（虚构）'}
        for version, known in ((self.next.old_version, True), ('nowhere-9', False)):
            record = {'uuid': str(uuid.uuid4()), 'dictionary': version, 'role': 'construction',
                      'project': fields}
            path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
            spoken = self.yeji('import', path, '--dry-run').err
            holds(version in spoken and VERSION in spoken, spoken)
            holds(('没有位置的话' in spoken) == known, spoken)
            told = self.yeji('--json', 'import', path).json['converted']
            same([(line['uuid'], line['from'], line['known']) for line in told],
                 [(record['uuid'], version, known)], 'what is said')
            shown = self.show(record['uuid'])
            same(shown['dictionary'], VERSION, 'the version')
            same(shown['project'][self.next.renamed_to], '改名的话', 'the renamed field')
            same(shown['project'][self.next.coded],
                 self.next.replaced_by if known else self.next.retired, 'the code')
            same([aside['value'] for aside in shown.get('aside', [])],
                 ['没有位置的话'] if known else [], 'what is aside')

    @step('a province whose key is another is not believed')
    def other_key(self):
        self.province.stop()
        (self.province.directory / 'dictionary.seed').unlink()
        subprocess.run(self.province.command('dictionary-key', 'dictionary.seed'),
                       env=self.programs.environment, check=True, capture_output=True)
        self.next.parts['dictionary.json']['version'] = 'next-2'
        self.next.write(self.province.directory / 'next.json')
        self.province.start(self.port)
        result = self.yeji('--json', 'sync')
        news = result.json['dictionary']
        same(news['version'], VERSION, 'the version')
        holds('密钥' in news['problem'] and '密钥' in result.err, news)
        self.yeji('dictionary', '--forget-key')
        same(self.yeji('--json', 'sync').json['dictionary']['version'], 'next-2', 'then')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-dictionary-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = OverTheAir(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
