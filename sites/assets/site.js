// What a page can do beyond its links: copy a join link, follow older identifiers, say when the data is old, and lead to the
// reader's own language. Nothing here is needed to read or to join.
'use strict';
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const said = document.body.dataset;

  // Copying: the link beside the button.
  const toast = one('#toast');
  let quiet;
  const tell = (text, seconds = 8) => {
    clearTimeout(quiet);
    toast.textContent = text;
    quiet = setTimeout(() => { toast.textContent = ''; }, seconds * 1000);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand('copy');
      field.remove();
      if (!done) throw new Error('refused');
    }
  };
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('.copy');
    if (!button) return;
    const label = button.textContent;
    try {
      await copy((one('a', button.parentNode) ?? one('.join .link')).getAttribute('href'));
      tell(said.copiedLong);
      if (label === said.copied) return;
      button.textContent = said.copied;
      setTimeout(() => { button.textContent = label; }, 3000);
    } catch {
      tell(said.copyFailed, 20);
    }
    button.focus();
  });

  // The button that stays in view on a phone, while the one beside the link is out of it.
  const stick = one('.stick');
  if (stick) {
    const observer = new IntersectionObserver(([entry]) => { stick.hidden = entry.intersectionRatio === 1; }, { threshold: 1, rootMargin: '0px 0px -72px' });
    observer.observe(one('.join .copy'));
  }

  // Sharing a page: as the system does; else its address is copied.
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('.send');
    if (!button) return;
    const url = (one('a.whole', button.closest('dialog') ?? document) ?? location).href.split('#')[0];
    try {
      if (navigator.share) await navigator.share({ url });
      else {
        await copy(url);
        tell(said.pageCopied);
      }
    } catch (error) {
      if (error.name !== 'AbortError') tell(said.copyFailed, 20);
    }
  });

  // Join, from a list: shows the part of the room's page that says how. Where that can't be had, the link is followed.
  const dialog = document.createElement('dialog');
  const element = (name, more) => Object.assign(document.createElement(name), more);
  const showJoin = (link, page) => {
    const [head, join] = ['.named', '#join'].map((part) => page && one(part, page));
    if (!join) return location.assign(link.href);
    for (const link of join.querySelectorAll('[href]')) link.href = link.href;  // from here, not from its page
    for (const image of join.querySelectorAll('[src]')) image.src = image.src;
    const close = element('button', { type: 'button', className: 'close', textContent: said.close, onclick: () => dialog.close() });
    const whole = element('p');
    whole.append(element('a', { className: 'whole', href: link.href.split('#')[0], textContent: said.roomPage }));
    dialog.replaceChildren(close, head, whole, join, toast);  // what is beside an open dialog is not seen
    dialog.ariaLabel = one('h1', head).textContent;
    (one('.copy', dialog) ?? close).autofocus = true;
    document.body.append(dialog);
    dialog.showModal();
  };
  dialog.addEventListener('close', () => document.body.append(toast));
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a.join');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const ask = new XMLHttpRequest();  // fetch() gives no document, and the policy of the page lets nobody parse one
    ask.open('GET', link.href.split('#')[0]);
    ask.responseType = 'document';
    ask.onloadend = () => showJoin(link, ask.response);
    ask.send();
  });

  // Old data; else, where this page is there in the reader's language, the way to it.
  const stale = one('#stale'), dated = one('[data-after]');
  if (dated && Date.now() > Date.parse(dated.dataset.after)) stale.textContent = said.stale;
  else {
    const tongues = navigator.languages.map((code) => code.slice(0, 2).toLowerCase());
    const here = tongues.indexOf(document.documentElement.lang);
    const there = tongues.slice(0, here < 0 ? undefined : here).map((code) => one(`#tongues a[hreflang="${CSS.escape(code)}"]`)).find(Boolean);
    if (there) {
      const link = there.cloneNode();
      link.textContent = there.dataset.hint;
      stale.replaceChildren(link);
    }
  }

  // How long ago the servers were asked.
  const checked = one('#checked');
  if (checked) {
    const minutes = Math.max(0, Math.round((Date.now() - Date.parse(checked.dateTime)) / 60000));
    const [many, unit] = minutes < 90 ? [minutes, 'minute'] : minutes < 36 * 60 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day'];
    checked.title = checked.dateTime;
    checked.textContent = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: 'short' }).format(-Math.round(many), unit);
  }

  // #TOKEN+ID of an older identifier: its row here, or its page.
  const follow = async () => {
    const wanted = location.hash.slice(1).replace(/%2B/i, '+');
    const parts = /^([\w-]{1,64})\+([0-9a-f]{4,64})$/i.exec(wanted);
    if (!parts || document.getElementById(wanted)) return;
    const near = [...document.querySelectorAll('#list > li[id]')].filter((row) => row.id.startsWith(wanted) || wanted.startsWith(row.id));
    if (near.length === 1) {
      location.replace(`#${near[0].id}`);
      return;
    }
    try {
      const answer = await fetch(`${said.root}lookup/${parts[2].slice(0, 2).toLowerCase()}.json`);
      const page = (await answer.json())[wanted];
      if (typeof page === 'string' && /^c\/[\w~+-]+\.html$/.test(page)) location.replace(said.root + page);
      else tell(said.moved, 30);
    } catch {
      tell(said.moved, 30);
    }
  };
  addEventListener('hashchange', follow);
  follow();

  // Where we are, in the navigation.
  for (const link of document.querySelectorAll('.top nav a:not(.tongue)'))
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
})();
