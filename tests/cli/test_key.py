# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The personal numbers of a profile are nowhere to be read, and what opens them can be lost and found.

The real program fills a profile with the samples, changes, moves and copies records; then every file
that it left and every word that it said is searched for the numbers of the samples.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE, INVALID = range(4)

SAMPLES = pathlib.Path(os.environ['YEJI_SAMPLES'])
TABLES = pathlib.Path(os.environ['YEJI_DICTIONARY']) / 'tables'

# Shorter ones are found by chance.
SHORTEST = 7


def personal_fields():
    """Returns (member of the record, field) of every personal number."""
    for path in TABLES.glob('*.json'):
        table = json.loads(path.read_text(encoding='utf-8'))
        for field in table['fields']:
            if 'personal' in field:
                yield table['member'], field['id']


def personal_values(record):
    """Returns the personal numbers of a record."""
    found = set()
    for member, field in personal_fields():
        rows = record.get(member, [])
        for row in rows if isinstance(rows, list) else [rows]:
            if len(row.get(field, '')) >= SHORTEST:
                found.add(row[field])
    return found


class CommandLine:
    """A profile of its own, and a user's home of its own, without a keyring."""

    def __init__(self, program, place):
        self.program = program
        self.place = place
        self.profile = place / 'profile'
        self.keys = place / 'config' / 'yeji' / 'keys'
        self.said = []
        self.environment = {
            **os.environ,
            'HOME': str(place / 'home'),
            'XDG_CONFIG_HOME': str(place / 'config'),
            'XDG_DATA_HOME': str(place / 'data'),
            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent',
            'YEJI_KEYRING': 'none',
            'G_MESSAGES_DEBUG': 'yeji-store yeji-sync yeji-vault yeji-cli yeji-db yeji-sql',
            'LANGUAGE': 'C',
        }
        self.environment.pop('YEJI_PASSPHRASE', None)

    def call(self, *words, typed='', **environment):
        """Returns exit code, output and complaints of one call."""
        done = subprocess.run([self.program, '--profile', str(self.profile), *words],
                              cwd=self.place, input=typed.encode(), capture_output=True,
                              env={**self.environment, **environment}, timeout=60, check=False)
        out, complaints = done.stdout.decode(), done.stderr.decode()
        if words[0] not in ('show', 'key'):
            self.said.append(out)
        self.said.append(complaints)
        return done.returncode, out, complaints

    def must(self, *words, **more):
        """Returns the output of a call that must succeed."""
        code, out, complaints = self.call(*words, **more)
        assert code == OK, (words, code, complaints)
        return out

    def status(self, **more):
        """Returns how the profile is sealed."""
        return json.loads(self.must('--json', 'key', **more))

    def import_samples(self):
        """Imports every sample; returns all their personal numbers."""
        values = set()
        for path in sorted(SAMPLES.glob('*-*.json')):
            record = json.loads(path.read_text(encoding='utf-8'))
            values |= personal_values(record)
            record.pop('uuid', None)
            copy = self.place / 'sample.json'
            copy.write_text(json.dumps(record), encoding='utf-8')
            self.must('import', str(copy))
            copy.unlink()
        assert len(values) >= 6, values
        return values

    def uuids(self):
        """Returns the uuids of the records."""
        return [entry['uuid'] for entry in json.loads(self.must('--json', 'list'))]

    def holds(self, uuid, value):
        """Whether a record that the program shows has a value."""
        return value in self.must('show', uuid)

    def nowhere(self, values):
        """Searches all files and all words."""
        files = [path for path in self.place.rglob('*') if path.is_file()]
        assert any(path.name == 'yeji.sqlite' for path in files), files
        texts = [(path, path.read_bytes()) for path in files]
        texts += [('what the program said', text.encode()) for text in self.said]
        for value in values:
            for name, text in texts:
                assert value.encode() not in text, f'{value} is in {name}'


def no_traces(line):
    """No number of the samples is in any file or message"""
    values = line.import_samples()
    first, second, *_ = line.uuids()
    number, phone = '220102198001017654', '13987654321'
    values |= {number, phone}
    for value in ('220102198001010000', number):
        line.must('set', first, '/participants/-/PersonIDCard', value)
    line.must('set', first, '/participants/0/PersonPhone', phone)
    # a message about it
    for uuid in (first, second):
        line.call('check', uuid)
        line.call('--json', 'check', uuid)
        line.call('grade', uuid)
    assert line.holds(first, number) and line.holds(first, phone)
    assert phone[-4:] in line.must('history', first)
    line.must('undo', first)
    line.must('redo', first)
    assert line.holds(first, phone)
    line.must('backup')
    line.must('remove', second)
    line.call('submit', first)
    line.must('status')
    line.must('key', '--rotate')
    assert line.holds(first, phone)
    line.nowhere(values)


def lost_key(line):
    """A lost key is said in words, and the recovery code finds it again"""
    value = '220102198001017654'
    uuid = line.must('new').strip()
    line.must('set', uuid, '/participants/-/PersonIDCard', value)
    code = line.must('key', '--recovery-code').strip()
    assert len(code) == 35, code
    assert line.status() == {**line.status(), 'place': 'file', 'recovery_code': True,
                             'passphrase': False}
    key, = line.keys.iterdir()
    key.unlink()
    code_of, out, complaints = line.call('show', uuid)
    assert code_of == FAILED and 'key --recover' in complaints, complaints
    typo = code[:-1] + ('0' if code[-1] != '0' else '1')
    assert line.call('key', '--recover', typed=typo + '\n')[0] == FAILED
    assert line.call('key', '--recover', typed='\n')[0] == FAILED
    assert line.call('key', '--recover')[0] == USAGE
    line.must('key', '--recover', typed=code.lower().replace('-', ' ') + '\n')
    assert line.holds(uuid, value)
    line.nowhere([value, code])


def passphrase(line):
    """A passphrase is wanted at each start, and a script gives it in the environment"""
    value, words = '220102198001017654', '松花江 1985'
    uuid = line.must('new').strip()
    line.must('set', uuid, '/participants/-/PersonIDCard', value)
    assert line.call('key', '--passphrase', typed='\n')[0] == USAGE
    line.must('key', '--passphrase', typed=words + '\n')
    assert not list(line.keys.iterdir())
    code, _, complaints = line.call('list')
    assert code == FAILED and 'YEJI_PASSPHRASE' in complaints, complaints
    assert line.call('list', YEJI_PASSPHRASE='嫩江')[0] == FAILED
    status = line.status(YEJI_PASSPHRASE=words)
    assert status['place'] == 'hand' and status['passphrase'], status
    assert value in line.must('show', uuid, YEJI_PASSPHRASE=words)
    line.nowhere([value, words])
    line.must('key', '--no-passphrase', YEJI_PASSPHRASE=words)
    assert line.holds(uuid, value)
    assert line.call('key', '--nonsense')[0] == USAGE


TESTS = [no_traces, lost_key, passphrase]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory(prefix='yeji-cli-') as place:
            try:
                test(CommandLine(program, pathlib.Path(place)))
                print(f'ok {number} - {test.__doc__}')
            except Exception as error:
                failed += 1
                print(f'not ok {number} - {test.__doc__}')
                print(f'# {test.__name__}: {type(error).__name__}: {error}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
