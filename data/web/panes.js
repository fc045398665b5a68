// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Beside a record: what the rules say of it, and what is written to its places.

import { h } from './dom.js';
import { describe } from './dictionary.js';
import { t, word } from './words.js';

const SEVERITIES = ['error', 'warning', 'hint'];

export function renderProblems(view) {
  const problems = [...(view.review.problems ?? [])].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  if (problems.length === 0) return h('p', { class: 'empty' }, t('problem.none'));
  return h(
    'ul',
    { class: 'problem-list' },
    problems.map((problem) =>
      h(
        'li',
        { class: problem.severity },
        h(
          'button',
          { class: 'problem-go', onclick: () => view.goTo(problem.pointer) },
          h(
            'span',
            { class: 'problem-head' },
            h(
              'span',
              {
                class: `chip ${{ error: 'red', warning: 'amber' }[problem.severity] ?? 'plain-chip'}`,
              },
              word('severity', problem.severity),
            ),
            h('span', { class: 'muted small' }, describe(problem.pointer)),
          ),
          h('span', { class: 'problem-words' }, problem.message),
        ),
        problem.kept
          ? h('p', { class: 'kept' }, h('b', null, t('problem.reason')), problem.kept)
          : problem.severity === 'warning' &&
              h('p', { class: 'muted small' }, t('problem.no-reason')),
        h(
          'p',
          { class: 'muted small' },
          problem.incomplete && h('span', { class: 'chip amber' }, t('problem.incomplete')),
          ' ',
          problem.rule,
        ),
        view.canComment &&
          h(
            'button',
            {
              class: 'quiet small-button',
              onclick: () => {
                if (view.comments.get(problem.pointer) === '')
                  view.comments.set(problem.pointer, problem.message);
                view.goTo(problem.pointer, true);
              },
            },
            t('problem.comment'),
          ),
      ),
    ),
  );
}

export function renderComments(view) {
  const message = h('textarea', {
    id: 'return-message',
    rows: 3,
    maxlength: 2000,
    oninput: (event) => {
      view.comments.setMessage(event.target.value);
      view.renderBar();
    },
  });
  message.value = view.comments.message;
  return [
    view.comments.size === 0 && h('p', { class: 'empty' }, t('comment.none')),
    h(
      'ul',
      { class: 'comment-list' },
      view.comments.list().map(({ pointer, comment }) =>
        h(
          'li',
          null,
          h(
            'button',
            { class: 'problem-go', onclick: () => view.goTo(pointer) },
            h('span', { class: 'muted small' }, describe(pointer)),
            h('span', { class: 'problem-words' }, comment),
          ),
          h(
            'span',
            { class: 'comment-tools' },
            h(
              'button',
              { class: 'quiet small-button', onclick: () => view.goTo(pointer, true) },
              t('comment.edit'),
            ),
            h(
              'button',
              {
                class: 'quiet small-button',
                onclick: () => {
                  view.comments.set(pointer, '');
                  view.showPane('comments');
                },
              },
              t('comment.remove'),
            ),
          ),
        ),
      ),
    ),
    h('label', { for: 'return-message' }, t('return.message')),
    message,
  ];
}
