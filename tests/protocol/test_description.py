# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""data/openapi.yaml is an OpenAPI 3.1 document, and says of the routes what the server's table does.

docs/protocol.md has the same tables in words.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys

import jsonschema

from description import FILE, SOURCE, Description

JUDGE = '@seriousme/openapi-schema-validator@2'
# What an object of OpenAPI 3.1.0 may have besides x-: its members that are needed, and the others.
SHAPES = {
    'document': (('openapi', 'info', 'paths'),
                 ('jsonSchemaDialect', 'servers', 'components', 'security', 'tags', 'webhooks')),
    'info': (('title', 'version'), ('summary', 'description', 'license', 'contact')),
    'operation': (('responses', 'operationId', 'summary'),
                  ('tags', 'description', 'parameters', 'requestBody', 'security', 'deprecated')),
    'parameter': (('name', 'in', 'schema'), ('description', 'required', 'style', 'example')),
    'response': (('description',), ('headers', 'content', 'links')),
    'header': (('schema',), ('description', 'required')),
    'media': ((), ('schema', 'example', 'examples', 'encoding')),
    'request': (('content',), ('description', 'required')),
}


def expect_shape(kind, node, place):
    """An object has the members that it needs, and no others."""
    needed, others = SHAPES[kind]
    assert isinstance(node, dict), f'{place} is no object'
    for name in needed:
        assert name in node, f'{place} lacks {name}'
    for name in node:
        assert name in needed or name in others or name.startswith('x-'), f'{place} has {name}'


def check_contents(description, contents, place):
    for media, node in contents.items():
        assert re.fullmatch(r'[a-z]+/[a-z0-9.+-]+', media), f'{place}: {media}'
        expect_shape('media', node, f'{place} {media}')


def check_response(description, response, place):
    expect_shape('response', response, place)
    check_contents(description, response.get('content', {}), place)
    for name, header in response.get('headers', {}).items():
        expect_shape('header', description.resolve(header), f'{place} {name}')
    assert 'Yeji-Version' in response['headers'], f'{place} has no Yeji-Version'
    is_problem = 'application/problem+json' in response.get('content', {})
    assert is_problem == ('x-kinds' in response), f'{place}: kinds and problem belong together'


def test_structure(description):
    """It is an OpenAPI 3.1 document: its objects, its references, its schemas."""
    root = description.root
    assert re.fullmatch(r'3\.1\.\d+', root['openapi'])
    expect_shape('document', root, 'the document')
    expect_shape('info', root['info'], 'info')
    for reference in description.references():
        description.resolve({'$ref': reference})
    names = [each.node['operationId'] for each in description.operations]
    assert len(set(names)) == len(names), 'an operationId occurs twice'
    tags = {tag['name'] for tag in root['tags']}
    for each in description.operations:
        expect_shape('operation', each.node, each.name)
        assert set(each.node.get('tags', ())) <= tags, f'{each.name}: an unknown tag'
        for parameter in each.parameters:
            expect_shape('parameter', parameter, f'{each.name} {parameter["name"]}')
        wanted = set(re.findall(r'\{(\w+)\}', each.path))
        said = {parameter['name'] for parameter in each.parameters if parameter['in'] == 'path'}
        assert wanted == said, f'{each.name}: the path has {wanted}, the parameters have {said}'
        if 'requestBody' in each.node:
            body = description.resolve(each.node['requestBody'])
            expect_shape('request', body, each.name)
            check_contents(description, body['content'], each.name)
        for status, response in each.responses.items():
            assert 200 <= status <= 599
            check_response(description, response, f'{each.name} {status}')
        anyone = each.access == 'anyone'
        assert anyone == ('security' in each.node), f'{each.name}: access and security differ'
        refused = {401} if each.access == 'account' else {401, 403}
        assert anyone or refused <= set(each.responses), f'{each.name}: says not who may ask'


def test_schemas(description):
    """Every schema is one of JSON Schema 2020-12, every example fits its own."""
    for name, schema in description.root['components']['schemas'].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert re.fullmatch(r'[A-Z][A-Za-z0-9]*', name)
    count = 0
    for place, schema, value in description.examples():
        found = description.problems(schema, value)
        assert not found, f'the example {place}: {found}'
        count += 1
    assert count > 5


def test_routes(description, routes):
    """It has the routes of the server's table, no others, and the same access."""
    said = {(each.method, each.path): each.access for each in description.operations}
    true = {(route['method'], route['path']): route['access'] for route in routes}
    missing = sorted(set(true) - set(said))
    assert not missing, f'the server has, and the description does not: {missing}'
    assert said == true, f'they differ: {sorted(set(said.items()) ^ set(true.items()))}'


def test_roles(description, routes):
    """Who gets to what is as in the server's table of roles."""
    for route in routes:
        assert description.roles[route['access']] == route['reach'], route


def read_table(text, title):
    """The rows of the Markdown table below a title, without its head."""
    part = text.split(f'\n## {title}\n', 1)[1].split('\n## ', 1)[0]
    rows = [[cell.strip() for cell in line.strip('|').split('|')]
            for line in part.splitlines() if line.startswith('|')]
    return [rows[0], *rows[2:]]


def test_words(description, routes):
    """The tables of docs/protocol.md name every route with its access, and every role."""
    text = (SOURCE / 'docs' / 'protocol.md').read_text(encoding='utf-8')
    head, *rows = read_table(text, 'Routes')
    said = []
    for row in rows:
        method, path = row[0].strip('`').split(' ')
        said.append((method, path, row[1]))
        anchor = re.search(r'\]\(#([^)]+)\)', row[2])
        titles = {re.sub(r'[^\w -]', '', title.lower()).replace(' ', '-')
                  for title in re.findall(r'^##+ (.+)$', text, re.M)}
        assert anchor and anchor[1] in titles, f'{row[0]}: {row[2]} leads nowhere'
    true = [(route['method'], route['path'], route['access']) for route in routes]
    assert sorted(said) == sorted(true), sorted(set(said) ^ set(true))
    head, *rows = read_table(text, 'Who may ask')
    said = {row[0]: dict(zip(head[1:], row[1:])) for row in rows}
    assert said == description.roles, f'{said}'


def test_kinds(description):
    """docs/protocol.md names every kind of refusal that the description has, with its status."""
    text = (SOURCE / 'docs' / 'protocol.md').read_text(encoding='utf-8')
    said = dict(re.findall(r'^\| `([a-z-]+)` \| (\d{3}) \|', text, re.M))
    kinds = {kind for each in description.operations for response in each.responses.values()
             for kind in response.get('x-kinds', ())}
    kinds |= {kind for answer in description.every_route.values() for kind in answer['x-kinds']}
    assert kinds == set(said), f'they differ: {sorted(kinds ^ set(said))}'


def test_judge(description, place):
    """A validator that others wrote finds it good."""
    for program in ('node', 'npm'):
        if shutil.which(program) is None:
            return f'{program} is missing'
    if not (place / 'complete').is_file():
        place.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(['npm', 'install', '--prefix', str(place), '--prefer-offline',
                            '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', JUDGE],
                           stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=90,
                           check=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return 'npm cannot install it, maybe there is no network'
        (place / 'complete').touch()
    script = place / 'judge.mjs'
    script.write_text('''import { Validator } from '@seriousme/openapi-schema-validator';
const validator = new Validator();
let text = '';
for await (const chunk of process.stdin) text += chunk;
const answer = await validator.validate(JSON.parse(text));
console.log(JSON.stringify({ version: validator.version, ...answer }));
''', encoding='utf-8')
    done = subprocess.run(['node', str(script)], input=json.dumps(description.root), text=True,
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer['valid'] and answer['version'] == '3.1', answer
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--server', required=True)
    parser.add_argument('--judge', required=True, type=lambda text: SOURCE.__class__(text))
    arguments = parser.parse_args()
    description = Description()
    routes = json.loads(subprocess.run([arguments.server, 'routes', '--json'], check=True,
                                       capture_output=True, text=True).stdout)
    tests = (
        (test_structure, ()), (test_schemas, ()), (test_routes, (routes,)),
        (test_roles, (routes,)), (test_words, (routes,)), (test_kinds, ()),
        (test_judge, (arguments.judge,)),
    )
    print(f'1..{len(tests)}')
    failed = False
    for number, (test, given) in enumerate(tests, 1):
        words = test.__doc__.split('\n')[0]
        try:
            reason = test(description, *given)
            print(f'ok {number} - {words}' + (f' # SKIP {reason}' if reason else ''))
        except AssertionError as error:
            failed = True
            print(f'not ok {number} - {words}')
            print(f'# {FILE.name}: {error}')
    sys.exit(failed)


if __name__ == '__main__':
    main()
