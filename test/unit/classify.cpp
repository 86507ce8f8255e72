// What the small lexicon says of texts. The large lists have labelled sets: `make bench-rooms`.
#include "classify/adult.hpp"
#include "classify/topics.hpp"
#include "small_lexicon.hpp"

static std::string tokens(std::string_view text) {
  std::string read = tokenize(text).text;
  for (char& c : read)
    if (c == gap::kSentence)
      c = '/';
    else if (c == gap::kInside)
      c = '_';
  return read;
}

static void text_is_split_into_words_and_gaps() {
  check(tokens("") == "//");
  check(tokens("Cats, dogs. Birds!") == "/cats,dogs/birds/");
  check(tokens("a - b (c) d–e") == "/a-b-c-d e/");
  check(tokens("XyzPorn") == "/xyz_porn/");
  check(tokens("NSFWchat") == "/nsf_w_chat/");
  check(tokens("porn2024") == "/porn_2024/");
  check(tokens("18+ and +18, 3+4") == "/18+ and +18,3+4/");
  check(tokens("3.18+, 18,000. 9") == "/318+,18000/9/");
  check(tokens("1.18+ only 2.no spam") == "/1/18+ only 2/no spam/");
  check(tokens("no spam\n3.18+ 4. a") == "/no spam/3/18+ 4/a/");
  check(tokens("1.be kind 2.18+") == "/1/be kind 2/18+/");
  check(tokens("a2.18+ 1.b") == "/a_218+ 1 b/" && tokens("3.x 18+") == "/3 x 18+/");
  check(tokens("2.18+ or 3.4") == "/218+ or 34/" && tokens("12.18+ 13.b") == "/1218+ 13 b/");
  check(tokens("C++ / C# / F#") == "/cplusplus csharp fsharp/");
  check(tokens("N.S.F.W. here") == "/nsfw/here/");
  check(tokens("s-e-x") == "/sex/" && tokens("a b") == "/a b/");
  check(tokens("U.S. news") == "/u s/news/");
  check(tokens("Ｃafé_Noir") == "/cafe noir/");
  check(tokens("no #Porn#chat") == "/no #porn #chat/");
  check(tokens("🔞chat") == "/🔞 chat/" && tokens("🇩🇪🇫🇷") == "/🇩🇪 🇫🇷/");
  check(tokens("日本hentai。x") == "/日本_hentai/x/");
  check(tokens("po\u200Brn \u0301x") == "/porn x/");
  check(tokens("\xff\xfe a") == "/a/");
  check(tokens("18 + x") == "/18 plus x/" && tokens("18yo+, 1 + 2") == "/18_yo plus,1 2/");
  check(tokens("rock+roll, Q+") == "/rock roll,q plus/" && tokens("a + b") == "/a b/");
  check(tokens("ⓃⓈⒻⓌ 🅽🆂🅵🆆 🅝") == "/nsfw nsfw n/");
  check(tokens("pоrn N\u0405FW спорт gпр") == "/porn nsfw спорт gnp/");  // Cyrillic о, Ѕ
  check(tokens("ᴘᴏʀɴ ʟᴏʟ piłka mən") == "/porn lol piłka mən/");
  check(tokens("iжа") == "/iжа/");
  const TokenText read = tokenize("Ça XyzPorn");
  check(read.tokens.size() == 3 && read.tokens[2].from == 7 && read.tokens[2].to == 11);
  check(words_between(read, read.tokens[0].end, read.tokens[2].begin) == 1);
}

static std::string matched(std::string_view text) {
  std::string all;
  const Reading reading = kLexicon.read(text);
  for (const Match& match : reading.matches) {
    if (match.meaning->list > LexiconList::beside_adult) continue;
    all += all.empty() ? "" : "|";
    all += reading.text_of(match);
    if (match.denied) all += "-";
    if (match.allowed) all += "+";
  }
  return all;
}

static void phrases() {
  check(matched("Essex and sextants") == "");
  check(matched("Sex, SEX") == "sex|sex");
  check(matched("sex-education, Sex Education") == "");
  check(matched("LivePornChat") == "porn|chat");
  check(matched("freepornchat") == "freepornchat");
  check(matched("sexchat girlssex xsex") == "sexchat|girlssex");
  check(matched("Pornic") == "");
  check(matched("色情群") == "色情");
  check(matched("エロ画像 ヒエログリフ") == "エロ");
  check(matched("nakedCapitalism") == "");
  check(matched("Gore, New Zealand") == "" && matched("gore new zealand") == "gore");
}

static void denials() {
  check(matched("no porn") == "porn-" && matched("NoPorn") == "porn-");
  check(matched("I don't want porn") == "porn-");
  check(matched("no. porn") == "porn" && matched("no - porn") == "porn");
  check(matched("no one two three four five porn") == "porn-");
  check(matched("no one two three four five six porn") == "porn");
  check(matched("no ads, porn, gore") == "porn-|gore-");
  check(matched("Banned are: ads, spam, porn, gore. porn") == "porn-|gore-|porn");
  check(matched("banned here, one: porn") == "porn" && matched("banned. a: b, porn") == "porn");
  check(matched("no ads, porn welcome") == "porn+");
  check(matched("no ads, porn only") == "porn");
  check(matched("no porn allowed") == "porn-");
  check(matched("no limits porn") == "porn");
  check(matched("porn is strictly forbidden") == "porn-");
  check(matched("ads forbidden, porn") == "porn" && matched("forbidden: porn") == "porn-");
  check(matched("porn is not allowed") == "porn-" && matched("porn not banned") == "porn");
  check(matched("禁止发布色情") == "色情-" && matched("エロなし") == "エロ-");
  check(matched("porn not really allowed") == "porn-" &&
        matched("porn not at all welcome") == "porn-");
  check(matched("no porn banned") == "porn-");
  check(matched("we accept porn") == "porn+" && matched("we don't, we accept porn") == "porn+");
  check(matched("no ads but porn") == "porn" && matched("porn but ads are banned") == "porn");
  check(matched("porn: no") == "porn-" && matched("porn no") == "porn-");
  check(matched("porn no ads") == "porn" && matched("porn, no") == "porn");
  check(matched("do not send porn or ever ask for porn, or for anything naked") ==
        "porn-|porn-|naked-");
  check(matched("no porn - naked") == "porn-|naked");
}

// Whom or what does a ban mean?
static void bans() {
  check(matched("spam/ban for porn") == "porn-" && matched("no spam/ban for porn") == "porn-");
  check(matched("no ban for porn") == "porn" && matched("not banned, porn") == "porn");
  check(matched("porn, ban for spam") == "porn" && matched("porn here and ban for spam") == "porn");
  check(matched("porn, minors are banned") == "porn" && matched("porn, no minors") == "porn");
  check(matched("18+: minors - banned") == "18+" && matched("under 18, banned. porn") == "porn");
  check(matched("no porn, minors here") == "porn-");
  check(matched("porn banned, minors here") == "porn-");
  check(matched("minors here, porn is banned") == "porn-");
  check(matched("porn banned for minors") == "porn-" && matched("no porn for minors") == "porn-");
  check(matched("porn films, spam is banned") == "porn|films");
  check(matched("who sends porn, is banned") == "porn-");
  check(matched("porn, spam is banned") == "porn-" && matched("18+, spam is banned") == "18+");
  check(matched("porn films, gore, spam = banned") == "porn-|films|gore-");
  check(matched("porn films, spam and ads are banned") == "porn-|films");
  check(matched("porn films, no spam, banned") == "porn|films");
  check(matched("porn is welcome, spam is banned") == "porn+");
  check(matched("porn only, it is banned elsewhere") == "porn");
  check(matched("porn here, they banned spammers") == "porn");
  check(matched("porn banned spammers") == "porn-" &&
        matched("porn and banned spammers") == "porn");
  check(matched("porn must not be posted") == "porn-" && matched("porn has no place") == "porn-");
  check(matched("post porn, posted daily") == "porn" && matched("a place for porn") == "porn");
  check(matched("no place for porn") == "porn-" && matched("18+ or else banned") == "18+");
  check(matched("no ads only porn") == "porn" && matched("no only porn") == "porn-");
  check(matched("色情，禁止ads") == "色情" && matched("色情禁止") == "色情-");
  check(matched("porn? no!") == "porn-" && matched("porn? really banned") == "porn-");
  check(matched("porn? no spam") == "porn" && matched("porn. no") == "porn");
  check(matched("porn? yes. banned") == "porn" && matched("porn! banned") == "porn");
}

struct Said {
  std::string_view name, description;
  std::vector<std::string_view> tags;
  std::string_view token = "room";
};

static AdultVerdict adult(const Said& said) {
  return judge_adult(read_room(kLexicon, {said.token, said.name, said.description, said.tags}));
}
static bool is(const Said& said, AdultState state) { return adult(said).state == state; }

static void for_adults() {
  constexpr auto kNo = AdultState::no, kMixed = AdultState::mixed, kAdult = AdultState::adult;
  const AdultVerdict verdict = adult({"Cats", "Talk. NSFW.", {}});
  check(verdict.state == kAdult && verdict.place == Place::description && verdict.word == "nsfw");
  check(adult({"Cats", "", {"porn"}}).place == Place::tag);
  check(adult({"Cats", "", {}, "porn_room"}).place == Place::token);
  check(adult({"Porn", "", {}, "porn"}).place == Place::name);
  check(is({"Cats", "", {}}, kNo) && is({"", "", {}}, kNo));
  check(is({"Sex", "", {}}, kAdult) && is({"Cats", "of any sex", {}}, kNo));
  check(is({"Naked", "", {}}, kAdult) && is({"Naked mole rats", "", {}}, kNo));
  check(is({"Naked girls", "", {}}, kAdult) && is({"Naked, girls", "x", {}}, kAdult));
  check(is({"Bar", "naked girls here", {}}, kAdult) && is({"Bar", "naked, for girls", {}}, kNo));
  check(is({"Cats", "gore", {}}, kNo) && is({"Cats", "gore and naked", {}}, kAdult));
  check(is({"Cats", "naked, naked", {}}, kNo));
  check(is({"Cats", "x", {"gore"}}, kAdult) && is({"Cats", "x #gore", {}}, kAdult));
  check(is({"Cats", "x", {"adults"}}, kAdult) && is({"Adults", "adults", {}}, kNo));
  check(is({"Cats", "", {"no-nsfw"}}, kNo));
  check(is({"Gore Vidal", "", {}}, kNo) && is({"Quit porn", "", {}}, kNo));
  check(is({"SFW and NSFW memes", "", {}}, kMixed) && is({"Bar", "NSFW welcome", {}}, kMixed));
  check(is({"SFW only", "NSFW banned", {}}, kNo) && is({"SFW", "", {}}, kNo));
  check(is({"Porn", "no NSFW", {}}, kAdult));
  check(is({"Bar", "1.18+ only 2.no spam", {}}, kAdult) &&
        is({"Bar", "1.no spam 2.18+", {}}, kAdult));
}

static std::string topics(const Said& said) {
  std::string all;
  for (const TopicGuess& guess :
       guess_topics(read_room(kLexicon, {said.token, said.name, said.description, said.tags}),
                    adult(said).state != AdultState::no))
    all += (all.empty() ? "" : " ") + guess.id;
  return all;
}

static void topics_of_rooms() {
  check(topics({"Linux", "", {}}) == "linux" && topics({"Linuxers", "", {}}).empty());
  check(topics({"Help", "kernel", {}}).empty());
  check(topics({"Help", "kernel and terminal", {}}) == "linux");
  check(topics({"Help", "no chess, no Linux", {}}).empty());
  check(topics({"Go", "", {}}) == "games" && topics({"Help", "go away", {}}).empty());
  check(topics({"Help", "", {"gnu"}}) == "linux" && topics({"Help", "gnu", {}}).empty());
  check(topics({"Help", "books", {"linux"}}) == "linux books");
  check(topics({"Chess", "Linux books, games, recipes", {}}) == "games linux books");
  check(topics({"", "", {}}).empty());
  check(topics({"Musik", "", {}}) == "music" && topics({"Help", "Musik", {}}).empty());
  check(topics({"Novels", "", {}}) == "books film");  // one phrase of two topics
  check(topics({"Chat", "", {}}) == "small-talk" && topics({"Linux chat", "", {}}) == "linux");
  check(topics({"Linux", "anything", {}}) == "linux small-talk");
  check(topics({"Berlin", "", {}}) == "regional" &&
        topics({"Linux Berlin", "", {}}) == "linux regional");
  check(topics({"Berlin", "headlines", {}}) == "regional news");
  check(topics({"Learn Español", "", {}}) == "lessons");
  check(topics({"Help", "learn some good español", {}}).empty() &&
        topics({"Learn", "", {}}).empty());
  check(topics({"Porn chat", "films", {}}).empty() && topics({"Porn", "Linux", {}}) == "linux");
}

static std::string refused(const LexiconEntry& line) {
  Lexicon lexicon;
  try {
    lexicon.add(words("topic", "linux", {"linux"}));
    lexicon.add(line);
  } catch (const BadLine& bad) {
    return bad.why;
  }
  return "";
}

static void bad_lists() {
  check(refused(words("topic", "books", {"books", "*b*", "📚"})).empty());
  check(refused(words("topic", "linux", {"gnu"})) ==
        "\"linux\" of the list \"topic\" is given twice");
  check(refused(words("topic", "books", {"books"}, {"books"})) ==
        "\"books\" of the list \"topic\" is given twice");
  check(refused(words("topic", "books", {"linux"})).empty());
  check(refused(words("adult", "x", {"linux", "linux"})) ==
        "\"linux\" of the list \"adult\" is given twice");
  LexiconEntry of_many = words("safe", "x", {"x"});
  of_many.topic_of = TopicOf::many_things;
  check(refused(of_many) == "\"topic_of\" is only for the list \"topic\"");
  check(refused(words("topic", "x", {"..."})) == "\"...\" has no letter, digit or emoji");
  check(refused(words("topic", "x", {"*"})) == "\"*\" has no letter, digit or emoji");
  check(refused(words("topic", "x", {"a * b"})) ==
        "\"a * b\": a * is allowed at the ends of a phrase only");
}

// What strangers send costs no more than its size.
static void hostile_texts() {
  std::string many, deep;
  for (int i = 0; i < 2000; ++i) many += "pornPORN", deep += "aB";
  check(kLexicon.read(many).matches.size() == 4000);
  check(kLexicon.read(deep).matches.empty());
  // Each of 2,000 words is judged by each of 2,000 denials: a step for each pair, no more.
  std::string denied, tail;
  for (int i = 0; i < 2000; ++i) denied += "禁止色情", tail += "porn ";
  check(kLexicon.read(denied).matches.size() == 4000);
  check(kLexicon.read(tail + denied).matches.size() == 6000);
  std::string bans_of_others;
  for (int i = 0; i < 2000; ++i) bans_of_others += "no spam, minors banned, ";
  check(kLexicon.read(tail + bans_of_others).matches.size() == 10000);
}

int main() {
  text_is_split_into_words_and_gaps();
  phrases();
  denials();
  bans();
  for_adults();
  topics_of_rooms();
  bad_lists();
  hostile_texts();
  return failures != 0;
}
