// usage: html.mjs SITE: every page through a strict parser; every link inside the site leads to a file; ids are unique.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parse } from 'parse5';
import { files, Site } from './site.mjs';

const folder = process.argv[2].replace(/\/+$/, '');
const site = Object.assign(new Site(), { folder, faults: [] });
const known = new Map();
const isFile = (path) => {
  if (!known.has(path)) known.set(path, existsSync(path) && statSync(path).isFile());
  return known.get(path);
};
let pages = 0;
for (const path of files(folder).filter((file) => file.endsWith('.html'))) {
  pages += 1;
  const text = site.read(path);
  const tree = parse(text, { onParseError: (error) => site.fault(`${path}:${error.startLine}:${error.startCol}: ${error.code}`) });
  const ids = new Set();
  const walk = (node) => {
    const at = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    if (at.id !== undefined) {
      site.check(!ids.has(at.id), `${path}: two elements have the id ${at.id}`);
      ids.add(at.id);
    }
    site.check(at.style === undefined, `${path}: a style attribute`);
    for (const name of Object.keys(at)) site.check(!/^on/.test(name), `${path}: an ${name} attribute`);
    for (const link of [at.href, at.src].filter((one) => one !== undefined)) {
      if (/^[a-z]+:/i.test(link)) {
        site.check(/^(https?|mailto):/.test(link), `${path}: a link to ${link.slice(0, 40)}`);
        if (node.nodeName === 'a' && link.includes('public_key='))
          site.check(at.rel === 'noopener noreferrer nofollow ugc', `${path}: ${link.slice(0, 60)} has rel="${at.rel}"`);
      } else if (!link.startsWith('#')) {
        const file = join(folder, normalize(join(link.startsWith('/') ? '' : dirname(path), decodeURIComponent(link.replace(/[?#].*/, '')))));
        site.check(isFile(file), `${path}: ${link} leads nowhere`);
      }
    }
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(tree);
  site.check(/<html lang="[a-z]{2}" dir="(ltr|rtl)">/.test(text), `${path}: no language`);
  site.check(/<title>[^<]{5,}<\/title>/.test(text), `${path}: no title`);
}
site.check(pages > 10, `only ${pages} pages`);
for (const fault of [...new Set(site.faults)].slice(0, 40)) console.log(fault);
process.exitCode = site.faults.length ? 1 : 0;
