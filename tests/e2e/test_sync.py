# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Bad lines, sessions that end and several programs at once, as a script meets with them."""

import argparse
import contextlib
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading

from programs import Programs
from province import ENTERPRISE, PASSWORD, Province
from steps import holds, same, step
from terminal import FAILED, OFFLINE, OK, Terminal

SAMPLE = 'complete-construction'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report',
         'completion_filing', 'project_approval')
PAGE = '<html>Welcome to the hotel</html>'


def html(status, *headers):
    lines = [f'HTTP/1.1 {status}', *headers, 'Content-Type: text/html',
             f'Content-Length: {len(PAGE)}', 'Connection: close', '', PAGE]
    return '\r\n'.join(lines).encode()


# What stands in the province's place, and what is made of it.
FACES = (
    (html('200 OK'), 'foreign-answer', 'offline', '上网认证'),
    (html('302 Found', 'Location: http://portal.example/'), 'foreign-answer', 'offline', '上网认证'),
    (html('511 Network Authentication Required'), 'foreign-answer', 'offline', '上网认证'),
    (html('407 Proxy Authentication Required'), 'proxy-password', 'offline', '代理'),
    (html('502 Bad Gateway'), 'gateway', 'busy', '网关'),
    (html('429 Too Many Requests', 'Retry-After: 50'), 'throttled', 'busy', '稍后再试'),
    (html('200 OK', 'Yeji-Version: 2'), 'client-too-old', 'incompatible', '更新程序'),
    (b'', 'connection-broken', 'offline', '连接中断'),
)


class Line:
    """Forwards every connection to the province, or answers in its place."""

    def __init__(self, port):
        self.target = port
        self.answer = None
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(here,), daemon=True).start()

    def serve(self, here):
        with contextlib.suppress(OSError), here:
            if self.answer is not None:
                here.recv(65536)
                here.sendall(self.answer)
                here.shutdown(socket.SHUT_RDWR)
                return
            with socket.create_connection(('127.0.0.1', self.target)) as there:
                back = threading.Thread(target=self.forward, args=(there, here), daemon=True)
                back.start()
                self.forward(here, there)
                back.join()

    @staticmethod
    def forward(source, drain):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                drain.sendall(data)
            drain.shutdown(socket.SHUT_WR)


class Bad(Terminal):
    """A clerk's scripts on days when nothing works."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = Province(programs, place / 'province')
        self.line = None
        self.sample = programs.sample(SAMPLE)['uuid']

    def sync_status(self):
        return self.yeji('--json', 'status').json['sync']

    def in_database(self, statement):
        with contextlib.closing(sqlite3.connect(self.province.directory / 'province.db',
                                                timeout=20)) as database:
            database.execute(statement)
            database.commit()

    def login(self, code=OK):
        self.yeji('login', self.line.url, ENTERPRISE, stdin=f'{PASSWORD}\n', code=code)

    # The steps

    @step('before anything was tried, the status says so')
    def untried(self):
        self.province.start()
        self.line = Line(self.province.port)
        same(self.sync_status()['state'], 'stopped', 'the state')
        self.login()
        self.yeji('sync')
        sync = self.sync_status()
        same((sync['state'], sync['cause']), ('online', 'none'), 'after a sync')
        holds(sync['heard'], 'when the province was heard')

    @step('whatever answers in the place of the province is told apart, and nobody is signed out')
    def faces(self):
        for answer, cause, state, words in FACES:
            self.line.answer = answer
            holds(words in self.yeji('sync', code=OFFLINE).err, f'{cause}: {self.last!r}')
            sync = self.sync_status()
            same((sync['state'], sync['cause']), (state, cause), 'the status')
            holds(words in self.yeji('status').out, f'{cause}: {self.last!r}')
            holds(sync['heard'] < sync['since'], 'the last success is still known')
            self.line.answer = None
            self.yeji('sync')
        same(self.sync_status()['failures'], 0, 'failures in a row')

    @step('what is submitted without a line waits with its reason, and is sent by the next sync')
    def waits(self):
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            if line['slot'] in SLOTS:
                self.yeji('attach', self.sample, line['slot'],
                          self.programs.documents / SAMPLE / line['file'])
        self.line.answer = FACES[0][0]
        self.yeji('submit', self.sample, code=OFFLINE)
        waiting, = self.yeji('--json', 'status').json['waiting']
        same(waiting['uuid'], self.sample, 'what waits')
        holds(waiting['name'], 'its name is told')
        self.line.answer = None

    @step('a session that the province has ended keeps everything, and goes on after a login')
    def ended(self):
        self.in_database('DELETE FROM token')
        holds('yeji login' in self.yeji('sync', code=FAILED).err, self.last)
        sync = self.sync_status()
        same((sync['state'], sync['cause']), ('ended', 'session-ended'), 'the status')
        holds(sync['user'], 'who was signed in is told')
        same(len(self.yeji('--json', 'status').json['waiting']), 1, 'what waits')
        self.yeji('sync', code=FAILED)
        same(self.sync_status()['cause'], 'session-ended', 'the status after another try')
        self.login()
        same(self.sync_status()['cause'], 'none', 'the status after the login')
        self.yeji('sync')
        same(self.entry(self.sample)['state'], 'submitted', 'the state of the record')

    @step('several programs that find the token expired at once stay signed in')
    def together(self):
        for _ in range(3):
            self.in_database("UPDATE token SET expires = 1 WHERE kind = 'access'")
            command = [str(self.programs.yeji), '--profile', str(self.profile), 'sync']
            running = [subprocess.Popen(command, env=self.programs.environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL) for _ in range(4)]
            codes = [process.wait(60) for process in running]
            holds(OK in codes, f'one of them works: {codes}')
            # the others were told that the profile is in use
            holds(set(codes) <= {OK, FAILED}, f'how they ended: {codes}')
            self.yeji('sync')
            same(self.sync_status()['cause'], 'none', 'the status')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-sync-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = Bad(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
