# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Lets the disk, the clock and other programs go wrong under `yeji`: it says so, and loses nothing.

A command in which something goes wrong either does its work or says that it did not, in words and
with its exit code; it never hangs or falls. Afterwards the profile opens, and everything that was
acknowledged is there.
"""

import errno
import fcntl
import shutil
import subprocess
import sys

import story
from examine import Broken, Examiner
from model import FIELDS, Model
from place import Fault, Place
from story import Kind

STEPS = 24
FEW, MANY = 12, 60
EVER = Fault.EVER
EVERY = 'wsno'
BETWEEN = 5                   # calls from one death to the next

# What goes wrong: calls, action, from which call on at most, and for how long.
FAULTS = {
    'the disk is full': ('wo', f'error={errno.ENOSPC}', MANY, EVER),
    'the disk was full for a moment': ('wo', f'error={errno.ENOSPC}', MANY, 1),
    'the quota is used up': ('wo', f'error={errno.EDQUOT}', MANY, EVER),
    'a write fails': ('w', f'error={errno.EIO}', MANY, 1),
    'all writes fail': ('w', f'error={errno.EIO}', MANY, EVER),
    'a sync fails': ('s', f'error={errno.EIO}', FEW, 1),
    'all syncs fail': ('s', f'error={errno.EIO}', FEW, EVER),
    'a read fails': ('r', f'error={errno.EIO}', MANY, 1),
    'all reads fail': ('r', f'error={errno.EIO}', MANY, EVER),
    'the disk becomes read-only': ('wson', f'error={errno.EROFS}', MANY, EVER),
    'the folder is read-only': ('on', f'error={errno.EROFS}', 1, EVER),
    'another program has the file': ('n', f'error={errno.EACCES}', 4, 1),
    'another program keeps the file': ('n', f'error={errno.EACCES}', 4, EVER),
    'the disk is slow': ('s', 'delay=60', 1, EVER),
}

HOUR, DAY = 3600, 86400
CLOCKS = (0, -HOUR, HOUR, -DAY, -365 * DAY, 365 * DAY)


class Faults(story.Story):
    """A clerk with a bad disk and a bad clock."""

    def tell(self):
        place = Place(self.arguments.build, self.folder)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        model.accept(examiner.examine())
        for _ in self.steps(STEPS):
            if self.is_late():
                break
            step = model.next()
            name = self.rng.choice(list(FAULTS))
            calls, action, most, times = FAULTS[name]
            first = self.rng.randint(1, most)
            fault = Fault(calls, action, first, min(first + times - 1, EVER))
            clock = self.rng.choice(CLOCKS)
            place.set_clock(clock)
            self.note(f'{step}: {name} ({fault}), clock {place.clock_file.read_text()}')
            result = place.run(*step.words, stdin=step.stdin, fault=fault, clock=True)
            done = self.judge_words(step, result, place.was_hit() and action.startswith('error'))
            observed = examiner.examine()
            step.judge(model, observed, result, not done)
            model.accept(observed)
            if place.was_hit():
                self.count(name)
                self.count('faulted steps')
            self.count('steps')

    @staticmethod
    def judge_words(step, result, hit):
        """Returns whether the command says that it is done."""
        if result.code < 0 or result.code not in (0, 1, 3):
            raise Broken(f'{step} ends with {result!r}')
        if step.is_done(result):
            return True
        if not result.err.strip():
            raise Broken(f'{step} fails without a word: {result!r}')
        if not hit and not step.may_refuse:
            raise Broken(f'{step} fails for no reason: {result!r}')
        return False


class Others(story.Story):
    """What other programs do to a profile: virus scanners, synchronisers, clocks. One case a seed.

    On Windows a scanner keeps a file locked for seconds, or takes it away.
    """

    def tell(self):
        cases = [method for name, method in sorted(vars(Others).items())
                 if name.startswith('case_')]
        self.place = Place(self.arguments.build, self.folder)
        self.examiner = Examiner(self.place)
        self.model = Model(self.place, self.rng)
        self.uuid = self.do('new').out.strip()
        self.set('begun')
        case = cases[self.seed % len(cases)]
        self.note(case.__name__)
        case(self)
        self.count('cases')

    # What the cases do

    def do(self, *words, code=0, **options):
        self.note(' '.join(map(str, words)))
        result = self.place.run(*words, **options)
        if result.code not in ((0, 1) if code is None else (code,)) \
                or (result.code == 1 and not (result.out + result.err).strip()):
            raise Broken(f'{words[0]} ends with {result!r}, {code} expected')
        return result

    def set(self, value, **options):
        self.do('set', self.uuid, FIELDS[0], value, **options)

    def holds(self, value):
        seen = self.examiner.examine()[self.uuid].values.get(FIELDS[0])
        if seen != value:
            raise Broken(f'{value!r} expected, {seen!r} there')

    def verify(self, code, words=''):
        """Asks the program itself, where it can tell."""
        if 'verify' in self.model.commands:
            result = self.place.run('verify')
            if result.code != code or words not in result.out + result.err:
                raise Broken(f'verify does not say {words!r} and {code}: {result!r}')

    def attach(self):
        path, sha256 = self.model.make_document()
        self.do('attach', self.uuid, 'contract', path)
        return path, self.place.profile / 'files' / sha256[:2] / sha256

    def lock(self, seconds):
        """Keeps the whole database for oneself for so long, from another process."""
        script = ('import sqlite3, sys, time\n'
                  'database = sqlite3.connect(sys.argv[1], isolation_level=None)\n'
                  'database.execute("PRAGMA locking_mode = EXCLUSIVE")\n'
                  'database.execute("BEGIN EXCLUSIVE")\n'
                  'print("locked", flush=True)\n'
                  'time.sleep(float(sys.argv[2]))\n'
                  'database.execute("ROLLBACK")\n')
        process = subprocess.Popen(
            [sys.executable, '-c', script, str(self.place.profile / 'yeji.sqlite'), str(seconds)],
            stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        return process

    # The cases

    def case_database_is_locked_for_a_moment(self):
        with self.lock(1.5):
            self.set('waited for')
        self.holds('waited for')

    def case_database_is_locked_for_long(self):
        with self.lock(60) as process:
            self.set('too late', code=1)
            process.kill()
        self.holds('begun')
        self.set('again')
        self.holds('again')

    def case_another_program_has_the_profile(self):
        with open(self.place.profile / 'lock', 'r+b') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.set('refused', code=1)
        self.holds('begun')

    def case_disk_is_full(self):
        """What is there can be read all the same, and what cannot be written is said in words."""
        fault = Fault('w', f'error={errno.ENOSPC}', 1, EVER)
        for words in (('list',), ('show', self.uuid), ('history', self.uuid), ('search', 'begun'),
                      ('status',)):
            seen = self.do(*words, fault=fault)
            if words[0] != 'status' and 'begun' not in seen.out:
                raise Broken(f'{words} does not show what is there: {seen!r}')
        refused = self.place.run('set', self.uuid, FIELDS[0], 'too much', fault=fault)
        if refused.code != 1 or 'the disk is full' not in refused.err:
            raise Broken(f'set ends with {refused!r}')
        self.holds('begun')
        self.set('room again')
        self.holds('room again')

    def case_document_is_taken_away(self):
        path, copied = self.attach()
        copied.unlink()
        self.verify(1, path.name)
        self.set('goes on')
        shown = self.do('--json', 'list').json[0]
        if shown['documents'] != 1:
            raise Broken(f'the document is forgotten: {shown}')
        self.do('attach', self.uuid, 'contract', path)
        self.holds('goes on')
        self.verify(0)

    def case_document_is_spoilt(self):
        path, copied = self.attach()
        copied.write_bytes(b'x' * copied.stat().st_size)
        self.verify(1, path.name)
        self.set('goes on')
        self.do('attach', self.uuid, 'contract', path)
        self.holds('goes on')

    def case_folder_of_documents_is_taken_away(self):
        path, _ = self.attach()
        shutil.rmtree(self.place.profile / 'files')
        self.set('goes on')
        self.do('attach', self.uuid, 'contract', path)
        self.holds('goes on')

    def case_document_cannot_be_read(self):
        """The copy of a document is there, and the disk does not give it."""
        path, copied = self.attach()
        bundle = self.place.inputs / 'bundle.yeji'
        bad = Fault('r', f'error={errno.EIO}', 1, EVER, copied.name)
        if 'verify' in self.model.commands:
            self.do('verify', code=1, fault=bad)
        self.do('backup', bundle, code=1, fault=bad)
        if bundle.exists():
            raise Broken('a bundle without the document is there')
        self.set('goes on', fault=bad)
        self.do('attach', self.uuid, 'contract', path, fault=bad, code=None)
        self.holds('goes on')
        self.verify(0)
        self.do('backup', bundle)

    def case_scan_cannot_be_read(self):
        """The file that is to be attached cannot be read, at once or from the middle on."""
        path, _ = self.model.make_document()
        scan = self.place.root / 'scan.pdf'
        scan.write_bytes(path.read_bytes() * 300)
        before = self.examiner.examine()
        for first in (1, 2):
            self.do('attach', self.uuid, 'contract', scan, code=1,
                    fault=Fault('r', f'error={errno.EIO}', first, EVER, scan.name))
            if not self.place.was_hit() or self.examiner.examine() != before:
                raise Broken('a scan that was not read is attached')
        self.do('attach', self.uuid, 'contract', scan)
        self.holds('begun')

    def case_document_cannot_be_copied(self):
        path, _ = self.model.make_document()
        for calls in 'ow':
            self.do('attach', self.uuid, 'contract', path, code=1,
                    fault=Fault(calls, f'error={errno.EACCES}', 1, EVER))
        self.holds('begun')
        self.do('attach', self.uuid, 'contract', path)
        self.holds('begun')

    def case_many_files_and_death_at_any_point(self):
        """All files of a folder are there, in the record and in the tray, or none is."""
        folder = self.place.inputs / 'folder'
        folder.mkdir()
        for number in range(6):
            name = f'{"合同" if number % 2 else "qxz"}{number}.pdf'
            (folder / name).write_bytes(f'%PDF-1.4 {number}'.encode())
        n_blows, first, hit = 0, 1, True
        while hit:
            result = self.place.run('match', folder, '--record', self.uuid,
                                    fault=Fault(EVERY, 'kill', first))
            hit = self.place.was_hit()
            documents = self.examiner.examine()[self.uuid].documents
            there = (len(documents), len(self.examiner.tray))
            if there not in (((0, 0), (3, 3)) if hit else ((3, 3),)):
                raise Broken(f'{there} of (3, 3) after a death at call {first}: {result!r}')
            if there == (3, 3):
                self.do('match', '--undo')
                self.examiner.examine()
                if self.examiner.tray:
                    raise Broken('the tray is not empty after the undo')
            n_blows += hit
            first += BETWEEN
        if n_blows < 5:
            raise Broken(f'died {n_blows} times only')
        self.verify(0)
        self.holds('begun')

    def case_clock_goes_back(self):
        values = ['begun']
        for error in (0, -HOUR, -365 * DAY, HOUR, -HOUR):
            values.append(f'at {error}')
            self.place.set_clock(error)
            self.set(values[-1], clock=True)
        lines = self.do('--json', 'history', self.uuid).json
        after = [line['after'] for line in lines if line['field'] == 'PrjName']
        if after not in (values, values[::-1]):
            raise Broken(f'the history says {after}, not {values}')
        self.holds(values[-1])

    def case_clock_was_wrong_at_the_removal(self):
        removed = {}
        for error in (-365 * DAY, 365 * DAY):
            removed[error] = self.do('new').out.strip()
            self.place.set_clock(error)
            self.do('remove', removed[error], clock=True)
        for error in (0, DAY, 2 * DAY, 3 * DAY, 365 * DAY, 366 * DAY, 4 * DAY):
            self.place.set_clock(error)
            self.set(f'at {error}', clock=True)
        kept = {line['uuid'] for line in self.do('--json', 'bin').json}
        if kept != set(removed.values()):
            raise Broken(f'the bin has {kept} after five days, not {removed}')


KINDS = {
    'disk': Kind(Faults, 'what goes wrong is said, and nothing acknowledged is lost',
                 'faulted steps'),
    'others': Kind(Others, 'other programs and the clock do no harm', 'cases',
                   each=sum(name.startswith('case_') for name in vars(Others))),
}


def main():
    parser = story.parse(__doc__)
    parser.add_argument('--kind', choices=list(KINDS), help='tells only stories of this kind')
    arguments = story.finish(parser)
    kinds = story.choose(KINDS, arguments)

    print(f'1..{len(kinds)}')
    return 0 if story.tell(kinds, arguments) else 1


if __name__ == '__main__':
    sys.exit(main())
