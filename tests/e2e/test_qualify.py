# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""From approved records to the list at the province that an application carries."""

import argparse
import csv
import json
import pathlib
import sqlite3
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from terminal import FAILED, INVALID, OFFLINE, USAGE, Terminal

SAMPLE = 'complete-construction'
LISTS = '/v1/qualification-applications'
SECOND = '6f1c2d3e-4a5b-4c6d-8e7f-102030405777'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report',
         'completion_filing', 'project_approval')


class Qualification(Terminal):
    """An enterprise, its reviewer, and a list of representative works."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        self.first = None
        self.list = None

    def take(self, uuid, name):
        """Imports the sample as another project and submits it."""
        record = json.loads((self.programs.samples / f'{SAMPLE}.json').read_text(encoding='utf-8'))
        record['uuid'] = uuid
        record['project']['PrjName'] = name
        path = self.place / f'{uuid}.json'
        path.write_text(json.dumps(record), encoding='utf-8')
        self.yeji('import', path)
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for slot in SLOTS:
            files = [self.programs.documents / SAMPLE / line['file'] for line in plan[SAMPLE]
                     if line['slot'] == slot]
            self.yeji('attach', uuid, slot, *files)
        self.yeji('submit', uuid)

    def there(self):
        """The lists that the province has."""
        answer = Visitor(self.province.url, ENTERPRISE).ask('GET', LISTS)
        same(answer.status, 200, answer)
        return answer.body['applications']

    @step('two records are submitted, and neither can be ticked yet')
    def submitted(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.first = json.loads((self.programs.samples / f'{SAMPLE}.json')
                                .read_text(encoding='utf-8'))['uuid']
        self.take(self.first, '示例代表工程甲（虚构）')
        self.take(SECOND, '示例代表工程乙（虚构）')
        candidates = self.yeji('--json', 'qualify', 'construction', '--candidates').json
        same(len(candidates), 2, 'candidates')
        same({reason['id'] for candidate in candidates for reason in candidate['reasons']},
             {'not_approved'}, 'why not')
        self.yeji('qualify', 'construction', self.first, code=INVALID)
        self.yeji('qualify', 'construction', code=USAGE)
        self.yeji('qualify', 'no-such-kind', self.first, code=FAILED)

    @step('what the city approved can be ticked, and is added up by indicator')
    def approved(self):
        reviewer = Visitor(self.province.url, CITY_REVIEWER)
        for uuid in (self.first, SECOND):
            reviewer.decide(uuid, 'approve', {})
        self.yeji('sync')
        candidates = self.yeji('--json', 'qualify', 'construction', '--candidates').json
        same([candidate['counts'] for candidate in candidates], [True, True], 'they count')
        same(candidates[0]['values']['contract_sum'], '2928.28', 'what one brings')
        design, = {reason['id'] for candidate in
                   self.yeji('--json', 'qualify', 'survey_design', '--candidates').json
                   for reason in candidate['reasons']}
        same(design, 'role', 'why not for designers')

    @step('a list is made without a network, and sent when there is one, once')
    def offline(self):
        url = self.province.port
        self.province.stop()
        made = self.yeji('--json', 'qualify', 'construction', self.first, '--name', '一级资质（虚构）',
                         code=OFFLINE)
        holds('yeji sync' in made.err, made)
        kept, = self.yeji('--json', 'qualify', '--list').json
        same((kept['state'], kept['name']), ('queued', '一级资质（虚构）'), 'it waits')
        self.list = kept['id']
        self.province.start(url)
        self.yeji('sync')
        self.yeji('sync')
        line, = self.there()
        same((line['name'], line['state']), ('一级资质（虚构）', 'open'), 'the list at the province')
        same([record['uuid'] for record in line['records']], [self.first], 'what it carries')
        kept, = self.yeji('--json', 'qualify', '--list').json
        same((kept['id'], kept['state'], kept['server_id']), (self.list, 'open', line['id']), 'here')

    @step('it can be handed to others as a table, as JSON and on paper')
    def given(self):
        table, paper = self.place / 'list.csv', self.place / 'list.pdf'
        shown = self.yeji('--json', 'qualify', '--show', self.list, '--csv', table, '--pdf',
                          paper).json
        totals = {total['id']: total['value'] for total in shown['totals']}
        same((totals['works'], totals['contract_sum'], totals['height_max']),
             ('1', '2928.28', '21.6'), 'the totals')
        rows = list(csv.reader(table.read_text(encoding='utf-8-sig').splitlines()))
        same((len(rows), rows[1][1], rows[2][0]), (3, '示例代表工程甲（虚构）', '合计'), 'the table')
        same(len({len(row) for row in rows}), 1, 'its columns')
        holds(paper.read_bytes().startswith(b'%PDF'), 'a PDF')

    @step('a record used twice is said, here and at the province, before and after')
    def twice(self):
        made = self.yeji('qualify', 'construction', SECOND, self.first, code=FAILED)
        holds('一级资质（虚构）' in made.err, made)
        same(len(self.there()), 1, 'nothing was made')
        # what this computer does not know of, the province does
        body = {'kind': 'construction', 'name': '乙处的清单（虚构）', 'records': [SECOND]}
        answer = Visitor(self.province.url, ENTERPRISE).ask('POST', LISTS, body,
                                                            Idempotency_Key='elsewhere')
        same(answer.status, 201, answer)
        made = self.yeji('--json', 'qualify', 'construction', SECOND, '--name', '甲处的清单',
                         code=FAILED)
        holds('乙处的清单（虚构）' in made.err, made)
        same(made.json['state'], 'refused', 'what was made here')
        sent = self.yeji('--json', 'qualify', '--send', made.json['id'], '--again')
        same(sent.json['state'], 'open', 'it was meant')
        holds('乙处的清单（虚构）' in sent.err, sent)
        self.yeji('qualify', '--withdraw', made.json['id'])
        states = sorted(line['state'] for line in self.there())
        same(states, ['open', 'open', 'withdrawn'], 'taken back')

    @step('what is revoked is told in the list, and no application carries it')
    def revoked(self):
        self.province.stop()
        self.revoke(self.first)
        self.province.start()
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('sync')
        line, = [line for line in self.there() if line['name'] == '一级资质（虚构）']
        same((line['n_lost'], line['records'][0]['counts']), (1, False), 'the list')
        kept, = [kept for kept in self.yeji('--json', 'qualify', '--list').json
                 if kept['id'] == self.list]
        same(kept['n_lost'], 1, 'told here')
        answer = Visitor(self.province.url, CITY_REVIEWER).ask(
            'POST', f'{LISTS}/{line["id"]}:use', {'application': '吉建资（虚构）1'})
        same(answer.status, 409, answer)

    def revoke(self, uuid):
        """The record becomes a revoked one behind the server's back."""
        database = sqlite3.connect(self.place / 'province' / 'province.db')
        with database:
            database.execute("UPDATE record SET state = 'revoked' WHERE uuid = ?", [uuid])
        database.close()

    @step('a list that an application carries cannot be taken back')
    def used(self):
        line, = [line for line in self.there() if line['name'] == '乙处的清单（虚构）']
        answer = Visitor(self.province.url, CITY_REVIEWER).ask(
            'POST', f'{LISTS}/{line["id"]}:use', {'application': '吉建资（虚构）1'})
        same((answer.status, answer.body['state']), (200, 'used'), answer)
        self.yeji('sync')
        kept, = [kept for kept in self.yeji('--json', 'qualify', '--list').json
                 if kept['server_id'] == line['id']]
        same((kept['state'], kept['application']), ('used', '吉建资（虚构）1'), 'here')
        self.yeji('qualify', '--withdraw', kept['id'], code=FAILED)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='yeji-qualify-') as place:
        programs = Programs(arguments.build, arguments.source)
        story = Qualification(programs, pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            if story.province is not None:
                story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
