#!/usr/bin/env bats
# The faults of the test world, checked with curl: a test with a fault that does not happen tests nothing.

load helper.bash
load server/world.bash

setup_file() { play_world world/faults; }
setup() {
  server=$root/test/server
  body=$BATS_TEST_TMPDIR/body
}

get() { timeout 20 curl -sS -m 15 -K "$world/curlrc" "$@"; }

key_of() { jq -r --arg host "$1" 'select(.host == $host).public_key' "$world/hosts.ndjson"; }

# curl_ends HOST WITH...: curl's exit status at /rooms is one of those (28, for its time limit, comes sooner where expected)
curl_ends() {
  local host=$1 status=0 time_limit=15
  shift
  [ "$1" != 28 ] || time_limit=1
  get -m $time_limit -o "$body" "https://$host.example/rooms" 2> "$BATS_TEST_TMPDIR/told" || status=$?
  [[ " $* " == *" $status "* ]] || { printf '%s: %s, and not %s\n' "$host" "$status" "$*" >&2; cat "$BATS_TEST_TMPDIR/told" >&2; return 1; }
}

# proof HOST KEY CIPHER [plain]: asks for the capabilities inside an onion request and opens what comes back
proof() {
  local request=$BATS_TEST_TMPDIR/request-$2-$3
  [ -e "$request" ] || "$server/client.py" seal "$2" "$3" GET /capabilities > "$request"
  get -f -H 'Content-Type: application/octet-stream' --data-binary @"$request" \
    "https://$1.example/oxen/v4/lsrpc" > "$BATS_TEST_TMPDIR/reply" && "$server/client.py" "${4:-open}" "$2" "$3" < "$BATS_TEST_TMPDIR/reply"
}

@test "every behaviour of the simulated servers has a test here and one sentence that explains it" {
  for name in $("$server/world.py" --list-behaviours | sed -n 's/^  \([^ ]*\) .*/\1/p'); do
    grep -q "\"$name\"" "$root/test/story/world/faults.ndjson" || { echo "$name"; false; }
  done
}

@test "ports that do not listen, do not answer, hang up or reset" {
  curl_ends down 7
  curl_ends half-down 7
  run -0 get -o /dev/null http://half-down.example/
  curl_ends unreachable 28
  curl_ends silent 28
  curl_ends refuse 7 35 56
  run -52 get http://hang-up.example/
}

@test "TLS that must not be trusted" {
  for host in tls-expired tls-wrong-name tls-self-signed tls-unknown-ca; do curl_ends $host 60; done
  for host in tls-garbage tls-plain; do curl_ends $host 35; done
  curl_ends tls-stall 28 35
  run -35 get --tlsv1.2 https://tls-old.example/
  run -0 get -o /dev/null --tlsv1.0 --ciphers ALL:@SECLEVEL=0 https://tls-old.example/
}

@test "answers that never come, come late, or stop halfway" {
  for host in stall drip half; do curl_ends $host 28; done
  curl_ends truncated 18
  curl_ends empty-reply 52
  curl_ends reset 52 56
  curl_ends reset-midway 56
  [ "$(get -o /dev/null -w '%{time_total}' https://slow.example/rooms | cut -d. -f1)" -ge 1 ]
}

@test "a share of requests stalls, the same ones for the same seed" {
  for number in 1 2 3 4 5 6 7 8 9 10; do get -m 0.5 -o /dev/null http://stalls.example/rooms 2> /dev/null || true; done
  [ "$(counted "$world" stalls.example '[.requests["GET /rooms"], .faults.stall]')" = "$(/usr/bin/python3 -c '
import random
dice = random.Random("stalls.example 1")
print([10, sum(dice.random() < 0.7 for _ in range(10))])' | tr -d ' ')" ]
}

@test "HTTP framing with wrong lengths" {
  for host in short-length two-lengths until-close chunked; do curl_ends $host 0; done
  [ "$(get https://chunked.example/rooms)" = "[]" ]
  [ "$(get https://until-close.example/rooms)" = "[]" ]
  [ "$(get -D - -o /dev/null https://two-lengths.example/rooms | grep -c Content-Length)" = 2 ]
  get -D - -o /dev/null https://bad-length.example/rooms | grep -q 'Content-Length: 12x'
  for host in chunk-garbage chunk-huge; do curl_ends $host 56; done
  for host in garbage no-status bad-status; do curl_ends $host 1; done
  curl_ends odd-headers 8
}

@test "answers that are too large" {
  get -o "$body" https://huge.example/rooms
  [ "$(stat -c %s "$body")" = 67108864 ]
  run -63 get --max-filesize 1000000 -o /dev/null https://declared-huge.example/rooms
  [ "$(get https://endless.example/rooms 2> /dev/null | head -c 100000000 | wc -c)" = 100000000 ]
  for host in endless-headers continue-flood; do curl_ends $host 56; done
  curl_ends huge-header 27 100  # from curl 8.6 on the second
}

@test "small compressed answers that unpack to huge ones" {
  for host in gzip-bomb zstd-bomb; do
    [ "$(get https://$host.example/rooms | wc -c)" -lt 60000 ]
    [ "$(get --compressed https://$host.example/rooms | wc -c)" = 33554432 ]
  done
  run -61 get --compressed https://fake-encoding.example/rooms
}

@test "answers with another status, type or header" {
  [ "$(get -D - -o /dev/null https://status.example/rooms | tr -d '\r' | grep -E '^HTTP|^Retry')" = $'HTTP/1.1 429 Too Many Requests\nRetry-After: 7' ]
  [ "$(get -o /dev/null -w '%{http_code} %{content_type}' https://challenge.example/rooms)" = '403 text/html; charset=utf-8' ]
  [ "$(get -o /dev/null -w '%{http_code} %{content_type}' https://wrong-type.example/rooms)" = '200 text/html; charset=utf-8' ]
  [ "$(get -o /dev/null -w '%{content_type}' https://says-type.example/rooms)" = text/plain ]
  [ "$(get https://body.example/rooms)" = "{\"key\":\"$(key_of true.example)\"}" ]
  get -D - -o /dev/null https://headers.example/ | grep -q "X-Key: $(key_of true.example)"
}

@test "invalid and endless JSON" {
  for host in invalid-json cut-json empty-body; do
    get "https://$host.example/rooms" > "$body"
    run ! /usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)' < "$body"
  done
  get https://invalid-utf8.example/rooms > "$body"
  run -1 iconv -f utf-8 -t utf-8 "$body"
  [ "$(get https://nul-bytes.example/rooms | tr -dc '\0' | wc -c)" -gt 1 ]
  [[ $(get https://lone-surrogates.example/rooms) == *'"name":"\ud800a"'* ]]
  [[ $(get https://huge-numbers.example/rooms) == *'"active_users":1e999,'* ]]
  [ "$(get https://deep-json.example/rooms | tr -dc '[' | wc -c)" = 100000 ]
  [ "$(get https://deep-objects.example/rooms | tr -dc '}' | wc -c)" = 100001 ]
  [ "$(get https://many-rooms.example/rooms | jq length)" = 100000 ]
  [ "$(get https://same-room.example/rooms | jq -c '[length, (unique | length)]')" = '[5000,1]' ]
  [ "$(get https://empty-list.example/rooms)" = '[]' ]
}

@test "redirects to other hosts, in a circle, or to the target" {
  address=$(jq -r 'select(.host == "sentinel.example") | "\(.address):\(.ports.http)"' "$world/hosts.ndjson")
  [ "$(get -o /dev/null -w '%{redirect_url}' https://redirect.example/rooms)" = "http://$address/rooms" ]
  run -47 get -L --max-redirs 5 https://redirect-loop.example/rooms
  [ "$(get -L --max-redirs 3 -w ' %{num_redirects}' https://redirect-chain.example/rooms)" = $'[]\n 3' ]
  [ "$(get -o /dev/null -X POST -w '%{http_code} %{redirect_url}' https://redirect-post.example/oxen/v4/lsrpc)" = '307 https://true.example/oxen/v4/lsrpc' ]
}

@test "hostile rooms are sent unchanged, with a good one among them" {
  get https://hostile.example/rooms > "$body"
  [ "$(jq -c '.[] | select(.token == "good-room").name' "$body")" = '"A good room among bad ones"' ]
  [ "$(jq -c 'map(select(.token == ("../x", "a\"b", "%2e%2e"))) | length' "$body")" = 3 ]
  [ "$(jq -c 'map(.active_users) | contains([-1, "5", true, 1.5])' "$body")" = true ]
  [ "$(jq -r '.[] | select(.token == "longtext").description | length' "$body")" = 100000 ]
}

@test "behaviours alternate, begin late, or end" {
  codes() { for number in 1 2 3 4; do get -o /dev/null -w '%{http_code} ' "https://$1.example/rooms"; done; }
  [ "$(codes turns)" = '200 400 200 400 ' ]
  [ "$(codes first)" = '503 503 200 200 ' ]
  [ "$(codes after)" = '200 503 503 503 ' ]
}

@test "a behaviour inside an onion request is not visible outside" {
  [ "$(get https://inside.example/rooms | jq length)" = 1 ]
  key=$(key_of inside.example)
  "$server/client.py" seal "$key" xchacha20 POST /batch '[{"method":"GET","path":"/rooms"}]' > "$BATS_TEST_TMPDIR/request"
  get -H 'Content-Type: application/octet-stream' --data-binary @"$BATS_TEST_TMPDIR/request" https://inside.example/oxen/v4/lsrpc > "$body"
  run -0 "$server/client.py" open "$key" xchacha20 < "$body"
  [[ $output == *"[{'token': 'a', name: NaN,}"* ]]
}

@test "a relay proves the key of the server behind it; a lying relay is honest only inside the onion request" {
  for host in relay lying-relay; do
    run -0 proof $host "$(key_of true.example)" aes-gcm
    [ "${lines[1]}" = '{"capabilities":["blind","reactions","sogs"]}' ]
  done
  [ "$(get https://relay.example/rooms | jq -c 'map([.name, .active_users])')" = '[["The true lounge",23]]' ]
  [ "$(get https://lying-relay.example/rooms | jq -c 'map([.name, .active_users])')" = '[["Lie",99999]]' ]
}

@test "an impostor shows a key but can't decrypt what is encrypted for it" {
  get https://impostor.example/r/lounge/ | grep -q "public_key=$(key_of true.example)"
  run -22 proof impostor "$(key_of true.example)" xchacha20
  [ "$(get https://copycat.example/rooms)" = "$(get https://true.example/rooms)" ]
  run -0 proof copycat "$(key_of copycat.example)" xchacha20
}

@test "a server with two keys decrypts requests for both, and shows both" {
  for key in "$(key_of two-keys.example)" "$(key_of true.example)"; do run -0 proof two-keys "$key" xchacha20; done
  get https://two-keys.example/r/b/ | grep -q "public_key=$(key_of true.example)"
}

@test "a key with its top bit set is proven by aes-gcm only" {
  key=$(jq -r 'select(.host == "top-bit.example").shown_key' "$world/hosts.ndjson")
  [ "$key" != "$(key_of true.example)" ]
  run -0 proof top-bit "$key" aes-gcm
  run -22 proof top-bit "$key" xchacha20
}

@test "a careless client accepts an echo and the all-zero key" {
  key=$(key_of true.example)
  run -0 proof echo-ciphertext "$key" aes-gcm plain
  [ "$output" = 'l56:{"method":"GET","endpoint":"/capabilities","headers":{}}e' ]
  run -0 proof zero-key "$(printf '0%.0s' {1..64})" xchacha20
  [ "${lines[1]}" = '{"capabilities":["blind","reactions","sogs"]}' ]
}

@test "answers that are made without the key do not decrypt" {
  for host in own-reply own-reply-hashed echo-body replay plain-reply; do
    for cipher in xchacha20 aes-gcm; do
      run -1 proof $host "$(key_of true.example)" $cipher
      [ "$output" = "client.py: does not decrypt" ]
    done
  done
  key=$(key_of own-reply.example)
  run -0 proof own-reply "$key" xchacha20
}

@test "replies that are damaged on the way do not decrypt, though the server has the key" {
  for host in cut-reply appended-reply base64-reply; do
    run -1 proof $host "$(key_of $host.example)" xchacha20
    [ "$output" = "client.py: does not decrypt" ]
  done
}

@test "malformed replies decrypt to what they are" {
  run -0 proof malformed-le "$(key_of malformed-le.example)" xchacha20 plain
  [ "$output" = le ]
  run -0 proof malformed-request "$(key_of malformed-request.example)" xchacha20 plain
  [ "$output" = 'l56:{"method":"GET","endpoint":"/capabilities","headers":{}}e' ]
}

@test "any fault can be limited to the proof" {
  proof_ends() {
    local status=0 time_limit=15
    [ "$2" != 28 ] || time_limit=1
    [ "$(get "https://$1.example/rooms")" = "[]" ]
    get -m $time_limit --max-filesize 100000000 -d x -o "$body" -D "$BATS_TEST_TMPDIR/head" "https://$1.example/oxen/v4/lsrpc" 2> /dev/null || status=$?
    [ "$status" = "$2" ] || { echo "$1: $status"; false; }
  }
  proof_ends huge-reply 0
  [ "$(stat -c %s "$body")" = 67108864 ]
  proof_ends declared-reply 63
  proof_ends bomb-reply 0
  grep -q 'Content-Encoding: gzip' "$BATS_TEST_TMPDIR/head"
  proof_ends html-reply 0
  grep -q '^HTTP/1.1 200' "$BATS_TEST_TMPDIR/head"
  proof_ends drip-reply 28
  proof_ends stalled-reply 28
}
