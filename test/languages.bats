# What people know of Communities: languages, tags and derived facts, as render joins them.

setup() {
  load helper.bash
  load knowledge.bash
  set_up_knowledge
}

@test "the owner is preferred to a curator, a curator to a guess" {
  local text="Allgemeiner Chat über Katzen und Hunde auf Deutsch"
  told "$text"
  contains "$output" "language: de, German (detected: CLD2"
  says '"identifier": "cats+7b4e909b", "languages": ["fr", "it"], "by": "Ada"'
  told "$text"
  contains "$output" "language: fr, French (curator: Ada, $languages/communities.ndjson:1)"
  contains "$output" "language: it, Italian (curator: Ada, $languages/communities.ndjson:1)"
  lacks "$output" "German"
  told "$text #lang:eo #lang:PT_br"
  contains "$output" "language: eo, Esperanto (owner)"
  contains "$output" "language: pt-BR, Brazilian Portuguese (owner)"
  lacks "$output" "French"
}

@test "what an owner writes as a language counts in its order; #lang-club is a tag" {
  told "#lang:de for cats, #lang:fr for dogs, #语言：中文 too"
  grep language: <<< "$output" | diff - <(printf '  language: %s (owner)\n' "de, German" "fr, French" "zh, Chinese")
  told "Cats #lang-de #lang_PT_br #lang-jp #lang-club #lang_learn"
  grep language: <<< "$output" | diff - <(printf '  language: %s (owner)\n' "de, German" "pt-BR, Brazilian Portuguese" "ja, Japanese")
  lacks "$output" "not understood"
}

@test "languages may stand behind #lang without a colon, and behind \"Language:\" without a hash" {
  told "Cats #lang de"
  grep language: <<< "$output" | diff - <(echo "  language: de, German (owner)")
  lacks "$output" "tag: "
  told "Cats #lang:de & en"
  grep language: <<< "$output" | diff - <(printf '  language: %s (owner)\n' "de, German" "en, English")
  told "All about our cats and how to feed them. Language: German."
  grep language: <<< "$output" | diff - <(echo "  language: de, German (owner)")
  told "Idiomas : español / português. Gatos"
  grep language: <<< "$output" | diff - <(printf '  language: %s (owner)\n' "es, Spanish" "pt, Portuguese")
  told "We write a compiler for our own language: Python is the host"
  lacks "$output" "(owner)"
  told "Bad language: no. Spam: no. 语言：中文、英语。猫"
  grep language: <<< "$output" | diff - <(printf '  language: %s (owner)\n' "zh, Chinese" "en, English")
  told "Bad language: no. No spam in here, and be nice to each other"
  lacks "$output" "(owner)"
  told "Cats #lang and dogs #R&B"
  contains "$output" "tag: r-b"
}

@test "a language that does not exist is ignored, even from the owner" {
  says '"identifier": "cats+7b4e909b", "languages": ["fr"]'
  told "Cats #lang:xx #lang:de-Latn-DE-1996-x-y #lang: #lang:../../etc"
  contains "$output" "language: fr, French (curator"
  [ "$(grep -c language: <<< "$output")" = 1 ]
  contains "$output" 'language not understood: "xx" (owner)'
  lacks "$output" "tag: "
}

@test "no language is guessed from text that does not show it" {
  local text texts=()
  for text in "" "Memes" "🎣🎣🎣" "123 456" "C++ / C#" "the то le" "Persian, a language"; do texts+=("\"description\": $(json "$text")"); done
  explain_all "${texts[@]}"
  for text in "${explained[@]}"; do contains "$text" "language: unknown; nobody says it, and the text is too short or unclear"; done
}

@test "a room that is named after a language has this language" {
  local i pairs=(Finnish:fi Suomi:fi "Persian (Farsi):fa" "中文:zh" español:es) names=()
  for i in "${pairs[@]}" "Czech, Slovak"; do names+=("\"name\": \"${i%:*}\""); done
  explain_all "${names[@]}"
  for i in "${!pairs[@]}"; do
    contains "${explained[i]}" "language: ${pairs[i]#*:},"
    contains "${explained[i]}" "(detected: its words are only names of languages)"
  done
  contains "${explained[-1]}" "language: cs,"
  contains "${explained[-1]}" "language: sk,"
}

@test "at least 95 in 100 detected languages are right, on every labelled set" {
  BIN=$bin run -0 timeout 120 "$root/test/bench/languages"
  [ "$(grep -c '^all ' <<< "$output")" = 4 ]
}

@test "older identifiers find the Community, for every address that its server had" {
  local md5
  listing=$(server '"aliases": [{"base_url": "http://old.example:8080", "proven_at": "2026-11-01T00:00:00Z"}]' "$(room '')")
  for address in sog.example old.example:8080; do
    md5=$(printf %s "$address" | md5sum)
    explain "cats+7b4e${md5:0:4}"
    contains "$output" "cats+7b4e909b: Cats"
  done
  explain CATS+7B4E
  contains "$output" "older identifier: cats+7b4e${md5:0:4}"
  says "\"identifier\": \"cats+7b4e${md5:0:4}\", \"languages\": [\"fr\"]" # of the shape of a real one
  says '"identifier": "cats+7b4e", "languages": ["nl"]'
  explain cats+7b4e909b
  contains "$output" "language: nl, Dutch (curator"
}

@test "the 143 languages that people recorded in 2023 are in languages/ and still find Communities" {
  local facts=$root/languages/communities.ndjson answer
  [ "$(jq -s 'map(select(.languages)) | length' "$facts")" -ge 143 ]
  # Servers of today: the first 8 hex digits are known, or 4, the rest is made up.
  jq -sc '[.[] | select(.languages) | .identifier | capture("(?<token>.*)\\+(?<key>.*)")] | group_by(.key)[]
    | (.[0].key + "0" * (64 - (.[0].key | length))) as $key
    | {kind: "server", base_url: ("https://" + .[0].key + ".example"), server_id: $key[:8], key: {public_key: $key, status: "proven"},
       rooms: map({token, identifier: (.token + "+" + $key[:8]), join_url: "-"})}' "$facts" > "$BATS_TEST_TMPDIR/listing"
  mapfile -t names < <(jq -r 'select(.languages) | "--explain=" + .identifier' "$facts")
  run -0 --separate-stderr render --languages "$root/languages" --sites "$root/sites" --now "$now" "${names[@]}" "$BATS_TEST_TMPDIR/listing"
  [ -z "$stderr" ]
  answer=$(awk '/^[^ ]/ { sub(/(0000)?:.*/, ""); name = $0 }
    /^  language: .*\(curator: listing volunteers, / { sub(/,/, "", $2); print name, $2 }' <<< "$output" | sort)
  diff <(jq -r 'select(.languages) | .identifier + " " + .languages[]' "$facts" | sort) - <<< "$answer"
}

@test "every language of the shared file of 2023 is in languages/" {
  local facts=$root/../shared/facts/language-flags-2023.tsv
  [ -e "$facts" ] || skip "the file of facts is not here"
  diff <(grep -v '^#' "$facts" | cut -f 1 | LC_ALL=C sort) <(jq -r 'select(.date == "2023-03").identifier' "$root/languages/communities.ndjson" | sed -E 's/\+(....)....$/+\1/' | LC_ALL=C sort)
  [ "$(grep -v '^#' "$facts" | grep -cP '\t.')" = "$(grep '"2023-03"' "$root/languages/communities.ndjson" | grep -c '"languages"')" ]
}

@test "the characters that tell Chinese from Japanese are those of the character sets, sorted" {
  /usr/bin/python3 - "$root/tools/lib/language/han.cpp" <<'END'
import re, sys
source = open(sys.argv[1], encoding="utf-8").read()
def table(name):
    return list("".join(re.findall('U"(.*?)"', re.search(name + " =(.*?);", source, re.S)[1])))
def level(character_set, first, last, character):
    """0: not in the set; 1: in its first level, the rows from `first` to `last`; 2: in another."""
    try:
        code = character.encode(character_set)
    except UnicodeEncodeError:
        return 0
    return 0 if len(code) != 2 else 1 if first <= code[0] <= last else 2
gb, jis, big5 = ({c: level(*rows, c) for c in map(chr, range(0x4E00, 0x9FFF))} for rows in (("gb2312", 0xB0, 0xD7), ("euc_jp", 0xB0, 0xCF), ("big5", 0xA4, 0xC6)))
simplified = [c for c in gb if gb[c] == 1 and jis[c] != 1 and big5[c] != 1]
words = set("聊很跟搜孩哈找")
expected = {
    "kSimplified": simplified,
    "kReformedInJapan": [c for c in gb if jis[c] == 1 and not gb[c] and not big5[c]],
    "kReformedAlike": [c for c in gb if gb[c] == 1 and jis[c] == 1 and big5[c] != 1],
    "kNotOfJapan": [c for c in gb if c in words or c not in simplified and
                    (not jis[c] and 1 in (gb[c], big5[c]) or jis[c] == 2 and big5[c] == 1 and not gb[c])]}
sys.exit(" ".join(name for name in expected if table(name) != expected[name]) or 0)
END
}

# Where a description ends and what its hashtags are, as DESCRIPTION | WHAT IS LEFT | TAGS.
spellings() {
  cat <<'END'
Cats. #fishing #boats|Cats.|fishing boats
#fishing|-|fishing
Cats #Fishing,#BOATS; #fishing|Cats|fishing boats
Cats #GNU_Linux #gnu-linux|Cats|linux
Cats ＃Ｆｉｓｈｉｎｇ|Cats|fishing
Cats #fishing#boats|Cats|fishing boats
Cats #c++ #rock&roll #it's|Cats|cplusplus rock-roll it-s
Cats #fishing.|Cats|fishing
Cats #ICE_cream!|Cats|ice-cream
Cats #猫 #кошки|Cats|猫 кошки
We are #1|We are #1|
We are #1 in #fishing lures|We are #1 in #fishing lures|
mail me at a#b|mail me at a#b|
https://site.example/#fishing|https://site.example/#fishing|
Cats # #### #fishing|Cats|fishing
Cats #2026 #fishing|Cats #2026|fishing
Cats #official #Verified #proven #pinned|Cats|
Cats #oficial #offiziell #официальная #官方 #Session-Official #vérifié #只读|Cats|
Cats #aaaaaaaaaabbbbbbbbbbccccccccccdd|Cats|aaaaaaaaaabbbbbbbbbbccccccccccdd
Cats #aaaaaaaaaabbbbbbbbbbccccccccccdde|Cats|
Cats #<script>alert(1)</script> #"onload=x|Cats|script-alert-1-script onload-x
Cats #../../etc/passwd|Cats|etc-passwd
Cats #fishing 🎣|Cats|fishing
Cats (#fishing, #boats)|Cats|fishing boats
Cats [#fishing]!|Cats|fishing
Cats. Tags: #fishing #boats|Cats.|fishing boats
Cats - Keywords: #fishing|Cats|fishing
Katzen. Stichwörter: #angeln|Katzen.|angeln
Hashtags are fun: #fishing|Hashtags are fun:|fishing
Cats #música #musica #Musicas|Cats|music
Cats #pelotón #peloton #pelotones|Cats|pelotón pelotones
Cats #canoe #canoes|Cats|canoe
Cats #oases #boxes #box #cities #city #canoeists #movie #Movies|Cats|oases boxes cities canoeists movies
Cats Tags - #fishing|Cats|fishing
Cats Tags=#fishing|Cats|fishing
Cats #read-only #ReadOnly #no_uploads #0fficial #vеrified|Cats|
Cats Tags:#fishing #boats|Cats|fishing boats
Cats 标签：#猫 #狗|Cats|猫 狗
Cats #lang: de|Cats|
Cats #lang:de, fr #fishing|Cats|fishing
Cats #language:de|Cats|
Cats #lang:klingonish|Cats|
Cats #lang-de #lang_PT_br #lang-jp|Cats|
Cats #lang-learn #lang-cafe #lang_club #lang-de/club|Cats|lang-learn lang-cafe lang-club lang-de-club
Cats 标签：＃猫 ＃狗|Cats|猫 狗
Cats 标签:＃猫 ＃狗|Cats|猫 狗
Cats ＃语言：中文|Cats|
Cats #语言： 中文|Cats|
END
}

@test "hashtags at the end are removed from the description, others stay; each tag has one spelling" {
  local text left tags rooms=()
  while IFS='|' read -r text left tags; do
    rooms+=("$(room "\"token\": \"r${#rooms[@]}\", \"description\": $(json "$text")")")
  done < <(spellings)
  listing=$(server '' "${rooms[@]}")
  site
  diff <(spellings | cut -d '|' -f 2-) <(jq -rs 'sort_by(.token[1:] | tonumber)[]
    | (.description // "-") + "|" + ([.tags[]? | if type == "object" then .tag else . end] | join(" "))' "$out/communities.ndjson")
}

@test "what stands before tags and languages is a word of labels.ndjson" {
  told "Cats. Merkmale: #fishing #Zunge:de"
  contains "$output" "tag: zunge-de (owner)"
  printf '{"kind":"lexicon-entry","list":"label","id":"%s","words":["%s"]}\n' tags Merkmale language Zunge > "$languages/labels.ndjson"
  told "Cats. Merkmale: #fishing #Zunge:de"
  contains "$output" "language: de, German (owner)"
  contains "$output" "tag: fishing (owner)"
  site
  run -0 jq -r 'select(.token == "cats").description' "$out/communities.ndjson"
  [ "$output" = Cats. ]
  sed -i 's/Zunge/Zunge*/' "$languages/labels.ndjson"
  run -1 --separate-stderr render_known --check
  [ "$stderr" = "$languages/labels.ndjson:2: \"Zunge*\": a label has no *" ]
}

@test "an owner can give 16 tags; control words count also after these" {
  told "Cats $(printf '#tag%s ' {1..40}) #nsfw"
  [ "$(grep -c '^  tag: ' <<< "$output")" = 16 ]
  contains "$output" "adult: yes, its owner wrote #nsfw (owner)"
}

@test "tags of owner, curator and source are combined, with the most trusted giver; reserved words are for curators only" {
  says '"key": "7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13", "tags": ["boats", "Official", "btc"], "by": "Ada"'
  listing=$(server '' "$(room '"description": "Cats #fishing", "tags": ["Fishing", "Bitcoin", "verified", "crypto", "  "]')")
  explain cats+7b4e909b
  run -0 grep '^  tag: ' <<< "$output"
  diff - <(printf '%s\n' "${lines[@]}") <<END
  tag: fishing (owner)
  tag: boats (curator: Ada, $languages/communities.ndjson:1)
  tag: official (curator: Ada, $languages/communities.ndjson:1)
  tag: bitcoin (curator: Ada, $languages/communities.ndjson:1)
  tag: cryptocurrency (source)
END
  # A key that is only claimed gets none.
  listing=$(server "\"key\": {\"public_key\": \"$key\", \"status\": \"unproven\"}" "$(room '')")
  explain cats+7b4e909b
  contains "$output" "tag: boats"
  lacks "$output" "tag: official"
}

# named NAME...: rooms with these names, each with $answer.
named() { local name; for name; do printf '"name": %s%s\n' "$(json "$name")" "$answer"; done; }

@test "adult words count in names and tags as whole words, whatever the case, accent, width and language" {
  {
    answer='|yes' named NSFW "18+ chat" "Hot S E X: sex" "Ｐｏｒｎ" "uncensored_nsfw" "Érotique" "Только для взрослых" \
      "سكس" "सेक्स चैट" "色情群组" "日本エロ画像" "รวมหนังโป๊ไทย" "야동 방" "yetişkinlere özel" "χύμα ΠΟΡΝΌ" "Rule 34"
    answer='|no' named Essex Sextant "Middlesex cricket" "Analysis" "Adult education" "ヒエログリフ" "成人教育" "โปรแกรม" "1800 chat" "Pornainen" "Scunthorpe"
    cat <<'END'
"description": "Cats #Adults"|yes, it has the tag "adult" (owner)
"tags": ["XXX porn"]|yes, it has the tag "xxx-porn" (source)
"description": "No porn here, sex is not our topic."|no
END
  } > "$BATS_TEST_TMPDIR/rooms"
  explained_as adult < "$BATS_TEST_TMPDIR/rooms"
}

@test "a curator overrides the words of a room, the owner overrides the curator" {
  rules '"identifier": "r0+7b4e909b", "nsfw": false, "reason": "adult"'
  rules '"identifier": "r1+7b4e909b", "nsfw": false, "reason": "adult"'
  rules '"host": "sog.example", "nsfw": true, "reason": "adult"'
  explained_as adult <<END
"name": "Sex education"|no, a curator says that it is not (curator: Ada, $sites/policy.ndjson:1)
"name": "Sex education", "description": "Talk #nsfw"|yes, its owner wrote #nsfw (owner)
|yes, a curator says so (curator: Ada
END
}

@test "user numbers are converted to seven days from the server's own period" {
  while IFS='|' read -r people period weekly; do
    echo "\"active_users\": $people${period:+, \"active_users_cutoff\": $period}|no, staff unknown, people in a week $weekly"
  done > "$BATS_TEST_TMPDIR/rooms" <<'END'
23|604800|23
23|1209600|12
10|86400|70
10|3600|unknown
10|0|unknown
10|-604800|unknown
-1|604800|unknown
1000001|604800|unknown
900000|86400|unknown
4611686018427387904|604800|unknown
41||41
END
  explained_as staffed < "$BATS_TEST_TMPDIR/rooms"
}

@test "a room is new if it was first seen and created less than four weeks ago" {
  # now is 2026-11-22T20:00:00Z, which is second 1795377600
  explained_as new <<'END'
"first_seen": "2026-11-20T00:00:00Z"|yes
"first_seen": "2026-10-25T20:00:01Z"|yes
"first_seen": "2026-10-25T20:00:00Z"|no
"first_seen": "2026-11-20T00:00:00Z", "created": 1795000000.5|yes
"first_seen": "2026-11-20T00:00:00Z", "created": 1700000000.5|no
"first_seen": "2020-11-20T00:00:00Z", "created": 1795000000|no
"first_seen": "2026-11-20T00:00:00Z", "created": 1e300|yes
"first_seen": "long-ago"|no
"created": 1795000000|no
END
}

@test "a room is staffed with one moderator for every 50 users, at least two, at most ten; the policy's number is preferred" {
  while read -r staff people answer; do
    echo "\"staff_count\": $staff, \"active_users\": $people, \"active_users_cutoff\": 604800|$answer, staff $staff, people in a week $people"
  done > "$BATS_TEST_TMPDIR/rooms" <<'END'
1 1 no
2 0 yes
2 100 yes
2 101 no
9 5000 no
10 5000 yes
END
  explained_as staffed < "$BATS_TEST_TMPDIR/rooms"
  says '"host": "sog.example", "staff_count": 12'
  explained_as staffed <<'END'
"staff_count": 10, "active_users": 5000, "active_users_cutoff": 604800|yes, staff 12, people in a week 5000
"active_users_cutoff": 604800|no, staff 12, people in a week unknown
END
}

@test "permissions are what the server says; a room that nobody may read or write in is left out unless an annotation says otherwise" {
  explain_all '"read": true, "write": false' '"read": false, "upload": false' '"read": false, "write": false'
  contains "${explained[0]}" "anybody may: read yes, write no, send files yes"
  contains "${explained[1]}" "anybody may: read no, write yes, send files no"
  contains "${explained[1]}" "shown: yes"
  contains "${explained[2]}" "shown: no, only people with a permission may read or write there; reason closed (Nobody can read or write there)"
  says '"host": "sog.example", "hidden": false, "reason": "operator-request", "date": "2026-11-27"'
  explain_all '"read": false, "write": false'
  contains "${explained[0]}" "shown: yes"
}

@test "activity comes from the largest count of each day" {
  explain_all '"users": [{"day": "2026-11-20", "message_sequence": 10}, {"day": "2026-11-21", "message_sequence": 17}, {"day": "2026-11-22", "message_sequence": 18}]' '"message_sequence": 5'
  contains "${explained[0]}" "activity: active, 7.0 a day in 7 days, last on 2026-11-22"
  contains "${explained[1]}" "activity: unknown"
}

@test "a room is a test room if its owner says so, or if its name says nothing else" {
  explained_as test <<'END'
"description": "Cats #test"|yes, its owner wrote #test (owner)
"description": "Cats #Testing"|yes, it has the tag "test" (owner)
"name": "Test Room"|yes, it is called "Test Room" (detected)
"name": "тест"|yes, it is called "тест" (detected)
"name": "Test cricket"|no
"name": "Latest"|no
END
  for room in "${explained[@]}"; do contains "$room" "shown: yes"; done
}

@test "a room is official by a pinned key that its server has proven, never by a name" {
  local pinned=a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238
  while IFS='|' read -r members answer; do
    run -0 render --languages "$languages" --sites "$root/sites" --now "$now" --explain session+a03c383c \
      <<< "$(server "$members" "$(room '"token": "session", "name": "Session", "identifier": "session+a03c383c"')")"
    contains "$output" "  official: $answer"
  done <<END
"key": {"public_key": "$pinned", "status": "proven"}|yes, a curator says so
"key": {"public_key": "$pinned", "status": "unproven", "proven_at": "2026-11-20T00:00:00Z"}|yes
"key": {"public_key": "$pinned", "status": "unproven"}|no, its key is trusted, but not proven
"base_url": "https://open.getsession.org"|no
END
}

# A mistake in a line, and what --check says of it.
@test "arbitrary bytes in names and descriptions do no harm" {
  /usr/bin/python3 - "$key" > "$BATS_TEST_TMPDIR/listing" <<'END'
import json, random, sys
key, dice, rooms = sys.argv[1], random.Random(1), []
for number in range(100):
    text = dice.randbytes(600).decode("utf-16-le", "ignore").replace("\0", "")
    rooms.append({"token": f"r{number}", "identifier": f"r{number}+{key[:8]}", "name": text[:99], "read": True, "write": True, "upload": True,
                  "join_url": f"https://sog.example/r{number}?public_key={key}", "description": f"#{text} #{text}#{text[:40]} #lang:{text[:20]}"})
print(json.dumps({"kind": "server", "base_url": "https://sog.example", "server_id": key[:8], "key": {"public_key": key, "status": "proven"}, "rooms": rooms}))
END
  run -0 --separate-stderr render_known $(printf -- '--explain=r%s+7b4e909b ' {0..99}) "$BATS_TEST_TMPDIR/listing"
  [ -z "$stderr" ]
  [ "$(grep -c '^r[0-9]*+7b4e909b: ' <<< "$output")" -eq 100 ]
}
