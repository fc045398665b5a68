// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The one way by which the desk makes elements. A text stays a text whatever stands in it: there is
// no function here, and none elsewhere, that reads markup.

const SVG = 'http://www.w3.org/2000/svg';

function append(parent, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false)
      parent.append(child instanceof Node ? child : String(child));
}

// Makes an element: h('button', { class: 'x', disabled: true, onclick: f }, 'text', other)
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

const icons = {
  back: 'M10 3 5 8l5 5',
  check: 'm3 8.5 3.2 3.2L13 5',
  comment: 'M2.5 3h11v8h-6l-3 2.5V11h-2z',
  document: 'M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.3',
  warning: 'M8 2 1.8 13.5h12.4zM8 6.3v3.6M8 11.4v.8',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.4-3 2.5-4.2 5.2-4.2s4.8 1.2 5.2 4.2',
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.5V8l2.4 1.6',
  undo: 'M3 6.5h6.5a3.3 3.3 0 0 1 0 6.6H5M6 3.2 2.7 6.5 6 9.8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  close: 'm4 4 8 8M12 4l-8 8',
  expand: 'M6 2.5H2.5V6M10 13.5h3.5V10M2.5 2.5 7 7M13.5 13.5 9 9',
  hand: 'M2.5 8h10M9 4.5 12.7 8 9 11.5',
};

// A drawing that says nothing by itself: a text stands beside it, or its button has a name.
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

// A native dialog that closes by Esc; resolves to what the form says, or null.
export function ask(title, body, buttons, options = {}) {
  return new Promise((resolve) => {
    const heading = h('h2', { id: 'dialog-title' }, title);
    const form = h('form', { method: 'dialog', class: 'dialog-form' });
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', class: options.class }, form);
    let answer = null;
    const row = h('div', { class: 'dialog-buttons' });
    for (const button of buttons)
      row.append(
        h(
          'button',
          {
            type: button.answer === undefined ? 'button' : 'submit',
            class: button.class,
            formnovalidate: button.answer === null,
            onclick: () => {
              answer = button.answer ?? null;
            },
          },
          button.label,
        ),
      );
    append(form, [heading, h('div', { class: 'dialog-body' }, body), row]);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        row.querySelector('button.primary, button.danger')?.click();
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      options.back?.focus?.();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector('[autofocus]') ?? row.lastElementChild).focus();
  });
}

let spoken;

// Says something to who listens instead of looking.
export function speak(text) {
  if (!spoken) {
    spoken = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
    document.body.append(spoken);
  }
  spoken.textContent = text;
}
