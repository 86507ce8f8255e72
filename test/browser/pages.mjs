// usage: pages.mjs SITE: one page of each kind, light and dark, narrow and wide: axe-core finds nothing, nothing moves while the page comes in small pieces,
// and the page never scrolls sideways, not even at 320 px. The richest kinds are looked at in all four ways, the others in two. On every kind of list a
// visitor sees rooms first.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Site } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const site = await Site.open(process.argv[2]);
const kinds = [...site.kinds(), 'zh/index.html', 'fa/index.html', 'ar/instructions.html', 'ru/instructions.html', 'cs/criteria.html'];
const rich = kinds.filter((path) => /^(index|status|server-.*)\.html$|^c\//.test(path));
let looked = 0;

// A page that opens `path` and finds that nothing moves; whatever did is named.
const still = async (page, path, width) => {
  await page.goto(site.url(path));
  await page.waitForTimeout(50);
  for (const moved of await page.evaluate(() => globalThis.moved)) site.fault(`${path} at ${width}: the layout shifts: ${moved}`);
};
const watched = async (options) => {
  const page = await site.page(options);
  await page.addInitScript(() => {
    globalThis.moved = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries())
        globalThis.moved.push(`${value.toFixed(5)} ${sources.map(({ node }) => (node?.outerHTML ?? `text in ${node?.parentNode?.outerHTML}`).slice(0, 120)).join(' and ')}`);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return page;
};
const look = async (scheme, width, kinds) => {
  const page = await watched({ width, scheme });
  const narrower = async (path, to) => {
    await page.setViewportSize({ width: to, height: 900 });
    const { wide, who } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      who: [...document.querySelectorAll('main *')].find((one) => one.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 120),
    }));
    site.check(wide <= 0, `${path} at ${to}: ${wide} px too wide: ${who}`);
  };
  for (const path of kinds) {
    await still(page, path, width);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { content-visibility: visible !important; transition: none !important; }');
      document.adoptedStyleSheets = [sheet];
    });
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], elementRef: false,
    }));
    looked += result.passes.length;
    for (const violation of result.violations)
      for (const node of violation.nodes.slice(0, 3))
        site.fault(`${path} (${scheme}, ${width}): ${violation.id}: ${node.html.slice(0, 200)}: ${node.any[0]?.message ?? violation.help}`);
    if (width < 400) await narrower(path, 320);
    await page.setViewportSize({ width, height: 900 });
  }
  await page.context().close();
};
site.slow = true;
await Promise.all([look('light', 360, kinds), look('dark', 1440, kinds)]);
await Promise.all([look('dark', 360, rich), look('light', 1440, rich)]);
await Promise.all([320, 768, 1024].map(async (width) => {
  const page = await watched({ width });
  for (const path of [...kinds, 'de/index.html', 'ru/index.html'].filter((one) => !one.startsWith('c/'))) await still(page, path, width);
  await page.context().close();
}));
site.slow = false;

// What a visitor sees first: rooms.
const lists = ['index.html', 'adult.html', ...site.lists()];
site.check(lists.length === 6, `not every kind of list: ${lists}`);
for (const [width, height, most, rows, tall] of [[360, 740, 300, 3, 125], [1440, 900, 260, 8, 76]]) {
  const page = await site.page({ width, height });
  for (const path of lists.flatMap((list) => ['', 'de/', 'ru/', 'fa/'].map((lang) => lang + list))) {
    await page.goto(site.url(path));
    await page.waitForFunction(() => !document.querySelector('#find') || document.querySelector('#list[data-ready]'));
    const seen = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('#list > li')].map((row) => row.getBoundingClientRect());
      return { head: document.querySelector('.top').offsetHeight, first: Math.round(boxes[0].y), whole: boxes.filter((box) => box.bottom <= innerHeight).length, count: boxes.length, tallest: Math.max(...boxes.map((box) => Math.round(box.height))) };
    });
    const at = `${path} at ${width}`;
    site.check(seen.head <= 49, `${at}: the header has ${seen.head} px`);
    site.check(seen.first <= most, `${at}: the first room begins at ${seen.first} px, later than ${most}`);
    site.check(seen.whole >= Math.min(rows, seen.count), `${at}: ${seen.whole} rooms are seen, less than ${rows}`);
    site.check(seen.tallest <= tall, `${at}: a row has ${seen.tallest} px, more than ${tall}`);
    if (path === 'index.html') console.error(at, JSON.stringify(seen));
  }
  await page.context().close();
}
site.check(looked > 30 * kinds.length, `only ${looked} rules found something to look at`);
await site.done();
