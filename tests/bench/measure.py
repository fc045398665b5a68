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
        """Starts a program, waits for its first frame, ends it; returns milliseconds until then,
        and of work that its first thread did."""
        out = subprocess.run([str(self.tool), *(str(word) for word in command)], check=True,
                             env=self.environment, capture_output=True, text=True).stdout
        _, work, frame = out.split()
        return float(frame), float(work)

    def compare(self, ours, bare):
        """Runs both by turns; returns the medians without the first round, which fills caches."""
        rounds = [self.once(*ours) + self.once(*bare) for _ in range(RUNS + 1)][1:]
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


def lines_of(command, environment):
    """Runs a benchmark; returns what it prints."""
    return subprocess.run([str(word) for word in command], env=environment, check=True,
                          capture_output=True, text=True).stdout


def median_of(name, command, environment):
    """Runs a benchmark; returns the median that it prints on the line of that name."""
    out = lines_of(command, environment)
    for line in out.splitlines():
        print(f'  {line}')
    return float(re.search(rf'^{name}: p50 ([0-9.]+) ms', out, re.MULTILINE)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--profile', type=pathlib.Path,
                        help='with which the program is started; else one with the samples')
    parser.add_argument('--long', type=pathlib.Path, help='a profile with a list to scroll through')
    parser.add_argument('--config', type=pathlib.Path, help='where the keys of both are')
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    tools = build / 'tests' / 'bench'

    with XSession('1280x720') as session, tempfile.TemporaryDirectory(prefix='yeji-bench-') as name:
        place = pathlib.Path(name)
        programs = Programs(build, SOURCE, session.environment)
        environment = {**programs.environment, 'YEJI_SAMPLES': str(programs.samples)}
        keys = {**environment, 'XDG_CONFIG_HOME': str(arguments.config)} \
            if arguments.config else environment
        sample = programs.samples / 'complete-construction.json'
        if arguments.profile is None:
            samples(programs, place / 'profile')
        ours, our_work, bare, bare_work = Start(build, keys).compare(
            [programs.client, '--profile', arguments.profile or place / 'profile'],
            [tools / 'bench-bare-window'])
        print(f'exec to first frame: {ours:.0f} ms, bare window {bare:.0f} ms, '
              f'ratio {ours / bare:.2f}, at most 1.25 (medians of {RUNS})', flush=True)
        print(f'work until the first frame: {our_work:.0f} ms, bare window {bare_work:.0f} ms, '
              f'ratio {our_work / bare_work:.2f}', flush=True)

        opened = median_of('open', [tools / 'bench-open-record', sample], environment)
        print(f'open a full record: {opened:.1f} ms, bare window {bare:.0f} ms, '
              f'ratio {opened / bare:.2f}', flush=True)
        print(lines_of([tools / 'bench-editor', sample], environment).strip(), flush=True)
        if arguments.long is not None:
            print(lines_of([tools / 'bench-list', arguments.long], keys).strip(), flush=True)

        saved = median_of('save', [build / 'tests' / 'store' / 'bench-yeji-store'], environment)
        commit = bare_commit(place)
        print(f'save a record: {saved:.2f} ms, bare commit {commit:.2f} ms, '
              f'ratio {saved / commit:.2f}', flush=True)
        print(lines_of([tools / 'bench-keystroke', sample], environment).strip(), flush=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
