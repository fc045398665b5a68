// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Applications to correct or withdraw what was approved, with reason, before and after, evidence.

import { ask, fill, h, icon, speak } from './dom.js';
import { areaName, describe, present, resolve } from './dictionary.js';
import { setKeys } from './keys.js';
import { gradeBadge } from './queue.js';
import { api, fetchBytes } from './session.js';
import { bytes, t, time, word } from './words.js';

const STATES = ['requested', 'granted', 'refused'];

function valueOf(pointer, value) {
  return value ? present(resolve(pointer).field, value).text : t('value.empty');
}

function changeRow(change) {
  const head = h('th', { scope: 'row' }, describe(change.pointer));
  if (change.row)
    return h(
      'tr',
      { class: 'whole-row' },
      head,
      h(
        'td',
        { colspan: 2 },
        change.row === 'added'
          ? h('strong', { class: 'green-text' }, t('corrections.row-added'))
          : h('strong', { class: 'red-text' }, t('corrections.row-removed')),
      ),
    );
  return h(
    'tr',
    null,
    head,
    h('td', null, h('del', null, valueOf(change.pointer, change.before))),
    h('td', null, h('ins', null, valueOf(change.pointer, change.after))),
  );
}

async function showEvidence(file, told) {
  try {
    const type = ['application/pdf', 'image/jpeg', 'image/png'].find(
      (each) => each === file.filetype,
    );
    if (!type) throw new Error(t('documents.unknown'));
    const url = URL.createObjectURL(new Blob([await fetchBytes(`/v1/files/${file.id}`)], { type }));
    await ask(
      file.filename,
      type === 'application/pdf'
        ? h('iframe', { src: `${url}#toolbar=0`, title: file.filename, class: 'evidence' })
        : h('img', { src: url, alt: file.filename, class: 'evidence' }),
      [{ label: t('close'), answer: null }],
      { class: 'wide' },
    );
    URL.revokeObjectURL(url);
  } catch (error) {
    told.textContent = error.message;
  }
}

async function decide(application, verb, reload, told) {
  const area = h('textarea', {
    id: 'correction-message',
    rows: 3,
    maxlength: 2000,
    required: verb === 'refuse',
    autofocus: true,
  });
  for (;;) {
    const answer = await ask(
      t(`corrections.${verb}-title`),
      [
        h('p', null, application.name),
        h('p', { class: 'muted' }, t(`corrections.${verb}-note`)),
        h(
          'label',
          { for: 'correction-message' },
          t(verb === 'refuse' ? 'reason' : 'approve.message'),
        ),
        area,
      ],
      [
        { label: t('cancel'), answer: null },
        {
          label: t(`corrections.${verb}`),
          answer: true,
          class: verb === 'grant' ? 'primary' : 'danger',
        },
      ],
    );
    if (answer === null) return;
    if (verb === 'grant' || area.value.trim() !== '') break;
  }
  try {
    await api(
      'POST',
      `/v1/corrections/${application.id}:${verb}`,
      area.value.trim() ? { message: area.value.trim() } : {},
    );
    speak(t('saved'));
    reload();
  } catch (error) {
    told.textContent = [
      error.message,
      ...(error.problem?.errors ?? []).map((each) => each.message),
    ].join(' ');
  }
}

function card(application, reload) {
  const told = h('p', { class: 'told', role: 'alert' });
  const may = application.may ?? { decide: false };
  return h(
    'article',
    { class: 'application', 'data-id': application.id },
    h(
      'div',
      { class: 'application-head' },
      h('h2', null, h('a', { href: `#/records/${application.uuid}` }, application.name)),
      application.grade && gradeBadge(application.grade),
      h(
        'span',
        { class: `chip ${application.kind === 'withdrawal' ? 'red' : 'blue'}` },
        t(`corrections.kind-${application.kind === 'withdrawal' ? 'withdrawal' : 'correction'}`),
      ),
      h('span', { class: 'grow' }),
      h('span', { class: 'muted small' }, time(application.at)),
    ),
    h(
      'p',
      { class: 'muted small' },
      [application.number, application.enterprise, areaName(application.area), application.office]
        .filter(Boolean)
        .join(' · '),
    ),
    h('p', { class: 'quote' }, application.reason),
    application.changes.length > 0 &&
      h(
        'table',
        { class: 'changes-table' },
        h('caption', { class: 'unseen' }, t('corrections.changes')),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            ['corrections.field', 'diff.before', 'diff.after'].map((key) =>
              h('th', { scope: 'col' }, t(key)),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          application.changes.map(changeRow),
        ),
      ),
    application.evidence.length > 0 &&
      h(
        'ul',
        { class: 'evidence-list' },
        application.evidence.map((file) =>
          h(
            'li',
            null,
            h(
              'button',
              { class: 'small-button', onclick: () => showEvidence(file, told) },
              icon('document'),
              file.filename,
              h('span', { class: 'muted' }, ` ${bytes(file.size)}`),
            ),
          ),
        ),
      ),
    application.decided_at &&
      h(
        'p',
        { class: 'muted small' },
        word('corrections', `state-${application.state}`),
        ' · ',
        [time(application.decided_at), application.decided_office, application.decided_by]
          .filter(Boolean)
          .join(' · '),
      ),
    application.message && h('p', { class: 'quote' }, application.message),
    told,
    application.state === 'requested' &&
      h(
        'div',
        { class: 'application-buttons' },
        !may.decide && may.why_not && h('span', { class: 'muted small' }, may.why_not),
        h('span', { class: 'grow' }),
        h(
          'button',
          {
            class: 'danger',
            disabled: !may.decide,
            onclick: () => decide(application, 'refuse', reload, told),
          },
          t('corrections.refuse'),
        ),
        h(
          'button',
          {
            class: 'primary',
            disabled: !may.decide,
            onclick: () => decide(application, 'grant', reload, told),
          },
          t('corrections.grant'),
        ),
      ),
  );
}

export async function showCorrections({ main, part, isCurrent, reload }) {
  const query = new URLSearchParams(part);
  const state = STATES.includes(query.get('state')) ? query.get('state') : 'requested';
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const { body } = await api('GET', `/v1/corrections?state=${state}&page=${page}`);
  if (!isCurrent()) return;
  const go = (values) => {
    location.hash = `#/corrections?${new URLSearchParams({ state, ...values })}`;
  };
  main.className = 'list-page';
  fill(
    main,
    h(
      'div',
      { class: 'filters' },
      h('h1', null, t('nav.corrections')),
      h(
        'label',
        { class: 'filter' },
        h('span', null, t('queue.state')),
        h(
          'select',
          { onchange: (event) => go({ state: event.target.value }) },
          STATES.map((each) =>
            h('option', { value: each, selected: each === state }, t(`corrections.state-${each}`)),
          ),
        ),
      ),
    ),
    h(
      'div',
      {
        class: 'table-box padded',
        tabindex: '0',
        role: 'region',
        'aria-label': t('nav.corrections'),
      },
      body.corrections.length > 0
        ? body.corrections.map((each) => card(each, reload))
        : h('p', { class: 'empty' }, t('corrections.none')),
    ),
    h(
      'nav',
      { class: 'pages', 'aria-label': t('pages') },
      h('span', { class: 'muted' }, t('queue.total', { n: body.total })),
      h('span', { class: 'grow' }),
      h(
        'button',
        { disabled: page <= 1, onclick: () => go({ page: page - 1 }) },
        t('pages.previous'),
      ),
      h('span', null, t('pages.at', { page, pages: Math.max(1, body.pages) })),
      h(
        'button',
        { disabled: page >= body.pages, onclick: () => go({ page: page + 1 }) },
        t('pages.next'),
      ),
    ),
  );
  setKeys([{ keys: ['f'], words: 'keys.filter', run: () => main.querySelector('select').focus() }]);
}
