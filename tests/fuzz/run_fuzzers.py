#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Builds the fuzzers with clang and runs them side by side, as many as there are cores.

What they find goes to findings/ in the build directory, named after fuzzer and kind, and fails the
run. New inputs that reach new code are kept beside it, for the next run; `--minimise` puts the best
of them and of tests/fuzz/corpus/ back into tests/fuzz/corpus/.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent

# Bytes of an input at most, by fuzzer: a full record has 11,000.
FUZZERS = {'record': 16384, 'dictionary': 4096, 'normaliser': 512, 'filter': 4096, 'sheets': 8192}
LIMITS = ['-rss_limit_mb=512', '-timeout=10', '-print_final_stats=1', '-use_value_profile=0',
          '-reload=0', '-verbosity=1']
OPTIONS = ['-Dfuzz=true', '-Dapp=disabled', '-Dserver=disabled', '-Dbuildtype=debugoptimized',
           '-Db_sanitize=address,undefined', '-Db_lundef=false']
ENVIRONMENT = {
    'G_SLICE': 'always-malloc',
    'G_DEBUG': 'fatal-warnings',
    'LC_ALL': 'C.UTF-8',
    'ASAN_OPTIONS': 'detect_leaks=1:quarantine_size_mb=64',
    'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
}


def build(place, out):
    """Brings the build directory up to date; only what the fuzzers need is compiled."""
    environment = {**os.environ, 'CC': 'clang'}
    if not (place / 'build.ninja').exists():
        subprocess.run(['meson', 'setup', str(place), str(TOP), *OPTIONS], env=environment,
                       stdout=out, stderr=subprocess.STDOUT, check=True)
    subprocess.run(['ninja', '-C', str(place), *(f'tests/fuzz/fuzz-{name}' for name in FUZZERS)],
                   env=environment, stdout=out, stderr=subprocess.STDOUT, check=True)


def gather_words(node, words):
    """Collects the member names and the short strings of a JSON value."""
    if isinstance(node, dict):
        for name, value in node.items():
            words.add(name)
            gather_words(value, words)
    elif isinstance(node, list):
        for value in node:
            gather_words(value, words)
    elif isinstance(node, str) and len(node.encode()) <= 24:
        words.add(node)


def escape(word):
    """As libFuzzer reads a word."""
    return ''.join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f'\\x{byte:02x}'
                   for byte in word.encode())


def make_words(name, path):
    """Writes the words that a fuzzer puts in: those of the dictionary and of JSON's dark corners."""
    words = {'\\u0000', '\\ud83d', '\\ude00', '\u202e', '\u200b', '\ufeff', '1e308', '-0.0', '[[[[',
             '{"a":', '"', '\\"', '\\\\', '},{', ']}', 'null', 'true'}
    dictionary = TOP / 'data' / 'dictionary'
    for part in sorted(dictionary.rglob('*.json')):
        node = json.loads(part.read_text(encoding='utf-8'))
        if name == 'dictionary':
            if part.parent.name != 'codes':
                gather_words(node, words)
        elif part.parent.name == 'tables':
            words.update(field['id'] for field in node['fields'])
            words.add(node['member'])
        elif name == 'normaliser' and part.parent.name == 'codes':
            words.update(item['name'] for item in node['items'][:20])
    if name == 'record':
        words.update(('uuid', 'dictionary', 'role', 'id', 'kept', 'replies', 'aside', 'pointer', 'reason', 'text'))
    if name == 'normaliser':
        words.update('年 月 日 元 万 亿 整 角 分 零 壹 贰 叁 拾 佰 仟 一 二 〇 ○ （ ） ， 。 Jan － １ Ｏ'.split())
    if name == 'sheets':
        words = set('<row r="1"> <c> t="s" t="inlineStr" t="str" t="d" s="1" <v> <is> <t> <f> <si> '
                    '<mergeCell ref="A1:B2"/> r="XFD1048576" <!DOCTYPE &#x0; &amp; _x000D_ '
                    'date1904="1" Target=" ../ ]]> <![CDATA[ 1e308 <rPh> </rPh> <r> </row> </c> '
                    'xmlns:x=" <x:row> t="b" t="e" t="n" 220102201603300101 [$-804]yyyy [h]:mm '
                    'numFmtId="164" formatCode=" <cellXfs> <xf/> <sst> encoding="UTF-16" '
                    'TargetMode="External" state="veryHidden"'.split(' '))
    path.write_text(''.join(f'"{escape(word)}"\n' for word in sorted(words) if word),
                    encoding='ascii')


def summarise(text):
    """What libFuzzer says at the end, in a line."""
    executed = re.search(r'number_of_executed_units:\s*(\d+)', text)
    covered = re.findall(r'cov: (\d+) ft: (\d+) corp: (\d+)', text)
    rss = re.search(r'peak_rss_mb:\s*(\d+)', text)
    cov, features, inputs = covered[-1] if covered else ('?', '?', '?')
    return (f'{executed.group(1) if executed else "?"} runs, {cov} edges, {features} features, '
            f'{inputs} inputs, {rss.group(1) if rss else "?"} MB')


def fuzz(name, place, seconds):
    """Runs one fuzzer; returns its name, whether nothing was found, and what it says."""
    findings = place / 'findings'
    found = place / 'inputs' / name
    words = place / f'{name}.dict'
    findings.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    make_words(name, words)
    before = set(findings.iterdir())
    done = subprocess.run(
        [place / 'tests' / 'fuzz' / f'fuzz-{name}', found, HERE / 'corpus' / name,
         f'-max_total_time={seconds}', f'-max_len={FUZZERS[name]}', f'-dict={words}',
         f'-artifact_prefix={findings}/{name}-', *LIMITS],
        env={**os.environ, **ENVIRONMENT}, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=seconds + 120, check=False)
    text = done.stderr.decode(errors='replace')
    if done.returncode == 0:
        return name, True, summarise(text)
    (findings / f'{name}.log').write_text(text, encoding='utf-8')
    new = sorted(str(path) for path in set(findings.iterdir()) - before if path.suffix != '.log')
    return name, False, '\n'.join([*text.splitlines()[-60:], *new])


def minimise(name, place):
    """Puts the inputs that matter into the corpus, and no others."""
    corpus = HERE / 'corpus' / name
    best = place / 'best' / name
    shutil.rmtree(best, ignore_errors=True)
    best.mkdir(parents=True)
    subprocess.run([place / 'tests' / 'fuzz' / f'fuzz-{name}', '-merge=1', best, corpus,
                    place / 'inputs' / name, f'-max_len={FUZZERS[name]}', *LIMITS],
                   env={**os.environ, **ENVIRONMENT}, check=True)
    for path in corpus.iterdir():
        path.unlink()
    for path in best.iterdir():
        shutil.copy(path, corpus / path.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', type=pathlib.Path, required=True, help='the build directory')
    parser.add_argument('--seconds', type=int, default=600, help='of each fuzzer')
    parser.add_argument('--minimise', action='store_true', help='renew the corpus instead')
    parser.add_argument('fuzzers', nargs='*', choices=[[], *FUZZERS], default=[])
    options = parser.parse_args()
    place = options.build.resolve()
    names = options.fuzzers or list(FUZZERS)

    if shutil.which('clang') is None:
        print('1..0 # SKIP the fuzzers need clang: install clang and libclang-rt-14-dev')
        return 0
    place.mkdir(parents=True, exist_ok=True)
    with open(place.parent / f'{place.name}.log', 'w', encoding='utf-8') as log:
        build(place, log)
    if options.minimise:
        for name in names:
            minimise(name, place)
        return 0

    worst = 0
    print(f'1..{len(names)}', flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(fuzz, name, place, options.seconds) for name in names]
        for number, run in enumerate(concurrent.futures.as_completed(runs), 1):
            name, good, text = run.result()
            worst = max(worst, not good)
            first, *rest = text.splitlines() if good else ('', *text.splitlines())
            print(f'{"ok" if good else "not ok"} {number} - {name}: {first}', flush=True)
            for line in rest:
                print(f'# {line}', flush=True)
    return int(worst)


if __name__ == '__main__':
    sys.exit(main())
