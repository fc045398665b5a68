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

try:
    import pty
except ImportError:                    # nor terminals of that kind
    pty = None

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

    def converse(self, answers, *words):
        """Returns exit code and what a terminal shows where each question gets the next answer."""
        ours, theirs = pty.openpty()
        command = [self.program, '--profile', str(self.profile), *words]
        with subprocess.Popen(command, cwd=self.place, stdin=theirs, stdout=theirs, stderr=theirs,
                              env=self.environment, start_new_session=True) as asking:
            os.close(theirs)
            shown = b''
            try:
                while part := os.read(ours, 4096):
                    shown += part
                    if shown.endswith(b': ') and answers:
                        os.write(ours, answers.pop(0).encode() + b'\n')
            except OSError:            # the program has ended
                pass
        os.close(ours)
        return asking.returncode, shown.decode()

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


def forgotten_passphrase(line):
    """With the recovery code a forgotten passphrase gives way to a new one, or to none"""
    value, words, new = '220102198001017654', '松花江 1985', '嫩江 1986'
    uuid = line.must('new').strip()
    line.must('set', uuid, '/participants/-/PersonIDCard', value)
    code = line.must('key', '--recovery-code').strip()
    line.must('key', '--passphrase', typed=words + '\n')
    assert line.call('list')[0] == FAILED
    # nothing is done without a word of it
    assert line.call('key', '--recover', typed=code + '\n', YEJI_NEW_PASSPHRASE='')[0] == USAGE
    assert line.call('list')[0] == FAILED
    # a new one from the script
    exit_code, out, complaints = line.call('--json', 'key', '--recover', typed=code + '\n',
                                           YEJI_NEW_PASSPHRASE=new)
    assert exit_code == OK and 'new passphrase' in complaints, complaints
    status = json.loads(out)
    assert status['place'] == 'hand' and status['passphrase'], status
    assert line.call('list', YEJI_PASSPHRASE=words)[0] == FAILED
    assert value in line.must('show', uuid, YEJI_PASSPHRASE=new)
    assert not list(line.keys.iterdir())
    # none
    exit_code, out, complaints = line.call('--json', 'key', '--recover', typed=code + '\n')
    assert exit_code == OK and 'taken away' in complaints, complaints
    status = json.loads(out)
    assert status['place'] == 'file' and not status['passphrase'], status
    assert line.holds(uuid, value)
    line.nowhere([value, code, words, new])


def forgotten_on_terminal(line):
    """On a terminal the new passphrase is asked for, twice"""
    if pty is None:
        return
    words, new = '松花江 1985', '嫩江 1986'
    line.must('new')
    code = line.must('key', '--recovery-code').strip()
    line.must('key', '--passphrase', typed=words + '\n')
    exit_code, _ = line.converse([code, new, words], 'key', '--recover')
    assert exit_code == USAGE
    assert line.call('list', YEJI_PASSPHRASE=words)[0] == OK
    exit_code, shown = line.converse([code, new, new], 'key', '--recover')
    assert exit_code == OK, shown
    assert new not in shown and code not in shown, shown
    assert line.call('list', YEJI_PASSPHRASE=words)[0] == FAILED
    line.must('list', YEJI_PASSPHRASE=new)


def forgotten_key(line):
    """A profile whose key is lost goes on without the numbers, and finds them again"""
    value, name = '220102198001017654', 'participants'
    uuid = line.must('new').strip()
    line.must('set', uuid, f'/{name}/-/PersonIDCard', value)
    line.must('set', uuid, '/project/PrjName', 'Example')
    code = line.must('key', '--recovery-code').strip()
    assert line.call('key', '--forget', '--yes')[0] == FAILED      # it is at hand
    assert line.call('key', '--recover', typed=code + '\n')[0] == FAILED
    assert line.holds(uuid, value)
    key, = line.keys.iterdir()
    key.rename(line.place / 'key')
    code_of, _, complaints = line.call('list')
    assert code_of == FAILED and '--forget' in complaints, complaints
    assert line.call('key', '--forget')[0] == USAGE
    assert line.call('key', '--forget', '--no')[0] == USAGE
    assert line.call('key', '--rotate', '--yes')[0] == USAGE
    assert line.call('list')[0] == FAILED
    line.must('key', '--forget', '--yes')
    shown = line.must('show', uuid)
    assert 'Example' in shown and '••••' in shown, shown
    assert value not in shown and 'yeji-sealed' not in shown, shown
    line.call('check', uuid)
    line.call('--json', 'check', uuid)
    line.must('history', uuid)
    assert 'Example' in line.must('notices')
    assert line.call('submit', uuid)[0] == INVALID
    assert not any('yeji-sealed' in text for text in line.said), line.said
    # a new one is typed, and another record has the old one
    line.must('set', uuid, f'/{name}/0/PersonPhone', '13987654321')
    assert line.call('key', '--recover', typed='nonsense\n')[0] == FAILED
    line.must('key', '--recover', typed=code + '\n')
    assert line.holds(uuid, value) and line.holds(uuid, '13987654321')
    line.nowhere([value, code, '13987654321'])


TESTS = [no_traces, lost_key, passphrase, forgotten_passphrase, forgotten_on_terminal,
         forgotten_key]


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
