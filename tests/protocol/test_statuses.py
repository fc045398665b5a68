# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Every route of a running server, with every status that data/openapi.yaml names for it."""

import argparse
import collections
import contextlib
import pathlib
import sys
import tempfile

import cases_corrections  # noqa: F401: brings its own
import cases_operation  # noqa: F401: brings its own
import cases_public  # noqa: F401: brings its own
import cases_qualification  # noqa: F401: brings its own
import cases_review  # noqa: F401: brings its own
import cases_declared  # noqa: F401: adds its own
from cases import CASES
from description import Description, Wrong
from world import World


class Run:
    """What was seen."""

    def __init__(self, description, world):
        self.description = description
        self.world = world
        self.seen = collections.Counter()
        self.kinds = collections.defaultdict(set)
        self.titles = {}
        self.skipped = []
        self.wrong = []

    def tell(self, each):
        method, path, status, kind, function = each
        answer = function(self.world)
        if answer is None:
            self.skipped.append((method, path, status))
            return
        name = f'{method} {path} {status} {kind or ""}'
        operation = self.description.expect(answer)
        if answer.status != status:
            raise Wrong(f'{name}: {answer}')
        if operation is None or operation.name != f'{method} {path}':
            raise Wrong(f'{name}: {answer} is {operation and operation.name}')
        if kind != answer.kind and answer.body:
            raise Wrong(f'{name}: {answer}')
        self.seen[operation.name, status] += 1
        self.kinds[operation.name, status].add(kind)
        if answer.kind and answer.body:
            self.titles[answer.kind] = answer.json['title']

    def tell_all(self):
        for each in CASES:
            try:
                self.tell(each)
            except (AssertionError, OSError) as error:
                self.wrong.append(f'{" ".join(map(str, each[:4]))}: {error}')

    def missing(self):
        """What is described and has no case."""
        skipped = {(f'{method} {path}', status) for method, path, status in self.skipped}
        for operation in self.description.operations:
            for status, response in operation.responses.items():
                key = operation.name, status
                if key in skipped:
                    continue
                if not self.seen[key]:
                    yield f'{operation.name} {status}'
                for kind in response.get('x-kinds', ()):
                    if self.seen[key] and kind not in self.kinds[key]:
                        yield f'{operation.name} {status} {kind}'

    def untrue_examples(self):
        """Problems of the examples that the server puts in other words."""
        for place, _, value in self.description.examples():
            kind = str(value.get('type', '')).rsplit(':', 1)[-1] if 'title' in value else None
            if kind in self.titles and self.titles[kind] != value['title']:
                yield f'{place}: the server says “{self.titles[kind]}”'


def expect_nothing(words, found):
    found = list(found)
    assert not found, f'{words}:\n  ' + '\n  '.join(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    examiner = arguments.build / 'src' / 'programs' / 'yeji-examiner'
    scan = arguments.build / 'src' / 'tools' / 'complete-construction' / '施工合同.pdf'
    print('1..1')
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix='yeji-protocol-'))
        world = stack.enter_context(World(arguments.build, f'{place}/province'))
        world.painter = None
        # one that looks at documents, and would return what the other cases submit
        if examiner.is_file() and scan.is_file():
            world.painter = (stack.enter_context(
                World(arguments.build, f'{place}/painter', examiner)), scan.read_bytes())
        run = Run(Description(), world)
        run.tell_all()
        for skipped in run.skipped:
            print(f'# SKIP {skipped}: there is no examiner in this build')
        try:
            expect_nothing('answers that are not as described', run.wrong)
            expect_nothing('described, and no case shows it', run.missing())
            expect_nothing('examples that are not true', run.untrue_examples())
            assert world.lives(), 'the server is gone'
        except AssertionError as error:
            print('not ok 1 - every status is as described')
            print(str(error).replace('\n', '\n# '))
            sys.exit(1)
        print(f'# {len(run.seen)} statuses of {len(run.description.operations)} routes')
        print('ok 1 - every status is as described')


if __name__ == '__main__':
    main()
