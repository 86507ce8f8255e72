// usage: layout.mjs SITE: large letters and spaced text fit; old data is called old; the site opens from file://; it respects forced colours, paper and reduced motion.
import { Site } from './site.mjs';

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

// A long link beside its button, in the narrow half of a card.
const half = await site.page({ width: 768 });
await half.goto(site.url(kinds.find((one) => one.startsWith('c/'))));
site.check((await half.locator('.card .copy').boundingBox()).height < 60, 'the button that copies is as tall as the link beside it');
await half.context().close();

// Data as old as it may be, and older.
for (const [now, said] of [['2026-11-22T23:04:00Z', false], ['2026-11-23T20:05:00Z', true]]) {
  const later = await site.page({ now });
  await later.goto(site.url('index.html'));
  await later.waitForSelector('th button');
  site.check(await later.locator('#stale').isVisible() === said, `at ${now} the page ${said ? 'does not say' : 'says'} that it is old`);
  await later.context().close();
}

// From a folder on a disk.
const local = await site.page();
await local.goto(`file://${site.folder}/index.html`);
site.check(await local.evaluate(() => getComputedStyle(document.querySelector('.logo')).width) === '28px', 'file://: no style');
site.check(await local.locator('th button').count() > 0, 'file://: no script');
await local.fill('#q', 'linux');
site.check(await local.locator('#list tbody tr:visible').count() > 0, 'file://: search finds nothing');
await local.locator('#list tbody tr:visible th a').first().click();
await local.waitForSelector('h1');
site.check(/\/c\//.test(local.url()), `file://: ${local.url()}`);
await local.context().close();

// Forced colours, paper, no motion.
const forced = await site.page({ forcedColors: 'active', reducedMotion: 'reduce' });
await forced.goto(site.url('index.html'));
site.check(await forced.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior) === 'auto', 'moves although asked not to');
site.check(await forced.evaluate(() => {
  const fill = getComputedStyle(document.querySelector('.mark')).fill;
  return fill === getComputedStyle(document.body).color;
}), 'forced colours: the drawing of a key is not in the colour of text');
await forced.emulateMedia({ media: 'print' });
site.check(!(await forced.locator('#find').isVisible()), 'on paper: the search');
site.check(await forced.evaluate(() => getComputedStyle(document.querySelector('#list .j a'), '::after').content.includes('attr(href)')
  || getComputedStyle(document.querySelector('#list .j a'), '::after').content.includes('public_key')), 'on paper: no join link');
await site.done();
