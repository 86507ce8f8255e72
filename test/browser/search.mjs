// usage: search.mjs: what the search of a list answers, without a browser: a table of queries, what must come first and what
// must not come, and that a key press in 1,000 rooms takes no longer than it may.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

vm.runInThisContext(readFileSync('sites/assets/search.js', 'utf8'));
const { over, ranges } = globalThis.roomSearch;
const faults = [];
const check = (truth, text) => { if (!truth) faults.push(text); };

const lexicon = readFileSync('languages/topics.ndjson', 'utf8').trim().split('\n').map(JSON.parse);
const topics = Object.fromEntries(lexicon.map(({ id, names }) => [id, [id, ...Object.values(names)]]));
const hints = Object.fromEntries(lexicon.filter(({ topic_of: topicOf = 'languages' }) => topicOf === 'languages').map(({ id, words, in_names: inNames = [] }) => [id, [...words, ...inNames]]));

// id: name | description | tags | topics | languages | host, in the order of the list.
const names = { en: ['English'], de: ['German', 'Deutsch'], es: ['Spanish', 'español'], fr: ['French'], pt: ['Portuguese'], 'pt-BR': ['Brazilian Portuguese'], ru: ['Russian'], zh: ['Chinese'], fa: ['Persian'], ar: ['Arabic'] };
const made = `
session | Session Official | News of the app and help with it | session news | session | en | open.getsession.org
lounge | Linux Lounge | Help and small talk about free operating systems | help | linux | en | chat.one.example
futebol | Futebol | Jogos, times e resenha | | football | pt-BR | chat.brasil.example
bola | Bola na rede | Conversa sobre futebol | | football | pt | chat.brasil.example
peña | Peña blanca | La liga y los fichajes | | football | es | salas.example
tennis | Tennis Club | Serves and volleys | sports | sport | en | chat.one.example
britain | Britain Chat | News from the island, rain included | news | regional | en | uk.example:8080
ailab | AI Lab | Models, prompts and their limits | | ai | en | chat.one.example
aikido | Aikido Dojo | Falling softly | | sport | en | chat.one.example
main | The Main Hall | Everything goes, and nothing is said of chess | chat | off-topic | en | hall.example
chess | Chess | | games | games | en | chat.one.example
chessclub | Chess Club Berlin | Schach am Donnerstag | schach | games | de en | berlin.example
schach | Fernschach | Züge per Post | | games | de | berlin.example
privacy | Privacy & Security | Threat models, phones without trackers | privacy security | privacy security | en | hall.example
datenschutz | Datenschutz-Stammtisch | Fragen rund um Verschlüsselung | privacy | privacy | de | berlin.example
cpp | C++ Corner | Templates and tears | programming | programming | en | code.example
rust | Rust | Borrow, check, repeat | programming | programming | en | code.example
trust | Web of Trust | Keys and who signs them | crypto | security | en | code.example
musica | Música en español | Discos y letras | music | music | es | salas.example
cafe | Café e conversa | Bate-papo do dia a dia | chat | off-topic | pt | chat.brasil.example
zh | 中文聊天室 | 欢迎大家来聊天 | chat | off-topic | zh | asia.example
books-zh | 读书会 | 每月一本书 | books | books | zh | asia.example
ru | Свободное общение | Разговоры обо всём, ещё и о книгах | chat | off-topic | ru | ru.example
linuxru | Линукс для всех | Помощь новичкам | linux | linux | ru | ru.example
fa | گفتگوی آزاد | گفتگو دربارهٔ همه چیز | chat | off-topic | fa | fa.example
ar | غرفة الخصوصية | أسئلة وأجوبة | | privacy | ar | ar.example
film | Cinéma du dimanche | Un film par semaine | film | film | fr | fr.example
straße | Straßenfotografie | Licht und Zufall | photography | hobby | de | berlin.example
monero | Monero Market Talk | Prices and mining. Talk to us | monero crypto | cryptocurrency | en | xmr.example
gnulinux | FreeGNULinux | Freedom zero to three | | | en | xmr.example
night | Night Owls | For everybody who is still awake. Some run linux | chat | off-topic | en | hall.example
`.trim().split('\n').map((line) => line.split('|').map((part) => part.trim()));
const split = (text) => text.split(' ').filter(Boolean);
const roomOf = ([token, name, description, tags, about, langs, host], number) => ({
  id: `${token}+${(0xa3400000 + number * 4099).toString(16)}`, name, description, tags: split(tags), topics: split(about), langs: split(langs),
  langNames: split(langs).flatMap((code) => names[code]), host,
});
const rooms = made.map(roomOf);
const { search, learn } = over(rooms, topics);

// What hints at a topic is asked for when a word stands in no name, tag or topic, and once.
for (const [query, isNew] of [['linux', false], ['futbol', false], ['chat.brasil.example', false], ['ubuntu', true], ['linux ubuntu', true]])
  check(Boolean(search(query).isNew) === isNew, `"${query}" ${isNew ? 'does not ask' : 'asks'} for hints`);
learn(hints);
check(!search('ubuntu').isNew, 'hints are asked for twice');
const link = `http://chat.brasil.example/futebol?public_key=${rooms[2].id.split('+')[1]}${'0'.repeat(56)}`;

// query | all that is found, the best first.
const table = `
linux | lounge linuxru gnulinux night
LÍNUX | lounge linuxru gnulinux night
#linux | lounge linuxru gnulinux night
linux lounge | lounge
lounge linux | lounge
night | night
lin | lounge linuxru night
libre software | lounge linuxru
ubuntu | lounge linuxru
линукс | linuxru lounge
AI | ailab
ai lab | ailab
KI | ailab
chess | chess chessclub main
ches | chess chessclub main
chess club | chessclub
schach | chessclub schach
futbol | futebol bola peña
fútbol | futebol bola peña
futebol | futebol bola peña
football | futebol bola peña
fußball | futebol bola peña
футбол | futebol bola peña
rust | rust
trust | trust
c++ | cpp
musica | musica
MÚSICA | musica
strasse | straße
privacy | privacy datenschutz ar
datenschutz | datenschutz privacy ar
الخصوصیة | ar privacy datenschutz
خصوصية | ar
گفتگوي | fa
中文 | zh
聊天 | zh
еще | ru
german | chessclub schach datenschutz straße
lang:de | chessclub schach datenschutz straße
lang:german chess | chessclub
lang:pt | futebol bola cafe
host:brasil | futebol bola cafe
host:berlin.example lang:en | chessclub
chat.brasil.example | futebol bola cafe
uk.example:8080 | britain
LINK | futebol
ID | futebol
“Monero”, | monero
talk | monero lounge
in | britain
zzzz |
http://nobody.example/x |
`.trim().split('\n').map((line) => line.split('|').map((part) => part.trim()));
const tokens = (hits) => hits.map((room) => room.id.split('+')[0]);
for (const [query, wanted] of table) {
  const { hits, instead } = search(query.replace('LINK', link).replace(/^ID$/, rooms[2].id));
  check(tokens(hits).join(' ') === wanted, `"${query}" gives ${tokens(hits)}; it should give ${wanted}`);
  check(!instead, `"${query}" shows "${instead}" instead`);
}
check(table.length >= 40, `only ${table.length} queries`);

// One typo, where nothing matches.
for (const [query, instead, first] of [['linx', 'linux', 'lounge'], ['mnoero', 'monero', 'monero'], ['privcy', 'privacy', 'privacy'], ['linux loungee', 'linux lounge', 'lounge'], ['footbal', 'football', 'futebol']]) {
  const result = search(query);
  check(result.instead === instead && tokens(result.hits)[0] === first, `"${query}" shows "${result.instead}": ${tokens(result.hits)}`);
}
for (const query of ['lnx', 'xyzzy', 'linox lang:xx']) check(search(query).instead === undefined, `"${query}" is mended`);

// What is marked.
const marked = (text, query) => {
  const { words } = search(query);
  return ranges(text, words).map(([begin, end]) => text.slice(begin, end)).join('|');
};
for (const [text, query, wanted] of [
  ['Linux and GNULinux', 'linux', 'Linux|Linux'], ['AI in Britain, Aikido', 'ai', 'AI|Ai'], ['Mu\u0301sica, música', 'musica', 'Mu\u0301sica|música'],
  ['Straßenfotografie', 'strasse', 'Straße'], ['欢迎大家来聊天', '聊天', '聊天'], ['Chess Club Berlin', 'club chess', 'Chess|Club'], ['nothing', 'lang:de', ''],
]) check(marked(text, query) === wanted, `"${query}" marks "${marked(text, query)}" in "${text}", not "${wanted}"`);

// 1,000 rooms: the least of some turns, whatever else the machine does. A new letter, a word, nothing, and a typo.
const many = Array.from({ length: 1000 }, (_, i) => roomOf([...made[i % made.length].slice(0, 1).map((token) => token + i), ...made[i % made.length].slice(1)], i));
const engine = over(many, topics);
while (engine.warm());
engine.learn(hints);
let most = 0;
for (const query of ['l', 'linux', 'a e', 'zzzz', 'linx', 'chat.brasil.example']) {
  let least = Infinity;
  for (let turn = 0; turn < 20; turn += 1) {
    const before = process.hrtime.bigint();
    engine.search(query);
    least = Math.min(least, Number(process.hrtime.bigint() - before) / 1e6);
  }
  most = Math.max(most, least);
}
check(most <= 8, `a search in 1,000 rooms takes ${most.toFixed(1)} ms`);
console.error(`${table.length} queries; a search in 1,000 rooms takes ${most.toFixed(2)} ms`);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length ? 1 : 0;
