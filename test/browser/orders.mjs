// usage: orders.mjs SITE: in no order, and with no filter, does one server fill the first rows; copies come last. Of the SITE, crowd.example has
// the most rooms, the most active and the newest; copy.example copies.
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const page = await site.page();
await page.goto(site.url('index.html'));
await page.waitForSelector('#list[data-ready]');
const hosts = () => page.$$eval('#list .m bdi', (all) => all.map((one) => one.textContent));
const all = (await hosts()).length;
const check = async (what, rooms) => {
  const shown = await hosts();
  for (const crowd of [/crowd.example$/, /^203[.]0[.]113/, /onion$/]) {
    const ofCrowd = (rows) => shown.slice(0, rows).filter((host) => crowd.test(host)).length;
    site.check(shown.length === rooms && ofCrowd(20) === 3 && ofCrowd(100) === 10, `${what}: ${shown.length} rooms, ${ofCrowd(20)} of the first 20, ${ofCrowd(100)} of 100 are of ${crowd}`);
  }
  site.check(shown.at(-1) === 'copy.example' && shown.at(-2) === 'copy.example', `${what}: copies are not last: ${shown.slice(-3)}`);
};
for (const order of ['active', 'new']) {
  await page.click(`#order [value=${order}]`);
  await check(order, all);
}
await page.click('#order button');
await page.click('.more summary');
await page.selectOption('#f-lang', 'de');
await check('German', all - 1);
await page.selectOption('#f-lang', '');
await page.fill('#q', 'raum');
await page.waitForFunction((count) => document.querySelectorAll('#list > li[id]').length === count, all);
await check('a search', all);
await site.done();
