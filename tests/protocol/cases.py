# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""For each route and each status that data/openapi.yaml names, a request that is answered so.

A status without a case fails the test, and so does an answer that is not described.
"""

import base64
import hashlib
import json
import os
import uuid

from world import (ADMINISTRATOR, NO_ID, OTHER, OUTSIDE, OWN, REVIEWER, TUS, UNREGISTERED)

CASES = []
NOBODY_S = str(uuid.UUID(int=1))   # a record that nobody has


def case(method, path, status, kind=None):
    """Makes a function the case of a status, and of a kind of refusal."""
    def keep(function):
        CASES.append((method, path, status, kind, function))
        return function
    return keep


def simple(method, path, status, kind=None, who=None, body=None, target=None, **headers):
    """A case that needs nothing but a request."""
    def ask(world):
        person = world[who] if who else world.nobody
        return person.ask(method, target or path.format(uuid=NOBODY_S, id=NO_ID), body, **headers)
    CASES.append((method, path, status, kind, ask))


# Session and settings

SESSION = '/v1/session'
simple('POST', SESSION, 200, body={'user': OWN, 'password': 'yeji-demo'})
simple('POST', SESSION, 200, body={'user': REVIEWER, 'password': 'yeji-demo'})
simple('POST', SESSION, 400, 'malformed', body={'user': OWN})
simple('POST', SESSION, 401, 'unauthorised', body={'user': OWN, 'password': 'wrong'})
simple('POST', SESSION, 401, 'unauthorised', body={'refresh': 'x'})


@case('POST', SESSION, 200)
def _(world):
    first = world.nobody.ask('POST', SESSION, {'user': OWN, 'password': 'yeji-demo'})
    return world.nobody.ask('POST', SESSION, {'refresh': first.json['refresh']})


@case('POST', SESSION, 429, 'throttled')
def _(world):
    for _ in range(30):
        answer = world.nobody.ask('POST', SESSION, {'user': 'guesser', 'password': 'x'})
        if answer.status != 401:
            break
    with world.database() as database:
        database.execute('DELETE FROM failure')
    return answer


@case('DELETE', SESSION, 204)
def _(world):
    person = world.expired(OWN)
    person.token = world.sign_in(OWN)
    return person.ask('DELETE', SESSION)


simple('DELETE', SESSION, 204)
simple('GET', '/v1/config', 200)
simple('GET', '/v1/openapi.yaml', 200)
simple('GET', '/v1/dictionary', 200)


@case('GET', '/v1/dictionary', 304)
def _(world):
    tag = world.nobody.ask('GET', '/v1/dictionary').headers['ETag']
    return world.nobody.ask('GET', '/v1/dictionary', If_None_Match=tag)


# Who may ask: the same for every route of an access. The rest is in test_roles.py.

SIGNED_IN = (
    ('GET', '/v1/records/{uuid}'), ('GET', '/v1/records/{uuid}/receipts'),
    ('GET', '/v1/files/{id}'), ('GET', '/v1/files/{id}/thumbnail'), ('POST', '/v1/files:have'),
    ('GET', '/v1/qualification-applications'), ('GET', '/v1/qualification-applications/{uuid}'),
    ('GET', '/v1/records/{uuid}/corrections'), ('GET', '/v1/corrections'),
)
ENTERPRISE = (
    ('PUT', '/v1/records/{uuid}'), ('POST', '/v1/records/{uuid}:submit'), ('GET', '/v1/changes'),
    ('POST', '/v1/records/{uuid}:withdraw'), ('DELETE', '/v1/records/{uuid}'),
    ('POST', '/v1/files'), ('HEAD', '/v1/files/{id}'), ('PATCH', '/v1/files/{id}'),
    ('DELETE', '/v1/files/{id}'), ('POST', '/v1/files:batch'),
    ('PUT', '/v1/records/{uuid}/editing'),
    ('DELETE', '/v1/records/{uuid}/editing'), ('POST', '/v1/qualification-applications'),
    ('GET', '/v1/qualification-applications/candidates'),
    ('POST', '/v1/qualification-applications/{uuid}:withdraw'),
    ('POST', '/v1/records/{uuid}/corrections'), ('POST', '/v1/records/{uuid}:apply-withdrawal'),
    ('POST', '/v1/corrections/{id}:cancel'),
)
REVIEWERS = (
    ('POST', '/v1/records/{uuid}:return'), ('POST', '/v1/records/{uuid}:approve'),
    ('GET', '/v1/reviews'), ('GET', '/v1/records/{uuid}/review'),
    ('POST', '/v1/records/{uuid}:claim'), ('POST', '/v1/records/{uuid}:release'),
    ('POST', '/v1/records/{uuid}:hand'), ('POST', '/v1/records/{uuid}:undo'),
    ('POST', '/v1/records/{uuid}:regrade'), ('POST', '/v1/qualification-applications/{uuid}:use'),
    ('POST', '/v1/records/{uuid}:revoke'), ('POST', '/v1/corrections/{id}:grant'),
    ('POST', '/v1/corrections/{id}:refuse'),
)
for method_, path_ in (*SIGNED_IN, *ENTERPRISE, *REVIEWERS):
    simple(method_, path_, 401, 'unauthorised')
for method_, path_ in (*SIGNED_IN, *REVIEWERS):
    simple(method_, path_, 403, 'unregistered-reviewer', who=UNREGISTERED)
for method_, path_ in (*ENTERPRISE, *REVIEWERS):
    simple(method_, path_, 403, 'forbidden', who=ADMINISTRATOR)

# Records

RECORD = '/v1/records/{uuid}'
simple('GET', RECORD, 404, 'not-found', who=OWN)


@case('GET', RECORD, 200)
def _(world):
    return world.draft().look()


@case('GET', RECORD, 200)
def _(world):
    record = world.approved()
    return record.look(REVIEWER)


@case('GET', RECORD, 403, 'out-of-area')
def _(world):
    return world[OUTSIDE].ask('GET', world.submitted().path)


@case('PUT', RECORD, 201)
def _(world):
    record = world.make()
    return world[OWN].ask('PUT', record.path, record.body, If_None_Match='*')


@case('PUT', RECORD, 200)
def _(world):
    record = world.draft()
    return world[OWN].ask('PUT', record.path, {**record.body, 'role': 'design'},
                          If_Match=record.tag)


@case('PUT', RECORD, 200)
def _(world):
    record = world.draft()
    return world[OWN].ask('PUT', record.path, record.body, If_None_Match='*')


@case('PUT', RECORD, 201)
def _(world):
    record = world.make()
    answer = world[OWN].ask('PUT', record.path, record.body, If_None_Match='*',
                            Prefer='return=minimal')
    assert not answer.body and answer.headers['Preference-Applied'] == 'return=minimal'
    return answer


@case('PUT', RECORD, 400, 'malformed')
def _(world):
    record = world.make()
    return world[OWN].ask('PUT', record.path, {**record.body, 'uuid': NOBODY_S}, If_None_Match='*')


@case('PUT', RECORD, 403, 'forbidden')
def _(world):
    record = world.draft()
    return world[OTHER].ask('PUT', record.path, record.body, If_None_Match='*')


@case('PUT', RECORD, 404, 'not-found')
def _(world):
    record = world.make()
    return world[OWN].ask('PUT', record.path, record.body, If_Match='"r1"')


@case('PUT', RECORD, 409, 'state')
def _(world):
    record = world.submitted()
    return world[OWN].ask('PUT', record.path, {**record.body, 'role': 'design'},
                          If_Match=record.tag)


@case('PUT', RECORD, 409, 'dictionary')
def _(world):
    record = world.make(dictionary='1999.1-1')
    return world[OWN].ask('PUT', record.path, record.body, If_None_Match='*')


@case('PUT', RECORD, 412, 'stale')
def _(world):
    record = world.draft()
    return world[OWN].ask('PUT', record.path, {**record.body, 'role': 'design'}, If_Match='"r999"')


@case('PUT', RECORD, 428, 'precondition-required')
def _(world):
    record = world.make()
    return world[OWN].ask('PUT', record.path, record.body)


# Submitting

SUBMIT = '/v1/records/{uuid}:submit'
simple('POST', SUBMIT, 404, 'not-found', who=OWN, body={'files': []})


@case('POST', SUBMIT, 200)
def _(world):
    return world.submit(world.draft())


@case('POST', SUBMIT, 200)
def _(world):
    record = world.draft()
    body, headers = world.announce(), {'If_Match': record.tag, 'Idempotency_Key': str(uuid.uuid4())}
    first = world.submit(record, body, **headers)
    again = world.submit(record, body, **headers)
    assert first.json == again.json, 'the same key got another answer'
    return again


@case('POST', SUBMIT, 400, 'malformed')
def _(world):
    record = world.draft()
    return world[OWN].ask('POST', f'{record.path}:submit', world.announce(), If_Match=record.tag)


@case('POST', SUBMIT, 409, 'missing-documents')
def _(world):
    record = world.draft()
    return world.submit(record, {'files': world.announce()['files']})


@case('POST', SUBMIT, 409, 'state')
def _(world):
    return world.submit(world.submitted())


@case('POST', SUBMIT, 409, 'dictionary')
def _(world):
    record = world.draft()
    with world.database() as database:
        database.execute("UPDATE record SET body = json_set (body, '$.dictionary', '1999.1-1'),"
                         " sent_hash = 'older' WHERE uuid = ?", [record.uuid])
    return world.submit(record)


@case('POST', SUBMIT, 412, 'stale')
def _(world):
    return world.submit(world.draft(), If_Match='"r999"')


@case('POST', SUBMIT, 422, 'invalid')
def _(world):
    record = world.make()
    del record.body['project']['PrjName']
    record.take(world[OWN].ask('PUT', record.path, record.body, If_None_Match='*'))
    return world.submit(record)


@case('POST', SUBMIT, 428, 'precondition-required')
def _(world):
    record = world.draft()
    return world[OWN].ask('POST', f'{record.path}:submit', world.announce(),
                          Idempotency_Key=str(uuid.uuid4()))


RECEIPTS = '/v1/records/{uuid}/receipts'
simple('GET', RECEIPTS, 404, 'not-found', who=OWN)


@case('GET', RECEIPTS, 200)
def _(world):
    return world[OWN].ask('GET', f'{world.submitted().path}/receipts')


@case('GET', RECEIPTS, 200)
def _(world):
    return world[REVIEWER].ask('GET', f'{world.submitted(complete=True).path}/receipts')


@case('GET', RECEIPTS, 403, 'out-of-area')
def _(world):
    return world[OUTSIDE].ask('GET', f'{world.submitted().path}/receipts')


@case('GET', RECEIPTS, 404, 'not-found')
def _(world):
    return world[OWN].ask('GET', f'{world.draft().path}/receipts')


# Taking back

WITHDRAW = '/v1/records/{uuid}:withdraw'
REASON = {'reason': '金额有误，重新填写。'}
simple('POST', WITHDRAW, 404, 'not-found', who=OWN, body=REASON, If_Match='"r1"')


def removed_by(world):
    """One that was submitted once, so that reviewers are told that it is gone."""
    record = world.returned()
    answer = world[OWN].ask('DELETE', record.path, If_Match=record.tag)
    assert answer.status == 204, answer
    return record


def removed(world):
    record = world.draft()
    answer = world[OWN].ask('DELETE', record.path, If_Match=record.tag)
    assert answer.status == 204, answer
    return record


@case('POST', WITHDRAW, 200)
def _(world):
    record = world.submitted()
    return world[OWN].ask('POST', f'{record.path}:withdraw', REASON, If_Match=record.tag)


@case('POST', WITHDRAW, 400, 'malformed')
def _(world):
    record = world.submitted()
    return world[OWN].ask('POST', f'{record.path}:withdraw', {}, If_Match=record.tag)


@case('POST', WITHDRAW, 409, 'state')
def _(world):
    record = world.draft()
    return world[OWN].ask('POST', f'{record.path}:withdraw', REASON, If_Match=record.tag)


@case('POST', WITHDRAW, 410, 'removed')
def _(world):
    record = removed(world)
    return world[OWN].ask('POST', f'{record.path}:withdraw', REASON, If_Match=record.tag)


@case('POST', WITHDRAW, 412, 'stale')
def _(world):
    record = world.submitted()
    return world[OWN].ask('POST', f'{record.path}:withdraw', REASON, If_Match='"r999"')


@case('POST', WITHDRAW, 428, 'precondition-required')
def _(world):
    return world[OWN].ask('POST', f'{world.submitted().path}:withdraw', REASON)


simple('DELETE', RECORD, 404, 'not-found', who=OWN, If_Match='"r1"')


@case('DELETE', RECORD, 204)
def _(world):
    record = world.draft()
    return world[OWN].ask('DELETE', record.path, If_Match=record.tag)


@case('DELETE', RECORD, 204)
def _(world):
    record = removed(world)
    return world[OWN].ask('DELETE', record.path, If_Match=record.tag)


@case('DELETE', RECORD, 409, 'state')
def _(world):
    record = world.submitted()
    return world[OWN].ask('DELETE', record.path, If_Match=record.tag)


@case('DELETE', RECORD, 410, 'removed')
def _(world):
    return world[OWN].ask('DELETE', removed(world).path, If_Match='"r999"')


@case('DELETE', RECORD, 412, 'stale')
def _(world):
    return world[OWN].ask('DELETE', world.draft().path, If_Match='"r999"')


@case('DELETE', RECORD, 428, 'precondition-required')
def _(world):
    return world[OWN].ask('DELETE', world.draft().path)


@case('GET', RECORD, 410, 'removed')
def _(world):
    return world[OWN].ask('GET', removed(world).path)


@case('PUT', RECORD, 410, 'removed')
def _(world):
    record = removed(world)
    return world[OWN].ask('PUT', record.path, record.body, If_Match=record.tag)


@case('PUT', RECORD, 201)
def _(world):
    record = removed(world)
    return world[OWN].ask('PUT', record.path, record.body, If_None_Match='*')


@case('POST', SUBMIT, 410, 'removed')
def _(world):
    return world.submit(removed(world))


@case('GET', RECEIPTS, 410, 'removed')
def _(world):
    return world[OWN].ask('GET', f'{removed(world).path}/receipts')


# Presence

EDITING = '/v1/records/{uuid}/editing'
EDITOR = {'computer': 'a-computer', 'who': '张经办'}
simple('PUT', EDITING, 404, 'not-found', who=OWN, body=EDITOR)
simple('DELETE', EDITING, 204, who=OWN, target=f'/v1/records/{NOBODY_S}/editing?computer=a')
simple('DELETE', EDITING, 400, 'malformed', who=OWN)


def edit(world, record, body):
    return world[OWN].ask('PUT', f'{record.path}/editing', body)


case('PUT', EDITING, 204)(lambda world: edit(world, world.draft(), EDITOR))
case('PUT', EDITING, 400, 'malformed')(
    lambda world: edit(world, world.draft(), {**EDITOR, 'computer': 'a' * 65}))
case('PUT', EDITING, 400, 'malformed')(
    lambda world: edit(world, world.draft(), {**EDITOR, 'who': '长' * 101}))
case('PUT', EDITING, 410, 'removed')(lambda world: edit(world, removed(world), EDITOR))


@case('GET', '/v1/changes', 200)
def _(world):
    record = world.draft()
    edit(world, record, EDITOR)
    seen = world[OWN].ask('GET', '/v1/changes?computer=another').json['editing']
    assert record.uuid in {each['uuid'] for each in seen}, seen
    return world[OWN].ask('GET', '/v1/changes?computer=a-computer')


# Changes

CHANGES = '/v1/changes'
simple('GET', CHANGES, 200, who=OTHER)
simple('GET', CHANGES, 410, 'stale', who=OWN, target='/v1/changes?since=deadbeef-7')


@case('GET', CHANGES, 200)
def _(world):
    world.returned()
    world.approved()
    world.submitted()
    return world[OWN].ask('GET', CHANGES)


# Files

FILES, FILE = '/v1/files', '/v1/files/{id}'
simple('OPTIONS', FILES, 204)
simple('OPTIONS', FILE, 204)
for method_ in ('HEAD', 'PATCH', 'DELETE'):
    simple(method_, FILE, 412, 'malformed', who=OWN)
    simple(method_, FILE, 404, 'not-found', who=OWN, Upload_Offset='0',
           Content_Type='application/offset+octet-stream', **{'Tus-Resumable': '1.0.0'})
    simple(method_, FILE, 412, 'malformed', who=OWN, **{'Tus-Resumable': '0.2.2'})


def create(world, record=None, **given):
    return world.upload(record or world.draft(), **given)[0]


def checksum(content):
    return f'sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}'


PDF = b'%PDF-1.7\n' + bytes(500)
case('POST', FILES, 201)(lambda world: create(world))
case('POST', FILES, 201)(lambda world: create(world, send=10_000))
case('POST', FILES, 400, 'malformed')(lambda world: create(world, Upload_Length=None))
case('POST', FILES, 400, 'malformed')(lambda world: create(world, Upload_Metadata='%%%'))
case('POST', FILES, 400, 'malformed')(lambda world: create(world, filename='长' * 256))
case('POST', FILES, 400, 'malformed')(lambda world: create(world, Upload_Checksum='md5 AAAA'))
case('POST', FILES, 404, 'not-found')(lambda world: create(world, world.make()))
case('POST', FILES, 409, 'state')(lambda world: create(world, world.approved()))
case('POST', FILES, 412, 'malformed')(lambda world: create(world, Tus_Resumable=None))
case('POST', FILES, 413, 'too-large')(lambda world: create(world, Upload_Length='99999999999'))
case('POST', FILES, 415, 'malformed')(
    lambda world: create(world, content=PDF, send=100, Content_Type='application/json'))
case('POST', FILES, 422, 'invalid')(lambda world: create(world, slot='nothing'))
case('POST', FILES, 422, 'invalid')(lambda world: create(world, content=b'no PDF', send=10))
case('POST', FILES, 460, 'checksum')(
    lambda world: create(world, content=PDF, send=100, Upload_Checksum=checksum(b'other')))


@case('POST', FILES, 460, 'invalid')
def _(world):
    record = world.draft()
    said = world.metadata(record=record.uuid, slot='contract', sha256='0' * 64,
                          filename='scan.pdf', filetype='application/pdf')
    return create(world, record, content=PDF, send=len(PDF), Upload_Metadata=said)


@case('POST', FILES, 507, 'quota')
def _(world):
    # as if the other enterprise had as much as there may be
    record = world.draft(OTHER)
    with world.database() as database:
        database.execute('INSERT OR REPLACE INTO usage VALUES (?, ?)',
                         ['91220000MA0000001X', 53687091200])
    answer = create(world, record)
    with world.database() as database:
        database.execute('DELETE FROM usage WHERE enterprise = ?', ['91220000MA0000001X'])
    return answer


def expire(world, location):
    with world.database() as database:
        database.execute("UPDATE file SET expires_at = '2020-01-01T00:00:00.000Z' WHERE id = ?",
                         [location.rsplit('/', 1)[1]])
    return location


@case('HEAD', FILE, 200)
def _(world):
    return world[OWN].ask('HEAD', world.begun(world.draft())[0], **TUS)


@case('HEAD', FILE, 200)
def _(world):
    answer = world[OWN].ask('HEAD', world.document(world.draft())[0], **TUS)
    assert answer.headers['Upload-Offset'] == answer.headers['Upload-Length']
    return answer


for method_ in ('HEAD', 'DELETE'):
    case(method_, FILE, 410, 'expired')(
        lambda world, method=method_: world[OWN].ask(
            method, expire(world, world.begun(world.draft())[0]), **TUS))


def send(world, content=None, offset=0, cut=None, **headers):
    location, content = world.begun(world.draft(), content)
    return world.piece(OWN, location, content[:cut], offset, **headers)


@case('PATCH', FILE, 204)
def _(world):
    answer = send(world, cut=100)
    assert answer.headers['Upload-Expires'], 'an upload that is not complete expires'
    return answer


case('PATCH', FILE, 204)(send)
case('PATCH', FILE, 400, 'malformed')(lambda world: send(world, Upload_Offset=None))
case('PATCH', FILE, 409, 'state')(lambda world: send(world, offset=7, cut=100))
case('PATCH', FILE, 415, 'malformed')(lambda world: send(world, Content_Type='text/plain'))
case('PATCH', FILE, 422, 'invalid')(lambda world: send(world, b'no PDF'))
case('PATCH', FILE, 460, 'checksum')(
    lambda world: send(world, cut=100, Upload_Checksum=checksum(b'other')))


@case('PATCH', FILE, 410, 'expired')
def _(world):
    location, content = world.begun(world.draft())
    return world.piece(OWN, expire(world, location), content)


@case('PATCH', FILE, 413, 'too-large')
def _(world):
    location, content = world.begun(world.draft())
    return world.piece(OWN, location, content + b'more')


@case('PATCH', FILE, 460, 'invalid')
def _(world):
    location, content = world.begun(world.draft())
    return world.piece(OWN, location, content[:-1] + bytes([content[-1] ^ 1]))


@case('DELETE', FILE, 204)
def _(world):
    return world[OWN].ask('DELETE', world.document(world.draft())[0], **TUS)


@case('DELETE', FILE, 409, 'state')
def _(world):
    record = world.approved()
    found = record.look().json['files'][0]['id']
    return world[OWN].ask('DELETE', f'/v1/files/{found}', **TUS)


simple('GET', FILE, 404, 'not-found', who=OWN)
THUMBNAIL = '/v1/files/{id}/thumbnail'
simple('GET', THUMBNAIL, 404, 'not-found', who=OWN)


@case('GET', FILE, 200)
def _(world):
    answer = world[OWN].ask('GET', world.document(world.draft(), content=PDF)[0])
    assert answer.body == PDF
    return answer


@case('GET', FILE, 206)
def _(world):
    answer = world[OWN].ask('GET', world.document(world.draft(), content=PDF)[0],
                            Range='bytes=1-3')
    assert answer.body == PDF[1:4]
    return answer


@case('GET', FILE, 304)
def _(world):
    return world[OWN].ask('GET', world.document(world.draft())[0], If_None_Match='*')


@case('GET', FILE, 416, 'malformed')
def _(world):
    return world[OWN].ask('GET', world.document(world.draft())[0], Range='bytes=99999-')


def received(world):
    record = world.submitted(complete=True)
    return f'/v1/files/{record.look().json["files"][0]["id"]}'


case('GET', FILE, 403, 'out-of-area')(lambda world: world[OUTSIDE].ask('GET', received(world)))
case('GET', FILE, 200)(lambda world: world[REVIEWER].ask('GET', received(world)))
case('GET', THUMBNAIL, 403, 'out-of-area')(
    lambda world: world[OUTSIDE].ask('GET', f'{received(world)}/thumbnail'))


@case('GET', THUMBNAIL, 200)
def _(world):
    if world.painter is None:
        return None                    # nobody here draws thumbnails
    world, scan = world.painter
    location, _ = world.document(world.draft(), content=scan)
    return world[OWN].ask('GET', f'{location}/thumbnail?page=1')


@case('GET', THUMBNAIL, 400, 'malformed')
def _(world):
    location, _ = world.document(world.draft())
    return world[OWN].ask('GET', f'{location}/thumbnail?page=0')


@case('GET', THUMBNAIL, 404, 'not-found')
def _(world):
    location, _ = world.document(world.draft(), content=b'%PDF-1.7\n' + os.urandom(99))
    return world[OWN].ask('GET', f'{location}/thumbnail?page=1')


BATCH = '/v1/files:batch'
BATCH_TYPE = 'application/vnd.yeji.batch.v1'
simple('POST', BATCH, 415, 'malformed', who=OWN)
simple('POST', BATCH, 400, 'malformed', who=OWN, body=b'\0\0\0\2[]', Content_Type=BATCH_TYPE)
simple('POST', BATCH, 415, 'malformed', who=OWN, body=b'\0\0\0\2[]',
       Content_Type='application/vnd.yeji.batch.v9')


def send_batch(world, record, *contents, said=None):
    files = [{'length': said or len(content),
              'metadata': world.metadata(record=record.uuid, slot='contract',
                                         sha256=hashlib.sha256(content).hexdigest(),
                                         filename='scan.pdf', filetype='application/pdf')}
             for content in contents]
    listed = json.dumps({'files': files}).encode()
    return world[OWN].ask('POST', BATCH,
                          len(listed).to_bytes(4, 'big') + listed + b''.join(contents),
                          Content_Type=BATCH_TYPE)


@case('POST', BATCH, 200)
def _(world):
    answer = send_batch(world, world.draft(), b'%PDF-1.7\n' + os.urandom(400),
                        b'<html>' + os.urandom(400), b'%PDF-1.7\n' + os.urandom(40_000))
    assert [file['status'] for file in answer.json['files']] == [201, 422, 201]
    return answer


@case('POST', BATCH, 413, 'too-large')
def _(world):
    return send_batch(world, world.draft(), b'%PDF-1.7\n', said=16 * 1024 * 1024 + 1)


HAVE = '/v1/files:have'
simple('POST', HAVE, 400, 'malformed', who=OWN, body={'record': NOBODY_S})
simple('POST', HAVE, 404, 'not-found', who=OWN, body={'record': NOBODY_S, 'sha256': []})


@case('POST', HAVE, 200)
def _(world):
    record = world.draft()
    sha256 = world.document(record)[1]['sha256']
    answer = world[OWN].ask('POST', HAVE, {'record': record.uuid, 'sha256': [sha256, '0' * 64]})
    assert answer.json['have'] == [sha256]
    return answer


@case('POST', HAVE, 403, 'out-of-area')
def _(world):
    return world[OUTSIDE].ask('POST', HAVE, {'record': world.submitted().uuid, 'sha256': []})


@case('POST', HAVE, 410, 'removed')
def _(world):
    return world[OWN].ask('POST', HAVE, {'record': removed(world).uuid, 'sha256': []})
