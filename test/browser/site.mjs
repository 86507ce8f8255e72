// A site in a browser: serves a folder on loopback, opens its pages, counts what they ask for.
//
//   const site = await Site.open(process.argv[2]);
//   const page = await site.page({ width: 360, scheme: 'dark' });
//   await page.goto(site.url('index.html'));
//   ...
//   await site.done();  // prints what went wrong, one line each; exit status 1 if anything did
import { createServer } from 'node:http';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.json': 'application/json', '.ico': 'image/x-icon', '.xml': 'application/xml',
};

// Every file below the folder, as a path from it.
export const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

// The browser without windows takes a third of the time of the one with them.
export const program = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));

export class Site {
  static async open(folder) {
    const site = new Site();
    site.folder = folder.replace(/\/+$/, '');
    site.faults = [];
    site.slow = false;  // pages come in small pieces
    site.server = createServer((request, answer) => {
      const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).replace(/\/$/, '/index.html');
      const file = join(site.folder, path);
      if (!file.startsWith(`${site.folder}/`) || !existsSync(file) || !statSync(file).isFile()) {
        answer.writeHead(404).end();
        return;
      }
      answer.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
      const content = readFileSync(file);
      if (site.slow && extname(file) === '.html') site.drip(answer, content);
      else answer.end(content);
    });
    await new Promise((ready) => site.server.listen(0, '127.0.0.1', ready));
    site.root = `http://127.0.0.1:${site.server.address().port}/`;
    const root = process.getuid() === 0 ? ['--no-sandbox'] : [];
    site.browser = await chromium.launch({
      executablePath: program,
      args: [...root, '--disable-gpu', '--disable-quic', '--disable-component-update', '--disable-sync', '--no-first-run'],
    });
    return site;
  }

  // As a slow network does: small pieces that end anywhere, also within a tag or a word.
  drip(answer, content) {
    if (content.length <= 1000) return answer.end(content);
    answer.write(content.subarray(0, 1000));
    return setTimeout(() => this.drip(answer, content.subarray(1000)), 8);
  }

  url(path) { return this.root + path.split('/').map(encodeURIComponent).join('/'); }
  read(path) { return readFileSync(join(this.folder, path), 'utf8'); }
  fault(text) { this.faults.push(text); }
  check(truth, text) { if (!truth) this.fault(text); }

  // A page in a context of its own. Whatever it says on the console, throws, opens or asks other hosts for is a fault.
  // For it, it is `now`: shortly after the data was made.
  async page({ width = 1440, height = 900, scheme = 'light', now = '2026-11-22T20:10:00Z', ...others } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme, ...others });
    context.setDefaultTimeout(60000);  // a busy machine is slow, not broken
    const page = await context.newPage();
    await page.clock.setFixedTime(now);
    page.asked = [];
    page.on('request', (request) => {
      const url = request.url();
      page.asked.push(url);
      if (!/^(data|blob|file):/.test(url) && !url.startsWith(this.root)) this.fault(`${page.url()}: asks for ${url}`);
    });
    page.on('console', (message) => this.fault(`${page.url()}: console: ${message.text()}`));
    page.on('pageerror', (error) => this.fault(`${page.url()}: ${error}`));
    page.on('dialog', (dialog) => { this.fault(`${page.url()}: opens a dialog`); dialog.dismiss(); });
    return page;
  }

  // One list of rooms of each kind but the two that are there once.
  lists() {
    const all = files(this.folder).filter((file) => file.endsWith('.html')).sort();
    return [/^language-de\.html$/, /^topic-[a-z]+\.html$/, /^tag-[a-z]+\.html$/, /^server-[0-9a-f]+\.html$/].map((pattern) => all.find((file) => pattern.test(file))).filter(Boolean);
  }

  // One page of each kind, as paths.
  kinds() {
    const all = files(this.folder).filter((file) => file.endsWith('.html')).sort();
    const first = (pattern) => all.find((file) => pattern.test(file));
    const adult = /href="(c\/[^"]+)"/.exec(this.read('adult.html'))?.[1];
    const listed = new Set(JSON.parse(this.read('communities.json')).communities.map(({ page }) => page));
    return [
      'index.html', 'adult.html', 'languages.html', 'tags.html', 'servers.html', 'silent.html', 'instructions.html', 'status.html',
      'about.html', 'privacy.html', 'criteria.html', 'data.html', '404.html',
      ...this.lists(), all.find((file) => listed.has(file)), adult, all.find((file) => file.startsWith('c/') && !listed.has(file)),
    ].filter((path) => path && existsSync(join(this.folder, path)));
  }

  async done() {
    await this.browser.close();
    this.server.close();
    for (const fault of new Set(this.faults)) console.log(fault);
    process.exitCode = this.faults.length ? 1 : 0;
  }
}
