// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

// The public page, from an approved record to what anybody finds, reads, prints and hands on.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run, same, story, yes } from './harness.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>&lt;b&gt;';
const ONGOING = '松江路雨污分流改造工程（虚构）';
const PERSONAL = /(\d{17}[\dXx])|(1[3-9]\d{9})/;
const OTHERS = [
  ['北湖科技园配套道路工程（虚构）', 'sheng', '220103'], ['南关区实验小学教学楼（虚构）', 'shi', '220102'],
  ['净月开发区供热管网改造一期工程（虚构）', 'shi', '220104'], ['星光家园住宅小区二期（虚构）', 'shi', '220105'],
];

async function approve(world, reviewer, uuid) {
  const { headers } = await world.expect(200, reviewer, 'GET', `/v1/records/${uuid}`);
  await world.expect(200, reviewer, 'POST', `/v1/records/${uuid}:approve`, {}, { 'If-Match': headers.get('ETag') });
  return uuid;
}

// Every project has a number of its own.
let last = 0;
async function publish(world, name, reviewer = 'shi', county = '220104') {
  const number = `${county}160330${String(++last).padStart(4, '0')}`;
  return approve(world, reviewer, await world.submit((record) => {
    Object.assign(record, JSON.parse(JSON.stringify(record).replaceAll('2201041603300001', number)));
    record.project.PrjName = name;
    record.project.CountyNum = county;
  }));
}

// A project of another system, as its list says it.
function declare(name, number) {
  const place = mkdtempSync(join(tmpdir(), 'yeji-web-'));
  const file = join(place, 'list.csv');
  writeFileSync(file, `项目编号,项目名称,区划代码,建设单位,状态,申报日期\n${number},${name},220202,吉林市示例市政有限公司,在建,2026-03-02\n`);
  execFileSync(process.env.YEJI_WEB_SERVER, ['--data', process.env.YEJI_WEB_PROVINCE, 'import-declared', 'approval', file]);
  rmSync(place, { recursive: true });
}

// The projects that the stories look for; the last one comes back.
let prepared = null;
async function prepare(world) {
  if (prepared)
    return prepared;
  declare(ONGOING, '2202022603010001');
  for (const [name, reviewer, county] of OTHERS)
    await publish(world, name, reviewer, county);
  prepared = await publish(world, '朝阳区人民医院门诊楼（虚构）');
  return prepared;
}

const names = (page) => page.locator('.results .name a').allInnerTexts();

async function search(page, words) {
  await page.getByLabel('项目名称、企业名称或编号中的任意几个字').fill(words);
  await page.getByRole('button', { name: '查询' }).click();
  await page.waitForURL(/q=/);
}

story('an approved record is found by a part of its name, and read', async (world) => {
  const uuid = await prepare(world);
  const page = await world.page();
  await page.goto(world.url);
  same(await page.title(), '工程项目信息 - 工程项目', 'the title');
  await world.axe(page, 'search');
  await world.picture(page, 'public');
  await search(page, '门诊');
  same(await names(page), ['朝阳区人民医院门诊楼（虚构）'], 'what is found');
  same(new URL(page.url()).searchParams.get('q'), '门诊', 'the address');
  same([...new URL(page.url()).searchParams.keys()], ['q'], 'an address of what was filled in alone');
  await world.axe(page, 'found');

  await page.locator('.results .name a').click();
  await page.waitForURL(`**/projects/${uuid}`);
  same(await page.locator('h1').innerText(), '朝阳区人民医院门诊楼（虚构）', 'the project');
  const text = await page.locator('body').innerText();
  for (const words of ['B 级', '王审核', '长春市住房和城乡建设局', '2,928.28 万元', '施工许可信息', '审核通过并公示'])
    yes(text.includes(words), `the page does not say ${words}`);
  yes(!PERSONAL.test((await page.content()).replaceAll(/[\d-]*\d{16}[\d-A-Z]*/g, (each) => each.slice(0, 4))
    .replaceAll(uuid, '')), 'a personal number is on the page');
  await world.axe(page, 'project');
  await world.picture(page, 'public-project');
});

story('who looks narrows down, and hands the address on', async (world) => {
  await prepare(world);
  const page = await world.page();
  await page.goto(world.url);
  await page.getByLabel('所在地区').selectOption('220102');
  await page.getByLabel('数据等级').selectOption('B');
  await page.getByRole('button', { name: '查询' }).click();
  await page.waitForURL(/area=220102/);
  same(await names(page), ['南关区实验小学教学楼（虚构）'], 'what is found');
  const other = await world.page({ locale: 'en' });
  await other.goto(page.url());
  same(await names(other), ['南关区实验小学教学楼（虚构）'], 'what another reader finds');
  same(await other.locator('html').getAttribute('lang'), 'en', 'their language');
  same(await other.getByLabel('Area').inputValue(), '220102', 'the form of the other reader');
  await other.getByRole('link', { name: '中文' }).click();
  await other.waitForURL(/lang=zh/);
  same(await names(other), ['南关区实验小学教学楼（虚构）'], 'what is found in the other language');
  await page.getByRole('link', { name: '清除条件' }).click();
  await page.waitForURL(`${world.url}/`);
  yes((await names(page)).length >= 5, 'the search is not cleared');
});

story('what is found stands in both orders, and each has an address', async (world) => {
  await prepare(world);
  const page = await world.page();
  await page.goto(world.url);
  const newest = await names(page);
  await page.getByLabel('排序').selectOption('oldest');
  await page.getByRole('button', { name: '查询' }).click();
  await page.waitForURL(`${world.url}/?order=oldest`);
  same(await names(page), [...newest].reverse(), 'the oldest first');
  await world.picture(page, 'public-oldest');
  const other = await world.page();
  await other.goto(page.url());
  same(await names(other), [...newest].reverse(), 'what another reader finds');
  same(await other.getByLabel('排序').inputValue(), 'oldest', 'the form of the other reader');
});

story('an ongoing project of another system is found, and says where it is from', async (world) => {
  await prepare(world);
  const page = await world.page();
  await page.goto(`${world.url}/?q=${encodeURIComponent('雨污')}`);
  same(await names(page), [ONGOING], 'what is found');
  yes((await page.locator('.results').innerText()).includes('在建'), 'the list says not that it is ongoing');
  await page.locator('.results .name a').click();
  await page.waitForURL('**/projects/*');
  const text = await page.locator('main').innerText();
  for (const words of ['工程建设项目审批管理系统', '在建', '没有数据等级'])
    yes(text.includes(words), `the page does not say ${words}`);
  await world.axe(page, 'ongoing');
});

story('all of it works without scripts', async (world) => {
  await prepare(world);
  const page = await world.page({ javaScriptEnabled: false });
  await page.goto(world.url);
  await page.getByLabel('查找范围').selectOption('name');
  await search(page, '供热');
  same(await names(page), ['净月开发区供热管网改造一期工程（虚构）'], 'what is found');
  await page.locator('.results .name a').click();
  await page.waitForURL('**/projects/*');
  yes((await page.locator('#contracts').innerText()).includes('2,928.28 万元'), 'the contract is not there');
});

story('it is printed, and read in the dark, on a telephone and by keyboard', async (world) => {
  const path = `${world.url}/projects/${await prepare(world)}`;
  const paper = await world.page();
  await paper.goto(path);
  await paper.emulateMedia({ media: 'print' });
  for (const unseen of ['.top nav', '.contents', '.back'])
    yes(!await paper.locator(unseen).isVisible(), `${unseen} is on paper`);
  yes(await paper.locator('.paper').isVisible(), 'the address is not on paper');
  await paper.setViewportSize({ width: 794, height: 1123 });
  await world.picture(paper, 'public-print');
  const question = `/?q=${encodeURIComponent('工程')}&in=name&area=220100&grade=B&order=oldest`;
  await paper.goto(world.url + question);
  for (const unseen of ['.search', '.ways', '.total a'])
    yes(!await paper.locator(unseen).first().isVisible(), `${unseen} is on paper`);
  const printed = await paper.locator('.printed').innerText();
  for (const words of ['项目名称：工程', '所在地区：长春市', '数据等级：B', '排序：早审核的在前', new URL(world.url).host + question])
    yes(printed.includes(words), `the paper does not say ${words}: ${printed}`);
  await world.picture(paper, 'public-print-search');
  await paper.emulateMedia({ media: 'screen' });
  yes(!await paper.locator('.printed').isVisible(), 'what is for paper is on the screen');

  const dark = await world.page({ colorScheme: 'dark' });
  await dark.goto(world.url);
  await world.axe(dark, 'search in the dark');
  await world.picture(dark, 'public-dark');
  await dark.goto(path);
  await world.axe(dark, 'project in the dark');
  await world.picture(dark, 'public-project-dark');

  const telephone = await world.page({ viewport: { width: 390, height: 844 } });
  await telephone.goto(world.url);
  yes(await telephone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the search is too wide');
  await world.axe(telephone, 'search on a telephone');
  await world.picture(telephone, 'public-telephone');
  await telephone.goto(path);
  yes(await telephone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the project is too wide');
  await world.axe(telephone, 'project on a telephone');

  const keys = await world.page();
  await keys.goto(world.url);
  await keys.keyboard.press('Tab');
  same(await keys.evaluate(() => document.activeElement.className), 'skip', 'the first stop');
  await keys.keyboard.press('Enter');
  await keys.keyboard.press('Tab');
  same(await keys.evaluate(() => document.activeElement.id), 'f-in', 'behind the skipped head');
});

story('what was revoked says so, and is not found any more', async (world) => {
  const uuid = await publish(world, '虚报业绩的工程（虚构）');
  const { headers } = await world.expect(200, 'sheng', 'GET', `/v1/records/${uuid}`);
  await world.expect(200, 'sheng', 'POST', `/v1/records/${uuid}:revoke`, { reason: '经核查，业绩材料弄虚作假。' },
                     { 'If-Match': headers.get('ETag') });
  const page = await world.page();
  await page.goto(`${world.url}/?q=${encodeURIComponent('虚报业绩')}`);
  same(await names(page), [], 'what is found');
  await page.goto(`${world.url}/?q=${encodeURIComponent('虚报业绩')}&state=revoked`);
  same(await names(page), ['虚报业绩的工程（虚构）'], 'what is found among the revoked');
  await page.locator('.results .name a').click();
  await page.waitForURL(`**/projects/${uuid}`);
  const text = await page.locator('main').innerText();
  for (const words of ['已被撤销', '经核查，业绩材料弄虚作假。', '审核通过并公示'])
    yes(text.includes(words), `the page does not say ${words}`);
  yes(!text.includes('单体信息'), 'tables are still there');
  await world.axe(page, 'revoked');
  await world.picture(page, 'public-revoked');
});

story('hostile names and questions are shown as texts', async (world) => {
  const uuid = await publish(world, HOSTILE);
  const page = await world.page();
  await page.goto(`${world.url}/?q=onerror`);
  same(await names(page), [HOSTILE], 'the name in the list');
  await page.goto(`${world.url}/projects/${uuid}`);
  same(await page.locator('h1').innerText(), HOSTILE, 'the name on its page');
  yes((await page.title()).startsWith(HOSTILE), 'the name in the title');
  await page.goto(`${world.url}/?q=${encodeURIComponent(HOSTILE)}&area=${encodeURIComponent(HOSTILE)}&lang="><script>alert(3)</script>`);
  same(await page.getByLabel('项目名称、企业名称或编号中的任意几个字').inputValue(), HOSTILE, 'the question in its field');
  same(await page.locator('body script').count(), 0, 'a script in the page');
  yes((await page.locator('main').innerText()).includes('64 字'), 'a question that is too long is not told');
  await world.axe(page, 'a question that is too long');
  const shorter = HOSTILE.slice(0, 40);
  await page.goto(`${world.url}/?q=${encodeURIComponent(shorter)}&in=enterprise`);
  same(await names(page), [], 'what is found of a hostile enterprise');
  yes((await page.locator('.printed').textContent()).includes(shorter), 'the paper does not say what was not found');
  await world.axe(page, 'nothing found');
  await page.goto(`${world.url}/projects/${encodeURIComponent(HOSTILE)}`);
  same(await page.locator('body script').count(), 0, 'a script in the page of nothing');
  await page.goto(`${world.url}/projects/00000000-0000-4000-8000-000000000000`);
  same(await page.locator('h1').innerText(), '没有这个项目', 'a project that is not there');
  await world.axe(page, 'no such project');
});

await run();
