# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Cases of the projects that are declared elsewhere, see cases.py."""

import urllib.parse

from cases import case, simple
from world import OWN, REVIEWER, UNREGISTERED

DECLARED = '/v1/declared'
NUMBER = f'{DECLARED}/{{number}}'
simple('GET', DECLARED, 200, who=OWN)
for who_, status_, kind_ in ((None, 401, 'unauthorised'),
                             (UNREGISTERED, 403, 'unregistered-reviewer')):
    simple('GET', DECLARED, status_, kind_, who=who_)
    simple('GET', NUMBER, status_, kind_, who=who_, target=f'{DECLARED}/2201041603300001')


@case('GET', DECLARED, 304)
def _(world):
    tag = world[REVIEWER].ask('GET', DECLARED).headers['ETag']
    return world[OWN].ask('GET', DECLARED, If_None_Match=tag)


@case('GET', NUMBER, 200)
def _(world):
    world.declare('2201041603309999', '示例在建工程（虚构）')
    number = urllib.parse.quote('２２０１０４１６０３３０-９９９９')
    answer = world[OWN].ask('GET', f'{DECLARED}/{number}')
    assert answer.json['declared'] and answer.json['name'] == '示例在建工程（虚构）', answer
    assert answer.json['system']['id'] == 'permit', answer
    return answer


@case('POST', '/v1/records/{uuid}:submit', 422, 'invalid')
def _(world):
    world.declare('吉建〔2024〕第0007号', '示例在建工程（虚构）', 'approval')
    project = world.make().body['project']
    record = world.draft(project={**project, 'ProvincePrjNum': '吉建[2024]第 0007 号'})
    answer = world.submit(record)
    assert [(each['rule'], each['pointer']) for each in answer.json['errors']] == \
        [('R10.declared', '/project/ProvincePrjNum')], answer
    return answer


simple('GET', NUMBER, 200, who=OWN, target=f'{DECLARED}/2201041603308888')
simple('GET', NUMBER, 200, who=OWN, target=f'{DECLARED}/12')
