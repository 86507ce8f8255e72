// usage: join.mjs SITE: from a list to a join link: the dialog, the room's page on a phone, a page without any SVG, and an address
// that leads nowhere.
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Site } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const site = await Site.open(process.argv[2]);
const listed = JSON.parse(site.read('communities.json')).communities;
const toast = (page) => page.waitForFunction(() => document.querySelector('#toast').textContent);

// From the list: the dialog has the link, its code and the steps; Escape leads back to where it was opened.
for (const lang of ['', 'de/']) {
  const page = await site.page({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(site.url(`${lang}index.html`));
  const join = page.locator('#list .join').nth(2), wanted = await join.getAttribute('data-url');
  await join.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await page.waitForFunction(() => document.querySelector('dialog img').naturalWidth > 0);
  site.check(await page.locator('dialog .link').getAttribute('href') === wanted, `${lang}dialog: another join link`);
  const name = await page.locator('dialog h1').textContent();
  site.check(await page.getByRole('dialog', { name, exact: true }).count() === 1, `${lang}dialog: a screen reader does not call it ${name}`);
  site.check(await page.locator('dialog ol li').count() === 3, `${lang}dialog: not three steps`);
  site.check(await page.evaluate(() => document.activeElement.matches('dialog .copy')), `${lang}dialog: the focus is not on the button that copies`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run('dialog', { resultTypes: ['violations'], elementRef: false }));
  for (const { id, nodes } of violations) site.fault(`${lang}dialog: ${id}: ${nodes[0].html}`);
  await page.keyboard.press('Enter');
  await toast(page);
  site.check(await page.evaluate(() => navigator.clipboard.readText()) === wanted, `${lang}dialog: what was copied is not the join link`);
  await page.evaluate(() => delete Navigator.prototype.share);
  await page.click('dialog .send');
  await page.waitForFunction(() => document.querySelector('#toast').textContent.includes('address') || document.querySelector('#toast').textContent.includes('Adresse'));
  const shared = await page.evaluate(() => navigator.clipboard.readText());
  site.check(shared === await page.locator('dialog a.whole').evaluate((link) => link.href) && shared.includes(`/${lang}c/`), `${lang}dialog: shares ${shared}`);
  await page.keyboard.press('Escape');
  site.check(await join.evaluate((link) => link === document.activeElement), `${lang}dialog: Escape does not lead back`);
  await page.context().close();
}

// On the narrowest phone nothing in the dialog or on the page covers anything, and the join link takes no more than its lines.
const narrow = await site.page({ width: 320, height: 640 });
const boxes = (selectors) => narrow.evaluate((all) => all.map((one) => document.querySelector(one).getBoundingClientRect().toJSON()), selectors);
await narrow.goto(site.url('de/index.html'));
await narrow.click('#list .join');
await narrow.waitForSelector('dialog[open]');
const [close, name, named] = await boxes(['dialog .close', 'dialog h1', 'dialog .named']);
site.check(close.left >= Math.max(name.right, named.right) - 1 || close.bottom <= named.top, `the dialog's button to close covers its name: ${JSON.stringify([close, named])}`);
await narrow.goto(site.url(`de/${listed.find((one) => !one.not_joinable).page}`));
const [link, copy] = await boxes(['#join .link', '#join .copy']);
site.check(link.height < 160 && copy.top - link.bottom < 20, `the join link takes ${link.height} px, the button comes ${copy.top - link.bottom} px below`);
await narrow.context().close();

// On a phone the way to copy stays in view, and is there once.
const path = listed.find((one) => !one.not_joinable).page;
const phone = await site.page({ width: 360, height: 740 });
await phone.goto(`${site.url(path)}#join`);
const seen = () => phone.$$eval('.copy', (all) => all.filter((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return height > 0 && document.elementFromPoint(x + width / 2, y + height / 2) === one;  // in view, and not below the other one
}).length);
await phone.waitForFunction(() => document.querySelector('.stick').hidden);
site.check(await seen() === 1, `at #join ${await seen()} buttons that copy`);
await phone.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
await phone.waitForFunction(() => !document.querySelector('.stick').hidden);
site.check(await seen() === 1, `at the top ${await seen()} buttons that copy`);
await phone.context().close();

// Tor Browser at its safest: no script, no SVG. Nothing is said by a drawing alone.
const safest = await site.page({ javaScriptEnabled: false });
for (const page of [path, `de/${path}`, 'status.html']) {
  await safest.goto(site.url(page));
  const words = async () => (await safest.locator('main').innerText()).replace(/\s+/g, ' ').trim();
  const before = await words();
  await safest.locator('svg').evaluateAll((all) => all.forEach((one) => one.remove()));
  site.check(await words() === before, `${page}: a word is gone with the drawings`);
  site.check(await safest.locator('img[src$=".svg"], object, embed').count() === 0, `${page}: an image that is SVG`);
}
await safest.goto(site.url(path));
site.check(await safest.locator('#qr img').evaluate((image) => image.naturalWidth >= 240), 'without SVG there is no QR code');
const facts = await safest.locator('.trust').innerText();
site.check(/Link verified \d{4}-\d\d-\d\d/.test(facts) && /Answered \d+ % of the last/.test(facts) && /Found on 1 list/.test(facts), `without SVG: ${facts}`);
await safest.context().close();

// An address that leads nowhere: the search box holds what it says, and the nearest names are offered.
const lost = await site.page();
copyFileSync(`${site.folder}/404.html`, `${site.folder}/linx-lounge+0123abcd.html`);
await lost.goto(site.url('linx-lounge+0123abcd.html'));
await lost.waitForSelector('#near:not([hidden])');
site.check(lost.asked.some((url) => url.endsWith('search/rooms.json')) && !lost.asked.some((url) => url.includes('communities')), `asks for ${lost.asked}`);
rmSync(`${site.folder}/linx-lounge+0123abcd.html`);
site.check(await lost.inputValue('#q') === 'linx lounge', `the search box holds ${await lost.inputValue('#q')}`);
const near = await lost.$$eval('#near a', (all) => all.map((one) => one.textContent));
site.check(near.length === 5 && near[0].startsWith('Linux Lounge'), `near: ${near}`);
await lost.click('#near a');
await lost.waitForSelector('.named');
site.check(new URL(lost.url()).pathname.startsWith('/c/'), `near leads to ${lost.url()}`);
await site.done();
