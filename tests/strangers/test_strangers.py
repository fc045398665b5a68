# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Speaks tus with programs of other people, both ways, while connections are cut at random.

Their client and curl send to our server, our client sends to their servers; what arrives is compared
byte by byte. The cuts follow from a seed, which is printed: `--seed N` tells the same story again.
Without node, npm or a network the test is skipped, and says so.
"""

import argparse
import base64
import hashlib
import itertools
import pathlib
import random
import subprocess
import sys
import tempfile
import traceback
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import ENTERPRISE, OPENER, Province, Visitor  # noqa: E402
from cutter import Cutter  # noqa: E402
import peers  # noqa: E402
from scans import make_pdf  # noqa: E402

SAMPLE = 'complete-construction'
SLOT = 'contract'
# Bytes: a small file, one of several pieces, one that is larger than what is sent at once.
SIZES = (900, 300_000, 5_000_000)
SERVERS = ('@tus/server', 'tus-node-server')


class Ours:
    """A yeji-server with a record that takes documents."""

    def __init__(self, programs, place):
        self.province = Province(programs, place / 'province')
        self.province.start()
        self.visitor = Visitor(self.province.url, ENTERPRISE)
        record = programs.sample(SAMPLE)
        self.record = record['uuid']
        answer = self.visitor.ask('PUT', f'/v1/records/{self.record}', record, If_None_Match='*')
        if answer.status != 201:
            raise RuntimeError(f'the record is not taken: {answer}')
        self.headers = {'Authorization': f'Bearer {self.visitor.token}'}

    def metadata(self, path, content):
        return {'record': self.record, 'slot': SLOT, 'filename': path.name,
                'filetype': 'application/pdf', 'sha256': hashlib.sha256(content).hexdigest()}

    def content(self, upload):
        """Fetches what the server has got."""
        request = urllib.request.Request(
            self.province.url + urllib.parse.urlsplit(upload).path, headers=self.headers)
        with OPENER.open(request, timeout=20) as answer:
            return answer.read()

    def stop(self):
        self.province.stop()


class Strangers:
    """The cases, and what they share."""

    def __init__(self, arguments, place):
        self.place = place
        self.seed = arguments.seed
        self.sender = arguments.sender
        self.npm = peers.install(arguments.build / 'strangers')
        self.programs = Programs(arguments.build, HERE.parents[1])
        self.files = {}
        for size in SIZES:
            path = place / f'虚构 {size}.pdf'
            path.write_bytes(make_pdf(size, f'{self.seed} {size}'))
            self.files[size] = path

    def cutter(self, url, words):
        """A relay before that address; each case has cuts of its own."""
        return Cutter(urllib.parse.urlsplit(url).port, f'{self.seed} {words}', most=1_500_000)

    def their_client(self, size, chunk, with_creation):
        """tus-js-client sends to our server."""
        path = self.files[size]
        content = path.read_bytes()
        cutter = self.cutter(self.ours.province.url, f'{size} {chunk} {with_creation}')
        try:
            uploads = peers.send(
                self.npm, f'http://127.0.0.1:{cutter.port}/v1/files',
                [{'path': str(path), 'metadata': self.ours.metadata(path, content)}],
                headers=self.ours.headers, chunk=chunk, with_creation=with_creation)
            return self.ours.content(uploads[0]) == content
        finally:
            cutter.stop()

    def curl(self, size):
        """curl sends to our server, piece by piece, as a person would."""
        path = self.files[size]
        content = path.read_bytes()
        metadata = ','.join(f'{name} {encode(value)}'
                            for name, value in self.ours.metadata(path, content).items())
        made = self.ask_curl('POST', self.ours.province.url + '/v1/files',
                             f'Upload-Length: {len(content)}', f'Upload-Metadata: {metadata}')
        url = self.ours.province.url + made['location']
        piece = max(1, len(content) // 3)
        for offset in range(0, len(content), piece):
            part = self.place / 'part'
            part.write_bytes(content[offset:offset + piece])
            told = self.ask_curl('HEAD', url)
            if told['upload-offset'] != str(offset):
                raise AssertionError(f'{told} at {offset}')
            self.ask_curl('PATCH', url, f'Upload-Offset: {offset}',
                          'Content-Type: application/offset+octet-stream', body=part)
        return self.ours.content(url) == content

    def ask_curl(self, method, url, *headers, body=None):
        """Sends one request; returns the answer's headers."""
        words = ['curl', '--silent', '--show-error', '--fail', '--noproxy', '*', '--dump-header',
                 '-', '--output', '/dev/null', '--max-time', '20']
        words += ['--head'] if method == 'HEAD' else ['--request', method]
        for header in ('Tus-Resumable: 1.0.0', *headers,
                       *(f'{name}: {value}' for name, value in self.ours.headers.items())):
            words += ['--header', header]
        if body is not None:
            words += ['--data-binary', f'@{body}']
        done = subprocess.run([*words, url], capture_output=True, text=True, check=True)
        lines = done.stdout.replace('\r', '').split('\n')
        return {name.lower(): value for name, _, value in (line.partition(': ') for line in lines)}

    def our_client(self, kind, size):
        """Our client sends to a server of theirs."""
        path = self.files[size]
        server = peers.StrangeServer(self.npm, kind, self.place / kind.replace('/', '-') / str(size))
        cutter = self.cutter(server.url, f'{kind} {size}')
        try:
            done = subprocess.run(
                [str(self.sender), '--tries', '200', '--metadata', f'filename={path.name}',
                 f'http://127.0.0.1:{cutter.port}/files', str(path)],
                env=self.programs.environment, capture_output=True, text=True, timeout=120,
                check=False)
            if done.returncode != 0:
                raise AssertionError(f'{done.stdout} {done.stderr}')
            return server.content(done.stdout.split()[-1]) == path.read_bytes()
        finally:
            cutter.stop()
            server.stop()

    def cases(self):
        for size, chunk, creation in itertools.product(SIZES, (64 * 1024, 4_000_000), (False, True)):
            yield (f'tus-js-client sends {size} bytes in pieces of {chunk}'
                   f'{", the first with the creation" if creation else ""}',
                   lambda args=(size, chunk, creation): self.their_client(*args))
        for size in SIZES:
            yield f'curl sends {size} bytes in three pieces', lambda size=size: self.curl(size)
        for kind, size in itertools.product(SERVERS, SIZES):
            yield (f'our client sends {size} bytes to {kind}',
                   lambda args=(kind, size): self.our_client(*args))

    def tell(self):
        """Tries all; returns whether every file arrived as it was."""
        cases = list(self.cases())
        print(f'1..{len(cases)}\n# seed {self.seed}', flush=True)
        whole = True
        self.ours = Ours(self.programs, self.place)
        try:
            for number, (words, run) in enumerate(cases, 1):
                try:
                    same = run()
                except Exception:  # noqa: BLE001: whatever it is, the file did not arrive
                    same = False
                    print('\n'.join(f'# {line}' for line in traceback.format_exc().splitlines()))
                whole = whole and same
                print(f'{"ok" if same else "not ok"} {number} - {words}', flush=True)
        finally:
            self.ours.stop()
        return whole


def encode(text):
    """As tus writes the values of metadata."""
    return base64.b64encode(text.encode()).decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--sender', type=pathlib.Path, required=True, help='the program tus-send')
    parser.add_argument('--seed', type=int, default=random.randrange(1_000_000))
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-strangers-') as place:
        try:
            strangers = Strangers(arguments, pathlib.Path(place))
        except peers.Missing as missing:
            print(f'1..0 # SKIP {missing}')
            print(f'SKIP: {missing}: tus was NOT tried with other programs', file=sys.stderr)
            return 0
        return 0 if strangers.tell() else 1


if __name__ == '__main__':
    sys.exit(main())
