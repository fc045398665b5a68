// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The desk's own words. Chinese unless somebody asked for English on this computer.

const KEY = 'yeji-language';
let words = {};

export const language = localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';

export async function loadWords() {
  const answer = await fetch(`/web/words-${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
}

// t('queue.total', { n: 3 }): what stands in {n} is put in as it is.
export function t(key, values = {}) {
  const text = words[key];
  if (text === undefined) console.error(`no words for ${key}`);
  return (text ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function has(key) {
  return key in words;
}

// The words for a code that the province sent; one that is newer than this page is shown as it is.
export function word(prefix, code) {
  return has(`${prefix}.${code}`) ? t(`${prefix}.${code}`) : code;
}

export function chooseLanguage(name) {
  localStorage.setItem(KEY, name);
  location.reload();
}

// A text of the dictionary in the language of the page.
export function say(text) {
  return text?.[language] ?? text?.zh ?? '';
}

const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

export function time(text) {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? (text ?? '') : clock.format(date);
}

export function bytes(number) {
  return number >= 1048576
    ? `${(number / 1048576).toFixed(1)} MB`
    : `${Math.max(1, Math.round(number / 1024))} KB`;
}
