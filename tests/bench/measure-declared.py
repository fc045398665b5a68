# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures the first list of another system, a million projects, with a server that is asked to write
all the while; then the same list once more, which changes nothing."""

import argparse
import importlib
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
sys.path[:0] = [str(HERE), str(SOURCE / 'tests' / 'e2e')]

from programs import Programs  # noqa: E402
from province import Province  # noqa: E402

legacy = importlib.import_module('measure-legacy')

MEMORY = 200


def write_list(path, count):
    with open(path, 'w', encoding='utf-8') as out:
        out.write('项目编号,项目名称,状态,建设单位,申报日期\n')
        for i in range(count):
            out.write(f'220104{2000 + i % 24}{i:010d},示例第{i}号{"教学楼" if i % 3 else "道路"}工程'
                      f'（虚构）,{"在建" if i % 2 else "已竣工"},示例开发第{i % 5000}有限公司,'
                      f'20{10 + i % 14}-0{1 + i % 9}-1{i % 9}\n')


def take(province, programs, path):
    """Returns whether it was taken, seconds, seconds of work, MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(province.command('import-declared', 'approval', str(path)),
                               env=programs.environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return (status == 0, time.perf_counter() - begun, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss // 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--projects', type=int,
                        default=int(os.environ.get('YEJI_BENCH_PROJECTS', '1000000')))
    arguments = parser.parse_args()
    programs = Programs(arguments.build, SOURCE)

    with tempfile.TemporaryDirectory(prefix='yeji-bench-') as place:
        place = pathlib.Path(place)
        write_list(place / 'list.csv', arguments.projects)
        province = Province(programs, place / 'province')
        url = province.start()
        stop, waits = threading.Event(), []
        asking = threading.Thread(target=legacy.ask_all_the_while, args=(url, stop, waits))
        asking.start()
        try:
            good, seconds, work, memory = take(province, programs, place / 'list.csv')
        finally:
            stop.set()
            asking.join()
        same, again, _, _ = take(province, programs, place / 'list.csv')
        province.stop()
    print(f'import-declared of {arguments.projects} projects: {seconds:.0f} s, {work:.0f} s of '
          f'work, {memory} MB; who signed in meanwhile waited {max(waits, default=0):.1f} s at '
          f'most, {len(waits)} times; the same list again {again:.0f} s; '
          f'load {os.getloadavg()[0]:.0f}')
    return 0 if good and same and memory < MEMORY \
        and max(waits, default=0) < legacy.PATIENCE else 1


if __name__ == '__main__':
    sys.exit(main())
