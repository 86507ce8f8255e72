# The site in a browser: what issue-sized promises come to when somebody looks.

setup_file() {
  load ../helper.bash
  cd "$root"
  export made=$BATS_FILE_TMPDIR
  local now=2026-11-22T20:05:17Z size
  for size in 16 100; do
    test/browser/make-listing "$size" | render --output "$made/$size" --now "$now" --contact mailto:operator@sogs.example
  done
  test/browser/make-listing 1030 | render --output "$made/1000" --now "$now" --translate-up-to 0
}

setup() { load ../helper.bash; cd "$root"; }

# browser SCRIPT ARGUMENT...: the script finds no fault.
browser() {
  local script=$1
  shift
  run timeout 240 node "test/browser/$script.mjs" "$@"
  [ "$status" -eq 0 ] || { printf '%s\n' "$output" | head -n 30 >&2; return 1; }
}

@test "axe finds nothing on any kind of page, nothing moves, nothing is too wide" {
  browser pages "$made/16"
}

@test "keys alone search, sort, filter, open, copy and go back, and older identifiers find their Community" {
  browser keyboard "$made/100"
}

@test "without a script every join link is two steps away and nothing is shown that needs one" {
  browser still "$made/100"
}

@test "the list of 1,030 on two pages, too, needs no script" {
  browser still "$made/1000"
}

@test "large letters fit, and files on a disk, paper, forced colours and reduced motion are respected" {
  browser layout "$made/100"
}

@test "100 Communities stay in budget" {
  browser budget "$made/100" 25000
  printf '# %s\n' "${lines[@]}" >&3
}

@test "1,000 Communities stay in budget" {
  browser budget "$made/1000" 200000
  printf '# %s\n' "${lines[@]}" >&3
}

@test "every QR code read back is the join link" {
  mkdir "$BATS_TEST_TMPDIR/qr"
  browser qr "$made/100" "$BATS_TEST_TMPDIR/qr"
  printf '%s\n' "${lines[@]}" > "$BATS_TEST_TMPDIR/links"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/links")" -eq 100 ]
  zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable "$BATS_TEST_TMPDIR"/qr/*.png > "$BATS_TEST_TMPDIR/read"
  diff "$BATS_TEST_TMPDIR/links" "$BATS_TEST_TMPDIR/read"
}

@test "hostile names run nothing, load nothing, break nothing and leave no file outside the site" {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p a/b/c
  "$root/test/browser/make-hostile" > hostile.ndjson
  run -1 render --sites "$root/sites" --languages "$root/languages" --keep-going --rejects rejected.ndjson --output a/b/c/site \
    --now 2026-11-22T20:05:17Z hostile.ndjson
  [ "$(wc -l < rejected.ndjson)" -eq 10 ]
  [ "$(find . -mindepth 1 -not -path './a/b/c/site/*' | sort | tr '\n' ' ')" = "./a ./a/b ./a/b/c ./a/b/c/site ./hostile.ndjson ./rejected.ndjson " ]
  cd "$root"
  browser html "$BATS_TEST_TMPDIR/a/b/c/site"
  browser hostile "$BATS_TEST_TMPDIR/a/b/c/site" 28
}
