# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Writes full records, one a line: every table has rows, every field that an enterprise fills in
has a right value. Everything in them is invented."""

import argparse
import copy
import datetime
import json
import pathlib
import re
import sys
import uuid

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = SOURCE / 'data' / 'samples' / 'complete-construction.json'
ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
DAY = re.compile(r'\d{4}-\d{2}-\d{2}')
MONEY = re.compile(r'\d+\.\d{4}')
SURNAMES = '张李王刘陈杨赵黄周吴'


class Dictionary:
    """What the generator has to know of the dictionary."""

    def __init__(self, place):
        index = self.load(place / 'dictionary.json')
        self.version = index['version']
        self.tables = [self.load(place / 'tables' / f'{name}.json') for name in index['tables']]
        self.codes = {name: self.load(place / 'codes' / f'{name}.json')['items']
                      for name in index['codes']}

    @staticmethod
    def load(path):
        return json.loads(path.read_text(encoding='utf-8'))

    def pick_code(self, name, number):
        """A code that is offered; the lists with levels are filled by the sample."""
        current = [item['code'] for item in self.codes[name]
                   if item.get('status', 'current') == 'current']
        return current[number % len(current)]


def credit_code(number):
    """An invented social credit code with right check digits (GB 11714, GB 32100)."""
    organisation = f'{number:08d}'
    rest = 11 - sum(int(digit) * weight for digit, weight
                    in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    body = '91220100' + organisation + {10: 'X', 11: '0'}.get(rest, str(rest))
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def fill(dictionary, table, field, row, number):
    """An invented value for a field that the sample leaves empty."""
    kind = field['type']
    if field.get('inherits'):
        return None
    if field['id'].endswith('CorpCode'):
        return credit_code(100 + number)
    if kind == 'code':
        return dictionary.pick_code(field['codes'], number)
    if kind == 'number':
        decimals = '.' + '50'.ljust(field['scale'], '0') if field['scale'] else ''
        return str(number % 9 + 1) + decimals
    if kind == 'date':
        return '2016-05-22'
    if kind == 'link':
        return ('link', field['link'])
    if kind == 'text':
        return f'示例{field["label"]["zh"]}{number:05d}（虚构）'[:field['length']]
    return f'虚构的{field["label"]["zh"]}，第{number}号，不对应任何真实项目、单位或个人。'


def complete(dictionary, sample):
    """Fills the sample's gaps, the same for all records."""
    record = copy.deepcopy(sample)
    for member, more in (('participants', 8), ('safety_people', 6), ('review_people', 6)):
        people = record[member]
        record[member] = people + [copy.deepcopy(people[i % len(people)]) for i in range(more)]
    rows_of = {}
    for table in dictionary.tables:
        rows = record.setdefault(table['member'], [])
        rows_of[table['id']] = [rows] if isinstance(rows, dict) else rows
    for number, table in enumerate(dictionary.tables):
        for place, row in enumerate(rows_of[table['id']]):
            filled = {'id': f'{number:02d}{place:02d}'} if number > 0 else {}
            for nth, field in enumerate(table['fields']):
                if field['filled_by'] != 'enterprise':
                    continue
                value = row.get(field['id']) or fill(dictionary, table, field, row,
                                                     number * 100 + place * 10 + nth)
                if value is None:
                    value = record['project'][field['inherits'].split('.')[1]]
                if isinstance(value, tuple):
                    linked, key = value[1].split('.')
                    value = rows_of[linked][0][key]
                filled[field['id']] = value
            row.clear()
            row.update(filled)
    ordered = {name: record[name] for name in ('uuid', 'dictionary', 'role')}
    ordered['dictionary'] = dictionary.version
    ordered.update((table['member'], record[table['member']]) for table in dictionary.tables)
    return ordered


class Variation:
    """Record number N: other numbers, days, money, companies and people, alike everywhere."""

    def __init__(self, sample, number):
        self.number = number
        self.shift = datetime.timedelta(days=number % 900)
        self.factor = 1 + (number % 997) / 1000
        old = sample['project']
        day = datetime.date.fromisoformat(old['PrjApprovalDate']) + self.shift
        self.texts = {old['PrjNum']: f'{old["CountyNum"]}{day:%y%m%d}{number % 10000:04d}'}
        self.codes = {}

    def code(self, value):
        """One company everywhere, whatever its new code is."""
        return self.codes.setdefault(value, credit_code(1000 + self.number * 20 + len(self.codes)))

    def change(self, name, value):
        if name.endswith('CorpCode'):
            return self.code(value)
        if DAY.fullmatch(value):
            return str(datetime.date.fromisoformat(value) + self.shift)
        if MONEY.fullmatch(value):
            return f'{float(value) * self.factor:.4f}'
        for old, new in self.texts.items():
            value = value.replace(old, new)
        if name.endswith('PrjName') or name == 'EngineeringName':
            return value.replace('（虚构）', f'{self.number}号（虚构）')
        if name in ('PersonName', 'UserName', 'ConstructorName'):
            return SURNAMES[(ord(value[0]) + self.number) % len(SURNAMES)] + value[1:]
        return value

    def row(self, row):
        return {name: value if name == 'id' else self.change(name, value)
                for name, value in row.items()}

    def record(self, full):
        result = {'uuid': str(uuid.UUID(int=(0x4000 << 64 | 0x8 << 60 | self.number)
                                        | self.number << 96)),
                  'dictionary': full['dictionary'], 'role': full['role']}
        for member, rows in full.items():
            if isinstance(rows, dict):
                result[member] = self.row(rows)
            elif isinstance(rows, list):
                result[member] = [self.row(row) for row in rows]
        return result


def write(count, stream, array=False):
    """Writes so many records."""
    dictionary = Dictionary(SOURCE / 'data' / 'dictionary')
    sample = Dictionary.load(SAMPLE)
    full = complete(dictionary, sample)
    for number in range(count):
        if array:
            stream.write('[' if number == 0 else ',')
        record = Variation(sample, number).record(full)
        stream.write(json.dumps(record, ensure_ascii=False, separators=(',', ':')))
        stream.write('\n')
    if array:
        stream.write(']\n' if count > 0 else '[]\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--array', action='store_true', help='one array instead of one a line')
    parser.add_argument('count', type=int)
    parser.add_argument('file', type=pathlib.Path)
    arguments = parser.parse_args()
    with arguments.file.open('w', encoding='utf-8') as stream:
        write(arguments.count, stream, arguments.array)
    return 0


if __name__ == '__main__':
    sys.exit(main())
