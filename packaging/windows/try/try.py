#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What try.sh does with a build for Windows, under wine and an X server: its parts, one by one."""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / 'tests' / 'e2e'))
import test_cli  # noqa: E402
from programs import Programs  # noqa: E402
from province import ENTERPRISE, PASSWORD, Province  # noqa: E402
from waiting import wait_until  # noqa: E402

LOADER = '/usr/lib/wine/wine64'
PROGRAM = 'org.yeji.Yeji.exe'
TYPED = '窗口里输入的工程（虚构）'
# The tests of all layers take a quarter of an hour of two idle processors at the most.
UNITS_SECONDS = 45 * 60
# Where Windows keeps the authorities that a user trusts, and what a certificate is called there.
ROOTS = 'HKCU\\Software\\Microsoft\\SystemCertificates\\Root\\Certificates'
CERT_CERT_PROP_ID = 32


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
        # what the session of this system says of itself is not for programs of another
        self.environment = {**{name: value for name, value in os.environ.items()
                               if name not in ('GDK_BACKEND', 'GDK_DEBUG',
                                               'DBUS_SESSION_BUS_ADDRESS')},
                            'YEJI_WINE': str(self.wine),
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
        server = 'src/programs/yeji-server'
        shutil.rmtree(face, ignore_errors=True)
        (face / 'src/programs').mkdir(parents=True)
        for name, target in (('data', self.source / 'data'),
                             ('po', self.folder / 'share/locale'),
                             ('src/tools', self.native / 'src/tools'),
                             (server, self.native / server)):
            (face / name).symlink_to(target)
        script = face / 'src/programs/yeji'
        script.write_text('#!/bin/bash\n'
                          f'export YEJI_WINE="{self.wine}" YEJI_WINDOWS_BIN=\n'
                          'unset SSL_CERT_FILE\n'   # what it trusts Windows says
                          f'exec "{HERE}/in-wine" "{self.folder}/bin/yeji.exe" "$@"\n', 'utf-8')
        script.chmod(0o755)
        return face

    # The parts

    def units(self):
        client = self.work / 'client'
        listed = json.loads(subprocess.run(['meson', 'introspect', '--tests', client], check=True,
                                           stdout=subprocess.PIPE).stdout)
        targets = json.loads(subprocess.run(['meson', 'introspect', '--targets', client],
                                            check=True, stdout=subprocess.PIPE).stdout)
        files = {target['id']: target['filename'] for target in targets}
        tests = [test for test in listed if test['cmd'][0].endswith('.exe')]
        programs = sorted({os.path.relpath(file, client) for test in tests
                           for target in test['depends'] for file in files[target]
                           if file.endswith('.exe')})
        subprocess.run(['ninja', '-C', client, *programs], check=True)
        # They read what the system says, which would be Chinese.
        subprocess.run(['meson', 'test', '-C', client, '--no-rebuild', '-t', '4',
                        '--print-errorlogs', *(test['name'] for test in tests)],
                       check=True, env={**self.environment, 'LANGUAGE': 'C',
                                        'YEJI_WINE_SECONDS': '900'},
                       timeout=UNITS_SECONDS)

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
        with self.trust(certificates / 'authority.pem'):
            self.secure_line(certificates)

    @contextlib.contextmanager
    def trust(self, authority):
        """Lets the user of that Windows trust an authority, as an administrator of an office does
        it, as long as the context lasts."""
        der = ssl.PEM_cert_to_DER_cert(first_certificate(authority))
        key = f'{ROOTS}\\{hashlib.sha1(der).hexdigest().upper()}'
        blob = struct.pack('<III', CERT_CERT_PROP_ID, 1, len(der)) + der
        self.in_wine('reg', 'add', key, '/v', 'Blob', '/t', 'REG_BINARY', '/d', blob.hex(), '/f')
        try:
            yield
        finally:
            self.in_wine('reg', 'delete', key, '/f')

    def secure_line(self, certificates):
        """The main job over HTTPS, without a pin: who the province is Windows says."""
        class SecureProvince(Province):
            def start(self, port=0):
                super().start()
                self.url = f'https://localhost:{serve_tls(certificates / "good.pem", self.port)}'
                return self.url

        before = test_cli.Province, sys.argv
        test_cli.Province = SecureProvince
        sys.argv = ['test_cli.py', '--build', str(self.face()), '--source', str(self.source)]
        os.environ['SSL_CERT_FILE'] = str(certificates / 'authority.pem')   # for the reviewer
        try:
            code = test_cli.main()
            assert not code, code
        finally:
            test_cli.Province, sys.argv = before
            del os.environ['SSL_CERT_FILE']

    @contextlib.contextmanager
    def running(self, *words):
        """A window that is up, until it is killed with all that belongs to it; the process."""
        command = '. "$0/environment"; exec "$@"'
        self.end_wine()
        process = subprocess.Popen(
            ['bash', '-c', command, self.wine, LOADER, self.folder / 'bin' / PROGRAM, *words],
            env={**self.environment, 'GSK_RENDERER': 'cairo', 'LANGUAGE': 'zh_CN'},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for_window()
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.end_wine()

    def end_wine(self):
        """Ends all of that Windows: what a killed window leaves would tell the next one what its
        surroundings are."""
        for word in ('-k', '-w'):
            subprocess.run(['bash', '-c', '. "$0/environment"; exec wineserver "$1"', self.wine,
                            word], check=False, env=self.environment, timeout=60)

    def window(self):
        pictures = self.source / 'docs/pictures'
        profile = self.drive_c() / 'users' / '业绩（虚构）'
        shutil.rmtree(profile, ignore_errors=True)
        yeji = self.folder / 'bin/yeji.exe'
        words = ('--profile', 'C:\\users\\业绩（虚构）')
        self.in_wine(yeji, *words, 'import',
                     self.source / 'data/samples/complete-construction.json')
        key = ('HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize', '/v',
               'AppsUseLightTheme', '/t', 'REG_DWORD')
        with self.running(*words) as process:
            photograph(pictures / 'windows.png')
            # Windows goes dark, and the window with it
            self.in_wine('reg', 'add', *key, '/d', '0', '/f')
            try:
                wait_for_window()
                photograph(pictures / 'windows-dark.png')
            finally:
                self.in_wine('reg', 'add', *key, '/d', '1', '/f')
            # the second start ends by itself, and the first window stays the only one
            self.in_wine(self.folder / 'bin' / PROGRAM, *words, GSK_RENDERER='cairo')
            assert process.poll() is None
            self.drive()
            photograph(pictures / 'windows-form.png')
            press('alt+Left')
            press('ctrl+o')
            wait_until(lambda: len(windows()) > 1, 'no file dialog of Windows', 30)
        # It was killed, with a dialog open; what was typed is there.
        listed = json.loads(self.in_wine(yeji, *words, '--json', 'list'))
        assert sorted(filter(None, (line['name'] for line in listed)))[-1] == TYPED, listed
        assert len(listed) == 2, listed
        with self.running(*words):   # it comes up again
            pass

    def drive(self):
        """Makes a record by keys: pastes its name, types into another field, saves."""
        subprocess.run(['xdotool', 'windowfocus', windows()[0]], check=True)
        press('ctrl+n')
        wait_for_window()
        press('Tab', 'Tab', 'Tab')   # to the name
        with subprocess.Popen(['xclip', '-selection', 'clipboard', '-quiet'],
                              stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as clipboard:
            clipboard.stdin.write(TYPED.encode())
            clipboard.stdin.close()
            try:
                press('ctrl+v')
                wait_for_window()
            finally:
                clipboard.terminate()
        press('Tab', 'Tab')
        subprocess.run(['xdotool', 'type', '--delay', '40', 'jilin 2026'], check=True)
        press('ctrl+s')
        wait_for_window()

    def check_installed(self, place):
        assert (place / 'bin' / PROGRAM).exists(), place
        told = self.in_wine(place / 'bin/yeji.exe', '--version', YEJI_WINDOWS_BIN='')
        assert self.out.name.removeprefix('Yeji-') in told, told
        # not now and then: what finds the translations once depended on a race
        for _ in range(5):
            told = self.in_wine(place / 'bin/yeji.exe', '--help', YEJI_WINDOWS_BIN='',
                                LANGUAGE='zh_CN')
            assert told.startswith('用法'), told

    def setup(self):
        place = self.drive_c() / 'yeji-setup'
        profile = 'C:\\users\\stays'
        for _ in range(2):   # the second time over the first
            self.in_wine(f'{self.out}-setup.exe', '/S', '/D=C:\\yeji-setup')
            self.check_installed(place)
        self.in_wine(place / 'bin/yeji.exe', '--profile', profile, 'new', '--role', 'construction',
                     YEJI_WINDOWS_BIN='')
        command = self.in_wine('reg', 'query',
                               'HKCU\\Software\\Classes\\Yeji.Package\\shell\\open\\command')
        assert 'C:\\yeji-setup\\bin' in command, command
        assert self.find_menu(), 'no entry in the start menu'
        # it copies itself away and ends; what it removes is waited for
        self.in_wine(place / 'uninstall.exe', '/S')
        wait_until(lambda: not place.exists(), 'the folder is still there', 60)
        self.in_wine('reg', 'query', 'HKCU\\Software\\Classes\\Yeji.Package', code=1)
        assert not self.find_menu(), 'the entry in the start menu is still there'
        assert (self.drive_c() / 'users/stays/yeji.sqlite').exists(), 'the profile is gone'

    def find_menu(self):
        return [path for path in self.drive_c().rglob('*.lnk')
                if path.name in ('业绩.lnk', 'Yeji.lnk')]

    def zip(self):
        place = self.drive_c() / '绿色软件'
        shutil.rmtree(place, ignore_errors=True)
        with zipfile.ZipFile(f'{self.out}-portable.zip') as archive:
            archive.extractall(place)
        self.check_installed(place / self.folder.name)
        shutil.rmtree(place)

    def signed(self):
        """A folder and a set-up program signed with a key that is made here, and what it says of
        that; the key is no one's, so they are thrown away."""
        with tempfile.TemporaryDirectory() as name:
            place = pathlib.Path(name)
            key, certificate, both = (place / file for file in ('key.pem', 'own.pem', 'own.p12'))
            subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:3072', '-nodes', '-days', '2',
                            '-subj', '/CN=Yeji trial (invented)', '-addext',
                            'extendedKeyUsage=codeSigning', '-keyout', key, '-out', certificate],
                           check=True, stderr=subprocess.DEVNULL)
            subprocess.run(['openssl', 'pkcs12', '-export', '-inkey', key, '-in', certificate,
                            '-passout', 'pass:虚构', '-out', both], check=True)
            work = place / 'work'
            work.mkdir()
            for made in ('client', 'prefix'):
                (work / made).symlink_to(self.work / made)
            subprocess.run([HERE.parent / 'build.sh', '--work', work, '--sign', both, 'bundle',
                            'setup', 'msi'], check=True, stdout=subprocess.DEVNULL,
                           env={**os.environ, 'YEJI_SIGN_PASSWORD': '虚构'})
            files = [work / self.folder.name / 'bin' / program
                     for program in (PROGRAM, 'yeji.exe', 'yeji-examiner.exe')]
            files += [*work.glob('out/*.exe'), *work.glob('out/*.msi')]
            assert len(files) == 6, files
            for file in files:
                subprocess.run(['osslsigncode', 'verify', '-CAfile', certificate, '-in', file],
                               check=True, stdout=subprocess.DEVNULL)

    def msi(self):
        place = self.drive_c() / 'Program Files/Yeji'
        for language in ('zh', 'en'):
            package = f'Z:{self.out}-{language}.msi'.replace('/', '\\')
            self.in_wine('msiexec', '/i', package, '/qn')
            self.check_installed(place)
            assert self.find_menu(), 'no entry in the start menu'
            self.in_wine('msiexec', '/x', package, '/qn')
            assert not place.exists(), [*place.rglob('*')]
            assert not self.find_menu(), 'the entry in the start menu is still there'


def first_certificate(path):
    begin, end = '-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'
    text = path.read_text('ascii')
    return text[text.index(begin):text.index(end) + len(end)] + '\n'


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
        try:
            behind = socket.create_connection(('127.0.0.1', port))
        except OSError:   # the province has ended
            secure.close()
            return
        threading.Thread(target=carry, args=(secure, behind), daemon=True).start()
        carry(behind, secure)

    def accept():
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=serve, args=(plain,), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def windows():
    """What X shows: the names of its windows, as xdotool calls them."""
    return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.'], check=False,
                          stdout=subprocess.PIPE, text=True).stdout.split()


def press(*keys):
    subprocess.run(['xdotool', 'key', '--delay', '200', *keys], check=True)


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


PARTS = ('line', 'tls', 'window', 'setup', 'zip', 'msi', 'signed', 'units')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('--source', '--native', '--work'):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument('parts', nargs='*')
    arguments = parser.parse_args()
    trial = Trial(arguments)
    for part in arguments.parts or PARTS:
        if part not in PARTS:
            parser.error(f'there is no part {part}')
        began = time.monotonic()
        getattr(trial, part)()
        print(f'== {part}: {time.monotonic() - began:.0f} s', flush=True)
    for file in sorted(arguments.work.glob('out/*')):
        print(f'{file.stat().st_size / 1e6:.1f} MB  {file.name}')


if __name__ == '__main__':
    main()
