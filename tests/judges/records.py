# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Makes random records of a dictionary: right in structure first, then changed at random places."""

import copy
import json
import uuid

# What may stand where a string belongs; only what a reader could mistake.
NO_STRINGS = (None, True, False, 0, 7, -1, 2928.28, 1e22, 0.1, [], {}, ['x'], {'a': 'b'})
DIGITS_ELSEWHERE = '０１９٣۴'
ODD_NUMBERS = ('-0', '-0.00', '+1', '1e3', '01', '000', '1.', '.5', '-', '', '1,000', '1 000', ' 1',
               '1 ', 'NaN', 'Infinity', '0x10', '１２', '1.2.3', '--1', '-1', '0.0', '1\n', '万', '/',
               '0.000000000000000000000', '00000000000000000000000000001', '-00.000000001')
ODD_DATES = ('2016-02-29', '2015-02-29', '1900-02-29', '2000-02-29', '2100-02-29', '0000-01-01',
             '0000-02-29', '0001-01-01', '0004-02-29', '0100-02-29', '9999-12-31', '2016-13-01',
             '2016-00-10', '2016-01-00', '2016-1-1', '2016/03/30', '1900-01-01', '1900-01-02',
             '2016-03-30T00:00:00Z', '20160330', '２０１６-０３-３０', '2016-04-31', '2016-06-30',
             ' 2016-03-30', '2016-03-30 ', '-016-03-30', '10000-01-01', '2016-12-32', '无', '2016-03-30\n')
ODD_TEXTS = ('', ' ', '  ', '\t', '　', '无', ' 无', '无数据', '无数据 ', '/', '//', '\\', '"', '*', '＊',
             '😀', 'e\u0301', '\u200b', '\ufeff', '\u2028', '\u2029', 'null', '\u00a0', '\ufffd', '\ufffe')
CONTROLS = ('\u0000', '\u0001', '\t', '\n', '\r', '\u001b', '\u001f', '\u007f', '\u0080', '\u0085',
            '\u009f', '\u00a0', '\u061c', '\u200e', '\u200f', '\u200d', '\u2028', '\u202a', '\u202b',
            '\u202e', '\u2065', '\u2066', '\u2069', '\u206a', '\ufeff')
LETTERS = 'Aa0 -_.，。示例工程学校楼吉林省长春市朝阳区一二三（）〔〕㎡𠮷😀é\u0301'
ODD_NAMES = ('Nonsense', '', 'a/b', 'a~b', '~1', '项目', 'prjname', 'PRJ_NAME', 'Id', 'uuid', 'project',
             '__proto__', 'constructor', '😀', 'PrjName ')
ODD_UUIDS = ('', 'x', '6f1c2d3e4a5b4c6d8e7f102030405001', '6f1c2d3e-4a5b-4c6d-8e7f-10203040500',
             '6f1c2d3e-4a5b-4c6d-8e7f-1020304050011', 'gf1c2d3e-4a5b-4c6d-8e7f-102030405001',
             '{6f1c2d3e-4a5b-4c6d-8e7f-102030405001}', '00000000-0000-0000-0000-000000000000', None, 7)


class Dictionary:
    """What the generator and the judge have to know of a dictionary, from its bundle."""

    def __init__(self, bundle):
        parts = bundle['parts']
        self.index = parts['dictionary.json']
        self.codes = {name: parts[f'codes/{name}.json'] for name in self.index['codes']}
        self.tables = [parts[f'tables/{name}.json'] for name in self.index['tables']]
        rules = parts[f"{self.index['rules']}.json"]
        self.formats = {each['id']: each for each in rules['formats']}
        self.rules = {each['id']: each for each in rules['rules']}
        self.limits = parts[f"{self.index['limits']}.json"]
        self.roles = [role['id'] for role in parts[f"{self.index['roles']}.json"]['roles']]
        self.empty = {'', *self.index['empty_values']}
        self.fields = {(table['member'], field['id']): field
                       for table in self.tables for field in table['fields']}

    def is_empty(self, field, value):
        """Whether receivers take a field's value for empty."""
        return value in self.empty or (field['type'] == 'date'
                                       and value == self.index['missing_date'])


def fill_pattern(rng, pattern):
    """A text for the few patterns that numbers have: classes, repeats and literal hyphens."""
    text = ''
    at = 0
    pattern = pattern.split('|')[0]
    while at < len(pattern):
        if pattern[at] == '[':
            end = pattern.index(']', at)
            choice = rng.choice('0123456789') if '0-9' in pattern[at:end] else rng.choice('ABX')
            at = end + 1
        else:
            choice = pattern[at]
            at += 1
        count = 1
        if at < len(pattern) and pattern[at] == '{':
            end = pattern.index('}', at)
            count = int(pattern[at + 1:end])
            at = end + 1
        text += choice * count
    return text


class Maker:
    """Makes records of a dictionary with one source of chance."""

    def __init__(self, dictionary, rng):
        self.dictionary = dictionary
        self.rng = rng

    def value(self, field):
        """A right value."""
        rng = self.rng
        kind = field['type']
        if kind == 'number':
            whole = field['precision'] - field['scale']
            low, high = field.get('min', -10.0 ** whole), field.get('max', 10.0 ** whole)
            number = rng.uniform(max(low, -99999), min(high, 10.0 ** min(whole, 6) - 1))
            number = min(max(number, low), high)
            return f"{number:.{rng.randint(0, field['scale'])}f}" if field['scale'] else str(int(number))
        if kind == 'date':
            return f'{rng.randint(1990, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}'
        if kind == 'code':
            return rng.choice(self.dictionary.codes[field['codes']]['items'])['code']
        if 'pattern' in self.dictionary.formats.get(field.get('format'), {}):
            return fill_pattern(rng, self.dictionary.formats[field['format']]['pattern'])
        length = min(field['length'], rng.choice((1, 5, 12, 30)))
        return '例' + ''.join(rng.choice(LETTERS) for _ in range(length - 1))

    def row(self, table):
        """A right row; fields that may be empty are there as often as not."""
        row = {}
        rng = self.rng
        if table is not self.dictionary.tables[0] and rng.random() < 0.5:
            row['id'] = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        for field in table['fields']:
            if 'inherits' in field and rng.random() < 0.7:
                continue
            if field['required'] != 'optional' or rng.random() < 0.5:
                row[field['id']] = self.value(field)
        return row

    def record(self):
        """A record whose structure is right; what its values say together is not looked at."""
        rng = self.rng
        record = {'uuid': str(uuid.UUID(int=rng.getrandbits(128), version=4)),
                  'dictionary': self.dictionary.index['version'],
                  'role': rng.choice(self.dictionary.roles)}
        for number, table in enumerate(self.dictionary.tables):
            if number == 0:
                record[table['member']] = self.row(table)
            elif rng.random() < 0.6:
                record[table['member']] = [self.row(table) for _ in range(rng.choice((0, 1, 1, 2)))]
        return record

    # Each change gets a record that it may spoil, or leave right in another way.

    def some_row(self, record):
        """A table and one of the rows that are there."""
        places = []
        for table in self.dictionary.tables:
            rows = record.get(table['member'])
            for row in rows if isinstance(rows, list) else [rows]:
                if isinstance(row, dict):
                    places.append((table, row))
        return self.rng.choice(places) if places else (self.dictionary.tables[0], {})

    def change_value(self, record):
        """A value at the border of its type, or beyond."""
        table, row = self.some_row(record)
        field = self.rng.choice(table['fields'])
        row[field['id']] = self.odd_value(field)

    def odd_value(self, field):
        """A value that a reader may get wrong."""
        rng = self.rng
        way = rng.randrange(6)
        kind = field['type']
        if way == 0:
            return rng.choice(ODD_TEXTS)
        if way == 1:
            value = self.value(field)
            place = rng.randint(0, len(value))
            return value[:place] + rng.choice(CONTROLS) + value[place:]
        if kind == 'number':
            return self.odd_number(field)
        if kind == 'date':
            return rng.choice(ODD_DATES) if rng.random() < 0.7 else (
                f'{rng.randrange(10000):04d}-{rng.randrange(14):02d}-{rng.randrange(33):02d}')
        if kind == 'code':
            codes = self.dictionary.codes[rng.choice(list(self.dictionary.codes))]['items']
            return rng.choice((rng.choice(codes)['code'], f"{self.value(field)} ", '0', '999', '1' * 7))
        if way < 4 and field.get('format'):
            value = self.value(field)
            place = rng.randrange(len(value))
            return value[:place] + rng.choice(('', 'I', 'z', '-', '0', '０', '--')) + value[place + 1:]
        return rng.choice('例A😀\u0301') * rng.choice((1, field['length'] - 1, field['length'],
                                                     field['length'] + 1, 2 * field['length']))

    def odd_number(self, field):
        """Digits and decimals at their limits, and the neighbours of the bounds."""
        rng = self.rng
        whole, scale = field['precision'] - field['scale'], field['scale']
        way = rng.randrange(5)
        if way == 0:
            return rng.choice(ODD_NUMBERS)
        if way == 1:
            return rng.choice(('', '-', '0', '000')) + '9' * rng.randint(whole - 1, whole + 1)
        if way == 2:
            digits = '9' * rng.randint(max(scale - 1, 0), scale + 1)
            return f"{rng.randrange(100)}.{digits}{'0' * rng.randrange(3)}"
        bound = rng.choice([field[name] for name in ('min', 'max') if name in field] or [0])
        step = rng.choice((-1, 0, 1)) * 10.0 ** -rng.randint(0, scale + 1)
        text = f'{bound + step:.{scale + 1}f}'
        return rng.choice((text, text[:-1], text.rstrip('0').rstrip('.') or '0', '0' + text))

    def change_type(self, record):
        """Something else than a string."""
        table, row = self.some_row(record)
        row[self.rng.choice(table['fields'])['id']] = copy.deepcopy(self.rng.choice(NO_STRINGS))

    def remove_value(self, record):
        """A member less."""
        row = self.some_row(record)[1]
        if row:
            del row[self.rng.choice(list(row))]

    def rename_value(self, record):
        """Another name for a member: in other letters, an alias, or one that nobody knows."""
        table, row = self.some_row(record)
        names = [name for name in row if name != 'id']
        if not names:
            return
        name = self.rng.choice(names)
        field = next((each for each in table['fields'] if each['id'] == name), {})
        others = [name.lower(), name.upper(), f'_{name}', f'{name}s', *field.get('aliases', ())]
        row[self.rng.choice(others)] = row.pop(name)

    def add_member(self, record):
        """A member that does not belong there, often."""
        place = self.rng.choice((record, self.some_row(record)[1]))
        place.setdefault(self.rng.choice(ODD_NAMES), self.rng.choice(('x', '', 7, None, [], {})))

    def change_table(self, record):
        """Something else than rows."""
        rng = self.rng
        member = rng.choice(self.dictionary.tables)['member']
        way = rng.randrange(3)
        if way == 0 and isinstance(record.get(member), list) and record[member]:
            record[member][0] = copy.deepcopy(rng.choice(NO_STRINGS + ('x',)))
        elif way == 1:
            record.pop(member, None)
        else:
            record[member] = copy.deepcopy(rng.choice(NO_STRINGS + ('x', [{}], [[]])))

    def change_head(self, record):
        """Another uuid, role or dictionary."""
        rng = self.rng
        name = rng.choice(('uuid', 'role', 'dictionary'))
        if rng.random() < 0.2:
            record.pop(name, None)
        elif name == 'uuid':
            record[name] = rng.choice(ODD_UUIDS) if rng.random() < 0.7 else str(record.get(name)).upper()
        else:
            record[name] = rng.choice(self.dictionary.roles + ['', 'Design', 'other', '无', None, 1])

    def change_id(self, record):
        """Another id of a row; sometimes one that is there already."""
        tables = [record.get(table['member']) for table in self.dictionary.tables[1:]]
        rows = [row for rows in tables if isinstance(rows, list)
                for row in rows if isinstance(row, dict)]
        for row in rows[:self.rng.randint(1, 3)]:
            row['id'] = self.rng.choice(('', 'a', 'b', 'a/b', 7, None, '😀'))

    def fill_table(self, record):
        """As many rows as a table may have, or one more."""
        table = self.rng.choice(self.dictionary.tables[1:])
        row = self.row(table)
        row.pop('id', None)
        limit = self.dictionary.limits['rows']
        if self.rng.random() < 0.1:
            record[table['member']] = [row] * self.rng.choice((limit, limit + 1))

    def change_notes(self, record):
        """Warnings that are kept, replies, and values that were put aside, in right and wrong shapes."""
        rng = self.rng
        name, members = rng.choice((
            ('kept', {'rule': 'T.unknown', 'pointer': '/project', 'value': 'x', 'other': '',
                      'reason': '执照上如此'}),
            ('replies', {'pointer': '/project', 'text': '原件如此', 'who': '王', 'at': '2026-03-01T08:00:00Z'}),
            ('aside', {'version': '1', 'table': 'Old', 'row': '', 'field': 'Gone', 'label': '旧',
                       'value': 'x'})))
        if rng.random() < 0.5:
            member = rng.choice(list(members))
            if rng.random() < 0.4:
                del members[member]
            else:
                members[member] = copy.deepcopy(rng.choice(NO_STRINGS + ('', '/nowhere/0', 'a b')))
        if rng.random() < 0.2:
            members['more'] = 'x'
        record[name] = [members] if rng.random() < 0.8 else copy.deepcopy(rng.choice(NO_STRINGS))

    def next(self):
        """A record: a third as it should be, the rest changed at one to three places."""
        record = self.record()
        changes = ([self.change_value] * 8
                   + [self.change_type, self.remove_value, self.rename_value, self.add_member,
                      self.change_table, self.change_head, self.change_id, self.fill_table,
                      self.change_notes])
        for _ in range(self.rng.choice((0, 0, 1, 1, 2, 3))):
            self.rng.choice(changes)(record)
        return record


def dump(record):
    """The record on one line, as ASCII or as it is: both must read the same."""
    return json.dumps(record, ensure_ascii=len(record) % 2 == 0)
