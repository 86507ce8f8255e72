// All rooms of a list of several pages, for its search, filters and orders: an index, loaded at the first need, and rows made of it.
'use strict';
globalThis.wholeList = ({ list, own, languageNames, grouped }) => {
  const one = (selector, from) => from.querySelector(selector);
  const split = (text) => text.split(' ').filter(Boolean);
  const { scope, week, chips } = list.dataset;
  const texts = Object.fromEntries(chips.split('|').map((chip) => chip.split('=')));
  const tones = { official: 'good', test: '', read_only: '', pinned: '', returned: '', new: '' };

  // Of search/rooms.json, those of this list. Those of this page stay what they are.
  const bring = async (here) => {
    if (location.protocol === 'file:') throw new Error('nothing can be asked for from a disk');
    const known = new Map(here.map((room) => [room.id, room]));
    const kind = scope.slice(0, scope.indexOf(':')), value = scope.slice(kind.length + 1);
    const answer = await fetch(`${document.body.dataset.root}search/rooms.json`);
    return (await answer.json()).map(([id, name, description, codes, topics, tags, host, domain, users, since, isProven, chip, of, face, hue, facts, activity]) => {
      const langs = split(codes);
      return known.get(id) ?? {
        id, name, description, langs, langNames: langs.flatMap(languageNames), topics: split(topics), tags: split(tags), host, domain,
        users: users ?? -1, since, isProven: isProven > 0, chip, of, face, hue, facts: split(facts), activity: activity ?? -1,
      };
    }).filter((room) => ({ lang: room.langs, tag: room.tags, topic: room.topics, host: [room.host] })[kind]?.includes(value) ?? true)
      .map((room, rank) => Object.assign(room, { rank }));
  };

  // The row of a room of the index, made from one that is in the page.
  const model = own.find((row) => one('.join', row)) ?? own[0];
  const build = (room) => {
    const row = model.cloneNode(true);
    const link = one('h2 a', row), about = one('.d', row), join = one('.join', row);
    const page = `c/${room.id.replace(/[A-Z]/g, (letter) => `~${letter.toLowerCase()}`)}.html`;
    row.id = room.id;
    for (const way of [link, join]) way.setAttribute('href', way.getAttribute('href').replace(/c\/[^/#]*/, page));
    link.textContent = room.name;
    about.textContent = room.description;
    link.lang = about.lang = room.langs[0] ?? '';
    const face = one('.face', row);
    face.textContent = room.face;
    face.className = `face hue-${room.hue}`;
    join.setAttribute('aria-label', `${join.textContent}: ${room.name}`);
    delete join.dataset.url;  // it is on the room's page
    one('.chip', row)?.remove();
    if (room.chip) {
      const chip = document.createElement('b'), of = document.createElement('bdi');
      of.textContent = room.of;
      chip.append(texts[room.chip], ...(room.of ? [' ', of] : []));
      chip.className = `chip ${tones[room.chip] ?? 'bad'}`;
      one('.n', row).append(chip);
    }
    if (room.chip === 'not_joinable') join.remove();
    if (room.tags.length) {
      const tags = document.createElement('small');
      tags.textContent = ` ${room.tags.map((tag) => `#${tag}`).join(' ')}`;
      about.append(tags);
    }
    const host = document.createElement('bdi'), people = room.users < 0 ? [] : [week.replace('#', grouped(room.users))];
    host.textContent = room.host;
    const goesOn = room.facts.map((fact) => document.querySelector(`#f-activity [value="${fact}"]`)?.textContent).filter(Boolean);
    one('.m', row).replaceChildren([...people, ...goesOn, ...room.langs.map((code) => languageNames(code)[0]), ''].join(' · '), host);
    return Object.assign(room, { row, link, about }).row;
  };
  return { bring, build };
};
