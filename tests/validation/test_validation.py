# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Checks what no compiler looks at: translations, JSON, scripts, the shape of sources."""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

MAX_LINES = 900
# The aim is 100; a table may stand out a little.
MAX_COLUMNS = 120
SPDX = 'SPDX-License-Identifier: GPL-3.0-or-later'


class Tree:
    """The source tree, and what can be wrong in it."""

    def __init__(self, source):
        self.source = source

    def files(self, *patterns):
        return sorted(path for pattern in patterns for path in self.source.glob(pattern)
                      if path.is_file() and '__pycache__' not in path.parts)

    def name(self, path):
        return os.path.relpath(path, self.source)

    def run(self, *command):
        """Runs a checker; returns what it said if it was not content."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        return done.stdout + done.stderr if done.returncode != 0 else ''

    # Each check is a generator of complaints; its first line of documentation is its name.

    def schemas(self):
        """settings schemas compile strictly"""
        if self.files('data/*.gschema.xml'):
            yield self.run('glib-compile-schemas', '--strict', '--dry-run', self.source / 'data')

    def interface_files(self):
        """interface files are well-formed"""
        for path in self.files('ui/*.ui'):
            yield self.run('xmllint', '--noout', path)

    def json_files(self):
        """JSON files can be read"""
        for path in self.files('data/**/*.json', 'flatpak/*.json'):
            try:
                json.loads(path.read_text(encoding='utf-8'))
            except ValueError as error:
                yield f'{self.name(path)}: {error}'

    def translations(self):
        """translations are complete, without doubtful ones, and fit their formats"""
        for path in self.files('po/*.po'):
            yield self.run('msgfmt', '--check', '-o', '/dev/null', path)
            for what in ('--untranslated', '--only-fuzzy'):
                lacking = subprocess.run(['msgattrib', what, '--no-obsolete', '--no-wrap', path],
                                         capture_output=True, text=True).stdout
                for match in re.findall(r'^msgid "(.+)"$', lacking, re.MULTILINE):
                    yield f'{self.name(path)}: {what[2:]}: {match}'

    def translated_files(self):
        """every file with texts is in POTFILES.in, and its texts in the translations"""
        listed = self.source / 'po' / 'POTFILES.in'
        if not listed.exists():
            yield 'po/POTFILES.in is missing'
            return
        names = [line for line in listed.read_text().splitlines()
                 if line and not line.startswith('#')]
        for name in names:
            if not (self.source / name).is_file():
                yield f'po/POTFILES.in names {name}, which is not there'
        marked = re.compile(r'(?<![A-Za-z0-9_"])(?:_|N_|C_|NC_|ngettext|Q_) \("')
        for path in self.files('src/**/*.c', 'ui/*.ui'):
            text = path.read_text(encoding='utf-8')
            has = 'translatable="yes"' in text if path.suffix == '.ui' else marked.search(text)
            if has and self.name(path) not in names:
                yield f'{self.name(path)} has texts to translate and is not in po/POTFILES.in.in'
        yield from self.untranslated(names)

    def untranslated(self, names):
        """Extracts the texts anew and lists those that a translation does not know."""
        present = [name for name in names if (self.source / name).is_file()]
        template = subprocess.run(
            ['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
             '--keyword=NC_:1c,2', '--keyword=ngettext:1,2', '--no-wrap', '-o', '-', *present],
            cwd=self.source, capture_output=True, text=True).stdout
        texts = set(re.findall(r'^msgid "(.+)"$', template, re.MULTILINE))
        for path in self.files('po/*.po'):
            joined = subprocess.run(['msgcat', '--no-wrap', path], capture_output=True, text=True)
            known = set(re.findall(r'^msgid "(.+)"$', joined.stdout, re.MULTILINE))
            for text in sorted(texts - known):
                yield f'{self.name(path)} lacks "{text}"'

    def scripts(self):
        """scripts can be read by their interpreters, and are executable"""
        for path in self.files('scripts/*', '.ci/*'):
            first = path.read_text(encoding='utf-8').partition('\n')[0]
            if first.startswith('#!') and not os.access(path, os.X_OK):
                yield f'{self.name(path)} is not executable'
            if first.endswith('bash') or path.suffix == '.sh':
                yield self.run('bash', '-n', path)
        for path in self.files('tests/**/*.py'):
            try:
                compile(path.read_text(encoding='utf-8'), str(path), 'exec')
            except SyntaxError as error:
                yield f'{self.name(path)}: {error}'

    def licences(self):
        """every source file names its licence at the top"""
        for path in self.files('src/**/*.[ch]', 'tests/**/*.[ch]', 'tests/**/*.py', 'scripts/*'):
            if path.suffix == '.txt':
                continue
            if SPDX not in '\n'.join(path.read_text(encoding='utf-8').splitlines()[:3]):
                yield f'{self.name(path)} names no licence'

    def sizes(self):
        """no source is too long or too wide"""
        for path in self.files('src/**/*.[ch]', 'tests/**/*.[ch]', 'tests/**/*.py', 'scripts/*'):
            lines = path.read_text(encoding='utf-8').splitlines()
            if len(lines) > MAX_LINES:
                yield f'{self.name(path)} has {len(lines)} lines'
            for number, line in enumerate(lines, 1):
                if len(line) > MAX_COLUMNS or '\t' in line:
                    yield f'{self.name(path)}:{number} is too wide or has a tab'

    def toolkit(self):
        """GTK appears in the app alone"""
        for path in self.files('src/**/*.[ch]'):
            layer = path.relative_to(self.source / 'src').parts[0]
            if layer != 'app' and re.search(r'#\s*include\s*<(gtk|gdk|adwaita)[/.]',
                                          path.read_text(encoding='utf-8')):
                yield f'{self.name(path)} includes GTK'

    def checks(self):
        return [self.schemas, self.interface_files, self.json_files, self.translations,
                self.translated_files, self.scripts, self.licences, self.sizes, self.toolkit]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--source', type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    checks = Tree(arguments.source).checks()
    failed = 0
    print(f'1..{len(checks)}')
    for number, check in enumerate(checks, 1):
        complaints = [complaint.strip() for complaint in check() if complaint]
        print(f"{'not ok' if complaints else 'ok'} {number} - {check.__doc__}")
        failed += bool(complaints)
        for line in '\n'.join(complaints).splitlines()[:40]:
            print(f'# {line}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
