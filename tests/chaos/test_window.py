# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Kills the window while a clerk works in it, and lets its disk go wrong.

What was typed a second ago is there after a kill or a power cut, and so is a document that the
window shows. While the disk is slow, the window is not; while it is full, the window says since
when nothing is saved, goes on, and saves when there is room again.
"""

import errno
import hashlib
import itertools
import json
import os
import random
import sys
import threading
import time

from examine import Broken, Examiner
from model import SLOTS
from place import Fault, Place
import story
from story import Kind

# from tests/e2e, which `place` has put on the path
from apart import apart
import client as clients
from driver import Desktop
from steps import Story, holds, same, step
from waiting import wait_until
from xsession import XSession

SAMPLE = 'complete-construction'
FIELDS = ('Address', 'PrjName')
LIVES = 4                     # of a window, on one profile
LONGEST = 9                   # seconds that a clerk works before it ends
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
        self.attached = {}     # (slot, sha256) -> whether it was shown
        self.detached = {}     # the same
        self.names = {}        # document -> name of its file
        self.end = None

    def kill(self):
        self.end = time.monotonic()
        self.client.app.kill()

    def until_killed(self, name, seconds):
        """Returns what was typed, what was attached and detached, and when it ended."""
        try:
            self.client.open_record(name)
            self.type()
            timer = threading.Timer(self.rng.uniform(0.3, seconds), self.kill)
            timer.start()
            try:
                while self.end is None:
                    self.rng.choice((self.type, self.type, self.attach, self.detach))()
            except Exception:  # noqa: BLE001: the program is gone, whatever we looked at
                if self.end is None:
                    raise
            finally:
                timer.cancel()
        finally:
            self.client.stop()
            self.desktop.close()
        return self.typed, self.attached, self.detached, self.end

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
        number = f'{self.rng.getrandbits(32):08x}'
        content = b'%PDF-1.4\n' + hashlib.sha256(number.encode()).digest() * 4000
        path = self.place.inputs / f'scan-{number}.pdf'
        path.write_bytes(content)
        document = (self.rng.choice(SLOTS), hashlib.sha256(content).hexdigest())
        self.names[document] = path.name
        self.attached[document] = False
        self.client.attach(document[0], path)
        self.attached[document] = True

    def detach(self):
        here = [one for one, shown in self.attached.items() if shown and one not in self.detached]
        if here:
            document = self.rng.choice(here)
            self.detached[document] = False
            self.client.detach(self.names[document])
            self.detached[document] = True


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
        """One life of the window, which ends by a kill or with the power; counts what it took."""
        before = self.draft
        rng = random.Random(seed)
        with_disk = rng.random() < 0.5
        if with_disk:
            self.place.begin_disk()
        typed, attached, detached, end = apart(
            self.environment, work_until_killed, self.arguments.build, self.folder,
            self.environment, with_disk, before.values['/project/PrjName'], seed,
            LONGEST if self.arguments.steps is None else LONGEST / 3)
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
        there = self.draft.documents
        must = before.documents | sure(attached) - detached.keys()
        may = before.documents | attached.keys() - sure(detached)
        if not must <= there <= may:
            raise Broken(f'documents {set(there)}; {set(must)} must be there, {set(may)} may')
        return {'kills': 1, 'power cuts': int(with_disk), 'keys': sum(map(len, typed.values())),
                'documents': len(sure(attached)), 'detached': len(sure(detached))}


def sure(documents):
    """Gives those of which the window showed that it was done."""
    return {document for document, shown in documents.items() if shown}


class KilledWindow(story.Story):
    """Some lives of a window, on a profile and a display of their own."""

    def tell(self):
        with XSession('1280x720') as session:
            window = Window(self.arguments, self.folder, session.environment)
            for life in self.steps(LIVES):
                if self.is_late():
                    break
                self.note(f'life {life}')
                for what, count in window.round(self.rng.getrandbits(32)).items():
                    self.count(what, count)


def go_back_and_forth(build, folder, environment, record, keys, texts, patience):
    """Presses keys in the record, sees its address become one text after the other, and is killed.

    Without texts it is killed so many seconds after the last key, whatever is to be seen by then.
    """
    uuid, name = record
    place = Place(build, folder, environment)
    desktop = Desktop(environment)
    client = clients.Client(place.programs, desktop, place.profile, place.folder / 'window.log')
    try:
        client.open_record(name)
        control = client.show('project', FIELDS[0])
        client.app.focus(control)
        for key, text in itertools.zip_longest(keys, texts):
            if key.startswith('ctrl+'):
                desktop.keys(key)
            else:
                client.app.enter(control, key)
                client.waits_until_stored(uuid, 'project', FIELDS[0], key)
            if text is not None:
                wait_until(lambda: client.look_at('project', FIELDS[0]).text == text,
                           f'{key} does not bring {text!r}')
        time.sleep(patience)   # any moment will do
        client.app.kill()
    finally:
        client.stop()
        desktop.close()


class UndoneWindow(story.Story):
    """What the window showed as undone, or done again, is so after a kill; in between, it is the
    one or the other, and another start goes on from there."""

    def tell(self):
        with XSession('1280x720') as session:
            self.window = Window(self.arguments, self.folder, session.environment)
            self.environment = session.environment
            old = self.address()
            for keys, texts, kept in (
                    (['typed', 'ctrl+z'], ['typed', old], [old]),
                    (['ctrl+shift+z'], ['typed'], ['typed']),
                    (['ctrl+z'], [old], [old]),
                    (['ctrl+shift+z'], [], ['typed', old]))[:self.arguments.steps]:
                self.live(keys, texts, 0 if texts else self.rng.uniform(0, 0.3))
                self.same(kept)

    def live(self, keys, texts, patience):
        self.note(f'{keys}, killed after {patience:.3f} s')
        record = self.window.uuid, self.window.draft.values['/project/PrjName']
        apart(self.environment, go_back_and_forth, self.arguments.build, self.folder,
              self.environment, record, keys, texts, patience)
        self.count('kills')

    def address(self):
        drafts = self.window.examiner.examine()
        return drafts[self.window.uuid].values.get(f'/project/{FIELDS[0]}', '')

    def same(self, texts):
        seen = self.address()
        if seen not in texts:
            raise Broken(f'{seen!r} is kept, {texts} expected')


class BadDisk(Story):
    """The window on a disk that is slow, then full, then well again."""

    LONG = ('broken', 'read_only')

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


def suffer(build, folder, environment, uuid, short):
    """Tells the story of the bad disk in a process of its own; returns what was seen."""
    place = Place(build, folder, environment)
    bad = BadDisk(place, Desktop(environment), uuid)
    lines = []
    try:
        for method in bad.steps():
            if short and method.__name__ in BadDisk.LONG:
                continue
            try:
                method(bad)
            except Exception as error:  # noqa: BLE001: whatever it is, it was not seen
                return lines, f'{method.words}: {error}', bad.report()
            lines.append(method.words)
    finally:
        bad.end()
    return lines, None, []


class BadDiskWindow(story.Story):
    """The bad disk, on a display of its own."""

    def tell(self):
        with XSession('1280x720') as session:
            uuid = Window(self.arguments, self.folder, session.environment).uuid
            lines, failure, report = apart(session.environment, suffer, self.arguments.build,
                                           self.folder, session.environment, uuid,
                                           self.arguments.steps is not None)
        self.lines = [*report, *lines]
        self.count('bad disks')
        if failure is not None:
            raise Broken(failure)


KINDS = {
    'killed': Kind(KilledWindow, 'a kill or a power cut costs at most the last second', 'kills'),
    'undone': Kind(UndoneWindow, 'nor does it bring back what was undone', 'kills', each=1),
    'disk': Kind(BadDiskWindow, 'the window lives with a bad disk', 'bad disks', each=1),
}


def main():
    parser = story.parse(__doc__)
    parser.add_argument('--kind', choices=list(KINDS), help='tells only stories of this kind')
    arguments = story.finish(parser)
    kinds = story.choose(KINDS, arguments)

    print(f'1..{len(kinds)}')
    return 0 if story.tell(kinds, arguments) else 1


if __name__ == '__main__':
    code = main()
    sys.stdout.flush()
    # What is left of libatspi at an orderly end may still fall, and is no part of the story.
    os._exit(code)
