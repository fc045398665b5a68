# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What `yeji undo`, `redo`, `history` and `show --at` answer, and with which exit code."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

OK, FAILED, USAGE = range(3)
SAMPLES = pathlib.Path(os.environ['YEJI_SAMPLES'])
NAME = '/project/PrjName'


class Program:
    """The program on one profile."""

    def __init__(self, program, place):
        self.program, self.place = program, place

    def run(self, *words):
        """Returns the exit code and what was printed."""
        done = subprocess.run([self.program, '--profile', str(self.place / 'profile'), *words],
                              env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'TZ': 'UTC-8'},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                              check=False, encoding='utf-8')
        return done.returncode, done.stdout + done.stderr

    def answer(self, *words):
        """Returns the JSON that was printed."""
        code, text = self.run('--json', *words)
        assert code == OK, (words, text)
        return json.loads(text)

    def name(self, uuid, *words):
        """The project's name."""
        return self.answer('show', uuid, *words)['project'].get('PrjName', '')


def steps(program):
    """Back and forth, from process to process."""
    uuid = program.answer('new', '--role', 'construction')['uuid']
    assert program.run('undo', uuid)[0] == FAILED
    program.run('set', uuid, NAME, '甲')
    program.run('set', uuid, '/permits/-/Area', '12')
    answer = program.answer('undo', uuid)
    assert answer['why'] == 'typed' and answer['undoes'] == 3, answer
    assert [change['field'] for change in answer['changes']] == ['', 'Area'], answer
    assert 'permits' not in program.answer('show', uuid)
    code, text = program.run('undo', uuid)
    assert code == OK and text == 'TBProjectInfo PrjName: “甲” → “”\n', text
    code, text = program.run('undo', uuid)
    assert code == FAILED and 'nothing to undo' in text, text
    assert program.run('redo', uuid)[0] == OK
    assert program.run('redo', uuid)[0] == OK
    assert program.name(uuid) == '甲'
    assert program.answer('show', uuid)['permits'][0]['Area'] == '12'
    assert program.run('redo', uuid)[0] == FAILED
    lines = program.answer('history', uuid)
    assert [line['why'] for line in lines if line.get('undoes') == 2] == ['undone', 'redone']
    assert program.run('undo', 'no-such-record')[0] == FAILED


def times(program):
    """As it was at a time, in each way to write one."""
    uuid = program.answer('new', '--role', 'construction')['uuid']
    program.run('set', uuid, NAME, '甲')
    then = datetime.datetime.now(datetime.timezone.utc)
    while datetime.datetime.now(datetime.timezone.utc).second == then.second:
        time.sleep(0.02)
    program.run('set', uuid, NAME, '乙')
    local = then.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    full = (local + datetime.timedelta(seconds=1)).replace(microsecond=0)
    ways = [then.isoformat(), local.isoformat(), full.strftime('%Y-%m-%d %H:%M:%S')]
    if full.date() == local.date():
        ways.append(full.strftime('%H:%M:%S'))
    for way in ways:
        assert program.name(uuid, '--at', way) == '甲', way
    assert program.name(uuid, '--at', '2999-01-01 00:00') == '乙'
    code, text = program.run('show', uuid, '--at', '2001-01-01 00:00')
    assert code == FAILED and 'not there yet' in text, text
    for wrong in ('noon', '25:00', '11:2x', '2026-13-01 11:20', '11:20 ', ''):
        assert program.run('show', uuid, '--at', wrong)[0] == USAGE, wrong
    assert program.run('show', uuid, '--on', '11:20')[0] == USAGE
    assert program.run('show', uuid, '--at')[0] == USAGE


def bins(program):
    """Into the bin and out of it: who and when, in words, and nothing to undo."""
    uuid = program.answer('new', '--role', 'construction')['uuid']
    program.run('remove', uuid)
    program.run('bin', '--restore', uuid)
    lines = program.answer('history', uuid)[-2:]
    assert [line['why'] for line in lines] == ['removed', 'restored'], lines
    assert [(line['field'], line['before'], line['after']) for line in lines] \
        == [('bin', '', 'removed'), ('bin', 'removed', '')], lines
    assert all(line['who'] and line['at'] for line in lines), lines
    text = program.run('history', uuid)[1].splitlines()[-2:]
    assert text[0].endswith('removed put into the bin'), text
    assert text[1].endswith('restored taken out of the bin'), text
    assert program.run('undo', uuid)[0] == FAILED


def places(program):
    """One place alone; a personal number is masked where people read it."""
    code, text = program.run('import', str(SAMPLES / 'complete-construction.json'))
    assert code == OK, text
    uuid = program.answer('list')[0]['uuid']
    uuid = next(entry['uuid'] for entry in program.answer('list') if entry['number'])
    program.run('set', uuid, NAME, '丙')
    fields = {line['field'] for line in program.answer('history', uuid, NAME)}
    assert fields == {'PrjName'}, fields
    tables = {line['table'] for line in program.answer('history', uuid, '/contracts')}
    assert tables == {'TBContractRecordManage'}, tables
    assert program.run('history', uuid, '/nowhere')[0] == USAGE
    people = [line for line in program.answer('history', uuid)
              if 'IDCard' in line['field'] and len(line['after'] or '') == 18]
    assert people
    text = program.run('history', uuid)[1]
    for line in people:
        assert line['after'] not in text, line


def main():
    """Runs each on a profile of its own."""
    tests = (steps, times, bins, places)
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as place:
            test(Program(sys.argv[1], pathlib.Path(place)))
        print(f'ok {number} - {test.__name__}', flush=True)


if __name__ == '__main__':
    main()
