# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The bin, the check of a profile, and what `yeji` says after a recovery."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)
NOBODY = '00000000-0000-4000-8000-000000000000'


class Program:
    """`yeji` with a profile of its own."""

    def __init__(self, program, place):
        self.program = program
        self.place = place
        self.profile = place / 'profile'

    def call(self, *words, json_wanted=True):
        """Returns exit code, answer and what was said on standard error."""
        environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C',
                       'XDG_CONFIG_HOME': str(self.place / 'config')}
        done = subprocess.run([self.program, '--profile', str(self.profile),
                               *(['--json'] if json_wanted else []), *words], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False)
        answer = json.loads(done.stdout) if json_wanted and done.stdout else done.stdout
        return done.returncode, answer, done.stderr

    def good(self, *words):
        """The answer of a call that must be done without a word."""
        code, answer, said = self.call(*words)
        assert (code, said) == (OK, ''), (words, code, said)
        return answer


def bin_is_listed_restored_and_emptied(program):
    """What was removed comes back, until the bin is emptied."""
    kept, doomed = (program.good('new')['uuid'] for _ in range(2))
    for uuid in (kept, doomed):
        program.good('remove', uuid)
    items = program.good('bin')
    assert sorted(item['uuid'] for item in items) == sorted([kept, doomed]), items
    assert {item['days_left'] for item in items} == {30}, items
    assert '30 days left' in program.call('bin', json_wanted=False)[1]
    program.good('bin', '--restore', kept)
    assert [item['uuid'] for item in program.good('bin')] == [doomed]
    program.good('bin', '--empty')
    assert program.good('bin') == []
    assert [entry['uuid'] for entry in program.good('list')] == [kept]
    assert program.call('bin', '--restore', doomed)[0] == FAILED
    assert program.call('bin', '--restore', NOBODY)[0] == FAILED
    assert program.call('bin', '--empty', 'now')[0] == USAGE
    assert program.call('bin', 'empty')[0] == USAGE


def check_finds_what_is_missing(program):
    """A document whose copy is gone is exit 1, by name."""
    uuid = program.good('new')['uuid']
    paper = program.place / 'paper.pdf'
    paper.write_bytes(b'%PDF-1.4\n%invented\n%%EOF\n')
    program.good('attach', uuid, 'contract', str(paper))
    assert program.good('verify') == {'sound': True, 'flaws': []}
    for copy in (program.profile / 'files').glob('*/*'):
        copy.write_bytes(copy.read_bytes().replace(b'invented', b'replaced'))
    code, answer, _ = program.call('verify')
    assert code == FAILED and not answer['sound'], answer
    assert [(flaw['kind'], flaw['uuid'], flaw['filename']) for flaw in answer['flaws']] \
        == [('document', uuid, 'paper.pdf')], answer
    code, text, _ = program.call('verify', json_wanted=False)
    assert code == FAILED and 'paper.pdf' in text, text
    for copy in (program.profile / 'files').glob('*/*'):
        copy.write_bytes(paper.read_bytes())
    program.good('verify')


def recovery_is_said_once(program):
    """A damaged database: the next command works, says so once, and the old file is kept."""
    before = program.good('list')
    database = program.profile / 'yeji.sqlite'
    damaged = b'\0' * 100 + database.read_bytes()[100:]
    database.write_bytes(damaged)
    code, after, said = program.call('list')
    assert code == OK and len(after) == len(before) > 0, after
    assert said.count('was damaged') == 1 and str(len(before)) in said, said
    assert program.good('list') == after
    notices = [notice for notice in program.good('notices') if notice['kind'] == 'recovered']
    assert len(notices) == 1, notices
    details = notices[0]['details']
    assert details['records'] == len(before) and details['n_lost'] == 0, details
    assert (program.profile / details['folder'] / 'yeji.sqlite').read_bytes() == damaged
    assert 'was damaged' in program.call('notices', json_wanted=False)[1]


def nothing_to_recover_is_refused(program):
    """A letter in the place of the database, and no backup: refused, and left as it is."""
    program.profile = program.place / 'other'
    program.good('new')
    for backup in (program.profile / 'backups').glob('*'):
        backup.unlink()
    letter = 'Sehr geehrte Damen und Herren'.encode()
    (program.profile / 'yeji.sqlite').write_bytes(letter)
    code, _, said = program.call('list')
    assert code == FAILED and said, said
    assert (program.profile / 'yeji.sqlite').read_bytes() == letter


STEPS = [bin_is_listed_restored_and_emptied, check_finds_what_is_missing, recovery_is_said_once,
         nothing_to_recover_is_refused]


def main():
    """Prints TAP."""
    print(f'1..{len(STEPS)}')
    with tempfile.TemporaryDirectory() as place:
        program = Program(sys.argv[1], pathlib.Path(place))
        for number, step in enumerate(STEPS, 1):
            step(program)
            print(f'ok {number} - {step.__doc__.strip()}', flush=True)


if __name__ == '__main__':
    main()
