// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Usage: node make-files.js FOLDER; writes what SheetJS (npm: xlsx) and ExcelJS (npm: exceljs) do.

const path = require('path');
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

const folder = process.argv[2];
const day = (year, month, date, hour = 0) => new Date(Date.UTC(year, month - 1, date, hour));
const headings = ['项目名称', '合同金额', '签订日期', '竣工日期', '编号', '通过'];
const rows = [
  ['示例一号楼', 2928.28, day(2016, 3, 30), day(2017, 11, 8, 9), '220102201603300101', true],
  ['示例二号楼', 12, null, null, '0012', false],
];

// ---- SheetJS

const serial = (date) => date && (date.getTime() - Date.UTC(1899, 11, 30)) / 86400000;
const formats = { 2: 'yyyy"年"m"月"d"日"', 3: 'yyyy/m/d h:mm' };

function sheetjs(name, options) {
  const book = XLSX.utils.book_new();
  const page = XLSX.utils.aoa_to_sheet([headings]);
  rows.forEach((row, y) => row.forEach((value, x) => {
    const place = XLSX.utils.encode_cell({ r: y + 1, c: x });
    if (value instanceof Date) page[place] = { t: 'n', v: serial(value), z: formats[x] };
    else if (typeof value === 'number') page[place] = { t: 'n', v: value };
    else if (typeof value === 'boolean') page[place] = { t: 'b', v: value };
    else if (value !== null) page[place] = { t: 's', v: value };
  }));
  page.B4 = { t: 'n', v: 2940.28, f: 'SUM(B2:B3)' };
  page.A4 = { t: 's', v: '合计\n（万元）' };
  page['!ref'] = 'A1:F4';
  page['!merges'] = [{ s: { r: 3, c: 1 }, e: { r: 3, c: 2 } }];
  XLSX.utils.book_append_sheet(book, page, '合同');
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['房屋建筑']]), '代码');
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
  XLSX.writeFile(book, path.join(folder, name), options);
}

sheetjs('sheetjs.xlsx', {});
sheetjs('sheetjs-shared.xlsx', { bookSST: true, compression: true });

// ---- ExcelJS

async function exceljs(name, book) {
  const page = book.addWorksheet('合同');
  page.addRow(headings).commit?.();
  for (const row of rows) {
    const added = page.addRow(row);
    added.getCell(3).numFmt = 'yyyy"年"m"月"d"日"';
    added.getCell(4).numFmt = 'yyyy-mm-dd hh:mm';
    if (name.includes('stream')) added.commit();
  }
  if (!name.includes('stream')) {
    page.getCell('A4').value = { richText: [{ text: '合' }, { font: { bold: true }, text: '计' }] };
    page.getCell('B4').value = { formula: 'SUM(B2:B3)', result: 2940.28 };
    page.getCell('C4').value = { formula: 'TODAY()' };
    page.getCell('D4').value = { text: '主页', hyperlink: 'http://example.org/' };
    page.getCell('E4').value = { error: '#N/A' };
    page.mergeCells('A4:A5');
    const codes = book.addWorksheet('代码', { state: 'hidden' });
    codes.addRow([1, '房屋建筑']);
    await book.xlsx.writeFile(path.join(folder, name));
  } else {
    await book.commit();
  }
}

(async () => {
  await exceljs('exceljs.xlsx', new ExcelJS.Workbook());
  await exceljs('exceljs-stream.xlsx', new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path.join(folder, 'exceljs-stream.xlsx'), useStyles: true, useSharedStrings: false,
  }));
})();
