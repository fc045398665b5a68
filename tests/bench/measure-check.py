# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures `yeji check` of 10,000 full records against node with ajv, which checks the structure of
the same file by the exported schema, compiled. Both in one run, by turns."""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 5
TARGET = 2.0
MEASURE = """
import os, sys
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(usage.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def loud(message):
    """Nobody must take a comparison that did not happen for one that was won."""
    line = '*' * 78
    print(f'{line}\n*** NOT MEASURED: {message}\n{line}', flush=True)


def make_records(place, count):
    path = place / f'records-{count}.jsonl'
    generator = HERE / 'make-records.py'
    subprocess.run([sys.executable, generator, str(count), path], check=True)
    return path


def find_ajv(place):
    """Returns a folder in which node finds ajv 8; fetches it once."""
    if shutil.which('node') is None or shutil.which('npm') is None:
        loud('node or npm is missing')
        return None
    folder = place / 'ajv'
    if not (folder / 'node_modules' / 'ajv' / 'dist' / '2020.js').is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'package.json').write_text('{"private": true}\n', encoding='utf-8')
        done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--silent', 'ajv@8'],
                              cwd=folder, check=False, timeout=300)
        if done.returncode != 0:
            loud('npm cannot install ajv@8: is there a network?')
            return None
    return folder


def wall(command, folder):
    """Runs a program that must be content; returns seconds."""
    began = time.perf_counter()
    subprocess.run([str(word) for word in command], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def memory(yeji, path):
    """Returns the memory that a check needs at most, in MiB; the parent must be a small one."""
    done = subprocess.run([sys.executable, '-S', '-c', MEASURE, str(yeji), 'check', str(path)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def instructions(check, record, kind, rounds):
    """Counts the instructions of a check, apart from those of starting; None without valgrind."""
    counts = []
    for times in (0, rounds):
        try:
            done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
                                   check, record, kind, str(times)], check=True,
                                  capture_output=True, text=True)
        except FileNotFoundError:
            return None
        counts.append(int(re.search(r'Collected : (\d+)', done.stderr).group(1)))
        found = re.search(r'n (\d+)', done.stdout)
    return (counts[1] - counts[0]) / int(found.group(1))


def in_memory(build, record):
    """A full record in memory: as a whole, and after a change of each field in turn."""
    check = build / 'tests' / 'bench' / 'bench-check'
    for kind, rounds in (('whole', 2000), ('live', 10)):
        done = subprocess.run([check, record, kind, str(rounds)], check=True, capture_output=True,
                              text=True)
        count = instructions(check, record, kind, 20 if kind == 'whole' else 1)
        print(f'check in memory, {done.stdout.strip()}'
              + (f', {count:,.0f} instructions' if count is not None else ''), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--records', type=int, default=10000)
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    yeji = build / 'src' / 'programs' / 'yeji'
    place = build / 'bench'
    place.mkdir(exist_ok=True)

    os.environ['LC_ALL'] = 'C.UTF-8'
    records = make_records(place, arguments.records)
    few = make_records(place, 100)
    size = records.stat().st_size / 1e6
    parse = build / 'tests' / 'bench' / 'bench-parse-record'
    print(subprocess.run([parse, few], check=True, capture_output=True, text=True).stdout.strip(),
          flush=True)
    in_memory(build, make_records(place, 1))
    print(f'memory of a check: {memory(yeji, few):.1f} MiB for 100 records, '
          f'{memory(yeji, records):.1f} MiB for {arguments.records}', flush=True)

    folder = find_ajv(place)
    if folder is None:
        ours = statistics.median(wall([yeji, 'check', records], place) for _ in range(ROUNDS))
        print(f'check {arguments.records} full records ({size:.0f} MB): {ours:.2f} s')
        return 0
    schema = place / 'schema.json'
    schema.write_bytes(subprocess.run([yeji, 'dictionary', '--json-schema'], check=True,
                                      capture_output=True).stdout)
    rounds = [(wall([yeji, 'check', records], place),
               wall(['node', HERE / 'check-with-ajv.js', schema, records], folder))
              for _ in range(ROUNDS + 1)][1:]   # the first fills caches
    ours, ajv = (statistics.median(column) for column in zip(*rounds))
    print(f'check {arguments.records} full records ({size:.0f} MB): {ours:.2f} s, '
          f'node with ajv, structure alone {ajv:.2f} s, {ajv / ours:.1f} times as fast '
          f'(target {TARGET}; medians of {ROUNDS})', flush=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
