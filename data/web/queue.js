// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// What waits for a decision, the oldest first.

import { fill, h, icon, speak } from './dom.js';
import { areaName, isEmpty } from './dictionary.js';
import { setKeys } from './keys.js';
import { api } from './session.js';
import { showUndo } from './undo.js';
import { t, time } from './words.js';

const STATES = ['submitted', 'returned', 'approved'];
const AGES = ['', '3', '7', '15', '30'];
const REFRESH = 60000;

export function gradeBadge(grade) {
  return h('span', { class: `grade grade-${/^[A-D]$/.test(grade) ? grade : 'none'}` }, grade);
}

function chips(line) {
  const { problems } = line;
  return [
    line.resubmission && h('span', { class: 'chip blue' }, t('queue.resubmission')),
    line.handed &&
      h('span', { class: 'chip blue' }, t('queue.handed', { office: line.handed.name })),
    problems?.errors > 0 &&
      h('span', { class: 'chip red' }, t('queue.errors', { n: problems.errors })),
    problems?.warnings > 0 &&
      h(
        'span',
        { class: 'chip amber' },
        icon('warning'),
        t('queue.warnings', { n: problems.warnings }),
        problems.kept > 0 && ` · ${t('queue.kept', { n: problems.kept })}`,
      ),
  ];
}

function age(days) {
  const kind = days >= 15 ? 'red' : days >= 7 ? 'amber' : 'plain-chip';
  return h('span', { class: `chip ${kind}` }, t('queue.days', { n: days }));
}

function claimCell(claim) {
  if (!claim) return h('span', { class: 'muted' }, '—');
  return h(
    'span',
    {
      class: claim.mine ? 'claim mine' : 'claim',
      title: t('claim.until', { time: time(claim.until) }),
    },
    icon('person'),
    claim.mine ? t('claim.me') : claim.by,
  );
}

function row(line, state) {
  return h(
    'tr',
    { 'data-uuid': line.uuid },
    h(
      'td',
      { class: 'cell-name' },
      h(
        'a',
        { href: `#/records/${line.uuid}` },
        isEmpty(line.name) ? t('queue.nameless') : line.name,
      ),
      h('div', { class: 'muted small' }, line.number || t('queue.numberless')),
    ),
    h(
      'td',
      null,
      h('div', { class: 'clip' }, line.enterprise),
      h('div', { class: 'muted small' }, areaName(line.area)),
    ),
    h(
      'td',
      null,
      state === 'submitted' ? age(line.days ?? 0) : line.grade && gradeBadge(line.grade),
      h('div', { class: 'muted small' }, time(line.submitted_at)),
    ),
    h(
      'td',
      null,
      h('span', { class: 'documents-count' }, icon('document'), line.n_documents ?? 0),
      line.files_missing > 0 &&
        h(
          'div',
          { class: line.files_due_at ? 'small amber-text' : 'small red-text' },
          t('queue.files-missing', { n: line.files_missing }),
        ),
    ),
    h('td', null, h('div', { class: 'chips' }, chips(line))),
    h('td', null, claimCell(line.claim)),
  );
}

function select(name, words, value, options, change) {
  return h(
    'label',
    { class: 'filter' },
    h('span', null, words),
    h(
      'select',
      { name, onchange: (event) => change(name, event.target.value) },
      options.map((option) =>
        h('option', { value: option.value, selected: option.value === value }, option.label),
      ),
    ),
  );
}

function check(name, words, value, change) {
  return h(
    'label',
    { class: 'filter check' },
    h('input', {
      type: 'checkbox',
      checked: value === '1',
      onchange: (event) => change(name, event.target.checked ? '1' : ''),
    }),
    h('span', null, words),
  );
}

// The areas as a list with counts, the waiting longest marked: what is to be done where.
function sidebar(areas, chosen, change) {
  const total = areas.reduce((sum, each) => sum + each.total, 0);
  const entry = (code, name, count, oldest) =>
    h(
      'li',
      null,
      h(
        'button',
        {
          class: 'area',
          'aria-pressed': String(chosen === code),
          onclick: () => change('area', code),
        },
        h('span', { class: 'area-name' }, name),
        h('span', { class: 'area-count' }, count),
        oldest &&
          h(
            'span',
            { class: 'area-oldest muted' },
            t('queue.oldest', { time: time(oldest).slice(0, 10) }),
          ),
      ),
    );
  return h(
    'aside',
    { class: 'side', 'aria-label': t('queue.areas') },
    h('h2', null, t('queue.areas')),
    h(
      'ul',
      null,
      entry('', t('queue.all'), total),
      areas.map((each) => entry(each.area, areaName(each.area), each.total, each.oldest)),
    ),
  );
}

export async function showQueue({ main, part, isCurrent, reload }) {
  const query = new URLSearchParams(part);
  const get = (name, fallback = '') => query.get(name) ?? fallback;
  const state = STATES.includes(get('state')) ? get('state') : 'submitted';
  const page = Math.max(1, Number.parseInt(get('page', '1'), 10) || 1);
  const asked = new URLSearchParams({ state, page });
  for (const name of ['area', 'age', 'mine', 'handed', 'q']) if (get(name)) asked.set(name, get(name));
  const { body } = await api('GET', `/v1/reviews?${asked}`);
  if (!isCurrent()) return;
  // from the address as it is by then: a second choice may come before the first one's list
  const change = (name, value) => {
    const next = new URLSearchParams(location.hash.split('?')[1] ?? '');
    if (name !== 'page') next.delete('page');
    if (value) next.set(name, value);
    else next.delete(name);
    location.hash = `#/queue${next.size > 0 ? `?${next}` : ''}`;
  };
  const lines = body.reviews;
  const rows = lines.map((line) => row(line, state));
  const pages = Math.max(1, body.pages ?? 1);
  const total = body.total ?? lines.length;
  const turn = (by) => {
    if (page + by >= 1 && page + by <= pages) change('page', String(page + by));
  };
  const table = h(
    'table',
    { class: 'queue' },
    h('caption', { class: 'unseen' }, t('nav.queue')),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        [
          'name',
          'enterprise',
          state === 'submitted' ? 'age' : 'decided',
          'documents',
          'notes',
          'claim',
        ].map((name) => h('th', { scope: 'col' }, t(`queue.column.${name}`))),
      ),
    ),
    h('tbody', null, rows),
  );
  const search = h('input', {
    type: 'search',
    id: 'queue-q',
    value: get('q'),
    maxlength: 100,
    placeholder: t('queue.search-note'),
  });
  const filters = h(
    'form',
    { class: 'filters', role: 'search' },
    h('h1', null, t('nav.queue')),
    h('label', { class: 'filter', for: 'queue-q' }, h('span', null, t('queue.search'))),
    search,
    select(
      'state',
      t('queue.state'),
      state,
      STATES.map((value) => ({ value, label: t(`state.${value}`) })),
      change,
    ),
    select(
      'age',
      t('queue.age'),
      get('age'),
      AGES.map((value) => ({
        value,
        label: value ? t('queue.older', { n: value }) : t('queue.any-age'),
      })),
      change,
    ),
    check('mine', t('queue.mine'), get('mine'), change),
    check('handed', t('queue.handed-only'), get('handed'), change),
    h('span', { class: 'grow' }),
    h('button', { type: 'button', class: 'quiet', onclick: reload }, t('queue.refresh')),
  );
  filters.addEventListener('submit', (event) => {
    event.preventDefault();
    change('q', search.value.trim());
  });
  main.className = 'queue-page';
  const before = document.activeElement;
  const typing = before?.id === 'queue-q' && before.value.trim() !== get('q') ? before : null;
  if (typing) search.value = typing.value;
  fill(
    main,
    sidebar(body.areas ?? [], get('area'), change),
    h(
      'section',
      { class: 'queue-main' },
      filters,
      h(
        'div',
        { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': t('nav.queue') },
        rows.length > 0
          ? table
          : h('p', { class: 'empty' }, t(query.size > 0 ? 'queue.none-here' : 'queue.empty')),
      ),
      h(
        'nav',
        { class: 'pages', 'aria-label': t('pages') },
        h('span', { class: 'muted' }, t('queue.total', { n: total })),
        h('span', { class: 'grow' }),
        h('button', { disabled: page <= 1, onclick: () => turn(-1) }, t('pages.previous')),
        h('span', null, t('pages.at', { page, pages })),
        h('button', { disabled: page >= pages, onclick: () => turn(1) }, t('pages.next')),
      ),
    ),
  );
  showUndo();
  sessionStorage.setItem('yeji-queue', location.hash || '#/queue');
  speak(t('queue.total', { n: total }));

  const step = (by) => {
    const at = rows.findIndex((each) => each.contains(document.activeElement));
    rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.querySelector('a').focus();
  };
  setKeys([
    { keys: ['j', 'ArrowDown'], words: 'keys.next-record', run: () => step(1) },
    { keys: ['k', 'ArrowUp'], words: 'keys.previous-record', run: () => step(-1) },
    {
      keys: ['Enter', 'o'],
      words: 'keys.open',
      run: () => {
        document.activeElement.closest('tr')?.querySelector('a').click();
      },
    },
    { keys: ['n'], words: 'keys.next-page', run: () => turn(1) },
    { keys: ['p'], words: 'keys.previous-page', run: () => turn(-1) },
    { keys: ['f', '/'], words: 'keys.filter', run: () => search.focus() },
    {
      keys: ['g'],
      words: 'keys.refresh',
      run: () => {
        reload();
      },
    },
  ]);
  const last = sessionStorage.getItem('yeji-last-record');
  if (typing) {
    search.focus();
    search.setSelectionRange(typing.selectionStart, typing.selectionEnd);
  } else {
    (rows.find((each) => each.dataset.uuid === last) ?? rows[0])
      ?.querySelector('a')
      .focus({ preventScroll: false });
  }
  // a list that lies open shows what has come since, unless somebody is in the middle of it
  const timer = setInterval(() => {
    const at = document.activeElement?.closest('tr')?.dataset.uuid;
    if (
      document.hidden ||
      document.querySelector('dialog[open]') ||
      (!at && main.contains(document.activeElement))
    )
      return;
    if (at) sessionStorage.setItem('yeji-last-record', at);
    reload();
  }, REFRESH);
  return () => clearInterval(timer);
}
