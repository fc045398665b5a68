# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cuts the power: what was acknowledged is on the disk.

The story of test_kill.py on a disk that has what was synced, and of the rest nothing or any part of
it: power-cut.c. The same for a province to which four clients send files. With syncing turned off
what was acknowledged must be lost, and that must be seen; otherwise this test could not find
anything.
"""

import contextlib
import copy
import pathlib
import shutil
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'server'))

import senders  # noqa: E402

import story
import versions
from examine import Broken, Examiner, difference
from model import Model
from place import KILLED, Fault, Place
from province import ENTERPRISE, Province, Visitor
from story import Kind

STEPS = 16
FEW = 4
AT_MOST = {'s': 12, 'n': 6, 'w': 60, 'wsno': 80}
FILES = 48
AT_MOST_SERVING = {'s': 120, 'n': 40, 'w': 400, 'wsno': 500}


class PowerCut(story.Story):
    """A clerk whose power goes out after, or in, every second command."""

    def begin(self, folder):
        """Makes a place and its disk. Half of them know no more than POSIX promises."""
        place = Place(self.arguments.build, folder)
        self.torn = self.rng.random() < 0.5
        self.names = self.rng.choice((None, 'ext4'))
        return place

    def cut(self, place):
        self.note(f'the power goes, {self.names or "strict"}, {"torn" if self.torn else "clean"}')
        place.cut_power(self.rng if self.torn else None)
        self.count('cuts')
        self.count(f'{self.names or "strict"} {"torn" if self.torn else "clean"}')

    def tell(self):
        place = self.begin(self.folder)
        place.begin_disk(self.names)
        examiner = Examiner(place)
        model = Model(place, self.rng)
        model.accept(examiner.examine())
        for _ in self.steps(STEPS):
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
        result = place.run(*step.words, stdin=step.stdin, fault=fault)
        return result, result.code == KILLED


class PowerCutMigrating(PowerCut):
    """The power goes while a profile of an earlier version is brought up to date."""

    def tell(self):
        number = self.rng.choice(versions.numbers())
        whole = Place(self.arguments.build, self.folder / 'whole')
        versions.make_profile(whole.profile, number)
        expected = Examiner(whole).examine()
        for _ in self.steps(3, 3):
            if self.is_late():
                break
            place = self.begin(self.folder / 'cut')
            shutil.rmtree(place.root)
            versions.make_profile(place.profile, number)
            place.begin_disk(self.names)
            for _ in range(2):
                fault = Fault('wsno', 'kill', self.rng.randint(1, 700))
                self.note(f'version {number}: {fault}')
                place.run('list', fault=fault)
                self.cut(place)
            observed = Examiner(place).examine()
            if observed != expected:
                raise Broken(f'version {number}: {difference(expected, observed)}')


class PowerCutWithoutSync(PowerCut):
    """The same where fsync does nothing, and so the disk knows nothing of what was done since.

    What the story calls right with syncing it must call wrong here: just what was acknowledged is
    gone, all of it, and nothing else.
    """

    def tell(self):
        place = self.begin(self.folder)
        examiner = Examiner(place)
        self.model = Model(place, self.rng)
        self.model.accept(examiner.examine())
        self.acknowledge(place, examiner, self.model.make_new())
        for _ in range(FEW):
            self.acknowledge(place, examiner, self.model.make_set())
        place.begin_disk(self.names, without_sync=True)
        known = self.model.state
        begun = self.model.make_new()
        result = self.acknowledge(place, examiner, begun)
        for _ in range(FEW):
            self.acknowledge(place, examiner, self.model.make_set())
        acknowledged = self.model.state
        self.note('the power goes')
        place.cut_power()
        observed = examiner.examine()
        if observed != known:
            raise Broken(f'not just what was acknowledged is lost: {difference(known, observed)}')
        lost = {(uuid, pointer) for uuid, draft in acknowledged.items()
                for pointer, value in draft.values.items()
                if uuid not in observed or observed[uuid].values.get(pointer) != value}
        self.count('values lost', len(lost))
        self.model.accept(known)
        try:
            begun.judge(self.model, observed, result, False)
        except Broken as error:
            self.note(f'noticed: {error}')
            self.count('losses noticed')
        else:
            raise Broken('that an acknowledged draft is lost is not noticed')

    def acknowledge(self, place, examiner, step):
        self.note(f'{step}')
        result = place.run(*step.words, stdin=step.stdin)
        observed = examiner.examine()
        step.judge(self.model, observed, result, False)
        self.model.accept(observed)
        return result


class PowerCutServing(PowerCut):
    """The power of a province goes while clients send it files."""

    def tell(self):
        with self.serve() as (place, province):
            place.begin_disk(self.names)
            files = self.begin_record(place, province)
            for _ in self.steps(4, 3):
                if self.is_late() or all(map(senders.is_there, files)):
                    break
                self.send(place, province, files)
                self.cut(place)
            self.send(place, province, files, to_the_end=True)
            if not all(map(senders.is_there, files)):
                raise Broken('not everything came to its end')

    @contextlib.contextmanager
    def serve(self):
        """Makes a province below the root of a place."""
        place = self.begin(self.folder)
        # what is sent is no real scan, and is not to be opened
        place.programs.environment['YEJI_EXAMINER'] = 'nowhere'
        province = Province(place.programs, place.root / 'province')
        try:
            yield place, province
        finally:
            province.stop()

    @staticmethod
    def start(place, province):
        """Starts to serve; what goes wrong, if anything, is set later."""
        place.set_fault(None)
        province.programs = copy.copy(place.programs)
        province.programs.environment = {**place.environment(),
                                         'YEJI_CHAOS_FAULT': str(place.fault_file)}
        province.start()

    def begin_record(self, place, province):
        """Has a record taken, which the power is not to take again, and makes its files."""
        self.start(place, province)
        visitor = Visitor(province.url, ENTERPRISE)
        self.token = visitor.token
        record = place.programs.sample('complete-construction')
        answer = visitor.ask('PUT', f'/v1/records/{record["uuid"]}', record,
                             If_None_Match='*')
        if answer.status != 201:
            raise Broken(f'the record is not taken: {answer}')
        province.process.kill()
        province.process.wait()
        self.cut(place)
        return [senders.File(number, record['uuid'], self.rng) for number in range(FILES)]

    def send(self, place, province, files, to_the_end=False):
        """Looks at what was received, and sends until the server is killed, or to the end."""
        fault, answers = None, None
        self.start(place, province)
        senders.check_received(province.url, self.token, files)
        self.count('documents found', sum(map(senders.is_there, files)))
        if not to_the_end:
            answers = self.rng.randint(5, 100)
            if self.rng.random() < 0.5:
                calls = self.rng.choice(list(AT_MOST_SERVING))
                fault = Fault(calls, 'kill', self.rng.randint(1, AT_MOST_SERVING[calls]))
        self.note(f'sends for {answers} answers: {fault}')
        place.set_fault(fault)
        senders.run_round(province.process, province.url, self.token, files, answers,
                          pieces_last=False)


class PowerCutServingWithoutSync(PowerCutServing):
    """The same where fsync does nothing: what was received is gone, and that is noticed."""

    def tell(self):
        with self.serve() as (place, province):
            place.begin_disk(self.names)
            files = self.begin_record(place, province)
            place.begin_disk(self.names, without_sync=True)
            self.send(place, province, files, to_the_end=True)
            province.process.kill()
            province.process.wait()
            place.cut_power()
            self.start(place, province)
            try:
                senders.check_received(province.url, self.token, files)
            except AssertionError as error:
                self.note(f'noticed: {error}')
                self.count('losses noticed')
            else:
                raise Broken('that a received document is lost is not noticed')


KINDS = {
    'working': Kind(PowerCut, 'a power cut loses nothing that was acknowledged', 'cuts', 75),
    'migrating': Kind(PowerCutMigrating, 'nor what an earlier version has saved', 'cuts', 25),
    'serving': Kind(PowerCutServing, 'nor what a province has received', 'cuts', 25),
    'unsynced': Kind(PowerCutWithoutSync,
                     'with syncing turned off, it is seen that what was acknowledged is lost',
                     'losses noticed', each=2),
    'unsynced-serving': Kind(PowerCutServingWithoutSync,
                             'and so it is in a province', 'losses noticed', each=1),
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
