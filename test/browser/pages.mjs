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

// Opens `path`, until its scripts have nothing left to do, and names what moved meanwhile.
const still = async (page, path, width) => {
  await page.goto(site.url(path));
  await page.waitForFunction(() => !document.querySelector('#find') || document.querySelector('#list[data-ready]'));
  const moved = await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done(globalThis.moved())));
  }));
  for (const what of moved) site.fault(`${path} at ${width}: the layout shifts: ${what}`);
};
const watched = async (options) => {
  const page = await site.page(options);
  await page.addInitScript(() => {
    const moves = [];
    const note = (list) => {
      for (const { value, sources } of list)
        if (value > 0.01)  // a word that comes in two pieces may move its neighbour a little
          moves.push(`${value.toFixed(5)} ${sources.map(({ node }) => (node?.outerHTML ?? `text in ${node?.parentNode?.outerHTML}`).slice(0, 120)).join(' and ')}`);
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    globalThis.moved = () => {
      note(observer.takeRecords());
      return moves;
    };
  });
  return page;
};

// The rules of axe; once a page has passed all of them, those that depend on colours and sizes, in its own part of the page.
const all = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const seen = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'] } };
const check = async (page, path, [scheme, width], rules) => {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  const { violations, passes } = await page.evaluate(([given, exclude]) => globalThis.axe.run({ exclude }, { ...given, resultTypes: ['violations'], elementRef: false }),
    [rules, rules === all || path === 'index.html' ? [] : [['.top'], ['.foot']]]);
  if (rules === all) looked += passes.length;
  for (const { id, help, nodes } of violations)
    for (const node of nodes.slice(0, 3)) site.fault(`${path} (${scheme}, ${width}): ${id}: ${node.html.slice(0, 200)}: ${node.any[0]?.message ?? help}`);
};
const look = async () => {
  const page = await watched({ width: 320 });
  for (const path of kinds) {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await still(page, path, 320);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { content-visibility: visible !important; transition: none !important; }');
      document.adoptedStyleSheets = [sheet];
    });
    const { wide, who } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      who: [...document.querySelectorAll('main *')].find((one) => one.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 120),
    }));
    site.check(wide <= 0, `${path} at 320: ${wide} px too wide: ${who}`);
    await page.evaluate(axe);
    await check(page, path, ['light', 360], all);
    await check(page, path, ['dark', 1440], rich.includes(path) ? all : seen);
    if (!rich.includes(path)) continue;
    await check(page, path, ['light', 1440], seen);
    await check(page, path, ['dark', 360], seen);
  }
  await page.context().close();
};
// What a visitor sees first on a list: rooms.
const rowsFirst = async (page, path, [width, most, rows, tall]) => {
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
};
const lists = ['index.html', 'adult.html', ...site.lists()];
site.check(lists.length === 6, `not every kind of list: ${lists}`);
const everyList = ['', 'de/', 'ru/', 'fa/'].flatMap((lang) => lists.map((list) => lang + list));
const others = [...kinds, 'de/index.html', 'ru/index.html'].filter((path) => !path.startsWith('c/'));
const comes = async () => {
  for (const width of [768, 1024]) {
    const page = await watched({ width });
    for (const path of others) await still(page, path, width);
    await page.context().close();
  }
  for (const [width, height, ...limits] of [[360, 740, 300, 3, 125], [1440, 900, 260, 8, 76]]) {
    const page = await watched({ width, height });
    for (const path of new Set([...kinds, ...everyList])) {
      await still(page, path, width);
      if (everyList.includes(path)) await rowsFirst(page, path, [width, ...limits]);
    }
    await page.context().close();
  }
};
site.slow = true;
await Promise.all([look(), comes()]);
site.check(looked > 30 * kinds.length, `only ${looked} rules found something to look at`);
await site.done();
