# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A workbook of an enterprise: looked at, a red cell mended, imported and taken back."""

import driver
from steps import holds, same, step
from waiting import wait_until
from window_story import WindowStory, run
from workbook import write_workbook

NAMES = ('示例体育中心工程（虚构）', '示例污水处理厂工程（虚构）', '示例门诊楼工程（虚构）')
HEADINGS = ('序号', '工程名称', '建设单位', '总投资（万元）', '计划开工日期', '经办人')
ROWS = (('1', NAMES[0], '示例城投公司（虚构）', '12,800.50', '2016年3月30日', '王五'),
        ('2', NAMES[1], '示例水务公司（虚构）', '9000万元', '去年春天', '赵六'),
        ('3', NAMES[2], '示例医院（虚构）', '16400', '20190815', '王五'))
CONTRACTS = (('项目名称', '合同编号', '合同金额(万元)'),
             (NAMES[0], 'HT-2016-001', '11,200.00'),
             (NAMES[2], 'HT-2019-014', '15100'))


class Import(WindowStory):
    """A clerk with a list that was kept for years, and an empty profile."""

    PREFIX = 'import-'

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        self.path = place / '工程部业绩台账.xlsx'

    def names(self):
        uuids = self.client.stored_uuids()
        return sorted(self.client.stored_value(uuid, 'project', 'PrjName') for uuid in uuids)

    def button(self, singular, plural, number):
        label = self.client.names.count(singular, plural, number)
        return self.window.find('push button', where=lambda one: driver.says(one.name, label))

    def columns(self):
        """Finds the columns; a key that was for the file chooser may have gone on from them."""
        back = self.client.names.text('_Columns')
        if self.window.look('push button', where=lambda one: driver.says(one.name, back)):
            self.client.app.press(back, within=self.window)
        return self.window.look('list', self.client.names.text('Columns'))

    @step('a workbook is opened, and it is shown where its columns go')
    def open(self):
        write_workbook(self.path, {'业绩台账': (HEADINGS, *ROWS), '合同': CONTRACTS})
        self.client = self.open_client()
        names = self.client.names
        self.desktop.keys('ctrl+o')
        self.client.app.choose_file(self.path, names.text('Import Records'))
        self.window = self.client.app.toplevel(names.text('Import'))
        columns = wait_until(self.columns, 'where its columns go is not shown')
        columns.find('list item', containing=names.field('project', 'PrjName'))
        columns.find('list item', containing='经办人')
        same(self.client.stored_uuids(), [], 'nothing is imported yet')

    @step('its rows are shown, with the cursor in the one red cell and the reason beside it')
    def look(self):
        self.client.app.point_at(self.window)
        self.desktop.keys('ctrl+Return')
        cell = self.window.find('text', containing='去年春天')
        wait_until(lambda: cell.focused, 'the red cell has not the keyboard')
        holds('2016-03-30' in cell.name, f'the reason is said with it: {cell.name!r}')
        holds(not self.window.look('push button', where=lambda one: driver.says(
            one.name, self.client.names.count('_Import %u Record', '_Import %u Records', 3))),
            'all of it cannot be imported yet')

    @step('a day is typed over it, and everything can be imported')
    def mend(self):
        self.desktop.type('2015-04-01')
        self.desktop.keys('Return')
        button = self.button('_Import %u Record', '_Import %u Records', len(ROWS))
        wait_until(lambda: button.sensitive, 'it cannot be imported')
        self.window.find('page tab', self.client.names.text('%s (%u)', 'page').replace(
            '%s', self.client.names.text('Red Cells')).replace('%u', '0'))

    @step('one key imports it; the list shows what came')
    def take(self):
        window = self.client.app.window_of(self.window)
        self.desktop.keys('ctrl+Return')
        wait_until(lambda: not self.desktop.is_shown(window), 'the window stays')
        self.window = None
        self.client.app.point_at(self.client.app.main)
        # all with one look: what offers to take it back does not stay for ever
        wait_until(lambda: {row.name for row in self.client.list.matching('table row')}
                   >= set(NAMES), 'not all are listed')
        same(self.names(), sorted(NAMES), 'what is stored')
        uuid = next(uuid for uuid in self.client.stored_uuids()
                    if self.client.stored_value(uuid, 'project', 'PrjName') == NAMES[1])
        same([self.client.stored_value(uuid, 'project', field)
              for field in ('AllInvest', 'BeginDate')], ['9000', '2015-04-01'], 'the mended row')
        rows = [row for one in self.client.stored_uuids()
                for row in self.client.stored_rows(one, 'contracts')]
        same(sorted(row['ContractMoney'] for row in rows), ['11200', '15100'], 'contracts')

    @step('and one undo takes all of it back')
    def undo(self):
        self.client.app.press(self.client.names.text('_Undo'))
        for name in NAMES:
            self.client.list.gone('table row', name)
        self.client.close()
        self.client = None


if __name__ == '__main__':
    run(Import, __doc__)
