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

  const tongues = [document.documentElement.lang, 'en'].map((lang) => new Intl.DisplayNames([lang], { type: 'language' }));
  const named = {};
  const languageNames = (code) => named[code] ??= tongues.map((tongue) => tongue.of(code));

  // The rooms, as filters and search see them. Made at the first need.
  const split = (text) => text.split(' ').filter(Boolean);
  const roomOf = (row, rank) => {
    const link = one('h2 a', row), about = one('.d', row), tags = one('small', about);
    const { l, t, n, u, f, a, p, d } = row.dataset;
    const langs = split(l);
    return {
      row, rank, link, langs, id: row.id, name: link.textContent, about, description: about.firstChild === tags ? '' : about.firstChild?.data ?? '',
      tags: split((tags?.textContent ?? '').replaceAll('#', '')), topics: split(t), langNames: langs.flatMap(languageNames),
      host: row.querySelector('.m bdi').textContent, since: n, users: u ? +u.replace(/\D/g, '') : -1, facts: split(f), activity: a ? (a[0] === '<' ? 0.5 : +a.replace(/\D/g, '')) : -1, isProven: p !== undefined, domain: d,
    };
  };
  const own = [...list.children], total = found.textContent;
  let made;
  const rooms = () => made ??= own.map(roomOf);

  const policy = globalThis.trustedTypes?.createPolicy('ours', { createScriptURL: (url) => url }) ?? { createScriptURL: String };
  const load = (url) => new Promise((ready, failed) => {
    const script = document.createElement('script');
    script.onload = ready;
    script.onerror = failed;
    script.src = policy.createScriptURL(url);
    document.head.append(script);
  });

  // A list of several pages is searched as a whole (whole.js). Where that can't be, as from a disk, there are the rooms of this
  // page, and it says so.
  const pages = one('.pages'), isPart = 'scope' in list.dataset;
  let whole, coming;
  const bringWhole = () => coming ??= load(list.dataset.script).then(() => {
    whole = globalThis.wholeList({ list, own, languageNames, grouped });
    return whole.bring(rooms());
  }).then((all) => {
    made = all;
    fillAll();
  }).catch(() => { one('#part').hidden = false; });

  // Search comes when it is used first, and gets ready while nothing else is to do. Until it is there, a query shows what was shown before.
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  const fetched = async (file) => {
    try {
      if (location.protocol === 'file:') return {};  // nothing can be asked for from a disk
      return await (await fetch(`${document.body.dataset.root}search/${file}.json`)).json();
    } catch {
      return {};
    }
  };
  let engine, bringing, hints;
  const warm = () => engine.warm() && idle(warm);
  const bringSearch = () => bringing ??= Promise.all([
    fetched('topics'),
    isPart && bringWhole(),
    load(form.dataset.search),
  ]).then(([names]) => {
    for (const id in topicNames) (names[id] ??= [id]).push(topicNames[id]);
    engine = globalThis.roomSearch.over(rooms(), names);
    field.q.value ? filter() : idle(warm);
  });
  // Words that hint at a topic, for a query with words that stand in no name.
  const bringHints = () => hints ??= fetched('hints').then((words) => {
    engine.learn(words);
    filter();
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
  // As in the suggested order (ranking.hpp), but without the share of new domains: copies come last, and no domain fills the first rows with its own claims while there are others.
  const spread = (some, rows, most) => {
    const first = [], rest = [], has = {};
    for (const room of some) {
      const many = has[room.domain] ?? 0, fits = first.length < rows && many < most;
      if (fits) has[room.domain] = many + 1;
      (fits ? first : rest).push(room);
    }
    return [...first, ...rest];
  };
  const isCopy = (room) => room.facts.includes('copy');
  const fair = (some) => [...spread(spread(spread(some.filter((room) => !isCopy(room)), 1000, 100), 100, 10), 20, 3), ...some.filter(isCopy)];
  let order = '', shown, speak, placing;

  // What is seen first is placed at once, the rest in small steps: a press of a key never waits for a long list.
  const end = document.createElement('li');  // what follows it is not seen
  end.className = 'end';
  const place = (wanted) => {
    if (shown?.length === wanted.length && shown.every((room, i) => room === wanted[i])) return;
    shown = wanted;
    clearTimeout(placing);
    const rest = [...wanted], next = (many) => rest.splice(0, many).map((room) => room.row ?? whole.build(room));
    if (list.children.length + rest.length < 300) return list.replaceChildren(...next(300));
    list.prepend(...next(40), end);
    const step = () => {
      end.before(...next(100));
      for (let i = 0; i < 100 && end.nextSibling; i += 1) list.lastChild.remove();
      if (rest.length || end.nextSibling) placing = setTimeout(step);
      else end.remove();
    };
    placing = setTimeout(step);
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
    const begin = query.toLowerCase();
    const weight = ([href, text]) => {
      let at = 0;
      while (at < begin.length && text.toLowerCase()[at] === begin[at]) at += 1;
      return at * 9 + Boolean(one(`a[href$="${href}"]`, bar));
    };
    return ['topic', 'lang'].flatMap((name) => [...field[name].options].slice(1).map(({ value, text }) => [`${name}${name === 'lang' ? 'uage' : ''}-${value}.html`, text]))
      .sort((a, b) => weight(b) - weight(a)).slice(0, 5).map(([href, text]) => {
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
    if (query && !engine) return bringSearch();
    if (isPart && !coming && (isFiltered || order)) return bringWhole().then(filter);
    const isPage = isPart && !isFiltered && !order;  // nothing is asked for: the page as it came
    if (pages) pages.hidden = !isPage && rooms().length > own.length;
    const chosen = rooms().filter((room) => (!proven || room.isProven) && (!lang || room.langs.includes(lang)) && (!tag || room.tags.includes(tag)) &&
      (!topic || room.topics.includes(topic)) && (!host || room.host === host) && facts.every((fact) => room.facts.includes(fact)));
    if (isPage) chosen.splice(0, Infinity, ...chosen.filter((room) => own.includes(room.row)));
    const result = query ? engine.search(query, chosen) : { hits: chosen, words: [] };
    if (result.isNew) {
      bringHints();
      if (result.instead || !result.hits.length) return;
    }
    const sorted = order ? [...result.hits].sort(by[order]) : result.hits;
    // A query that finds little shows the best of it first, whosoever it is.
    const isAsItIs = query && !order ? sorted.length <= 20 : order ? order === 'name' : !isFiltered;
    const hits = isAsItIs ? sorted : fair(sorted);
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
      none.hidden = hits.length > 0;
      instead.replaceChildren(...(result.instead ? said(instead.dataset.text, query, result.instead) : none.hidden ? [] : query ? said(none.dataset.text, query) : [none.dataset.none]));
      if (!hits.length) {
        for (const link of none.querySelectorAll('[href*=adult]')) link.search = new URLSearchParams({ q: query });
        one('span', none).replaceChildren(...near(query).flatMap((link) => [' ', link]));
      }
    }, 150);
  };

  // One control's changes in a row are one step for Back.
  const menus = ['q', 'lang', 'tag', 'topic', 'may', 'activity', 'host'].filter((name) => field[name]);
  let last;
  const remember = (control) => setTimeout(() => {  // a press of a key does not wait for it
    const state = new URLSearchParams();
    for (const name of menus) if (field[name].value) state.set(name, field[name].value);
    if (field.proven.checked) state.set('proven', '1');
    if (order) state.set('sort', order);
    const text = state.toString();
    try {
      history[control === last ? 'replaceState' : 'pushState'](null, '', location.pathname + (text && `?${text}`));
    } catch { /* an address that may not change, as of some local files */ }
    last = control;
  });
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
      const name = new Intl.DisplayNames([code], { type: 'language' }).of(code);
      mine.textContent = mine.title = name[0].toLocaleUpperCase(code) + name.slice(1);
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
  else idle(start, { timeout: 1000 });
})();
