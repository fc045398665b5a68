# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Tells the cases of a story one after another, as TAP: all of them live in one world."""

import pathlib
import sys
import tempfile


def tell(name, cases, world_of):
    """Runs cases, pairs of a name and a function of the world that `world_of` makes of the programs
    and the samples that the command line names; does not return."""
    program, server, samples = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    failures = 0
    print(f'1..{len(cases)}', flush=True)
    with tempfile.TemporaryDirectory() as directory:
        world = world_of(program, server, samples, pathlib.Path(directory))
        try:
            for number, (words, func) in enumerate(cases, 1):
                try:
                    func(world)
                    print(f'ok {number} /cli/{name}/{words}', flush=True)
                except Exception as error:   # pylint: disable=broad-except
                    failures += 1
                    print(f'# {type(error).__name__}: {error}')
                    print(f'not ok {number} /cli/{name}/{words}', flush=True)
        finally:
            world.stop()
    sys.exit(failures > 0)
