# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The clients of a storm: a profile each, worked with by `yeji` or a program that stays open."""

import pathlib
import shlex
import sqlite3
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / 'chaos'))
sys.path.append(str(HERE.parent / 'strangers'))

from place import KILLED, Place  # noqa: E402
from programs import Result  # noqa: E402
from province import PASSWORD  # noqa: E402

TIME_LIMIT = '3'
TRIES = 10
PATIENCE = 180
# What an observer wants to know, in the order in which it happened.
OBSERVER = '''
CREATE TABLE storm (
  id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT, uuid TEXT, seq INTEGER, key TEXT);
CREATE TRIGGER storm_queued AFTER INSERT ON outbox BEGIN
  INSERT INTO storm (what, uuid, seq, key) VALUES ('queued', NEW.uuid, NEW.seq, NEW.key); END;
CREATE TRIGGER storm_left AFTER DELETE ON outbox BEGIN
  INSERT INTO storm (what, uuid, seq, key) VALUES ('left', OLD.uuid, OLD.seq, OLD.key); END;
CREATE TRIGGER storm_receipt AFTER INSERT ON receipt BEGIN
  INSERT INTO storm (what, uuid, key) VALUES ('receipt', NEW.record, NEW.submitted_at); END;
CREATE TRIGGER storm_refused AFTER UPDATE OF refusal ON record WHEN NEW.refusal IS NOT NULL BEGIN
  INSERT INTO storm (what, uuid, key) VALUES ('refused', NEW.uuid, NEW.refusal); END;
'''
# The bug that the model must find: an acknowledgement takes what was queued since for sent, too.
ACKNOWLEDGE_ALL = '''
CREATE TRIGGER planted AFTER DELETE ON outbox BEGIN
  DELETE FROM outbox WHERE uuid = OLD.uuid;
  UPDATE record SET base_body = body, base_digest = digest WHERE uuid = OLD.uuid; END;
'''


class Client:
    """One profile on one line. A command may be killed on its way."""

    stays = False

    def __init__(self, build, folder, name, account, line):
        self.name = name
        self.account = account
        self.line = line
        self.place = Place(build, folder / name)
        self.place.set_clock(0)
        self.log = self.place.folder / 'words.log'

    def open(self, planted=False):
        """Makes the profile, with an observer in it, and signs in."""
        self.must(self.call('list'))
        with self.database() as database:
            database.executescript(OBSERVER + (ACKNOWLEDGE_ALL if planted else ''))
            database.execute("INSERT INTO setting (name, value) VALUES ('time-limit', ?)",
                             (TIME_LIMIT,))
        database.close()
        # the line is good, and the machine maybe busy
        for _ in range(TRIES - 1):
            if self.sign_in().code == 0:
                return
        self.must(self.sign_in())

    def sign_in(self):
        return self.call('login', self.line.url, self.account, stdin=f'{PASSWORD}\n')

    def must(self, result):
        if result.code != 0:
            raise AssertionError(f'{self.name}: {result!r}')
        return result

    def database(self, mode='rw'):
        return sqlite3.connect(f'file:{self.place.profile}/yeji.sqlite?mode={mode}', uri=True,
                               timeout=20)

    def ask(self, query, *values):
        """Asks the profile's database."""
        database = self.database('ro')
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()

    def note(self, words, result):
        with open(self.log, 'a', encoding='utf-8') as log:
            log.write(f'[{self.line.number}] {shlex.join(str(word) for word in words)}: '
                      f'{result.code} {result.out[-300:].strip()} {result.err[-300:].strip()}\n')

    def call(self, *words, kill_after=None, stdin=''):
        """Runs `yeji`, maybe to its death after so many seconds."""
        process = self.place.start(words, clock=True)
        timer = None
        if kill_after is not None:
            timer = threading.Timer(kill_after, process.kill)
            timer.start()
        try:
            out, err = process.communicate(stdin, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f'{self.name}: {words} hangs') from None
        finally:
            if timer is not None:
                timer.cancel()
        result = Result(process.returncode, out, err)
        self.note(words, result)
        return result

    def tell(self, *words, kill_after=None):
        """What a clerk does in the program that is open, if one is."""
        return self.call(*words, kill_after=kill_after)

    def submit(self, uuid, kill_after=None, follow=False):
        words = ['submit', '--files-follow', uuid] if follow else ['submit', uuid]
        return self.call(*words, kill_after=kill_after)

    def sync(self, kill_after=None):
        return self.call('sync', kill_after=kill_after)

    def show(self, uuid):
        return self.must(self.tell('--json', 'show', uuid)).json

    def close(self):
        """Ends what is open."""

    kill = close


class OpenClient(Client):
    """The same, but the program stays open and sends by itself, while the clerk goes on working."""

    stays = True

    def __init__(self, build, folder, name, account, line):
        super().__init__(build, folder, name, account, line)
        self.program = pathlib.Path(build).resolve() / 'tests' / 'storm' / 'storm-clerk'
        self.process = None
        self.slain = False

    def start(self):
        if self.slain:           # when it had just answered
            self.kill()
        if self.process is not None:
            return
        self.slain = False
        with open(self.place.folder / 'clerk.log', 'ab') as log:
            self.process = subprocess.Popen(
                [str(self.program), str(self.place.profile)],
                env=self.place.environment(clock=True), stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True)
        if self._answer() is None:
            raise AssertionError(f'{self.name}: the program does not start')

    def slay(self):
        """Kills it, maybe when it has just answered."""
        self.slain = True
        self.process.kill()

    def _answer(self):
        """Reads what it says until it is done; nothing when it is killed meanwhile."""
        lines = []
        for line in self.process.stdout:
            if line.startswith('done '):
                return Result(int(line.split()[1]), ''.join(lines).strip(), '')
            lines.append(line)
        return None

    def tell(self, *words, kill_after=None):
        self.start()
        timer = threading.Timer(*((PATIENCE, self.process.kill) if kill_after is None
                                  else (kill_after, self.slay)))
        timer.start()
        try:
            self.process.stdin.write(shlex.join(str(word) for word in words
                                                if word != '--json') + '\n')
            self.process.stdin.flush()
            result = self._answer()
        except OSError:
            result = None
        finally:
            timer.cancel()
            timer.join()
        if result is None:
            self.process.wait()
            code, self.process = self.process.returncode, None
            if not self.slain or code != KILLED:
                raise AssertionError(f'{self.name}: {words} ends the program with {code}')
            result = Result(KILLED, '', '')
        self.note(words, result)
        return result

    def submit(self, uuid, kill_after=None, follow=False):
        return self.tell('submit', uuid, kill_after=kill_after)

    def sync(self, kill_after=None):
        return self.tell('wake', kill_after=kill_after)

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def close(self):
        """Ends the program in peace; it must end soon."""
        if self.process is None:
            return
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f'{self.name}: the program does not end') from None
        code, self.process = self.process.returncode, None
        if code != 0 and not self.slain:
            raise AssertionError(f'{self.name}: the program ends with {code}')

    def sign_in(self):
        self.close()
        return super().sign_in()
