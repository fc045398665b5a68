// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Everything that happened to a record, the newest first.

import { h } from './dom.js';
import { describe } from './dictionary.js';
import { t, time, word } from './words.js';

export function renderHistory(review) {
  const events = [...(review.history ?? [])].reverse();
  if (events.length === 0) return h('p', { class: 'empty' }, t('history.none'));
  return h(
    'ol',
    { class: 'history' },
    events.map((event) =>
      h(
        'li',
        { class: event.undone ? 'undone' : event.kind },
        h(
          'p',
          { class: 'history-head' },
          h('strong', null, word('history', event.kind)),
          event.before?.grade && h('span', null, ` ${event.before.grade} → `),
          event.grade &&
            h(
              'span',
              { class: `grade grade-${/^[A-D]$/.test(event.grade) ? event.grade : 'none'}` },
              event.grade,
            ),
          event.to && h('span', null, ` → ${event.to.name}`),
          event.undone && h('span', { class: 'chip plain-chip' }, t('history.taken-back')),
        ),
        h(
          'p',
          { class: 'muted small' },
          [time(event.at), event.office, event.reviewer].filter(Boolean).join(' · '),
        ),
        event.message && h('p', { class: 'quote' }, event.message),
        event.points?.length > 0 &&
          h(
            'ul',
            { class: 'history-points' },
            event.points.map((point) =>
              h(
                'li',
                null,
                h('span', { class: 'muted' }, `${describe(point.pointer)}${t('colon')}`),
                point.comment,
              ),
            ),
          ),
      ),
    ),
  );
}
