# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cases of qualification lists; see cases.py."""

import uuid

from cases import case, simple
from world import ADMINISTRATOR, OWN, REVIEWER

LISTS = '/v1/qualification-applications'
LIST = f'{LISTS}/{{uuid}}'
CANDIDATES = f'{LISTS}/candidates'
simple('GET', CANDIDATES, 400, 'malformed', who=OWN, target=f'{CANDIDATES}?kind=nothing')
simple('POST', LISTS, 400, 'malformed', who=OWN, body={}, Idempotency_Key='empty')
for who_ in (OWN, REVIEWER, ADMINISTRATOR):
    simple('GET', LISTS, 200, who=who_)
for method_, path_, who_ in (('GET', LIST, OWN), ('GET', LIST, REVIEWER),
                             ('POST', f'{LIST}:withdraw', OWN)):
    simple(method_, path_, 404, 'not-found', who=who_)
simple('POST', f'{LIST}:use', 404, 'not-found', who=REVIEWER, body={'application': '1'})


def make_list(world, record, again=False):
    """A list of one record."""
    return world[OWN].ask('POST', LISTS, {'kind': 'construction', 'name': '一级资质（虚构）',
                                          'records': [record.uuid], 'again': again},
                          Idempotency_Key=str(uuid.uuid4()))


def made_list(world):
    """The path of a list that was made."""
    answer = make_list(world, world.approved())
    assert answer.status == 201, answer
    return f'{LISTS}/{answer.json["id"]}'


@case('GET', CANDIDATES, 200)
def _(world):
    record = world.approved()
    answer = world[OWN].ask('GET', f'{CANDIDATES}?kind=construction')
    assert record.uuid in [each['uuid'] for each in answer.json['records'] if each['may']], answer
    return answer


@case('GET', CANDIDATES, 200)
def _(world):
    world.draft()
    return world[OWN].ask('GET', f'{CANDIDATES}?kind=survey_design&page=1')


@case('POST', LISTS, 201)
def _(world):
    return make_list(world, world.approved())


@case('POST', LISTS, 200)
def _(world):
    body = {'kind': 'construction', 'name': '一次（虚构）', 'records': [world.approved().uuid]}
    first = world[OWN].ask('POST', LISTS, body, Idempotency_Key='once')
    second = world[OWN].ask('POST', LISTS, body, Idempotency_Key='once')
    assert first.json['id'] == second.json['id'], second
    return second


@case('POST', LISTS, 409, 'used')
def _(world):
    record = world.approved()
    make_list(world, record)
    assert make_list(world, record, again=True).status == 201
    return make_list(world, record)


@case('POST', LISTS, 422, 'invalid')
def _(world):
    answer = make_list(world, world.draft())
    assert [(each['rule'], each['pointer']) for each in answer.json['errors']] == \
        [('qualification.not_approved', '/records/0')], answer
    return answer


@case('GET', LIST, 200)
def _(world):
    return world[REVIEWER].ask('GET', made_list(world))


@case('POST', f'{LIST}:withdraw', 200)
def _(world):
    return world[OWN].ask('POST', f'{made_list(world)}:withdraw')


@case('POST', f'{LIST}:use', 200)
def _(world):
    return world[REVIEWER].ask('POST', f'{made_list(world)}:use', {'application': '1'})


@case('POST', f'{LIST}:use', 400, 'malformed')
def _(world):
    return world[REVIEWER].ask('POST', f'{made_list(world)}:use', {})


@case('POST', f'{LIST}:use', 409, 'state')
def _(world):
    path = made_list(world)
    world[OWN].ask('POST', f'{path}:withdraw')
    return world[REVIEWER].ask('POST', f'{path}:use', {'application': '1'})


@case('POST', f'{LIST}:withdraw', 409, 'state')
def _(world):
    path = made_list(world)
    world[REVIEWER].ask('POST', f'{path}:use', {'application': '1'})
    return world[OWN].ask('POST', f'{path}:withdraw')
