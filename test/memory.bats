# What a run under Make knows about the runs before it: all of it is in the last listing.

load helper.bash
load server/world.bash

setup_file() {
  export DATA=$BATS_FILE_TMPDIR/data OUTPUT=$BATS_FILE_TMPDIR/www
  play_world memory/world
  echo '{"kind":"source","id":"list","url":"http://list.example/"}' > "$BATS_FILE_TMPDIR/sources.ndjson"
  : > "$BATS_FILE_TMPDIR/known.ndjson"
  chain refresh
  counts first
  sleep 1  # two runs of one second are one run
  chain refresh
  cp "$DATA/.summary" "$BATS_FILE_TMPDIR/summary"
  counts second
}

# chain TARGET [WORD...]: make in this world
chain() {
  local flags
  world_flags
  make -C "$root" --no-print-directory "$@" DATA="$DATA" OUTPUT="$OUTPUT" SOURCES="$BATS_FILE_TMPDIR/sources.ndjson" \
    KNOWN_SERVERS="$BATS_FILE_TMPDIR/known.ndjson" FETCH_FLAGS="${flags[*]}" PROBE_FLAGS="${flags[*]}"
}

# counts NAME: keeps how many requests each host got so far; asked NAME HOST prints the number
counts() { "$world_tools/tell.py" "$world" counts > "$BATS_FILE_TMPDIR/$1"; }
asked() { jq --arg host "$2.example" 'select(.host == $host) | [.requests[]] | add // 0' "$BATS_FILE_TMPDIR/$1"; }
# of HOST FILTER: of its last probe
of() { jq -c --arg host "$1.example" 'select(.base_url | test("//" + $host + "$")) | '"$2" "$DATA/4-probes.ndjson"; }

@test "a server that answers is probed again in the next run" {
  [ "$(asked second alive)" = $((2 * $(asked first alive))) ]
}

@test "a server that was down, or sent Retry-After, is not probed until its back-off ends" {
  [ "$(asked first busy)" -ge 1 ]
  [ "$(asked second busy)" = "$(asked first busy)" ]
  # it asked to wait until 2999, but gets six hours: without TLS the answer may be forged
  [ "$(of busy '.probe | (.not_before | fromdate) - (.at | fromdate)')" = 21600 ]
  [ "$(of down .probe.outcome)" = '"refused"' ]
  local before=$DATA/5-communities.ndjson.old
  [ "$(of down .probe.at)" = "$(jq -c 'select(.base_url == "http://down.example").probe.at' "$before")" ]
}

@test "a server that is not probed remains one candidate with its claimed key" {
  [ -z "$(jq -r '.base_url // empty' "$DATA/5-communities.ndjson" | sort | uniq -d)" ]
  [ "$(jq -c 'select((.base_url // "") | test("//(busy|down)[.]")) | [.key.status, (.observations | length)]' "$DATA/5-communities.ndjson")" = '["unproven",0]
["unproven",0]' ]
}

@test "servers that are not probed count as skipped, not as down" {
  diff - <(head -n 2 "$DATA/runs.ndjson" | jq -cS '[.servers, .outcomes]') <<'END'
[4,{"http-error":1,"ok":2,"refused":1}]
[2,{"ok":2,"skipped":2}]
END
  [[ $(cat "$BATS_FILE_TMPDIR/summary") =~ "servers      4 known: 2 answered, 2 skipped until "[0-2][0-9]:[0-5][0-9] ]]
}

@test "a key is refuted after three runs in which the server refused it" {
  [ "$(of impostor '[.public_keys[0] | .status, (.refused_at | length)]')" = '["unproven",2]' ]
  sleep 1
  chain refresh
  [ "$(of impostor '[.public_keys[0] | .status, (.refused_at | length)]')" = '["refuted",3]' ]
}

@test "a proven key is still asked for when the pages name another one" {
  local key
  key=$(of alive .key.public_key)
  jq -c '.public_key = "'"$(printf '09%062d' 0)"'"' <<< '{}' > "$BATS_TEST_TMPDIR/other"
  sed 's/"public_key":"[0-9a-f]*"/"public_key":"'"$(jq -r 'select(.host == "busy.example").public_key' "$world/hosts.ndjson")"'"/' \
    "$DATA/3-servers.ndjson" | grep alive.example > "$BATS_TEST_TMPDIR/renamed"
  local flags
  world_flags
  run -0 bash -o pipefail -c 'dedupe --by=url --previous "$1" "$2" | probe-servers "${@:3}" | jq -c "[.key.public_key,.key.status]"' - \
    "$DATA/5-communities.ndjson" "$BATS_TEST_TMPDIR/renamed" "${flags[@]}"
  [ "$output" = "[$key,\"proven\"]" ]
}

@test "a changed listing causes no new crawl, and a second make has nothing to do" {
  counts before
  cp -a "$bin" "$BATS_TEST_TMPDIR/bin"
  touch "$BATS_TEST_TMPDIR/bin/dedupe"
  chain site bin="$BATS_TEST_TMPDIR/bin"
  counts after
  [ "$(asked after alive)" = "$(asked before alive)" ]
  run -0 chain site -q bin="$BATS_TEST_TMPDIR/bin"
}

@test "make probe probes all servers, with several processes, and waits for a run that is in progress" {
  counts before
  touch "$DATA/2-joins.ndjson"
  local written
  written=$(stat -c %.Y "$DATA/3-servers.ndjson")
  hold "$DATA/.lock"
  chain probe JOBS=2 > "$BATS_TEST_TMPDIR/done" 2> "$BATS_TEST_TMPDIR/said" {held}>&- &
  until_said "$BATS_TEST_TMPDIR/said" "another run is in progress; waiting until it ends" $!
  [ "$(stat -c %.Y "$DATA/3-servers.ndjson")" = "$written" ]
  release
  wait $!
  counts after
  for host in alive busy impostor; do [ "$(asked after $host)" -gt "$(asked before $host)" ]; done
  [ "$(wc -l < "$DATA/4-probes.ndjson")" = 4 ]
  [ "$(cat "$BATS_TEST_TMPDIR/done")" = "probed 4 servers, 2 answered; next, type: make site" ]
  counts before
  run -0 chain site
  counts after
  cmp "$BATS_FILE_TMPDIR/before" "$BATS_FILE_TMPDIR/after"
  [ "$(tail -n 1 "$DATA/runs.ndjson" | jq -cS .outcomes)" = '{"http-error":1,"ok":2,"refused":1}' ]
}

@test "a server that no page names any more is no candidate, though it is in the listing" {
  run -0 dedupe --by=url --previous "$DATA/5-communities.ndjson" <(grep alive.example "$DATA/3-servers.ndjson")
  [ "$(jq -r .base_url <<< "$output")" = http://alive.example ]
}

# A power cut can leave any file short.
@test "after all data files were truncated at once, the next publish restores the listing from its backup" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  export DATA=$BATS_TEST_TMPDIR/data OUTPUT=$BATS_TEST_TMPDIR/www
  cp "$DATA/5-communities.ndjson" "$BATS_TEST_TMPDIR/whole"
  for part in 0 3; do
    cp "$BATS_TEST_TMPDIR/whole" "$DATA/5-communities.ndjson.old"
    find "$DATA" -type f ! -name '*.old' ! -name .lock | while read -r file; do
      truncate -s $(($(stat -c %s "$file") * part / 4)) "$file"
    done
    run -0 --separate-stderr chain publish
    contains "$stderr" "5-communities.ndjson is damaged or missing: this run continues from the listing before it"
    [[ $stderr != *jobserver* ]] # make's own descriptors get through
    diff <(jq '.rooms[]? | [.identifier, .first_seen]' "$BATS_TEST_TMPDIR/whole") <(jq '.rooms[]? | [.identifier, .first_seen]' "$DATA/5-communities.ndjson")
  done
}
