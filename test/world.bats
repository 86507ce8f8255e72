#!/usr/bin/env bats
# The test world itself, checked with curl, because other tests rely on it.

load helper.bash
load server/world.bash

setup_file() {
  export demo=$BATS_FILE_TMPDIR/demo
  play_world world/world
  start_world "$root/test/story/demo/world.ndjson" "$demo"
}

teardown_file() {
  stop_world "$world"
  stop_world "$demo"
}

setup() {
  story world
  server=$root/test/server
}

get() { timeout 20 curl -sS -K "$world/curlrc" "$@"; }

key_of() { jq -r --arg host "$1" 'select(.host == $host).public_key' "$world/hosts.ndjson"; }

# onion HOST KEY CIPHER METHOD ENDPOINT [BODY]: the inner metadata, then the inner body
onion() {
  "$server/client.py" seal "${@:2}" > "$BATS_TEST_TMPDIR/request"
  get -f -H 'Content-Type: application/octet-stream' --data-binary @"$BATS_TEST_TMPDIR/request" \
    "https://$1/oxen/v4/lsrpc" > "$BATS_TEST_TMPDIR/reply" || return
  "$server/client.py" open "$2" "$3" < "$BATS_TEST_TMPDIR/reply"
}

@test "the onion protocol agrees with every published vector" {
  run -0 "$server/check_onion.py"
  [ "$output" = "vectors agree" ]
}

@test "the simulated pysogs lists its rooms with every member of a real one" {
  run -0 get https://cats.example/rooms
  [ "$(jq -c 'map(.token)' <<< "$output")" = '["lounge","News-2","nodesc","metaonly"]' ]
  [ "$(jq -c '.[0] | keys' <<< "$output")" = '["active_users","active_users_cutoff","admins","created","description","image_id","info_updates","message_sequence","moderators","name","pinned_messages","read","token","upload","write"]' ]
  [ "$(jq -c '.[2] | has("description") or has("image_id")' <<< "$output")" = false ]
}

@test "the simulated pysogs ignores the case of tokens and hides hidden rooms" {
  [ "$(get https://cats.example/room/LOUNGE | jq -r .token)" = lounge ]
  for question in 200:/room/metaonly 404:/room/hidden 404:/room/unknown 404:/rooms/ 308:/r/lounge 200:/r/LoUnGe/ \
    403:/r/metaonly/ 403:/r/hidden/ 404:/r/unknown/ 404:/view/room/lounge 200:/ 405:/oxen/v4/lsrpc 404:/lounge \
    403:/room/metaonly/file/1 404:/room/nodesc/file/1 200:/legacy/rooms/hidden 200:/room/lounge/messages/recent; do
    run -0 get -o /dev/null -w '%{http_code}' "https://cats.example${question#*:}"
    [ "$output" = "${question%%:*}" ] || { echo "$question: $output"; false; }
  done
}

@test "the simulated preview page has the operator's base URL and the key" {
  run -0 get http://cats.example/r/lounge/
  [[ $output == *"<pre>http://example.net/lounge?public_key=$(key_of cats.example)</pre>"* ]]
}

@test "missing capabilities are listed" {
  run -0 get -w '\n%{http_code}' 'https://cats.example/capabilities?required=sogs,blind,foo'
  [ "${lines[0]}" = '{"capabilities":["blind","reactions","sogs"],"missing":["foo"]}' ]
  [ "${lines[1]}" = 412 ]
  [ "$(get https://v030.example/capabilities)" = '{"capabilities":["sogs"]}' ]
}

@test "the icon of a room is an image" {
  id=$(get https://cats.example/room/lounge | jq .image_id)
  get -o "$BATS_TEST_TMPDIR/icon" "https://cats.example/room/lounge/file/$id"
  [ "$(head -c 4 "$BATS_TEST_TMPDIR/icon" | tail -c 3)" = PNG ]
}

@test "every route of a pysogs works inside an onion request, with both ciphers" {
  key=$(key_of cats.example)
  for question in xchacha20:/capabilities aes-gcm:/rooms xchacha20:/room/lounge aes-gcm:/r/lounge/; do
    run -0 --separate-stderr onion cats.example "$key" "${question%%:*}" GET "${question#*:}"
    [ "$(jq .code <<< "${lines[0]}")" = 200 ]
    [ "$(tail -n +2 <<< "$output")" = "$(get "https://cats.example${question#*:}")" ]
  done
  run -0 onion cats.example "$key" xchacha20 GET /nothing
  [ "$(jq .code <<< "${lines[0]}")" = 404 ]
}

@test "a batch answers each of its requests, a sequence stops at the first that fails" {
  key=$(key_of cats.example)
  wishes='[{"method":"GET","path":"/capabilities"},{"method":"GET","path":"/nothing"},{"method":"GET","path":"/rooms"}]'
  run -0 onion cats.example "$key" xchacha20 POST /batch "$wishes"
  [ "$(jq -c 'map(.code)' <<< "${lines[1]}")" = '[200,404,200]' ]
  [ "$(jq -c '.[2].body' <<< "${lines[1]}")" = "$(get https://cats.example/rooms | jq -c .)" ]
  run -0 onion cats.example "$key" xchacha20 POST /sequence "$wishes"
  [ "$(jq -c 'map(.code)' <<< "${lines[1]}")" = '[200,404]' ]
}

@test "a request encrypted for another key is refused, and counted by cipher" {
  run -22 onion cats.example "$(key_of dogs.example)" xchacha20 GET /capabilities
  [[ $output == *"error: 400"* ]]
  run -22 onion cats.example "$(key_of dogs.example)" aes-gcm GET /capabilities
  [ "$(counted "$world" cats.example '[.onion.v4["xchacha20","aes-gcm"].wrong_key]')" = '[1,1]' ]
}

@test "malformed onion requests get the answers of a real pysogs" {
  post() { get -o /dev/null -w '%{http_code} ' --data-binary "$1" -H "Content-Type: ${2-application/octet-stream}" https://cats.example/oxen/v4/lsrpc; }
  printf '\377\377\377\377{}' > "$BATS_TEST_TMPDIR/beyond"
  printf '\0\0\0\0no JSON' > "$BATS_TEST_TMPDIR/no-json"
  "$server/client.py" seal "$(key_of cats.example)" xchacha20 GET /rooms > "$BATS_TEST_TMPDIR/good"
  run -0 post abc
  [ "$output" = '500 ' ]
  run -0 post @"$BATS_TEST_TMPDIR/beyond"
  [ "$output" = '500 ' ]
  run -0 post @"$BATS_TEST_TMPDIR/no-json"
  [ "$output" = '400 ' ]
  run -0 post @"$BATS_TEST_TMPDIR/good" application/x-www-form-urlencoded
  [ "$output" = '500 ' ]
  run -0 post @"$BATS_TEST_TMPDIR/good"
  [ "$output" = '200 ' ]
}

@test "the simulated bunsogs takes only aes-gcm, has no pages, and compares tokens exactly" {
  key=$(key_of bun.example)
  run -0 --separate-stderr onion bun.example "$key" aes-gcm GET /room/BunUpper
  [ "${lines[0]}" = '{"code":200,"headers":{"content-type":"application/json"}}' ]
  [ "$(jq -c '[.description, .image_id, .pinned_messages, .moderator, .admin]' <<< "${lines[1]}")" = '[null,null,[],false,false]' ]
  for question in 500:xchacha20:/capabilities 404:aes-gcm:/nothing; do
    IFS=: read -r code cipher endpoint <<< "$question"
    run -22 onion bun.example "$key" "$cipher" GET "$endpoint"
    [[ $output == *"error: $code"* ]]
  done
  run -22 onion bun.example "$(key_of dogs.example)" aes-gcm GET /capabilities
  [[ $output == *"error: 500"* ]]
  for path in / /r/BunUpper/ /room/bunupper /legacy/rooms; do
    [ "$(get -o /dev/null -w '%{http_code}' "https://bun.example$path")" = 404 ]
  done
  [ "$(get -I https://bun.example/rooms | head -1 | tr -d '\r')" = 'HTTP/1.1 405 Method Not Allowed' ]
}

@test "servers of 2021 accept only v3 onion requests" {
  for host in v02.example rust.example; do
    key=$(key_of $host)
    "$server/client.py" seal-v3 "$key" aes-gcm rooms > "$BATS_TEST_TMPDIR/request"
    get --data-binary @"$BATS_TEST_TMPDIR/request" -H 'Content-Type: application/octet-stream' "http://$host/loki/v3/lsrpc" > "$BATS_TEST_TMPDIR/reply"
    run -0 "$server/client.py" open-v3 "$key" aes-gcm < "$BATS_TEST_TMPDIR/reply"
    [ "$(jq -c .rooms <<< "$output")" = '[{"id":"old","name":"An old room"}]' ]
    [ "$(get -o /dev/null -w '%{http_code}' --data-binary @"$BATS_TEST_TMPDIR/request" "http://$host/oxen/v4/lsrpc")" = 404 ]
    [ "$(get -o /dev/null -w '%{http_code}' "http://$host/rooms")" = 404 ]
  done
  [ "$(get -o /dev/null -w '%{http_code}' http://v02.example/view/room/old)" = 200 ]
}

@test "placeholders in a page become join URLs, and an unchanged page is answered with 304" {
  run -0 get https://list.example/list.md
  [ "${lines[1]}" = "- https://cats.example/lounge?public_key=$(key_of cats.example)" ]
  tag=$(get -o /dev/null -D - https://list.example/list.md | tr -d '\r' | sed -n 's/^ETag: //p')
  [ "$(get -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" https://list.example/list.md)" = 304 ]
  [ "$(get -o /dev/null -w '%{http_code}' -H 'If-Modified-Since: Tue, 03 Nov 2026 00:00:00 GMT' https://list.example/list.md)" = 304 ]
  [ "$(get -o /dev/null -w '%{http_code}' -H 'If-Modified-Since: Sun, 01 Nov 2026 00:00:00 GMT' https://list.example/list.md)" = 200 ]
  [ "$(counted "$world" list.example '[.conditional, .not_modified]')" = '[3,2]' ]
}

@test "a page is served in every encoding that curl knows, and in any charset" {
  for encoding in gzip deflate br zstd; do
    [ "$(get --compressed https://list.example/$encoding)" = "Grüße" ]
  done
  [ "$(get https://list.example/latin1 | iconv -f latin1)" = "Grüße" ]
}

@test "a page can become shorter" {
  [ "$(get https://list.example/shrinks)" = full ]
  [ "$(get https://list.example/shrinks)" = "" ]
}

@test "counters show connections, handshakes, requests and user agents" {
  get -A 'tester/1' https://counted.example/rooms https://counted.example/capabilities -o /dev/null -o /dev/null
  get -A 'tester/2' http://counted.example/rooms -o /dev/null
  [ "$(counted "$world" counted.example '[.connections, .handshakes, .open, .max_open]')" = '[3,2,0,1]' ]
  [ "$(counted "$world" counted.example .requests)" = '{"GET /capabilities":1,"GET /rooms":2}' ]
  [ "$(counted "$world" counted.example .user_agents)" = '{"tester/1":2,"tester/2":1}' ]
  [ "$(jq -s -c 'map(select(.host == "counted.example") | .target)' "$world/requests.ndjson")" = '["/rooms","/capabilities","/rooms"]' ]
}

@test "a sentinel listens outside the simulated network and counts connections" {
  [[ $(jq -r 'select(.host == "sentinel.example").address' "$world/hosts.ndjson") == 127.66.* ]]
  run get http://sentinel.example/
  [ "$status" -ne 0 ]
  [ "$(counted "$world" sentinel.example .connections)" = 1 ]
}

@test "the printed flags suit our network programs, and curl all but the first" {
  world_flags
  [ "${flags[*]:0:2}" = "--allow-private 127.77.0.0/16" ]
  run -0 curl -sS -o /dev/null -w '%{http_code}' "${flags[@]:2}" https://cats.example/rooms
  [ "$output" = 200 ]
}

@test "a host can change while the world runs" {
  old=$(key_of dogs.example)
  run -0 onion dogs.example "$old" xchacha20 GET /capabilities
  "$server/tell.py" "$world" set dogs.example '{"key":"seed:another"}'
  run -22 onion dogs.example "$old" xchacha20 GET /capabilities
  "$server/tell.py" "$world" set dogs.example '{"behaviour":"down"}'
  run -7 get https://dogs.example/rooms
  "$server/tell.py" "$world" set dogs.example '{"behaviour":null,"key":null}'
  run -0 onion dogs.example "$old" xchacha20 GET /capabilities
}

@test "one line can describe many similar hosts" {
  echo '{"host":"s#.example","times":300,"schemes":["http"],"rooms":[{"token":"a"}]}' > "$BATS_TEST_TMPDIR/data"
  start_world "$BATS_TEST_TMPDIR/data" "$BATS_TEST_TMPDIR/many"
  world=$BATS_TEST_TMPDIR/many
  for number in 0 299; do [ "$(get "http://s$number.example/rooms" | jq -r '.[].token')" = a ]; done
  [ "$(jq -s 'map([.public_key, .address]) | flatten | unique | length' "$world/hosts.ndjson")" = 600 ]
  stop_world "$world"
}

@test "a mistake in the world's data is reported with its line" {
  mistake() {
    printf '{"host":"a.example"}\n%s\n' "$1" > "$BATS_TEST_TMPDIR/data"
    run -1 --separate-stderr "$server/world.py" --data "$BATS_TEST_TMPDIR/data" --dir "$BATS_TEST_TMPDIR/no"
    [ "$stderr" = "world.py: $BATS_TEST_TMPDIR/data:2: $2" ] || { echo "$stderr"; false; }
  }
  mistake '{"host":"b.example","behavior":"down"}' 'unknown member "behavior"'
  mistake '{"host":"b.example","behaviour":"dwon"}' 'no behaviour "dwon"; world.py --list-behaviours prints all'
  mistake '{"host":"b.example","behaviour":{"is":"drip","spede":1}}' 'behaviour "drip" has no option "spede"'
  mistake '{"host":"b.example","behaviour":"relay"}' 'behaviour "relay" needs "to"'
  mistake '{"host":"b.example","same_as":"c.example"}' 'no host c.example in this world'
  mistake '{"host":"a.example"}' 'a.example is there already'
}

@test "the world ends with the process that started it" {
  sleep 60 3>&- &
  parent=$!
  "$server/world.py" --data "$story/world.ndjson" --dir "$BATS_TEST_TMPDIR/w" --parent $parent 3>&- &
  child=$!
  until [ -e "$BATS_TEST_TMPDIR/w/ready" ]; do sleep 0.05; done
  kill $parent
  wait $child
  [ "$(wc -l < "$BATS_TEST_TMPDIR/w/counts.ndjson")" = "$(wc -l < "$story/world.ndjson")" ]
}

# --- the demo world --------------------------------------------------------------------------------

demo() {
  story demo
  world=$demo
}

@test "the demo's servers have every Community that should be listed" {
  demo
  [ "$(wc -l < "$story/expected.txt")" = 31 ]
  while read -r join; do
    base=${join%/*} rest=${join##*/}
    token=${rest%%\?*}
    [ "${join#*public_key=}" = "$(jq -r --arg base "$base" 'select(.base_urls[0] == $base).public_key' "$world/hosts.ndjson")" ]
    case $base in
      *attic*) [ "$(get "$base/legacy/rooms/$token" | jq -r .room.id)" = "$token" ] ;;
      *) [ "$(get "$base/room/$token" | jq -r .token)" = "$token" ] ;;
    esac
  done < "$story/expected.txt"
}

@test "the demo's known servers have the keys in the list" {
  demo
  while read -r base key; do
    [ "$key" = "$(jq -r --arg base "$base" 'select(.base_urls[0] == $base).public_key' "$world/hosts.ndjson")" ]
  done < <(jq -r '.base_url as $base | .public_keys[] | "\($base) \(.public_key)"' "$story/known-servers.ndjson")
}

@test "the demo's sources contain the links in every form" {
  demo
  while read -r url; do
    run -0 get --compressed -f "$url"
    [[ $output != *'{join:'* && $output != *'{key:'* ]]
    [[ $url == *groups ]] || [[ ${output,,} =~ public(_|'&#95;')key ]]
  done < <(jq -r .url "$story/sources.ndjson")
  for id in 1 2 3; do get -f "http://portal.example/view_group.php?id=$id" | grep -q public_key=; done
}

@test "the demo's impostor shows a key that it can't prove" {
  demo
  key=$(key_of agora.example)
  get https://agora-free.example/r/welcome/ | grep -q "public_key=$key"
  run -22 onion agora-free.example "$key" xchacha20 GET /capabilities
  run -0 onion agora.example "$key" xchacha20 GET /capabilities
}
