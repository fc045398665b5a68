# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Kills the server with SIGKILL while four clients send it files, again and again.

What was acknowledged is there afterwards: every offset that a client was told, every document that
was received, byte by byte. What was not acknowledged can be gone on with.
"""

import argparse
import os
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import ENTERPRISE, Province, Visitor  # noqa: E402
from senders import File, check_received, is_there, run_round  # noqa: E402


def tell(province, place, rounds, seed):
    chance = random.Random(seed)
    programs = province.programs
    province.start()
    visitor = Visitor(province.url, ENTERPRISE)
    record = programs.sample('complete-construction')
    answer = visitor.ask('PUT', f'/v1/records/{record["uuid"]}', record, If_None_Match='*')
    assert answer.status == 201, answer
    files = [File(number, record['uuid'], chance) for number in range(120)]
    kills = 0
    for _ in range(rounds):
        run_round(province.process, visitor.url, visitor.token, files, chance.randint(5, 120))
        kills += not all(map(is_there, files))
        province.start()
        visitor.url = province.url
        check_received(visitor.url, visitor.token, files)
    run_round(province.process, visitor.url, visitor.token, files, None)
    assert all(map(is_there, files)), 'not everything came to its end'
    check_received(visitor.url, visitor.token, files)
    # one whose creation was answered to nobody is left until it expires
    left = {part.name for part in (place / 'province' / 'parts').iterdir()}
    assert not left & {file.location.rsplit('/', 1)[1] for file in files}, 'a part is left'
    return kills


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True)
    parser.add_argument('--rounds', type=int, default=6)
    parser.add_argument('--seed', type=int, default=6)
    arguments = parser.parse_args()
    # what is sent is no real scan, and is not to be opened
    programs = Programs(arguments.build, HERE.parent.parent,
                        {**os.environ, 'YEJI_EXAMINER': 'nowhere'})
    print('1..1')
    with tempfile.TemporaryDirectory(prefix='yeji-kill-') as place:
        province = Province(programs, pathlib.Path(place) / 'province')
        try:
            kills = tell(province, pathlib.Path(place), arguments.rounds, arguments.seed)
        finally:
            province.stop()
    print(f'# seed {arguments.seed}, killed {kills} times while files came')
    print(f'{"ok" if kills > 0 else "not ok"} 1 - what was acknowledged survives a kill')


if __name__ == '__main__':
    main()
