# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What `yeji grade` answers, and with which exit code."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OK, FAILED, _USAGE, INVALID = range(4)
SAMPLES = pathlib.Path(os.environ['YEJI_SAMPLES'])

CASES = [
    # sample, exit code, outcome, rules of the reasons; of a file the documents are not asked
    ('complete-construction.json', OK, 'national', []),
    ('complete-supervision.json', OK, 'national', []),
    ('complete-design.json', OK, 'D', ['national.permit']),
    ('broken-02-code.json', INVALID, 'refused', ['R02.code']),
    ('broken-10-ongoing.json', INVALID, 'refused', ['national.permit', 'R10.ongoing']),
]
DOCUMENTS = ['award_notice', 'contract', 'construction_permit', 'acceptance_report']


def call(program, place, *words):
    """Returns exit code and answer of one call."""
    done = subprocess.run([program, '--profile', str(place / 'profile'), '--json', *words],
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'},
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else None


def files(program, place):
    """The outcome, and exactly what makes the difference."""
    for name, code, outcome, rules in CASES:
        found, answer = call(program, place, 'grade', str(SAMPLES / name))
        assert found == code, (name, found)
        assert [one['outcome'] for one in answer] == [outcome], (name, answer)
        assert [reason['rule'] for reason in answer[0]['reasons']] == rules, (name, answer)
    assert call(program, place, 'grade', str(place / 'missing.json'))[0] == FAILED


def listed(program, place):
    """What the list says of the only record."""
    entry, = call(program, place, 'list')[1]
    return entry['completeness'], entry['expected'], entry['slots'], entry['slots_filled']


def draft(program, place):
    """A draft is judged with its documents, and ends complete when the last one is there."""
    sample = SAMPLES / 'complete-construction.json'
    uuid = json.loads(sample.read_text(encoding='utf-8'))['uuid']
    paper = place / 'paper.pdf'
    paper.write_bytes(b'%PDF-1.4\n%invented\n%%EOF\n')
    assert call(program, place, 'import', str(sample))[0] == OK
    for count, slot in enumerate(DOCUMENTS):
        found, answer = call(program, place, 'grade', uuid)
        pointers = [reason['pointer'] for reason in answer[0]['reasons']]
        assert found == INVALID, (slot, found)
        assert sorted(pointers) == sorted(f'/documents/{one}' for one in DOCUMENTS[count:]), pointers
        assert listed(program, place) == (100, 'refused', len(DOCUMENTS), count)
        paper.write_bytes(paper.read_bytes() + b'%\n')
        assert call(program, place, 'attach', uuid, slot, str(paper))[0] == OK, slot
    found, answer = call(program, place, 'grade', uuid)
    assert (found, answer[0]['outcome']) == (OK, 'national'), answer
    assert listed(program, place) == (100, 'national', len(DOCUMENTS), len(DOCUMENTS))
    assert call(program, place, 'set', uuid, '/project/PrjName', '')[0] == OK
    assert listed(program, place) == (99, 'refused', len(DOCUMENTS), len(DOCUMENTS))


def main():
    print('1..2')
    for number, case in enumerate((files, draft), 1):
        with tempfile.TemporaryDirectory() as folder:
            case(sys.argv[1], pathlib.Path(folder))
        print(f'ok {number} - {case.__doc__}')


if __name__ == '__main__':
    main()
