# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A clerk at one client: what to do next is decided by a seed, and what was told is kept."""

import json
import random
import time
import uuid as uuids

from clients import KILLED, Client
from model import WRITABLE, Account, Broken, Draft, digest, find, pointers
from scans import make_pdf

SLOTS = {
    'complete-construction': ('project_approval', 'award_notice', 'contract', 'construction_permit',
                              'acceptance_report'),
    'complete-design': ('project_approval', 'review_certificate', 'contract', 'acceptance_report'),
    'complete-supervision': ('project_approval', 'award_notice', 'contract', 'construction_permit',
                             'acceptance_report', 'completion_filing'),
}
OFFLINE, INVALID = 4, 3
CLOCKS = (0, 0, 0, -300, 300, 5000, -86400, 86400)
# Longer than any record waits for its next try, and less than what is taken for a wrong clock.
LATER = 6000
MOST_SYNCS = 25

class Clerk:
    """Works at one client, by steps that its seed decides."""

    def __init__(self, storm, client):
        self.storm = storm
        self.client = client
        self.account = Account(client)
        self.rng = random.Random(f'{storm.seed}/{client.name}/clerk')
        self.serial = 0
        self.steps = []
        self.kills = 0
        self.signed_out = 0
        self.failure = None

    @property
    def drafts(self):
        return self.account.drafts

    def note(self, words):
        self.steps.append(f'{self.client.name} [{self.client.line.number}] {words}')

    # Beginning

    def make_file(self):
        """Makes a document that there is only once."""
        self.serial += 1
        size = self.rng.choice((1500, 4000, 30_000, 300_000))
        if self.rng.random() < 0.03:
            size = 3_000_000
        content = make_pdf(size, f'{self.storm.seed}/{self.client.name}/{self.serial}')
        path = self.client.place.inputs / f'{self.client.name}-{self.serial}.pdf'
        path.write_bytes(content)
        return path, digest(content)

    def begin_record(self):
        """A record that lacks nothing, with its documents."""
        sample = self.rng.choice(list(SLOTS))
        record = self.storm.programs.sample(sample)
        record['uuid'] = str(uuids.UUID(int=self.rng.getrandbits(128), version=4))
        record['project']['PrjName'] += f' {self.client.name}{len(self.drafts)}'
        if self.rng.random() < 0.25:      # a large one
            record['participants'] += [{**record['participants'][-1], 'PersonName': f'示例{number}'}
                                       for number in range(self.rng.randint(50, 400))]
        path = self.client.place.inputs / f'{record["uuid"]}.json'
        path.write_text(json.dumps(record), encoding='utf-8')
        self.client.must(self.client.tell('import', path))
        draft = Draft(record['uuid'], record, pointers(record))
        self.drafts[record['uuid']] = draft
        self.note(f'import {sample} {record["uuid"]}')
        for slot in SLOTS[sample]:
            path, sha256 = self.make_file()
            self.client.must(self.client.tell('attach', record['uuid'], slot, path))
            draft.attach(sha256, True)

    def take_over_half(self, other):
        """Takes over half of the places of a record that another computer began."""
        for uuid, draft in other.drafts.items():
            if uuid in self.drafts or not self.client.ask(
                    'SELECT 1 FROM record WHERE uuid = ? AND removed_at IS NULL', uuid):
                continue
            record = Client.call(self.client, '--json', 'show', uuid).json
            half = [pointer for pointer in list(draft.values)[::2]
                    if draft.values[pointer] == {find(record, pointer)}]
            self.drafts[uuid] = Draft(uuid, record, half)
            self.drafts[uuid].shared = draft.shared = True
            for pointer in half:
                del draft.values[pointer]

    # Steps

    def kill_after(self, most):
        """Now and then a program is killed in the middle of what it does."""
        if self.rng.random() >= self.storm.deaths / (4 if self.client.stays else 1):
            return None
        return self.rng.uniform(0.002, most)

    def after(self, words, result):
        self.note(f'{words}: {result.code}')
        self.kills += result.code == KILLED
        return result

    def is_writable(self, uuid):
        rows = self.client.ask('SELECT server_state FROM record WHERE uuid = ?', uuid)
        return bool(rows) and rows[0][0] in (None, *WRITABLE)

    def has_unsent(self, uuid):
        """Whether something stands here that the province does not have, and can be sent."""
        return bool(self.client.ask('SELECT 1 FROM record WHERE uuid = ? AND digest IS NOT'
                                    ' base_digest AND coalesce (server_state, ?)'
                                    ' NOT IN (?, ?)', uuid, '', 'approved', 'incomplete'))

    def step_set(self):
        draft = self.drafts[self.rng.choice(list(self.drafts))]
        if self.is_writable(draft.uuid):
            self.write(draft)

    def write(self, draft):
        pointer = self.rng.choice(list(draft.values))
        self.serial += 1
        value = f'{self.client.name}-{self.serial} 虚构'
        # before, so that a submission that takes it along knows it
        before = draft.values[pointer]
        draft.set(pointer, value, False)
        result = self.after(f'set {draft.uuid} {pointer} {value}',
                            self.client.tell('set', draft.uuid, pointer, value,
                                             kill_after=self.kill_after(0.15)))
        if result.code == 0:
            draft.set(pointer, value, True)
        elif result.code != KILLED:
            draft.values[pointer] = before

    def step_attach(self):
        draft = self.drafts[self.rng.choice(list(self.drafts))]
        if not self.is_writable(draft.uuid) or len(draft.files) > 9 or not draft.files:
            return
        path, sha256 = self.make_file()
        draft.attach(sha256, False)
        result = self.after(f'attach {draft.uuid} contract',
                            self.client.tell('attach', draft.uuid, 'contract', path,
                                             kill_after=self.kill_after(0.15)))
        if result.code == 0:
            draft.attach(sha256, True)

    def step_submit(self):
        draft = self.drafts[self.rng.choice(list(self.drafts))]
        if not self.is_writable(draft.uuid):
            return
        self.submit(draft, self.kill_after(0.6), self.rng.random() < 0.2)

    def submit(self, draft, kill_after=None, follow=False):
        self.account.observe()
        snapshot = draft.snapshot()
        result = self.after(f'submit {draft.uuid}',
                            self.client.submit(draft.uuid, kill_after, follow))
        self.account.observe(draft.uuid, snapshot)
        self.take_sign_out(result)
        return result

    def step_hurry(self):
        """Submits, goes on writing and submits again, while the first is still on its way."""
        draft = self.drafts[self.rng.choice(list(self.drafts))]
        if not self.client.stays or not self.is_writable(draft.uuid):
            return
        for _ in range(2):
            self.write(draft)
            self.submit(draft)

    def step_sync(self):
        self.sync(self.kill_after(0.5))
        if self.client.stays:
            time.sleep(self.rng.uniform(0.02, 0.6))

    def sync(self, kill_after=None):
        result = self.after('sync', self.client.sync(kill_after))
        self.take_sign_out(result)
        return result

    def take_sign_out(self, result):
        """Whoever is signed out signs in again."""
        if self.client.stays:
            signed_out = self.client.process is not None \
                and self.client.tell('state').out.startswith('0 ')
        else:
            signed_out = result.code == 1 and 'yeji login' in result.err
        if signed_out:
            self.signed_out += 1
            self.after('login', self.client.sign_in())

    def step_clock(self):
        """Somebody sets the computer's clock."""
        self.client.place.set_clock(self.rng.choice(CLOCKS))

    def step_new(self):
        if sum(self.is_writable(uuid) for uuid in self.drafts) < 2 and len(self.drafts) < 6:
            self.begin_record()

    def step_decide(self):
        for uuid in self.drafts:
            if self.client.ask('SELECT 1 FROM conflict WHERE record = ? AND settled = 0', uuid):
                self.decide(uuid)

    def decide(self, uuid):
        self.after(f'conflicts {uuid} --mine', self.client.tell('conflicts', uuid, '--mine'))

    STEPS = {'set': 6, 'attach': 1, 'submit': 4, 'sync': 4, 'hurry': 1, 'clock': 0.5, 'new': 0.4,
             'decide': 0.3}

    def work(self):
        try:
            while not self.storm.is_over():
                name = self.rng.choices(list(self.STEPS), list(self.STEPS.values()))[0]
                getattr(self, f'step_{name}')()
        except Exception as failure:  # noqa: BLE001: it is told where the storm is
            self.failure = failure
            self.storm.end()

    # The lull

    def calm(self):
        """Does what is left to do, on a line that is good again."""
        self.client.close()
        self.client.place.set_clock(LATER)
        for _ in range(MOST_SYNCS):
            result = Client.sync(self.client)
            self.after('sync', result)
            if result.code == 1 and 'yeji login' in result.err:
                self.signed_out += 1
                self.client.sign_in()
            elif result.code not in (0, INVALID, OFFLINE):
                raise Broken(f'{self.client.name}: sync on a good line ends with {result!r}')
            waiting = self.client.ask('SELECT count(*) FROM outbox')[0][0]
            if result.code == 0 and waiting == 0:
                break
        else:
            raise Broken(f'{self.client.name}: there is no end of syncing: {result!r}, {waiting} '
                         f'wait: {self.client.ask("SELECT uuid, message FROM outbox")}')
        self.account.observe()

    def look(self):
        """Looks at what the program shows of each record."""
        self.records = {uuid: Client.call(self.client, '--json', 'show', uuid).json
                        for uuid in self.drafts}

    def check_values(self):
        """What was typed is there. What may have been typed is known from now on."""
        for uuid, draft in self.drafts.items():
            draft.check_values(self.records[uuid], f'{self.client.name}:')
            draft.settle(self.records[uuid])
            files = {sha256 for sha256, in self.client.ask(
                'SELECT sha256 FROM attachment WHERE record = ? AND removed_at IS NULL', uuid)}
            if not draft.files <= files or not (draft.shared
                                                or files <= draft.files | draft.maybe_files):
                raise Broken(f'{self.client.name}: documents of {uuid}: {len(draft.files)} were '
                             f'attached, {len(files)} are there')
            if draft.files:
                draft.files, draft.maybe_files = files, set()

    def check_cursor(self, visitor):
        """There is nothing left to fetch."""
        cursor, = self.client.ask("SELECT value FROM setting WHERE name = 'cursor'")[0]
        answer = visitor.ask('GET', f'/v1/changes?since={cursor}&wait=0')
        if answer.status != 200 or answer.body['changes']:
            raise Broken(f'{self.client.name}: behind the cursor {cursor} is {answer!r}')
