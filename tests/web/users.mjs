// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// User management and the administrator's page.

import { run, same, story, until, yes } from './harness.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&lt;';
const row = (page, name) => page.locator(`tr[data-name="${name}"]`);

story(
  'the administrator puts a reviewer’s real name and office right, who can review from then on',
  async (world) => {
    const page = await world.desk('guanli');
    await row(page, 'weidengji').locator('.chip.amber').waitFor();
    await world.axe(page, 'users');
    await world.picture(page, 'desk-users');
    await row(page, 'weidengji').locator('button').first().click();
    await page.locator('#user-display_name').fill('周审核');
    await page.locator('#user-office').selectOption('220102');
    await page.locator('#user-department').fill('建筑业管理科');
    await world.axe(page, 'changing a user');
    await world.picture(page, 'desk-user');
    await page.locator('#user .primary').click();
    await row(page, 'weidengji').locator('.chip.green').waitFor();
    same((await world.ask('weidengji', 'GET', '/v1/reviews')).status, 200, 'the reviewer’s list');
  },
);

story('a new user is made, a wrong entry is told at its field', async (world) => {
  const page = await world.desk('guanli');
  await page.locator('.filters .primary').click();
  await page.locator('#user-name').fill('xinren');
  await page.locator('#user-role').selectOption('enterprise');
  await page.locator('#user-enterprise').fill(HOSTILE);
  await page.locator('#user-enterprise_code').fill('91220000MA0000001X');
  await page.locator('#user-display_name').fill(HOSTILE);
  await page.locator('#user .primary').click();
  await until(
    async () => (await page.locator('#user [aria-invalid], #user .told:not(:empty)').count()) > 0,
    'nobody misses the password',
  );
  await world.axe(page, 'a refused user');
  await page.locator('#user-password').fill('a long enough password');
  await page.locator('#user .primary').click();
  await row(page, 'xinren').waitFor();
  yes((await row(page, 'xinren').innerText()).includes(HOSTILE), 'the name is not shown as it is');
  same(await page.locator('img[src="x"], [onerror]').count(), 0, 'markup came of it');
  await page.locator('.filters .primary').click();
  await page.locator('#user-name').fill('xinren');
  await page.locator('#user-password').fill('a long enough password');
  await page.locator('#user .primary').click();
  await page.locator('#user .told:not(:empty), #user [aria-invalid]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
});

story('who is locked is out at once, and in again when he is unlocked', async (world) => {
  same((await world.ask('xian', 'GET', '/v1/account')).status, 200, 'before');
  const page = await world.desk('guanli');
  await page.getByRole('button', { name: '停用帐号 xian' }).click();
  await row(page, 'xian').locator('.chip.red').waitFor();
  await world.axe(page, 'a locked user');
  await world.picture(page, 'desk-users-locked');
  same((await world.ask('xian', 'GET', '/v1/account')).status, 401, 'while it is locked');
  same(await page.getByRole('button', { name: '停用帐号 guanli' }).count(), 0, 'one’s own');
  await page.getByRole('button', { name: '启用帐号 xian' }).click();
  await row(page, 'xian').locator('.chip.red').waitFor({ state: 'detached' });
});

story('users are found by name and role', async (world) => {
  const page = await world.desk('guanli');
  await page.keyboard.press('/');
  await page.keyboard.type('王审核');
  await page.keyboard.press('Enter');
  await until(async () => (await page.locator('tbody tr').count()) === 1, 'one is found');
  await row(page, 'shi').waitFor();
  await page.goto(`${world.url}/desk#/users?q=${encodeURIComponent(HOSTILE)}&role=reviewer`);
  await page.locator('.empty').waitFor();
  same(await page.locator('#users-q').inputValue(), HOSTILE, 'what was asked for');
  await page.goto(`${world.url}/desk#/users?role=administrator`);
  await row(page, 'guanli').waitFor();
  same(await row(page, 'shi').count(), 0, 'a reviewer among administrators');
});

story('the administrator sees how the province runs', async (world) => {
  await world.submit();
  const page = await world.desk('guanli');
  await page.locator('nav a', { hasText: '运行情况' }).click();
  await page.locator('.cards .card', { hasText: '待审核' }).waitFor();
  await page.locator('.cards .card', { hasText: '磁盘可用' }).waitFor();
  await page.locator('table.queue', { hasText: '长春新区' }).waitFor();
  await world.axe(page, 'status');
  await world.picture(page, 'desk-status');
});

story('two requests that find the session over renew it once, and both go on', async (world) => {
  const page = await world.desk('guanli');
  await row(page, 'shi').waitFor();
  const over = await page.evaluate(() => JSON.parse(sessionStorage.getItem('yeji-session')).access);
  const refused = [];
  let renewals = 0;
  page.on('request', (request) => {
    renewals += request.method() === 'POST' && request.url().endsWith('/v1/session') ? 1 : 0;
  });
  await page.route(/\/v1\/(users|offices)/, async (route) => {
    if (route.request().headers().authorization !== `Bearer ${over}`) {
      await route.continue();
      return;
    }
    refused.push(route);
    if (refused.length === 2)
      // both are on their way before either is answered
      for (const each of refused)
        await each.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });
  });
  await page.goto(`${world.url}/desk#/users?role=reviewer`);
  await until(
    async () => (await row(page, 'guanli').count()) === 0 && (await row(page, 'shi').count()) === 1,
    'the reviewers',
  );
  same([refused.length, renewals], [2, 1], 'refused and renewed');
});

story('who is no reviewer and no administrator is told where to go', async (world) => {
  const page = await world.page();
  await page.goto(`${world.url}/desk`);
  await page.fill('#user', 'qiye');
  await page.fill('#password', 'yeji-demo');
  await page.keyboard.press('Enter');
  await page.locator('.told', { hasText: '客户端' }).waitFor();
  same(await page.evaluate(() => sessionStorage.getItem('yeji-session')), null, 'what is kept');
  const reviewer = await world.desk('shi');
  await reviewer.goto(`${world.url}/desk#/users`);
  await reviewer.locator('.queue-page').waitFor();
  const english = await world.desk('guanli', { colorScheme: 'dark' });
  await english.locator('.top-tools button', { hasText: 'English' }).click();
  await english.locator('h1', { hasText: 'Users' }).waitFor();
  await world.axe(english, 'users in the dark');
  await world.picture(english, 'desk-users-dark');
});

await run();
