# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures what a signed-in client costs: fetching 10,000 changes, and waiting for the next one."""

import argparse
import json
import os
import pathlib
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'e2e')]

from programs import Programs  # noqa: E402
from province import ENTERPRISE, PASSWORD, Province  # noqa: E402

GOAL = 2.0
TICK = os.sysconf('SC_CLK_TCK')
POINTS = json.dumps([{'pointer': '/project/PrjName', 'comment': '与批复不一致'}],
                    ensure_ascii=False)


def fill(programs, profile, place, count):
    """A profile with that many records; returns their names."""
    lines = place / 'records.jsonl'
    sample = programs.sample('complete-construction')
    uuids = [f'00000000-0000-4000-8000-{number:012d}' for number in range(count)]
    with open(lines, 'w', encoding='utf-8') as output:
        for uuid in uuids:
            output.write(json.dumps({**sample, 'uuid': uuid}, ensure_ascii=False) + '\n')
    imported = programs.call_slowly(profile, 'import', lines)
    if imported.code != 0:
        raise RuntimeError(f'the records are not taken: {imported}')
    return uuids


def decide(province, uuids):
    """Returns each record with a point, as far as a client can see that."""
    database = sqlite3.connect(province.directory / 'province.db')
    with database:
        code = database.execute('SELECT enterprise FROM account WHERE name = ?',
                                (ENTERPRISE,)).fetchone()[0]
        database.executemany(
            "INSERT INTO change (enterprise, uuid, revision, state, office, reviewer, message,"
            " points, at) VALUES (?, ?, 2, 'returned', '示例处', '张示例', '请核对', ?,"
            " '2026-01-02T03:04:05Z')", [(code, uuid, POINTS) for uuid in uuids])
    database.close()


def measure_pull(programs, province, place, count):
    profile = place / 'profile'
    uuids = fill(programs, profile, place, count)
    signed = programs.call(profile, 'login', province.url, ENTERPRISE, stdin=PASSWORD + '\n')
    if signed.code != 0:
        raise RuntimeError(f'cannot sign in: {signed}')
    began = time.perf_counter()
    programs.call(profile, 'sync')
    empty = time.perf_counter() - began
    decide(province, uuids)
    before = resource.getrusage(resource.RUSAGE_CHILDREN), processor(province.process.pid)[0]
    began = time.perf_counter()
    done = programs.call_slowly(profile, 'sync')
    taken = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN), processor(province.process.pid)[0]
    client = (after[0].ru_utime + after[0].ru_stime) - (before[0].ru_utime + before[0].ru_stime)
    returned = programs.call_slowly(profile, '--json', 'list').json
    states = sum(entry.get('state') == 'returned' for entry in returned)
    print(f'{count} changes fetched and kept in {taken:.2f} s (a sync without any {empty:.2f} s),'
          f' at most {GOAL:.0f}; {states} records are returned now; client {client:.2f} CPU s,'
          f' server {after[1] - before[1]:.2f} CPU s', flush=True)
    if done.code != 0 or states != count:
        raise RuntimeError(f'not all came: {done}')


def processor(pid):
    """Seconds of the processor that a process has used, and how often it gave it up."""
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    status = pathlib.Path(f'/proc/{pid}/status').read_text()
    return (sum(int(field) for field in fields[11:13]) / TICK,
            int(re.search(r'^voluntary_ctxt_switches:\s+(\d+)', status, re.M)[1]))


def measure_idle(programs, province, place, seconds):
    """A client that waits for news, and the server that keeps it waiting."""
    waiting = programs.build / 'tests' / 'bench' / 'bench-idle'
    client = subprocess.Popen([str(waiting), str(place / 'profile')], env=programs.environment,
                              stdout=subprocess.PIPE, text=True)
    try:
        client.stdout.readline()
        before = processor(client.pid), processor(province.process.pid)
        try:
            client.wait(seconds)
            raise RuntimeError('the client ended')
        except subprocess.TimeoutExpired:
            pass
        after = processor(client.pid), processor(province.process.pid)
    finally:
        client.kill()
        client.wait()
    for name, one, two in zip(('client', 'server'), before, after):
        print(f'  idle {name}: {(two[0] - one[0]) / seconds * 3600:.1f} CPU s an hour,'
              f' {(two[1] - one[1]) / seconds:.2f} wake-ups a second', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--changes', type=int, default=10000)
    parser.add_argument('--seconds', type=float, default=60)
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    programs = Programs(arguments.build, HERE.parents[1])
    with tempfile.TemporaryDirectory(prefix='yeji-bench-') as name:
        place = pathlib.Path(name)
        province = Province(programs, place / 'province')
        province.start()
        try:
            measure_pull(programs, province, place, arguments.changes)
            measure_idle(programs, province, place, arguments.seconds)
        finally:
            province.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
