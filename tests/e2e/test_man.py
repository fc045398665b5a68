# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""The manual pages: they name what there is and nothing else, and their examples are true."""

import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from programs import Programs
from province import PASSWORD, Province
from steps import Story, same, step

SAMPLE = 'complete-construction'


def read_page(path):
    """Gives {command: options} of the section COMMANDS, the options of all, and the examples."""
    commands, options, examples, section, verbatim = {}, set(), [], '', False
    for line in path.read_text(encoding='utf-8').splitlines():
        if line.startswith('.Sh '):
            section = line[4:]
        elif line.startswith('.Bd '):
            verbatim = True
        elif line.startswith('.Ed'):
            verbatim = False
        elif verbatim and section == 'EXAMPLES' and line.startswith('$ '):
            examples.append(line[2:].replace(r'\e', '\\'))
        elif verbatim and section == 'EXAMPLES':
            examples[-1] += line
        elif match := re.match(r'\.It Cm ([a-z- ]+?)(?: [A-Z].*)?$', line):
            commands[match.group(1)] = set(re.findall(r'Fl (-[a-z-]+)', line))
        elif match := re.match(r'\.It Fl (-[a-z-]+)', line):
            (commands[list(commands)[-1]] if commands else options).add(match.group(1))
    return commands, options, examples


class Manual(Story):
    """Somebody who reads the pages and types what stands there."""

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        self.man = programs.source / 'data' / 'man'
        self.province = None
        self.last = None

    def report(self):
        return [str(self.last)]

    @step('yeji(1) names every command and option, and no other')
    def is_whole(self):
        commands, options, _ = read_page(self.man / 'yeji.1')
        done = subprocess.run([str(self.programs.yeji), '--json', '--help'], capture_output=True,
                              text=True, env=self.programs.environment, check=True)
        table = json.loads(done.stdout)
        same(options, {option['name'][1:] for option in table['options']}, 'options of all')
        same(sorted(commands), sorted(command['name'] for command in table['commands']),
             'the commands')
        for command in table['commands']:
            same(commands[command['name']] - options, {option['name'][1:] for option in command['options']},
                 command['name'])

    @step('yeji-server(8) does, too')
    def server_is_whole(self):
        commands, options, _ = read_page(self.man / 'yeji-server.8')
        done = subprocess.run([str(self.programs.server), '--help'], capture_output=True, text=True,
                              env=self.programs.environment, check=True)
        lines = re.findall(r'^  (\S.*)$', done.stdout, re.M)
        same(options, {'-data', '-settings'}, 'options of all')
        same(len(commands), len(lines), 'how many commands')
        for line in lines:
            name = next((name for name in sorted(commands, key=len, reverse=True)
                         if line.strip() == name or line.startswith(name + ' ')), None)
            same(commands.get(name), set(re.findall(r'-(-[a-z-]+)', line)), line)

    @step('mandoc finds nothing wrong with them')
    def is_well_formed(self):
        if shutil.which('mandoc') is None:
            print('# there is no mandoc', flush=True)
            return
        pages = sorted(path for path in self.man.iterdir() if path.suffix in ('.1', '.8'))
        done = subprocess.run(['mandoc', '-T', 'lint', '-W', 'style', *map(str, pages)],
                              capture_output=True, text=True, check=False)
        complaints = [line for line in (done.stdout + done.stderr).splitlines()
                      if 'referenced manual not found' not in line and 'mandoc.db' not in line]
        same(complaints, [], 'complaints')

    def play(self, page):
        """Types all examples of a page in one shell, which ends at the first that fails."""
        examples = read_page(self.man / page)[2]
        script = '\n'.join(['set -eu', *(f'echo {shlex.quote("$ " + line)}\n{line}'
                                         for line in examples)])
        # a self-check or a matrix that says that something is missing has not failed
        script = re.sub(r'^(yeji (?:grade|evidence|check|match|import --dry-run) .*)$',
                        r'\1 || test $? = 3', script, flags=re.M)
        done = subprocess.run(['sh', '-c', script], cwd=self.place, capture_output=True, text=True,
                              env=self.environment(), timeout=120, check=False)
        self.last = f'{done.stdout[-1500:]} {done.stderr[-1500:]}'
        same(done.returncode, 0, 'how the examples ended')
        return done.stdout

    def environment(self):
        directory = self.programs.yeji.parent
        return {**self.programs.environment, 'PATH': f'{directory}:{os.environ["PATH"]}',
                'XDG_DATA_HOME': str(self.place / 'data'), 'HOME': str(self.place),
                'PROVINCE': self.province.url if self.province else ''}

    @step('the examples of yeji(1) do what they say, one after the other')
    def examples(self):
        samples = self.programs.samples
        shutil.copy(samples / f'{SAMPLE}.json', self.place)
        plan = json.loads((samples / 'documents.json').read_text(encoding='utf-8'))[SAMPLE]
        (self.place / 'scans').mkdir()
        for line in plan:
            shutil.copy(self.programs.documents / SAMPLE / line['file'], self.place / 'scans')
        (self.place / 'password').write_text(f'{PASSWORD}\n', encoding='utf-8')
        (self.place / 'passphrase').write_text('four words that rhyme\n', encoding='utf-8')
        self.province = Province(self.programs, self.place / 'served')
        self.province.start()
        self.play('yeji.1')
        for name in ('template.xlsx', 'declaration.pdf', 'receipt.json', 'all.xlsx',
                     'all.yeji-backup', 'record.yeji-package', 'copy/yeji.sqlite'):
            same((self.place / name).is_file(), True, name)

    @step('those of yeji-server(8), too')
    def server_examples(self):
        self.play('yeji-server.8')
        same((self.place / 'province.backup').is_file(), True, 'the copy')


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--build', default='_build')
    source = pathlib.Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory(prefix='yeji-man-') as place:
        story = Manual(Programs(arguments.parse_args().build, source, language='en'),
                       pathlib.Path(place))
        try:
            whole = story.tell()
        finally:
            if story.province is not None:
                story.province.stop()
    return 0 if whole else 1


if __name__ == '__main__':
    sys.exit(main())
