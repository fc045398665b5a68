# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What a profile holds, and whether it is whole, seen from outside."""

import contextlib
import dataclasses
import hashlib
import json
import sqlite3

SEALED = 'yeji-sealed:'


class Broken(AssertionError):
    """A profile is not as it must be."""


@dataclasses.dataclass
class Draft:
    """A record as the clerk knows it."""

    values: dict = dataclasses.field(default_factory=dict)
    removed: bool = False
    documents: frozenset = frozenset()

    def copy(self):
        return Draft(dict(self.values), self.removed, self.documents)


def flatten(record):
    """Gives the values of a record by pointer."""
    values = {}
    for member, table in record.items():
        rows = [(f'/{member}', table)] if isinstance(table, dict) else []
        if isinstance(table, list):
            rows = [(f'/{member}/{number}', row) for number, row in enumerate(table)
                    if isinstance(row, dict)]
        for pointer, row in rows:
            for field, value in row.items():
                if isinstance(value, str) and value != '' and field != 'id':
                    values[f'{pointer}/{field}'] = value
    return values


def tell(draft):
    return f'{draft.values} removed={draft.removed} documents={sorted(draft.documents)}'


def difference(one, other):
    """Tells where two states differ, for a failure's report."""
    lines = []
    for uuid in sorted({*one, *other}):
        mine, theirs = one.get(uuid), other.get(uuid)
        if mine == theirs:
            continue
        if mine is None or theirs is None:
            lines.append(f'{uuid} is {"there" if mine is None else "not there"}')
            continue
        for pointer in sorted({*mine.values, *theirs.values}):
            if mine.values.get(pointer) != theirs.values.get(pointer):
                lines.append(f'{uuid}{pointer}: {mine.values.get(pointer)!r} expected, '
                             f'{theirs.values.get(pointer)!r} there')
        if mine.removed != theirs.removed:
            lines.append(f'{uuid}: removed {mine.removed} expected')
        for document in mine.documents ^ theirs.documents:
            lines.append(f'{uuid}: {document} is '
                         f'{"there" if document in theirs.documents else "not there"}')
    return '; '.join(lines[:12]) or 'no difference'


class Examiner:
    """Opens a profile after each fall, and remembers what it has read already."""

    def __init__(self, place):
        self.place = place
        self.known = {}        # (uuid, body) -> values
        self.digests = {}      # (path, size, time) -> sha256

    def examine(self):
        """Opens the profile with the program, checks all of it; returns {uuid: Draft}."""
        opened = self.place.run('--json', 'list')
        if opened.code != 0:
            raise Broken(f'the profile does not open: {opened!r}')
        if 'CRITICAL' in opened.err or 'WARNING' in opened.err:
            raise Broken(f'opening the profile, it says {opened.err}')
        # It was closed, so there is no log; and we must leave none.
        if (self.place.profile / 'yeji.sqlite-wal').exists():
            raise Broken('closing the profile leaves its log')
        address = f'file:{self.place.profile / "yeji.sqlite"}?mode=ro&immutable=1'
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            self.check_database(database)
            drafts = self.read_drafts(database)
            self.check_history(database, drafts)
            self.check_files(database)
        self.check_rest()
        return drafts

    @staticmethod
    def check_database(database):
        for check in ('quick_check', 'foreign_key_check'):
            rows = database.execute(f'PRAGMA {check}').fetchall()
            if rows not in ([], [('ok',)]):
                raise Broken(f'{check}: {rows[:5]}')

    def read_drafts(self, database):
        drafts = {}
        for uuid, removed, body in database.execute('SELECT uuid, removed_at, body FROM record'):
            if (uuid, body) not in self.known:
                self.known[uuid, body] = self.read_values(uuid, body)
            drafts[uuid] = Draft(self.known[uuid, body], removed is not None)
        for uuid, slot, sha256 in database.execute(
                'SELECT record, slot, sha256 FROM attachment WHERE removed_at IS NULL'):
            drafts[uuid].documents |= {(slot, sha256)}
        return drafts

    def read_values(self, uuid, body):
        """What is sealed only the program can tell."""
        if SEALED not in body:
            return flatten(json.loads(body))
        shown = self.place.run('--json', 'show', uuid)
        if shown.code != 0 or SEALED in shown.out:
            raise Broken(f'{uuid} cannot be shown: {shown!r}')
        return flatten(shown.json)

    @staticmethod
    def check_history(database, drafts):
        """The last line of a field's history is its value: both were written together."""
        last = {}
        for record, table, row, field, after in database.execute(
                'SELECT record, "table", "row", field, after FROM history ORDER BY step, rowid'):
            last[record, table, row, field] = after
        counts = {uuid: {} for uuid in drafts}
        for (record, _, _, field), after in last.items():
            if after not in (None, '') and not after.startswith(SEALED):
                counts[record].setdefault(field, []).append(after)
        for uuid, draft in drafts.items():
            for pointer, value in draft.values.items():
                known = counts[uuid].get(pointer.rpartition('/')[2])
                if known is not None and value not in known:
                    raise Broken(f'{uuid}{pointer} is {value!r}, and its history ends with {known}')

    def digest(self, path):
        about = path.stat()
        key = (path, about.st_size, about.st_mtime_ns)
        if key not in self.digests:
            self.digests[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self.digests[key]

    def check_files(self, database):
        files = self.place.profile / 'files'
        named = {}
        self.tray = {sha256 for (sha256,) in database.execute(
            'SELECT sha256 FROM tray WHERE removed_at IS NULL')}
        for sha256, size in database.execute(
                'SELECT sha256, size FROM attachment UNION SELECT sha256, size FROM tray'
                ' UNION SELECT original, NULL FROM attachment WHERE original IS NOT NULL'
                ' UNION SELECT original, NULL FROM tray WHERE original IS NOT NULL'):
            named[sha256] = size
            path = files / sha256[:2] / sha256
            if not path.is_file():
                raise Broken(f'the document {sha256} is gone')
            if size not in (None, path.stat().st_size) or self.digest(path) != sha256:
                raise Broken(f'the document {sha256} is not what it was')
        self.orphans = set()
        for path in files.rglob('*'):
            if path.is_dir():
                continue
            if path.parent.parent != files or path.name[:2] != path.parent.name \
                    or len(path.name) != 64:
                raise Broken(f'{path.relative_to(files)} is left over')
            if path.name not in named:
                self.orphans.add(path.name)
                if self.digest(path) != path.name:
                    raise Broken(f'the copy {path.name} is not what its name says')

    def check_rest(self):
        """Nothing half done is left beside the database."""
        for path in self.place.profile.rglob('*'):
            if path.name.endswith(('.part', '.tmp', '-journal')) or path.name.startswith('tmp-'):
                raise Broken(f'{path.relative_to(self.place.profile)} is left over')
        reports = list((self.place.profile / 'damaged').glob('*'))
        if reports:
            words = [path.read_text(encoding='utf-8') for path in reports[0].glob('*.json')]
            raise Broken(f'the database was taken for damaged: {words}')
