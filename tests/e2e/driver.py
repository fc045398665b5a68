# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Drives a GTK program as a person does: reads it through AT-SPI, moves the mouse, presses keys.

What is seen comes from the accessibility tree, what is done goes through the X server. Nothing is
done through AT-SPI actions, which would pass even where a person could not click. Every wait is
for a condition, with an end.
"""

import functools
import os
import pathlib
import re
import subprocess
import warnings

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

import waiting  # noqa: E402
from waiting import PATIENCE, NotSeen  # noqa: E402

warnings.filterwarnings('ignore')

MAX_DEPTH = 60

# A widget may go away between two questions about it: that is "not yet".
wait_until = functools.partial(waiting.wait_until, ignoring=(GLib.Error,))


class Node:
    """One widget in the accessibility tree."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __eq__(self, other):
        return isinstance(other, Node) and self.accessible == other.accessible

    def __hash__(self):
        return hash(self.accessible)

    def __repr__(self):
        try:
            return f'<{self.role} {self.name!r}>'
        except GLib.Error:
            return '<gone>'

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def text(self):
        """The text of an entry. (0, -1) gives nothing in GTK 4.8, so the length is asked for.

        Where the keyboard goes to a part inside an entry, only the entry around it tells the text.
        """
        node = self
        while 'Text' not in node.accessible.get_interfaces():
            node = node.parent
            if node is None:
                raise AttributeError(f'{self} has no text')
        length = Atspi.Text.get_character_count(node.accessible)
        return Atspi.Text.get_text(node.accessible, 0, length)

    @property
    def parent(self):
        accessible = self.accessible.get_parent()
        return Node(accessible) if accessible is not None else None

    @property
    def children(self):
        found = []
        for index in range(self.accessible.get_child_count()):
            try:
                child = self.accessible.get_child_at_index(index)
            except GLib.Error:
                continue
            if child is not None:
                found.append(Node(child))
        return found

    @property
    def extents(self):
        """(x, y, width, height) inside the window. A widget that was never shown has 0 x 0."""
        try:
            area = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        except GLib.Error:
            return 0, 0, 0, 0
        return area.x, area.y, area.width, area.height

    @property
    def visible(self):
        return self.extents[2] > 0 and self.extents[3] > 0

    def has_state(self, state):
        """Whether it has an Atspi.StateType, e.g. FOCUSED, INVALID_ENTRY, SENSITIVE."""
        return self.accessible.get_state_set().contains(state)

    @property
    def focused(self):
        return self.has_state(Atspi.StateType.FOCUSED)

    @property
    def chosen(self):
        """Whether it is the chosen one of several: a row, a page's button."""
        return any(self.has_state(state) for state in (
            Atspi.StateType.SELECTED, Atspi.StateType.CHECKED, Atspi.StateType.PRESSED))

    @property
    def sensitive(self):
        return self.has_state(Atspi.StateType.SENSITIVE)

    @property
    def toplevel(self):
        """The window that the node is in. Its role says little: a file chooser's is `filler`."""
        node, parent = self, self.parent
        while parent is not None and parent.role != 'application':
            node, parent = parent, parent.parent
        return node

    def walk(self, depth=0):
        """Yields the nodes that are shown, this one and all below it, parents first.

        A widget that was never shown has no size, and so has a page of a stack. What was shown and
        is not on top any more keeps its size, and GTK 4.8 does not say so in any other way: who
        looks must know the page. (To ask what the pointer meets ends the program now and then.)
        """
        try:
            shown = self.visible
            if not (shown or depth == 0 or self.name == 'GtkStackPage'
                    or self.role == 'application'):
                return
            if shown or depth == 0:
                yield self
            children = self.children if depth < MAX_DEPTH else []
        except GLib.Error:  # it went away
            return
        for child in children:
            yield from child.walk(depth + 1)

    def matching(self, role=None, name=None, containing=None, where=None):
        """Yields the nodes below with that role, that name, words in it, and a condition."""
        roles = (role,) if isinstance(role, str) else role
        for node in self.walk():
            try:
                if ((not roles or node.role in roles)
                        and (name is None or node.name == name)
                        and (containing is None or containing in node.name)
                        and (where is None or where(node))):
                    yield node
            except GLib.Error:
                continue

    def look(self, *arguments, **criteria):
        """Returns the first such node below that is there now, or None."""
        return next(self.matching(*arguments, **criteria), None)

    def find(self, role=None, name=None, patience=PATIENCE, **criteria):
        """Waits for such a node below; fails with what was looked for."""
        words = ' '.join(str(part) for part in (role, name, *criteria.values()) if part)
        return wait_until(lambda: self.look(role, name, **criteria), f'no {words}', patience)

    def gone(self, role=None, name=None, patience=PATIENCE, **criteria):
        """Waits until there is no such node below."""
        wait_until(lambda: not self.look(role, name, **criteria), f'{role} {name} stays', patience)

    def outline(self):
        """Tells what is shown as text, for a failure's report: what has a name, or is focused."""
        lines = []
        for node in self.walk():
            try:
                focus = ' <- keyboard' if node.focused else ''
                about = f' ({node.description})' if node.description else ''
                if focus or (node.name and not node.name.startswith(('Gtk', 'Adw'))):
                    lines.append(f'{node.role} {node.name!r}{about}{focus}')
            except GLib.Error:
                continue
        return lines


def says(name, text):
    """Whether a control is called that. A mnemonic's underscore may stand in either."""
    plain = text.replace('_', '')
    return name in (text, plain) or name.replace('_', '').endswith(plain)


class Desktop:
    """The X server's side: mouse, keys, clipboard, windows, pictures."""

    def __init__(self, environment):
        self.environment = environment
        self._clipboard = None

    def tool(self, *command, check=True):
        """Runs an X client to its end; returns what it printed."""
        done = subprocess.run([str(word) for word in command], env=self.environment,
                              capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f'{" ".join(map(str, command))}: {done.stderr}')
        return done.stdout

    def keys(self, *names):
        """Presses keys, each by its X name with modifiers, as in `ctrl+a`."""
        self.tool('xdotool', 'key', '--delay', '15', *names)

    def type(self, text):
        """Types ASCII. What is not ASCII gets lost in xdotool: that is pasted."""
        assert text.isascii(), text
        self.tool('xdotool', 'type', '--delay', '12', '--', text)

    def paste(self, text, target='UTF8_STRING'):
        """Puts a text on the clipboard, as something else if so wished, and presses Ctrl+V."""
        self.close()
        clipboard = ('xclip', '-selection', 'clipboard', '-target', target)
        self._clipboard = subprocess.Popen(
            [*clipboard, '-quiet', '-in'], env=self.environment,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._clipboard.stdin.write(text.encode())
        self._clipboard.stdin.close()
        ask = (*clipboard, '-out')
        told = text.replace('\r\n', '\n')
        wait_until(lambda: self.tool(*ask, check=False) == told, 'the clipboard')
        self.keys('ctrl+v')

    def paste_files(self, paths):
        """Pastes files as a file manager copies them."""
        self.paste(''.join(f'{pathlib.Path(path).as_uri()}\r\n' for path in paths),
                   'text/uri-list')

    def close(self):
        """Gives up the clipboard."""
        if self._clipboard is not None:
            self._clipboard.terminate()
            self._clipboard.wait()
            self._clipboard = None

    def __getstate__(self):
        """Lets another process have the same desktop; the clipboard stays here."""
        return {'environment': self.environment, '_clipboard': None}

    def look_for_window(self, title, pid=None):
        """Returns the number of the X window with exactly that title, if it is shown now."""
        out = self.tool('xdotool', 'search', '--onlyvisible', '--name', f'^{re.escape(title)}$',
                        check=False)
        for number in reversed(out.split()):
            if (pid is None or self.pid_of(number) == pid) and not self.is_popup(number):
                return int(number)
        return None

    def is_popup(self, window):
        """Whether it is a tooltip or a menu: GTK gives those the program's name as title."""
        about = self.tool('xwininfo', '-id', window, check=False)
        return 'Override Redirect State: yes' in about

    def window_of(self, title, pid=None):
        """Waits for the X window with exactly that title; returns its number."""
        return wait_until(lambda: self.look_for_window(title, pid), f'no window {title!r}')

    def is_shown(self, window):
        """Whether an X window is there and shown."""
        return 'IsViewable' in self.tool('xwininfo', '-id', window, check=False)

    def pid_of(self, window):
        match = re.search(r'= (\d+)', self.tool('xprop', '-id', window, '_NET_WM_PID', check=False))
        return int(match[1]) if match else None

    def stacking(self):
        """Lists the ids of the top windows that are shown, the uppermost first."""
        tree = self.tool('xwininfo', '-root', '-children')
        return [int(word, 16) for word in re.findall(r'^\s+(0x[0-9a-f]+) ', tree, re.MULTILINE)]

    def place_of(self, node, window):
        """Gives the middle of a node on the screen: AT-SPI counts from the window's content."""
        shell = self.tool('xdotool', 'getwindowgeometry', '--shell', window)
        geometry = dict(line.split('=') for line in shell.split() if '=' in line)
        left, top = int(geometry['X']), int(geometry['Y'])
        width, height = int(geometry['WIDTH']), int(geometry['HEIGHT'])
        _, _, content_width, content_height = node.toplevel.extents

        frame = self.tool('xprop', '-id', window, '_GTK_FRAME_EXTENTS', check=False)
        before, after, above, below = 0, 0, 0, 0
        match = re.search(r'= (\d+), (\d+), (\d+), (\d+)', frame)
        if match:
            before, after, above, below = (int(number) for number in match.groups())
        left += before + (width - before - after - content_width) // 2
        top += above + (height - above - below - content_height) // 2
        x, y, node_width, node_height = node.extents
        return left + x + node_width // 2, top + y + node_height // 2

    def point_at(self, x, y):
        # Never `mousemove --sync`: it waits 15 s where the pointer is already there.
        self.tool('xdotool', 'mousemove', x, y)

    def click_at(self, x, y):
        self.tool('xdotool', 'mousemove', x, y, 'click', 1)

    def turn_wheel(self, down=True):
        self.tool('xdotool', 'click', 5 if down else 4)

    def picture(self, path):
        """Takes a picture of the whole screen."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.tool('import', '-window', 'root', path)


class Application:
    """A running GTK program: its process, its main window's tree, and the hands on it.

    GTK 4.8 ends the program when it is asked for its windows while one of them comes or goes. So
    the X server is asked first; the windows are asked for only while none is on its way.
    """

    harmless = ()                # what a library complains of itself

    def __init__(self, desktop, command, title, environment=None, log=None):
        self.desktop = desktop
        self.log = pathlib.Path(log) if log else None
        self.killed = False
        output = open(self.log, 'ab') if self.log else subprocess.DEVNULL
        try:
            self.process = subprocess.Popen([str(word) for word in command],
                                            env=environment or desktop.environment,
                                            stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        finally:
            if self.log:
                output.close()
        wait_until(lambda: self._is_shown(title), f'no window {title!r}', 20)
        self.root = Node(wait_until(self._attach, f'{command[0]} on the accessibility bus', 20))
        self.main = self.toplevel(title)

    def _is_shown(self, title):
        if self.process.poll() is not None:
            raise NotSeen(f'the program ended with {self.process.returncode}: {self.words()}')
        return self.desktop.look_for_window(title, self.process.pid)

    def _attach(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            accessible = desktop.get_child_at_index(index)
            if accessible is not None and accessible.get_process_id() == self.process.pid:
                # The updates of a cache are not complete with GTK 4.8: always ask.
                Atspi.Accessible.set_cache_mask(accessible, Atspi.Cache.NONE)
                return accessible
        return None

    def words(self):
        """What the program said, for a failure's report."""
        return self.log.read_text(errors='replace')[-2000:] if self.log else ''

    def toplevel(self, title):
        """Waits for a window of the program with that title; returns its node."""
        self.desktop.window_of(title, self.process.pid)
        return wait_until(lambda: next((window for window in self.root.children
                                        if window.name == title), None), f'no window {title!r}')

    # Looking into the main window

    def look(self, *arguments, **criteria):
        return self.main.look(*arguments, **criteria)

    def find(self, *arguments, **criteria):
        return self.main.find(*arguments, **criteria)

    def gone(self, *arguments, **criteria):
        self.main.gone(*arguments, **criteria)

    # Doing

    def window_of(self, node):
        """Finds the X window in which a node is."""
        return self.desktop.window_of(node.toplevel.name, self.process.pid)

    def click(self, node):
        """Clicks a node where it is once it has come to rest."""
        self.reveal(node)
        window = self.window_of(node)
        place = None

        def rests():
            nonlocal place
            before, place = place, self.desktop.place_of(node, window)
            return before == place
        wait_until(rests, f'{node} does not come to rest')
        self.desktop.click_at(*place)

    def reveal(self, node):
        """Turns the wheel over the pane that a node is in until the node's middle can be seen."""
        pane = node.parent
        while pane is not None and pane.role != 'scroll pane':
            pane = pane.parent
        if pane is None or not pane.visible:
            return
        for _ in range(80):
            _, top, _, height = pane.extents
            _, y, _, own_height = node.extents
            middle = y + own_height // 2
            if top + 12 <= middle <= top + height - 12:
                return
            self.point_at(pane)
            self.desktop.turn_wheel(down=middle > top + height // 2)
            try:
                wait_until(lambda: node.extents[1] != y, '', 0.5)
            except NotSeen:
                return  # the end of the pane: it gets no nearer

    def point_at(self, node):
        """Moves the pointer over the middle of a node."""
        self.desktop.point_at(*self.desktop.place_of(node, self.window_of(node)))

    def press(self, name, role=('push button', 'toggle button', 'button'), within=None):
        """Waits for a button with that name that can be pressed, and clicks it."""
        node = (within or self.main).find(
            role, where=lambda found: found.sensitive and says(found.name, name))
        self.click(node)
        return node

    def choose_from_menu(self, button, item):
        """Opens a menu by its button and chooses by the keyboard, as the pointer would be lost."""
        for _ in range(3):
            self.press(button)
            try:
                entry = self.find('menu item', where=lambda found: says(found.name, item),
                                  patience=2)
                break
            except NotSeen:
                continue
        else:
            raise NotSeen(f'the menu {button} does not open')
        for _ in range(30):
            if entry.focused:
                break
            self.desktop.keys('Down')
            try:
                wait_until(lambda: entry.focused, '', 0.2)
            except NotSeen:
                continue
        if not entry.focused:
            raise NotSeen(f'{entry} does not take the keyboard')
        self.desktop.keys('Return')

    def click_until(self, node, condition, words):
        """Clicks a node, again if nothing comes of it, until the condition holds."""
        for _ in range(3):
            self.click(node)
            try:
                wait_until(condition, words, 2)
                return
            except NotSeen:
                continue
        raise NotSeen(words)

    def focus(self, node):
        """Clicks a node until it, or what is in it, has the keyboard."""
        self.click_until(node, lambda: any(below.focused for below in node.walk()),
                         f'{node} does not take the keyboard')

    def enter(self, node, text, secret=False):
        """Replaces the text of an entry by real keys or by pasting, and reads it back.

        Of a secret only the length can be read.
        """
        for _ in range(3):
            self.focus(node)
            self.desktop.keys('ctrl+a')
            if not text:
                self.desktop.keys('Delete')
            elif text.isascii():
                self.desktop.type(text)
            else:
                self.desktop.paste(text)
            try:
                wait_until(lambda: len(node.text) == len(text) and (secret or node.text == text),
                           f'{text!r} in {node}', 1.5)
                return
            except NotSeen:
                continue
        raise NotSeen(f'cannot enter {text!r} into {node}: it has {node.text!r}')

    def choose_file(self, path, title):
        """Answers a file chooser that is open or about to open: types the path, accepts."""
        window = self.desktop.window_of(title, self.process.pid)
        dialog = self.toplevel(title)
        # Nobody manages windows here: the keyboard follows the pointer.
        self.point_at(dialog)

        def location():
            return dialog.look('text')
        for _ in range(5):
            self.desktop.keys('ctrl+l')
            try:
                entry = wait_until(location, 'no place to type a path', 1.5)
                break
            except NotSeen:
                continue
        else:
            raise NotSeen('the file chooser offers no place to type a path')
        self.enter(entry, str(path))
        for _ in range(10):  # the first Return may only end the entry's completion
            self.desktop.keys('Return')
            try:
                wait_until(lambda: not self.desktop.is_shown(window), '', 0.5)
                return
            except NotSeen:
                continue
        raise NotSeen(f'the file chooser stays with {path}')

    # Ending

    def kill(self):
        """Ends the program as a power cut does."""
        self.killed = True
        self.process.kill()
        self.process.wait()

    def stop(self, patience=10):
        """Ends the program if it still runs. One that died, or that has complained, fails: of a
        window that stood still, among other things, it says so itself."""
        died = self.process.poll() not in (None, 0) and not self.killed
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.kill()
        if died:
            raise AssertionError(f'the program died with {self.process.returncode}: '
                                 f'{self.words()}')
        if self.complaints():
            raise AssertionError('the program complained: ' + ' | '.join(self.complaints()))

    def complaints(self):
        """Lists what the program said that it must never have to say."""
        if self.log is None:
            return []
        return [line for line in self.log.read_text(errors='replace').splitlines()
                if ('-CRITICAL **' in line or '-ERROR **' in line)
                and not any(words in line for words in self.harmless)]


def connect(environment):
    """Joins this process to a session's accessibility bus. To be called once, before any look."""
    os.environ.update(environment)
    Atspi.set_timeout(2000, 4000)
    Atspi.init()
