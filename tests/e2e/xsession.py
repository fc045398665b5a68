# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A private X session: X server, message bus, accessibility bus, home directory.

As a program it runs a command in such a session and ends with its exit code:

    xsession.py [--screen 1280x720] -- COMMAND...
"""

import argparse
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

# The session must not depend on who starts it: these are taken away or set.
FORGOTTEN = ('WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'DESKTOP_SESSION',
             'AT_SPI_BUS_ADDRESS', 'XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE', 'GTK_THEME',
             'GTK_IM_MODULE', 'LANG', 'LC_ALL', 'LANGUAGE', 'DESKTOP_STARTUP_ID')
SETTINGS = {
    'LC_ALL': 'C.UTF-8',
    'GDK_BACKEND': 'x11',
    # Without the second, GL and LLVM are loaded all the same.
    'GSK_RENDERER': 'cairo',
    'GDK_DEBUG': 'gl-disable',
    'GSETTINGS_BACKEND': 'memory',
    'GIO_USE_VFS': 'local',
    # A proxy of the surroundings would swallow what is meant for loopback.
    'GIO_USE_PROXY_RESOLVER': 'dummy',
}


def stop(process, patience=5):
    """Ends a process that we started, with SIGKILL where SIGTERM is not heard."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class XSession(contextlib.AbstractContextManager):
    """A private X session, from `with` to its end. Programs run in it with `environment`."""

    def __init__(self, screen='1280x720'):
        self.screen = screen
        self.environment = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_):
        self._stack.close()

    def _start(self):
        # The path of a socket may have 107 bytes: a short place, whatever TMPDIR says.
        home = pathlib.Path(self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix='yeji-x-', dir='/tmp', ignore_cleanup_errors=True)))
        self.home = home
        environment = {k: v for k, v in os.environ.items() if k not in FORGOTTEN}
        environment.update(SETTINGS)
        for name, folder in (('HOME', 'home'), ('XDG_RUNTIME_DIR', 'run'),
                             ('XDG_CONFIG_HOME', 'home/.config'), ('XDG_DATA_HOME', 'home/.data'),
                             ('XDG_STATE_HOME', 'home/.state'), ('XDG_CACHE_HOME', 'home/.cache')):
            path = home / folder
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            environment[name] = str(path)
        environment['DISPLAY'] = self._start_x_server(home)
        environment['DBUS_SESSION_BUS_ADDRESS'] = self._start_bus(home, environment)
        self.environment = environment

    def _start_x_server(self, home):
        """Starts Xvfb on a display that it finds itself; returns the display's name."""
        read_end, write_end = os.pipe()
        with open(home / 'xvfb.log', 'wb') as log:
            server = subprocess.Popen(
                ['Xvfb', '-displayfd', str(write_end), '-screen', '0', f'{self.screen}x24',
                 '-nolisten', 'tcp', '-noreset', '-ac'],
                pass_fds=[write_end], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._stack.callback(stop, server)
        os.close(write_end)
        # The server closes the pipe when it has said its display, or when it dies.
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f'no X server: {(home / "xvfb.log").read_text(errors="replace")}')
        return f':{number}'

    def _start_bus(self, home, environment):
        """Starts a session bus, which starts the accessibility bus on demand."""
        read_end, write_end = os.pipe()
        with open(home / 'dbus.log', 'wb') as log:
            bus = subprocess.Popen(
                ['dbus-daemon', '--session', '--nofork', '--nopidfile', '--nosyslog',
                 f'--address=unix:path={home}/run/bus', f'--print-address={write_end}'],
                pass_fds=[write_end], env=environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)
        self._stack.callback(stop, bus)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            address = pipe.readline().strip()
        if not address:
            raise RuntimeError(f'no bus: {(home / "dbus.log").read_text(errors="replace")}')
        return address

    def run(self, command, **options):
        """Runs a command to its end; returns its exit code. SIGTERM to us reaches it."""
        process = subprocess.Popen(command, env=self.environment, **options)
        previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGTERM, previous)
            stop(process)


def main():
    parser = argparse.ArgumentParser(description='Runs a command in a private X session.')
    parser.add_argument('--screen', default='1280x720')
    parser.add_argument('command', nargs='+')
    arguments = parser.parse_args()

    with XSession(arguments.screen) as session:
        code = session.run(arguments.command)
    return code if code >= 0 else 128 - code


if __name__ == '__main__':
    sys.exit(main())
