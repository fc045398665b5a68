# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What `yeji new --copy` makes of an earlier record, and with which exit code."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)
SAMPLES = pathlib.Path(os.environ['YEJI_SAMPLES'])


class Program:
    """The program on one profile."""

    def __init__(self, program, place):
        self.program, self.place = program, place

    def run(self, *words):
        """Returns the exit code, what was printed, and what was said beside it."""
        done = subprocess.run([self.program, '--profile', str(self.place / 'profile'), *words],
                              env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                              check=False, encoding='utf-8')
        return done.returncode, done.stdout, done.stderr

    def answer(self, *words):
        """Returns the JSON that was printed."""
        code, text, said = self.run('--json', *words)
        assert code == OK, (words, text, said)
        return json.loads(text)


def texts(record):
    """All values of a record."""
    rows = [row for table in record.values() for row in (table if isinstance(table, list) else [table])
            if isinstance(row, dict)]
    return [value for row in rows for name, value in row.items() if name != 'id']


def copies(program):
    """What holds is there, what is of the other project is not, and the list says what is missing."""
    assert program.run('import', str(SAMPLES / 'complete-construction.json'))[0] == OK
    source = program.answer('list')[0]['uuid']
    before = program.answer('show', source)
    code, made, said = program.run('new', '--copy', source)
    made = made.strip()
    assert code == OK and made != source, (code, made)
    assert 'no longer hold' in said and before['project']['PrjName'] in said, said
    assert '/project/PrjName' in said and '/tenders/0/TenderMoney' in said, said
    after = program.answer('show', made)
    assert after['role'] == before['role']
    assert after['project']['BuildCorpName'] == before['project']['BuildCorpName']
    for name in ('PrjName', 'PrjNum', 'AllInvest', 'Address'):
        assert not after['project'].get(name), name
    assert not after.get('permits') and len(after['contracts']) == len(before['contracts'])
    assert set(texts(after)) <= set(texts(before))
    assert program.answer('show', source) == before
    history = program.answer('history', made)
    assert 'copied' in json.dumps(history), history
    assert f'copied from {source}' in program.run('history', made)[1]


def refuses(program):
    """A record that is not there, and words that are none."""
    assert program.run('new', '--copy', '00000000-0000-4000-8000-000000000000')[0] == FAILED
    assert program.run('new', '--copy', '../etc')[0] == FAILED
    assert program.run('new', '--copy')[0] == USAGE
    assert program.run('new', '--copy', 'a', 'b')[0] == USAGE
    assert program.answer('list') == []


def main():
    """Runs every case in a profile of its own."""
    cases = (copies, refuses)
    print(f'1..{len(cases)}')
    failed = False
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as place:
            try:
                case(Program(sys.argv[1], pathlib.Path(place)))
                print(f'ok {number} {case.__name__}', flush=True)
            except Exception as error:  # pylint: disable=broad-except
                failed = True
                print(f'not ok {number} {case.__name__}\n# {error!r}', flush=True)
    sys.exit(1 if failed else 0)


main()
