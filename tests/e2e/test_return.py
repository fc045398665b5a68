# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The story of a return: from a reviewer who may not review yet, over the points that reach the
very fields in the client, to the grade that a higher office changes."""

import argparse
import json
import pathlib
import sys
import tempfile

from programs import Programs
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, PROVINCE_REVIEWER, Province, Visitor
from steps import holds, same, step
from terminal import Terminal

SAMPLE = 'complete-construction'
UUID = '6f1c2d3e-4a5b-4c6d-8e7f-102030405001'
PATH = f'/v1/records/{UUID}'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')
NEWCOMER, ADMINISTRATOR = 'weidengji', 'guanli'
NAME, COUNTY, SECTION = '吴审核（虚构）', '220104', '建筑业管理科'
OFFICE = '朝阳区住房和城乡建设局建筑业管理科'
ADDRESS, MENDED = '/project/Address', '长春市朝阳区示例大街2号（虚构）'
POINTS = [
    {'pointer': ADDRESS, 'comment': '门牌号与施工许可证不一致'},
    {'pointer': '/contracts/0/RecordNum', 'comment': '请核对合同备案编号'},
    {'pointer': '/documents/contract', 'comment': '缺签字页'},
]
MESSAGE = '请按意见修改后重新提交'


class Returned(Terminal):
    """A clerk, a reviewer of the county who is new, the city, and the province."""

    def __init__(self, programs, place):
        super().__init__(programs, place)
        self.province = None
        self.newcomer = None

    def visitor(self, user):
        return Visitor(self.province.url, user)

    def good(self, who, method, path, body=None, status=200, **headers):
        """Asks and fails unless it is answered so."""
        answer = who.ask(method, path, body, **headers)
        same(answer.status, status, f'{method} {path}: {answer}')
        return answer

    def look(self, who=None):
        return self.good(who or self.newcomer, 'GET', f'{PATH}/review').body

    def decide(self, who, verb, body=None, status=200):
        tag = self.good(who, 'GET', PATH).headers['ETag']
        return self.good(who, 'POST', f'{PATH}:{verb}', body, status, If_Match=tag)

    def shown(self):
        """The line of the client's list, with what the province said."""
        self.yeji('sync')
        return self.entry(UUID)

    # The way

    @step('the clerk submits a record with its documents')
    def submit(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            if line['slot'] in SLOTS:
                self.yeji('attach', UUID, line['slot'],
                          self.programs.documents / SAMPLE / line['file'])
        self.yeji('login', self.province.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('submit', UUID)
        same(self.entry(UUID)['state'], 'submitted', 'the state')

    @step('a reviewer who is not registered sees what is missing, and cannot review')
    def unregistered(self):
        self.newcomer = self.visitor(NEWCOMER)
        account = self.good(self.newcomer, 'GET', '/v1/account').body
        same((account['registered'], account['missing']),
             (False, ['display_name', 'office', 'department']), 'what is missing')
        for path in ('/v1/reviews', PATH, f'{PATH}/review'):
            self.good(self.newcomer, 'GET', path, status=403)
        self.good(self.newcomer, 'POST', f'{PATH}:approve', {}, 403, If_Match='"r1"')

    @step('the administrator puts his office right, and he his own name and section')
    def register(self):
        self.good(self.visitor(ADMINISTRATOR), 'PATCH', f'/v1/users/{NEWCOMER}',
                  {'office': COUNTY})
        offices = self.good(self.newcomer, 'GET', '/v1/offices').body['offices']
        holds({'changchun-new-area', 'changbaishan', COUNTY} <= {each['id'] for each in offices},
              'the offices')
        account = self.good(self.newcomer, 'PATCH', '/v1/account',
                            {'display_name': NAME, 'department': SECTION}).body
        same((account['registered'], account['office']['level'], account['areas']),
             (True, 'county', [COUNTY]), 'the account')
        self.good(self.newcomer, 'PATCH', '/v1/account', {'office': 'province'}, 403)

    @step('he finds the record in the queue of his area, and has it alone')
    def claim(self):
        line = self.newcomer.waits_for_review(UUID)
        same((line['area'], line['n_documents'], line['resubmission'], line['claim']),
             (COUNTY, len(SLOTS), False, None), 'the line of the queue')
        claim = self.good(self.newcomer, 'POST', f'{PATH}:claim').body['claim']
        same((claim['by'], claim['office'], claim['mine']), (NAME, OFFICE, True), 'the claim')
        refused = self.good(self.visitor(CITY_REVIEWER), 'POST', f'{PATH}:claim', status=409)
        same(refused.body['claim']['by'], NAME, 'who has it')

    @step('he takes a wrong decision back at once, and the clerk still waits')
    def undo(self):
        decided = self.decide(self.newcomer, 'approve', {}).body
        holds(decided['undo_until'], 'until when it can be taken back')
        same(self.shown()['grade'], 'C', 'the client has heard of it')
        self.decide(self.newcomer, 'undo')
        record = self.shown()
        same((record['state'], record['grade']), ('submitted', None), 'the client')
        holds(self.visitor(None).public_project(UUID) is None, 'nothing is public')

    @step('he returns it, and the points reach the very fields in the client')
    def give_back(self):
        self.decide(self.newcomer, 'return', {'message': MESSAGE, 'points': POINTS})
        record = self.shown()
        same(record['state'], 'returned', 'the state')
        same([{name: point[name] for name in ('pointer', 'comment')}
              for point in record['points']], POINTS, 'the points')
        same(record['message'], MESSAGE, 'the message')
        holds(NAME in json.dumps(record, ensure_ascii=False), 'who returned it')

    @step('the clerk mends the field and submits again')
    def mend(self):
        self.yeji('set', UUID, ADDRESS, MENDED)
        self.yeji('submit', UUID)
        same(self.entry(UUID)['state'], 'submitted', 'the state')

    @step('the reviewer sees only what changed, and what became of his points')
    def compare(self):
        seen = self.look()
        same([(line['pointer'], line['after']) for line in seen['diff']], [(ADDRESS, MENDED)],
             'what changed')
        same([point['state'] for point in seen['previous']['points']], ['mended', 'open', 'open'],
             'what became of the points')
        same([event['kind'] for event in seen['history']],
             ['submitted', 'approved', 'undone', 'returned', 'submitted'], 'the history')
        holds(self.newcomer.waits_for_review(UUID)['resubmission'], 'the queue says so')

    @step('he hands it to the city, which alone decides now')
    def hand(self):
        self.decide(self.newcomer, 'hand', {'office': '220100', 'reason': '超出本级权限'})
        refused = self.decide(self.newcomer, 'approve', {}, 409)
        holds('长春市' in refused.body['detail'], refused)
        holds(not self.newcomer.queue(), 'it is in his queue no more')
        city = self.visitor(CITY_REVIEWER)
        same(self.look(city)['outcome'], {'complete': True, 'grade': 'B'}, 'what would come of it')
        self.decide(city, 'approve', {})

    @step('the grade follows from the level of the city, its name is on every table')
    def approved(self):
        record = self.shown()
        same((record['state'], record['grade']), ('approved', 'B'), 'the client')
        body = self.good(self.visitor(CITY_REVIEWER), 'GET', PATH).body['record']
        signed = 0
        for rows in (value if isinstance(value, list) else [value] for name, value in body.items()
                     if name == 'project' or isinstance(value, list)):
            for row in rows:
                if 'CheckDepartName' in row:
                    same((row['CheckDepartName'][:3], row['CheckPersonName']),
                         ('长春市', '王审核'), row)
                    signed += 1
        holds(signed > 5, f'{signed} rows are signed')

    @step('the province changes it, and says why')
    def regrade(self):
        self.decide(self.visitor(PROVINCE_REVIEWER), 'regrade', {'reason': '省级抽查确认'})
        same(self.shown()['grade'], 'A', 'the grade in the client')
        last = self.look()['history'][-1]
        same((last['kind'], last['before']['grade'], last['grade'], last['message']),
             ('regraded', 'B', 'A', '省级抽查确认'), 'the history')
        project = self.visitor(None).public_project(UUID)
        same((project['grade'], project['reviewer']), ('A', '李审核'), 'the public page')

    def end(self):
        if self.province is not None:
            self.province.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='yeji-') as place:
        story = Returned(Programs(arguments.build, arguments.source), pathlib.Path(place))
        try:
            return 0 if story.tell() else 1
        finally:
            story.end()


if __name__ == '__main__':
    sys.exit(main())
