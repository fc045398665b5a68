# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A story that is told in the window: a screen of its own, the client, and perhaps a province."""

import argparse
import os
import pathlib
import sys
import tempfile

import driver
from client import Client
from programs import Programs
from steps import Story, same
from terminal import OK
from xsession import XSession

LANGUAGES = ('zh_CN', 'en')


class WindowStory(Story):
    """What its steps have begun is ended with it. `pictures`, if any, takes one of every step."""

    PREFIX = ''                  # of the names of its pictures

    def __init__(self, programs, desktop, place, pictures):
        self.programs = programs
        self.desktop = desktop
        self.place = place
        self.pictures = pictures
        self.profile = place / 'profile'
        self.client = None
        self.window = None       # beside the main one
        self.province = None

    def after_step(self, number, name):
        if self.pictures is not None:
            self.desktop.picture(self.pictures / f'{self.PREFIX}{number:02}-{name}.png')

    def report(self):
        if self.client is None:
            return []
        nodes = self.window.outline() if self.window is not None else self.client.outline()
        return [*nodes, *self.client.words().splitlines()[-20:]]

    def end(self):
        """Ends everything that the story has started."""
        if self.client is not None:
            self.client.stop()
        if self.province is not None:
            self.province.stop()
        self.desktop.close()

    def yeji(self, *words, stdin=''):
        result = self.programs.call(self.profile, *words, stdin=stdin)
        same(result.code, OK, f'yeji {words}: {result!r}')

    def open_client(self):
        return Client(self.programs, self.desktop, self.profile, self.place / 'client.log')


def _tell(story, arguments):
    with XSession('1280x720') as session, tempfile.TemporaryDirectory(prefix='yeji-') as place:
        driver.connect(session.environment)
        programs = Programs(arguments.build, arguments.source, session.environment,
                            arguments.language)
        told = story(programs, driver.Desktop(session.environment), pathlib.Path(place),
                     arguments.pictures)
        try:
            return told.tell()
        finally:
            told.end()


def run(story, words):
    """Tells a story of that class, by the arguments of the command line; does not return."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument('--pictures', type=pathlib.Path)
    parser.add_argument('--language', default=LANGUAGES[0], choices=LANGUAGES)
    code = 0 if _tell(story, parser.parse_args()) else 1
    sys.stdout.flush()
    # What is left of libatspi at an orderly end may still fall, and is no part of the story.
    os._exit(code)
