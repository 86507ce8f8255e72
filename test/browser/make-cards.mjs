// usage: make-cards.mjs SITES: draws SITES/static/card-LANG.png for each of its translations: what is shown where somebody posts a
// link to the site (1200 by 630). Chinese, Arabic and Persian need fonts of theirs (fonts-wqy-zenhei, fonts-noto-core).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { program } from './site.mjs';

const sites = process.argv[2];
const tiles = ['L', 'Ж', 'م', '中', 'E', 'ñ', 'K', 'Ω', 'é', 'R', 'ا', 'Ü'];
const browser = await chromium.launch({ executablePath: program, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
for (const file of readdirSync(`${sites}/translations`)) {
  const texts = Object.fromEntries(readFileSync(`${sites}/translations/${file}`, 'utf8').split('\n').map((line) => line.split(' = ', 2)));
  const [, name, claim] = /^(.*?)\s*[:：]\s*(.*)$/.exec(texts.card_alt);
  await page.setContent(`<!DOCTYPE html><html lang="${file.slice(0, -4)}" dir="${texts.direction}"><style>
    body { margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 72px 80px; background: #0e1311; color: #e4ebe6;
      font-family: "Noto Sans", "Noto Sans Arabic", "WenQuanYi Zen Hei", "DejaVu Sans", sans-serif; display: grid; grid-template-columns: 1fr auto; gap: 64px; align-items: center; }
    svg { width: 112px; fill: #74dba9; display: block; margin-bottom: 40px; }
    h1 { margin: 0; font-size: 76px; line-height: 1.15; letter-spacing: ${texts.direction === 'rtl' ? 0 : '-0.03em'}; }
    p { margin: 28px 0 0; font-size: 36px; line-height: 1.35; color: #9dada5; }
    div { display: grid; grid-template-columns: repeat(3, 112px); gap: 20px; }
    i { display: grid; place-items: center; height: 112px; border-radius: 30px; font: 700 52px/1 "Noto Sans", "Noto Sans Arabic", "WenQuanYi Zen Hei", "DejaVu Sans", sans-serif; }
  </style><main><svg viewBox="1 0 6 7"><path d="M1 0h5v1h1v3h-1v1h-3v1h-1v1h-1v-2h-1v-4h1zM2 2v1h1v-1zm2 0v1h1v-1z"/></svg>
  <h1>${name}</h1><p>${claim[0].toUpperCase()}${claim.slice(1)}</p></main>
  <div>${tiles.map((tile, at) => `<i style="background: hsl(${at * 54} 38% 26%); color: hsl(${at * 54} 75% 86%)">${tile.toUpperCase()}</i>`).join('')}</div></html>`);
  writeFileSync(`${sites}/static/card-${file.slice(0, -4)}.png`, await page.screenshot());
}
await browser.close();
