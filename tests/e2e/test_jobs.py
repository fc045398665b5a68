# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What a clerk does most often, through the window: paste, attach, mend what returned, choose."""

import json
import shutil

import driver
from province import (CITY_REVIEWER, ENTERPRISE, PASSWORD, PROVINCE_REVIEWER, Province,
                      Visitor)
from steps import holds, same, step
from waiting import wait_until
from window_story import WindowStory, run

SAMPLE = 'complete-construction'
# These come with their documents, and wait to be submitted together.
OTHERS = ('complete-design', 'complete-supervision')
DRAFT = 'broken-10-ongoing'
SLOTS = ('award_notice', 'construction_permit', 'acceptance_report')

# As Excel copies it, with its headings; nobody has the category of the second.
PEOPLE = (('UserName', 'IDCardTypeNum', 'UserType', 'CertID'),
          ('甲示例', '其他', '安全员', '示例安C0000011'),
          ('乙示例', '护照', '飞行员', '示例安C0000012'),
          ('丙示例', '9', '项目负责人', '示例安B0000013'))
TAKEN = (('甲示例', '9', '3', '示例安C0000011'),
         ('乙示例', '3', None, '示例安C0000012'),
         ('丙示例', '9', '2', '示例安B0000013'))

MONEY, AREA, SCAN = '金额与合同原件不一致，请核对', '建筑面积请核对', '合同缺少签章页'
EXPLANATION = '面积以竣工图为准（虚构）'
# Words of all the names, and of one alone.
IN_ALL, IN_ONE = '工程', '小区'


class Jobs(WindowStory):
    """A clerk with four records, and reviewers of the city and of the province."""

    PREFIX = 'jobs-'

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        self.province = Province(programs, place / 'province')
        self.province.start()
        self.record = programs.sample(SAMPLE)
        self.uuid = self.record['uuid']
        self.name = self.record['project']['PrjName']
        self.plan = json.loads(
            (programs.samples / 'documents.json').read_text(encoding='utf-8'))

    def documents(self, sample):
        """Lists (slot, file) of a sample's documents."""
        return [(line['slot'], self.programs.documents / sample / line['file'])
                for line in self.plan[sample]]

    def people(self):
        """Gives the rows of the table, without the number: it is sealed anew each time."""
        rows = self.client.stored_rows(self.uuid, 'safety_people')
        return [{key: value for key, value in row.items() if key != 'IDCard'} for row in rows]

    # The jobs

    @step('the list shows what the profile has')
    def start(self):
        for sample in (SAMPLE, *OTHERS, DRAFT):
            self.yeji('import', self.programs.samples / f'{sample}.json')
        for sample in OTHERS:
            for slot, path in self.documents(sample):
                self.yeji('attach', self.programs.sample(sample)['uuid'], slot, path)
        self.client = self.open_client()
        self.client.list.find('table row', self.name)
        same(len(self.client.stored_uuids()), 4, 'records')

    def attached(self, uuid):
        rows = self.client.stored('SELECT count(*) FROM attachment WHERE record = ?'
                                  ' AND removed_at IS NULL', uuid)
        return rows[0][0]

    def in_tray(self):
        return self.client.stored('SELECT count(*) FROM tray WHERE removed_at IS NULL')[0][0]

    def write_scans(self):
        """Lays scans of the record, and one that says nothing of itself, into a folder."""
        folder = self.place / 'scans'
        own = folder / self.name
        own.mkdir(parents=True)
        (folder / '新扫描').mkdir()
        files = [path for slot, path in self.documents(SAMPLE) if slot in SLOTS]
        for path in files:
            shutil.copy(path, own / path.name)
        shutil.copy(files[0], folder / '新扫描' / f'扫描0001{files[0].suffix}')
        return folder, len(files)

    @step('a folder is chosen, and what would become of it is shown: nothing is done yet')
    def choose_folder(self):
        names = self.client.names
        folder, self.count = self.write_scans()
        self.desktop.keys('ctrl+shift+a')
        self.client.app.choose_file(folder, names.text('Attach a Folder of Scans'))
        self.dialog = self.client.app.toplevel(names.text('Attach Documents'))
        label = names.count('_Attach %u File', '_Attach %u Files', self.count + 1)
        self.dialog.find('push button', where=lambda one: driver.says(one.name, label))
        self.dialog.find('label', names.text('Not Matched (%u)') % 1)
        same(self.attached(self.uuid), 0, 'documents before anybody said yes')

    @step('one key attaches it; what was not matched waits in the tray')
    def attach_folder(self):
        window = self.client.app.window_of(self.dialog)
        self.client.app.point_at(self.dialog)
        self.desktop.keys('Return')
        wait_until(lambda: not self.desktop.is_shown(window), 'the plan stays')
        self.client.app.point_at(self.client.app.main)
        wait_until(lambda: self.attached(self.uuid) == self.count, 'the folder is not attached')
        same(self.in_tray(), 1, 'files in the tray')

    @step('and one undo, from the menu, takes all of it back')
    def undo_folder(self):
        self.client.app.choose_from_menu(self.client.names.text('Main Menu'),
                                         self.client.names.text('_Undo Last Attaching'))
        wait_until(lambda: self.attached(self.uuid) == 0, 'the folder stays attached')
        same(self.in_tray(), 0, 'files in the tray')

    @step('rows are pasted from Excel; of the one cell that does not fit it is said why')
    def paste_rows(self):
        self.client.open_record(self.name)
        self.client.show_as_grid('safety_people')
        self.before = self.people()
        self.client.add_grid_row('safety_people', len(self.before))
        names = self.client.names
        heading = [names.field('safety_people', field) for field in PEOPLE[0]]
        self.desktop.paste('\r\n'.join('\t'.join(line) for line in (heading, *PEOPLE[1:])))
        self.dialog = self.client.app.toplevel(names.text('Not Everything Fits'))
        self.dialog.find('label', names.count('%u of %u cells does not fit its column:',
                                              '%u of %u cells do not fit their columns:', 1, 12))
        line = self.dialog.find('table row', containing='飞行员')
        holds(names.text('Not in the list of codes') in line.name, line.name)
        holds(line.name.startswith(f'{len(self.before) + 2} '), f'the row: {line.name}')

    @step('what fits is taken, and is saved')
    def take_fitting(self):
        app = self.client.app
        window = app.window_of(self.dialog)
        fits = self.client.names.count('Paste the %u Cell That _Fits',
                                       'Paste the %u Cells That _Fit', 11)
        holds(self.dialog.find('push button', where=lambda one: driver.says(one.name, fits)).focused,
              'it has the keyboard')
        app.point_at(self.dialog)
        self.desktop.keys('Return')
        wait_until(lambda: not self.desktop.is_shown(window), 'the question stays')
        app.point_at(app.main)

        def taken():
            return tuple(tuple(row.get(field) or None for field in PEOPLE[0])
                         for row in self.people()[len(self.before):])
        wait_until(lambda: taken() == TAKEN, 'what was pasted is not stored')
        self.client.page('safety_people').find('table cell', containing=TAKEN[2][0])

    @step('one Ctrl+Z takes the paste back, another one the row that it began in')
    def undo_paste(self):
        count = len(self.before)
        self.desktop.keys('ctrl+z')
        wait_until(lambda: len(self.people()) == count + 1, 'the paste is not undone')
        holds(not self.people()[count].get('UserName'), 'the row is empty again')
        self.desktop.keys('ctrl+z')
        wait_until(lambda: self.people() == self.before, 'the row is not gone')
        wait_until(lambda: self.client.is_at('safety_people', count - 1), 'the cursor is elsewhere')

    @step('files are pasted into a slot of the documents, all at once, by the keyboard')
    def paste_files(self):
        files = dict(self.documents(SAMPLE))
        self.scans = (files['contract'], files['completion_filing'])
        self.client.paste_documents('contract', self.scans)
        for slot in SLOTS:
            self.client.paste_documents(slot, [files[slot]])
        wait_until(lambda: self.attached(self.uuid) == 5, 'five documents')

    @step('a document is looked at beside the form, page by page, and put away')
    def look_at_document(self):
        show = self.client.names.text('Show %s') % self.scans[0].name
        pane = self.client.documents_pane()
        self.client.go_to_slot('contract')
        self.client.tab_to(pane.find('push button', show))
        self.desktop.keys('Return')
        for keys, page in ((), 1), (('Next',), 2), (('Next',), 3), (('Prior',), 2):
            self.desktop.keys(*keys) if keys else None
            self.client.shows_page(self.scans[0].name, page, 3)
        self.desktop.keys('Escape')
        wait_until(self.client.pane_focus, 'the keyboard is not back in the pane')

    @step('submitted, it is returned with three remarks, which are the checklist')
    def returned(self):
        self.client.sign_in(self.province.url, ENTERPRISE, PASSWORD)
        self.client.says('Online')
        self.client.submit()
        self.client.says_state('Submitted')
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        reviewer.waits_for_review(self.uuid)
        reviewer.decide(self.uuid, 'return', {'points': [
            {'pointer': '/contracts/0/ContractMoney', 'comment': MONEY},
            {'pointer': '/units/1/BuildArea', 'comment': AREA},
            {'pointer': '/documents/contract', 'comment': SCAN}]})
        self.client.says_state('Returned')
        for remark in (MONEY, AREA, SCAN):
            self.client.says_remark('Open', remark)

    @step('a remark on a line of a table leads to its cell')
    def go_to_cell(self):
        self.client.jump_to_remark(AREA)
        wait_until(lambda: self.client.is_at('units', 1, 'BuildArea'), 'the cursor is elsewhere')
        holds(AREA in self.client.cursor('units'), 'the cell says it, too')

    @step('one is mended and one explained; the open one is asked about, once')
    def mend(self):
        self.client.enter('contracts', 'ContractMoney', '2928.30')
        self.client.says_remark('Mended', MONEY)
        self.client.explain(AREA, EXPLANATION)
        self.client.says_remark('Explained', AREA)
        self.client.says_remark('Open', SCAN)
        names = self.client.names
        question = names.count('%u Remark of the Reviewer Is Open',
                               '%u Remarks of the Reviewer Are Open', 1)
        self.client.submit()
        dialog = self.client.app.toplevel(question)
        window = self.client.app.window_of(dialog)
        dialog.find('label', containing=names.slot('contract'))
        self.client.app.press(names.text('_Submit'), within=dialog)
        wait_until(lambda: not self.desktop.is_shown(window), 'the question stays')
        self.client.says_state('Submitted')
        same(self.desktop.look_for_window(question, self.client.app.process.pid), None,
             'asked again')

    @step('the explanation is what the reviewer reads')
    def explained(self):
        line = Visitor(self.province.url, CITY_REVIEWER).waits_for_review(self.uuid)
        same([(reply['pointer'], reply['text']) for reply in line['replies']],
             [('/units/1/BuildArea', EXPLANATION)], 'what the reviewer reads')

    @step('the others are chosen in the list and submitted together')
    def submit_others(self):
        self.client.choose_filter('Ready')
        self.client.search_for('')
        self.client.shows_selected(0, 2)
        self.desktop.keys('Return', 'shift+Down')
        self.client.shows_selected(2, 2)
        self.desktop.keys('ctrl+Return')
        reviewer = Visitor(self.province.url, PROVINCE_REVIEWER)   # they are of three cities
        for sample in (SAMPLE, *OTHERS):
            uuid = self.programs.sample(sample)['uuid']
            reviewer.waits_for_review(uuid)
            reviewer.decide(uuid, 'approve', {})

    @step('what was approved is found by the filter and the search')
    def find_approved(self):
        self.client.choose_filter('Incomplete (D)')   # it lacks a document
        self.client.shows_selected(0, 1)
        self.client.list.find('table row', self.programs.sample(OTHERS[0])['project']['PrjName'])
        self.client.choose_filter('Approved')
        self.client.shows_selected(0, 2)
        self.client.search_for(IN_ONE)
        self.client.shows_selected(0, 1)
        self.client.list.find('table row', self.programs.sample(OTHERS[1])['project']['PrjName'])
        self.client.search_for(IN_ALL)
        self.client.shows_selected(0, 2)

    @step('and chosen with others, one by one and all of them')
    def choose(self):
        self.desktop.keys('Return')
        self.client.shows_selected(1, 2)
        self.desktop.keys('ctrl+a')
        self.client.shows_selected(2, 2)
        self.client.close()
        self.client = None


if __name__ == '__main__':
    run(Jobs, __doc__)
