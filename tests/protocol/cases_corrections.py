# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The cases of applications for approved records, and of revoking."""

import uuid

from cases import case, removed, removed_by, simple
from world import OTHER, OUTSIDE, OWN, REVIEWER

CORRECTIONS = '/v1/records/{uuid}/corrections'
WITHDRAWAL = '/v1/records/{uuid}:apply-withdrawal'
REVOKE = '/v1/records/{uuid}:revoke'
GRANT, REFUSE, CANCEL = (f'/v1/corrections/{{id}}:{verb}' for verb in ('grant', 'refuse', 'cancel'))
DECIDER = 'sheng'
FALSE = {'reason': '合同系伪造（虚构）'}
CHANGED = [{'pointer': '/project/Address', 'after': '示例大街2号（虚构）'}]


def proven(world):
    """An approved record, and the sum of a document that proves something about it."""
    record = world.approved()
    files = record.look().json['files']
    return record, [files[0]['sha256']]


def ask_correction(world, record, evidence, **more):
    headers = {'If_Match': record.tag, 'Idempotency_Key': str(uuid.uuid4())}
    body = {'reason': '门牌号有误（虚构）', 'changes': CHANGED, 'evidence': evidence}
    headers.update({name: value for name, value in more.items() if name in headers})
    body.update({name: value for name, value in more.items() if name in body})
    return world[OWN].ask('POST', f'{record.path}/corrections', body,
                          **{name: value for name, value in headers.items() if value})


def asked(world):
    """An application that waits; the record and its path."""
    record, evidence = proven(world)
    answer = ask_correction(world, record, evidence)
    assert answer.status == 201, answer
    return record, f'/v1/corrections/{answer.json["id"]}'


@case('POST', CORRECTIONS, 201)
def _(world):
    record, evidence = proven(world)
    return ask_correction(world, record, evidence)


@case('POST', CORRECTIONS, 200)
def _(world):
    record, evidence = proven(world)
    first = ask_correction(world, record, evidence, Idempotency_Key='again')
    again = ask_correction(world, record, evidence, Idempotency_Key='again', If_Match='"r1"')
    assert first.json['id'] == again.json['id'], 'it happened twice'
    return again


@case('POST', CORRECTIONS, 400, 'malformed')
def _(world):
    record, evidence = proven(world)
    return ask_correction(world, record, evidence, reason=' ')


@case('POST', CORRECTIONS, 409, 'missing-documents')
def _(world):
    return ask_correction(world, proven(world)[0], ['0' * 64])


@case('POST', CORRECTIONS, 409, 'state')
def _(world):
    return ask_correction(world, world.submitted(complete=True), ['0' * 64])


@case('POST', CORRECTIONS, 409, 'state')
def _(world):
    record, path = asked(world)
    return ask_correction(world, record, ['0' * 64])


@case('POST', CORRECTIONS, 412, 'stale')
def _(world):
    record, evidence = proven(world)
    return ask_correction(world, record, evidence, If_Match='"r999"')


@case('POST', CORRECTIONS, 422, 'invalid')
def _(world):
    record, evidence = proven(world)
    return ask_correction(world, record, evidence,
                          changes=[{'pointer': '/project/Nothing', 'after': 'x'}])


@case('POST', CORRECTIONS, 428, 'precondition-required')
def _(world):
    record, evidence = proven(world)
    return ask_correction(world, record, evidence, If_Match=None)


simple('POST', CORRECTIONS, 404, 'not-found', who=OWN, Idempotency_Key='x',
       body={'reason': 'x'})


@case('GET', CORRECTIONS, 200)
def _(world):
    record, path = asked(world)
    return world[REVIEWER].ask('GET', f'{record.path}/corrections')


@case('GET', CORRECTIONS, 403, 'out-of-area')
def _(world):
    return world[OUTSIDE].ask('GET', f'{world.approved().path}/corrections')


simple('GET', CORRECTIONS, 404, 'not-found', who=OWN)


@case('GET', '/v1/corrections', 200)
def _(world):
    asked(world)
    answer = world[DECIDER].ask('GET', '/v1/corrections?kind=correction')
    assert answer.json['corrections'][0]['may']['decide'], answer
    return answer


simple('GET', '/v1/corrections', 200, who=OWN)
simple('GET', '/v1/corrections', 400, 'malformed', who=OWN, target='/v1/corrections?state=nonsense')


def ask_withdrawal(world, record, **headers):
    given = {'If_Match': record.tag, 'Idempotency_Key': str(uuid.uuid4()), **headers}
    return world[OWN].ask('POST', f'{record.path}:apply-withdrawal', FALSE,
                          **{name: value for name, value in given.items() if value})


@case('POST', WITHDRAWAL, 201)
def _(world):
    return ask_withdrawal(world, world.approved())


@case('POST', WITHDRAWAL, 200)
def _(world):
    record = world.approved()
    ask_withdrawal(world, record, Idempotency_Key='twice')
    return ask_withdrawal(world, record, Idempotency_Key='twice')


@case('POST', WITHDRAWAL, 400, 'malformed')
def _(world):
    return ask_withdrawal(world, world.approved(), Idempotency_Key=None)


@case('POST', WITHDRAWAL, 409, 'state')
def _(world):
    return ask_withdrawal(world, world.submitted())


@case('POST', WITHDRAWAL, 412, 'stale')
def _(world):
    return ask_withdrawal(world, world.approved(), If_Match='"r999"')


@case('POST', WITHDRAWAL, 428, 'precondition-required')
def _(world):
    return ask_withdrawal(world, world.approved(), If_Match=None)


simple('POST', WITHDRAWAL, 404, 'not-found', who=OWN, body=FALSE, Idempotency_Key='y')


@case('POST', CANCEL, 200)
def _(world):
    return world[OWN].ask('POST', f'{asked(world)[1]}:cancel')


@case('POST', CANCEL, 404, 'not-found')
def _(world):
    return world[OTHER].ask('POST', f'{asked(world)[1]}:cancel')


@case('POST', CANCEL, 409, 'state')
def _(world):
    path = asked(world)[1]
    world[DECIDER].ask('POST', f'{path}:refuse', {'message': 'x'})
    return world[OWN].ask('POST', f'{path}:cancel')


for verb_ in ('grant', 'refuse'):
    route_ = f'/v1/corrections/{{id}}:{verb_}'
    simple('POST', route_, 404, 'not-found', who=DECIDER, body={'message': 'x'})

    @case('POST', route_, 200)
    def _(world, verb=verb_):
        return world[DECIDER].ask('POST', f'{asked(world)[1]}:{verb}', {'message': 'x'})

    @case('POST', route_, 403, 'forbidden')
    def _(world, verb=verb_):
        return world[REVIEWER].ask('POST', f'{asked(world)[1]}:{verb}', {'message': 'x'})

    @case('POST', route_, 403, 'out-of-area')
    def _(world, verb=verb_):
        return world[OUTSIDE].ask('POST', f'{asked(world)[1]}:{verb}', {'message': 'x'})

    @case('POST', route_, 409, 'state')
    def _(world, verb=verb_):
        path = asked(world)[1]
        world[OWN].ask('POST', f'{path}:cancel')
        return world[DECIDER].ask('POST', f'{path}:{verb}', {'message': 'x'})

    @case('POST', route_, 400, 'malformed')
    def _(world, verb=verb_):
        return world[DECIDER].ask('POST', f'{asked(world)[1]}:{verb}', {'message': 'x' * 2001})


@case('POST', REFUSE, 400, 'malformed')
def _(world):
    return world[DECIDER].ask('POST', f'{asked(world)[1]}:refuse', {})


@case('POST', GRANT, 422, 'invalid')
def _(world):
    record, path = asked(world)
    with world.database() as database:
        database.execute("UPDATE record SET body = json_set (body, '$.project.Address', 'x')"
                         ' WHERE uuid = ?', [record.uuid])
    return world[DECIDER].ask('POST', f'{path}:grant', {})


def revoke(world, record, who=DECIDER, body=FALSE, **headers):
    given = {'If_Match': record.tag, **headers}
    return world[who].ask('POST', f'{record.path}:revoke', body,
                          **{name: value for name, value in given.items() if value})


@case('POST', REVOKE, 200)
def _(world):
    return revoke(world, world.approved())


@case('POST', REVOKE, 400, 'malformed')
def _(world):
    return revoke(world, world.approved(), body={})


@case('POST', REVOKE, 403, 'forbidden')
def _(world):
    return revoke(world, world.approved(), who=REVIEWER)


@case('POST', REVOKE, 403, 'out-of-area')
def _(world):
    return revoke(world, world.approved(), who=OUTSIDE)


@case('POST', REVOKE, 409, 'state')
def _(world):
    return revoke(world, world.submitted())


@case('POST', REVOKE, 412, 'stale')
def _(world):
    return revoke(world, world.approved(), If_Match='"r999"')


@case('POST', REVOKE, 428, 'precondition-required')
def _(world):
    return revoke(world, world.approved(), If_Match=None)


simple('POST', REVOKE, 404, 'not-found', who=DECIDER, body=FALSE)


@case('POST', WITHDRAWAL, 409, 'missing-documents')
def _(world):
    record = world.approved()
    return world[OWN].ask('POST', f'{record.path}:apply-withdrawal',
                          {**FALSE, 'evidence': ['0' * 64]}, If_Match=record.tag,
                          Idempotency_Key=str(uuid.uuid4()))


@case('GET', CORRECTIONS, 410, 'removed')
def _(world):
    return world[OWN].ask('GET', f'{removed(world).path}/corrections')


@case('POST', CORRECTIONS, 410, 'removed')
def _(world):
    return ask_correction(world, removed(world), ['0' * 64])


case('POST', WITHDRAWAL, 410, 'removed')(lambda world: ask_withdrawal(world, removed(world)))
case('POST', REVOKE, 410, 'removed')(lambda world: revoke(world, removed_by(world)))
