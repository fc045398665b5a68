# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Many short stories, each told by its seed, side by side; the first that goes wrong is told."""

import argparse
import concurrent.futures
import multiprocessing
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import traceback


def parse(description, **options):
    """Reads the options that the tests have in common; `options` are their defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--build', required=True, help='the build directory')
    parser.add_argument('--seconds', type=float, default=options.get('seconds', 20),
                        help='no story begins after so many')
    parser.add_argument('--seed', type=int, help='tells the story of this seed alone')
    parser.add_argument('--first', type=int, default=options.get('first', 1),
                        help='the seed of the first story; 0 takes one from the clock')
    parser.add_argument('--stories', type=int, default=1 << 30, help='at most so many')
    parser.add_argument('--jobs', type=int, default=os.cpu_count(), help='so many at a time')
    parser.add_argument('--keep', type=pathlib.Path, help='keeps what is left of a failed story')
    return parser, lambda: finish(parser)


def finish(parser):
    arguments = parser.parse_args()
    if arguments.first == 0:
        arguments.first = int(time.time()) % 10 ** 9 * 1000
    return arguments


class Story:
    """One seed, one folder, and what happened. A subclass tells it."""

    def __init__(self, arguments, seed, folder):
        self.arguments = arguments
        self.seed = seed
        self.folder = folder
        self.rng = random.Random(seed)
        self.lines = []
        self.counts = {}

    def note(self, line):
        self.lines.append(line)

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def is_late(self):
        """Whether the time is up. A story that is told again by its seed is told to its end."""
        return self.arguments.seed is None and time.monotonic() > self.arguments.end

    def tell(self):
        raise NotImplementedError


def run_one(kind, arguments, seed):
    """Tells one story; returns its counts, and words when it went wrong."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix='yeji-chaos-'))
    story = kind(arguments, seed, folder)
    words = None
    try:
        story.tell()
    except Exception:  # noqa: BLE001: whatever it is, the story went wrong
        words = [*(f'  {line}' for line in story.lines[-12:]),
                 *traceback.format_exc().splitlines()[-8:]]
        if arguments.keep is not None:
            kept = arguments.keep / f'{kind.__name__.lower()}-{seed}'
            shutil.rmtree(kept, ignore_errors=True)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(folder, kept, symlinks=True)
            words.append(f'kept in {kept}')
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return seed, story.counts, words


def run(kind, arguments, done=lambda counts: False):
    """Tells stories side by side until time, number or `done` says enough.

    Returns (counts, failures): what happened how often, and [(seed, words)].
    """
    end = arguments.end = time.monotonic() + arguments.seconds
    seeds = iter([arguments.seed]) if arguments.seed is not None else \
        iter(range(arguments.first, arguments.first + arguments.stories))
    counts, failures, pending = {}, [], set()
    context = multiprocessing.get_context('fork')
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs, context) as pool:
        while True:
            while len(pending) < arguments.jobs and not failures and not done(counts) \
                    and (time.monotonic() < end or not counts):
                seed = next(seeds, None)
                if seed is None:
                    break
                pending.add(pool.submit(run_one, kind, arguments, seed))
                if arguments.seed is None and time.monotonic() > end:
                    break
            if not pending:
                break
            finished, pending = concurrent.futures.wait(
                pending, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in finished:
                seed, more, words = future.result()
                counts['stories'] = counts.get('stories', 0) + 1
                for name, number in more.items():
                    counts[name] = counts.get(name, 0) + number
                if words is not None:
                    failures.append((seed, words))
    return counts, failures


def report(number, words, counts, failures, again):
    """Says in TAP how the stories went, and how the one that went wrong is told again."""
    print(f'{"not ok" if failures else "ok"} {number} - {words}', flush=True)
    print('# ' + ', '.join(f'{name} {count}' for name, count in sorted(counts.items())), flush=True)
    for seed, lines in failures:
        for line in lines:
            print(f'# {line}')
        print(f'# again: {again} --seed {seed}', flush=True)
    return not failures


def again(arguments, *more):
    script = pathlib.Path(sys.argv[0])
    return ' '.join(['/usr/bin/python3', str(script), '--build', arguments.build, *more])
