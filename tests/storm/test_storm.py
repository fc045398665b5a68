# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Storms between the real programs: whatever the lines do, nothing is lost, nothing is doubled, and
all have the same in the end. Faults are drawn by a seed, which is printed: the same seed gives the
same faults to the same exchanges."""

import argparse
import collections
import concurrent.futures
import functools
import math
import multiprocessing
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

from clients import HERE
from programs import Programs
from storm import Storm

SOURCE = HERE.parent.parent
# Faults between two lulls, and the time that they may take.
A_ROUND = 200
PATIENCE = 150
# A planted bug must have been found after so many storms of so many faults.
PLANTED_STORMS = 20
PLANTED_FAULTS = 60


def count(storm):
    """Counts what a storm had."""
    clerks = storm.clerks
    return collections.Counter({
        'storms': 1, 'exchanges': storm.n_exchanges, 'faults': storm.n_faults,
        'programs killed': sum(clerk.kills for clerk in clerks),
        'provinces killed': storm.reviewers.kills,
        'provinces restored': storm.restores,
        'submissions': sum(len(clerk.account.queued) for clerk in clerks),
        'decisions': len(storm.reviewers.decided),
        'sessions lost': sum(clerk.signed_out for clerk in clerks),
    })


def run_storm(arguments, n_faults, seed, planted=None):
    """Lets one storm blow. Returns (seed, what it had, faults by kind, words if it went wrong)."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix='yeji-storm-'))
    programs = Programs(arguments.build, SOURCE, language='en')
    words = None
    storm = Storm(arguments.build, folder, seed, programs, planted=planted,
                  restores=arguments.restores)
    try:
        storm.open()
        while storm.n_faults < n_faults:
            storm.blow(min(A_ROUND, n_faults - storm.n_faults), PATIENCE)
            storm.calm()
            storm.check()
        storm.converge()
    except Exception:  # noqa: BLE001: whatever it is, the storm went wrong
        words = [*storm.story(), *traceback.format_exc().splitlines()[-6:]]
        if arguments.keep is not None and planted is None:
            (folder / 'story.txt').write_text('\n'.join(storm.story(10 ** 6)), encoding='utf-8')
            kept = arguments.keep / f'storm-{seed}'
            storm.close()
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept, symlinks=True)
            words.append(f'kept in {kept}')
    finally:
        storm.close()
        shutil.rmtree(folder, ignore_errors=True)
    kinds = collections.Counter()
    for (kind, _), number in storm.counts().items():
        kinds[kind] += number
    return seed, count(storm), kinds, words


def print_counts(counts):
    print('# ' + ', '.join(f'{what} {number}' for what, number in counts.items()))


def again(arguments, seed, each):
    """The command that lets the same storm blow once more."""
    return (f'/usr/bin/python3 -B {sys.argv[0]} --build {arguments.build} --seed {seed}'
            f' --faults {each} --each {each}' + ' --restores' * arguments.restores)


def tell(number, arguments, first):
    """Lets storms blow, one for each seed, some side by side; prints how that went."""
    each = min(arguments.each, arguments.faults)
    seeds = iter(range(first, first + math.ceil(arguments.faults / each)))
    began = time.monotonic()
    numbers, kinds, good = collections.Counter(), collections.Counter(), True
    pending = set()
    with concurrent.futures.ProcessPoolExecutor(
            arguments.jobs, multiprocessing.get_context('fork')) as pool:
        while True:
            while len(pending) < arguments.jobs and (good or arguments.go_on) \
                    and time.monotonic() - began < arguments.seconds:
                seed = next(seeds, None)
                if seed is None:
                    break
                print(f'# seed {seed}, {each} faults', flush=True)
                pending.add(pool.submit(run_storm, arguments, each, seed))
            if not pending:
                break
            finished, pending = concurrent.futures.wait(
                pending, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in finished:
                seed, more, more_kinds, wrong = future.result()
                numbers.update(more)
                kinds.update(more_kinds)
                good = good and not wrong
                for line in wrong or []:
                    print(f'# {line}')
                if wrong:
                    print(f'# again: {again(arguments, seed, each)}', flush=True)
    enough = numbers['faults'] >= arguments.faults
    print(f'{"ok" if good and enough else "not ok"} {number} - in a storm nothing is lost and '
          'nothing doubled, and all converge')
    if not enough:
        print(f'# {numbers["faults"]} faults are fewer than {arguments.faults}')
    print_counts(numbers)
    print_counts(dict(sorted(kinds.items())))
    print(f'# {time.monotonic() - began:.0f} s', flush=True)
    return good and enough


PLANTED = {
    'acknowledge all': 'a bug that acknowledges all instead of what was sent is found',
    'forget keys': 'a province that forgets the keys of submissions is found',
}


def find_planted(number, planted, arguments, first):
    """Lets storms blow over a bug that was planted, until what must be true is not."""
    began = time.monotonic()
    n_faults = 0
    for seed in range(first, first + PLANTED_STORMS):
        _, numbers, _, wrong = run_storm(arguments, PLANTED_FAULTS, seed, planted)
        n_faults += numbers['faults']
        if wrong:
            break
    good = bool(wrong) and 'Broken: ' in wrong[-1]
    print(f'{"ok" if good else "not ok"} {number} - {PLANTED[planted]}')
    for line in [] if good else wrong or ['nobody noticed']:
        print(f'# {line}')
    print(f'# seed {seed}: {wrong[-1] if wrong else ""}')
    print(f'# {n_faults} faults, {time.monotonic() - began:.0f} s', flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True, help='the build directory')
    parser.add_argument('--seed', type=int, default=1, help='of the first storm; 0: by the clock')
    parser.add_argument('--faults', type=int, default=300, help='in all')
    parser.add_argument('--each', type=int, default=300, help='faults of one storm')
    parser.add_argument('--seconds', type=float, default=math.inf,
                        help='no storm begins after so many')
    parser.add_argument('--jobs', type=int, default=1, help='so many storms at a time')
    parser.add_argument('--keep', type=pathlib.Path, help='keeps what is left of a bad storm')
    parser.add_argument('--go-on', action='store_true', help='after a storm that goes wrong, too')
    parser.add_argument('--restores', action='store_true',
                        help='the province is restored from a backup in each storm')
    parser.add_argument('--planted', action='store_true', help='lets it find planted bugs, too')
    arguments = parser.parse_args()
    first = arguments.seed or int(time.time()) % 10 ** 8 * 100
    tests = []
    if arguments.faults > 0:
        tests.append(functools.partial(tell, arguments=arguments, first=first))
    if arguments.planted:
        tests += [functools.partial(find_planted, planted=planted, arguments=arguments, first=first)
                  for planted in PLANTED]

    print(f'1..{len(tests)}', flush=True)
    good = [test(number) for number, test in enumerate(tests, 1)]
    return 0 if all(good) else 1


if __name__ == '__main__':
    sys.exit(main())
