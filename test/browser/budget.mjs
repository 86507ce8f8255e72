// usage: budget.mjs SITE HTML-LIMIT: weighs the index as it is first shown and prints the figures; one over its limit is a fault.
import { gzipSync } from 'node:zlib';
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const limit = Number(process.argv[3]);
const page = await site.page();
await page.goto(site.url('index.html'));
await page.waitForSelector('#list[data-ready]');

const weigh = (paths) => paths.reduce((sum, path) => sum + gzipSync(site.read(path), { level: 9 }).length, 0);
const paths = () => page.asked.map((url) => new URL(url).pathname.slice(1));
const asked = paths();
await page.focus('#q');  // search comes when it is used first
await page.waitForFunction(() => globalThis.roomSearch);
const later = paths().slice(asked.length);
const kind = (pattern) => asked.filter((path) => pattern.test(path));
const rows = await page.$$eval('#list > li', (all) => ({
  count: all.length, elements: Math.max(...all.map((row) => 1 + row.querySelectorAll('*').length)),
  lazy: all.slice(20).every((row) => getComputedStyle(row).contentVisibility === 'auto'),
}));
// Processor time of one call in milliseconds, the least of some batches: what the work costs, however busy the machine is.
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const spent = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
const cost = async (work, ...given) => {
  const turns = 10;
  let least = Infinity;
  for (let batch = 0; batch < 3; batch += 1) {
    const before = await spent();
    await page.evaluate(work, [turns, ...given]);
    least = Math.min(least, (await spent() - before) / turns);
  }
  return Math.round(least * 100) / 100;
};
const search = ([turns, word]) => {
  const query = document.querySelector('#q');
  for (let turn = 0; turn < turns; turn += 1) {
    query.value = turn % 2 ? '' : word;
    query.dispatchEvent(new Event('input', { bubbles: true }));
  }
};
const sort = ([turns, key]) => {
  const button = document.querySelector(`#order [value=${key}]`), back = document.querySelector('#order button');
  for (let turn = 0; turn < turns; turn += 1) (turn % 2 ? back : button).click();
};
let searching = 0, sorting = 0;
for (const word of ['l', 'linux', 'a e', 'zzzz']) searching = Math.max(searching, await cost(search, word));
for (const key of ['active', 'new', 'name']) sorting = Math.max(sorting, await cost(sort, key));
site.check(searching > 0 && sorting > 0, 'no processor time was measured');
const figures = [
  ['HTML, gzip -9', weigh(kind(/\.html$/)), limit, 'bytes'],
  ['CSS', weigh(kind(/\.css$/)), 7000, 'bytes'],
  ['JavaScript', weigh(kind(/\.js$/)), 8000, 'bytes'],
  ['for the first search', weigh(later), 18000, 'bytes'],
  ['JSON at load', weigh(kind(/\.json$/)), 0, 'bytes'],
  ['images at load', kind(/\.(png|jpe?g|gif|webp|svg|ico)$/).length, 1, 'files'],
  ['first view', weigh(asked), limit + 25000, 'bytes'],
  ['requests', asked.length, 6, ''],
  ['elements a row', rows.elements, 15, ''],
  ['search, a key press', searching, 8, 'ms'],
  ['sort', sorting, 8, 'ms'],
];
console.error(`${rows.count} Communities`);
for (const [name, figure, most, unit] of figures) {
  console.error(`  ${name.padEnd(20)} ${String(figure).padStart(8)} of ${most} ${unit}`);
  site.check(figure <= most, `${name}: ${figure} ${unit}, more than ${most}`);
}
await page.click('#order [value=name]');
await page.click('#order [value=active]');
await page.waitForFunction((count) => {
  const known = [...document.querySelectorAll('#list > li')].map((row) => Number(row.dataset.a.replaceAll(',', '').replace(/^<.*/, '0.5') || -1));
  return known.length === count && known.every((one, i) => i === 0 || one <= known[i - 1]);
}, rows.count);
site.check(rows.lazy, 'rows out of view are drawn');
await site.done();
