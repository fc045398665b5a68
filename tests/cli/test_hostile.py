# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What a script or a stranger's file asks of the command line, and is refused or shown safely."""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

OK, FAILED, USAGE, INVALID = range(4)


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


def plain_locale(line):
    """Chinese words and file names are taken in a script's plain locale, wrong bytes refused."""
    path = line.place / '业绩.json'
    path.write_text('{"role": "construction", "project": {}}', encoding='utf-8')
    for name, code in ((os.fsencode(path), INVALID), (b'\xff\xfe.json', USAGE)):
        done = subprocess.run([line.program, '--profile', str(line.place / 'profile'), '--json',
                               'check', name], env={**os.environ, 'LC_ALL': 'C'},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
        assert done.returncode == code, (name, done)


def full_disk(line):
    """What cannot be printed is a failure, not a record without problems."""
    path = line.place / 'none.json'
    path.write_text('[]', encoding='utf-8')
    assert line.call('--json', 'check', str(path))[0] == OK
    if os.path.exists('/dev/full'):
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([line.program, '--json', 'check', str(path)], stdout=full,
                                  stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=30,
                                  check=False)
        assert done.returncode == FAILED, done


BEGIN = b'{"role":"construction","project":{"PrjName":'

# What 100 MB may be, and how each is refused: name, beginning, what is repeated, how many MB, end,
# and a piece of the message.
LARGE = [
    ('value', BEGIN + b'"', b'a', 100, b'"}}', 'more than 64 MiB'),
    ('shorter-value', BEGIN + b'"', b'a', 60, b'"}}', 'more than 1048576 characters'),
    ('escaped-value', BEGIN + b'"', b'\\u4e00', 60, b'"}}', 'more than 1048576 characters'),
    ('name', b'{"', b'a', 60, b'":1}', 'more than 1048576 characters'),
    ('number', BEGIN, b'9', 60, b'}}', 'cannot be kept'),
    ('million-digits', BEGIN, b'9', 1, b'}}', 'cannot be kept'),
    ('brackets', b'', b'[', 100, b'', 'more than 64 MiB'),
    ('braces-within', BEGIN, b'{"a":', 60, b'', 'a value must be a string'),
    ('nested', b'{"role":"construction","x":', b'[', 1, b'', 'nested deeper than 32'),
    ('blanks', b'', b' ', 100, b'', ''),
    ('feeds', b'', b'\n', 100, b'', ''),
    ('rows', b'{"role":"construction","units":[', b'{},', 100, b'{}]}', 'more than 64 MiB'),
    ('twenty-million-rows', b'{"role":"construction","units":[', b'{},', 60, b'{}]}', 'more rows'),
    ('members', b'{"role":"construction"', b',"a":1', 60, b'}', 'twice'),
    ('values', b'{"role":"construction","x":[', b'0,', 60, b'0]}', 'more values'),
    ('objects', b'{"role":"construction","x":[', b'{},', 60, b'{}]}', 'more values'),
    ('commas', b'[', b',', 100, b'', 'a comma or a bracket'),
    ('closing', b'{"role":"construction"}\n', b']', 100, b'', ''),
    ('empty-records', b'[', b'{},', 100, b'{}]', 'no record'),
    ('nul', b'', b'\0', 100, b'', ''),
    ('backslashes', BEGIN + b'"', b'\\', 60, b'', ''),
    ('kept', b'{"role":"construction","kept":[',
     b'{"rule":"a","pointer":"","value":"","other":"","reason":"b"},', 60, b'{}]}', 'more notes'),
]
MAX_SECONDS, MAX_MEGABYTES = 5, 300


def write_large(path, begin, piece, megabytes, end):
    """Writes the file in blocks."""
    block = piece * ((1 << 20) // len(piece))
    with open(path, 'wb') as file:
        file.write(begin)
        for _ in range(megabytes):
            file.write(block)
        file.write(end)


def large_files(line):
    """100 MB of anything are refused in words, soon, and without much memory."""
    path = line.place / 'large.json'
    for name, begin, piece, megabytes, end, message in LARGE:
        write_large(path, begin, piece, megabytes, end)
        for command in ('check', 'import'):
            used = measure(line, command, path)
            assert used.code == FAILED, (name, command, used)
            assert message in used.message and used.message.strip(), (name, command, used)
            assert used.seconds < MAX_SECONDS, (name, command, used)
            assert used.megabytes < MAX_MEGABYTES, (name, command, used)


class Used:
    """What a call said and took."""

    def __init__(self, code, message, usage):
        self.code = code
        self.message = message
        self.seconds = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024

    def __repr__(self):
        return f'{self.code} {self.seconds:.2f} s {self.megabytes:.0f} MB {self.message!r}'


def measure(line, command, path):
    """Calls with an end to memory and time, and says what was used."""
    with open(line.place / 'said', 'w+b') as said:
        process = subprocess.Popen(
            [line.program, '--profile', str(line.place / 'profile'), command, str(path)],
            env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (30, 30)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return Used(process.returncode, said.read().decode(errors='replace'), usage)


CHARACTERS = [
    # what stands for the value in JSON, exit code, a piece of what is said
    ('a\\u0000b', FAILED, 'holds a NUL'),
    ('a\0b', FAILED, 'holds a NUL'),
    ('\\ud83d', FAILED, 'half a surrogate pair'),
    ('\\ude00', FAILED, 'half a surrogate pair'),
    ('\\ud83d\\ud83d', FAILED, 'half a surrogate pair'),
    (b'\xed\xa0\x80', FAILED, 'not UTF-8'),
    (b'\xc0\x80', FAILED, 'not UTF-8'),
    (b'\xf4\x90\x80\x80', FAILED, 'not UTF-8'),
    (b'\xe4\xb8', FAILED, 'not UTF-8'),
    ('a\nb', FAILED, 'ends too early'),
    ('a\u202eb', INVALID, 'T.characters'),
    ('a\u2066b', INVALID, 'T.characters'),
    ('a\u200bb', INVALID, 'T.characters'),
    ('a\ufeffb', INVALID, 'T.characters'),
    ('a\\u0007b', INVALID, 'T.characters'),
]


def characters(line):
    """A NUL, half a surrogate pair and what is invisible get a word of their own."""
    path = line.place / 'characters.json'
    for value, code, word in CHARACTERS:
        raw = value if isinstance(value, bytes) else value.encode()
        path.write_bytes(BEGIN + b'"' + raw + b'"}}')
        done = subprocess.run(
            [line.program, '--profile', str(line.place / 'profile'), '--json', 'check', str(path)],
            env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'}, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=30, check=False)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode == code, (raw, done.returncode, said[:500])
        assert word in said, (raw, said[:500])


CASES = (pointers_that_name_nothing, control_characters, nested_behind_a_comment, no_profile, pipes,
         plain_locale, full_disk, characters, large_files)


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
