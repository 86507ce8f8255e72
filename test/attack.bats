# The attack world: strangers try to steer the listing; the tests check what is listed. Two crawls through
# `make publish`, nine days apart: between them attackers appear, move and leave.

load helper.bash
load server/world.bash

setup_file() {
  export day=$BATS_FILE_TMPDIR story=$root/test/story/attack world=$BATS_FILE_TMPDIR/world
  export DATA=$day/data OUTPUT=$day/www
  # A wiki page with 400 links to hosts that never answer; one with 80 servers of one domain, and a thousand keys for a newcomer; a crowd of rooms
  # that want the first rows and pages of their own.
  { grep -v '"host":"wiki' "$story/world.ndjson" | jq -c 'if .host == "big.example" then .rooms = [range(300) as $room | {token: "r\($room)", name: "Room \($room)",
      active_users: 1000000, description: ("Talk. " + ([range(16) | "#t\($room)x\(.)"] | join(" ")))}] else . end'
    jq -cn '{host: "wiki.example", schemes: ["http"], pages: {"/": {body: [range(400) | "{join:dead\(.).example/x}"] | join(" ")},
      "/crowd": {body: ([range(80) | "{join:s\(.).crowd.example/talk}"] + [range(1000) | "https://late.example/x?public_key=\("000\(.)"[-4:])\("5a" * 31)"] | join(" "))}}}'
  } > "$day/world.ndjson"
  start_world "$day/world.ndjson" "$world"
  for file in known-servers policy; do
    "$world_tools/world.py" --data "$day/world.ndjson" --expand < "$story/$file.ndjson" > "$day/$file.ndjson"
  done
  echo '{"kind":"source","id":"crowd","url":"http://wiki.example/crowd","follow":"^$"}' > "$day/sources.ndjson"
  for page in list wiki; do echo "{\"kind\":\"source\",\"id\":\"$page\",\"url\":\"http://$page.example/\"}"; done >> "$day/sources.ndjson"

  publish
  cp "$DATA/5-communities.ndjson" "$day/first"
  cp "$OUTPUT/communities.json" "$day/first.json"
  cp -r "$OUTPUT" "$day/first.www"

  "$story/age" 9 < "$day/first" > "$DATA/5-communities.ndjson"
  set_host big.example '{"behaviour":"down"}'
  set_host mover.example '{"behaviour":"down"}'
  set_host drain.example '{"rooms":[{"token":"left","name":"Left"}]}'
  set_host kiosk.example '{"behaviour":{"is":"status","code":503,"retry_after":604800}}'
  set_host nasty.example '{"key":"seed:plaza.example","base_url":"http://plaza.example","rooms":[],"rooms_of":"plaza.example"}'
  echo '{"kind":"source","id":"later","url":"http://list.example/later"}' >> "$day/sources.ndjson"
  publish
  cp "$DATA/5-communities.ndjson" "$day/second"
  cp "$OUTPUT/communities.json" "$day/second.json"
}

teardown_file() { stop_world "$world"; }

set_host() { "$world_tools/tell.py" "$world" set "$@"; }

publish() {
  local flags
  world_flags
  make -C "$root" --no-print-directory publish SOURCES="$day/sources.ndjson" KNOWN_SERVERS="$day/known-servers.ndjson" \
    POLICY="$day/policy.ndjson" FETCH_FLAGS="${flags[*]}" PROBE_FLAGS="${flags[*]}" SITE_URL=https://site.example > "$day/told" 2>&1 ||
    { cat "$day/told" >&2; return 1; }
}

key_of() { jq -r --arg host "$1" 'select(.host == $host).public_key' "$world/hosts.ndjson"; }
# of FILE HOST FILTER: of the server in a listing that holds the key of the host
of() { jq -c --arg key "$(key_of "$2")" 'select(.server_id and .key.public_key == $key) | '"$3" "$day/$1"; }
# printed FILE TOKEN: where the site says that a room can be joined
printed() { jq -r --arg token "$2" '.communities[] | select(.token == $token).join_url | sub("\\?.*"; "")' "$day/$1.json" | sort; }

@test "relays: 40 https relays can't hide a server's own address: it is probed once and listed" {
  [[ $(printed first forum) == https://relay*.example/forum ]]
  [ "$(printed second forum)" = http://agora.example/forum ]
  [ "$(of second agora.example '.aliases | length')" = 31 ]
  # A relay that was printed in its place is not its host: lines about the relay's host do not count for it.
  [ "$(of second agora.example '[.printed_hosts[].host]')" = '["agora.example"]' ]
}

@test "relays: of a server that prints no address, the address that is known longest stays listed" {
  [ "$(printed first bakery)" = http://bun.example/bakery ]
  [ "$(printed second bakery)" = http://bun.example/bakery ]
  [ "$(of second bun.example '[.aliases[].base_url]')" = '["https://bunrelay.example"]' ]
}

@test "twin identifiers: a key that begins like the official one gains neither its names nor its trust" {
  local key twin
  key=$(key_of plaza.example) twin=$(key_of twin27565.example)
  [[ $key != "$twin" && ${key:0:4} == "${twin:0:4}" ]]
  [ "$(printf twin27565.example | md5sum | cut -c 1-4)" = "${key:4:4}" ]
  [ "$(jq -c --arg url "https://twin27565.example/square?public_key=$twin" '.communities[] | select(.join_url == $url) | [.official, .pinned]' "$day/second.json")" = '[false,null]' ]
  [ "$(jq -c --arg older "square+${key:0:4}" --arg real "square+${key:0:8}" '[.[$older], .[$real]]' "$OUTPUT/lookup/${key:0:2}.json")" = "[null,\"c/square+${key:0:8}.html\"]" ]
}

@test "hijack: a server that shows the official key without holding it is not listed" {
  [ -z "$(printed first bait)$(printed second bait)" ]
  run -1 grep -rl claims.example "$OUTPUT"
  [ "$(jq -c 'select(.base_url == "https://claims.example").flags' "$day/second")" = '["claims-key-of-another"]' ]
}

@test "one domain: of 80 servers below it 3 rows are among the first 20, and 100,000 people in the sum" {
  [ "$(jq '[.communities[] | select(.join_url | contains("crowd.example"))] | length' "$day/second.json")" = 80 ]
  [ "$(jq -r '.communities[:20][].join_url' "$day/second.json" | grep -c crowd.example)" = 3 ]
  [ "$(jq -s '[.[] | select(.kind == "run")] | last | .weekly_users | . > 100000 and . < 400000' "$DATA/runs.ndjson")" = true ]
}

@test "claimed keys: a thousand on a wiki page do not keep a new server from being listed" {
  [ "$(printed first hello)" = https://late.example/hello ]
}

@test "loss: a server that leaves out 199 of its 200 rooms stops nothing" {
  [ "$(of first drain.example '.rooms | length')" = 200 ]
  [ "$(printed second left)" = https://drain.example/left ]
}

@test "copies: a server that copies one that people list is marked as the copy, on a fresh listing too" {
  local id
  id=$(of first plaza.example .server_id)
  [ "$(of first copycat.example .copy_of)" = "$id" ]
  [ "$(of second copycat.example .copy_of)" = "$id" ]
  [ "$(of second plaza.example '[.copy_of, .same_rooms_as]')" = '[null,null]' ]
}

@test "copies: an original that is found after its copy is not marked as a copy" {
  [ "$(of first fresh.example '[.copy_of, .same_rooms_as]')" = "[null,$(of first thief.example .server_id)]" ]
  [ "$(of second fresh.example .copy_of)" = null ]
}

@test "loss: a server with most of the listing disappears, and the rest is published" {
  [ "$(of first big.example '.rooms | length')" = 300 ]
  [ "$(of second big.example '.gone != null')" = true ]
  [ "$(jq '[.communities[] | select(.join_url | contains("big.example"))] | length' "$day/second.json")" = 0 ]
  [ "$(jq '[.communities[] | select(.token == "hall")] | length' "$day/second.json")" = 12 ]
}

@test "dead links: of 400 on one page 300 are probed, and those of earlier runs are forgotten" {
  for crawl in first second; do
    [ "$(grep -c '"base_url":"https\?://dead' "$day/$crawl")" = 300 ]
  done
  run -1 grep -rlE 'dead[0-9]+[.]example' "$OUTPUT"
}

@test "hidden hosts: one that relays another server does not hide that server" {
  [ "$(of second plaza.example '[.base_url, ([.aliases[].base_url] | index("https://nasty.example") != null)]')" = '["http://plaza.example",true]' ]
  [ "$(of second plaza.example '[.printed_hosts[].host]')" = '["plaza.example"]' ]
  [ "$(printed second square | head -n 1)" = http://plaza.example/square ]
  run -1 grep -rl nasty.example "$OUTPUT"
}

@test "hidden servers: one that moves to another host stays hidden" {
  [ "$(of second mover.example '[.base_url, ([.printed_hosts[].host] | sort)]')" = '["https://moved.example",["moved.example","mover.example"]]' ]
  [ -z "$(printed second moved)" ]
}

@test "crowding: of the first 20 rows one server has 3, whatever user numbers it claims" {
  [ "$(jq -r '.communities[:20][].join_url' "$day/first.json" | grep -c big.example)" = 3 ]
}

@test "copies: they stand below all other rooms and are never official" {
  [ "$(jq -r '.communities[-2:][].join_url' "$day/second.json" | grep -c //copycat.example)" = 2 ]
  [ "$(jq -r '.communities[] | select(.official) | .join_url' "$day/second.json" | grep -c //plaza.example)" = 2 ]
  [ "$(jq '[.communities[] | select(.official)] | length' "$day/second.json")" = 2 ]
}

@test "tags: 4,800 words that only one server uses get no page" {
  run -1 grep -c '^tag-' <(ls "$day/first.www")
}

@test "languages: twenty that only one server claims get no page" {
  run -1 grep -cxE '(de|fr|es|it|nl|pl|pt|ru|tr|cs|sv|fi|da|no|hu|ro|el|uk|bg|hr)[.]html' <(ls "$day/first.www")
  [ "$(printed first b0)" = http://babel.example/b0 ] || [ "$(printed first b0)" = https://babel.example/b0 ]
}

@test "hidden rooms: one stays hidden when its token is written with other capitals" {
  [ "$(of first twins.example '.rooms | length')" -ge 1 ]
  [ -z "$(printed first den)$(printed first Den)" ]
}

@test "Retry-After: a week is shortened to six hours, as an answer without TLS may be forged" {
  [ "$(jq -c 'select(.base_url == "http://kiosk.example").probe | (.not_before | fromdate) - (.at | fromdate) | . > 0 and . <= 21600' "$DATA/4-probes.ndjson")" = true ]
}

@test "misspelt members in files that people write stop the run, with the nearest known word" {
  local target file right wrong
  declare -A files=([SOURCES]=$day/sources.ndjson [KNOWN_SERVERS]=$day/known-servers.ndjson [POLICY]=$day/policy.ndjson)
  while read -r target file right wrong; do
    sed "s/\"$right\"/\"$wrong\"/" "${files[$file]}" > "$day/typo.ndjson"
    run ! make -C "$root" --no-print-directory "$target" SOURCES="${files[SOURCES]}" KNOWN_SERVERS="${files[KNOWN_SERVERS]}" POLICY="${files[POLICY]}" "$file=$day/typo.ndjson"
    contains "$output" "unknown member \"$wrong\"; did you mean \"$right\"?"
    [[ $output =~ typo.ndjson:[12]: ]]
  done <<END
site POLICY hidden hiden
site KNOWN_SERVERS public_keys public_kys
refresh SOURCES follow folow
END
}
