// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// What stands above a record: its name, whose it is, how it stands.

import { h, icon } from './dom.js';
import { areaName, isEmpty, listTables, roleLabel } from './dictionary.js';
import { gradeBadge } from './queue.js';
import { t, time, word } from './words.js';

export function renderHead(view) {
  const { review } = view;
  const table = listTables()[0];
  const numbers = (table.row_title ?? [])
    .map((id) => review.record[table.member]?.[id])
    .filter((text) => !isEmpty(text) && text !== view.name());
  return h(
    'header',
    { class: 'record-head' },
    h(
      'a',
      {
        href: sessionStorage.getItem('yeji-queue') ?? '#/queue',
        class: 'back',
        'aria-label': t('record.back'),
        title: t('record.back'),
      },
      icon('back'),
    ),
    h(
      'div',
      { class: 'record-title' },
      h('h1', null, view.name()),
      h(
        'p',
        { class: 'muted small' },
        [
          ...numbers,
          review.enterprise?.name,
          areaName(review.area),
          review.record.role && roleLabel(review.record.role),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
    h(
      'div',
      { class: 'record-state' },
      h('span', { class: `chip state-${review.state}` }, word('state', review.state)),
      review.grade && gradeBadge(review.grade),
      review.grade &&
        ['approved', 'revoked'].includes(review.state) &&
        h(
          'a',
          { href: `/projects/${view.uuid}`, target: '_blank', rel: 'noopener', class: 'small' },
          t('record.public'),
        ),
      review.national?.state &&
        h(
          'span',
          {
            class: `chip ${review.national.state === 'refused' ? 'red' : 'plain-chip'}`,
            title: review.national.message,
          },
          word('national', review.national.state),
        ),
      review.previous &&
        review.state === 'submitted' &&
        h('span', { class: 'chip blue' }, t('queue.resubmission')),
      review.handed &&
        h('span', { class: 'chip blue' }, t('queue.handed', { office: review.handed.name })),
      review.state === 'submitted' &&
        h(
          'span',
          { class: 'muted small' },
          t('record.submitted', { time: time(review.submitted_at), n: review.days ?? 0 }),
        ),
      review.files_due_at &&
        !review.files_complete_at &&
        h(
          'span',
          { class: 'chip amber' },
          t('record.files-due', { time: time(review.files_due_at) }),
        ),
    ),
    (view.claimPart = h('div', { class: 'claim-part' }, view.claimButtons())),
  );
}
