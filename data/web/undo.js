// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// A decision can be taken back for a minute: a bar at the bottom says how long, whatever is shown.

import { fill, h, icon, speak } from './dom.js';
import { api } from './session.js';
import { t } from './words.js';

const STEP = 250;
let kept = null; // { uuid, tag, until, words }
let bar = null;
let timer = 0;

function seconds() {
  return Math.ceil((kept.until - Date.now()) / 1000);
}

function close() {
  clearInterval(timer);
  timer = 0;
  kept = null;
  bar?.remove();
  bar = null;
}

// Asks the province; where that is told is up to who calls.
export async function takeBack(uuid, tag) {
  const answer = await api('POST', `/v1/records/${uuid}:undo`, {}, { 'If-Match': tag });
  if (kept?.uuid === uuid) close();
  speak(t('undo.done'));
  return answer;
}

async function press(button) {
  const { uuid, tag } = kept;
  button.disabled = true;
  try {
    await takeBack(uuid, tag);
    if (location.hash === `#/records/${uuid}`)
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    else location.hash = `#/records/${uuid}`;
  } catch (error) {
    clearInterval(timer);
    fill(
      bar,
      h('span', { role: 'alert' }, error.message),
      h('button', { 'aria-label': t('close'), onclick: close }, icon('close')),
    );
  }
}

export function showUndo() {
  if (!kept || bar || seconds() <= 0) return;
  const count = h('span', { class: 'undo-count' });
  const button = h(
    'button',
    { class: 'undo-button', onclick: () => press(button) },
    icon('undo'),
    t('undo.button'),
    count,
  );
  const left = h('progress', { max: 60, 'aria-label': t('undo.left') });
  const tick = () => {
    if (seconds() <= 0) {
      close();
      return;
    }
    count.textContent = ` ${t('undo.seconds', { n: seconds() })}`;
    left.value = seconds();
  };
  bar = h(
    'section',
    { class: 'undo-bar', 'aria-label': t('undo.button') },
    h('span', { class: 'grow' }, kept.words),
    left,
    button,
    h('button', { class: 'bar-close', 'aria-label': t('close'), onclick: close }, icon('close')),
  );
  document.body.append(bar);
  tick();
  timer = setInterval(tick, STEP);
}

// The province's clock says until when; where this computer's differs, a minute from now is meant.
export function offerUndo(uuid, tag, until, words) {
  close();
  const end = Date.parse(until);
  const left = end - Date.now();
  if (Number.isNaN(end)) return;
  kept = { uuid, tag, words, until: left > 0 && left <= 61000 ? end : Date.now() + 60000 };
  speak(words);
  showUndo();
}

// The key for it, wherever one is.
export function pressUndo() {
  bar?.querySelector('.undo-button')?.click();
  return bar !== null;
}
