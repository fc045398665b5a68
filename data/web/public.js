// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// All of the page works without this. It keeps what was not filled in out of the address, so that
// an address that is handed on is short.

const form = document.querySelector('form.search');

function sendFilled() {
  for (const field of form.elements)
    if (field.name && field.value === '')
      field.disabled = true;
}

function enableAll() {
  for (const field of form.elements)
    field.disabled = false;
}

form?.addEventListener('submit', sendFilled);
// who comes back finds the form as it was left
window.addEventListener('pageshow', () => form && enableAll());
