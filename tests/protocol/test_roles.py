# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Every route as everybody, with ids of their own, of others, and of nothing.

What must come of it follows from two tables and nothing else: the server's own table of who may ask
(`yeji-server routes`), and below which thing a route is about and who owns it. Nothing may leak: a
refusal about something that is not there for who asks is word for word that about nothing. Nothing
may change: after a refusal the database and the files are what they were.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from description import Description, Wrong
from world import (ADMINISTRATOR, NO_ID, OTHER, OUTSIDE, OWN, REVIEWER, TUS, UNREGISTERED, Person,
                   World)

NO_RECORD = '00000000-0000-4000-8000-000000000001'
WHO = ('nobody', 'expired', 'made-up', 'refresh', OWN, OTHER, REVIEWER, OUTSIDE, UNREGISTERED,
       ADMINISTRATOR)
ROLES = {OWN: 'enterprise', OTHER: 'enterprise', REVIEWER: 'reviewer', OUTSIDE: 'reviewer',
         UNREGISTERED: 'reviewer', ADMINISTRATOR: 'administrator'}
# The things that ids name; each belongs to OWN and lies in the area of REVIEWER.
THINGS = ('draft', 'submitted', 'withdrawn', 'removed', 'nothing')
GONE = 410, 'removed'

# How a request that is let through would look; {record}, {file} and {other} are ids. It must not
# succeed where it would end the thing that the next one asks about: `past` is what it gets then.
REQUESTS = {
    ('POST', '/v1/session'): dict(body={}, past=400),
    ('GET', '/v1/records/{uuid}'): dict(past=200),
    ('PUT', '/v1/records/{uuid}'): dict(body={}, headers={'If-Match': '"r1"'}, past=409),
    ('DELETE', '/v1/records/{uuid}'): dict(headers={'If-Match': '"r999"'}, past=(409, 412)),
    ('POST', '/v1/records/{uuid}:submit'): dict(
        body={'files': []}, headers={'If-Match': '"r999"', 'Idempotency-Key': 'k'},
        past=(409, 412)),
    ('POST', '/v1/records/{uuid}:withdraw'): dict(
        body={'reason': 'x'}, headers={'If-Match': '"r999"'}, past=(409, 412)),
    ('GET', '/v1/records/{uuid}/receipts'): dict(past=(200, 404)),
    ('POST', '/v1/records/{uuid}:return'): dict(
        body={'message': 'x'}, headers={'If-Match': '"r999"'}, past=412),
    ('POST', '/v1/records/{uuid}:approve'): dict(headers={'If-Match': '"r999"'}, past=412),
    ('GET', '/v1/records/{uuid}/review'): dict(past=200),
    ('POST', '/v1/records/{uuid}:claim'): dict(past=200),
    ('POST', '/v1/records/{uuid}:release'): dict(past=204),
    ('POST', '/v1/records/{uuid}:undo'): dict(headers={'If-Match': '"r999"'}, past=412),
    ('POST', '/v1/records/{uuid}:hand'): dict(
        body={'office': 'x', 'reason': 'x'}, headers={'If-Match': '"r999"'}, past=412),
    ('POST', '/v1/records/{uuid}:regrade'): dict(
        body={'reason': 'x'}, headers={'If-Match': '"r999"'}, past=(409, 412)),
    ('POST', '/v1/records/{uuid}/corrections'): dict(
        body={'reason': 'x', 'changes': [], 'evidence': []},
        headers={'If-Match': '"r999"', 'Idempotency-Key': 'c'}, past=400),
    ('GET', '/v1/records/{uuid}/corrections'): dict(past=200),
    ('POST', '/v1/records/{uuid}:apply-withdrawal'): dict(
        body={'reason': 'x'}, headers={'If-Match': '"r999"', 'Idempotency-Key': 'w'}, past=409),
    ('POST', '/v1/records/{uuid}:revoke'): dict(
        body={'reason': 'x'}, headers={'If-Match': '"r999"'}, past=403),
    ('PUT', '/v1/records/{uuid}/editing'): dict(body={'computer': 'a', 'who': 'x'}, past=204),
    ('DELETE', '/v1/records/{uuid}/editing'): dict(
        target='/v1/records/{uuid}/editing?computer=a', past=204),
    ('POST', '/v1/files'): dict(
        headers={**TUS, 'Upload-Length': '5', 'Upload-Metadata': '{metadata}'}, past=(409, 422)),
    ('HEAD', '/v1/files/{id}'): dict(headers=TUS, past=200),
    ('PATCH', '/v1/files/{id}'): dict(
        body=b'', headers={**TUS, 'Upload-Offset': '99999',
                           'Content-Type': 'application/offset+octet-stream'}, past=(409, 413)),
    ('DELETE', '/v1/files/{id}'): dict(headers={**TUS}, past=None),
    ('GET', '/v1/files/{id}'): dict(past=(200, 404)),
    ('GET', '/v1/files/{id}/thumbnail'): dict(target='/v1/files/{id}/thumbnail?page=0',
                                              past=(400, 404)),
    ('POST', '/v1/files:have'): dict(body={'record': '{record}', 'sha256': []}, past=200),
    ('GET', '/v1/declared/{number}'): dict(target='/v1/declared/2201041603300001', past=200),
    ('GET', '/v1/public/projects/{uuid}'): dict(past=404),
    ('GET', '/projects/{uuid}'): dict(past=404),
    ('GET', '/web/{asset}'): dict(target='/web/desk.css', past=200),
    ('HEAD', '/v1/public/projects/{uuid}'): dict(past=404),
    ('HEAD', '/projects/{uuid}'): dict(past=404),
    ('HEAD', '/web/{asset}'): dict(target='/web/desk.css', past=200),
}
# Routes that are about nobody's things.
PLAIN = {
    ('GET', '/v1/corrections'): 200,
    ('POST', '/v1/corrections/{id}:grant'): 404, ('POST', '/v1/corrections/{id}:refuse'): 404,
    ('POST', '/v1/corrections/{id}:cancel'): 404,
    ('GET', '/v1/qualification-applications'): 200,
    ('POST', '/v1/qualification-applications'): 400,
    ('GET', '/v1/qualification-applications/candidates'): 400,
    ('GET', '/v1/qualification-applications/{uuid}'): 404,
    ('POST', '/v1/qualification-applications/{uuid}:withdraw'): 404,
    ('POST', '/v1/qualification-applications/{uuid}:use'): 404,
    ('GET', '/v1/declared'): 200, ('GET', '/v1/declared/{number}'): 200,
    ('DELETE', '/v1/session'): 204, ('GET', '/v1/config'): 200, ('GET', '/v1/dictionary'): 200,
    ('GET', '/v1/openapi.yaml'): 200, ('GET', '/v1/reviews'): 200, ('GET', '/v1/changes'): 200,
    ('OPTIONS', '/v1/files'): 204, ('OPTIONS', '/v1/files/{id}'): 204,
    ('POST', '/v1/files:batch'): 415,
    ('GET', '/v1/public/projects'): 200, ('GET', '/'): 200,
    ('HEAD', '/v1/public/projects'): 200, ('HEAD', '/'): 200, ('HEAD', '/desk'): 200,
    ('GET', '/v1/account'): 200, ('PATCH', '/v1/account'): 400, ('GET', '/v1/offices'): 200,
    ('GET', '/v1/users'): 200, ('POST', '/v1/users'): 400, ('PATCH', '/v1/users/{name}'): 400,
    ('GET', '/desk'): 200,
    ('GET', '/v1/admin/status'): 200, ('GET', '/healthz'): 200, ('GET', '/readyz'): 200,
    ('GET', '/metrics'): 200,
}
# Who asks before anything is looked up is told the same of every id.
SAME_FOR_ALL = {('PUT', '/v1/records/{uuid}'), ('DELETE', '/v1/records/{uuid}/editing')}


class Stage:
    """The world with the things that ids name."""

    def __init__(self, world):
        self.world = world
        draft, submitted = world.draft(), world.submitted(complete=True)
        withdrawn, removed = world.submitted(complete=True), world.draft()
        withdrawn.take(world[OWN].ask('POST', f'{withdrawn.path}:withdraw', {'reason': 'x'},
                                      If_Match=withdrawn.tag))
        received, back = (each.look().json['files'][0]['id'] for each in (submitted, withdrawn))
        gone = self.last_part(world.document(removed)[0])
        answer = world[OWN].ask('DELETE', removed.path, If_Match=removed.tag)
        assert answer.status == 204, answer
        self.records = {'draft': draft.uuid, 'submitted': submitted.uuid,
                        'withdrawn': withdrawn.uuid, 'removed': removed.uuid, 'nothing': NO_RECORD}
        self.complete = {'draft': self.last_part(world.document(draft)[0]), 'submitted': received,
                         'withdrawn': back, 'removed': gone, 'nothing': NO_ID}
        self.files = {**self.complete, 'draft': self.last_part(world.begun(draft)[0])}
        self.people = {'nobody': Person(world.url), 'made-up': Person(world.url, 'A' * 43),
                       'refresh': Person(world.url, world.sign_in(OWN, 'refresh')),
                       **{name: world[name] for name in ROLES}}
        # last, as every sign-in sweeps away what has expired
        self.people['expired'] = world.expired(OWN)
        self.watcher = world.database()
        self.version = None
        self.last = None

    @staticmethod
    def last_part(address):
        return address.rsplit('/', 1)[1]

    def contents(self):
        """Every file of the server's, but for the database and what it says."""
        return sorted((str(path), path.stat().st_size) for part in ('parts', 'files')
                      for path in (self.world.directory / part).rglob('*') if path.is_file())

    def state(self):
        """All tables; read again only after somebody wrote. And what has come of uploads."""
        version = self.watcher.execute('PRAGMA data_version').fetchone()[0]
        parts = sorted((part.name, part.stat().st_size)
                       for part in os.scandir(self.world.directory / 'parts'))
        if version != self.version:
            tables = [row[0] for row in self.watcher.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]
            self.last = {table: self.watcher.execute(f'SELECT * FROM "{table}"').fetchall()
                         for table in tables}
            self.version = version
        return self.last, parts

    def ask(self, who, route, thing):
        method, path = route
        given = REQUESTS.get(route, {})
        file = (self.files if method in ('HEAD', 'PATCH', 'DELETE') else self.complete)[thing]
        record = self.records[thing]
        metadata = self.world.metadata(record=record, slot='nothing', sha256='0' * 64,
                                       filename='x.pdf', filetype='application/pdf')
        fill = {'uuid': record, 'id': file, 'name': REVIEWER}
        target = given.get('target', path).format(**fill)
        body = given.get('body')
        if isinstance(body, dict):
            body = {name: record if value == '{record}' else value for name, value in body.items()}
        headers = {name: metadata if value == '{metadata}' else value
                   for name, value in given.get('headers', {}).items()}
        return self.people[who].ask(method, target, body, **headers)


CREATION = 'POST', '/v1/files'


def is_there(reach, who, thing, route):
    """Whether something is there for somebody, or the refusal that says that it is not his area."""
    about_file = '/v1/files' in route[1] and 'have' not in route[1] and route != CREATION
    if thing == 'nothing' or (thing == 'removed' and about_file):
        return 404
    if reach == 'own':
        if who != OWN:
            return 404
        return GONE if thing == 'removed' and route != CREATION else True
    if reach == 'area':
        if thing != 'submitted':
            return 404
        return True if who == REVIEWER else (403, 'out-of-area')
    if thing == 'removed':
        return GONE
    # what was never submitted is its enterprise's own document
    return True if thing != 'draft' or not about_file else 404


def expect(route, reach, who, thing):
    """The status, or (status, kind), or several statuses, that somebody must get; and whether what
    the request is about is there for them."""
    role = ROLES.get(who, 'nobody')
    if reach[role] == 'nothing':
        return ((401, 'unauthorised') if role == 'nobody' else (403, 'forbidden')), False
    if reach[role] == 'area' and who == UNREGISTERED:
        return (403, 'unregistered-reviewer'), False
    if route in PLAIN:
        return PLAIN[route], True
    past = REQUESTS[route]['past']
    if reach['nobody'] == 'all' or route in SAME_FOR_ALL:
        return past, False
    found = is_there(reach[role], who, thing, route)
    return (past if found is True else found), found != 404


def fits(answer, expected):
    if expected is None:
        return answer.status < 500
    if isinstance(expected, tuple) and isinstance(expected[-1], str):
        return answer.status == expected[0] and answer.kind in (expected[1], None)
    return answer.status in (expected if isinstance(expected, tuple) else (expected,))


def normal(answer):
    """What of an answer could tell something; the ids are those of the request anyway."""
    hidden = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}')
    headers = sorted((name, value) for name, value in answer.headers.items() if name != 'Date')
    return answer.status, headers, hidden.sub('ID', answer.body.decode(errors='replace'))


def tell(stage, description, routes):
    asked = 0
    contents = stage.contents()
    for each in routes:
        route = each['method'], each['path']
        assert route in REQUESTS or route in PLAIN, f'{route} has no line in {__file__}'
        for who in WHO:
            if route == ('DELETE', '/v1/session') and who not in ('nobody', 'made-up'):
                continue               # it ends the session that all others need
            about_nothing = None
            for thing in reversed(THINGS):
                if route == ('DELETE', '/v1/files/{id}') and who == OWN and thing != 'nothing':
                    continue           # cases.py has it
                before = stage.state()
                answer = stage.ask(who, route, thing)
                expected, there = expect(route, each['reach'], who, thing)
                words = f'{route[0]} {route[1]} as {who} about {thing}'
                description.expect(answer)
                if not fits(answer, expected):
                    raise Wrong(f'{words}: {answer}, not {expected}')
                if answer.status >= 400 and stage.state() != before:
                    raise Wrong(f'{words}: {answer} has changed something')
                if thing == 'nothing':
                    about_nothing = answer
                elif not there and normal(answer) != normal(about_nothing):
                    raise Wrong(f'{words}: {answer} tells it from nothing: {about_nothing}')
                asked += 1
    assert stage.contents() == contents, 'files have changed'
    return asked


def tell_taken(stage):
    """All that an enterprise learns of another: that a uuid is taken, when it takes it."""
    record = stage.world.make(OTHER)
    record.body['uuid'] = stage.records['submitted']
    before = stage.state()
    answer = stage.world[OTHER].ask('PUT', f'/v1/records/{record.body["uuid"]}', record.body,
                                    If_None_Match='*')
    assert answer.status == 403 and set(answer.json) == {'type', 'title', 'status'}, answer
    assert stage.state() == before, 'the refusal has changed something'


def tell_lists(stage):
    """Lists hold what is there for who asks, and nothing else."""
    world = stage.world
    mine = stage.records['submitted']
    theirs = world.submitted(OTHER).uuid
    changes = {who: {each['uuid'] for each in world[who].ask('GET', '/v1/changes').json['changes']}
               for who in (OWN, OTHER)}
    assert mine in changes[OWN] and theirs not in changes[OWN]
    assert theirs in changes[OTHER] and mine not in changes[OTHER]
    waiting = {who: {each['uuid'] for each in world[who].ask('GET', '/v1/reviews').json['reviews']}
               for who in (REVIEWER, OUTSIDE)}
    assert {mine, theirs} <= waiting[REVIEWER] and not waiting[OUTSIDE]
    cursor = world[OWN].ask('GET', '/v1/changes').json['next']
    answer = world[OTHER].ask('GET', f'/v1/changes?since={cursor}')
    assert answer.status == 410 or not answer.json['changes'], answer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    print('1..3')
    with tempfile.TemporaryDirectory(prefix='yeji-protocol-') as place, \
            World(arguments.build, f'{place}/province') as world:
        routes = json.loads(subprocess.run(world.province.command('routes', '--json'), check=True,
                                           capture_output=True, text=True).stdout)
        stage = Stage(world)
        failed = False
        for number, (test, words) in enumerate((
                (lambda: tell(stage, Description(), routes), 'everybody gets to what is theirs'),
                (lambda: tell_taken(stage), 'a uuid that is taken says no more than that'),
                (lambda: tell_lists(stage), 'lists hold what is there for who asks')), 1):
            try:
                count = test()
                print(f'ok {number} - {words}')
                if count:
                    print(f'# {count} requests')
            except (AssertionError, OSError) as error:
                failed = True
                print(f'not ok {number} - {words}')
                print('# ' + str(error).replace('\n', '\n# '))
        stage.watcher.close()
        sys.exit(failed)


if __name__ == '__main__':
    main()
