// Search over rooms, without a page: values in, values out. A list page (list.js) and the tests use it.
//
//   const { search } = roomSearch.over(rooms, topics);
//   const { hits, words, instead } = search('linux lang:de');
//
// A room: { name, description, tags: [], topics: [ids], langs: [codes], langNames: [], host, id }. `topics`: their names by id, in any
// language: { football: ['Football', 'Fußball'] }.
'use strict';
globalThis.roomSearch = (() => {
  const plain = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ', ي: 'ی', ى: 'ی', ك: 'ک', ة: 'ه', '\u200c': '' };
  // Without case, accents and width.
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
    .replace(/[ßæœøłđðþıςيىكة\u200c]/g, (letter) => plain[letter]);
  // "Linux & C++, now!" -> "linux c++ now": folded words with one space between them.
  const wordsOf = (text) => fold(text).replace(/[^\p{L}\p{N}+]+/gu, ' ').replace(/(^| )\++/g, '$1').trim();
  // Scripts without spaces between words: there, a word begins anywhere.
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  const letters = (word) => [...word].length;
  // From five letters on a word may also stand inside another one.
  const standsInside = (word) => unspaced.test(word) || letters(word) > 4;

  const prepare = (room) => {
    const name = ` ${wordsOf(room.name)} `;
    const tags = ` ${wordsOf(room.tags.join(' '))} ${wordsOf([...room.langs, ...room.langNames].join(' '))} `;
    const [token, key = ''] = room.id.split('+');
    return Object.assign(room, {
      nameWords: name, tagWords: tags,
      text: `${name}${tags}${wordsOf(`${room.description} ${token} ${room.id}`)} ${wordsOf(room.host)} `,
      at: fold(room.host), token: fold(token), key,
    });
  };

  // From a word to the topics that it means; one that ends in * stands for all that begin with it.
  const byWord = (lists) => {
    const whole = new Map(), begins = new Map();
    for (const [id, list] of Object.entries(lists))
      for (const word of list) {
        const map = word.endsWith('*') ? begins : whole, key = wordsOf(word);
        if (!map.has(key)) map.set(key, new Set());
        map.get(key).add(id);
      }
    return { whole, begins };
  };
  const topicsOf = (word, { whole, begins }) => {
    const ids = new Set(whole.get(word));
    for (let size = word.lastIndexOf(' ') + 1; size <= word.length; size += 1)
      for (const id of begins.get(word.slice(0, size)) ?? []) ids.add(id);
    return ids;
  };

  // What people paste: quotes and commas around a word are not meant, nor is a # before it. An address also stands for its
  // parts: https://HOST/TOKEN?public_key=KEY for the room of this name at this host, or of this key wherever it is.
  const address = /^(?:https?:\/\/)?([^/?#]+)\/?(?:r\/)?([\w-]*)\/?(?:\?(?:public_key=([0-9a-f]{8}))?.*)?$/;
  const parse = (query) => {
    const parsed = { words: [], langs: [], hosts: [] };
    for (const raw of query.split(/\s+/u)) {
      const word = fold(raw).replace(/^[#"'`“”„‘’«»‹›「『(<[{]+|["'`“”„‘’«»‹›」』)>\]},;.!?、。]+$/gu, '');
      const [, kind, value] = /^(lang|host):(.*)$/.exec(word) ?? [];
      if (kind) {
        if (value) parsed[`${kind}s`].push(value);
        continue;
      }
      const text = wordsOf(word);
      if (!text) continue;
      const [, host, token = '', key = ''] = address.exec(word) ?? [];
      parsed.words.push({ text, at: host?.replace(/:(80|443)$/, ''), isAddress: /[./]/.test(word), isIdentifier: /[+][0-9a-f]{4,}$/.test(word), token, key, inside: standsInside(text) });
    }
    parsed.whole = parsed.words.map(({ text }) => text).join(' ');
    return parsed;
  };

  const wanted = ({ text, inside, exact }) => (exact ? ` ${text} ` : inside ? text : ` ${text}`);
  const within = (field, word) => field.includes(wanted(word));
  const isOfAddress = (room, { isAddress, at, token, key }) =>
    isAddress && (!token || room.token === token) && (room.at === at || (token && key && room.key.startsWith(key)));

  // 0: this very name; 1: the name begins so; 2: words of the name; 3: their beginnings; 4: tags, languages and names of topics;
  // 5: within the name; 6: anything else; 7: what a word hints at that stands in no name, tag or topic. undefined: nothing of it.
  const levelOf = (room, { words, whole }, { names, hints, wholeName, wholeHint }) => {
    if (!words.length) return 6;
    const name = room.nameWords;
    if (name === ` ${whole} `) return 0;
    const short = words.length === 1 && !words[0].inside;
    if (name.startsWith(short ? ` ${whole} ` : ` ${whole}`)) return 1;
    const isOf = (ids) => ids.size > 0 && room.topics.some((id) => ids.has(id));
    const levels = words.map((word, i) => {
      const { text } = word;
      const begin = word.exact ? ` ${text} ` : ` ${text}`;
      if (name.includes(` ${text} `)) return 2;
      if (name.includes(begin)) return 3;
      if (room.tagWords.includes(begin) || isOf(names[i]) || isOf(wholeName)) return 4;
      if (within(name, word)) return 5;
      if (within(room.text, word) || isOfAddress(room, word)) return 6;
      return isOf(hints[i]) || isOf(wholeHint) ? 7 : NaN;
    });
    return Math.max(...levels) || undefined;
  };

  const isWanted = (room, { langs, hosts }) =>
    langs.every((lang) => room.langs.some((code) => code.toLowerCase() === lang || code.toLowerCase().startsWith(`${lang}-`)) ||
      room.langNames.some((name) => fold(name) === lang)) &&
    hosts.every((host) => room.at.includes(host));

  const none = new Set();
  const find = (rooms, parsed, [names, hints]) => {
    const { words, whole } = parsed, isPhrase = words.length > 1;
    const meant = {
      names: words.map(({ text }) => topicsOf(text, names)), wholeName: isPhrase ? topicsOf(whole, names) : none,
      hints: words.map(({ text, isNew }) => (isNew ? topicsOf(text, hints) : none)), wholeHint: isPhrase && words.some(({ isNew }) => isNew) ? topicsOf(whole, hints) : none,
    };
    const levels = [];
    for (const room of rooms) {
      const level = isWanted(room, parsed) ? levelOf(room, parsed, meant) : undefined;
      if (level !== undefined) (levels[level] ??= []).push(room);
    }
    return levels;
  };

  // Are they one letter apart: another one, one more, one less, or two that changed places?
  const isTypo = (a, b) => {
    if (a === b || Math.abs(a.length - b.length) > 1) return false;
    let from = 0, end = 0;
    while (a[from] !== undefined && a[from] === b[from]) from += 1;
    while (end < Math.min(a.length, b.length) - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    const left = a.slice(from, a.length - end), right = b.slice(from, b.length - end);
    return (left.length < 2 && right.length < 2) || (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]);
  };

  const counts = (texts) => {
    const many = new Map();
    for (const text of texts) for (const word of text.split(' ')) many.set(word, (many.get(word) ?? 0) + 1);
    return many;
  };

  const over = (rooms, lists) => {
    let ready = 0, known, canLearn = true;
    const topics = [byWord(lists), byWord({})];
    const prepareSome = (most) => {
      for (; ready < rooms.length && most > 0; most -= 1) prepare(rooms[ready++]);
    };
    // Where a mistyped word may have its neighbour: names and tags, then topics, then everything.
    const dictionary = () => known ??= [counts(rooms.map((room) => room.nameWords + room.tagWords)),
      new Map(topics.flatMap(({ whole }) => [...whole.keys()]).map((word) => [word, 1])), counts(rooms.map((room) => room.text))];
    const neighbour = (word) => {
      for (const list of dictionary()) {
        let best, most = 0;
        for (const [other, count] of list) if (count > most && Math.abs(other.length - word.length) < 2 && isTypo(word, other)) [best, most] = [other, count];
        if (best) return best;
      }
      return undefined;
    };
    const alone = (word) => find(rooms, { words: [word], whole: word.text, langs: [], hosts: [] }, topics);
    // A word of three letters or less that is one of a name, a tag or a topic stands for nothing longer. One that stands in none
    // of them may hint at a topic.
    const parsedOf = (query) => {
      const parsed = parse(query);
      for (const word of parsed.words) {
        const { text } = word;
        word.exact = letters(text) < 4 && (topics[0].whole.has(text) || rooms.some((room) => room.nameWords.includes(` ${text} `) || room.tagWords.includes(` ${text} `)));
        const begin = wanted(word), ids = [...topicsOf(text, topics[0])];
        word.isNew = !word.isAddress && !word.isIdentifier && !rooms.some((room) => room.nameWords.includes(begin) || room.tagWords.includes(` ${text}`) || room.topics.some((id) => ids.includes(id)));
      }
      return parsed;
    };
    // The query with each word that stands nowhere replaced by its neighbour; undefined where one has none.
    const mended = ({ words }) => {
      const better = words.map((word) => (letters(word.text) < 4 || word.isAddress || alone(word).length ? word.text : neighbour(word.text)));
      return better.includes(undefined) ? undefined : better.join(' ');
    };
    // `hits`: the best first, otherwise in the order given. `words`: to mark in what is shown. `instead`: what was searched for
    // when nothing was found for the query itself. `among`: the rooms to choose from. `isNew`: a word stands in no name, tag or topic,
    // so what hints at a topic should be learnt.
    const search = (query, among = rooms) => {
      prepareSome(Infinity);
      const parsed = parsedOf(query), isNew = canLearn && parsed.words.some((word) => word.isNew);
      const hits = find(among, parsed, topics).flat();
      if (hits.length || !parsed.words.length) return { hits, words: parsed.words, isNew };
      const instead = mended(parsed);
      if (!instead || instead === parsed.whole) return { hits, words: [], isNew };
      const again = { ...parsedOf(instead), langs: parsed.langs, hosts: parsed.hosts };
      const found = find(among, again, topics).flat();
      return found.length ? { hits: found, words: again.words, instead, isNew } : { hits, words: [], isNew };
    };
    // Words that hint at a topic, as `topics`; one that ends in * stands for all that begin so.
    const learn = (hints) => {
      topics[1] = byWord(hints);
      canLearn = false;
      known = undefined;
    };
    // Does a piece of the work of the first search ahead of it; says whether there is more.
    const trials = ['a', 'linux', 'qqqq'];
    const warm = () => {
      if (ready < rooms.length) prepareSome(100);
      else search(trials.pop() ?? '');
      return trials.length > 0;
    };
    return { search, learn, warm };
  };

  // Where the words stand in a text as people see it: [[begin, end], …], without overlaps.
  const ranges = (text, words) => {
    let folded = ' ';
    const place = [0];
    let at = 0;
    for (const letter of text) {
      for (const one of fold(letter).replace(/[^\p{L}\p{N}+]/gu, ' ')) {
        folded += one;
        for (let unit = 0; unit < one.length; unit += 1) place.push(at);
      }
      at += letter.length;
    }
    place.push(at);
    const found = [];
    for (const { text: word, inside } of words) {
      const wanted = inside ? word : ` ${word}`;
      for (let from = folded.indexOf(wanted); from >= 0; from = folded.indexOf(wanted, from + wanted.length)) {
        const begin = from + (inside ? 0 : 1);
        found.push([place[begin], place[begin + word.length] ?? at]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([begin, end], i) => end > begin && (i === 0 || begin >= Math.max(...found.slice(0, i).map((one) => one[1]))));
  };

  return { fold, over, ranges };
})();
