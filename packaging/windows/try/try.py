#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What try.sh does with a build for Windows, under wine and an X server: its parts, one by one."""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / 'tests' / 'e2e'))
from programs import Programs  # noqa: E402
from province import ENTERPRISE, PASSWORD, Province  # noqa: E402
from waiting import wait_until  # noqa: E402

LOADER = '/usr/lib/wine/wine64'
PROGRAM = 'org.yeji.Yeji.exe'


class Trial:
    def __init__(self, arguments):
        self.source = arguments.source
        self.native = arguments.native
        self.work = arguments.work
        version, = (line.split("'")[1] for line in
                    (self.source / 'meson.build').read_text('utf-8').splitlines()
                    if line.startswith('  version:'))
        self.folder = self.work / f'Yeji-{version}'
        self.out = self.work / 'out' / f'Yeji-{version}'
        self.wine = self.work / 'wine'
        self.environment = {**os.environ, 'YEJI_WINE': str(self.wine),
                            'YEJI_WINDOWS_BIN': str(self.folder / 'bin')}
        subprocess.run([HERE / 'make-wine', self.wine], check=True)

    def drive_c(self):
        return self.wine / 'prefix' / 'drive_c'

    def in_wine(self, *words, code=0, **settings):
        """Runs one program to its end; fails unless it ends with that code."""
        # what Windows itself says is in its code page
        done = subprocess.run([HERE / 'in-wine', *map(str, words)], text=True, errors='replace',
                              env={**self.environment, **settings}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=600)
        if done.returncode != code:
            raise AssertionError(f'{words}: exit {done.returncode}\n{done.stdout}{done.stderr}')
        return done.stdout

    def face(self):
        """A folder like a build's, whose `yeji` is that of Windows, and whose server is ours."""
        face = self.work / 'face'
        shutil.rmtree(face, ignore_errors=True)
        (face / 'src/programs').mkdir(parents=True)
        for name, target in (('data', self.source / 'data'),
                             ('po', self.folder / 'share/locale'),
                             ('src/tools', self.native / 'src/tools'),
                             ('src/programs/yeji-server', self.native / 'src/programs/yeji-server')):
            (face / name).symlink_to(target)
        script = face / 'src/programs/yeji'
        script.write_text('#!/bin/bash\n'
                          f'export YEJI_WINE="{self.wine}" YEJI_WINDOWS_BIN=\n'
                          f'exec "{HERE}/in-wine" "{self.folder}/bin/yeji.exe" "$@"\n', 'utf-8')
        script.chmod(0o755)
        return face

    # The parts

    def units(self):
        client = self.work / 'client'
        listed = json.loads(subprocess.run(['meson', 'introspect', '--tests', client], check=True,
                                           stdout=subprocess.PIPE).stdout)
        tests = [test for test in listed if test['cmd'][0].endswith('.exe')]
        programs = sorted({os.path.relpath(test['cmd'][0], client) for test in tests})
        subprocess.run(['ninja', '-C', client, *programs], check=True)
        subprocess.run(['meson', 'test', '-C', client, '--no-rebuild', '-t', '4',
                        '--print-errorlogs', *(test['name'] for test in tests)],
                       check=True, env=self.environment)

    def line(self):
        subprocess.run(['/usr/bin/python3', self.source / 'tests/e2e/test_cli.py',
                        '--build', self.face(), '--source', self.source], check=True)

    def tls(self):
        programs = Programs(self.face(), self.source)
        certificates = self.source / 'tests/certificates'
        with tempfile.TemporaryDirectory() as place:
            province = Province(programs, pathlib.Path(place) / 'province')
            province.start()
            try:
                port = serve_tls(certificates / 'good.pem', province.port)
                url = f'https://localhost:{port}'
                profile = pathlib.Path(place) / 'profile'

                def yeji(*words, code=0, stdin=''):
                    done = programs.call(profile, *words, stdin=stdin)
                    assert done.code == code, (words, done)
                    return done
                made = yeji('--json', 'new', '--role', 'construction').json['uuid']
                refused = programs.call(profile, 'login', url, ENTERPRISE, stdin=PASSWORD + '\n')
                assert refused.code != 0, 'a stranger was trusted'
                yeji('pin', '--authority', certificates / 'authority.pem')
                yeji('login', url, ENTERPRISE, stdin=PASSWORD + '\n')
                yeji('sync')
                assert made in yeji('list', '--json').out
            finally:
                province.stop()

    def start_window(self, *words, **settings):
        """Starts the program; returns the process, whose window may still be to come."""
        command = '. "$0/environment"; exec "$@"'
        return subprocess.Popen(
            ['bash', '-c', command, self.wine, LOADER, self.folder / 'bin' / PROGRAM, *words],
            env={**self.environment, 'GSK_RENDERER': 'cairo', **settings},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def window(self):
        pictures = self.source / 'docs/pictures'
        profile = self.drive_c() / 'users' / '业绩（虚构）'
        shutil.rmtree(profile, ignore_errors=True)
        yeji = self.folder / 'bin/yeji.exe'
        self.in_wine(yeji, '--profile', 'C:\\users\\业绩（虚构）', 'import',
                     self.source / 'data/samples/complete-construction.json')
        words = ('--profile', 'C:\\users\\业绩（虚构）')
        process = self.start_window(*words)
        try:
            wait_for_window()
            photograph(pictures / 'windows.png')
            # the second start ends by itself, and the first window stays the only one
            second = self.start_window(*words)
            assert second.wait(60) == 0, second.returncode
            assert process.poll() is None
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        key = ('HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize', '/v',
               'AppsUseLightTheme', '/t', 'REG_DWORD')
        self.in_wine('reg', 'add', *key, '/d', '0', '/f')
        process = self.start_window(*words)
        try:
            wait_for_window()
            photograph(pictures / 'windows-dark.png')
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.in_wine('reg', 'add', *key, '/d', '1', '/f')
        listed = json.loads(self.in_wine(yeji, *words, '--json', 'list'))
        assert len(listed) == 1, listed

    def check_installed(self, place):
        assert (place / 'bin' / PROGRAM).exists(), place
        told = self.in_wine(place / 'bin/yeji.exe', '--version', YEJI_WINDOWS_BIN='')
        assert self.out.name.removeprefix('Yeji-') in told, told

    def setup(self):
        place = self.drive_c() / 'yeji-setup'
        for _ in range(2):   # the second time over the first
            self.in_wine(f'{self.out}-setup.exe', '/S', '/D=C:\\yeji-setup')
            self.check_installed(place)
        command = self.in_wine('reg', 'query',
                               'HKCU\\Software\\Classes\\Yeji.Package\\shell\\open\\command')
        assert 'C:\\yeji-setup\\bin' in command, command
        # it copies itself away and ends; what it removes is waited for
        self.in_wine(place / 'uninstall.exe', '/S')
        wait_until(lambda: not place.exists(), 'the folder is still there', 60)
        self.in_wine('reg', 'query', 'HKCU\\Software\\Classes\\Yeji.Package', code=1)

    def msi(self):
        place = self.drive_c() / 'Program Files/Yeji'
        for language in ('zh', 'en'):
            package = f'Z:{self.out}-{language}.msi'.replace('/', '\\')
            self.in_wine('msiexec', '/i', package, '/qn')
            self.check_installed(place)
            self.in_wine('msiexec', '/x', package, '/qn')
            assert not (place / 'bin' / PROGRAM).exists(), place


def carry(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()


def serve_tls(certificate, port):
    """Puts TLS before a port; returns the one that speaks it. Lives as long as this program."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(('127.0.0.1', 0))

    def serve(plain):
        try:
            secure = context.wrap_socket(plain, server_side=True)
        except OSError:
            return
        behind = socket.create_connection(('127.0.0.1', port))
        threading.Thread(target=carry, args=(secure, behind), daemon=True).start()
        carry(behind, secure)

    def accept():
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=serve, args=(plain,), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def picture_of_screen():
    return subprocess.run(['import', '-window', 'root', 'rgb:-'], check=True,
                          stdout=subprocess.PIPE).stdout


def wait_for_window():
    """Waits until much is drawn, and nothing has moved for a while: what turns shows that the
    profile is being opened."""
    last = [b'', 0.0]

    def still():
        seen = picture_of_screen()
        if seen != last[0]:
            last[:] = seen, time.monotonic()
        return len(set(seen[::601])) > 24 and time.monotonic() > last[1] + 8
    wait_until(still, 'no window comes up', 120)


def photograph(path):
    subprocess.run(['import', '-window', 'root', '-trim', '+repage', path], check=True)


PARTS = ('units', 'line', 'tls', 'window', 'setup', 'msi')
BY_DEFAULT = ('line', 'tls', 'window', 'setup', 'units')   # docs/windows.md says what msi waits for


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('--source', '--native', '--work'):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument('parts', nargs='*')
    arguments = parser.parse_args()
    trial = Trial(arguments)
    for part in arguments.parts or BY_DEFAULT:
        if part not in PARTS:
            parser.error(f'there is no part {part}')
        began = time.monotonic()
        getattr(trial, part)()
        print(f'== {part}: {time.monotonic() - began:.0f} s', flush=True)
    for file in sorted(arguments.work.glob('out/*')):
        print(f'{file.stat().st_size / 1e6:.1f} MB  {file.name}')


if __name__ == '__main__':
    main()
