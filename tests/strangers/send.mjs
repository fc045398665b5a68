// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors
//
// node send.mjs JOB: sends files by tus-js-client. JOB is JSON: {url, headers, chunk, workers,
// files: [{path, metadata}]}. Prints the address of each upload; ends with 1 when one fails.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const require = createRequire(path.join(process.cwd(), 'package.json'));
const { Upload } = require('tus-js-client');
const waiting = [...job.files];

function send(file) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(fs.createReadStream(file.path), {
      endpoint: job.url,
      headers: job.headers ?? {},
      chunkSize: job.chunk ?? 4 * 1024 * 1024,
      uploadSize: fs.statSync(file.path).size,
      uploadDataDuringCreation: job.with_creation ?? false,
      metadata: file.metadata ?? {},
      // a connection that is cut is tried again, soon and often
      retryDelays: Array(job.tries ?? 50).fill(20),
      onError: reject,
      onSuccess: () => resolve(upload.url),
    });

    upload.start();
  });
}

async function work() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
    console.log(await send(file));
}

await Promise.all(Array.from({ length: job.workers ?? 1 }, work));
