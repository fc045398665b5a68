# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures start, opening and saving, each against a yardstick of the same run."""

import argparse
import contextlib
import pathlib
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / 'tests' / 'e2e'))

from programs import Programs  # noqa: E402
from xsession import XSession  # noqa: E402

RUNS = 15


class Start:
    """From exec to the first frame, as the X server sees it."""

    def __init__(self, build, environment):
        self.tool = build / 'tests' / 'bench' / 'bench-first-frame'
        self.environment = environment

    def once(self, *command):
        """Starts a program, waits for its first frame, ends it; returns milliseconds."""
        out = subprocess.run([str(self.tool), *(str(word) for word in command)], check=True,
                             env=self.environment, capture_output=True, text=True).stdout
        return float(out.split()[-1])

    def compare(self, ours, bare):
        """Runs both by turns; returns the medians without the first round, which fills caches."""
        rounds = [(self.once(*ours), self.once(*bare)) for _ in range(RUNS + 1)][1:]
        return tuple(statistics.median(column) for column in zip(*rounds))


def samples(programs, profile):
    """Fills a profile with the complete sample records."""
    for path in sorted(programs.samples.glob('complete-*.json')):
        result = programs.call(profile, 'import', path)
        if result.code != 0:
            raise RuntimeError(f'cannot import {path}: {result!r}')


def bare_commit(place, times=300, size=10_000):
    """Commits rows of a record's size to a bare database as safely as ours; returns the median."""
    taken = []
    with contextlib.closing(sqlite3.connect(place / 'bare.sqlite', isolation_level=None)) as bare:
        bare.execute('PRAGMA journal_mode=WAL')
        bare.execute('PRAGMA synchronous=FULL')
        bare.execute('CREATE TABLE record (id INTEGER PRIMARY KEY, body TEXT)')
        for number in range(times):
            began = time.perf_counter()
            bare.execute('INSERT OR REPLACE INTO record VALUES (?, ?)',
                         (number % 10, str(number % 10) * size))
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def median_of(name, command, environment):
    """Runs a benchmark; returns the median that it prints on the line of that name."""
    out = subprocess.run([str(word) for word in command], env=environment, check=True,
                         capture_output=True, text=True).stdout
    for line in out.splitlines():
        print(f'  {line}')
    return float(re.search(rf'^{name}: p50 ([0-9.]+) ms', out, re.MULTILINE)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    build = arguments.build.resolve()

    with XSession('1280x720') as session, tempfile.TemporaryDirectory(prefix='yeji-bench-') as name:
        place = pathlib.Path(name)
        programs = Programs(build, SOURCE, session.environment)
        environment = {**programs.environment, 'YEJI_SAMPLES': str(programs.samples)}
        samples(programs, place / 'profile')
        ours, bare = Start(build, environment).compare(
            [programs.client, '--profile', place / 'profile'],
            [build / 'tests' / 'bench' / 'bench-bare-window'])
        print(f'exec to first frame: {ours:.0f} ms, bare window {bare:.0f} ms, '
              f'ratio {ours / bare:.2f} (medians of {RUNS})', flush=True)

        opened = median_of('open', [build / 'tests' / 'bench' / 'bench-open-record',
                                    programs.samples / 'complete-construction.json'], environment)
        print(f'open a full record: {opened:.1f} ms, bare window {bare:.0f} ms, '
              f'ratio {opened / bare:.2f}', flush=True)

        saved = median_of('save', [build / 'tests' / 'store' / 'bench-yeji-store'], environment)
        commit = bare_commit(place)
        print(f'save a record: {saved:.2f} ms, bare commit {commit:.2f} ms, '
              f'ratio {saved / commit:.2f}', flush=True)
        keystroke = subprocess.run([str(build / 'tests' / 'bench' / 'bench-keystroke'),
                                    str(programs.samples / 'complete-construction.json')],
                                   env=environment, check=True, capture_output=True, text=True)
        print(keystroke.stdout.strip(), flush=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
