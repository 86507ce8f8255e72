# extract-joins: page records in, join records out.

setup() {
  load helper.bash
  key=a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238
}

# page BODY [MEDIA_TYPE]: a page record with that body.
page() {
  jq -cn --rawfile body <(printf %s "$1") --arg type "${2-text/html}" '{kind: "page", source: "list",
    url: "https://list.example/", fetched_at: "2026-11-22T20:00:00Z", status: 200,
    media_type: $type, from_cache: false, body: $body}'
}

@test "a link in an href becomes a join" {
  story one-room
  stage 1-pages 2-joins extract-joins
}

@test "a link that occurs twice on a page is one join, on two pages two" {
  run -0 extract-joins <<< "$(page "http://a.example/x?public_key=$key HTTP://A.example/x?public_key=$key"
    page "http://a.example/x?public_key=$key")"
  [ "${#lines[@]}" -eq 2 ]
}

@test "the original spelling is kept only if it is not the canonical one" {
  run -0 extract-joins <<< "$(page "HTTP://A.example/x?public_key=$key
    http://b.example/x?public_key=$key and HTTP://b.example/x?public_key=$key")"
  [ "$(jq -r '.found_on[0].as' <<< "${lines[0]}")" = "HTTP://A.example/x?public_key=$key" ]
  [ "$(jq -r '.found_on[0].as' <<< "${lines[1]}")" = null ]
}

@test "extract-joins passes records of other kinds through unchanged" {
  local other='{"kind": "server","n":1.50,  "x":"\/"}'
  run -0 extract-joins <<< "$other"
  [ "$output" = "$other" ]
}

@test "links get the tags of their page" {
  run -0 extract-joins <<< "$(page "http://a.example/x?public_key=$key" | jq -c '.tags = ["adult"]')"
  [ "$(jq -c .tags <<< "$output")" = '["adult"]' ]
}

@test "several files are read in order, as cat does" {
  page "http://a.example/x?public_key=$key" > "$BATS_TEST_TMPDIR/a"
  page "http://b.example/x?public_key=$key" > "$BATS_TEST_TMPDIR/b"
  run -0 extract-joins "$BATS_TEST_TMPDIR/a" - "$BATS_TEST_TMPDIR/b" < "$BATS_TEST_TMPDIR/a"
  [ "$(jq -r .base_url <<< "$output" | tr '\n' ' ')" = "http://a.example http://a.example http://b.example " ]
}

@test "--raw reads one document that is no record, and names it by its --url" {
  run -0 extract-joins --raw --url https://list.example/ <<< "see http://a.example/x?public_key=$key."
  [ "$(jq -c '[.join_url, .found_on]' <<< "$output")" = \
    "[\"http://a.example/x?public_key=$key\",[{\"source\":\"\",\"url\":\"https://list.example/\"}]]" ]
}

@test "a --raw document without --url is named by its file" {
  cd "$BATS_TEST_TMPDIR"
  echo "http://a.example/x?public_key=$key" > list.md
  run -0 extract-joins --raw list.md
  [ "$(jq -r '.found_on[0].url' <<< "$output")" = list.md ]
}

@test "text that only looks like a join link is kept with its reason by --near-misses" {
  run -0 --separate-stderr extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< \
    "$(page "http://a.example/x?public_key=123 http://a.example/x?public_key=123")"
  [ -z "$stderr" ]
  [ "$(cat "$BATS_TEST_TMPDIR/misses")" = '{"kind":"near-miss","source":"list","url":"https://list.example/","as":"http://a.example/x?public_key=123","reason":{"code":"key-length","text":"the key has 3 hex digits, not 64"}}' ]
}

@test "the host of a near miss becomes a candidate without a key" {
  run -0 --separate-stderr extract-joins <<< "$(page "http://a.example/x?public_key=123 http://a.example/y?public_key=
    https://b.example:8443/?public_key=$key http://localhost/x?public_key=1 加入c.example/x?public_key=$key")"
  "$root/test/check-schema" server <<< "$output"
  [ "$(jq -c '[.kind, .base_url, .public_keys, .found_on[0].as]' <<< "$output")" = \
'["server","http://a.example",null,"http://a.example/x?public_key=123"]
["server","https://b.example:8443",null,"https://b.example:8443/?public_key='"$key"'"]' ]
}

@test "the host of a near miss with a good link on the same page is no second candidate" {
  run -0 extract-joins <<< "$(page "http://a.example/x?public_key=123 http://a.example/y?public_key=$key")"
  [ "$(jq -r .kind <<< "$output")" = join ]
}

@test "dedupe --by=url makes candidates of near misses as it does of joins" {
  extract-joins <<< "$(page "http://a.example/x?public_key=123 http://b.example/y?public_key=$key")" > "$BATS_TEST_TMPDIR/joins"
  run -0 dedupe --by=url "$BATS_TEST_TMPDIR/joins"
  [ "$(jq -c '[.base_url, [.public_keys[]?.public_key]]' <<< "$output")" = '["http://a.example",[]]
["http://b.example",["'$key'"]]' ]
}

# links COUNT HOSTS: COUNT links on HOSTS hosts.
links() { for ((i = 0; i < $1; ++i)); do echo "http://h$((i % $2)).example/r$i?public_key=$key"; done; }

@test "a page with a flood of links uses up only the budget of its own source" {
  { page "$(links 2001 10)"
    page "http://late.example/x?public_key=$key" | jq -c '.source = "other"'; } > "$BATS_TEST_TMPDIR/pages"
  run -0 --separate-stderr extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" --summary "$BATS_TEST_TMPDIR/summary" "$BATS_TEST_TMPDIR/pages"
  [ -z "$stderr" ]
  [ "${#lines[@]}" = 2001 ]
  contains "${lines[2000]}" late.example
  [ "$(jq -c .reason "$BATS_TEST_TMPDIR/misses")" = \
    '{"code":"too-many","text":"too many links, servers or keys on a page or in a source; links left out: 1"}' ]
  "$root/test/check-schema" near-miss < "$BATS_TEST_TMPDIR/misses"
  [ "$(jq -c '.sources[] | [.source, .pages, .links, .servers, .left_out]' "$BATS_TEST_TMPDIR/summary")" = \
'["list",1,2000,10,1]
["other",1,1,1,0]' ]
}

@test "a page with a flood of servers leaves out no link of the other pages of its source" {
  { page "$(links 2000 2000)"; page "http://late.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/pages"
  run -0 extract-joins --summary "$BATS_TEST_TMPDIR/summary" "$BATS_TEST_TMPDIR/pages"
  contains "${lines[2000]}" late.example
  [ "$(jq -c '.sources[] | [.links, .servers, .left_out]' "$BATS_TEST_TMPDIR/summary")" = '[2001,2001,0]' ]
}

@test "a source names at most 10,000 servers, on all its pages" {
  for ((i = 0; i < 6; ++i)); do page "$(links 2000 2000 | sed "s/h/&$i-/2")"; done > "$BATS_TEST_TMPDIR/pages"
  run -0 extract-joins --summary "$BATS_TEST_TMPDIR/summary" "$BATS_TEST_TMPDIR/pages"
  [ "$(jq -c '.sources[] | [.links, .servers, .left_out]' "$BATS_TEST_TMPDIR/summary")" = '[10000,10000,2000]' ]
}

@test "a page that claims a thousand keys for a server does not hide the key on another page" {
  { page "$(for ((i = 10; i < 1010; ++i)); do printf 'http://sog.example/r?public_key=%060d%04x\n' 0 "$i"; done)"
    page "http://sog.example/x?public_key=$key"
  } > "$BATS_TEST_TMPDIR/pages"
  run -0 extract-joins --summary "$BATS_TEST_TMPDIR/summary" "$BATS_TEST_TMPDIR/pages"
  contains "${lines[-1]}" "$key"
  [ "$(jq -c '.sources[] | [.links, .servers, .left_out > 400]' "$BATS_TEST_TMPDIR/summary")" = '[5,1,true]' ]
}

@test "a --raw document has no limits, and names only servers of valid links" {
  { links 5001 5001; echo "http://x.example/y?public_key=1"; } > "$BATS_TEST_TMPDIR/list"
  [ "$(extract-joins --raw "$BATS_TEST_TMPDIR/list" | wc -l)" = 5001 ]
}

@test "--summary counts pages, links and near misses, in total and by source" {
  run -0 extract-joins --summary "$BATS_TEST_TMPDIR/summary" <<< "$(page "http://a.example/x?public_key=$key http://a.example/y?public_key=1")"
  [ "$(jq -c 'del(.seconds)' "$BATS_TEST_TMPDIR/summary")" = '{"kind":"summary","stage":"extract-joins","pages":1,"joins":1,"near_misses":1,"parsed":0,"sources":[{"source":"list","pages":1,"links":1,"servers":1,"near_misses":1,"left_out":0}]}' ]
  jq -e '.seconds >= 0' "$BATS_TEST_TMPDIR/summary"
}

@test "a document in place of records is an error that mentions --raw" {
  run -1 --separate-stderr extract-joins <<< "<html>http://a.example/x?public_key=$key"
  [[ $stderr == "extract-joins: stdin:1: expected one JSON object on this line"*"; --raw reads a bare document (HTML, Markdown, any text)" ]]
  run -1 --separate-stderr extract-joins <<< "$(page x)
<html>"
  [[ $stderr != *--raw* ]]
}

@test "joins and near misses match their schemas" {
  run -0 extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< \
    "$(page "http://a.example/x?public_key=123 HTTP://a.example/y?public_key=$key" | jq -c '.tags = ["adult"]')"
  "$root/test/check-schema" join <<< "$output"
  "$root/test/check-schema" near-miss < "$BATS_TEST_TMPDIR/misses"
}

@test "a failed run leaves the near misses of the last one unchanged" {
  echo before > "$BATS_TEST_TMPDIR/misses"
  run -1 extract-joins --near-misses "$BATS_TEST_TMPDIR/misses" <<< "not json"
  [ "$(cat "$BATS_TEST_TMPDIR/misses")" = before ]
  [ "$(ls "$BATS_TEST_TMPDIR")" = misses ]
}

@test "-v lists what was refused, with a summary, and hostile bytes never reach the terminal" {
  run -0 --separate-stderr extract-joins -v <<< "$(page "http://a.example/x?public_key=$key http://b.example/é?public_key=$key")"
  [ "${stderr_lines[0]}" = "extract-joins: https://list.example/: refused http://b.example/\\xc3\\xa9?public_key=$key: the room token has other characters than letters, digits, \"_\" and \"-\"" ]
  [ "${stderr_lines[1]}" = "extract-joins: 1 pages, 1 joins, 1 near misses; 0 pages parsed as HTML" ]
  [ "$(jq -r .base_url <<< "$output" | xargs)" = "http://a.example http://b.example" ]
}

@test "--explain says where a link was found, and in which form" {
  run -0 extract-joins --explain "HTTP://a.example/x?public_key=$key" <<< "$(page "first
    second http:&#x2F;/a.example/x?public_key=$key")"
  [ "${lines[0]}" = "https://list.example/:2: found as http:&#x2F;/a.example/x?public_key=$key (decoded: character references)" ]
  [ "${lines[1]}" = "http://a.example/x?public_key=$key: found once on 1 page" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "--explain of a link that was not found lists similar ones; the status is 1" {
  run -1 extract-joins --explain "http://a.example/x?public_key=$key" <<< "$(page "http://a.example/x?public_key=${key:0:63}")"
  [ "${lines[0]}" = "https://list.example/:1: refused http://a.example/x?public_key=${key:0:63}: the key has 63 hex digits, not 64" ]
  [ "${lines[1]}" = "http://a.example/x?public_key=$key: not found on 1 page" ]
  run -1 extract-joins --explain "http://a.example/x?public_key=$key" <<< "$(page 'nothing')"
  [ "$output" = "http://a.example/x?public_key=$key: not found on 1 page; if it is on another page, add that page as a source" ]
}

@test "--explain of text that is no join link says why" {
  run -1 extract-joins --explain "http://localhost/x?public_key=$key" <<< "$(page "http://localhost/x?public_key=$key")"
  contains "${lines[0]}" "https://list.example/:1: refused http://localhost/x"
  [ "${lines[1]}" = "http://localhost/x?public_key=$key: refused: the host has no dot, so no client accepts it" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "extract-joins: a broken line stops the run, with file and line" {
  run -1 --separate-stderr extract-joins <<< 'not json'
  [ -z "$output" ]
  contains "$stderr" "extract-joins: stdin:1: expected one JSON object on this line"
}

@test "a page record without a required member is reported with the member's name" {
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

@test "extract-joins: a full disk is an error, not a truncated file" {
  run -1 bash -c 'page=$1; extract-joins <<< "$page" > /dev/full' - "$(page "http://a.example/x?public_key=$key")"
  contains "$output" "could not write everything"
  run -1 extract-joins --near-misses /dev/full <<< "$(page "http://a.example/x?public_key=1")"
  contains "$output" "could not write everything"
}

@test "options that exclude each other are wrong usage" {
  run -2 extract-joins --url x < /dev/null
  run -2 extract-joins --raw --keep-going < /dev/null
  run -2 extract-joins --raw --url x a b
}

@test "two captured pages give 120 joins on 32 hosts, and 8 on 4" {
  local captures=$root/../shared/captures
  [ -e "$captures/asgl.md" ] || skip "the captures are not here"
  run -0 extract-joins --raw "$captures/asgl.md"
  [ "${#lines[@]}" -eq 120 ]
  [ "$(jq -r .base_url <<< "$output" | sed 's,.*//,,' | sort -u | wc -l)" -eq 32 ]
  run -0 extract-joins --raw "$captures/simplifiedprivacy.html"
  [ "${#lines[@]}" -eq 8 ]
  [ "$(jq -r .base_url <<< "$output" | sed 's,.*//,,' | sort -u | wc -l)" -eq 4 ]
}

@test "every spelling of a link gives the same join, in any surroundings, with text before and after, across any buffer border" {
  run -0 timeout 300 "$root/test/any-spelling" 2000
  [ -z "$output" ]
}

# bounded KIB COMMAND...: with an address space of KIB; without a limit for a sanitizer, whose shadow takes terabytes.
bounded() {
  [[ $bin == */asan/* ]] || ulimit -v "$1"
  timeout 60 "${@:2}" | tail -n 1
}

@test "8 MB of triggers take bounded memory, in a record and with --raw, and hide no link" {
  local text=$BATS_TEST_TMPDIR/text link="http://good.example/x?public_key=$key"
  { yes 'a?public_key=' | tr -d '\n' | head -c 8000000; printf '\n\n%s\n' "$link"; } > "$text"
  run -0 --separate-stderr bounded 400000 extract-joins --raw "$text"
  [ -z "$stderr" ]
  contains "$output" "\"join_url\":\"$link\""
  { printf '{"kind":"page","source":"s","url":"u","fetched_at":"","status":200,"media_type":"text/html","from_cache":false,"body":"'
    sed 's/$/\\n/' "$text" | tr -d '\n'; echo '"}'; } > "$text.ndjson"
  run -0 --separate-stderr bounded 700000 extract-joins "$text.ndjson"
  [ -z "$stderr" ]
  contains "$output" "\"join_url\":\"$link\""
}

@test "a page with a million unclosed tags and a link inside markup still gives what the scan finds" {
  { yes '<div>' | head -n 1000000 | tr -d '\n'
    echo "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/page"
  page "" | jq -c --rawfile body "$BATS_TEST_TMPDIR/page" '.body = $body' > "$BATS_TEST_TMPDIR/pages"
  run -0 --separate-stderr timeout 60 extract-joins -v "$BATS_TEST_TMPDIR/pages"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "https://list.example/: the page has more than 4 MiB"
}

@test "a page with deeply nested markup is not parsed; its other links are found" {
  { yes '<div>' | head -n 6000 | tr -d '\n'
    echo "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key"; } > "$BATS_TEST_TMPDIR/page"
  page "" | jq -c --rawfile body "$BATS_TEST_TMPDIR/page" '.body = $body' > "$BATS_TEST_TMPDIR/pages"
  run -0 --separate-stderr timeout 60 extract-joins -v "$BATS_TEST_TMPDIR/pages"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "more than 5000 elements are open at once"
}

@test "a page on which the parser hangs loses no link of the scan, and neither does the next page" {
  local hidden="http://a.example/<x-y>hidden</x-y>?public_key=$key"
  run -0 --separate-stderr timeout 60 extract-joins -v <<< "$(
    page "<tr><dl></table>$hidden http://good.example/x?public_key=$key"
    page "<p>$hidden")"
  [ "$(jq -r .join_url <<< "${lines[0]}")" = "http://good.example/x?public_key=$key" ]
  [ "$(jq -r .join_url <<< "${lines[1]}")" = "http://a.example/hidden?public_key=$key" ]
  [ "${#lines[@]}" -eq 2 ]
  contains "$stderr" "parsing the page took too long"
}

@test "if no process can be started, pages are not parsed; their other links are found" {
  [[ $bin != */asan/* ]] || skip "a sanitizer wants to be loaded first"
  g++ -shared -fPIC -o "$BATS_TEST_TMPDIR/fork.so" -x c++ - <<< '#include <cerrno>
    extern "C" int fork() { errno = EAGAIN; return -1; }'
  LD_PRELOAD=$BATS_TEST_TMPDIR/fork.so run -0 --separate-stderr extract-joins -v <<< "$(
    page "http://a.example/<x-y>hidden</x-y>?public_key=$key http://good.example/x?public_key=$key")"
  [ "$(jq -r .base_url <<< "$output")" = http://good.example ]
  contains "$stderr" "parsing the page is impossible: Resource temporarily unavailable"
}

lives() { grep -qs '^State:.[^Z]' "/proc/$1/status"; }

@test "the parsing process ends when the program is killed" {
  page "<tr><dl></table>http://a.example/<x-y>hidden</x-y>?public_key=$key" > "$BATS_TEST_TMPDIR/page"
  extract-joins "$BATS_TEST_TMPDIR/page" 3>&- &
  parent=$!
  for _ in {1..1000}; do
    read -r child < "/proc/$parent/task/$parent/children" || true  # one line without an end
    [ "$(readlink "/proc/${child:-none}/fd/1")" != /dev/null ] || break  # it has set itself up
    sleep 0.01
  done
  kill -STOP $child  # so that no limit of its own ends it
  kill -KILL "$parent"
  for _ in {1..200}; do lives $child || break; sleep 0.05; done
  if lives $child; then kill -KILL $child; return 1; fi
}

@test "only pages whose links the scan can't see are parsed" {
  run -0 --separate-stderr extract-joins -v <<< "$(
    page "<p>http://a.example/<b>x</b>?public&#95;key=$key<script>'?public_key=' + key</script>"
    page "<p>http://a.example/<x-y>x</x-y>?public_key=$key")"
  [ "${#lines[@]}" -eq 2 ]
  contains "$stderr" "1 pages parsed as HTML"
}
