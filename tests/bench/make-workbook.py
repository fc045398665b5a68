# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Writes a workbook of full records with XlsxWriter: a sheet a table, headings, field ids, rows,
every cell a text, as `yeji export` lays it out. Everything in it is invented."""

import argparse
import importlib.util
import pathlib
import sys

import xlsxwriter

HERE = pathlib.Path(__file__).resolve().parent

# Rows of a table a record has beyond those of the sample, so that all tables have 20 rows.
MORE = {'participants': 2, 'safety_people': 1}


def load_records():
    spec = importlib.util.spec_from_file_location('make_records', HERE / 'make-records.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_tables(dictionary):
    """Name, member and fields of each table."""
    return [(table['label']['zh'], table['member'],
             [(field['id'], field['label']['zh']) for field in table['fields']
              if field['filled_by'] == 'enterprise'])
            for table in dictionary.tables]


def make_rows(record, member, fields):
    """The rows of a table of a record, as lists of texts."""
    rows = record[member]
    for row in [rows] if isinstance(rows, dict) else rows:
        yield [record['uuid'], row.get('id', record['role']),
               *(row.get(name, '') for name, _ in fields)]


def records(count):
    """The dictionary, and so many records."""
    make = load_records()
    dictionary = make.Dictionary(make.SOURCE / 'data' / 'dictionary')
    sample = make.Dictionary.load(make.SAMPLE)
    for member, more in MORE.items():
        sample[member] += [dict(row, id=f'more{i}') for i, row in enumerate(sample[member][:more])]
    return dictionary, (make.Variation(sample, number).record(sample) for number in range(count))


def write(path, count, shared=False):
    dictionary, made = records(count)
    kept = list(made) if shared else None
    # texts within the cells take no memory; Excel shares them in a table of their own
    book = xlsxwriter.Workbook(path, {'constant_memory': not shared, 'strings_to_numbers': False,
                                      'strings_to_formulas': False, 'strings_to_urls': False})
    n = cells = 0
    for name, member, fields in make_tables(dictionary):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ['业绩编号', '行号' if member != 'project' else '填报角色',
                              *(label for _, label in fields)])
        page.write_row(1, 0, ['record', 'row' if member != 'project' else 'role',
                              *(identity for identity, _ in fields)])
        at = 2
        # one sheet after the other: the same records are made anew for each, and forgotten
        for record in kept if shared else records(count)[1]:
            for row in make_rows(record, member, fields):
                for column, text in enumerate(row):
                    if text:
                        page.write_string(at, column, text)
                        cells += 1
                at += 1
        n += at
    book.close()
    return n, cells


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--shared', action='store_true', help='texts in a table of their own')
    parser.add_argument('count', type=int)
    parser.add_argument('file', type=pathlib.Path)
    arguments = parser.parse_args()
    n, cells = write(arguments.file, arguments.count, arguments.shared)
    print(f'{n} rows, {cells} cells')
    return 0


if __name__ == '__main__':
    sys.exit(main())
