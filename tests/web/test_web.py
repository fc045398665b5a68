# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Tells a file of stories in Chromium, with a real yeji-server and its sample accounts.

The stories are in NAME.mjs beside this file; harness.mjs says how one is written. Where there is no
Chromium, no node or no npm the test is skipped, and says so. `--pictures docs/pictures` leaves what
the stories show.
"""

import argparse
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import Province  # noqa: E402

PACKAGES = ('package.json', 'package-lock.json')
CHROMIUMS = ('chromium', 'chromium-browser', 'google-chrome')


class Missing(Exception):
    """What the browser needs cannot be had here; the text says why."""


def is_there(place):
    """Whether just these packages were installed to the end."""
    return (place / 'complete').is_file() and all(
        (place / name).is_file() and (place / name).read_bytes() == (HERE / name).read_bytes()
        for name in PACKAGES)


def install(place):
    """Puts the packages from npm into a folder of the build directory, once; returns it."""
    for program in ('node', 'npm'):
        if shutil.which(program) is None:
            raise Missing(f'{program} is missing')
    place.mkdir(parents=True, exist_ok=True)
    with open(place / 'lock', 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)       # several tests begin at once
        if is_there(place):
            return place
        (place / 'complete').unlink(missing_ok=True)
        for name in PACKAGES:
            (place / name).write_bytes((HERE / name).read_bytes())
        done = subprocess.run(['npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund',
                               '--ignore-scripts'], cwd=place, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=240, check=False)
        if done.returncode != 0:
            raise Missing(f'npm cannot install, maybe there is no network: {done.stderr[-300:]}')
        (place / 'complete').touch()
    return place


def find_chromium():
    for name in CHROMIUMS:
        path = shutil.which(name)
        if path is not None:
            return path
    raise Missing('chromium is missing')


def settings(place, arguments, province, modules, chromium):
    """What harness.mjs finds in its environment."""
    return {
        **os.environ,
        'HOME': str(place), 'XDG_CONFIG_HOME': str(place), 'XDG_CACHE_HOME': str(place),
        'YEJI_WEB_MODULES': str(modules),
        'YEJI_WEB_CHROMIUM': chromium,
        'YEJI_WEB_URL': province.url,
        'YEJI_WEB_SERVER': str(province.programs.server),
        'YEJI_WEB_PROVINCE': str(province.directory),
        'YEJI_WEB_SAMPLES': str(SOURCE / 'data' / 'samples'),
        'YEJI_WEB_DOCUMENTS': str(arguments.build / 'src' / 'tools' / 'complete-construction'),
        'YEJI_WEB_PICTURES': str(arguments.pictures.resolve()) if arguments.pictures else '',
        'YEJI_WEB_FAILURES': str(arguments.failures.resolve()) if arguments.failures else '',
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('story', help='the name of the file of stories, without .mjs')
    parser.add_argument('--build', required=True, type=pathlib.Path)
    parser.add_argument('--pictures', type=pathlib.Path)
    parser.add_argument('--failures', type=pathlib.Path, help='where pictures of failures go')
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    environment = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}
    examiner = arguments.build / 'src' / 'programs' / 'yeji-examiner'
    environment['YEJI_EXAMINER'] = str(examiner if examiner.is_file() else 'nowhere')
    with tempfile.TemporaryDirectory(prefix='yeji-web-', ignore_cleanup_errors=True) as place:
        place = pathlib.Path(place)
        province = Province(Programs(arguments.build, SOURCE, environment), place / 'province')
        try:
            chromium = find_chromium()
            modules = install(arguments.build / 'tests' / 'web' / 'npm')
            province.start()
            done = subprocess.run(['node', str(HERE / f'{arguments.story}.mjs')],
                                  env=settings(place, arguments, province, modules, chromium),
                                  stdin=subprocess.DEVNULL, check=False, timeout=580)
        except Missing as reason:
            print(f'1..0 # SKIP {reason}')
            return 0
        finally:
            province.stop()
    return done.returncode


if __name__ == '__main__':
    sys.exit(main())
