# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Nothing that a clerk reads is left in English: every string of the sources is in po/zh_CN.po, none
is fuzzy or empty, and its placeholders are those of the source."""

import argparse
import ast
import pathlib
import re
import subprocess
import sys
import tempfile

KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3')
MARKED_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext)\s*\(')
MARKED_UI = re.compile(r'translatable="(?:yes|true)"')
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)
DIRECTIVE = re.compile(r'%(?:(\d+)\$)?[-+ 0#\']*(?:\d+|\*)?(?:\.(?:\d+|\*))?'
                       r'(?:hh|h|ll|l|z|j|t|q)?([diouxXeEfgGcspn%])')
MNEMONIC = re.compile(r'_(\w)')


def read_po(text):
    """Reads a catalogue: {(context, msgid): (plural, [msgstr], flags)}."""
    entries = {}
    entry, at, flags = {}, None, set()

    def end():
        if 'msgid' in entry:
            strings = [entry[k] for k in sorted(entry) if k.startswith('msgstr')]
            entries[(entry.get('msgctxt'), entry['msgid'])] = (
                entry.get('msgid_plural'), strings, set(flags))

    for line in text.splitlines() + ['']:
        found = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$', line)
        if line.startswith('#~'):
            continue
        if not line.strip() or (found and found[1] in ('msgctxt', 'msgid')
                                and any(k.startswith('msgstr') for k in entry)):
            end()
            entry, at, flags = {}, None, set()
        if line.startswith('#,'):
            flags |= {flag.strip() for flag in line[2:].split(',')}
        if found:
            at = found[1]
            entry[at] = ast.literal_eval(found[2])
        elif line.startswith('"') and at is not None:
            entry[at] += ast.literal_eval(line)
    entries.pop((None, ''), None)
    return entries


def get_directives(text):
    """The printf directives of a text, in the order of their arguments."""
    found = [(int(place) if place else 0, kind) for place, kind in DIRECTIVE.findall(text)
             if kind != '%']
    if any(place for place, _ in found):
        found.sort()
    return [kind for _, kind in found]


def is_format(text):
    return '%' in text and bool(get_directives(text))


class Checks:
    """Each check returns the lines that say what is wrong."""

    def __init__(self, source):
        self.source = source
        self.listed = [line.strip() for line in
                       (source / 'po' / 'POTFILES.in').read_text().splitlines()
                       if line.strip() and not line.startswith('#')]
        self.catalogue = read_po((source / 'po' / 'zh_CN.po').read_text(encoding='utf-8'))

    def marked_files(self):
        for path in sorted((self.source / 'src').rglob('*.[ch]')):
            if MARKED_C.search(COMMENT.sub('', path.read_text(encoding='utf-8'))):
                yield path
        for path in sorted((self.source / 'ui').glob('*.ui')):
            if MARKED_UI.search(path.read_text(encoding='utf-8')):
                yield path
        yield from sorted((self.source / 'data').glob('*.in'))

    def check_listed(self):
        """POTFILES.in names every file with a string, once, and no file that is not there."""
        marked = {str(path.relative_to(self.source)) for path in self.marked_files()}
        listed = set(self.listed)
        for name in sorted(marked - listed):
            yield f'{name} has strings, and po/POTFILES.in does not name it'
        for name in sorted(listed):
            if not (self.source / name).is_file():
                yield f'po/POTFILES.in names {name}, which is not there'
            if self.listed.count(name) > 1:
                yield f'po/POTFILES.in names {name} twice'

    def extract(self):
        files = [name for name in dict.fromkeys(self.listed) if (self.source / name).is_file()]
        with tempfile.TemporaryDirectory() as folder:
            pot = pathlib.Path(folder) / 'yeji.pot'
            subprocess.run(
                ['xgettext', '--from-code=UTF-8', '--output', str(pot), '--directory',
                 str(self.source), *(f'--keyword={word}' for word in KEYWORDS), *files],
                check=True, stderr=subprocess.DEVNULL)
            return read_po(pot.read_text(encoding='utf-8'))

    def check_complete(self):
        """Every string is translated."""
        for key, (plural, _, _) in sorted(self.extract().items(), key=str):
            if key not in self.catalogue:
                yield f'missing: {key[1]!r}' + (f' in the context {key[0]!r}' if key[0] else '')
            elif plural != self.catalogue[key][0]:
                yield f'the plural differs: {key[1]!r}'

    def check_sure(self):
        """None is fuzzy or empty."""
        for (_, source), (_, strings, flags) in self.catalogue.items():
            if 'fuzzy' in flags:
                yield f'fuzzy: {source!r}'
            if not strings or not all(strings):
                yield f'empty: {source!r}'

    def check_placeholders(self):
        """What is put into a sentence is put into its translation."""
        for (_, source), (plural, strings, _) in self.catalogue.items():
            wanted = get_directives(plural or source)
            for string in strings:
                if (is_format(source) or is_format(string)) and get_directives(string) != wanted:
                    yield f'{source!r} has {wanted}, {string!r} {get_directives(string)}'

    def check_forms(self):
        """A label keeps its key and its three dots."""
        for (_, source), (_, strings, _) in self.catalogue.items():
            short = len(source) < 60 and '://' not in source and '--' not in source
            key = MNEMONIC.search(source) if short and source.count('_') == 1 else None
            for string in strings:
                kept = MNEMONIC.search(string)
                if key and not kept:
                    yield f'{source!r} has a key, {string!r} has none'
                if source.endswith('…') and short and not string.endswith('…'):
                    yield f'{source!r} ends with three dots, {string!r} does not'

    def check_compiles(self):
        """msgfmt takes the catalogue."""
        done = subprocess.run(['msgfmt', '-c', '-o', '/dev/null',
                               str(self.source / 'po' / 'zh_CN.po')],
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            yield from done.stderr.strip().splitlines()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--source', type=pathlib.Path, required=True)
    checks = Checks(parser.parse_args().source)
    names = [name for name in vars(Checks) if name.startswith('check_')]

    print(f'1..{len(names)}')
    failed = 0
    for number, name in enumerate(names, 1):
        wrong = list(getattr(checks, name)())
        failed += bool(wrong)
        for line in wrong:
            print(f'# {line}')
        print(f'{"not " if wrong else ""}ok {number} /languages/{name.replace("_", "-")}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
