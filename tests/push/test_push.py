# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The national push, from a reviewer's approval to what the clerk sees: a receiver checks each field
against the dictionary, and is not always well."""

import argparse
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))
sys.path.insert(0, str(HERE.parent / 'protocol'))

from receiver import Receiver  # noqa: E402
from steps import holds, same, step  # noqa: E402
from terminal import Terminal  # noqa: E402
from waiting import wait_until  # noqa: E402
from world import OWN, REVIEWER, World  # noqa: E402
from province import PASSWORD, PROVINCE_REVIEWER  # noqa: E402

KEY = 'schluessel-1234567890'
# a decision can be taken back for so long; a minute, for those who do not test
WAIT = 2
PATIENCE = 25
# Names that the standard misspells, or that people would spell otherwise.
MISSPELT = ('NationalPercentTage', 'PropietorCorpName', 'PropietorCorpCode', 'GreenBuidingLevel',
            'IsSuperHightBuilding', 'SpecialtyTypNum')


class Push(Terminal):
    """A province with a national platform."""

    def __init__(self, programs_of, place):
        self.receiver = Receiver(key=KEY)
        (place / 'province').mkdir()
        (place / 'national.key').write_text(f'{KEY}\n', encoding='utf-8')
        self.settings = place / 'province' / 'settings.json'
        self.push = {'url': self.receiver.url, 'key_file': str(place / 'national.key'),
                     'wait_seconds': WAIT, 'timeout_seconds': 2, 'retry_seconds': 1}
        self.keep()
        self.world = World(programs_of, place / 'province')
        super().__init__(self.world.programs, place)
        self.first = None
        self.second = None

    def keep(self, **more):
        self.settings.write_text(json.dumps({'push': {**self.push, **more}}), encoding='utf-8')

    def report(self):
        return [f'the receiver: {self.receiver.requests}', f'faults: {self.receiver.faults}',
                *super().report()]

    def restart(self, kill=False):
        if kill:
            self.world.province.process.send_signal(signal.SIGKILL)
            self.world.province.process.wait()
            self.world.province.process = None
        else:
            self.world.province.stop()
        self.serve()

    def serve(self):
        self.world.province.start(self.world.province.port)
        for person in (self.world.nobody, *self.world.people.values()):
            person.connection.close()

    def server(self, *words, code=0):
        done = subprocess.run(self.world.province.command(*map(str, words)), capture_output=True,
                              text=True, env=self.programs.environment, check=False)
        same(done.returncode, code, f'yeji-server {words}: {done.stdout} {done.stderr}')
        return done

    def national(self, record):
        """What the province says, if anything."""
        answer = self.world[OWN].ask('GET', record.path)
        same(answer.status, 200, answer)
        return answer.json.get('national', {})

    def becomes(self, record, state):
        """Waits until the province says so; returns what it says."""
        def there():
            national = self.national(record)
            return national if national.get('state') == state else None
        return wait_until(there, f'{record.uuid} does not become {state}', PATIENCE)

    def attempts(self, record, what):
        """Waits for a request that ended so."""
        wait_until(lambda: what in self.receiver.asked(record.uuid),
                   f'no {what} for {record.uuid}', PATIENCE)

    def decide(self, record, verb, body, who=REVIEWER):
        record.look(who)
        answer = self.world[who].ask('POST', f'{record.path}:{verb}', body,
                                          If_Match=record.tag)
        same(answer.status, 200, answer)
        return record

    def accepted_after(self, *ways):
        """A record whose first requests end so; it has to be accepted once in the end."""
        self.receiver.behave(*ways)
        record = self.world.approved()
        self.becomes(record, 'accepted')
        same(len({key for key, _ in self.receiver.requests if key.startswith(record.uuid)}), 1,
             'the keys')
        return record

    # The steps

    @step('an approved record waits while the decision can be taken back')
    def waits(self):
        began = time.monotonic()
        self.first = self.world.approved()
        same(self.national(self.first)['state'], 'waiting', 'the province')
        self.yeji('login', self.world.url, OWN, stdin=PASSWORD + '\n')
        self.yeji('sync')
        seen = self.entry(self.first.uuid)
        if time.monotonic() - began < WAIT:
            same(seen['national']['state'], 'waiting', seen)
            same(self.receiver.requests, [], 'the receiver')
        same(seen['state'], 'approved', seen)

    @step('then it is sent, by the names of the standard, and every field is right')
    def sent(self):
        national = self.becomes(self.first, 'accepted')
        same(national['receipt'], 'JS-000001', national)
        same(self.receiver.asked(self.first.uuid), ['accepted'], 'the requests')
        same(self.receiver.faults, [], 'the receiver')
        message = self.receiver.projects[self.first.uuid]
        same((message['grade'], sorted(message['tables'])),
             ('B', sorted(self.receiver.standard.tables)), 'the message')
        said = {field for rows in message['tables'].values() for row in rows for field in row}
        known = {field['id'] for table in self.receiver.standard.tables.values()
                 for field in table['fields']}
        for name in MISSPELT:
            holds(name in known, f'{name} is no field of the dictionary')
        holds(said & set(MISSPELT), f'none of the misspelt names: {sorted(said)}')
        for table, rows in message['tables'].items():
            for row in rows:
                if 'CheckDepartName' in row or table == self.receiver.standard.root:
                    same(row['CheckDepartName'][:len('长春市')], '长春市', table)
                    holds(row['CheckPersonName'], table)

    @step('the clerk sees it with its receipt')
    def seen(self):
        self.yeji('sync')
        seen = self.entry(self.first.uuid)
        same((seen['national']['state'], seen['national']['receipt']), ('accepted', 'JS-000001'),
             seen)
        holds('JS-000001' in self.yeji('show', self.first.uuid).out, self.last)
        same(self.yeji('--json', 'status').json['national'], {'accepted': 1}, 'the status')

    @step('a decision that was taken back is never sent')
    def undone(self):
        record = self.world.approved()
        answer = self.world[REVIEWER].ask('POST', f'{record.path}:undo', {}, If_Match=record.tag)
        same(answer.status, 200, answer)
        same(self.national(record), {}, 'the province')
        self.accepted_after()          # what came later was sent
        same(self.receiver.asked(record.uuid), [], 'the receiver')

    @step('grade D is never sent')
    def incomplete(self):
        design = self.programs.sample('complete-design')
        record = self.world.draft(**{name: value for name, value in design.items()
                                     if name != 'uuid'})
        files = [self.world.document(record, slot)[1] for slot in ('review_certificate',
                                                                   'contract')]
        record.take(self.world.submit(record, self.world.announce(files)))
        self.decide(record, 'approve', {}, PROVINCE_REVIEWER)
        answer = self.world[OWN].ask('GET', record.path)
        same((answer.json['grade'], answer.json.get('national')), ('D', None), 'the record')
        self.accepted_after()
        same(self.receiver.asked(record.uuid), [], 'the receiver')

    @step('what the platform refuses comes to the clerk with its words')
    def refused(self):
        self.receiver.behave('refuse')
        record = self.world.approved()
        national = self.becomes(record, 'refused')
        holds('施工许可证编号' in national['message'], national)
        self.yeji('sync')
        same(self.entry(record.uuid)['national']['message'], national['message'], 'the clerk')
        holds(national['message'] in self.yeji('show', record.uuid).out, self.last)
        status = self.world['guanli'].ask('GET', '/v1/admin/status').json
        same(status['push']['refusals'][0]['uuid'], record.uuid, 'the administrator')

    @step('errors, pauses, pages of others and lost answers: each is sent again, and shown once')
    def ill(self):
        self.world.province.stop()
        self.push['wait_seconds'] = 0
        self.keep()
        self.serve()
        for ways in (('fail',), ('busy',), ('portal',), ('drop',), ('flood',)):
            record = self.accepted_after(*ways)
            same(len(self.receiver.asked(record.uuid)), len(ways) + 1, f'{ways}: the requests')
        same(self.receiver.faults, [], 'the receiver')

    @step('a platform that takes its time is asked again')
    def later(self):
        self.receiver.behave('receive')
        record = self.world.approved()
        self.becomes(record, 'accepted')
        same(self.receiver.asked(record.uuid), ['received', 'accepted'], 'the requests')
        with self.world.database() as database:
            same(database.execute("SELECT count(*) FROM change WHERE uuid = ?",
                                  [record.uuid]).fetchone()[0] >= 3, True, 'the changes')

    @step('the server answers others while the platform hangs, and dies, and nothing is doubled')
    def hangs(self):
        self.receiver.behave('hang')
        self.second = self.world.approved()
        self.attempts(self.second, 'hanging')
        began = time.monotonic()
        same(self.world.nobody.ask('GET', '/v1/config').status, 200, 'somebody else')
        holds(time.monotonic() - began < 1, 'others wait')
        self.restart(kill=True)
        self.becomes(self.second, 'accepted')
        same(len({key for key, _ in self.receiver.requests
                  if key.startswith(self.second.uuid)}), 1, 'the keys')
        same(self.receiver.faults, [], 'the receiver')

    @step('what is D after all is taken off')
    def regraded(self):
        self.decide(self.first, 'regrade', {'reason': '施工许可证无法核实（虚构）', 'grade': 'D'})
        self.becomes(self.first, 'removed')
        same(self.receiver.asked(self.first.uuid), ['accepted', 'accepted'], 'the requests')
        holds(self.first.uuid not in self.receiver.projects, 'it is still shown')
        self.yeji('sync')
        same(self.entry(self.first.uuid)['national']['state'], 'removed', 'the clerk')

    @step('yeji-server push sends alone, and not beside a server that does')
    def by_hand(self):
        done = self.server('push', '--once', code=1)
        holds('accepted' in done.stdout, done)
        self.world.province.stop()
        self.keep(by_server=False)
        self.serve()
        record = self.world.approved()
        time.sleep(2)
        same(self.national(record)['state'], 'waiting', 'the server does not send')
        self.server('push', '--once')
        same(self.national(record)['state'], 'accepted', 'the record')
        self.receiver.behave('fail')
        other = self.world.approved()
        self.server('push', '--once', code=1)
        same(self.national(other)['state'], 'waiting', 'the other')

    @step('after a restore nothing is told twice')
    def restored(self):
        other = next(uuid for uuid in reversed([key[:36] for key, _ in self.receiver.requests]))
        backup = self.place / 'backup.db'
        self.server('backup', backup)
        time.sleep(2)
        self.server('push', '--once')
        holds(other in self.receiver.projects, 'it is not shown')
        keys = set(self.receiver.answers)
        self.world.province.stop()
        self.server('restore', backup)
        self.keep()
        self.serve()
        wait_until(lambda: self.receiver.asked(other)[-2:] == ['accepted', 'accepted'],
                   'the restored province does not ask', PATIENCE)
        same(set(self.receiver.answers), keys, 'the keys')
        same(self.receiver.faults, [], 'the receiver')

    @step('what was published before there was a platform is sent when there is one')
    def before(self):
        self.world.province.stop()
        self.settings.unlink()
        self.serve()
        record = self.world.approved()
        same(self.national(record), {}, 'without a platform')
        self.world.province.stop()
        self.keep()
        self.serve()
        self.becomes(record, 'accepted')

    @step('a key that is wrong keeps everything here, and is told to the administrator')
    def wrong_key(self):
        (self.place / 'national.key').write_text('wrong\n', encoding='utf-8')
        record = self.world.approved()
        self.attempts(record, 'no-key')
        wait_until(lambda: (self.world['guanli'].ask('GET', '/v1/admin/status').json
                            ['push']['message'] or '') == '密钥不对', 'the administrator', PATIENCE)
        same(self.national(record)['state'], 'waiting', 'the record')
        (self.place / 'national.key').write_text(f'{KEY}\n', encoding='utf-8')
        self.becomes(record, 'accepted')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-push-') as place:
        story = Push(arguments.build, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.world.province.stop()
            story.receiver.close()


if __name__ == '__main__':
    sys.exit(main())
