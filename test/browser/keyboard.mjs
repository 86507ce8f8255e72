// usage: keyboard.mjs SITE: search, sort, open, copy and go back with keys alone.
import { Site } from './site.mjs';

const site = await Site.open(process.argv[2]);
const page = await site.page({ permissions: ['clipboard-read', 'clipboard-write'] });
const at = () => page.evaluate(() => {
  const on = document.activeElement;
  return { id: on.id, name: on.name, text: on.textContent.trim(), sort: on.parentNode?.dataset?.sort, copy: on.classList.contains('copy'), row: on.closest('tbody tr')?.id };
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
const rows = () => page.$$eval('#list tbody tr', (all) => all.filter((row) => !row.hidden).map((row) => ({
  id: row.id, name: row.cells[0].querySelector('a').textContent, users: row.cells[3].textContent.replaceAll(',', ''), text: row.textContent,
  link: row.querySelector('.j a')?.getAttribute('href'),
})));
const status = () => page.textContent('#found');

try {
  await page.goto(site.url('index.html'));
  const all = await rows();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  site.check((await at()).id === 'main', 'the first stop does not skip to the content');

  await tabTo((now) => now.id === 'q', 'the search');
  const before = await status();
  await page.keyboard.type('LÍNUX');
  await page.waitForFunction((old) => document.querySelector('#found').textContent !== old, before);
  const found = await rows();
  site.check(found.length > 0 && found.length < all.length, `search shows ${found.length} of ${all.length}`);
  site.check(found.every((row) => /linux/i.test(row.text)), 'search shows what it should not');
  site.check(all.filter((row) => /linux/i.test(row.text)).length === found.length, 'search hides what it should show');
  site.check((await status()).endsWith(` ${found.length}`), `the status says "${await status()}" of ${found.length}`);
  site.check(new URL(page.url()).searchParams.get('q') === 'LÍNUX', 'the search is not in the address');

  await tabTo((now) => now.sort === 'users', 'the button that sorts by users');
  await page.keyboard.press('Enter');
  const heads = () => page.$$eval('#list [aria-sort]', (some) => some.map((one) => `${one.dataset.sort} ${one.ariaSort}`));
  const known = async () => (await rows()).map((row) => row.users).filter(Boolean).map(Number);
  const isSorted = (some, way) => some.every((one, i) => i === 0 || way * (some[i - 1] - one) <= 0);
  site.check((await heads()).join() === 'users descending', `after Enter: ${await heads()}`);
  site.check(isSorted(await known(), -1), 'the users do not descend');
  await page.keyboard.press('Space');
  site.check((await heads()).join() === 'users ascending', `after Space: ${await heads()}`);
  site.check(isSorted(await known(), 1), 'the users do not ascend');
  const sorted = (await rows()).map((row) => row.id).join();

  const { row } = await tabTo((now) => now.row && !now.copy && now.text !== '', 'the first Community');
  const [chosen] = await rows();
  site.check(row === chosen.id, `the first stop in the list is ${row}, the first row ${chosen.id}`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  site.check((await page.textContent('h1')).trim() === chosen.name, `${page.url()} is not the page of ${chosen.name}`);

  await tabTo((now) => now.copy, 'the copy button');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('#toast').textContent !== '');
  site.check(await page.evaluate(() => navigator.clipboard.readText()) === chosen.link, 'what was copied is not the join link');
  site.check((await at()).copy, 'copying takes the focus away');

  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#q').value !== '');
  await page.waitForFunction((wanted) => [...document.querySelectorAll('#list tbody tr')].filter((one) => !one.hidden).map((one) => one.id).join() === wanted, sorted);
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((count) => [...document.querySelectorAll('#list tbody tr')].filter((one) => !one.hidden).length === count, all.length);
  site.check(await page.inputValue('#q') === '', 'Back does not take the search back');
  site.check((await rows()).map((one) => one.id).join() === all.map((one) => one.id).join(), 'Back does not take the order back');

  // Filters, by keys, and taking them back with the button.
  for (const [name, is] of [['lang', (one, value) => one.langs.includes(value)], ['host', (one, value) => one.host === value]]) {
    await page.focus(`#f-${name}`);
    await page.keyboard.press('ArrowDown');
    const value = await page.inputValue(`#f-${name}`);
    const shown = await page.$$eval('#list tbody tr', (some) => some.filter((one) => !one.hidden)
      .map((one) => ({ langs: one.cells[2].dataset.c.split(' '), host: one.cells[4].textContent })));
    site.check(value && shown.length > 0 && shown.length < all.length && shown.every((one) => is(one, value)), `the filter ${name}=${value} shows ${shown.length}`);
    await page.focus('#find button');
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => [...document.querySelectorAll('#list tbody tr')].filter((one) => !one.hidden).length === count, all.length);
  }
  await page.focus('#f-proven');
  await page.keyboard.press('Space');
  site.check((await rows()).every((one) => one.text.includes('Key proven')), 'the proven filter shows others');

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
