#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A national platform to try the push with: it checks what it is sent against the dictionary, keeps
it, and can be told to refuse, to hang, to fail, or to answer with somebody else's page.

By itself: `receiver.py --port 8099 [--key KEY]` prints what comes in, one line each.
"""

import argparse
import collections
import http.server
import json
import pathlib
import sys
import threading

from standard import Standard

HERE = pathlib.Path(__file__).resolve().parent
DICTIONARY = HERE.parent.parent / 'data' / 'dictionary'
MAX_BODY = 16 * 1024 * 1024
LEVELS = ('A', 'B', 'C')


class Listener(http.server.ThreadingHTTPServer):
    """Many may come at once."""

    daemon_threads = True
    request_queue_size = 128


class Receiver:
    """What the platform knows. `behave()` says how the next requests end."""

    def __init__(self, dictionary=DICTIONARY, key=None, port=0):
        self.standard = Standard(dictionary)
        self.key = key
        self.lock = threading.Condition()
        self.behaviour = collections.deque()
        self.bodies = {}               # key of idempotency -> what was sent under it
        self.answers = {}              # key of idempotency -> what was decided, and stays so
        self.requests = []             # every request: (key, what became of it)
        self.projects = {}             # record -> what is shown of it
        self.revisions = {}            # record -> the newest that was sent
        self.faults = []               # what must never be
        self.released = threading.Event()
        self.server = Listener(('127.0.0.1', port), self.make_handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.server.server_address[1]}/projects'

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def behave(self, *ways):
        """How the next requests end, one each; after that all is accepted that is right."""
        with self.lock:
            self.behaviour.extend(ways)

    def next_way(self):
        with self.lock:
            return self.behaviour.popleft() if self.behaviour else 'accept'

    def note(self, key, what):
        with self.lock:
            self.requests.append((key, what))
            self.lock.notify_all()

    def asked(self, record):
        """What became of the requests about a record."""
        with self.lock:
            return [what for key, what in self.requests if key.startswith(record)]

    # What is sent

    def check(self, message, key):
        """What must never be, whoever decides: a second word under one key, a grade D."""
        with self.lock:
            earlier = self.bodies.setdefault(key, message)
            if earlier != message:
                self.faults.append(f'{key}: something else under the same key')
            if message.get('key') != key:
                self.faults.append(f'{key}: another key inside')
            if message.get('kind') == 'publish' and message.get('grade') not in LEVELS:
                self.faults.append(f'{key}: grade {message.get("grade")}')
            revision = int(key[len(message.get('record', '')):].split('-')[1][1:])
            if revision < self.revisions.get(message.get('record'), 0):
                self.faults.append(f'{key}: an older one after a newer one')
            self.revisions[message.get('record')] = revision

    def judge(self, message):
        """What the platform finds wrong with a message."""
        if message.get('kind') == 'remove':
            return []
        if message.get('kind') != 'publish' or set(message) != {
                'key', 'kind', 'record', 'number', 'grade', 'dictionary', 'tables'}:
            return [('', 0, '', 'is no message of this protocol')]
        faults = self.standard.find_faults(message['tables'])
        rows = message['tables'].get(self.standard.root, [{}])
        if rows[0].get('PrjNum') != message['number']:
            faults.append((self.standard.root, 0, 'PrjNum', 'is not the number outside'))
        for name, rows in message['tables'].items():
            for number, row in enumerate(rows):
                if row.get('DataLevel', message['grade']) != message['grade']:
                    faults.append((name, number, 'DataLevel', 'is not the grade outside'))
        return faults

    def decide(self, message, key, refuses):
        """The platform's decision; the same under the same key, whatever is asked now."""
        with self.lock:
            if key in self.answers:
                return self.answers[key]
        faults = self.judge(message)
        if faults:
            with self.lock:
                self.faults.append(f'{key}: {faults[:5]}')
        if faults or refuses:
            errors = [{'table': table, 'row': row, 'field': field, 'message': what}
                      for table, row, field, what in faults]
            answer = 422, {'key': key, 'state': 'refused',
                           'message': '施工许可证编号已属于其他项目（虚构）' if refuses else '不符合标准',
                           'errors': errors}
        else:
            with self.lock:
                number = len(self.answers) + 1
                if message['kind'] == 'publish':
                    self.projects[message['record']] = message
                elif self.projects.pop(message['record'], None) is None:
                    self.faults.append(f'{key}: what was never here is taken off')
            answer = 200, {'key': key, 'state': 'accepted', 'receipt': f'JS-{number:06}'}
        with self.lock:
            self.answers[key] = answer
        return answer

    # How it is answered

    def make_handler(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *_):
                pass

            def say(self, status, body, type_='application/json', **headers):
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header('Content-Type', type_)
                self.send_header('Content-Length', str(len(data)))
                for name, value in headers.items():
                    self.send_header(name.replace('_', '-'), value)
                self.end_headers()
                self.wfile.write(data)

            def do_POST(self):
                key = self.headers.get('Idempotency-Key', '')
                length = int(self.headers.get('Content-Length', '0'))
                body = self.rfile.read(min(length, MAX_BODY))
                if receiver.key and self.headers.get('Authorization') != f'Bearer {receiver.key}':
                    receiver.note(key, 'no-key')
                    self.say(401, {'message': '密钥不对'})
                    return
                message = json.loads(body)
                receiver.check(message, key)
                way = receiver.next_way()
                getattr(self, f'do_{way}', self.do_unknown)(message, key)

            def do_unknown(self, message, key):
                raise ValueError(f'no such behaviour for {key}')

            def do_accept(self, message, key):
                status, answer = receiver.decide(message, key, False)
                receiver.note(key, answer['state'])
                self.say(status, answer)

            def do_refuse(self, message, key):
                status, answer = receiver.decide(message, key, True)
                receiver.note(key, answer['state'])
                self.say(status, answer)

            def do_receive(self, message, key):
                receiver.note(key, 'received')
                self.say(202, {'key': key, 'state': 'received', 'receipt': 'JS-later'})

            def do_fail(self, message, key):
                receiver.note(key, 'failed')
                self.say(500, b'<h1>Internal Server Error</h1>', 'text/html')

            def do_busy(self, message, key):
                receiver.note(key, 'busy')
                self.say(503, {'message': '维护中'}, Retry_After='2')

            def do_portal(self, message, key):
                """The page of somebody in between, with the best of statuses."""
                receiver.note(key, 'portal')
                self.say(200, b'<html>Welcome</html>', 'text/html')

            def do_foreign(self, message, key):
                """A decision about something else."""
                receiver.note(key, 'foreign')
                self.say(200, {'key': 'other', 'state': 'accepted', 'receipt': 'X'})

            def do_redirect(self, message, key):
                receiver.note(key, 'redirect')
                self.say(302, b'', Location='http://127.0.0.1:9/')

            def do_drop(self, message, key):
                """Decides, and the answer is lost on its way."""
                receiver.decide(message, key, False)
                receiver.note(key, 'dropped')
                self.close_connection = True

            def do_hang(self, message, key):
                """Says nothing, until it is let go."""
                receiver.note(key, 'hanging')
                receiver.released.wait(60)
                self.close_connection = True

            def do_flood(self, message, key):
                """Talks without an end."""
                receiver.note(key, 'flood')
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.end_headers()
                try:
                    while not receiver.released.is_set():
                        self.wfile.write(b' ' * 65536)
                except OSError:
                    pass
                self.close_connection = True

        return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--dictionary', type=pathlib.Path, default=DICTIONARY)
    parser.add_argument('--port', type=int, default=8099)
    parser.add_argument('--key')
    arguments = parser.parse_args()

    receiver = Receiver(arguments.dictionary, arguments.key, arguments.port)
    print(f'push/url: {receiver.url}', flush=True)
    told = 0
    while True:
        with receiver.lock:
            receiver.lock.wait()
            for key, what in receiver.requests[told:]:
                print(key, what, flush=True)
            told = len(receiver.requests)
            for fault in receiver.faults:
                print('!', fault, flush=True)
            receiver.faults.clear()


if __name__ == '__main__':
    sys.exit(main())
