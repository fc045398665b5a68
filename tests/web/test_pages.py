# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The files of the pages: words in both languages, nothing that reads markup, nothing inline."""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree

WEB = pathlib.Path(__file__).resolve().parent.parent.parent / 'data' / 'web'
SCRIPTS = sorted(WEB.glob('*.js'))
# Words whose name is put together: from the prefix the script has to the words that there must be.
BUILT = re.compile(r"t\(`([a-z.-]+)\$")
SAID = re.compile(r"(?:\bt\(|words: )'([a-z][a-zA-Z0-9._-]*)'")
LISTED = re.compile(r"'((?:queue|diff|corrections|account|session|users|admin|phrase|changes|documents)"
                    r"\.[a-zA-Z0-9._-]+)'")
FORBIDDEN = re.compile(r'\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\s*\(|'
                       r'new Function|setTimeout\(\s*[\'"`]|srcdoc|createContextualFragment|'
                       r'DOMParser|setHTML)')


def read(path):
    return path.read_text(encoding='utf-8')


def test_words():
    """Chinese and English words have the same names, and the same places to fill in."""
    zh, en = (json.loads(read(WEB / f'words-{name}.json')) for name in ('zh', 'en'))
    assert list(zh) == list(en), sorted(set(zh) ^ set(en))
    for name, text in zh.items():
        assert set(re.findall(r'\{\w+\}', text)) == set(re.findall(r'\{\w+\}', en[name])), name
        assert text and en[name], name


def test_used():
    """Every word that a script says is there, and every word is said somewhere."""
    words = set(json.loads(read(WEB / 'words-zh.json')))
    text = '\n'.join(read(path) for path in SCRIPTS)
    said = set(SAID.findall(text)) | set(LISTED.findall(text))
    assert said <= words, sorted(said - words)
    prefixes = tuple(BUILT.findall(text)) + tuple(
        f'{name}.' for name in re.findall(r"\bword\('([a-z]+)'", text)) + (
        'approve.means-', 'changes.', 'documents.', 'point.')
    unused = {word for word in words - said
              if not word.startswith(prefixes) and f"'{word}'" not in text}
    assert not unused, sorted(unused)


def test_no_markup():
    """No script makes elements of a text, and no page has a script or a style in itself."""
    for path in SCRIPTS:
        found = FORBIDDEN.search(read(path))
        assert not found, f'{path.name}: {found[0]}'
    for path in WEB.glob('*.html'):
        text = read(path)
        assert not re.search(r'<style|\sstyle=|\son\w+\s*=|javascript:', text), path.name
        assert not re.search(r'<script(?![^>]*\bsrc=)', text), path.name


def test_served():
    """Every file is in the server, and every file that a file names is one of them."""
    root = xml.etree.ElementTree.parse(WEB / 'web.gresource.xml').getroot()
    served = {node.text for node in root.iter('file')}
    there = {path.name for path in WEB.iterdir() if path.suffix != '.xml'}
    assert served == there, sorted(served ^ there)
    for path in (*SCRIPTS, *WEB.glob('*.html')):
        named = re.findall(r"from '\./([^']+)'", read(path)) + re.findall(
            r'"/web/([a-z0-9.-]+)"', read(path))
        assert set(named) <= served, f'{path.name}: {sorted(set(named) - served)}'
        assert re.fullmatch(r'[a-z0-9-]+\.(html|js)', path.name), path.name


def test_preloaded():
    """The desk asks for all its modules at once, and for no others."""
    needed, found = ['desk.js'], set()
    while needed:
        name = needed.pop()
        found.add(name)
        needed += [each for each in re.findall(r"from '\./([^']+)'", read(WEB / name))
                   if each not in found]
    said = re.findall(r'"modulepreload" href="/web/([^"]+)"', read(WEB / 'desk.html'))
    assert set(said) == found - {'desk.js'}, sorted(set(said) ^ (found - {'desk.js'}))


def main():
    tests = (test_words, test_used, test_no_markup, test_served, test_preloaded)
    print(f'1..{len(tests)}')
    failed = False
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} - {test.__doc__}')
        except AssertionError as error:
            failed = True
            print(f'not ok {number} - {test.__doc__}\n# {error}')
    sys.exit(failed)


if __name__ == '__main__':
    main()
