# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A record that is edited on another computer is told by `yeji`, as the window tells it."""

import contextlib
import json
import sqlite3
import time
import urllib.request

from test_receipt import UUID, World
from told import tell

OTHER = '6f1c2d3e-4a5b-4c6d-8e7f-102030405009'
WORDS = '李经办 has been editing this record on another computer since'
STALE = 150
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Colleague:
    """Somebody of the same enterprise, at another computer, as its window talks to the province."""

    def __init__(self, url):
        self.url, self.token = url, None
        answer = self.ask('POST', '/v1/session', {'user': 'qiye', 'password': 'yeji-demo'})
        self.token = answer['access']

    def ask(self, method, path, body=None):
        """What the province answers."""
        request = urllib.request.Request(self.url + path, method=method,
                                         data=json.dumps(body).encode() if body else None)
        request.add_header('Content-Type', 'application/json')
        if self.token:
            request.add_header('Authorization', f'Bearer {self.token}')
        with OPENER.open(request, timeout=20) as response:
            return json.loads(response.read() or b'null')

    def edit(self, uuid, computer='b'):
        """Says that somebody types."""
        self.ask('PUT', f'/v1/records/{uuid}/editing', {'computer': computer, 'who': '李经办'})

    def leave(self, uuid, computer='b'):
        """Says that nobody does any more."""
        self.ask('DELETE', f'/v1/records/{uuid}/editing?computer={computer}')


def look(world, uuid):
    """Who edits a record, as `list`, `status` and `show` tell it, which must say the same."""
    listed = {entry['uuid']: entry['editing'] for entry in json.loads(world.good('--json', 'list'))}
    told = {entry['uuid']: entry for entry in json.loads(world.good('--json', 'status'))['editing']}
    lines = [line for line in world.good('list').splitlines() if line.startswith(uuid)]
    assert len(lines) == 1, lines
    for said in (lines[0], world.good('show', uuid)):
        assert (WORDS in said) == (listed[uuid] is not None), said
    found = [line for line in world.good('status').splitlines() if uuid in line and WORDS in line]
    assert len(found) == (listed[uuid] is not None), found
    assert (uuid in told) == (listed[uuid] is not None), told
    if uuid in told:
        assert {name: told[uuid][name] for name in ('who', 'at')} == listed[uuid], told
        assert told[uuid]['name'], told
    return listed[uuid]


@contextlib.contextmanager
def settings(world):
    """The settings of the profile, while nobody has it open."""
    database = sqlite3.connect(world.place / 'profile' / 'yeji.sqlite')
    try:
        with database:
            yield database
    finally:
        database.close()


def case_told(world):
    """What `sync` heard is told by it and by those that ask nobody."""
    world.administer('demo')
    world.url = world.serve()
    world.good('login', world.url, 'qiye', given=b'yeji-demo\n')
    for uuid in (UUID, OTHER):
        world.add(uuid)
        assert '1 submitted' in world.good('submit', uuid)
    assert json.loads(world.good('--json', 'sync'))['editing'] == []
    assert look(world, UUID) is None
    world.colleague = Colleague(world.url)
    world.colleague.edit(UUID)
    told = json.loads(world.good('--json', 'sync'))['editing']
    assert [(one['uuid'], one['who']) for one in told] == [(UUID, '李经办')], told
    said = world.good('sync')
    assert UUID in said and WORDS in said, said
    world.stop()
    assert look(world, UUID)['who'] == '李经办'
    assert look(world, OTHER) is None
    world.serve(world.url.rpartition(':')[2])


def case_over(world):
    """Who has left is told no more, and this computer never was."""
    world.colleague.edit(UUID)
    world.good('sync')
    assert look(world, UUID) is not None
    world.colleague.leave(UUID)
    world.good('sync')
    assert look(world, UUID) is None
    with settings(world) as database:
        own = database.execute("SELECT value FROM setting WHERE name = 'presence-computer'") \
                      .fetchone()[0]
    world.colleague.edit(OTHER, own)
    world.good('sync')
    assert look(world, OTHER) is None
    world.colleague.leave(OTHER, own)


def case_stale(world):
    """What was heard long ago may be over, and is not said."""
    world.colleague.edit(UUID)
    world.good('sync')
    assert look(world, UUID) is not None
    for moment in (time.time() - STALE - 1, time.time() + STALE + 60):
        with settings(world) as database:
            heard = json.loads(database.execute("SELECT value FROM setting"
                                                " WHERE name = 'presence-heard'").fetchone()[0])
            database.execute("UPDATE setting SET value = ? WHERE name = 'presence-heard'",
                             (json.dumps({**heard, 'heard': int(moment)}),))
        assert look(world, UUID) is None, moment
    with settings(world) as database:
        database.execute("UPDATE setting SET value = '{]' WHERE name = 'presence-heard'")
    assert look(world, UUID) is None


def case_signed_out(world):
    """Who is signed out knows nothing of it."""
    world.good('sync')
    assert look(world, UUID) is not None
    world.good('logout')
    assert look(world, UUID) is None


CASES = [
    ('is-told-by-sync-list-show-and-status', case_told),
    ('is-over-when-they-leave-and-never-oneself', case_over),
    ('is-not-said-when-it-may-be-over', case_stale),
    ('is-forgotten-by-who-signs-out', case_signed_out),
]


if __name__ == '__main__':
    tell('presence', CASES, World)
