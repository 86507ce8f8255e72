# Sixty servers that misbehave, each in its own way, and twenty healthy ones, in one run:
# test/story/hostile/world.ndjson. outcomes.txt beside it has the expected results: host, outcome,
# state of the key, rooms. (UPDATE=1 writes it.)

load helper.bash
load server/world.bash

setup_file() {
  local flags  # bats has one of its own
  export probes=$BATS_FILE_TMPDIR/4-probes.ndjson
  play_world hostile/world
  world_flags
  jq -c '{kind:"server",base_url:.base_urls[0],public_keys:[{public_key:.shown_key}]},
    (select(.host == "sentinel.example") | {kind:"server",base_url:"http://\(.address):\(.ports.http)"})' "$world/hosts.ndjson" |
    peak "$BATS_FILE_TMPDIR/peak" timeout 100 probe-servers "${flags[@]}" --budget 12 --timeout 4 > "$probes" 2> "$BATS_FILE_TMPDIR/stderr" &&
    status=0 || status=$?
  echo $status > "$BATS_FILE_TMPDIR/status"
}

@test "a run against hostile servers succeeds, prints nothing, and writes every server" {
  [ "$(cat "$BATS_FILE_TMPDIR/status")" = 0 ]
  [ ! -s "$BATS_FILE_TMPDIR/stderr" ]
  diff <(jq -r '.base_urls[0]' "$world/hosts.ndjson" | sort) \
    <(jq -r '.asked_url // .base_url | select(contains("example"))' "$probes" | sort)
  [ "$(grep -c '"behaviour"\|"hostile"\|"shows"' "$root/test/story/hostile/world.ndjson")" -ge 40 ]
}

@test "every healthy server among hostile ones is complete" {
  run -0 jq -c 'select(.base_url | contains("healthy")) | [.probe.outcome,.key.status,[.rooms[] | [.token,.name,.joinable]]]' "$probes"
  [ "${#lines[@]}" = 20 ]
  [ "$(sort -u <<< "$output")" = '["ok","proven",[["lounge","Lab Lounge",true],["quiet","Quiet",true]]]' ]
}

@test "each hostile server has the outcome of its behaviour" {
  local expected=$root/test/story/hostile/outcomes.txt found=$BATS_TEST_TMPDIR/found
  jq -r 'select(.base_url | test("healthy|//[0-9]") | not) |
    [(.base_url | split("/")[2] | rtrimstr(".example")), .probe.outcome, .key.status // "-", (.rooms | length)] | join(" ")' "$probes" | LC_ALL=C sort > "$found"
  sed -i 's/^refuse refused /refuse broken /' "$found"  # a reset may come before libcurl looks whether it is connected
  if [ -n "${UPDATE-}" ]; then cp "$found" "$expected"; fi
  diff -u "$expected" "$found"
}

@test "every server that is not ok has a reason" {
  run -0 jq -c 'select(.probe.outcome != "ok" and (.probe.error // "") == "")' "$probes"
  [ -z "$output" ]
  run -0 jq -c 'select(.key.status == "proven" and .rooms_from == null and (.dropped // []) == [])' "$probes"
  [ -z "$output" ]
  run -0 jq -c '.public_keys[]? | select(.status != "proven" and (.reason // "") == "")' "$probes"
  [ -z "$output" ]
}

@test "every record of a hostile server matches the schema" {
  run -0 "$root/test/check-schema" server#probed < "$probes"
  [ -z "$output" ]
}

@test "no server could redirect the program to an address that is not public" {
  [ "$(jq -r 'select(.base_url | test("sentinel|//127")) | .probe.outcome' "$probes" | xargs)" = "blocked-address blocked-address" ]
  [ "$(jq -r 'select(.base_url | contains("//redirect.")) | .probe.outcome' "$probes")" = redirect ]
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}

@test "a run against hostile servers takes less than 200 MB of memory" {
  [[ $bin != *asan* ]] || skip "sanitizers take memory of their own"
  cat "$BATS_FILE_TMPDIR/peak"
  [ "$(cat "$BATS_FILE_TMPDIR/peak")" -lt 200000 ]
}
