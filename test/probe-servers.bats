# probe-servers: its requests and its records. Other files test the proof of keys, silent
# servers and hostile servers.

load helper.bash
load server/world.bash

setup_file() {
  local flags  # bats has one of its own
  export probes=$BATS_FILE_TMPDIR/4-probes.ndjson
  play_world probe/world
  world_flags
  "$root/test/server/world.py" --data "$root/test/story/probe/world.ndjson" --expand \
    < "$root/test/story/probe/3-servers.ndjson" > "$BATS_FILE_TMPDIR/3-servers.ndjson"
  timeout 60 probe-servers "${flags[@]}" --budget 3 --timeout 1 --summary "$BATS_FILE_TMPDIR/summary" \
    < "$BATS_FILE_TMPDIR/3-servers.ndjson" > "$probes" 2> "$BATS_FILE_TMPDIR/stderr"
}

setup() {
  story probe
  world_flags
}

# of HOST FILTER: what jq's FILTER makes of the probe of that host
of() { jq -c --arg host "$1" 'select(.kind == "server") | select((.asked_url // .base_url) | test("//" + $host + "(:|$)")) | '"$2" "$probes"; }

@test "hostile text is cleaned, normal text in any script is kept" {
  run -0 "$(dirname "$bin")/test/clean"
  [ -z "$output" ]
}

@test "every member of a room becomes a value or a reason" {
  run -0 "$(dirname "$bin")/test/rooms"
  [ -z "$output" ]
}

@test "a successful run prints nothing on standard error" {
  [ ! -s "$BATS_FILE_TMPDIR/stderr" ]
}

@test "every server is written once, with an outcome" {
  diff <(jq -r 'select(.kind == "server") | .base_url' "$BATS_FILE_TMPDIR/3-servers.ndjson" | sort) \
    <(jq -r 'select(.kind == "server" and .probe.outcome) | .asked_url // .base_url' "$probes" | sort)
}

@test "every record of an ordinary crawl matches the schema" {
  run -0 "$root/test/check-schema" server#probed < <(grep server "$probes" | grep -v annotation)
  [ -z "$output" ]
}

@test "records of other kinds and unknown members pass through" {
  run -0 grep -c '^{"kind":"annotation","identifier":"cats+1234","tags":\["x"\],"note":"passes untouched"}$' "$probes"
  [ "$output" = 1 ]
  run -0 grep -c '"base_url":"https://cats.example".*"tomorrow":{"n":1.10}' "$probes"
  [ "$output" = 1 ]
  [ "$(of cats.example .public_keys[0].found_on)" = '[{"source":"list","url":"https://list.example/"}]' ]
}

@test "the rooms of a server are read through onion requests for its key" {
  [ "$(of cats.example '[.probe.outcome,.key.status,.rooms_from,.capabilities,.prints_url]')" = \
    '["ok","proven","onion",["blind","reactions","sogs"],"https://cats.example"]' ]
  [ "$(of cats.example '.rooms[0]')" = '{"token":"lounge","name":"Cats","description":"All about cats","active_users":23,"active_users_cutoff":604800,"created":1795378493.58,"image_id":1,"info_updates":6,"message_sequence":90,"read":true,"write":true,"upload":true,"staff_count":3,"joinable":true}' ]
}

@test "rooms that can't be read are listed as such, hidden ones are not there at all" {
  [ "$(of cats.example '[.rooms[] | [.token,.read,.joinable]]')" = '[["lounge",true,true],["metaonly",false,true]]' ]
  run -1 grep -iE 'hidden|cellar' "$probes"
}

@test "a healthy server is probed with one encrypted batch" {
  [ "$(counted "$world" cats.example '.requests')" = '{"POST /oxen/v4/lsrpc":1}' ]
  [ "$(counted "$world" cats.example '.inside')" = \
    '{"GET /capabilities":1,"GET /r/lounge/":1,"GET /room/lounge":1,"GET /rooms":1,"POST /batch":1}' ]
}

@test "a connection is reused if the server allows it" {
  [ "$(counted "$world" buns.example '.connections < ([.requests[]] | add)')" = true ]
}

@test "the User-Agent names the program; --contact adds the operator" {
  run -0 counted "$world" cats.example '.user_agents | keys[]'
  [[ $output =~ ^\"session-communities/[0-9.]+\"$ ]]
  grep http-only.example "$BATS_FILE_TMPDIR/3-servers.ndjson" | probe-servers "${flags[@]}" --contact https://me.example/about > "$BATS_TEST_TMPDIR/out"
  run -0 counted "$world" http-only.example '.user_agents | keys[]'
  contains "$output" ' (+https://me.example/about)"'
}

@test "each kind of server gets the requests that it understands" {
  [ "$(of buns.example '[.key.status,.key.cipher,[.rooms[] | [.token,.joinable]]]')" = '["proven","aes-gcm",[["BunUpper",true]]]' ]
  [ "$(of early.example '[.key.status,.key.cipher,.capabilities]')" = '["proven","xchacha20",["sogs"]]' ]
  for host in old.example rust.example; do
    [ "$(of $host '[.key.status,.key.cipher,.rooms_from,.rooms[0].joinable,.rooms[0].not_joinable]')" = \
      '["legacy","aes-gcm","legacy",false,{"code":"old-server","text":"its server is too old for current clients"}]' ]
  done
}

@test "https is tried first, also when only http was published" {
  sed 's,"https://cats,"http://cats,' "$BATS_FILE_TMPDIR/3-servers.ndjson" | grep cats.example > "$BATS_TEST_TMPDIR/candidates"
  run -0 --separate-stderr probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/candidates"
  [ "$(jq -c '[.base_url,.asked_url,.key.status]' <<< "$output")" = '["https://cats.example","http://cats.example","proven"]' ]
}

@test "if only http is published and proves the key, http is listed" {
  [ "$(of http-only.example '[.base_url,.asked_url,.key.status,.probe.tried[0].base_url]')" = \
    '["http://http-only.example",null,"proven","https://http-only.example"]' ]
}

@test "https is replaced by http only with a reason, which the record names" {
  [ "$(of bad-cert.example '[.base_url,.asked_url,.key.status,.probe.tried[0].outcome]')" = \
    '["http://bad-cert.example","https://bad-cert.example","proven","tls"]' ]
  [ "$(of https-down.example '[.base_url,.asked_url,.key.status,.probe.tried[0].outcome]')" = \
    '["http://https-down.example","https://https-down.example","proven","refused"]' ]
}

@test "a time-out of https causes no request over http" {
  [ "$(of https-silent.example '[.base_url,.probe.outcome,.probe.tried]')" = '["https://https-silent.example","timeout-read",null]' ]
  [ "$(jq -c 'select(.host == "https-silent.example" and .scheme == "http")' "$world/requests.ndjson")" = "" ]
}

@test "a room whose link not every client can use is not joinable" {
  [ "$(of port.example '[.key.status,.rooms[0].joinable,.rooms[0].not_joinable]')" = \
    '["proven",false,{"code":"address","text":"some clients ask port 443 of every https:// server"}]' ]
}

@test "a server that is down, or is no SOGS, gives a record with a reason" {
  [ "$(of down.example .probe.outcome)" = '"refused"' ]
  [ "$(of site.example .probe.outcome)" = '"not-sogs"' ]
  [ "$(of gone.example '[.probe.outcome,.probe.error]')" = '["http-error","HTTP status 404"]' ]
  [ "$(of no-such-host.example .probe.outcome)" = '"dns"' ]
}

@test "if a server gives no list, the rooms that pages name are asked for" {
  [ "$(of no-list.example '[.key.status,.rooms_from,[.rooms[] | [.token,.joinable]]]')" = '["proven","onion-hints",[["lounge",true]]]' ]
}

@test "if too many rooms are named, those that people name, that were seen before or that more pages name come first, whatever one source names" {
  local page='{"source":"s","url":"https://s.example/' hints
  hints=$(seq -f '0%g' 60 | jq -R '{token:.,found_on:['"$page"'1"}]}' | jq -cs .)
  run -0 probe-servers "${flags[@]}" < <(jq -c --argjson flood "$hints" 'select(.base_url == "https://no-list.example") |
    (.room_hints += $flood), (.room_hints[] |= (select(.token == "lounge").seen = "2026-11-01T00:00:00Z") | .room_hints += $flood),
    (.room_hints[] |= (select(.token == "lounge").found_on = ['"$page"'1"},'"$page"'2"}]) | .room_hints += $flood)' "$BATS_FILE_TMPDIR/3-servers.ndjson")
  [ "$(jq -c '[.rooms[]?.token]' <<< "$output" | sort | uniq -c | xargs)" = '3 [lounge]' ]
}

@test "if a server has no API, the rooms come from its page for people" {
  [ "$(of index.example '[.probe.outcome,.rooms_from,.rooms]')" = \
    '["ok","index",[{"token":"attic","joinable":false,"not_joinable":{"code":"unproven-key","text":"its server has not proven its key"}}]]' ]
}

@test "no address that is not public is connected to" {
  for host in sentinel.example 169.254.169.254; do
    [ "$(of $host '[.base_url,.probe.outcome]')" = '["http://'$host'","blocked-address"]' ]
  done
  [ "$(jq -c 'select(.base_url == "http://[2001:db8::1]").probe.outcome' "$probes")" = '"blocked-address"' ]
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}

@test "moderators are counted; only --staff lists them" {
  run -1 grep -E '"(admins|moderators)"' "$probes"
  run -0 bash -c 'grep cats.example "$0" | probe-servers --staff "$@"' "$BATS_FILE_TMPDIR/3-servers.ndjson" "${flags[@]}"
  [ "$(jq '.rooms[0] | (.admins | length), (.moderators | length)' <<< "$output" | xargs)" = "2 1" ]
}

@test "the summary is one line with the counts of the output" {
  run -0 jq -c '[.servers,.asked,(.outcomes | add),.proven,.outcomes.ok]' "$BATS_FILE_TMPDIR/summary"
  [ "$output" = "[19,19,19,$(grep -c '"status":"proven","proven_at"' "$probes"),$(grep -c '"outcome":"ok"' "$probes")]" ]
  [ "$(wc -l < "$BATS_FILE_TMPDIR/summary")" = 1 ]
}

@test "if no server answers, all records are written and the status is 1" {
  run -1 --separate-stderr probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"https://down.example"}'
  [ "$(jq -r .probe.outcome <<< "$output")" = refused ]
  [ "$stderr" = "probe-servers: none of 1 servers answered: 1 refused" ]
}

@test "a proxy that is down counts against no server: no back-off, and status 1 as nothing could be asked" {
  local servers
  printf -v servers '{"kind":"server","base_url":"https://%s.example"}\n' cats buns
  run -1 --separate-stderr timeout 30 probe-servers --proxy socks5h://127.0.0.1:9 --summary "$BATS_TEST_TMPDIR/summary" <<< "${servers%$'\n'}"
  [ "$(jq -c '[.probe.outcome, .probe.not_before]' <<< "$output" | sort -u)" = '["proxy",null]' ]
  [ "$(wc -l <<< "$output")" = 2 ]
  contains "$stderr" "probe-servers: the proxy socks5h://127.0.0.1:9 could not be used for 2 of 2 servers ("
  contains "$stderr" "127.0.0.1 port 9"
  contains "$stderr" "); they are unchanged, and so is the site"
  [ "$(jq -c '[.asked, .outcomes]' "$BATS_TEST_TMPDIR/summary")" = '[0,{"proxy":2}]' ]
}

@test "if the proxy for .onion hosts is down, other servers are still probed" {
  { echo '{"kind":"server","base_url":"http://dark.onion"}'; head -n 1 "$BATS_FILE_TMPDIR/3-servers.ndjson"; } > "$BATS_TEST_TMPDIR/servers"
  run -0 --separate-stderr timeout 30 probe-servers "${flags[@]}" --proxy-onion socks5h://127.0.0.1:9 "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -c '[.base_url, .probe.outcome, .probe.not_before]' <<< "$output" | sort)" = \
    $'["http://dark.onion","proxy",null]\n["https://cats.example","ok",null]' ]
  contains "$stderr" "could not be used for 1 of 2 servers ("
  contains "$stderr" "); they are unchanged"
}

@test "if no name can be resolved, the network is reported as down" {
  printf '{"kind":"server","base_url":"https://%s.example"}\n' a b c > "$BATS_TEST_TMPDIR/servers"
  run -1 --separate-stderr unshare -rn timeout 30 "$bin/probe-servers" --budget 2 "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r .probe.outcome <<< "$output" | sort | uniq -c | xargs)" = "3 dns" ]
  [ "$stderr" = "probe-servers: none of 3 servers answered: name lookup failed for all of them. This machine's DNS or network looks down; the site is unchanged" ]
  echo '{"kind":"server","base_url":"http://127.0.0.1:8"}' >> "$BATS_TEST_TMPDIR/servers"
  run -1 --separate-stderr unshare -rn timeout 30 "$bin/probe-servers" --budget 2 --allow-private 127.0.0.0/8 "$BATS_TEST_TMPDIR/servers"
  [ "$stderr" = "probe-servers: none of 4 servers answered: 3 dns, 1 refused" ]
}

@test "an empty list of servers is no failure" {
  run -0 probe-servers < /dev/null
  [ -z "$output" ]
}

@test "an invalid base URL is a bad line, and no request is sent" {
  for base in ftp://x.example 'HTTPS://x.example' 'https://x.example/' 'https://user@x.example' 'x'; do
    run -1 --separate-stderr probe-servers <<< '{"kind":"server","base_url":"'"$base"'"}'
    [ -z "$output" ]
    contains "$stderr" 'probe-servers: stdin:1: "base_url"'
  done
}

@test "with --not-before a server is not probed before its \"not_before\"" {
  local later='{"kind":"server","base_url":"https://cats.example","probe":{"at":"2026-01-01T00:00:00Z","outcome":"refused","attempts":2,"seconds":1,"not_before":"2999-01-01T00:00:00Z"}}'
  run -0 probe-servers --not-before "${flags[@]}" <<< "$later"
  [ "$output" = "$later" ]
  run -0 probe-servers "${flags[@]}" <<< "$later"
  [ "$(jq -r .probe.outcome <<< "$output")" = ok ]
  # a time from a wrong clock does not count
  run -0 probe-servers --not-before "${flags[@]}" <<< "${later/2026-01-01/2998-01-01}"
  [ "$(jq -r .probe.outcome <<< "$output")" = ok ]
}

@test "the back-off of a server that stays down doubles each time, up to a week" {
  local candidate='{"kind":"server","base_url":"https://down.example"}' waits="" wait
  for _ in 1 2 3 4 5 6 7 8 9 10 11; do
    candidate=$(probe-servers "${flags[@]}" 2> /dev/null <<< "$candidate" || true)
    wait=$(jq '.probe | (.not_before | fromdate) - (.at | fromdate)' <<< "$candidate")
    waits="$waits $((wait / 60))"
    candidate=$(jq -c 'del(.asked_url)' <<< "$candidate")
  done
  [ "$waits" = " 30 60 120 240 480 960 1920 3840 7680 10080 10080" ]
}

@test "an impostor of a well-known host is not listed under it, whatever key it proves" {
  local key
  key=$(jq -r 'select(.host == "open.getsession.org").public_key' "$world/hosts.ndjson")
  run -0 probe-servers "${flags[@]}" <<< '{"kind":"server","base_url":"https://open.getsession.org","public_keys":[{"public_key":"'"$key"'"}]}'
  [ "$(jq -c '[.key.status,.public_keys[0].status,.public_keys[0].reason,.rooms[0].joinable]' <<< "$output")" = \
    '["unproven","refuted","the host is known to hold another key",false]' ]
}
