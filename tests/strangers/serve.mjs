// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors
//
// node serve.mjs KIND DIRECTORY: a tus server of other people on a free port of loopback, which it
// prints as `listening on URL`. What arrives lies in the directory under the upload's name.

import fs from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const [kind, directory] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), 'package.json'));

const kinds = {
  '@tus/server' () {
    const { Server } = require('@tus/server');
    const { FileStore } = require('@tus/file-store');
    const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });

    return (request, response) => tus.handle(request, response);
  },

  // waits for the disk before it says how much is there
  '@tus/server with fsync' () {
    const { Server } = require('@tus/server');
    const { FileStore } = require('@tus/file-store');

    class DurableStore extends FileStore {
      async write (stream, id, offset) {
        const written = await super.write(stream, id, offset);
        const file = await fs.open(path.join(directory, id), 'r+');

        await file.datasync();
        await file.close();
        return written;
      }
    }
    const tus = new Server({ path: '/files', datastore: new DurableStore({ directory }) });

    return (request, response) => tus.handle(request, response);
  },

  'tus-node-server' () {
    const { Server, FileStore } = require('tus-node-server');
    const tus = new Server({ path: '/files' });

    tus.datastore = new FileStore({ directory });
    return (request, response) => tus.handle(request, response);
  },
};

const server = http.createServer(kinds[kind]());
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/files`);
});
