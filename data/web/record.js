// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// A record under review: its tables, its documents beside it, what the rules say, what is decided.

import { fill, h, icon, speak } from './dom.js';
import { Comments, openEditor, showComment } from './comments.js';
import { renderChanges } from './changes.js';
import { approve, hand, regrade, returnRecord, revoke } from './decide.js';
import { isEmpty, listTables, resolve } from './dictionary.js';
import { Documents } from './documents.js';
import { renderRecord } from './fields.js';
import { renderHistory } from './history.js';
import { setKeys } from './keys.js';
import { renderComments, renderProblems } from './panes.js';
import { gradeBadge } from './queue.js';
import { renderHead } from './record-head.js';
import { recordKeys } from './record-keys.js';
import { api } from './session.js';
import { offerUndo, pressUndo, showUndo, takeBack } from './undo.js';
import { t, time } from './words.js';

const RENEW = 10 * 60 * 1000;
const PANES = ['documents', 'problems', 'comments', 'history'];

class RecordView {
  constructor(context, uuid, answer) {
    this.context = context;
    this.uuid = uuid;
    this.review = answer.body;
    this.tag = answer.tag;
    this.may = this.review.may ?? {};
    this.canComment = Boolean(this.may.return);
    this.comments = new Comments(uuid, answer.tag, context.account.name);
    this.whole = !this.review.previous;
    this.pane = 'documents';
    this.problems = new Map();
    for (const problem of this.review.problems ?? [])
      this.problems.set(problem.pointer, [...(this.problems.get(problem.pointer) ?? []), problem]);
    this.changes = new Map(
      (this.review.diff ?? [])
        .filter((entry) => entry.kind !== 'removed')
        .map((entry) => [entry.pointer, entry]),
    );
    this.comments.listeners.push((pointer) => this.commented(pointer));
  }

  problemsAt(pointer) {
    return this.problems.get(pointer) ?? [];
  }

  changeAt(pointer) {
    return this.changes.get(pointer);
  }

  // Frame

  build() {
    const { review } = this;
    this.element = h('div', { class: 'record' });
    this.centre = h('div', {
      class: 'centre',
      tabindex: '0',
      role: 'region',
      'aria-label': t('record.content'),
    });
    this.contents = h('nav', { class: 'contents', 'aria-label': t('record.sections') });
    this.paneHost = h('div', { class: 'pane-host', id: 'pane', role: 'tabpanel', tabindex: '0' });
    this.tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('record.panes') });
    this.documentsHost = h('div', { class: 'documents-host' });
    this.documents = new Documents(this, this.documentsHost);
    this.documents.showList();
    this.bar = h('section', { class: 'decisions', 'aria-label': t('record.decide') });
    fill(
      this.element,
      renderHead(this),
      this.contents,
      this.centre,
      h('aside', { class: 'beside', 'aria-label': t('record.beside') }, this.tabs, this.paneHost),
      this.bar,
    );
    document.title = `${review.record?.project ? this.name() : ''} - ${t('title')}`;
    this.renderCentre();
    this.showPane(this.pane);
    this.renderBar();
    return this.element;
  }

  name() {
    const table = listTables()[0];
    const project = this.review.record[table.member] ?? {};
    const id = (table.row_title ?? []).find((each) => !isEmpty(project[each]));
    return id ? project[id] : t('queue.nameless');
  }

  claimButtons() {
    const { claim } = this.review;
    if (claim?.mine)
      return [
        h('span', { class: 'claim mine' }, icon('person'), t('claim.me')),
        h('button', { class: 'quiet', onclick: () => this.release() }, t('claim.release')),
      ];
    if (claim)
      return h(
        'span',
        { class: 'claim' },
        icon('person'),
        t('claim.by', { who: claim.by, time: time(claim.until) }),
      );
    return this.may.claim && h('button', { onclick: () => this.claim() }, t('claim.take'));
  }

  async claim() {
    if (!this.may.claim) return;
    try {
      this.review.claim = (await api('POST', `/v1/records/${this.uuid}:claim`)).body.claim;
      speak(t('claim.me'));
    } catch (error) {
      if (error.problem?.claim) this.review.claim = error.problem.claim;
      this.tell(error.message);
    }
    fill(this.claimPart, this.claimButtons());
  }

  async release() {
    try {
      await api('POST', `/v1/records/${this.uuid}:release`);
      this.review.claim = null;
    } catch (error) {
      this.tell(error.message);
    }
    fill(this.claimPart, this.claimButtons());
  }

  // Centre

  renderCentre() {
    fill(
      this.centre,
      this.review.previous && this.switcher(),
      this.whole ? renderRecord(this) : renderChanges(this),
    );
    this.places = [...this.centre.querySelectorAll('.place')];
    if (this.places[0]) this.places[0].tabIndex = 0;
    this.renderContents();
    this.centre.scrollTop = 0;
  }

  switcher() {
    const button = (whole, words) =>
      h(
        'button',
        {
          'aria-pressed': String(this.whole === whole),
          onclick: () => {
            this.setWhole(whole);
          },
        },
        words,
      );
    return h(
      'div',
      { class: 'switcher', role: 'group', 'aria-label': t('changes.what') },
      button(false, t('changes.only')),
      button(true, t('changes.whole')),
      h('span', { class: 'muted small' }, t('changes.key')),
    );
  }

  setWhole(whole) {
    if (!this.review.previous || this.whole === whole) return;
    this.whole = whole;
    this.renderCentre();
    this.centre.querySelector('.switcher [aria-pressed=true]')?.focus();
  }

  renderContents() {
    const entries = [...this.centre.querySelectorAll('.table-section')].map((section) => {
      const id = section.id;
      const title = section.querySelector('h2').firstChild.textContent;
      const places = [...section.querySelectorAll('.place')];
      const problems = section.querySelectorAll('.problem.warning, .problem.error').length;
      const commented = places.filter(
        (place) => this.comments.get(place.dataset.pointer) !== '',
      ).length;
      const changed = this.whole
        ? places.filter((place) => place.classList.contains('changed')).length
        : 0;
      return h(
        'li',
        null,
        h(
          'button',
          { 'data-section': id, onclick: () => this.toSection(id) },
          h('span', { class: 'grow' }, title),
          changed > 0 &&
            h('span', { class: 'dot blue', title: t('record.n-changed', { n: changed }) }, changed),
          problems > 0 &&
            h(
              'span',
              { class: 'dot amber', title: t('record.n-problems', { n: problems }) },
              problems,
            ),
          commented > 0 &&
            h(
              'span',
              { class: 'dot red', title: t('record.n-comments', { n: commented }) },
              commented,
            ),
        ),
      );
    });
    fill(
      this.contents,
      h('h2', null, t(this.whole ? 'record.sections' : 'changes.only')),
      h('ul', null, entries),
      this.whole &&
        h(
          'label',
          { class: 'check small' },
          h('input', {
            type: 'checkbox',
            checked: this.element.classList.contains('no-blanks'),
            onchange: (event) => this.element.classList.toggle('no-blanks', event.target.checked),
          }),
          t('record.no-blanks'),
        ),
    );
  }

  toSection(id) {
    const section = this.centre.querySelector(`#${CSS.escape(id)}`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector('.place')?.focus({ preventScroll: true });
  }

  // The next place that is seen, from the one that was selected, or from where that lies.
  step(by, filter = () => true) {
    const host = this.documentsHost.contains(document.activeElement)
      ? this.documentsHost
      : this.centre;
    const places = [...host.querySelectorAll('.place')];
    const current =
      this.selected?.isConnected && host.contains(this.selected) ? this.selected : null;
    let at = current ? places.indexOf(current) : by > 0 ? -1 : places.length;
    do at += by;
    while (
      at >= 0 &&
      at < places.length &&
      !(filter(places[at]) && places[at].offsetParent !== null)
    );
    places[at]?.focus();
    places[at]?.scrollIntoView({ block: 'nearest' });
  }

  stepSection(by) {
    const sections = [...this.centre.querySelectorAll('.table-section')];
    const at = sections.findIndex((section) => section.contains(this.selected));
    const next = sections[Math.max(0, Math.min(sections.length - 1, at + by))];
    if (next) this.toSection(next.id);
  }

  select(place) {
    if (this.selected === place) return;
    if (this.selected) {
      this.selected.classList.remove('selected');
      this.selected.tabIndex = -1;
    }
    this.selected = place;
    place.classList.add('selected');
    place.tabIndex = 0;
  }

  // Shows a place, wherever it is.
  goTo(pointer, edit = false) {
    const { slot } = resolve(pointer);
    if (slot !== undefined) {
      this.showPane('documents');
      if (this.documents.at >= 0) this.documents.showList();
    } else if (!this.findPlace(this.centre, pointer) && !this.whole) {
      this.setWhole(true);
    }
    const host = slot !== undefined ? this.documentsHost : this.centre;
    let at = pointer;
    let place = this.findPlace(host, at);
    while (!place && at !== '') {
      at = at.slice(0, at.lastIndexOf('/'));
      place = this.findPlace(host, at);
    }
    if (!place) return;
    if (place.classList.contains('blank')) this.element.classList.remove('no-blanks');
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
    if (edit && this.canComment) openEditor(place, at, this.comments);
  }

  findPlace(host, pointer) {
    return host.querySelector(`.place[data-pointer="${CSS.escape(pointer)}"]`);
  }

  comment() {
    if (!this.canComment) {
      this.tell(this.may.why_not?.return ?? t('comment.cannot'));
      return;
    }
    if (this.selected?.isConnected && this.selected.dataset.pointer !== undefined)
      openEditor(this.selected, this.selected.dataset.pointer, this.comments);
    else this.step(1);
  }

  commented(pointer) {
    if (this.review.claim === null && this.may.claim && !this.claiming) {
      this.claiming = true; // who writes is at it: the others should see that
      this.claim();
    }
    for (const place of this.element.querySelectorAll(
      `.place[data-pointer="${CSS.escape(pointer)}"]`,
    ))
      if (!place.querySelector('textarea')) showComment(place, pointer, this.comments);
      else place.classList.toggle('has-comment', this.comments.get(pointer) !== '');
    // a record may have thousands of fields: what is counted is counted once a frame
    this.counting ??= requestAnimationFrame(() => {
      this.counting = null;
      this.renderContents();
      this.renderTabs();
      this.renderBar();
      if (this.pane === 'comments' && !this.paneHost.contains(document.activeElement))
        this.showPane('comments');
    });
  }

  // Beside it

  renderTabs() {
    const counts = {
      documents: this.review.files.length,
      problems: (this.review.problems ?? []).length,
      comments: this.comments.size,
    };
    fill(
      this.tabs,
      PANES.filter((name) => name !== 'comments' || this.canComment).map((name) =>
        h(
          'button',
          {
            role: 'tab',
            id: `tab-${name}`,
            'aria-selected': String(this.pane === name),
            'aria-controls': 'pane',
            tabindex: this.pane === name ? '0' : '-1',
            onclick: () => this.showPane(name),
            onkeydown: (event) => this.tabKey(event),
          },
          t(`pane.${name}`),
          counts[name] > 0 && h('span', { class: 'count' }, counts[name]),
        ),
      ),
    );
    this.paneHost.setAttribute('aria-labelledby', `tab-${this.pane}`);
  }

  tabKey(event) {
    const names = PANES.filter((name) => name !== 'comments' || this.canComment);
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.showPane(names[(names.indexOf(this.pane) + by + names.length) % names.length]);
    this.tabs.querySelector('[aria-selected=true]').focus();
  }

  showPane(name) {
    this.pane = name;
    this.element.classList.toggle('showing-documents', name === 'documents');
    this.renderTabs();
    const makers = {
      documents: () => this.documentsHost,
      problems: () => renderProblems(this),
      comments: () => renderComments(this),
      history: () => renderHistory(this.review),
    };
    fill(this.paneHost, makers[name]());
  }

  // Deciding

  renderBar() {
    const { may, review } = this;
    const why = (verb) => may.why_not?.[verb];
    const button = (verb, words, kind, run, key) =>
      h(
        'button',
        {
          class: kind,
          disabled: !may[verb],
          title: why(verb),
          onclick: run,
        },
        words,
        h('kbd', { 'aria-hidden': 'true' }, key),
      );
    const undoable = may.undo && Date.parse(may.undo_until) > Date.now();
    const open = review.state === 'submitted';
    fill(
      this.bar,
      open &&
        review.outcome &&
        h(
          'div',
          { class: 'forecast' },
          h('span', { class: 'muted small' }, t('approve.forecast')),
          gradeBadge(review.outcome.grade),
          h(
            'span',
            { class: 'small' },
            t(review.outcome.complete ? 'approve.complete' : 'approve.incomplete'),
          ),
        ),
      h(
        'p',
        { class: 'bar-told', role: 'alert' },
        this.told ?? (open && (why('approve') ?? why('return'))) ?? '',
      ),
      undoable && h('button', { onclick: () => this.undo() }, icon('undo'), t('undo.button')),
      open && button('hand', t('hand.button'), '', () => this.run(hand), 't'),
      open &&
        button(
          'return',
          this.comments.size > 0
            ? t('return.button-n', { n: this.comments.size })
            : t('return.button'),
          'danger',
          () => this.run(returnRecord),
          'r',
        ),
      open && button('approve', t('approve.button'), 'primary', () => this.run(approve), 'a'),
      (may.regrade || (review.state === 'approved' && why('regrade'))) &&
        button('regrade', t('regrade.button'), '', () => this.run(regrade), 'e'),
      review.state === 'approved' &&
        this.context.account.office?.level === 'province' &&
        h('button', { class: 'danger', onclick: () => this.run(revoke) }, t('revoke.button')),
    );
  }

  tell(words) {
    this.told = words;
    this.renderBar();
    speak(words);
  }

  async run(decision) {
    this.told = null;
    const back = document.activeElement;
    try {
      const done = await decision(this);
      if (!done) {
        back?.focus?.();
        return;
      }
      this.comments.clear();
      if (done.until) offerUndo(this.uuid, done.tag, done.until, done.words);
      else speak(done.words);
      if (done.stay) this.context.reload();
      else location.hash = sessionStorage.getItem('yeji-queue') ?? '#/queue';
    } catch (error) {
      this.tell(error.status === 412 || error.kind === 'stale' ? t('error.stale') : error.message);
      if (error.status === 412)
        this.bar.append(h('button', { onclick: () => this.context.reload() }, t('record.reload')));
      const [first] = error.problem?.errors ?? [];
      if (first) this.goTo(first.pointer);
    }
  }

  async undo() {
    if (pressUndo()) return;
    try {
      await takeBack(this.uuid, this.tag);
      this.context.reload();
    } catch (error) {
      this.tell(error.message);
    }
  }

  escape() {
    if (this.element.classList.contains('wide-document')) this.documents.toggleWide();
    else if (this.documents.at >= 0 && this.pane === 'documents') this.documents.back();
    else location.hash = sessionStorage.getItem('yeji-queue') ?? '#/queue';
  }
}

export async function showRecord(context) {
  const uuid = context.part;
  sessionStorage.setItem('yeji-last-record', uuid);
  const answer = await api('GET', `/v1/records/${uuid}/review`);
  if (!context.isCurrent()) return undefined;
  const view = new RecordView(context, uuid, answer);
  context.main.className = 'record-page';
  fill(context.main, view.build());
  setKeys(recordKeys(view));
  showUndo();
  (view.places.find((place) => place.matches('.field, .change')) ?? view.centre).focus({
    preventScroll: true,
  });
  // a claim is a lease: it is renewed as long as the record lies open
  const timer = setInterval(() => {
    if (view.review.claim?.mine) view.claim();
  }, RENEW);
  return () => {
    clearInterval(timer);
    view.documents.close();
  };
}
