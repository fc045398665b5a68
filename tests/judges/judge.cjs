// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Usage: node judge.cjs SCHEMA < LINES
//
// Judges one JSON text a line by a JSON Schema 2020-12 with ajv, and prints for each a line of JSON:
// the JSON Pointers of what is wrong, [] where nothing is, null where the line is not JSON.

'use strict';

const fs = require('fs');
const readline = require('readline');
const Ajv2020 = require('ajv/dist/2020');

function escape (name)
{
  return name.replaceAll ('~', '~0').replaceAll ('/', '~1');
}

function findPlace (error)
{
  if (error.keyword === 'required')
    return `${error.instancePath}/${escape (error.params.missingProperty)}`;
  if (error.keyword === 'additionalProperties')
    return `${error.instancePath}/${escape (error.params.additionalProperty)}`;
  return error.instancePath;
}

function judge (validate, line)
{
  let value;

  try
    {
      value = JSON.parse (line);
    }
  catch
    {
      return null;
    }
  return validate (value) ? [] : [...new Set (validate.errors.map (findPlace))];
}

// strict: whatever ajv finds doubtful in the schema itself is an error
const ajv = new Ajv2020 ({ strict: true, allErrors: true });
const validate = ajv.compile (JSON.parse (fs.readFileSync (process.argv[2], 'utf8')));
const lines = readline.createInterface ({ input: process.stdin, crlfDelay: Infinity });

lines.on ('line', (line) => process.stdout.write (`${JSON.stringify (judge (validate, line))}\n`));
