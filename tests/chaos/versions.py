# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Profiles as earlier versions of the program left them: tests/store/versions."""

import contextlib
import gzip
import pathlib
import sqlite3

FOLDER = pathlib.Path(__file__).resolve().parent.parent / 'store' / 'versions'


def numbers():
    """Lists the versions that there is a profile of."""
    return sorted(int(path.stem) for path in FOLDER.glob('*.sql'))


def make_profile(profile, number):
    """Makes a profile of that version, with its documents."""
    profile.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(profile / 'yeji.sqlite')) as database:
        database.execute('PRAGMA journal_mode = WAL')
        database.executescript((FOLDER / f'{number}.sql').read_text(encoding='utf-8'))
        documents = database.execute('SELECT sha256, content FROM fixture_file').fetchall()
        database.execute('DROP TABLE fixture_file')
        if number > 1:
            for (name,) in database.execute('SELECT bundle FROM dictionary').fetchall():
                path = FOLDER / (name if isinstance(name, str) else name.decode())
                database.execute('UPDATE dictionary SET bundle = ? WHERE bundle = ?',
                                 (gzip.decompress(path.read_bytes()), name))
        database.commit()
    for sha256, content in documents:
        path = profile / 'files' / sha256[:2] / sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
