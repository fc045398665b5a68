# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Personal numbers, tokens and the password are in no file of the client, whatever is done.

A clerk takes a record to a real province and back at the command line, changes it, there and in the
window, copies it and puts it back. After each of these, every file of the user and every word of
the programs and of the server is searched, with all that they have to say for programmers.
"""

import argparse
import base64
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile

import driver
from client import Client
from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from relay import Relay
from steps import holds, same, step
from terminal import OK, Terminal
from waiting import wait_until
from xsession import XSession

SAMPLE = 'complete-construction'
TYPED_NUMBER, TYPED_PHONE = '220102198001017654', '13987654321'
# Not a valid one, so that there is a problem to tell of it.
WINDOW_NUMBER, GRID_NUMBER = '220102197706054321', '220102196907054329'

HANDOVER = '石榴 lantern 渡船 orbit'

# Shorter ones are found by chance.
SHORTEST = 7

READER = """
import sqlite3, sys
database = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)
database.execute('BEGIN')
database.execute('SELECT count(*) FROM record').fetchone()
print('open', flush=True)
sys.stdin.read()
"""

# What is asked for by these is shown: it is the clerk's own.
SHOWING = (['show'], ['--json', 'show'], ['--json', 'history'])


def personal_fields(source):
    """Returns (member of the record, field) of every personal number."""
    for path in (source / 'data' / 'dictionary' / 'tables').glob('*.json'):
        table = json.loads(path.read_text(encoding='utf-8'))
        for field in table['fields']:
            if 'personal' in field:
                yield table['member'], field['id']


def personal_values(source, record):
    """Returns the personal numbers of a record."""
    found = set()
    for member, field in personal_fields(source):
        rows = record.get(member, [])
        for row in rows if isinstance(rows, list) else [rows]:
            if len(row.get(field, '')) >= SHORTEST:
                found.add(row[field])
    return found


def person_names(source, record):
    """Returns the names of the people in a record."""
    found = set()
    for path in (source / 'data' / 'dictionary' / 'tables').glob('*.json'):
        table = json.loads(path.read_text(encoding='utf-8'))
        rows = record.get(table['member'], [])
        for field in table['fields']:
            if '姓名' in field['label']['zh']:
                for row in rows if isinstance(rows, list) else [rows]:
                    found |= {row.get(field['id'], '')} - {''}
    return found


def base64_forms(data):
    """Yields what base64 makes of data, wherever in a text it stands: what no neighbour changes."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + data + bytes(2))
        whole = text[-(-before * 4 // 3):(before + len(data)) * 4 // 3]
        yield whole
        yield whole.translate(bytes.maketrans(b'+/', b'-_'))


def forms(secret):
    """Returns all the ways in which a secret may be written."""
    data = secret.encode()
    wide = secret.encode('utf-16-le')
    return {
        data, wide, secret.encode('utf-16-be'), data.hex().encode(), data.hex().upper().encode(),
        urllib.parse.quote(secret, safe='').encode(),
        ''.join(f'%{byte:02x}' for byte in data).encode(),
        ''.join(f'%{byte:02X}' for byte in data).encode(),
        *base64_forms(data), *base64_forms(wide),
    }


class Sealing(Terminal):
    """One record's way, with a look into every file."""

    def __init__(self, programs, session, place):
        super().__init__(programs, place / 'user')
        self.place.mkdir()
        self.session = session
        self.desktop = driver.Desktop(session.environment)
        self.client = None
        self.client_log = place / 'client.log'
        programs.environment['G_MESSAGES_DEBUG'] = 'all'
        self.province = Province(programs, place / 'province')
        self.province.start()
        self.relay = Relay(self.province.port)
        self.record = programs.sample(SAMPLE)
        self.uuid = self.record['uuid']
        self.values = personal_values(programs.source, self.record)
        self.names = person_names(programs.source, self.record)
        self.said = []
        self.reader = None

    def yeji(self, *words, code=OK, stdin=''):
        # Words for programmers come on standard output, too.
        self.programs.environment['G_MESSAGES_DEBUG'] = '' if '--json' in words else 'all'
        result = super().yeji(*words, code=code, stdin=stdin)
        self.said.append(result.err)
        if not any(list(words[:len(showing)]) == showing for showing in SHOWING):
            self.said.append(result.out)
        return result

    def report(self):
        window = [] if self.client is None else self.client.outline()
        return [*super().report(), *window]

    def stop(self):
        if self.client is not None:
            self.client.stop()
        self.let_go()
        self.relay.stop()
        self.province.stop()

    # The search

    def secrets(self):
        """What is to be found nowhere: the numbers, the password, what stands in its place."""
        return self.values | {PASSWORD} | self.relay.tokens()

    def logs(self):
        """Lists where the window, the server and the session put their words."""
        return [path for path in (self.client_log, self.province.directory / 'serve.log',
                                  *self.session.home.glob('*.log')) if path.exists()]

    def contents(self):
        """Yields name and bytes of every file, with those inside of one, and of every word."""
        for path in [*self.place.rglob('*'), *self.logs()]:
            if not path.is_file():
                continue
            yield str(path), path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield f'{path}: {name}', archive.read(name)
        for text in self.said:
            yield 'what was said', text.encode()

    def nowhere(self):
        """Fails if anything that is secret can be read anywhere."""
        secrets = {form: secret for secret in self.secrets() for form in forms(secret)}
        names = []
        for name, data in self.contents():
            names.append(name)
            for form, secret in secrets.items():
                holds(form not in data, f'{secret} is in {name}, as {form}')
        for path in self.logs():
            for name in self.names:
                holds(name.encode() not in path.read_bytes(), f'{name} is in {path}')
        return names

    def hold_open(self):
        """Reads beside the program, so that its log is not written back and stays.

        In a process of its own: who closes a file that he read gives up his locks on it.
        """
        self.reader = subprocess.Popen(
            [sys.executable, '-c', READER, str(self.profile / 'yeji.sqlite')],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        same(self.reader.stdout.readline(), b'open\n', 'the reader')

    def let_go(self):
        if self.reader is not None:
            self.reader.communicate(timeout=20)
        self.reader = None

    def body(self):
        """What the database has of the record, sealed as it is."""
        return self.client.stored('SELECT body FROM record WHERE uuid = ?', self.uuid)

    def value(self, member, index, field):
        return self.yeji('--json', 'show', self.uuid).json[member][index][field]

    # The steps

    @step('the samples are personal enough to be searched for')
    def begin(self):
        holds(len(self.values) >= 3, self.values)
        holds(len(self.names) >= 3, self.names)

    @step('signed in, with neither password nor token to be read')
    def sign_in(self):
        self.yeji('login', self.relay.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.hold_open()
        self.yeji('sync')
        holds(len(self.relay.tokens()) >= 2, self.relay.tokens())
        holds(self.relay.holds(PASSWORD), 'the password went to the province')
        self.nowhere()

    @step('imported, and typed into')
    def fill(self):
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            self.yeji('attach', self.uuid, line['slot'],
                      self.programs.documents / SAMPLE / line['file'])
        self.yeji('check', self.uuid)
        same(self.value('participants', 0, 'PersonPhone'),
             self.record['participants'][0]['PersonPhone'], 'the phone')
        names = self.nowhere()
        holds(any(name.endswith('-wal') for name in names), f'no log is open: {names}')

    @step('submitted: the province has the numbers, the computer has not')
    def submit(self):
        self.yeji('submit', self.uuid)
        self.yeji('sync')
        same(self.entry(self.uuid)['state'], 'submitted', 'the state')
        for value in self.values:
            holds(self.relay.holds(value), f'{value} did not go to the province')
        self.nowhere()

    @step('returned with a number in the reviewer\'s words')
    def returned(self):
        phone = self.record['participants'][0]['PersonPhone']
        point = {'pointer': '/participants/0/PersonPhone', 'comment': f'请核对 {phone}'}
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'return', {'points': [point]})
        self.yeji('sync')
        entry = self.entry(self.uuid)
        same(entry['state'], 'returned', 'the state')
        holds('请核对' in entry['points'][0]['comment'], entry['points'])
        self.nowhere()

    @step('changed, undone and done again')
    def undo(self):
        before = self.value('participants', 0, 'PersonPhone')
        self.values |= {TYPED_NUMBER, TYPED_PHONE}
        self.yeji('set', self.uuid, '/participants/0/PersonPhone', TYPED_PHONE)
        self.yeji('set', self.uuid, '/participants/-/PersonIDCard', TYPED_NUMBER)
        self.yeji('undo', self.uuid)
        self.yeji('undo', self.uuid)
        same(self.value('participants', 0, 'PersonPhone'), before, 'the phone before')
        self.yeji('redo', self.uuid)
        same(self.value('participants', 0, 'PersonPhone'), TYPED_PHONE, 'the phone again')
        self.yeji('history', self.uuid)
        self.yeji('--json', 'history', self.uuid)
        self.yeji('search', TYPED_PHONE)
        self.said.pop()                # what was looked for may be told
        self.nowhere()

    @step('opened in the window, and a number typed over a masked one')
    def type_in_window(self):
        self.values |= {WINDOW_NUMBER, GRID_NUMBER}
        before = self.value('participants', 0, 'PersonIDCard')
        self.programs.environment['G_MESSAGES_DEBUG'] = 'all'
        self.client = Client(self.programs, self.desktop, self.profile, self.client_log)
        self.client.open_record(self.record['project']['PrjName'])
        self.client.show_as_grid('participants')
        self.client.open_row('participants', 0, 'CorpName')
        entry = self.client.show('participants', 'PersonIDCard')
        holds(len(entry.text) == len(before) and before[6:14] not in entry.text, 'it is masked')
        stored = self.body()
        self.client.app.enter(entry, WINDOW_NUMBER)
        wait_until(lambda: self.body() != stored, 'what was typed is not saved')
        self.client.app.focus(self.client.show('participants', 'CorpName'))
        wait_until(lambda: WINDOW_NUMBER not in entry.text, 'it is not masked again')
        self.nowhere()
        self.type_in_grid()
        self.client.close()
        self.client = None
        words = self.client_log.read_text(errors='replace')
        holds('-DEBUG' in words, f'the window says nothing for programmers: {words}')
        same(self.value('participants', 0, 'PersonIDCard'), GRID_NUMBER, 'the number')
        holds({self.client_log, self.province.directory / 'serve.log'} <= set(self.logs()),
              self.logs())
        self.nowhere()

    def type_in_grid(self):
        """Types another number over the one in the table, where it is masked, too."""
        self.desktop.keys('Escape')
        self.client.walk_to_cell('participants', 0, 'PersonIDCard')
        page = self.client.page('participants')
        holds(not page.look(containing=WINDOW_NUMBER[6:14]), 'it is masked in the table')
        stored = self.body()
        self.desktop.type(GRID_NUMBER)
        self.desktop.keys('Return')
        wait_until(lambda: self.body() != stored, 'what was typed in the table is not saved')
        holds(not page.look(containing=GRID_NUMBER[6:14]), 'the other one is, too')

    @step('backed up, into the profile and into one file')
    def back_up(self):
        self.yeji('backup')
        done = self.yeji('backup', self.place / 'moving.yeji')
        holds(done.err, 'without a recovery code it is warned')
        names = self.nowhere()
        holds(any(name.endswith('moving.yeji: yeji.sqlite') for name in names), names)
        holds(any('/backups/' in name for name in names), names)

    @step('restored from the one and from the other')
    def restore(self):
        self.let_go()
        backup = next(line['name'] for line in self.yeji('--json', 'backup', '--list').json
                      if line['kind'] == 'manual')
        self.yeji('set', self.uuid, '/participants/0/PersonPhone', '')
        self.yeji('restore', backup)
        same(self.value('participants', 0, 'PersonPhone'), TYPED_PHONE, 'the phone')
        self.yeji('restore', self.place / 'moving.yeji', '--to', self.place / 'moved')
        self.nowhere()

    @step('handed over to another computer, whose key is another one')
    def hand_over(self):
        package = self.place / '移交.yeji-package'
        colleague = self.place / 'colleague'
        self.yeji('pack', package, self.uuid, stdin=HANDOVER + '\n')
        self.values.add(HANDOVER)
        profile, self.profile = self.profile, colleague
        self.yeji('unpack', package, '--dry-run', stdin=HANDOVER + '\n')
        self.nowhere()
        self.yeji('unpack', package, stdin=HANDOVER + '\n')
        same(self.value('participants', 0, 'PersonPhone'), TYPED_PHONE, 'the phone there')
        self.profile = profile
        names = self.nowhere()
        holds(any(name.endswith('.yeji-package') for name in names), names)

    @step('sealed with a new key, given a recovery code, and still signed in')
    def rotate(self):
        self.hold_open()
        self.yeji('key', '--rotate')
        code = self.yeji('--json', 'key', '--recovery-code').out.strip()
        self.said.remove(code + '\n')
        self.said.append(self.yeji('--json', 'key', '--status').out)
        self.yeji('sync')
        same(self.value('participants', 0, 'PersonPhone'), TYPED_PHONE, 'the phone')
        self.values.add(code)
        holds(len(code) > 30, 'a code')
        done = self.yeji('backup', self.place / 'moving-2.yeji')
        same(done.err, '', 'with a recovery code there is no warning')
        self.nowhere()
        self.let_go()

    @step('and all of it lies in no free page when everything is closed')
    def closed(self):
        self.yeji('remove', self.uuid)
        self.yeji('bin', '--empty')
        self.nowhere()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with XSession('1280x720') as session, \
            tempfile.TemporaryDirectory(prefix='yeji-sealing-') as name, \
            contextlib.ExitStack() as end:
        place = pathlib.Path(name)
        user = place / 'user'
        driver.connect(session.environment)
        programs = Programs(arguments.build, arguments.source, {
            **session.environment,
            'HOME': str(user / 'home'),
            'XDG_CONFIG_HOME': str(user / 'config'),
            'XDG_DATA_HOME': str(user / 'data'),
            'XDG_CACHE_HOME': str(user / 'cache'),
            'XDG_STATE_HOME': str(user / 'state'),
        })
        story = Sealing(programs, session, place)
        end.callback(story.stop)
        return 0 if story.tell() else 1


if __name__ == '__main__':
    code = main()
    sys.stdout.flush()
    # What is left of libatspi at an orderly end may still fall, and is no part of the story.
    os._exit(code)
