# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Reads all cells of a workbook with openpyxl, read-only, as its manual advises for large ones."""

import sys

import openpyxl


def main():
    book = openpyxl.load_workbook(sys.argv[1], read_only=True)
    rows = cells = 0
    for page in book.worksheets:
        for row in page.iter_rows(values_only=True):
            rows += 1
            cells += sum(value is not None and value != '' for value in row)
    print(f'{rows} rows, {cells} cells')


if __name__ == '__main__':
    main()
