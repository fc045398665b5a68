# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The province of the end-to-end tests: a real yeji-server, and people who talk to it by HTTP."""

import json
import pathlib
import re
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from waiting import wait_until
from xsession import stop

PASSWORD = 'yeji-demo'
ENTERPRISE = 'qiye'
CITY_REVIEWER = 'shi'
PROVINCE_REVIEWER = 'sheng'

# Loopback must not go through a proxy of the surroundings.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    """Finds a port that nobody has just now. Somebody may take it: the caller tries again."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Province:
    """One yeji-server with its data directory and the sample accounts."""

    def __init__(self, programs, directory):
        self.programs = programs
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.process = None
        self.url = None
        subprocess.run(self.command('demo'), env=programs.environment, check=True,
                       capture_output=True)

    def command(self, *words):
        return [str(self.programs.server), '--data', str(self.directory), *words]

    def start(self, port=0):
        """Starts to serve on loopback, on a free port if none is given; returns the address."""
        log = self.directory / 'serve.log'
        with open(log, 'wb') as output:
            self.process = subprocess.Popen(
                self.command('serve', '--listen', f'127.0.0.1:{port}'),
                env=self.programs.environment, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output)

        def listening():
            match = re.search(r'^listening on (\S+)$', log.read_text(errors='replace'), re.M)
            if not match and self.process.poll() is not None:
                raise RuntimeError(f'yeji-server ended: {log.read_text(errors="replace")}')
            return match
        self.url = wait_until(listening, 'yeji-server does not listen')[1].rstrip('/')
        return self.url

    def settings(self):
        """Reads the province's settings: its own, or those that every province begins with."""
        own = self.directory / 'mapping.json'
        common = self.programs.source / 'data' / 'province' / 'mapping.json'
        return json.loads((own if own.is_file() else common).read_text(encoding='utf-8'))

    def keep(self, settings):
        """Writes the province's settings, for the next start."""
        (self.directory / 'mapping.json').write_text(json.dumps(settings), encoding='utf-8')

    def limit_files(self, size):
        """Lets documents have so many bytes, from the next start on."""
        settings = self.settings()
        settings['documents']['file_size'] = size
        self.keep(settings)

    def publish(self, dictionary):
        """Signs a dictionary, to be announced from the next start on; returns the key's name."""
        made = subprocess.run(self.command('dictionary-key', 'dictionary.seed'),
                              env=self.programs.environment, check=True, capture_output=True,
                              text=True)
        dictionary.write(self.directory / 'next.json')
        settings = self.settings()
        settings['dictionary'] = {'bundle': 'next.json', 'seed': 'dictionary.seed'}
        self.keep(settings)
        return made.stdout.strip()

    @property
    def port(self):
        return urllib.parse.urlsplit(self.url).port

    def stop(self):
        """Ends the server; what it has acknowledged stays in its directory."""
        if self.process is not None:
            stop(self.process)
            self.process = None


class Answer:
    """What the server said: status, headers, and the body as JSON."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = json.loads(body) if body else None

    def __repr__(self):
        return f'<{self.status} {json.dumps(self.body, ensure_ascii=False)[:400]}>'


class Visitor:
    """Somebody who talks to the province by HTTP, signed in or not."""

    def __init__(self, url, user=None, password=PASSWORD):
        self.url = url
        self.token = None
        if user is not None:
            answer = self.ask('POST', '/v1/session', {'user': user, 'password': password})
            if answer.status != 200:
                raise AssertionError(f'{user} cannot sign in: {answer}')
            self.token = answer.body['access']

    def ask(self, method, path, body=None, **headers):
        """Sends a request; header names are written with underscores. Refusals are answers too."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method)
        if data is not None:
            request.add_header('Content-Type', 'application/json')
        if self.token:
            request.add_header('Authorization', f'Bearer {self.token}')
        for name, value in headers.items():
            request.add_header(name.replace('_', '-'), value)
        try:
            with OPENER.open(request, timeout=20) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())

    # The reviewer's part

    def queue(self):
        """Lists what waits for this reviewer."""
        answer = self.ask('GET', '/v1/reviews?state=submitted')
        if answer.status != 200:
            raise AssertionError(f'no queue: {answer}')
        return answer.body['reviews']

    def waits_for_review(self, uuid):
        """Waits until a record is in this reviewer's queue; returns its line there."""
        def arrived():
            return next((line for line in self.queue() if line['uuid'] == uuid), None)
        return wait_until(arrived, f'{uuid} does not come to the reviewer', 20)

    def decide(self, uuid, verb, body):
        """Returns or approves a record as it is now; fails unless the province agrees."""
        record = self.ask('GET', f'/v1/records/{uuid}')
        if record.status != 200:
            raise AssertionError(f'the reviewer cannot read {uuid}: {record}')
        answer = self.ask('POST', f'/v1/records/{uuid}:{verb}', body,
                          If_Match=record.headers['ETag'])
        if answer.status != 200:
            raise AssertionError(f'cannot {verb} {uuid}: {answer}')
        return answer.body

    # Everybody's part

    def public_project(self, uuid):
        """Finds a project on the public page, or nothing."""
        answer = self.ask('GET', '/v1/public/projects')
        if answer.status != 200:
            raise AssertionError(f'no public page: {answer}')
        return next((project for project in answer.body['projects'] if project['uuid'] == uuid),
                    None)
