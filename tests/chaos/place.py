# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A place where the real programs run and are killed: a profile, its key, and what goes wrong."""

import copy
import ctypes
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs, Result  # noqa: E402

EATMYDATA = 'libeatmydata.so'
PATIENCE = 60
SECTOR = 512
KILLED = -9


class Fault:
    """What goes wrong from the FIRST to the LAST of such CALLS; faults.c has the words."""

    EVER = 10 ** 9

    def __init__(self, calls, action, first=1, last=None, part=''):
        self.calls = calls
        self.action = action
        self.first = first
        self.last = first if last is None else last
        self.part = part       # of the path of the files that it happens to

    def __str__(self):
        last = 'on' if self.last == self.EVER else self.last
        return f'{self.calls} {self.action} {self.first}..{last} {self.part}'.rstrip()

    @property
    def text(self):
        return f'{self.calls} {self.action} {self.first} {self.last} {self.part}'.rstrip()


class Place:
    """A folder with a `root` that holds all that the programs write, and things beside it."""

    def __init__(self, build, folder, session=None, language='en'):
        self.folder = pathlib.Path(folder)
        self.root = self.folder / 'root'
        self.profile = self.root / 'profile'
        self.disk = self.folder / 'disk'
        self.inputs = self.folder / 'inputs'
        self.fault_file = self.folder / 'fault'
        self.hit_file = self.folder / 'fault.hit'
        self.clock_file = self.folder / 'clock'
        self.library = pathlib.Path(build).resolve() / 'tests' / 'chaos' / 'libchaos.so'
        self.programs = Programs(build, HERE.parent.parent, self._environment(session), language)
        self.passphrase = None
        self.with_disk = False
        self.without_sync = False
        self.names = None
        for path in (self.root, self.inputs):
            path.mkdir(parents=True, exist_ok=True)

    def beside(self, name):
        """Gives the same place with another profile, whose key is at hand here."""
        other = copy.copy(self)
        other.profile = self.root / name
        return other

    def _environment(self, session):
        """The key lies in the root, too: a profile whose key is lost is lost.

        `session` is the environment of a private X session; without it there is no bus at all.
        """
        environment = session or {
            **{name: value for name, value in os.environ.items() if name in ('PATH', 'TMPDIR')},
            'XDG_RUNTIME_DIR': str(self.folder),
            'DBUS_SESSION_BUS_ADDRESS': 'disabled:',
        }
        return {
            **environment,
            'HOME': str(self.root / 'home'),
            'XDG_CONFIG_HOME': str(self.root / 'config'),
            'XDG_DATA_HOME': str(self.root / 'data'),
            'XDG_CACHE_HOME': str(self.folder / 'cache'),
            'G_DEBUG': 'fatal-criticals',
        }

    def environment(self, fault=None, clock=False):
        """Gives the environment of a program in which something may go wrong."""
        environment = self.programs.environment.copy()
        if self.passphrase is not None:
            environment['YEJI_PASSPHRASE'] = self.passphrase
        if fault is None and not clock and not self.with_disk:
            return environment
        libraries = [str(self.library)]
        environment['YEJI_CHAOS_ROOT'] = str(self.root)
        if fault is not None:
            environment['YEJI_CHAOS_FAULT'] = str(self.fault_file)
        if clock:
            environment['YEJI_CHAOS_CLOCK'] = str(self.clock_file)
        if self.with_disk:
            environment['YEJI_CHAOS_DISK'] = str(self.disk)
            if self.names is not None:
                environment['YEJI_CHAOS_NAMES'] = self.names
        if self.without_sync:
            libraries.insert(0, EATMYDATA)
        environment['LD_PRELOAD'] = ' '.join(libraries)
        return environment

    def set_fault(self, fault):
        """Sets what goes wrong, in a program that runs already, too; None ends it."""
        self.hit_file.unlink(missing_ok=True)
        part = self.fault_file.with_suffix('.part')
        part.write_text(fault.text if fault is not None else '', encoding='ascii')
        part.rename(self.fault_file)

    def was_hit(self):
        return self.hit_file.exists()

    def set_clock(self, seconds):
        """Sets by how much the wall clock is wrong."""
        part = self.clock_file.with_suffix('.part')
        part.write_text(str(seconds), encoding='ascii')
        part.rename(self.clock_file)

    # Running `yeji`

    def start(self, words, fault=None, clock=False, profile=None):
        if fault is not None:
            self.set_fault(fault)
        return subprocess.Popen(
            [str(self.programs.yeji), '--profile', str(profile or self.profile),
             *(str(word) for word in words)],
            env=self.environment(fault, clock), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)

    @staticmethod
    def finish(process, stdin=''):
        """Waits for a program; one that hangs is ended and fails."""
        try:
            out, err = process.communicate(stdin, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f'hangs: {process.args}') from None
        return Result(process.returncode, out, err)

    def run(self, *words, fault=None, clock=False, profile=None, stdin=''):
        """Runs `yeji` to its end, or to its death where the fault says so."""
        return self.finish(self.start(words, fault, clock, profile), stdin)

    def run_and_kill(self, words, seconds, stdin=''):
        """Runs `yeji` and kills it after so many seconds, if it still runs."""
        process = self.start(words)
        process.stdin.write(stdin)
        process.stdin.flush()
        time.sleep(seconds)
        process.kill()
        return self.finish(process)

    def dictionary(self):
        return self.programs.source / 'data' / 'dictionary'

    # The disk under the profile

    def begin_disk(self, names=None, without_sync=False):
        """From now on the disk is kept as well, beginning with all that is there."""
        self.with_disk, self.names, self.without_sync = True, names, without_sync
        shutil.rmtree(self.disk, ignore_errors=True)
        self.disk.mkdir()
        library = ctypes.CDLL(str(self.library))
        if library.chaos_disk_take(os.fsencode(self.root), os.fsencode(self.disk)) != 0:
            raise AssertionError('the disk cannot be kept')
        self.root_key = self.find_key(self.root)

    def find_key(self, path):
        """Gives the name that a file has on the disk, '' when it is not there any more."""
        key = ctypes.create_string_buffer(64)
        ctypes.CDLL(str(self.library)).chaos_disk_find_key(os.fsencode(path), key, len(key))
        return key.value.decode()

    def cut_power(self, rng=None):
        """Makes the root what the disk has. With `rng`, what was not synced may be there, too.

        What was written and not synced is there or not, sector by sector.
        """
        after = self.folder / 'after'
        shutil.rmtree(after, ignore_errors=True)
        self._take_back(self.root_key, after, self.root, rng)
        shutil.rmtree(self.root)
        after.rename(self.root)
        self.begin_disk(self.names, self.without_sync)

    def _take_back(self, key, target, live, rng):
        target.mkdir(mode=0o700)
        for kind, child, name in self._names(key):
            path, beside = target / name, live / name
            if kind == 'd':
                self._take_back(child, path, beside, rng)
                continue
            stored = self.disk / child
            durable = stored.read_bytes() if stored.exists() else b''
            # What has the name now may be another file.
            if rng is not None and self.find_key(beside) == child:
                durable = self._mix(durable, beside.read_bytes(), rng)
            path.write_bytes(durable)
            path.chmod(0o600)

    def _names(self, key):
        listing = self.disk / key
        lines = listing.read_text(encoding='utf-8').splitlines() if listing.exists() else []
        return [line.split(' ', 2) for line in lines]

    @staticmethod
    def _mix(durable, written, rng):
        """Takes each sector as it was synced or as it was written last."""
        length = max(len(durable), len(written))
        sectors = []
        for start in range(0, length, SECTOR):
            sector = (durable, written)[rng.random() < 0.5][start:start + SECTOR]
            sectors.append(sector.ljust(min(SECTOR, length - start), b'\0'))
        return b''.join(sectors)
