# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Runs the conformance set: the problems of each record, with rule, place and severity, exactly."""

import json
import pathlib
import subprocess
import sys

MEMBERS = {'title', 'accepts', 'today', 'documents', 'expected', 'record'}


def sort(problems):
    """Problems in an order of their own: theirs is no part of the conformance."""
    return sorted(json.dumps(problem, sort_keys=True, ensure_ascii=False) for problem in problems)


def check_case(case, answer):
    """What is wrong with a case or with the answer to it."""
    if set(case) - {'declared'} != MEMBERS:
        yield f'its members are {sorted(case)}'
        return
    expected = case['expected']
    accepts = expected is not None and all(problem['severity'] != 'error' for problem in expected)
    if accepts != case['accepts']:
        yield f"“accepts” is {case['accepts']}, and what is expected says otherwise"
    found = answer['problems']
    if (found is None) != (expected is None):
        yield f"the record {'cannot' if found is None else 'can'} be read: {answer.get('error', found)}"
    elif found is not None and sort(found) != sort(expected):
        for problem in sorted(set(sort(expected)) - set(sort(found))):
            yield f'expected, not found: {problem}'
        for problem in sorted(set(sort(found)) - set(sort(expected))):
            yield f'found, not expected: {problem}'
        if set(sort(expected)) == set(sort(found)):
            yield 'a problem is there twice, or once too few'


def find_forgotten(cases, rules):
    """The rules of which no case speaks."""
    named = {problem['rule'] for case in cases for problem in case['expected'] or ()}
    return sorted(rule['id'] for rule in rules if rule['id'] not in named)


def main():
    """Runs all cases at once and reports in TAP. With a third argument, the dictionary's rules, no
    rule may be forgotten."""
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    paths = sorted(folder.glob('[0-9]*.json'))
    done = subprocess.run([program, *map(str, paths)], capture_output=True, text=True, timeout=50,
                          check=False, stdin=subprocess.DEVNULL)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    cases = [json.loads(path.read_text(encoding='utf-8')) for path in paths]
    failed = len(answers) != len(paths) or not paths
    if failed:
        print(f'Bail out! {len(answers)} answers for {len(paths)} cases: {done.stderr.strip()}')
        return 1
    print(f'1..{len(paths) + len(sys.argv[3:])}')
    for number, (path, case, answer) in enumerate(zip(paths, cases, answers), 1):
        complaints = list(check_case(case, answer))
        print(f"{'not ok' if complaints else 'ok'} {number} - {path.stem}: {case.get('title')}")
        for complaint in complaints:
            print(f'# {complaint}')
        failed = failed or bool(complaints)
    for rules in sys.argv[3:]:
        text = pathlib.Path(rules).read_text(encoding='utf-8')
        forgotten = find_forgotten(cases, json.loads(text)['rules'])
        print(f"{'not ok' if forgotten else 'ok'} {len(paths) + 1} - every rule has a case")
        for rule in forgotten:
            print(f'# {rule}')
        failed = failed or bool(forgotten)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
