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
from story import Kind

# from tests/e2e, which `place` has put on the path
from province import ENTERPRISE, PASSWORD, Province
from test_dictionary import VERSION, NextDictionary

# Calls of a kind that a command makes at most, at first sight; a story learns better.
AT_MOST = {'s': 12, 'n': 6, 'w': 60, 'wsno': 80}
STEPS = 30
WARM_UP = 8
EVERY = 'wsno'
MOST_CALLS = 2000
FEWER = 16                    # one in so many at least, where a story is to be short
OLD_WORDS = '没有位置的话'     # in a field that the next dictionary does not have


class Killed(story.Story):
    """A clerk whose program dies all the time."""

    def tell(self):
        place = Place(self.arguments.build, self.folder)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        self.at_most = {}
        model.accept(examiner.examine())
        for _ in self.steps(STEPS):
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
            result = place.run(*step.words, stdin=step.stdin)
        elif way == 'time':
            seconds = self.rng.uniform(0.005, 0.09) * step.patience
            self.note(f'{step}: killed after {seconds * 1000:.0f} ms')
            result = place.run_and_kill(step.words, seconds, step.stdin)
        else:
            calls = self.rng.choice(list(AT_MOST))
            most = self.at_most.get((step.name, calls), AT_MOST[calls])
            number = self.rng.randint(1, most)
            action = 'tear' if calls == 'w' and self.rng.random() < 0.5 else 'kill'
            fault = Fault(calls, action, number)
            self.note(f'{step}: {fault}')
            result = place.run(*step.words, stdin=step.stdin, fault=fault)
            if not place.was_hit():
                self.at_most[step.name, calls] = max(2, number - 1)
        if result.code == KILLED:
            self.count('by time' if way == 'time' else f'by call, {calls}')
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
            result = place.run(*step.words, stdin=step.stdin)
            observed = examiner.examine()
            step.judge(model, observed, result, False)
            model.accept(observed)
        makers = [make for _, make in model.makers]
        step = makers[self.seed % len(makers)]()
        if step is None:       # nothing to restore, say
            step = model.make_set() or model.make_new()
        before = self.folder / 'before'
        shutil.copytree(place.root, before)
        # Who wants few kills gets them from all over the command.
        stride = self.rng.randint(1, FEWER) if self.arguments.steps else 1
        for index in self.steps(MOST_CALLS):
            if self.is_late():
                break
            number = 1 + index * stride
            self.note(f'{step}: call {number}')
            result = place.run(*step.words, stdin=step.stdin, fault=Fault(EVERY, 'kill', number))
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
        for _ in self.steps(4, 3):
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
    """The key gets a passphrase, loses or forgets it, is renewed, lost, and recovered by code."""

    def tell(self):
        self.place = Place(self.arguments.build, self.folder)
        if 'key' not in Model(self.place, self.rng).commands:
            return
        sample = self.place.programs.samples / 'complete-construction.json'
        self.place.run('import', sample)
        self.code = self.must('key', '--recovery-code').out.strip()
        self.drafts = Examiner(self.place).examine()
        for _ in self.steps(3, 3):
            if self.is_late():
                break
            self.rng.choice((self.lock, self.renew, self.recover, self.forget))()
            if Examiner(self.place).examine() != self.drafts:
                raise Broken('the records are not what they were')

    def must(self, *words, code=0, **options):
        result = self.place.run(*words, **options)
        if result.code != code:
            raise Broken(f'{words} ends with {result!r}, {code} expected')
        return result

    def suffer(self, *words, stdin='', is_done=lambda: False):
        """Kills a command now and then, and lets it come to its end at last."""
        for _ in range(self.rng.randint(0, 3)):
            if is_done():
                return
            fault = Fault(EVERY, 'kill', self.rng.randint(1, 60))
            self.note(f'{words}: {fault}')
            if self.place.run(*words, fault=fault, stdin=stdin).code == KILLED:
                self.count('kills')
                seen = Examiner(self.place).examine() if self.place.passphrase else None
                if seen not in (None, self.drafts):
                    raise Broken(f'killed in {words}: {difference(self.drafts, seen)}')
        if not is_done():
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
        self.recover_by_code()

    def forget(self):
        """A forgotten passphrase: the code takes it away."""
        self.must('key', '--passphrase', stdin='forgotten\n')
        self.recover_by_code()

    def recover_by_code(self):
        self.must('list', code=1)
        # a key that is at hand again need not be recovered, and is not
        self.suffer('key', '--recover', stdin=f'{self.code}\n',
                    is_done=lambda: self.place.run('list').code == 0)
        self.must('list')


class KilledAdopting(story.Story):
    """The province publishes another dictionary; the program is killed while it takes that over."""

    def tell(self):
        self.place = Place(self.arguments.build, self.folder)
        province = Province(self.place.programs, self.folder / 'province')
        try:
            self.begin(province)
            self.suffer()
        finally:
            province.stop()

    def begin(self, province):
        """Makes drafts under the old dictionary, and a province that has the next one."""
        text = self.place.run('dictionary').out
        following = NextDictionary(text)
        province.start()
        self.must('login', province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        for _ in range(2):
            self.draft = self.must('new', '--role', 'construction').out.strip()
            for field, value in (
                    (following.removed, OLD_WORDS), (following.renamed, '改名的话'),
                    (following.coded, following.retired), ('PrjName', '示例工程（虚构）')):
                self.must('set', self.draft, f'/project/{field}', value)
        self.must('set', self.draft, '/tenders/-/ConstructorIDCard', '12345678901')
        port = province.port
        province.stop()
        province.publish(following)
        province.start(port)

    def suffer(self):
        """Each time from the beginning; killed or not, another sync takes it over, and whole."""
        before = Examiner(self.place).examine()
        saved = self.folder / 'before'
        shutil.copytree(self.place.root, saved)
        after = self.adopt()
        if after == before:
            raise Broken('the other dictionary changes nothing')
        most = 400
        for _ in self.steps(8):
            if self.is_late():
                break
            shutil.rmtree(self.place.root)
            shutil.copytree(saved, self.place.root)
            fault = Fault(EVERY, 'kill', self.rng.randint(1, most))
            self.note(f'sync: {fault}')
            if self.place.run('sync', fault=fault).code == KILLED:
                self.count('kills')
            if not self.place.was_hit():
                most = max(20, min(most, fault.first))
            observed = Examiner(self.place).examine()
            for uuid in {*before, *observed}:
                if observed.get(uuid) not in (before[uuid], after[uuid]):
                    raise Broken(f'half taken over: {difference(before, observed)}')
            observed = self.adopt()
            if observed != after:
                raise Broken(f'taken over later: {difference(after, observed)}')

    def adopt(self):
        self.must('sync')
        version = self.must('--json', 'status').json['dictionary']['version']
        if version != VERSION:
            raise Broken(f'the dictionary is still {version}')
        for uuid in (one['uuid'] for one in self.must('--json', 'list').json):
            shown = self.must('--json', 'show', uuid).json
            if shown['dictionary'] != VERSION or OLD_WORDS not in str(shown['aside']):
                raise Broken(f'{uuid} has lost something: {shown}')
        return Examiner(self.place).examine()

    def must(self, *words, code=0, **options):
        result = self.place.run(*words, **options)
        if result.code != code:
            raise Broken(f'{words} ends with {result!r}, {code} expected')
        return result


KINDS = {
    'anywhere': Kind(Killed, 'a killed program loses nothing that it acknowledged', 'kills', 55),
    'everywhere': Kind(KilledEverywhere,
                       'nor does a command that is killed before each of its calls', 'kills', 20),
    'migrating': Kind(KilledMigrating, 'nor does a profile of an earlier version', 'kills', 10),
    'locking': Kind(KilledLocking, 'nor does one whose key is locked, renewed and recovered',
                    'kills', 5),
    'adopting': Kind(KilledAdopting, 'nor does one that takes over another dictionary', 'kills',
                     10),
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
