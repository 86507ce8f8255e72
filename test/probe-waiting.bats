# probe-servers on real sockets: servers that stall or are dead, and how much is asked of one
# address. Retries, hedging and budgets have unit checks on a virtual clock (test/unit/crawl.cpp).

load helper.bash
load server/world.bash

setup_file() { play_world probe-waiting/world; }
setup() { world_flags; }

# candidates FILTER: of the world's hosts that jq's FILTER selects
candidates() {
  jq -c 'select('"$1"') | {kind:"server",base_url:.base_urls[0],public_keys:[{public_key:.public_key}]}' "$world/hosts.ndjson"
}
requests() { counted "$world" "$1" '[.requests[]] | add // 0'; }

@test "many endless answers just below the size limit take a bounded memory together; small answers are still read" {
  { candidates '.host | startswith("hoard")'; candidates '.host == "healthy.example"'; } > "$BATS_TEST_TMPDIR/servers"
  run -0 peak "$BATS_TEST_TMPDIR/peak" timeout 100 probe-servers "${flags[@]}" --budget 8 "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r 'select(.base_url == "http://healthy.example").key.status' <<< "$output")" = proven ]
  [ "$(jq -r 'select(.base_url | contains("hoard")) | .probe.outcome' <<< "$output" | grep -cE '^(broken|timeout-read)$')" = 60 ]
  cat "$BATS_TEST_TMPDIR/peak"
  [[ $bin == *asan* ]] || [ "$(cat "$BATS_TEST_TMPDIR/peak")" -lt 350000 ]  # sixty times three would be 750 MB
}

@test "only a bounded number of servers that send much and then keep silent is waited for" {
  candidates '.host | startswith("teller")' > "$BATS_TEST_TMPDIR/servers"
  timeout 100 probe-servers "${flags[@]}" --budget 12 "$BATS_TEST_TMPDIR/servers" > "$BATS_TEST_TMPDIR/out"
  [ "$(grep -c '"status":"proven".*"token":"r999"' "$BATS_TEST_TMPDIR/out")" = 250 ]
}

@test "a hundred servers that leave 70 of 100 requests unanswered are all found" {
  candidates '.host | startswith("s") and test("[0-9]")' > "$BATS_TEST_TMPDIR/servers"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/servers")" = 100 ]
  run -0 --separate-stderr timeout 110 probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r .key.status <<< "$output" | sort | uniq -c | xargs)" = "100 proven" ]
  [ "$(jq -r '.rooms[].joinable' <<< "$output" | sort | uniq -c | xargs)" = "100 true" ]
  [ -z "$stderr" ]
}

@test "an interrupted run writes what is done, and the other servers as not asked" {
  local signal pid
  for signal in INT TERM; do
    { candidates '.host == "healthy.example"'; candidates '.host == "silent.example"'; } > "$BATS_TEST_TMPDIR/servers"
    : > "$BATS_TEST_TMPDIR/out"  # otherwise the output of the first signal counts for the second
    timeout 60 probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/servers" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" 3>&- &
    pid=$!
    until grep -q healthy "$BATS_TEST_TMPDIR/out"; do sleep 0.1; done
    kill -s $signal "$(pgrep -P $pid)"
    status=0
    wait $pid || status=$?  # run's subshell may not wait for it: that gives 255 until it has ended
    [ $status = 1 ]
    [ "$(jq -c '[.base_url,.probe.outcome,.probe.error]' "$BATS_TEST_TMPDIR/out" | xargs)" = \
      '[http://healthy.example,ok,null] [http://silent.example,not-asked,interrupted]' ]
    [ "$(cat "$BATS_TEST_TMPDIR/err")" = "probe-servers: interrupted: 1 not-asked, 1 ok" ]
  done
}

@test "probe-servers ends quietly when its output is closed" {
  run -0 --separate-stderr timeout 60 bash -c 'probe-servers "$@" | head -n 1' - "${flags[@]}" < <(candidates '.host == "healthy.example"'; candidates '.host == "silent.example"')
  [ "$(jq -r .base_url <<< "$output")" = http://healthy.example ]
  [ -z "$stderr" ]
}

@test "probe-servers reports a full disk" {
  run -1 --separate-stderr timeout 60 bash -c 'probe-servers "$@" > /dev/full' - "${flags[@]}" < <(candidates '.host == "healthy.example"')
  contains "$stderr" "could not write everything"
}

# known BASE_URL: a candidate that proved a key before
known() { printf '{"kind":"server","base_url":"%s","key":{"public_key":"%s","status":"unproven","proven_at":"2026-11-01T00:00:00Z","cipher":"xchacha20"}}\n' "$1" "$(key_of crowd)"; }
key_of() { jq -r --arg host "$1.example" 'select(.host == $host).public_key' "$world/hosts.ndjson"; }

# at HOST: the address and port where it is played
at() { jq -r --arg host "$1.example" 'select(.host == $host) | .address + ":" + (.ports.http | tostring)' "$world/hosts.ndjson"; }
outcomes() { jq -r .probe.outcome | sort | uniq -c | xargs; }

@test "ten thousand links to ports of one host cause only a few connections there, and keep out no server that is known" {
  local before after
  before=$(counted "$world" crowd.example .connections)
  { seq 20000 29998 | jq -c '{kind:"server",base_url:"http://crowd.example:\(.)"}'; known http://crowd.example:29999; echo '{"kind":"server","base_url":"http://crowd.example"}'; } > "$BATS_TEST_TMPDIR/servers"
  run -0 timeout 100 probe-servers --allow-private 127.0.0.0/8 --connect-to "crowd.example::$(at crowd)" "$BATS_TEST_TMPDIR/servers"
  [ "$(outcomes <<< "$output")" = "9983 not-asked 18 ok" ]
  [ "$(jq -r 'select(.base_url | test("e$|:29999$")) | .key.status' <<< "$output" | xargs)" = "proven proven" ]
  [ "$(jq -r 'select(.probe.outcome == "not-asked") | .probe | .error, .not_before' <<< "$output" | sort -u | xargs)" = "more than 16 ports of one host null" ]
  after=$(counted "$world" crowd.example .connections)
  [ $((after - before)) -lt 150 ]
}

@test "a thousand names of one address cause only the connections of 64, and those of known servers" {
  local before after
  before=$(counted "$world" crowd.example .connections)
  { seq 999 | jq -c '{kind:"server",base_url:"http://n\(.).example:8080"}'; known http://n1000.example:8080; } > "$BATS_TEST_TMPDIR/servers"
  run -0 timeout 100 probe-servers --allow-private 127.0.0.0/8 --connect-to "::$(at crowd)" "$BATS_TEST_TMPDIR/servers"
  [ "$(outcomes <<< "$output")" = "935 not-asked 65 ok" ]
  [ "$(jq -r 'select(.base_url | contains("n1000")).key.status' <<< "$output")" = proven ]
  [ "$(jq -r 'select(.probe.outcome == "not-asked") | .probe | .error, .not_before' <<< "$output" | sort -u | xargs)" = "$(at crowd | cut -d: -f1) is the address of too many hosts null" ]
  after=$(counted "$world" crowd.example .connections)
  [ $((after - before)) -lt 600 ]
}

@test "a silent address takes a limited number of seconds, however many links lead there; known servers are asked first" {
  { seq 16 | jq -c 'range(20001; 20017) as $port | {kind:"server",base_url:"http://n\(.).example:\($port)"}'; known http://n20.example:8080; known http://n21.example:8080; } > "$BATS_TEST_TMPDIR/servers"
  run -1 --separate-stderr timeout 100 probe-servers --allow-private 127.0.0.0/8 --connect-to "::$(at silent)" --budget 2 --timeout 1 "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r 'select(.key) | .probe.outcome' <<< "$output" | xargs)" = "timeout-read timeout-read" ]
  [ "$(jq -r 'select(.probe.outcome == "not-asked") | .probe | .error, .not_before, .attempts' <<< "$output" | sort -u | xargs)" = "0 earlier requests to $(at silent | cut -d: -f1) took too long in total null" ]
  # 20 seconds of eight connections: 256 servers would take 256 seconds at least
  [ "$(jq -s '[.[] | select(.probe.outcome == "timeout-read")] | length < 60' <<< "$output")" = true ]
}
