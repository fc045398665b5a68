# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A story that is told at the command line."""

import pathlib
import sys

from steps import Story, same

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / 'cli'))
from shapes import Shapes  # noqa: E402

OK, FAILED, USAGE, INVALID, OFFLINE = range(5)


class Terminal(Story):
    """A clerk who works in a terminal, on one profile. What is JSON is held against its schema."""

    any = None                   # as a code: it does not matter

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        self.profile = place / 'profile'
        self.last = None
        self.shapes = Shapes(programs.source / 'data' / 'cli' / 'output.schema.json')

    def report(self):
        return [f'the last call: {self.last!r}']

    def yeji(self, *words, code=OK, stdin=''):
        """Calls yeji; fails unless it ends with that code."""
        self.last = self.programs.call(self.profile, *words, stdin=stdin)
        if code is not None:
            same(self.last.code, code, f'yeji {" ".join(map(str, words))}: {self.last!r}')
        if '--json' in words:
            self.shapes.check(words, self.last.code, self.last.out, self.last.err)
        return self.last

    def entry(self, uuid):
        """Reads one line of the list."""
        lines = self.yeji('--json', 'list').json
        return next((line for line in lines if line['uuid'] == uuid), None)
