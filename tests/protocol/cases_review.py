# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cases of reviewers, of accounts and of offices; see cases.py."""

import urllib.parse
import uuid

from cases import case, removed_by, simple
from world import ADMINISTRATOR, OUTSIDE, OWN, REVIEWER, UNREGISTERED

STAFF = (('PATCH', '/v1/account'), ('GET', '/v1/offices'))
ADMINISTRATORS = (('GET', '/v1/users'), ('POST', '/v1/users'), ('PATCH', '/v1/users/{name}'))
for method_, path_ in (*STAFF, *ADMINISTRATORS, ('GET', '/v1/account')):
    simple(method_, path_, 401, 'unauthorised', target=path_.format(name=REVIEWER))
for method_, path_ in (*STAFF, *ADMINISTRATORS):
    simple(method_, path_, 403, 'forbidden', who=OWN, target=path_.format(name=REVIEWER))

# Review

RETURN, APPROVE = '/v1/records/{uuid}:return', '/v1/records/{uuid}:approve'
POINT = {'points': [{'pointer': '/project/PrjName', 'comment': '与合同不一致。'}]}


def decide(world, verb, body, record=None, who=REVIEWER, **headers):
    record = record or world.submitted()
    headers.setdefault('If_Match', record.tag)
    return world[who].ask('POST', f'{record.path}:{verb}', body,
                          **{name: value for name, value in headers.items() if value})


case('POST', RETURN, 200)(lambda world: decide(world, 'return', POINT))
case('POST', RETURN, 400, 'malformed')(lambda world: decide(world, 'return', {}))
case('POST', RETURN, 400, 'malformed')(
    lambda world: decide(world, 'return', {'message': '长' * 2001}))
case('POST', RETURN, 400, 'malformed')(
    lambda world: decide(world, 'return', {'points': POINT['points'] * 501}))
case('POST', RETURN, 422, 'invalid')(
    lambda world: decide(world, 'return', {'points': [{'pointer': '/x', 'comment': '？'}]}))
case('POST', APPROVE, 400, 'malformed')(
    lambda world: decide(world, 'approve', {'message': '长' * 2001},
                         world.submitted(complete=True)))
case('POST', APPROVE, 200)(
    lambda world: decide(world, 'approve', {}, world.submitted(complete=True)))
case('POST', APPROVE, 409, 'files-follow')(lambda world: decide(world, 'approve', {}))
for verb_, path_ in (('return', RETURN), ('approve', APPROVE)):
    case('POST', path_, 403, 'out-of-area')(
        lambda world, verb=verb_: decide(world, verb, POINT, who=OUTSIDE))
    case('POST', path_, 404, 'not-found')(
        lambda world, verb=verb_: decide(world, verb, POINT, world.draft()))
    case('POST', path_, 409, 'state')(
        lambda world, verb=verb_: decide(world, verb, POINT, world.returned()))
    case('POST', path_, 412, 'stale')(
        lambda world, verb=verb_: decide(world, verb, POINT, If_Match='"r999"'))
    case('POST', path_, 428, 'precondition-required')(
        lambda world, verb=verb_: decide(world, verb, POINT, If_Match=None))
    if verb_ == 'return':
        continue


@case('GET', '/v1/reviews', 200)
def _(world):
    world.submitted()
    answer = world[REVIEWER].ask('GET', '/v1/reviews?state=submitted')
    assert answer.json['reviews']
    return answer


for state_ in ('draft', 'withdrawn', 'removed', 'nonsense'):
    simple('GET', '/v1/reviews', 403, 'forbidden', who=REVIEWER,
           target=f'/v1/reviews?state={state_}')


@case('GET', '/v1/reviews', 200)
def _(world):
    record = world.returned()
    record.look()
    record.body['project']['PrjName'] += '（改）'
    record.take(world[OWN].ask('PUT', record.path, record.body, If_Match=record.tag))
    record.take(world.submit(record))
    world[REVIEWER].ask('POST', f'{record.path}:claim')
    answer = world[REVIEWER].ask('GET', '/v1/reviews?page=1&area=220100&age=0&mine=1')
    line, = (each for each in answer.json['reviews'] if each['uuid'] == record.uuid)
    assert line['resubmission'] and line['claim']['mine'], line
    return answer


case('GET', '/v1/reviews', 200)(
    lambda world: world[REVIEWER].ask('GET', '/v1/reviews?state=submitted&handed=1'))

REVIEW = '/v1/records/{uuid}/review'
CLAIM, RELEASE = (f'/v1/records/{{uuid}}:{verb}' for verb in ('claim', 'release'))
UNDO, HAND, REGRADE = (f'/v1/records/{{uuid}}:{verb}' for verb in ('undo', 'hand', 'regrade'))
UP = {'office': 'province', 'reason': '超出本级权限。'}
WHY = {'reason': '省级抽查确认。'}
PROVINCE, COUNTY = 'sheng', 'xian'


for path_ in (REVIEW, CLAIM, RELEASE, HAND, UNDO, REGRADE):
    def ask_(world, record, who=REVIEWER, body=None, path=path_, **headers):
        given = {'If_Match': headers.get('If_Match', record.tag)}
        if path in (REVIEW, CLAIM, RELEASE):
            given = {}
        elif body is None and path != UNDO:
            body = UP if path == HAND else WHY
        return world[who].ask('GET' if path == REVIEW else 'POST', path.format(uuid=record.uuid),
                              body, **{name: value for name, value in given.items() if value})

    method_ = 'GET' if path_ == REVIEW else 'POST'
    case(method_, path_, 403, 'out-of-area')(
        lambda world, ask=ask_: ask(world, world.submitted(), OUTSIDE))
    case(method_, path_, 404, 'not-found')(lambda world, ask=ask_: ask(world, world.draft()))
    case(method_, path_, 410, 'removed')(lambda world, ask=ask_: ask(world, removed_by(world)))
    if path_ in (HAND, UNDO, REGRADE):
        make_ = 'approved' if path_ == REGRADE else 'submitted'
        case('POST', path_, 412, 'stale')(
            lambda world, ask=ask_, make=make_: ask(world, getattr(world, make)(),
                                                    If_Match='"r999"'))
        case('POST', path_, 428, 'precondition-required')(
            lambda world, ask=ask_, make=make_: ask(world, getattr(world, make)(), If_Match=None))
    if path_ in (CLAIM, HAND):
        case('POST', path_, 409, 'state')(lambda world, ask=ask_: ask(world, world.returned()))


def claimed(world, who=COUNTY):
    record = world.submitted(complete=True)
    answer = world[who].ask('POST', f'{record.path}:claim')
    assert answer.status == 200, answer
    return record


def handed(world):
    record = world.submitted(complete=True)
    record.take(world[REVIEWER].ask('POST', f'{record.path}:hand', UP, If_Match=record.tag))
    return record


case('GET', REVIEW, 200)(lambda world: world[REVIEWER].ask('GET', f'{claimed(world).path}/review'))
case('GET', REVIEW, 200)(
    lambda world: world[REVIEWER].ask('GET', f'{world.approved().path}/review'))


@case('GET', REVIEW, 200)
def _(world):
    record = world.submitted()
    record.take(decide(world, 'return', {**POINT, 'message': '请核对。'}, record))
    record.look()
    record.body['project']['PrjName'] += '（改）'
    record.take(world[OWN].ask('PUT', record.path, record.body, If_Match=record.tag))
    new = {'slot': 'contract', 'sha256': '0' * 64, 'filename': 'new.pdf'}
    record.take(world.submit(record, world.announce([new, *world.announce()['files']])))
    answer = world[REVIEWER].ask('GET', f'{record.path}/review')
    seen = answer.json
    assert seen['previous']['points'][0]['state'] == 'mended', seen['previous']
    assert {'field', 'document'} <= {each['kind'] for each in seen['diff']}, seen['diff']
    return answer


@case('GET', REVIEW, 200)
def _(world):
    record = handed(world)
    return world[PROVINCE].ask('GET', f'{record.path}/review')


case('POST', CLAIM, 200)(
    lambda world: world[COUNTY].ask('POST', f'{claimed(world).path}:claim'))
case('POST', CLAIM, 409, 'claimed')(
    lambda world: world[REVIEWER].ask('POST', f'{claimed(world).path}:claim'))
case('POST', CLAIM, 409, 'handed')(
    lambda world: world[REVIEWER].ask('POST', f'{handed(world).path}:claim'))
case('POST', RELEASE, 204)(
    lambda world: world[COUNTY].ask('POST', f'{claimed(world).path}:release'))
for verb_, path_ in (('return', RETURN), ('approve', APPROVE)):
    case('POST', path_, 409, 'claimed')(
        lambda world, verb=verb_: decide(world, verb, POINT, claimed(world)))
    case('POST', path_, 409, 'handed')(
        lambda world, verb=verb_: decide(world, verb, POINT, handed(world)))
case('POST', HAND, 200)(lambda world: decide(world, 'hand', UP))
case('POST', HAND, 400, 'malformed')(lambda world: decide(world, 'hand', {'office': 'province'}))
case('POST', HAND, 409, 'claimed')(lambda world: decide(world, 'hand', UP, claimed(world)))
case('POST', HAND, 409, 'handed')(lambda world: decide(world, 'hand', UP, handed(world)))
case('POST', HAND, 422, 'invalid')(
    lambda world: decide(world, 'hand', {**UP, 'office': '220200'}))
case('POST', UNDO, 200)(lambda world: decide(world, 'undo', None, world.returned()))
case('POST', UNDO, 200)(lambda world: decide(world, 'undo', None, world.approved()))
case('POST', UNDO, 403, 'forbidden')(
    lambda world: decide(world, 'undo', None, world.approved(), who=PROVINCE))
case('POST', UNDO, 409, 'state')(lambda world: decide(world, 'undo', None))
case('POST', REGRADE, 200)(
    lambda world: decide(world, 'regrade', WHY, world.approved(), who=PROVINCE))
case('POST', REGRADE, 400, 'malformed')(
    lambda world: decide(world, 'regrade', {}, world.approved(), who=PROVINCE))
case('POST', REGRADE, 409, 'state')(
    lambda world: decide(world, 'regrade', WHY, world.approved(), who=COUNTY))

# Accounts

ACCOUNT, USERS, USER = '/v1/account', '/v1/users', '/v1/users/{name}'
simple('GET', '/v1/offices', 200, who=UNREGISTERED)
for who_ in (OWN, REVIEWER, UNREGISTERED, ADMINISTRATOR):
    simple('GET', ACCOUNT, 200, who=who_)
simple('PATCH', ACCOUNT, 200, who=COUNTY, body={'display_name': '赵审核', 'department': '建筑业管理科'})
simple('PATCH', ACCOUNT, 400, 'malformed', who=COUNTY, body={'role': 'administrator'})
simple('PATCH', ACCOUNT, 403, 'forbidden', who=COUNTY, body={'office': 'province'})
simple('PATCH', ACCOUNT, 422, 'invalid', who=ADMINISTRATOR, body={'display_name': ' '})
simple('GET', USERS, 200, who=ADMINISTRATOR, target=f'{USERS}?q=审核&role=reviewer&page=1'.replace(
    '审核', '%E5%AE%A1%E6%A0%B8'))


def add_user(world, **changes):
    body = {'name': f'user-{uuid.uuid4()}', 'role': 'reviewer', 'password': 'yeji-demo', **changes}
    return world[ADMINISTRATOR].ask('POST', USERS, body)


case('POST', USERS, 201)(add_user)
case('POST', USERS, 201)(
    lambda world: add_user(world, role='enterprise',
                           enterprise={'name': '第三示例有限公司', 'code': '91220000MA0000003X'}))
case('POST', USERS, 400, 'malformed')(lambda world: add_user(world, name=7))
case('POST', USERS, 409, 'exists')(lambda world: add_user(world, name=OWN))
case('POST', USERS, 422, 'invalid')(lambda world: add_user(world, password='short'))


def change_user(world, body, name=None):
    name = name or add_user(world, name=f'新人-{uuid.uuid4()}').json['name']
    return world[ADMINISTRATOR].ask('PATCH', f'{USERS}/{urllib.parse.quote(name)}', body)


case('PATCH', USER, 200)(
    lambda world: change_user(world, {'display_name': '孙审核', 'office': '220104',
                                      'department': '建筑业管理科', 'password': 'another-one'}))
case('PATCH', USER, 400, 'malformed')(lambda world: change_user(world, {'name': 'x'}))
case('PATCH', USER, 403, 'forbidden')(
    lambda world: change_user(world, {'role': 'reviewer'}, ADMINISTRATOR))
case('PATCH', USER, 404, 'not-found')(lambda world: change_user(world, {'office': ''}, 'nobody-at-all'))
case('PATCH', USER, 422, 'invalid')(lambda world: change_user(world, {'office': 'nowhere'}))
case('PATCH', USER, 400, 'malformed')(lambda world: change_user(world, {'locked': 'yes'}))
case('PATCH', USER, 403, 'forbidden')(
    lambda world: change_user(world, {'locked': True}, ADMINISTRATOR))


@case('PATCH', USER, 200)
def _(world):
    """Locked, everybody is out at once; unlocked, the password is the old one."""
    name = f'locked-{uuid.uuid4()}'
    sign_in = {'user': name, 'password': 'yeji-demo'}
    add_user(world, name=name)
    person = world.nobody.ask('POST', '/v1/session', sign_in).json
    answer = change_user(world, {'locked': True}, name)
    assert answer.json['locked'] is True
    assert world.nobody.ask('POST', '/v1/session', {'refresh': person['refresh']}).status == 401
    assert world.nobody.ask('POST', '/v1/session', sign_in).status == 403
    assert world.nobody.ask('POST', '/v1/session', {**sign_in, 'password': 'wrong-one'}).status == 401
    assert change_user(world, {'locked': False}, name).json['locked'] is False
    assert world.nobody.ask('POST', '/v1/session', sign_in).status == 200
    return answer


@case('POST', '/v1/session', 403, 'forbidden')
def _(world):
    name = f'locked-{uuid.uuid4()}'
    add_user(world, name=name)
    change_user(world, {'locked': True}, name)
    return world.nobody.ask('POST', '/v1/session', {'user': name, 'password': 'yeji-demo'})
