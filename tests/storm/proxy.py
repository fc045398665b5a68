# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A proxy before the province that does harm, by a seed. What an exchange meets with depends on the
seed, the client's name and the number of the exchange alone, never on the time."""

import json
import random
import select
import socket
import threading
import time

import faults
from http1 import Gone, Wire, make_answer

KEPT = 4000


class Exchange:
    """One request of a client, and what becomes of it."""

    def __init__(self, line, number, client, request):
        self.line = line
        self.number = number
        self.client = client
        self.request = request
        self.rng = random.Random(f'{line.seed}/{line.name}/{number}')
        self.fault = faults.draw(self.rng, line.share) if line.stormy else None
        self.statuses = []       # what the province said, each time
        self.given = None        # what the client was told
        self.ended = None
        self.end_next = False    # the connection ends when it is used again

    def __str__(self):
        words = f'{self.line.name} {self.number}: {self.request.method} {self.request.path}'
        if self.fault is not None:
            words += f' [{self.fault[0]}, {self.fault[1]}]'
        words += f' province {self.statuses} client {self.given}'
        return words + (f' ({self.ended})' if self.ended else '')

    def _open(self):
        try:
            return Wire(socket.create_connection(('127.0.0.1', self.line.target), timeout=5))
        except OSError as error:
            raise Gone(f'no province: {error}') from None

    def deliver(self, request=None, watched=True):
        """Brings the request, or what became of it, to the province; returns the answer."""
        request = request or self.request
        there = self._open()
        try:
            there.send(request.raw)
            answer = there.read(request.method, self.client if watched else None)
        finally:
            there.cut()
        self.note_answer(request, answer)
        return answer

    def note_answer(self, request, answer):
        self.statuses.append(answer.status)
        self.line.note_answer(request, answer)

    def deliver_part(self, reset, end=None):
        """Brings a part of the request, no more than up to `end`; then its connection breaks."""
        there = self._open()
        raw = self.request.raw
        try:
            there.send(raw[:self.rng.randrange(1, end or len(raw))])
        finally:
            there.cut(reset)

    def deliver_slowly(self, pauses):
        """Brings the request in pieces, and the answer back."""
        there = self._open()
        raw = self.request.raw
        step = max(1, len(raw) // (len(pauses) + 1))
        try:
            for number, begin in enumerate(range(0, len(raw), step)):
                there.send(raw[begin:begin + step])
                if number < len(pauses) and not self.client_waits(pauses[number]):
                    raise Gone('nobody waits for it any more')
            answer = there.read(self.request.method, self.client)
        finally:
            there.cut()
        self.note_answer(self.request, answer)
        self.answer(answer)

    def deliver_twice(self, at_once):
        """Brings the request twice; returns both answers, nothing where none came."""
        answers = [None, None]

        def bring(index):
            try:
                answers[index] = self.deliver(watched=False)
            except Gone:
                pass
        if not at_once:
            bring(0)
            bring(1)
            return answers
        threads = [threading.Thread(target=bring, args=(index,), daemon=True) for index in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def deliver_and_end(self, request):
        """Brings a request that is not what it says, and says no more; the answer comes back."""
        there = self._open()
        try:
            there.send(request.raw)
            there.end.shutdown(socket.SHUT_WR)
            answer = there.read(request.method, self.client)
        except OSError as error:
            raise Gone(str(error)) from None
        finally:
            there.cut()
        self.note_answer(request, answer)
        self.answer(answer)
        self.client.cut()

    def hold(self, later):
        """Keeps the request back until that number of exchanges later."""
        self.line.hold(self, self.number + later)

    def client_waits(self, seconds):
        """Waits; returns whether the client still does."""
        try:
            ready, _, _ = select.select([self.client.end], [], [], seconds)
        except (OSError, ValueError):
            return False
        return not ready

    def answer(self, answer):
        """Gives the client an answer."""
        self.given = answer.status
        self.client.send(answer.raw)
        if answer.ends_connection:
            self.client.cut()

    def make_problem(self, status, reason, kind, headers):
        """Makes a problem that looks like the province's own."""
        body = {'type': f'urn:yeji:problem:{kind}', 'title': reason, 'status': status}
        return make_answer(status, reason, [('Content-Type', 'application/problem+json'),
                                            ('Yeji-Version', '1'), *headers],
                           json.dumps(body).encode())


class Line:
    """The line of one client: a port of its own, and a schedule. Counts what happened."""

    def __init__(self, target, seed, name, share=0.4):
        self.target = target
        self.seed = seed
        self.name = name
        self.share = share
        self.stormy = False
        self.number = 0
        self.counts = {}         # (kind, place): how often
        self.exchanges = []      # the last ones
        self.put = {}            # uuid: {body: revisions that the province gave it}
        self.submitted = {}      # key: the answers with 200 that the province gave it
        self.held = []           # (number, exchange)
        self.busy = 0
        self.guard = threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def n_faults(self):
        return sum(self.counts.values())

    def _accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(Wire(here),), daemon=True).start()

    def _serve(self, client):
        end_next = False
        try:
            while True:
                request = client.read()
                if end_next:
                    client.cut(reset=True)
                    return
                exchange = self._begin(client, request)
                try:
                    self._pass(exchange)
                finally:
                    with self.guard:
                        self.busy -= 1
                end_next = exchange.end_next
        except Gone:
            client.cut()

    def _begin(self, client, request):
        with self.guard:
            self.busy += 1
            self.number += 1
            exchange = Exchange(self, self.number, client, request)
            self.exchanges.append(exchange)
            del self.exchanges[:-KEPT]
            due = [held for number, held in self.held if number <= self.number]
            self.held = [(number, held) for number, held in self.held if number > self.number]
            if exchange.fault is not None:
                self.counts[exchange.fault] = self.counts.get(exchange.fault, 0) + 1
        self._bring_late(due)
        return exchange

    def _pass(self, exchange):
        if exchange.fault is not None:
            faults.meet(exchange, exchange.fault)
            return
        try:
            exchange.answer(exchange.deliver())
        except Gone as reason:
            exchange.ended = str(reason)
            raise

    @staticmethod
    def _bring_late(due):
        for exchange in due:
            try:
                exchange.deliver(watched=False)
            except Gone as reason:
                exchange.ended = f'late: {reason}'

    def hold(self, exchange, number):
        with self.guard:
            self.held.append((number, exchange))

    def calm(self):
        """Makes the line good. What was kept back arrives now."""
        self.stormy = False
        with self.guard:
            due, self.held = [held for _, held in self.held], []
        self._bring_late(due)

    def wait_until_idle(self, patience=30):
        """Waits until no request is under way but those that wait for news."""
        end = time.monotonic() + patience
        while self.busy > 0 and time.monotonic() < end:
            time.sleep(0.02)

    def note_answer(self, request, answer):
        """Keeps what the province took, as it was sent."""
        path, _, verb = request.path.partition(':')
        uuid = path.rsplit('/', 1)[-1]
        with self.guard:
            if request.method == 'PUT' and answer.status in (200, 201):
                self.put.setdefault(uuid, {}).setdefault(request.body, set()).add(
                    answer.get('ETag'))
            elif verb == 'submit' and answer.status == 200:
                self.submitted.setdefault(request.get('Idempotency-Key'), set()).add(
                    answer.body.decode())

    def tail(self, number=40):
        with self.guard:
            return [str(exchange) for exchange in self.exchanges[-number:]]

    def stop(self):
        self.listener.close()
