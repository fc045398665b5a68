# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Backups, going back to one, and moving a profile to another computer, as a script does it."""

import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)


class CommandLine:
    """A profile of its own, and a user's home of its own."""

    def __init__(self, program, place):
        self.program = program
        self.place = place
        self.environment = {
            **os.environ,
            'HOME': str(place / 'home'),
            'XDG_CONFIG_HOME': str(place / 'home' / 'config'),
            'XDG_DATA_HOME': str(place / 'home' / 'data'),
            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent',
            'LANGUAGE': 'C',
        }

    def call(self, *words, profile='profile', **environment):
        """Returns exit code, output and complaints of one call."""
        done = subprocess.run([self.program, '--profile', str(self.place / profile), *words],
                              cwd=self.place, stdin=subprocess.DEVNULL, capture_output=True,
                              env={**self.environment, **environment}, timeout=60, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def answer(self, *words, **more):
        """Returns what a call that must succeed answers in JSON."""
        code, output, complaints = self.call('--json', *words, **more)
        assert code == OK, complaints
        return json.loads(output)

    def backups(self):
        """Returns the names of the backups that were not made by themselves, the newest first."""
        return [backup['name'] for backup in self.answer('backup', '--list')
                if backup['kind'] != 'daily']

    def names(self, profile='profile'):
        """Returns the names of the records."""
        code, output, complaints = self.call('list', profile=profile)
        assert code == OK, complaints
        return sorted(line.split()[-1] for line in output.splitlines() if line)

    def add(self, name):
        """Begins a record with a name and returns its uuid."""
        uuid = self.call('new')[1].strip()
        assert self.call('set', uuid, '/project/PrjName', name)[0] == OK
        return uuid

    def attach(self, uuid, name):
        """Attaches a document."""
        path = self.place / name
        path.write_bytes(b'%PDF-1.4\n' + name.encode())
        code, _, complaints = self.call('attach', uuid, 'contract', str(path))
        assert code == OK, complaints
        path.unlink()


def there_and_back(line):
    """A backup is made, listed by name, restored, and that is taken back."""
    line.add('甲')
    made = line.answer('backup')
    assert made['name'].startswith('manual-') and os.path.exists(made['path']), made
    line.add('乙')
    assert line.names() == ['乙', '甲']
    assert line.backups() == [made['name']]
    report = line.answer('restore', made['name'])
    assert (report['records'], report['records_before'], report['missing']) == (1, 2, []), report
    assert line.names() == ['甲']
    assert line.answer('restore', os.path.basename(report['kept_as']))['records'] == 2
    assert line.names() == ['乙', '甲']
    kinds = sorted({backup['kind'] for backup in line.answer('backup', '--list')})
    assert kinds == ['before-restore', 'daily', 'manual'], kinds
    assert len(line.backups()) == 3


def words(line):
    """Without --json the answers are words, in the language of the clerk."""
    line.add('甲')
    code, name, _ = line.call('backup')
    assert code == OK and name.startswith('manual-'), name
    code, output, _ = line.call('backup', '--list')
    assert code == OK and name.strip() in output and 'by hand' in output, output
    code, output, _ = line.call('restore', name.strip())
    assert code == OK and '1 record now; before: 1' in output and 'before-restore-' in output


def another_computer(line):
    """One file holds the records and their documents."""
    uuid = line.add('甲')
    line.attach(uuid, '合同.pdf')
    written = line.answer('backup', '企业.yeji-profile')
    assert (written['records'], written['missing']) == (1, []), written
    report = line.answer('restore', '企业.yeji-profile', '--to', str(line.place / '新'))
    assert (report['records'], report['missing']) == (1, []), report
    assert line.names('新') == ['甲']
    shown = line.call('show', uuid, profile='新')
    assert shown[0] == OK and '甲' in shown[1], shown
    assert line.answer('restore', '企业.yeji-profile', profile='另一个')['records'] == 1
    assert line.names('另一个') == ['甲']


def never_over_a_profile(line):
    """A profile that is there is not replaced by a file's."""
    line.add('甲')
    line.answer('backup', 'a.yeji-profile')
    line.add('乙')
    code, _, complaints = line.call('restore', 'a.yeji-profile')
    assert code == FAILED and '--to' in complaints, complaints
    assert line.names() == ['乙', '甲']


def missing_documents(line):
    """A document that is gone is named."""
    uuid = line.add('甲')
    line.attach(uuid, '合同.pdf')
    made = line.answer('backup')
    for path in (line.place / 'profile' / 'files').rglob('*'):
        if path.is_file():
            path.unlink()
    assert line.answer('restore', made['name'])['missing'] == ['合同.pdf']
    code, _, complaints = line.call('restore', made['name'])
    assert code == OK and '合同.pdf' in complaints, complaints


def refusals(line):
    """What is no backup is refused in words, and nothing is changed."""
    line.add('甲')
    made = line.answer('backup')
    line.answer('backup', 'a.yeji-profile')
    whole = (line.place / 'a.yeji-profile').read_bytes()
    (line.place / 'cut.yeji-profile').write_bytes(whole[:len(whole) // 2])
    (line.place / 'text').write_text('no backup', encoding='utf-8')
    os.mkfifo(line.place / 'pipe')
    for words_, piece in (
            (['restore', 'nothing'], 'there is no such file'),
            (['restore', 'text'], 'no backup of Yeji'),
            (['restore', 'pipe'], 'no backup of Yeji'),
            (['restore', str(line.place)], 'no backup of Yeji'),
            (['restore', 'cut.yeji-profile', '--to', str(line.place / 'new')], 'no backup of Yeji'),
            (['backup', 'nowhere/a.yeji-profile'], 'No backup was made'),
    ):
        code, output, complaints = line.call(*words_)
        assert code == FAILED and output == '' and piece in complaints, (words_, complaints)
    for words_ in (['restore'], ['restore', 'a', '--to'], ['restore', 'a', '--at', 'b'],
                   ['restore', made['name'], '--to', ''], ['backup', '--lost'], ['backup', '']):
        assert line.call(*words_)[0] == USAGE, words_
    assert not (line.place / 'new').exists()
    assert line.names() == ['甲']
    assert len(line.backups()) == 1


def without_the_key(line):
    """Where the key is not at hand, going back is refused before anything is changed."""
    line.add('甲')
    made = line.answer('backup')
    code, _, complaints = line.call('restore', made['name'],
                                    XDG_CONFIG_HOME=str(line.place / 'elsewhere'))
    assert code == FAILED and 'Nothing was changed' in complaints, complaints
    assert line.names() == ['甲']
    assert len(line.backups()) == 1


def while_it_is_open(line):
    """Another program that has the profile is named; its backups are listed all the same."""
    line.add('甲')
    line.answer('backup')
    with open(line.place / 'profile' / 'lock', 'r+', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write('the window (12345)')
        lock.flush()
        code, _, complaints = line.call('backup')
        assert code == FAILED and 'in use' in complaints, complaints
        assert len(line.backups()) == 1
        code, _, complaints = line.call('restore', line.backups()[0])
        assert code == FAILED and 'in use' in complaints, complaints


TESTS = [there_and_back, words, another_computer, never_over_a_profile, missing_documents,
         refusals, without_the_key, while_it_is_open]


def main():
    program = os.path.abspath(sys.argv[1])
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
