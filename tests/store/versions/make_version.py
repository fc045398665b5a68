# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Fills a profile with the programs of an earlier version, and writes it down as SQL.

Everything in it is invented: the records are the samples, the people those of the sample accounts.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'e2e'))

from programs import Programs  # noqa: E402
from province import ENTERPRISE, PASSWORD, Province, Visitor  # noqa: E402
from steps import holds, same  # noqa: E402
from terminal import INVALID, OFFLINE, Terminal  # noqa: E402
from test_dictionary import NextDictionary  # noqa: E402

CLERK = '张经办'
REVIEWER = 'sheng'
# Whatever can be said of why a value is what it is; the command line itself says three of them.
REASONS = ('pasted', 'merged', 'migrated', 'suggested', 'created', 'answered')
# Of this sample every value is taken over, of the others those that a submission needs.
WHOLE = 'complete-construction'
PERSONAL = re.compile('^(ConstructorIDCard|IDCard|PersonIDCard|PersonPhone)$')


class Filling(Terminal):
    """A clerk who comes into every state there is."""

    def __init__(self, programs, place, version):
        super().__init__(programs, place)
        self.version = version
        self.stage_program = programs.build / 'tests' / 'stage'
        self.province = Province(programs, place / 'province')
        self.count = 0

    def stage(self, *words):
        done = subprocess.run([self.stage_program, self.profile, *words],
                              env=self.programs.environment, capture_output=True, text=True)
        same(done.returncode, 0, f'stage {words}: {done.stderr}')

    def document(self, slot, number=1):
        """Makes a small document."""
        path = self.place / f'{slot}-{number}.pdf'
        path.write_text(f'%PDF-1.4\n% 虚构示例 INVENTED SAMPLE {slot} {number}\n%%EOF\n',
                        encoding='utf-8')
        return path

    def take_over(self, sample, change=None, documents=True):
        """Imports a sample under a uuid of its own, with its documents; returns the uuid."""
        record = self.programs.sample(sample)
        self.count += 1
        record['uuid'] = f'6f1c2d3e-4a5b-4c6d-8e7f-0000000000{self.count:02}'
        record['project'].pop('PrjNum', None)
        if sample != WHOLE:
            self.thin_out(record)
        for number, (rows, row) in enumerate((rows, row) for rows in record.values()
                                             if isinstance(rows, list) for row in rows):
            row.pop('PrjNum', None)
            row['id'] = f'6f1c2d3e-4a5b-4c6d-8e7f-00000000{self.count:02}{number:02}'
        if change is not None:
            change(record)
        path = self.place / 'record.json'
        path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for slot in {line['slot'] for line in plan[sample]} if documents else ():
            self.yeji('attach', record['uuid'], slot, self.document(slot))
        return record['uuid']

    def thin_out(self, record):
        for path in (self.programs.source / 'data' / 'dictionary' / 'tables').glob('*.json'):
            table = json.loads(path.read_text(encoding='utf-8'))
            rows = record.get(table['member'], [])
            for row in rows if isinstance(rows, list) else [rows]:
                for field in table['fields']:
                    if field['required'] == 'optional' and not PERSONAL.match(field['id']):
                        row.pop(field['id'], None)

    def begin(self, role, name):
        uuid = self.yeji('--json', 'new', '--role', role).json['uuid']
        self.yeji('set', uuid, '/project/PrjName', name)
        return uuid

    def state(self, uuid):
        return self.entry(uuid)['state']

    # What the profile holds

    def fill(self):
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.fill_reviewed()
        self.fill_drafts()
        self.fill_answered()
        if self.version >= 2:
            self.fill_dictionary()
        self.fill_waiting()
        self.stage('setting', 'a.setting', '值 with “quotes” and ’ and\ta tab')

    def fill_reviewed(self):
        """Submitted, returned with points and mended, approved, approved as incomplete."""
        approved = self.take_over('complete-supervision', self.keep_warning)
        returned = self.take_over('complete-design')
        # The first version's province did not know incomplete records: there it stays submitted.
        third = self.take_over('complete-design', lambda record: record.pop('permits', None))
        self.yeji('submit', approved, returned, third)
        reviewer = Visitor(self.province.url, REVIEWER)
        reviewer.decide(returned, 'return', {'points': [
            {'pointer': '/contracts/0/ContractMoney', 'comment': '请与合同原件核对'},
            {'pointer': '/documents/contract', 'comment': '看不清'},
            {'pointer': '/project/PrjName', 'comment': '名称与批复不一致'}]})
        reviewer.decide(approved, 'approve', {})
        if self.version >= 2:
            reviewer.decide(third, 'approve', {})
        self.yeji('sync')
        self.yeji('set', returned, '/contracts/0/ContractMoney', '101.5')
        self.stage('detach', returned, 'contract')
        self.yeji('attach', returned, 'contract', self.document('contract', 2))
        same([(self.state(uuid), self.entry(uuid)['grade'])
              for uuid in (approved, returned, third)],
             [('approved', 'A'), ('returned', None),
              ('approved', 'D') if self.version >= 2 else ('submitted', None)],
             'what was reviewed')

    @staticmethod
    def keep_warning(record):
        code = record['project']['BuildCorpCode'][:-1] + 'A'
        record['project']['BuildCorpCode'] = code
        record['kept'] = [{'rule': 'T.credit_code_check', 'pointer': '/project/BuildCorpCode',
                           'value': code, 'other': '', 'reason': '营业执照上就是这样（虚构）'}]

    def fill_drafts(self):
        """Empty, typed, with what nobody knows, in the bin, out of the bin again."""
        self.yeji('new')
        draft = self.take_over('complete-supervision', self.spoil)
        contents = self.document('other')
        for slot in ('contract', 'other', 'acceptance_report'):
            self.yeji('attach', draft, slot, contents)
        self.yeji('attach', draft, 'other', *(self.document('other', n) for n in (3, 2, 4)))
        self.stage('detach', draft, 'other')
        self.yeji('attach', draft, 'other', contents)
        self.stage('upload', draft, 'acceptance_report', f'{self.province.url}/v1/files/half')
        for number, reason in enumerate(REASONS):
            self.stage('set', draft, '/project/Address', f'示例大街{number}号', reason)
        shown = self.yeji('--json', 'show', draft).json
        pointer = next(f'/{member}/0/{field}' for member, rows in shown.items()
                       if isinstance(rows, list) for field in rows[0] if PERSONAL.match(field))
        for number in ('22010219850101001', '220102198501010019'):
            self.yeji('set', draft, pointer, number)
        self.yeji('set', draft, '/contracts/-/ContractMoney', '２,９２８.28万元')
        removed = self.begin('construction', '删除的工程（虚构）')
        self.yeji('attach', removed, 'contract', self.document('contract', 3))
        self.yeji('remove', removed)
        back = self.begin('design', "捡回来的工程（虚构）' ; --")
        self.yeji('remove', back)
        self.stage('restore', back)
        same((self.state(removed), self.state(back)), ('removed', 'draft'), 'the bin')

    @staticmethod
    def spoil(record):
        """Leaves little, and adds what the standard does not have."""
        for member in ('units', 'tenders', 'permits', 'acceptances', 'filings'):
            record.pop(member, None)
        Filling.keep_warning(record)
        record['unknownMember'] = {'a': [1, None, '二']}
        record['project']['UnknownField'] = '没有人知道的话'
        record['project']['EndDate'] = '去年秋天'

    def fill_answered(self):
        """What a province may say, and this server does not, or not without a long story."""
        for state, grade in (('incomplete', 'D'), ('submitted', ''), ('in_review', ''),
                             ('withdrawn', ''), ('correction_requested', 'B')):
            uuid = self.begin('design', f'{state}（虚构）')
            self.stage('answer', uuid, state, grade, f'说明：{state}', '/project/PrjName')
            same(self.state(uuid), state, 'the state')
        refused = self.begin('survey', '被退回的（虚构）')
        self.stage('refuse', refused, '数据不完整', '/project/PrjCode')

    def fill_waiting(self):
        """Submitted while the province is away: once, and twice; changed since."""
        once = self.take_over(WHOLE)
        self.province.stop()
        self.yeji('submit', once, code=OFFLINE)
        self.yeji('set', once, '/project/PrjName', '提交之后改的名字（虚构）')
        self.stage('detach', once, 'contract')
        self.stage('fail', once, '无法连接')
        twice = self.begin('supervision', '交了两次（虚构）')
        self.stage('queue', twice)
        self.yeji('set', twice, '/project/PrjName', '交了两次，第二次（虚构）')
        self.stage('queue', twice)
        same((self.state(once), self.state(twice)), ('queued', 'queued'), 'the states')

    def fill_dictionary(self):
        """The province goes over to another dictionary: moved, put aside, given back."""
        following = NextDictionary(self.yeji('dictionary').out)
        waiting = self.begin('supervision', '词典换的时候等着的（虚构）')
        self.stage('queue', waiting)
        draft = self.begin('construction', '换词典的（虚构）')
        for field, value in ((following.removed, '没有位置的话'), (following.renamed, '改名的话'),
                             (following.coded, following.retired)):
            self.yeji('set', draft, f'/project/{field}', value)
        subprocess.run(self.province.command('dictionary-key', 'dictionary.seed'), check=True,
                       env=self.programs.environment, capture_output=True)
        following.write(self.province.directory / 'next.json')
        settings = json.loads((self.programs.source / 'data' / 'province' / 'mapping.json')
                              .read_text(encoding='utf-8'))
        settings['dictionary'] = {'bundle': 'next.json', 'seed': 'dictionary.seed'}
        (self.province.directory / 'mapping.json').write_text(json.dumps(settings),
                                                              encoding='utf-8')
        self.province.stop()
        self.province.start(self.province.port)
        self.yeji('sync', code=INVALID)
        shown = self.yeji('--json', 'show', draft).json
        same([aside['value'] for aside in shown['aside']], ['没有位置的话'], 'what is aside')
        self.yeji('set', draft, f'/project/{following.added}', '新填的')
        self.yeji('set', draft, '/next_things/-/ThingName', '一件')
        same(self.entry(waiting)['message'] is not None, True, 'why it was given back')


class Dump:
    """A profile as SQL that a person can read and that makes the same profile again.

    The documents stand in a table of their own, to be written as files by who reads it. A
    dictionary stands in a packed file beside, and its name in its place.
    """

    def __init__(self, profile, version, to):
        self.profile = profile
        self.version = version
        self.to = to
        self.lines = []

    @staticmethod
    def literal(value):
        if value is None:
            return 'NULL'
        if isinstance(value, bytes):
            return f"X'{value.hex()}'"
        if isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        return repr(value)

    def put_dictionary(self, version, text):
        name = f'dictionary-{version}-{hashlib.sha256(text).hexdigest()[:8]}.json.gz'
        (self.to / name).write_bytes(gzip.compress(text, mtime=0))
        return f"CAST ('{name}' AS BLOB)"

    def put_table(self, database, table):
        cursor = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        if rows:
            self.lines.append(f'INSERT INTO "{table}" VALUES')
        for number, row in enumerate(rows, 1):
            values = [self.literal(value) for value in row]
            if table == 'dictionary':
                at = names.index('bundle')
                values[at] = self.put_dictionary(row[names.index('version')], row[at])
            self.lines.append(f'({",".join(values)}){";" if number == len(rows) else ","}')

    def put_files(self):
        self.lines.append('CREATE TABLE fixture_file (sha256 TEXT, content TEXT);')
        for path in sorted((self.profile / 'files').rglob('*')):
            if path.is_file():
                content = path.read_bytes()
                same(hashlib.sha256(content).hexdigest(), path.name, 'the name of a document')
                self.lines.append('INSERT INTO fixture_file VALUES '
                                  f"('{path.name}', {self.literal(content.decode())});")

    def write(self):
        with contextlib.closing(sqlite3.connect(self.profile / 'yeji.sqlite')) as database:
            same(database.execute('PRAGMA user_version').fetchone()[0], self.version, 'the version')
            database.execute('UPDATE history SET who = ?', (CLERK,))
            made = database.execute('SELECT type, name, sql FROM sqlite_master'
                                    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                                    ' ORDER BY rowid').fetchall()
            self.lines += [f'{sql};' for _, _, sql in made]
            for kind, name, _ in made:
                if kind == 'table':
                    self.put_table(database, name)
            self.lines.append('DELETE FROM sqlite_sequence;')
            self.put_table(database, 'sqlite_sequence')
        self.put_files()
        self.lines.append(f'PRAGMA user_version = {self.version};')
        path = self.to / f'{self.version}.sql'
        path.write_text('\n'.join(['-- A profile that version '
                                   f'{self.version} of the database was filled with: all invented.',
                                   'BEGIN;', *self.lines, 'COMMIT;', '']), encoding='utf-8')
        return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path, required=True)
    parser.add_argument('--version', type=int, required=True)
    parser.add_argument('--to', type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-version-') as name:
        place = pathlib.Path(name)
        # The keys, settings and data of who runs this are left alone.
        environment = {**os.environ, 'HOME': name, 'SECRET_BACKEND': 'file',
                       'DBUS_SESSION_BUS_ADDRESS': 'disabled:',
                       **{f'XDG_{kind}_HOME': str(place / kind.lower())
                          for kind in ('CONFIG', 'DATA', 'CACHE', 'STATE')}}
        programs = Programs(arguments.build, arguments.source, environment)
        story = Filling(programs, place, arguments.version)
        try:
            story.fill()
        finally:
            story.province.stop()
        path = Dump(story.profile, arguments.version, arguments.to).write()
        holds(path.stat().st_size < 250_000, f'{path} is large')
        print(f'{path}: {path.stat().st_size} bytes')


if __name__ == '__main__':
    main()
