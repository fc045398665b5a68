# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Clients that send files to a server which is killed, or whose power is cut, while they do so.

They remember what was acknowledged: every offset that they were told, every document that was
received, byte by byte.
"""

import base64
import hashlib
import http.client
import json
import threading
import urllib.parse

SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')
PIECE = 64 * 1024
SMALL = 100_000
# So many at most go in one request.
TOGETHER = 7
# What is there of a file has another sha256 than was said.
MISMATCH = 460


class File:
    """A file that is being sent, and what the server has said of it."""

    def __init__(self, number, record, chance):
        self.slot = SLOTS[number % len(SLOTS)]
        self.together = number % 3 != 0
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
    """Sends its files over one connection until all are there or the server is gone.

    A power cut may cost pieces of a file that was not received (`pieces_last` is false): then the
    file is gone on with, or sent anew where what is left of it turns out to be wrong.
    """

    def __init__(self, url, token, files, trigger=None, pieces_last=True):
        super().__init__()
        self.trigger = trigger
        self.pieces_last = pieces_last
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
        whole = len(file.content) < SMALL
        answer = self.ask('POST', '/v1/files', file.content if whole else b'',
                          Upload_Length=str(len(file.content)), Upload_Metadata=file.metadata)
        if answer.status != 201:
            raise AssertionError(f'creation: {answer.status}')
        file.location = answer.headers['Location']
        file.acknowledged = int(answer.headers['Upload-Offset'])

    def resume(self, file):
        answer = self.ask('HEAD', file.location)
        if self.is_lost(file, answer):
            self.create(file)
            return
        offset = int(answer.headers['Upload-Offset'] or -1)
        least = file.acknowledged if self.pieces_last or is_there(file) else 0
        if answer.status != 200 or offset < least:
            raise AssertionError(f'{file.acknowledged} of {len(file.content)} bytes were'
                                 f' acknowledged, and now {answer.status}, {offset}')
        file.acknowledged = offset

    def is_lost(self, file, answer):
        """Whether a power cut left bytes that were never sent, of a file that was not received."""
        return answer.status == MISMATCH and not self.pieces_last and not is_there(file)

    def send_piece(self, file):
        piece = file.content[file.acknowledged:file.acknowledged + PIECE]
        said = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        answer = self.ask('PATCH', file.location, piece, Upload_Offset=str(file.acknowledged),
                          Upload_Checksum=f'sha256 {said}')
        if self.is_lost(file, answer):
            self.create(file)
            return
        if answer.status != 204:
            raise AssertionError(f'piece at {file.acknowledged}: {answer.status}')
        file.acknowledged = int(answer.headers['Upload-Offset'])

    def send(self, file):
        if file.location is None:
            self.create(file)
        else:
            self.resume(file)
        while not is_there(file):
            self.send_piece(file)

    def send_together(self, files):
        """Many that are small in one request."""
        listed = json.dumps({'files': [{'length': len(file.content), 'metadata': file.metadata}
                                       for file in files]}).encode()
        body = len(listed).to_bytes(4, 'big') + listed + b''.join(file.content for file in files)
        self.connection.request('POST', '/v1/files:batch', body, {
            'Authorization': f'Bearer {self.token}',
            'Content-Type': 'application/vnd.yeji.batch.v1'})
        answer = self.connection.getresponse()
        results = json.loads(answer.read())
        # what was said counts before the server is killed for it
        for file, result in zip(files, results['files']):
            if result['status'] != 201:
                raise AssertionError(f'one of many: {result}')
            file.location = f'/v1/files/{result["id"]}'
            file.acknowledged = len(file.content)
        if self.trigger:
            self.trigger.pull()

    def run(self):
        try:
            small = [file for file in self.files if file.location is None and file.together
                     and len(file.content) < SMALL]
            for first in range(0, len(small), TOGETHER):
                self.send_together(small[first:first + TOGETHER])
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


def check_received(url, token, files):
    """Every document that was acknowledged as a whole is the one that was sent."""
    client = Client(url, token, [])
    for file in filter(is_there, files):
        client.connection.request('GET', file.location,
                                  headers={'Authorization': f'Bearer {token}'})
        answer = client.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, f'a received document is {answer.status}'
        assert content == file.content, 'a received document is another one'
    client.connection.close()


def run_round(process, url, token, files, after, pieces_last=True):
    """Sends until the server is killed after that many answers, or to the end without."""
    trigger = Trigger(process, after) if after else None
    clients = [Client(url, token, files[i::4], trigger, pieces_last) for i in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if trigger:
        process.kill()
        process.wait()
    for client in clients:
        if client.wrong:
            raise client.wrong
