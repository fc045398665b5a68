// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// User management: who may do what, and a reviewer's real name and office put right.

import { fill, h, icon, speak } from './dom.js';
import { labelled, officeOptions, placeErrors } from './account.js';
import { setKeys } from './keys.js';
import { api } from './session.js';
import { t, word } from './words.js';

const ROLES = ['enterprise', 'reviewer', 'administrator'];

function registration(user) {
  if (user.role !== 'reviewer') return h('span', { class: 'muted' }, '—');
  return user.registered
    ? h('span', { class: 'chip green' }, t('users.registered'))
    : h(
        'span',
        { class: 'chip amber' },
        t('users.lacks', {
          what: (user.missing ?? []).map((each) => word('account', each)).join(t('comma')),
        }),
      );
}

// The form for a new user, or for the present one. Gives what the province has taken, or null.
function edit(user, offices) {
  return new Promise((resolve) => {
    const role = h(
      'select',
      { disabled: user !== null },
      ROLES.map((each) =>
        h(
          'option',
          { value: each, selected: each === (user?.role ?? 'reviewer') },
          t(`role.${each}`),
        ),
      ),
    );
    const told = h('p', { class: 'told', role: 'alert' });
    const reviewer = h(
      'div',
      null,
      labelled(
        'user',
        'office',
        t('account.office'),
        h('select', null, officeOptions(offices, user?.office?.id)),
      ),
      labelled(
        'user',
        'department',
        t('account.department'),
        h('input', { maxlength: 50, value: user?.department ?? '' }),
      ),
    );
    const enterprise = h(
      'div',
      null,
      labelled(
        'user',
        'enterprise',
        t('users.enterprise-name'),
        h('input', { maxlength: 200, value: user?.enterprise?.name ?? '' }),
      ),
      labelled(
        'user',
        'enterprise_code',
        t('users.enterprise-code'),
        h('input', { maxlength: 18, value: user?.enterprise?.code ?? '' }),
      ),
    );
    const form = h(
      'form',
      { id: 'user', class: 'dialog-form', novalidate: true },
      h('h2', { id: 'user-title' }, user ? t('users.edit', { name: user.name }) : t('users.new')),
      h(
        'div',
        { class: 'dialog-body' },
        !user &&
          labelled(
            'user',
            'name',
            t('session.user'),
            h('input', {
              maxlength: 100,
              autocomplete: 'off',
              autocapitalize: 'none',
              autofocus: true,
            }),
          ),
        labelled('user', 'role', t('account.role'), role),
        labelled(
          'user',
          'display_name',
          t('account.display_name'),
          h('input', { maxlength: 50, value: user?.display_name ?? '', autofocus: user !== null }),
        ),
        reviewer,
        enterprise,
        labelled(
          'user',
          'password',
          user ? t('users.new-password') : t('session.password'),
          h('input', { type: 'password', maxlength: 1000, autocomplete: 'new-password' }),
          user && t('users.password-note'),
        ),
        told,
      ),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
        h('button', { class: 'primary' }, t('save')),
      ),
    );
    const dialog = h('dialog', { 'aria-labelledby': 'user-title' }, form);
    const arrange = () => {
      reviewer.hidden = role.value !== 'reviewer';
      enterprise.hidden = role.value !== 'enterprise';
    };
    role.addEventListener('change', arrange);
    arrange();
    let saved = null;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const value = (name) => form.elements.namedItem(name)?.value.trim() ?? '';
      const body = {};
      const set = (name, before) => {
        if (value(name) !== (before ?? '')) body[name] = value(name);
      };
      set('display_name', user?.display_name);
      if (!user) Object.assign(body, { name: value('name'), role: role.value });
      if (role.value === 'reviewer') {
        set('office', user?.office?.id);
        set('department', user?.department);
      }
      if (
        role.value === 'enterprise' &&
        (value('enterprise') !== (user?.enterprise?.name ?? '') ||
          value('enterprise_code') !== (user?.enterprise?.code ?? ''))
      )
        body.enterprise = { name: value('enterprise'), code: value('enterprise_code') };
      if (form.elements.namedItem('password').value !== '' || !user)
        body.password = form.elements.namedItem('password').value;
      try {
        saved = (
          await (user
            ? api('PATCH', `/v1/users/${encodeURIComponent(user.name)}`, body)
            : api('POST', '/v1/users', body))
        ).body;
        dialog.close();
      } catch (error) {
        told.textContent = placeErrors(form, error);
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(saved);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export async function showUsers({ main, part, isCurrent, reload, account }) {
  const query = new URLSearchParams(part);
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const asked = new URLSearchParams({ page });
  for (const name of ['q', 'role']) if (query.get(name)) asked.set(name, query.get(name));
  const [
    answer,
    {
      body: { offices },
    },
  ] = await Promise.all([api('GET', `/v1/users?${asked}`), api('GET', '/v1/offices')]);
  if (!isCurrent()) return;
  const { users, total, pages } = answer.body;
  const change = (values) => {
    const next = new URLSearchParams(query);
    next.delete('page');
    for (const [name, value] of Object.entries(values))
      if (value) next.set(name, value);
      else next.delete(name);
    location.hash = `#/users${next.size > 0 ? `?${next}` : ''}`;
  };
  const run = async (user) => {
    const saved = await edit(user, offices);
    if (saved) {
      speak(t('saved'));
      reload();
    }
  };
  // Whoever is locked is out at once; it takes one press to let him in again.
  const lock = async (user) => {
    await api('PATCH', `/v1/users/${encodeURIComponent(user.name)}`, { locked: !user.locked });
    speak(t(user.locked ? 'users.unlocked' : 'users.locked'));
    reload();
  };
  const search = h('input', {
    type: 'search',
    id: 'users-q',
    value: query.get('q') ?? '',
    maxlength: 100,
    placeholder: t('users.search-note'),
  });
  const form = h(
    'form',
    { class: 'filters', role: 'search' },
    h('h1', null, t('nav.users')),
    h('label', { class: 'filter', for: 'users-q' }, h('span', null, t('users.search'))),
    search,
    h(
      'label',
      { class: 'filter' },
      h('span', null, t('account.role')),
      h(
        'select',
        { onchange: (event) => change({ role: event.target.value }) },
        h('option', { value: '' }, t('users.any-role')),
        ROLES.map((each) =>
          h('option', { value: each, selected: query.get('role') === each }, t(`role.${each}`)),
        ),
      ),
    ),
    h('button', null, t('users.find')),
    h('span', { class: 'grow' }),
    h(
      'button',
      { type: 'button', class: 'primary', onclick: () => run(null) },
      icon('plus'),
      t('users.new'),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    change({ q: search.value.trim() });
  });
  const rows = users.map((user) =>
    h(
      'tr',
      { 'data-name': user.name },
      h(
        'td',
        null,
        h('strong', null, user.name),
        user.name === account.name && h('span', { class: 'chip plain-chip' }, t('users.you')),
        user.locked && h('span', { class: 'chip red' }, t('users.locked')),
      ),
      h('td', null, user.display_name || h('span', { class: 'muted' }, '—')),
      h('td', null, word('role', user.role)),
      h(
        'td',
        null,
        h('div', { class: 'clip' }, user.office?.name ?? user.enterprise?.name ?? '—'),
        h('div', { class: 'muted small' }, user.department || user.enterprise?.code || ''),
      ),
      h('td', null, registration(user)),
      h(
        'td',
        { class: 'cell-end' },
        h(
          'button',
          {
            class: 'small-button',
            'aria-label': t('users.edit', { name: user.name }),
            onclick: () => run(user),
          },
          t('users.change'),
        ),
        user.name !== account.name &&
          h(
            'button',
            {
              class: 'small-button',
              'aria-label': t(user.locked ? 'users.unlock-one' : 'users.lock-one', {
                name: user.name,
              }),
              onclick: () => lock(user),
            },
            t(user.locked ? 'users.unlock' : 'users.lock'),
          ),
      ),
    ),
  );
  main.className = 'list-page';
  fill(
    main,
    form,
    h(
      'div',
      { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': t('nav.users') },
      rows.length > 0
        ? h(
            'table',
            { class: 'queue' },
            h('caption', { class: 'unseen' }, t('nav.users')),
            h(
              'thead',
              null,
              h(
                'tr',
                null,
                [
                  'session.user',
                  'account.display_name',
                  'account.role',
                  'users.belongs',
                  'users.registration',
                  'users.action',
                ].map((key) => h('th', { scope: 'col' }, t(key))),
              ),
            ),
            h('tbody', null, rows),
          )
        : h('p', { class: 'empty' }, t('users.none')),
    ),
    h(
      'nav',
      { class: 'pages', 'aria-label': t('pages') },
      h('span', { class: 'muted' }, t('users.total', { n: total })),
      h('span', { class: 'grow' }),
      h(
        'button',
        {
          disabled: page <= 1,
          onclick: () => {
            query.set('page', page - 1);
            location.hash = `#/users?${query}`;
          },
        },
        t('pages.previous'),
      ),
      h('span', null, t('pages.at', { page, pages: Math.max(1, pages) })),
      h(
        'button',
        {
          disabled: page >= pages,
          onclick: () => {
            query.set('page', page + 1);
            location.hash = `#/users?${query}`;
          },
        },
        t('pages.next'),
      ),
    ),
  );
  setKeys([
    { keys: ['f', '/'], words: 'keys.filter', run: () => search.focus() },
    {
      keys: ['c'],
      words: 'keys.new-user',
      run: () => {
        run(null);
      },
    },
  ]);
}
