// usage: keyboard.mjs SITE: search, sort, open, copy and go back with keys alone.
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const page = await site.page({ permissions: ['clipboard-read', 'clipboard-write'] });
const at = () => page.evaluate(() => {
  const on = document.activeElement;
  return { id: on.id, order: on.closest('#order') && on.value, copy: on.classList.contains('copy'), join: on.classList.contains('join'), row: on.closest('#list > li')?.id };
});
// Presses Tab until the focus is where it is wanted; every stop must be visible and not covered by the sticky head.
const tabTo = async (wanted, what) => {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const on = document.activeElement, box = on.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const style = getComputedStyle(on);
      if (style.outlineStyle === 'none') return 'has no visible focus';
      return on.contains(top) || top?.contains(on) ? '' : 'is covered';
    });
    const now = await at();
    if (hidden) site.fault(`the stop ${JSON.stringify(now)} ${hidden}`);
    if (wanted(now)) return now;
  }
  site.fault(`Tab never comes to ${what}`);
  throw new Error(what);
};
const rows = () => page.$$eval('#list > li', (all) => all.map((row) => ({
  id: row.id, name: row.querySelector('h2').textContent, users: row.dataset.u.replaceAll(',', ''), activity: row.dataset.a.replaceAll(',', '').replace(/^<.*/, '0.5'), text: row.textContent, langs: row.dataset.l,
  host: row.querySelector('bdi:last-child').textContent, topics: row.dataset.t, link: row.querySelector('.join')?.dataset.url,
})));
const status = () => page.textContent('#found');
const shows = (count) => page.waitForFunction((many) => document.querySelectorAll('#list > li').length === many, count);

try {
  await page.goto(site.url('index.html'));
  await page.waitForSelector('#list[data-ready]');
  const all = await rows();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  site.check((await at()).id === 'list', 'the first stop does not skip to the list');
  const stops = {};
  let presses = 1;
  for (; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const { row } = await at();
    stops[row] = (stops[row] ?? 0) + 1;
    if (row === all[9].id) break;
  }
  site.check(presses <= 30, `the tenth room is ${presses} presses of Tab away`);
  site.check(Object.values(stops).every((many) => many <= 2), `more than two stops in a row: ${JSON.stringify(stops)}`);

  await page.keyboard.press('/');
  site.check((await at()).id === 'q', 'a / does not lead to the search');
  await page.waitForFunction(() => globalThis.roomSearch);
  await page.keyboard.type('LÍNUX');
  await page.waitForFunction((count) => document.querySelectorAll('#list > li').length < count, all.length);
  await page.waitForSelector('#list mark');
  const found = await rows();
  const isAbout = (row) => /linux/i.test(row.text) || row.topics.includes('linux');
  site.check(found.length > 0 && found.every(isAbout), 'search shows what it should not');
  site.check(all.filter(isAbout).length === found.length, 'search hides what it should show');
  await page.waitForFunction((text) => document.querySelector('#found').textContent === text, `${found.length} rooms`);
  site.check(new URL(page.url()).searchParams.get('q') === 'LÍNUX', 'the search is not in the address');

  await tabTo((now) => now.order === 'active', 'the button that puts the most active first');
  await page.keyboard.press('Enter');
  const pressed = () => page.$$eval('#order [aria-pressed=true]', (some) => some.map((one) => one.value).join());
  // By messages a day, then by people.
  const known = async () => (await rows()).map((row) => 1e6 * Number(row.activity || -1) + Number(row.users || -1));
  site.check(await pressed() === 'active', `after Enter: ${await pressed()}`);
  site.check((await known()).every((one, i, every) => i === 0 || one <= every[i - 1]), 'the most active are not first');
  const sorted = (await rows()).map((row) => row.id).join();

  const { row } = await tabTo((now) => now.row && !now.join, 'the first room');
  const [chosen] = await rows();
  site.check(row === chosen.id, `the first stop in the list is ${row}, the first row ${chosen.id}`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  site.check((await page.textContent('h1')).includes(chosen.name), `${page.url()} is not the page of ${chosen.name}`);

  await tabTo((now) => now.copy, 'the copy button');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('#toast').textContent !== '');
  site.check(await page.evaluate(() => navigator.clipboard.readText()) === chosen.link, 'what was copied is not the join link');
  site.check((await at()).copy, 'copying takes the focus away');

  await page.goBack();
  await page.waitForFunction((wanted) => [...document.querySelectorAll('#list > li')].map((one) => one.id).join() === wanted, sorted);
  site.check(await page.inputValue('#q') === 'LÍNUX', 'Back does not bring the search back');
  await page.goBack();
  await page.goBack();
  await shows(all.length);
  site.check(await page.inputValue('#q') === '', 'Back does not take the search back');
  site.check((await rows()).map((one) => one.id).join() === all.map((one) => one.id).join(), 'Back does not take the order back');

  // Filters, by keys, and taking them back with the button.
  await page.focus('.more summary');
  await page.keyboard.press('Enter');
  for (const [name, is] of [['lang', (one, value) => one.langs.split(' ').includes(value)], ['host', (one, value) => one.host === value]]) {
    await page.focus(`#f-${name}`);
    await page.keyboard.press('ArrowDown');
    const value = await page.inputValue(`#f-${name}`);
    const shown = await rows();
    site.check(value && shown.length > 0 && shown.length < all.length && shown.every((one) => is(one, value)), `the filter ${name}=${value} shows ${shown.length}`);
    await page.focus('.clear');
    await page.keyboard.press('Enter');
    await shows(all.length);
  }
  await page.focus('#f-proven');
  await page.keyboard.press('Space');
  const proven = await rows();
  site.check(proven.length < all.length && proven.every((one) => !/Link unverified|Outdated/.test(one.text)), 'the proven filter shows others');
  await page.focus('.clear');
  await page.keyboard.press('Enter');
  await shows(all.length);

  // A chip chooses among the rows, and is marked; pressed again, no more.
  const chip = page.locator('[data-topic]').first(), topic = await chip.getAttribute('data-topic');
  await chip.focus();
  await page.keyboard.press('Enter');
  const about = await rows();
  site.check(about.length > 0 && about.length < all.length && about.every((one) => one.topics.split(' ').includes(topic)), `the chip ${topic} shows ${about.length}`);
  site.check(await chip.getAttribute('aria-current') === 'true' && await page.inputValue('#f-topic') === topic, 'the chip that is chosen is not marked');
  await page.keyboard.press('Enter');
  await shows(all.length);

  // Older identifiers, as other sites write them.
  const old = all[4].id.replace(/\+.*/, `+${all[4].id.split('+')[1].slice(0, 4)}`);
  await page.goto(`${site.url('index.html')}#${old}`);
  await page.waitForFunction((id) => document.querySelector(':target')?.id === id, all[4].id);
  const lookup = JSON.parse(site.read(`lookup/${all[4].id.split('+')[1].slice(0, 2)}.json`));
  const [older, target] = Object.entries(lookup).find(([name]) => name.split('+')[1].length === 8 && !all.some((one) => one.id === name));
  await page.goto(`${site.url('about.html')}#${older}`);
  await page.waitForURL(site.root + target);
  await page.goto(`${site.url('index.html')}#nobody+${all[4].id.split('+')[1].slice(0, 2)}000000`);
  await page.waitForFunction(() => document.querySelector('#toast').textContent !== '');
} catch (error) {
  site.fault(`${page.url()}: ${error.message.split('\n')[0]}`);
}
await site.done();
