# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Many short stories, each told by its seed, side by side; the first that goes wrong is told."""

import argparse
import concurrent.futures
import dataclasses
import itertools
import math
import multiprocessing
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import traceback


@dataclasses.dataclass(frozen=True)
class Kind:
    """Stories of one kind: what they show, what is counted in them, and their share of all."""

    story: type
    words: str
    what: str
    share: float = 1.0
    each: int = 0              # so many stories, each once, instead of a share


def parse(description):
    """Makes a parser of the options that the tests have in common."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--build', required=True, help='the build directory')
    parser.add_argument('--number', type=int,
                        help='ends after so many blows in all, and fails with fewer')
    parser.add_argument('--seconds', type=float,
                        help='no story begins after so many; without a number 20')
    parser.add_argument('--seed', type=int, help='tells the story of this seed alone')
    parser.add_argument('--first', type=int, default=1,
                        help='the seed of the first story; 0 takes one from the clock')
    parser.add_argument('--steps', type=int, help='a story has so many at most')
    parser.add_argument('--jobs', type=int, default=os.cpu_count(), help='so many at a time')
    parser.add_argument('--go-on', action='store_true', help='after a story that goes wrong, too')
    parser.add_argument('--keep', type=pathlib.Path, help='keeps what is left of a failed story')
    return parser


def finish(parser):
    """Reads the options."""
    arguments = parser.parse_args()
    if arguments.first == 0:
        arguments.first = int(time.time()) % 10 ** 9 * 1000
    if arguments.seconds is None:
        arguments.seconds = 20 if arguments.number is None else math.inf
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

    def steps(self, most, cost=1):
        """The steps that the story has; of those that take longer than others there are fewer."""
        few = self.arguments.steps
        return range(most if few is None else min(most, max(1, few // cost)))

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


def run(kind, arguments, number, seconds, first):
    """Tells stories side by side until number or time says enough.

    Returns (counts, failures): what happened how often, and [(seed, words)].
    """
    end = arguments.end = time.monotonic() + seconds
    seeds = itertools.count(first) if arguments.seed is None else iter([arguments.seed])
    if kind.each and arguments.seed is None:
        seeds = iter(range(kind.each))
    counts, failures, pending = {}, [], set()

    def goes_on():
        if failures and not arguments.go_on:
            return False
        if kind.each or not counts:
            return True
        return counts.get(kind.what, 0) < number and time.monotonic() < end
    context = multiprocessing.get_context('fork')
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs, context) as pool:
        while True:
            while len(pending) < arguments.jobs and goes_on():
                seed = next(seeds, None)
                if seed is None:
                    break
                pending.add(pool.submit(run_one, kind.story, arguments, seed))
            if not pending:
                break
            finished, pending = concurrent.futures.wait(
                pending, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in finished:
                seed, more, words = future.result()
                counts['stories'] = counts.get('stories', 0) + 1
                for name, count in more.items():
                    counts[name] = counts.get(name, 0) + count
                if words is not None:
                    failures.append((seed, words))
    return counts, failures


def tell(kinds, arguments, begin=1):
    """Tells stories of all kinds, in TAP; returns whether all of them went well.

    Who asked for a number gets it, or a failure: a slow machine must not prove less in silence.
    """
    whole = rest = sum(kind.share for kind in kinds.values() if not kind.each)
    end = time.monotonic() + arguments.seconds
    good = True
    for index, (name, kind) in enumerate(kinds.items(), begin):
        number, seconds, floor = math.inf, math.inf, kind.each
        if not kind.each:
            # what one kind does not need of the time, the next ones have
            seconds = (end - time.monotonic()) * kind.share / rest
            rest -= kind.share
        if not kind.each and arguments.number is not None:
            floor = number = math.ceil(arguments.number * kind.share / whole)
        counts, failures = run(kind, arguments, number, seconds, arguments.first)
        done = counts.get(kind.what, 0)
        enough = done >= floor or arguments.seed is not None
        well = enough and not failures
        print(f'{"ok" if well else "not ok"} {index} - {kind.words}', flush=True)
        print('# ' + ', '.join(f'{what} {count}' for what, count in sorted(counts.items())))
        if not enough:
            print(f'# {done} {kind.what} are fewer than {floor}')
        for seed, lines in failures:
            for line in lines:
                print(f'# {line}')
            print(f'# again: /usr/bin/python3 {sys.argv[0]} --build {arguments.build} '
                  f'--kind {name} --seed {seed}'
                  + (f' --steps {arguments.steps}' if arguments.steps else ''))
        sys.stdout.flush()
        good = good and well
    return good


def choose(kinds, arguments):
    """Gives the kinds that were asked for."""
    return {arguments.kind: kinds[arguments.kind]} if arguments.kind else kinds
