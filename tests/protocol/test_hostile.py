# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What no client of ours would send: each gets a clear refusal, and the server lives.

Requests that cannot be read, addresses that lead nowhere, JSON that is none, and too much of
everything: bytes, levels, members, rows, files, points, connections.
"""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import re
import socket
import sys
import tempfile
import uuid

from description import Description, Wrong
from world import OWN, REVIEWER, TUS, Answer, World

HOST = b'Host: province\r\n'
KIB, MIB = 1024, 1024 * 1024
# What the server may take at its worst; it takes 16 MiB at rest, a password 64 MiB.
MOST_MEMORY = 320 * MIB
CONNECTIONS = 400


def request(line, *headers, body=b''):
    return b'\r\n'.join((line, HOST.strip(), *headers, b'', b'')) + body


def get(target, *headers):
    return request(b'GET ' + target + b' HTTP/1.1', *headers)


def post(*headers, body=b'', target=b'/v1/session'):
    return request(b'POST ' + target + b' HTTP/1.1', *headers, body=body)


# Bytes as they go over the line, and the statuses that may come of them. 0: the connection ends
# without an answer, as there is nothing that could be answered.
UNREADABLE = (
    ('no HTTP at all', b'hello\r\n\r\n', (400,)),
    ('another protocol', bytes.fromhex('16030100a1010000') + b'\r\n\r\n', (0, 400)),
    ('HTTP/2 in the clear', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', (400, 505)),
    ('another version', request(b'GET /v1/config HTTP/9.9'), (505,)),
    ('no host', b'GET /v1/config HTTP/1.1\r\n\r\n', (400,)),
    ('a host with a path', b'GET /v1/config HTTP/1.1\r\nHost: a/b\r\n\r\n', (400,)),
    ('another transfer encoding', post(b'Transfer-Encoding: gzip'), (501,)),
    ('a length that is no number', post(b'Content-Length: abc'), (400,)),
    ('a length below zero', post(b'Content-Length: -5'), (400,)),
    ('a length beyond all numbers', post(b'Content-Length: 99999999999999999999'), (400,)),
    ('two lengths', post(b'Content-Length: 2', b'Content-Length: 3', body=b'{} '), (400,)),
    ('a length and chunks', post(b'Content-Length: 2', b'Transfer-Encoding: chunked',
                                 body=b'2\r\n{}\r\n0\r\n\r\n'), (400,)),
    ('chunks that are none', post(b'Transfer-Encoding: chunked', body=b'zz\r\n{}\r\n0\r\n\r\n'),
     (400,)),
    ('a chunk below zero', post(b'Transfer-Encoding: chunked', body=b'-2\r\n{}\r\n0\r\n\r\n'),
     (0, 400)),
    ('a chunk beyond all numbers',
     post(b'Transfer-Encoding: chunked', body=b'ffffffffffffffffff\r\n{}'), (0, 400, 413)),
    ('NUL in a header', get(b'/v1/config', b'X: a\0b'), (400,)),
    ('an expectation of coffee', post(b'Expect: coffee', b'Content-Length: 2', body=b'{}'), (417,)),
    ('NUL in the path', get(b'/v1/config%00x'), (400,)),
    ('half a percent sign', get(b'/v1/config%z'), (400,)),
    ('another scheme', request(b'GET https://province/v1/config HTTP/1.1'), (400,)),
    ('a tunnel', request(b'CONNECT province:80 HTTP/1.1'), (404, 405)),
    ('all of the server', request(b'OPTIONS * HTTP/1.1'), (404,)),
    ('bytes in the path', get(b'/v1/config\xff'), (404,)),
    ('a header of 300 KiB', get(b'/v1/config', b'X: ' + b'a' * 300 * KIB), (0, 400, 431)),
    ('20,000 headers', get(b'/v1/config', *[b'X: a'] * 20000), (0, 400, 431)),
    ('an address of 10 KiB', get(b'/v1/public/projects?q=' + b'a' * 10 * KIB), (414,)),
    ('a path of 10 KiB', get(b'/v1/' + b'a/' * 5 * KIB), (414,)),
    ('40 MiB that nobody asked for',
     post(b'Content-Length: 41943040', body=b'a' * 40 * MIB), (413,)),
    ('another version of the protocol', get(b'/v1/config', b'Yeji-Version: 2'), (426,)),
)

# What stands for the parameters of an address, wherever one will do.
PARAMETERS = dict(uuid=uuid.UUID(int=1), id='0' * 32, asset='desk.css', name='qiye', number='1')

# Addresses, and the statuses; nothing of them may be taken for another address.
ADDRESSES = (
    ('/v1', 404), ('/v1/', 404), ('/v1//config', 404), ('//v1/config', 404),
    ('/v1/config/', 404), ('/V1/config', 404), ('/v1/config%20', 404), ('/v1/config;x=1', 404),
    ('/v1/records', 404), ('/v1/records/', 404), ('/v1/records/x', 404),
    ('/v1/records/..%2f..%2fetc%2fpasswd', 400), ('/v1/files/..%2F..%2Fprovince.db', 400),
    ('/v1/files/%2e%2e%2fprovince.db', 400), ('/../../etc/passwd', 404),
    ('/v1/files/' + '0' * 31, 404), ('/v1/files/' + '0' * 33, 404), ('/v1/files/' + 'A' * 32, 404),
    ('/v1/files/' + '0' * 32 + '/thumbnail/x', 404),
    ('/v1/records/' + str(uuid.UUID(int=1)).upper().replace('0', 'A'), 404),
    ('/v1/records/' + str(uuid.UUID(int=1)) + ':destroy', 404),
    ('/v1/records/' + str(uuid.UUID(int=1)) + ':submit:submit', 404),
    ('/v1/records/' + "1' OR '1'='1".replace(' ', '%20'), 404), ('/v1/config%ff', 404),
    ('/v1/public/projects/%F0%9F%98%80', 404), ('/projects/%3Cscript%3E', 404), ('/projects/', 404),
    ('/v1/files:have:have', 404),
)

# Bodies that are no JSON, or none that anybody takes.
NO_JSON = {
    'half of it': b'{"user": "qiye"', 'a comma too many': b'{"a": 1,}',
    'nothing but a word': b'qiye',
    'two': b'{} {}', 'NaN': b'{"a": NaN}', 'infinity': b'{"a": Infinity}',
    'a number beyond all': b'{"a": 1e999}', 'a number of a megabyte': b'{"a": ' + b'9' * MIB + b'}',
    'a member twice': b'{"user": "a", "user": "b"}', 'a lone surrogate': b'{"a": "\\ud800"}',
    'surrogates the wrong way': b'{"a": "\\udc00\\ud800"}', 'NUL': b'{"a": "\\u0000"}',
    'a NUL byte': b'{"a": "\0"}', 'a line in a string': b'{"a": "\n"}',
    'bytes that are no UTF-8': b'{"a": "\xff\xfe"}',
    'UTF-8 longer than needed': b'{"a": "\xc0\xaf"}',
    'UTF-16': '{"a": 1}'.encode('utf-16'),
    'a comment': b'{} // no', 'single quotes': b"{'a': 1}", 'HTML': b'<html></html>',
    '33 levels': b'{"a":' * 33 + b'1' + b'}' * 33, '100,000 levels': b'[' * 100_000,
    'a string of a megabyte': b'{"a": "' + b'a' * MIB + b'a"}',
    '200,001 values': b'{"a": [' + b'0,' * 200_000 + b'0]}',
    'a name of a megabyte': b'{"' + b'a' * MIB + b'a": 1}',
}
# JSON that is no object that anybody would understand.
ODD_JSON = {
    'a list': b'[]', 'a mark before it': b'\xef\xbb\xbf{}',
    'null': b'null', 'a number': b'7', 'a string': b'"x"', 'nothing': b'{}',
    'all wrong': b'{"user": 7, "password": [], "refresh": {}, "record": null, "sha256": "x",'
                 b' "files": {}, "points": 7, "message": [], "reason": 1, "computer": {}}',
    'lists of wrong': b'{"sha256": [1, null, {}, []], "files": [1, null, {}, []],'
                      b' "points": [1, null, {}, []], "record": "x"}',
}


class Line:
    """Raw bytes to the server, and what comes back."""

    def __init__(self, world):
        self.address = world.nobody.connection.host, world.nobody.connection.port

    def connect(self):
        return socket.create_connection(self.address, timeout=10)

    def send(self, data, ends=False):
        """Sends all, or as much as is wanted, and maybe an end; reads the first answer."""
        with self.connect() as line:
            try:
                line.sendall(data)
            except OSError:
                pass                   # the server has heard enough
            if ends:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_WR)
            return self.read(line, data)

    @staticmethod
    def read(line, data):
        came = b''
        try:
            while True:
                head, end, rest = came.partition(b'\r\n\r\n')
                length = re.search(rb'(?i)\r\ncontent-length: *(\d+)', head)
                if end and (length is None or len(rest) >= int(length[1])):
                    break
                piece = line.recv(65536)
                if not piece:
                    break
                came += piece
        except TimeoutError:
            raise Wrong(f'{data[:60]!r}: neither an answer nor an end') from None
        except OSError:
            pass
        head, end, rest = came.partition(b'\r\n\r\n')
        if not end:
            return Answer('?', '?', 0, {}, b'')
        first, *lines = head.decode('latin-1').split('\r\n')
        headers = {name.strip().title(): value.strip()
                   for name, _, value in (each.partition(':') for each in lines)}
        return Answer(data.split(b' ')[0].decode('latin-1'), '?', int(first.split(' ')[1]), headers,
                      rest[:int(headers.get('Content-Length', 0))])


class Hostility:
    """The tests, and what they saw of the statuses that any route may have."""

    def __init__(self, world, description):
        self.world = world
        self.description = description
        self.line = Line(world)
        self.seen = set()

    def expect(self, words, answer, statuses):
        if answer.status not in statuses:
            raise Wrong(f'{words}: {answer}, not {statuses}')
        if answer.status >= 400:
            kinds = self.description.every_route.get(answer.status, {}).get('x-kinds')
            try:
                self.description.expect_problem(answer, kinds)
                if kinds and answer.path == '?':
                    self.description.expect_headers(
                        answer, self.description.every_route[answer.status])
            except Wrong as error:
                raise Wrong(f'{words}: {error}') from None
            self.seen.add(answer.status)

    def unreadable(self):
        """requests that cannot be read are refused as all others are"""
        for words, data, statuses in UNREADABLE:
            answer = self.line.send(data, 0 in statuses)
            self.expect(words, answer, statuses)
        return len(UNREADABLE)

    def endless(self):
        """who goes on sending for ever is not listened to for ever"""
        chunk = b'100000\r\n' + b'a' * MIB + b'\r\n'
        with self.line.connect() as line:
            line.sendall(post(b'Transfer-Encoding: chunked'))
            with contextlib.suppress(OSError):
                for _ in range(1000):
                    line.sendall(chunk)
                raise Wrong('a thousand megabytes were taken')

    def addresses(self):
        """addresses that lead nowhere say so, and dots lead nowhere else"""
        for target, status in ADDRESSES:
            for person in (self.world.nobody, self.world[OWN]):
                self.expect(target, person.ask('GET', target), (status,))
        answer = self.line.send(get(b'/v1/records/../config', b'Connection: close'))
        self.expect('dots are taken out first', answer, (200,))
        for piece in ('bytes=0-3', 'bytes=99999999-', 'bytes=0-1,3-4'):
            part = self.world.nobody.ask('GET', '/v1/config', Range=piece)
            assert part.status == 200 and part.json, f'a piece of an answer: {part}'
        return len(ADDRESSES)

    def methods(self):
        """another method is told which ones there are"""
        known = {}
        for each in self.description.operations:
            known.setdefault(each.path, set()).add(each.method)
        for path, methods in known.items():
            target = path.format(**PARAMETERS)
            for method in ('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND',
                           'get'):
                if method in methods or (method == 'get' and 'GET' in methods):
                    continue
                answer = self.world[OWN].ask(method, target)
                self.expect(f'{method} {path}', answer, (405,))
                assert set(answer.headers['Allow'].split(', ')) == methods, answer.headers['Allow']
        return len(known)

    def bodies(self):
        """bodies that are no JSON are refused everywhere, and odd ones break nothing"""
        count = 0
        for each in self.description.operations:
            body = self.description.resolve(each.node.get('requestBody', {}))
            if 'application/json' not in body.get('content', {}):
                continue
            target = each.path.format(**PARAMETERS)
            for who in (None, OWN, REVIEWER):
                person = self.world[who] if who else self.world.nobody
                headers = {'If_Match': '"r1"', 'Idempotency_Key': 'k',
                           'Content_Type': 'application/json'}
                for words, text in NO_JSON.items():
                    answer = person.ask(each.method, target, text, **headers)
                    self.expect(f'{each.name}: {words}', answer, (400, 401, 403, 413))
                    count += 1
                for words, text in ODD_JSON.items():
                    answer = person.ask(each.method, target, text, **headers)
                    self.description.expect(answer)
                    assert 400 <= answer.status < 500 or answer.status == 204, answer
                    count += 1
                most = 16 * KIB if each.access == 'anyone' else 2 * MIB
                answer = person.ask(each.method, target, b' ' * (most + 1), **headers)
                self.expect(f'{each.name}: {most} and a byte', answer, (413,))
        return count

    def records(self):
        """records with too much of anything are refused, by enterprises that may write them"""
        def put(**changes):
            record = self.world.make(**changes)
            return self.world[OWN].ask('PUT', record.path, record.body, If_None_Match='*')
        sample = self.world.make().body
        row = sample['units'][0]
        note = {'rule': 'x', 'pointer': '/project', 'value': '', 'other': '', 'reason': 'x'}
        reply = {'pointer': '/project', 'text': 'x', 'who': 'x', 'at': '2026-01-01T00:00:00Z'}
        for words, answer, statuses in (
                ('300,000 rows', put(units=[{} for _ in range(300_000)]), (400,)),
                ('20,001 notes', put(kept=[note] * 20_001), (400,)),
                ('the same note twice', put(kept=[note, note]), (400,)),
                ('a reply of 2,001 characters',
                 put(replies=[{**reply, 'text': '长' * 2001}]), (400,)),
                ('another uuid', put(uuid='../../etc'), (404,)),
                ('a table that is a string', put(units='x'), (400,)),
                ('a row that is a list', put(units=[[]]), (400,)),
                ('a value that is an object', put(units=[{**row, 'UnitCode': {}}]), (400,)),
                ('rows with one id', put(units=[{**row, 'id': str(uuid.UUID(int=7))}] * 2), (400,)),
                ('an unknown member of 100 levels',
                 put(more=json.loads('[' * 30 + ']' * 30)), (201, 400))):
            self.description.expect(answer)
            self.expect(words, answer, statuses)
        record = self.world.draft()
        for words, answer, statuses in (
                ('2,001 files', self.world.submit(record, self.world.announce(
                    self.world.announce()['files'] * 300)), (400,)),
                ('a key of 201 characters', self.world.submit(record, Idempotency_Key='k' * 201),
                 (400,)),
                ('1,001 sums', self.world[OWN].ask('POST', '/v1/files:have', {
                    'record': record.uuid, 'sha256': ['0' * 64] * 1001}), (400,)),
                ('an If-Match of a megabyte of r',
                 self.world.submit(record, If_Match='"r' + '9' * 4000 + '"'), (412,)),
                ('a page beyond all numbers', self.world.nobody.ask(
                    'GET', '/v1/public/projects?after=99999999999999999999'), (200,)),
                ('a page below zero', self.world.nobody.ask('GET', '/v1/public/projects?before=-1'),
                 (200,)),
                ('a search with % and _', self.world.nobody.ask(
                    'GET', '/v1/public/projects?q=%25_%27%22%5C&grade=%27'), (200,)),
                ('a wait beyond all numbers', self.world[OWN].ask(
                    'GET', '/v1/changes?since=x%00&wait=99999999999999999999'), (410,)),
                ('a name of 101 characters', self.world.nobody.ask('POST', '/v1/session', {
                    'user': 'a' * 101, 'password': 'x'}), (400,)),
                ('a password of 1,001 characters', self.world.nobody.ask('POST', '/v1/session', {
                    'user': 'a', 'password': 'x' * 1001}), (400,)),
                ('a token of 5,000 characters', self.world.nobody.ask(
                    'GET', '/v1/changes', Authorization='Bearer ' + 'x' * 5000), (401,))):
            self.description.expect(answer)
            if statuses != (200,):
                assert answer.status in statuses, f'{words}: {answer}'

    def uploads(self):
        """headers of uploads that are nonsense are refused"""
        record = self.world.draft()
        for words, headers, statuses in (
                ('no number', {'Upload_Length': 'x'}, (400,)),
                ('below zero', {'Upload_Length': '-1'}, (400,)),
                ('nothing', {'Upload_Length': '0'}, (400,)),
                ('beyond all numbers', {'Upload_Length': '9' * 30}, (400, 413)),
                ('a path for a name', {'filename': '../../x'}, (201,)),
                ('metadata that is none', {'Upload_Metadata': 'record,slot'}, (400,)),
                ('metadata twice', {'Upload_Metadata': 'record eA==,record eQ=='}, (400,)),
                ('metadata of 30 KiB', {'Upload_Metadata': 'record ' + 'A' * 30 * KIB}, (400,)),
                ('metadata with NUL', {'Upload_Metadata': 'record AAAA'}, (400,))):
            answer, _ = self.world.upload(record, **headers)
            self.description.expect(answer)
            assert answer.status in statuses, f'{words}: {answer}'
        location, _ = self.world.begun(record)
        for words, offset in (('no number', 'x'), ('below zero', '-1'), ('beyond', '9' * 30)):
            answer = self.world.piece(OWN, location, b'x', offset)
            self.description.expect(answer)
            assert answer.status in (400, 409), f'{words}: {answer}'
        answer = self.world[OWN].ask('HEAD', location, **TUS)
        assert answer.headers['Upload-Offset'] == '0', answer

    def connections(self):
        """hundreds of connections that say nothing keep nobody from being answered"""
        lines = []
        try:
            for number in range(CONNECTIONS):
                line = self.line.connect()
                lines.append(line)
                line.sendall(get(b'/v1/config')[:number % 60])
            answer = self.world[OWN].ask('GET', '/v1/changes')
            assert answer.status == 200, answer
        finally:
            for line in lines:
                line.close()
        token = b'Authorization: Bearer ' + self.world[OWN].token.encode()
        target = b'/v1/records/00000000-0000-4000-8000-000000000001:submit'
        body = b'{"a": [' + b'0,' * 199_000 + b'0]}' + b' ' * MIB
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = pool.map(self.line.send, [
                post(b'Content-Length: %d' % len(body), b'Connection: close', token, body=body,
                     target=target)] * 48)
            for answer in answers:
                self.expect('199,000 numbers, from 16 sides', answer, (404,))

    def breakdown(self):
        """a fault of the server itself is one in words"""
        with self.world.database() as database:
            database.execute('ALTER TABLE listing RENAME TO away')
        try:
            answer = self.world.nobody.ask('GET', '/v1/public/projects')
        finally:
            with self.world.database() as database:
                database.execute('ALTER TABLE away RENAME TO listing')
        self.expect('a table is gone', answer, (500,))
        assert set(answer.json) == {'type', 'title', 'status'}, 'it says more than it should'
        assert self.world.nobody.ask('GET', '/v1/public/projects').status == 200

    def every_route(self):
        """whatever any route may be answered with was seen"""
        missing = set(self.description.every_route) - self.seen
        assert not missing, f'described, and not seen: {sorted(missing)}'

    def memory(self):
        """the server lives, and has not taken more memory than it should"""
        assert self.world.lives(), 'the server is gone'
        status = pathlib.Path(f'/proc/{self.world.pid}/status').read_text(encoding='utf-8')
        most = int(re.search(r'VmHWM:\s+(\d+)', status)[1]) * KIB
        assert most < MOST_MEMORY, f'{most // MIB} MiB at its worst'
        return f'{most // MIB} MiB at its worst'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix='yeji-protocol-') as place, \
            World(arguments.build, f'{place}/province') as world:
        hostility = Hostility(world, Description())
        tests = (hostility.unreadable, hostility.endless, hostility.addresses, hostility.methods,
                 hostility.bodies, hostility.records, hostility.uploads, hostility.connections,
                 hostility.breakdown, hostility.every_route, hostility.memory)
        print(f'1..{len(tests)}')
        for number, test in enumerate(tests, 1):
            try:
                seen = test()
                print(f'ok {number} - {test.__doc__}')
                if seen:
                    print(f'# {seen}')
            except (AssertionError, OSError) as error:
                failed = True
                print(f'not ok {number} - {test.__doc__}')
                print('# ' + f'{type(error).__name__}: {error}'.replace('\n', '\n# '))
    sys.exit(failed)


if __name__ == '__main__':
    main()
