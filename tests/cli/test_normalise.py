# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What `yeji normalise` answers, and with which exit code."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)

CASES = [
    # kind, text, exit code, values
    ('date', '2016年3月30日', OK, ['2016-03-30']),
    ('date', '03/04/2016', OK, ['2016-03-04', '2016-04-03']),
    ('date', '2016-03-30', OK, []),
    ('date', '2016年13月', FAILED, []),
    ('万元', '29,282,800元', OK, ['2928.28']),
    ('TBContractRecordManage.ContractMoney', '29282800元', OK, ['2928.28']),
    ('contracts.ContractMoney', '29282800元', OK, ['2928.28']),
    ('contracts.ContractMoney', '2928.28美元', FAILED, []),
    ('contract_type', '施工总包', OK, ['301']),
    ('credit_code', '91350100m000100y43', OK, ['91350100M000100Y43']),
    ('text', '无', OK, ['']),
    ('number', '-5', OK, []),
    ('吨', '3', USAGE, []),
    ('contracts.NoSuchField', '3', USAGE, []),
]


def call(program, place, *words):
    """Returns exit code, output and complaints of one call."""
    done = subprocess.run([program, '--profile', str(place / 'profile'), *words],
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'},
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def answers(program, place):
    """One suggestion a line, or an array of them; the exit code tells the rest."""
    for kind, text, code, values in CASES:
        found, out, complaint = call(program, place, 'normalise', kind, text)
        assert found == code, (kind, text, found, complaint)
        assert [line.split('\t')[0] for line in out.splitlines()] == values, (kind, text, out)
        assert bool(complaint) == (not values), (kind, text, complaint)
        found, out, _ = call(program, place, '--json', 'normalise', kind, text)
        assert found == code, (kind, text, found)
        if code == USAGE:
            assert out == '', out
            continue
        answer = json.loads(out)
        assert [one['value'] for one in answer] == values, (kind, text, out)
        for one in answer:
            assert sorted(one) == ['message', 'reason', 'value'], one
            assert one['reason'] and one['message'], one


def needs_no_profile(program, place):
    """Asking changes nothing, and leaves nothing."""
    call(program, place, 'normalise', 'date', '2016.3.30')
    assert not (place / 'profile').exists()


def wants_two_words(program, place):
    """Anything else is a mistake in the usage."""
    for words in ([], ['date'], ['date', '2016.3.30', 'more']):
        assert call(program, place, 'normalise', *words)[0] == USAGE, words


def main():
    """Runs all of it and answers in TAP."""
    tests = [answers, needs_no_profile, wants_two_words]
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as place:
            test(sys.argv[1], pathlib.Path(place))
        print(f'ok {number} {test.__name__}')


if __name__ == '__main__':
    main()
