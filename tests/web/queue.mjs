// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// What waits: records by area, page by page, and applications to correct what was approved.

import { createHash, randomUUID } from 'node:crypto';

import { run, same, story, until, yes } from './harness.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&lt;';
const NEWCOMER = `周增补（虚构）${HOSTILE}`;
const PAGE = 50;
const CARD = '220102199003071235';

// Submitted with its documents to follow: many of them are quickly there.
async function submitLater(world, number) {
  const record = world.sample();
  record.project.PrjName = `示例工程 ${number}（虚构）`;
  if (number % 3 === 0) record.project.CountyNum = '220102';
  const files = [
    'project_approval',
    'award_notice',
    'review_certificate',
    'contract',
    'construction_permit',
    'acceptance_report',
    'completion_filing',
  ].map((slot) => ({
    slot,
    sha256: createHash('sha256').update(`${record.uuid}${slot}`).digest('hex'),
    filename: `${slot}.pdf`,
  }));
  const { headers } = await world.expect(201, 'qiye', 'PUT', `/v1/records/${record.uuid}`, record, {
    'If-None-Match': '*',
  });
  await world.expect(
    200,
    'qiye',
    'POST',
    `/v1/records/${record.uuid}:submit`,
    { files, files_follow: true },
    { 'If-Match': headers.get('ETag'), 'Idempotency-Key': randomUUID() },
  );
  return record.uuid;
}

async function approved(world) {
  const uuid = await world.submit();
  const { headers } = await world.expect(200, 'shi', 'GET', `/v1/records/${uuid}`);
  await world.expect(
    200,
    'shi',
    'POST',
    `/v1/records/${uuid}:approve`,
    {},
    { 'If-Match': headers.get('ETag') },
  );
  return uuid;
}

async function apply(world, uuid, reason, more = []) {
  const document = { ...world.documents()[0], slot: 'evidence' };
  const { sha256 } = await world.upload('qiye', uuid, document);
  const { headers } = await world.expect(200, 'qiye', 'GET', `/v1/records/${uuid}`);
  return (
    await world.expect(
      201,
      'qiye',
      'POST',
      `/v1/records/${uuid}/corrections`,
      {
        reason,
        changes: [
          { pointer: '/project/Address', after: '长春市朝阳区示例大街2号（虚构）' },
          ...more,
        ],
        evidence: [sha256],
      },
      { 'If-Match': headers.get('ETag'), 'Idempotency-Key': randomUUID() },
    )
  ).body;
}

story('what waits is shown by area and page by page, the oldest first', async (world) => {
  const uuids = [];
  for (let number = 1; number <= PAGE + 4; number++) uuids.push(await submitLater(world, number));
  await world.expect(200, 'shi', 'POST', `/v1/records/${uuids[1]}:claim`, {});
  await world.expect(200, 'xian', 'POST', `/v1/records/${uuids[3]}:claim`, {});
  const page = await world.desk('shi');
  await page.locator('tbody tr').first().waitFor();
  same(await page.locator('tbody tr').count(), PAGE, 'the lines of a page');
  same(
    await page.locator('tbody tr').first().getAttribute('data-uuid'),
    uuids[0],
    'the oldest is first',
  );
  await world.axe(page, 'a full queue');
  await world.picture(page, 'desk-queue');
  await page.keyboard.press('n');
  await until(async () => (await page.locator('tbody tr').count()) === 4, 'the second page');
  yes(page.url().includes('page=2'), 'the address names the page');
  await page.keyboard.press('p');
  await until(
    async () => (await page.locator('tbody tr').count()) === PAGE,
    'the first page again',
  );
  await page.locator('.area', { hasText: '南关区' }).click();
  await until(async () => (await page.locator('tbody tr').count()) === 18, 'those of one area');
  await page.reload();
  await page.locator('.area[aria-pressed=true]', { hasText: '南关区' }).waitFor();
  await page.locator('.area').first().click();
  await page.getByLabel('我认领的').check();
  await until(async () => (await page.locator('tbody tr').count()) === 1, 'mine');
  await page.getByLabel('我认领的').uncheck();
  await page.locator('#queue-q').fill('工程 18（');
  await page.keyboard.press('Enter');
  await page.locator('tbody tr', { hasText: '工程 18（' }).waitFor();
  await until(async () => (await page.locator('tbody tr').count()) === 1, 'the one of that name');
  yes(!page.url().includes('mine'), 'what was chosen last counts, though its list had not come');
  same(await page.locator('#queue-q').inputValue(), '工程 18（', 'what was looked for');
  same(await page.locator('tbody .chip.red').count(), 0, 'documents to come are told as errors');
  await world.axe(page, 'a search in the queue');
  await world.picture(page, 'desk-queue-search');
  await page.locator('#queue-q').fill('');
  await page.keyboard.press('Enter');
  await until(async () => (await page.locator('tbody tr').count()) === PAGE, 'all again');
  await page.locator('select[name=age]').selectOption('7');
  await page.locator('.empty').waitFor();
  await page.goBack();
  await page.locator('tbody tr').first().waitFor();
});

story(
  'an application to correct what was approved is granted, another one refused with the reason',
  async (world) => {
    const first = await approved(world);
    const people = (await world.expect(200, 'qiye', 'GET', `/v1/records/${first}`)).body.record
      .review_people;
    const { id, ...values } = people[0];
    await apply(world, first, `门牌号有误，一名审图人员未参与，另一名漏报。${HOSTILE}`, [
      { pointer: '/review_people/1', row: 'removed' },
      { pointer: `/review_people/${people.length}`, row: 'added' },
      ...Object.entries({ ...values, UserName: NEWCOMER, IDCard: CARD }).map(
        ([field, after]) => ({ pointer: `/review_people/${people.length}/${field}`, after }),
      ),
    ]);
    const page = await world.desk('sheng');
    await page.goto(`${world.url}/desk#/corrections`);
    const card = page.locator('.application', { hasText: '门牌号有误' });
    await card.waitFor();
    yes((await card.locator('ins').first().innerText()).includes('2号'), 'what it would be');
    same(await card.locator('.whole-row .red-text').innerText(), '删除这一行', 'the row that goes');
    same(await card.locator('.whole-row .green-text').innerText(), '增加这一行', 'the row that comes');
    yes((await card.innerText()).includes(NEWCOMER), 'its values');
    await world.axe(page, 'applications');
    await world.picture(page, 'desk-corrections');
    await card.locator('.evidence-list button').click();
    await page.locator('dialog .evidence').waitFor();
    await world.axe(page, 'evidence');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    const narrow = await world.desk('sheng', {
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    });
    await narrow.goto(`${world.url}/desk#/corrections`);
    await narrow.locator('.application', { hasText: '门牌号有误' }).waitFor();
    await world.axe(narrow, 'applications in the dark on a telephone');
    yes(
      await narrow.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      'the applications are too wide',
    );
    await card.locator('.primary').click();
    await world.axe(page, 'granting');
    await page.locator('dialog .primary').click();
    await card.waitFor({ state: 'detached' });
    same(
      (await world.expect(200, 'qiye', 'GET', `/v1/records/${first}`)).body.record.project.Address,
      '长春市朝阳区示例大街2号（虚构）',
      'the address',
    );
    await page.goto(`${world.url}/projects/${first}`);
    const trace = page.locator('#trace .changes');
    yes((await trace.innerText()).includes(NEWCOMER), 'the values of the row that came');
    same(
      await trace.locator('li > strong').allInnerTexts(),
      ['勘察设计审图人员 2：删除', '勘察设计审图人员 3：增加'],
      'the rows that went and came',
    );
    const rows = trace.locator('li:has(> strong)');
    same(await rows.first().locator('ins').count(), 0, 'what a row is that went');
    same(await rows.last().locator('del').count(), 0, 'what a row was that came');
    yes(!(await trace.innerText()).includes('证件类型'), 'a kind of card without its number');
    same(await rows.last().getByText('不公开的内容').count(), 1, 'what is private, told once');
    yes(!(await page.content()).includes(CARD), 'a personal number is public');
    await world.axe(page, 'a project that was corrected');
    await trace.scrollIntoViewIfNeeded();
    await world.picture(page, 'public-corrected');
    await page.goto(`${world.url}/desk#/corrections`);

    await apply(world, await approved(world), '再改一次。');
    await page.reload();
    const other = page.locator('.application', { hasText: '再改一次' });
    await other.locator('.danger').click();
    await page.locator('#correction-message').fill('证明材料不足。');
    await world.axe(page, 'refusing');
    await page.locator('dialog .danger').click();
    await other.waitFor({ state: 'detached' });
    await page.locator('.filters select').selectOption('refused');
    await page.locator('.application', { hasText: '证明材料不足。' }).waitFor();

    const city = await world.desk('shi');
    const third = await apply(world, await approved(world), '第三次。');
    await city.goto(`${world.url}/desk#/corrections`);
    await city.locator(`.application[data-id="${third.id}"] .primary:disabled`).waitFor();
  },
);

story('a withdrawal is granted, and the page of the project says so and why', async (world) => {
  const uuid = await approved(world);
  const { headers } = await world.expect(200, 'qiye', 'GET', `/v1/records/${uuid}`);
  await world.expect(
    201,
    'qiye',
    'POST',
    `/v1/records/${uuid}:apply-withdrawal`,
    { reason: `重复申报。${HOSTILE}` },
    { 'If-Match': headers.get('ETag'), 'Idempotency-Key': randomUUID() },
  );
  const page = await world.desk('sheng');
  await page.goto(`${world.url}/desk#/corrections`);
  const card = page.locator('.application', { hasText: '重复申报' });
  await card.waitFor();
  await card.locator('.chip.red').waitFor();
  await world.axe(page, 'a withdrawal');
  await card.locator('.primary').click();
  await page.locator('dialog .primary').click();
  await card.waitFor({ state: 'detached' });
  await page.goto(`${world.url}/projects/${uuid}`);
  const text = await page.locator('main').innerText();
  yes(text.includes(`重复申报。${HOSTILE}`), 'the page does not say why');
  yes(!text.includes('单体信息'), 'tables are still there');
  await world.axe(page, 'a project that was withdrawn');
});

story('an office sees a list that was sent, and notes the application', async (world) => {
  const uuid = await approved(world);
  await world.expect(
    201,
    'qiye',
    'POST',
    '/v1/qualification-applications',
    { kind: 'construction', name: `一级资质（虚构）${HOSTILE}`, records: [uuid] },
    { 'Idempotency-Key': randomUUID() },
  );
  const page = await world.desk('sheng');
  await page.locator('nav a', { hasText: '资质业绩清单' }).click();
  const card = page.locator('.application', { hasText: '一级资质' });
  await card.waitFor();
  await card.locator('.chip.green').waitFor();
  yes(!(await card.innerText()).includes('[object'), 'a text of the dictionary is none');
  await world.axe(page, 'lists');
  await world.picture(page, 'desk-lists');
  await card.locator('.primary').click();
  await page.locator('#list-application').fill('ZZ-2026-0001');
  await world.axe(page, 'noting an application');
  await page.locator('dialog .primary').click();
  await card.waitFor({ state: 'detached' });
  await page.locator('.filters select').selectOption('used');
  await page.locator('.application', { hasText: 'ZZ-2026-0001' }).waitFor();
  await page.locator('#lists-enterprise').fill('91220000MA000000ZZ');
  await page.keyboard.press('Enter');
  await page.locator('.empty').waitFor();
});

story('the province revokes what was approved on false grounds', async (world) => {
  const uuid = await approved(world);
  const page = await world.desk('sheng');
  await page.goto(`${world.url}/desk#/records/${uuid}`);
  await page.locator('.decisions .danger').click();
  await page.locator('#revoke-reason').fill('合同系伪造。');
  await world.axe(page, 'revoking');
  await page.locator('dialog .danger').click();
  await page.locator('.record-state .state-revoked').waitFor();
  await page.keyboard.press('h');
  await page.locator('.history', { hasText: '合同系伪造。' }).waitFor();
  same(
    (await world.expect(200, 'qiye', 'GET', `/v1/records/${uuid}`)).body.state,
    'revoked',
    'the state',
  );
});

await run();
