# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The tray and the matrix of evidence by `yeji`."""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE, INVALID = range(4)
NOBODY = '00000000-0000-4000-8000-000000000000'


class Program:
    """`yeji` with a profile of its own."""

    def __init__(self, program, place):
        self.program = program
        self.place = place
        self.profile = place / 'profile'

    def call(self, *words, json_wanted=True, language='C'):
        """Returns exit code, answer and what was said on standard error."""
        environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': language,
                       'XDG_CONFIG_HOME': str(self.place / 'config')}
        done = subprocess.run([self.program, '--profile', str(self.profile),
                               *(['--json'] if json_wanted else []), *words], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                              check=False)
        text = done.stdout.decode('utf-8')
        answer = json.loads(text) if json_wanted and text else text
        return done.returncode, answer, done.stderr.decode('utf-8')

    def good(self, *words):
        """The answer of a call that must be done."""
        code, answer, said = self.call(*words)
        assert code == OK, (words, code, said)
        return answer

    def write(self, name, text):
        """Writes a scan."""
        path = self.place / name
        path.write_bytes(b'%PDF-1.4\n' + text.encode() + b'\n%%EOF\n')
        return str(path)

    def row(self, uuid, *words):
        """What the matrix has of a record, by slot."""
        row, = [row for row in self.good('evidence', *words) if row['uuid'] == uuid]
        return row, {slot['slot']: slot for slot in row['slots']}


def matrix_tells_what_is_there_and_what_is_not(program):
    """Counts and marks, in the order of the dictionary; only who lacks something, with exit 3."""
    uuid = program.good('new', '--role', 'construction')['uuid']
    program.good('set', uuid, '/project/PrjName', '=大桥, "东"')
    program.good('attach', uuid, 'contract', program.write('a.pdf', 'a'),
                 program.write('b.pdf', 'b'))
    row, slots = program.row(uuid)
    assert row['name'] == '=大桥, "东"' and row['role'] == 'construction', row
    assert slots['contract'] == {'slot': 'contract', 'mark': 'doubtful', 'required': True,
                                 'files': 2, 'flawed': 0, 'unexamined': 2, 'received': 0}, slots
    assert slots['award_notice']['mark'] in ('missing', 'none'), slots
    assert any(slot['mark'] == 'missing' for slot in slots.values()), slots
    code, rows, _ = program.call('evidence', '--missing')
    assert code == INVALID and [row['uuid'] for row in rows] == [uuid], (code, rows)
    code, text, _ = program.call('evidence', json_wanted=False)
    assert code == OK and 'contract:2?' in text and ':0!' in text, text
    assert program.call('evidence', '--csv')[0] == USAGE
    assert program.call('evidence', 'all')[0] == USAGE


def sheet_is_for_a_spreadsheet_program(program):
    """A byte order mark, quoted cells, a row for each record, and no formula."""
    path = program.place / 'sheet.csv'
    program.call('evidence', '--csv', str(path), json_wanted=False)
    text = path.read_bytes()
    assert text.startswith(b'\xef\xbb\xbf') and text.endswith(b'\r\n'), text[:40]
    header, row = csv.reader(io.StringIO(text.decode('utf-8-sig'), newline=''))
    assert len(header) == len(row) > 10, (header, row)
    assert row[0] == '\'=大桥, "东"' and '2 to look at' in row and '0 missing' in row, row
    code, printed, _ = program.call('evidence', '--csv', '-', json_wanted=False)
    assert code == OK and printed.encode('utf-8').replace(b'\n', b'').startswith(b'\xef\xbb\xbf')
    code, _, said = program.call('evidence', '--csv', str(program.place / 'no' / 'sheet.csv'))
    assert code == FAILED and 'sheet.csv' in said, said
    link = program.place / 'link.csv'
    link.symlink_to(path)
    path.write_bytes(b'')
    assert program.call('evidence', '--csv', str(link), json_wanted=False)[0] == OK
    assert link.is_symlink() and path.read_bytes() == text


def tray_is_listed_placed_and_removed(program):
    """What no name tells the place of waits in the tray until it is placed or removed."""
    uuid = program.good('list')[0]['uuid']
    scans = [program.write(f'{name}.pdf', name) for name in ('qwxz', 'zzyv', 'kkjh')]
    program.good('match', *scans)
    files = program.good('tray', 'list')
    assert sorted(file['filename'] for file in files) == ['kkjh.pdf', 'qwxz.pdf', 'zzyv.pdf'], files
    assert files[0]['type'] == 'application/pdf' and len(files[0]['sha256']) == 64, files
    code, text, _ = program.call('tray', 'list', json_wanted=False)
    assert code == OK and 'qwxz.pdf' in text and files[0]['id'] in text, text

    program.good('tray', 'place', uuid, 'other', 'qwxz.pdf')
    assert program.row(uuid)[1]['other']['files'] == 1
    assert program.row(uuid)[1]['other']['flawed'] == 1
    code, problems, _ = program.call('check', uuid)
    flawed, = [problem for problem in problems if problem['rule'] == 'documents.flawed']
    assert code == INVALID and flawed['severity'] == 'warning', problems
    assert flawed['pointer'] == '/documents/other', flawed
    assert len(program.good('tray', 'list')) == 2
    ids = {file['filename']: file['id'] for file in program.good('tray', 'list')}
    program.good('tray', 'remove', ids['zzyv.pdf'])
    assert [file['filename'] for file in program.good('tray', 'list')] == ['kkjh.pdf']
    program.good('tray', 'restore', ids['zzyv.pdf'])
    assert len(program.good('tray', 'list')) == 2

    code, _, said = program.call('tray', 'place', uuid, 'other', 'nobody.pdf')
    assert code == FAILED and 'nobody.pdf' in said, said
    code, _, said = program.call('tray', 'place', uuid, 'nowhere', 'kkjh.pdf')
    assert code == FAILED and 'nowhere' in said, said
    assert program.call('tray', 'place', NOBODY, 'other', 'kkjh.pdf')[0] == FAILED
    assert program.call('tray', 'place', uuid, 'other')[0] == USAGE
    assert program.call('tray', 'empty')[0] == USAGE
    assert len(program.good('tray', 'list')) == 2
    assert program.good('verify')['sound']


STEPS = [matrix_tells_what_is_there_and_what_is_not, sheet_is_for_a_spreadsheet_program,
         tray_is_listed_placed_and_removed]


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
