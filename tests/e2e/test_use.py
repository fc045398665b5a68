# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A qualification list, through the window by keys and clicks: named, found, ticked, added up, sent."""

import json

from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from waiting import wait_until
from window_story import WindowStory, run

SAMPLE = 'complete-construction'
LISTS = '/v1/qualification-applications'
# Two that the city approves and one that nobody has seen; what is typed finds one of them.
FIRST, SECOND, DRAFT = '示例代表工程甲（虚构）', '示例代表工程乙（虚构）', '示例未报工程（虚构）'
IN_ONE = '工程甲'
NAME = '施工总承包一级（虚构）'
# What one of them was contracted for, and both.
ONE_SUM, BOTH_SUMS = '2928.28', '5856.56'


class Use(WindowStory):
    """A clerk with two approved works, and the application that they are for."""

    PREFIX = 'use-'

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        self.province = Province(programs, place / 'province')
        self.province.start()
        self.uuids = {}

    def take(self, number, name):
        """Imports the sample as a project of that name, with its documents."""
        record = self.programs.sample(SAMPLE)
        record['uuid'] = record['uuid'][:-3] + f'77{number}'
        record['project']['PrjName'] = name
        path = self.place / f'{number}.json'
        path.write_text(json.dumps(record), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            self.yeji('attach', record['uuid'], line['slot'],
                      self.programs.documents / SAMPLE / line['file'])
        self.uuids[name] = record['uuid']
        return record['uuid']

    def approve(self):
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        for name in (FIRST, SECOND):
            self.yeji('submit', self.uuids[name])
            reviewer.decide(self.uuids[name], 'approve', {})
        self.yeji('sync')

    def box(self, name):
        return self.window.find('check box', name)

    def click_box(self, name, ticked):
        self.client.app.click_until(self.box(name), lambda: self.box(name).chosen == ticked,
                                    f'{name} is not ticked, or stays so')

    def adds_up_to(self, amount):
        totals = self.window.find('list', self.client.names.text('In All', 'qualification list'))
        totals.find('label', containing=amount)

    # The job

    @step('a key opens the lists; what is approved can be ticked, of the rest it is said why not')
    def open(self):
        for number, name in enumerate((FIRST, SECOND, DRAFT)):
            self.take(number, name)
        self.approve()
        self.client = self.open_client()
        names = self.client.names
        self.desktop.keys('ctrl+shift+l')
        self.window = self.client.app.toplevel(names.text('Qualification List'))
        self.client.app.point_at(self.window)
        self.window.find('list', names.text('Records to tick'))
        same([self.box(name).sensitive for name in (FIRST, SECOND, DRAFT)], [True, True, False],
             'what can be ticked')
        holds('尚未审核通过' in self.box(DRAFT).description, 'why it cannot be')

    @step('the list gets a name')
    def name(self):
        entry = self.window.find(('text', 'entry'),
                                 self.client.names.text('Name', 'qualification list'))
        self.client.app.enter(entry, NAME)

    @step('a work is found by a part of its name, and ticked by the keyboard')
    def tick_by_key(self):
        self.desktop.keys('ctrl+f')
        search = self.window.find(('text', 'entry'), self.client.names.text('Search'))
        wait_until(lambda: any(node.focused for node in search.walk()),
                   'Ctrl+F does not go to the search')
        self.desktop.paste(IN_ONE)
        self.window.gone('check box', SECOND)
        for _ in range(6):
            self.desktop.keys('Tab')
            if wait_until(lambda: self.where(), 'Tab goes nowhere') == self.box(FIRST):
                break
        self.desktop.keys('space')
        wait_until(lambda: self.box(FIRST).chosen, 'it is not ticked')
        self.adds_up_to(ONE_SUM)

    def where(self):
        return next(filter(None, (self.window.look(role, where=lambda one: one.focused)
                                  for role in ('check box', None))), None)

    @step('without the search another one is ticked by the mouse; it is added up')
    def tick_by_mouse(self):
        self.desktop.keys('ctrl+f', 'ctrl+a', 'Delete')
        self.click_box(SECOND, True)
        self.adds_up_to(BOTH_SUMS)

    @step('one is taken out again')
    def untick(self):
        self.click_box(SECOND, False)
        self.adds_up_to(ONE_SUM)

    @step('one key sends it, and the province has what was ticked under the name that was typed')
    def send(self):
        self.desktop.keys('ctrl+Return')

        def there():
            answer = Visitor(self.province.url, ENTERPRISE).ask('GET', LISTS)
            same(answer.status, 200, answer)
            return answer.body['applications']
        line, = wait_until(there, 'the list does not come to the province')
        same((line['name'], [record['uuid'] for record in line['records']]),
             (NAME, [self.uuids[FIRST]]), 'the list at the province')
        said = self.client.names.text('At the province', 'qualification list')
        self.window.find('label', containing=said)
        wait_until(lambda: not self.window.look('check box', SECOND), 'the others stay')

    @step('Ctrl+W leaves it, and the window is opened again with what was sent')
    def open_again(self):
        window = self.client.app.window_of(self.window)
        self.desktop.keys('ctrl+w')
        wait_until(lambda: not self.desktop.is_shown(window), 'the window stays')
        self.client.app.point_at(self.client.app.main)
        self.desktop.keys('ctrl+shift+l')
        self.window = self.client.app.toplevel(self.client.names.text('Qualification List'))
        self.client.app.point_at(self.window)
        self.window.find('list', self.client.names.text('My Lists')).find('list item',
                                                                          containing=NAME)
        self.desktop.keys('ctrl+w')
        self.window = None
        self.client.app.point_at(self.client.app.main)
        self.client.close()
        self.client = None


if __name__ == '__main__':
    run(Use, __doc__)
