# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cuts the power: what was acknowledged is on the disk.

The story of test_kill.py on a disk that has what was synced, and of the rest nothing or any part of
it: power-cut.c. The same with syncing turned off must lose what was acknowledged; where it does
not, this test could not find anything.
"""

import shutil
import sys

import story
import versions
from examine import Broken, Examiner, difference
from model import Model
from place import KILLED, Fault, Place

STEPS = 16
AT_MOST = {'s': 12, 'n': 6, 'w': 60, 'wsno': 80}


class PowerCut(story.Story):
    """A clerk whose power goes out after, or in, every second command."""

    without_sync = False

    def begin(self, folder):
        """Makes a place and its disk. Half of them know no more than POSIX promises."""
        place = Place(self.arguments.build, folder)
        self.torn = self.rng.random() < 0.5
        self.names = self.rng.choice((None, 'ext4'))
        return place

    def begin_disk(self, place):
        place.begin_disk(self.names, self.without_sync)

    def cut(self, place):
        self.note(f'the power goes, {self.names or "strict"}, {"torn" if self.torn else "clean"}')
        place.cut_power(self.rng if self.torn else None)
        self.count('cuts')

    def tell(self):
        place = self.begin(self.folder)
        self.begin_disk(place)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        model.accept(examiner.examine())
        for _ in range(STEPS):
            if self.is_late():
                break
            step = model.next()
            result, killed = self.run(place, step)
            if killed or self.rng.random() < 0.5:
                self.cut(place)
            observed = examiner.examine()
            step.judge(model, observed, result, killed)
            model.accept(observed)

    def run(self, place, step):
        fault = None
        if self.rng.random() < 0.5:
            calls = self.rng.choice(list(AT_MOST))
            fault = Fault(calls, 'kill', self.rng.randint(1, AT_MOST[calls]))
        self.note(f'{step}: {fault}')
        result = place.run(*step.words, fault=fault)
        return result, result.code == KILLED


class PowerCutMigrating(PowerCut):
    """The power goes while a profile of an earlier version is brought up to date."""

    def tell(self):
        number = self.rng.choice(versions.numbers())
        whole = Place(self.arguments.build, self.folder / 'whole')
        versions.make_profile(whole.profile, number)
        expected = Examiner(whole).examine()
        for _ in range(3):
            if self.is_late():
                break
            place = self.begin(self.folder / 'cut')
            shutil.rmtree(place.root)
            versions.make_profile(place.profile, number)
            self.begin_disk(place)
            for _ in range(2):
                fault = Fault('wsno', 'kill', self.rng.randint(1, 700))
                self.note(f'version {number}: {fault}')
                place.run('list', fault=fault)
                self.cut(place)
            observed = Examiner(place).examine()
            if observed != expected:
                raise Broken(f'version {number}: {difference(expected, observed)}')


class PowerCutWithoutSync(PowerCut):
    """The same where fsync does nothing."""

    without_sync = True


def lost_something(failures):
    """Whether the stories went wrong for the reason for which they must."""
    return any(Broken.__name__ in line for _, words in failures for line in words)


KINDS = {
    'working': (PowerCut, 'a power cut loses nothing that was acknowledged'),
    'migrating': (PowerCutMigrating, 'nor what an earlier version has saved'),
}


def main():
    parser, finish = story.parse(__doc__, seconds=20)
    parser.add_argument('--kind', choices=list(KINDS), help='tells only stories of this kind')
    arguments = finish()

    kinds = [arguments.kind] if arguments.kind else list(KINDS)
    arguments.seconds /= len(kinds)
    print(f'1..{len(kinds) + 1}')
    good = True
    for number, name in enumerate(kinds, 1):
        kind, words = KINDS[name]
        counts, failures = story.run(kind, arguments)
        good = story.report(number, words, counts, failures,
                            story.again(arguments, '--kind', name)) and good

    arguments.seed, arguments.stories, arguments.keep = None, 20, None
    counts, failures = story.run(PowerCutWithoutSync, arguments)
    lost = lost_something(failures)
    print(f'{"ok" if lost else "not ok"} {len(kinds) + 1} - '
          'with syncing turned off, the same test fails')
    print('# ' + (failures[0][1][-1] if failures else 'it does not see that nothing was synced'))
    return 0 if good and lost else 1


if __name__ == '__main__':
    sys.exit(main())
