# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Runs a function in a process of its own.

libatspi does not always survive the sudden end of a program that it knows. Who kills a program does
it in here, and who looks at the next one starts with a library that remembers nothing.
"""

import multiprocessing
import os
import traceback

from driver import connect


def _run(pipe, environment, function, arguments):
    try:
        connect(environment)
        pipe.send((function(*arguments), None))
    except BaseException:  # noqa: BLE001: the other side tells it
        pipe.send((None, traceback.format_exc()))
    pipe.close()
    # Nothing is taken down in an orderly way: that is where the library would fall.
    os._exit(0)


def apart(environment, function, *arguments, patience=120):
    """Calls a function of a module in another process; returns what it returns."""
    context = multiprocessing.get_context('spawn')
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, environment, function, arguments))
    process.start()
    theirs.close()
    try:
        if not ours.poll(patience):
            raise AssertionError(f'{function.__name__} takes more than {patience} s')
        result, failure = ours.recv()
    except EOFError:
        raise AssertionError(f'{function.__name__} ended without a word') from None
    finally:
        process.kill()
        process.join()
    if failure is not None:
        raise AssertionError(failure)
    return result
