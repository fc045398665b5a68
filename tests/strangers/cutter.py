# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A relay that cuts connections at random points, by a seed."""

import random
import socket
import struct
import threading


class Cutter:
    """Listens on a port of its own and forwards to another one. A connection may be cut after some
    bytes of either direction: both ends see a reset, and what was under way is lost."""

    def __init__(self, port, seed, share=0.5, most=400_000):
        self.target = port
        self.random = random.Random(seed)
        self.share = share
        self.most = most
        self.cuts = 0
        self.guard = threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def draw(self):
        """How many bytes the next connection lives; none: to its end."""
        with self.guard:
            if self.random.random() >= self.share:
                return None
            return self.random.randrange(self.most)

    def accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            there = socket.create_connection(('127.0.0.1', self.target))
            life = Life(self, here, there, self.draw())
            for source, drain in ((here, there), (there, here)):
                threading.Thread(target=life.forward, args=(source, drain), daemon=True).start()

    def stop(self):
        self.listener.close()


class Life:
    """One connection through the relay."""

    def __init__(self, cutter, here, there, left):
        self.cutter = cutter
        self.ends = (here, there)
        self.left = left
        self.guard = threading.Lock()

    def take(self, size):
        """How many of the next bytes still go through."""
        with self.guard:
            if self.left is None:
                return size
            size = min(size, self.left)
            self.left -= size
            return size

    def forward(self, source, drain):
        """Forwards one direction until its end or the cut."""
        try:
            while data := source.recv(65536):
                size = self.take(len(data))
                drain.sendall(data[:size])
                if size < len(data):
                    self.cut()
                    return
            drain.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        with self.cutter.guard:
            self.cutter.cuts += 1
        for end in self.ends:
            try:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                # a thread that reads from it must see the end, too
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
