# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Whoever decides at the province while the lines of the enterprises are bad."""

import random
import time
import urllib.error

from model import Broken, pointers
from province import PROVINCE_REVIEWER, Visitor


class Reviewers:
    """Whoever decides at the province, on a line of their own, and who lets it die."""

    def __init__(self, storm):
        self.storm = storm
        self.rng = random.Random(f'{storm.seed}/reviewers')
        self.decided = []        # (uuid, state, revision): what the province said that it is now
        self.kills = 0
        self.visitor = None

    def ask(self, method, path, body=None, **headers):
        try:
            if self.visitor is None:
                self.visitor = Visitor(self.storm.province.url, PROVINCE_REVIEWER)
            answer = self.visitor.ask(method, path, body, **headers)
            if answer.status == 401:
                self.visitor = None
            return answer
        except (OSError, urllib.error.URLError):
            return None

    def decide(self, uuid, verb):
        record = self.ask('GET', f'/v1/records/{uuid}')
        if record is None or record.status != 200:
            return
        points = [{'pointer': self.rng.choice(pointers(record.body['record'])),
                   'comment': f'请核对 {self.rng.getrandbits(20)}'}]
        answer = self.ask('POST', f'/v1/records/{uuid}:{verb}',
                          {'points': points} if verb == 'return' else {},
                          If_Match=record.headers['ETag'])
        if answer is not None and answer.status == 200:
            self.decided.append((uuid, answer.body['state'], answer.headers['ETag'].strip('"')))

    def queue(self):
        answer = self.ask('GET', '/v1/reviews?state=submitted')
        return [line['uuid'] for line in answer.body['reviews']] \
            if answer is not None and answer.status == 200 else []

    def work(self):
        due = time.monotonic() + self.rng.uniform(4, 9)
        restore = self.storm.may_restore
        while not self.storm.is_over():
            time.sleep(self.rng.uniform(0.05, 0.5))
            if time.monotonic() > due and restore:
                self.restore()
                restore = False
            elif time.monotonic() > due:
                self.storm.kill_province()
                self.kills += 1
                due = time.monotonic() + self.rng.uniform(4, 9)
            if self.rng.random() < 0.08:
                self.storm.expire_tokens()
            waiting = self.queue()
            if waiting and self.rng.random() < 0.6:
                self.decide(self.rng.choice(waiting),
                            'approve' if self.rng.random() < 0.06 else 'return')

    def restore(self):
        """A backup is made, work goes on for some seconds, and then there is the backup alone."""
        self.storm.back_up()
        kept = len(self.decided)
        end = time.monotonic() + self.rng.uniform(3, 6)
        while time.monotonic() < end and not self.storm.is_over():
            time.sleep(self.rng.uniform(0.05, 0.5))
            for uuid in self.queue()[:1]:
                self.decide(uuid, 'return')
        self.storm.go_back()
        self.visitor = None
        del self.decided[kept:]

    def return_all(self):
        """Lets every clerk write again."""
        self.visitor = None
        for uuid in self.queue():
            self.decide(uuid, 'return')
        if self.queue():
            raise Broken('what was submitted cannot be returned')

    def check(self, truth):
        """What the province told them is what it has told the enterprise."""
        told = {(line['uuid'], line['state'], f'r{line["revision"]}') for line in truth.changes}
        lost = [decision for decision in self.decided if decision not in told]
        if lost:
            raise Broken(f'decisions that are lost: {lost[:3]}')
