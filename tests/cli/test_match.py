# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""`yeji match`: a folder of scans to records, slots and pages, and back again."""

import fcntl
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

OK, FAILED, USAGE = range(3)
NOBODY = '00000000-0000-4000-8000-000000000000'


class Program:
    """`yeji` with a profile of its own, and no examiner: what that says is another test."""

    def __init__(self, program, place):
        self.program = program
        self.place = place
        self.profile = place / 'profile'

    def call(self, *words, json_wanted=True):
        """Returns exit code, answer and what was said on standard error."""
        environment = {**os.environ, 'LC_ALL': 'C', 'LANGUAGE': 'C',
                       'YEJI_EXAMINER': str(self.place / 'no-examiner'),
                       'XDG_CACHE_HOME': str(self.place / 'cache'),
                       'XDG_CONFIG_HOME': str(self.place / 'config')}
        done = subprocess.run([self.program, '--profile', str(self.profile),
                               *(['--json'] if json_wanted else []), *words], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                              check=False)
        answer = json.loads(done.stdout) if json_wanted and done.stdout else done.stdout.decode()
        return done.returncode, answer, done.stderr.decode()

    def good(self, *words):
        """The answer of a call that must be done."""
        code, answer, said = self.call(*words)
        assert code == OK, (words, code, said)
        return answer

    def make(self, name, number=''):
        """A record of that name."""
        uuid = self.good('new')['uuid']
        self.good('set', uuid, '/project/PrjName', name)
        if number:
            self.good('set', uuid, '/project/PrjNum', number)
        return uuid

    def documents(self, uuid):
        """The documents of a record."""
        return self.good('show', uuid).get('documents')


def write(path, text):
    """A file that looks like a PDF, different from every other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f'%PDF-1.4\n%{text}\n%%EOF\n'.encode())


def left_over(program):
    """What was unpacked and is still there."""
    return list((program.place / 'cache').glob('yeji/intake-*'))


def a_folder_goes_where_its_names_say(program):
    """Records by name, number and initials, slots by synonyms, pages by numbers; one undo."""
    city = program.make('吉林大世城项目', '2202011603300001')
    one = program.make('示例路学校一标段')
    two = program.make('示例路学校二标段')
    root = program.place / '待录业绩'
    names = {
        '吉林大世城/合同/合同10.pdf': (city, 'contract'),
        '吉林大世城/合同/合同2.pdf': (city, 'contract'),
        '吉林大世城/中标通知书.pdf': (city, 'award_notice'),
        'jldsc/施工许可证.pdf': (city, 'construction_permit'),
        '2202011603300001 竣工验收报告.pdf': (city, 'acceptance_report'),
        '示例路学校/1标段/合同.pdf': (one, 'contract'),
        '示例路学校/二标段/合同.pdf': (two, 'contract'),
        '示例路学校/合同.pdf': (None, 'contract'),
        '谁也不知道.pdf': (None, None),
    }
    for name in names:
        write(root / name, name)
    write(root / 'Thumbs.db', 'x')
    (root / '空.pdf').touch()

    plan = program.call('match', '--dry-run', str(root))
    assert plan[0] == FAILED, plan       # something was left out, and that is said
    assert plan[1]['skipped'] == [{'path': '待录业绩/空.pdf', 'reason': 'empty',
                                   'message': 'is empty'}], plan[1]['skipped']
    assert plan[1]['taken'] is None
    found = {item['path'].split('/', 1)[1]: item for item in plan[1]['files']}
    assert found.keys() == names.keys(), found.keys()
    for name, (uuid, slot) in names.items():
        assert (found[name]['record'], found[name]['slot']) == (uuid, slot), (name, found[name])
    assert found['吉林大世城/合同/合同2.pdf']['position'] == 1
    assert found['吉林大世城/合同/合同10.pdf']['position'] == 2
    assert found['吉林大世城/合同/合同2.pdf']['certainty'] == 'sure'
    assert found['jldsc/施工许可证.pdf']['certainty'] == 'guess'
    assert found['jldsc/施工许可证.pdf']['matched_by'] == 'initials'
    unclear = found['示例路学校/合同.pdf']
    assert {unclear['best'], unclear['rival']} == {one, two}, unclear

    (root / '空.pdf').unlink()
    done = program.good('match', str(root))
    assert done['taken']['placed'] == 7 and done['taken']['tray'] == 2, done['taken']
    listed = {entry['uuid']: entry for entry in program.good('list')}
    assert listed[city]['documents'] == 5 and listed[one]['documents'] == 1, listed
    again = program.good('match', str(root))
    assert again['taken'] | {'failures': []} == {'batch': None, 'placed': 0, 'tray': 0, 'there': 9,
                                                 'failures': []}, again['taken']
    program.good('match', '--undo')
    listed = {entry['uuid']: entry for entry in program.good('list')}
    assert [entry['documents'] for entry in listed.values()] == [0, 0, 0], listed
    assert program.call('match', '--undo')[0] == FAILED

    sure = program.good('match', '--sure', str(root / 'jldsc'))
    assert (sure['taken']['placed'], sure['taken']['tray']) == (0, 1), sure['taken']
    given = program.good('match', '--record', two, str(root / '谁也不知道.pdf'),
                         str(root / '示例路学校/合同.pdf'))
    assert {item['record'] for item in given['files']} == {two}, given
    assert (given['taken']['placed'], given['taken']['tray']) == (1, 1), given['taken']


def a_line_is_printed_for_every_file(program):
    """path -> record / slot / page / why, whatever the locale."""
    program.make('示例路体育馆工程')
    write(program.place / 'in' / '示例路体育馆' / '合同.pdf', 'line')
    code, text, said = program.call('match', str(program.place / 'in'), json_wanted=False)
    assert code == OK, said
    lines = text.splitlines()
    assert lines[0].startswith('in/示例路体育馆/合同.pdf -> 示例路体育馆工程 / Contract / 1 / Name'), lines
    assert lines[1].startswith('1 in their slots'), lines
    assert 'yeji-examiner is missing' in said, said


def make_zip(path, entries):
    """A zip archive by hand: raw names, flags and what the directory claims."""
    body, directory = b'', b''
    for name, data, flags, claims in entries:
        raw = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = raw.compress(data) + raw.flush()
        head = struct.pack('<HHHHHIIIHH', 20, flags, 8, 0, 33, zlib.crc32(data), len(packed),
                           len(data), len(name), 0)
        directory += (b'PK\x01\x02' + struct.pack('<H', claims.get('made', 20)) + head[:14]
                      + struct.pack('<II', claims.get('packed', len(packed)),
                                    claims.get('size', len(data))) + head[22:]
                      + struct.pack('<HHHII', 0, 0, 0, claims.get('mode', 0) << 16,
                                    claims.get('offset', len(body))) + name)
        body += b'PK\x03\x04' + head + name + packed
    end = b'PK\x05\x06' + struct.pack('<HHHHIIH', 0, 0, len(entries), len(entries),
                                      len(directory), len(body), 0)
    path.write_bytes(body + directory + end)


def a_hostile_archive_is_told_file_by_file(program):
    """Names that lead out, bombs, links, passwords, other archives; GBK is read; nothing stays."""
    program.make('示例湖泵站工程')
    path = program.place / '示例湖泵站.zip'
    good = b'%PDF-1.4\n%good\n%%EOF\n'
    make_zip(path, [
        ('合同.pdf'.encode('gbk'), good, 0, {}),
        ('中标通知书.pdf'.encode(), good + b'1', 0x800, {}),
        (b'..\\..\\evil.pdf', good, 0, {}),
        (b'/etc/evil.pdf', good, 0, {}),
        (b'C:\\evil.pdf', good, 0, {}),
        (b'link.pdf', good, 0, {'made': 0x314, 'mode': 0o120777}),
        (b'secret.pdf', good, 1, {}),
        (b'bomb.pdf', bytes(8 << 20), 0, {}),
        (b'liar.pdf', bytes(8 << 20), 0, {'size': 100}),
        (b'inner.zip', good, 0, {}),
        (b'gone.pdf', good, 0, {'offset': 1 << 30}),
        (b'.hidden', good, 0, {}),
        (b'empty.pdf', b'', 0, {}),
    ])
    code, plan, said = program.call('match', '--dry-run', str(path))
    assert code == FAILED, said
    assert [(item['path'], item['slot']) for item in plan['files']] == [
        ('示例湖泵站/中标通知书.pdf', 'award_notice'), ('示例湖泵站/合同.pdf', 'contract')], plan['files']
    assert {item['certainty'] for item in plan['files']} == {'sure'}, plan['files']
    reasons = [(item['path'].split('/')[-1], item['reason']) for item in plan['skipped']]
    assert reasons == [
        ('..\\..\\evil.pdf', 'name'), ('evil.pdf', 'name'), ('C:\\evil.pdf', 'name'),
        ('link.pdf', 'link'), ('secret.pdf', 'encrypted'), ('bomb.pdf', 'bomb'),
        ('liar.pdf', 'damaged'), ('inner.zip', 'nested'), ('gone.pdf', 'damaged'),
        ('empty.pdf', 'empty')], reasons
    assert left_over(program) == []

    data = path.read_bytes()
    cut = program.place / 'cut.zip'
    for length in (0, 3, 21, 22, 100, len(data) // 2, len(data) - 1):
        cut.write_bytes(data[:length])
        code, plan, said = program.call('match', '--dry-run', str(cut))
        assert code == FAILED and plan['files'] == [], (length, plan)
        assert plan['skipped'][0]['reason'] == ('empty' if length == 0 else 'damaged'), plan
    rar = program.place / 'x.rar'
    rar.write_bytes(b'Rar!\x1a\x07\x00')
    assert program.call('match', '--dry-run', str(rar))[1]['skipped'][0]['reason'] == 'foreign'


def nothing_unpacked_stays(program):
    """However the program ends: a thread that is about to end is not waited for."""
    program.make('示例湖泵站工程')
    path = program.place / '示例湖泵站.zip'
    with zipfile.ZipFile(path, 'w') as archive:
        for i in range(20):
            archive.writestr(f'合同{i}.pdf', f'%PDF-1.4\n%{i}\n%%EOF\n')
    for words in [('--dry-run',)] * 15 + [(), ()]:
        assert program.call('match', *words, str(path))[0] == OK
        assert left_over(program) == []


def what_was_changed_since_stays_and_is_told(program):
    """One undo, and not a word too few."""
    uuid = program.make('示例路体育馆工程')
    write(program.place / '示例路体育馆' / '合同.pdf', 'placed')
    write(program.place / '谁也不知道.pdf', 'tray')
    program.good('match', str(program.place / '示例路体育馆'), str(program.place / '谁也不知道.pdf'))
    program.good('remove', uuid)
    code, undone, _ = program.call('match', '--undo')
    assert code == FAILED, undone
    assert undone['left'] == [{'record': uuid, 'slot': 'contract', 'filename': '合同.pdf'}], undone
    assert program.good('tray', 'list') == []
    program.good('bin', '--restore', uuid)
    again = program.good('match', str(program.place / '示例路体育馆'))
    assert (again['taken']['placed'], again['taken']['there']) == (0, 1), again['taken']
    assert program.call('match', '--undo')[0] == FAILED


def what_a_killed_program_left_goes(program):
    """Scans do not lie about unpacked, and nobody's are taken from under him."""
    program.make('示例湖泵站工程')
    killed = program.place / 'cache' / 'yeji' / 'intake-AAAAAA'
    write(killed / '0', 'left')
    used = program.place / 'cache' / 'yeji' / 'intake-BBBBBB'
    write(used / '0', 'used')
    path = program.place / '示例湖泵站.zip'
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr('合同.pdf', '%PDF-1.4\n%%EOF\n')
    with (used / 'lock').open('w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert program.call('match', '--dry-run', str(path))[0] == OK
        assert left_over(program) == [used], left_over(program)
        assert (used / '0').exists()
    assert program.call('match', '--dry-run', str(path))[0] == OK
    assert left_over(program) == []


def a_name_cannot_look_like_another(program):
    """Marks of direction, ends of lines and orders to the terminal are shown as what they are."""
    root = program.place / 'in'
    for i, mark in enumerate('\u202e\u2028\u2066\u200f\x1b\r'):
        write(root / f'合{mark}fdp.exe{i}.pdf', str(i))
    code, text, said = program.call('match', '--dry-run', str(root), json_wanted=False)
    assert code == OK, said
    assert len(text.splitlines()) == 6, text
    assert text.count('\ufffd') == 6, text
    code, plan, _ = program.call('match', '--dry-run', str(root))
    assert {item['path'][4] for item in plan['files']} == set('\u202e\u2028\u2066\u200f\x1b\r')


def many_entries_end_somewhere(program):
    """More files than are taken in one go: told once."""
    path = program.place / 'many.zip'
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr('first.txt', 'x')
        for i in range(20500):
            archive.writestr(f'{i}.txt', '')
    code, plan, _ = program.call('match', '--dry-run', str(path))
    assert code == FAILED
    assert [item['path'] for item in plan['files']] == ['many/first.txt'], plan['files'][:3]
    assert len(plan['skipped']) == 20000, len(plan['skipped'])
    assert plan['skipped'][-1]['reason'] == 'count', plan['skipped'][-1]
    assert [one['reason'] for one in plan['skipped']].count('count') == 1
    assert left_over(program) == []


def usage_is_told(program):
    """What makes no sense is exit 2, what is not there exit 1."""
    assert program.call('match')[0] == USAGE
    assert program.call('match', '--dry-run')[0] == USAGE
    assert program.call('match', '--undo', 'x')[0] == USAGE
    assert program.call('match', '--all', 'x')[0] == USAGE
    code, plan, _ = program.call('match', str(program.place / 'nothing'))
    assert code == FAILED and plan['skipped'][0]['reason'] == 'unreadable', plan
    write(program.place / 'a.pdf', 'a')
    assert program.call('match', '--record', NOBODY, str(program.place / 'a.pdf'))[0] == FAILED


CASES = [a_folder_goes_where_its_names_say, a_line_is_printed_for_every_file,
         a_hostile_archive_is_told_file_by_file, nothing_unpacked_stays,
         what_was_changed_since_stays_and_is_told,
         what_a_killed_program_left_goes, a_name_cannot_look_like_another, many_entries_end_somewhere, usage_is_told]


def main():
    """TAP for meson."""
    failed = 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory(prefix='yeji-test-') as place:
            try:
                case(Program(sys.argv[1], pathlib.Path(place)))
                print(f'ok {number} {case.__name__}')
            except Exception as reason:  # pylint: disable=broad-except
                failed = 1
                print(f'not ok {number} {case.__name__}')
                for line in (f'{type(reason).__name__}: {reason}').splitlines():
                    print(f'# {line}')
    return failed


sys.exit(main())
