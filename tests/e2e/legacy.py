# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A file of the old system, made of sample records: a sheet a table, in that system's own words."""

import copy
import csv
import datetime
import json
import pathlib
import xml.sax.saxutils
import zipfile

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

# What the old system says of a record beside the standard's fields.
META = ['业绩编号', '企业名称', '企业代码', '企业类型', '审核状态', '审核部门', '处室', '审核人', '提交时间',
        '审核时间']
ENTERPRISE = ('示例建设集团有限公司', '91220000MA0000000X')

# The names of sheets, and of columns that are not what the dictionary calls them.
SHEETS = {'project': '工程项目信息', 'units': '单体信息', 'tenders': '招投标', 'reviews': '施工图审查',
          'review_people': '审图人员', 'contracts': '合同备案', 'permits': '施工许可',
          'safety_people': '安全人员', 'acceptances': '竣工验收', 'filings': '竣工验收备案',
          'participants': '参建单位'}
COLUMNS = {('project', 'PrjName'): '工程名称', ('permits', 'BuildPlanNum'): 'Buld_PlanNum',
           ('permits', 'ReleaseDate'): 'ISSUECERTDATE', ('filings', 'FinPrjName'): 'prjfinishname',
           ('contracts', 'ContractMoney'): '合同金额（元）', ('project', 'AllArea'): '总建筑面积',
           ('participants', 'PersonPhone'): '电话'}
DATES = {('contracts', 'ContractDate'), ('acceptances', 'EDate')}


def renumber(record, number):
    """A copy of a record as another project."""
    old = record['project']['PrjNum']
    made = json.loads(json.dumps(record).replace(old, number))
    made['project'].pop('PrjCode', None)
    return made


def meta(identifier, state='审核通过', office='吉林省住建厅', section='建筑管理处', reviewer='赵审核',
         role='施工企业', enterprise=ENTERPRISE, submitted='2019-05-06 09:00:00',
         approved='2019/6/1'):
    """The values of META."""
    return [identifier, *enterprise, role, state, office, section, reviewer, submitted, approved]


def convert(member, field, value):
    """A value as the old system has it."""
    if (member, field) == ('contracts', 'ContractMoney') and value:
        return f'{float(value) * 10000:.0f}'
    return value


def columns_of(member, rows):
    seen = {}
    for row in rows:
        seen.update(dict.fromkeys(key for key in row if key != 'id'))
    return list(seen)


def tables(records):
    """The sheets of records and what is known of them: name, headings, rows."""
    fields = {}
    for record, _ in records[:1000]:
        for member in SHEETS:
            rows = [record[member]] if member == 'project' else record.get(member, [])
            fields.setdefault(member, {}).update(dict.fromkeys(columns_of(member, rows)))
    for member, name in SHEETS.items():
        keys = list(fields.get(member, {}))
        if not keys:
            continue
        heads = [COLUMNS.get((member, key), key) for key in keys]
        yield (name, (META if member == 'project' else []) + heads,
               rows_of(records, member, keys))


def rows_of(records, member, keys):
    for record, known in records:
        for row in ([record['project']] if member == 'project' else record.get(member, [])):
            values = [(key, convert(member, key, row.get(key, ''))) for key in keys]
            yield (list(known) if member == 'project' else []) + [
                as_day(value) if (member, key) in DATES and value else value
                for key, value in values]


def as_day(text):
    """A day as a number, as a spreadsheet has it."""
    try:
        return (datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days
    except ValueError:
        return text


def name_column(i):
    name = ''
    i += 1
    while i:
        i, rest = divmod(i - 1, 26)
        name = chr(65 + rest) + name
    return name


def print_row(number, values, names):
    cells = []
    for name, value in zip(names, values):
        if isinstance(value, int):
            cells.append(f'<c r="{name}{number}" s="1"><v>{value}</v></c>')
        elif value:
            text = xml.sax.saxutils.escape(value)
            cells.append(f'<c r="{name}{number}" t="inlineStr"><is><t>{text}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def write_workbook(path, sheets):
    """Writes a workbook row by row: there may be a million. Above the headings stands a title."""
    names = [name_column(i) for i in range(200)]
    listed = []
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for index, (name, heads, rows) in enumerate(sheets, 1):
            listed.append(name)
            with archive.open(f'xl/worksheets/sheet{index}.xml', 'w', force_zip64=True) as part:
                part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                part.write(print_row(1, [f'{name}导出表'], names).encode())
                part.write(print_row(2, heads, names).encode())
                for number, values in enumerate(rows, 3):
                    part.write(print_row(number, values, names).encode())
                part.write(b'</sheetData></worksheet>')
        sheets_xml = ''.join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>'
                             for i, name in enumerate(listed, 1))
        relations = ''.join(f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" '
                            f'Target="worksheets/sheet{i}.xml"/>'
                            for i in range(1, len(listed) + 1))
        relations += f'<Relationship Id="rId0" Type="{OFFICE}/styles" Target="styles.xml"/>'
        archive.writestr('xl/workbook.xml', f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
                                            f'{sheets_xml}</sheets></workbook>')
        archive.writestr('xl/_rels/workbook.xml.rels',
                         f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>')
        archive.writestr('xl/styles.xml', f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
                                          '<xf numFmtId="14"/></cellXfs></styleSheet>')
        archive.writestr('_rels/.rels', f'<Relationships xmlns="{RELATIONS}"><Relationship '
                                        f'Id="rId1" Type="{OFFICE}/officeDocument" '
                                        'Target="xl/workbook.xml"/></Relationships>')
        archive.writestr('[Content_Types].xml', '<Types/>')


def write_json(path, sheets):
    made = {name: [{head: str(value) for head, value in zip(heads, values) if value != ''}
                   for values in rows] for name, heads, rows in sheets}
    pathlib.Path(path).write_text(json.dumps(made, ensure_ascii=False), encoding='utf-8')


def write_csv(path, records, encoding='gbk'):
    """One row a record: the project, and the first row of four tables, named in the headings."""
    members = ['contracts', 'tenders', 'permits', 'acceptances']
    keys = [(member, key) for member in ['project', *members]
            for key in columns_of(member, [row for record, _ in records for row in
                                           ([record['project']] if member == 'project'
                                            else record.get(member, []))])]
    with open(path, 'w', encoding=encoding, newline='') as file:
        writer = csv.writer(file)
        writer.writerow(META + [key if member == 'project' else f'{SHEETS[member]}.{key}'
                                for member, key in keys])
        for record, known in records:
            writer.writerow(known + [
                (record['project'] if member == 'project'
                 else record.get(member, [{}])[0]).get(key, '')
                for member, key in keys])


def without(record, *pointers):
    """A copy of a record without some values: `project/PrjSize`, `permits`."""
    made = copy.deepcopy(record)
    for pointer in pointers:
        at = made
        *way, last = pointer.split('/')
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        del at[last]
    return made
