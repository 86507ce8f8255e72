// usage: find.mjs SITE: what people paste into the search finds its rooms, and a topic those about it; what is not found is told, with ways on; a room that
// can't be joined says so, and offers no link that would not work.
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const page = await site.page();
await page.goto(site.url('index.html'));
await page.waitForSelector('#list[data-ready]');
await page.focus('#q');
await page.waitForFunction(() => globalThis.roomSearch);
await page.click('.more summary');
const listed = JSON.parse(site.read('communities.json')).communities.filter((one) => !one.adult);
const shown = () => page.$$eval('#list > li', (all) => all.map((row) => row.id));
const finds = async (text, wanted, also = false) => {
  await page.fill('#q', text);
  const ids = await shown();
  const right = wanted.every((id) => ids.includes(id)) && (also || ids.length === wanted.length);
  site.check(wanted.length > 0 && right, `"${text}" shows ${ids.length}: ${ids.slice(0, 4)}; it should show ${wanted}`);
};
const all = await shown();
for (const { identifier, join_url: link, server, token, name } of [listed[0], listed[7], listed[listed.length - 1]]) {
  const of = listed.filter((one) => one.server.base_url === server.base_url).map((one) => one.identifier);
  await finds(link, [identifier]);
  await finds(` <${link.toUpperCase()}>, `, [identifier]);
  await finds(link.replace(/public_key=.*/, `public_key=${'0'.repeat(64)}`), [identifier]);
  await finds(link.replace(/:\/\/[^/]*/, '://moved.example'), [identifier]);
  await finds(link.replace(/\?.*/, ''), [identifier]);
  await finds(link.replace(/^https?:\/\/|\?.*/g, ''), [identifier]);
  await finds(`${server.base_url}/r/${token}/`, [identifier]);
  await finds(server.base_url, of);
  await finds(`${server.base_url}/`, of);
  await finds(identifier, [identifier]);
  const [word] = name.split(' ');
  for (const pasted of [`${word},`, `“${word}”`, `«${word}».`, `(${word})`]) await finds(pasted, [identifier], true);
}
await page.fill('#q', 'http://nobody.example/nothing');
site.check((await shown()).length === 0, 'an address that is not here shows something');
await page.waitForSelector('#none:not([hidden])');
site.check(await page.textContent('#instead[role=status]') === 'Nothing found for “http://nobody.example/nothing”.', `a screen reader hears of nothing found: ${await page.textContent('#instead')}`);
for (const path of await page.$$eval('#none a', (some) => some.map((one) => new URL(one.href).pathname.slice(1)))) site.read(path);
site.check(await page.locator('#none a[href^=topic-]').count() > 0 && await new URL(await page.locator('#none > .browse > a').last().evaluate((link) => link.href)).search === '?q=http%3A%2F%2Fnobody.example%2Fnothing', 'no way on from nothing');
await page.click('#none button');
await page.waitForFunction((count) => document.querySelectorAll('#list > li').length === count, all.length);  // the button clears the filters
await page.waitForFunction(() => document.querySelector('#instead').textContent === '');
await page.fill('#q', 'linx');
await page.waitForFunction(() => document.querySelector('#instead').textContent !== '');
site.check(await page.textContent('#instead') === 'Nothing for “linx”. Showing “linux”.' && (await shown()).length > 0, await page.textContent('#instead'));
const football = listed.filter((one) => one.topics?.some(({ id }) => id === 'football')).map((one) => one.identifier);
await page.fill('#q', 'fútbol');
site.check(football.length > 0, 'no room is about football');
await page.waitForFunction((count) => document.querySelectorAll('#list > li').length === count, football.length);
site.check((await shown()).every((id) => football.includes(id)), '"fútbol" does not find football');
await page.fill('#q', ' “, ');
site.check((await shown()).length === all.length, 'quotes alone hide something');

await page.fill('#q', '');
const topic = listed.flatMap((one) => one.topics ?? [])[0].id;
await page.selectOption('#f-topic', topic);
const about = listed.filter((one) => one.topics?.some(({ id }) => id === topic)).map((one) => one.identifier);
site.check(JSON.stringify((await shown()).sort()) === JSON.stringify(about.sort()), `the topic ${topic} shows ${(await shown()).length} of ${about.length}`);
await page.selectOption('#f-topic', '');

const [none, ...more] = listed.filter((one) => one.joinable === false);
site.check(none && !more.length, 'not one room that cannot be joined');
const row = page.locator(`[id="${none.identifier}"]`);
site.check(await row.locator('.chip').textContent() === 'Cannot be joined' && await row.locator('.join').count() === 0, `the row of what can't be joined`);
for (const [path, said] of [['', "Today's Session apps cannot join this Community. Its server does not describe"], ['de/', 'Die heutigen Session-Apps']]) {
  await page.goto(site.url(path + none.page));
  site.check((await page.textContent('.card .warn')).startsWith(said), `${path}: ${await page.textContent('.card .warn')}`);
  site.check(await page.locator('.card ol, .card button, #qr').count() === 0, `${path}: steps that can't work`);
  site.check(!(await page.locator('.card .link').isVisible()) && await page.locator('.card .muted[lang=en]').count() === 1, `${path}: the details`);
}
await site.done();
