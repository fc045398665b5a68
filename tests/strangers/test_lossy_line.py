# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Documents over a line of 50 KB/s that loses two packets in a hundred: they arrive, whole, and
not much later than the line allows.

Needs an administrator's rights for a network of its own; without them it is skipped, and says so.
"""

import argparse
import hashlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from lossy import HERE as ADDRESS, LossyLine  # noqa: E402
from programs import Programs  # noqa: E402
from province import ENTERPRISE, OPENER, Province, Visitor  # noqa: E402
from scans import make_pdf  # noqa: E402

SAMPLE = 'complete-construction'
SIZES = (1_500_000, 200_000, 200_000, 60_000, 60_000, 900)
RATE, DELAY, LOSS = 50_000, 0.04, 0.02
# What headers, what is sent twice and TCP's caution cost at most.
SLACK = 4


def may_unshare():
    """Whether this process may have a network of its own, and lines in it."""
    return (os.path.exists('/dev/net/tun')
            and subprocess.run(['unshare', '--net', 'ip', 'link'], capture_output=True,
                               check=False).returncode == 0)


def forward(source, drain):
    try:
        while data := source.recv(65536):
            drain.sendall(data)
        drain.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()
        drain.close()


def relay(port):
    """The province listens on loopback alone: its end of the line. Returns where."""
    listener = socket.create_server((ADDRESS, 0))

    def accept():
        while True:
            here, _ = listener.accept()
            there = socket.create_connection(('127.0.0.1', port))
            for ends in ((here, there), (there, here)):
                threading.Thread(target=forward, args=ends, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def fetch(url, headers):
    with OPENER.open(urllib.request.Request(url, headers=headers), timeout=60) as answer:
        return answer.read()


def send(line, programs, sender, place):
    province = Province(programs, place / 'province')
    province.start()
    try:
        visitor = Visitor(province.url, ENTERPRISE)
        record = programs.sample(SAMPLE)
        made = visitor.ask('PUT', f'/v1/records/{record["uuid"]}', record, If_None_Match='*')
        assert made.status == 201, made
        contents = [make_pdf(size, f'lossy {number}') for number, size in enumerate(SIZES)]
        paths = [place / f'scan-{number}.pdf' for number in range(len(SIZES))]
        for path, content in zip(paths, contents):
            path.write_bytes(content)
        token = {'Authorization': f'Bearer {visitor.token}'}
        began = time.monotonic()
        done = subprocess.run(
            [*line.inside, sender, '--workers', '3', '--tries', '50', '--sums', '--header',
             f'Authorization: Bearer {visitor.token}', '--metadata', f'record={record["uuid"]}',
             '--metadata', 'slot=contract', '--metadata', 'filetype=application/pdf',
             f'http://{ADDRESS}:{relay(province.port)}/v1/files', *map(str, paths)],
            env=programs.environment, stdout=subprocess.PIPE, timeout=1200, check=False)
        taken = time.monotonic() - began
        assert done.returncode == 0, done
        uploads = done.stdout.decode().split()
        sums = {hashlib.sha256(content).hexdigest() for content in contents}
        came = {hashlib.sha256(fetch(province.url + urllib.parse.urlsplit(upload).path,
                                     token)).hexdigest() for upload in uploads}
        assert came == sums, (len(came), len(sums))
        return taken
    finally:
        province.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--alone', action='store_true', help='in a network of its own already')
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    if not arguments.alone and not may_unshare():
        print('1..0 # SKIP no network of its own can be had here: NOT TESTED')
        return
    if not arguments.alone:
        os.execvp('unshare', ['unshare', '--net', sys.executable, '-B', *sys.argv, '--alone'])
    print('1..1')
    line = LossyLine(RATE, DELAY, LOSS, arguments.seed)
    try:
        with tempfile.TemporaryDirectory(prefix='yeji-lossy-') as place:
            taken = send(line, Programs(build, HERE.parents[1]),
                         str(build / 'tests' / 'sync' / 'tus-send'), pathlib.Path(place))
    finally:
        line.stop()
    least = sum(SIZES) / RATE
    lost = sum(way.lost for way in line.ways)
    print(f'# {sum(SIZES)} bytes in {taken:.0f} s, {least:.0f} s at best; '
          f'{lost} of {sum(way.packets for way in line.ways)} packets lost')
    assert lost > 10 and taken >= least, 'the line was better than it should be'
    assert taken <= SLACK * least, 'it took too long'
    print('ok 1 - documents arrive over a slow line that loses packets')


if __name__ == '__main__':
    main()
