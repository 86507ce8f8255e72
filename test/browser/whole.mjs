// usage: whole.mjs SITE: a list of several pages is searched, filtered and ordered as a whole; from a disk, its own page is, and says so.
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const page = await site.page();
const listed = JSON.parse(site.read('communities.json')).communities.filter((one) => !one.adult);
const shown = (of = page) => of.$$eval('#list > li', (all) => all.map((row) => row.id));
await page.goto(site.url('index.html'));
await page.waitForSelector('#list[data-ready]');
const first = await shown();
site.check(first.length < listed.length, `all ${listed.length} are on one page`);
site.check(!page.asked.some((url) => url.includes('search/')), 'the index is loaded before it is needed');
const beyond = listed.slice(first.length);
const find = async (query) => {
  await page.fill('#q', query);
  await page.waitForFunction((one) => document.querySelector('#found').textContent === `${document.querySelectorAll('#list > li').length} room${document.querySelectorAll('#list > li').length === 1 ? '' : 's'}`, query);
};
for (const wanted of [beyond[0], beyond.at(-1)]) {
  await page.fill('#q', wanted.join_url);
  await page.waitForFunction((id) => document.querySelector('#list > li')?.id === id && document.querySelectorAll('#list > li').length === 1, wanted.identifier);
  const row = await page.$eval('#list > li', (one) => ({
    name: one.querySelector('h2').textContent, page: one.querySelector('h2 a').getAttribute('href'), join: one.querySelector('.join')?.getAttribute('href'),
    chips: one.querySelectorAll('.chip').length, meta: one.querySelector('.m').textContent,
  }));
  site.check(row.name === wanted.name && row.page === wanted.page && row.join === `${wanted.page}#join`, JSON.stringify(row));
  site.check(row.chips <= 1 && row.meta.endsWith(new URL(wanted.server.base_url).host), JSON.stringify(row));
}
site.check(!(await page.locator('.pages').isVisible()), 'the links to other pages stay beside what was found in all');
await find('linux');
const linux = await shown();
const isAbout = (one) => /linux/i.test(JSON.stringify([one.name, one.description, one.tags, one.topics]));
site.check(listed.filter(isAbout).every((one) => linux.includes(one.identifier)), 'search does not find all of the list');
await page.fill('#q', '');
await page.waitForFunction((ids) => [...document.querySelectorAll('#list > li')].map((row) => row.id).join() === ids, first.join());
site.check(await page.locator('.pages').isVisible(), 'the links to other pages do not come back');
await page.click('#order [value=name]');
await page.waitForFunction((count) => document.querySelectorAll('#list > li').length === count, listed.length);
const names = await page.$$eval('#list h2', (all) => all.map((one) => one.textContent));
site.check(names.every((name, i) => i === 0 || new Intl.Collator('en', { numeric: true }).compare(names[i - 1], name) <= 0), 'A–Z does not order the whole list');

const local = await site.page();
await local.goto(`file://${site.folder}/index.html`);
await local.waitForSelector('#list[data-ready]');
await local.fill('#q', 'linux');
await local.waitForSelector('#list mark');
site.check((await shown(local)).every((id) => first.includes(id)) && await local.locator('#part').isVisible(), 'file://: it does not search its own page, or does not say so');
await site.done();
