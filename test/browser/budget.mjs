// usage: budget.mjs SITE HTML-LIMIT: weighs one page of each kind as it is first shown, what its search loads, and what the first press of a key costs. Prints the
// figures; one over its limit is a fault.
import { gzipSync } from 'node:zlib';
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const limit = Number(process.argv[3]);
const weigh = (paths) => paths.reduce((sum, path) => sum + gzipSync(site.read(path), { level: 9 }).length, 0);
const paths = (page) => [...new Set(page.asked.map((url) => decodeURIComponent(new URL(url).pathname).slice(1)))];  // the icon of the page before may come late
const figures = new Map();  // name: [the greatest figure, its limit, unit, page]
const measure = (path, name, figure, most, unit) => {
  const known = figures.get(name);
  if (!known || figure / most > known[0] / known[1] || figure > most) figures.set(name, [figure, most, unit, path]);
  site.check(figure <= most, `${path}: ${name}: ${figure} ${unit}, more than ${most}`);
};
// Processor time of the page in milliseconds: what the work costs, however busy the machine is.
const clock = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
};
const type = (page, word) => page.evaluate((text) => {
  const query = document.querySelector('#q');
  query.value = text;
  query.dispatchEvent(new Event('input', { bubbles: true }));
}, word);

// Every kind of page, as one who comes there first gets it; on one with a search, what it loads when it is used first, also for words that stand in no name.
const one = await site.page();
await (await one.context().newCDPSession(one)).send('Network.setCacheDisabled', { cacheDisabled: true });
const idle = (many) => one.evaluate(async (turns) => { for (; turns > 0; turns -= 1) await new Promise((done) => { requestIdleCallback(done); }); }, many);
for (const path of site.kinds()) {
  one.asked = [];
  await one.goto(site.url(path));
  const isList = await one.locator('#list').count() > 0, hasSearch = await one.locator('#find').count() > 0;
  if (hasSearch) await one.waitForSelector('#list[data-ready]');
  await idle(2);  // what scripts do later, they do now
  const asked = paths(one), kind = (pattern, from = asked) => from.filter((name) => pattern.test(name));
  measure(path, 'HTML', weigh(kind(/\.html$/)), isList ? limit : 25000, 'bytes');
  measure(path, 'CSS', weigh(kind(/\.css$/)), 7000, 'bytes');
  measure(path, 'JavaScript', weigh(kind(/\.js$/)), 8000, 'bytes');
  if (path !== '404.html') measure(path, 'JSON at load', weigh(kind(/\.json$/)), 0, 'bytes');
  const images = kind(/\.(png|jpe?g|gif|webp|svg|ico)$/).filter((name) => !/^(assets\/icon\.\w+\.svg|favicon\.ico)$/.test(name));  // not every chromium shows the icon
  measure(path, 'images at load', images.length, path.startsWith('c/') ? 1 : 0, 'files');  // its QR code
  measure(path, 'first view', weigh(asked), (isList ? limit : 25000) + 25000, 'bytes');
  measure(path, 'requests', asked.length, 6, '');
  site.check(kind(/\.css$/).length === 1, `${path}: ${asked.length} requests, none for its style`);
  if (hasSearch) {
    await one.focus('#q');
    await Promise.all([one.waitForRequest(/hints\.json$/), type(one, 'kubuntu')]);  // the search is there, or it would not ask for it
    const later = paths(one).slice(asked.length), hints = kind(/hints\.json$/, later);
    const first = later.filter((name) => !hints.includes(name));
    site.check(first.length > 1, `${path}: the search loads only ${first}`);
    measure(path, 'first search', weigh(first.filter((name) => name !== 'search/rooms.json')), 8000, 'bytes');
    measure(path, 'index of all rooms', weigh(kind(/rooms\.json$/, first)), limit, 'bytes');
    measure(path, 'words that hint at topics', weigh(hints), 22000, 'bytes');
  }
}
await one.context().close();

// The first press of a key after the field got the focus, and there was nothing else to do for a while; each in a page of its own.
// Other work on the machine makes it longer, never shorter: one turn that is fast enough shows that the page is.
for (const word of ['l', 'linux', 'zzzz']) {
  let least = Infinity;
  for (let turn = 0; turn < 12 && least > 8; turn += 1) {
    const page = await site.page();
    await page.goto(site.url('index.html'));
    await page.waitForSelector('#list[data-ready]');
    await page.focus('#q');
    await page.waitForFunction(() => globalThis.roomSearch);
    await page.evaluate(async () => { for (let quiet = 0; quiet < 20; quiet += 1) await new Promise((done) => { requestIdleCallback(done); }); });
    const spent = await clock(page), before = await spent();
    await type(page, word);
    least = Math.min(least, await spent() - before);
    await page.context().close();
  }
  measure('index.html', 'first key press', Math.round(least * 100) / 100, 8, 'ms');
}

const page = await site.page();
await page.goto(site.url('index.html'));
await page.waitForSelector('#list[data-ready]');
await page.focus('#q');
await page.waitForFunction(() => globalThis.roomSearch);
const rows = await page.$$eval('#list > li', (all) => ({
  count: all.length, elements: Math.max(...all.map((row) => 1 + row.querySelectorAll('*').length)),
  lazy: all.slice(20).every((row) => getComputedStyle(row).contentVisibility === 'auto'),
}));
measure('index.html', 'elements a row', rows.elements, 15, '');
const spent = await clock(page);
const cost = async (work, ...given) => {
  const turns = 10;
  let least = Infinity;
  for (let batch = 0; batch < 12 && least > 8; batch += 1) {
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
measure('index.html', 'search, a key press', searching, 8, 'ms');
measure('index.html', 'sort', sorting, 8, 'ms');
console.error(`${rows.count} Communities`);
for (const [name, [figure, most, unit, path]] of figures) console.error(`  ${name.padEnd(26)} ${String(figure).padStart(8)} of ${most} ${unit} (${path})`);
await page.click('#order [value=name]');
await page.click('#order [value=active]');
await page.waitForFunction((count) => {
  const list = [...document.querySelectorAll('#list > li[id]')], last = new Map();
  const known = list.map((row) => [row.querySelector('.m bdi').textContent, Number(row.dataset.a.replaceAll(',', '').replace(/^<.*/, '0.5') || -1)]);
  const most = Math.max(...known.map(([, activity]) => activity));
  return known.length === count && known[0][1] === most && known.every(([host, activity]) => {  // no server fills the first rows (orders.mjs)
    const isInOrder = activity <= (last.get(host) ?? Infinity);
    last.set(host, activity);
    return isInOrder;
  });
}, rows.count);
site.check(rows.lazy, 'rows out of view are drawn');
await site.done();
