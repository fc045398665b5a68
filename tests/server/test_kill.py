# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Kills the server with SIGKILL while four clients send it files, again and again.

What was acknowledged is there afterwards: every offset that a client was told, every document that
was received, byte by byte. What was not acknowledged can be gone on with.
"""

import argparse
import base64
import hashlib
import http.client
import os
import pathlib
import random
import sys
import tempfile
import threading
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import ENTERPRISE, Province, Visitor  # noqa: E402

SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')
PIECE = 64 * 1024


class File:
    """A file that is being sent, and what the server has said of it."""

    def __init__(self, number, record, chance):
        self.slot = SLOTS[number % len(SLOTS)]
        self.content = b'%PDF-1.7\n' + chance.randbytes(chance.choice((900, 90_000, 700_000)))
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.record = record
        self.location = None
        self.acknowledged = 0

    @property
    def metadata(self):
        values = {'record': self.record, 'slot': self.slot, 'sha256': self.sha256,
                  'filename': 'scan.pdf', 'filetype': 'application/pdf'}
        return ','.join(f'{key} {base64.b64encode(value.encode()).decode()}'
                        for key, value in values.items())


class Trigger:
    """Kills the server at an acknowledgement, so that a fast machine is killed in the middle, too."""

    def __init__(self, process, after):
        self.process = process
        self.left = after
        self.lock = threading.Lock()

    def pull(self):
        with self.lock:
            self.left -= 1
            if self.left == 0:
                self.process.kill()


class Client(threading.Thread):
    """Sends its files over one connection until all are there or the server is gone."""

    def __init__(self, url, token, files, trigger=None):
        super().__init__()
        self.trigger = trigger
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        self.token = token
        self.files = files
        self.wrong = None

    def ask(self, method, path, body=b'', **headers):
        given = {name.replace('_', '-'): value for name, value in headers.items()}
        if body:
            given['Content-Type'] = 'application/offset+octet-stream'
        self.connection.request(method, path, body, {
            'Authorization': f'Bearer {self.token}', 'Tus-Resumable': '1.0.0', **given})
        answer = self.connection.getresponse()
        answer.read()
        if self.trigger:
            self.trigger.pull()
        return answer

    def create(self, file):
        whole = len(file.content) < 100_000
        answer = self.ask('POST', '/v1/files', file.content if whole else b'',
                          Upload_Length=str(len(file.content)), Upload_Metadata=file.metadata)
        if answer.status != 201:
            raise AssertionError(f'creation: {answer.status}')
        file.location = answer.headers['Location']
        file.acknowledged = int(answer.headers['Upload-Offset'])

    def resume(self, file):
        answer = self.ask('HEAD', file.location)
        offset = int(answer.headers['Upload-Offset'] or -1)
        if answer.status != 200 or offset < file.acknowledged:
            raise AssertionError(f'{file.acknowledged} bytes were acknowledged, and now'
                                 f' {answer.status}, {offset}')
        file.acknowledged = offset

    def send(self, file):
        if file.location is None:
            self.create(file)
        else:
            self.resume(file)
        while file.acknowledged < len(file.content):
            piece = file.content[file.acknowledged:file.acknowledged + PIECE]
            said = base64.b64encode(hashlib.sha256(piece).digest()).decode()
            answer = self.ask('PATCH', file.location, piece,
                              Upload_Offset=str(file.acknowledged),
                              Upload_Checksum=f'sha256 {said}')
            if answer.status != 204:
                raise AssertionError(f'piece at {file.acknowledged}: {answer.status}')
            file.acknowledged = int(answer.headers['Upload-Offset'])

    def run(self):
        try:
            for file in self.files:
                self.send(file)
        except (OSError, http.client.HTTPException):
            pass                      # the server was killed
        except AssertionError as wrong:
            self.wrong = wrong
        finally:
            self.connection.close()


def is_there(file):
    return file.location is not None and file.acknowledged == len(file.content)


def check_received(province, visitor, files):
    """Every document that was acknowledged as a whole is the one that was sent."""
    client = Client(province.url, visitor.token, [])
    for file in filter(is_there, files):
        client.connection.request('GET', file.location,
                                  headers={'Authorization': f'Bearer {visitor.token}'})
        answer = client.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, f'a received document is {answer.status}'
        assert content == file.content, 'a received document is another one'
    client.connection.close()


def run_round(province, visitor, files, after):
    """Sends until the server is killed after that many answers, or to the end without."""
    trigger = Trigger(province.process, after) if after else None
    clients = [Client(province.url, visitor.token, files[i::4], trigger) for i in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if trigger:
        province.process.kill()
        province.process.wait()
    for client in clients:
        if client.wrong:
            raise client.wrong


def tell(province, place, rounds, seed):
    chance = random.Random(seed)
    programs = province.programs
    province.start()
    visitor = Visitor(province.url, ENTERPRISE)
    record = programs.sample('complete-construction')
    answer = visitor.ask('PUT', f'/v1/records/{record["uuid"]}', record, If_None_Match='*')
    assert answer.status == 201, answer
    files = [File(number, record['uuid'], chance) for number in range(120)]
    kills = 0
    for _ in range(rounds):
        run_round(province, visitor, files, chance.randint(5, 120))
        kills += not all(map(is_there, files))
        province.start()
        visitor.url = province.url
        check_received(province, visitor, files)
    run_round(province, visitor, files, None)
    assert all(map(is_there, files)), 'not everything came to its end'
    check_received(province, visitor, files)
    # one whose creation was answered to nobody is left until it expires
    left = {part.name for part in (place / 'province' / 'parts').iterdir()}
    assert not left & {file.location.rsplit('/', 1)[1] for file in files}, 'a part is left'
    return kills


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True)
    parser.add_argument('--rounds', type=int, default=6)
    parser.add_argument('--seed', type=int, default=6)
    arguments = parser.parse_args()
    # what is sent is no real scan, and is not to be opened
    programs = Programs(arguments.build, HERE.parent.parent,
                        {**os.environ, 'YEJI_EXAMINER': 'nowhere'})
    print('1..1')
    with tempfile.TemporaryDirectory(prefix='yeji-kill-') as place:
        province = Province(programs, pathlib.Path(place) / 'province')
        try:
            kills = tell(province, pathlib.Path(place), arguments.rounds, arguments.seed)
        finally:
            province.stop()
    print(f'# seed {arguments.seed}, killed {kills} times while files came')
    print(f'{"ok" if kills > 0 else "not ok"} 1 - what was acknowledged survives a kill')


if __name__ == '__main__':
    main()
