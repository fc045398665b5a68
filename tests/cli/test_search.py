# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""`yeji search`: what is found in a profile, and what is not."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)

NAMES = {'桦甸水厂': '6f1c2d3e-4a5b-4c6d-8e7f-102030405001',
         '敦化书店': '6f1c2d3e-4a5b-4c6d-8e7f-102030405002',
         '珲春大桥': '6f1c2d3e-4a5b-4c6d-8e7f-102030405003'}


class Program:
    """`yeji` with a profile of its own."""

    def __init__(self, program, place):
        self.program = program
        self.place = place

    def call(self, *words, json_wanted=True):
        """Returns exit code, answer and what was said on standard error."""
        environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C',
                       'XDG_CONFIG_HOME': str(self.place / 'config')}
        done = subprocess.run([self.program, '--profile', str(self.place / 'profile'),
                               *(['--json'] if json_wanted else []), *words], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False)
        answer = json.loads(done.stdout) if json_wanted and done.stdout else done.stdout
        return done.returncode, answer, done.stderr

    def good(self, *words):
        """The answer of a call that must be done without a word."""
        code, answer, said = self.call(*words)
        assert (code, said) == (OK, ''), (words, code, said)
        return answer

    def names(self, *words):
        """The names that a search finds, in their order."""
        return [entry['name'] for entry in self.good('search', *words)]

    def fill(self):
        """Imports one record for each name, the last of them changed last."""
        sample = pathlib.Path(os.environ['YEJI_SAMPLES'], 'complete-construction.json')
        record = json.loads(sample.read_text(encoding='utf-8'))
        for name, uuid in NAMES.items():
            record['uuid'] = uuid
            record['project']['PrjName'] = name
            path = self.place / f'{uuid}.json'
            path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
            self.good('import', str(path))


def parts_of_a_record_are_found(program):
    """Characters, initials, numbers of either width; every word must be there."""
    program.fill()
    works, shop, bridge = NAMES
    for words, found in ((['桦甸'], [works]), (['水'], [works]), (['hdsc'], [works]),
                         (['HDSC'], [works]), (['书店', '102030405002'], [shop]),
                         (['书店 珲春'], []), (['书店珲春'], []),
                         (['１０２０３０４０５００３'], [bridge]),
                         (['10203040500'], [bridge, shop, works]), (['没有这个'], [])):
        names = program.names(*words)
        assert names == found, (words, names)
    assert works in program.call('search', '桦甸', json_wanted=False)[1]


def changes_are_found_at_once(program):
    """What was set is found, what was there before is not, and the newest comes first."""
    program.fill()
    works, shop, bridge = NAMES
    program.good('set', NAMES[works], '/project/PrjName', '图们电站')
    assert program.names('桦甸') == []
    assert program.names('图们') == ['图们电站']
    assert program.names('TMDZ') == ['图们电站']
    assert program.names('10203040500') == ['图们电站', bridge, shop]


def the_bin_is_not_searched(program):
    """A record in the bin is found again when it is taken out."""
    program.fill()
    bridge = NAMES['珲春大桥']
    program.good('remove', bridge)
    assert program.names('珲春') == []
    program.good('bin', '--restore', bridge)
    assert program.names('珲春') == ['珲春大桥']
    program.good('remove', bridge)
    program.good('bin', '--empty')
    assert program.names('珲春') == []


def any_text_is_a_question(program):
    """Neither the syntax of the index nor nothing at all is a failure."""
    program.fill()
    for text in ('"', '*', 'a" OR "b', 'NEAR(', '-', '\\', "'; --", '%', '(' * 500, '长' * 5000):
        assert program.call('search', text)[0] == OK, text
    assert len(program.good('search', ' ')) == len(NAMES)
    assert program.call('search')[0] in (OK, USAGE)


CASES = [parts_of_a_record_are_found, changes_are_found_at_once, the_bin_is_not_searched,
         any_text_is_a_question]


def main():
    """Runs every case in a directory of its own and speaks TAP."""
    failed = 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as place:
            try:
                case(Program(sys.argv[1], pathlib.Path(place)))
                print(f'ok {number} {case.__name__}')
            except AssertionError as failure:
                failed += 1
                print(f'not ok {number} {case.__name__}\n# {failure!r}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
