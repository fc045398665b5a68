# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Kills the window while a clerk works in it, and lets its disk go wrong.

What was typed a second ago is there after a kill or a power cut, and so is a document that the
window shows. While the disk is slow, the window is not; while it is full, the window says since
when nothing is saved, goes on, and saves when there is room again.
"""

import errno
import hashlib
import json
import os
import pathlib
import random
import sys
import tempfile
import threading
import time

from examine import Broken, Examiner
from model import SLOTS
from place import Fault, Place
import story

# from tests/e2e, which `place` has put on the path
from apart import apart
import client as clients
from driver import Desktop
from steps import Story, holds, same, step
from waiting import NotSeen, wait_until
from xsession import XSession

SAMPLE = 'complete-construction'
FIELDS = ('Address', 'PrjName')
LIVES = 4                     # of a window, on one profile
LONGEST = 6                   # seconds that a clerk works before it ends
OLDEST_LOST = 1.0             # seconds
SLOW = 1000                   # milliseconds that each sync takes
STALL = 0.7                   # seconds until a key must be seen, however slow the disk is


class Work:
    """A clerk at the window, who does this and that until the program is gone."""

    def __init__(self, place, desktop, seed):
        self.rng = random.Random(seed)
        self.place = place
        self.client = clients.Client(place.programs, desktop, place.profile,
                                     place.folder / 'window.log')
        self.desktop = desktop
        self.typed = {}        # field -> [(when, text)]
        self.attached = []     # (slot, sha256, whether it was shown)
        self.end = None

    def kill(self):
        self.end = time.monotonic()
        self.client.app.kill()

    def until_killed(self, name, seconds):
        """Returns what was typed, what was attached, and when it ended."""
        try:
            self.client.open_record(name)
            timer = threading.Timer(self.rng.uniform(0.3, seconds), self.kill)
            timer.start()
            try:
                while self.end is None:
                    self.rng.choice((self.type, self.type, self.attach))()
            except Exception:  # noqa: BLE001: the program is gone, whatever we looked at
                if self.end is None:
                    raise
            finally:
                timer.cancel()
        finally:
            self.client.stop()
            self.desktop.close()
        return self.typed, self.attached, self.end

    def type(self):
        field = self.rng.choice(FIELDS)
        control = self.client.show('project', field)
        if field not in self.typed:
            before = control.text
            self.client.app.focus(control)
            self.desktop.keys('End')
            self.typed[field] = [(time.monotonic(), before)]
        else:
            self.client.app.focus(control)
            self.desktop.keys('End')
        text = self.typed[field][-1][1]
        for _ in range(self.rng.randint(5, 25)):
            key = self.rng.choice('abcdefghij')
            # It may be there before we know that it was sent.
            self.typed[field].append((time.monotonic() + 60, text + key))
            self.desktop.type(key)
            text += key
            self.typed[field][-1] = (time.monotonic(), text)

    def attach(self):
        number = self.rng.randrange(1000)
        content = b'%PDF-1.4\n' + hashlib.sha256(b'%d' % number).digest() * 4000
        path = self.place.inputs / f'scan-{number}.pdf'
        path.write_bytes(content)
        document = (self.rng.choice(SLOTS), hashlib.sha256(content).hexdigest())
        self.attached.append((*document, False))
        self.client.attach(document[0], path)
        self.attached[-1] = (*document, True)


def work_until_killed(build, folder, environment, with_disk, name, seed, seconds):
    place = Place(build, folder, environment)
    place.with_disk = with_disk
    place.programs.environment = place.environment()
    desktop = Desktop(environment)
    return Work(place, desktop, seed).until_killed(name, seconds)


class Window:
    """A profile with one record, at which the window is opened and killed again and again."""

    def __init__(self, arguments, folder, environment):
        self.arguments = arguments
        self.folder = folder
        self.environment = environment
        self.place = Place(arguments.build, folder, environment)
        self.examiner = Examiner(self.place)
        record = self.place.programs.sample(SAMPLE)
        self.uuid = record['uuid']
        # A field that is empty, so that what is typed is all that stands in it.
        record['project']['PrjName'] = 'Work'
        path = self.place.inputs / 'record.json'
        path.write_text(json.dumps(record, ensure_ascii=False), encoding='utf-8')
        holds(self.place.run('import', path).code in (0, 3), 'the sample is imported')
        self.draft = self.examiner.examine()[self.uuid]

    def round(self, seed):
        """One life of the window, which ends by a kill or with the power. Returns how many keys and
        documents it took."""
        before = self.draft
        rng = random.Random(seed)
        with_disk = rng.random() < 0.5
        if with_disk:
            self.place.begin_disk()
        typed, attached, end = apart(
            self.environment, work_until_killed, self.arguments.build, self.folder,
            self.environment, with_disk, before.values['/project/PrjName'], seed,
            LONGEST)
        if with_disk:
            self.place.cut_power(rng if rng.random() < 0.5 else None)
            self.place.with_disk = False
        self.draft = self.examiner.examine()[self.uuid]
        for field, texts in typed.items():
            kept = self.draft.values.get(f'/project/{field}', '')
            due = [text for when, text in texts if when <= end - OLDEST_LOST]
            due = due[-1] if due else texts[0][1]
            last = texts[-1][1]
            if not last.startswith(kept) or len(kept) < len(due):
                raise Broken(f'{field} keeps {kept!r} of {last!r}, and {due!r} was a second old')
        sent = {(slot, sha256) for slot, sha256, _ in attached}
        shown = {(slot, sha256) for slot, sha256, seen in attached if seen}
        if not before.documents | shown <= self.draft.documents <= before.documents | sent:
            raise Broken(f'documents {set(self.draft.documents)}, and there were '
                         f'{set(before.documents | shown)}')
        return sum(map(len, typed.values())), len(shown)


class KilledWindow(story.Story):
    """Some lives of a window, on a profile and a display of their own."""

    def tell(self):
        with XSession('1280x720') as session:
            window = Window(self.arguments, self.folder, session.environment)
            for life in range(LIVES):
                if self.is_late():
                    break
                self.note(f'life {life}')
                keys, documents = window.round(self.rng.getrandbits(32))
                self.count('kills')
                self.count('keys', keys)
                self.count('documents', documents)


class BadDisk(Story):
    """The window on a disk that is slow, then full, then well again."""

    def __init__(self, place, desktop, uuid):
        self.place = place
        self.desktop = desktop
        self.uuid = uuid
        self.client = None
        self.address = None

    def report(self):
        return [*self.client.outline(), *self.client.words().splitlines()[-20:]] \
            if self.client else []

    def end(self):
        if self.client is not None:
            self.client.stop()
        self.desktop.close()

    def type(self, text):
        """Types keys, each when the one before is seen; returns the longest wait, in seconds."""
        longest = 0
        for key in text:
            began = time.monotonic()
            self.desktop.type(key)
            self.typed += key
            wait_until(lambda: self.control.text == self.typed, f'{self.typed!r} is not shown')
            longest = max(longest, time.monotonic() - began)
        return longest

    def stored(self):
        return self.client.stored_value(self.uuid, 'project', 'Address')

    @step('the window is opened, and the disk is well')
    def open(self):
        self.place.set_fault(None)
        environment = self.place.environment(Fault('s', 'kill'))
        self.place.programs.environment = environment
        self.client = clients.Client(self.place.programs, self.desktop, self.place.profile,
                                     self.place.folder / 'window.log')
        self.name = self.client.stored('SELECT name FROM record')[0][0]
        self.client.open_record(self.name)
        self.control = self.client.show('project', 'Address')
        self.client.app.enter(self.control, 'a')
        self.typed = 'a'
        self.client.waits_until_stored(self.uuid, 'project', 'Address', self.typed)

    @step('while each sync takes long, every key is seen at once, and in the end it is saved')
    def slow(self):
        self.place.set_fault(Fault('s', f'delay={SLOW}', 1, Fault.EVER))
        longest, end = 0, time.monotonic() + 3 * SLOW / 1000
        while time.monotonic() < end:
            longest = max(longest, self.type('abcde'))
        holds(self.place.was_hit(), 'nothing was synced meanwhile')
        holds(longest < STALL, f'a key was seen after {longest:.2f} s')
        wait_until(lambda: self.stored() == self.typed, 'what was typed is not stored', 20)
        self.place.set_fault(None)

    def fails(self, fault, cause):
        """Sees that nothing is saved, that the window says so, and that it saves later."""
        before = self.typed
        self.place.set_fault(fault)
        self.type('xyz')
        words = self.client.names.text('Not saved since %s').partition('%')[0]
        self.client.app.find(('label', 'status bar'), containing=words)
        same(self.stored(), before, 'what is stored')
        self.type('uvw')
        self.place.set_fault(None)
        wait_until(lambda: self.stored() == self.typed, 'it is not saved when the disk is well', 40)
        self.client.app.gone(('label', 'status bar'), containing=words)

    @step('while the disk is full, it says since when nothing is saved; with room it saves')
    def full(self):
        self.fails(Fault('wo', f'error={errno.ENOSPC}', 1, Fault.EVER), 'full')

    @step('while writes fail, it says so, too')
    def broken(self):
        self.fails(Fault('w', f'error={errno.EIO}', 1, Fault.EVER), 'error')

    @step('while the disk is read-only, it says so, too')
    def read_only(self):
        self.fails(Fault('wson', f'error={errno.EROFS}', 1, Fault.EVER), 'read-only')

    @step('closed, it leaves a profile that is whole')
    def close(self):
        self.client.close()
        self.client = None
        drafts = Examiner(self.place).examine()
        same(drafts[self.uuid].values['/project/Address'], self.typed, 'the address')


def suffer(build, folder, environment, uuid):
    """Tells the story of the bad disk in a process of its own."""
    place = Place(build, folder, environment)
    bad = BadDisk(place, Desktop(environment), uuid)
    lines = []
    try:
        for method in bad.steps():
            try:
                method(bad)
            except Exception as error:  # noqa: BLE001: whatever it is, it was not seen
                return lines, f'{method.words}: {error}', bad.report()
            lines.append(method.words)
    finally:
        bad.end()
    return lines, None, []


def main():
    parser, finish = story.parse(__doc__, seconds=20)
    parser.add_argument('--kills', type=int, default=1 << 30, help='ends after so many')
    arguments = finish()

    print('1..2')
    counts, failures = story.run(KilledWindow, arguments,
                                 lambda counts: counts.get('kills', 0) >= arguments.kills)
    good = story.report(1, 'a kill or a power cut costs at most the last second', counts, failures,
                        story.again(arguments))

    with XSession('1280x720') as session, \
            tempfile.TemporaryDirectory(prefix='yeji-chaos-') as folder:
        uuid = Window(arguments, pathlib.Path(folder), session.environment).uuid
        try:
            lines, failure, report = apart(session.environment, suffer, arguments.build, folder,
                                           session.environment, uuid)
        except AssertionError as error:
            lines, failure, report = [], str(error), []
    print(f'{"ok" if failure is None else "not ok"} 2 - the window lives with a bad disk')
    for line in [*lines, *([failure] if failure else []), *report]:
        print('# ' + str(line).replace('\n', '\n# '))
    return 0 if good and failure is None else 1


if __name__ == '__main__':
    code = main()
    sys.stdout.flush()
    # What is left of libatspi at an orderly end may still fall, and is no part of the story.
    os._exit(code)
