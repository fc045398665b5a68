# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The client as a clerk sees it: fields, problems, documents, states, by their names on screen."""

import contextlib
import gettext
import json
import pathlib
import re
import sqlite3
import subprocess
import time

from driver import Application, wait_until
from steps import holds, same
from xsession import stop

# Milliseconds. With a sanitizer or under valgrind: YEJI_WATCHDOG=0 in the environment.
WATCHDOG = '100'


def filled(message, *values):
    """Puts values into a text of the program; a translation may change their order."""
    rest = iter(values)
    return re.sub(r'%(?:(\d)\$)?[us]',
                  lambda place: str(values[int(place[1]) - 1] if place[1] else next(rest)),
                  message)


class Names:
    """What things are called on screen: texts of the program, and of the dictionary."""

    def __init__(self, programs):
        self.language = programs.language
        self.catalogue = gettext.NullTranslations()
        if self.language != 'en':
            catalogue = programs.build / 'po' / self.language / 'LC_MESSAGES' / 'yeji.mo'
            with open(catalogue, 'rb') as file:
                self.catalogue = gettext.GNUTranslations(file)
        self.dictionary = programs.source / 'data' / 'dictionary'
        self.tables = {}
        for path in (self.dictionary / 'tables').glob('*.json'):
            table = json.loads(path.read_text(encoding='utf-8'))
            self.tables[table['member']] = table

    def label(self, part):
        """Gives a part's label from the dictionary: `zh` for zh_CN."""
        return part['label'][self.language.partition('_')[0]]

    def text(self, message, context=None):
        """Gives a text of the program. One that nobody has translated fails."""
        if context is None:
            found = self.catalogue.gettext(message)
        else:
            found = self.catalogue.pgettext(context, message)
        holds(found != message or self.language == 'en', f'{message!r} is not translated')
        return found

    def count(self, singular, plural, *numbers):
        """Gives a text of the program that tells numbers, of which the first one counts."""
        found = self.catalogue.ngettext(singular, plural, numbers[0])
        holds(found not in (singular, plural) or self.language == 'en',
              f'{singular!r} is not translated')
        return filled(found, *numbers)

    def cell(self, row, column=None):
        """Gives how the name of a cell of a grid begins; rows count from 0."""
        words = self.text('Row %u, %s: %s')
        if column is None:
            return filled(words, row + 1, '\0', '').partition('\0')[0]
        return filled(words, row + 1, column, '')

    def section(self, member):
        return self.label(self.tables[member])

    def field(self, member, field):
        return next(self.label(one) for one in self.tables[member]['fields']
                    if one['id'] == field)

    def slot(self, identifier):
        path = self.dictionary / 'documents.json'
        slots = json.loads(path.read_text(encoding='utf-8'))['slots']
        return next(self.label(slot) for slot in slots if slot['id'] == identifier)

    def state(self, message):
        return self.text(message, 'record state')

    def grade(self, code):
        """Gives the name of a grade from the dictionary's list."""
        path = self.dictionary / 'codes' / 'data_level.json'
        items = json.loads(path.read_text(encoding='utf-8'))['items']
        return next(item['name'] for item in items if item['code'] == code)


class Client:
    """A running client, and what a clerk does with it."""

    def __init__(self, programs, desktop, profile, log):
        self.names = Names(programs)
        self.desktop = desktop
        self.profile = pathlib.Path(profile)
        self.command = [programs.client, '--profile', str(profile)]
        # a window that stands still for longer says so in the log, which fails the test
        environment = {'YEJI_WATCHDOG': WATCHDOG, **programs.environment}
        self.app = Application(desktop, self.command, self.names.text('Yeji'), environment, log)
        self.list = self.app.find('filler', 'YejiRecordList')
        self.editor = None

    def stop(self):
        self.app.stop()

    def close(self):
        """Leaves the program by the keyboard; it asks nothing."""
        self.desktop.keys('ctrl+q')
        same(self.app.process.wait(10), 0, 'how the client ended')

    def outline(self):
        return self.app.main.outline()

    def words(self):
        return self.app.words()

    # What is on the disk, read beside the running program

    def stored(self, query, *values):
        """Asks the profile's database, without writing to it."""
        address = f'file:{self.profile / "yeji.sqlite"}?mode=ro'
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as database:
            return database.execute(query, values).fetchall()

    def stored_uuids(self):
        return [uuid for uuid, in self.stored('SELECT uuid FROM record ORDER BY created_at')]

    def stored_value(self, uuid, member, field):
        bodies = self.stored('SELECT body FROM record WHERE uuid = ?', uuid)
        return json.loads(bodies[0][0]).get(member, {}).get(field) if bodies else None

    def waits_until_stored(self, uuid, member, field, value):
        wait_until(lambda: self.stored_value(uuid, member, field) == value,
                   f'{member}/{field} is not stored as {value!r}')

    def stored_rows(self, uuid, member):
        """Gives the rows of a table of a record, as they are on the disk."""
        body, = self.stored('SELECT body FROM record WHERE uuid = ?', uuid)
        return json.loads(body[0]).get(member, [])

    def waits_until_row_stored(self, uuid, member, row, field, value):
        def stored():
            rows = self.stored_rows(uuid, member)
            return row < len(rows) and rows[row].get(field) == value
        wait_until(stored, f'{member}/{row}/{field} is not stored as {value!r}')

    # The list

    def shows(self, title):
        """Waits until the editor has that title."""
        if self.editor is None:
            self.editor = self.app.find('filler', 'YejiEditor')
        self.editor.find('label', title)
        self.editor.find('list', self.names.text('Sections'))

    def new_record(self):
        """Begins a record of the first role, by the keyboard."""
        self.desktop.keys('ctrl+n')
        self.shows(self.names.text('New record'))
        return wait_until(self.stored_uuids, 'no record is stored')[-1]

    def go_to_search(self):
        """Goes to the list's search, from anywhere, by the keyboard; returns the entry."""
        self.desktop.keys('ctrl+f')
        search = self.list.find(('text', 'entry'), self.names.text('Search'))
        wait_until(lambda: search.focused or any(node.focused for node in search.walk()),
                   'Ctrl+F does not go to the search')
        return search

    def search_for(self, text):
        self.app.enter(self.go_to_search(), text)

    def choose_filter(self, name):
        """Shows the records of a kind, by the list at the side."""
        self.go_to_search()
        row = self.list.find('list item', self.names.text(name))
        self.app.click_until(row, lambda: row.chosen, f'{name!r} is not chosen')

    def shows_selected(self, selected, shown):
        """Waits until the bar under the list tells that so many are shown, and selected."""
        words = (self.names.count('%u of %u selected', '%u of %u selected', selected, shown)
                 if selected else self.names.count('%u record', '%u records', shown))
        self.list.find('filler', 'YejiBulkBar').find('label', words)

    def open_record(self, name):
        """Finds a record by its name, from anywhere, and opens it, by the keyboard."""
        self.search_for(name)
        self.list.find('table row', name)
        self.desktop.keys('Return')
        wait_until(lambda: self.list.find('table row', name).focused,
                   'the record found does not take the keyboard')
        self.desktop.keys('Return')
        self.shows(name)

    def import_record(self, path):
        """Imports a file from the list."""
        self.desktop.keys('ctrl+o')
        self.app.choose_file(path, self.names.text('Import Records'))

    def import_into(self, path):
        """Imports a file into the record on screen, by the record's menu."""
        self.app.choose_from_menu(self.names.text('Record menu'),
                                  self.names.text('_Import into This Record…'))
        self.app.choose_file(path, self.names.text('Import into This Record'))

    # The form

    def section_row(self, member):
        sections = self.editor.find('list', self.names.text('Sections'))
        return sections.find('list item', self.names.section(member))

    def open_section(self, member):
        row = self.section_row(member)
        if not row.chosen:
            self.app.click_until(row, lambda: row.chosen, f'{member} is not chosen')
        wait_until(lambda: self.page(member), f'{member} is not shown')

    def page(self, member):
        """Finds the form of a section, if it is the one that is shown."""
        if not self.section_row(member).chosen:
            return None
        label = self.names.section(member)
        return self.editor.look('filler', 'YejiSectionPage',
                                where=lambda page: page.look('label', label))

    def look_at(self, member, field):
        """Finds the control of a field on the page that is shown, or nothing."""
        page = self.page(member)
        return page and page.look(('text', 'entry', 'text area'), self.names.field(member, field))

    def show(self, member, field):
        """Goes to the section of a field if it is not shown; returns the field's control."""
        self.open_section(member)
        return wait_until(lambda: self.look_at(member, field), f'{member}/{field} is not shown')

    def enter(self, member, field, value):
        self.app.enter(self.show(member, field), value)

    def text_of(self, member, field):
        return self.show(member, field).text

    def has_keyboard(self, member, field):
        """Waits until the keyboard goes to a field."""
        def focused():
            control = self.look_at(member, field)
            return control and any(node.focused for node in control.walk())
        wait_until(focused, f'{member}/{field} has not the keyboard')

    # A table as a grid

    def show_as_grid(self, member):
        """Shows a table of the record with one line a row."""
        self.open_section(member)
        name = self.names.text('Table', 'view of a table')
        switch = self.page(member).find(('toggle button', 'push button'), name)
        if not switch.chosen:
            self.app.click_until(switch, lambda: switch.chosen, f'{member} is no grid')

    def cursor(self, member):
        """Gives the name of the cell that has the keyboard, or nothing."""
        page = self.page(member)
        table = page and page.look('table', self.names.section(member))
        text = table and table.look('text', where=lambda node: node.focused)
        return text and text.name

    def is_at(self, member, row, field=None):
        """Whether the keyboard is in a cell, or in any of a row."""
        column = field and self.names.field(member, field)
        return (self.cursor(member) or '').startswith(self.names.cell(row, column))

    def go_to_cell(self, member, row, field):
        """Clicks a cell that is in sight."""
        begin = self.names.cell(row, self.names.field(member, field))
        cell = self.page(member).find('table cell', where=lambda one: one.name.startswith(begin))
        self.app.click_until(cell, lambda: self.is_at(member, row, field),
                             f'the cursor is not in row {row + 1}, {field}')

    def walk_to_cell(self, member, row, field):
        """Goes on by Tab until the cursor is in a column of the row."""
        column = self.names.field(member, field)
        while not self.is_at(member, row, field):
            before = self.cursor(member)
            self.desktop.keys('Tab')
            wait_until(lambda: self.cursor(member) not in (None, before), 'Tab does not go on')
            holds(self.is_at(member, row), f'there is no column {column} in the rest of the row')

    def add_grid_row(self, member, row):
        """Adds a row to the grid on screen, by the keyboard."""
        self.desktop.keys('ctrl+shift+n')
        wait_until(lambda: self.is_at(member, row), f'there is no row {row + 1}')

    def open_row(self, member, row, field):
        """Opens the form of a row of a grid by the keyboard, at the field of a cell in sight."""
        self.go_to_cell(member, row, field)
        self.desktop.keys('ctrl+Return')
        self.has_keyboard(member, field)

    # The pane at the side

    def show_pane(self, title):
        """Shows a page of the pane by its switcher."""
        tab = self.editor.find('page tab', self.names.text(title))
        if not tab.chosen:
            self.app.click_until(tab, lambda: tab.chosen, f'{title!r} is not shown')

    def problems(self):
        return self.editor.find('list', self.names.text('Problems'))

    def problem_of(self, member, field, words):
        """Waits until a problem with these words is under a field and in the pane."""
        label = self.names.field(member, field)
        control = self.show(member, field)
        wait_until(lambda: words in control.description, f'no problem is said of {label}')
        self.page(member).find('label', containing=words)
        self.problems().find('list item', containing=words,
                             where=lambda row: label in row.name)

    def no_problem_of(self, member, field, words):
        control = self.show(member, field)
        wait_until(lambda: words not in control.description, 'the problem is still said')
        self.page(member).gone('label', containing=words)
        self.problems().gone('list item', containing=words)

    def jump_to_problem(self, words):
        self.show_pane('Problems')
        self.app.click(self.problems().find('list item', containing=words))

    def jump_to_remark(self, words):
        """Goes to the field of a reviewer's remark by the pane."""
        self.show_pane('Reviewer')
        remarks = self.editor.find('list', self.names.text('Reviewer'))
        self.app.click(remarks.find('list item', containing=words))

    def find_remark(self, words):
        self.show_pane('Reviewer')
        remarks = self.editor.find('list', self.names.text('Reviewer'))
        return remarks.find('list item', containing=words)

    def says_remark(self, status, words):
        """Waits until the checklist says what became of a remark: Open, Mended or Explained."""
        said = self.names.text(status, 'point')
        wait_until(lambda: self.find_remark(words).name.startswith(said),
                   f'{words!r} is not {status}')

    def explain(self, words, text):
        """Explains a remark to the reviewer by the button of its row."""
        self.app.press(self.names.text('Explain…'), within=self.find_remark(words))
        dialog = self.app.toplevel(self.names.text('Explain to the Reviewer'))
        window = self.app.window_of(dialog)
        self.app.enter(dialog.find('text', containing=self.names.text('Explanation')), text)
        self.app.press(self.names.text('_Explain').replace('_', ''), within=dialog)
        wait_until(lambda: not self.desktop.is_shown(window), 'the question stays')

    def remark_of(self, member, field, words):
        """Waits until a reviewer's remark is said of a field and shown under it."""
        control = self.show(member, field)
        wait_until(lambda: words in control.description, f'{words!r} is not said of {field}')
        self.page(member).find('label', containing=words)

    # Documents and the province

    def documents_pane(self):
        return self.editor.find('filler', 'YejiDocumentsPane')

    def pane_focus(self):
        """Gives what has the keyboard in the documents' pane or its switcher, or nothing."""
        return next(filter(None, (part.look(where=lambda one: one.focused) for part in (
            self.editor.find('page tab list'), self.documents_pane()))), None)

    def tab_to(self, node):
        """Goes to a control of the documents' pane by F6 and Tab, back where it lies above."""
        # What can have the keyboard is listed once: a look at the whole pane takes a second.
        stops = [*self.editor.find('page tab list').matching('page tab'),
                 *self.documents_pane().matching('push button')]

        def focused():
            return next((stop for stop in stops if stop.focused), None)
        if not focused():
            self.desktop.keys('F6')
            wait_until(focused, 'F6 does not go to the pane')
        for _ in range(40):
            before = focused()
            if before == node:
                return
            holds(before, f'Tab leaves the pane and does not go to {node}')
            back = node.extents[1] < before.extents[1]
            self.desktop.keys('shift+Tab' if back else 'Tab')
            wait_until(lambda: focused() not in (None, before), f'Tab stays at {before}')
        raise AssertionError(f'Tab does not go to {node}')

    def go_to_slot(self, slot):
        """Goes to the button that adds to a slot, by the keyboard."""
        self.show_pane('Documents')
        name = self.names.text('Attach %s') % self.names.slot(slot)
        self.tab_to(self.documents_pane().find('push button', name))

    def paste_documents(self, slot, paths):
        """Pastes files into a slot by the keyboard, and sees them in the list."""
        self.go_to_slot(slot)
        pane = self.documents_pane()
        nothing = self.names.text('There is no picture and no file in the clipboard.')

        def shown():
            return all(pane.look('label', path.name) for path in paths)
        self.desktop.paste_files(paths)
        wait_until(lambda: pane.look('label', nothing) or shown(), f'{paths} are not pasted')
        if not shown():  # GTK learns a moment later than we what is new on the clipboard
            self.desktop.keys('ctrl+v')
            wait_until(shown, f'{paths} are not pasted')

    def shows_page(self, filename, page, count):
        """Waits until the preview shows a page of a document."""
        words = f'{page} / {count}'
        name = filled(self.names.text('%s, page %s'), filename, words)
        wait_until(lambda: self.editor.look('panel', name), f'no {name}')

    def attach(self, slot, path):
        """Attaches a document by the pane and the file chooser, and sees it in the list."""
        label = self.names.slot(slot)
        self.show_pane('Documents')
        pane = self.documents_pane()
        self.app.press(self.names.text('Attach %s') % label, within=pane)
        self.app.choose_file(path, label)
        pane.find('label', path.name)

    def detach(self, filename):
        """Removes a document by the pane, and sees that it is gone from the list."""
        self.show_pane('Documents')
        pane = self.documents_pane()
        self.app.press(self.names.text('Remove %s') % filename, within=pane)
        pane.gone('label', filename)

    def submit(self):
        self.app.press(self.names.text('Submit'), within=self.editor)

    def cannot_submit(self, words):
        """Presses Submit and sees that the record stays, and why."""
        self.submit()
        self.problems().find('list item', containing=words)

    def says(self, message):
        """Waits until the status bar says something of the network."""
        self.app.find('push button', containing=self.names.text(message))

    def says_words(self, message):
        self.app.find('label', containing=self.names.text(message))

    def says_state(self, message):
        """Waits until the record on screen has a state."""
        self.editor.find('label', self.names.state(message), patience=40)

    def says_grade(self, grade):
        words = self.names.text('Grade %s · %s') % (grade, self.names.grade(grade))
        self.editor.find('label', words)

    def sign_in(self, url, user, password):
        """Signs in by the dialog that the status bar offers."""
        self.app.press(self.names.text('Sign In…'))
        title = self.names.text('Sign In')
        dialog = self.app.toplevel(title)
        window = self.app.window_of(dialog)
        for label, value in (('Address of the province', url), ('User name', user),
                             ('Password', password)):
            self.app.enter(dialog.find('text', containing=self.names.text(label)), value,
                           secret=value is password)
        self.app.press(self.names.text('_Sign In').replace('_', ''), within=dialog)
        wait_until(lambda: not self.desktop.is_shown(window), 'the sign-in dialog stays')

    # The window and the process

    @contextlib.contextmanager
    def covered(self):
        """Lays another window over the client's for a while; gives a test of who is above."""
        own = self.app.window_of(self.app.main)
        cover = subprocess.Popen(['xev', '-geometry', '1280x720+0+0', '-name', 'cover'],
                                 env=self.desktop.environment, stdout=subprocess.DEVNULL)
        try:
            other = self.desktop.window_of('cover')

            def is_raised():
                order = self.desktop.stacking()
                return order.index(own) < order.index(other)
            wait_until(lambda: not is_raised(), 'nothing covers the client')
            yield is_raised
        finally:
            stop(cover)

    def runs_once(self):
        """Sees that one process has this profile open."""
        mine = [pid for pid in pathlib.Path('/proc').iterdir() if pid.name.isdigit()
                and str(self.profile).encode() in read(pid / 'cmdline')]
        same(len(mine), 1, 'processes with this profile')

    def type_until_killed(self, member, field, seconds):
        """Types into a field, kills the program in the middle; returns [(time, text typed)]."""
        control = self.show(member, field)
        self.app.enter(control, '')
        typed, text = [(time.monotonic(), '')], ''
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            key = 'abcdefghij'[len(text) % 10]
            self.desktop.type(key)
            text += key
            typed.append((time.monotonic(), text))
        self.app.kill()
        typed.append((time.monotonic(), text))
        return typed


def read(path):
    """Reads a file that may be gone by now."""
    try:
        return path.read_bytes()
    except OSError:
        return b''
