# The patience of probe-servers: with servers that stall, are slow, or dead; and
# its manners: nobody is asked more than is due.

load helper.bash
load server/world.bash

setup_file() { play_world probe-waiting/world; }
setup() { world_flags; }

# candidates FILTER: of the world's hosts that jq's FILTER selects
candidates() {
  jq -c 'select('"$1"') | {kind:"server",base_url:.base_urls[0],public_keys:[{public_key:.public_key}]}' "$world/hosts.ndjson"
}
requests() { counted "$world" "$1" '[.requests[]] | add // 0'; }

@test "a hundred servers that never answer 70 of 100 requests are all found" {
  candidates '.host | startswith("s") and test("[0-9]")' > "$BATS_TEST_TMPDIR/servers"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/servers")" = 100 ]
  run -0 --separate-stderr timeout 110 probe-servers "${flags[@]}" "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r .key.status <<< "$output" | sort | uniq -c | xargs)" = "100 proven" ]
  [ "$(jq -r '.rooms[].joinable' <<< "$output" | sort | uniq -c | xargs)" = "100 true" ]
  [ -z "$stderr" ]
}

@test "a server that is slow, and no more, is waited for" {
  run -0 timeout 60 probe-servers "${flags[@]}" --budget 30 < <(candidates '.host == "slow.example"')
  [ "$(jq -r .key.status <<< "$output")" = proven ]
}

@test "a slow server keeps nobody waiting" {
  # healthy.example comes out first, though asked last, and one is busy at a time
  run -0 timeout 60 probe-servers "${flags[@]}" --jobs 1 --budget 6 < <(candidates '.host == "silent.example"'; candidates '.host == "healthy.example"')
  [ "$(jq -r .base_url <<< "$output" | xargs)" = "http://healthy.example http://silent.example" ]
}

@test "who can't be connected to gets two tries, and no more" {
  run -1 timeout 60 probe-servers "${flags[@]}" --timeout 1 < <(candidates '.host == "down.example" or .host == "unreachable.example"')
  # (one of the three is for https, which was not published)
  [ "$(grep '^{' <<< "$output" | jq -c '[.base_url,.probe.outcome,.probe.attempts]' | sort | xargs)" = \
    '[http://down.example,refused,3] [http://unreachable.example,timeout-connect,3]' ]
}

@test "who hangs up each time is not pestered" {
  run -1 timeout 60 probe-servers "${flags[@]}" < <(candidates '.host == "hang-up.example"')
  [ "$(grep '^{' <<< "$output" | jq -r .probe.outcome)" = broken ]
  [ "$(counted "$world" hang-up.example .connections)" = 3 ]
}

@test "the attempts and the seconds of the budget are what was wished" {
  run -1 timeout 60 probe-servers "${flags[@]}" --attempts 5 --timeout 1 --budget 20 < <(candidates '.host == "silent.example"')
  [ "$(grep '^{' <<< "$output" | jq -c '[.probe.outcome,.probe.attempts]')" = '["timeout-read",5]' ]
  run -1 timeout 60 probe-servers "${flags[@]}" --attempts 500 --budget 2 < <(candidates '.host == "silent.example"')
  [ "$(grep '^{' <<< "$output" | jq '.probe | .outcome == "timeout-read" and .attempts < 10 and .seconds < 10')" = true ]
}

@test "never more than three requests are open at one server" {
  run -1 timeout 60 probe-servers "${flags[@]}" --budget 8 --timeout 4 < <(candidates '.host == "silent.example"')
  [ "$(counted "$world" silent.example '.max_open <= 3')" = true ]
}

@test "interrupted, it writes what is done, and the rest as not asked" {
  local signal pid
  for signal in INT TERM; do
    { candidates '.host == "healthy.example"'; candidates '.host == "silent.example"'; } > "$BATS_TEST_TMPDIR/servers"
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

@test "a reader that goes away ends the run quietly" {
  run -0 --separate-stderr timeout 60 bash -c 'probe-servers "$@" | head -n 1' - "${flags[@]}" < <(candidates '.host == "healthy.example"'; candidates '.host == "silent.example"')
  [ "$(jq -r .base_url <<< "$output")" = http://healthy.example ]
  [ -z "$stderr" ]
}

@test "a full disk is told" {
  run -1 --separate-stderr timeout 60 bash -c 'probe-servers "$@" > /dev/full' - "${flags[@]}" < <(candidates '.host == "healthy.example"')
  contains "$stderr" "could not write everything"
}

@test "ten thousand links to the ports of one host cost it a few connections" {
  local before after
  before=$(counted "$world" crowd.example .connections)
  seq 20000 29999 | jq -c '{kind:"server",base_url:"http://crowd.example:\(.)"}' > "$BATS_TEST_TMPDIR/servers"
  local address port
  address=$(jq -r 'select(.host == "crowd.example") | .address + ":" + (.ports.http | tostring)' "$world/hosts.ndjson")
  run -0 timeout 100 probe-servers --allow-private 127.0.0.0/8 --connect-to "crowd.example::$address" "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r .probe.outcome <<< "$output" | sort | uniq -c | xargs)" = "9984 not-asked 16 ok" ]
  after=$(counted "$world" crowd.example .connections)
  [ $((after - before)) -lt 150 ]
}

@test "a thousand names for one address cost it the connections of 64" {
  local before after address
  before=$(counted "$world" crowd.example .connections)
  seq 1000 | jq -c '{kind:"server",base_url:"http://n\(.).example:8080"}' > "$BATS_TEST_TMPDIR/servers"
  address=$(jq -r 'select(.host == "crowd.example") | .address + ":" + (.ports.http | tostring)' "$world/hosts.ndjson")
  run -0 timeout 100 probe-servers --allow-private 127.0.0.0/8 --connect-to "::$address" "$BATS_TEST_TMPDIR/servers"
  [ "$(jq -r .probe.outcome <<< "$output" | sort | uniq -c | xargs)" = "936 blocked-address 64 ok" ]
  after=$(counted "$world" crowd.example .connections)
  [ $((after - before)) -lt 600 ]
}
