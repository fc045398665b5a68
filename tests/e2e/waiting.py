# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Waiting for a condition, with an end."""

import time

POLL = 0.03
PATIENCE = 10.0


class NotSeen(AssertionError):
    """What was waited for did not happen."""


def wait_until(condition, words, patience=PATIENCE, ignoring=()):
    """Asks the condition until it gives something true, and returns that.

    Errors of the kinds in `ignoring` count as "not yet"; the last one is told at the end.
    """
    end = time.monotonic() + patience
    error = None
    while True:
        try:
            result = condition()
            if result:
                return result
        except ignoring as caught:
            error = caught
        if time.monotonic() > end:
            raise NotSeen(f'{words}: not within {patience} s' + (f' ({error})' if error else ''))
        time.sleep(POLL)
