# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""How far a long command is, and what Ctrl+C leaves of it: nothing half, in words."""

import json
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile

FAILED = 1
N_RECORDS = 12000
PHRASE = 'four words that rhyme\n'


class Place:
    """A folder with a profile of a few records that carry documents, and large files."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.environment = {**os.environ, 'XDG_DATA_HOME': str(folder), 'YEJI_KEYRING': 'none',
                            'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en'}
        (folder / 'work').mkdir()
        record = '{"role": "design", "project": {"PrjName": "n"}}\n'
        (folder / 'many.jsonl').write_text(record * N_RECORDS, encoding='utf-8')
        (folder / 'few.jsonl').write_text(record * 3, encoding='utf-8')
        self.uuids = self.call('import', 'few.jsonl').split()
        for number, uuid in enumerate(self.uuids):
            for part in range(2):
                scan = folder / f'{number}-{part}.pdf'
                scan.write_bytes(b'%PDF-1.4\n' + os.urandom(8 << 20) + b'\n%%EOF\n')
                self.call('attach', uuid, 'other', scan.name)

    def start(self, *words, **options):
        return subprocess.Popen([self.program, '--profile', 'profile', *words], cwd=self.folder,
                                env=self.environment, **options)

    def call(self, *words, given=''):
        child = self.start(*words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True)
        out, err = child.communicate(given, timeout=60)
        assert child.returncode == 0, (words, err)
        return out

    def stop(self, *words, given=''):
        """Sends Ctrl+C when the command tells for the first time how far it is."""
        output = open(self.folder / 'work' / 'out', 'w+', encoding='utf-8')
        child = self.start('--json', '--progress', *words, stdin=subprocess.PIPE,
                           stdout=output, stderr=subprocess.PIPE, text=True)
        child.stdin.write(given)
        child.stdin.close()
        child.stdin = None
        lines = []
        for line in child.stderr:
            lines.append(json.loads(line))
            if 'progress' in lines[-1] and lines[-1]['done'] != lines[-1]['total']:
                assert lines[-1]['progress'] == words[0], lines
                child.send_signal(signal.SIGINT)
                break
        _, rest = child.communicate(timeout=60)
        with output:
            output.seek(0)
            out = output.read()
        lines += [json.loads(line) for line in rest.splitlines()]
        assert child.returncode == FAILED, (words, child.returncode, lines)
        assert any('Stopping' in line.get('message', '') for line in lines), lines
        assert lines[-1]['error'] == 'failed' and lines[-1]['exit'] == FAILED, lines
        return out, lines[-1]['message']


def packing(place):
    """A package that was stopped is not there."""
    before = sorted(place.folder.iterdir())
    out, message = place.stop('pack', 'x.yeji-package', '--all', given=PHRASE)
    assert out == '' and message == 'Nothing was packed: it was stopped', (out, message)
    assert sorted(place.folder.iterdir()) == before


def unpacking(place):
    """A package that was not taken over to its end brought no record."""
    place.call('pack', 'y.yeji-package', '--all', given=PHRASE)
    place.call('--profile', 'other', 'list')
    out, message = place.stop('unpack', '--profile', 'other', '--force', 'y.yeji-package',
                              given=PHRASE)
    assert out == '' and message == 'Nothing was unpacked: it was stopped', (out, message)
    assert place.call('--profile', 'other', 'list') == ''
    place.call('--profile', 'other', 'unpack', '--force', 'y.yeji-package', given=PHRASE)
    assert len(place.call('--profile', 'other', 'list').splitlines()) == 3


def importing(place):
    """An import that was stopped brought no record."""
    out, message = place.stop('import', 'many.jsonl')
    assert out == '' and message == 'Nothing was imported: it was stopped', (out, message)
    assert len(place.call('list').splitlines()) == 3


def backing_up(place):
    """A backup that was stopped is not there."""
    before = sorted(place.folder.iterdir())
    _, message = place.stop('backup', 'x.yeji-backup')
    assert message == 'No backup was made: it was stopped', message
    assert sorted(place.folder.iterdir()) == before


def checking(place):
    """A check that was stopped says so, and what it printed is whole JSON."""
    (place.folder / 'more.jsonl').write_text((place.folder / 'many.jsonl').read_text() * 5)
    out, message = place.stop('check', 'more.jsonl')
    assert isinstance(json.loads(out), list) and message == 'more.jsonl: it was stopped', message


def on_terminal(place):
    """A terminal shows one line that goes away, and a file nothing."""
    leader, follower = pty.openpty()
    place.environment['TERM'] = 'xterm'
    child = place.start('pack', 'z.yeji-package', '--all', stdin=subprocess.PIPE,
                        stdout=subprocess.DEVNULL, stderr=follower, text=True)
    os.close(follower)
    child.stdin.write(PHRASE)
    child.stdin.close()
    seen = b''
    while select.select([leader], [], [], 60)[0]:
        try:
            seen += os.read(leader, 65536)
        except OSError:   # the other side is closed
            break
    assert child.wait(timeout=60) == 0 and b'Packing ' in seen and b' %' in seen, seen
    assert seen.rstrip(b' ').endswith(b'\r') and b'progress' not in seen, seen
    child = place.start('pack', 'w.yeji-package', '--all', stdin=subprocess.PIPE, text=True,
                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, complaints = child.communicate('Stuhl Regen blau Turm Wolke\n', timeout=60)
    assert '%' not in complaints, complaints


TESTS = (packing, unpacking, importing, backing_up, checking, on_terminal)


def main():
    failed = 0
    print(f'1..{len(TESTS)}')
    with tempfile.TemporaryDirectory() as folder:
        place = Place(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
        for number, test in enumerate(TESTS, 1):
            try:
                test(place)
                print(f'ok {number} - {test.__doc__}', flush=True)
            except (AssertionError, ValueError, subprocess.SubprocessError) as error:
                print(f'not ok {number} - {test.__doc__}\n# {error!r}', flush=True)
                failed += 1
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
