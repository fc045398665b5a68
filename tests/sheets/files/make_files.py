#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Makes the workbooks of this folder anew; README.md says with what. Not needed to run the tests.

Everything in them is invented.
"""

import argparse
import datetime
import os
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
HEADINGS = ['项目名称', '合同金额', '签订日期', '竣工日期', '编号', '通过']
ROWS = [
    ['示例一号楼', 2928.28, datetime.date(2016, 3, 30), datetime.datetime(2017, 11, 8, 9),
     '220102201603300101', True],
    ['示例二号楼', 12, None, None, '0012', False],
]
CHINESE = 'yyyy"年"m"月"d"日"'
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
STRICT_OFFICE = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


# ---- by programs

def libreoffice(place):
    office = shutil.which('soffice') or shutil.which('libreoffice')
    source = (HERE / 'libreoffice.fods').read_text(encoding='utf-8')
    setting = ('<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
               '</table:calculation-settings>')
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for base, setting in (('libreoffice', ''), ('libreoffice-1904', setting)):
            (folder / f'{base}.fods').write_text(source.replace('NULL_DATE', setting),
                                                 encoding='utf-8')
            subprocess.run([office, '--headless', f'-env:UserInstallation=file://{name}/profile',
                            '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', place,
                            folder / f'{base}.fods'], check=True,
                           env={**os.environ, 'LC_ALL': 'C.UTF-8', 'HOME': name})


def openpyxl(place):
    import openpyxl as library
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    for name, options in (('openpyxl', {}), ('openpyxl-1904', {}), ('openpyxl-iso', {}),
                          ('openpyxl-write-only', {'write_only': True})):
        book = library.Workbook(**options)
        book.iso_dates = name == 'openpyxl-iso'
        if name == 'openpyxl-1904':
            book.epoch = CALENDAR_MAC_1904
        page = book.create_sheet('合同') if options else book.active
        page.title = '合同'
        for row in (HEADINGS, *ROWS):
            page.append(row)
        if not options:
            page['C2'].number_format = '[$-804]yyyy"年"m"月"d"日";@'
            page['A4'] = '合计'
            page['B4'] = '=SUM(B2:B3)'
            page['C4'] = datetime.time(6, 30)
            page['D4'] = datetime.timedelta(hours=30)
            page['E4'] = '#REF!'
            page['F4'] = '甲_x000D_乙'
            page.merge_cells('A4:A6')
            page['B6'] = 220102201603300101
        book.create_sheet('代码').append([1, '房屋建筑'])
        book['代码'].sheet_state = 'veryHidden'
        book.save(place / f'{name}.xlsx')


def xlsxwriter(place):
    import xlsxwriter as library

    for name, options in (('xlsxwriter', {}), ('xlsxwriter-inline', {'constant_memory': True}),
                          ('xlsxwriter-1904', {'date_1904': True})):
        book = library.Workbook(place / f'{name}.xlsx', options)
        page = book.add_worksheet('合同')
        formats = {2: book.add_format({'num_format': CHINESE}),
                   3: book.add_format({'num_format': 'yyyy/m/d h:mm'})}
        page.write_row(0, 0, HEADINGS)
        for y, row in enumerate(ROWS, 1):
            for x, value in enumerate(row):
                page.write(y, x, value, formats.get(x))
        page.write_string(3, 0, '合计\n（万元）')
        page.write_formula(3, 1, '=SUM(B2:B3)', None, 2940.28)
        page.write_formula(3, 2, '="共"&A2', None, '共示例一号楼')
        page.write_rich_string(3, 3, '二', book.add_format({'bold': True}), '号', '楼')
        page.write_url(3, 4, 'http://example.org/', string='主页')
        page.write_number(3, 5, 31, book.add_format({'num_format': 31}))
        page.merge_range(4, 0, 4, 1, '小计')
        page.data_validation('F2:F3', {'validate': 'list', 'source': ['是', '否']})
        page.freeze_panes(1, 1)
        book.add_worksheet('代码').hide()
        book.close()


def javascript(place):
    subprocess.run(['node', HERE / 'make-files.js', place], check=True)


# ---- by hand, as other programs write them

def relations(*items, kind=OFFICE):
    return (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">' + ''.join(
        f'<Relationship Id="{identity}" Type="{kind}/{name}" Target="{target}"/>'
        for identity, name, target in items) + '</Relationships>')


def types():
    kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>')


def write(path, parts):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text,
                             zipfile.ZIP_DEFLATED)


EXCEL_SHEET = f'''{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
mc:Ignorable="x14ac xr xr2 xr3" \
xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" \
xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" \
xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2" \
xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3" \
xr:uid="{{00000000-0001-0000-0000-000000000000}}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<dimension ref="A1:H7"/><sheetViews><sheetView tabSelected="1" workbookViewId="0">\
<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>\
<selection pane="bottomLeft" activeCell="A3" sqref="A3"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="13.8" x14ac:dyDescent="0.25"/>\
<cols><col min="1" max="1" width="28.6640625" customWidth="1"/></cols><sheetData>\
<row r="1" spans="1:8" ht="22.2" customHeight="1" x14ac:dyDescent="0.25">\
<c r="A1" s="8" t="s"><v>0</v></c><c r="B1" s="8"/><c r="C1" s="8"/><c r="D1" s="8"/></row>\
<row r="2" spans="1:8" x14ac:dyDescent="0.25"><c r="A2" t="s"><v>1</v></c>\
<c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c><c r="D2" t="s"><v>4</v></c>\
<c r="E2" t="s"><v>5</v></c></row>\
<row r="3" spans="1:8" x14ac:dyDescent="0.25"><c r="A3" t="s"><v>6</v></c>\
<c r="B3" s="1"><v>2928.2800000000002</v></c><c r="C3" s="2"><v>42459</v></c>\
<c r="D3" s="3"><v>43047</v></c><c r="E3" s="7" t="s"><v>7</v></c><c r="F3" s="4"><v>43047.395833333336</v></c>\
<c r="G3" t="b"><v>1</v></c><c r="H3" s="5"><v>0.125</v></c></row>\
<row r="4" spans="1:8" x14ac:dyDescent="0.25"><c r="A4" t="s"><v>8</v></c>\
<c r="B4" s="1"><f t="shared" ref="B4:B5" si="0">B3*2</f><v>5856.56</v></c>\
<c r="C4" s="2"><f>C3+1</f><v>42460</v></c><c r="D4" s="6"><v>43047</v></c>\
<c r="E4"><v>2.201022016033E+17</v></c><c r="F4" t="str"><f>"共"&amp;B3</f><v>共2928.28</v></c>\
<c r="G4" t="e"><f>VLOOKUP(A4,A9:B9,2,0)</f><v>#N/A</v></c>\
<c r="H4" cm="1"><f t="array" ref="H4">MAX(B3:B4)</f><v>5856.56</v></c></row>\
<row r="5" spans="1:8" x14ac:dyDescent="0.25"><c r="A5" s="7"><v>1.0000000000000001E-5</v></c>\
<c r="B5" s="1"><f t="shared" si="0"/><v>11713.12</v></c>\
<c r="C5" t="str"><f>IF(B5&gt;0,"","x")</f><v></v></c>\
<c r="D5" s="9"><v>1.2708333333333333</v></c><c r="E5"><v>-0.5</v></c>\
<c r="F5"><v>123456789012345</v></c></row>\
<row r="7" spans="1:8" x14ac:dyDescent="0.25"><c r="C7" s="10"><v>42459</v></c>\
<c r="D7" s="11"><v>42459</v></c><c r="E7" s="12"><v>42459</v></c><c r="F7" s="13"><v>5</v></c></row>\
</sheetData><mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A5:A6"/></mergeCells>\
<phoneticPr fontId="1" type="noConversion"/><dataValidations count="1"><dataValidation type="list" \
allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="G3:G9">\
<formula1>"是,否"</formula1></dataValidation></dataValidations>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"/></extLst></worksheet>'''

EXCEL_STRINGS = f'''{HEAD}<sst xmlns="{MAIN}" count="9" uniqueCount="9"><si><r><rPr><b/>\
<sz val="14"/><rFont val="等线"/><charset val="134"/></rPr><t xml:space="preserve">某公司 </t></r>\
<r><rPr><sz val="14"/></rPr><t>合同登记表</t></r><rPh sb="0" eb="1"><t>ボウ</t></rPh>\
<phoneticPr fontId="1" type="noConversion"/></si><si><t>项目名称</t><rPh sb="0" eb="2"><t>xm</t></rPh>\
<phoneticPr fontId="1" type="noConversion"/></si><si><t>合同金额
（万元）</t></si><si><t>签订日期</t></si><si><t>竣工日期</t></si><si><t>编号</t></si>\
<si><t xml:space="preserve"> 示例一号楼 </t></si><si><t>220102201603300101</t></si>\
<si><t>甲_x000D_
乙_x005F_x000D_&#x1F3D7;</t></si></sst>'''

EXCEL_STYLES = f'''{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="6">\
<numFmt numFmtId="43" formatCode="_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * &quot;-&quot;??_ ;_ @_ "/>\
<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>\
<numFmt numFmtId="177" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/>\
<numFmt numFmtId="178" formatCode="[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"/>\
<numFmt numFmtId="179" formatCode="[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>\
<numFmt numFmtId="180" formatCode="#,##0.00&quot;日&quot;"/></numFmts>\
<fonts count="1"><font><sz val="11"/><name val="等线"/><family val="2"/></font></fonts>\
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>\
<borders count="1"><border/></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="14"><xf numFmtId="0"/><xf numFmtId="43"/><xf numFmtId="14"/><xf numFmtId="176"/>\
<xf numFmtId="22"/><xf numFmtId="9"/><xf numFmtId="177"/><xf numFmtId="49"/><xf numFmtId="0"/>\
<xf numFmtId="46"/><xf numFmtId="178"/><xf numFmtId="179"/><xf numFmtId="31"/><xf numFmtId="180"/>\
</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>\
<dxfs count="1"><dxf><numFmt numFmtId="14" formatCode="m/d/yy"/></dxf></dxfs></styleSheet>'''


def excel(place):
    """As Excel 365 writes it in China."""
    write(place / 'as-excel.xlsx', {
        '[Content_Types].xml': types(),
        '_rels/.rels': relations(('rId3', 'extended-properties', 'docProps/app.xml'),
                                 ('rId1', 'officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc='
        '"http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15" xmlns:x15='
        '"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><fileVersion appName="xl" '
        'lastEdited="7"/><workbookPr filterPrivacy="1" defaultThemeVersion="166925"/><sheets>'
        '<sheet name="合同 &amp; 登记" sheetId="3" r:id="rId1"/>'
        '<sheet name="图表" sheetId="4" r:id="rId2"/>'
        '<sheet name="代码" sheetId="5" state="hidden" r:id="rId3"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">合同!$A$1:$H$7'
        '</definedName></definedNames><calcPr calcId="191029"/></workbook>',
        'xl/_rels/workbook.xml.rels': relations(
            ('rId6', 'calcChain', 'calcChain.xml'), ('rId5', 'sharedStrings', 'sharedStrings.xml'),
            ('rId4', 'styles', 'styles.xml'), ('rId3', 'worksheet', 'worksheets/sheet2.xml'),
            ('rId2', 'chartsheet', 'chartsheets/sheet1.xml'),
            ('rId1', 'worksheet', 'worksheets/sheet1.xml')),
        'xl/worksheets/sheet1.xml': EXCEL_SHEET,
        'xl/worksheets/sheet2.xml': f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
        '<sheetData/></worksheet>',
        'xl/chartsheets/sheet1.xml': f'{HEAD}<chartsheet xmlns="{MAIN}"/>',
        'xl/calcChain.xml': f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B4" i="3"/></calcChain>',
        'xl/sharedStrings.xml': EXCEL_STRINGS, 'xl/styles.xml': EXCEL_STYLES,
    })


def wps(place):
    """As WPS writes it: no spans, formats of its own numbers, an extension of its own."""
    write(place / 'as-wps.xlsx', {
        '[Content_Types].xml': types(),
        '_rels/.rels': relations(('rId4', 'custom-properties', 'docProps/custom.xml'),
                                 ('rId1', 'officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/>'
        '<bookViews><workbookView windowWidth="28800" windowHeight="12540"/></bookViews><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
        '<sheet name="WpsReserved_CellImgList" sheetId="2" state="veryHidden" r:id="rId2"/></sheets>'
        '<calcPr calcId="144525"/></workbook>',
        'xl/_rels/workbook.xml.rels': relations(
            ('rId5', 'sharedStrings', 'sharedStrings.xml'), ('rId4', 'styles', 'styles.xml'),
            ('rId2', 'worksheet', 'worksheets/sheet2.xml'),
            ('rId1', 'worksheet', 'worksheets/sheet1.xml')),
        'xl/worksheets/sheet1.xml': f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" '
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/>'
        '<dimension ref="A1:E4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/>'
        '</sheetViews><sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5" '
        'outlineLevelRow="3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2" s="1"><v>42459</v></c>'
        '<c r="C2" s="2"><v>43047</v></c><c r="D2" s="3" t="s"><v>5</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" s="3"/><c r="B3" s="4"><v>42459</v></c>'
        '<c r="C3"><f>_xlfn.DISPIMG("ID_1",1)</f><v/></c>'
        '<c r="D3" t="str"><f>B1&amp;C1</f><v>开工竣工</v></c></row>'
        '<row r="4"><c r="A4" s="5"><v>42459</v></c><c r="B4" s="1" t="s"><v>6</v></c></row>'
        '</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
        '<headerFooter/></worksheet>',
        'xl/worksheets/sheet2.xml': f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        'xl/sharedStrings.xml': f'{HEAD}<sst xmlns="{MAIN}" count="7" uniqueCount="7">'
        '<si><t>工程名称</t></si><si><t>开工</t></si><si><t>竣工</t></si><si><t>许可证号</t></si>'
        '<si><r><t>示例</t></r><r><rPr><color rgb="FFFF0000"/></rPr><t>一号楼</t></r></si>'
        '<si><t>220102201603300101</t></si><si><t>2016年3月30日</t></si></sst>',
        'xl/styles.xml': f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2">'
        '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
        '<numFmt numFmtId="177" formatCode="0_ "/></numFmts><cellStyleXfs count="1">'
        '<xf numFmtId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" xfId="0"/>'
        '<xf numFmtId="176" xfId="0"/><xf numFmtId="31" xfId="0"/><xf numFmtId="49" xfId="0"/>'
        '<xf numFmtId="58" xfId="0"/><xf numFmtId="177" xfId="0"/></cellXfs></styleSheet>',
    })


def sdk(place):
    """As the Open XML SDK and ClosedXML write it: a prefix everywhere, targets from the root, texts
    in the cells or shared; and zip tools of .NET Framework: `\\` between folders."""
    sheet = (f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:XFD1048576"/><x:sheetData>'
             '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>项目</x:t></x:is></x:c>'
             '<x:c r="B1" t="s"><x:v>0</x:v></x:c></x:row><x:row r="3"><x:c r="B3" s="1">'
             '<x:v>42459</x:v></x:c><x:c r="D3" t="str"><x:v>文字</x:v></x:c></x:row>'
             '</x:sheetData></x:worksheet>')
    parts = {
        '[Content_Types].xml': types(),
        '_rels/.rels': relations(('R1', 'officeDocument', '/xl/workbook.xml')),
        'xl/workbook.xml': f'<x:workbook xmlns:r="{OFFICE}" xmlns:x="{MAIN}"><x:sheets>'
        '<x:sheet name="表" sheetId="1" r:id="R1"/></x:sheets></x:workbook>',
        'xl/_rels/workbook.xml.rels': relations(('R1', 'worksheet', '/xl/worksheets/Sheet.xml'),
                                                ('R2', 'styles', '/xl/styles.xml'),
                                                ('R3', 'sharedStrings', '/xl/sharedStrings.xml')),
        'xl/worksheets/sheet.xml': sheet,
        'xl/sharedStrings.xml': f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>日期</x:t></x:si></x:sst>',
        'xl/styles.xml': f'<x:styleSheet xmlns:x="{MAIN}"><x:cellXfs><x:xf numFmtId="0"/>'
        '<x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>',
    }
    write(place / 'with-prefixes.xlsx', parts)
    write(place / 'with-backslashes.xlsx', {name.replace('/', '\\'): text
                                            for name, text in parts.items()})
    # no styles, no texts, no places, in UTF-16, as reports of data bases are written
    del parts['xl/styles.xml'], parts['xl/sharedStrings.xml']
    parts['xl/_rels/workbook.xml.rels'] = relations(('R1', 'worksheet', 'worksheets/sheet.xml'))
    parts['xl/worksheets/sheet.xml'] = (
        f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData><row>'
        '<c t="inlineStr"><is><t>编号</t></is></c><c><v>1E3</v></c></row><row>'
        '<c s="4"><v>00012</v></c><c t="n"><v>220102201603300101</v></c></row></sheetData>'
        '</worksheet>').encode('utf-16')
    write(place / 'bare-utf-16.xlsx', parts)


def strict(place):
    """As Excel saves a Strict Open XML workbook: namespaces of ISO 29500, days as texts."""
    write(place / 'strict.xlsx', {
        '[Content_Types].xml': types(),
        '_rels/.rels': relations(('rId1', 'officeDocument', 'xl/workbook.xml'), kind=STRICT_OFFICE),
        'xl/workbook.xml': f'{HEAD}<workbook xmlns="{STRICT}" xmlns:r="{STRICT_OFFICE}" '
        'conformance="strict"><workbookPr dateCompatibility="0" date1904="true"/><sheets>'
        '<sheet name="严格" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relations(
            ('rId1', 'worksheet', 'worksheets/sheet1.xml'), ('rId2', 'styles', 'styles.xml'),
            ('rId3', 'sharedStrings', 'sharedStrings.xml'), kind=STRICT_OFFICE),
        'xl/worksheets/sheet1.xml': f'{HEAD}<worksheet xmlns="{STRICT}"><sheetData><row r="1">'
        '<c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="d"><v>2016-03-30</v></c>'
        '<c r="C1" s="1" t="d"><v>2016-03-30T09:30:00</v></c><c r="D1" s="1"><v>40997</v></c>'
        '<c r="E1" t="b"><v>0</v></c></row></sheetData></worksheet>',
        'xl/sharedStrings.xml': f'{HEAD}<sst xmlns="{STRICT}"><si><t>项目</t></si></sst>',
        'xl/styles.xml': f'{HEAD}<styleSheet xmlns="{STRICT}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
    })


def csv(place):
    """A zip of CSV files as Windows packs a folder in China: names in GBK, of which nothing says so;
    beside what macOS leaves."""
    path = place / 'csv-by-windows.zip'
    names = {'T000': '合同'.encode('gbk'), 'U000': '单体'.encode('gbk')}
    files = (('a/T000.csv', '项目名称,编号\r\n示例一号楼,220102201603300101\r\n', 'gb18030'),
             ('a/U000.CSV', '\ufeff名称;金额\r\n"甲;乙";="0012"\r\n', 'utf-8'),
             ('a/empty.tsv', '', 'utf-8'), ('a/readme.txt', 'x', 'utf-8'),
             ('__MACOSX/a/._T000.csv', '\0', 'utf-8'), ('a/.hidden.csv', '\0', 'utf-8'))
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text, charset in files:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text.encode(charset),
                             zipfile.ZIP_DEFLATED)
    data = path.read_bytes()
    for name, bytes_of_it in names.items():     # as long as what they replace
        data = data.replace(f'a/{name}.'.encode(), b'a/' + bytes_of_it + b'.')
    path.write_bytes(data)


MAKERS = {'libreoffice': libreoffice, 'openpyxl': openpyxl, 'xlsxwriter': xlsxwriter,
          'javascript': javascript, 'excel': excel, 'wps': wps, 'sdk': sdk, 'strict': strict,
          'csv': csv}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('makers', nargs='*', choices=[[], *MAKERS], default=[])
    for name in parser.parse_args().makers or MAKERS:
        MAKERS[name](HERE)


if __name__ == '__main__':
    main()
