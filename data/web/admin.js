// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// How the province runs, for its administrator: records, space, the national platform, its offices.

import { fill, h } from './dom.js';
import { areaName } from './dictionary.js';
import { setKeys } from './keys.js';
import { api } from './session.js';
import { t, time, word } from './words.js';

const REFRESH = 15000;
const ORDER = ['submitted', 'returned', 'approved', 'draft', 'withdrawn', 'revoked', 'removed'];
const UNITS = [
  [1099511627776, 'TB'],
  [1073741824, 'GB'],
  [1048576, 'MB'],
  [1024, 'KB'],
];

function size(number) {
  if (!(number >= 0)) return '—';
  const [unit, name] = UNITS.find(([each]) => number >= each) ?? [1, 'B'];
  return `${(number / unit).toFixed(unit === 1 || number / unit >= 100 ? 0 : 1)} ${name}`;
}

function count(number) {
  return typeof number === 'number' ? number.toLocaleString() : '—';
}

// A figure with its name; `alarm` when somebody should do something about it.
function card(words, value, note, alarm) {
  return h(
    'div',
    { class: alarm ? 'card alarm' : 'card' },
    h('dt', null, words),
    h('dd', null, value),
    note && h('dd', { class: 'muted small card-note' }, note),
  );
}

function group(words, ...cards) {
  return [h('h2', null, words), h('dl', { class: 'cards' }, cards)];
}

function states(records) {
  const known = ORDER.filter((state) => state in records);
  return [...known, ...Object.keys(records).filter((state) => !ORDER.includes(state))].map(
    (state) => card(word('state', state), count(records[state])),
  );
}

function refusals(push) {
  return (
    push.refusals?.length > 0 &&
    h(
      'table',
      { class: 'queue' },
      h('caption', null, t('admin.push-refusals')),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['queue.column.name', 'admin.message', 'admin.when'].map((key) =>
            h('th', { scope: 'col' }, t(key)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        push.refusals.map((each) =>
          h(
            'tr',
            null,
            h('td', null, each.name, h('div', { class: 'muted small' }, each.uuid)),
            h('td', null, each.message),
            h('td', null, time(each.at)),
          ),
        ),
      ),
    )
  );
}

function nation(push) {
  if (!push.configured)
    return [h('h2', null, t('admin.push')), h('p', { class: 'muted' }, t('admin.push-none'))];
  return [
    group(
      t('admin.push'),
      card(
        t('admin.push-waiting'),
        count(push.waiting),
        push.oldest_at && t('queue.oldest', { time: time(push.oldest_at) }),
      ),
      card(t('admin.push-sent'), count(push.sent)),
      card(t('admin.push-accepted'), count(push.accepted)),
      card(t('admin.push-refused'), count(push.refused), null, push.refused > 0),
    ),
    push.message && h('p', { class: 'banner warning' }, push.message),
    refusals(push),
  ];
}

function offices(list) {
  return [
    h('h2', null, t('admin.offices', { n: list.length })),
    h(
      'table',
      { class: 'queue' },
      h('caption', { class: 'unseen' }, t('admin.offices', { n: list.length })),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['admin.office', 'admin.level', 'admin.grade', 'account.areas'].map((key) =>
            h('th', { scope: 'col' }, t(key)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        list.map((office) =>
          h(
            'tr',
            null,
            h('td', null, office.name),
            h('td', null, word('level', office.level)),
            h('td', null, office.grade),
            h(
              'td',
              null,
              (office.areas ?? []).map((area) => areaName(area.padEnd(6, '0'))).join(t('comma')),
            ),
          ),
        ),
      ),
    ),
  ];
}

export async function showAdmin({ main, isCurrent, reload }) {
  const [
    { body: status },
    {
      body: { offices: list },
    },
  ] = await Promise.all([api('GET', '/v1/admin/status'), api('GET', '/v1/offices')]);
  if (!isCurrent()) return undefined;
  const { disk, database, requests, accounts } = status;
  const scroll = main.querySelector('.table-box')?.scrollTop ?? 0;
  main.className = 'list-page';
  fill(
    main,
    h(
      'div',
      { class: 'filters' },
      h('h1', null, t('nav.status')),
      h(
        'span',
        { class: 'muted small' },
        t('admin.since', { version: status.version, time: time(status.started_at) }),
      ),
      h('span', { class: 'grow' }),
      h('button', { class: 'quiet', onclick: reload }, t('queue.refresh')),
    ),
    h(
      'div',
      { class: 'table-box padded', tabindex: '0', role: 'region', 'aria-label': t('nav.status') },
      status.restored_at &&
        h(
          'p',
          { class: 'banner warning' },
          t('admin.restored', { time: time(status.restored_at) }),
        ),
      group(
        t('admin.records'),
        states(status.records ?? {}),
        card(t('admin.oldest'), status.oldest_submission ? time(status.oldest_submission) : '—'),
      ),
      group(
        t('admin.machine'),
        card(
          t('admin.disk'),
          size(disk.free),
          disk.size >= 0 && t('admin.of', { size: size(disk.size) }),
          disk.free >= 0 && disk.free < disk.least_free,
        ),
        card(
          t('admin.database'),
          size(database.size),
          t('admin.log', { size: size(database.log) }),
        ),
        card(
          t('admin.documents'),
          size(status.documents),
          t('admin.uploads', { n: status.uploads }),
        ),
        card(
          t('admin.requests'),
          count(requests.answered),
          t('admin.refused', { n: count(requests.refused) }),
        ),
        card(t('admin.failed'), count(requests.failed), null, requests.failed > 0),
        card(t('admin.sessions'), count(status.sessions)),
        Object.entries(accounts ?? {}).map(([role, number]) =>
          card(word('role', role), count(number)),
        ),
        card(t('admin.dictionary'), status.dictionary),
        card(t('admin.settings'), status.settings ?? t('admin.settings-none')),
      ),
      nation(status.push ?? {}),
      offices(list),
    ),
  );
  main.querySelector('.table-box').scrollTop = scroll;
  setKeys([
    {
      keys: ['g'],
      words: 'keys.refresh',
      run: () => {
        reload();
      },
    },
  ]);
  const timer = setInterval(() => {
    if (!document.hidden && !document.querySelector('dialog[open]')) reload();
  }, REFRESH);
  return () => clearInterval(timer);
}
