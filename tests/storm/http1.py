# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""As much of HTTP/1.1 as a proxy needs that means to do harm: whole messages, their parts kept."""

import select
import socket
import struct

CRLF = b'\r\n'
END_OF_HEAD = b'\r\n\r\n'
MOST_HEAD = 64 * 1024
# No program waits for more; what waits longer is the proxy's own fault.
PATIENCE = 60
WITHOUT_BODY = (204, 304)


class Gone(Exception):
    """One end of a connection is not there any more."""


class Message:
    """A request or an answer: its first line, its headers in their order, and its body."""

    def __init__(self, first, headers, body):
        self.first = first
        self.headers = headers
        self.body = body

    def get(self, name):
        """Finds a header, or nothing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def with_header(self, name, value):
        """Gives the same message with one header set anew; none when the value is None."""
        kept = [(key, old) for key, old in self.headers if key.lower() != name.lower()]
        return Message(self.first, kept if value is None else [*kept, (name, str(value))],
                       self.body)

    def with_body(self, body, length=None):
        """Gives the same message with another body; maybe with a length that is a lie."""
        lying = Message(self.first, self.headers, body).with_header('Transfer-Encoding', None)
        return lying.with_header('Content-Length', len(body) if length is None else length)

    @property
    def head(self):
        lines = [self.first, *(f'{name}: {value}' for name, value in self.headers)]
        return '\r\n'.join(lines).encode('latin-1') + END_OF_HEAD

    @property
    def raw(self):
        return self.head + self.body

    # Of a request

    @property
    def method(self):
        return self.first.split(' ', 1)[0]

    @property
    def path(self):
        return self.first.split(' ')[1]

    # Of an answer

    @property
    def status(self):
        return int(self.first.split(' ')[1])

    @property
    def ends_connection(self):
        return (self.get('Connection') or '').lower() == 'close'


def make_answer(status, reason, headers, body):
    """Makes an answer of the proxy's own."""
    return Message(f'HTTP/1.1 {status} {reason}', [*headers, ('Content-Length', str(len(body)))],
                   body)


class Wire:
    """One end of a connection, from which whole messages are read."""

    def __init__(self, end):
        self.end = end
        self.end.settimeout(PATIENCE)
        self.end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b''

    def _more(self, other=None):
        """Reads on; gives up when the other end of the proxy goes meanwhile."""
        try:
            if other is not None:
                ready, _, _ = select.select([self.end, other.end], [], [], PATIENCE)
                if self.end not in ready:
                    raise Gone('nobody waits for it any more' if ready else 'it takes too long')
            data = self.end.recv(65536)
        except (OSError, ValueError) as error:
            raise Gone(str(error)) from None
        if not data:
            raise Gone('ended')
        self.rest += data

    def _take(self, size, other):
        parts, left = [], size
        while left > 0:
            if not self.rest:
                self._more(other)
            parts.append(self.rest[:left])
            self.rest = self.rest[left:]
            left -= len(parts[-1])
        return b''.join(parts)

    def _line(self, other):
        while CRLF not in self.rest:
            self._more(other)
        line, self.rest = self.rest.split(CRLF, 1)
        return line

    def _chunks(self, other):
        parts = []
        while (size := int(self._line(other).split(b';')[0], 16)) > 0:
            parts.append(self._take(size, other))
            self._line(other)
        while self._line(other):
            pass
        return b''.join(parts)

    def read(self, method=None, other=None):
        """Reads a request, or the answer to a request of that method. Chunks are put together.

        Fails with Gone; while it waits the other end is watched, where there is one.
        """
        while END_OF_HEAD not in self.rest:
            if len(self.rest) > MOST_HEAD:
                raise Gone('no HTTP')
            self._more(other)
        head, self.rest = self.rest.split(END_OF_HEAD, 1)
        first, *lines = head.decode('latin-1').split('\r\n')
        headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines]
        message = Message(first, headers, b'')
        if method is not None:
            if 100 <= message.status < 200:
                return self.read(method, other)
            if method == 'HEAD' or message.status in WITHOUT_BODY:
                return message
        if (message.get('Transfer-Encoding') or '').lower() == 'chunked':
            return message.with_body(self._chunks(other))
        length = message.get('Content-Length')
        if length is not None:
            message.body = self._take(int(length), other)
        elif method is not None:
            try:
                while True:
                    self._more(other)
            except Gone:
                message.body, self.rest = self.rest, b''
            return message.with_body(message.body).with_header('Connection', 'close')
        return message

    def send(self, data):
        try:
            self.end.sendall(data)
        except OSError as error:
            raise Gone(str(error)) from None

    def cut(self, reset=False):
        """Ends the connection; by a reset nothing more of what is under way arrives."""
        try:
            if reset:
                self.end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            else:
                self.end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.end.close()
