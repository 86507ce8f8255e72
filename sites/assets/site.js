// What a page can do beyond its links: search, filter and sort the list in place, copy a join link,
// follow older identifiers, and say when the data is old. Nothing here is needed to read or to join.
'use strict';
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const said = document.body.dataset;
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, said.thousands);

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
      await copy(one('a', button.parentNode).getAttribute('href'));
      tell(said.copiedLong);
      if (label === said.copied) return;
      button.textContent = said.copied;
      setTimeout(() => { button.textContent = label; }, 3000);
    } catch {
      tell(said.copyFailed, 20);
    }
    button.focus();
  });

  // Old data.
  const stale = one('#stale');
  if (stale && Date.now() > Date.parse(stale.dataset.after)) stale.textContent = stale.dataset.text;

  const list = one('#list');
  const form = one('#find');
  const body = list && list.tBodies[0];

  // The rows as search sees them: without case, accents and width. Made at the first need.
  const plain = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' };
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, (letter) => plain[letter]);
  const names = [document.documentElement.lang, 'en'].map((lang) => {
    try {
      return new Intl.DisplayNames([lang], { type: 'language' });
    } catch {
      return { of: (code) => code };
    }
  });
  const named = {};
  const languageNames = (code) => {
    try {
      return named[code] ??= names.map((name) => name.of(code));
    } catch {
      return named[code] = [code, code];
    }
  };
  let made;
  // A word as it is pasted: quotes and commas around it are not meant. An address also stands for its parts:
  // https://HOST/TOKEN?public_key=KEY for the room of this name at this host, or of this key wherever it is.
  const seek = (pasted) => {
    const word = pasted.replace(/^[\s"'`“”„‘’«»‹›「『(<[{]+|[\s"'`“”„‘’«»‹›」』)>\]},;.!?、。]+$/gu, '');
    const [, host, token = '', key = ''] = /^(?:https?:\/\/)?([^/?#]+)\/?(?:r\/)?([\w-]*)\/?(?:\?(?:public_key=([0-9a-f]{8}))?.*)?$/.exec(word) ?? [];
    const at = host?.replace(/:(80|443)$/, '');
    return word && ((one) => one.text.includes(word) || at && (!token || one.token === token) && (one.at === at || token && key && one.key.startsWith(key)));
  };
  const rows = () => made ??= [...body.rows].map((row, rank) => {
    const [head, about, language, users, server] = [...row.cells].map((cell) => cell.textContent);
    const langs = row.cells[2].dataset.c.split(' ').filter(Boolean);
    const tags = (one('small', row.cells[1])?.textContent ?? '').split(/[\s#]+/).filter(Boolean);
    return {
      row, rank, langs, tags, topics: row.cells[1].dataset.c.split(' '), shown: true,
      proven: row.classList.contains('p'),
      name: fold(one('a', row).textContent),
      lang: fold(language),
      host: server,
      at: fold(server),
      token: fold(row.id.split('+')[0]),
      key: row.id.split('+')[1],
      users: users === '' ? -1 : +users.replace(/\D/g, ''),
      text: fold([head, about, language, ...langs.flatMap(languageNames), server, row.id].join(' ')),
    };
  });

  if (form && body && body.rows.length) {
    const field = form.elements;
    const menus = ['q', 'lang', 'tag', 'topic', 'host'].filter((name) => field[name]);
    const found = one('#found');
    const heads = [...list.tHead.rows[0].cells].filter((head) => head.dataset.sort);
    const first = { name: 1, lang: 1, host: 1, users: -1 };
    let order = '';  // '', 'name', '-users', …
    let speak;

    const fill = (select, values) => {
      const many = new Map();
      for (const one of rows()) for (const value of values(one)) many.set(value, (many.get(value) || 0) + 1);
      const options = [...many].map(([value, count]) => [value, count, select === field.lang ? languageNames(value)[0] : value]);
      options.sort((a, b) => (a[2] < b[2] ? -1 : 1));
      select.append(...options.map(([value, count, text]) => new Option(`${text} (${grouped(count)})`, value)));
    };

    const filter = () => {
      const words = fold(field.q.value).split(/\s+/).map(seek).filter(Boolean);
      const lang = field.lang.value, tag = field.tag.value, topic = field.topic.value, host = field.host?.value, proven = field.proven.checked;
      let count = 0;
      for (const one of rows()) {
        const shown = (!proven || one.proven) && (!lang || one.langs.includes(lang)) && (!tag || one.tags.includes(tag)) &&
          (!topic || one.topics.includes(topic)) && (!host || one.host === host) && words.every((is) => is(one));
        if (shown !== one.shown) one.row.hidden = !(one.shown = shown);
        count += shown;
      }
      clearTimeout(speak);
      speak = setTimeout(() => {
        found.textContent = count ? `${found.dataset.shown} ${grouped(count)}` : found.dataset.none;
      }, 200);
    };

    const sort = () => {
      const down = order[0] === '-', key = down ? order.slice(1) : order, way = down ? -1 : 1;
      for (const head of heads) {
        if (head.dataset.sort === key) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        else head.removeAttribute('aria-sort');
      }
      const at = key || 'rank';
      const none = (one) => one[at] === '' || one[at] === -1;  // no value: last, whichever way
      const sorted = [...rows()].sort((a, b) => none(a) - none(b) || (a[at] < b[at] ? -way : a[at] > b[at] ? way : a.rank - b.rank));
      clearTimeout(placing);
      body.prepend(...sorted.splice(0, 250).map((one) => one.row));
      placeRest(sorted);
    };
    // What is seen first is placed at once, the rest in small steps: a press of a key never waits for a long list.
    let placing;
    const placeRest = (sorted) => {
      if (!sorted.length) return;
      placing = setTimeout(() => {
        body.append(...sorted.splice(0, 250).map((one) => one.row));
        placeRest(sorted);
      });
    };

    // The state is in the address. One control's changes in a row are one step for Back.
    let last;
    const remember = (control) => {
      const state = new URLSearchParams();
      for (const name of menus) if (field[name].value) state.set(name, field[name].value);
      if (field.proven.checked) state.set('proven', '1');
      if (order) state.set('sort', order);
      const text = state.toString();
      try {
        history[control === last ? 'replaceState' : 'pushState'](null, '', location.pathname + (text && `?${text}`));
      } catch { /* an address that may not change, as of some local files */ }
      last = control;
    };
    const recall = () => {
      const state = new URLSearchParams(location.search);
      for (const name of menus) field[name].value = state.get(name) || '';
      field.proven.checked = state.has('proven');
      const wanted = state.get('sort') || '';
      const changed = wanted !== order;
      order = wanted.replace(/^-/, '') in first ? wanted : '';
      last = undefined;
      if (changed) sort();
      filter();
    };

    form.addEventListener('input', (event) => { filter(); remember(event.target); });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(() => { filter(); remember(form); field.q.focus(); }));
    addEventListener('popstate', recall);
    for (const head of heads) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.firstChild.childNodes);
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const key = head.dataset.sort, up = first[key] > 0 ? key : `-${key}`, down = first[key] > 0 ? `-${key}` : key;
        order = order === up ? down : order === down ? '' : up;
        sort();
        remember(head);
      });
    }

    const start = () => {
      fill(field.lang, (one) => one.langs);
      fill(field.tag, (one) => one.tags);
      if (field.host) fill(field.host, (one) => [one.host]);
      if (location.search) recall();
    };
    if (location.search) start();
    else if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 1000 });
    else setTimeout(start, 100);
  }

  // #TOKEN+ID of an older identifier: its row here, or its page.
  const follow = async () => {
    const wanted = location.hash.slice(1).replace(/%2B/i, '+');
    const parts = /^([\w-]{1,64})\+([0-9a-f]{4,64})$/i.exec(wanted);
    if (!parts || document.getElementById(wanted)) return;
    const near = body && [...body.rows].filter((row) => row.id.startsWith(wanted) || wanted.startsWith(row.id));
    if (near && near.length === 1) {
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
