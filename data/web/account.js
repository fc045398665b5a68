// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// One's own registration: without a real name and an office nobody reviews, and here it is mended.

import { fill, h, speak } from './dom.js';
import { areaName } from './dictionary.js';
import { api } from './session.js';
import { t, word } from './words.js';

export function officeOptions(offices, chosen) {
  const levels = new Map();
  for (const office of offices) {
    if (!levels.has(office.level))
      levels.set(office.level, h('optgroup', { label: word('level', office.level) }));
    levels
      .get(office.level)
      .append(h('option', { value: office.id, selected: office.id === chosen }, office.name));
  }
  return [h('option', { value: '' }, t('account.choose')), [...levels.values()]];
}

// Puts what the province says of a form beside its inputs; gives the rest in one text.
export function placeErrors(form, error) {
  const rest = [];
  for (const told of form.querySelectorAll('.field-error')) told.textContent = '';
  for (const input of form.querySelectorAll('[aria-invalid]'))
    input.removeAttribute('aria-invalid');
  const errors = error.problem?.errors ?? [];
  for (const each of errors) {
    const name = String(each.pointer).split('/')[1];
    const input = form.elements.namedItem(name);
    const told = document.getElementById(`${form.id}-${name}-error`);
    if (input instanceof Element && told) {
      input.setAttribute('aria-invalid', 'true');
      told.textContent = each.message;
    } else {
      rest.push(each.message);
    }
  }
  form.querySelector('[aria-invalid]')?.focus();
  return errors.length > 0 ? rest.join(' ') || error.problem.title : error.message;
}

export function labelled(form, name, words, input, note) {
  const id = `${form}-${name}`;
  input.id = id;
  input.name = name;
  input.setAttribute('aria-describedby', `${id}-error`);
  return h(
    'div',
    { class: 'labelled' },
    h('label', { for: id }, words),
    input,
    note && h('p', { class: 'muted note' }, note),
    h('p', { class: 'field-error', id: `${id}-error` }),
  );
}

export async function showAccount({ main, account, isCurrent, accountChanged }) {
  const { offices } = (await api('GET', '/v1/offices')).body;
  if (!isCurrent()) return;
  const reviewer = account.role === 'reviewer';
  const missing = account.missing ?? [];
  // what is registered stands on approved records: the administrator alone changes it
  const isFixed = (name) => reviewer && !missing.includes(name);
  const told = h('p', { class: 'told', role: 'alert' });
  const form = h(
    'form',
    { id: 'account', class: 'sheet-form', novalidate: true },
    labelled(
      'account',
      'display_name',
      t('account.display_name'),
      h('input', {
        maxlength: 50,
        value: account.display_name ?? '',
        autocomplete: 'name',
        disabled: isFixed('display_name'),
      }),
      isFixed('display_name') ? t('account.fixed') : reviewer && t('account.name-note'),
    ),
    reviewer &&
      labelled(
        'account',
        'office',
        t('account.office'),
        h('select', { disabled: isFixed('office') }, officeOptions(offices, account.office?.id)),
        t(isFixed('office') ? 'account.fixed' : 'account.office-note'),
      ),
    reviewer &&
      labelled(
        'account',
        'department',
        t('account.department'),
        h('input', {
          maxlength: 50,
          value: account.department ?? '',
          disabled: isFixed('department'),
        }),
        t(isFixed('department') ? 'account.fixed' : 'account.department-note'),
      ),
    told,
    (!reviewer || missing.length > 0) && h('button', { class: 'primary' }, t('save')),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const change = {};
    for (const name of ['display_name', 'department', 'office']) {
      const input = form.elements.namedItem(name);
      const before = name === 'office' ? (account.office?.id ?? '') : (account[name] ?? '');
      if (input && !input.disabled && input.value.trim() !== before)
        change[name] = input.value.trim();
    }
    try {
      await api('PATCH', '/v1/account', change);
      speak(t('saved'));
      await accountChanged();
    } catch (error) {
      told.textContent = placeErrors(form, error);
    }
  });
  fill(
    main,
    h(
      'div',
      { class: 'plain' },
      h('h1', null, t('nav.account')),
      reviewer &&
        missing.length > 0 &&
        h(
          'div',
          { class: 'banner warning', role: 'status' },
          h('strong', null, t('account.unregistered')),
          h(
            'p',
            null,
            t('account.missing', {
              what: missing.map((each) => word('account', each)).join(t('comma')),
            }),
          ),
        ),
      reviewer &&
        missing.length === 0 &&
        h('div', { class: 'banner good' }, h('strong', null, t('account.registered'))),
      h(
        'dl',
        { class: 'facts' },
        h('div', null, h('dt', null, t('session.user')), h('dd', null, account.name)),
        h('div', null, h('dt', null, t('account.role')), h('dd', null, word('role', account.role))),
        reviewer &&
          h(
            'div',
            null,
            h('dt', null, t('account.areas')),
            h(
              'dd',
              null,
              (account.areas ?? []).map((area) => areaName(area.padEnd(6, '0'))).join(t('comma')) ||
                '—',
            ),
          ),
      ),
      form,
    ),
  );
  if (missing.length > 0) form.elements.namedItem(missing[0])?.focus();
}
