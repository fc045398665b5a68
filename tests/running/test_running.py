# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""How a province is run: the unit file, the settings, the log of requests and its rotation, health and
metrics, and that all of it is in a backup."""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import PASSWORD  # noqa: E402
from steps import Story, holds, same, step  # noqa: E402
from waiting import wait_until  # noqa: E402
from xsession import stop  # noqa: E402

SECRET = 'metrics-token-123'
CLIENT = {'version': '9.0', 'where': 'https://yeji.example/'}
LINE = re.compile(r'\d{4}-\d\d-\d\dT[\d:.]+Z (GET|PUT|POST|PATCH|DELETE|-) (/\S*|-) \d{3} \d+'
                  r' \d+\.\d{3}')
# What of a request may name somebody, or say what somebody looked for.
TELLING = ('zhangsan', '李四', '%E6%9D%8E%E5%9B%9B', '6f1c2d3e-4a5b-4c6d-8e7f-102030405001', 'qiye',
           PASSWORD, SECRET, '127.0.0.1')


class Socket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__('localhost', timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(20)
        self.sock.connect(str(self.path))


class Running(Story):
    """A province with its settings elsewhere, as the unit file has it."""

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        self.data = place / 'state'
        self.settings = place / 'etc' / 'settings.json'
        self.log = place / 'log' / 'requests.log'
        self.socket = place / 'province.sock'
        self.process = None
        for folder in ('etc', 'log'):
            (place / folder).mkdir()
        (place / 'etc' / 'metrics.token').write_text(f'{SECRET}\n', encoding='utf-8')
        self.keep({'listen': f'unix:{self.socket}', 'log': {'requests': str(self.log)},
                   'metrics': {'token_file': 'metrics.token', 'least_free': 0},
                   'documents': {'follow_hours': 7}, 'client': CLIENT})

    def keep(self, settings):
        self.settings.write_text(json.dumps(settings), encoding='utf-8')

    def report(self):
        path = self.place / 'serve.log'
        return path.read_text(errors='replace').splitlines() if path.exists() else []

    def command(self, *words):
        return [str(self.programs.server), '--data', str(self.data),
                '--settings', str(self.settings), *map(str, words)]

    def run(self, *words, code=0):
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=60,
                              env=self.programs.environment, check=False)
        same(done.returncode, code, f'yeji-server {words}: {done.stdout} {done.stderr}')
        return done

    def ask(self, method, path, body=None, **headers):
        connection = Socket(self.socket)
        try:
            connection.request(method, path, body,
                               {name.replace('_', '-'): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def lines(self):
        return self.log.read_text(encoding='utf-8').splitlines()

    # The steps

    @step('the unit file is one')
    def unit(self):
        analyze = shutil.which('systemd-analyze')
        text = (self.programs.build / 'data' / 'yeji-server.service').read_text(encoding='utf-8')
        holds('ExecStart=' in text and '@' not in re.sub(r'#.*|@system-service', '', text), text)
        if analyze is None:
            print('# SKIP there is no systemd-analyze')
            return
        unit = self.place / 'yeji-server.service'
        unit.write_text(re.sub(r'=\S*/yeji-server ', f'={self.programs.server} ', text),
                        encoding='utf-8')
        done = subprocess.run([analyze, 'verify', '--man=no', str(unit)], capture_output=True,
                              text=True, timeout=60, check=False)
        ours = [line for line in done.stderr.splitlines() if 'yeji-server' in line]
        same((done.returncode, ours), (0, []), done.stderr)

    @step('wrong settings are told with their place, and the server does not begin')
    def wrong(self):
        good = self.settings.read_text(encoding='utf-8')
        self.keep({'push': {'url': 'https://national.example/', 'timeout': 3}})
        for words in (('settings',), ('settings', '--check'), ('serve', '--listen', '127.0.0.1:0')):
            done = self.run(*words, code=1)
            holds('push/timeout: no such setting' in done.stderr, done)
        self.settings.write_text(good, encoding='utf-8')
        same(self.run('settings', '--check').stdout, '', 'what a check prints')
        shown = json.loads(self.run('settings').stdout)
        same((shown['documents']['follow_hours'], shown['documents']['unfinished_hours'],
              shown['limits']['idle_seconds'], shown['listen']),
             (7, 168, 75, f'unix:{self.socket}'), 'what is in force')
        holds(SECRET not in json.dumps(shown), shown)

    @step('the settings that are shipped as an example are good')
    def example(self):
        good = self.settings.read_text(encoding='utf-8')
        example = self.programs.source / 'data' / 'settings' / 'settings.example.json'
        shutil.copy(example, self.settings)
        self.run('settings', '--check')
        self.settings.write_text(good, encoding='utf-8')

    @step('the server listens where the settings say')
    def serve(self):
        subprocess.run(self.command('demo'), env=self.programs.environment, check=True,
                       capture_output=True, timeout=60)
        with open(self.place / 'serve.log', 'wb') as output:
            self.process = subprocess.Popen(self.command('serve'), stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=output,
                                            env=self.programs.environment)
        wait_until(lambda: self.socket.exists() and 'listening' in '\n'.join(self.report()),
                   'yeji-server does not listen')
        same(self.ask('GET', '/healthz')[0], 200, 'its health')
        same(json.loads(self.ask('GET', '/readyz')[1])['reasons'], [], 'why it is not ready')
        same(json.loads(self.ask('GET', '/v1/config')[1])['client'], CLIENT, 'the program')

    @step('of a request a line is kept that names nobody')
    def logged(self):
        self.ask('POST', '/v1/session', json.dumps({'user': 'qiye', 'password': PASSWORD}))
        self.ask('POST', '/v1/session', json.dumps({'user': 'zhangsan', 'password': 'x'}))
        self.ask('GET', '/v1/public/projects?q=%E6%9D%8E%E5%9B%9B')
        self.ask('GET', '/v1/records/6f1c2d3e-4a5b-4c6d-8e7f-102030405001')
        self.ask('PATCH', '/v1/users/zhangsan', '{}')
        self.ask('GET', '/zhangsan')
        self.ask('zhangsan', '/v1/config')
        self.ask('GET', '/metrics', X_Real_IP='127.0.0.1', Authorization=f'Bearer {SECRET}')
        wait_until(lambda: len(self.lines()) >= 10, f'the lines are missing: {self.lines()}')
        for line in self.lines():
            holds(LINE.fullmatch(line), line)
            for word in TELLING:
                holds(word not in line, f'{word} in {line}')
        text = '\n'.join(self.lines())
        for part in (' POST /v1/session 200 ', ' GET /v1/records/{uuid} 401 ', ' - - 404 ',
                     ' PATCH /v1/users/{name} 401 ', ' - /v1/config 405 '):
            holds(part in text, f'{part} is not in {text}')

    @step('the metrics count the same, for who may see them')
    def metrics(self):
        status, text = self.ask('GET', '/metrics')
        same(status, 200, 'on this computer')
        holds('route="/v1/session",status="401"} 1' in text, text)
        for word in TELLING:
            holds(word not in text, f'{word} in {text}')
        same(self.ask('GET', '/metrics', X_Real_IP='203.0.113.7')[0], 403, 'through nginx')
        same(self.ask('GET', '/metrics', X_Real_IP='203.0.113.7',
                      Authorization=f'Bearer {SECRET}')[0], 200, 'with the token')

    @step('a log that was moved away is begun anew')
    def rotated(self):
        old = self.log.with_suffix('.1')
        os.rename(self.log, old)
        self.ask('GET', '/v1/config')
        wait_until(lambda: old.read_text().splitlines()[-1].split()[2] == '/v1/config',
                   'it goes on in the old one until it is told')
        self.process.send_signal(signal.SIGHUP)
        wait_until(self.log.exists, 'there is no new one')
        self.ask('GET', '/healthz')
        wait_until(lambda: [line.split()[2] for line in self.lines()] == ['/healthz'],
                   f'what the new one has: {self.lines()}')
        same(self.process.poll(), None, 'the server')

    @step('the settings and the outbox of the push are in a backup')
    def backed_up(self):
        backup = self.place / 'backup.db'
        self.run('backup', backup)
        kept = self.place / 'backup.db.files' / 'settings' / 'settings.json'
        same(kept.read_text(encoding='utf-8'), self.settings.read_text(encoding='utf-8'),
             'the settings')
        self.process.send_signal(signal.SIGTERM)
        same(self.process.wait(20), 0, 'how the server ended')
        self.process = None
        elsewhere = self.place / 'elsewhere'
        command = [str(self.programs.server), '--data', str(elsewhere)]
        done = subprocess.run([*command, 'restore', str(backup)], capture_output=True, text=True,
                              env=self.programs.environment, timeout=60, check=False)
        same(done.returncode, 0, done)
        same((elsewhere / 'settings.json').read_text(encoding='utf-8'),
             self.settings.read_text(encoding='utf-8'), 'the settings that came back')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path, default=HERE.parent.parent)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-run-') as place:
        story = Running(Programs(arguments.build, arguments.source), pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.process is not None:
                stop(story.process)


if __name__ == '__main__':
    sys.exit(main())
