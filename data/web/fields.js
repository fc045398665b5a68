// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The record's tables, with the dictionary's labels, its problems and what changed.

import { h, icon } from './dom.js';
import { isEmpty, listTables, pointerTo, present, resolve, rowTitle } from './dictionary.js';
import { makePlace, openEditor } from './comments.js';
import { say, t } from './words.js';

const LONG = 32;

export function valueText(field, value) {
  if (typeof value !== 'string' || value === '')
    return h('span', { class: 'nothing' }, t('value.empty'));
  const shown = present(field, value);
  return [
    h('span', { class: 'value' }, shown.text),
    shown.aside && h('span', { class: 'value-aside' }, shown.aside),
  ];
}

export function problemNote(problem) {
  return h(
    'div',
    { class: `problem ${problem.severity}` },
    icon('warning'),
    h(
      'span',
      null,
      problem.message,
      problem.kept && h('span', { class: 'kept' }, h('b', null, t('problem.reason')), problem.kept),
    ),
  );
}

export function commentButton(place, pointer, view) {
  return (
    view.canComment &&
    h(
      'button',
      {
        class: 'place-comment',
        tabindex: '-1',
        title: t('comment.add'),
        'aria-label': t('comment.add'),
        onclick: () => {
          view.select(place);
          openEditor(place, pointer, view.comments);
        },
      },
      icon('comment'),
    )
  );
}

function fieldPlace(view, pointer, field, label, value) {
  const problems = view.problemsAt(pointer);
  const changed = view.changeAt(pointer);
  const long = typeof value === 'string' && value.length > LONG;
  const place = h('div', { class: `field${long ? ' long' : ''}` });
  if (isEmpty(value) && problems.length === 0) place.classList.add('blank');
  if (changed) place.classList.add('changed');
  if (problems.length > 0) place.classList.add('has-problem');
  place.append(
    h(
      'dt',
      null,
      label,
      field?.required === 'mandatory' &&
        field.filled_by !== 'platform' &&
        isEmpty(value) &&
        h('span', { class: 'required' }, ` ${t('value.required')}`),
    ),
    h(
      'dd',
      null,
      h(
        'div',
        { class: 'value-line' },
        valueText(field, value),
        commentButton(place, pointer, view),
      ),
      changed?.kind === 'field' &&
        h(
          'div',
          { class: 'was' },
          t('diff.was'),
          ' ',
          h('del', null, changed.before ? present(field, changed.before).text : t('value.empty')),
        ),
      problems.map(problemNote),
      h('div', { class: 'comment-host' }),
    ),
  );
  return makePlace(place, pointer, view);
}

// What of a row is worth a line: not what it has from the project anyway, nor what approval fills
// in while nobody has approved.
function fieldsOf(table, row, view) {
  return table.fields.filter((field) => {
    if (!isEmpty(row[field.id])) return true;
    return !field.inherits && (field.filled_by !== 'platform' || view.review.state === 'approved');
  });
}

// Members that this dictionary does not know are shown all the same: they were submitted.
// But not the name that a client gave a row to know it again.
function unknownMembers(table, row) {
  return Object.keys(row).filter(
    (id) =>
      id !== 'id' && typeof row[id] === 'string' && !table.fields.some((field) => field.id === id),
  );
}

function grid(view, table, row, base) {
  return h(
    'dl',
    { class: 'fields' },
    fieldsOf(table, row, view).map((field) =>
      fieldPlace(view, base + pointerTo(field.id), field, say(field.label), row[field.id] ?? ''),
    ),
    unknownMembers(table, row).map((id) =>
      fieldPlace(view, base + pointerTo(id), null, id, row[id]),
    ),
  );
}

function rowBlock(view, table, row, index) {
  const base = pointerTo(table.member, index);
  const problems = view.problemsAt(base);
  const added = view.changeAt(base)?.kind === 'added';
  const place = h(
    'div',
    { class: 'row-head' },
    h(
      'h3',
      null,
      h('span', { class: 'row-number' }, index + 1),
      rowTitle(table, row) || t('row.untitled'),
      added && h('span', { class: 'chip blue' }, t('diff.added')),
    ),
  );
  place.append(
    commentButton(place, base, view) || '',
    h(
      'div',
      { class: 'row-notes' },
      problems.map(problemNote),
      h('div', { class: 'comment-host' }),
    ),
  );
  return h(
    'article',
    { class: 'row-block' },
    makePlace(place, base, view),
    grid(view, table, row, base),
  );
}

function section(view, table, record) {
  const value = record[table.member];
  const base = pointerTo(table.member);
  const problems = view.problemsAt(base);
  const rows = Array.isArray(value) ? value : [];
  const root = table === listTables()[0];
  if (!root && rows.length === 0 && problems.length === 0) return null;
  const head = h(
    'div',
    { class: 'section-head' },
    h(
      'h2',
      { id: `section-${table.member}` },
      say(table.label),
      !root && h('span', { class: 'count' }, rows.length),
    ),
  );
  head.append(
    commentButton(head, base, view) || '',
    h(
      'div',
      { class: 'row-notes' },
      problems.map(problemNote),
      h('div', { class: 'comment-host' }),
    ),
  );
  return h(
    'section',
    {
      class: 'table-section',
      id: `table-${table.member}`,
      'data-member': table.member,
      'aria-labelledby': `section-${table.member}`,
    },
    makePlace(head, base, view),
    root
      ? grid(view, table, value ?? {}, base)
      : rows.map((row, index) => rowBlock(view, table, row ?? {}, index)),
  );
}

export function renderRecord(view) {
  const { record } = view.review;
  return listTables().map((table) => section(view, table, record));
}

// One row or one field as it was or is, without anything to do to it.
export function plainRow(table, row) {
  return h(
    'dl',
    { class: 'fields plain-fields' },
    table.fields
      .filter((field) => !isEmpty(row[field.id]) && !field.inherits)
      .map((field) =>
        h(
          'div',
          { class: 'field' },
          h('dt', null, say(field.label)),
          h('dd', null, valueText(field, row[field.id])),
        ),
      ),
  );
}

// Which section of the record a pointer lies in.
export function sectionOf(pointer) {
  return resolve(pointer).table?.member ?? null;
}
