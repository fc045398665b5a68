# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""How a command line is read: options anywhere, values that look like options, mistakes."""

import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)
POINTER = '/project/PrjName'

# what follows `set UUID POINTER`, and the value that stands there then
VALUES = (
    (['甲'], '甲'),
    (['-5'], '-5'),
    (['-'], '-'),
    (['--'], '--'),
    (['--5'], '--5'),
    (['--', '--help'], '--help'),
    (['--', '--'], '--'),
    (['--json', '乙'], '乙'),
    (['乙', '--json'], '乙'),
    ([''], ''),
    (['a=b'], 'a=b'),
)

# what is wrong, and a part of what is said
MISTAKES = (
    (['lst'], '“list”'),
    (['no-such-command'], 'yeji --help'),
    ([], 'yeji --help'),
    (['list', 'more'], 'Usage: yeji list'),
    (['show'], 'Usage: yeji show UUID'),
    (['show', ''], 'empty'),
    (['list', '--jsn'], '“--json”'),
    (['bin', '--emtpy'], '“--empty”'),
    (['bin', '--nothing-like-it'], 'There is no option “--nothing-like-it”\n'),
    (['bin', '--restore'], 'wants a value'),
    (['bin', '--restore', '--empty'], 'wants a value'),
    (['bin', '--empty=1'], 'takes no value'),
    (['bin', '--empty', '--restore', 'x'], 'cannot stand together'),
    (['match', '--undo', 'x'], 'Usage: yeji match'),
    (['tray'], 'yeji tray place UUID SLOT FILE...'),
    (['tray', 'throw'], 'yeji tray list'),
    (['--profile'], 'wants a value'),
    (['--profile', '', 'list'], 'wants a value'),
    (['set', 'x', '/project/PrjName', 'a', '--hlep'], '“--help”'),
    (['key', '--status', '--rotate'], 'cannot stand together'),
    (['--dry-run', 'import', 'x'], 'There is no option'),
)


class Place:
    def __init__(self, program, folder):
        self.program = program
        self.environment = {**os.environ, 'XDG_DATA_HOME': folder, 'YEJI_KEYRING': 'none',
                            'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en'}

    def call(self, *words, code=OK):
        done = subprocess.run([self.program, *words], env=self.environment, capture_output=True,
                              text=True, timeout=60, check=False)
        assert done.returncode == code, (words, done)
        return done


def values(place):
    """A value may look like an option, where it is not exactly one."""
    uuid = place.call('new').stdout.strip()
    for words, value in VALUES:
        place.call('set', uuid, POINTER, '前')
        place.call('set', uuid, POINTER, *words)
        shown = place.call('show', uuid).stdout
        assert value in shown and (value == '' or f': {value}\n' in shown), (words, shown)
        assert '前' not in shown, (words, shown)


def anywhere(place):
    """Options stand before the command, behind it and among the arguments."""
    for words in (['--json', 'list'], ['list', '--json'], ['--profile', 'p', 'list', '--json'],
                  ['list', '--profile=p', '--json'], ['--json', 'list', '--'],
                  ['tray', 'list', '--json']):
        shown = place.call(*words).stdout.strip()
        assert shown[0] == '[' and shown[-1] == ']', (words, shown)


def mistakes(place):
    """A mistake is told with what was meant, and exits 2."""
    for words, part in MISTAKES:
        done = place.call(*words, code=USAGE)
        assert part in done.stderr and done.stdout == '', (words, done.stderr)


def helps(place):
    """Every command tells its own usage."""
    names = [line[2:].split('  ')[0] for line in
             place.call('--help').stdout.partition('Commands:')[2].splitlines()
             if line.startswith('  ')]
    assert len(names) > 40, names
    for name in names:
        words = [word for word in name.split() if word.isascii() and word.islower()
                 and word.isalpha()]
        shown = place.call(*words, '--help').stdout
        assert shown.startswith(f'Usage: yeji {" ".join(words)}'), (words, shown)


TESTS = (values, anywhere, mistakes, helps)


def main():
    failed = 0
    print(f'1..{len(TESTS)}')
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number, test in enumerate(TESTS, 1):
            try:
                test(Place(PROGRAM, folder))
                print(f'ok {number} - {test.__doc__}', flush=True)
            except (AssertionError, subprocess.SubprocessError) as error:
                print(f'not ok {number} - {test.__doc__}\n# {error!r}', flush=True)
                failed += 1
        os.chdir('/')
    return 1 if failed else 0


if __name__ == '__main__':
    PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    sys.exit(main())
