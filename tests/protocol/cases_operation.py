# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cases of who runs a province, and of the national platform; see cases.py."""

import pathlib
import tempfile
import uuid

from cases import RECORD, case, simple
from world import ADMINISTRATOR, OWN, REVIEWER, World

STATUS = '/v1/admin/status'
simple('GET', STATUS, 401, 'unauthorised')
simple('GET', STATUS, 403, 'forbidden', who=REVIEWER)
simple('GET', STATUS, 200, who=ADMINISTRATOR)
for path_ in ('/healthz', '/readyz', '/metrics'):
    simple('GET', path_, 200)
    simple('GET', path_, 403, 'forbidden', X_Real_IP='203.0.113.7')


@case('GET', STATUS, 200)
def _(world):
    tell_platform(world, world.approved(), 'refused')
    return world[ADMINISTRATOR].ask('GET', STATUS)


@case('GET', '/readyz', 503)
def _(world):
    with tempfile.TemporaryDirectory(prefix='yeji-full-') as place:
        pathlib.Path(place, 'settings.json').write_text('{"metrics": {"least_free": 1000000000}}',
                                                        encoding='utf-8')
        with World(world.programs.build, place) as full:
            return full.nobody.ask('GET', '/readyz')


def tell_platform(world, record, state, kind='publish'):
    """As if the national platform had been told of a record, and had said something."""
    with world.database() as database:
        database.execute(
            'INSERT INTO push (uuid, kind, revision, key, content, state, due, message, receipt, at)'
            " VALUES (?, ?, 3, ?, '', ?, 9999999999, '原因', 'JS-1', '2026-07-01T00:00:00Z')",
            [record.uuid, kind, str(uuid.uuid4()), state])


@case('GET', RECORD, 200)
def _(world):
    record = world.approved()
    for state in ('waiting', 'sent', 'refused', 'accepted'):
        tell_platform(world, record, state)
        national = record.look().json['national']
        assert national['state'] == state, national
    tell_platform(world, record, 'accepted', 'remove')
    answer = record.look()
    assert answer.json['national']['state'] == 'removed', answer
    return answer


@case('GET', '/v1/changes', 200)
def _(world):
    record = world.approved()
    tell_platform(world, record, 'accepted')
    page, since = {'more': True}, ''
    while page['more']:
        answer = world[OWN].ask('GET', '/v1/changes' + (f'?since={since}' if since else ''))
        page, since = answer.json, answer.json['next']
    assert page['changes'][-1]['national']['receipt'] == 'JS-1', page['changes'][-1]
    return answer
