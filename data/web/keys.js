// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Everything has a key. A view says which keys it knows; the list behind `?` is made of the same.

import { ask, h } from './dom.js';
import { t } from './words.js';

let view = [];
let always = [];

// Each is { keys: ['j', 'ArrowDown'], words: 'keys.next-field', run }; one without words is not
// listed.
export function setKeys(list) {
  view = list;
}

export function setKeysOfAll(list) {
  always = list;
}

const shown = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
};

function line(entry) {
  return h(
    'div',
    null,
    h(
      'dt',
      null,
      entry.keys.map((key) => h('kbd', null, shown[key] ?? key)),
    ),
    h('dd', null, t(entry.words)),
  );
}

export function showKeys() {
  const listed = (list) => h('dl', { class: 'keys' }, list.filter((each) => each.words).map(line));
  return ask(
    t('keys.title'),
    [
      view.some((each) => each.words) && h('h3', null, t('keys.here')),
      listed(view),
      h('h3', null, t('keys.everywhere')),
      listed(always),
    ],
    [{ label: t('close'), answer: null }],
    { class: 'wide' },
  );
}

function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
  );
}

// What a button or a link does by itself when it has the focus is left to it.
function isOwn(event) {
  return (
    (event.key === 'Enter' || event.key === ' ') &&
    event.target instanceof HTMLElement &&
    event.target.matches('button, a[href], summary, input')
  );
}

document.addEventListener('keydown', (event) => {
  if (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    document.querySelector('dialog[open]') ||
    isTyping(event.target) ||
    isOwn(event)
  )
    return;
  const entry = [...view, ...always].find((each) => each.keys.includes(event.key));
  if (entry && entry.run(event) !== false) event.preventDefault();
});
