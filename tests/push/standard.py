# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Checks what is sent to the national platform against the dictionary's files, and with nothing of
the programs' own code: every table, every field, its type, length, code and whether it must be."""

import datetime
import json
import pathlib
import re


class Standard:
    """The dictionary as a stranger reads it."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        index = self.read('dictionary.json')
        self.version = index['version']
        self.empty = set(index['empty_values'])
        self.missing_date = index['missing_date']
        self.tables = {name: self.read(f'tables/{name}.json') for name in index['tables']}
        self.root = index['tables'][0]
        self.codes = {name: self.read(f'codes/{name}.json') for name in index['codes']}

    def read(self, name):
        return json.loads((self.directory / name).read_text(encoding='utf-8'))

    # Conditions, as docs/dictionary-format.md has them

    def value(self, tables, row, name):
        if '.' in name:
            table, name = name.split('.')
            row = (tables.get(table) or [{}])[0]
        return row.get(name, '')

    def holds(self, tables, row, condition):
        if 'all' in condition:
            return all(self.holds(tables, row, part) for part in condition['all'])
        if 'any' in condition:
            return any(self.holds(tables, row, part) for part in condition['any'])
        if 'rows' in condition:
            return any('where' not in condition or self.holds(tables, other, condition['where'])
                       for other in tables.get(condition['rows'], []))
        value = self.value(tables, row, condition['field'])
        if 'in' in condition:
            return value in condition['in']
        if 'not_in' in condition:
            return value not in condition['not_in']
        if 'above' in condition:
            return value != '' and float(value) > condition['above']
        return (value != '') == ('filled' in condition)

    # One value

    def find_fault(self, field, value, tables):
        """What is wrong with a value; nothing when it is right."""
        if not isinstance(value, str) or value in self.empty or value != value.strip():
            return 'is no text with something in it'
        if 'length' in field and len(value) > field['length']:
            return f'has {len(value)} characters, {field["length"]} are allowed'
        return getattr(self, f'find_{field["type"]}_fault')(field, value, tables)

    def find_text_fault(self, field, value, tables):
        return '' if value.isprintable() else 'has control characters'

    def find_long_text_fault(self, field, value, tables):
        return '' if value.replace('\n', '').isprintable() else 'has control characters'

    def find_number_fault(self, field, value, tables):
        match = re.fullmatch(r'(-?)(\d+)(?:\.(\d+))?', value)
        if not match:
            return 'is no number'
        if len(match[2].lstrip('0')) > field['precision'] - field['scale']:
            return 'has too many digits'
        if len((match[3] or '').rstrip('0')) > field['scale']:
            return 'has too many decimals'
        if not field.get('min', float('-inf')) <= float(value) <= field.get('max', float('inf')):
            return 'is out of bounds'
        return ''

    def find_date_fault(self, field, value, tables):
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            return 'is no day'
        if value == self.missing_date:
            return 'stands for no day'
        return '' if day <= datetime.date.today() + datetime.timedelta(days=1) else 'is to come'

    def find_code_fault(self, field, value, tables):
        codes = self.codes[field['codes']]
        known = any(item['code'] == value for item in codes['items'])
        return '' if known or codes['severity'] == 'warning' else f'is not in {field["codes"]}'

    def find_link_fault(self, field, value, tables):
        table, name = field['link'].split('.')
        linked = any(row.get(name) == value for row in tables.get(table, []))
        return '' if linked else f'names no row of {table}'

    # All of it

    def is_needed(self, tables, row, field):
        if field['required'] == 'mandatory':
            return True
        return (field['required'] == 'conditional' and 'required_when' in field
                and self.holds(tables, row, field['required_when']))

    def find_faults(self, tables):
        """Everything that is wrong with the tables of a record: table, row, field, what."""
        faults = [(name, 0, '', 'is no table of the standard')
                  for name in tables if name not in self.tables]
        faults += [(name, 0, '', 'is missing') for name in self.tables if name not in tables]
        if len(tables.get(self.root, [])) != 1:
            faults.append((self.root, 0, '', 'has not one row'))
        for name, rows in tables.items():
            fields = {field['id']: field for field in self.tables.get(name, {}).get('fields', [])}
            for number, row in enumerate(rows):
                faults += [(name, number, field, 'is no field of the standard')
                           for field in row if field not in fields]
                for field in fields.values():
                    if field['id'] in row:
                        fault = self.find_fault(field, row[field['id']], tables)
                    else:
                        fault = 'is missing' if self.is_needed(tables, row, field) else ''
                    if fault:
                        faults.append((name, number, field['id'], fault))
        return faults
