# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cases of the public search and of the pages, see cases.py."""

import uuid

from cases import case, simple

# Public

PROJECTS, PROJECT = '/v1/public/projects', '/v1/public/projects/{uuid}'


@case('GET', PROJECTS, 200)
def _(world):
    world.approved()
    answer = world.nobody.ask('GET', f'{PROJECTS}?q=%E7%A4%BA%E4%BE%8B&in=name&area=220100&grade=B'
                              '&kind=01&role=construction&state=approved&order=oldest')
    assert answer.json['projects']
    return answer


@case('GET', PROJECTS, 200)
def _(world):
    """Three pages, there and back."""
    with world.database() as database:
        database.executemany(
            "INSERT INTO listing VALUES (?, ?, 'ongoing', '', '', '', '220102', '1', '某工程', '',"
            " '', '', '2020-01-01', 'permit', '', '', '', NULL)",
            [(number, str(uuid.UUID(int=number))) for number in range(1, 61)])
    first = world.nobody.ask('GET', PROJECTS).json
    second = world.nobody.ask('GET', f'{PROJECTS}?after={first["next"]}').json
    assert first['previous'] is None and second['next'] and len(second['projects']) == 20
    back = world.nobody.ask('GET', f'{PROJECTS}?before={second["previous"]}')
    assert back.json['projects'] == first['projects']
    with world.database() as database:
        database.execute('DELETE FROM listing WHERE id < 61')
    return back


simple('GET', PROJECTS, 400, 'malformed', target=f'{PROJECTS}?q={"x" * 65}')


@case('GET', PROJECT, 200)
def _(world):
    answer = world.nobody.ask('GET', f'/v1/public/projects/{world.approved().uuid}')
    assert answer.json['tables'] and answer.json['trace'][0]['kind'] == 'published'
    return answer


simple('GET', PROJECT, 404, 'not-found')


# Pages

ASSET, DESK = '/web/{asset}', '/desk'
for type_ in ('desk.css', 'desk.js', 'words-zh.json', 'mark.svg'):
    simple('GET', ASSET, 200, target=f'/web/{type_}')
simple('GET', ASSET, 404, 'not-found', target='/web/nothing.css')
simple('GET', DESK, 200)
SEARCH, PAGE = '/', '/projects/{uuid}'
simple('GET', SEARCH, 200)
simple('GET', SEARCH, 200, target='/?q=%22%3E&in=x&area=y&grade=&kind=%27&role=%26&state=z&order=a'
                                  '&after=b&lang=en')
simple('GET', SEARCH, 200, target='/?before=1')
simple('GET', SEARCH, 400, target=f'/?q={"x" * 65}')
simple('GET', PAGE, 404)


@case('GET', PAGE, 200)
def _(world):
    return world.nobody.ask('GET', f'/projects/{world.approved().uuid}?lang=en')


@case('GET', PAGE, 304)
def _(world):
    target = f'/projects/{world.approved().uuid}'
    tag = world.nobody.ask('GET', target).headers['ETag']
    return world.nobody.ask('GET', target, If_None_Match=tag)


for path_, target_ in ((ASSET, '/web/desk.css'), (DESK, DESK), (SEARCH, SEARCH)):
    @case('GET', path_, 304)
    def _(world, target_=target_):
        tag = world.nobody.ask('GET', target_).headers['ETag']
        return world.nobody.ask('GET', target_, If_None_Match=f'"other", W/{tag}')


# Without the body

for path_, target_ in ((PROJECTS, PROJECTS), (ASSET, '/web/desk.css'), (DESK, DESK),
                       (SEARCH, SEARCH)):
    simple('HEAD', path_, 200, target=target_)
simple('HEAD', PROJECTS, 400, 'malformed', target=f'{PROJECTS}?q={"x" * 65}')
simple('HEAD', SEARCH, 400, target=f'/?q={"x" * 65}')
simple('HEAD', PROJECT, 404, 'not-found')
simple('HEAD', ASSET, 404, 'not-found', target='/web/nothing.css')
simple('HEAD', PAGE, 404)

for path_ in (PROJECT, PAGE):
    @case('HEAD', path_, 200)
    def _(world, path_=path_):
        """It is as long as the other says."""
        target = path_.replace('{uuid}', world.approved().uuid)
        answer = world.nobody.ask('HEAD', target)
        whole = world.nobody.ask('GET', target)
        assert int(answer.headers['Content-Length']) == len(whole.body)
        return answer

for path_, target_ in ((ASSET, '/web/desk.css'), (DESK, DESK), (SEARCH, SEARCH), (PAGE, None)):
    @case('HEAD', path_, 304)
    def _(world, target_=target_):
        target = target_ or f'/projects/{world.approved().uuid}'
        tag = world.nobody.ask('HEAD', target).headers['ETag']
        return world.nobody.ask('HEAD', target, If_None_Match=tag)
