# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A relay that is a bad line: narrow, and now and then it breaks or stalls."""

import random
import socket
import threading
import time

BLOCK = 4096


def end_both(here, there):
    """Ends a connection at once, for threads too that wait for it."""
    for end in (here, there):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Narrow:
    """Listens on a port of its own and forwards to another one, what is sent there at `rate` bytes a
    second for all connections together (0: as it comes). Of the blocks of 16 KB the share `cuts`
    ends its connection, and `stalls` of them wait for `stall` seconds. Counts what went through."""

    def __init__(self, port, seed=1):
        self.target = port
        self.random = random.Random(seed)
        self.rate = 0
        self.cuts = self.stalls = 0.0
        self.stall = 3.0
        self.n_cuts = self.n_stalls = 0
        self.sent = 0            # bytes that went there
        self.seen_there = bytearray()
        self.seen_back = bytearray()
        self.guard = threading.Lock()
        self.free_at = time.monotonic()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            # what waits in buffers has not been sent over a narrow line; less than this, and
            # loopback with its large segments sends in fits and starts
            here.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * BLOCK)
            try:
                there = socket.create_connection(('127.0.0.1', self.target))
            except OSError:
                here.close()
                continue
            threading.Thread(target=self.forward, args=(here, there), daemon=True).start()
            threading.Thread(target=self.bring_back, args=(there, here), daemon=True).start()

    def take_turn(self, size):
        """Waits until the line is free for so many bytes."""
        with self.guard:
            if self.rate == 0:
                return
            now = time.monotonic()
            self.free_at = max(self.free_at, now) + size / self.rate
            wait = self.free_at - now
        time.sleep(max(0, wait))

    def draw(self, size):
        """Whether the line breaks here; it may stall before."""
        with self.guard:
            share = size / (4 * BLOCK)
            stalls = self.random.random() < self.stalls * share
            cut = self.random.random() < self.cuts * share
            self.n_stalls += stalls
            self.n_cuts += cut
        if stalls:
            time.sleep(self.stall)
        return cut

    def forward(self, here, there):
        try:
            while data := here.recv(BLOCK):
                self.take_turn(len(data))
                if self.draw(len(data)):
                    end_both(here, there)
                    return
                with self.guard:
                    self.sent += len(data)
                    self.seen_there += data
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            end_both(here, there)

    def bring_back(self, there, here):
        try:
            while data := there.recv(65536):
                with self.guard:
                    self.seen_back += data
                here.sendall(data)
        except OSError:
            pass
        end_both(here, there)

    def count_there(self, words):
        with self.guard:
            return self.seen_there.count(words)

    def count_back(self, words):
        with self.guard:
            return self.seen_back.count(words)

    def reset(self):
        """Counts anew."""
        with self.guard:
            self.sent = self.n_cuts = self.n_stalls = 0
            self.seen_there.clear()
            self.seen_back.clear()

    def stop(self):
        self.listener.close()
