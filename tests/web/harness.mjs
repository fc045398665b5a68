// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// Stories in a real browser against a real province, told as TAP. A story file says
//
//   import { run, same, story, yes } from './harness.mjs';
//   story('who searches finds the project', async (world) => {
//     const page = await world.page();                  // Chromium, 1280x720, Chinese
//     await page.goto(`${world.url}/?q=...`);           // playwright's own functions
//     same(await page.locator('h1').innerText(), '工程项目', 'the title');
//     await world.axe(page);                            // fails where axe-core finds anything
//     await world.picture(page, 'public');              // docs/pictures/public.png, if wanted
//   });
//   await run();
//
// world.submit(change) has the enterprise submit a complete record with its documents and gives
// its uuid; world.ask(user, method, path, body, headers) asks as somebody, null for nobody. What a page
// throws, says as an error, or is kept from by its content security policy fails a story by itself.

import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const need = createRequire(`${process.env.YEJI_WEB_MODULES}/`);
const { chromium } = need('playwright-core');
const AXE = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');
const PASSWORD = 'yeji-demo';
const PATIENCE = 30000;
const SLOTS = {
  立项批复: 'project_approval',
  中标通知书: 'award_notice',
  施工图审查合格书: 'review_certificate',
  施工合同: 'contract',
  施工许可证: 'construction_permit',
  竣工验收报告: 'acceptance_report',
  竣工验收备案表: 'completion_filing',
};
const TYPES = { pdf: 'application/pdf', jpg: 'image/jpeg' };
const stories = [];

export function story(words, tell) {
  stories.push({ words, tell });
}

export function same(got, wanted, words) {
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    throw new Error(`${words}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

export function yes(condition, words) {
  if (!condition) throw new Error(words);
}

// Asks again until it holds.
export async function until(condition, words, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > end) throw new Error(`${words}: not within ${patience} ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

class World {
  constructor(browser) {
    this.browser = browser;
    this.url = process.env.YEJI_WEB_URL;
    this.tokens = new Map();
    this.complaints = [];
    this.contexts = [];
  }

  // A page of its own session. `options` are those of playwright's newContext().
  async page(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 720 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...options,
    });
    this.contexts.push(context);
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber}`,
        );
      });
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      // a refusal that a story asks for is logged by the browser, too
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`console: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      this.complaints.push(`a script ran: ${dialog.message()}`);
      dialog.dismiss();
    });
    return page;
  }

  async close() {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  // Fails where axe-core finds a violation of WCAG 2.2 AA or of its best practices.
  async axe(page, words = page.url()) {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      axe.run(document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    );
    if (violations.length > 0)
      throw new Error(
        `axe-core, ${words}: ${violations
          .map(
            (each) =>
              `${each.id} (${each.help}): ${each.nodes
                .slice(0, 4)
                .map(
                  (node) =>
                    `${node.html.slice(0, 160)} [${node.failureSummary.replaceAll('\n', ' ').slice(0, 260)}]`,
                )
                .join('; ')}`,
          )
          .join('\n')}`,
      );
  }

  // Leaves a picture of what is seen, where pictures are wanted. `settle` is for what the browser
  // draws without telling, its viewer of PDF, in milliseconds.
  async picture(page, name, { settle = 0, ...options } = {}) {
    const place = process.env.YEJI_WEB_PICTURES;
    if (!place) return;
    await page.waitForTimeout(settle);
    mkdirSync(place, { recursive: true });
    await page.screenshot({
      path: join(place, `${name}.png`),
      animations: 'disabled',
      caret: 'hide',
      ...options,
    });
  }

  // What somebody is answered: { status, body, headers }.
  async ask(user, method, path, body, headers = {}) {
    if (user !== null && !this.tokens.has(user)) {
      const session = await this.ask(null, 'POST', '/v1/session', { user, password: PASSWORD });
      yes(session.status === 200, `${user} cannot sign in: ${JSON.stringify(session.body)}`);
      this.tokens.set(user, session.body.access);
    }
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(this.url + path, {
      method,
      body: body === undefined || bytes ? body : JSON.stringify(body),
      headers: {
        ...(user !== null && { Authorization: `Bearer ${this.tokens.get(user)}` }),
        ...(body !== undefined && !bytes && { 'Content-Type': 'application/json' }),
        ...headers,
      },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (answer.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text) : text,
    };
  }

  async expect(status, ...request) {
    const answer = await this.ask(...request);
    if (answer.status !== status)
      throw new Error(
        `${request.slice(0, 3).join(' ')}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`,
      );
    return answer;
  }

  sample() {
    const record = JSON.parse(
      readFileSync(join(process.env.YEJI_WEB_SAMPLES, 'complete-construction.json'), 'utf8'),
    );
    return { ...record, uuid: randomUUID() };
  }

  // The sample's documents; with `few`, those that the role needs in one page each.
  documents() {
    const place = process.env.YEJI_WEB_DOCUMENTS;
    return readdirSync(place)
      .sort()
      .map((filename) => ({
        filename,
        slot: SLOTS[filename.replace(/\.\w+$/, '')] ?? 'indicator_proof',
        content: readFileSync(join(place, filename)),
        type: TYPES[filename.split('.').pop()],
      }));
  }

  async upload(user, uuid, document) {
    const sha256 = createHash('sha256').update(document.content).digest('hex');
    const metadata = Object.entries({
      record: uuid,
      slot: document.slot,
      sha256,
      filename: document.filename,
      filetype: document.type,
    })
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(',');
    await this.expect(201, user, 'POST', '/v1/files', document.content, {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(document.content.length),
      'Upload-Metadata': metadata,
      'Content-Type': 'application/offset+octet-stream',
    });
    return { slot: document.slot, sha256, filename: document.filename };
  }

  // Puts a record and submits it as it is; `change` may alter the record in place before.
  async submit(change = () => {}, user = 'qiye', documents = this.documents()) {
    const record = this.sample();
    change(record);
    const { headers } = await this.expect(201, user, 'PUT', `/v1/records/${record.uuid}`, record, {
      'If-None-Match': '*',
    });
    const files = [];
    for (const document of documents) files.push(await this.upload(user, record.uuid, document));
    await this.expect(
      200,
      user,
      'POST',
      `/v1/records/${record.uuid}:submit`,
      { files },
      { 'If-Match': headers.get('ETag'), 'Idempotency-Key': randomUUID() },
    );
    return record.uuid;
  }

  // The enterprise changes a record that came back, and submits it again with the same documents.
  async resubmit(uuid, change, user = 'qiye') {
    const { body, headers } = await this.expect(200, user, 'GET', `/v1/records/${uuid}`);
    change(body.record);
    const put = await this.expect(200, user, 'PUT', `/v1/records/${uuid}`, body.record, {
      'If-Match': headers.get('ETag'),
    });
    await this.expect(
      200,
      user,
      'POST',
      `/v1/records/${uuid}:submit`,
      { files: body.files.map(({ slot, sha256, filename }) => ({ slot, sha256, filename })) },
      { 'If-Match': put.headers.get('ETag'), 'Idempotency-Key': randomUUID() },
    );
  }

  // A page of the desk with somebody signed in.
  async desk(user, options) {
    const page = await this.page(options);
    await page.goto(`${this.url}/desk`);
    await page.fill('#user', user);
    await page.fill('#password', PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.who').waitFor();
    return page;
  }
}

// Tells all stories of the file, one after the other.
export async function run() {
  const browser = await chromium.launch({
    executablePath: process.env.YEJI_WEB_CHROMIUM,
    headless: true,
    chromiumSandbox: false,
    args: [
      '--no-proxy-server',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
    ],
  });
  let failed = 0;
  console.log(`1..${stories.length}`);
  for (const [index, { words, tell }] of stories.entries()) {
    const world = new World(browser);
    const began = Date.now();
    try {
      await tell(world);
      if (world.complaints.length > 0) throw new Error(world.complaints.join('\n'));
      console.log(`ok ${index + 1} - ${words}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${index + 1} - ${words}`);
      for (const line of `${error.stack ?? error}\n${world.complaints.join('\n')}`
        .split('\n')
        .slice(0, 40))
        console.log(`# ${line}`);
      const place = process.env.YEJI_WEB_FAILURES;
      if (place)
        for (const [number, page] of browser
          .contexts()
          .flatMap((context) => context.pages())
          .entries())
          await page
            .screenshot({ path: join(place, `failed-${index + 1}-${number}.png`) })
            .catch(() => {});
    }
    console.log(`# ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await world.close();
  }
  await browser.close();
  process.exitCode = failed > 0 ? 1 : 0;
}
