# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The programs of a build directory, and how they are called."""

import json
import os
import pathlib
import subprocess


class Result:
    """How a run of `yeji` ended."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def __repr__(self):
        return f'<exit {self.code}, out {self.out[-600:]!r}, err {self.err[-600:]!r}>'

    @property
    def json(self):
        """What it printed, as JSON; fails with the text where it is none."""
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise AssertionError(f'no JSON ({error}): {self!r}') from None


class Programs:
    """What the build directory holds: programs, samples and the sample documents."""

    def __init__(self, build, source, environment=None, language='zh_CN'):
        self.build = pathlib.Path(build).resolve()
        self.source = pathlib.Path(source).resolve()
        self.language = language
        self.client = self.build / 'src' / 'programs' / 'org.yeji.Yeji'
        self.yeji = self.build / 'src' / 'programs' / 'yeji'
        self.server = self.build / 'src' / 'programs' / 'yeji-server'
        self.documents = self.build / 'src' / 'tools'
        self.samples = self.source / 'data' / 'samples'
        self.environment = {
            **(environment or os.environ),
            'LC_ALL': 'C.UTF-8',
            # A locale of that language need not exist: LANGUAGE counts with any but plain C.
            'LANGUAGE': language,
            'YEJI_LOCALEDIR': str(self.build / 'po'),
            'GSETTINGS_SCHEMA_DIR': str(self.build / 'data'),
            'GSETTINGS_BACKEND': 'memory',
            'GIO_USE_PROXY_RESOLVER': 'dummy',
            # the keys of test profiles are not for the user's keyring
            'YEJI_KEYRING': 'none',
            'XDG_CONFIG_HOME': (environment or {}).get('XDG_CONFIG_HOME',
                                                       str(self.build / 'tests' / 'config')),
        }

    def sample(self, name):
        """Reads a sample record."""
        return json.loads((self.samples / f'{name}.json').read_text(encoding='utf-8'))

    def call_slowly(self, profile, *words):
        """Runs `yeji` on a profile to its end, which may be half an hour away."""
        return self.call(profile, *words, timeout=1800)

    def call(self, profile, *words, stdin='', timeout=60):
        """Runs `yeji` on a profile to its end."""
        done = subprocess.run([str(self.yeji), '--profile', str(profile),
                               *(str(word) for word in words)],
                              input=stdin, env=self.environment, capture_output=True, text=True,
                              timeout=timeout)
        return Result(done.returncode, done.stdout, done.stderr)
