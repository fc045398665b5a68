# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Tells a story step by step, as TAP: every step builds on the one before."""

import re
import sys
import time
import traceback


def step(words):
    """Marks a method of a Story as a step; the words say what is seen when it is done."""
    def mark(method):
        method.words = words
        return method
    return mark


class Story:
    """Runs its steps in the order in which they are written. The first that fails is the last."""

    def steps(self):
        return [method for method in vars(type(self)).values() if hasattr(method, 'words')]

    def after_step(self, number, name):
        """Is called after each step, whether it was seen or not."""

    def report(self):
        """Gives lines that help to understand a failure."""
        return []

    def tell(self):
        """Runs all steps; returns whether every one of them was seen."""
        steps = self.steps()
        print(f'1..{len(steps)}', flush=True)
        whole = True
        for number, method in enumerate(steps, 1):
            if not whole:
                print(f'not ok {number} - {method.words} (not reached)', flush=True)
                continue
            began = time.monotonic()
            try:
                method(self)
            except Exception:  # noqa: BLE001: whatever it is, the step was not seen
                whole = False
                print(f'not ok {number} - {method.words}', flush=True)
                for line in [*traceback.format_exc().splitlines(), *self.report()]:
                    print(f'# {line}')
            else:
                print(f'ok {number} - {method.words}', flush=True)
                print(f'# {time.monotonic() - began:.1f} s', file=sys.stderr)
            self.after_step(number, re.sub(r'[^a-z0-9]+', '-', method.__name__).strip('-'))
        return whole


def same(seen, expected, what):
    """Fails unless the two are equal, and tells both."""
    if seen != expected:
        raise AssertionError(f'{what}: {seen!r}, not {expected!r}')


def holds(truth, what):
    """Fails unless it is true. Unlike the statement `assert`, it cannot be compiled away."""
    if not truth:
        raise AssertionError(what)
