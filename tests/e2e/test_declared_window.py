# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A clerk types the number of a project that another system has, and is told at the field."""

import json
import subprocess

from province import ENTERPRISE, PASSWORD, Province
from steps import same, step
from window_story import WindowStory, run

SAMPLE = 'complete-construction'
FIELD = 'project', 'ProvincePrjNum'
NUMBER = '[2024]吉建字0007号'
MISTAKEN = '[2024]吉建字0008号'
NAME = '示例在建工程（虚构）'
PROBABLE = '很可能已在'
CONFIRMED = f'施工许可管理系统”中申报（{NAME}）'


class Window(WindowStory):
    """A clerk with one record, and a province that hears of another system."""

    PREFIX = 'declared-'

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        self.port = None
        self.record = programs.sample(SAMPLE)
        self.province = Province(programs, place / 'province')

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
        self.client = self.open_client()
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


if __name__ == '__main__':
    run(Window, __doc__)
