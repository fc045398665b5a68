// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The dictionary as the desk shows it: tables, fields, codes, documents. No field is known here.

import { openly } from './session.js';
import { language, say, t } from './words.js';

const number = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
  maximumFractionDigits: 20,
});
let tables = [];
const byMember = new Map();
const codes = new Map();
const slots = new Map();
const roles = new Map();
let empty = new Set(['']);

export async function loadDictionary() {
  const bundle = await openly('/v1/dictionary');
  const parts = Object.values(bundle.parts);
  const index = parts.find((part) => Array.isArray(part.tables) && part.version);
  const found = new Map();
  for (const part of parts) {
    if (Array.isArray(part.items))
      codes.set(part.id, new Map(part.items.map((item) => [item.code, item])));
    else if (Array.isArray(part.fields) && part.member) found.set(part.id, part);
    else if (Array.isArray(part.slots)) part.slots.forEach((slot) => slots.set(slot.id, slot));
    else if (Array.isArray(part.roles) && !part.version)
      part.roles.forEach((role) => roles.set(role.id, role));
  }
  tables = index.tables.map((id) => found.get(id)).filter(Boolean);
  tables.forEach((table) => byMember.set(table.member, table));
  empty = new Set(['', ...(index.empty_values ?? [])]);
}

export function listTables() {
  return tables;
}

export function isEmpty(value) {
  return typeof value !== 'string' || empty.has(value);
}

export function codeName(list, code) {
  return codes.get(list)?.get(code)?.name ?? '';
}

export function areaName(code) {
  return codeName('area', code) || code;
}

// The areas below a prefix, for the filter of who is responsible for them.
export function listAreas(prefixes) {
  return [...(codes.get('area')?.values() ?? [])]
    .filter((item) => prefixes.some((prefix) => item.code.startsWith(prefix)))
    .map((item) => ({ code: item.code, name: item.name, level: item.level }));
}

export function slotLabel(id) {
  return slots.has(id) ? say(slots.get(id).label) : id;
}

export function slotRank(id) {
  const at = [...slots.keys()].indexOf(id);
  return at < 0 ? slots.size : at;
}

export function slotsOf(role) {
  return [...slots.values()].filter((slot) => slot.roles.includes(role)).map((slot) => slot.id);
}

export function roleLabel(id) {
  return roles.has(id) ? say(roles.get(id).label) : id;
}

// A value as a person reads it; what was typed stays readable where it is none of the kind.
export function present(field, value) {
  if (field?.type === 'code') {
    const name = codeName(field.codes, value);
    return name ? { text: name, aside: value } : { text: value };
  }
  if (field?.type === 'number' && /^-?\d{1,15}(\.\d+)?$/.test(value)) {
    const [whole, decimals] = value.split('.');
    const text = number.format(BigInt(whole)) + (decimals ? `.${decimals}` : '');
    return { text: whole === '-0' ? value : text, aside: field.unit };
  }
  return { text: value, aside: value === '' ? undefined : field?.unit };
}

function unescape(part) {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

export function pointerTo(...parts) {
  return parts
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

// What a JSON Pointer into a record names: { table, row, field, slot }
export function resolve(pointer) {
  const parts = pointer.split('/').slice(1).map(unescape);
  if (parts[0] === 'documents') return { slot: parts[1] };
  const table = byMember.get(parts[0]);
  if (!table) return { other: parts[0] };
  if (table === tables[0])
    return {
      table,
      row: null,
      field: table.fields.find((field) => field.id === parts[1]),
      member: parts[1],
    };
  return {
    table,
    row: parts[1] === undefined ? null : Number(parts[1]),
    member: parts[2],
    field: table.fields.find((field) => field.id === parts[2]),
  };
}

export function valueAt(record, pointer) {
  let value = record;
  for (const part of pointer.split('/').slice(1).map(unescape)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part))
      return undefined;
    value = value[part];
  }
  return typeof value === 'string' ? value : undefined;
}

export function rowTitle(table, row) {
  for (const id of table.row_title ?? []) if (!isEmpty(row?.[id])) return row[id];
  return '';
}

// Where a pointer leads, in words.
export function describe(pointer) {
  const place = resolve(pointer);
  if (place.slot !== undefined) return t('place.document', { name: slotLabel(place.slot) });
  if (!place.table) return pointer === '' ? t('place.record') : pointer;
  const words = [say(place.table.label)];
  if (place.row !== null && !Number.isNaN(place.row)) words[0] += ` ${place.row + 1}`;
  if (place.field) words.push(say(place.field.label));
  else if (place.member) words.push(place.member);
  return words.join(' · ');
}
