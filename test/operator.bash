# Loaded by the test files of the commands for operators: they work on the data of the demo.

load helper.bash

setup_file() {
  play_demo
  export SITE_URL=https://sogs.example CONTACT=mailto:ada@sogs.example
}

setup() {
  cd "$root"
  cp -a "$DEMO/data" "$BATS_TEST_TMPDIR/data"
  export DATA=$BATS_TEST_TMPDIR/data
  # This source is a file, its one server is nobody, and no resolver is asked.
  export SOURCES=$BATS_TEST_TMPDIR/sources.ndjson RESOLV_CONF=$BATS_TEST_TMPDIR/resolv.conf
  echo "http://nobody.invalid/cats?public_key=$(printf '1%.0s' {1..64})" > "$BATS_TEST_TMPDIR/mine.md"
  echo "{\"kind\":\"source\",\"id\":\"mine\",\"url\":\"file:$BATS_TEST_TMPDIR/mine.md\"}" > "$SOURCES"
  echo 'nameserver 192.0.2.53' > "$RESOLV_CONF"
}

ask() { make --no-print-directory "$@"; }

# The site is one of the test.
site_of() { export OUTPUT=$BATS_TEST_TMPDIR/www; }

# said STATUS WORDS COMMAND...: what is typed is answered in one sentence, beside what make adds.
said() {
  run "-$1" --separate-stderr "${@:3}"
  grep -vE '^make[]0-9[]*: \*\*\* \[' <<< "$stderr" > "$BATS_TEST_TMPDIR/said" || true
  contains "$(cat "$BATS_TEST_TMPDIR/said")" "$2"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/said")" = 1 ] || { cat "$BATS_TEST_TMPDIR/said"; return 1; }
}
