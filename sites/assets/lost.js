// Where a page is not there: what its address seems to have meant goes into the search box, and the five rooms whose names
// come nearest to it are shown.
'use strict';
(async () => {
  let path = location.pathname;
  try {
    path = decodeURIComponent(path);
  } catch { /* not UTF-8 */ }
  const [, last = ''] = /([^/]*)\/?$/.exec(path);
  const wanted = last.replace(/\.\w+$/, '').replace(/\+.*$/, '').replace(/[~_-]+/g, ' ').trim();
  if (!wanted || wanted === '404') return;
  document.querySelector('#q').value = wanted;

  // Names are near when they share many pairs of letters (Dice's coefficient).
  const pairs = (text) => {
    const letters = ` ${text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()} `;
    return new Set([...letters].slice(1).map((letter, at) => letters[at] + letter));
  };
  const own = pairs(wanted);
  const nearness = (text) => {
    const others = pairs(text);
    return 2 * [...own].filter((pair) => others.has(pair)).length / (own.size + others.size);
  };
  const root = document.body.dataset.root;
  const rooms = await (await fetch(`${root}search/rooms.json`)).json();
  const nearest = rooms.map(([id, name]) => ({ id, name, near: Math.max(nearness(name), nearness(id.split('+')[0])) }))
    .filter(({ near }) => near > 0.2).sort((a, b) => b.near - a.near).slice(0, 5);
  if (!nearest.length) return;
  const near = document.querySelector('#near');
  near.lastChild.append(...nearest.map(({ id, name }) => {
    const item = document.createElement('li'), link = document.createElement('a');
    link.href = `${root}c/${id.replace(/[A-Z]/g, (letter) => `~${letter.toLowerCase()}`)}.html`;
    link.textContent = name;
    link.dir = 'auto';
    item.append(link);
    return item;
  }));
  near.hidden = false;
})();
