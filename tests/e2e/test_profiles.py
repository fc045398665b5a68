# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Several enterprises on one computer: real processes on one bus, a profile each."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from client import Names
from driver import Desktop, wait_until
from programs import Programs
from steps import Story, holds, same, step
from xsession import XSession, stop

PATIENCE = 20


class Enterprises(Story):
    """A clerk who files for two enterprises."""

    def __init__(self, programs, desktop, place):
        self.programs = programs
        self.desktop = desktop
        self.place = place
        self.title = Names(programs).text('Yeji')
        self.processes = []
        data = pathlib.Path(programs.environment['XDG_DATA_HOME']) / 'yeji'
        self.first = data / '甲建设'
        self.second = data / '乙建设'

    def start(self, *arguments):
        with open(self.place / 'client.log', 'ab') as log:
            process = subprocess.Popen([str(self.programs.client), *map(str, arguments)],
                                       env=self.programs.environment, stdin=subprocess.DEVNULL,
                                       stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def window_of(self, pid, title=None):
        return wait_until(lambda: self.desktop.look_for_window(title or self.title, pid),
                          f'no window of {pid}', PATIENCE)

    def is_above(self, window, other):
        order = self.desktop.stacking()
        return order.index(window) < order.index(other)

    def profiles(self):
        """What `yeji profiles` says, by folder."""
        lines = self.programs.call(self.first, '--json', 'profiles').json
        return {pathlib.Path(line['directory']).name: line for line in lines}

    def holder_of(self, profile):
        """The process that has a profile open, by what is told of it."""
        told = self.profiles()[profile.name]['open_in']
        return int(told.rpartition('(')[2].rstrip(')')) if told else None

    def report(self):
        log = self.place / 'client.log'
        return log.read_text(errors='replace').splitlines()[-20:] if log.exists() else []

    def end(self):
        for process in self.processes:
            stop(process)

    # The steps

    @step('each of two enterprises has a window and a process')
    def open_both(self):
        self.one = self.start('--profile', self.first)
        self.one_window = self.window_of(self.one.pid)
        self.two = self.start('--profile', self.second)
        self.two_window = self.window_of(self.two.pid)
        wait_until(lambda: self.holder_of(self.first) == self.one.pid, 'who has the first')
        wait_until(lambda: self.holder_of(self.second) == self.two.pid, 'who has the second')
        holds(self.is_above(self.two_window, self.one_window), 'the second window is above')

    @step('a second start raises the first window and ends')
    def start_again(self):
        again = self.start('--profile', self.first)
        same(again.wait(PATIENCE), 0, 'how the second start ended')
        wait_until(lambda: self.is_above(self.one_window, self.two_window), 'it is not raised')
        same(self.holder_of(self.first), self.one.pid, 'who has the profile')
        same(self.one.poll(), None, 'the first process')

    @step('the command line is told who has the profile')
    def ask_by_terminal(self):
        result = self.programs.call(self.first, 'list')
        same(result.code, 1, f'yeji list: {result!r}')
        holds(f'正在使用：org.yeji.Yeji ({self.one.pid})' in result.err, f'the words: {result!r}')

    @step('the list of enterprises raises a window that is open, and starts no process for it')
    def raise_by_list(self):
        self.open_list(self.one, self.one_window)
        self.choose(self.second)
        wait_until(lambda: self.is_above(self.two_window, self.one_window), 'it is not raised')
        same(self.holder_of(self.second), self.two.pid, 'who has the second')

    @step('the list of enterprises opens one that is closed')
    def open_by_list(self):
        self.leave(self.two, self.two_window)
        wait_until(lambda: self.holder_of(self.second) is None, 'the second profile is free')
        self.focus(self.list_window)
        self.choose(self.second)
        pid = wait_until(lambda: self.holder_of(self.second), 'nobody has the second', PATIENCE)
        holds(pid not in (self.one.pid, self.two.pid), f'another process: {pid}')
        window = self.window_of(pid)
        self.focus(window)
        self.desktop.keys('ctrl+q')
        wait_until(lambda: self.holder_of(self.second) is None, 'it does not end', PATIENCE)

    @step('a start without a profile opens the one that was opened last')
    def start_last(self):
        self.leave(self.one, self.one_window)
        last = self.start()
        window = self.window_of(last.pid)
        wait_until(lambda: self.holder_of(self.second) == last.pid, 'who has the last one')
        self.leave(last, window)

    # Hands

    def focus(self, window):
        """There is no window manager that would give the keyboard to a window."""
        self.desktop.tool('xdotool', 'windowraise', window, 'windowfocus', '--sync', window)

    def leave(self, process, window):
        self.focus(window)
        self.desktop.keys('ctrl+q')
        same(process.wait(PATIENCE), 0, 'how the client ended')

    def open_list(self, process, window):
        title = Names(self.programs).text('Enterprises')
        self.focus(window)
        self.desktop.keys('ctrl+e')
        self.list_window = self.window_of(process.pid, title)
        self.focus(self.list_window)

    def choose(self, profile):
        """Goes down to the row of an enterprise; the own one has the focus at first."""
        names = list(self.profiles())
        for _ in names:
            self.desktop.keys('Up')
        for _ in range(names.index(profile.name)):
            self.desktop.keys('Down')
        self.desktop.keys('Return')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with XSession('1280x720') as session, \
            tempfile.TemporaryDirectory(prefix='yeji-profiles-') as place:
        os.environ.update(session.environment)
        programs = Programs(arguments.build, arguments.source, session.environment)
        story = Enterprises(programs, Desktop(programs.environment), pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.end()


if __name__ == '__main__':
    sys.exit(main())
