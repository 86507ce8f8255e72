// usage: qr.mjs SITE FOLDER: draws the QR code of the page of every Community that can be joined as FOLDER/N.png and prints the join link of each, in that order.
import { Site, files } from './site.mjs';

const [, , folder, pictures] = process.argv;
const site = await Site.open(folder);
const page = await site.page({ width: 480, height: 480 });
let number = 0;
for (const path of files(site.folder).filter((file) => /^c\/.*\.html$/.test(file)).sort()) {
  const text = site.read(path);
  if (text.includes('class="warn"')) continue;  // it can't be joined
  const [, image] = /id="qr"><img src="([^"]+)"/.exec(text) ?? [];
  const [, link] = /class="link" href="([^"]+)"/.exec(text) ?? [];
  if (!image || !link) {
    site.fault(`${path}: no QR code or no link`);
    continue;
  }
  await page.goto(new URL(image, site.url(path)).href);
  await page.screenshot({ path: `${pictures}/${String(number += 1).padStart(4, '0')}.png` });
  console.log(link);
}
await site.done();
