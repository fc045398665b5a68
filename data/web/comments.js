// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// What a reviewer writes to places of a record before it is returned. Kept in this tab with every
// keystroke, for this very revision.

import { fill, h, icon } from './dom.js';
import { describe } from './dictionary.js';
import { t } from './words.js';

const MAX_COMMENT = 2000;
const PHRASES = ['phrase.1', 'phrase.2', 'phrase.3', 'phrase.4'];

export class Comments {
  constructor(uuid, tag, owner) {
    this.key = `yeji-comments-${uuid}-${owner}`;
    this.tag = tag;
    this.points = new Map();
    this.message = '';
    this.listeners = [];
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key));
      if (kept?.tag === tag) {
        this.points = new Map(kept.points);
        this.message = kept.message;
      }
    } catch {
      // what cannot be read was not written by this page
    }
  }

  keep() {
    if (this.points.size === 0 && this.message === '') sessionStorage.removeItem(this.key);
    else
      sessionStorage.setItem(
        this.key,
        JSON.stringify({ tag: this.tag, points: [...this.points], message: this.message }),
      );
  }

  get(pointer) {
    return this.points.get(pointer) ?? '';
  }

  set(pointer, text) {
    if (text.trim() === '') this.points.delete(pointer);
    else this.points.set(pointer, text);
    this.keep();
    this.listeners.forEach((listener) => listener(pointer));
  }

  setMessage(text) {
    this.message = text;
    this.keep();
  }

  get size() {
    return this.points.size;
  }

  list() {
    return [...this.points].map(([pointer, comment]) => ({ pointer, comment: comment.trim() }));
  }

  clear() {
    this.points.clear();
    this.message = '';
    this.keep();
  }
}

// Opens the editor below a place; what is typed counts at once.
export function openEditor(place, pointer, comments) {
  const host = place.querySelector('.comment-host');
  if (!host || host.querySelector('textarea')) {
    host?.querySelector('textarea').focus();
    return;
  }
  const id = `comment-${Math.random().toString(36).slice(2)}`;
  const text = h('textarea', { id, rows: 2, maxlength: MAX_COMMENT });
  text.value = comments.get(pointer);
  const close = () => {
    host.replaceChildren();
    showComment(place, pointer, comments);
    place.focus();
  };
  text.addEventListener('input', () => comments.set(pointer, text.value));
  const insert = (words) => {
    text.value += (text.value && !/\s$/.test(text.value) ? ' ' : '') + words;
    comments.set(pointer, text.value);
    text.focus();
  };
  fill(
    host,
    h(
      'div',
      { class: 'editor' },
      h('label', { for: id, class: 'editor-label' }, t('comment.to', { place: describe(pointer) })),
      text,
      h(
        'div',
        { class: 'phrases' },
        PHRASES.map((key) =>
          h('button', { type: 'button', class: 'phrase', onclick: () => insert(t(key)) }, t(key)),
        ),
      ),
      h(
        'div',
        { class: 'editor-buttons' },
        h(
          'button',
          { type: 'button', class: 'primary small-button', onclick: close },
          t('comment.done'),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              comments.set(pointer, '');
              close();
            },
          },
          t('comment.remove'),
        ),
        h('span', { class: 'muted small' }, t('comment.keys')),
      ),
    ),
  );
  host.addEventListener('click', (event) => event.stopPropagation());
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  text.focus();
  place.scrollIntoView({ block: 'nearest' });
}

// Shows what was written to a place, if anything.
export function showComment(place, pointer, comments) {
  const host = place.querySelector('.comment-host');
  if (!host || host.querySelector('textarea:focus')) return;
  const text = comments.get(pointer);
  place.classList.toggle('has-comment', text !== '');
  fill(host, text !== '' && h('p', { class: 'comment' }, icon('comment'), text));
}

// Makes an element a place that can be commented on, by a click or a key.
export function makePlace(element, pointer, view) {
  element.classList.add('place');
  element.dataset.pointer = pointer;
  element.tabIndex = -1;
  element.addEventListener('click', (event) => {
    if (event.target.closest('button, a, textarea, label') || String(getSelection()) !== '') return;
    view.select(element);
    if (view.canComment) openEditor(element, pointer, view.comments);
  });
  element.addEventListener('focusin', () => view.select(element));
  if (view.comments) showComment(element, pointer, view.comments);
  return element;
}
