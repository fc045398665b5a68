// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The keys of a record.

import { approve, hand, regrade, returnRecord } from './decide.js';

export function recordKeys(view) {
  return [
    { keys: ['j', 'ArrowDown'], words: 'keys.next-field', run: () => view.step(1) },
    { keys: ['k', 'ArrowUp'], words: 'keys.previous-field', run: () => view.step(-1) },
    { keys: [']'], words: 'keys.next-section', run: () => view.stepSection(1) },
    { keys: ['['], words: 'keys.previous-section', run: () => view.stepSection(-1) },
    {
      keys: ['n'],
      words: 'keys.next-problem',
      run: () =>
        view.step(
          1,
          (place) =>
            place.querySelector('.problem') !== null || place.classList.contains('changed'),
        ),
    },
    {
      keys: ['N'],
      words: 'keys.previous-problem',
      run: () =>
        view.step(
          -1,
          (place) =>
            place.querySelector('.problem') !== null || place.classList.contains('changed'),
        ),
    },
    { keys: ['c', 'Enter'], words: 'keys.comment', run: () => view.comment() },
    { keys: ['w'], words: 'keys.whole', run: () => view.setWhole(!view.whole) },
    {
      keys: ['d'],
      words: 'keys.documents',
      run: () => {
        view.showPane('documents');
        view.documentsHost.querySelector('.file, .stage')?.focus();
      },
    },
    {
      keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
      words: 'keys.document',
      run: (event) => {
        view.showPane('documents');
        view.documents.open(Number(event.key) - 1);
      },
    },
    {
      keys: [',', 'ArrowLeft'],
      words: 'keys.previous-document',
      run: () => view.documents.open(view.documents.at - 1),
    },
    {
      keys: ['.', 'ArrowRight'],
      words: 'keys.next-document',
      run: () => view.documents.open(view.documents.at + 1),
    },
    { keys: ['+', '='], words: 'keys.larger', run: () => view.documents.step(1) },
    { keys: ['-'], words: 'keys.smaller', run: () => view.documents.step(-1) },
    { keys: ['0'], words: 'keys.fit', run: () => view.documents.fit() },
    { keys: ['z'], words: 'keys.wide', run: () => view.documents.toggleWide() },
    { keys: ['p'], words: 'keys.problems', run: () => view.showPane('problems') },
    {
      keys: ['i'],
      words: 'keys.comments',
      run: () => {
        if (view.canComment) view.showPane('comments');
      },
    },
    { keys: ['h'], words: 'keys.history', run: () => view.showPane('history') },
    {
      keys: ['l'],
      words: 'keys.claim',
      run: () => {
        view.claim();
      },
    },
    {
      keys: ['a'],
      words: 'keys.approve',
      run: () => {
        if (view.may.approve) view.run(approve);
      },
    },
    {
      keys: ['r'],
      words: 'keys.return',
      run: () => {
        if (view.may.return) view.run(returnRecord);
      },
    },
    {
      keys: ['t'],
      words: 'keys.hand',
      run: () => {
        if (view.may.hand) view.run(hand);
      },
    },
    {
      keys: ['e'],
      words: 'keys.regrade',
      run: () => {
        if (view.may.regrade) view.run(regrade);
      },
    },
    {
      keys: ['u'],
      words: 'keys.undo',
      run: () => {
        view.undo();
      },
    },
    { keys: ['Escape'], words: 'keys.back', run: () => view.escape() },
  ];
}
