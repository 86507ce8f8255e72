// usage: screenshots.mjs SITE FOLDER [PATH...]: pictures of pages to look at, one of each kind where none is named: at 360, 768 and
// 1440 px, light and dark; the badge of a room, the index in German and, where it is there, Persian, and the dialog of a room, too. NAME-WIDTH-SCHEME.png.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { files, Site } from './site.mjs';

const [folder, out, ...named] = process.argv.slice(2);
const site = await Site.open(folder);
mkdirSync(out, { recursive: true });
const paths = named.length ? named : [...site.kinds(), ...files(site.folder).filter((file) => /^badge\/.*\.svg$/.test(file)).slice(0, 1), 'index.html?q=linux', 'index.html?q=zzzz', 'index.html#more', 'index.html#join', 'de/index.html#join', 'de/index.html', 'fa/index.html'];
for (const scheme of ['light', 'dark'])
  for (const width of [360, 768, 1440]) {
    const page = await site.page({ width, height: width === 360 ? 740 : 900, scheme });
    for (const path of paths) {
      const [file, query = ''] = path.replace(/#.*/, '').split('?');
      if (!existsSync(join(site.folder, file))) continue;
      await page.goto(site.url(file) + (query && `?${query}`));
      await page.waitForTimeout(300);
      if (path.endsWith('#more')) await page.click('.more summary');
      if (path.endsWith('#join')) {
        await page.click('#list .join');
        await page.waitForSelector('dialog[open]');
      }
      await page.screenshot({ path: join(out, `${path.replace(/\.html/, '').replace(/[^\w-]+/g, '_')}-${width}-${scheme}.png`) });
    }
    await page.context().close();
  }
await site.done();
