# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Credit codes and citizen ids against python3-stdnum, which somebody else wrote.

Where both judge differently on purpose (docs/dictionary-format.md, “Judges”), the difference is one
of DIFFERENCES, and both follow from the parts of the standard; any other one is a failure.
"""

import argparse
import collections
import datetime
import random
import subprocess
import sys

SKIP = 77
ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
WEIRD = 'IOSVZ' + 'abcxyz' + ' -*.,' + '０１９Ｘ' + '۱٤' + '中😀é\u00a0\u200b'

# What stdnum does beyond or besides the standards: what it says then, and why.
DIFFERENCES = {
    'separators': (True, 'stdnum drops blanks and hyphens, raises small letters, reads other digits;'
                         ' here a record says what it says'),
    'authority': (False, 'stdnum wants 8 digits at the front;'
                         ' GB 32100 allows letters for the authority and the kind'),
    'place': (False, 'stdnum looks the area up in its list; retired areas stay on valid cards'),
}

try:
    from stdnum.cn import ric, uscc
    from stdnum.exceptions import ValidationError
except ImportError:
    print('SKIP: python3-stdnum is not installed: credit codes and citizen ids were NOT judged',
          file=sys.stderr)
    sys.exit(SKIP)


def make_credit_code(rng):
    """A credit code with a right check digit; some with letters at the front."""
    front = rng.choice(('91', '92', '12', '11', '51', '93', 'A1', 'N2', 'Y1', '9N'))
    body = front + ''.join(rng.choice('0123456789') for _ in range(6))
    body += ''.join(rng.choice(ALPHABET) for _ in range(9))
    return body + uscc.calc_check_digit(body)


def make_citizen_id(rng):
    """A citizen id with a right check digit; the day exists, the person does not."""
    area = rng.choice(('110101', '220102', '220203', '222401', '310115', '440106', '659001',
                       '330303', f'{rng.randrange(100000, 999999)}'))
    day = datetime.date(1900, 1, 1) + datetime.timedelta(rng.randrange(0, 45000))
    body = f'{area}{day:%Y%m%d}{rng.randrange(1000):03d}'
    return body + ric.calc_check_digit(body + '0')


def with_check(rng, body):
    """Another day with a check digit that is right for it, so that only the day can be wrong."""
    day = rng.choice(('19000229', '20000229', '20010229', '20040229', '19990431', '19991301',
                      '19990001', '19990100', '00000101', '00010101', '99991231', '21000229'))
    number = body[:6] + day + body[14:17]
    return number + ric.calc_check_digit(number + '0')


def mutate(rng, value, kind):
    """One of many ways to get a number wrong, or right in another way."""
    place = rng.randrange(len(value))
    other = rng.randrange(len(value))
    way = rng.randrange(10)
    if way == 0:
        return value
    if way == 1:
        return value[:place] + rng.choice(ALPHABET) + value[place + 1:]
    if way == 2:
        letters = list(value)
        letters[place], letters[other] = letters[other], letters[place]
        return ''.join(letters)
    if way == 3:
        return value[:place] + value[place + 1:]
    if way == 4:
        return value[:place] + rng.choice(ALPHABET) + value[place:]
    if way == 5:
        return value.lower()
    if way == 6:
        return value[:place] + rng.choice(WEIRD) + value[place + 1:]
    if way == 7:
        return value[:place] + rng.choice(' -') + value[place:]
    if way == 8 and kind == 'citizen_id':
        return with_check(rng, value)
    if way == 8:
        return value[:17] + rng.choice(ALPHABET)
    return ''.join(rng.choice(ALPHABET) for _ in range(rng.choice((0, 1, 9, 15, 17, 18, 18, 19))))


def check_credit_code(value):
    """What the standard says, out of stdnum's parts, and why stdnum as a whole says otherwise."""
    theirs = uscc.is_valid(value)
    if uscc.compact(value) != value:
        return theirs, False, 'separators'
    mine = (len(value) == 18 and all(letter in ALPHABET for letter in value)
            and uscc.calc_check_digit(value[:17]) == value[17])
    return theirs, mine, 'authority' if not value[:8].isdigit() else None


def check_citizen_id(value):
    """The same for a citizen id."""
    theirs = ric.is_valid(value)
    raised = value[:-1] + 'X' if value.endswith('x') else value   # both take a small x
    if ric.compact(raised) != raised:
        return theirs, False, 'separators'
    mine = (len(raised) == 18 and raised[:17].isascii() and raised[:17].isdigit()
            and ric.calc_check_digit(raised) == raised[17])
    if mine:
        try:
            ric.get_birth_date(raised)
        except (ValidationError, ValueError):
            mine = False
    return theirs, mine, 'place'


JUDGES = {'credit_code': (make_credit_code, check_credit_code),
          'citizen_id': (make_citizen_id, check_citizen_id)}


def main():
    """Makes the numbers, asks both and compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('program')
    parser.add_argument('--count', type=int, default=100000)
    parser.add_argument('--seed', type=int, default=20260101)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    print(f'seed {arguments.seed}, {arguments.count} numbers')

    numbers = []
    for number in range(arguments.count):
        kind = ('credit_code', 'citizen_id')[number % 2]
        numbers.append((kind, mutate(rng, JUDGES[kind][0](rng), kind)))
    lines = ''.join(f'{kind}\t{value}\n' for kind, value in numbers)
    answer = subprocess.run([arguments.program], input=lines.encode(), capture_output=True,
                            check=True, timeout=50).stdout.split()
    assert len(answer) == len(numbers), f'{len(answer)} answers'

    counts = collections.Counter()
    for (kind, value), said in zip(numbers, answer):
        ours = said == b'1'
        theirs, standard, reason = JUDGES[kind][1](value)
        counts[f'{kind} {"accepted" if ours else "refused"}'] += 1
        excused = reason in DIFFERENCES and DIFFERENCES[reason][0] == theirs
        if ours == standard and ours != theirs and excused:
            counts[f'{kind}: {DIFFERENCES[reason][1]}'] += 1
        elif ours != standard or ours != theirs:
            print(f'{kind} {value!r}: yeji {ours}, stdnum {theirs}, by the standard {standard}')
            counts['disagreements'] += 1
    for name in sorted(counts):
        print(f'{counts[name]:7d} {name}')
    # a test in which nothing is ever accepted proves nothing
    assert all(counts[f'{kind} {word}'] > arguments.count // 20
               for kind in JUDGES for word in ('accepted', 'refused'))
    return 1 if counts['disagreements'] else 0


if __name__ == '__main__':
    sys.exit(main())
