# fetch-sources behind proxies.

load sources.bash

# proxy: plays one that leads into the world; its port is in $port, what it was asked for in ./asked.
proxy() {
  "$root/test/server/proxy.py" "$world" . 3>&- &
  proxy=$!
  until [ -e port ]; do sleep 0.05; kill -0 $proxy; done
  port=$(cat port)
}

teardown() { if [ -n "${proxy-}" ]; then kill "$proxy"; fi; }

@test "a SOCKS proxy gets every request with the host's name, http and https" {
  proxy
  { source_of a https://list.example/plain; source_of b http://list.example/plain; source_of c http://hidden.onion/; } > sources
  run -0 --separate-stderr timeout 30 fetch-sources --proxy "socks5h://127.0.0.1:$port" --cacert "$world/ca.pem" sources
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain an onion service" ]
  [ "$(sort asked | xargs)" = "socks5 hidden.onion:80 socks5 list.example:443 socks5 list.example:80" ]
}

@test "an HTTP proxy tunnels https and gets http requests directly" {
  proxy
  { source_of a https://list.example/plain; source_of b http://list.example/plain; } > sources
  run -0 --separate-stderr timeout 30 fetch-sources --proxy "http://127.0.0.1:$port" --cacert "$world/ca.pem" sources
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain" ]
  [ "$(sort asked | xargs)" = "connect list.example:443 http list.example:80" ]
}

@test "the proxy for .onion hosts is used for these only" {
  proxy
  local -a direct=()
  for ((i = 0; i < ${#flags[@]}; i += 2)); do
    [[ ${flags[i + 1]} == hidden.onion:* ]] || direct+=("${flags[@]:i:2}")
  done
  flags=("${direct[@]}")
  { source_of a https://list.example/plain; source_of b http://hidden.onion/; } > sources
  run -0 --separate-stderr pages --proxy-onion "socks5h://127.0.0.1:$port" < sources
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain an onion service" ]
  [ "$(xargs < asked)" = "socks5 hidden.onion:80" ]
}

@test "the proxy variables of the environment are ignored" {
  proxy
  export http_proxy=http://127.0.0.1:$port https_proxy=http://127.0.0.1:$port ALL_PROXY=http://127.0.0.1:$port
  run -0 pages < <(source_of a https://list.example/plain; source_of b http://list.example/plain)
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain" ]
  [ ! -s asked ]
}

@test "no proxy gets a request for an address that is not public, nor for a local name" {
  local kind
  proxy
  for url in http://127.0.0.1/ http://2130706433/ http://[::1]/ http://10.0.0.1/ http://0x7f.0x0.0x0.0x1./ http://127.0.0.1./ \
    http://localhost/ http://a.localhost/ http://localhost.localdomain/ http://ip6-localhost/ http://ip6-loopback./ http://list.example/to-loopback; do
    source_of "$url" "$url"
  done > sources
  for kind in socks5h http; do
    run -1 --separate-stderr timeout 30 fetch-sources --proxy "$kind://127.0.0.1:$port" sources
    [ "$(jq -r .error.code <<< "$output" | sort | uniq -c | xargs)" = "12 blocked-address" ]
  done
  [ "$(sort asked | xargs)" = "http list.example:80 socks5 list.example:80" ]  # the way to the redirect
}

@test "an https proxy without a valid certificate is blamed, and not the pages behind it" {
  # Any server that is called otherwise will do.
  address=$(printf '%s\n' "${flags[@]}" | sed -n "s/^list\\.example:443://p" | head -n 1)
  { source_of a https://list.example/plain; source_of b http://list.example/plain; } > sources
  run -1 --separate-stderr timeout 30 fetch-sources --proxy "https://$address" --tries 1 sources
  [ "$(jq -r .error.code <<< "$output" | xargs)" = "proxy proxy" ]
  contains "$stderr" "list.example/plain: proxy: SSL certificate problem"
}
