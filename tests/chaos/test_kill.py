# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Kills the programs at random points: what was acknowledged is there, and nothing half done.

A story is a profile that a clerk works in by `yeji`. Every command may be killed: before the Nth
call that writes, syncs or names, in the middle of a write, or after some milliseconds. The next
command opens what is left, and everything is compared with what must be there.
"""

import shutil
import sys

import story
import versions
from examine import Broken, Examiner, difference
from model import Model
from place import KILLED, Fault, Place

# Calls of a kind that a command makes at most, at first sight; a story learns better.
AT_MOST = {'s': 12, 'n': 6, 'w': 60, 'wsno': 80}
STEPS = 30
WARM_UP = 8
EVERY = 'wsno'
MOST_CALLS = 2000


class Killed(story.Story):
    """A clerk whose program dies all the time."""

    def tell(self):
        place = Place(self.arguments.build, self.folder)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        self.at_most = {}
        model.accept(examiner.examine())
        for _ in range(STEPS):
            if self.is_late():
                break
            step = model.next()
            result, killed = self.run(place, step)
            observed = examiner.examine()
            step.judge(model, observed, result, killed)
            model.accept(observed)
            self.count('kills' if killed else 'steps')
            if step.name == 'bin --empty' and not killed and examiner.orphans:
                raise Broken(f'copies without a document stay: {examiner.orphans}')
        self.ask_program(place, model)

    @staticmethod
    def ask_program(place, model):
        """Lets the program judge by itself, and find what is there."""
        if 'verify' in model.commands:
            verified = place.run('verify')
            if verified.code != 0:
                raise Broken(f'the program itself is not content: {verified!r}')
        for uuid, draft in model.state.items():
            name = draft.values.get('/project/PrjName')
            if 'search' not in model.commands or name is None or draft.removed:
                continue
            found = place.run('--json', 'search', name[1:])
            if uuid not in found.out:
                raise Broken(f'{uuid} is not found by {name[1:]}: {found!r}')

    def run(self, place, step):
        way = self.rng.choices(('call', 'time', 'none'), (6, 3, 1))[0]
        if way == 'none':
            self.note(f'{step}')
            result = place.run(*step.words)
        elif way == 'time':
            seconds = self.rng.uniform(0.005, 0.09)
            self.note(f'{step}: killed after {seconds * 1000:.0f} ms')
            result = place.run_and_kill(step.words, seconds)
        else:
            calls = self.rng.choice(list(AT_MOST))
            most = self.at_most.get((step.name, calls), AT_MOST[calls])
            number = self.rng.randint(1, most)
            action = 'tear' if calls == 'w' and self.rng.random() < 0.5 else 'kill'
            fault = Fault(calls, action, number)
            self.note(f'{step}: {fault}')
            result = place.run(*step.words, fault=fault)
            if not place.was_hit():
                self.at_most[step.name, calls] = max(2, number - 1)
        return result, result.code == KILLED


class KilledEverywhere(story.Story):
    """One command, killed before each of the calls that it makes, one after the other."""

    def tell(self):
        place = Place(self.arguments.build, self.folder)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        model.accept(examiner.examine())
        for _ in range(WARM_UP):
            step = model.next()
            self.note(f'{step}')
            result = place.run(*step.words)
            observed = examiner.examine()
            step.judge(model, observed, result, False)
            model.accept(observed)
        makers = [make for _, make in model.makers]
        step = makers[self.seed % len(makers)]()
        if step is None:
            return
        before = self.folder / 'before'
        shutil.copytree(place.root, before)
        for number in range(1, MOST_CALLS):
            if self.is_late():
                break
            self.note(f'{step}: call {number}')
            result = place.run(*step.words, fault=Fault(EVERY, 'kill', number))
            if not place.was_hit():
                break
            observed = examiner.examine()
            step.judge(model, observed, result, result.code == KILLED)
            self.count('kills')
            self.count(step.name)
            shutil.rmtree(place.root)
            shutil.copytree(before, place.root)


class KilledMigrating(story.Story):
    """A profile of an earlier version, killed while the program brings it up to date."""

    def tell(self):
        number = self.rng.choice(versions.numbers())
        whole = Place(self.arguments.build, self.folder / 'whole')
        versions.make_profile(whole.profile, number)
        expected = Examiner(whole).examine()
        place = Place(self.arguments.build, self.folder / 'killed')
        most = 1000
        for _ in range(4):
            if self.is_late():
                break
            shutil.rmtree(place.root)
            versions.make_profile(place.profile, number)
            # As often as it is killed, it begins again where it was, or anew.
            for _ in range(3):
                fault = Fault(EVERY, 'kill', self.rng.randint(1, most))
                self.note(f'version {number}: {fault}')
                place.run('list', fault=fault)
                if not place.was_hit():
                    most = max(20, min(most, fault.first))
                    break
                self.count('kills')
            observed = Examiner(place).examine()
            if observed != expected:
                raise Broken(f'version {number}: {difference(expected, observed)}')


class KilledLocking(story.Story):
    """The key is given a passphrase, loses it, is renewed, is lost and recovered by its code."""

    def tell(self):
        self.place = Place(self.arguments.build, self.folder)
        if 'key' not in Model(self.place, self.rng).commands:
            return
        sample = self.place.programs.samples / 'complete-construction.json'
        self.place.run('import', sample)
        self.code = self.must('key', '--recovery-code').out.strip()
        self.drafts = Examiner(self.place).examine()
        for _ in range(3):
            if self.is_late():
                break
            self.rng.choice((self.lock, self.renew, self.recover))()
            if Examiner(self.place).examine() != self.drafts:
                raise Broken('the records are not what they were')

    def must(self, *words, code=0, **options):
        result = self.place.run(*words, **options)
        if result.code != code:
            raise Broken(f'{words} ends with {result!r}, {code} expected')
        return result

    def suffer(self, *words, stdin=''):
        """Kills a command now and then, and lets it come to its end at last."""
        for _ in range(self.rng.randint(0, 3)):
            fault = Fault(EVERY, 'kill', self.rng.randint(1, 60))
            self.note(f'{words}: {fault}')
            if self.place.run(*words, fault=fault, stdin=stdin).code == KILLED:
                self.count('kills')
                seen = Examiner(self.place).examine() if self.place.passphrase else None
                if seen not in (None, self.drafts):
                    raise Broken(f'killed in {words}: {difference(self.drafts, seen)}')
        self.note(f'{words}')
        self.must(*words, stdin=stdin)

    def lock(self):
        """With the passphrase at hand it opens, whether it was set before the kill or not."""
        self.place.passphrase = 'correct horse'
        self.suffer('key', '--passphrase', stdin=f'{self.place.passphrase}\n')
        self.place.passphrase = None
        self.must('list', code=1)
        self.place.passphrase = 'correct horse'
        self.suffer('key', '--no-passphrase')
        self.place.passphrase = None

    def renew(self):
        self.place.passphrase = 'not asked for'
        self.suffer('key', '--rotate')
        self.place.passphrase = None

    def recover(self):
        for path in (self.place.root / 'config').rglob('*'):
            if path.is_file():
                path.unlink()
        self.must('list', code=1)
        self.suffer('key', '--recover', stdin=f'{self.code}\n')


KINDS = {
    'anywhere': (Killed, 'a killed program loses nothing that it acknowledged'),
    'everywhere': (KilledEverywhere,
                   'nor does a command that is killed before each of its calls'),
    'migrating': (KilledMigrating, 'nor does a profile of an earlier version'),
    'locking': (KilledLocking, 'nor does one whose key is locked, renewed and recovered'),
}


def main():
    parser, finish = story.parse(__doc__, seconds=20)
    parser.add_argument('--kills', type=int, default=1 << 30, help='ends after so many')
    parser.add_argument('--kind', choices=list(KINDS), help='tells only stories of this kind')
    arguments = finish()

    def enough(counts):
        return counts.get('kills', 0) >= arguments.kills

    kinds = [arguments.kind] if arguments.kind else list(KINDS)
    arguments.seconds /= len(kinds)
    print(f'1..{len(kinds)}')
    good = True
    for number, name in enumerate(kinds, 1):
        kind, words = KINDS[name]
        counts, failures = story.run(kind, arguments, enough)
        good = story.report(number, words, counts, failures,
                            story.again(arguments, '--kind', name)) and good
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
