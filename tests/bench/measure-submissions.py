# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures a deadline: many clients submit full records at once, over connections that stay open.

Each record is written and submitted with the list of its documents, which follow later. Beside it
the same requests go to the least that the HTTP library can do: a server that answers 204.
"""

import argparse
import hashlib
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile


HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'e2e')]

from programs import Programs  # noqa: E402
from province import ENTERPRISE, Province, Visitor  # noqa: E402

SAMPLE = 'complete-construction'
GOAL = 1000
TICK = os.sysconf('SC_CLK_TCK')


def processor(pid):
    """Seconds of the processor that a process has used."""
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    return sum(int(field) for field in fields[11:13]) / TICK


def peak(pid):
    """Megabytes that were in memory at once."""
    status = pathlib.Path(f'/proc/{pid}/status').read_text()
    return int(re.search(r'VmHWM:\s+(\d+)', status)[1]) / 1000


def write_load(programs, place):
    """The record, and the body of a submission that announces a document for each slot."""
    dictionary = json.loads((programs.source / 'data' / 'dictionary' / 'dictionary.json')
                            .read_text(encoding='utf-8'))
    record = {**programs.sample(SAMPLE), 'dictionary': dictionary['version']}
    (place / 'record.json').write_text(json.dumps(record, ensure_ascii=False,
                                                  separators=(',', ':')), encoding='utf-8')
    documents = json.loads((programs.source / 'data' / 'samples' / 'documents.json')
                           .read_text(encoding='utf-8'))[SAMPLE]
    files = [{'slot': entry['slot'], 'filename': entry['file'],
              'sha256': hashlib.sha256(entry['slot'].encode()).hexdigest()}
             for entry in documents]
    (place / 'files.json').write_text(json.dumps({'files': files, 'files_follow': True},
                                                 ensure_ascii=False), encoding='utf-8')


def run_clients(arguments, place, port, tokens, pid):
    before = processor(pid)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    (place / 'tokens').write_text('\n'.join(tokens))
    done = subprocess.run([str(arguments.build / 'tests' / 'bench' / 'bench-clients'), '127.0.0.1',
                           str(port), str(arguments.clients), str(arguments.seconds),
                           str(place / 'tokens'), str(place / 'record.json'),
                           str(place / 'files.json')], capture_output=True, text=True, check=False)
    used = processor(pid) - before
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    clients = now.ru_utime + now.ru_stime - others.ru_utime - others.ru_stime
    accepted = int(re.match(r'(\d+)', done.stdout)[1]) if done.stdout else 0
    print(f'  {done.stdout.strip()}{done.stderr.strip()}; server {used:.1f} CPU s'
          f' ({used / max(accepted, 1) * 1000:.2f} ms each), {peak(pid):.0f} MB;'
          f' the clients {clients:.1f} CPU s ({clients / max(accepted, 1) * 1000:.2f} ms each)',
          flush=True)
    return accepted / arguments.seconds, done.returncode == 0


def measure_province(arguments, programs, place):
    province = Province(programs, place / 'province')
    province.start()
    try:
        tokens = [Visitor(province.url, ENTERPRISE).token for _ in range(20)]
        print(f'{arguments.clients} clients for {arguments.seconds} s, yeji-server:')
        rate, whole = run_clients(arguments, place, province.port, tokens, province.process.pid)
    finally:
        province.stop()
    return rate, whole


def measure_bare(arguments, place):
    server = subprocess.Popen([str(arguments.build / 'tests' / 'bench' / 'bench-bare-server')],
                              stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r':(\d+)$', server.stdout.readline().strip())[1])
        print('the same requests to a bare SoupServer that answers 204:')
        rate, _ = run_clients(arguments, place, port, [], server.pid)
    finally:
        server.kill()
        server.wait()
    return rate


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--clients', type=int, default=500)
    parser.add_argument('--seconds', type=float, default=30)
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    programs = Programs(arguments.build, HERE.parents[1])
    with tempfile.TemporaryDirectory(prefix='yeji-bench-') as name:
        place = pathlib.Path(name)
        write_load(programs, place)
        rate, whole = measure_province(arguments, programs, place)
        bare = measure_bare(arguments, place)
    print(f'  {rate:.0f} a second, at least {GOAL}; {rate / bare:.2f} of the bare server;'
          f' {"all were accepted" if whole else "NOT ALL WERE ACCEPTED"}', flush=True)
    return 0 if whole else 1


if __name__ == '__main__':
    sys.exit(main())
