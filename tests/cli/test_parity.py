# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What is done in the window with documents, rows, offers and enterprises, done by a script."""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

YEJI = sys.argv[1]
DOCUMENTS = pathlib.Path(os.environ['YEJI_DOCUMENTS']) / 'complete-construction'
SCANS = [DOCUMENTS / name for name in ('立项批复.jpg', '施工许可证.jpg', '跨度证明.jpg')]
CODE = '91350100M000100Y43'

OK, FAILED, USAGE, INVALID = range(4)


class Profile:
    """A profile of its own, with a record and three scans."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.profile = self.folder / 'profile'
        self.env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'HOME': folder,
                    'XDG_CONFIG_HOME': f'{folder}/config', 'XDG_DATA_HOME': f'{folder}/data',
                    'XDG_CACHE_HOME': f'{folder}/cache', 'YEJI_KEYRING': 'none'}
        self.uuid = self.answer('new', '--role', 'construction')['uuid']

    def run(self, *args, expect=OK):
        done = subprocess.run([YEJI, '--profile', str(self.profile), *map(str, args)],
                              env=self.env, capture_output=True, text=True, encoding='utf-8',
                              timeout=120, check=False)
        assert done.returncode == expect, (args, done.returncode, done.stdout, done.stderr)
        return done

    def answer(self, *args, expect=OK):
        return json.loads(self.run('--json', *args, expect=expect).stdout)

    def show(self):
        return self.answer('show', self.uuid)

    def attach(self, slot='contract'):
        return [document['id'] for document in self.answer('attach', self.uuid, slot, *SCANS)]

    def documents(self, *words, expect=OK):
        done = self.run('--json', 'documents', words[0], self.uuid, *words[1:], expect=expect)
        return json.loads(done.stdout) if done.stdout else None

    def listed(self):
        return [(document['slot'], document['filename']) for document in self.documents('list')]


def test_order(profile):
    """Within a slot and into another one."""
    ids = profile.attach()
    names = [scan.name for scan in SCANS]
    moved = profile.documents('move', ids[2], 'contract', 1)
    assert moved['id'] == ids[2], moved
    assert [name for _, name in profile.listed()] == [names[2], names[0], names[1]]
    profile.documents('move', ids[2], 'contract')
    assert [name for _, name in profile.listed()] == names
    moved = profile.documents('move', ids[0], 'other')
    assert moved['slot'] == 'other' and moved['id'] != ids[0], moved
    assert profile.listed() == [('contract', names[1]), ('contract', names[2]),
                                ('other', names[0])], profile.listed()
    for wrong in (('no-slot',), ('contract', '0'), ('contract', 'x')):
        profile.documents('move', ids[1], *wrong, expect=USAGE)
    profile.documents('move', 'no-id', 'other', expect=FAILED)


def test_turn(profile):
    """Which way up a scan is shown."""
    first = profile.attach()[0]
    assert profile.documents('turn', first, 270)['rotation'] == 270
    profile.documents('turn', first, 45, expect=USAGE)
    assert profile.documents('list')[0]['rotation'] == 270


def test_smaller(profile):
    """A scan is made smaller, and its original comes back."""
    first = profile.attach()[0]
    before = profile.documents('list')[0]
    profile.documents('original', first, expect=FAILED)
    limit = before['size'] * 2 // 3
    smaller = profile.documents('shrink', first, '--to', limit)
    assert smaller['size'] <= limit and smaller['original'] == before['sha256'], smaller
    assert profile.documents('original', first) == before
    for wrong in ('x', '0', '1X', '-5'):
        profile.documents('shrink', first, '--to', wrong, expect=USAGE)


def test_one_pdf(profile):
    """Pictures become one PDF in their slot; they come back from the bin."""
    ids = profile.attach()
    made = profile.documents('combine', *ids[:2])
    assert made['slot'] == 'contract' and made['filename'].endswith('.pdf'), made
    assert sorted(name for _, name in profile.listed()) == sorted(
        [SCANS[2].name, made['filename']])
    path = profile.folder / 'out.pdf'
    profile.documents('save', made['id'], path)
    content = path.read_bytes()
    assert content[:5] == b'%PDF-' and hashlib.sha256(content).hexdigest() == made['sha256']
    profile.documents('restore', ids[0])
    profile.documents('save', ids[0], path)
    assert path.read_bytes() == SCANS[0].read_bytes()
    profile.documents('combine', ids[1], ids[2], expect=FAILED)
    profile.documents('save', ids[0], profile.folder / 'no' / 'folder', expect=FAILED)


def test_rows(profile):
    """Rows are doubled, moved and removed, each as one step."""
    for number in ('A', 'B', 'C'):
        profile.run('set', profile.uuid, '/contracts/-/ContractNum', number)

    def numbers():
        return ''.join(row.get('ContractNum', '') for row in profile.show()['contracts'])
    profile.run('row', 'copy', profile.uuid, '/contracts/0')
    assert numbers() == 'AABC'
    rows = [row['id'] for row in profile.show()['contracts']]
    assert len(set(rows)) == 4, rows
    profile.run('row', 'move', profile.uuid, '/contracts/3', 1)
    assert numbers() == 'CAAB'
    profile.run('row', 'move', profile.uuid, '/contracts/0', 99)
    assert numbers() == 'AABC'
    profile.run('row', 'remove', profile.uuid, '/contracts/1')
    assert numbers() == 'ABC'
    profile.run('undo', profile.uuid)
    assert numbers() == 'AABC'
    for words in (('copy', '/contracts/9'), ('copy', '/project'), ('move', '/contracts/0', '0'),
                  ('move', '/contracts/0', 'x')):
        profile.run('row', words[0], profile.uuid, *words[1:], expect=USAGE)


def test_offers(profile):
    """What stands elsewhere, and what is written badly, is offered and taken."""
    profile.run('profiles', 'set', '--name', '示例公司（虚构）', '--code', CODE.lower())
    profile.run('set', profile.uuid, '/safety_people/-/UserName', '张三')
    profile.run('set', profile.uuid, '/project/AllInvest', '1,234 ')
    offers = profile.answer('suggest', profile.uuid)
    reasons = {offer['pointer']: (offer['value'], offer['reason']) for offer in offers}
    assert reasons['/project/AllInvest'] == ('1234', 'separator'), offers
    carried = {pointer: value for pointer, (value, reason) in reasons.items()
               if reason == 'elsewhere'}
    assert carried and {'示例公司（虚构）', CODE} & set(carried.values()), offers
    taken = profile.answer('suggest', profile.uuid, '--take', '--reason', 'elsewhere')
    assert {offer['pointer'] for offer in taken} <= set(carried) and taken, taken
    shown = profile.show()
    assert shown['project']['AllInvest'] == '1,234 ', shown
    row = shown['safety_people'][0]
    assert CODE in row.values() or '示例公司（虚构）' in row.values(), row
    assert [offer['value'] for offer in profile.answer(
        'suggest', profile.uuid, '/project/AllInvest', '--take')] == ['1234']
    assert profile.show()['project']['AllInvest'] == '1234'
    profile.run('undo', profile.uuid)
    assert profile.show()['project']['AllInvest'] == '1,234 '
    assert profile.answer('history', profile.uuid)[-2]['why'] == 'suggested'
    profile.run('suggest', profile.uuid, '/nothing', expect=USAGE)


def test_back(profile):
    """A record is again what it was at a moment, in one step that can be undone."""
    profile.run('set', profile.uuid, '/project/PrjName', '示例一（虚构）')
    then = datetime.datetime.now(datetime.timezone.utc).isoformat()
    time.sleep(0.01)               # the clock has to go on, or both were at one moment
    profile.run('set', profile.uuid, '/project/PrjName', '示例二（虚构）')
    profile.run('set', profile.uuid, '/contracts/-/ContractNum', 'HT-1')
    undone = profile.answer('undo', profile.uuid, '--to', then)
    assert undone['why'] == 'restored' and len(undone['changes']) > 1, undone
    shown = profile.show()
    assert shown['project']['PrjName'] == '示例一（虚构）' and not shown.get('contracts'), shown
    assert profile.answer('undo', profile.uuid, '--to', then)['changes'] == []
    profile.run('undo', profile.uuid)
    assert profile.show()['project']['PrjName'] == '示例二（虚构）'
    profile.run('undo', profile.uuid, '--to', 'some day', expect=USAGE)
    profile.run('undo', profile.uuid, '--to', '2001-01-01 00:00', expect=FAILED)


def test_bin(profile):
    """One record of the bin is deleted, the others stay in it."""
    others = [profile.answer('new')['uuid'] for _ in range(2)]
    profile.run('bin', '--delete', others[0], expect=FAILED)
    profile.run('remove', *others)
    profile.run('bin', '--delete', others[0])
    assert [entry['uuid'] for entry in profile.answer('bin')] == [others[1]]
    profile.run('bin', '--delete', others[0], expect=FAILED)
    assert profile.uuid in {entry['uuid'] for entry in profile.answer('list')}


def test_enterprises(profile):
    """Profiles are made, named, dated and taken off the list."""
    profile.run('profiles', 'set', '--name', ' 示例（虚构） ', '--due', '2027-01-31', '--code', CODE)
    for wrong in (('--code', '123'), ('--due', 'soon'), ('--name', ' ')):
        profile.run('profiles', 'set', '--name', '别的（虚构）', *wrong, expect=USAGE)
    profile.run('profiles', 'set', expect=USAGE)
    made = profile.answer('profiles', 'new', '新的（虚构）')['directory']
    listed = {entry['name']: entry for entry in profile.answer('profiles')}
    assert listed['新的（虚构）']['directory'] == made, listed
    profile.profile = pathlib.Path(made)
    profile.run('profiles', 'set', '--due', '2027-01-31')
    assert profile.answer('profiles')[0]['due'] == '2027-01-31', profile.answer('profiles')
    profile.run('profiles', 'set', '--due', '')
    assert {entry['due'] for entry in profile.answer('profiles')} == {None}
    profile.run('profiles', 'forget', profile.folder / 'nowhere')


def test_notices(profile):
    """What was read is marked as read."""
    database = profile.profile / 'yeji.sqlite'
    script = ('import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);'
              'd.executemany("INSERT INTO notice (kind, at, details) VALUES (?, ?, ?)",'
              '[("checked", "2026-01-01T00:00:00Z", "{}")] * 3); d.commit()')
    subprocess.run([sys.executable, '-c', script, str(database)], check=True)
    ids = [notice['id'] for notice in profile.answer('notices')]
    profile.run('notices', 'seen', ids[0])
    assert [notice['seen'] for notice in profile.answer('notices')].count(True) == 1
    profile.run('notices', 'seen', 'x', expect=USAGE)
    profile.run('notices', 'seen')
    assert all(notice['seen'] for notice in profile.answer('notices'))


def test_wishes(profile):
    """How files are sent is said before anybody signs in."""
    for words in (('workers', '2'), ('metered', 'yes'), ('network', '192.168.3.0/24')):
        profile.run('transfers', *words)
    told = profile.answer('transfers')
    assert (told['workers'], told['metered'], told['network']) == (2, True, '192.168.3.0/24'), told
    profile.run('transfers', 'network', 'any')
    assert profile.answer('transfers')['network'] is None
    for words in (('workers', '9'), ('metered', 'maybe'), ('move', '1', '2')):
        profile.run('transfers', *words, expect=USAGE)
    profile.run('transfers', 'network', 'this', expect=USAGE)


TESTS = [
    ('documents are ordered and moved to another slot', test_order),
    ('a scan is turned', test_turn),
    ('a scan is made smaller, and its original comes back', test_smaller),
    ('pictures become one PDF', test_one_pdf),
    ('rows are doubled, moved and removed', test_rows),
    ('offers are told and taken', test_offers),
    ('a record goes back to a moment', test_back),
    ('one record of the bin is deleted', test_bin),
    ('enterprises are made, named and dated', test_enterprises),
    ('notices are marked as read', test_notices),
    ('how files are sent is wished', test_wishes),
]


def main():
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, (name, test) in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Profile(folder))
                print(f'ok {number} - {name}', flush=True)
            except Exception as problem:  # pylint: disable=broad-except
                failed = 1
                print(f'not ok {number} - {name}\n# {type(problem).__name__}: {problem}',
                      flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
