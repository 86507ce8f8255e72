# Commands for operators: explain, doctor, backup, restore. On the memory of the demo.

load helper.bash

setup_file() {
  play_demo
  export SITE_URL=https://sogs.example CONTACT=mailto:ada@sogs.example
}

setup() {
  cd "$root"
  cp -a "$DEMO/data" "$BATS_TEST_TMPDIR/data"
  export DATA=$BATS_TEST_TMPDIR/data
  # No name has to be looked up for this source, and no resolver be asked.
  export SOURCES=$BATS_TEST_TMPDIR/sources.ndjson RESOLV_CONF=$BATS_TEST_TMPDIR/resolv.conf
  echo '{"kind":"source","id":"mine","url":"file:README.md"}' > "$SOURCES"
  echo 'nameserver 192.0.2.53' > "$RESOLV_CONF"
}

ask() { make --no-print-directory "$@"; }

@test "explain answers from every stage that knows a join link" {
  link=$(jq -r '.rooms[]?.join_url // empty' "$DATA/5-communities.ndjson" | sort | sed -n 1p)
  run -0 ask explain WHAT="$link"
  contains "$output" "In the merge (dedupe)"
  contains "$output" "On the site (render)"
}

@test "explain says that nothing is called so, and what it wants" {
  run -2 ask explain WHAT=nobody+01234567
  contains "$output" "make: nothing here is called 'nobody+01234567': no page named it, and no server showed it"
  run -2 ask explain
  contains "$output" "make: explain wants to know what: an identifier, a join link, or a server's id, key or address"
  run -2 ask explain WHAT="x'; touch $BATS_TEST_TMPDIR/ran; '"
  [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "doctor finds nothing wrong where nothing is" {
  run -0 ask doctor
  [ "${lines[-1]}" = "nothing is wrong" ]
  contains "$output" "SITE_URL is https://sogs.example"
}

@test "doctor says for each fault what to type" {
  : > "$DATA/runs.ndjson"
  truncate -s -3 "$DATA/4-probes.ndjson"
  sed -i '$d' "$DATA/5-communities.ndjson"
  run -2 ask doctor SITE_URL=sogs.example CONTACT= LANGUAGES=nowhere KNOWN_SERVERS=none.ndjson
  contains "$output" "SITE_URL is 'sogs.example': it begins with https:// or http://"
  contains "$output" "CONTACT is not set"
  contains "$output" "KNOWN_SERVERS: none.ndjson does not exist"
  contains "$output" "$DATA/runs.ndjson is empty"
  contains "$output" "$DATA/4-probes.ndjson ends in the middle of a line"
  contains "$output" "$DATA/5-communities.ndjson is not whole"
}

@test "what backup keeps, restore brings back, and the site can be made of it without asking anybody" {
  ask site OUTPUT="$BATS_TEST_TMPDIR/before" > /dev/null
  run -0 ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "kept.tar.gz holds the memory of"
  cp "$DATA/5-communities.ndjson" "$BATS_TEST_TMPDIR/listing"
  rm -r "$DATA"
  run -0 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  cmp "$BATS_TEST_TMPDIR/listing" "$DATA/5-communities.ndjson"
  ask site OUTPUT="$BATS_TEST_TMPDIR/after" > /dev/null
  cmp "$BATS_TEST_TMPDIR/before/communities.json" "$BATS_TEST_TMPDIR/after/communities.json"
}

@test "restore keeps what was there, and takes no archive that is damaged" {
  echo new > "$DATA/mine"
  ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  truncate -s 1000 "$BATS_TEST_TMPDIR/kept.tar.gz"
  run -2 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "is no whole backup of a listing; $DATA stays as it is"
  [ "$(cat "$DATA/mine")" = new ]
  ask backup FILE="$BATS_TEST_TMPDIR/whole.tar.gz"
  ask restore FILE="$BATS_TEST_TMPDIR/whole.tar.gz"
  [ "$(cat "$DATA.before-restore/mine")" = new ]
}
