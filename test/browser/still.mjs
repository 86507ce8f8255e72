// usage: still.mjs SITE: the site without JavaScript. Following links from the index, every listed join link is on a page at most two
// steps away; nothing that needs a script is shown.
import { posix } from 'node:path';
import { parse } from 'parse5';
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const links = (path) => {
  const found = [];
  const walk = (node) => {
    if (node.nodeName === 'a') found.push(node.attrs.find(({ name }) => name === 'href')?.value ?? '');
    (node.childNodes ?? []).forEach(walk);
  };
  walk(parse(site.read(path)));
  return found;
};
let step = ['index.html'];
const seen = new Set(step), joins = new Set();
for (let steps = 0; steps <= 2; steps += 1) {
  const next = [];
  for (const path of step) {
    for (const link of links(path)) {
      if (/^https?:/.test(link)) joins.add(link);
      const to = posix.join(posix.dirname(path), decodeURIComponent(link.replace(/[?#].*/, '')));
      if (/^[a-z]+:/i.test(link) || !/\.html$/.test(to) || seen.has(to)) continue;
      seen.add(to);
      next.push(to);
    }
  }
  step = next;
}
const listed = JSON.parse(site.read('communities.json')).communities;
site.check(listed.length > 10, `only ${listed.length} are listed`);
for (const one of listed) site.check(joins.has(one.join_url), `${one.identifier}: its join link is not reached in two steps`);

// An owner whose room is not listed comes in two steps to the lists that are read.
site.check(links('index.html').includes('criteria.html') && links('criteria.html').includes('status.html#sources'), 'no way to the lists that are read');

for (const width of [360, 1440]) {
  const page = await site.page({ width, javaScriptEnabled: false });
  await page.goto(site.url('index.html'));
  site.check(await page.locator('#list > li:visible').count() > 10, `${width}: rows are not shown`);
  site.check(await page.locator('.js:visible').count() === 0, `${width}: shows what needs a script`);
  site.check(await page.locator('button:visible').count() === 0, `${width}: shows a button that does nothing`);
  site.check(await page.locator('#list .join').first().isVisible(), `${width}: the way to join is not shown`);
  await page.locator('#list h2 a').first().click();
  site.check(await page.locator('#qr img').evaluate((image) => image.naturalWidth > 0), 'the QR code is not shown');
  await page.context().close();
}
await site.done();
