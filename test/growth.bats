# How the work of a stage grows with its input, counted in instructions, which are the same on every machine.

setup() {
  load helper.bash
  [[ $bin != */asan/* ]] || skip "valgrind and the sanitizers do not go together"
  cd "$BATS_TEST_TMPDIR"
}

# COMMAND...: the number of instructions that it takes for standard input.
instructions() {
  valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null "$@" 2>&1 > /dev/null | sed -n 's/.* I *refs: *//p' | tr -d ,
}

# grows_evenly EMPTY SMALL DOUBLE COMMAND...: twice the input costs at most 2.2 times the work.
grows_evenly() {
  local counts=()
  for input in "$1" "$2" "$3"; do counts+=("$(instructions "${@:4}" < "$input")"); done
  echo "${@:4}: ${counts[*]} instructions" >&2
  [ $((10 * (counts[2] - counts[0]))) -le $((22 * (counts[1] - counts[0]))) ]
}

# FROM TO: HTML with links FROM to TO in several spellings, and texts that only look like links.
page() {
  seq "$1" "$2" | sed 's|.*|<p>Room & https://sog&.example/room&?public_key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13\
<a href="http:&#47;&#x2f;sog&.example/r&?public_key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13">public_key</a>|'
}

@test "extract-joins: twice the text takes twice the work" {
  page 1 400 > small
  page 1 800 > double
  grows_evenly /dev/null small double extract-joins --raw
}

@test "extract-joins: twice the unfinished links take twice the work" {
  for words in public_key= '_key=public' '&#112;ublic' 'https://a.example/b?public_key='; do
    for count in 1500 3000; do yes "$words" | head -n $count | tr -d '\n' > $count; done
    grows_evenly /dev/null 1500 3000 extract-joins --raw
  done
}

@test "dedupe --by=url: twice the joins take twice the work" {
  page 1 150 | extract-joins --raw > small
  page 1 300 | extract-joins --raw > double
  grows_evenly /dev/null small double dedupe --by=url
}

@test "render: twice the Communities take twice the work" {
  for count in 0 250 500; do "$root/test/bench/make-communities" $count > $count; done
  grows_evenly 0 250 500 dedupe --by=key
  grows_evenly 0 250 500 render --sites "$root/sites" --languages "$root/languages" --now 2026-11-23T00:00:00Z \
    --template "$root/sites/index.html"
}

# FROM TO: keys FROM to TO of one address, all with the same rooms.
keys_of_one_address() {
  seq "$1" "$2" | jq -c '{kind: "server", base_url: "https://sog.example", key: {public_key: ("\(.)" | ("0" * (62 - length)) + . + "00"),
    status: "proven"}, probe: {at: "2026-11-22T20:05:17Z", outcome: "ok", attempts: 1, seconds: 0.1},
    rooms: [{token: "cats", created: 1600000000.5}, {token: "dogs", created: 1600000001.5}]}'
}

@test "dedupe --by=key: twice the keys at one address take twice the work, and so do twice the addresses of one key" {
  keys_of_one_address 1 500 > small
  keys_of_one_address 1 1000 > double
  grows_evenly /dev/null small double dedupe --by=key
  for count in 200 400; do
    head -n 1 double | jq -c --argjson count $count 'range($count) as $n | .base_url = "https://sog\($n).example"' > $count
  done
  grows_evenly /dev/null 200 400 dedupe --by=key
}

@test "claims that are repeated in other words stay within --memory" {
  jq -nc '("1" * 62 + "00") as $key | range(100000) | {kind: "join", join_url: "https://a.example/cats?public_key=\($key)",
    base_url: "https://a.example", token: "cats", public_key: $key, found_on: [{source: "list", url: "https://list.example/",
    since: (1767225600 + . | todate)}]}' > joins
  dedupe --by=url joins > known
  ulimit -v 65000
  dedupe --by=url --memory=1 joins | cmp - known
  run dedupe --by=url --memory=256 joins
  [ "$status" -eq 1 ] && [ "$output" = "dedupe: out of memory" ]
}

@test "single large records stay within --memory" {
  jq -nc '("1" * 62 + "00") as $key | ("x" * 70000) as $long | range(600) | {kind: "server", base_url: "https://sog\(. % 12).example",
    public_keys: [{public_key: $key, found_on: [{source: "list", url: "https://list.example/", since: (1767225600 + . | todate)}]}],
    note: $long}' > servers
  dedupe --by=url servers > known
  ulimit -v 40000
  dedupe --by=url --memory=1 servers | cmp - known
}
