# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What the client really asks, and what it is told, is what data/openapi.yaml says.

`yeji` does its work through a relay that reads along: signing in, sending a record with documents,
having it returned, taking it back, sending it again, its approval, another computer of the same
enterprise, signing out.
"""

import argparse
import http.client
import http.server
import json
import pathlib
import sys
import tempfile
import threading
import urllib.parse

from description import Description, Wrong
from world import OWN, PASSWORD, REVIEWER, Answer, World

SAMPLE = 'complete-construction'
# What libsoup says of itself and of the line; the client has no hand in it.
OWN_TO_LIBSOUP = {'host', 'user-agent', 'connection', 'accept-encoding', 'content-length',
                  'transfer-encoding', 'expect', 'accept'}
# What the story has to come by, or it would prove little.
WANTED = {
    'POST /v1/session', 'GET /v1/config', 'PUT /v1/records/{uuid}',
    'POST /v1/records/{uuid}:submit', 'POST /v1/records/{uuid}:withdraw', 'POST /v1/files',
    'POST /v1/files:batch', 'POST /v1/files:have', 'GET /v1/changes', 'GET /v1/records/{uuid}',
}


class Reader(http.server.BaseHTTPRequestHandler):
    """Brings each request to the province and the answer back, and keeps both."""

    protocol_version = 'HTTP/1.1'

    def relay(self):
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(length) if length else None
        there = http.client.HTTPConnection(*self.server.target, timeout=60)
        try:
            there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                there.putheader(name, value)
            there.endheaders(body)
            response = there.getresponse()
            content = response.read()
        finally:
            there.close()
        told = Answer(self.command, self.path, response.status, response.headers, content)
        told.sent_headers = {name: value for name, value in self.headers.items()
                             if name.lower() not in OWN_TO_LIBSOUP}
        told.sent = body
        if body and 'json' in (self.headers.get('Content-Type') or ''):
            told.sent = json.loads(body)
        self.server.told.append(told)
        self.send_response_only(response.status, response.reason)
        for name, value in response.headers.items():
            if name.lower() != 'connection':
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = relay

    def log_message(self, *_):
        """The server's own words are enough."""


class Story:
    """What a clerk does with two computers."""

    def __init__(self, world, url, place):
        self.world = world
        self.programs = world.programs
        self.url = url
        self.place = place
        self.uuid = self.programs.sample(SAMPLE)['uuid']

    def yeji(self, computer, *words, stdin='', codes=(0,)):
        done = self.programs.call(self.place / computer, *words, stdin=stdin)
        if done.code not in codes:
            raise Wrong(f'yeji {" ".join(map(str, words))}: {done}')
        return done

    def decide(self, verb, body):
        reviewer = self.world[REVIEWER]
        found = reviewer.ask('GET', f'/v1/records/{self.uuid}')
        done = reviewer.ask('POST', f'/v1/records/{self.uuid}:{verb}', body,
                            If_Match=found.headers['ETag'])
        assert done.status == 200, done

    def attach(self):
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for slot in sorted({line['slot'] for line in plan[SAMPLE]}):
            files = [self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                     if line['slot'] == slot]
            self.yeji('one', 'attach', self.uuid, slot, *files)

    def tell(self):
        self.yeji('one', 'import', self.programs.samples / f'{SAMPLE}.json')
        self.attach()
        self.yeji('one', 'login', self.url, OWN, stdin='wrong\n', codes=(1,))
        for computer in ('one', 'two'):
            self.yeji(computer, 'login', self.url, OWN, stdin=f'{PASSWORD}\n')
        self.yeji('one', 'submit', self.uuid)
        self.yeji('two', 'sync')
        self.yeji('one', 'withdraw', self.uuid, '金额有误')
        self.yeji('one', 'set', self.uuid, '/project/PrjName', '示例工程甲（虚构）')
        self.yeji('one', 'submit', self.uuid)
        self.decide('return', {'points': [{'pointer': '/project/PrjName', 'comment': '请核对'}]})
        for computer in ('one', 'two'):
            self.yeji(computer, 'sync')
        self.yeji('one', 'set', self.uuid, '/project/PrjName', '示例工程乙（虚构）')
        # one that goes by itself, where the first ones went together
        self.yeji('one', 'attach', self.uuid, 'contract',
                  self.programs.documents / 'complete-design' / '设计合同.pdf')
        self.yeji('one', 'submit', '--files-follow', self.uuid)
        self.yeji('one', 'sync')
        self.decide('approve', {})
        for computer in ('one', 'two'):
            self.yeji(computer, 'sync')


def check(told, description):
    """Every exchange is described: what was asked, when it was done, and every answer."""
    seen = set()
    for answer in told:
        operation = description.expect(answer)
        if operation is None:
            raise Wrong(f'{answer}: the client asks what is not described')
        if 200 <= answer.status < 300:
            seen.add(operation.name)
    if WANTED - seen:
        raise Wrong(f'the story does not come by {sorted(WANTED - seen)}')
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    print('1..1')
    with tempfile.TemporaryDirectory(prefix='yeji-protocol-') as place, \
            World(arguments.build, f'{place}/province') as world, \
            http.server.ThreadingHTTPServer(('127.0.0.1', 0), Reader) as relay:
        parts = urllib.parse.urlsplit(world.url)
        relay.target, relay.told = (parts.hostname, parts.port), []
        relay.daemon_threads = True
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        try:
            Story(world, f'http://127.0.0.1:{relay.server_port}', pathlib.Path(place)).tell()
            seen = check(relay.told, Description())
        except AssertionError as error:
            print('not ok 1 - what the client asks is described')
            print('# ' + str(error).replace('\n', '\n# '))
            for answer in relay.told[-6:]:
                print(f'# {answer}'.replace('\n', ' '))
            sys.exit(1)
        finally:
            relay.shutdown()
        print('ok 1 - what the client asks is described')
        print(f'# {len(relay.told)} exchanges with {len(seen)} routes')


if __name__ == '__main__':
    main()
