// A list of rooms in the page: search, filters and orders without loading it again. The state is in the address.
'use strict';
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const list = one('#list'), form = one('#find');
  if (!list || !form || !list.children.length) return;
  const field = form.elements, orders = [...one('#order').children], bar = one('#chips');
  const found = one('#found'), clear = one('.clear'), none = one('#none'), instead = one('#instead');
  const isWhole = 'whole' in list.dataset;  // every room of the site is on this page
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, document.body.dataset.thousands);

  const tongues = [document.documentElement.lang, 'en'].map((lang) => {
    try {
      return new Intl.DisplayNames([lang], { type: 'language' });
    } catch {
      return { of: (code) => code };
    }
  });
  const named = {};
  const languageNames = (code) => {
    try {
      return named[code] ??= tongues.map((tongue) => tongue.of(code));
    } catch {
      return named[code] = [code, code];
    }
  };

  // The rooms, as filters and search see them. Made at the first need.
  const split = (text) => text.split(' ').filter(Boolean);
  const roomOf = (row, rank) => {
    const link = one('h2 a', row), about = one('.d', row), tags = one('small', about);
    const { l, t, n, u, f, a, p } = row.dataset;
    const langs = split(l);
    return {
      row, rank, link, langs, id: row.id, name: link.textContent, about, description: about.firstChild === tags ? '' : about.firstChild?.data ?? '',
      tags: split((tags?.textContent ?? '').replaceAll('#', '')), topics: split(t), langNames: langs.flatMap(languageNames),
      host: row.querySelector('.m bdi').textContent, since: n, users: u ? +u.replace(/\D/g, '') : -1, facts: split(f), activity: a ? (a[0] === '<' ? 0.5 : +a.replace(/\D/g, '')) : -1, isProven: p !== undefined,
    };
  };
  const own = [...list.children], total = found.textContent;
  let made;
  const rooms = () => made ??= own.map(roomOf);

  // A list of several pages is searched as a whole (whole.js). Where that can't be, as from a disk, there are the rooms of this
  // page, and it says so.
  const pages = one('.pages');
  const whole = globalThis.wholeList?.({ list, own, languageNames, grouped });
  let coming;
  const bringWhole = () => coming ??= whole.bring(rooms()).then((all) => {
    made = all;
    fillAll();
  }).catch(() => { one('#part').hidden = false; });

  // Search comes when it is used first. Until it is there, a query shows what was shown before.
  let search, bringing;
  const bringSearch = () => bringing ??= Promise.all([whole && bringWhole(), new Promise((ready, failed) => {
    const script = document.createElement('script');
    script.onload = ready;
    script.onerror = failed;
    script.src = (globalThis.trustedTypes?.createPolicy('search', { createScriptURL: (url) => url }) ?? { createScriptURL: String }).createScriptURL(form.dataset.search);
    document.head.append(script);
  })]).then(() => {
    const use = (topics) => {
      search = globalThis.roomSearch.over(rooms(), topics).search;
      if (field.q.value) filter();
    };
    use(Object.fromEntries(Object.entries(topicNames).map(([id, name]) => [id, [[name, id], []]])));
    if (location.protocol === 'file:') return undefined;  // nothing can be asked for from a disk
    // The words of topics in all languages.
    return fetch(`${document.body.dataset.root}search/topics.json`).then((answer) => answer.json()).then(use).catch(() => {});
  });

  const topicNames = Object.fromEntries([...field.topic.options].slice(1).map((option) => [option.value, option.text]));
  const fill = (select, values) => {
    if (!select) return;
    const chosen = select.value;
    const many = new Map();
    for (const room of rooms()) for (const value of values(room)) many.set(value, (many.get(value) || 0) + 1);
    const nameOf = (value) => (select === field.topic ? topicNames[value] ?? value : select === field.lang ? languageNames(value)[0] : value);
    const options = [...many].map(([value, count]) => [value, count, nameOf(value)]).sort((a, b) => (a[2] < b[2] ? -1 : 1));
    select.replaceChildren(select.options[0], ...options.map(([value, count, text]) => new Option(`${text} (${grouped(count)})`, value)));
    select.value = chosen;
    select.parentNode.hidden = !many.size || (many.size === 1 && [...many.values()][0] === rooms().length);
  };

  const fillAll = () => {
    fill(field.lang, (room) => room.langs);
    fill(field.topic, (room) => room.topics);
    fill(field.tag, (room) => room.tags);
    fill(field.host, (room) => [room.host]);
    const proven = rooms().filter((room) => room.isProven).length;
    field.proven.parentNode.hidden = !proven || proven === rooms().length;
  };

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const by = {
    active: (a, b) => b.activity - a.activity || b.users - a.users || a.rank - b.rank,
    new: (a, b) => (a.since < b.since ? 1 : a.since > b.since ? -1 : a.rank - b.rank),
    name: (a, b) => collator.compare(a.name, b.name) || a.rank - b.rank,
  };
  let order = '', shown, speak, placing;

  // What is seen first is placed at once, the rest in small steps: a press of a key never waits for a long list.
  const place = (wanted) => {
    if (shown && shown.length === wanted.length && shown.every((room, i) => room === wanted[i])) return;
    shown = wanted;
    clearTimeout(placing);
    const rest = wanted.slice();
    const step = (put) => {
      put(...rest.splice(0, 250).map((room) => room.row ?? whole.build(room)));
      if (rest.length) placing = setTimeout(() => step((...rows) => list.append(...rows)));
    };
    step((...rows) => list.replaceChildren(...rows));
  };

  // Hits are marked in the rows that are seen first, when there is time.
  let marking, marked = [];
  const draw = (node, text, words) => {
    const pieces = [];
    let at = 0;
    for (const [begin, end] of globalThis.roomSearch.ranges(text, words)) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(begin, end);
      pieces.push(text.slice(at, begin), mark);
      at = end;
    }
    node.append(...pieces, text.slice(at));
  };
  const redraw = (room, words) => {
    const tags = one('small', room.about);
    room.link.textContent = room.about.textContent = '';
    draw(room.link, room.name, words);
    draw(room.about, room.description, words);
    if (tags) room.about.append(tags);
  };
  const mark = (hits, words) => {
    clearTimeout(marking);
    if (!words.length && !marked.length) return;
    marking = setTimeout(() => {
      for (const room of marked) redraw(room, []);
      marked = words.length ? hits.slice(0, 40) : [];
      for (const room of marked) redraw(room, words);
    }, 60);
  };

  // Which topics and languages are nearest to what was not found.
  const near = (query) => {
    const links = [...field.topic.options].slice(1).map((option) => [`topic-${option.value}.html`, option.text])
      .concat([...field.lang.options].slice(1).map((option) => [`language-${option.value}.html`, option.text]));
    const begin = query.toLowerCase();
    const same = ([, text]) => {
      let at = 0;
      while (at < begin.length && text.toLowerCase()[at] === begin[at]) at += 1;
      return at;
    };
    const mine = split(bar.dataset.languages ?? '').slice(0, 2).map((code) => `language-${code}.html`);
    const weight = (link) => same(link) * 10 + (mine.includes(link[0]) ? 2 : 0) + (one(`a[href$="${link[0]}"]`, bar) ? 1 : 0);
    return links.map((link) => [weight(link), link]).sort((a, b) => b[0] - a[0]).slice(0, 5).map(([, [href, text]]) => {
      const link = document.createElement('a');
      link.href = href;
      link.textContent = text.replace(/ \([^)]*\)$/, '');
      return link;
    });
  };

  const said = (text, ...parts) => text.split('#').flatMap((piece, i) => (i ? [parts[i - 1], piece] : [piece]));
  const filter = () => {
    const query = field.q.value.trim();
    const lang = field.lang.value, tag = field.tag.value, topic = field.topic.value, host = field.host?.value, proven = field.proven.checked;
    const facts = [field.may.value, field.activity.value].filter(Boolean);
    const isFiltered = Boolean(query || lang || tag || topic || host || proven || facts.length);
    if (query && !search) {
      bringSearch();
      return;
    }
    if (whole && !coming && (isFiltered || order)) {
      bringWhole().then(filter);
      return;
    }
    const isPage = whole && !isFiltered && !order;  // nothing is asked for: the page as it came
    if (pages) pages.hidden = !isPage && rooms().length > own.length;
    const chosen = rooms().filter((room) => (!proven || room.isProven) && (!lang || room.langs.includes(lang)) && (!tag || room.tags.includes(tag)) &&
      (!topic || room.topics.includes(topic)) && (!host || room.host === host) && facts.every((fact) => room.facts.includes(fact)));
    if (isPage) chosen.splice(0, Infinity, ...chosen.filter((room) => own.includes(room.row)));
    const result = query ? search(query, chosen) : { hits: chosen, words: [] };
    const hits = order ? [...result.hits].sort(by[order]) : result.hits;
    place(hits.slice(0, 1000));
    mark(hits, result.words);
    clear.hidden = !isFiltered;
    for (const button of orders) button.setAttribute('aria-pressed', button.value === order);
    for (const link of bar.querySelectorAll('[data-topic], #mine')) {
      const isOn = link.dataset.topic ? link.dataset.topic === topic : link.dataset.lang && link.dataset.lang === lang;
      if (isWhole) isOn ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
    clearTimeout(speak);
    speak = setTimeout(() => {
      found.textContent = isPage ? total : said(hits.length === 1 ? found.dataset.one : found.dataset.shown, grouped(hits.length)).join('');
      instead.replaceChildren(...(result.instead ? said(instead.dataset.text, query, result.instead) : []));
      none.hidden = hits.length > 0;
      if (!hits.length) {
        one('strong', none).textContent = query ? said(none.dataset.text, query).join('') : none.dataset.none;
        one('span', none).replaceChildren(...near(query).flatMap((link) => [' ', link]));
      }
    }, 150);
  };

  // One control's changes in a row are one step for Back.
  const menus = ['q', 'lang', 'tag', 'topic', 'may', 'activity', 'host'].filter((name) => field[name]);
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
    order = Object.hasOwn(by, state.get('sort') ?? '') ? state.get('sort') : '';
    last = undefined;
    filter();
  };

  field.q.addEventListener('focus', bringSearch);
  form.addEventListener('input', (event) => { filter(); remember(event.target); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { filter(); remember(form); field.q.focus(); }));
  addEventListener('popstate', recall);
  for (const button of orders)
    button.addEventListener('click', () => {
      order = button.value;
      filter();
      remember(button);
    });
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    field.q.focus();
  });

  // The reader's language, where there are rooms in it.
  const mine = one('#mine');
  if (mine) {
    const there = split(bar.dataset.languages);
    const code = navigator.languages.flatMap((tongue) => [tongue, tongue.split('-')[0]]).find((tongue) => there.includes(tongue));
    if (code) {
      let name = code;
      try {
        name = new Intl.DisplayNames([code], { type: 'language' }).of(code);
      } catch { /* no name for it here */ }
      mine.textContent = mine.title = name;
      mine.lang = mine.dataset.lang = code;
      mine.href = mine.getAttribute('href').replace('languages.html', `language-${code}.html`);
    }
  }
  // On the list of all, a chip chooses among its rows; pressed again, no more.
  if (isWhole)
    bar.addEventListener('click', (event) => {
      const link = event.target.closest('a');
      const name = link?.dataset.topic ? 'topic' : link?.dataset.lang ? 'lang' : '';
      if (!name || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      field[name].value = field[name].value === link.dataset[name] ? '' : link.dataset[name];
      filter();
      remember(link);
    });

  const start = () => {
    fillAll();
    list.dataset.ready = '';
    if (location.search) recall();
  };
  if (location.search) start();
  else if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 1000 });
  else setTimeout(start, 100);
})();
