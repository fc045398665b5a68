# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What `yeji check` says of files: in order, as it goes, with little memory, up to the damage."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE, INVALID = range(4)

MEASURE = """
import os, sys
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, file=sys.stderr)
"""


class CommandLine:
    """A folder for files, and the command in it."""

    def __init__(self, program, place):
        self.program = program
        self.place = place

    def write(self, name, text):
        (self.place / name).write_text(text, encoding='utf-8')
        return name

    def call(self, *words, given=None):
        """Returns exit code, output and complaints of one call."""
        done = subprocess.run([self.program, '--profile', 'profile', *words], cwd=self.place,
                              input=given, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def measure(self, name):
        """Returns the memory that a check needed at most, in KiB."""
        # a child begins with what its parent has, so that the parent must be a small one; a
        # sanitizer holds back what was freed
        options = os.environ.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=1'
        done = subprocess.run([sys.executable, '-S', '-c', MEASURE, self.program, 'check', name],
                              cwd=self.place, capture_output=True, text=True, timeout=60,
                              check=True, env={**os.environ, 'ASAN_OPTIONS': options})
        code, memory = done.stderr.split()[-2:]
        assert int(code) == INVALID, done.stderr
        return int(memory)


def record(number, **members):
    """A record whose number is in the value that is wrong."""
    return json.dumps({'role': 'design', 'project': {'PrjNum': f'n{number}'}, **members},
                      ensure_ascii=False)


def numbers(problems):
    """The numbers of the records, in the order in which they are spoken of."""
    found = []
    for problem in problems:
        words = json.loads(problem) if isinstance(problem, str) else problem
        if words['uuid'] not in found:
            found.append(words['uuid'])
    return [int(uuid[:8], 16) for uuid in found]


def identified(number):
    """A record whose number is its uuid too."""
    return record(number, uuid=f'{number:08x}-0000-4000-8000-000000000000')


def order(line):
    """Problems come in the order of the file, whatever its shape."""
    records = [identified(number) for number in range(300)]
    shapes = {'lines': '\n'.join(records), 'array': '[' + ',\n'.join(records) + ']',
              'one-behind-the-other': ''.join(records),
              'over-lines': '\r\n'.join(text.replace(', ', ',\r\n  ') for text in records)}
    for name, text in shapes.items():
        code, out, complaints = line.call('--json', 'check', line.write(name, text))
        assert code == INVALID and json.loads(complaints)['error'] == 'invalid', (name, complaints)
        problems = json.loads(out)
        assert numbers(problems) == list(range(300)), name
        assert all(set(problem) == {'rule', 'severity', 'pointer', 'message', 'uuid', 'source'}
                   and problem['source'] == name for problem in problems), name
        lines = line.call('check', name)[1].splitlines()
        assert lines == [f'{name}: {problem["severity"]}: {problem["pointer"]}: '
                         f'{problem["message"]} [{problem["rule"]}]' for problem in problems], name


def standard_input(line):
    """Standard input is a file."""
    text = identified(1) + '\n' + identified(2) + '\n'
    code, out, _ = line.call('--json', 'check', '-', given=text)
    assert code == INVALID and numbers(json.loads(out)) == [1, 2], out
    assert line.call('--json', 'check', '-', given='[]') == (OK, '[]\n', '')


def several(line):
    """Several files make one array."""
    names = [line.write(name, identified(number)) for number, name in enumerate(('a', 'b'))]
    code, out, _ = line.call('--json', 'check', *names, 'missing')
    assert code == FAILED and numbers(json.loads(out)) == [0, 1], out
    assert {problem['source'] for problem in json.loads(out)} == set(names)


def damage(line):
    """What is before the damage is reported, then the damage with its place."""
    good = [identified(number) for number in range(100)]
    cases = {
        'half a line': ('\n'.join(good) + '\n' + good[0][:40] + '\n' + good[0], 'line 101: '),
        'end of a series': ('\n'.join(good) + '\n' + good[0][:-20], 'line 101: '),
        'end of an array': ('[' + ','.join(good) + ',' + good[0][:-20], '/100: '),
        'no end of an array': ('[' + ','.join(good), 'line 1: '),
        'no record': ('[' + ','.join(good) + ',7]', '/100: /: '),
        'another program\'s': ('\n'.join(good) + '\n{"name": 1}', 'line 101: this is no record'),
        'no text': ('\n'.join(good) + '\n\x01', 'line 101: '),
    }
    for name, (text, place) in cases.items():
        path = line.write('damaged', text)
        code, out, complaints = line.call('--json', 'check', path)
        assert code == FAILED, name
        assert numbers(json.loads(out)) == list(range(100)), (name, numbers(json.loads(out)))
        complaint = json.loads(complaints.splitlines()[0])['message']
        assert complaint.startswith(f'damaged: {place}'), (name, complaints)
        code, out, complaints = line.call('check', path)
        assert code == FAILED and out.count('[T.prj_num]') == 100, name


def memory(line):
    """Memory does not grow with the file."""
    # large enough that a hundred records fill whatever is held at a time
    long = {'project': {'PrjNum': 'n', 'PrjName': '示' * 20000}}
    for name, count in (('few', 100), ('many', 2000)):
        line.write(name, (json.dumps(long, ensure_ascii=False) + '\n') * count)
    few, many = line.measure('few'), line.measure('many')
    print(f'# {few} KiB for 100 records, {many} KiB for 2000')
    assert many < few + 4096, (few, many)


def kept(line):
    """A warning that was kept is told with its reason."""
    text = record(1, permits=[{'Length': '0'}], kept=[
        {'rule': 'C.permits', 'pointer': '/permits/0/PrjSize', 'value': '', 'other': '',
         'reason': '没有这一项'}])
    line.write('kept.json', text)
    code, out, _ = line.call('--json', 'check', 'kept.json')
    assert code == INVALID, code
    told = [problem for problem in json.loads(out) if 'kept' in problem]
    assert [(one['pointer'], one['kept']) for one in told] == [('/permits/0/PrjSize', '没有这一项')]


CASES = (order, standard_input, several, damage, memory, kept)


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
            except (AssertionError, ValueError, subprocess.TimeoutExpired) as problem:
                worst = 1
                print(f'not ok {number} - {case.__doc__}')
                print(f'# {problem!r}')
    return worst


if __name__ == '__main__':
    sys.exit(main())
