# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A relay before the province that keeps what goes through it."""

import re
import socket
import threading


class Relay:
    """Listens on a port of its own and forwards every connection to another one."""

    def __init__(self, port):
        self.target = port
        self.seen = bytearray()
        self.guard = threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            there = socket.create_connection(('127.0.0.1', self.target))
            for source, drain in ((here, there), (there, here)):
                threading.Thread(target=self.forward, args=(source, drain), daemon=True).start()

    def forward(self, source, drain):
        """Forwards one direction until its end."""
        try:
            while data := source.recv(65536):
                with self.guard:
                    self.seen += data
                drain.sendall(data)
            drain.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def holds(self, text):
        with self.guard:
            return text.encode() in self.seen

    def tokens(self):
        """Returns what the province gave out in place of the password."""
        with self.guard:
            text = self.seen.decode(errors='replace')
        return set(re.findall(r'"(?:access|refresh)"\s*:\s*"([^"]+)"', text))

    def stop(self):
        self.listener.close()
