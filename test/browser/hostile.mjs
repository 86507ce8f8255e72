// usage: hostile.mjs SITE ROOMS: a site made of hostile names. Nothing of it runs, loads, asks, jumps or breaks the page, also when it
// is searched, sorted and filtered.
import { Site, files } from './site.mjs';

const site = await Site.open(process.argv[2]);
const rooms = Number(process.argv[3]);
const page = await site.page();
const pages = files(site.folder).filter((file) => /^(c\/)?[^/]+\.html$/.test(file)).sort();
const look = async (path) => {
  const state = await page.evaluate(() => ({
    pwned: globalThis.pwned, address: location.href, main: document.querySelectorAll('main').length, foot: document.querySelectorAll('body > footer').length,
    scripts: [...document.scripts].filter((one) => one.type !== 'application/ld+json').map((one) => one.getAttribute('src')),
    foreign: document.querySelectorAll('iframe, base, object, embed, form:not(#find, .lost), meta[http-equiv=refresh]').length,
    wide: document.documentElement.scrollWidth - innerWidth,
  }));
  site.check(state.pwned === undefined, `${path}: a script ran`);
  site.check(state.address.startsWith(site.root), `${path}: went to ${state.address}`);
  site.check(state.main === 1 && state.foot === 1, `${path}: the page is broken`);
  site.check(state.scripts.every((one) => /assets\/(site|list|search|lost)\.[0-9a-f]+\.js$/.test(one)), `${path}: scripts ${state.scripts}`);
  site.check(state.foreign === 0, `${path}: has an element that is not ours`);
  site.check(state.wide <= 0, `${path}: ${state.wide} px too wide`);
};
for (const path of pages) {
  await page.goto(site.url(path));
  await look(path);
}
for (const path of files(site.folder).filter((file) => /^badge\/.*\.svg$/.test(file))) {
  await page.goto(site.url(path));
  site.check(await page.evaluate(() => document.documentElement.nodeName === 'svg' && globalThis.pwned === undefined), `${path}: broken`);
}
await page.goto(site.url('index.html'));
await page.click('.more summary');
site.check(await page.locator('#list > li').count() === rooms, `${await page.locator('#list > li').count()} rows of ${rooms}`);
await page.waitForFunction(() => document.querySelector('#f-tag').options.length > 1);
const tags = await page.$$eval('#f-tag option', (all) => all.map((one) => one.value));
for (const tag of tags) await page.selectOption('#f-tag', tag);
for (const word of ['<script>', '"\'`', '\u202e', '\ufeff', '[.*+?^${}()|', 'x'.repeat(20000)]) await page.fill('#q', word);
for (const button of await page.locator('#order button').all()) await button.click();
await page.goto(`${site.url('index.html')}?q=<img src=x onerror=window.pwned=1>&lang="><script>window.pwned=1</script>&sort=__proto__&host=%00#<svg onload=window.pwned=1>`);
await page.waitForFunction(() => document.querySelector('#q').value !== '');
await look('a hostile address');
await page.goto(`${site.url('about.html')}#%`);
await look('an address that is no text');
await site.done();
