# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Writes the cells of a workbook anew with openpyxl (write-only) or XlsxWriter (constant_memory).
The cells are in memory before the watch begins; prints the seconds, and those of work."""

import sys
import time

import openpyxl
import xlsxwriter


def read(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return [(page.title, [[value or '' for value in row]
                          for row in page.iter_rows(values_only=True)])
            for page in book.worksheets]


def write_openpyxl(pages, path):
    book = openpyxl.Workbook(write_only=True)
    for title, rows in pages:
        page = book.create_sheet(title)
        for row in rows:
            page.append([value or None for value in row])
    book.save(path)


def write_xlsxwriter(pages, path):
    book = xlsxwriter.Workbook(path, {'constant_memory': True})
    for title, rows in pages:
        page = book.add_worksheet(title)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if value:
                    page.write_string(y, x, value)
    book.close()


def main():
    pages = read(sys.argv[1])
    for line in sys.stdin:                     # a name and a file, as often as is asked
        name, path = line.split()
        began, worked = time.perf_counter(), time.process_time()
        {'openpyxl': write_openpyxl, 'xlsxwriter': write_xlsxwriter}[name](pages, path)
        print(time.perf_counter() - began, time.process_time() - worked, flush=True)


if __name__ == '__main__':
    main()
