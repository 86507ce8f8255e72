# dedupe --by=url and --by=key, with a few records.

setup() {
  load helper.bash
  one=$(printf '1%.0s' {1..63})0
  two=$(printf '2%.0s' {1..63})0
  cd "$BATS_TEST_TMPDIR"
}

# join URL-OF-SERVER TOKEN KEY PAGE
join() {
  jq -cn --arg b "$1" --arg t "$2" --arg k "$3" --arg p "$4" '{kind: "join", join_url: "\($b)/\($t)?public_key=\($k)",
    base_url: $b, token: $t, public_key: $k, found_on: [{source: "list", url: $p}]}'
}

# probe URL KEY STATUS TIME [ROOM…]: a server that answered.
probe() {
  jq -cn --arg b "$1" --arg k "$2" --arg s "$3" --arg at "$4" '{kind: "server", base_url: $b, key: {public_key: $k, status: $s},
    probe: {at: $at, outcome: "ok", attempts: 1, seconds: 0.1},
    rooms: [$ARGS.positional[] | {token: ., name: ., active_users: 7, active_users_cutoff: 604800}]}' --args "${@:5}"
}

# silent URL TIME: one that did not.
silent() {
  jq -cn --arg b "$1" --arg at "$2" '{kind: "server", base_url: $b, probe: {at: $at, outcome: "refused", attempts: 2, seconds: 0.1}}'
}

key() { printf '%032d%032d' "$1" 0; }

by_key() { dedupe --by=key "$@" | tee listing | "$root/test/check-schema" server#final listing-end; }
listed() { jq -r '.rooms[]? | select(.identifier and (.gone | not)) | .join_url' listing; }

@test "all links to one server become one candidate with all claims" {
  { join https://sog.example cats $one https://list.example/a
    join https://sog.example dogs $two https://list.example/b
    join http://sog.example cats $one https://list.example/a; } > joins
  dedupe --by=url joins > servers
  "$root/test/check-schema" server#candidate < servers
  run -0 jq -c '[.base_url, [.public_keys[].public_key[:1]], [.room_hints[].token], [.found_on[].url]]' servers
  [ "${lines[0]}" = '["http://sog.example",["1"],["cats"],["https://list.example/a"]]' ]
  [ "${lines[1]}" = '["https://sog.example",["1","2"],["cats","dogs"],["https://list.example/a","https://list.example/b"]]' ]
}

@test "records of other kinds pass through once, after the servers" {
  { echo '{"kind":"later","b":1,"a":1.50}'; join https://sog.example cats $one https://list.example/a
    echo '{"kind":"later","b":1,"a":1.50}'; } > records
  run -0 dedupe --by=url records
  [ "${#lines[@]}" = 2 ]
  [ "${lines[1]}" = '{"kind":"later","b":1,"a":1.50}' ]
}

@test "a proven server is listed by its key, with identifier, join URL and preview" {
  probe https://sog.example $one proven 2026-11-22T20:00:00Z cats | jq -c '.key.cipher = "xchacha20"' > probes
  by_key probes
  [ "$(jq -r 'select(.server_id) | .server_id, .rooms[0].identifier, .rooms[0].join_url, .rooms[0].preview_url' listing)" = "11111111
cats+11111111
https://sog.example/cats?public_key=$one
https://sog.example/r/cats/" ]
}

@test "addresses that proved one key are one server, with the https address that it prints" {
  { probe http://sog.example $one proven 2026-11-22T20:00:00Z cats
    probe https://sog.example $one proven 2026-11-22T20:00:01Z cats; } > probes
  by_key probes
  [ "$(listed)" = "https://sog.example/cats?public_key=$one" ]
  [ "$(jq -r '.aliases[]?.base_url' listing)" = http://sog.example ]
}

@test "a server that proves its key at more addresses than a record holds is listed once, and no address is forgotten" {
  probe https://sog.example $one proven 2026-11-20T20:00:00Z cats > probes
  for i in $(seq 10 49); do probe "https://a$i.example" $one proven 2026-11-21T20:00:00Z cats; done >> probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [(.observations | length), ([.aliases[].base_url, .base_url] | index("https://sog.example") != null)]' listing)" = '[32,true]' ]
  [ "$(jq -c 'select(.flags) | .flags' listing | sort | uniq -c | xargs)" = "9 [claims-key-of-another]" ]
  dedupe --by=key listing | cmp - listing
}

@test "a claim to a proven key is not listed" {
  { probe https://sog.example $one proven 2026-11-22T20:00:00Z cats
    probe https://evil.example $one unproven 2026-11-20T20:00:01Z cats bait; } > probes
  by_key probes
  [ "$(listed)" = "https://sog.example/cats?public_key=$one" ]
  [ "$(jq -c 'select(.base_url == "https://evil.example") | [.flags, .server_id]' listing)" = '[["claims-key-of-another"],null]' ]
}

@test "an address that never answered is one observation, with a claimed key or without" {
  silent https://sog.example 2026-11-20T19:00:00Z > without
  jq -c --arg key $one '.key = {public_key: $key, status: "unproven"} | .probe.at = "2026-11-20T20:00:00Z"' without > with
  for probes in "without with" "with without"; do
    dedupe --by=key $probes > listing
    [ "$(jq -c 'select(.base_url) | [.key.public_key, .probe.at, .answers[0].asked, (.observations | length)]' listing)" = \
      '["'$one'","2026-11-20T20:00:00Z",1572864,2]' ]
    dedupe --by=key listing | cmp - listing
  done
}

@test "a source that names other dead links in each crawl does not make the listing grow" {
  # dead HOUR FIRST LAST: a crawl that finds these hosts dead.
  dead() {
    { probe https://sog.example $one proven "2026-11-22T$1:00:00Z" cats; silent https://asked.example "2026-11-22T$1:00:00Z"
      seq "$2" "$3" | jq -c --arg at "2026-11-22T$1:00:00Z" '{kind: "server", base_url: "https://h\(.).example",
        found_on: [{source: "wiki", url: "https://wiki.example/\(. % 9)"}], probe: {at: $at, outcome: "refused", attempts: 2, seconds: 0.1}}'; }
  }
  dead 10 1 900 > probes
  dedupe --by=key probes > before
  dead 11 801 1800 > probes
  dedupe --by=key --previous before probes > listing
  diff <(seq 801 1800) <(jq -r '.base_url // empty' listing | sed -n 's|.*/h\([0-9]*\)[.].*|\1|p' | sort -n)
  grep -q https://asked.example listing  # no page names it
}

# moves KEY NAMED DAY-HOST…: probes of a server that names the host NAMED and answers on each HOST for a day, each merged into `listing`.
moves() {
  local step previous=()
  for step in "${@:3}"; do
    probe "https://${step#*-}" "$1" proven "2026-11-${step%-*}T20:00:00Z" cats | jq -c --arg named "$2" '.prints_url = $named' > probes
    [ ! -e listing ] || { mv listing before; previous=(--previous before); }
    dedupe --by=key "${previous[@]}" probes > listing
  done
}
hosts() { jq -r 'select(.server_id) | [.printed_hosts[].host] | sort | join(" ")' listing; }

@test "a server that names a host where it never is keeps the hosts that its links had" {
  moves $one https://never.example 01-h1.example 02-h2.example 04-h3.example 06-h4.example 08-h5.example 10-h6.example
  [ "$(hosts)" = "h3.example h4.example h5.example never.example" ]
}

@test "a host that answers for a server while its own is down for days is no host of the server" {
  moves $one https://own.example 01-own.example 02-relay.example 08-own.example 12-relay.example
  [ "$(jq -r 'select(.server_id).base_url' listing)" = https://relay.example ]
  moves $one https://own.example 13-relay.example 14-own.example 15-own.example
  [ "$(hosts)" = "own.example" ]
}

@test "a silent server stays listed until the grace ends, with when it was last seen" {
  probe https://sog.example $one proven 2026-11-20T20:00:00Z cats > probes
  silent https://sog.example 2026-11-23T19:00:00Z >> probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [.last_seen, .probe.outcome, .gone]' listing)" = '["2026-11-20T20:00:00Z","refused",null]' ]
  silent https://sog.example 2026-11-23T21:00:00Z >> probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [.last_seen, .gone, .rooms[0].gone]' listing)" = '["2026-11-20T20:00:00Z","2026-11-23T20:00:00Z","2026-11-23T20:00:00Z"]' ]
}

@test "history comes from the previous listing, and merging that again changes nothing" {
  probe https://sog.example $one proven 2026-11-20T20:00:00Z cats > first
  probe https://sog.example $one proven 2026-11-21T20:00:00Z cats > second
  by_key first
  cp listing before
  by_key before second
  cp listing after
  [ "$(jq -r '.rooms[]? | .first_seen, .last_seen, (.users | length)' after | paste -sd' ')" = "2026-11-20T20:00:00Z 2026-11-21T20:00:00Z 2" ]
  for again in "first second" "second first" "after" "after second before first"; do
    dedupe --by=key $again | cmp - after
  done
}

@test "a server whose new record is invalid keeps its last good state, and the run goes on" {
  probe https://sog.example $one proven 2026-11-20T20:00:00Z cats > first
  by_key first
  cp listing previous
  { probe https://sog.example $one proven 2026-11-21T20:00:00Z cats | jq -c '.rooms[0].token = 7'
    probe https://other.example $two proven 2026-11-21T20:00:00Z dogs; } > probes
  run -0 --separate-stderr dedupe --by=key --previous previous --summary counts probes
  [ "$stderr" = 'dedupe: probes:1: "rooms[0].token" should be a string; https://sog.example keeps its last good state' ]
  [ "$(jq -r '.rooms[]? | .token + " " + .last_seen' <<< "$output")" = $'dogs 2026-11-21T20:00:00Z\ncats 2026-11-20T20:00:00Z' ]
  [ "$(jq .kept_last_state counts)" = 1 ]
}

@test "the summary counts people as the site does: for seven days, and impossible numbers as unknown" {
  probe https://sog.example $one proven 2026-11-21T20:00:00Z month week lie hour |
    jq -c '.rooms |= map(if .token == "month" then .active_users_cutoff = 4 * 604800 | .active_users = 40 elif .token == "week" then del(.active_users_cutoff)
      elif .token == "lie" then .active_users = 9000000 else .active_users_cutoff = 3600 end)' > probes
  dedupe --by=key --summary counts probes > listing
  [ "$(jq .weekly_users counts)" = 17 ]
}

@test "the summary counts at most 100,000 people of one domain" {
  { probe https://one.crowd.example $one proven 2026-11-21T20:00:00Z a b | jq -c '.rooms[].active_users = 90000'
    probe https://two.crowd.example $two proven 2026-11-21T20:00:00Z c | jq -c '.rooms[].active_users = 90000'
    probe https://sog.example "${two//0/1}" proven 2026-11-21T20:00:00Z cats; } > probes
  dedupe --by=key --summary counts probes > listing
  [ "$(jq .weekly_users counts)" = 100007 ]
}

@test "a line that is not a record of a server stops the run, with file and line" {
  probe https://sog.example $one proven 2026-11-20T20:00:00Z cats > probes
  head -c 100 probes > torn
  run -1 --separate-stderr dedupe --by=key probes torn
  [ -z "$output" ]
  [[ $stderr == 'dedupe: torn:1: expected one JSON object on this line'* ]]
  run -1 --separate-stderr dedupe --by=key <<< '{"kind":"server","base_url":"ftp://x.example"}'
  contains "$stderr" 'dedupe: stdin:1: "base_url": "ftp://x.example": '
}

@test "an unknown member that is nested too deep for a record costs only that record, which is named" {
  nested() { printf '%0.s[' $(seq "$1"); printf '1'; printf '%0.s]' $(seq "$1"); }
  { probe http://sog.example $one proven 2026-11-20T20:00:00Z cats | jq -c --argjson deep "$(nested 32)" '.later = $deep'
    probe https://sog.example $one proven 2026-11-20T20:00:00Z cats; } > probes
  by_key probes
  dedupe --by=key listing | cmp - listing
  sed "s/\[\[/$(nested 1 | cut -c1)&/; s/\]\]/&]/" probes > deeper
  run -0 --separate-stderr dedupe --by=key deeper
  [ "$stderr" = 'dedupe: deeper:1: "later" is nested more than 32 deep; http://sog.example keeps its last good state' ]
}

@test "an unknown member in a file that people write is an error that names the nearest known one" {
  echo '{"kind":"server","base_url":"https://sog.example","public_keys":[{"public_kye":"'$one'","public_key":"'$one'"}]}' > known
  for by in url key; do
    run -1 --separate-stderr dedupe --by=$by --known known < /dev/null
    [ "$stderr" = 'dedupe: known:1: unknown member "public_keys[0].public_kye"; did you mean "public_key"?' ]
  done
  echo '{"kind":"server","base_url":"https://Sog.example:443"}' > known
  run -1 --separate-stderr dedupe --by=url --known known < /dev/null
  [ "$stderr" = 'dedupe: known:1: "base_url" should be written "https://sog.example"' ]
  echo '{"kind":"annotation","host":"sog.example","hiden":true}' > policy
  run -1 --separate-stderr dedupe --by=key --policy policy < /dev/null
  [ "$stderr" = 'dedupe: policy:1: unknown member "hiden"; did you mean "hidden"?' ]
  run -1 --separate-stderr dedupe --by=url --known policy < /dev/null
  [ "$stderr" = 'dedupe: policy:1: "kind" should be "server"' ]
}

@test "a bad record is reported, kept unchanged and affects no other, also when it is parsed late" {
  # A record that begins like one of our programs' is parsed late; one with spaces is parsed at once.
  join https://sog.example cats $one https://list.example/1 > good
  bad="$(sed s/cats/c,ts/g good)"
  { echo "$bad"; cat good; sed 's/:/: /' <<< "$bad"; } > joins
  for by in url key; do
    [ $by = url ] || { probe https://sog.example $one proven 2026-11-20T20:00:00Z cats | tee good > joins; jq -c '.rooms[0].token = 7' good >> joins; }
    run -1 --separate-stderr dedupe --by=$by --keep-going --rejects kept joins
    [ "$output" = "$(dedupe --by=$by good)" ]
    diff <(sort kept) <(grep -vxFf good joins | sort)
    [ "$(grep -c '^dedupe: joins:[0-9]*: "' <<< "$stderr")" -eq "$(wc -l < kept)" ]
  done
}

# listing N: a listing of N servers with one room each, in `before`.
listing_of() {
  for i in $(seq "$1"); do probe "https://s$i.example" "$(key "$i")" proven 2026-11-20T20:00:00Z cats; done |
    dedupe --by=key > before
}

@test "a listing that loses too much is refused, with numbers and reasons" {
  listing_of 10
  { for i in 1 2 3 4; do silent "https://s$i.example" 2026-11-23T21:00:00Z; done
    for i in 5 6 7 8 9 10; do probe "https://s$i.example" "$(key "$i")" proven 2026-11-23T21:00:00Z cats; done
  } > probes
  run -1 --separate-stderr dedupe --by=key --previous before probes
  [ -z "$output" ]
  [[ $stderr == "dedupe: 4 of 10 listed Communities would go, 40 % of the domains; --max-loss allows 30 %
  4 on servers that are silent for longer than the grace
  1 of https://s1.example
"* ]]
  run -0 dedupe --by=key --previous before --max-loss 40 probes
  run -0 dedupe --by=key --previous before --force probes
  run -0 dedupe --by=key --previous before --grace 4 probes
}

@test "an empty listing is refused" {
  listing_of 1
  silent https://s1.example 2026-11-24T20:00:00Z > probes
  run -1 --separate-stderr dedupe --by=key --previous before --max-loss 100 --summary counts probes
  [ -z "$output" ]
  [[ $stderr == "dedupe: nothing would be listed"* ]]
  [ "$(jq -r .refused counts)" = too-much-lost ]
}

@test "a room that a proven server no longer lists is no loss; one that an unproven server no longer lists is" {
  # leave_out STATUS: four servers of six show another room than before, three times
  leave_out() {
    for i in 1 2 3 4 5 6; do probe "https://s$i.example" "$(key "$i")" "$1" 2026-11-20T20:00:00Z cats; done | dedupe --by=key > before
    for hour in 21 22 23; do
      for i in 1 2 3 4; do probe "https://s$i.example" "$(key "$i")" "$1" "2026-11-20T$hour:30:00Z" dogs; done
    done > probes
  }
  leave_out proven
  run -0 dedupe --by=key --previous before probes
  leave_out unproven
  run -1 --separate-stderr dedupe --by=key --previous before probes
  contains "$stderr" "4 left out by servers that did not prove their key"
}

@test "the loss of a single server stops no run, however much of the listing it had" {
  { for i in 1 2 3 4 5 6; do probe "https://s$i.example" "$(key "$i")" proven 2026-11-20T20:00:00Z cats; done
    probe https://big.example $one proven 2026-11-20T20:00:00Z r{1..99}; } | dedupe --by=key > before
  for i in 1 2 3 4 5 6; do probe "https://s$i.example" "$(key "$i")" proven 2026-11-24T20:00:00Z cats; done > probes
  run -0 dedupe --by=key --previous before probes
  # Nor do many servers of one site.
  { cat probes; for i in {10..40}; do probe "https://a$i.crowd.example" "$(key "$i")" proven 2026-11-20T20:00:00Z cats; done; } | dedupe --by=key --now 2026-11-20T20:00:00Z > before
  run -0 dedupe --by=key --previous before probes
}

@test "dates from a clock that was wrong once are not kept for ever" {
  probe https://sog.example $one proven 2036-11-01T10:00:00Z cats | dedupe --by=key > before
  { probe https://sog.example $one proven 2026-11-02T09:00:00Z cats
    probe https://sog.example $one proven 2026-11-02T10:00:00Z cats dogs; } > probes
  run -1 --separate-stderr dedupe --by=key --previous before --summary counts probes
  [ -z "$output" ]
  [ "$(jq -r .refused counts)" = wrong-clock ]
  [ "$stderr" = "dedupe: the previous listing was made at 2036-11-01T10:00:00Z, but the newest of the new probes is of 2026-11-02T10:00:00Z: this machine's clock is or was wrong
Use an older listing as --previous; --force overrides" ]
  dedupe --by=key --previous before --force probes | grep -c '"last_seen":"2036-11-01T10:00:00Z"'
  # Two vantage points, or a late file, may differ by a day; a replay gives its time with --now.
  sed -i s/2036/2026/ before
  dedupe --by=key --previous before probes > listing
  sed -i 's/2026-11-01T/2026-11-03T/g; s/"2026-11-01"/"2026-11-03"/' before
  dedupe --by=key --previous before probes > listing
  run -1 dedupe --by=key --previous <(sed s/2026-11-03T1/2026-11-03T2/ before) <(head -n 1 probes)
  dedupe --by=key --now 2026-11-04T10:00:00Z --previous before <(head -n 1 probes) > listing
  dedupe --by=key --previous before > listing
}

@test "a damaged previous listing is refused, also with --keep-going" {
  listing_of 4
  sed '3s/"first_seen":"2026-11-20/"first_seen":"2026-13-20/' before > damaged
  run -1 --separate-stderr dedupe --by=key --previous damaged --keep-going --rejects kept before
  [ -z "$output" ]
  contains "$stderr" 'dedupe: damaged:3: "'
  [ ! -s kept ]
}

@test "a truncated previous listing is refused, with the line" {
  listing_of 3
  head -n 2 before > cut
  run -1 --separate-stderr dedupe --by=key --previous cut /dev/null
  [ -z "$output" ]
  [ "$stderr" = "dedupe: cut:2: the listing was cut short after this line" ]
  head -c 1000 before > cut
  run -1 --separate-stderr dedupe --by=key --previous cut /dev/null
  [[ $stderr == "dedupe: cut:2: expected one JSON object on this line"* ]]
  sed 2d before > cut
  run -1 --separate-stderr dedupe --by=key --previous cut /dev/null
  contains "$stderr" "cut:3: this listing should have 3 servers with 3 Communities, but has 2 with 2"
  : > cut
  run -1 --separate-stderr dedupe --by=key --previous cut /dev/null
  contains "$stderr" "cut:1: the listing was cut short after this line"
}

@test "a host that answers for another key is a new server with a flag" {
  { probe https://sog.example $one proven 2026-11-20T20:00:00Z cats
    probe https://sog.example $two proven 2026-11-21T20:00:00Z cats; } > probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [.server_id, .flags, .gone]' listing)" = '["11111111",null,null]
["22222222",["key-changed"],null]' ]
}

@test "a copied room list is marked with the server that was known first, and not merged with it" {
  { probe https://sog.example $two proven 2026-11-20T20:00:00Z cats dogs
    probe https://copy.example $one proven 2026-11-28T20:00:00Z cats dogs; } | jq -c '.rooms[].created = 1600000000.25' > probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [.base_url, .copy_of]' listing)" = '["https://copy.example","22222222"]
["https://sog.example",null]' ]
}

@test "a server that is known longer but copies rooms that another showed first is the copy" {
  { probe https://copy.example $one proven 2026-11-19T20:00:00Z own
    probe https://sog.example $two proven 2026-11-20T20:00:00Z cats dogs
    probe https://copy.example $one proven 2026-11-28T20:00:00Z own cats dogs; } | jq -c '.rooms[] |= (.created = if .token == "own" then 5 else 7 end)' > probes
  by_key probes
  [ "$(jq -c 'select(.server_id) | [.base_url, .copy_of]' listing)" = '["https://copy.example","22222222"]
["https://sog.example",null]' ]
}

@test "many claims for one address remove neither its proven key nor its rooms" {
  probe https://sog.example $two proven 2026-11-20T20:00:00Z zoo | jq -c '.rooms_from = "onion-hints"' | dedupe --by=key > before
  jq -cn '{kind: "server", base_url: "https://sog.example",
    public_keys: [range(1200) | {public_key: ("1\(10000 + .)" + "0" * 58)}],
    room_hints: [{token: "zoo"}, {token: "r\(range(12000))"}]}' > flood
  dedupe --by=url --previous before flood > candidates
  [ "$(jq -c '[.key.public_key, (.public_keys | length), .public_keys[-1].public_key, (.room_hints | length), .room_hints[-1]]' candidates)" = \
    '["'$two'",1000,"'$two'",10000,{"token":"zoo","seen":"2026-11-20T20:00:00Z"}]' ]
  # For a server that is not known, the smallest ones are kept.
  dedupe --by=url flood | jq -e '(.public_keys | length) == 1000 and .room_hints[-1].token != "zoo"'
  # When a room was shown is derived each time.
  jq -c '.probe = {at: "2026-11-21T20:00:00Z", outcome: "refused", attempts: 1, seconds: 1}' candidates | dedupe --by=key | grep -c '"seen"' | grep -qx 0
}

@test "addresses that servers name as their own have the budget of their domain" {
  jq -cn 'range(300) | {kind: "server", base_url: "https://s\(.).example", key: {public_key: "\(1000 + .)\("0" * 60)", status: "proven"},
    prints_url: "http://own\(.).crowd.example", probe: {at: "2026-11-20T20:00:00Z", outcome: "ok", attempts: 1, seconds: 0.1}}' | dedupe --by=key > before
  jq -c 'select(.base_url) | {kind, base_url}' before > servers
  dedupe --by=url --previous before --summary counts servers > candidates
  [ "$(grep -c crowd.example candidates)" = 256 ]
  [ "$(grep -c '"https://s' candidates)" = 300 ]
  [ "$(jq .left_out counts)" = 44 ]
}

@test "of two keys with the same beginning, the newer one gets the longer identifier" {
  old=0123abcd1$(printf '1%.0s' {1..54})0 new=0123abcd2$(printf '2%.0s' {1..54})0
  { probe https://new.example $new proven 2026-11-21T20:00:00Z cats
    probe https://old.example $old proven 2026-11-20T20:00:00Z cats; } > probes
  by_key probes
  [ "$(jq -r '.rooms[]?.identifier' listing)" = "cats+0123abcd2
cats+0123abcd" ]
}

@test "a new server changes no other server's identifier" {
  first=0123abcd1$(printf '1%.0s' {1..54})0 second=0123abcd2$(printf '2%.0s' {1..54})0 third=0123abcd2$(printf '3%.0s' {1..54})0
  { probe https://a.example $first proven 2026-11-20T20:00:00Z cats
    probe https://b.example $second proven 2026-11-21T20:00:00Z cats
    probe https://c.example $third proven 2026-11-22T20:00:00Z cats; } > probes
  by_key probes
  [ "$(jq -r '.rooms[]?.identifier' listing)" = "cats+0123abcd
cats+0123abcd2
cats+0123abcd23" ]
}

@test "--explain names the observations of a server, and why it has this address and this key, and since when" {
  { probe http://sog.example $one proven 2026-11-21T20:00:00Z cats
    probe https://sog.example $one proven 2026-11-21T20:00:01Z cats
    probe https://evil.example $one unproven 2026-11-21T20:00:00Z cats
    join https://sog.example cats $one https://list.example/a; } > probes
  for name in cats+1111 cats+11111111 "https://sog.example/cats?public_key=$one"; do
    run -0 --separate-stderr dedupe --explain "$name" probes
    [ -z "$stderr" ]
    contains "$output" "cats+11111111: listed
  first in an answer 2026-11-21T20:00:00Z, last 2026-11-21T20:00:01Z"
    contains "$output" "not http://sog.example: it is not https"
    contains "$output" "key $one: proven on 2026-11-21T20:00:01Z"
  done
  run -0 dedupe --explain evil.example probes
  contains "$output" "another server has the better claim to this key"
  run -1 --separate-stderr dedupe --explain dogs+1111 probes
  [ "$stderr" = "dedupe: nothing here is called dogs+1111; a name is an identifier, server id, key, address or join URL" ]
}

@test "order, repetition and grouping of the input change nothing in the merge" {
  timeout 280 "$root/test/dedupe/properties" --cases "${CASES:-250}" --by key
  timeout 280 "$root/test/dedupe/properties" --cases "${CASES:-250}" --by url
}

@test "contradictory options are refused with status 2" {
  for wrong in "" "--by=name" "--by=url --force" "--by=key --max-loss 101" "--by=key --now yesterday" "--by=key --grace -1"; do
    run -2 --separate-stderr dedupe $wrong
    [ -z "$output" ]
    contains "$stderr" "see 'dedupe --help'"
  done
}

@test "one room comes from its link into the listing" {
  story one-room
  stage 2-joins 3-servers dedupe --by=url
  stage 4-probes 5-communities dedupe --by=key
}

@test "links over http and https to one server are one server, also when it does not answer" {
  { probe https://sog.example $one proven 2026-11-20T20:00:00Z cats
    silent http://sog.example 2026-11-20T21:00:00Z
    silent http://other.example 2026-11-20T21:00:00Z; } > probes
  by_key probes
  [ "$(jq -c 'select(.kind == "server") | [.base_url, .probe.outcome, .answers[0].asked, .answers[0].answered]' listing)" = '["http://other.example","refused",2097152,0]
["https://sog.example","refused",3145728,1048576]' ]
}

@test "an answer counts before a failure of the same hour, in either order" {
  { probe https://sog.example $one proven 2026-11-20T20:00:00Z cats; silent https://sog.example 2026-11-20T20:30:00Z; } > probes
  by_key probes
  [ "$(jq -r 'select(.server_id).probe.outcome' listing)" = ok ]
}

@test "what is listed each day for forty days, of servers that move, change keys, are silent, disappear, copy and lie" {
  story forty-days
  "$story/play" table last > table
  [ -z "${UPDATE-}" ] || cp table "$story/expected.txt"
  diff -u "$story/expected.txt" table
  run -1 grep -c bait table
  # The same days in one merge, the last one first.
  for day in $(seq 40 -1 1); do "$story/play" probes "$day"; done | dedupe --by=key > once
  # But only a run with the previous listing knows which hosts were printed.
  without() { jq -c 'del(.printed_hosts, .observations[]?.printed_hosts)' "$1"; }
  cmp <(without once) <(without last)
}
