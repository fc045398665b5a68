# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures the import of 100,000 records of the old system: from a workbook of eleven sheets with
1.7 million rows to the public page, with a server that is asked to write all the while."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / 'tests' / 'e2e'))

import legacy  # noqa: E402
from programs import Programs  # noqa: E402
from province import Province  # noqa: E402
from province import Visitor  # noqa: E402

SAMPLE = 'complete-construction'
OFFICES = ['吉林省住建厅', '长春市建委', '220104']
MEMORY = 300
# Seconds that somebody who signs in may wait; the machine does both.
PATIENCE = 10


class Records:
    """So many records, made when they are asked for."""

    def __init__(self, sample, count):
        self.text = json.dumps(sample)
        self.number = sample['project']['PrjNum']
        self.count = count

    def __getitem__(self, some):
        return [each for _, each in zip(range(some.stop), self)]

    def __iter__(self):
        for i in range(self.count):
            record = json.loads(self.text.replace(self.number, f'220104{1601010000 + i:010d}'))
            record['project'].pop('PrjCode', None)
            record['project']['PrjName'] = f'示例工程{i:06d}（虚构）'
            if i % 10 == 9:
                del record['project']['PrjSize']
            yield record, legacy.meta(
                f'YJ-{i:07d}', office=OFFICES[i % 3], state='待审核' if i % 10 == 8 else '审核通过',
                enterprise=(f'示例企业{i % 500}（虚构）', f'91220000MA{i % 500:07d}X'))


def ask_all_the_while(url, stop, waits):
    """Signs in again and again: each time the province writes."""
    while not stop.wait(0.2):
        begun = time.perf_counter()
        try:
            Visitor(url, 'qiye')
        except AssertionError as refusal:
            print(refusal)
            waits.append(PATIENCE)
        waits.append(time.perf_counter() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--records', type=int,
                        default=int(os.environ.get('YEJI_BENCH_LEGACY', '100000')))
    arguments = parser.parse_args()
    programs = Programs(arguments.build, SOURCE)

    with tempfile.TemporaryDirectory(prefix='yeji-bench-') as place:
        place = pathlib.Path(place)
        path = place / 'old.xlsx'
        legacy.write_workbook(path, legacy.tables(Records(programs.sample(SAMPLE),
                                                          arguments.records)))
        province = Province(programs, place / 'province')
        url = province.start()
        stop, waits = threading.Event(), []
        asking = threading.Thread(target=ask_all_the_while, args=(url, stop, waits))
        asking.start()
        try:
            begun = time.perf_counter()
            process = subprocess.Popen(province.command('import-legacy', str(path)),
                                       env={**programs.environment, 'LANGUAGE': 'en'},
                                       stdout=subprocess.PIPE, text=True)
            said = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begun
        finally:
            stop.set()
            asking.join()
            province.stop()
    memory = usage.ru_maxrss // 1024
    if status != 0:
        print(f'import-legacy: FAILED: status {os.waitstatus_to_exitcode(status)}: {said[:500]}')
        return 1
    told = said.splitlines()[0].removeprefix(str(path)).lstrip(':： ')
    work = usage.ru_utime + usage.ru_stime
    print(f'import-legacy of {arguments.records} records ({told}): {seconds:.0f} s, '
          f'{work:.0f} s of work, {memory} MB; '
          f'who signed in meanwhile waited {max(waits, default=0):.1f} s at most, '
          f'{len(waits)} times')
    good = memory < MEMORY and max(waits, default=0) < PATIENCE
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
