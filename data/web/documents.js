// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The documents beside the record: thumbnails by slot, one shown large. Bytes are fetched signed in
// and shown as blob: of a type that this page chooses, so that nothing in them runs as the desk.

import { fill, h, icon } from './dom.js';
import { slotLabel, slotRank, slotsOf } from './dictionary.js';
import { makePlace } from './comments.js';
import { commentButton } from './fields.js';
import { fetchBytes } from './session.js';
import { bytes, t } from './words.js';

const SHOWN = { 'application/pdf': 'pdf', 'image/jpeg': 'image', 'image/png': 'image' };
const ZOOMS = [25, 33, 50, 67, 80, 100, 125, 150, 200, 300, 400];

export class Documents {
  constructor(view, host) {
    this.view = view;
    this.host = host;
    this.urls = new Map();
    this.files = [...view.review.files].sort((a, b) => slotRank(a.slot) - slotRank(b.slot));
    this.at = -1;
    this.zoom = 0; // 0: as wide as there is room
    this.gone = new AbortController();
    this.seen = new IntersectionObserver((entries) =>
      entries.forEach((entry) => {
        if (entry.isIntersecting) {
          this.seen.unobserve(entry.target);
          this.loadThumbnail(entry.target);
        }
      }),
    );
  }

  close() {
    this.gone.abort();
    this.seen.disconnect();
    this.urls.forEach((url) => URL.revokeObjectURL(url));
    this.urls.clear();
  }

  async blob(path, type) {
    if (!this.urls.has(path)) {
      const content = await fetchBytes(path, this.gone.signal);
      if (!this.urls.has(path))
        this.urls.set(path, URL.createObjectURL(new Blob([content], { type })));
    }
    return this.urls.get(path);
  }

  async loadThumbnail(image) {
    try {
      image.src = await this.blob(`/v1/files/${image.dataset.id}/thumbnail?page=1`, 'image/png');
    } catch {
      image.replaceWith(h('span', { class: 'thumbnail none' }, icon('document')));
    }
  }

  card(file) {
    const index = this.files.indexOf(file);
    const image = h('img', { class: 'thumbnail', alt: '', 'data-id': file.id });
    this.seen.observe(image);
    return h(
      'li',
      null,
      h(
        'button',
        { class: 'file', onclick: () => this.open(index) },
        image,
        h('span', { class: 'file-name' }, file.filename),
        h(
          'span',
          { class: 'muted small' },
          bytes(file.size),
          index < 9 && h('kbd', null, index + 1),
        ),
      ),
    );
  }

  slot(id, files) {
    const pointer = `/documents/${id}`;
    const problems = this.view.problemsAt(pointer);
    const expected = (this.view.review.files_expected ?? []).filter((file) => file.slot === id);
    const place = h(
      'div',
      { class: `slot-head${this.view.changeAt(pointer) ? ' changed' : ''}` },
      h(
        'h3',
        null,
        slotLabel(id),
        files.length === 0 &&
          expected.length === 0 &&
          h('span', { class: 'chip red' }, t('documents.missing')),
        this.view.changeAt(pointer) && h('span', { class: 'chip blue' }, t('diff.changed')),
      ),
    );
    place.append(
      commentButton(place, pointer, this.view) || '',
      h(
        'div',
        { class: 'row-notes' },
        problems.map((problem) =>
          h('p', { class: `problem ${problem.severity}` }, icon('warning'), problem.message),
        ),
        h('div', { class: 'comment-host' }),
      ),
    );
    return h(
      'section',
      { class: files.length > 1 ? 'slot many' : 'slot' },
      makePlace(place, pointer, this.view),
      h(
        'ul',
        { class: 'files' },
        files.map((file) => this.card(file)),
        expected.map((file) =>
          h('li', { class: 'muted small' }, t('documents.expected', { name: file.filename })),
        ),
      ),
    );
  }

  showList() {
    this.at = -1;
    const ids = new Set([
      ...slotsOf(this.view.review.record.role),
      ...this.files.map((file) => file.slot),
      ...(this.view.review.files_expected ?? []).map((file) => file.slot),
    ]);
    const sorted = [...ids].sort((a, b) => slotRank(a) - slotRank(b));
    this.view.element.classList.remove('wide-document');
    fill(
      this.host,
      h(
        'div',
        { class: 'documents' },
        sorted.map((id) =>
          this.slot(
            id,
            this.files.filter((file) => file.slot === id),
          ),
        ),
      ),
    );
  }

  async open(index) {
    if (index < 0 || index >= this.files.length) return;
    this.at = index;
    this.zoom = 0;
    const file = this.files[index];
    const kind = SHOWN[file.filetype];
    const pointer = `/documents/${file.slot}`;
    const stage = h(
      'div',
      { class: 'stage', tabindex: '0', role: 'region', 'aria-label': file.filename },
      h('p', { class: 'muted' }, t('loading')),
    );
    const tool = (name, words, run) =>
      h('button', { class: 'tool', title: words, 'aria-label': words, onclick: run }, icon(name));
    const place = h(
      'div',
      { class: 'viewer-head' },
      h(
        'div',
        { class: 'viewer-title' },
        h('strong', null, slotLabel(file.slot)),
        h('span', { class: 'muted small clip' }, file.filename),
      ),
    );
    place.append(
      commentButton(place, pointer, this.view) || '',
      h('div', { class: 'comment-host' }),
    );
    const scale = h('span', { class: 'scale' });
    const tools = h(
      'div',
      { class: 'viewer-tools', role: 'toolbar', 'aria-label': t('documents.tools') },
      h(
        'button',
        { class: 'tool text', onclick: () => this.back() },
        icon('back'),
        t('documents.all'),
      ),
      h('span', { class: 'muted small' }, `${index + 1} / ${this.files.length}`),
      h('span', { class: 'grow' }),
      tool('minus', t('documents.smaller'), () => this.step(-1)),
      scale,
      tool('plus', t('documents.larger'), () => this.step(1)),
      h('button', { class: 'tool text', onclick: () => this.fit() }, t('documents.fit')),
      tool('expand', t('documents.wide'), () => this.toggleWide()),
    );
    fill(
      this.host,
      h('div', { class: 'viewer' }, tools, makePlace(place, pointer, this.view), stage),
    );
    this.shown = { stage, scale, kind, name: file.filename };
    this.view.shownDocument?.();
    if (!kind) {
      fill(stage, h('p', null, t('documents.unknown')));
      return;
    }
    try {
      const url = await this.blob(`/v1/files/${file.id}`, file.filetype);
      if (this.at !== index || !stage.isConnected) return;
      this.shown.url = url;
      if (kind === 'image')
        fill(
          stage,
          (this.shown.image = h('img', {
            src: url,
            alt: file.filename,
            class: 'fit',
            draggable: 'false',
            onload: () => this.apply(),
          })),
        );
      this.apply();
      if (kind === 'image') this.drag(stage);
    } catch (error) {
      if (error.name !== 'AbortError') fill(stage, h('p', { role: 'alert' }, error.message));
    }
  }

  // A picture is moved by the mouse, as on a table.
  drag(stage) {
    let from = null;
    stage.addEventListener('pointerdown', (event) => {
      from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener('pointermove', (event) => {
      if (from) stage.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    stage.addEventListener('pointerup', () => {
      from = null;
    });
    stage.addEventListener(
      'wheel',
      (event) => {
        if (event.ctrlKey) {
          event.preventDefault();
          this.step(event.deltaY < 0 ? 1 : -1);
        }
      },
      { passive: false },
    );
  }

  apply() {
    const { stage, scale, kind, url, image, name } = this.shown ?? {};
    if (!url) return;
    scale.textContent = this.zoom === 0 ? '' : `${this.zoom}%`;
    if (kind === 'pdf') {
      fill(
        stage,
        h('iframe', {
          title: name,
          src: `${url}#toolbar=0&navpanes=0&${this.zoom === 0 ? 'view=FitH' : `zoom=${this.zoom}`}`,
        }),
      );
    } else if (image) {
      image.className = this.zoom === 0 ? 'fit' : '';
      if (this.zoom === 0) image.removeAttribute('width');
      else image.width = Math.max(1, Math.round((image.naturalWidth * this.zoom) / 100));
    }
  }

  // The nearest step to what is seen now, and one further.
  step(by) {
    if (this.at < 0) return;
    let now = this.zoom;
    if (now === 0) {
      const { image } = this.shown;
      now = image?.naturalWidth ? (image.clientWidth / image.naturalWidth) * 100 : 80;
    }
    const next =
      by > 0 ? ZOOMS.find((zoom) => zoom > now + 1) : ZOOMS.findLast((zoom) => zoom < now - 1);
    if (next) {
      this.zoom = next;
      this.apply();
    }
  }

  fit() {
    this.zoom = 0;
    this.apply();
  }

  toggleWide() {
    if (this.at >= 0) this.view.element.classList.toggle('wide-document');
  }

  back() {
    const index = this.at;
    this.showList();
    this.host.querySelectorAll('.file')[index]?.focus();
  }
}
