# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What the shells complete: real ones, on a terminal, with what the program offers them."""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE = 30
NAME = '示范 工程: 一期'

# what is typed before Tab, and the words that stand there then; {} is the record
CASES = (
    ('yeji unpa', ['unpack']),
    ('yeji bin --em', ['bin', '--empty']),
    ('yeji --js', ['--json']),
    ('yeji show ', ['show', '{}']),
    ('yeji --profile profile history ', ['--profile', 'profile', 'history', '{}']),
    ('yeji new --role const', ['new', '--role', 'construction']),
    ('yeji attach {} award', ['attach', '{}', 'award_notice']),
    ('yeji set {} /project/PrjNam', ['set', '{}', '/project/PrjName']),
    ('yeji transfers pa', ['transfers', 'pause']),
    ('yeji tray pl', ['tray', 'place']),
    ('yeji completion fi', ['completion', 'fish']),
    ('yeji unpack a', ['unpack', 'a.yeji-package']),
    ('yeji unpack b', ['unpack', 'b c.yeji-package']),
    ('yeji unpack x', ['unpack', 'x']),
    ('yeji unpack e', ['unpack', 'elsewhere']),
)


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, words, place, environment):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(place)
            os.execvpe(words[0], words, environment)
        self.seen = ''

    def send(self, text):
        os.write(self.fd, text.encode())

    def wait_for(self, pattern):
        """Returns what was matched, and forgets what came before its end."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.seen)):
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            assert ready, f'{pattern!r} did not come: {self.seen!r}'
            self.seen += os.read(self.fd, 65536).decode('utf-8', 'replace')
        self.seen = self.seen[found.end():]
        return found

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


class Place:
    """A folder with the program, a profile, and files of several kinds."""

    def __init__(self, program, data, folder):
        self.data = data
        self.folder = folder
        (folder / 'programs').mkdir()
        (folder / 'programs' / 'yeji').symlink_to(program)
        (folder / 'elsewhere').mkdir()
        for name in ('a.yeji-package', 'b c.yeji-package', 'x.txt'):
            (folder / name).touch()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith('XDG_')},
            'PATH': f'{folder / "programs"}:{os.environ["PATH"]}', 'HOME': str(folder),
            'XDG_DATA_HOME': str(folder / 'data'), 'YEJI_KEYRING': 'none', 'TERM': 'dumb',
            'LC_ALL': 'C.UTF-8', 'INPUTRC': '/dev/null',
        }
        # the same in the user's own profile and in one that is named
        self.uuid = self.call('new')
        self.call('set', self.uuid, '/project/PrjName', NAME)
        (folder / 'profile').symlink_to(folder / 'data' / 'yeji' / 'default')

    def call(self, *words):
        return subprocess.run(['yeji', *words], env=self.environment, cwd=self.folder, text=True,
                              capture_output=True, timeout=60, check=True).stdout.strip()


def complete_on_terminal(place, words, script, setup):
    """Types each case and Tab, and has the shell print the words that it would run."""
    shell = Terminal(words, place.folder, place.environment)
    try:
        shell.send(f'{setup} source {script}; printf "%s%s" rea dy\r')
        shell.wait_for('ready')
        for typed, expected in CASES:
            shell.send(typed.format(place.uuid) + '\t\x01printf "[%s]" be gin ; printf "<%s>" '
                       '\x05 ; printf "[%s]" en d\r')
            shown = shell.wait_for(r'\[be\]\[gin\](.*?)\[en\]\[d\]').group(1)
            words = [word.format(place.uuid) for word in ['yeji', *expected]]
            # a slash that the shell put behind a folder goes with what is typed next
            found = [word.rstrip('/') for word in re.findall('<(.*?)>', shown)]
            # where nothing fits, zsh offers all files, as it does for every program
            assert found == words or (typed.endswith(' x') and found == [*words[:2], 'x.txt']), \
                (typed, shown)
    finally:
        shell.close()


def bash(place):
    """bash completes commands, options, values, records and files."""
    complete_on_terminal(place, ['bash', '--norc', '--noprofile', '-i'],
                         place.data / 'yeji.bash', "bind 'set enable-bracketed-paste off';")


def bash_lists(place):
    """bash lists records with their names."""
    script = (f'source {place.data / "yeji.bash"}; compopt () {{ :; }}; COMP_TYPE=63\n'
              'COMP_WORDS=(yeji show ""); COMP_CWORD=2; _yeji yeji; printf "%s\\n" "${COMPREPLY[@]}"')
    other = place.call('new', '--copy', place.uuid)
    done = subprocess.run(['bash', '-c', script], env=place.environment, cwd=place.folder,
                          text=True, capture_output=True, timeout=60, check=True)
    place.call('remove', other)
    lines = done.stdout.splitlines()
    assert f'{place.uuid}  {NAME}' in lines and len(lines) == 2, done


def zsh(place):
    """zsh completes the same."""
    complete_on_terminal(place, ['zsh', '-f', '-i'], place.data / 'yeji.zsh',
                         "bindkey -e; unset zle_bracketed_paste; PS1=; PROMPT_SP=; "
                         'autoload -U compinit; compinit -u -D;')


def fish(place):
    """fish completes the same, with what the words mean."""
    def offered(line):
        done = subprocess.run(['fish', '--no-config', '-c',
                               f'source {place.data / "yeji.fish"}; complete -C "$argv"', line],
                              env=place.environment, cwd=place.folder, text=True,
                              capture_output=True, timeout=60, check=True)
        return [text.split('\t') for text in done.stdout.splitlines()]

    for typed, expected in CASES:
        typed = typed.format(place.uuid)
        last = expected[-1].format(place.uuid)
        found = [line[0].rstrip('/') for line in offered(typed)]
        assert found == [last] or (last == 'x' and not found), (typed, found)
    assert offered('yeji show ') == [[place.uuid, NAME]]


def is_quick(place):
    """A thousand records are offered at once, five hundred of them."""
    record = '{"role": "design", "project": {"PrjName": "n"}}\n'
    (place.folder / 'many.jsonl').write_text(record * 1000)
    place.call('--profile', 'many', 'import', 'many.jsonl')
    begin = time.monotonic()
    lines = place.call('completion', '--offer', '--', '--profile', 'many', 'show', '').splitlines()
    seconds = time.monotonic() - begin
    print(f'# {seconds * 1000:.0f} ms')
    assert len(lines) == 500 and seconds < 2, (len(lines), seconds)


def is_only_read(place):
    """Nothing is made where no profile is, and nothing is said of it."""
    assert place.call('completion', '--offer', '--', '--profile', 'nowhere', 'show', '') == ''
    assert not (place.folder / 'nowhere').exists()


def scripts(place):
    """The program prints what is installed."""
    for shell in ('bash', 'zsh', 'fish'):
        assert place.call('completion', shell) == (place.data / f'yeji.{shell}').read_text().strip()


TESTS = (scripts, is_only_read, is_quick, bash, bash_lists, zsh, fish)


def main():
    program, data = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    failed = 0
    print(f'1..{len(TESTS)}')
    for number, test in enumerate(TESTS, 1):
        shell = test.__name__.split('_')[0]
        if shell in ('bash', 'zsh', 'fish') and shutil.which(shell) is None:
            print(f'ok {number} - {test.__doc__} # SKIP there is no {shell}')
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Place(program, data, pathlib.Path(folder)))
                print(f'ok {number} - {test.__doc__}', flush=True)
            except (AssertionError, subprocess.SubprocessError) as error:
                print(f'not ok {number} - {test.__doc__}\n# {error!r}', flush=True)
                failed += 1
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
