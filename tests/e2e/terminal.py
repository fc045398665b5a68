# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A story that is told at the command line."""

from steps import Story, same

OK, FAILED, USAGE, INVALID, OFFLINE = range(5)


class Terminal(Story):
    """A clerk who works in a terminal, on one profile."""

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        self.profile = place / 'profile'
        self.last = None

    def report(self):
        return [f'the last call: {self.last!r}']

    def yeji(self, *words, code=OK, stdin=''):
        """Calls yeji; fails unless it ends with that code."""
        self.last = self.programs.call(self.profile, *words, stdin=stdin)
        same(self.last.code, code, f'yeji {" ".join(map(str, words))}: {self.last!r}')
        return self.last

    def entry(self, uuid):
        """Reads one line of the list."""
        lines = self.yeji('--json', 'list').json
        return next((line for line in lines if line['uuid'] == uuid), None)
