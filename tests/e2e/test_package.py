# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Records that one computer hands over to another, by the real program, killed and starved."""

import argparse
import pathlib
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

from programs import Programs
from steps import Story, holds, same, step
from terminal import FAILED, OK, USAGE, Terminal

SAMPLES = ('complete-construction', 'complete-design', 'complete-supervision')
SAMPLE = SAMPLES[0]
PASSPHRASE = '石榴 书架 北风 渡船'
SIZE = 4 << 20
N_KILLS = 6
N_LARGE = 12
# What docs/hand-over.md says: version of the layout, passes of Argon2id, its memory in bytes.
HEAD = struct.pack('<16sIIQ', b'yeji-package\r\n\x1a\n', 1, 3, 256 << 20)


def personal_values(record):
    """Texts of a record that no file may hold in the clear: long runs of digits of people."""
    found = set()
    for rows in record.values():
        for row in rows if isinstance(rows, list) else []:
            found |= {value for name, value in row.items()
                      if ('IDCard' in name or 'Phone' in name) and len(value) > 7}
    return found


class Package(Story):
    """Two computers without a province."""

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        self.here = Terminal(programs, place)
        self.there = Terminal(programs, place)
        self.here.profile = place / 'here'
        self.there.profile = place / 'there'
        self.file = place / '移交.yeji-package'
        self.uuid = programs.sample(SAMPLE)['uuid']
        self.random = random.Random(8)
        self.secrets = set()
        for name in SAMPLES:
            self.secrets |= personal_values(programs.sample(name))

    def report(self):
        return [f'here: {self.here.last!r}', f'there: {self.there.last!r}']

    def pack(self, *uuids, code=OK):
        return self.here.yeji('--json', 'pack', self.file, *(uuids or ['--all']), code=code,
                              stdin=PASSPHRASE + '\n')

    def unpack(self, *words, code=OK, passphrase=PASSPHRASE):
        return self.there.yeji('--json', 'unpack', self.file, *words, code=code,
                               stdin=passphrase + '\n')

    def outcomes(self, *words):
        return {record['uuid']: record['outcome'] for record in self.unpack(*words).json['records']}

    def listed(self, terminal):
        return {entry['uuid'] for entry in terminal.yeji('--json', 'list').json}

    def search(self, *places):
        """Nothing personal lies in the clear in any file."""
        for place in places:
            for path in [place] if place.is_file() else place.rglob('*'):
                content = path.read_bytes() if path.is_file() else b''
                for secret in self.secrets:
                    holds(secret.encode() not in content, f'{path} holds {secret[:4]}…')

    # The story

    @step('records go over with their history and documents, and come back')
    def to_and_fro(self):
        for name in SAMPLES:
            self.here.yeji('import', self.programs.samples / f'{name}.json')
        for number in range(4):
            scan = self.place / f'扫描{number}.pdf'
            scan.write_bytes(b'%PDF-1.4\n' + self.random.randbytes(SIZE))
            self.here.yeji('attach', self.uuid, 'contract', scan)
        self.here.yeji('set', self.uuid, '/project/Address', '人民大街一号')
        packed = self.pack().json
        same((packed['records'], packed['documents'], packed['missing']), (3, 4, []), 'packed')
        with self.file.open('rb') as package:
            same(package.read(len(HEAD)), HEAD, 'how dear a guess at its passphrase is')
        same(set(self.outcomes('--dry-run').values()), {'new'}, 'the plan')
        same(self.listed(self.there), set(), 'what a plan leaves')
        same(set(self.outcomes().values()), {'new'}, 'the outcome')
        same(self.there.yeji('--json', 'show', self.uuid).json,
             self.here.yeji('--json', 'show', self.uuid).json, 'the record')
        mine, theirs = (terminal.yeji('--json', 'history', self.uuid).json
                        for terminal in (self.here, self.there))
        same(theirs[:-1], mine, 'the history')
        same(set(self.outcomes().values()), {'same'}, 'once more')

    @step('what both changed is merged, and what both changed in one place is asked about')
    def merged(self):
        self.here.yeji('set', self.uuid, '/project/Address', '人民大街二号')
        self.here.yeji('set', self.uuid, '/project/BuildCorpName', '示例一')
        self.there.yeji('set', self.uuid, '/project/Address', '解放路三号')
        self.pack(self.uuid)
        record = self.unpack().json['records'][0]
        same((record['outcome'], record['conflicts']), ('conflict', 1), 'the outcome')
        shown = self.there.yeji('--json', 'show', self.uuid).json['project']
        same((shown['Address'], shown['BuildCorpName']), ('解放路三号', '示例一'), 'the values')
        self.there.yeji('conflicts', self.uuid, '--theirs')
        shown = self.there.yeji('--json', 'show', self.uuid).json['project']
        same(shown['Address'], '人民大街二号', 'what was decided')

    @step('one undo takes everything back')
    def undone(self):
        before = self.there.yeji('--json', 'show', self.uuid).json
        self.here.yeji('set', self.uuid, '/project/BuildCorpName', '示例二')
        self.pack()
        same(self.outcomes()[self.uuid], 'followed', 'the outcome')
        self.there.yeji('unpack', '--undo')
        same(self.there.yeji('--json', 'show', self.uuid).json, before, 'the record')
        self.there.yeji('unpack', '--undo', code=FAILED)
        same(self.outcomes()[self.uuid], 'followed', 'the outcome after the undo')

    @step('what is wrong is told, and nothing is changed')
    def refused(self):
        before = self.listed(self.there)
        content = self.file.read_bytes()
        self.unpack(code=FAILED, passphrase='石榴')
        self.unpack(code=USAGE, passphrase='')
        self.there.yeji('unpack', code=USAGE)
        self.there.yeji('unpack', self.file, '--what', code=USAGE)
        self.here.yeji('pack', self.file, code=USAGE)
        self.here.yeji('pack', self.file, self.uuid, '--all', code=USAGE)
        self.here.yeji('pack', self.file, '00000000-0000-4000-8000-000000000000', code=FAILED)
        same(self.file.read_bytes(), content, 'the file')
        for spoilt in (content[:len(content) // 2], b'PK\3\4' + content[4:], b'',
                       content[:-1] + bytes([content[-1] ^ 1])):
            self.file.write_bytes(spoilt)
            self.unpack(code=FAILED)
        self.file.write_bytes(content)
        same(self.listed(self.there), before, 'the records')

    @step('another enterprise is told, and has to be wanted')
    def other_enterprise(self):
        other = Terminal(self.programs, self.place)
        other.profile = self.place / 'other'
        other.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        self.name(other, '另一家示例公司', '91350100M000100Y43')
        self.name(self.here, '示例建设集团', '912201010000000010')
        self.pack()
        refused = other.yeji('unpack', self.file, code=FAILED, stdin=PASSPHRASE + '\n')
        holds('示例建设集团' in refused.err and '另一家示例公司' in refused.err, refused)
        same(len(self.listed(other)), 1, 'the records')
        other.yeji('unpack', self.file, '--force', stdin=PASSPHRASE + '\n')
        same(len(self.listed(other)), 3, 'the records')

    def name(self, terminal, name, code):
        """As the window of the enterprises writes it."""
        script = 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);' \
                 'd.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", sys.argv[2:4]);' \
                 'd.commit()'
        for setting, value in (('profile.name', name), ('profile.code', code)):
            subprocess.run([sys.executable, '-c', script, terminal.profile / 'yeji.sqlite',
                            setting, value], check=True)

    @step('a kill in the middle leaves all or nothing, and the next attempt goes on')
    def killed(self):
        shutil.rmtree(self.there.profile)
        n_killed = 0
        for number in range(N_KILLS):
            fresh = self.place / f'killed-{number}'
            self.there.profile = fresh
            self.there.yeji('list')
            n_killed += self.kill(fresh, 0.05 + 0.06 * number)
            self.search(fresh)
            holds(len(self.listed(self.there)) in (0, 3), f'half a package: {self.there.last!r}')
            holds(set(self.outcomes().values()) in ({'new'}, {'same'}), self.there.last)
            same(len(self.listed(self.there)), 3, 'the records')
            self.there.yeji('verify')
            shutil.rmtree(fresh)
        print(f'# {n_killed} kills', flush=True)
        holds(n_killed > 0, 'nothing was killed')

    def kill(self, profile, seconds):
        """Whether it was killed before it had ended."""
        with subprocess.Popen([str(self.programs.yeji), '--profile', str(profile), 'unpack',
                               str(self.file)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env=self.programs.environment) as child:
            child.stdin.write((PASSPHRASE + '\n').encode())
            child.stdin.close()
            time.sleep(seconds)
            child.send_signal(signal.SIGKILL)
            return child.wait() == -signal.SIGKILL

    @step('who was killed among the documents writes none again that had arrived')
    def goes_on(self):
        large = self.place / 'large.yeji-package'
        self.here.profile = self.place / 'large'
        uuid = self.here.yeji('new', '--role', 'construction').out.strip()
        for number in range(N_LARGE):
            scan = self.place / f'{number}.pdf'
            scan.write_bytes(b'%PDF-1.4\n' + self.random.randbytes(SIZE) + b'\n%%EOF\n')
            self.here.yeji('attach', uuid, 'other', scan)
        self.here.yeji('pack', large, uuid, stdin=PASSPHRASE + '\n')
        self.here.profile, self.there.profile = self.place / 'here', self.place / 'goes-on'
        self.there.yeji('list')
        kept = self.kill_at(large, self.there.profile, 3)
        same(self.there.yeji('--json', 'list').json, [], 'records after the kill')
        self.there.yeji('unpack', '--force', large, stdin=PASSPHRASE + '\n')
        after = self.contents(self.there.profile)
        same(len(after), N_LARGE, 'the documents')
        same({name: stamp for name, stamp in after.items() if name in kept}, kept,
             'contents that had arrived, as they were written then')
        written = (N_LARGE - len(kept)) * SIZE
        print(f'# {len(kept)} of {N_LARGE} had arrived, {written >> 20} of '
              f'{N_LARGE * SIZE >> 20} MiB were written again', flush=True)
        self.there.yeji('verify')
        self.there.profile = self.place / 'there'

    @staticmethod
    def contents(profile):
        """Which file each content is, and when it was written: another one would differ."""
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
                for path in (profile / 'files').rglob('*') if re.fullmatch('[0-9a-f]{64}', path.name)}

    def kill_at(self, package, profile, n):
        """Kills an unpacking when so many documents have arrived; gives those that have."""
        with subprocess.Popen([str(self.programs.yeji), '--profile', str(profile), 'unpack',
                               '--force', str(package)], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env=self.programs.environment) as child:
            child.stdin.write((PASSPHRASE + '\n').encode())
            child.stdin.close()
            while len(self.contents(profile)) < n and child.poll() is None:
                pass
            child.kill()
            same(child.wait(), -signal.SIGKILL, 'it was over before it was killed')
        kept = self.contents(profile)
        holds(n <= len(kept) < N_LARGE, f'{len(kept)} documents had arrived')
        return kept

    @step('a full disk is told, and nothing is left of either')
    def full(self):
        if shutil.which('strace') is None:
            print('# no strace: not tried', flush=True)
            return
        fresh = self.place / 'full'
        self.there.profile = fresh
        self.there.yeji('list')
        before = sorted(path.name for path in self.place.iterdir())
        for profile, words in (
                (self.here.profile, ('pack', self.place / 'x.yeji-package', '--all')),
                (fresh, ('unpack', self.file))):
            done = subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=write',
                                   '-e', 'inject=write:error=ENOSPC:when=12+',
                                   str(self.programs.yeji), '--profile', str(profile),
                                   *map(str, words)], input=PASSPHRASE + '\n', text=True,
                                  capture_output=True, env=self.programs.environment, timeout=60)
            same(done.returncode, FAILED, f'{words[0]} on a full disk: {done}')
        same(sorted(path.name for path in self.place.iterdir()), before, 'the files')
        same(len(self.listed(self.there)), 0, 'the records')
        same(set(self.outcomes().values()), {'new'}, 'with room again')

    @step('nothing personal lies in the clear in the package or in a profile')
    def sealed(self):
        holds(len(self.secrets) > 3, self.secrets)
        self.search(self.file, self.here.profile, self.there.profile)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True)
    arguments = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory(prefix='yeji-package-') as place:
        programs = Programs(arguments.build, source)
        return 0 if Package(programs, pathlib.Path(place)).tell() else 1


if __name__ == '__main__':
    sys.exit(main())
