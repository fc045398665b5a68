# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What becomes of an approved record: corrected, withdrawn, completed, revoked; from the client to
the decision and the public page."""

import argparse
import json
import pathlib
import sqlite3
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, PROVINCE_REVIEWER, Province, Visitor
from steps import holds, same, step
from terminal import FAILED, INVALID, OFFLINE, USAGE, Terminal

SAMPLE = 'complete-construction'
UUID = '6f1c2d3e-4a5b-4c6d-8e7f-102030405001'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')
POINTER = '/project/Address'
NEW = '长春市朝阳区示例大街2号（虚构）'
PERSON = '周增补（虚构）'
CARD = '220102199003071235'
# what approval writes
STAMPS = ('CheckDepartName', 'CheckPersonName', 'CheckDate', 'DataLevel')
NEWER = '长春市朝阳区示例大街3号（虚构）'


class Corrections(Terminal):
    """An enterprise, the city that approved its record, and the province."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None

    @property
    def documents(self):
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        return {slot: [self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                       if line['slot'] == slot] for slot in SLOTS}

    @property
    def scan(self):
        return self.documents['contract'][0]

    def shown(self):
        """The project as everybody sees it."""
        answer = Visitor(self.province.url).ask('GET', f'/v1/public/projects/{UUID}')
        same(answer.status, 200, answer)
        return answer.body

    def state(self):
        entry, = [line for line in self.yeji('--json', 'list').json if line['uuid'] == UUID]
        return entry['state']

    def asked(self):
        """What was asked for, the newest first."""
        return self.yeji('--json', 'correct', UUID, '--list').json

    def there(self, state='requested'):
        answer = Visitor(self.province.url, PROVINCE_REVIEWER).ask(
            'GET', f'/v1/corrections?state={state}')
        same(answer.status, 200, answer)
        return answer.body['corrections']

    def decide(self, verb, message):
        waiting, = self.there()
        answer = Visitor(self.province.url, PROVINCE_REVIEWER).ask(
            'POST', f'/v1/corrections/{waiting["id"]}:{verb}', {'message': message})
        same(answer.status, 200, answer)
        return answer.body

    @step('a record is approved and public')
    def approved(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        for slot, files in self.documents.items():
            self.yeji('attach', UUID, slot, *files)
        self.yeji('submit', UUID)
        Visitor(self.province.url, CITY_REVIEWER).decide(UUID, 'approve', {})
        self.yeji('sync')
        same(self.state(), 'approved', 'here')

    @step('a correction is a draft of its own, and says what is missing before it is sent')
    def drafted(self):
        self.yeji('correct', UUID, '--set', 'x', code=USAGE)
        self.yeji('correct', UUID, '--set', '/nowhere=1', code=USAGE)
        self.yeji('correct', UUID, '--set', '/project/DataLevel=A', code=USAGE)
        self.yeji('correct', UUID, '--set', f'{POINTER}={NEW}', '--draft')
        self.yeji('correct', UUID, '--reason', '门牌号有误（虚构）', code=INVALID)
        draft, = self.asked()
        same((draft['state'], draft['reason']), ('draft', '门牌号有误（虚构）'), 'the draft')
        same([(one['pointer'], one['after']) for one in draft['changes']], [(POINTER, NEW)], 'of it')
        same(self.state(), 'approved', 'the record itself')

    @step('it waits while there is no network, and goes there once with its evidence')
    def sent(self):
        port = self.province.port
        self.province.stop()
        self.yeji('correct', UUID, '--evidence', self.scan, code=OFFLINE)
        same(self.state(), 'correction_requested', 'while it waits')
        self.province.start(port)
        self.yeji('sync')
        self.yeji('sync')
        waiting, = self.there()
        same((waiting['kind'], waiting['reason'], len(waiting['evidence'])),
             ('correction', '门牌号有误（虚构）', 1), 'at the province')
        before = waiting['changes'][0]['before']
        same(self.shown()['tables']['project']['Address'], before, 'what is public')
        scan = Visitor(self.province.url, PROVINCE_REVIEWER).ask(
            'HEAD', f'/v1/files/{waiting["evidence"][0]["id"]}')
        holds(scan.status in (200, 405, 403), scan)

    @step('what is refused says why, and everything stays as it was')
    def refused(self):
        self.decide('refuse', '依据不足，请附派出所证明（虚构）')
        self.yeji('sync')
        same(self.state(), 'approved', 'here')
        told, = self.asked()
        same((told['state'], told['message']), ('refused', '依据不足，请附派出所证明（虚构）'), 'told')
        holds('依据不足' in self.yeji('show', UUID).out, 'in words')

    @step('what is granted changes the record, its page and the history')
    def granted(self):
        self.yeji('correct', UUID, '--reason', '门牌号有误（虚构）', '--set', f'{POINTER}={NEW}',
                  '--evidence', self.scan)
        decided = self.decide('grant', '属实（虚构）')
        same(decided['state'], 'granted', 'the decision')
        self.yeji('sync')
        same(self.state(), 'approved', 'here')
        same(self.yeji('--json', 'show', UUID).json['project']['Address'], NEW, 'the record')
        same(self.asked()[0]['state'], 'granted', 'the application')
        holds(NEW in self.yeji('history', UUID, POINTER).out, 'the history')
        page = self.shown()
        same(page['tables']['project']['Address'], NEW, 'what is public')
        holds('门牌号有误（虚构）' in json.dumps(page, ensure_ascii=False), 'the public trace')

    @step('a row that was forgotten is added, with its values, and confirmed by who grants it')
    def row_added(self):
        old = self.yeji('--json', 'show', UUID).json['participants']
        new = f'/participants/{len(old)}'
        values = {name: value for name, value in old[0].items() if name not in ('id', *STAMPS)}
        values.update(PersonName=PERSON, PersonIDCard=CARD)
        self.yeji('correct', UUID, '--add-row', '/project', code=USAGE)
        self.yeji('correct', UUID, '--set', f'{new}/PersonName=x', code=USAGE)
        self.yeji('correct', UUID, '--reason', '漏报一人（虚构）', '--add-row', '/participants',
                  '--add-row', '/participants', '--unset', f'/participants/{len(old) + 1}',
                  *(word for name, value in values.items()
                    for word in ('--set', f'{new}/{name}={value}')),
                  '--evidence', self.scan)
        waiting, = self.there()
        same([one.get('row') for one in waiting['changes']],
             ['added'] + [None] * len([value for value in values.values() if value]), 'asked for')
        self.decide('grant', '属实（虚构）')
        self.yeji('sync')
        rows = self.yeji('--json', 'show', UUID).json['participants']
        same(len(rows), len(old) + 1, 'the record')
        same((rows[-1]['PersonName'], rows[-1]['PersonIDCard']), (PERSON, CARD), 'the row')
        same(rows[:-1], old, 'the others')
        page = json.dumps(self.shown(), ensure_ascii=False)
        holds(PERSON in page and '"row": "added"' in page, page[-2000:])
        holds(CARD not in page, 'a personal number is public')
        with sqlite3.connect(self.province.directory / 'province.db') as database:
            text, = database.execute('SELECT body FROM record WHERE uuid = ?', [UUID]).fetchone()
        last = json.loads(text)['participants'][-1]
        same({name: bool(last.get(name)) for name in STAMPS if name in json.loads(text)
              ['participants'][0]}, {name: True for name in STAMPS if name in json.loads(text)
                                     ['participants'][0]}, 'who confirmed it')

    @step('a row that is wrong is taken out, and its values stay on the public trace')
    def row_removed(self):
        old = self.yeji('--json', 'show', UUID).json['participants']
        last = f'/participants/{len(old) - 1}'
        self.yeji('correct', UUID, '--remove-row', '/project', code=USAGE)
        self.yeji('correct', UUID, '--remove-row', last, '--set', f'{last}/PersonName=x',
                  code=USAGE)
        self.yeji('correct', UUID, '--reason', '此人未参与（虚构）', '--remove-row', last,
                  '--set', '/participants/0/PersonName=改名（虚构）', '--evidence', self.scan)
        self.decide('grant', '')
        self.yeji('sync')
        rows = self.yeji('--json', 'show', UUID).json['participants']
        same([row['PersonName'] for row in rows],
             ['改名（虚构）', *(row['PersonName'] for row in old[1:-1])], 'the record')
        page = self.shown()
        names = [row['PersonName'] for row in page['tables']['participants']]
        holds(PERSON not in names and '改名（虚构）' in names, names)
        trace = json.dumps(page, ensure_ascii=False)
        holds('"row": "removed"' in trace and PERSON in trace, 'the trace')
        holds(CARD not in trace, 'a personal number is public')
        states = [(one['state'], [change.get('row') for change in one['changes']])
                  for one in self.asked()[:1]]
        same(states, [('granted', ['removed', None])], 'here')

    @step('an answer that was lost is found again, and a decision meets a draft')
    def lost(self):
        self.yeji('correct', UUID, '--reason', '再次修正（虚构）', '--set', f'{POINTER}={NEWER}',
                  '--evidence', self.scan)
        self.decide('grant', '')
        # as if the program had been killed before it noted the answer
        self.yeji('correct', UUID, '--draft', '--set', '/project/PrjSize=另稿（虚构）')
        profile, = self.place.rglob('yeji.sqlite')
        with sqlite3.connect(profile) as database:
            database.execute("UPDATE petition SET state = 'queued', there = NULL, begun = 1"
                             " WHERE reason = '再次修正（虚构）'")
        self.yeji('sync')
        self.yeji('sync')
        states = {one['reason']: one['state'] for one in self.asked()}
        same(states['再次修正（虚构）'], 'granted', 'it was one application')
        same(len(self.there('granted')), 4, 'at the province')
        draft, = [one for one in self.asked() if one['state'] == 'draft']
        same(draft['changes'][0]['after'], '另稿（虚构）', 'the draft is kept')
        self.yeji('correct', UUID, '--discard')

    @step('a record of grade D is completed and approved anew, its copy being public meanwhile')
    def completed(self):
        self.province.stop()
        with sqlite3.connect(self.province.directory / 'province.db') as database:
            database.execute("UPDATE record SET grade = 'D', revision = revision + 100")
            database.execute("UPDATE publication SET grade = 'D'")
            database.execute(
                "INSERT INTO change (enterprise, uuid, revision, state, grade, office, reviewer,"
                " message, points, at, record) SELECT enterprise, uuid, revision, state, grade,"
                " office, reviewer, '缺项目地址（虚构）',"
                " '[{\"pointer\": \"/project/Address\", \"comment\": \"缺少\"}]',"
                " '2030-01-01T00:00:00.000Z', NULL FROM record")
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('sync')
        same(self.state(), 'incomplete', 'here')
        holds('缺项目地址' in self.yeji('show', UUID).out, 'what is missing')
        self.yeji('correct', UUID, '--reason', 'x', '--set', f'{POINTER}={NEW}', '--evidence',
                  self.scan, code=INVALID)
        self.yeji('correct', UUID, '--discard')
        self.yeji('set', UUID, POINTER, '长春市朝阳区示例大街4号（虚构）')
        self.yeji('submit', UUID)
        same(self.shown()['tables']['project']['Address'], NEWER, 'while it is reviewed')
        Visitor(self.province.url, CITY_REVIEWER).decide(UUID, 'approve', {})
        self.yeji('sync')
        same(self.state(), 'approved', 'here')
        same(self.shown()['tables']['project']['Address'], '长春市朝阳区示例大街4号（虚构）', 'now')

    @step('an application can be taken back, and a withdrawal is granted by the province')
    def withdrawn(self):
        self.yeji('correct', UUID, '--withdrawal', '--reason', '重复申报（虚构）')
        same(self.state(), 'correction_requested', 'it waits')
        self.yeji('correct', UUID, '--cancel')
        same((self.state(), self.there()), ('approved', []), 'it does not any more')
        self.yeji('correct', UUID, '--cancel', code=FAILED)
        self.yeji('correct', UUID, '--withdrawal', '--reason', '重复申报（虚构）')
        self.decide('grant', '')
        self.yeji('sync')
        same(self.state(), 'withdrawn', 'here')

    @step('what is revoked says so, and is of no more use')
    def revoked(self):
        self.yeji('submit', UUID)
        Visitor(self.province.url, CITY_REVIEWER).decide(UUID, 'approve', {})
        self.yeji('sync')
        Visitor(self.province.url, PROVINCE_REVIEWER).decide(UUID, 'revoke',
                                                             {'reason': '合同系伪造（虚构）'})
        self.yeji('sync')
        same(self.state(), 'revoked', 'here')
        holds('合同系伪造' in self.yeji('show', UUID).out, 'why')
        self.yeji('set', UUID, POINTER, 'x', code=FAILED)
        self.yeji('submit', UUID, code=FAILED)
        holds('合同系伪造' in json.dumps(self.shown(), ensure_ascii=False), 'the public trace')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-correct-') as place:
        story = Corrections(Programs(arguments.build, arguments.source), pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.province is not None:
                story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
