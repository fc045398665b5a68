// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The frame: who is signed in, which view the address names, what is said at the bottom.

import { fill, h, icon } from './dom.js';
import { setKeys, setKeysOfAll, showKeys } from './keys.js';
import { loadDictionary } from './dictionary.js';
import { isSignedIn, openly, signIn, signOut, whenEnded, api } from './session.js';
import { chooseLanguage, language, loadWords, t, word } from './words.js';
import { showAccount } from './account.js';
import { showAdmin } from './admin.js';
import { showCorrections } from './corrections.js';
import { showLists } from './lists.js';
import { showQueue } from './queue.js';
import { showRecord } from './record.js';
import { pressUndo } from './undo.js';
import { showUsers } from './users.js';

const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const views = [
  {
    pattern: /^#\/queue(?:\?(.*))?$/,
    show: showQueue,
    role: 'reviewer',
    nav: '#/queue',
    words: 'nav.queue',
  },
  { pattern: new RegExp(`^#/records/${UUID}$`), show: showRecord, role: 'reviewer' },
  {
    pattern: /^#\/corrections(?:\?(.*))?$/,
    show: showCorrections,
    role: 'reviewer',
    nav: '#/corrections',
    words: 'nav.corrections',
  },
  {
    pattern: /^#\/lists(?:\?(.*))?$/,
    show: showLists,
    role: 'reviewer',
    nav: '#/lists',
    words: 'nav.lists',
  },
  {
    pattern: /^#\/users(?:\?(.*))?$/,
    show: showUsers,
    role: 'administrator',
    nav: '#/users',
    words: 'nav.users',
  },
  {
    pattern: /^#\/status$/,
    show: showAdmin,
    role: 'administrator',
    nav: '#/status',
    words: 'nav.status',
  },
  { pattern: /^#\/account$/, show: showAccount, nav: '#/account', words: 'nav.account' },
];

const app = document.getElementById('app');
const desk = { account: null, config: null, main: null, leave: null, shown: null };
let turn = 0;

function home() {
  if (desk.account.role === 'administrator') return '#/users';
  return desk.account.role === 'reviewer' && desk.account.registered ? '#/queue' : '#/account';
}

function brand() {
  return h(
    'span',
    { class: 'brand' },
    h('img', { src: '/web/mark.svg', alt: '', width: 24, height: 24 }),
    h('span', { class: 'brand-name' }, desk.config.name),
    h('span', { class: 'brand-part' }, t('title')),
  );
}

function languageButton() {
  return h(
    'button',
    {
      class: 'quiet',
      lang: language === 'en' ? 'zh-CN' : 'en',
      onclick: () => chooseLanguage(language === 'en' ? 'zh' : 'en'),
    },
    language === 'en' ? '中文' : 'English',
  );
}

function showSignIn(message) {
  desk.leave?.();
  desk.leave = null;
  document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
  desk.account = null;
  turn++;
  setKeys([]);
  document.title = `${t('session.title')} - ${desk.config.name}`;
  const told = h('p', { class: 'told', role: 'alert' }, message ?? '');
  const user = h('input', {
    id: 'user',
    name: 'user',
    autocomplete: 'username',
    required: true,
    maxlength: 100,
    autocapitalize: 'none',
    spellcheck: 'false',
  });
  const password = h('input', {
    id: 'password',
    name: 'password',
    type: 'password',
    required: true,
    autocomplete: 'current-password',
    maxlength: 1000,
  });
  const button = h('button', { class: 'primary' }, t('session.sign-in'));
  const form = h(
    'form',
    { class: 'sign-in' },
    h('h1', null, t('title')),
    h('p', { class: 'muted' }, desk.config.name),
    h('label', { for: 'user' }, t('session.user')),
    user,
    h('label', { for: 'password' }, t('session.password')),
    password,
    told,
    button,
    h('p', { class: 'sign-in-foot' }, h('a', { href: '/' }, t('session.public')), languageButton()),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    told.textContent = '';
    try {
      await signIn(user.value.trim(), password.value);
      await enter();
    } catch (error) {
      told.textContent = error.kind === 'unauthorised' ? t('session.wrong') : error.message;
      password.value = '';
      password.focus();
    } finally {
      button.disabled = false;
    }
  });
  fill(app, h('main', { class: 'sign-in-page', id: 'main' }, form));
  user.focus();
}

function frame() {
  const { account } = desk;
  desk.shown = null;
  desk.main = h('main', { id: 'main', tabindex: '-1' });
  const links = views.filter(
    (view) => view.nav && view.nav !== '#/account' && (!view.role || view.role === account.role),
  );
  desk.nav = h(
    'nav',
    { 'aria-label': t('nav') },
    links.map((view) => h('a', { href: view.nav }, t(view.words))),
  );
  const who = h(
    'a',
    { href: '#/account', class: 'who' },
    icon('person'),
    h('span', { class: 'who-name' }, account.display_name || account.name),
    h('span', { class: 'who-office' }, account.office?.name ?? word('role', account.role)),
  );
  desk.nav.append(who);
  fill(
    app,
    h(
      'a',
      {
        class: 'skip',
        href: '#main',
        onclick: (event) => {
          event.preventDefault();
          desk.main.focus();
        },
      },
      t('skip'),
    ),
    h(
      'header',
      { class: 'top' },
      brand(),
      desk.nav,
      h(
        'span',
        { class: 'top-tools' },
        h(
          'button',
          {
            class: 'quiet',
            title: t('keys.title'),
            'aria-label': t('keys.title'),
            onclick: showKeys,
          },
          '?',
        ),
        languageButton(),
        h('button', { class: 'quiet', onclick: leave }, t('session.sign-out')),
      ),
    ),
    desk.main,
  );
}

async function leave() {
  await signOut();
  location.hash = '';
  showSignIn();
}

async function show() {
  if (!desk.account) return;
  const view = views.find(
    (each) => each.pattern.test(location.hash) && (!each.role || each.role === desk.account.role),
  );
  if (!view || (view.role === 'reviewer' && !desk.account.registered)) {
    // where the page lies open already it is left alone, with what was typed there
    history.replaceState(null, '', home());
    if (desk.shown !== home()) await show();
    return;
  }
  const mine = ++turn;
  desk.shown = location.hash;
  desk.leave?.();
  desk.leave = null;
  setKeys([]);
  for (const link of desk.nav.querySelectorAll('a'))
    if ((view.nav ?? '#/queue') === link.getAttribute('href'))
      link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  document.title = `${view.words ? t(view.words) : t('title')} - ${desk.config.name}`;
  desk.main.className = '';
  try {
    const leaving = await view.show({
      main: desk.main,
      account: desk.account,
      part: location.hash.match(view.pattern)[1] ?? '',
      isCurrent: () => mine === turn,
      reload: show,
      accountChanged: enter,
    });
    if (mine === turn) desk.leave = leaving ?? null;
    else leaving?.();
  } catch (error) {
    if (mine !== turn || error.status === 401) return;
    fill(
      desk.main,
      h(
        'div',
        { class: 'plain' },
        h('h1', null, t('error.title')),
        h('p', { role: 'alert' }, error.message),
        h(
          'p',
          null,
          h('button', { onclick: show }, t('again')),
          ' ',
          h('a', { href: home() }, t('nav.home')),
        ),
      ),
    );
    if (!error.kind) console.error(error);
  }
}

async function enter() {
  desk.account = (await api('GET', '/v1/account')).body;
  if (desk.account.role === 'enterprise') {
    await signOut();
    showSignIn(t('session.enterprise'));
    return;
  }
  frame();
  await show();
}

async function begin() {
  await loadWords();
  try {
    [desk.config] = await Promise.all([openly('/v1/config'), loadDictionary()]);
  } catch (error) {
    fill(
      app,
      h(
        'main',
        { class: 'plain' },
        h('h1', null, t('error.title')),
        h('p', { role: 'alert' }, error.message),
        h('button', { onclick: () => location.reload() }, t('again')),
      ),
    );
    return;
  }
  whenEnded(() => showSignIn(t('session.over')));
  setKeysOfAll([
    {
      keys: ['?'],
      words: 'keys.help',
      run: () => {
        showKeys();
      },
    },
    {
      keys: ['q'],
      words: 'keys.queue',
      run: () => {
        if (desk.account) location.hash = home();
      },
    },
    { keys: ['u'], words: 'keys.undo', run: () => pressUndo() },
    {
      keys: ['m'],
      words: 'keys.account',
      run: () => {
        if (desk.account) location.hash = '#/account';
      },
    },
  ]);
  window.addEventListener('hashchange', show);
  if (!isSignedIn()) {
    showSignIn();
    return;
  }
  try {
    await enter();
  } catch (error) {
    if (!desk.account) showSignIn(error.message);
  }
}

begin();
