// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The decisions: what is asked before, what is sent. Each gives { words, tag, until } or null.

import { ask, h } from './dom.js';
import { describe } from './dictionary.js';
import { officeOptions } from './account.js';
import { gradeBadge } from './queue.js';
import { api } from './session.js';
import { t } from './words.js';

function act(view, verb, body) {
  return api('POST', `/v1/records/${view.uuid}:${verb}`, body, { 'If-Match': view.tag });
}

function message(id, words, value = '', required = false) {
  const area = h('textarea', { id, rows: 3, maxlength: 2000, required });
  area.value = value;
  return { area, part: [h('label', { for: id }, words), area] };
}

function cancel() {
  return { label: t('cancel'), answer: null };
}

// Asks again as long as something required is blank.
async function askFor(title, body, button, isComplete) {
  for (;;) {
    const answer = await ask(title, body, [cancel(), button]);
    if (answer === null || isComplete()) return answer;
  }
}

export async function approve(view) {
  const { review } = view;
  const { outcome } = review;
  const open = (review.problems ?? []).filter(
    (problem) => problem.severity === 'warning' && !problem.kept,
  );
  const lacking = (review.problems ?? []).filter(
    (problem) => problem.incomplete || problem.severity === 'error',
  );
  const said = message('approve-message', t('approve.message'));
  const answer = await ask(
    t('approve.title'),
    [
      h(
        'div',
        { class: 'grade-preview' },
        gradeBadge(outcome.grade),
        h(
          'div',
          null,
          h('strong', null, t('approve.grade', { grade: outcome.grade })),
          h(
            'p',
            { class: 'muted' },
            t(`approve.means-${/^[A-D]$/.test(outcome.grade) ? outcome.grade : 'D'}`),
          ),
        ),
      ),
      !outcome.complete &&
        lacking.length > 0 &&
        h(
          'div',
          { class: 'banner warning' },
          h('strong', null, t('approve.lacking')),
          h(
            'ul',
            null,
            lacking.slice(0, 6).map((problem) => h('li', null, problem.message)),
            lacking.length > 6 && h('li', null, t('more', { n: lacking.length - 6 })),
          ),
        ),
      open.length > 0 &&
        h('p', { class: 'banner warning' }, t('approve.warnings', { n: open.length })),
      view.comments.size > 0 &&
        h('p', { class: 'banner warning' }, t('approve.comments', { n: view.comments.size })),
      h(
        'p',
        { class: 'muted small' },
        t('approve.sign', {
          office: view.context.account.office?.name ?? '',
          name: view.context.account.display_name ?? '',
          department: view.context.account.department ?? '',
        }),
      ),
      said.part,
    ],
    [
      cancel(),
      { label: t('approve.confirm', { grade: outcome.grade }), answer: true, class: 'primary' },
    ],
  );
  if (answer === null) return null;
  const text = said.area.value.trim();
  const done = await act(view, 'approve', text ? { message: text } : {});
  return {
    tag: done.tag,
    until: done.body.undo_until,
    words: t('approve.done', { name: view.name(), grade: done.body.grade }),
  };
}

export async function returnRecord(view) {
  const { comments } = view;
  const said = message('return-text', t('return.message'), comments.message);
  said.area.addEventListener('input', () => comments.setMessage(said.area.value));
  if (comments.size === 0) said.area.autofocus = true;
  const answer = await askFor(
    t('return.title'),
    [
      comments.size > 0
        ? h(
            'ol',
            { class: 'points' },
            comments
              .list()
              .map(({ pointer, comment }) =>
                h(
                  'li',
                  null,
                  h('span', { class: 'muted small' }, describe(pointer)),
                  h('div', null, comment),
                ),
              ),
          )
        : h('p', { class: 'banner' }, t('return.no-points')),
      said.part,
    ],
    { label: t('return.confirm'), answer: true, class: 'danger' },
    () => comments.size > 0 || said.area.value.trim() !== '',
  );
  if (answer === null) return null;
  const text = said.area.value.trim();
  const done = await act(view, 'return', {
    points: comments.list(),
    ...(text && { message: text }),
  });
  return {
    tag: done.tag,
    until: done.body.undo_until,
    words: t('return.done', { name: view.name() }),
  };
}

export async function hand(view) {
  const select = h(
    'select',
    { id: 'hand-office', required: true },
    officeOptions(view.may.hand_to ?? [], ''),
  );
  const said = message('hand-reason', t('reason'), '', true);
  select.autofocus = true;
  const answer = await askFor(
    t('hand.title'),
    [
      h('p', { class: 'muted' }, t('hand.note')),
      h('label', { for: 'hand-office' }, t('hand.office')),
      select,
      said.part,
    ],
    { label: t('hand.confirm'), answer: true, class: 'primary' },
    () => select.value !== '' && said.area.value.trim() !== '',
  );
  if (answer === null) return null;
  await act(view, 'hand', { office: select.value, reason: said.area.value.trim() });
  return { words: t('hand.done', { name: view.name() }) };
}

export async function regrade(view) {
  const { review } = view;
  const own = review.outcome?.grade ?? view.context.account.office?.grade;
  const said = message('regrade-reason', t('regrade.reason'), '', true);
  const choices = [...new Set([own, 'D'])].filter((grade) => grade && grade !== review.grade);
  const radios = choices.map((grade, index) =>
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'radio',
        name: 'regrade',
        value: grade,
        checked: index === 0,
        autofocus: index === 0,
      }),
      gradeBadge(grade),
      t(`approve.means-${grade}`),
    ),
  );
  const answer = await askFor(
    t('regrade.title'),
    [
      h('p', null, t('regrade.now'), ' ', gradeBadge(review.grade)),
      h('fieldset', null, h('legend', null, t('regrade.to')), radios),
      said.part,
      h('p', { class: 'muted small' }, t('regrade.public')),
    ],
    { label: t('regrade.confirm'), answer: true, class: 'primary' },
    () => said.area.value.trim() !== '',
  );
  if (answer === null) return null;
  const chosen = radios
    .map((each) => each.querySelector('input'))
    .find((input) => input.checked)?.value;
  const done = await act(view, 'regrade', {
    reason: said.area.value.trim(),
    ...(chosen === 'D' && own !== 'D' && { grade: 'D' }),
  });
  return { words: t('regrade.done', { grade: done.body.grade }), stay: true };
}

export async function revoke(view) {
  const said = message('revoke-reason', t('revoke.reason'), '', true);
  said.area.autofocus = true;
  const answer = await askFor(
    t('revoke.title'),
    [h('p', { class: 'banner warning' }, t('revoke.note')), said.part],
    { label: t('revoke.confirm'), answer: true, class: 'danger' },
    () => said.area.value.trim() !== '',
  );
  if (answer === null) return null;
  await act(view, 'revoke', { reason: said.area.value.trim() });
  return { words: t('revoke.done', { name: view.name() }), stay: true };
}
