# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What a script or a stranger's file asks of the command line, and is refused or shown safely."""

import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)


class CommandLine:
    """A profile of its own."""

    def __init__(self, program, place):
        self.program = program
        self.place = place

    def call(self, *words, profile=None):
        """Returns exit code and output of one call."""
        if profile is None:
            profile = self.place / 'profile'
        done = subprocess.run([self.program, '--profile', str(profile), *words],
                              cwd=self.place, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=30, check=False)
        return done.returncode, done.stdout.decode()

    def new(self):
        """Begins a record."""
        return self.call('new')[1].strip()


def pointers_that_name_nothing(line):
    """A pointer that names no field is refused, and adds no row."""
    uuid = line.new()
    before = line.call('--json', 'show', uuid)
    for pointer in ('', '/', '//', '/contracts', '/contracts/-', '/contracts/-/Nothing',
                    '/contracts/4294967296/ContractMoney', '/project/-/PrjName'):
        assert line.call('set', uuid, pointer, 'x')[0] == USAGE, pointer
    assert line.call('--json', 'show', uuid) == before


def control_characters(line):
    """A value stays on its line and does not speak to the terminal."""
    uuid = line.new()
    assert line.call('set', uuid, '/project/PrjName', 'a\nb\x1b[2Jc')[0] == OK
    listed = [text for text in line.call('list')[1].splitlines() if text.startswith(uuid)]
    assert listed and listed[0].endswith('a\u21b5b\ufffd[2Jc'), listed
    for command in ('show', 'history'):
        assert '\x1b' not in line.call(command, uuid)[1], command


def nested_behind_a_comment(line):
    """A file that would exhaust the stack is refused."""
    path = line.place / 'deep.json'
    path.write_text('/* " */' + '{"a":' * 1000000, encoding='utf-8')
    assert line.call('check', str(path))[0] == FAILED
    assert line.call('import', str(path))[0] == FAILED


def no_profile(line):
    """An empty profile name is no folder, least of all the present one."""
    assert line.call('list', profile='')[0] == USAGE
    assert not (line.place / 'yeji.sqlite').exists()


def pipes(line):
    """A pipe is no file; nothing waits for what may never come."""
    uuid = line.new()
    path = line.place / 'pipe'
    os.mkfifo(path)
    assert line.call('check', str(path))[0] == FAILED
    assert line.call('import', str(path))[0] == FAILED
    assert line.call('attach', uuid, 'contract', str(path))[0] == FAILED


CASES = (pointers_that_name_nothing, control_characters, nested_behind_a_comment, no_profile, pipes)


def main():
    """Runs the cases and reports in TAP."""
    program = pathlib.Path(sys.argv[1]).resolve()
    worst = 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory(prefix='yeji-test-') as place:
            try:
                case(CommandLine(program, pathlib.Path(place)))
                print(f'ok {number} - {case.__doc__}')
            except (AssertionError, subprocess.TimeoutExpired) as problem:
                worst = 1
                print(f'not ok {number} - {case.__doc__}')
                print(f'# {problem!r}')
    return worst


if __name__ == '__main__':
    sys.exit(main())
