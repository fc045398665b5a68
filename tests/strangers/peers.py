# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The programs of other people that speak tus: how they come here and how they are started."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


class Missing(Exception):
    """They cannot be had here; the text says why."""


def install(place):
    """Puts them into a folder of the build directory, once; returns it."""
    wanted = (HERE / 'package.json').read_text(encoding='utf-8')
    package = place / 'package.json'
    if package.is_file() and package.read_text(encoding='utf-8') == wanted \
            and (place / 'complete').is_file():
        return place
    for program in ('node', 'npm'):
        if shutil.which(program) is None:
            raise Missing(f'{program} is missing')
    place.mkdir(parents=True, exist_ok=True)
    (place / 'complete').unlink(missing_ok=True)
    package.write_text(wanted, encoding='utf-8')
    done = subprocess.run(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund',
                           '--ignore-scripts'], cwd=place, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=240, check=False)
    if done.returncode != 0:
        raise Missing(f'npm cannot install them, maybe there is no network: {done.stderr[-400:]}')
    (place / 'complete').touch()
    return place


class StrangeServer:
    """A tus server that others wrote, on a free port of loopback."""

    def __init__(self, place, kind, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(['node', str(HERE / 'serve.mjs'), kind,
                                         str(self.directory)], cwd=place,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        text=True)
        line = self.process.stdout.readline()
        match = re.match(r'listening on (\S+)', line)
        if match is None:
            raise RuntimeError(f'{kind} does not listen: {line!r}')
        self.url = match[1]

    def content(self, upload):
        """Reads what arrived at an upload's address."""
        return (self.directory / upload.rstrip('/').rsplit('/', 1)[1]).read_bytes()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def send(place, url, files, headers=None, **options):
    """Sends files ({path, metadata}) by tus-js-client; returns the addresses of the uploads."""
    with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as job:
        json.dump({'url': url, 'headers': headers or {}, 'files': files, **options}, job)
        job.flush()
        done = subprocess.run(['node', str(HERE / 'send.mjs'), job.name], cwd=place,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=600, check=False)
    if done.returncode != 0:
        raise AssertionError(f'tus-js-client gave up: {done.stderr[-2000:]}')
    return done.stdout.split()
