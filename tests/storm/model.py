# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What must be true after a storm: what clerks and reviewers were told, and how it is compared with
what the profiles and the province have."""

import copy
import hashlib
import json
import re
import sqlite3

TABLES = ('units', 'tenders', 'reviews', 'review_people', 'contracts', 'permits', 'safety_people',
          'acceptances', 'filings', 'participants')
# What a return or a withdrawal leaves with the enterprise.
WRITABLE = ('draft', 'returned', 'withdrawn')

# What every role takes without a new problem, by the end of its pointer.
FREE_FIELDS = ('Address', 'FundSource', 'PrjApprovalNum', 'PrjApprovalDepart', 'SubPrjSize', 'Memo',
               'PrjSize', 'ContractNum', 'Mark')


class Broken(AssertionError):
    """Something that must hold does not."""


def digest(data):
    return hashlib.sha256(data).hexdigest()


def sums(body):
    """The sums of a record: as it was sent, and as RFC 8785 writes it (all values are strings)."""
    canonical = json.dumps(json.loads(body), sort_keys=True, separators=(',', ':'),
                           ensure_ascii=False)
    return digest(body), digest(canonical.encode())


def find(record, pointer):
    """Follows a JSON Pointer; nothing where it leads nowhere."""
    node = record
    for part in pointer.split('/')[1:]:
        try:
            node = node[int(part)] if isinstance(node, list) else node[part]
        except (KeyError, IndexError, ValueError):
            return None
    return node


def pointers(record):
    """The places that the clerks of a storm write to."""
    heads = [('/project', record['project'])]
    heads += [(f'/{table}/{index}', row) for table in TABLES
              for index, row in enumerate(record.get(table, [])[:2])]
    return [f'{head}/{field}' for head, row in heads for field in FREE_FIELDS if row.get(field)]


def content(record):
    """The tables of a record, without what is empty."""
    rows = {table: [{name: value for name, value in row.items() if value}
                    for row in record.get(table, [])] for table in TABLES}
    rows['project'] = {name: value for name, value in record['project'].items() if value}
    return rows


def difference(mine, theirs):
    """Names the first places where two records differ."""
    words = []
    for table in ('project', *TABLES):
        one, other = ([mine[table]], [theirs[table]]) if table == 'project' else (mine[table],
                                                                                theirs[table])
        if len(one) != len(other):
            words.append(f'{table}: {len(one)} and {len(other)} rows')
        for index, (left, right) in enumerate(zip(one, other)):
            words += [f'/{table}/{index}/{name}: {left.get(name)!r} and {right.get(name)!r}'
                      for name in sorted({*left, *right}) if left.get(name) != right.get(name)]
    return '; '.join(words[:6])


class Draft:
    """What a clerk knows of a record: what may stand where, and its documents."""

    def __init__(self, uuid, record, pointers):
        self.uuid = uuid
        self.values = {pointer: {find(record, pointer)} for pointer in pointers}
        self.files = set()       # attached here
        self.maybe_files = set()
        self.shared = False      # two computers write to it

    def set(self, pointer, value, certain):
        """Notes what was typed: it stands there, or, not certain, may."""
        if certain:
            self.values[pointer] = {value}
        else:
            self.values[pointer] = self.values[pointer] | {value}

    def attach(self, sha256, certain):
        (self.files if certain else self.maybe_files).add(sha256)

    def check_values(self, record, what):
        """Compares what must stand there with what does."""
        for pointer, values in self.values.items():
            found = find(record, pointer)
            if found not in values:
                raise Broken(f'{what} {self.uuid}: {pointer} is {found!r}, not {sorted(values)}')

    def settle(self, record):
        """What may have stood there does or does not: from now on it is certain."""
        for pointer in self.values:
            self.values[pointer] = {find(record, pointer)}

    def put_into(self, record):
        """Puts what was typed here into a record of the province."""
        for pointer, values in self.values.items():
            *path, field = pointer.split('/')
            row = find(record, '/'.join(path))
            if row is not None and len(values) == 1:
                row[field] = next(iter(values))

    def snapshot(self):
        return copy.deepcopy(self.values)


class Account:
    """What one client did and was told."""

    def __init__(self, client):
        self.client = client
        self.drafts = {}
        self.queued = {}          # key: (uuid, seq, snapshot)
        self.seen = 0             # of the observer's lines
        self.fates = {}           # key: how it left the outbox

    def observe(self, submitted=None, snapshot=None):
        """Reads what the observer in the profile saw since, maybe the submission of a record."""
        lines = self.client.ask('SELECT id, what, uuid, seq, key FROM storm WHERE id > ?'
                                ' ORDER BY id', self.seen)
        left, taken = [], None   # since something else happened
        for number, what, uuid, seq, key in lines:
            self.seen = number
            if what == 'queued':
                # what is queued once more by itself, as the province lost it, is older
                self.queued[key] = (uuid, seq, snapshot if uuid == submitted else None)
                submitted = None if uuid == submitted else submitted
            elif what == 'left':
                self.fates[key] = 'left'
                left.append((seq, uuid, key))
                continue
            elif what == 'refused':
                # what the newest replaced was not refused: nobody knows what became of it
                mine = [one for one in left if one[1] == uuid]
                if mine:
                    self.fates[max(mine)[2]] = 'taken or refused' if taken == uuid else 'refused'
            left, taken = [], uuid if what == 'receipt' else None


class Truth:
    """What the province has, read from its database."""

    def __init__(self, directory):
        self.directory = directory
        database = sqlite3.connect(f'file:{directory}/province.db?mode=ro', uri=True, timeout=20)
        database.row_factory = sqlite3.Row
        try:
            self.records = {row['uuid']: dict(row)
                            for row in database.execute('SELECT * FROM record')}
            self.submissions = [dict(row) for row in database.execute('SELECT * FROM submission')]
            self.changes = [dict(row) for row in
                            database.execute('SELECT * FROM change ORDER BY seq')]
            self.files = [dict(row) for row in database.execute('SELECT * FROM file')]
            self.announced = [dict(row) for row in database.execute('SELECT * FROM announced')]
            self.audit = [dict(row) for row in database.execute('SELECT * FROM audit ORDER BY seq')]
            self.damage = database.execute('PRAGMA integrity_check').fetchone()[0]
        finally:
            database.close()
        self.answers = {row['key']: json.loads(row['answer']) for row in self.submissions}
        self.lost = {}           # key: what was answered before it was restored from a backup

    def count_audit(self, what, uuid):
        return sum(line['what'] == what and line['uuid'] == uuid for line in self.audit)

    def check(self):
        """What must hold of a province, whoever uses it."""
        if self.damage != 'ok':
            raise Broken(f'the province is damaged: {self.damage}')
        keys = [row['key'] for row in self.submissions]
        if len(set(keys)) != len(keys):
            raise Broken('a key was used twice')
        for uuid, record in self.records.items():
            self._check_record(uuid, record)
        lines = [(line['uuid'], line['revision'], line['state'], line['files_complete_at'],
                  line['files_due_at']) for line in self.changes]
        doubled = {line for line in lines if lines.count(line) > 1}
        if doubled:
            raise Broken(f'changes that are told twice: {sorted(map(str, doubled))[:3]}')
        self._check_files()

    def _check_record(self, uuid, record):
        made = self.count_audit('record.created', uuid)
        if made != 1:
            raise Broken(f'{uuid} was made {made} times')
        submitted = self.count_audit('record.submitted', uuid)
        answers = [answer for answer in self.answers.values() if answer['uuid'] == uuid]
        told = {line['revision'] for line in self.changes
                if line['uuid'] == uuid and line['state'] == 'submitted'}
        if not submitted == len(answers) == len(told):
            raise Broken(f'{uuid} was submitted {submitted} times, {len(answers)} keys were '
                         f'answered, and {len(told)} told')
        if len({answer['revision'] for answer in answers}) != len(answers):
            raise Broken(f'{uuid}: two keys got one revision')
        revisions = [line['revision'] for line in self.changes if line['uuid'] == uuid]
        if revisions != sorted(revisions):
            raise Broken(f'{uuid}: the changes are not in their order: {revisions}')
        if record['state'] == 'submitted' and record['sent_hash'] != record['submitted_hash']:
            raise Broken(f'{uuid} was changed after it was submitted')

    def _check_files(self):
        whole = [(file['record'], file['slot'], file['sha256']) for file in self.files
                 if file['complete']]
        doubled = {file for file in whole if whole.count(file) > 1}
        if doubled:
            raise Broken(f'documents that are there twice: {sorted(doubled)[:3]}')
        for file in self.files:
            if not file['complete'] and file['expires_at'] is None:
                raise Broken(f'an upload that never expires: {file}')
        for file in whole:
            path = self.find_content(file[2])
            if path is None or digest(path.read_bytes()) != file[2]:
                raise Broken(f'the document {file} is not what it was: {path}')

    def find_content(self, sha256):
        found = (self.directory / 'files').rglob(f'*{sha256[2:]}')
        return next((path for path in found if path.is_file()), None)


def check_fates(accounts, truth, bodies):
    """Every submission that was asked for was taken once, refused in words, replaced, or waits."""
    for account in accounts:
        name = account.client.name
        waiting = {key for key, in account.client.ask('SELECT key FROM outbox')}
        receipts = {(uuid, at) for uuid, at in
                    account.client.ask('SELECT record, submitted_at FROM receipt')}
        settled = {}
        for key, (uuid, seq, snapshot) in account.queued.items():
            taken = key in truth.answers
            fate = account.fates.get(key, '')
            if taken or key in waiting or key in truth.lost or fate.endswith('refused'):
                settled[uuid] = max(seq, settled.get(uuid, 0))
            if key in truth.lost:
                check_healed(account, uuid, snapshot, truth)
            if not taken:
                continue
            if fate == 'refused':
                raise Broken(f'{name}: {uuid} is refused here, and was taken there: {key}')
            answer = truth.answers[key]
            if key not in waiting and (uuid, answer['at']) not in receipts \
                    and not is_replaced(account, uuid, seq):
                raise Broken(f'{name}: no receipt of {uuid}, taken at {answer["at"]}')
            check_body(name, uuid, answer, snapshot, bodies)
        for key, (uuid, seq, _) in account.queued.items():
            if seq > settled.get(uuid, 0):
                raise Broken(f'{name}: the submission {seq} of {uuid} ({key}) is lost: '
                             f'{account.fates.get(key)}')
        check_receipts(account, receipts, truth, bodies)


def get_age(value):
    """The client and the number of what was typed."""
    match = re.match(r'([A-Z])-(\d+) ', value or '')
    return (match[1], int(match[2])) if match else ('', 0)


def is_kept(account, uuid):
    """Whether it stands here as changes that are not sent, and the clerk was told so."""
    notices = account.client.ask("SELECT details FROM notice WHERE kind = 'province-restored'")
    told = any(line['uuid'] == uuid for details, in notices
               for part in ('kept', 'returned', 'others')
               for line in json.loads(details).get(part, {}).get('records', []))
    return told and bool(account.client.ask(
        'SELECT 1 FROM record WHERE uuid = ? AND digest IS NOT base_digest', uuid))


def is_newer(mine, theirs):
    """Whether all that differs was typed, and later than what is there of the same clerk's."""
    for table in ('project', *TABLES):
        one, other = ([mine[table]], [theirs[table]]) if table == 'project' else (mine[table],
                                                                                theirs[table])
        if len(one) != len(other):
            return False
        for left, right in zip(one, other):
            for name in {*left, *right}:
                here, there = get_age(left.get(name)), get_age(right.get(name))
                if left.get(name) != right.get(name) and (
                        not here[0] or (here[0] == there[0] and here[1] < there[1])):
                    return False
    return True


def check_healed(account, uuid, snapshot, truth):
    """What the province took and lost is there again, or what came later is; where it was decided on
    before that, the client has kept it."""
    name = account.client.name
    if uuid not in truth.records and is_kept(account, uuid):
        return
    if uuid not in truth.records:
        raise Broken(f'{name}: {uuid}, which the province lost, was not sent again')
    record = json.loads(truth.records[uuid]['body'])
    for pointer, values in (snapshot or {}).items():
        who, number = get_age(find(record, pointer))
        wanted = min((get_age(value) for value in values), key=lambda age: age[1])
        if (who in ('', wanted[0])) and number < wanted[1] and not is_kept(account, uuid):
            raise Broken(f'{name}: the province lost {uuid}, and has {find(record, pointer)!r} at '
                         f'{pointer}, not {sorted(values)}')


def is_replaced(account, uuid, seq):
    return any(uuid == other and seq < later for other, later, _ in account.queued.values())


def find_body(name, uuid, answer, bodies):
    """Finds what was submitted; nothing when nobody saw it taken, as the answer was lost."""
    before = f'"r{int(answer["revision"][1:]) - 1}"'
    sent = [body for body, tags in bodies.get(uuid, {}).items() if before in tags]
    if len(sent) > 1:
        raise Broken(f'{name}: {len(sent)} contents of {uuid} became {before}')
    return sent[0] if sent else None


def check_body(name, uuid, answer, snapshot, bodies):
    """What was submitted is what stood there when the clerk asked for it."""
    sent = find_body(name, uuid, answer, bodies)
    if snapshot is None or sent is None:
        return
    record = json.loads(sent)
    for pointer, values in snapshot.items():
        if find(record, pointer) not in values:
            raise Broken(f'{name}: {uuid} was submitted with {find(record, pointer)!r} at '
                         f'{pointer}, not {sorted(values)}')


def check_receipts(account, receipts, truth, bodies):
    """Whatever the client has a receipt of is there, with the same sum."""
    name = account.client.name
    taken = {(answer['uuid'], answer['at']): answer for answer in truth.answers.values()}
    lost = {(answer['uuid'], answer['at']) for answers in truth.lost.values() for answer in answers}
    strange = receipts - set(taken) - lost
    if strange:
        raise Broken(f'{name} has receipts that nobody gave: {sorted(strange)[:3]}')
    for uuid, at, total in account.client.ask('SELECT record, submitted_at, sum FROM receipt'):
        sent = find_body(name, uuid, taken[uuid, at], bodies) if (uuid, at) in taken else None
        if sent is not None and total not in sums(sent):
            raise Broken(f'{name}: the receipt of {uuid} is of another content')


def check_states(accounts, truth):
    """Nobody thinks otherwise than the province. All clients are up to date by now."""
    for account in accounts:
        for row in account.client.ask(
                'SELECT uuid, revision, server_state, grade, office, reviewer FROM record'
                ' WHERE revision IS NOT NULL'):
            there = truth.records.get(row[0])
            if there is None:
                raise Broken(f'{account.client.name}: {row[0]} is not at the province')
            if there['state'] == 'draft':        # nobody is told of what was not submitted yet
                continue
            # grade D is a state of its own for the clerk, who can complete it
            state = 'incomplete' if (there['state'], there['grade']) == ('approved', 'D') \
                else there['state']
            known = (there['uuid'], f'r{there["revision"]}', state, there['grade'],
                     there['office'], there['reviewer'])
            if there['state'] == 'submitted':    # whose decision it was before counts no more
                row, known = row[:4], known[:4]
            if row != known:
                raise Broken(f'{account.client.name} thinks {row}, the province {known}')


def check_records(account, truth, records):
    """What a client shows is what the province has; its documents, too."""
    name = account.client.name
    for uuid, draft in account.drafts.items():
        there = truth.records[uuid]
        theirs = json.loads(there['body'])
        if there['state'] not in ('submitted', *WRITABLE):
            draft.put_into(theirs)   # what was typed while the reviewer decided
        mine, theirs = content(records[uuid]), content(theirs)
        # decided on what a restored province had: what others typed after that is kept here, too
        if mine != theirs and not (is_kept(account, uuid) and is_newer(mine, theirs)):
            raise Broken(f'{name}: {uuid} differs from the province: {difference(mine, theirs)}')
        files = {sha256 for sha256, in account.client.ask(
            'SELECT sha256 FROM attachment WHERE record = ? AND removed_at IS NULL', uuid)}
        announced = {row['sha256'] for row in truth.announced if row['record'] == uuid}
        whole = {file['sha256'] for file in truth.files
                 if file['record'] == uuid and file['complete']}
        late = draft.shared or there['state'] not in ('submitted', *WRITABLE)
        if (files != announced and not late) or announced - whole:
            raise Broken(f'{name}: the documents of {uuid}: {len(files)} here, {len(announced)} '
                         f'announced, {len(announced - whole)} of them missing')
