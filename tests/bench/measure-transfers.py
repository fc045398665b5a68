# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Measures how files get to the province, beside what others do: our client with our server,
tus-js-client with @tus/server, curl with nginx. All in one run, by turns, on loopback.

Ours says that a file is there when it is on the disk for good and its sha256 was found right; the
others say so before it is on the disk, and look at no sum. @tus/server is there once more with an
fsync of each file before its answer, which is the first half of what ours does. Our client is told
the sums, as a profile knows them since it took the documents in. What the province looks at after
the transfer is ended before anybody else's turn, and is not counted.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'e2e'), str(HERE.parent / 'strangers')]

import peers  # noqa: E402
from programs import Programs  # noqa: E402
from province import ENTERPRISE, Province, Visitor, free_port  # noqa: E402
from scans import make_pdf  # noqa: E402
from waiting import wait_until  # noqa: E402

SAMPLE = 'complete-construction'
WORKERS = 4
MB = 1_000_000
# How many files of how many bytes, and how many times as fast as the first pair we mean to be.
LOADS = {'small': (500, 200_000, 6.0), 'large': (20, 50 * MB, 2.5)}
CPU_A_GB = 2.0
TICK = os.sysconf('SC_CLK_TCK')


def loud(message):
    """Nobody must take a comparison that did not happen for one that was won."""
    line = '*' * 78
    print(f'{line}\n*** NOT MEASURED: {message}\n{line}', flush=True)


class Watch:
    """Processor time and peak memory of a process, while it lives."""

    def __init__(self, pid):
        self.pid = pid
        self.began = self.cpu()

    def cpu(self):
        """Seconds, not of its children: what looks at documents behind the transfer ends whenever
        it has been idle for a while, and would count for a round that it had no part in."""
        fields = pathlib.Path(f'/proc/{self.pid}/stat').read_text().rsplit(')', 1)[1].split()
        return sum(int(field) for field in fields[11:13]) / TICK

    def seconds(self):
        return self.cpu() - self.began

    def peak(self):
        """Megabytes that were in memory at once."""
        status = pathlib.Path(f'/proc/{self.pid}/status').read_text()
        return int(re.search(r'VmHWM:\s+(\d+)', status)[1]) / 1000


MEASURE = """
import os, sys
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run(command, **options):
    """Runs a client to its end; returns seconds, seconds of the processor and peak memory in MB."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, '-c', MEASURE, *(str(word) for word in command)],
                          capture_output=True, text=True, check=False, timeout=1200, **options)
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f'{command[0]} failed: {done.stdout[-500:]} {done.stderr[-1500:]}')
    cpu, peak = done.stderr.split()[-2:]
    return taken, float(cpu), float(peak), done.stdout


class Figures:
    """What one pair did with one load."""

    def __init__(self, files, size, taken, client, server):
        self.rate = files / taken
        self.speed = files * size / MB / taken
        self.gigabytes = files * size / 1e9
        self.client = client
        self.server = server

    def line(self, name):
        return (f'  {name}: {self.rate:.0f} files/s, {self.speed:.0f} MB/s; '
                f'client {self.client[0] / self.gigabytes:.2f} CPU s/GB, {self.client[1]:.0f} MB; '
                f'server {self.server[0] / self.gigabytes:.2f} CPU s/GB, {self.server[1]:.0f} MB')


class Ours:
    """Our client's queue and a yeji-server."""

    name = 'yeji and yeji-server'

    def __init__(self, arguments, place):
        self.sender = arguments.build / 'tests' / 'sync' / 'tus-send'
        self.programs = Programs(arguments.build, HERE.parents[1])
        self.place = place
        self.province = Province(self.programs, place / 'ours')
        self.province.limit_files(64 * MB)
        self.province.start()
        self.watch = Watch(self.province.process.pid)
        self.visitor = Visitor(self.province.url, ENTERPRISE)
        documents = json.loads((self.programs.source / 'data' / 'dictionary' / 'documents.json')
                               .read_text(encoding='utf-8'))
        self.slots = [slot['id'] for slot in documents['slots']]
        self.dictionary = json.loads((self.programs.source / 'data' / 'dictionary'
                                      / 'dictionary.json').read_text(encoding='utf-8'))
        self.round = 0

    def record(self):
        """A new record, so that every round is a first one."""
        self.round += 1
        record = {**self.programs.sample(SAMPLE), 'dictionary': self.dictionary['version'],
                  'uuid': f'00000000-0000-4000-8000-{self.round:012d}'}
        answer = self.visitor.ask('PUT', f'/v1/records/{record["uuid"]}', record,
                                  If_None_Match='*')
        if answer.status != 201:
            raise RuntimeError(f'the record is not taken: {answer}')
        return record['uuid']

    def send(self, paths):
        sums = self.place / 'sums'
        sums.write_text(''.join(f'{hashlib.sha256(path.read_bytes()).hexdigest()}  {path}\n'
                                for path in paths), encoding='utf-8')
        metadata = {'record': self.record(), 'filetype': 'application/pdf'}
        words = [word for name, value in metadata.items()
                 for word in ('--metadata', f'{name}={value}')]
        # a slot takes so many files and no more
        words += ['--turns', f'slot={",".join(self.slots)}']
        return run([self.sender, '--workers', WORKERS, '--known', sums, '--header',
                    f'Authorization: Bearer {self.visitor.token}', *words,
                    f'{self.province.url}/v1/files', *paths], env=self.programs.environment)

    def settle(self):
        """Waits until the province has looked at what came."""
        def looked():
            with contextlib.closing(sqlite3.connect(self.province.directory / 'province.db')) as db:
                return db.execute('SELECT count(*) FROM file LEFT JOIN content'
                                  ' USING (sha256, filetype) WHERE verdict IS NULL'
                                  ).fetchone()[0] == 0
        wait_until(looked, 'the documents are not looked at', 120)

    def stop(self):
        self.province.stop()


class TusJs:
    """tus-js-client and @tus/server with its FileStore."""

    name = 'tus-js-client and @tus/server'
    kind = '@tus/server'

    def __init__(self, arguments, place):
        self.place = place / self.kind.replace('/', '-')
        self.npm = peers.install(arguments.build / 'strangers')
        self.server = peers.StrangeServer(self.npm, self.kind, self.place)
        self.watch = Watch(self.server.process.pid)

    def send(self, paths):
        job = self.place / 'job.json'
        job.write_text(json.dumps({
            'url': self.server.url, 'workers': WORKERS, 'with_creation': True,
            'chunk': 8 * 1024 * 1024,
            'files': [{'path': str(path), 'metadata': {'filename': path.name}} for path in paths],
        }), encoding='utf-8')
        return run(['node', HERE.parent / 'strangers' / 'send.mjs', job], cwd=self.npm)

    def settle(self):
        pass

    def stop(self):
        self.server.stop()


class DurableTusJs(TusJs):
    """The same, where the server waits for the disk before it says that a file is there."""

    name = 'tus-js-client and @tus/server with fsync'
    kind = '@tus/server with fsync'


NGINX = """
daemon off;
pid {place}/nginx.pid;
error_log {place}/error.log;
worker_processes 1;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {place}/body;
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 100m;
    location / {{ root {place}/files; dav_methods PUT; }}
  }}
}}
"""


class CurlNginx:
    """curl, four at a time, and PUT of nginx: no resuming, no sums, nothing but bytes."""

    name = 'curl and nginx'

    def __init__(self, arguments, place):
        if shutil.which('nginx') is None or shutil.which('curl') is None:
            raise peers.Missing('nginx or curl is missing')
        self.place = place / 'nginx'
        (self.place / 'files').mkdir(parents=True)
        os.chmod(place, 0o755)
        os.chmod(self.place / 'files', 0o777)
        self.port = free_port()
        settings = self.place / 'nginx.conf'
        settings.write_text(('user root;\n' if os.getuid() == 0 else '')
                            + NGINX.format(place=self.place, port=self.port))
        self.process = subprocess.Popen(['nginx', '-c', str(settings)],
                                        stderr=subprocess.DEVNULL)
        self.worker = wait_until(self.find_worker, 'nginx does not start')
        self.watch = Watch(self.worker)

    def find_worker(self):
        children = subprocess.run(['pgrep', '-P', str(self.process.pid)], capture_output=True,
                                  text=True, check=False).stdout.split()
        return int(children[0]) if children else None

    def send(self, paths):
        words = []
        for path in paths:
            words += ['--upload-file', str(path), f'http://127.0.0.1:{self.port}/{path.name}',
                      '--output', '/dev/null']
        return run(['curl', '--silent', '--show-error', '--noproxy', '*', '--parallel',
                    '--parallel-max', WORKERS, *words])

    def settle(self):
        pass

    def stop(self):
        self.process.terminate()
        self.process.wait()


def make_files(place, count, size, turn):
    """Invented scans; the same ones for everybody, and new ones for every round, as a province keeps
    what it has already once."""
    place.mkdir()
    paths = []
    for number in range(count):
        path = place / f'scan-{turn}-{number:03d}.pdf'
        path.write_bytes(make_pdf(size, f'{size} {turn} {number}'))
        paths.append(path)
    # what is still on its way to the disk would be waited for by whoever comes first
    os.sync()
    return paths


def warm(size):
    """Touches so many bytes and lets them go. A virtual machine gives its host what is free, and
    fetching a page again costs three times as much as writing it: whose turn it is would count
    for more than what it does."""
    subprocess.run([sys.executable, '-c', f"""
import mmap
memory = mmap.mmap(-1, {size})
for place in range(0, {size}, mmap.PAGESIZE):
    memory[place] = 1
"""], check=True)


def measure(pair, paths, size):
    """One round: all files, by a client that was not running before."""
    # nobody waits for what the one before has left to be written
    os.sync()
    warm(2 * len(paths) * size)
    before = pair.watch.cpu()
    taken, cpu, peak, _ = pair.send(paths)
    figures = Figures(len(paths), size, taken, (cpu, peak),
                      (pair.watch.cpu() - before, pair.watch.peak()))
    pair.settle()
    return figures


def middle(rounds):
    """The round of median speed."""
    return sorted(rounds, key=lambda figures: figures.speed)[len(rounds) // 2]


def figures_of(rounds, kind):
    """The rounds of the pair of that kind."""
    return next(figures for pair, figures in rounds.items() if type(pair) is kind)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--loads', nargs='*', default=list(LOADS))
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()

    with tempfile.TemporaryDirectory(prefix='yeji-bench-') as name:
        place = pathlib.Path(name)
        pairs = []
        for kind in (Ours, TusJs, DurableTusJs, CurlNginx):
            try:
                pairs.append(kind(arguments, place))
            except peers.Missing as missing:
                loud(f'{kind.name}: {missing}')
        try:
            for load in arguments.loads:
                count, size, goal = LOADS[load]
                rounds = {pair: [] for pair in pairs}
                for turn in range(arguments.rounds):
                    paths = make_files(place / load, count, size, turn)
                    for pair in pairs:
                        rounds[pair].append(measure(pair, paths, size))
                    shutil.rmtree(place / load)
                print(f'{count} files of {size / 1000:.0f} KB, {WORKERS} at a time '
                      f'(the middle one of {arguments.rounds} rounds)')
                figures = {pair.name: middle(rounds[pair]) for pair in pairs}
                for pair in pairs:
                    print(figures[pair.name].line(pair.name), flush=True)
                for kind in (TusJs, DurableTusJs):
                    if kind.name not in figures:
                        continue
                    ratios = sorted(one.speed / other.speed for one, other
                                    in zip(rounds[pairs[0]], figures_of(rounds, kind)))
                    print(f'  ours is {ratios[len(ratios) // 2]:.1f} times as fast as {kind.name}'
                          f' ({ratios[0]:.1f} to {ratios[-1]:.1f}), goal {goal:.1f}', flush=True)
                print(f'  at most {CPU_A_GB:.0f} CPU s/GB a side, load {os.getloadavg()[0]:.1f}',
                      flush=True)
        finally:
            for pair in pairs:
                pair.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
