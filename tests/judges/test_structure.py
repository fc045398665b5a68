# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Random records: ajv accepts one by the exported schema if, and only if, Yeji finds its structure right.

Both must also point at the same places. What is different on purpose is in
docs/dictionary-format.md, “The exported schema”, and proved here: the reader takes more than the
file format says (`plain` makes of a record what the reader sees), and two things are beyond a
schema (`beyond`).
"""

import argparse
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import records

SKIP = 77
AJV = 'ajv@8'
CHUNK = 1000
# The kinds of rule that speak of one value or member by itself.
STRUCTURAL = {'unknown', 'rows', 'length', 'characters', 'number', 'date', 'code', 'format',
              'mandatory', 'role'}


def skip(reason):
    """Ends the test, loudly."""
    print(f'SKIP: {reason}: the structure was NOT judged by ajv', file=sys.stderr)
    sys.exit(SKIP)


def install_ajv(place):
    """Puts ajv into a folder of the build directory, once."""
    if (place / 'node_modules' / 'ajv' / 'dist' / '2020.js').is_file():
        return
    for program in ('node', 'npm'):
        if shutil.which(program) is None:
            skip(f'{program} is missing')
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(['npm', 'install', '--prefix', str(place), '--prefer-offline', '--no-audit',
                           '--no-fund', '--no-save', AJV], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=90, check=False)
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        skip('npm cannot install ajv, maybe there is no network')


class Unreadable(Exception):
    """The reader of records refuses this one."""


class Reader:
    """What the reader makes of a record that says things in another way than the file format."""

    def __init__(self, dictionary):
        self.dictionary = dictionary
        self.root = dictionary.tables[0]
        self.names = {}
        for table in dictionary.tables:
            folded = {}
            for field in table['fields']:
                for name in (field['id'], *field.get('aliases', ())):
                    folded[self.fold(name)] = field['id']
            self.names[table['member']] = folded

    @staticmethod
    def fold(name):
        """Names are compared without case (of ASCII) and underscore."""
        return re.sub('[A-Z]', lambda match: match[0].lower(), name.replace('_', ''))

    @staticmethod
    def text(value):
        """A number or a truth value as text."""
        if value is None:
            return ''
        if isinstance(value, bool):
            return '1' if value else '0'
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):
            return next(text for text in (f'{value:.{digits}g}' for digits in (15, 16, 17))
                        if float(text) == value)
        return value

    def row(self, table, row):
        """A row under the standard's names, with strings."""
        ids = {field['id'] for field in table['fields']}
        plain = {}
        for name, value in row.items():
            if name == 'id' and table is not self.root:
                if isinstance(value, str):
                    plain['id'] = value
                continue
            known = name if name in ids else self.names[table['member']].get(self.fold(name))
            if known is None:
                plain[name] = value
            elif plain.get(known, '') != '' and self.text(value) != '':
                raise Unreadable
            elif self.text(value) != '' or known not in plain:
                plain[known] = self.text(value)
        return plain

    def plain(self, record):
        """The record as Yeji would write it."""
        tables = {table['member']: table for table in self.dictionary.tables}
        plain = {}
        for name, value in record.items():
            if name not in tables:
                if name != 'dictionary' or isinstance(value, str):
                    plain[name] = value
            elif isinstance(value, dict) and tables[name] is self.root:
                plain[name] = self.row(self.root, value)
            elif isinstance(value, list):
                plain[name] = [self.row(tables[name], row) if isinstance(row, dict) else row
                               for row in value]
            elif value is not None or tables[name] is self.root:
                plain[name] = value
        return plain

    def beyond(self, record):
        """What no schema can say: ids that occur twice, and notes about nothing."""
        for table in self.dictionary.tables[1:]:
            rows = record.get(table['member'])
            ids = [row['id'] for row in (rows if isinstance(rows, list) else ())
                   if isinstance(row, dict) and isinstance(row.get('id'), str)]
            if len(set(ids)) < len(ids):
                return True
        return any(isinstance(note, dict) and isinstance(note.get('pointer'), str)
                   and note['pointer'] not in ('', '/project') for note in self.notes(record))

    @staticmethod
    def notes(record):
        """The kept warnings and the replies, if there are any."""
        return [note for name in ('kept', 'replies') if isinstance(record.get(name), list)
                for note in record[name]]


class Judges:
    """Yeji and ajv."""

    def __init__(self, program, build, profile):
        self.program = program
        self.build = build
        self.profile = profile

    def yeji(self, *words):
        """One call of the command line."""
        return subprocess.run([self.program, '--profile', str(self.profile), '--json', *words],
                              capture_output=True, text=True, timeout=100, check=False,
                              stdin=subprocess.DEVNULL)

    def ask_yeji(self, lines):
        """For each line the problems that are errors, None for a record that cannot be read."""
        answers = []
        for begin in range(0, len(lines), CHUNK):
            paths = []
            for number, line in enumerate(lines[begin:begin + CHUNK]):
                path = self.profile / f'{number}.json'
                path.write_text(line, encoding='utf-8')
                paths.append(str(path))
            done = self.yeji('check', *paths)
            assert done.returncode in (0, 1, 3), done
            told = [json.loads(line) for line in done.stderr.splitlines()]
            refused = {line['message'].split(': ')[0] for line in told if 'error' not in line}
            found = collections.defaultdict(list)
            for problem in json.loads(done.stdout):
                if problem['severity'] == 'error':
                    found[problem['source']].append((problem['rule'], problem['pointer']))
            answers += [None if path in refused else found[path] for path in paths]
        return answers

    def ask_ajv(self, script, lines):
        """For each line the places at which something is wrong."""
        schema = self.profile / 'schema.json'
        schema.write_text(self.yeji('dictionary', '--json-schema').stdout, encoding='utf-8')
        shutil.copy(script, self.build / 'judge.cjs')   # beside node_modules, where it is looked for
        done = subprocess.run(['node', str(self.build / 'judge.cjs'), str(schema)],
                              input=''.join(f'{line}\n' for line in lines), capture_output=True,
                              text=True, timeout=100, check=False)
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(lines) and None not in answers
        return answers


class Comparison:
    """Compares what both say of each record."""

    def __init__(self, dictionary):
        self.dictionary = dictionary
        self.counts = collections.Counter()
        self.kinds = collections.Counter()

    def is_structural(self, rule_id, pointer):
        """Whether the schema has to say the same: no condition, and by itself."""
        rule = self.dictionary.rules[rule_id]
        conditional = any(name in rule for name in ('when', 'roles', 'document'))
        if rule['kind'] not in STRUCTURAL or conditional:
            return False
        if rule['kind'] == 'mandatory' and 'fields' not in rule:
            parts = pointer.split('/')
            return self.dictionary.fields[parts[1], parts[-1]]['required'] == 'mandatory'
        if rule['kind'] == 'format':
            return all('pattern' in self.dictionary.formats[name] for name in
                       rule.get('formats', self.dictionary.formats))
        return True

    def is_inherited(self, record, pointer):
        """Whether the value at a place is the project's: its problem is seen there."""
        parts = pointer.split('/')
        field = self.dictionary.fields.get((parts[1], parts[-1]), {})
        if 'inherits' not in field or len(parts) != 4:
            return False
        return self.dictionary.is_empty(field, record[parts[1]][int(parts[2])].get(parts[3], ''))

    def places(self, record, problems):
        """The structural problems' places."""
        root = self.dictionary.tables[0]['member']
        found = set()
        for rule, pointer in problems:
            if not self.is_structural(rule, pointer) or self.is_inherited(record, pointer):
                continue
            self.kinds[self.dictionary.rules[rule]['kind']] += 1
            found.add(f'/{root}' if root not in record and pointer.startswith(f'/{root}/') else pointer)
        return found

    @staticmethod
    def look(value, pointer):
        """What is at a place, for a message."""
        for step in pointer.split('/')[1:]:
            step = step.replace('~1', '/').replace('~0', '~')
            try:
                value = value[int(step) if isinstance(value, list) else step]
            except (KeyError, IndexError, TypeError, ValueError):
                return f'{pointer} (missing)'
        return f'{pointer} = {json.dumps(value)[:200]}'

    def fail(self, record, text, places=()):
        """Tells of a disagreement, and what is there; of the first ones only."""
        self.counts['disagreements'] += 1
        if self.counts['disagreements'] <= 20:
            print(f"{record.get('uuid')}: {text}:",
                  '; '.join(self.look(record, place) for place in places) or json.dumps(record)[:500])

    def compare(self, record, problems, places, beyond):
        """One record."""
        if problems is None:
            self.counts['unreadable'] += 1
            if beyond:
                self.counts['beyond a schema'] += 1
            elif not places:
                self.fail(record, 'unreadable, but ajv accepts it')
            return
        if beyond:
            self.fail(record, 'beyond a schema, but Yeji reads it')
        mine = self.places(record, problems)
        self.counts['rejected' if mine else 'accepted'] += 1
        if mine - set(places):
            self.fail(record, 'seen by Yeji alone', sorted(mine - set(places)))
        elif set(places) - mine:
            self.fail(record, 'seen by ajv alone', sorted(set(places) - mine))


def main():
    """Makes the records, asks both and compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--program', type=pathlib.Path, required=True)
    parser.add_argument('--script', type=pathlib.Path, required=True)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--count', type=int, default=10000)
    parser.add_argument('--seed', type=int, default=20260102)
    arguments = parser.parse_args()
    install_ajv(arguments.build)
    print(f'seed {arguments.seed}, {arguments.count} records')

    with tempfile.TemporaryDirectory(prefix='yeji-test-') as profile:
        judges = Judges(arguments.program.resolve(), arguments.build, pathlib.Path(profile))
        bundle = subprocess.run([judges.program, '--profile', profile, 'dictionary'],
                                capture_output=True, check=True, timeout=30).stdout
        dictionary = records.Dictionary(json.loads(bundle))
        reader = Reader(dictionary)
        maker = records.Maker(dictionary, random.Random(arguments.seed))
        made = [maker.next() for _ in range(arguments.count)]

        comparison = Comparison(dictionary)
        plain, strict = [], []
        for record in made:
            try:
                plain.append(reader.plain(record))
            except Unreadable:
                plain.append(record)
            # what the reader takes, and the file format does not have, the schema refuses
            strict.append(plain[-1] == record and json.dumps(plain[-1]) == json.dumps(record))
        problems = judges.ask_yeji([records.dump(record) for record in made])
        places = judges.ask_ajv(arguments.script, [records.dump(record) for record in plain])
        loose = [record for record, same in zip(made, strict) if not same]
        for record, wrong in zip(loose, judges.ask_ajv(arguments.script,
                                                       [records.dump(record) for record in loose])):
            comparison.counts['read more kindly than the schema says'] += 1
            if not wrong:
                comparison.fail(record, 'another spelling, but ajv accepts it')
        for record, found, wrong in zip(plain, problems, places):
            comparison.compare(record, found, wrong, reader.beyond(record))

    counts = comparison.counts
    for name, count in sorted(counts.items()):
        print(f'{count:7d} {name}')
    print(' '.join(f'{kind} {count}' for kind, count in sorted(comparison.kinds.items())))
    # a test in which everything is refused, or nothing, proves nothing
    assert min(counts['accepted'], counts['rejected'], counts['unreadable']) > arguments.count // 50
    return 1 if counts['disagreements'] else 0


if __name__ == '__main__':
    sys.exit(main())
