# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""docs/sync.md and its picture are what the sync engine's own table prints."""

import pathlib
import subprocess
import sys


def main():
    tool, docs = sys.argv[1], pathlib.Path(sys.argv[2])

    def draw(what):
        return subprocess.run([tool, what], capture_output=True, check=True).stdout.decode()

    picture = docs / 'pictures' / 'sync-states.svg'
    checks = (
        ('the picture is drawn from the table',
         picture.read_text(encoding='utf-8') == draw('--picture'),
         f'{tool} --picture > {picture}'),
        ('the page has the tables',
         draw('--tables') in (docs / 'sync.md').read_text(encoding='utf-8'),
         f'put the output of {tool} --tables into {docs / "sync.md"}'),
    )
    print(f'1..{len(checks)}')
    for number, (name, good, advice) in enumerate(checks, 1):
        print('ok' if good else 'not ok', number, f'/sync/docs/{name}'.replace(' ', '-'))
        if not good:
            print('#', advice)
    return not all(good for _, good, _ in checks)


if __name__ == '__main__':
    sys.exit(main())
