// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Who is signed in, and how everything is asked for. The tokens are this tab's alone and end with
// it.

import { language, t } from './words.js';

const KEY = 'yeji-session';
const AHEAD = 30000; // renewed so long before the token is over, in milliseconds
let session = read();
let renewing = null;
let ended = () => {};

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function keep(answer) {
  session = answer && {
    access: answer.access,
    refresh: answer.refresh,
    until: Date.now() + answer.expires_in * 1000,
  };
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
}

// What the province said no to, in its own words.
export class Refusal extends Error {
  constructor(status, problem) {
    super(
      [problem.title, problem.detail].filter(Boolean).join(language === 'en' ? ': ' : '：') ||
        t('error.status', { status }),
    );
    this.status = status;
    this.kind = String(problem.type ?? '')
      .split(':')
      .pop();
    this.problem = problem;
  }
}

async function send(method, path, body, headers, signal) {
  const given = { 'Accept-Language': language, ...headers };
  if (body !== undefined) given['Content-Type'] = 'application/json';
  try {
    return await fetch(path, {
      method,
      headers: given,
      signal,
      cache: 'no-cache',
      credentials: 'omit',
      redirect: 'error',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refusal(0, { title: t('error.offline') });
  }
}

async function refuse(answer) {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // what stands before the province may answer with a page
  }
  return new Refusal(answer.status, problem);
}

// However many requests find the token over, it is renewed once.
function renew() {
  renewing ??= (async () => {
    try {
      const answer = await send('POST', '/v1/session', { refresh: session.refresh });
      if (answer.ok) keep(await answer.json());
      else if (answer.status === 401) keep(null);
      else throw await refuse(answer);
    } finally {
      renewing = null;
    }
  })();
  return renewing;
}

async function request(method, path, body, headers, signal) {
  for (let attempt = 0; ; attempt++) {
    if (session && session.until - AHEAD < Date.now()) await renew();
    if (!session) {
      ended();
      throw new Refusal(401, { title: t('session.over') });
    }
    const { access } = session;
    const answer = await send(
      method,
      path,
      body,
      { ...headers, Authorization: `Bearer ${access}` },
      signal,
    );
    if (answer.status === 401 && attempt === 0) {
      if (session?.access === access) await renew();
      continue;
    }
    if (answer.ok) return answer;
    if (answer.status === 401) {
      keep(null);
      ended();
    }
    throw await refuse(answer);
  }
}

// Asks as who is signed in. Gives { status, body, tag }.
export async function api(method, path, body, headers, signal) {
  const answer = await request(method, path, body, headers, signal);
  const text = answer.status === 204 ? '' : await answer.text();
  return {
    status: answer.status,
    body:
      text && (answer.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text) : text,
    tag: answer.headers.get('ETag'),
  };
}

// A document's bytes.
export async function fetchBytes(path, signal) {
  return (await request('GET', path, undefined, {}, signal)).arrayBuffer();
}

// What needs no sign-in.
export async function openly(path) {
  const answer = await send('GET', path);
  if (!answer.ok) throw await refuse(answer);
  return answer.json();
}

export async function signIn(user, password) {
  const answer = await send('POST', '/v1/session', { user, password });
  if (!answer.ok) throw await refuse(answer);
  keep(await answer.json());
}

export async function signOut() {
  const leaving = session;
  keep(null);
  sessionStorage.clear(); // comments that were not sent are nobody else's
  if (leaving)
    await send('DELETE', '/v1/session', undefined, {
      Authorization: `Bearer ${leaving.access}`,
    }).catch(() => {});
}

export function isSignedIn() {
  return session !== null;
}

export function whenEnded(callback) {
  ended = callback;
}
