# tools/lib/http, tested through fetch-sources: which addresses it may connect to, and its limits.

load helper.bash
load server/world.bash

setup_file() { play_world sources/world; }
setup() { world_flags; cd "$BATS_TEST_TMPDIR"; }

# errors OPTION... < urls: prints the fault of each.
errors() {
  jq -Rc '{kind:"source",id:.,url:.,expect:""}' | { timeout 30 fetch-sources --tries 1 "$@" || true; } 2> /dev/null |
    jq -r '.error.code // "none"'
}

@test "the address guard, URLs and --connect-to decide what may be requested, and where" {
  run -0 "$(dirname "$bin")/test/http"
  [ -z "$output" ]
}

@test "no spelling of an address, and no name that resolves to it, passes the guard" {
  IFS=' ' read -r address port < <(jq -r 'select(.host == "sentinel.example") | "\(.address) \(.ports.http)"' "$world/hosts.ndjson")
  IFS=. read -r a b c d <<< "$address"
  before=$(counted "$world" sentinel.example .connections)
  number=$(((a << 24) + (b << 16) + (c << 8) + d))
  hex=$(printf '%02x%02x:%02x%02x' "$a" "$b" "$c" "$d")
  cat > urls <<END
http://$address:$port/
http://$number:$port/
http://0x$(printf '%x' $number):$port/
http://0$(printf '%o' $number):$port/
http://0x7f.66.1:$port/
http://[::ffff:$address]:$port/
http://[::ffff:$hex]:$port/
http://[::$address]:$port/
http://[64:ff9b::$hex]:$port/
http://[2002:$hex::1]:$port/
http://[::]:$port/
http://[::1]:$port/
http://[fe80::1]:$port/
http://[fd00::1]:$port/
http://0.0.0.0:$port/
http://0:$port/
http://localhost:$port/
http://sentinel.example/
http://by-name.example:$port/
http://10.0.0.1:$port/
http://169.254.169.254/latest/meta-data/
http://100.64.0.1:$port/
http://224.0.0.1:$port/
END
  run -0 errors "${flags[@]}" --connect-to "by-name.example:$port:localhost:$port" < urls
  [ "${#lines[@]}" = "$(wc -l < urls)" ]
  [ "$(sort -u <<< "$output")" = blocked-address ] || { paste urls - <<< "$output"; false; }
  [ "$(counted "$world" sentinel.example .connections)" = "$before" ]
}

@test "--allow-private allows the networks that are named, and no others" {
  IFS=' ' read -r address port < <(jq -r 'select(.host == "list.example") | "\(.address) \(.ports.http)"' "$world/hosts.ndjson")
  [ "$(errors --allow-private "$address" <<< "http://$address:$port/plain")" = none ]
  [ "$(errors --allow-private "$address/32" <<< "http://[::ffff:$address]:$port/plain")" = none ]
  [ "$(errors --allow-private 127.66.0.0/16 <<< "http://$address:$port/plain")" = blocked-address ]
  [ "$(errors --allow-private ::1 <<< "http://$address:$port/plain")" = blocked-address ]
}

@test "a name with several addresses is requested at one that the guard allows" {
  echo here > page.txt
  python3 -u -m http.server --bind 127.0.0.1 0 > log 2>&1 3>&- &
  server=$!
  until port=$(sed -nE 's/.*port ([0-9]+).*/\1/p' log) && [ -n "$port" ]; do sleep 0.05; kill -0 $server; done
  run errors --allow-private 127.0.0.1 <<< "http://localhost:$port/page.txt"
  kill $server
  [ "$output" = none ]
}

# names HOST: 24 names for a host of the world, as flags and as URLs.
names() {
  local place
  place=$(jq -r --arg host "$1" 'select(.host == $host) | "\(.address):\(.ports.http)"' "$world/hosts.ndjson")
  flags=(--allow-private 127.77.0.0/16 --connect-to ":80:$place")
  seq -f 'http://n%g.example/' 24 > urls
}

@test "names with the same address share its limit of connections" {
  names shared.example
  run -0 errors "${flags[@]}" < urls
  [ "$(sort <<< "$output" | uniq -c | xargs)" = "24 none" ]
  [ "$(counted "$world" shared.example .max_open)" = 8 ]
  [ "$(counted "$world" shared.example '[.requests[]] | add')" = 24 ]
}

@test "no more requests than --jobs are open at once" {
  names total.example
  run -0 errors "${flags[@]}" --jobs 3 < urls
  [ "$(sort <<< "$output" | uniq -c | xargs)" = "24 none" ]
  [ "$(counted "$world" total.example .max_open)" = 3 ]
}

@test "unusable networks, proxies and certificates are wrong usage" {
  while read -r words; do
    run -2 --separate-stderr fetch-sources $words < /dev/null
    contains "$stderr" "fetch-sources: ${words% *} "
  done <<'END'
--allow-private 10.0.0.0/33
--allow-private internal
--connect-to a.example
--proxy socks5://127.0.0.1:9050
--proxy 127.0.0.1:9050
--proxy-onion socks4://127.0.0.1:9050
--cacert no-such-file
--jobs 0
END
}

@test "ports that browsers block are refused" {
  for port in 22 25 110 6667; do echo "http://a.example:$port/"; done > urls
  while read -r url; do
    run -1 --separate-stderr fetch-sources <<< "{\"kind\":\"source\",\"id\":\"a\",\"url\":\"$url\"}"
    contains "$stderr" "is refused, as in browsers"
  done < urls
}
