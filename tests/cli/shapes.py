# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Whether what yeji printed with --json is what data/cli/output.schema.json says."""

import copy
import json
import pathlib

import jsonschema

NOTHING_BUT_COMMON = {'--json', '--progress', '--help'}


def close(node):
    """A member that is not written down is a failure here; to others it may be a new one."""
    if isinstance(node, dict):
        if 'properties' in node:
            node.setdefault('additionalProperties', False)
        for child in node.values():
            close(child)
    elif isinstance(node, list):
        for child in node:
            close(child)


class Shapes:
    """The schemas, one for each command."""

    def __init__(self, path):
        self.document = json.loads(pathlib.Path(path).read_text(encoding='utf-8'))
        jsonschema.Draft202012Validator.check_schema(self.document)
        self.closed = copy.deepcopy(self.document)
        close(self.closed['$defs'])
        close(self.closed['commands'])
        self.names = list(self.document['commands'])
        self.seen = set()

    def validator(self, schema):
        return jsonschema.Draft202012Validator({**schema, '$defs': self.closed['$defs']})

    def name(self, argv):
        """The schema's name: that of the command, with the option that changes what it prints."""
        words = list(map(str, argv))
        if '--profile' in words:
            place = words.index('--profile')
            del words[place:place + 2]
        if '--help' in words:
            return '--help'
        plain = [word for word in words if not word.startswith('--')]
        command = next((name for name in (' '.join(plain[:2]), plain[0] if plain else '')
                        if name in self.names), None)
        longer = [f'{command} {word}' for word in words
                  if word.startswith('--') and f'{command} {word}' in self.names]
        return longer[-1] if longer else command

    def check(self, argv, code, out, err):
        """Fails unless both outputs are as it is written; returns the schema's name."""
        name = self.name(argv)
        lines = err.splitlines()
        for line in lines:
            self.validate(self.closed['stderr'], line, f'{argv}: standard error')
        if code != 0:
            assert lines and json.loads(lines[-1]).get('exit') == code, (argv, code, err)
        if code == 2 or name is None:
            return None
        schema = self.closed['commands'][name]
        if 'not' in schema:
            assert out == '', f'{argv} prints {out!r}'
        elif out == '':
            assert code != 0, f'{argv} prints nothing'
            return None
        elif schema.get('type') != 'string':
            self.validate(schema, out, argv)
        if code in (0, 3):   # with errors in a record it prints all the same
            self.seen.add(name)
        return name

    def validate(self, schema, text, what):
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            raise AssertionError(f'{what}: no JSON: {error}: {text!r}') from error
        error = next(self.validator(schema).iter_errors(value), None)
        if error is not None:
            raise AssertionError(f'{what}: {error.json_path}: {error.message[:300]}')


def describe(document, schema, depth=0):
    """Says in one line what a schema lets through."""
    while '$ref' in schema and schema['$ref'].startswith('#/$defs/'):
        name = schema['$ref'].rpartition('/')[2]
        schema = document['$defs'][name]
        if name in ('uuid', 'time'):
            return name
        if name == 'record' or depth > 1:
            return name.replace('_', ' ')
    if 'not' in schema:
        return 'nothing'
    if 'anyOf' in schema:
        return ' or '.join(describe(document, one, depth) for one in schema['anyOf'])
    if 'enum' in schema:
        return 'word'
    if schema.get('type') == 'array':
        return f'[{describe(document, schema.get("items", {}), depth)}]'
    if 'properties' in schema:
        members = [name if name in schema.get('required', ()) else f'[{name}]'
                   for name in schema['properties']]
        return ', '.join(f'`{name}`' if name[0] != '[' else f'[`{name[1:-1]}`]' for name in members)
    return schema.get('description') or '' .join(schema.get('type', 'anything'))


def make_table(document):
    lines = ['| command | prints |', '|---|---|']
    for name, schema in document['commands'].items():
        lines.append(f'| `{name}` | {describe(document, schema)} |')
    return '\n'.join(lines)


def fill(page, document):
    """Puts the table into the page, between its marks."""
    begin, end = '<!-- made by tests/cli/shapes.py', '<!-- end -->'
    head, _, rest = page.partition(begin)
    mark, _, rest = rest.partition('\n')
    return f'{head}{begin}{mark}\n{make_table(document)}\n{end}{rest.partition(end)[2]}'


if __name__ == '__main__':
    ROOT = pathlib.Path(__file__).resolve().parents[2]
    PAGE = ROOT / 'docs' / 'cli.md'
    PAGE.write_text(fill(PAGE.read_text(encoding='utf-8'),
                         Shapes(ROOT / 'data' / 'cli' / 'output.schema.json').document),
                    encoding='utf-8')
