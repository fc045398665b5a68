# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""data/openapi.yaml, and whether an answer of the server is one that it describes."""

import copy
import json
import pathlib
import re
import urllib.parse

import jsonschema
import yaml

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
FILE = SOURCE / 'data' / 'openapi.yaml'
METHODS = ('get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace')
PROBLEM = 'application/problem+json'
BODILESS = (204, 304)
# Headers that HTTP itself has, and those of every answer here; of /v1/files, also that of tus.
COMMON = {'date', 'content-type', 'content-length', 'connection', 'cache-control', 'yeji-version'}
COMMON_ASKED = {'authorization', 'content-type'}


class Wrong(AssertionError):
    """An answer that is not what the description says."""


def close(schema):
    """Makes of a schema one that a member which nobody described does not pass.

    Clients ignore members that they do not know; here they must not go unsaid.
    """
    if isinstance(schema, dict):
        if isinstance(schema.get('properties'), dict):
            schema.setdefault('additionalProperties', False)
        for value in schema.values():
            close(value)
    elif isinstance(schema, list):
        for value in schema:
            close(value)


class Operation:
    """A method of a path."""

    def __init__(self, description, path, method, item):
        self.path = path
        self.method = method.upper()
        self.node = item[method]
        self.access = self.node.get('x-access')
        self.parameters = [description.resolve(each) for each in
                           (*item.get('parameters', ()), *self.node.get('parameters', ()))]
        self.responses = {int(status): description.resolve(response)
                          for status, response in self.node['responses'].items()}
        pattern = re.escape(path).replace(r'\{uuid\}', '[0-9a-f-]{36}')
        pattern = re.sub(r'\\{(asset|name|number)\\}', '[^/]+', pattern)
        self.pattern = re.compile(pattern.replace(r'\{id\}', '[0-9a-f]{32}'))

    @property
    def name(self):
        return f'{self.method} {self.path}'


# Bodies that no schema describes.
OPAQUE = {'application/offset+octet-stream', 'application/vnd.yeji.batch.v1'}


class Description:
    """The file, with its references followed."""

    def __init__(self):
        self.text = FILE.read_text(encoding='utf-8')
        self.root = yaml.safe_load(self.text)
        self.every_route = {int(status): answer
                            for status, answer in self.root['x-every-route'].items()}
        self.roles = self.root['x-roles']
        self.operations = [Operation(self, path, method, item)
                           for path, item in self.root['paths'].items()
                           for method in METHODS if method in item]
        strict = copy.deepcopy(self.root)
        close(strict['components']['schemas'])
        # references are looked up in the whole file: in its strict form, or as it stands
        self.closed = jsonschema.RefResolver('', strict)
        self.open = jsonschema.RefResolver('', self.root)

    def resolve(self, node):
        """What a reference names."""
        while '$ref' in node:
            place = self.root
            for name in node['$ref'].removeprefix('#/').split('/'):
                place = place[name.replace('~1', '/').replace('~0', '~')]
            node = place
        return node

    def find(self, method, path):
        """The operation of a request, if there is one."""
        path = path.split('?')[0]
        return next((each for each in self.operations
                     if each.method == method and each.pattern.fullmatch(path)), None)

    def problems(self, schema, value, strict=True):
        """What a schema says against a value."""
        validator = jsonschema.Draft202012Validator(
            schema, resolver=self.closed if strict else self.open,
            format_checker=jsonschema.FormatChecker())
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
                for error in validator.iter_errors(value)]

    def expect_request(self, answer, operation):
        """What was asked so that it was done is described, too."""
        said = {(each['in'], each['name'].lower()) for each in operation.parameters}
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.path).query)
        asked = {('query', name) for name in query}
        asked |= {('header', name.lower()) for name in answer.sent_headers
                  if name.lower() not in COMMON_ASKED}
        if asked - said:
            raise Wrong(f'{answer}: asked with {sorted(asked - said)}, which is not described')
        needed = {(each['in'], each['name'].lower()) for each in operation.parameters
                  if each.get('required') and each['in'] != 'path'}
        if needed - asked:
            raise Wrong(f'{answer}: was done without {sorted(needed - asked)}')
        body = self.resolve(operation.node.get('requestBody', {}))
        media = body.get('content', {}).get('application/json')
        if media and answer.sent is not None:
            found = self.problems(media['schema'], answer.sent)
            if found:
                raise Wrong(f'{found}: was sent: {answer}')
        elif answer.sent is not None and not OPAQUE & set(body.get('content', {})):
            raise Wrong(f'{answer}: a body was sent')

    def expect(self, answer):
        """Fails unless the answer is described; returns its operation, if there is one."""
        operation = self.find(answer.method, answer.path)
        response = operation.responses.get(answer.status) if operation else None
        if response is None:
            if answer.status not in self.every_route:
                raise Wrong(f'{answer}: the status is not described')
            self.expect_problem(answer, self.every_route[answer.status]['x-kinds'])
            self.expect_headers(answer, self.every_route[answer.status])
            return operation
        self.expect_headers(answer, response)
        self.expect_body(answer, response)
        if answer.status < 300:
            self.expect_request(answer, operation)
        return operation

    def expect_headers(self, answer, response):
        said = {name.lower() for name in response.get('headers', {})} | COMMON
        if answer.path.startswith('/v1/files'):
            said.add('tus-resumable')
        unsaid = {name.lower() for name in answer.headers} - said
        if unsaid:
            raise Wrong(f'{answer}: {sorted(unsaid)} not described')
        for name, header in response.get('headers', {}).items():
            header = self.resolve(header)
            value = answer.headers.get(name)
            if value is None:
                if header.get('required'):
                    raise Wrong(f'{answer}: {name} is missing')
                continue
            schema = self.resolve(header['schema'])
            found = self.problems(header['schema'],
                                  int(value) if schema.get('type') == 'integer' else value)
            if found:
                raise Wrong(f'{answer}: {name}: {found}')

    def expect_body(self, answer, response):
        contents = response.get('content', {})
        if answer.method == 'HEAD' or answer.status in BODILESS:
            if answer.body:
                raise Wrong(f'{answer}: has a body')
            return
        if not contents or (not answer.body and response.get('x-maybe-empty')):
            if answer.body:
                raise Wrong(f'{answer}: has a body')
            return
        if answer.type not in contents:
            raise Wrong(f'{answer}: is {answer.type}')
        if answer.type == PROBLEM:
            self.expect_problem(answer, response['x-kinds'])
        elif 'schema' in contents[answer.type]:
            found = self.problems(contents[answer.type]['schema'], answer.json)
            if found:
                raise Wrong(f'{found}: {answer}')

    def expect_problem(self, answer, kinds=None):
        """RFC 9457: type, title, and the status that the answer itself has."""
        if answer.headers.get('Yeji-Version') != '1':
            raise Wrong(f'{answer}: does not say that it is a province')
        if answer.method == 'HEAD':
            return
        if answer.type != PROBLEM:
            raise Wrong(f'{answer}: is {answer.type}, no problem')
        found = self.problems({'$ref': '#/components/schemas/Problem'}, answer.json)
        if found:
            raise Wrong(f'{found}: {answer}')
        if answer.json['status'] != answer.status:
            raise Wrong(f'{answer}: its status is another')
        if kinds is not None and answer.kind not in kinds:
            raise Wrong(f'{answer}: the kind is none of {kinds}')

    def examples(self):
        """Every example with its schema and a name."""
        def walk(node, place):
            if isinstance(node, dict):
                if 'schema' in node:
                    for name, example in node.get('examples', {}).items():
                        yield f'{place}/{name}', node['schema'], example['value']
                for name, value in node.items():
                    yield from walk(value, f'{place}/{name}')
            elif isinstance(node, list):
                for number, value in enumerate(node):
                    yield from walk(value, f'{place}/{number}')
        yield from walk(self.root, '')

    def references(self):
        """Every reference."""
        return re.findall(r"\$ref: '([^']+)'", self.text)


def dump(value):
    return json.dumps(value, ensure_ascii=False)
