// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Qualification lists that enterprises have sent, and which application carries one.

import { ask, fill, h, speak } from './dom.js';
import { areaName } from './dictionary.js';
import { setKeys } from './keys.js';
import { gradeBadge } from './queue.js';
import { api } from './session.js';
import { language, t, time } from './words.js';

const STATES = ['open', 'used', 'withdrawn'];

// What a text of the dictionary is in the language of the page.
function say(text) {
  return typeof text === 'string' ? text : (text?.[language] ?? text?.zh ?? '');
}

async function use(list, reload, told) {
  const number = h('input', {
    id: 'list-application',
    maxlength: 100,
    required: true,
    autofocus: true,
  });
  for (;;) {
    const answer = await ask(
      t('lists.use-title'),
      [
        h('p', null, list.name),
        h('p', { class: 'muted' }, t('lists.use-note')),
        h('label', { for: 'list-application' }, t('lists.application')),
        number,
      ],
      [
        { label: t('cancel'), answer: null },
        { label: t('lists.use'), answer: true, class: 'primary' },
      ],
    );
    if (answer === null) return;
    if (number.value.trim() !== '') break;
  }
  try {
    await api('POST', `/v1/qualification-applications/${list.id}:use`, {
      application: number.value.trim(),
    });
    speak(t('saved'));
    reload();
  } catch (error) {
    told.textContent = [error.message, error.problem?.detail].filter(Boolean).join(' ');
  }
}

function row(record) {
  return h(
    'tr',
    null,
    h(
      'th',
      { scope: 'row' },
      h('a', { href: `/projects/${record.uuid}`, target: '_blank', rel: 'noopener' }, record.name),
      h('div', { class: 'muted small' }, record.number),
    ),
    h('td', null, areaName(record.area)),
    h('td', null, record.grade && gradeBadge(record.grade)),
    h(
      'td',
      null,
      record.counts
        ? h('span', { class: 'chip green' }, t('lists.counts'))
        : h('span', { class: 'chip red' }, t('lists.counts-not')),
      h('div', { class: 'small muted' }, (record.reasons ?? []).map(say).join(t('comma'))),
    ),
  );
}

function card(list, reload) {
  const told = h('p', { class: 'told', role: 'alert' });
  return h(
    'article',
    { class: 'application', 'data-id': list.id },
    h(
      'div',
      { class: 'application-head' },
      h('h2', null, list.name),
      h('span', { class: 'chip blue' }, t(`lists.state-${list.state}`)),
      list.n_lost > 0 && h('span', { class: 'chip red' }, t('lists.lost', { n: list.n_lost })),
      h('span', { class: 'grow' }),
      h('span', { class: 'muted small' }, time(list.at)),
    ),
    h('p', { class: 'muted small' }, `${list.enterprise_name} · ${list.enterprise}`),
    list.application && h('p', null, t('lists.carried', { number: list.application })),
    h(
      'table',
      { class: 'changes-table' },
      h('caption', { class: 'unseen' }, list.name),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['queue.column.name', 'lists.area', 'lists.grade', 'lists.now'].map((key) =>
            h('th', { scope: 'col' }, t(key)),
          ),
        ),
      ),
      h('tbody', null, list.records.map(row)),
    ),
    h(
      'p',
      { class: 'small' },
      list.totals
        .map((total) => [say(total.label), total.value, say(total.unit)].join(' ').trim())
        .join(' · '),
    ),
    told,
    list.state === 'open' &&
      h(
        'div',
        { class: 'application-buttons' },
        h('span', { class: 'grow' }),
        h(
          'button',
          { class: 'primary', disabled: list.n_lost > 0, onclick: () => use(list, reload, told) },
          t('lists.use'),
        ),
      ),
  );
}

export async function showLists({ main, part, isCurrent, reload }) {
  const query = new URLSearchParams(part);
  const state = STATES.includes(query.get('state')) ? query.get('state') : 'open';
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const asked = new URLSearchParams({ state, page });
  if (query.get('enterprise')) asked.set('enterprise', query.get('enterprise'));
  const { body } = await api('GET', `/v1/qualification-applications?${asked}`);
  if (!isCurrent()) return;
  const go = (values) => {
    const next = new URLSearchParams({
      state,
      enterprise: query.get('enterprise') ?? '',
      ...values,
    });
    for (const name of ['enterprise', 'page']) if (!next.get(name)) next.delete(name);
    location.hash = `#/lists?${next}`;
  };
  const code = h('input', {
    type: 'search',
    id: 'lists-enterprise',
    maxlength: 50,
    value: query.get('enterprise') ?? '',
    placeholder: t('users.enterprise-code'),
  });
  const filters = h(
    'form',
    { class: 'filters', role: 'search' },
    h('h1', null, t('nav.lists')),
    h('label', { class: 'filter', for: 'lists-enterprise' }, h('span', null, t('lists.of'))),
    code,
    h(
      'label',
      { class: 'filter' },
      h('span', null, t('queue.state')),
      h(
        'select',
        { onchange: (event) => go({ state: event.target.value }) },
        STATES.map((each) =>
          h('option', { value: each, selected: each === state }, t(`lists.state-${each}`)),
        ),
      ),
    ),
  );
  filters.addEventListener('submit', (event) => {
    event.preventDefault();
    go({ enterprise: code.value.trim() });
  });
  main.className = 'list-page';
  fill(
    main,
    filters,
    h(
      'div',
      { class: 'table-box padded', tabindex: '0', role: 'region', 'aria-label': t('nav.lists') },
      body.applications.length > 0
        ? body.applications.map((each) => card(each, reload))
        : h('p', { class: 'empty' }, t('lists.none')),
    ),
    h(
      'nav',
      { class: 'pages', 'aria-label': t('pages') },
      h('span', { class: 'grow' }),
      h(
        'button',
        { disabled: page <= 1, onclick: () => go({ page: page - 1 }) },
        t('pages.previous'),
      ),
      h('button', { disabled: !body.more, onclick: () => go({ page: page + 1 }) }, t('pages.next')),
    ),
  );
  setKeys([{ keys: ['f', '/'], words: 'keys.filter', run: () => code.focus() }]);
}
