# Upgrades: this version reads the data of another one, and nothing is lost.

load helper.bash

setup_file() { play_demo; }

setup() {
  cd "$root"
  DATA=$BATS_TEST_TMPDIR/data OUTPUT=$BATS_TEST_TMPDIR/www
  cp -a "$DEMO/data" "$DATA"
}

site() { make --no-print-directory site; }

# upgraded PROGRAM: the chain of today on the answers of the demo, after a listing that jq made by PROGRAM.
upgraded() {
  jq -c "$1" "$DEMO/data/5-communities.ndjson" > "$DATA/5-communities.ndjson"
  touch -d '1 minute ago' "$DATA/5-communities.ndjson"  # make sees no difference of less than a tick
  touch "$DATA/4-probes.ndjson"
  site
  test/check-schema server#final listing-end < "$DATA/5-communities.ndjson"
  diff <(sort test/story/demo/expected.txt) <(jq -r '.communities[].join_url' "$OUTPUT/communities.json" | sort)
  diff <(listed < "$DEMO/data/5-communities.ndjson") <(listed < "$DATA/5-communities.ndjson")
}

listed() { jq -r '.rooms[]?.identifier // empty' | sort; }

@test "of an older listing with few members, all servers stay listed, with their dates" {
  upgraded 'if .kind == "listing-end" then . else
    def past: if . then "2025-01-02T03:04:05Z" else null end;
    {kind, base_url, server_id, probe: (.probe | if . then {at, outcome, attempts, seconds} else null end), key: (.key | if . then {public_key, status} else null end),
     found_on, first_seen: (.first_seen | past), last_seen,
     rooms: (.rooms // [] | map({token, identifier, join_url, name, first_seen: (.first_seen | past), last_seen}))}
    | del(.. | nulls) end'
  run -0 jq -r 'select(.last_seen) | .first_seen, (.rooms[] | select(.identifier) | .first_seen)' "$DATA/5-communities.ndjson"
  [ "${#lines[@]}" -gt 35 ]
  [ "$(sort -u <<< "$output")" = 2025-01-02T03:04:05Z ]
}

@test "a listing of a later version keeps unknown members of servers, keys and rooms, run after run" {
  upgraded 'def marked: .mood = {"of": "server"} | if .key then .key.mood = "of key" else . end
      | if .rooms then .rooms |= map(.mood = ["of room"]) else . end;
    if .kind == "listing-end" then . else marked | if .observations then .observations |= map(marked) else . end end'
  for run in first second; do
    jq -es 'map(select(.server_id)) | length > 5 and all(.[]; .mood.of == "server") and all(.[].key; .mood == "of key")
      and all(.[].rooms[]?; .mood == ["of room"])' "$DATA/5-communities.ndjson"
    touch "$DATA/4-probes.ndjson"
    site
  done
}
