# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""One record's way from an empty form to the public page, through the window by keys and clicks."""

import json
import subprocess

from apart import apart
from client import Client
from province import CITY_REVIEWER, ENTERPRISE, PASSWORD, Province, Visitor
from steps import holds, same, step
from waiting import wait_until
from window_story import WindowStory, run

SAMPLE = 'complete-construction'
ONGOING = 'broken-10-ongoing'
# PDF files and JPEGs; the first four are what the role must have.
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report', 'project_approval')
# A letter O where a zero belongs: what eyes do not see.
WRONG_CODE = '1222O104000000115K'
# What is typed into the cells of two lines.
UNITS = ((('SubPrjName', 'Block A'), ('Invest', '2100'), ('BuildArea', '9000.5')),
         (('SubPrjName', 'Block B'), ('Invest', '820.25'), ('BuildArea', '3000')))
REMARK = '金额与合同原件不一致，请核对'
SECOND_REMARK = '合同缺少签章页'
EXPLANATION = '签章在合同第二页（虚构）'
WHERE_ONGOING_BELONGS = '工程建设项目审批管理系统'


class OneRecord(WindowStory):
    """A clerk, a province that is not there at first, and a reviewer of the city."""

    def __init__(self, programs, desktop, place, pictures):
        super().__init__(programs, desktop, place, pictures)
        self.uuid = None
        self.project = programs.sample(SAMPLE)['project']
        self.ongoing = programs.sample(ONGOING)

    def document(self, slot):
        """Finds the sample document of a slot."""
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        name = next(line['file'] for line in plan[SAMPLE] if line['slot'] == slot)
        return self.programs.documents / SAMPLE / name

    # The way

    @step('the client starts with no network, on an empty profile, with nobody signed in')
    def start_offline(self):
        self.client = self.open_client()
        self.client.says('Sign In…')

    @step('a new record is begun')
    def new_record(self):
        self.uuid = self.client.new_record()

    @step('what is typed and pasted stands in the fields, and is saved')
    def type_into_fields(self):
        for field in ('PrjNum', 'PrjName', 'BuildCorpName'):
            self.client.enter('project', field, self.project[field])
        for field in ('PrjNum', 'PrjName', 'BuildCorpName'):
            self.client.waits_until_stored(self.uuid, 'project', field, self.project[field])

    @step('a wrong credit code shows its problem at once, under the field and in the pane')
    def wrong_code(self):
        self.client.enter('project', 'BuildCorpCode', WRONG_CODE)
        self.client.problem_of('project', 'BuildCorpCode', WRONG_CODE)

    @step('the problem in the pane leads to its field')
    def jump_to_field(self):
        self.client.open_section('contracts')
        self.client.jump_to_problem(WRONG_CODE)
        self.client.has_keyboard('project', 'BuildCorpCode')

    @step('mended, the problem is gone from the field and from the pane')
    def mend_code(self):
        self.client.enter('project', 'BuildCorpCode', self.project['BuildCorpCode'])
        self.client.no_problem_of('project', 'BuildCorpCode', WRONG_CODE)

    @step('two lines of a table are typed into its grid, by the keyboard alone')
    def fill_grid(self):
        self.client.show_as_grid('units')
        for number, line in enumerate(UNITS):
            self.client.add_grid_row('units', number)
            for field, value in line:
                self.client.walk_to_cell('units', number, field)
                self.desktop.type(value)
            self.desktop.keys('Return')
        for number, line in enumerate(UNITS):
            for field, value in line:
                self.client.waits_until_row_stored(self.uuid, 'units', number, field, value)

    @step('a value that stands elsewhere is offered, and taken by Alt+Enter')
    def take_offer(self):
        self.client.open_section('contracts')
        self.desktop.keys('ctrl+shift+n')
        entry = self.client.show('contracts', 'PropietorCorpName')
        same(entry.text, '', 'before it is taken')
        self.client.app.focus(entry)
        self.desktop.keys('alt+Return')
        value = self.project['BuildCorpName']
        wait_until(lambda: entry.text == value, 'the offer is not taken')
        self.client.waits_until_row_stored(self.uuid, 'contracts', 0, 'PropietorCorpName', value)

    @step('the rest comes from a file by the import')
    def import_rest(self):
        self.client.import_into(self.programs.samples / f'{SAMPLE}.json')
        for field, value in self.project.items():
            self.client.waits_until_stored(self.uuid, 'project', field, value)
        same(self.client.stored_uuids(), [self.uuid], 'the import fills this record')

    @step('PDF files and photographs are attached by the file chooser')
    def attach_documents(self):
        for slot in SLOTS:
            self.client.attach(slot, self.document(slot))

    @step('submitted without a network, it waits, and says so')
    def submit_offline(self):
        self.client.submit()
        self.client.says_state('Waiting to be sent')
        self.client.says_words('Waiting to be sent. Sign in to send it.')

    @step('the province is there, the clerk signs in, and what waited is sent')
    def sign_in_and_send(self):
        self.province = Province(self.programs, self.place / 'province')
        self.province.start()
        self.client.sign_in(self.province.url, ENTERPRISE, PASSWORD)
        self.client.says('Online')
        Visitor(self.province.url, CITY_REVIEWER).waits_for_review(self.uuid)
        self.client.says_state('Submitted')

    @step('the reviewer of the city returns it, and the remark stands on its field')
    def returned(self):
        Visitor(self.province.url, CITY_REVIEWER).decide(
            self.uuid, 'return',
            {'points': [{'pointer': '/contracts/0/ContractMoney', 'comment': REMARK},
                        {'pointer': '/documents/contract', 'comment': SECOND_REMARK}]})
        self.client.says_state('Returned')
        self.client.jump_to_remark(REMARK)
        self.client.has_keyboard('contracts', 'ContractMoney')
        self.client.remark_of('contracts', 'ContractMoney', REMARK)

    @step('with the province away again it is mended, explained and submitted, and waits')
    def mend_and_submit(self):
        self.port = self.province.port
        self.province.stop()
        self.client.says_remark('Open', REMARK)
        self.client.enter('contracts', 'ContractMoney', '2928.30')
        self.client.says_remark('Mended', REMARK)
        self.client.explain(SECOND_REMARK, EXPLANATION)
        self.client.says_remark('Explained', SECOND_REMARK)
        self.client.submit()
        # the amount is another one than that of the award: the reviewer will ask
        question = self.client.names.count('%u Warning Has No Reason', '%u Warnings Have No Reason',
                                           1)
        self.client.app.press(self.client.names.text('_Submit'),
                              within=self.client.app.toplevel(question))
        self.client.says_state('Waiting to be sent')
        self.client.says('Offline')

    @step('with the province back it is sent by itself')
    def sent_again(self):
        self.province.start(self.port)
        self.client.says_state('Submitted')
        self.client.says('Online')
        Visitor(self.province.url, CITY_REVIEWER).waits_for_review(self.uuid)

    @step('the explanation has arrived at the province')
    def explanation_arrived(self):
        line, = [line for line in Visitor(self.province.url, CITY_REVIEWER).queue()
                 if line['uuid'] == self.uuid]
        same([(reply['pointer'], reply['text']) for reply in line['replies']],
             [('/documents/contract', EXPLANATION)], 'what the reviewer reads')

    @step('approved by the city, the client shows grade B')
    def approved(self):
        Visitor(self.province.url, CITY_REVIEWER).decide(self.uuid, 'approve', {})
        self.client.says_state('Approved')
        self.client.says_grade('B')

    @step('the public page has the project with grade, office and reviewer')
    def public(self):
        project = Visitor(self.province.url).public_project(self.uuid)
        holds(project, 'the project is public')
        same((project['grade'], project['name']), ('B', self.project['PrjName']), 'the project')
        holds('长春市' in project['office'] and project['reviewer'], project)

    @step('an ongoing project is refused in words that say where it belongs')
    def ongoing_refused(self):
        self.client.import_record(self.programs.samples / f'{ONGOING}.json')
        self.client.open_record(self.ongoing['project']['PrjName'])
        self.client.cannot_submit(WHERE_ONGOING_BELONGS)
        same(self.client.stored('SELECT count(*) FROM outbox'), [(0,)], 'what waits to be sent')

    @step('a second start raises the first window and ends')
    def second_start(self):
        with self.client.covered() as is_raised:
            second = subprocess.run([str(word) for word in self.client.command],
                                    env=self.programs.environment, timeout=20, check=False)
            same(second.returncode, 0, 'how the second start ended')
            wait_until(is_raised, 'the client is not raised')
        self.client.runs_once()

    @step('killed in the middle of typing, it loses at most the last second')
    def killed_while_typing(self):
        self.client.close()
        who = (self.programs, self.desktop, self.profile, self.place / 'client.log',
               self.ongoing['project']['PrjName'])
        typed = apart(self.desktop.environment, type_until_killed, *who)
        kept = apart(self.desktop.environment, read_address, *who)
        end, last = typed[-1]
        due = [text for at, text in typed if at <= end - 1.0][-1]
        holds(len(due) > 5, f'{due!r} is too little to judge by')
        holds(last.startswith(kept) and len(kept) >= len(due),
              f'{kept!r} is kept of {last!r}, and {due!r} was a second old')


def type_until_killed(programs, desktop, profile, log, name):
    """Kills the client while typing into a record's address; returns what stood there when."""
    client = Client(programs, desktop, profile, log)
    try:
        client.open_record(name)
        return client.type_until_killed('project', 'Address', seconds=4)
    finally:
        client.stop()


def read_address(programs, desktop, profile, log, name):
    """Starts the client anew; returns the address that it shows."""
    client = Client(programs, desktop, profile, log)
    try:
        client.open_record(name)
        return client.text_of('project', 'Address')
    finally:
        client.stop()


if __name__ == '__main__':
    run(OneRecord, __doc__)
