// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// A record that came back: the points of the last return with what became of each, and what else
// changed since. The whole record is a key away.

import { h, icon } from './dom.js';
import { describe, pointerTo, resolve, rowTitle, valueAt } from './dictionary.js';
import { makePlace } from './comments.js';
import { commentButton, plainRow, problemNote, valueText } from './fields.js';
import { t, time } from './words.js';

function fileNames(files, slot) {
  return (files ?? [])
    .filter((file) => file.slot === slot)
    .map((file) => file.filename)
    .join(t('comma'));
}

function beforeAfter(pointer, before, after) {
  const { field } = resolve(pointer);
  if ((before ?? '') === (after ?? ''))
    return h(
      'div',
      { class: 'unchanged' },
      h('span', { class: 'tag' }, t('diff.same')),
      valueText(field, after ?? ''),
    );
  return h(
    'div',
    { class: 'before-after' },
    h(
      'div',
      { class: 'before' },
      h('span', { class: 'tag' }, t('diff.before')),
      h('del', null, valueText(field, before ?? '')),
    ),
    h(
      'div',
      { class: 'after' },
      h('span', { class: 'tag' }, t('diff.after')),
      h('ins', null, valueText(field, after ?? '')),
    ),
  );
}

function goButton(view, pointer) {
  return h(
    'button',
    { class: 'quiet small-button', onclick: () => view.goTo(pointer) },
    t(pointer.startsWith('/documents/') ? 'changes.go-document' : 'changes.go'),
  );
}

function changeCard(view, pointer, head, body) {
  const place = h('div', { class: 'change' });
  const buttons = h(
    'span',
    { class: 'change-tools' },
    goButton(view, pointer),
    commentButton(place, pointer, view),
  );
  place.append(
    h('div', { class: 'change-head' }, head, buttons),
    h('div', { class: 'change-body' }, body),
    ...view.problemsAt(pointer).map(problemNote),
    h('div', { class: 'comment-host' }),
  );
  return makePlace(place, pointer, view);
}

function pointCard(view, point) {
  const { review } = view;
  const now = point.now ?? point.pointer;
  const place = resolve(point.pointer);
  const change = view.changeAt(now);
  let body = null;
  if (place.field || place.member)
    body = beforeAfter(
      now,
      valueAt(review.previous.record, point.pointer),
      valueAt(review.record, now),
    );
  else if (place.slot !== undefined)
    body = change
      ? h(
          'div',
          { class: 'before-after' },
          h(
            'div',
            { class: 'before' },
            h('span', { class: 'tag' }, t('diff.before')),
            h('del', null, change.before ?? t('value.empty')),
          ),
          h(
            'div',
            { class: 'after' },
            h('span', { class: 'tag' }, t('diff.after')),
            h('ins', null, change.after ?? t('value.empty')),
          ),
        )
      : h('p', { class: 'muted' }, fileNames(review.files, place.slot) || t('value.empty'));
  return changeCard(
    view,
    now,
    [
      h(
        'span',
        {
          class: `chip point-${['mended', 'explained'].includes(point.state) ? point.state : 'open'}`,
        },
        t(`point.${['mended', 'explained'].includes(point.state) ? point.state : 'open'}`),
      ),
      h('h3', null, describe(point.pointer)),
    ],
    [
      h('p', { class: 'asked' }, icon('comment'), point.comment),
      body,
      point.reply && h('p', { class: 'reply' }, h('b', null, t('point.reply')), point.reply),
    ],
  );
}

function diffCard(view, entry) {
  const { review } = view;
  const place = resolve(entry.pointer);
  if (entry.kind === 'added' || entry.kind === 'removed') {
    const source = entry.kind === 'added' ? review.record : review.previous.record;
    const at = entry.kind === 'added' ? entry.pointer : (entry.previous_pointer ?? entry.pointer);
    const where = resolve(at);
    const row = where.table ? source[where.table.member]?.[where.row] : null;
    return changeCard(
      view,
      entry.kind === 'added' ? entry.pointer : pointerTo(where.table?.member ?? ''),
      [
        h(
          'span',
          { class: `chip ${entry.kind === 'added' ? 'blue' : 'red'}` },
          t(`diff.${entry.kind}`),
        ),
        h('h3', null, describe(at), row ? `${t('colon')}${rowTitle(where.table, row)}` : ''),
      ],
      row && plainRow(where.table, row),
    );
  }
  return changeCard(
    view,
    entry.pointer,
    h('h3', null, describe(entry.pointer)),
    place.slot !== undefined
      ? h(
          'div',
          { class: 'before-after' },
          h(
            'div',
            { class: 'before' },
            h('span', { class: 'tag' }, t('diff.before')),
            h('del', null, entry.before ?? t('value.empty')),
          ),
          h(
            'div',
            { class: 'after' },
            h('span', { class: 'tag' }, t('diff.after')),
            h('ins', null, entry.after ?? t('value.empty')),
          ),
        )
      : beforeAfter(entry.pointer, entry.before, entry.after),
  );
}

export function renderChanges(view) {
  const { previous, diff } = view.review;
  const points = previous.points ?? [];
  const told = new Set(points.map((point) => point.now ?? point.pointer));
  const rest = (diff ?? []).filter((entry) => !told.has(entry.pointer));
  return [
    h(
      'div',
      { class: 'returned-note' },
      h(
        'p',
        null,
        t(`changes.${previous.kind === 'returned' ? 'returned' : 'decided'}`, {
          office: previous.office ?? '',
          reviewer: previous.reviewer ?? '',
          at: time(previous.at),
        }),
      ),
      previous.message && h('p', { class: 'quote' }, previous.message),
    ),
    h(
      'section',
      { class: 'table-section', id: 'table-points', 'aria-labelledby': 'section-points' },
      h(
        'div',
        { class: 'section-head' },
        h(
          'h2',
          { id: 'section-points' },
          t('changes.points'),
          h('span', { class: 'count' }, points.length),
        ),
      ),
      points.length > 0
        ? points.map((point) => pointCard(view, point))
        : h('p', { class: 'muted' }, t('changes.no-points')),
    ),
    h(
      'section',
      { class: 'table-section', id: 'table-diff', 'aria-labelledby': 'section-diff' },
      h(
        'div',
        { class: 'section-head' },
        h(
          'h2',
          { id: 'section-diff' },
          t('changes.diff'),
          h('span', { class: 'count' }, rest.length),
        ),
      ),
      rest.length > 0
        ? rest.map((entry) => diffCard(view, entry))
        : h('p', { class: 'muted' }, t('changes.no-diff')),
    ),
  ];
}
