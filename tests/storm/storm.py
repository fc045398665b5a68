# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""One storm: a province, clients on bad lines, reviewers, and what must be true when it is over."""

import concurrent.futures
import json
import pathlib
import sqlite3
import subprocess
import threading
import time

from clerks import Clerk
from clients import Client, OpenClient
from model import Broken, Truth, check_fates, check_records, check_states
from province import ENTERPRISE, PASSWORD, Province, Visitor
from proxy import Line
from reviewers import Reviewers

SECOND = 'qiye2'
MOST_ROUNDS = 4
# Forgets what was submitted, so that it can be submitted twice.
FORGET_KEYS = 'CREATE TRIGGER planted AFTER INSERT ON submission BEGIN' \
    ' DELETE FROM submission WHERE key = NEW.key; END'

class Storm:
    """A province and its clients, from fair weather to fair weather."""

    def __init__(self, build, folder, seed, programs, share=0.4, deaths=0.12, planted=None,
                 restores=False):
        self.build = build
        self.folder = pathlib.Path(folder)
        self.seed = seed
        self.programs = programs
        self.deaths = deaths
        self.planted = planted
        self.may_restore = restores
        self.restores = 0
        self.lost = {}           # key: answers of a province that was restored since
        self.province = Province(programs, self.folder / 'province')
        self._add_enterprise()
        self.port = None
        self.over = threading.Event()
        self.target = 0
        self.end_at = 0
        self.clerks = []
        self.reviewers = Reviewers(self)
        self.share = share
        self.guard = threading.Lock()

    def _add_enterprise(self):
        subprocess.run(self.province.command('user', 'add', SECOND, '--role', 'enterprise',
                                             '--display-name', '李经办', '--enterprise',
                                             '示例第二建设有限公司', '--code', '91220000MA0000001X'),
                       env=self.programs.environment, input=f'{PASSWORD}\n', text=True, check=True,
                       capture_output=True)

    def open(self):
        self.province.start()
        self.port = self.province.port
        if self.planted == 'forget keys':
            database = sqlite3.connect(self.province.directory / 'province.db')
            database.execute(FORGET_KEYS)
            database.commit()
            database.close()
        for name, kind, account in (('A', Client, ENTERPRISE), ('B', OpenClient, SECOND),
                                    ('C', OpenClient, ENTERPRISE)):
            line = Line(self.port, self.seed, name, self.share)
            client = kind(self.build, self.folder, name, account, line)
            client.open(planted=self.planted == 'acknowledge all')
            clerk = Clerk(self, client)
            self.clerks.append(clerk)
            clerk.begin_record()
            clerk.begin_record()

    def share_records(self):
        """Two computers of one enterprise write to the same records, each to places of its own."""
        for clerk in self.clerks:
            for other in self.clerks:
                if clerk is not other and clerk.client.account == other.client.account:
                    clerk.take_over_half(other)

    def is_over(self):
        return self.over.is_set() or self.n_faults >= self.target or time.monotonic() > self.end_at

    def end(self):
        self.over.set()

    @property
    def n_faults(self):
        return sum(clerk.client.line.n_faults for clerk in self.clerks)

    @property
    def n_exchanges(self):
        return sum(clerk.client.line.number for clerk in self.clerks)

    def counts(self):
        """How often each kind of fault happened, at each place."""
        counts = {}
        for clerk in self.clerks:
            for fault, number in clerk.client.line.counts.items():
                counts[fault] = counts.get(fault, 0) + number
        return counts

    def kill_province(self):
        """The province dies at once, and is there again."""
        self.province.process.kill()
        self.province.process.wait()
        self.province.start(self.port)

    def run_server(self, command):
        subprocess.run(self.province.command(command, str(self.folder / f'{self.restores}.backup')),
                       env=self.programs.environment, check=True, capture_output=True)

    def back_up(self):
        self.run_server('backup')

    def go_back(self):
        """The province is what it was at the backup. What it answered since is lost there."""
        self.province.process.kill()
        self.province.process.wait()
        before = Truth(self.province.directory)
        self.run_server('restore')
        self.restores += 1
        truth = Truth(self.province.directory)
        # also what it had taken and nobody saw the answer of
        self.lost.update({key: [answer] for key, answer in before.answers.items()
                          if key not in truth.answers})
        for clerk in self.clerks:
            with clerk.client.line.guard:
                for key, answers in clerk.client.line.submitted.items():
                    if key not in truth.answers:
                        self.lost[key] = [json.loads(answer) for answer in answers]
        self.province.start(self.port)

    def expire_tokens(self):
        """An hour goes by: everybody's session is to be renewed."""
        database = sqlite3.connect(self.province.directory / 'province.db', timeout=20)
        database.execute("UPDATE token SET expires = 0 WHERE kind = 'access'")
        database.commit()
        database.close()

    def blow(self, n_faults, seconds):
        """Lets it blow until so many faults more have happened, or so long."""
        self.share_records()
        self.target = self.n_faults + n_faults
        self.end_at = time.monotonic() + seconds
        for clerk in self.clerks:
            clerk.client.line.stormy = True
        threads = [threading.Thread(target=who.work, daemon=True)
                   for who in (*self.clerks, self.reviewers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds + 120)
            if thread.is_alive():
                raise Broken('a clerk does not come to an end')
        failure = next((clerk.failure for clerk in self.clerks if clerk.failure), None)
        if failure is not None:
            raise failure

    def calm(self):
        """Fair weather: everybody does what is left to do."""
        for clerk in self.clerks:
            clerk.client.close()
            clerk.client.line.wait_until_idle()
            clerk.client.line.calm()
        # and then what the others of the enterprise did meanwhile
        for _ in range(2):
            self.side_by_side(Clerk.calm)

    def side_by_side(self, what):
        """Lets all clerks do something at once; fails as the first of them does."""
        with concurrent.futures.ThreadPoolExecutor(len(self.clerks)) as pool:
            for done in [pool.submit(what, clerk) for clerk in self.clerks]:
                done.result()

    def check(self):
        """What must be true whenever everybody has synced."""
        truth = Truth(self.province.directory)
        truth.lost = self.lost
        truth.check()
        bodies = self.bodies()
        self.check_answers(truth)
        check_fates([clerk.account for clerk in self.clerks], truth, bodies)
        self.side_by_side(Clerk.look)
        for clerk in self.clerks:
            clerk.check_values()
        check_states([clerk.account for clerk in self.clerks], truth)
        self.reviewers.check(truth)
        visitors = {account: Visitor(self.province.url, account)
                    for account in (ENTERPRISE, SECOND)}
        for clerk in self.clerks:
            clerk.check_cursor(visitors[clerk.client.account])
        return truth

    def bodies(self):
        """What the province took, by record and content: the revisions that it became."""
        bodies = {}
        for clerk in self.clerks:
            for uuid, puts in clerk.client.line.put.items():
                for body, tags in puts.items():
                    bodies.setdefault(uuid, {}).setdefault(body, set()).update(tags)
        return bodies

    def check_answers(self, truth):
        """A key got one answer, however often it was asked."""
        for clerk in self.clerks:
            for key, answers in clerk.client.line.submitted.items():
                if key in self.lost:
                    continue
                if len(answers) > 1:
                    raise Broken(f'the key {key} was answered in {len(answers)} ways: {answers}')
                if key not in truth.answers:
                    raise Broken(f'the province took {key}, and knows nothing of it')

    def submit_all(self, also_sent):
        """Everybody submits what can be, or what was typed since; returns whether some was not."""
        left = False
        for clerk in self.clerks:
            for uuid, draft in clerk.drafts.items():
                if clerk.client.ask('SELECT 1 FROM conflict WHERE record = ? AND settled = 0',
                                    uuid):
                    clerk.client.must(Client.call(clerk.client, 'conflicts', uuid, '--mine'))
                if not clerk.is_writable(uuid) or not (also_sent or clerk.has_unsent(uuid)):
                    continue
                clerk.account.observe()
                result = Client.submit(clerk.client, uuid)
                clerk.after(f'submit {uuid}', result)
                clerk.account.observe(uuid, draft.snapshot())
                if result.code != 0 and not draft.shared:
                    raise Broken(f'{clerk.client.name}: on a good line {uuid} cannot be submitted: '
                                 f'{result!r}')
                left = left or result.code != 0
        return left

    def converge(self):
        """Everything is submitted; then all have the same."""
        for number in range(MOST_ROUNDS):
            self.reviewers.return_all()
            self.calm()
            left = self.submit_all(also_sent=number == 0)
            self.calm()
            if not left and not any(clerk.has_unsent(uuid) for clerk in self.clerks
                                    for uuid in clerk.drafts):
                break
        else:
            raise Broken('there is no end of submitting')
        truth = self.check()
        for clerk in self.clerks:
            check_records(clerk.account, truth, clerk.records)

    def story(self, number=14):
        """What happened last, for whoever looks for the fault."""
        words = []
        for clerk in self.clerks:
            words += clerk.steps[-number:] + clerk.client.line.tail(number)
        return words

    def close(self):
        for clerk in self.clerks:
            clerk.client.kill()
            clerk.client.line.stop()
        self.province.stop()
