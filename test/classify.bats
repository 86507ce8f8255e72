# What a room is, by its own words: adult or not, its language, its topics, and what its owner wishes.

setup() {
  load helper.bash
  load knowledge.bash
  set_up_knowledge
}

@test "of 1,500 labelled rooms no adult one is missed, and none that denies it is marked" {
  run -0 "$(dirname "$bin")/bench/classify" adult "$root/languages" "$root/test/bench/adult.tsv"
  contains "$output" "precision 100.0 %, recall 100.0 %; adult and mixed confused: 0"
  [ "$(grep -c ^not "$root/test/bench/adult.tsv")" -ge 300 ]
  [ "$(grep -vc '^#\|^not' "$root/test/bench/adult.tsv")" -ge 200 ]
}

@test "adult is explained with the place and the word, and a denial counts where it stands" {
  explained_as adult <<'END'
"name": "XyzPorn"|yes, its name says "porn" (detected)
"description": "Talk. N.S.F.W.!"|yes, its description says "n.s.f.w" (detected)
"description": "Lounge, 18 plus"|yes, its description says "18 plus" (detected)
"description": "nswf"|yes, its description says "nswf" (detected)
"name": "SFW and NSFW memes"|yes, its name says "nsfw", and that it is not only that (detected)
"name": "Naked girls"|yes, its name says "naked girls" (detected)
"description": "naked and gore"|yes, its description says "naked … gore" (detected)
"description": "no NSFW"|no
"description": "SFW only, NSFW banned"|no
"description": "keine NSFW-Inhalte"|no
"description": "not a porn group"|no
"description": "naked"|no
"description": "Порнокрай"|yes, its description says "порнокрай" (detected)
"description": "NSFW: no"|no
"description": "Whoever sends porn will be kicked"|no
"description": "Chat. No spam/ban for NSFW"|no
"description": "porn = Bann"|no
"description": "NSFW must not be posted"|no
"description": "Porn is against the rules"|no
"description": "Porn? Instant ban."|no
"description": "18+ only, minors will be banned"|yes, its description says "18+ only" (detected)
"description": "NSFW pictures, spam is forbidden"|yes, its description says "nsfw" (detected)
"description": "We talk of films. No ads but NSFW"|yes, its description says "nsfw" (detected)
"description": "Se permite NSFW"|yes, its description says "nsfw", and that it is not only that (detected)
"name": "Python 3.18+"|no
"name": "Gore, New Zealand"|no
"name": "Quit porn"|no
"name": "Gore Vidal"|no
"tags": ["no-nsfw"]|no
"tags": ["nsfw-free"]|no
"tags": ["naked"]|yes, it has the tag "naked" (source)
END
}

@test "an adult room is on the adult page, its own page and in the data, and in no other file; its language, tags and topics have no page" {
  local other=d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928
  listing=$(server '' "$(room '"token": "dogs", "name": "Dogs"')" "$(room '"token": "xyz", "name": "Velvet", "description": "Uncensored NSFW pictures of chess #velvety #lang:fi"')")
  listing+=$'\n'$(server '"base_url": "https://b.example", "server_id": "d79a50b8", "key": {"public_key": "'$other'", "status": "proven"}' \
    "$(room '"token": "xyz", "name": "Velvet", "identifier": "xyz+d79a50b8", "join_url": "https://b.example/xyz?public_key='$other'", "description": "Porn and chess #velvety #lang:fi"')")
  site
  run -0 bash -c 'cd "$0" && grep -raliE "xyz\+(7b4e909b|d79a50b8)|velvet" . | grep -vE "^\./(([a-z]{2}/)?(adult\.html|c/xyz[+].*)|badge/xyz[+].*|communities\.(csv|json|ndjson)|servers\.json|lookup/..\.json|\.made-by-render)(\.gz|\.br)?$" || true' "$out"
  [ -z "$output" ]
  for page in tag-velvety language-fi topic-games feed-fi feed-topic-games; do
    run -1 compgen -G "$out/$page.*"
  done
  run -0 jq -r '.[].rooms[] | select(.token == "xyz").tags[0].text' "$out/servers.json"
  [ "${lines[0]}" = nsfw ]
  [ "${lines[1]}" = nsfw ]
  run -0 jq -r 'select(.identifier == "xyz+7b4e909b") | "\(.adult) \(.adult_state) \(.adult_reason.by) \(.adult_reason.word)"' "$out/communities.ndjson"
  [ "$output" = 'true adult description nsfw' ]
  run -0 jq -r 'select(.token == "dogs") | "\(.adult) \(.adult_reason)"' "$out/communities.ndjson"
  [ "$output" = 'false null' ]
}

@test "a language is recognised in every way in which owners write it" {
  local text codes
  while IFS='|' read -r text codes; do
    echo "\"description\": $(json "$text")|$codes"
  done > "$BATS_TEST_TMPDIR/rooms" <<'END'
Cats #lang:jp|ja, Japanese (owner)
Cats #lang: de|de, German (owner)
Cats #language:de|de, German (owner)
Cats #lang:Deutsch|de, German (owner)
Cats #lang:中文|zh, Chinese (owner)
Cats #lang:ua|uk, Ukrainian (owner)
Cats #lang:cz|cs, Czech (owner)
Cats #lang:gr|el, Greek (owner)
Cats #lang:cn|zh, Chinese (owner)
Cats #lang:dk|da, Danish (owner)
Cats #lang:ir|fa, Persian (owner)
Cats #lang:🇩🇪|de, German (owner)
Cats #lang=de|de, German (owner)
Cats #lang-de|de, German (owner)
Cats #sprache:deutsch|de, German (owner)
Cats #idioma-es|es, Spanish (owner)
Cats #язык:ru|ru, Russian (owner)
Cats #lang:kr|ko, Korean (owner)
#lang:de Katzen|de, German (owner)
Cats 🇩🇪|de, German (detected: it shows the flag of the country)
Deutsch only|unknown
Deutsch|de, German (detected: its words are only names of languages)
Cats #german|de, German (detected: the tag "german" names it)
Cats #deutsch|de, German (detected: the tag "deutsch" names it)
Cats #中文|zh, Chinese (detected: the tag "中文" names it)
Cats #english|en, English (detected: the tag "english" names it)
Cats #🇩🇪|de, German (owner)
END
  explained_as language < "$BATS_TEST_TMPDIR/rooms"
  for text in 'de,fr' 'de, fr' 'de/fr' 'de+fr' 'de #lang:fr'; do
    told "Cats #lang:$text"
    contains "$output" "language: de, German (owner)"
    contains "$output" "language: fr, French (owner)"
    lacks "$output" "tag:"
  done
  told "Cats #lang:klingonish"
  contains "$output" 'language not understood: "klingonish" (owner)'
  lacks "$output" "tag:"
}

@test "proper names do not determine the language; names of countries do, together with other text" {
  explained_as language <<'END'
"name": "Grupa Session Polska"|pl, Polish
"name": "Session Linux Bitcoin Monero Telegram", "description": "Signal WhatsApp Discord"|unknown
"name": "Deutschsprachige Diskussion"|de, German
"name": "Session Україна", "description": "Спільнота користувачів Session"|uk, Ukrainian
"name": "뉴스"|ko, Korean (detected: its script)
"name": "ข่าว"|th, Thai
"name": "Desi", "description": "bhai sirf hum log baat karo, sab ke liye"|hi, Hindi
"name": "PornoEspañol"|es, Spanish
"name": "Análisis técnico", "description": "gráficas y señales"|es, Spanish
"name": "学习交流群", "description": "大家好"|zh, Chinese
"name": "GrapheneOS", "description": "Pixel, no google plz"|unknown
"name": "საქართველოს ჩატი"|ka, Georgian
END
}

@test "topics are marked as guesses unless a tag of the owner or a curator gives them; a denied word gives none" {
  says '"identifier": "r2+7b4e909b", "tags": ["privacy"], "by": "Ada"'
  explained_as topic <<END
"name": "Linux", "description": "Help"|linux (detected: its name says "linux")
"name": "Help", "description": "Talk #bitcoin"|cryptocurrency (owner)
"name": "Help", "description": "Talk"|privacy (curator: Ada, $languages/communities.ndjson:1)
"name": "Futebol"|football (detected: its name says "futebol")
"name": "Футбол"|football (detected: its name says "футбол")
"name": "Fútbol"|football (detected: its name says "fútbol")
"name": "Fußball"|football (detected: its name says "fussball")
END
  explain_all '"name": "Help", "description": "no politics, no crypto"'
  lacks "${explained[0]}" "topic:"
}

@test "#nsfw and #test count as whole words, anywhere in the text" {
  told "A #nsfw room of cats"
  contains "$output" "adult: yes, its owner wrote #nsfw (owner)"
  told "A (#test) room of cats"
  contains "$output" "test: yes, its owner wrote #test (owner)"
  explain_all '"name": "Cats #test (#nsfw)"' '"name": "Cats #unlisted"'
  contains "${explained[0]}" "adult: yes, its owner wrote #nsfw (owner)"
  contains "${explained[0]}" "test: yes, its owner wrote #test (owner)"
  contains "${explained[1]}" "shown: no, unlisted by its owner"
  told "Not #nsfwish, and #tested"
  contains "$output" "adult: no"
  contains "$output" "test: no"
}

@test "a word list that can't be used is reported with file and line" {
  local line why
  while IFS='|' read -r line why; do
    echo "$line" > "$languages/zz.ndjson"
    run -1 --separate-stderr render_known --check
    [ "$stderr" = "$languages/zz.ndjson:1: $why" ]
  done <<'END'
{"kind":"lexicon-entry","list":"topics","id":"x","words":["x"]}|"list": unknown word "topics"; did you mean "topic"?
{"kind":"lexicon-entry","list":"greek","id":"x","words":["x"]}|"list": unknown word "greek"; known: adult beside-adult safe denial topic language proper-name grammar label
{"kind":"lexicon-entry","list":"denial","id":"bann","words":["x"]}|"id": unknown word "bann"; known: not ban ban-for after allowed only permit but after-not minors offence
{"kind":"lexicon-entry","list":"label","id":"tag","words":["x"]}|"id": unknown word "tag"; known: tags language
{"kind":"lexicon-entry","list":"label","id":"tags","words":["x"]}|"tags" of the list "label" is given twice
{"kind":"lexicon-entry","list":"topic","id":"linux","words":["x"]}|"linux" of the list "topic" is given twice
{"kind":"lexicon-entry","list":"language","id":"xx","words":["x"]}|"xx": there is no language xx in registry.tsv
{"kind":"lexicon-entry","list":"topic","id":"x","words":["!"]}|"!" has no letter, digit or emoji
{"kind":"lexicon-entry","list":"topic","id":"x","names":{"en":"X","qq":"X"}}|"qq": there is no language qq in registry.tsv
{"kind":"lexicon-entry","list":"topic","id":"x","topic_of":"many"}|"topic_of": unknown word "many"; known: many-things no-subject languages
{"kind":"lexicon-entry","list":"safe","id":"x","topic_of":"languages"}|"topic_of" is only for the list "topic"
END
}

@test "the words of a topic of many things, or of no subject, lead no search to its other rooms" {
  listing=$(server '' "$(room '"token": "berlin", "name": "Berlin"')" "$(room '"token": "words", "name": "Learn Spanish words"')" \
    "$(room '"token": "linux", "name": "Linux"')" "$(room '"token": "hall", "name": "Off-topic"')" "$(room '"token": "knit", "name": "Hobby"')")
  site
  run -0 jq -c 'map_values(length > 3)' "$out/search/hints.json"
  [ "$output" = '{"linux":true,"regional":false,"language-learning":true,"hobby":false,"off-topic":false}' ]
}

@test "every topic has a name in every language of the site" {
  for language in "$root"/sites/translations/*.txt; do
    run -0 jq -r --arg code "$(basename "$language" .txt)" 'select(.names[$code] | not).id' "$root/languages/topics.ndjson"
    [ -z "$output" ]
  done
  [ "$(wc -l < "$root/languages/topics.ndjson")" -ge 24 ]
}

@test "a room that is called as a topic, in any language of the site, has this topic" {
  jq -r '.id as $id | .names | to_entries[] | ["-", "not", $id, .value, ""] | @tsv' "$root/languages/topics.ndjson" > "$BATS_TEST_TMPDIR/rooms"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/rooms")" -ge 264 ]
  run -0 "$(dirname "$bin")/bench/classify" topics "$root/languages" "$BATS_TEST_TMPDIR/rooms"
  contains "$output" " 0 missed, "
}
