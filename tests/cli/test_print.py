# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""`yeji print`: declaration forms as PDF, for one record and for many."""

import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

OK, FAILED, USAGE = range(3)
NOBODY = '00000000-0000-4000-8000-000000000000'
SAMPLES = ('complete-construction', 'complete-design', 'complete-supervision')


class Program:
    """`yeji` with a profile of its own that has the samples."""

    def __init__(self, program, place, samples):
        self.program = program
        self.place = place
        self.records = [json.loads((samples / f'{name}.json').read_text(encoding='utf-8'))
                        for name in SAMPLES]
        for name in SAMPLES:
            self.good('import', str(samples / f'{name}.json'))
        self.uuids = [record['uuid'] for record in self.records]

    def call(self, *words, limit=None, language='zh_CN'):
        """Returns exit code, answer and what was said on standard error. `limit`: bytes a file."""
        def hold():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': language,
                       'XDG_CONFIG_HOME': str(self.place / 'config')}
        done = subprocess.run([self.program, '--profile', str(self.place / 'profile'), '--json',
                               *words], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=False,
                              preexec_fn=hold if limit else None)
        text = done.stdout.decode('utf-8')
        return done.returncode, json.loads(text) if text else None, done.stderr.decode('utf-8')

    def good(self, *words, **how):
        """The answer of a call that must be done."""
        code, answer, said = self.call(*words, **how)
        assert code == OK, (words, code, said)
        return answer

    def file(self, name='申报表.pdf'):
        """A path for a PDF that is not there."""
        path = self.place / 'out' / name
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        return path


def read(path):
    """The sheets of a PDF as texts without blanks; nothing where no program reads it."""
    if not shutil.which('pdftotext'):
        return []
    text = subprocess.run(['pdftotext', '-raw', path, '-'], capture_output=True, check=True,
                          timeout=60).stdout.decode('utf-8')
    return [re.sub(r'\s+', '', sheet) for sheet in text.split('\f')[:-1]]


def sum_up(record):
    """The SHA-256 of a record: of texts alone, Python's JSON is the canonical one."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
    return hashlib.sha256(text.encode('utf-8')).hexdigest()


def one_record_is_a_form(program):
    """File, records and pages are told; each sheet counts itself and says that it is a draft."""
    path = program.file()
    answer = program.good('print', program.uuids[0], str(path))
    assert answer['path'] == str(path) and answer['records'] == program.uuids[:1], answer
    sheets = read(path)
    if not sheets:
        return
    assert len(sheets) == answer['pages'] > 3, answer
    for number, sheet in enumerate(sheets, 1):
        assert f'第{number}页，共{len(sheets)}页' in sheet, sheet
        assert '草稿' in sheet, sheet
    assert '工程项目业绩申报表' in sheets[0] and '填报单位（公章）' in sheets[-1], sheets


def the_sum_is_that_of_what_export_would_say(program):
    """Who has the record can prove that the paper is of it."""
    path = program.file()
    program.good('print', program.uuids[1], str(path))
    record = program.good('show', program.uuids[1])
    sheets = read(path)
    assert not sheets or sum_up(record) in sheets[0], (sum_up(record), sheets[0])


def numbers_are_masked_unless_asked(program):
    """Citizen ids and telephones are on the paper only with --full."""
    numbers = {value for record in program.records for row in record['participants']
               for value in row.values() if re.fullmatch(r'\d{17}[\dX]|1\d{10}', value)
               and not value.startswith('9')}
    assert len(numbers) > 3, numbers
    path = program.file()
    program.good('print', *program.uuids, str(path))
    masked = ''.join(read(path))
    program.good('print', '--full', *program.uuids, str(path))
    opened = ''.join(read(path))
    if not masked:
        return
    people = {number for number in numbers if number in opened}
    assert len(people) > 3, numbers
    ids = {number for number in people if len(number) == 11}
    assert ids and not any(number in masked for number in ids), ids
    assert path.stat().st_mode & 0o077 == 0, oct(path.stat().st_mode)


def several_are_one_file(program):
    """Each begins on a sheet of its own with a line of the outline."""
    path = program.file()
    answer = program.good('print', *program.uuids, str(path))
    assert answer['records'] == program.uuids, answer
    content = path.read_bytes()
    assert content.count(b'/Outlines') > 0 and len(content) < 300000, len(content)
    sheets = read(path)
    if sheets:
        firsts = [sheet for sheet in sheets if '第1页，共' in sheet]
        assert len(firsts) == 3, len(firsts)
        for record, sheet in zip(program.records, firsts):
            assert record['project']['PrjName'] in sheet, sheet


def documents_are_listed(program):
    """What is attached, and what must be and is not."""
    uuid = program.good('new', '--role', 'construction')['uuid']
    scan = program.place / '合同第一页.pdf'
    scan.write_bytes(b'%PDF-1.4\ninvented\n%%EOF\n')
    program.good('attach', uuid, 'contract', str(scan))
    path = program.file()
    program.good('print', uuid, str(path))
    text = ''.join(read(path))
    start = hashlib.sha256(scan.read_bytes()).hexdigest()[:16]
    assert not text or ('合同第一页.pdf' in text and start in text and '缺少' in text), text


def what_cannot_be_leaves_nothing(program):
    """No record, no folder, a full disk, no file named: what was there stays."""
    path = program.file()
    path.write_text('before', encoding='utf-8')
    for words, limit, wanted in (((program.uuids[0], NOBODY, str(path)), None, FAILED),
                                 ((program.uuids[0], str(path / 'x.pdf')), None, FAILED),
                                 ((program.uuids[0], '/nowhere/x.pdf'), None, FAILED),
                                 ((program.uuids[0], str(path)), 30000, FAILED),
                                 ((program.uuids[0], program.uuids[1]), None, USAGE),
                                 (('no-uuid', str(path)), None, USAGE),
                                 ((str(path),), None, USAGE),
                                 ((program.uuids[0], str(path), '--no'), None, USAGE)):
        code, answer, said = program.call('print', *words, limit=limit)
        assert code == wanted and answer is None and said, (words, code, said)
        assert path.read_text(encoding='utf-8') == 'before', words
        assert os.listdir(path.parent) == [path.name], os.listdir(path.parent)
    path.unlink()
    for words, limit in (((program.uuids[0], NOBODY, str(path)), None),
                         ((program.uuids[0], str(path)), 30000)):
        assert program.call('print', *words, limit=limit)[0] == FAILED, words
        assert not os.listdir(path.parent), os.listdir(path.parent)


TESTS = (one_record_is_a_form, the_sum_is_that_of_what_export_would_say,
         numbers_are_masked_unless_asked, several_are_one_file, documents_are_listed,
         what_cannot_be_leaves_nothing)


def main():
    """Runs the tests."""
    failed = 0
    print(f'1..{len(TESTS)}')
    with tempfile.TemporaryDirectory(prefix='yeji-print-') as place:
        program = Program(sys.argv[1], pathlib.Path(place), pathlib.Path(sys.argv[2]))
        for number, test in enumerate(TESTS, 1):
            name = test.__name__.replace('_', '-')
            try:
                test(program)
                print(f'ok {number} {name}')
            except AssertionError as error:
                failed += 1
                print(f'not ok {number} {name}')
                print(f'# {error}'.replace('\n', '\n# ')[:4000])
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
