# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A real yeji-server with people of every role, and records and documents in every state."""

import base64
import hashlib
import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import urllib.parse
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import PASSWORD, Province  # noqa: E402

# Who is who; `demo` makes some of them. The samples of the area 220104 are the city's, not Jilin's.
OWN, OTHER = 'qiye', 'qita'
REVIEWER, OUTSIDE, UNREGISTERED = 'shi', 'jilinshi', 'weidengji'
ADMINISTRATOR = 'guanli'
ADDED = (
    (OTHER, '--role', 'enterprise', '--display-name', '李经办', '--enterprise', '另一示例有限公司',
     '--code', '91220000MA0000001X'),
    (OUTSIDE, '--role', 'reviewer', '--display-name', '钱审核', '--office', '220200',
     '--department', '建筑业管理处'),
)
SLOTS = ('project_approval', 'award_notice', 'review_certificate', 'contract',
         'construction_permit', 'acceptance_report', 'completion_filing')
NO_ID = '0' * 32
TUS = {'Tus-Resumable': '1.0.0'}


class Answer:
    """What the server said to a request, with the request's method and path."""

    def __init__(self, method, path, status, headers, body):
        self.method = method
        self.path = path
        self.status = status
        self.headers = headers
        self.body = body
        self.sent = None               # as it was given: bytes, or what became JSON
        self.sent_headers = {}

    @property
    def type(self):
        return (self.headers.get('Content-Type') or '').split(';')[0].strip()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        """The kind of a refusal, nothing for what is none."""
        if self.type != 'application/problem+json' or not self.body:
            return None
        return self.json['type'].rsplit(':', 1)[1]

    def __repr__(self):
        text = self.body[:160].decode(errors='replace')
        return f'<{self.method} {self.path}: {self.status} {text}>'


class Person:
    """Somebody who asks, signed in or not, over one connection."""

    def __init__(self, url, token=None):
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        self.token = token

    def ask(self, method, path, body=None, **headers):
        """Asks; a body that is no bytes is sent as JSON, header names have underscores."""
        given = {name.replace('_', '-'): value for name, value in headers.items()}
        given.setdefault('Accept-Language', 'en')
        sent = body
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            given.setdefault('Content-Type', 'application/json')
        if self.token and 'Authorization' not in given:
            given['Authorization'] = f'Bearer {self.token}'
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, body, given)
                answer = self.connection.getresponse()
                told = Answer(method, path, answer.status, answer.headers, answer.read())
                told.sent, told.sent_headers = sent, given
                return told
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection.close()   # an idle connection that the server has ended
                if attempt == 2:
                    raise


class Record:
    """A record at the province, as its enterprise knows it."""

    def __init__(self, world, who, body):
        self.world = world
        self.who = who
        self.body = body
        self.uuid = body['uuid']
        self.path = f'/v1/records/{self.uuid}'
        self.tag = None

    def take(self, answer):
        """Keeps the entity tag of an answer that has to be good."""
        assert answer.status in (200, 201), answer
        self.tag = answer.headers['ETag']
        return answer

    def look(self, who=None):
        return self.take(self.world[who or self.who].ask('GET', self.path))


class World:
    """The server and everybody in it. `world[name]` is a person who is signed in."""

    def __init__(self, build, directory, examiner=None, settings=None):
        environment = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}
        environment['YEJI_EXAMINER'] = str(examiner or 'nowhere')
        self.programs = Programs(build, HERE.parent.parent, environment)
        self.province = Province(self.programs, directory)
        self.directory = self.province.directory
        for arguments in ADDED:
            subprocess.run(self.province.command('user', 'add', *arguments), check=True,
                           env=self.programs.environment, capture_output=True, text=True,
                           input=f'{PASSWORD}\n')
        if settings:
            self.province.keep(settings(self.province.settings()))
        self.url = self.province.start()
        self.people = {}
        self.nobody = Person(self.url)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for person in (self.nobody, *self.people.values()):
            person.connection.close()
        self.province.stop()

    def __getitem__(self, name):
        if name not in self.people:
            self.people[name] = Person(self.url, self.sign_in(name))
        return self.people[name]

    def sign_in(self, name, which='access'):
        """Begins a session; returns one of its tokens."""
        answer = self.nobody.ask('POST', '/v1/session', {'user': name, 'password': PASSWORD})
        assert answer.status == 200, answer
        return answer.json[which]

    def expired(self, name):
        """Somebody whose access token was good once."""
        token = self.sign_in(name)
        with self.database() as database:
            database.execute('UPDATE token SET expires = 1 WHERE hash = ?',
                             [hashlib.sha256(token.encode()).hexdigest()])
        return Person(self.url, token)

    def database(self):
        """The server's own, beside the server."""
        return sqlite3.connect(self.directory / 'province.db', timeout=20)

    def declare(self, number, name, system='permit'):
        """Another system has a project of that number from now on."""
        path = self.directory / 'declared-elsewhere.json'
        path.write_text(json.dumps([{'number': number, 'name': name}]), encoding='utf-8')
        subprocess.run(self.province.command('import-declared', system, str(path)), check=True,
                       env=self.programs.environment, capture_output=True)

    @property
    def pid(self):
        return self.province.process.pid

    def lives(self):
        """Whether the server answers and is the one that was started."""
        return (self.province.process.poll() is None
                and Person(self.url).ask('GET', '/v1/config').status == 200)

    # Records

    def make(self, who=OWN, **changes):
        """A record that the province does not know yet."""
        body = self.programs.sample('complete-construction')
        body['uuid'] = str(uuid.uuid4())
        return Record(self, who, {**body, **changes})

    def draft(self, who=OWN, **changes):
        record = self.make(who, **changes)
        record.take(self[who].ask('PUT', record.path, record.body, If_None_Match='*'))
        return record

    def announce(self, files=None):
        """The list of documents of a submission; by default all that the role needs, to follow."""
        if files is None:
            files = [{'slot': slot, 'sha256': hashlib.sha256(slot.encode()).hexdigest(),
                      'filename': f'{slot}.pdf'} for slot in SLOTS]
        return {'files': files, 'files_follow': True}

    def submit(self, record, body=None, **headers):
        headers.setdefault('If_Match', record.tag)
        headers.setdefault('Idempotency_Key', str(uuid.uuid4()))
        return self[record.who].ask('POST', f'{record.path}:submit', body or self.announce(),
                                    **headers)

    def submitted(self, who=OWN, complete=False):
        """A submitted record; a complete one has its documents."""
        record = self.draft(who)
        files = None
        if complete:
            files = [self.document(record, slot)[1] for slot in SLOTS]
        record.take(self.submit(record, self.announce(files)))
        return record

    def returned(self, who=OWN):
        record = self.submitted(who)
        record.take(self[REVIEWER].ask('POST', f'{record.path}:return', {'message': '请核对。'},
                                       If_Match=record.tag))
        return record

    def approved(self, who=OWN):
        record = self.submitted(who, complete=True)
        record.take(self[REVIEWER].ask('POST', f'{record.path}:approve', {}, If_Match=record.tag))
        return record

    # Documents

    @staticmethod
    def metadata(**values):
        return ','.join(f'{name} {base64.b64encode(value.encode()).decode()}'
                        for name, value in values.items())

    def upload(self, record, slot='contract', content=None, send=None, filename='scan.pdf',
               **headers):
        """Announces a document and sends so much of it as `send` says, None for nothing."""
        content = content or b'%PDF-1.7\n' + os.urandom(400)
        sha256 = hashlib.sha256(content).hexdigest()
        given = {**TUS, 'Upload-Length': str(len(content)),
                 'Upload-Metadata': self.metadata(record=record.uuid, slot=slot, sha256=sha256,
                                                  filename=filename, filetype='application/pdf')}
        given.update({name.replace('_', '-'): value for name, value in headers.items()})
        piece = None if send is None else content[:send]
        if piece:
            given.setdefault('Content-Type', 'application/offset+octet-stream')
        given = {name: value for name, value in given.items() if value is not None}
        return self[record.who].ask('POST', '/v1/files', piece, **given), content

    def begun(self, record, content=None):
        """An upload that is announced, and nothing more: its address and its content."""
        answer, content = self.upload(record, content=content)
        assert answer.status == 201, answer
        return answer.headers['Location'], content

    def document(self, record, slot='contract', content=None):
        """A document that is received: its address, and what a submission says of it."""
        content = content or b'%PDF-1.7\n' + os.urandom(400)
        answer, _ = self.upload(record, slot, content, len(content))
        assert answer.status == 201, answer
        return (answer.headers['Location'],
                {'slot': slot, 'sha256': hashlib.sha256(content).hexdigest(),
                 'filename': 'scan.pdf'})

    def piece(self, who, location, content, offset=0, **headers):
        given = {**TUS, 'Upload-Offset': str(offset),
                 'Content-Type': 'application/offset+octet-stream'}
        given.update({name.replace('_', '-'): value for name, value in headers.items()})
        given = {name: value for name, value in given.items() if value is not None}
        return self[who].ask('PATCH', location, content, **given)
