# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Proves that a layer sees the headers of the layers that it needs, and no others.

For every layer the compile command of one of its own files is taken from the build. With exactly
its flags all headers of the layers that it needs must compile together, and `__has_include` must
find none of any other layer. A layer's own header compiles by itself where it is the first that
its own file includes, as the build has shown; the others are compiled here.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

# The layers that bring a library with them: nobody else sees it but who needs one of them.
LIBRARY_OWNERS = {
    'json-glib/json-glib.h': {'model'},
    'libsoup/soup.h': {'sync', 'server'},
    'libxml/xmlreader.h': {'sheets'},
    'gdk-pixbuf/gdk-pixbuf.h': {'pages', 'app'},
    'poppler.h': {'pages'},
    'gtk/gtk.h': {'app'},
    'adwaita.h': {'app'},
}

# Flags that say where output goes or what is compiled, with their value if they have one.
OUTPUT_FLAGS = {'-o': 1, '-c': 1, '-MF': 1, '-MQ': 1, '-MT': 1, '-MD': 0, '-MMD': 0}


class Layer:
    """One layer of src/meson.build, with all that it may see."""

    def __init__(self, name, needs, source):
        self.name = name
        self.needs = needs
        self.folder = source / 'src' / name
        self.headers = sorted(path.name for path in self.folder.rglob('*.h'))
        self.command = None
        self.directory = None

    def compile(self, *headers):
        """Compiles a file that includes the headers; returns the compiler's exit code and words."""
        return self.run('\n'.join(f'#include "{header}"' for header in headers))

    def run(self, text):
        text += '\nextern int yeji_nothing;\n'
        done = subprocess.run([*self.command, '-fsyntax-only', '-x', 'c', '-'],
                              input=text, cwd=self.directory, capture_output=True, text=True,
                              env={**os.environ, 'LC_ALL': 'C'})
        return done.returncode, done.stderr

    def is_first(self, header):
        """Whether the header's own file includes it before any other but the configuration."""
        for path in self.folder.rglob(header[:-1] + 'c'):
            names = re.findall(r'^#include ["<](.*)[">]', path.read_text(encoding='utf-8'), re.M)
            return [name for name in names if name != 'config.h'][:1] == [header]
        return False

    def problem_with_own(self, headers):
        """Compiles each header that the build has not; says what does not compile, or nothing."""
        for header in headers:
            if self.is_first(header):
                continue
            code, words = self.compile(header)
            if code != 0:
                return f'{header} does not compile by itself: {words}'
        return None

    def problem_with_needed(self, headers):
        """Compiles all headers of needed layers together; says what fails, or nothing."""
        code, words = self.compile(*headers)
        return None if code == 0 else words

    def problem_with_foreign(self, headers):
        """Looks for headers that must not be found; says which one was, or nothing."""
        code, words = self.run('\n'.join(f'#if __has_include("{header}")\n#error {header}\n#endif'
                                         for header in headers))
        found = ', '.join(re.findall(r'#error (\S+)', words))
        return None if code == 0 else f'{self.name} sees {found or words}'


def read_layers(arguments):
    """Reads the layer table; what a layer needs comes to include what those need in turn."""
    layers = {}
    for text in arguments.layer:
        name, _, needs = text.partition('=')
        direct = [need for need in needs.split(',') if need]
        everything = set(direct)
        for need in direct:
            everything |= layers[need].needs
        layers[name] = Layer(name, everything, arguments.source)
    return layers


def find_commands(layers, build):
    """Gives every layer the flags of one of its own files."""
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        match = re.match(r'src/libyeji-([a-z]+)\.a\.p/', entry.get('output', ''))
        if not match or match[1] not in layers:
            continue
        command, skip = [], 0
        for word in shlex.split(entry['command']):
            if skip:
                skip -= 1
            elif word in OUTPUT_FLAGS:
                skip = OUTPUT_FLAGS[word]
            else:
                command.append(word)
        layers[match[1]].command = command
        layers[match[1]].directory = entry['directory']


def sources_that_go_around(layers, source):
    """Lists the includes that name a folder, which would reach any layer."""
    found = []
    for name in layers:
        for path in sorted((source / 'src' / name).rglob('*.[ch]')):
            for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
                if re.match(r'\s*#\s*include\s*"[^"]*/', line):
                    found.append(f'{path.relative_to(source)}:{number}: {line.strip()}')
    return found


def cases(layers):
    """Yields (words, function, argument) of every test."""
    for layer in layers.values():
        if layer.command is None:
            continue
        yield f'{layer.name}: its own headers compile', layer.problem_with_own, layer.headers
        needed = [header for need in sorted(layer.needs) for header in layers[need].headers]
        if needed:
            yield f'{layer.name}: sees what it needs', layer.problem_with_needed, needed
        for other in layers.values():
            if other is not layer and other.name not in layer.needs and other.headers:
                yield (f'{layer.name}: does not see {other.name}',
                       layer.problem_with_foreign, other.headers)
        libraries = [header for header, owners in LIBRARY_OWNERS.items()
                     if not owners & {layer.name, *layer.needs}]
        if libraries:
            yield (f"{layer.name}: does not see other layers' libraries",
                   layer.problem_with_foreign, libraries)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--source', type=pathlib.Path, required=True)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--layer', action='append', default=[], metavar='NAME=NEEDS')
    arguments = parser.parse_args()

    layers = read_layers(arguments)
    find_commands(layers, arguments.build)
    tests = list(cases(layers))
    bare = [layer.name for layer in layers.values() if layer.command is None]
    print(f'1..{len(tests) + 1 + len(bare)}')

    number = failed = 0

    def report(words, problem):
        nonlocal number, failed
        number += 1
        print(f"{'not ok' if problem else 'ok'} {number} - {words}")
        if problem:
            failed += 1
            for line in problem.strip().splitlines()[:12]:
                print(f'# {line}')

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [(words, pool.submit(function, headers)) for words, function, headers in tests]
        for words, future in running:
            report(words, future.result())
    report('no include names a folder', '\n'.join(sources_that_go_around(layers, arguments.source)))
    for name in bare:
        # No command is an answer only where there is nothing to compile.
        if any((arguments.source / 'src' / name).rglob('*.c')):
            report(f'{name}: is built', f'src/{name} has sources, and the build none of them')
        else:
            report(f'{name} # SKIP it has no sources', None)

    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
