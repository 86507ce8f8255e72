# What the policy and the owners hide is nowhere in the published files.

setup() {
  load helper.bash
  load knowledge.bash
  set_up_knowledge
}

other=d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928

# Who is shown, of the rooms cats, dogs and owls.
shown() { grep -o '"token":"[^"]*"' "$out/communities.ndjson" | cut -d '"' -f 4 | sort | paste -sd ' '; }
three() { server "${1-}" "$(room '')" "$(room '"token": "dogs", "name": "Dogs"')" "$(room '"token": "owls", "name": "Owls"')"; }

# everything FOLDER: all its bytes, also of compressed files after unpacking; and the names of its files.
everything() {
  find "$1" -print
  find "$1" -type f ! -name '*.gz' ! -name '*.br' -exec cat {} +
  find "$1" -type f -name '*.gz' -exec gzip -dc {} +
  find "$1" -type f -name '*.br' -exec brotli -dc {} \; # of several, it writes out the first alone
}

# absent WORD...: fails if one of the words stands anywhere in $out, in any case, also percent-encoded or base64.
absent() {
  everything "$out" > "$BATS_TEST_TMPDIR/everything"
  jq -rn '$ARGS.positional[] | ., @uri, (@base64 | .[:8])' --args "$@" > "$BATS_TEST_TMPDIR/words"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/words")" -eq $((3 * $#)) ]
  run -1 grep -aioFf "$BATS_TEST_TMPDIR/words" "$BATS_TEST_TMPDIR/everything"
}

@test "a Community is hidden by its identifier, with any case of the token, and no other one is" {
  listing=$(three)
  rules '"identifier": "cats+7b4e909b", "hidden": true'
  site
  [ "$(shown)" = "dogs owls" ]
  rules '"identifier": "DOGS+7b4e909bbe7f", "hidden": true'
  site
  [ "$(shown)" = owls ]
  # An older form looks like an identifier, and anybody can make a key with these first digits.
  md5=$(printf sog.example | md5sum)
  rules "\"identifier\": \"owls+7b4e${md5:0:4}\", \"hidden\": true"
  site
  [ "$(shown)" = owls ]
}

@test "a server is hidden by a host that it prints, its port, server id or key, and not by a relay" {
  listing=$(three '"base_url": "http://sog.example:8080", "prints_url": "http://[2001:db8::1]:81/", "aliases": [{"base_url": "http://relay.example", "proven_at": "2026-11-01T00:00:00Z"}]')
  while IFS='|' read -r selector hidden; do
    rm -f "$sites/policy.ndjson"
    rules "$selector, \"hidden\": true"
    run -0 render_known --explain={cats,dogs,owls}+7b4e909b <<< "$listing"
    [ "$(grep -c "^  shown: $hidden" <<< "$output")" -eq 3 ] || { echo "$selector"; return 1; }
  done <<END
"host": "sog.example"|no, hidden by the policy
"host": "sog.example:8080"|no, hidden by the policy
"host": "relay.example"|yes
"host": "sog.example:81"|yes
"host": "og.example"|yes
"host": "[2001:db8::1]"|no, hidden by the policy
"host": "[2001:db8::1]:81"|no, hidden by the policy
"host": "[2001:db8::1]:82"|yes
"server": "7b4e909b"|no, hidden by the policy
"server": "7b4e909bbe7ffe44"|no, hidden by the policy
"server": "7b4e909bbe7ffe45"|yes
"key": "$key"|no, hidden by the policy
"key": "${key^^}"|no, hidden by the policy
"key": "$other"|yes
END
}

@test "of two lines the more specific one counts: identifier, then key, then host" {
  listing=$(three)
  rules '"host": "sog.example", "hidden": true'
  rules '"identifier": "cats+7b4e909b", "hidden": false'
  site
  [ "$(shown)" = cats ]
  rules "\"key\": \"$key\", \"hidden\": false"
  rules '"identifier": "dogs+7b4e909b", "hidden": true'
  site
  [ "$(shown)" = "cats owls" ]
}

@test "an opt-out stays valid when the server moves to another host; it needs the key" {
  rules "\"key\": \"$key\", \"hidden\": true, \"reason\": \"operator-request\""
  listing=$(three '"base_url": "https://moved.example"')
  site
  [ "$(shown)" = "" ]
  rm "$sites/policy.ndjson"
  rules '"host": "sog.example", "hidden": true, "reason": "operator-request"'
  listing=$(three '"base_url": "https://moved.example", "prints_url": "https://sog.example"')
  site
  [ "$(shown)" = "" ]
}

@test "an address that only claims to be a server does not hide that server" {
  rules '"host": "impostor.example", "hidden": true'
  listing=$(three '"aliases": [{"base_url": "http://impostor.example"}]')
  site
  [ "$(shown)" = "cats dogs owls" ]
  absent impostor.example
}

@test "a line for a host never hides the official server that is pinned by its key" {
  rules '"host": "116.203.51.179", "hidden": true'
  head -n 1 "$root/sites/policy.ndjson" >> "$sites/policy.ndjson"
  pinned=$(jq -r .key "$root/sites/policy.ndjson" | head -n 1)
  listing=$(three "\"key\": {\"public_key\": \"$pinned\", \"status\": \"proven\"}, \"aliases\": [{\"base_url\": \"http://116.203.51.179\", \"proven_at\": \"2026-11-01T00:00:00Z\"}]")
  site
  [ "$(shown)" = "cats dogs owls" ]
  absent 116.203.51.179
}

@test "hidden and unlisted Communities are in no byte of the site, in no name of a file and no compressed copy" {
  rules '"identifier": "zebra-lounge+7b4e909b", "hidden": true, "reason": "offensive"'
  rules "\"key\": \"$other\", \"hidden\": true, \"reason\": \"operator-request\""
  others=$(room '"token": "ocelot", "name": "Ocelot Den"' | sed "s/7b4e909b/d79a50b8/g; s/$key/$other/; s/sog.example/hush.example/")
  listing=$(
    server '"found_on": [{"source": "wiki", "url": "https://wiki.example/a"}], "room_hints": [{"token": "zebra-lounge", "public_keys": []}], "aliases": [{"base_url": "https://alias.example"}]' \
      "$(room '"description": "All about cats #cats"')" \
      "$(room '"token": "zebra-lounge", "name": "Quokka Lodge", "description": "Wombats welcome #marsupials", "tags": ["numbats"], "active_users": 61, "active_users_cutoff": 604800, "first_seen": "2026-11-20T00:00:00Z"')" \
      "$(room '"token": "xerus-hall", "name": "Kakapo Corner", "description": "Ratites only #kiwis #unlisted", "first_seen": "2026-11-20T00:00:00Z", "returned": "2026-11-21T00:00:00Z"')"
    server "\"base_url\": \"https://hush.example\", \"server_id\": \"d79a50b8\", \"key\": {\"public_key\": \"$other\", \"status\": \"proven\"}, \"aliases\": [{\"base_url\": \"https://whisper.example\"}], \"probe\": {\"at\": \"2026-11-22T19:00:00Z\", \"outcome\": \"timeout-read\", \"attempts\": 2, \"seconds\": 1}" "$others"
  )
  site
  [ "$(find "$out" -name '*.gz' | wc -l)" -ge 10 ]
  [ "$(shown)" = cats ]
  everything "$out" | grep -aq cats+7b4e909b # what is looked for would be found
  absent zebra "Quokka Lodge" Quokka wombats marsupials numbats xerus "Kakapo Corner" Kakapo ratites kiwis \
    ocelot "Ocelot Den" hush.example whisper.example "${other:0:16}" d79a50b8
}

@test "a Community that is newly hidden is removed from the site by the next run" {
  listing=$(three)
  site
  [ -e "$out/c/cats+7b4e909b.html" ]
  rules '"identifier": "cats+7b4e909b", "hidden": true'
  site
  absent cats+7b4e909b
}

@test "the number of hidden Communities is shown for each reason, with its text" {
  rules '"identifier": "dogs+7b4e909b", "hidden": true, "reason": "offensive"'
  rules '"identifier": "owls+7b4e909b", "hidden": true, "reason": "offensive"'
  listing=$(server '' "$(room '')" "$(room '"token": "dogs"')" "$(room '"token": "owls"')" "$(room '"token": "foxes", "description": "#unlisted"')")
  site
  run -0 sed 's/<[^>]*>/ /g' "$out/criteria.html"
  text=$(tr -s ' \n' ' ' <<< "$output")
  contains "$text" "Abuse"
  contains "$text" "$(jq -r 'select(.code == "unlisted").title' "$sites/reasons.ndjson" | sed 's/#/\&#/;s/&#/#/')"
  run -0 render_known --template "$sites/criteria.html" <<< "$listing"
}

@test "an owner's #unlisted counts in every spelling and place, as a whole word, and a line for the server can't undo it" {
  rules "\"key\": \"$key\", \"hidden\": false"
  for end in "#unlisted" "#UNLISTED." "#cats, #Unlisted!" "＃ｕｎｌｉｓｔｅｄ" "#lang:de#unlisted" "#unlisted #a #b #18+" \
    "(#unlisted)" "The #unlisted room" "#unlisted — Ada" "#unlisted 🐈" "[#unlisted] room" "#unlisted: cats"; do
    told "Cats $end"
    contains "$output" "shown: no, unlisted by its owner; reason unlisted (Its owner wrote #unlisted)"
  done
  for text in "unlisted" "#unlistedness" "#un-listed" "#unlisted-rooms" "https://a.example/x#unlisted"; do
    told "$text"
    contains "$output" "shown: yes"
  done
}

@test "rooms of a refuted or missing key are not shown; a server that is gone is only in feeds" {
  while IFS='|' read -r members answer; do
    listing=$(three "$members")
    explain cats+7b4e909b
    contains "$output" "shown: $answer"
    site
    [ "$(shown)" = "" ]
  done <<END
"key": {"public_key": "$key", "status": "refuted"}|no, its server does not hold its key; reason refuted
"gone": "2026-11-20T00:00:00Z"|only in the feeds, as gone since 2026-11-20T00:00:00Z
END
  listing=$(server '' "$(room '"gone": "2026-11-20T00:00:00Z"')")
  explain cats+7b4e909b
  contains "$output" "shown: only in the feeds, as gone since 2026-11-20T00:00:00Z"
  listing=$(three | jq -c 'del(.key, .rooms[].join_url)')
  explain cats+7b4e909b
  contains "$output" "shown: no, its key is not known; reason no-key"
}

@test "rooms of a server that claims another's key are counted as such, not as without a key" {
  claim=$(three '"key": {"public_key": "'"$key"'", "status": "unproven"}, "flags": ["claims-key-of-another"]' |
    jq -c 'del(.server_id, .rooms[].identifier, .rooms[].join_url)')
  for listing in "$claim" "$(jq -c '.key.status = "refuted" | del(.flags)' <<< "$claim")"; do
    explain cats+7b4e
    contains "$output" "shown: no, its server does not hold its key; reason refuted (The key is not its own)"
    lacks "$output" no-key
  done
  reasons=$(render_known --template "$sites/criteria.html" <<< "$claim" | tr -d '\n')
  contains "$reasons" "Whoever joined would talk to somebody else, or to nobody.</th><td class=\"n\">3<br>"
  contains "$reasons" "so that there is no link to join by.</th><td class=\"n\">0</td>"
}

@test "an address that claims to be a server that proved its key is published nowhere; its old names still find rooms" {
  copied="dogs+7b4e$(printf copied.example | md5sum | cut -c 1-4)"
  aliases='"aliases": [{"base_url": "https://copied.example"}, {"base_url": "https://moved.example", "proven_at": "2026-11-01T00:00:00Z"}], "printed_hosts": [{"host": "moved.example", "since": "2026-11-01T00:00:00Z"}]'
  for status in '"status": "proven"' '"status": "unproven", "proven_at": "2026-11-01T00:00:00Z"'; do
    listing=$(three "\"key\": {\"public_key\": \"$key\", $status}, $aliases")
    site
    absent copied.example "$copied"
    grep -q moved.example "$out/c/cats+7b4e909b.html"
    grep -q "dogs+7b4e$(printf moved.example | md5sum | cut -c 1-4)" "$out/communities.ndjson"
  done
  explain "$copied"
  lacks "$output" "older identifier: $copied"

  # Of a server that never proved its key, too.
  listing=$(three "\"key\": {\"public_key\": \"$key\", \"status\": \"unproven\"}, $aliases")
  site
  absent copied.example
}

@test "--explain names who hid a room, where and since when" {
  listing=$(three)
  rules '"identifier": "cats+7b4e909b", "hidden": true, "reason": "spam"'
  explain cats+7b4e909b
  contains "$output" "shown: no, hidden by the policy; reason spam (Spam or fraud) (curator: Ada, $sites/policy.ndjson:1), 2026-11-01"
  explain "https://sog.example/cats?public_key=$key"
  contains "$output" "cats+7b4e909b: Cats"
}

@test "--explain of an unknown name says so, with the lines about it" {
  says '"identifier": "fish+8e2e", "languages": ["de"]'
  run -1 --separate-stderr render_known --explain fish+8e2e --explain cats+7b4e <<< "$(three)"
  [ "$stderr" = "render: nothing here is called \"fish+8e2e\"; $languages/communities.ndjson:1 has a line for it" ]
  contains "$output" "cats+7b4e909b: Cats"
}

@test "-v lists policy lines that match nothing in the listing; without -v there is no output" {
  rules '"identifier": "fish+8e2e52e0", "hidden": true'
  rules '"identifier": "cats+7b4e909b", "hidden": true'
  says '"host": "elsewhere.example", "tags": ["x"]'
  run -0 --separate-stderr render_known --output "$BATS_TEST_TMPDIR/out" -v <<< "$(three)"
  contains "$stderr" "$sites/policy.ndjson:1: nothing here is called \"fish+8e2e52e0\""
  contains "$stderr" "$languages/communities.ndjson:1: nothing here is called \"elsewhere.example\""
  lacks "$stderr" policy.ndjson:2
}

# A line of the policy that can't be used, and why.
@test "a broken line of the policy stops the run before anything is written, with file and line" {
  while IFS='|' read -r line why; do
    printf '%s\n' '{"kind":"annotation","host":"a.example","hidden":true,"reason":"test","date":"2026"}' "$line" > "$sites/policy.ndjson"
    run -1 --separate-stderr render_known --output "$BATS_TEST_TMPDIR/out" <<< "$(three)"
    [ -z "$output" ]
    contains "$stderr" "render: $sites/policy.ndjson:2: $why"
    [ ! -e "$BATS_TEST_TMPDIR/out/index.html" ]
  done <<'END'
{"kind":"annotation","identifier":"cats+7b4e","hidden":true,"reason":"test","date":"2026"}|"identifier" has 4 digits of a key, which anybody can imitate: write 8 or more (`render --explain cats+7b4e data/5-communities.ndjson` prints them)
{"kind":"annotation","identifier":"cats+7b4e909b","pinned":true,"reason":"pinned","date":"2026"}|"pinned" and "official" need the whole key: a "key", or an "identifier" of TOKEN+ and 64 hex digits
{"kind":"annotation","host":"Plaza.Example:443","hidden":true,"reason":"test","date":"2026"}|"host" should be written "plaza.example"
{"kind":"annotation","host":"b.example","hidden":true,"reason":"because","date":"2026"}|unknown reason "because"; reasons.ndjson in the folder of the templates has unlisted, operator-request, do-not-list
{"kind":"annotation","host":"b.example","key":"00","hidden":true,"reason":"test","date":"2026"}|expected exactly one of "identifier", "server", "host" and "key", found 2
{"kind":"annotation","hidden":true,"reason":"test","date":"2026"}|expected exactly one of "identifier", "server", "host" and "key", found none
{"kind":"annotation","host":"b.example","hidden":true,"date":"2026"}|"reason" is missing: a line that hides, marks as adult or pins needs both, like {"kind":"annotation","host":"b.example","hidden":true,"reason":"unlisted","date":"2026"}
{"kind":"annotation","host":"b.example","hidden":true,"reason":"test"}|"date" is missing: a line that hides, marks as adult or pins needs both, like {"kind":"annotation","host":"b.example","hidden":true,"reason":"test","date":"2026-11-22"}
{"kind":"annotation","host":"b.example","hidden":true}|"reason" and "date" are missing: a line that hides, marks as adult or pins needs both, like {"kind":"annotation","host":"b.example","hidden":true,"reason":"unlisted","date":"2026-11-22"}
{"kind":"annotation","host":"b.example","hidden":"yes","reason":"test","date":"2026"}|"hidden" should be true or false
{"kind":"annotation","host":"https://b.example/","hidden":true,"reason":"test","date":"2026"}|"host" should be HOST or HOST:PORT
{"kind":"annotation","key":"a03c","hidden":true,"reason":"test","date":"2026"}|"key" should be 64 hex digits
{"kind":"annotation","server":"a03c","hidden":true,"reason":"test","date":"2026"}|"server" should be 8 to 64 hex digits
{"kind":"annotation","host":"b.example","hidden":true,"reason":"test","date":"2026-02-30"}|"date" should be like 2026-11-22, 2026-11 or 2026
{"kind":"annotation","host":"b.example","hidden":true,"reason":"test","date":"2026-11-22T20:05:17+01:00"}|"date" should be like 2026-11-22, 2026-11 or 2026
{"kind":"annotation","host":"b.example","hidden":true,"hidden":false,"reason":"test","date":"2026"}|"hidden" is given twice
{"kind":"annotation","kind":"annotation","host":"b.example","hidden":true,"reason":"test","date":"2026"}|"kind" is given twice
{"kind":"annotation","identifier":" cats+7b4e909b","hidden":true,"reason":"test","date":"2026"}|"identifier" should begin with a token: 1 to 64 of 0-9 A-Z a-z _ -
{"kind":"annotation","identifier":"https://b.example/cats+7b4e909b","hidden":true,"reason":"test","date":"2026"}|"identifier" should begin with a token: 1 to 64 of 0-9 A-Z a-z _ -
{"kind":"annotation","identifier":"cats+7b4e909b","tags":["verified"]}|the tag "verified" is a reserved word, so it needs the whole key: a "key", or an "identifier" of TOKEN+ and 64 hex digits
{"kind":"annotation","identifier":"cats+7b4e909b","hidden":true,"reason":"tset","date":"2026"}|unknown reason "tset"; did you mean "test"?
{"kind":"annotation","host":"b.example","reason":"test","date":"2026"}|the line says nothing: it has none of "languages", "tags", "hidden", "nsfw", "pinned", "official", "staff_count" and "note"
{"kind":"annotation","key":"7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13","pinned":true,"hidden":true,"reason":"test","date":"2026"}|"hidden" and "pinned" contradict each other
{"kind":"annotation","key":"7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13","official":true,"hidden":true,"reason":"test","date":"2026"}|"hidden" and "official" contradict each other
{"kind":"annotation","host":"b.example","hidden":true,"reason":"test","date":"2026"|expected one JSON object on this line
hide it|expected one JSON object on this line
END
}

@test "a policy that is named but missing stops the run" {
  run -1 --separate-stderr render_known --policy "$BATS_TEST_TMPDIR/none" --output "$BATS_TEST_TMPDIR/out" <<< "$(three)"
  contains "$stderr" "$BATS_TEST_TMPDIR/none: No such file"
}

@test "the Communities and hosts that the former listing hid are hidden" {
  run -0 jq -r 'select(.hidden and .identifier) | .identifier + " " + .reason' "$root/sites/policy.ndjson"
  hidden=("${lines[@]}")
  [ "${#hidden[@]}" = 16 ] # and one whose key nobody knows any more
  listing=$(jq -sc '[.[] | select(.hidden and .identifier) | .identifier | capture("(?<token>.*)\\+(?<key>.*)")] | group_by(.key)[]
    | (.[0].key + "0" * 56) as $key
    | {kind: "server", base_url: ("https://" + .[0].key + ".example"), server_id: $key[:8], key: {public_key: $key, status: "proven"},
       rooms: map({token, identifier: (.token + "+" + $key[:8]), join_url: ("https://\($key[:8]).example/\(.token)?public_key=\($key)")})}' "$root/sites/policy.ndjson")
  local names=("${hidden[@]% *}")
  run -0 render --languages "$languages" --sites "$root/sites" "${names[@]/#/--explain=}" <<< "$listing"
  diff <(printf '%s\n' "${hidden[@]}" | sort) <(awk '/^[^ ]/ { sub(/:.*/, ""); name = $0 }
    /^  shown: no, hidden by the policy; reason / { print name, $8 }' <<< "$output" | sort)
  facts=$root/../shared/facts/hidden-communities.tsv
  if [ -e "$facts" ]; then
    diff <(grep -v '^#' "$facts" | grep -v +efca | sed 's/legacy.*/legacy/' | tr '\t' ' ' | sort) <(printf '%s\n' "${hidden[@]}" | sed -E 's/\+(....)....? /+\1 /' | sort)
  fi
}

@test "every reason of the program is explained on the site" {
  run -0 jq -r 'select(.text | length > 0).code' "$root/sites/reasons.ndjson"
  for code in unlisted no-key refuted adult official pinned test; do contains " ${lines[*]} " " $code "; done
}

@test "the known servers are listed with their keys" {
  run -0 jq -r '.kind + " " + .base_url + " " + .public_keys[].public_key' "$root/tools/probe-servers/known-servers.ndjson"
  [ "${#lines[@]}" = 12 ]
  [ "${lines[0]}" = "server https://open.getsession.org a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238" ]
  facts=$root/../shared/facts/known-servers.tsv
  if [ -e "$facts" ]; then
    diff <(grep -v '^#' "$facts" | awk -F '\t' '{ print "server", $1, $2 }') <(printf '%s\n' "${lines[@]}")
  fi
}
