// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The reviewer's desk, from a submitted record to its approval.

import { run, same, story, until, yes } from './harness.mjs';

const NAME = '示例教学楼及体育馆工程（虚构）';
const HOSTILE = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>{{7*7}}&lt;b&gt;';
const field = (pointer) => `.centre .place[data-pointer="${pointer}"]`;

function unplausible(record) {
  record.contracts[0].ContractMoney = '29282800.0000';
  record.kept = [
    {
      rule: 'R13.money',
      pointer: '/contracts/0/ContractMoney',
      value: '29282800.0000',
      other: '2928.2800',
      reason: '合同另有补充协议。',
    },
  ];
}

async function open(world, page, uuid) {
  await page.goto(`${world.url}/desk#/records/${uuid}`);
  await page.locator('.record-head h1').waitFor();
}

async function stateOf(world, uuid, user = 'sheng') {
  return (await world.expect(200, user, 'GET', `/v1/records/${uuid}`)).body;
}

story(
  'a record that was submitted is looked at, claimed and approved by the keyboard alone',
  async (world) => {
    const uuid = await world.submit();
    const page = await world.page();
    await page.goto(`${world.url}/desk`);
    await page.locator('#user').waitFor();
    await world.axe(page, 'sign-in');
    await world.picture(page, 'desk-sign-in');
    await page.keyboard.type('shi');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.locator('.told:not(:empty)').waitFor();
    await page.keyboard.type('yeji-demo');
    await page.keyboard.press('Enter');
    await page.locator(`tr[data-uuid="${uuid}"]`).waitFor();
    await world.axe(page, 'queue');

    const at = () => page.evaluate(() => document.activeElement.closest('tr')?.dataset.uuid);
    await page.keyboard.press('j');
    await until(
      async () => (await at()) === uuid || (await page.keyboard.press('j'), false),
      'j does not get there',
    );
    await page.keyboard.press('Enter');
    await page.locator('.record-head h1', { hasText: NAME }).waitFor();
    await world.axe(page, 'record');

    await page.keyboard.press('l');
    await page.locator('.claim.mine').waitFor();
    await page.keyboard.press('?');
    await page.locator('dialog .keys').first().waitFor();
    await world.axe(page, 'keys');
    await world.picture(page, 'desk-keys');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });

    const selected = () => page.locator('.place.selected').getAttribute('data-pointer');
    const first = await selected();
    await page.keyboard.press('j');
    yes((await selected()) !== first, 'j selects no other field');
    await page.keyboard.press('k');
    same(await selected(), first, 'k goes back');
    await page.keyboard.press(']');
    yes((await selected()).startsWith('/units'), `] goes to ${await selected()}`);

    await page.keyboard.press('a');
    await page.locator('dialog .grade-preview .grade-B').waitFor();
    await world.axe(page, 'approval');
    await world.picture(page, 'desk-approve');
    await page.keyboard.press('Control+Enter');
    await page.locator('.undo-bar').waitFor();
    await page.locator('.queue-page').waitFor();
    await world.axe(page, 'queue with a decision to take back');
    await world.picture(page, 'desk-undo');
    same(
      [(await stateOf(world, uuid)).state, (await stateOf(world, uuid)).grade],
      ['approved', 'B'],
      'what became of it',
    );
  },
);

story(
  'a decision is taken back within the minute, and then the record waits again',
  async (world) => {
    const uuid = await world.submit();
    const page = await world.desk('shi');
    await open(world, page, uuid);
    await page.locator('.decisions .primary').click();
    await page.locator('dialog .primary').click();
    await page.locator('.undo-button').waitFor();
    await page.keyboard.press('u');
    await page.locator('.record-head .state-submitted').waitFor();
    same((await stateOf(world, uuid)).state, 'submitted', 'the state');
    await page.keyboard.press('h');
    await page.locator('.history > .undone, .history > .approved').first().waitFor();
    await world.axe(page, 'history');
    await world.picture(page, 'desk-history');
  },
);

story(
  'a field and a document are commented on, and the record is returned with just these points',
  async (world) => {
    const uuid = await world.submit(unplausible);
    const page = await world.desk('shi');
    await open(world, page, uuid);
    await page.locator('.thumbnail[src]').nth(3).waitFor();
    await page.keyboard.press('n');
    await page.locator('.place.selected .problem').first().waitFor();
    await world.picture(page, 'desk');
    await page.locator(field('/project/Address')).click();
    await page.locator(`${field('/project/Address')} textarea`).fill('地址与许可证不一致。');
    await world.axe(page, 'comment');
    await page.keyboard.press('Escape');
    await page.locator(`${field('/project/Address')} .comment`).waitFor();
    await page.locator('.slot-head[data-pointer="/documents/contract"]').click();
    await page.locator('.slot-head textarea').fill('缺少盖章页。');
    await world.picture(page, 'desk-comment');
    await page.keyboard.press('Control+Enter');

    await page.locator('.claim.mine').waitFor();
    await page.reload(); // what was written is there after it
    await page.locator(`${field('/project/Address')} .comment`).waitFor();
    await page.keyboard.press('i');
    same(await page.locator('.comment-list li').count(), 2, 'the comments that are listed');
    await world.axe(page, 'comments');
    await page.keyboard.press('p');
    await page.locator('.problem-list li').first().waitFor();
    await page.locator('.problem-list .kept', { hasText: '合同另有补充协议。' }).waitFor();
    await world.axe(page, 'problems');
    await world.picture(page, 'desk-problems');

    await page.keyboard.press('r');
    await page.locator('dialog .points li').first().waitFor();
    await page.locator('#return-text').fill('请修改后重新提交。');
    await world.axe(page, 'return');
    await world.picture(page, 'desk-return');
    await page.locator('dialog .danger').click();
    await page.locator('.queue-page').waitFor();
    const { state, points, message } = await stateOf(world, uuid, 'qiye');
    same(
      [state, message, points],
      [
        'returned',
        '请修改后重新提交。',
        [
          { pointer: '/project/Address', comment: '地址与许可证不一致。' },
          { pointer: '/documents/contract', comment: '缺少盖章页。' },
        ],
      ],
      'what the enterprise reads',
    );
  },
);

story(
  'a record that comes back shows what was mended and what else changed, the whole by a key',
  async (world) => {
    const uuid = await world.submit();
    const { headers } = await world.expect(200, 'shi', 'GET', `/v1/records/${uuid}`);
    await world.expect(
      200,
      'shi',
      'POST',
      `/v1/records/${uuid}:return`,
      {
        message: '请核对。',
        points: [
          { pointer: '/project/Address', comment: '地址不完整。' },
          { pointer: '/project/AllArea', comment: '面积与合同不一致。' },
          { pointer: '/documents/contract', comment: '缺少盖章页。' },
        ],
      },
      { 'If-Match': headers.get('ETag') },
    );
    await world.resubmit(uuid, (record) => {
      record.project.Address = '长春市朝阳区示例大街1号甲（虚构）';
      record.project.FundSource = '自筹';
      record.replies = [
        {
          pointer: '/project/AllArea',
          text: '以竣工图为准。',
          who: '张经办',
          at: '2026-01-05T08:00:00Z',
        },
      ];
      record.safety_people.pop();
    });
    const page = await world.desk('shi');
    await page.locator(`tr[data-uuid="${uuid}"] .chip.blue`).waitFor();
    await open(world, page, uuid);
    await page.locator('#table-points .change').first().waitFor();
    same(await page.locator('#table-points .change').count(), 3, 'the points');
    same(
      await page.locator(`${field('/project/Address')} .point-mended`).count(),
      1,
      'the address was mended',
    );
    same(
      await page.locator(`${field('/project/AllArea')} .point-explained`).count(),
      1,
      'the area was explained',
    );
    yes(
      (await page.locator(`${field('/project/AllArea')} .reply`).innerText()).includes(
        '以竣工图为准。',
      ),
      'the reply',
    );
    yes(
      (await page.locator(`${field('/project/FundSource')} ins`).innerText()).includes('自筹'),
      'the new value',
    );
    yes(
      (await page.locator(`${field('/project/FundSource')} del`).innerText()).includes('财政资金'),
      'the old value',
    );
    same(
      await page.locator('.centre .field:not(.plain-fields .field)').count(),
      0,
      'nothing but the changes',
    );
    await world.axe(page, 'changes');
    await world.picture(page, 'desk-changes');
    await page.keyboard.press('w');
    await page.locator(`${field('/project/FundSource')}.changed`).waitFor();
    yes((await page.locator('.centre .field').count()) > 50, 'the whole record');
    await world.axe(page, 'the whole record');
    await page.keyboard.press('w');
    await page.locator('#table-points').waitFor();
    await page.keyboard.press('h');
    await page.locator('.history li').nth(2).waitFor();
  },
);

story('documents are shown beside the record: a picture with zoom, and PDF', async (world) => {
  const uuid = await world.submit();
  const page = await world.desk('shi');
  await open(world, page, uuid);
  await page.locator('.thumbnail[src]').first().waitFor();
  await page.keyboard.press('1');
  await page.locator('.stage img').waitFor();
  await page.waitForFunction(() => document.querySelector('.stage img').naturalWidth > 0);
  const width = () => page.locator('.stage img').evaluate((image) => image.clientWidth);
  const before = await width();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  yes((await width()) > before, 'it is not larger');
  await page.keyboard.press('0');
  same(await width(), before, 'fits again');
  await page.keyboard.press('z');
  await page.locator('.wide-document').waitFor();
  await world.axe(page, 'a picture');
  await world.picture(page, 'desk-picture');
  await page.keyboard.press('z');
  await page.keyboard.press('.');
  await page.locator('.stage iframe').waitFor();
  yes(
    (await page.locator('.stage iframe').getAttribute('src')).startsWith('blob:'),
    'PDF is a blob',
  );
  await world.axe(page, 'PDF');
  await world.picture(page, 'desk-pdf', { settle: 1500 });
  await page.keyboard.press('Escape');
  await page.locator('.documents').waitFor();
});

story('hostile texts are shown as texts and nothing else', async (world) => {
  const uuid = await world.submit(
    (record) => {
      record.project.PrjName = HOSTILE;
      record.project.Address = `长春市${HOSTILE}`;
      record.units[0].Memo = 'javascript:alert(3)';
    },
    'qiye',
    world
      .documents()
      .map((each, index) =>
        index === 0 ? { ...each, filename: `${HOSTILE.replaceAll('/', '')}.pdf` } : each,
      ),
  );
  const page = await world.desk('shi');
  const link = page.locator(`tr[data-uuid="${uuid}"] a`);
  same(await link.innerText(), HOSTILE, 'the name in the queue');
  await link.click();
  await page.locator('.record-head h1').waitFor();
  same(await page.locator('.record-head h1').innerText(), HOSTILE, 'the name');
  same(
    await page.locator(`${field('/project/Address')} .value`).innerText(),
    `长春市${HOSTILE}`,
    'the address',
  );
  await page.locator(field('/project/Address')).click();
  await page.locator(`${field('/project/Address')} textarea`).fill(HOSTILE);
  await page.keyboard.press('Escape');
  same(
    await page.locator(`${field('/project/Address')} .comment`).innerText(),
    HOSTILE,
    'the comment',
  );
  await page.keyboard.press('r');
  await page.locator('dialog .danger').click();
  await page.locator('.undo-bar', { hasText: '<img src=x' }).waitFor();
  await page.goto(
    `${world.url}/desk#/queue?state=${encodeURIComponent(HOSTILE)}&area=${encodeURIComponent(HOSTILE)}`,
  );
  await page.locator('.filters').waitFor();
  await page.goto(
    `${world.url}/desk?${encodeURIComponent(HOSTILE)}#/records/${encodeURIComponent(HOSTILE)}`,
  );
  await page.locator('.filters').waitFor();
  same(
    await page.locator('script:not([src]), img[src="x"], [onerror], [style*="expression"]').count(),
    0,
    'markup came of it',
  );
});

story('what is inline does not run, even if it came into the page', async (world) => {
  const page = await world.desk('shi');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = 1;';
    document.body.append(script);
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="/web/nothing.png" alt="" onerror="window.ran = 2"><p style="color: red">x</p>',
    );
    const elsewhere = document.createElement('script');
    elsewhere.src = 'https://example.invalid/x.js';
    document.body.append(elsewhere);
  });
  const told = (word) => world.complaints.some((each) => each.includes(`policy: ${word}`));
  await until(
    () =>
      told('script-src-elem inline') &&
      told('script-src-attr inline') &&
      told('script-src-elem https') &&
      told('style-src-attr inline'),
    'the policy keeps nothing out',
  );
  same(await page.evaluate(() => window.ran), undefined, 'it ran');
  world.complaints.length = 0;
});

story('who is not registered sees what is missing, mends it and can review', async (world) => {
  const page = await world.desk('weidengji');
  await page.locator('.banner.warning').waitFor();
  await world.axe(page, 'the registration');
  await world.picture(page, 'desk-registration');
  await page.goto(`${world.url}/desk#/queue`);
  await page.locator('.banner.warning').waitFor();
  await page.getByLabel('真实姓名').fill('周审核');
  await page.locator('#account-office').selectOption('220104');
  await page.getByLabel('处（科）室').fill('建筑业管理科');
  await page.locator('#account .primary').click();
  await page.locator('.banner.good').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('nav a', { hasText: '审核' }).first().click();
  await page.locator('.queue-page').waitFor();
});

story('what another office or person holds cannot be decided, and says why', async (world) => {
  const uuid = await world.submit();
  await world.expect(200, 'xian', 'POST', `/v1/records/${uuid}:claim`, {});
  const page = await world.desk('shi');
  await page.locator(`tr[data-uuid="${uuid}"] .claim`, { hasText: '赵审核' }).waitFor();
  await open(world, page, uuid);
  yes(await page.locator('.decisions .primary').isDisabled(), 'it can be approved');
  yes((await page.locator('.bar-told').innerText()).length > 4, 'nobody says why not');
  await world.expect(204, 'xian', 'POST', `/v1/records/${uuid}:release`, {});
  await page.reload();
  await page.locator('.decisions .primary:enabled').waitFor();
  await page.keyboard.press('t');
  await page.locator('#hand-office').selectOption('province');
  await page.locator('#hand-reason').fill('跨区项目。');
  await world.axe(page, 'handing over');
  await page.locator('dialog .primary').click();
  await page.locator('.queue-page').waitFor();
  same(await page.locator(`tr[data-uuid="${uuid}"]`).count(), 0, 'it is still in the queue');
});

story('the record that changed meanwhile is not decided on', async (world) => {
  const uuid = await world.submit();
  const page = await world.desk('shi');
  await open(world, page, uuid);
  await page.keyboard.press('a');
  await page.locator('dialog .primary').waitFor();
  const { headers } = await world.expect(200, 'qiye', 'GET', `/v1/records/${uuid}`);
  await world.expect(
    200,
    'qiye',
    'POST',
    `/v1/records/${uuid}:withdraw`,
    { reason: '填错了' },
    { 'If-Match': headers.get('ETag') },
  );
  await page.locator('dialog .primary').click();
  await page.locator('.bar-told:not(:empty)').waitFor();
  same((await stateOf(world, uuid, 'qiye')).state, 'withdrawn', 'the state');
});

story('a higher office regrades, with who and why', async (world) => {
  const uuid = await world.submit();
  const { headers } = await world.expect(200, 'xian', 'GET', `/v1/records/${uuid}`);
  await world.expect(
    200,
    'xian',
    'POST',
    `/v1/records/${uuid}:approve`,
    {},
    { 'If-Match': headers.get('ETag') },
  );
  const page = await world.desk('sheng');
  await open(world, page, uuid);
  await page.locator('.record-state .grade-C').waitFor();
  await page.keyboard.press('e');
  await page.locator('#regrade-reason').fill('省级复核确认。');
  await world.axe(page, 'regrading');
  await world.picture(page, 'desk-regrade');
  await page.locator('dialog .primary').click();
  await page.locator('.record-state .grade-A').waitFor();
  await page.keyboard.press('h');
  await page.locator('.history', { hasText: '省级复核确认。' }).waitFor();
});

story(
  'the session is renewed once however many ask, and ends by itself and by hand',
  async (world) => {
    const page = await world.desk('shi');
    await page.locator('.queue-page').waitFor();
    const renewals = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/session'))
        renewals.push(request.postDataJSON());
    });
    await page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem('yeji-session'));
      sessionStorage.setItem(
        'yeji-session',
        JSON.stringify({ ...kept, access: 'x'.repeat(43), until: 0 }),
      );
    });
    await page.reload();
    await page.locator('.queue-page').waitFor();
    same(renewals.length, 1, 'renewals');
    await page.evaluate(() => sessionStorage.setItem('yeji-comments-x', 'what was typed'));
    await page.locator('.top-tools button', { hasText: '退出' }).click();
    await page.locator('#user').waitFor();
    same(await page.evaluate(() => sessionStorage.length), 0, 'what is left of the session');
    same(await page.evaluate(() => sessionStorage.getItem('yeji-session')), null, 'what is kept');
    await page.goBack();
    await page.reload();
    await page.locator('#user').waitFor();

    const other = await world.desk('shi');
    await other.locator('.queue-page').waitFor();
    await other.route('**/v1/**', (route) =>
      route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' }),
    );
    await other.locator('.filters button', { hasText: '刷新' }).click();
    await other.locator('.told', { hasText: '登录已失效' }).waitFor();
    same(
      await other.evaluate(() => sessionStorage.getItem('yeji-session')),
      null,
      'what is kept of a session that is over',
    );
  },
);

story('it is dark where the computer is, English where somebody wants that', async (world) => {
  const uuid = await world.submit(unplausible);
  const page = await world.desk('shi', { colorScheme: 'dark' });
  await page.locator('.queue-page').waitFor();
  await world.axe(page, 'dark queue');
  await world.picture(page, 'desk-queue-dark');
  await open(world, page, uuid);
  await page.locator('.thumbnail[src]').first().waitFor();
  await world.axe(page, 'dark record');
  await world.picture(page, 'desk-dark');
  await page.locator('.top-tools button', { hasText: 'English' }).click();
  await page.locator('.decisions', { hasText: 'Approve' }).waitFor();
  same(await page.evaluate(() => document.documentElement.lang), 'en', 'the language');
  await page.locator('.thumbnail[src]').first().waitFor();
  await world.picture(page, 'desk-english-dark');
  const narrow = await world.desk('shi', { viewport: { width: 1024, height: 640 } });
  await open(world, narrow, uuid);
  const fits = () =>
    narrow.evaluate(
      () =>
        document.getElementById('main').scrollWidth <= innerWidth &&
        document.body.scrollWidth <= innerWidth,
    );
  yes(await fits(), 'a record is wider than 1024 px');
  await narrow.setViewportSize({ width: 640, height: 720 });
  yes(await fits(), 'a record is wider than 640 px');
  await world.axe(narrow, 'a narrow record');
  await world.picture(narrow, 'desk-narrow');
  await narrow.goto(`${world.url}/desk#/queue`);
  await narrow.locator('.queue-page').waitFor();
});

await run();
