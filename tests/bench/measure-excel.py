# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures Excel files, in one run and by turns with what others do with the same cells:

- `yeji import` of 10,000 records, about 200,000 rows, into a new profile, and the reader alone,
  beside openpyxl (read-only) and SheetJS, which only read the file;
- `yeji export` of them, from the profile to the file, beside openpyxl (write-only) and XlsxWriter
  (constant_memory), which only write cells that are in memory already;
- a declaration form of 20 pages.

Medians, and their ratios."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TIMES = 5.0                    # as fast as openpyxl
MEMORY = 150                   # MiB
PRINT = 300                    # ms
PAGES = 20
MEASURE = """
import os, sys, time
began = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss,
      file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def loud(message):
    """Nobody must take a comparison that did not happen for one that was won."""
    line = '*' * 78
    print(f'{line}\n*** NOT MEASURED: {message}\n{line}', flush=True)


class Runs:
    """Seconds, seconds of work and memory of one program, run after run."""

    def __init__(self, name, *command, cwd=None, before=None):
        self.name = name
        self.command = [str(word) for word in command]
        self.cwd = cwd
        self.before = before or (lambda: None)
        self.results = []

    def run(self):
        self.before()
        # a process is charged for what the one that began it has in memory: that one is small
        done = subprocess.run([sys.executable, '-S', '-c', MEASURE, *self.command], cwd=self.cwd,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{self.command}: {done.stdout[-500:]} {done.stderr[-500:]}')
        self.results.append([float(word) for word in done.stderr.split()[-3:]])

    def median(self, column=0):
        return statistics.median(result[column] for result in self.results)

    def __str__(self):
        return (f'{self.name} {self.median():.2f} s ({self.median(1):.2f} s of work, '
                f'{self.median(2) / 1024:.0f} MiB)')


def find_sheetjs(place):
    """Returns a folder in which node finds SheetJS; fetches it once."""
    if shutil.which('node') is None or shutil.which('npm') is None:
        loud('node or npm is missing')
        return None
    folder = place / 'sheetjs'
    if not (folder / 'node_modules' / 'xlsx' / 'package.json').is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'package.json').write_text('{"private": true}\n', encoding='utf-8')
        done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--silent',
                               'xlsx@0.18'], cwd=folder, check=False, timeout=300)
        if done.returncode != 0:
            loud('npm cannot install xlsx: is there a network?')
            return None
    # where the program lies is where node looks for the library
    shutil.copy(HERE / 'read-workbook.js', folder)
    return folder


def report(what, ours, others):
    for other in others:
        print(f'{what}: {ours}, {other}: {other.median() / ours.median():.1f} times as fast, '
              f'{other.median(1) / ours.median(1):.1f} times by work', flush=True)


def fill(yeji, profile, workbook):
    shutil.rmtree(profile, ignore_errors=True)
    subprocess.run([yeji, '--profile', profile, 'import', workbook], check=True,
                   stdout=subprocess.DEVNULL)


def begin_profile(yeji, profile):
    """A profile that has its backup of the day, as one has by the second command of a day."""
    shutil.rmtree(profile, ignore_errors=True)
    subprocess.run([yeji, '--profile', profile, 'new'], check=True, stdout=subprocess.DEVNULL)


def measure_import(yeji, build, place, workbook, rounds):
    profile = place / 'imported'
    ours = Runs('yeji import', yeji, '--profile', profile, '--json', 'import', workbook,
                before=lambda: begin_profile(yeji, profile))
    reader = Runs('our reader', build / 'tests' / 'bench' / 'bench-sheets', workbook)
    others = [Runs('openpyxl', '/usr/bin/python3', HERE / 'read-workbook.py', workbook)]
    folder = find_sheetjs(build / 'bench')
    if folder is not None:
        others.append(Runs('SheetJS', shutil.which('node'), folder / 'read-workbook.js', workbook))
    for _ in range(rounds):
        for one in (ours, reader, *others):
            one.run()
    size = workbook.stat().st_size / 1e6
    print(f'{workbook.name}: {size:.1f} MB; medians of {rounds}', flush=True)
    report('import', ours, others)
    report('reading alone', reader, others)
    print(f'targets of an import: {TIMES} times as fast as openpyxl, faster than SheetJS, '
          f'{MEMORY} MiB at most', flush=True)


def measure_export(yeji, place, workbook, rounds):
    profile = place / 'imported'
    target = place / 'exported.xlsx'
    fill(yeji, profile, workbook)
    ours = Runs('yeji export', yeji, '--profile', profile, 'export', '--xlsx', target, '--all',
                before=lambda: target.unlink(missing_ok=True))
    ours.run()
    cells = place / 'cells.xlsx'
    target.rename(cells)
    with subprocess.Popen(['/usr/bin/python3', HERE / 'write-workbook.py', cells],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        others = {'openpyxl': [], 'xlsxwriter': []}
        ours.results.clear()
        for _ in range(rounds):
            ours.run()
            for name, seconds in others.items():
                print(name, place / f'by-{name}.xlsx', file=writer.stdin, flush=True)
                seconds.append([float(word) for word in writer.stdout.readline().split()])
    for name, seconds in others.items():
        wall, work = (statistics.median(column) for column in zip(*seconds))
        print(f'export: {ours}, {name} {wall:.2f} s ({work:.2f} s of work): '
              f'{wall / ours.median():.1f} times as fast, {work / ours.median(1):.1f} times by work',
              flush=True)


def measure_print(build, rounds):
    done = subprocess.run([build / 'tests' / 'bench' / 'bench-declaration',
                           HERE.parents[1] / 'data' / 'samples' / 'complete-construction.json',
                           str(PAGES), str(rounds)], capture_output=True, text=True, check=True)
    print(f'{done.stdout.strip()} (target {PRINT} ms)', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--records', type=int, default=10000)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--only', choices=['import', 'export', 'print'])
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    yeji = build / 'src' / 'programs' / 'yeji'
    (build / 'bench').mkdir(exist_ok=True)
    workbook = build / 'bench' / f'records-{arguments.records}.xlsx'

    os.environ.update(LC_ALL='C.UTF-8', YEJI_KEYRING='none')
    print(f'load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors', flush=True)
    if arguments.only != 'print' and not workbook.exists():
        subprocess.run(['/usr/bin/python3', HERE / 'make-workbook.py', str(arguments.records),
                        workbook], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix='yeji-bench-', dir=build / 'bench') as name:
        place = pathlib.Path(name)
        os.environ['XDG_CONFIG_HOME'] = str(place / 'config')
        if arguments.only in (None, 'import'):
            measure_import(yeji, build, place, workbook, arguments.rounds)
        if arguments.only in (None, 'export'):
            measure_export(yeji, place, workbook, arguments.rounds)
    if arguments.only in (None, 'print'):
        measure_print(build, arguments.rounds * 3)
    return 0


if __name__ == '__main__':
    sys.exit(main())
