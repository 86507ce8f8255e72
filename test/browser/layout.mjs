// usage: layout.mjs SITE: large letters and spaced text fit; old data is called old; the site opens from file://; it respects forced colours, paper and reduced motion.
import { Site, files } from './site.mjs';

const site = await Site.open(process.argv[2]);
const kinds = site.kinds();
// Letters of twice the size, and text spaced as people set it (WCAG 1.4.4, 1.4.12).
const spaced = await site.page({ width: 640, bypassCSP: true });
for (const path of ['index.html', 'status.html', kinds.find((one) => one.startsWith('c/'))]) {
  await spaced.goto(site.url(path));
  for (const content of ['html { font-size: 200% !important }', '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }']) {
    await spaced.addStyleTag({ content });
    const wide = await spaced.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    site.check(wide <= 0, `${path} with ${content}: ${wide} px too wide`);
  }
}
await spaced.context().close();

// In every language: a narrow phone, and letters of twice the size on a wider one. No word of a menu is cut.
const phone = await site.page({ bypassCSP: true });
const server = kinds.find((one) => /^server-.*\.html$/.test(one));
for (const lang of files(site.folder).filter((file) => /^([a-z-]+\/)?index\.html$/.test(file)).map((file) => file.replace('index.html', '')))
  for (const path of ['index.html', 'status.html', server].map((one) => lang + one)) {
    await phone.setViewportSize({ width: 320, height: 800 });
    await phone.goto(site.url(path));
    await phone.evaluate(() => document.querySelector('#more')?.setAttribute('open', ''));
    const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const cut = await phone.$$eval('#find select', (all) => all.map((one) => {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = getComputedStyle(one).font;
      return [one.options[0].text, pen.measureText(one.options[0].text).width + 48 - one.clientWidth];
    }).filter(([, over]) => over > 0));
    site.check(cut.length === 0, `${path} at 320: cut: ${cut}`);
    const narrow = await wide();
    site.check(narrow <= 0, `${path} at 320: ${narrow} px too wide`);
    await phone.setViewportSize({ width: 360, height: 800 });
    await phone.addStyleTag({ content: 'html { font-size: 200% !important }' });
    const large = await wide();
    site.check(large <= 0, `${path} at 360 with large letters: ${large} px too wide`);
  }
await phone.context().close();

// A long link beside its button, in the narrow half of a card.
const half = await site.page({ width: 768 });
await half.goto(site.url(kinds.find((one) => one.startsWith('c/'))));
site.check((await half.locator('.card .copy').boundingBox()).height < 60, 'the button that copies is as tall as the link beside it');
await half.context().close();

// Data as old as it may be, and older.
const heads = [];
for (const [now, said] of [['2026-11-22T23:04:00Z', false], ['2026-11-23T20:05:00Z', true]]) {
  const later = await site.page({ now, width: 320 });
  await later.goto(site.url('index.html'));
  await later.waitForSelector('#list[data-ready]');
  const { position, y, below } = await later.$eval('#stale', (one) => ({
    position: getComputedStyle(one).position, y: one.getBoundingClientRect().bottom, below: document.querySelector('#find').getBoundingClientRect().top,
  }));
  site.check(position === 'static' && y < 200 && y <= below, `what says that the page is old is ${position}, at ${y} of ${below}`);
  heads.push(await later.$eval('h1', (one) => one.getBoundingClientRect().y));
  site.check(await later.locator('#stale').isVisible() === said, `at ${now} the page ${said ? 'does not say' : 'says'} that it is old`);
  await later.context().close();
}

site.check(heads[0] === heads[1], `what says that the page is old moves the page: ${heads}`);

// Every kind of page leads to itself in the reader's language.
const german = await site.page({ locale: 'de-DE' });
for (const path of kinds) {
  await german.goto(site.url(path));
  const hint = german.locator('#stale a');
  site.check(await hint.count() === 1 && await hint.textContent() === 'Diese Seite auf Deutsch', `${path}: no way to the page in German`);
  const to = decodeURIComponent(await hint.evaluate((link) => new URL(link.href).pathname.slice(1)));
  site.check(to === `de/${path}`, `${path}: the hint leads to ${to}`);
}
await german.context().close();
// The chip of the reader's language begins as the others do.
const russian = await site.page({ locale: 'ru-RU' });
await russian.goto(site.url('index.html'));
await russian.waitForSelector('#mine[lang]');
site.check(await russian.textContent('#mine') === 'Русский', `the chip of the reader's language: ${await russian.textContent('#mine')}`);
await russian.context().close();

// What a screen reader says of links, buttons and headings has no arrow, dot or slash that is there to be looked at.
const heard = await site.page();
const tree = await heard.context().newCDPSession(heard);
for (const path of ['index.html', kinds.find((one) => one.startsWith('c/')), server]) {
  await heard.goto(site.url(path));
  const { nodes } = await tree.send('Accessibility.getFullAXTree');
  const names = nodes.filter(({ ignored, role }) => !ignored && /^(link|button|heading|DisclosureTriangle)$/.test(role?.value)).map(({ name }) => name?.value ?? '');
  site.check(names.length > 20 && names.every(Boolean), `${path}: ${names.length} names, some of them empty`);
  site.check(!names.some((name) => /[·▾▴↓]/.test(name)), `${path}: a screen reader says ${names.filter((name) => /[·▾▴↓]/.test(name))}`);
}
await heard.context().close();

// From a folder on a disk.
const local = await site.page();
await local.goto(`file://${site.folder}/index.html`);
site.check(await local.evaluate(() => getComputedStyle(document.querySelector('.logo')).width) === '24px', 'file://: no style');
await local.waitForSelector('#list[data-ready]');
await local.fill('#q', 'linux');
await local.waitForSelector('#list mark');
await local.locator('#list h2 a').first().click();
await local.waitForSelector('.card.join');
site.check(/\/c\//.test(local.url()), `file://: ${local.url()}`);
await local.context().close();

// Forced colours, paper, no motion.
const forced = await site.page({ forcedColors: 'active', reducedMotion: 'reduce' });
await forced.goto(site.url('index.html'));
site.check(await forced.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior) === 'auto', 'moves although asked not to');
site.check(await forced.evaluate(() => {
  const fill = getComputedStyle(document.querySelector('.logo')).fill;
  return fill === getComputedStyle(document.body).color;
}), 'forced colours: the logo is not in the colour of text');
await forced.emulateMedia({ media: 'print' });
site.check(!(await forced.locator('#find').isVisible()), 'on paper: the search');
site.check(await forced.evaluate(() => getComputedStyle(document.querySelector('#list .join'), '::after').content.includes('public_key')), 'on paper: no join link');
await forced.goto(site.url(kinds.find((one) => one.startsWith('c/'))));
site.check(await forced.locator('.browse a').first().isVisible(), 'on paper: no languages and tags of a Community');
site.check(await forced.locator('main button:visible').count() === 0, 'on paper: a button');
// Letters of four times the size on a screen of 1280 by 1024: nothing stays in front of the text.
const zoomed = await site.page({ width: 320, height: 256 });
await zoomed.goto(site.url(kinds.find((one) => one.startsWith('c/'))));
site.check(await zoomed.evaluate(() => ![...document.querySelectorAll('body *')].some((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && one.offsetHeight > 20)), 'at 320 by 256 something covers the text');
await site.done();
