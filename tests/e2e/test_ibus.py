# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Chinese, typed as most clerks type it: by ibus with its input method for Pinyin."""

import re
import subprocess

from steps import holds, same, step
from waiting import wait_until
from window_story import WindowStory, run
from xsession import stop

ENGINE = 'libpinyin'
# ibus hands back a key that it has no use for when it has thought about it; where the text is gone
# by then, as that of a cell after Return may be, its module hands the key to nothing.
TOO_LATE = 'gtk_im_context_filter_keypress: assertion'
CHINESE = re.compile(r'[\u4e00-\u9fff]+')


class Ibus(WindowStory):
    """A clerk with a Chinese keyboard."""

    PREFIX = 'ibus-'

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        address = f'unix:path={place}/ibus'
        words = {'IBUS_ADDRESS': address, 'GTK_IM_MODULE': 'ibus'}
        programs.environment.update(words)
        self.log = (place / 'ibus.log').open('w', encoding='utf-8')
        self.daemon = subprocess.Popen(
            ['ibus-daemon', '--address', address, '--panel=disable', '--emoji-extension=disable'],
            env=programs.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        wait_until(self.takes_engine, 'ibus does not take the engine')
        self.uuid = None

    def ibus(self, *words):
        """Asks the daemon; gives what is printed."""
        return subprocess.run(['ibus', *words], env=self.programs.environment,
                              capture_output=True, text=True, check=False).stdout.strip()

    def takes_engine(self):
        # its exit code is 1 even where it does
        self.ibus('engine', ENGINE)
        return self.ibus('engine') == ENGINE

    def end(self):
        super().end()
        stop(self.daemon)
        self.log.close()

    def report(self):
        return [*super().report(), *(self.place / 'ibus.log').read_text().splitlines()[-20:]]

    def name(self):
        """What is typed into the name of the project."""
        return self.client.text_of('project', 'PrjName')

    @step('Pinyin becomes Chinese in a field of the form, and is saved')
    def type_in_form(self):
        self.client = self.open_client()
        self.client.app.harmless = (TOO_LATE,)
        self.uuid = self.client.new_record()
        self.client.app.focus(self.client.show('project', 'PrjName'))
        self.desktop.type('gongcheng')
        self.desktop.keys('space')
        wait_until(lambda: CHINESE.fullmatch(self.name() or ''), 'no Chinese is typed')
        self.client.waits_until_stored(self.uuid, 'project', 'PrjName', self.name())

    @step('a digit chooses among the candidates')
    def choose(self):
        before = self.name()
        self.desktop.type('shi2')
        wait_until(lambda: len(self.name()) == len(before) + 1, 'nothing is chosen')
        holds(CHINESE.fullmatch(self.name()), f'not all Chinese: {self.name()!r}')

    @step('Return takes the letters as they are, and the field keeps the keyboard')
    def take_letters(self):
        before = self.name()
        self.desktop.type('abc')
        self.desktop.keys('Return')
        wait_until(lambda: self.name() == before + 'abc', 'the letters are not taken')
        self.client.has_keyboard('project', 'PrjName')

    @step('Escape throws the letters away, and nothing else')
    def throw_away(self):
        before = self.name()
        self.desktop.type('ni')
        self.desktop.keys('Escape')
        self.desktop.type('hao')
        self.desktop.keys('space')
        wait_until(lambda: len(self.name()) > len(before), 'nothing is typed after Escape')
        same(len(self.name()), len(before) + 1, 'characters')
        self.client.has_keyboard('project', 'PrjName')

    @step('a cell of a grid takes Pinyin from its first letter on, and Return goes on')
    def type_in_grid(self):
        self.client.show_as_grid('participants')
        self.client.add_grid_row('participants', 0)
        self.client.walk_to_cell('participants', 0, 'CorpName')
        self.desktop.type('gongsi')
        self.desktop.keys('space', 'Return')

        def stored():
            rows = self.client.stored_rows(self.uuid, 'participants')
            return rows and CHINESE.fullmatch(rows[0].get('CorpName', ''))
        wait_until(stored, 'the cell has no Chinese')

    @step('the list is searched by what is typed, without going to the search first')
    def type_in_list(self):
        name = self.client.stored_value(self.uuid, 'project', 'PrjName')
        self.desktop.keys('alt+Left')
        self.client.list.find('table row', name)
        self.desktop.type('gongcheng')
        self.desktop.keys('space')
        search = self.client.list.find(('text', 'entry'), self.client.names.text('Search'))
        wait_until(lambda: CHINESE.fullmatch(search.text or ''), 'no Chinese is searched for')
        self.client.list.find('table row', name)


if __name__ == '__main__':
    run(Ibus, __doc__)
