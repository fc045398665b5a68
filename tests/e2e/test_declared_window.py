# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A clerk types the number of a project that another system has, and is told at the field."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import driver
from client import Client
from programs import Programs
from province import ENTERPRISE, PASSWORD, Province
from steps import Story, same, step
from terminal import OK
from xsession import XSession

SAMPLE = 'complete-construction'
FIELD = 'project', 'ProvincePrjNum'
NUMBER = '[2024]吉建字0007号'
MISTAKEN = '[2024]吉建字0008号'
NAME = '示例在建工程（虚构）'
PROBABLE = '很可能已在'
CONFIRMED = f'施工许可管理系统”中申报（{NAME}）'


class Window(Story):
    """A clerk with one record, and a province that hears of another system."""

    def __init__(self, programs, desktop, place, pictures):
        self.programs = programs
        self.desktop = desktop
        self.pictures = pictures
        self.place = place
        self.profile = place / 'profile'
        self.client = None
        self.port = None
        self.record = programs.sample(SAMPLE)
        self.province = Province(programs, place / 'province')

    def after_step(self, number, name):
        if self.pictures is not None:
            self.desktop.picture(self.pictures / f'declared-{number:02}-{name}.png')

    def report(self):
        return [] if self.client is None else self.client.words().splitlines()[-20:]

    def end(self):
        if self.client is not None:
            self.client.stop()
        self.province.stop()
        self.desktop.close()

    def yeji(self, *words, stdin=''):
        result = self.programs.call(self.profile, *words, stdin=stdin)
        same(result.code, OK, f'yeji {words}: {result!r}')

    def declare(self, *numbers):
        rows = [{'施工许可证编号': number, '工程名称': NAME} for number in numbers]
        path = self.place / 'list.json'
        path.write_text(json.dumps(rows), encoding='utf-8')
        subprocess.run(self.province.command('import-declared', 'permit', str(path), '--replace'),
                       check=True, env=self.programs.environment, capture_output=True)

    @step('the clerk has the filter of what another system has')
    def fetch(self):
        self.declare(NUMBER, MISTAKEN)
        self.port = self.province.start()
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('sync')
        self.port = self.province.port
        self.province.stop()
        self.client = Client(self.programs, self.desktop, self.profile, self.place / 'client.log')
        self.client.open_record(self.record['project']['PrjName'])

    @step('without a network it is told at the number that the project is probably declared')
    def type_offline(self):
        self.client.show(*FIELD)
        self.client.enter(*FIELD, NUMBER)
        self.client.problem_of(*FIELD, PROBABLE)

    @step('with one it is told where, and as what')
    def type_online(self):
        self.client.enter(*FIELD, '')
        self.client.no_problem_of(*FIELD, PROBABLE)
        self.province.start(self.port)
        self.client.enter(*FIELD, NUMBER)
        self.client.problem_of(*FIELD, CONFIRMED)

    @step('what the system has no more is taken back')
    def taken_back(self):
        self.declare(NUMBER)       # the client's filter is older
        self.client.enter(*FIELD, MISTAKEN)
        self.client.no_problem_of(*FIELD, CONFIRMED)
        self.client.no_problem_of(*FIELD, PROBABLE)
        self.client.close()
        self.client = None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument('--pictures', type=pathlib.Path)
    arguments = parser.parse_args()

    with XSession('1280x720') as session, \
            tempfile.TemporaryDirectory(prefix='yeji-declared-') as place:
        driver.connect(session.environment)
        programs = Programs(arguments.build, arguments.source, session.environment)
        desktop = driver.Desktop(session.environment)
        window = Window(programs, desktop, pathlib.Path(place), arguments.pictures)
        try:
            return 0 if window.tell() else 1
        finally:
            window.end()


if __name__ == '__main__':
    code = main()
    sys.stdout.flush()
    # What is left of libatspi at an orderly end may still fall, and is no part of the story.
    os._exit(code)
