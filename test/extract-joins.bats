# extract-joins: page records in, join records out.

setup() {
  load helper.bash
  key=a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238
}

# page BODY [MEDIA_TYPE]: a page record with that body.
page() {
  jq -cn --arg body "$1" --arg type "${2-text/html}" '{kind: "page", source: "list",
    url: "https://list.example/", fetched_at: "2026-11-22T20:00:00Z", status: 200,
    media_type: $type, from_cache: false, body: $body}'
}

@test "a link in an href becomes a join" {
  story one-room
  stage 1-pages 2-joins extract-joins
}

@test "a link that stands twice on a page is one join, on two pages two" {
  run -0 extract-joins <<< "$(page "http://a.example/x?public_key=$key HTTP://A.example/x?public_key=$key"
    page "http://a.example/x?public_key=$key")"
  [ "${#lines[@]}" -eq 2 ]
}

@test "the spelling that stood there is kept only when it is not the canonical one" {
  run -0 extract-joins <<< "$(page "HTTP://A.example/x?public_key=$key
    http://b.example/x?public_key=$key and HTTP://b.example/x?public_key=$key")"
  [ "$(jq -r '.found_on[0].as' <<< "${lines[0]}")" = "HTTP://A.example/x?public_key=$key" ]
  [ "$(jq -r '.found_on[0].as' <<< "${lines[1]}")" = null ]
}

@test "records of another kind pass through as they are, byte for byte" {
  local other='{"kind": "server","n":1.50,  "x":"\/"}'
  run -0 extract-joins <<< "$other"
  [ "$output" = "$other" ]
}

@test "the tags of a page are those of its links" {
  run -0 extract-joins <<< "$(page "http://a.example/x?public_key=$key" | jq -c '.tags = ["adult"]')"
  [ "$(jq -c .tags <<< "$output")" = '["adult"]' ]
}

@test "files are read one after another, as cat does" {
  page "http://a.example/x?public_key=$key" > "$BATS_TEST_TMPDIR/a"
  page "http://b.example/x?public_key=$key" > "$BATS_TEST_TMPDIR/b"
  run -0 extract-joins "$BATS_TEST_TMPDIR/a" - "$BATS_TEST_TMPDIR/b" < "$BATS_TEST_TMPDIR/a"
  [ "$(jq -r .base_url <<< "$output" | tr '\n' ' ')" = "http://a.example http://a.example http://b.example " ]
}

@test "--raw reads one bare document and calls it by its --url" {
  run -0 extract-joins --raw --url https://list.example/ <<< "see http://a.example/x?public_key=$key."
  [ "$(jq -c '[.join_url, .found_on]' <<< "$output")" = \
    "[\"http://a.example/x?public_key=$key\",[{\"source\":\"\",\"url\":\"https://list.example/\"}]]" ]
}

@test "a bare document without --url is called by its file" {
  cd "$BATS_TEST_TMPDIR"
  echo "http://a.example/x?public_key=$key" > list.md
  run -0 extract-joins --raw list.md
  [ "$(jq -r '.found_on[0].url' <<< "$output")" = list.md ]
}

@test "what looks like a link and is none is kept with its reason by --near-misses" {
  run -0 --separate-stderr extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< \
    "$(page "http://a.example/x?public_key=123 http://a.example/x?public_key=123")"
  [ -z "$output$stderr" ]
  [ "$(cat "$BATS_TEST_TMPDIR/misses")" = '{"kind":"near-miss","source":"list","url":"https://list.example/","as":"http://a.example/x?public_key=123","reason":"the key has 3 hex digits, not 64"}' ]
}

@test "joins and near misses are as their schemas say" {
  run -0 extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< \
    "$(page "http://a.example/x?public_key=123 HTTP://a.example/y?public_key=$key" | jq -c '.tags = ["adult"]')"
  "$root/test/check-schema" join <<< "$output"
  "$root/test/check-schema" near-miss < "$BATS_TEST_TMPDIR/misses"
}

@test "a run that fails leaves the near misses of the last one" {
  echo before > "$BATS_TEST_TMPDIR/misses"
  run -1 extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< "not json"
  [ "$(cat "$BATS_TEST_TMPDIR/misses")" = before ]
  [ "$(ls "$BATS_TEST_TMPDIR")" = misses ]
}

@test "-v says what was refused, and sums up; nothing hostile reaches the terminal" {
  run -0 --separate-stderr extract-joins -v <<< "$(page "http://a.example/x?public_key=$key http://b.example/é?public_key=$key")"
  [ "${stderr_lines[0]}" = "extract-joins: https://list.example/: refused http://b.example/\\xc3\\xa9?public_key=$key: the room token has other characters than letters, digits, \"_\" and \"-\"" ]
  [ "${stderr_lines[1]}" = "extract-joins: 1 pages, 1 joins, 1 near misses; 0 pages parsed as HTML" ]
  [ "${#lines[@]}" -eq 1 ]
}

@test "--explain says where a link was found, and as what" {
  run -0 extract-joins --explain "HTTP://a.example/x?public_key=$key" <<< "$(page "first
    second http:&#x2F;/a.example/x?public_key=$key")"
  [ "${lines[0]}" = "https://list.example/:2: found as http:&#x2F;/a.example/x?public_key=$key (undone: character references)" ]
  [ "${lines[1]}" = "http://a.example/x?public_key=$key: found once on 1 page" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "--explain of a link that is nowhere says so, and what came near; the status is 1" {
  run -1 extract-joins --explain "http://a.example/x?public_key=$key" <<< "$(page "http://a.example/x?public_key=${key}0")"
  [ "${lines[0]}" = "https://list.example/:1: refused http://a.example/x?public_key=${key}0: the key has 65 hex digits, not 64" ]
  [ "${lines[1]}" = "http://a.example/x?public_key=$key: not found on 1 page" ]
  run -1 extract-joins --explain "http://a.example/x?public_key=$key" <<< "$(page 'nothing')"
  [ "$output" = "http://a.example/x?public_key=$key: not found on 1 page; if it stands on another one, that needs a source of its own" ]
}

@test "--explain of what is no link says why" {
  run -1 extract-joins --explain "http://localhost/x?public_key=$key" <<< "$(page "http://localhost/x?public_key=$key")"
  contains "${lines[0]}" "https://list.example/:1: refused http://localhost/x"
  [ "${lines[1]}" = "http://localhost/x?public_key=$key: refused: the host has no dot, so no client accepts it" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "a broken line stops the run and is named" {
  run -1 --separate-stderr extract-joins <<< 'not json'
  [ -z "$output" ]
  contains "$stderr" "extract-joins: stdin:1: expected one JSON object on this line"
}

@test "a page without what a page must have is named" {
  run -1 --separate-stderr extract-joins <<< '{"kind":"page","source":"list"}'
  [ "$stderr" = 'extract-joins: stdin:1: "url" is missing' ]
  run -1 --separate-stderr extract-joins <<< "$(page x | jq -c '.body = 1')"
  [ "$stderr" = 'extract-joins: stdin:1: "body" should be a string' ]
}

@test "--keep-going keeps a bad line for --rejects and goes on; the status is still 1" {
  { page "http://a.example/x?public_key=$key"; echo '{"kind":'; page "http://b.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/in"
  run -1 --separate-stderr extract-joins --keep-going --rejects "$BATS_TEST_TMPDIR/bad" "$BATS_TEST_TMPDIR/in"
  [ "${#lines[@]}" -eq 2 ]
  [ "$(cat "$BATS_TEST_TMPDIR/bad")" = '{"kind":' ]
  contains "$stderr" "in:2: expected one JSON object"
}

@test "a full disk is an error, not a short file" {
  run -1 bash -c 'page=$1; extract-joins <<< "$page" > /dev/full' - "$(page "http://a.example/x?public_key=$key")"
  contains "$output" "could not write everything"
  run -1 extract-joins --near-misses /dev/full <<< "$(page "http://a.example/x?public_key=1")"
  contains "$output" "could not write everything"
}

@test "options that don't go together are wrong usage" {
  run -2 extract-joins --url x < /dev/null
  run -2 extract-joins --raw --keep-going < /dev/null
  run -2 extract-joins --raw --url x a b
}

@test "real pages: 118 joins on 32 hosts, and 8 on 4" {
  local captures=$root/../shared/captures
  [ -e "$captures/asgl.md" ] || skip "the captures are not here"
  run -0 extract-joins --raw "$captures/asgl.md"
  [ "${#lines[@]}" -eq 118 ]
  [ "$(jq -r .base_url <<< "$output" | sed 's,.*//,,' | sort -u | wc -l)" -eq 32 ]
  run -0 extract-joins --raw "$captures/simplifiedprivacy.html"
  [ "${#lines[@]}" -eq 8 ]
  [ "$(jq -r .base_url <<< "$output" | sed 's,.*//,,' | sort -u | wc -l)" -eq 4 ]
}

@test "every spelling of the table becomes what stands beside it" {
  run -0 timeout 120 "$root/test/spellings" "$root/test/story/extract/spellings.tsv"
}

@test "a link spelled in any way, in any surroundings and across any border, is the same join" {
  run -0 timeout 300 "$root/test/any-spelling" 2000
  [ -z "$output" ]
}

# Hostile text. A bound in time that a quadratic program would miss by hours, one in
# memory, and the good link behind it all is still found.
# bounded KIB COMMAND...: with so much address space; a sanitizer's shadow takes terabytes.
bounded() {
  [[ $bin == */asan/* ]] || ulimit -v "$1"
  timeout 60 "${@:2}" | tail -n 1
}

# hostile TEXT: 8 MB of it, a good link, then as page and as bare document.
hostile() {
  local text=$BATS_TEST_TMPDIR/text link="http://good.example/x?public_key=$key"
  { yes "$1" | tr -d '\n' | head -c 8000000; printf '\n\n%s\n' "$link"; } > "$text"
  run -0 --separate-stderr bounded 400000 extract-joins --raw "$text"
  [ -z "$stderr" ]
  contains "$output" "\"join_url\":\"$link\""
  jq -Rsc '{kind: "page", source: "s", url: "u", fetched_at: "", status: 200,
    media_type: "text/html", from_cache: false, body: .}' < "$text" > "$text.ndjson"
  run -0 --separate-stderr bounded 700000 extract-joins "$text.ndjson"
  [ -z "$stderr" ]
  contains "$output" "\"join_url\":\"$link\""
}

@test "text full of anchors takes time in proportion, and hides nothing" {
  for text in 'public_key=' 'a?public_key=' 'http://a.b/c?public_key=' 'public%5Fkey%3D' '?public_key=&'; do
    hostile "$text"
  done
}

@test "text full of what may be undone takes time in proportion, and hides nothing" {
  for text in '<c_key=' '&#112;' 'public&' 'http://a.b/c?public_key=<b' '<b ' '<!-- --'; do
    hostile "$text"
  done
}

@test "a million unclosed tags and a link that markup hides: what the scan finds is there" {
  { yes '<div>' | head -n 1000000 | tr -d '\n'
    echo "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/page"
  page "" | jq -c --rawfile body "$BATS_TEST_TMPDIR/page" '.body = $body' > "$BATS_TEST_TMPDIR/pages"
  run -0 --separate-stderr timeout 60 extract-joins -v "$BATS_TEST_TMPDIR/pages"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "https://list.example/: the page has more than 4 MiB"
}

@test "a page of deep markup is not parsed, and its other links are found" {
  { yes '<div>' | head -n 6000 | tr -d '\n'
    echo "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/page"
  page "" | jq -c --rawfile body "$BATS_TEST_TMPDIR/page" '.body = $body' > "$BATS_TEST_TMPDIR/pages"
  run -0 --separate-stderr timeout 60 extract-joins -v "$BATS_TEST_TMPDIR/pages"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "more than 5000 elements are open at once"
}

@test "a page that the parser never returns from loses nothing that the scan finds, nor the next page" {
  local hidden="http://a.example/<x-y>hidden</x-y>?public_key=$key"
  run -0 --separate-stderr timeout 60 extract-joins -v <<< "$(
    page "<tr><dl></table>$hidden http://good.example/x?public_key=$key"
    page "<p>$hidden")"
  [ "$(jq -r .join_url <<< "${lines[0]}")" = "http://good.example/x?public_key=$key" ]
  [ "$(jq -r .join_url <<< "${lines[1]}")" = "http://a.example/hidden?public_key=$key" ]
  [ "${#lines[@]}" -eq 2 ]
  contains "$stderr" "parsing the page took too long"
}

@test "where no process can be made, pages are not parsed, and their other links are found" {
  [[ $bin != */asan/* ]] || skip "a sanitizer wants to be loaded first"
  g++ -shared -fPIC -o "$BATS_TEST_TMPDIR/fork.so" -x c++ - <<< '#include <cerrno>
    extern "C" int fork() { errno = EAGAIN; return -1; }'
  LD_PRELOAD=$BATS_TEST_TMPDIR/fork.so run -0 --separate-stderr extract-joins -v <<< "$(
    page "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key")"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "parsing the page is impossible: Resource temporarily unavailable"
}

lives() { grep -qs '^State:.[^Z]' "/proc/$1/status"; }

@test "nobody parses on when the program was killed" {
  page "<tr><dl></table>http://a.example/<x-y>hidden</x-y>?public_key=$key" > "$BATS_TEST_TMPDIR/page"
  extract-joins "$BATS_TEST_TMPDIR/page" 3>&- &
  parent=$!
  until child=$(cat "/proc/$parent/task/$parent/children") && [ -n "$child" ]; do sleep 0.01; done
  kill -STOP $child  # so that no limit of its own ends it
  kill -KILL "$parent"
  for _ in {1..200}; do lives $child || break; sleep 0.05; done
  if lives $child; then kill -KILL $child; return 1; fi
}

@test "only pages whose links stay hidden are parsed" {
  run -0 --separate-stderr extract-joins -v <<< "$(
    page "<p>http://a.example/<b>x</b>?public&#95;key=$key<script>'?public_key=' + key</script>"
    page "<p>http://a.example/<x-y>x</x-y>?public_key=$key")"
  [ "${#lines[@]}" -eq 2 ]
  contains "$stderr" "1 pages parsed as HTML"
}
