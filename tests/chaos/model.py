# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What a clerk does with `yeji`, and what must be there after it, or after half of it."""

import copy
import hashlib
import json
import re
import shutil
import uuid

from examine import Broken, Examiner, difference

# Enough of each for two rows and one that is sealed.
FIELDS = ('/project/PrjName', '/project/BuildCorpName', '/project/PrjNum',
          '/tenders/0/AgencyCorpName', '/contracts/0/ContractNum')
PERSONAL = ('/tenders/0/ConstructorIDCard', '/participants/0/PersonPhone')
ROWS = ('/tenders/-/AgencyCorpName', '/contracts/-/ContractNum', '/participants/-/PersonPhone')
SLOTS = ('award_notice', 'contract', 'other')
SAMPLES = ('complete-construction', 'complete-design', 'complete-supervision')
MOST_DRAFTS = 6
MOST_BACKUPS = 3
MOST_PACKAGES = 3
PASSPHRASE = '石榴 书架 北风 渡船\n'


def split_rows(values):
    """Gives the rows of each table of which all rows have a value."""
    tables = {}
    for pointer, value in values.items():
        parts = pointer.split('/')
        if len(parts) == 4:
            tables.setdefault(parts[1], {}).setdefault(int(parts[2]), {})[parts[3]] = value
    return {table: [rows[number] for number in sorted(rows)] for table, rows in tables.items()
            if sorted(rows) == list(range(len(rows)))}


class Step:
    """One command: its words, and what it makes of a state."""

    may_refuse = False
    done_codes = (0,)
    stdin = ''                 # what it reads
    patience = 1               # so many times as long as others it takes

    def __init__(self, name, words, apply=None):
        self.name = name
        self.words = words
        self._apply = apply

    def __str__(self):
        return ' '.join(str(word) for word in self.words)

    def is_done(self, result):
        """Whether the command says that it has done its work."""
        return result.code in self.done_codes

    def apply(self, state, result):
        """Changes a state as the whole command does."""
        if self._apply is not None:
            self._apply(state, result)

    def judge(self, model, observed, result, killed):
        """Fails unless what is there is what the command leaves, or, killed, what was before."""
        if killed and observed == model.state:
            return
        if not killed and not self.is_done(result):
            if not self.may_refuse:
                raise Broken(f'{self} fails: {result!r}')
            if observed != model.state:
                raise Broken(f'{self} refuses and changes: {difference(model.state, observed)}')
            return
        after = copy.deepcopy(model.state)
        self.apply(after, result)
        if observed != after:
            raise Broken(f'{"killed in" if killed else "after"} {self}: '
                         f'{difference(after, observed)}')


class New(Step):
    """The uuid is known only when the command has said it."""

    def judge(self, model, observed, result, killed):
        added = [uuid for uuid in observed if uuid not in model.state]
        if not killed and (result.code != 0 or added != [result.out.strip()]):
            raise Broken(f'{self} makes {added}: {result!r}')
        rest = {uuid: draft for uuid, draft in observed.items() if uuid not in added}
        if rest != model.state or len(added) > 1 or any(observed[one].values for one in added):
            raise Broken(f'{self} changes others: {difference(model.state, observed)}')


class Copy(New):
    """A new draft with some values of an earlier one and nothing else: no number, no document."""

    def __init__(self, name, words, source):
        super().__init__(name, words)
        self.source = source

    def judge(self, model, observed, result, killed):
        added = [uuid for uuid in observed if uuid not in model.state]
        if not killed and (result.code != 0 or added != [result.out.strip()]):
            raise Broken(f'{self} makes {added}: {result!r}')
        rest = {uuid: draft for uuid, draft in observed.items() if uuid not in added}
        if rest != model.state or len(added) > 1:
            raise Broken(f'{self} changes others: {difference(model.state, observed)}')
        known = set(model.state[self.source].values.values())
        for one in added:
            if observed[one].documents or not set(observed[one].values.values()) <= known:
                raise Broken(f'{self} makes {observed[one]}')


class BackAndForth(Step):
    """Undo and redo: a record is again what it once was, and nothing else changes."""

    may_refuse = True

    def judge(self, model, observed, result, killed):
        if observed.keys() != model.state.keys():
            raise Broken(f'{self}: {difference(model.state, observed)}')
        for uuid, draft in observed.items():
            if draft != model.state[uuid] and draft.values not in model.past[uuid]:
                raise Broken(f'{self}: {uuid} never was like that: '
                             f'{difference(model.state, observed)}')


class Model:
    """What is known to be there, and what a clerk may do next."""

    def __init__(self, place, rng):
        self.place = place
        self.rng = rng
        self.state = {}
        self.past = {}
        self.backups = {}      # name -> state
        self.packages = {}     # path -> state of the records in it
        self.n_documents = 0
        self.commands = set(re.findall(r'^  ([a-z]+) ', place.run('--help').out, re.MULTILINE))
        self.makers = [(weight, make) for needed, weight, make in (
            ('new', 2, self.make_new),
            ('new', 1, self.make_copy),
            ('set', 12, self.make_set),
            ('row', 2, self.make_row),
            ('import', 3, self.make_import),
            ('attach', 4, self.make_attach),
            ('match', 2, self.make_match),
            ('remove', 2, self.make_remove),
            ('bin', 2, self.make_take_back),
            ('bin', 1, self.make_empty),
            ('undo', 3, self.make_undo),
            ('redo', 2, self.make_redo),
            ('backup', 2, self.make_backup),
            ('restore', 2, self.make_restore),
            ('backup', 1, self.make_bundle),
            ('key', 1, self.make_rotate),
            ('key', 1, self.make_recovery_code),
            ('pack', 1, self.make_pack),
            ('unpack', 2, self.make_unpack),
        ) if needed in self.commands]

    def accept(self, observed):
        """Takes what was judged to be right for what is known."""
        self.state = observed
        for uuid, draft in observed.items():
            past = self.past.setdefault(uuid, [{}])
            if draft.values not in past:
                past.append(draft.values)

    def next(self):
        """Gives the next step; a maker for which there is nothing to do gives None."""
        while True:
            make = self.rng.choices([make for _, make in self.makers],
                                    [weight for weight, _ in self.makers])[0]
            step = make()
            if step is not None:
                return step

    def pick(self, where=lambda draft: not draft.removed):
        uuids = sorted(uuid for uuid, draft in self.state.items() if where(draft))
        return self.rng.choice(uuids) if uuids else None

    # The steps

    def make_new(self):
        if len(self.state) >= MOST_DRAFTS:
            return None
        return New('new', ['new'])

    def make_copy(self):
        uuid = self.pick()
        if uuid is None or len(self.state) >= MOST_DRAFTS:
            return None
        return Copy('copy', ['new', '--copy', uuid], uuid)

    def word(self):
        return f'{self.rng.choice("甲乙丙丁")}工程{self.rng.randrange(10 ** 6)}'

    def make_set(self):
        uuid = self.pick()
        if uuid is None:
            return None
        values = self.state[uuid].values
        known = [one for one in FIELDS + PERSONAL
                 if '/0/' not in one or any(value.startswith(one.rpartition('/')[0] + '/')
                                            for value in values)]
        few = [one for one in ROWS if one.replace('-', '3') not in values]
        pointer = self.rng.choice(known + few)
        value = self.word()
        if pointer.endswith(('IDCard', 'Phone')):
            value = str(self.rng.randrange(10 ** 10, 10 ** 11))

        def apply(state, _):
            target = pointer
            if '/-/' in pointer:
                table = pointer.partition('/-/')[0]
                rows = {int(one.split('/')[2]) for one in values if one.startswith(f'{table}/')}
                target = pointer.replace('-', str(max(rows, default=-1) + 1))
            state[uuid].values[target] = value
        return Step('set', ['set', uuid, pointer, value], apply)

    def make_row(self):
        """A row is doubled, moved or removed; the others keep their order."""
        uuid = self.pick(lambda draft: not draft.removed and split_rows(draft.values))
        if uuid is None:
            return None
        tables = split_rows(self.state[uuid].values)
        table = self.rng.choice(sorted(tables))
        rows = tables[table]
        number = self.rng.randrange(len(rows))
        verb = self.rng.choice(('copy', 'move', 'remove'))
        to = self.rng.randrange(len(rows))
        words = ['row', verb, uuid, f'/{table}/{number}', *([to + 1] if verb == 'move' else [])]

        def apply(state, _):
            changed = list(rows)
            row = changed[number] if verb == 'copy' else changed.pop(number)
            if verb != 'remove':
                changed.insert(to if verb == 'move' else number + 1, row)
            values = {pointer: value for pointer, value in state[uuid].values.items()
                      if not pointer.startswith(f'/{table}/')}
            values.update({f'/{table}/{index}/{field}': value for index, row in enumerate(changed)
                           for field, value in row.items()})
            state[uuid].values = values
        return Step(f'row {verb}', words, apply)

    def make_import(self):
        """Some records come in again: what they had is replaced."""
        records = []
        for sample in self.rng.sample(SAMPLES, self.rng.randint(1, 3)):
            record = self.place.programs.sample(sample)
            record['uuid'] = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
            record['project']['PrjName'] = self.word()
            records.append(record)
        if len(self.state) + len(records) > MOST_DRAFTS:
            known = self.pick()
            if known is None:
                return None
            records = records[:1]
            records[0]['uuid'] = known
        path = self.place.inputs / f'import-{self.rng.getrandbits(32):08x}.json'
        path.write_text(json.dumps(records, ensure_ascii=False), encoding='utf-8')
        return Import('import', ['import', path], records)

    def make_document(self):
        """Most are small, one in five takes some chunks; the same comes again now and then."""
        number = self.rng.randrange(self.n_documents + 1)
        self.n_documents = max(self.n_documents, number + 1)
        size = 700_000 if number % 5 == 4 else 3000 + number
        content = b'%PDF-1.4\n' + hashlib.sha256(str(number).encode()).digest() * (size // 32)
        path = self.place.inputs / f'document-{number}.pdf'
        if not path.exists():
            path.write_bytes(content)
        return path, hashlib.sha256(content).hexdigest()

    def make_attach(self):
        uuid = self.pick()
        if uuid is None:
            return None
        slot = self.rng.choice(SLOTS)
        documents = [self.make_document() for _ in range(self.rng.choice((1, 1, 2)))]
        return Attach('attach', ['attach', uuid, slot, *(path for path, _ in documents)],
                      uuid, [(slot, sha256) for _, sha256 in documents])

    def make_match(self):
        uuid = self.pick()
        if uuid is None:
            return None
        documents = [self.make_document() for _ in range(3)]
        folder = self.place.inputs / f'folder-{self.n_documents}'
        folder.mkdir(exist_ok=True)
        for number, (path, _) in enumerate(documents, 1):
            shutil.copy(path, folder / f'其他{number}.pdf')
        return Match('match', ['match', folder, '--record', uuid], uuid,
                     [('other', sha256) for _, sha256 in documents])

    def make_remove(self):
        uuid = self.pick()
        if uuid is None or len(self.state) < 3:
            return None

        def apply(state, _):
            state[uuid].removed = True
        return Step('remove', ['remove', uuid], apply)

    def make_take_back(self):
        uuid = self.pick(lambda draft: draft.removed)
        if uuid is None:
            return None

        def apply(state, _):
            state[uuid].removed = False
        return Step('bin --restore', ['bin', '--restore', uuid], apply)

    def make_empty(self):
        def apply(state, _):
            # What a backup names may be gone with it; whoever empties the bin wants that.
            self.backups.clear()
            for uuid in [uuid for uuid, draft in state.items() if draft.removed]:
                del state[uuid]
        return Step('bin --empty', ['bin', '--empty'], apply)

    def make_undo(self):
        uuid = self.pick()
        return uuid and BackAndForth('undo', ['undo', uuid])

    def make_redo(self):
        uuid = self.pick()
        return uuid and BackAndForth('redo', ['redo', uuid])

    def make_backup(self):
        return Backup('backup', ['backup'])

    def make_restore(self):
        """Of the backups that are made by hand, the last three stay."""
        while len(self.backups) > MOST_BACKUPS:
            del self.backups[next(iter(self.backups))]
        if not self.backups:
            return None
        name = self.rng.choice(list(self.backups))
        return Restore('restore', ['restore', name], self.backups[name])

    def make_bundle(self):
        path = self.place.inputs / f'bundle-{self.rng.getrandbits(32):08x}.yeji'
        return Bundle('backup FILE', ['backup', path], path)

    def make_rotate(self):
        return Step('key --rotate', ['key', '--rotate'])

    def make_recovery_code(self):
        return Step('key --recovery-code', ['key', '--recovery-code'])

    def make_pack(self):
        uuids = [uuid for uuid in (self.pick(), self.pick()) if uuid]
        if not uuids:
            return None
        path = self.place.inputs / f'pack-{self.rng.getrandbits(32):08x}.yeji-package'
        return Pack('pack', ['pack', path, *sorted(set(uuids))], path, sorted(set(uuids)))

    def make_unpack(self):
        """One of the last packages comes in again, after whatever was done since."""
        while len(self.packages) > MOST_PACKAGES:
            del self.packages[next(iter(self.packages))]
        if not self.packages:
            return None
        path = self.rng.choice(list(self.packages))
        known = self.packages[path]
        if len(self.state) + len(known) > MOST_DRAFTS + 2:
            return None
        told = self.place.run('--json', 'unpack', path, '--dry-run', stdin=PASSPHRASE)
        if told.code != 0:
            raise Broken(f'the package {path.name} cannot be read: {told!r}')
        records = told.json['records']
        # which row of two is the other's is the merge's own business, which has its tests
        if any(record['tray'] or record['outcome'] in ('merged', 'conflict') for record in records):
            return None
        return Unpack('unpack', ['unpack', path],
                      {record['uuid']: record['outcome'] for record in records}, known)


class Backup(Step):
    """Changes nothing, and what it says that it has made can be restored."""

    def judge(self, model, observed, result, killed):
        super().judge(model, observed, result, killed)
        if not killed:
            model.backups[result.out.strip()] = model.state


class Restore(Step):
    """All is as it was then, or nothing is changed."""

    def __init__(self, name, words, state):
        super().__init__(name, words)
        self.state = state

    def apply(self, state, result):
        state.clear()
        state.update(self.state)


class Bundle(Step):
    """One file with everything, which is whole if it is there."""

    def __init__(self, name, words, path):
        super().__init__(name, words)
        self.path = path

    def judge(self, model, observed, result, killed):
        super().judge(model, observed, result, killed)
        if not self.path.exists():
            if not killed:
                raise Broken(f'{self} makes no file: {result!r}')
            return
        # A name of its own: a power cut may bring back a folder that was removed.
        other = model.place.beside(self.path.stem)
        unpacked = other.run('restore', self.path, '--to', other.profile)
        if unpacked.code != 0:
            raise Broken(f'{self} makes what cannot be restored: {unpacked!r}')
        drafts = Examiner(other).examine()
        if drafts != model.state:
            raise Broken(f'{self} does not bring back: {difference(model.state, drafts)}')
        shutil.rmtree(other.profile)


class Pack(Step):
    """One file with some records, which is whole if it is there."""

    stdin = PASSPHRASE
    patience = 10              # the key is made slowly on purpose

    def __init__(self, name, words, path, uuids):
        super().__init__(name, words)
        self.path = path
        self.uuids = uuids

    def judge(self, model, observed, result, killed):
        super().judge(model, observed, result, killed)
        if not self.path.exists():
            if not killed:
                raise Broken(f'{self} makes no file: {result!r}')
            return
        other = model.place.beside(self.path.stem)
        taken = other.run('unpack', self.path, stdin=PASSPHRASE)
        if taken.code != 0:
            raise Broken(f'{self} makes what cannot be unpacked: {taken!r}')
        drafts = Examiner(other).examine()
        expected = {uuid: model.state[uuid] for uuid in self.uuids}
        if drafts != expected:
            raise Broken(f'{self} does not hand over: {difference(expected, drafts)}')
        shutil.rmtree(other.profile)
        model.packages[self.path] = copy.deepcopy(expected)


class Unpack(Step):
    """All records of a package or none; what it would do was told before."""

    stdin = PASSPHRASE
    patience = 10

    def __init__(self, name, words, outcomes, drafts):
        super().__init__(name, words)
        self.outcomes = outcomes
        self.drafts = drafts

    def apply(self, state, _):
        for uuid, outcome in self.outcomes.items():
            came = self.drafts[uuid].copy()
            if outcome == 'new':
                state[uuid] = came
                continue
            draft = state[uuid]
            draft.removed = False
            draft.documents |= came.documents
            if outcome == 'followed':
                draft.values = came.values


class Import(Step):
    """All of a file's records or none."""

    done_codes = (0, 3)        # 3: it is taken over, and has errors

    def __init__(self, name, words, records):
        super().__init__(name, words)
        self.records = records

    def judge(self, model, observed, result, killed):
        if killed and observed == model.state:
            return
        if not killed and not self.is_done(result):
            raise Broken(f'{self} fails: {result!r}')
        for record in self.records:
            draft = observed.get(record['uuid'])
            if draft is None or draft.values.get('/project/PrjName') != \
                    record['project']['PrjName'] or len(draft.values) < 40:
                raise Broken(f'{"killed in" if killed else "after"} {self}: {record["uuid"]} is '
                             f'{draft and draft.values}')
        taken = {record['uuid'] for record in self.records}
        for uuid, draft in model.state.items():
            if uuid not in taken and observed.get(uuid) != draft:
                raise Broken(f'{self} changes others: {difference(model.state, observed)}')


class Match(Step):
    """All documents of a folder or none."""

    def __init__(self, name, words, uuid, documents):
        super().__init__(name, words)
        self.uuid = uuid
        self.documents = frozenset(documents)

    def apply(self, state, _):
        state[self.uuid].documents = state[self.uuid].documents | self.documents


class Attach(Step):
    """Each document by itself: one that cannot be taken does not keep the next one out."""

    def __init__(self, name, words, uuid, documents):
        super().__init__(name, words)
        self.uuid = uuid
        self.documents = frozenset(documents)

    def judge(self, model, observed, result, killed):
        if not killed and not self.is_done(result):
            raise Broken(f'{self} fails: {result!r}')
        after = copy.deepcopy(model.state)
        before = after[self.uuid].documents
        after[self.uuid].documents = before | self.documents
        if killed and self.uuid in observed:
            there = observed[self.uuid].documents
            if before <= there <= before | self.documents:
                after[self.uuid].documents = there
        if observed != after:
            raise Broken(f'{"killed in" if killed else "after"} {self}: '
                         f'{difference(after, observed)}')
