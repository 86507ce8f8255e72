# The key proof of probe-servers: what proves a key, what does not, and what is
# published. One run probes all adversaries; each claims the key of `victim`.

load helper.bash
load server/world.bash

setup_file() {
  local flags  # bats has one of its own
  export probes=$BATS_FILE_TMPDIR/4-probes.ndjson
  play_world probe-proof/world
  world_flags
  jq -c '{kind:"server",base_url:.base_urls[0],public_keys:[{public_key:.shown_key}]}
    + if .host | test("^(list-only|other-type)") then {room_hints:[{token:"lounge"}]} else {} end' "$world/hosts.ndjson" |
    timeout 60 probe-servers "${flags[@]}" --budget 6 --timeout 2 > "$probes"
}

setup() { world_flags; }

# of NAME FILTER: what jq's FILTER makes of the probe of NAME.example
of() { jq -c --arg url "http://$1.example" 'select(.base_url == $url) | '"$2" "$probes"; }
key_of() { jq -r --arg host "$1.example" 'select(.host == $host).public_key' "$world/hosts.ndjson"; }

# probe NAME KEY...: one more run, for one server with these keys claimed; or as stdin has it
probe() {
  local keys
  keys=$(printf '%s\n' "${@:2}" | jq -R '{public_key:.}' | jq -cs .)
  probe-servers "${flags[@]}" --budget 6 --timeout 2 <<< '{"kind":"server","base_url":"http://'"$1"'.example","public_keys":'"$keys"'}'
}

# is NAME STATUS WORDS: the state of its key, and why
is() {
  local found
  found=$(of "$1" '[.key.status // "none", .public_keys[0].status, .public_keys[0].reason // ""] | join("|")' | jq -r .)
  [[ $found == "$2|"*"$3"* ]] || { echo "$1: $found, expected $2: $3" >&2; return 1; }
}

@test "the published test vectors are decrypted and encrypted; bad keys and replies are refused" {
  run -0 "$(dirname "$bin")/test/onion"
  [ -z "$output" ]
}

@test "a server that holds its key proves it" {
  is victim proven ""
  [ "$(of victim '[.key.cipher,.rooms_from,.rooms[0].name,.rooms[0].joinable]')" = '["xchacha20","onion","Lab Lounge",true]' ]
  [[ $(of victim .key.proven_at) =~ ^\"20..-..-..T..:..:..Z\"$ ]]
}

@test "an impostor that copies the key and all pages proves nothing" {
  is impostor unproven "can't decrypt requests for this key"
  is bun-impostor unproven "HTTP status 500, which says nothing about the key"
  [ "$(of impostor '.rooms[0].joinable')" = false ]
}

@test "replies under another key prove nothing" {
  is own-reply unproven "does not open"
  is own-reply-hashed unproven "does not open"
}

@test "our own request sent back proves nothing" {
  is echo-ciphertext unproven reflected
  is echo-body unproven reflected
}

@test "a careless client would accept our request sent back (the control of the test above)" {
  local cipher client=$root/test/server/client.py
  for cipher in xchacha20 aes-gcm; do
    "$client" seal "$(key_of victim)" "$cipher" POST /batch '[]' > "$BATS_TEST_TMPDIR/request"
    curl -sS -f -K "$world/curlrc" -H 'Content-Type: application/octet-stream' --data-binary @"$BATS_TEST_TMPDIR/request" \
      http://echo-ciphertext.example/oxen/v4/lsrpc > "$BATS_TEST_TMPDIR/reply"
    run -0 "$client" open "$(key_of victim)" "$cipher" < "$BATS_TEST_TMPDIR/reply"
    contains "$output" '"endpoint":"/batch"'
  done
}

@test "a genuine reply to another client proves nothing" {
  is replay unproven "does not open"
}

@test "no request is encrypted for a key whose secret is public" {
  is zero-key none "low order"
  [ "$(counted "$world" zero-key.example '.requests | has("POST /oxen/v4/lsrpc")')" = false ]
}

@test "another encoding of a key is not the same key" {
  is top-bit none "top bit"
  [ "$(counted "$world" top-bit.example '.requests | has("POST /oxen/v4/lsrpc")')" = false ]
}

@test "what only looks like a reply proves nothing: plain, truncated, with appended bytes, base64, HTML" {
  local name
  for name in plain-reply cut-reply appended-reply base64-reply html; do is $name unproven "does not open"; done
}

@test "a reply that decrypts but is malformed proves nothing, in twenty forms" {
  local name count=0
  while read -r name; do
    is "$name" unproven "decrypts, but"
    count=$((count + 1))
  done < <(jq -r '.host | select(startswith("form-")) | rtrimstr(".example")' "$root/test/story/probe-proof/world.ndjson")
  [ "$count" = 20 ]
}

@test "a proof does not follow redirects" {
  is redirect unproven "HTTP status 307"
  [ "$(counted "$world" bystander.example '.requests["POST /oxen/v4/lsrpc"]')" = 2 ]
}

@test "giant, inflating, slow and missing answers are cut off, and prove nothing" {
  is huge unproven "more than 4194304 bytes"
  is declared-huge unproven "more than 4194304 bytes"
  is gzip-bomb unproven "does not open"
  is drip unproven "no answer"
  is silent unproven "no answer"
  [ "$(counted "$world" huge.example '.bytes_sent < 30000000')" = true ]
}

@test "blocking, rate limits and errors don't refute a key" {
  is challenge unproven "HTTP status 403, which says nothing"
  is broken-gateway unproven "HTTP status 502, which says nothing"
  is rate-limited unproven "HTTP status 429, which says nothing"
}

@test "a server with Retry-After gets no more requests, and is not probed until then" {
  [ "$(counted "$world" rate-limited.example .requests)" = '{"POST /oxen/v4/lsrpc":1}' ]
  [ "$(of rate-limited '.probe | (.not_before | fromdate) - (.at | fromdate)')" = 3600 ]
}

@test "a relay proves the key of the server behind it, with that server's rooms; what it says in plain requests does not count" {
  local victim
  victim=$(key_of victim)
  run -0 probe relay "$victim"
  [ "$(jq -c '[.key.public_key,.key.status]' <<< "$output")" = '["'"$victim"'","proven"]' ]
  run -0 probe lying-relay "$victim"
  [ "$(jq -c '[.key.status,.rooms[0].name,.rooms[0].active_users]' <<< "$output")" = '["proven","Lab Lounge",23]' ]
  run -0 curl -sS -K "$world/curlrc" http://lying-relay.example/rooms
  contains "$output" 99999
}

@test "every claimed key is tried; one is refuted when another is proven" {
  local own victim
  own=$(key_of two-keys) victim=$(key_of victim)
  run -0 probe two-keys "$victim" "$own"
  [ "$(jq -r .key.public_key <<< "$output")" = "$own" ]
  [ "$(jq -c --arg key "$victim" '.public_keys[] | select(.public_key == $key) | [.status,(.refused_at | length)]' <<< "$output")" = '["refuted",1]' ]
  [ "$(jq -c --arg key "$own" '.public_keys[] | select(.public_key == $key) | [.status,.refused_at]' <<< "$output")" = '["proven",null]' ]
}

# bogus COUNT: so many keys, each smaller than any that is held
bogus() { for ((i = 1; i <= $1; ++i)); do printf '%04x%058d11\n' "$i" 0; done; }

@test "every claimed key is tried in some run, however many are claimed and whatever the server answers" {
  local own=$(key_of bystander) bun=$(key_of bun-impostor)
  # eight are tried in a run; those that were refused make room
  probe bystander "$own" $(bogus 8) > "$BATS_TEST_TMPDIR/first"
  [ "$(jq -r --arg key "$own" '.public_keys[] | select(.public_key == $key) | .reason' "$BATS_TEST_TMPDIR/first")" = "it was not tried" ]
  run -0 probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/first"
  [ "$(jq -r '.key | .public_key + " " + .status' <<< "$output")" = "$own proven" ]
  [ "$(jq -c '[.public_keys[] | select(.tried_at)] | length' <<< "$output")" = 8 ]
  # bunsogs never says clearly that it refuses a key
  probe bun-impostor "$bun" $(bogus 17) > "$BATS_TEST_TMPDIR/first"
  jq -c '.public_keys[].tried_at |= (if . then "2026-11-01T00:00:00Z" else null end) | del(..|nulls)' "$BATS_TEST_TMPDIR/first" |
    probe-servers "${flags[@]}" > "$BATS_TEST_TMPDIR/second"
  [ "$(jq '[.public_keys[] | select(.tried_at)] | length' "$BATS_TEST_TMPDIR/second")" = 16 ]
  run -0 probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/second"
  [ "$(jq -r '.key | .public_key + " " + .status' <<< "$output")" = "$bun proven" ]
}

@test "a proven key is tried first, also when no page names it any more" {
  local own=$(key_of bystander) keys
  keys=$(bogus 9 | jq -R '{public_key:.,found_on:[{source:"s",url:"u"}]}' | jq -cs .)
  run -0 probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"http://bystander.example","key":{"public_key":"'"$own"'","status":"refuted","proven_at":"2026-11-01T00:00:00Z","cipher":"xchacha20"},"public_keys":'"$keys"'}'
  [ "$(jq -r --arg key "$own" '.key.status, (.public_keys[] | select(.public_key == $key) | .status)' <<< "$output" | xargs)" = "proven proven" ]
  # not so a key that was only assumed
  run -0 probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"http://bystander.example","key":{"public_key":"'"$own"'","status":"unproven"},"public_keys":'"$keys"'}'
  [ "$(jq -r .key.status <<< "$output")" = unproven ]
}

# again NAME TIMES: as if it had been refused at these times already
again() {
  of "$1" . | jq -c --argjson times "$2" '.public_keys[0].refused_at = $times' |
    probe-servers "${flags[@]}" | jq -c '[.key.status, .public_keys[0].status, (.public_keys[0].refused_at | length)]'
}

@test "one run alone refutes no key; three runs do" {
  [ "$(again impostor '["2026-11-01T00:00:00Z"]')" = '["unproven","unproven",2]' ]
  [ "$(again impostor '["2026-11-01T00:00:00Z","2026-11-02T00:00:00Z"]')" = '["refuted","refuted",3]' ]
  [ "$(again impostor '["2026-11-01T00:00:00Z","2026-11-02T00:00:00Z","2026-11-03T00:00:00Z"]')" = '["refuted","refuted",3]' ]
}

# later NAME: a later run, if it proved the key before and refused it twice since
later() {
  of "$1" . | jq -c '.key += {status:"proven",proven_at:"2026-11-01T00:00:00Z"} | .public_keys[0].refused_at = ["2026-11-02T00:00:00Z","2026-11-03T00:00:00Z"]' |
    probe-servers "${flags[@]}"
}

@test "a key that was proven before is not refuted by refusals, which need no key; nor do answers without that key replace earlier ones" {
  later impostor > "$BATS_TEST_TMPDIR/probe"
  [ "$(jq -c '[.key.status, .key.proven_at, .public_keys[0].status, (.public_keys[0].refused_at | length), .probe.outcome, .rooms, .rooms_from]' "$BATS_TEST_TMPDIR/probe")" = \
    '["unproven","2026-11-01T00:00:00Z","unproven",3,"http-error",null,null]' ]
  # It stays in the listing until the grace ends, with the rooms that it showed with its key.
  of victim . | jq -c '.base_url = "http://impostor.example" | .probe.at |= (fromdate - 3600 | todate) | .key.proven_at = .probe.at' > "$BATS_TEST_TMPDIR/before"
  dedupe --by=key "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/probe" > "$BATS_TEST_TMPDIR/listing"
  [ "$(jq -c 'select(.server_id) | [.gone, .last_seen == .rooms[0].last_seen, .rooms[0].name]' "$BATS_TEST_TMPDIR/listing")" = '[null,true,"Lab Lounge"]' ]
}

@test "the answer of bunsogs to a wrong key never refutes a key" {
  [ "$(again bun-impostor '["2026-11-01T00:00:00Z","2026-11-02T00:00:00Z"]')" = '["unproven","unproven",2]' ]
}

@test "the last proof and its date are kept until there is a new one" {
  local before
  before=$(of challenge . | jq -c '.key += {status:"proven",proven_at:"2026-11-01T00:00:00Z",cipher:"aes-gcm"}')
  run -0 probe-servers "${flags[@]}" <<< "$before"
  [ "$(jq -c '[.key.status,.key.proven_at,.key.cipher]' <<< "$output")" = '["unproven","2026-11-01T00:00:00Z","aes-gcm"]' ]
}

@test "the key of a server that proves it every other time stays proven" {
  is every-other-time proven ""
  for _ in 1 2 3; do
    run -0 probe every-other-time "$(key_of every-other-time)"
    [ "$(jq -c '[.key.status,.rooms[0].joinable]' <<< "$output")" = '["proven",true]' ]
  done
}

@test "if no key is known, the preview page names one, and a proof decides" {
  run -0 probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"http://prints-its-key.example"}'
  [ "$(jq -r '.key | .public_key + " " + .status' <<< "$output")" = "$(key_of prints-its-key) proven" ]
  [ "$(jq -r '.public_keys[0].found_on[0].url' <<< "$output")" = "http://prints-its-key.example/r/lounge/" ]
  run -0 probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"http://impostor.example"}'
  [ "$(jq -r '.key | .public_key + " " + .status' <<< "$output")" = "$(key_of victim) unproven" ]
}

@test "a room is joinable only with the capabilities, the room itself, its content type, and all that clients need" {
  local name
  while IFS='|' read -r name code text; do
    [ "$(of "$name" '[.key.status,.rooms[0].joinable,.rooms[0].not_joinable]')" = '["proven",false,{"code":"'"$code"'","text":"'"$text"'"}]' ] ||
      { of "$name" . >&2; return 1; }
  done << 'END'
no-capabilities|no-capabilities|its server gives no capabilities
list-only|room-refused|/room/TOKEN answers with status 404
other-type|room-refused|/room/TOKEN answers with another content type than application/json
short-room|room-data|clients need its \"created\", which is missing
END
}

@test "any answer inside the onion request is a proof, also an error" {
  is http-error-inside proven ""
}

@test "every record of a probe with keys matches the schema" {
  run -0 "$root/test/check-schema" server#probed < "$probes"
  [ -z "$output" ]
}
