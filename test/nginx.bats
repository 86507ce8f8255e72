# The web server's configuration, with a real nginx.

load helper.bash

setup_file() {
  PATH=$PATH:/usr/sbin command -v nginx > /dev/null || return 0  # setup says what is missing: bats 1.8 loses a skip from here
  export www=$BATS_FILE_TMPDIR/www port
  mkdir -p "$www/assets" "$www/c" "$www/de" "$www/.next" "$www/.well-known" "$BATS_FILE_TMPDIR/log"
  echo '<p>front' > "$www/index.html"
  seq 1000 > "$www/assets/style-0123.css"
  gzip -k "$www/assets/style-0123.css"
  seq 1000 | brotli > "$www/assets/style-0123.css.br"
  echo '<p>vorn' > "$www/de/index.html"
  echo '<p>nicht hier' > "$www/de/404.html"
  echo '<p>cats' > "$www/c/cats+0123abcd.html"
  echo '<p>not here' > "$www/404.html"
  echo '{}' > "$www/communities.json"
  echo '<feed/>' > "$www/feed.atom"
  echo '{}' | tee "$www/feed.json" > "$www/feed-de.json"
  echo '<OpenSearchDescription/>' > "$www/opensearch.xml"
  echo PNG > "$www/card-en.png"
  echo secret > "$www/.next/index.html"
  echo hello > "$www/.well-known/security.txt"
  brotli=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
  cat > "$BATS_FILE_TMPDIR/nginx.conf" <<END
$([ ! -e $brotli ] || echo "load_module $brotli;")
daemon on;
pid $BATS_FILE_TMPDIR/nginx.pid;
error_log $BATS_FILE_TMPDIR/log/error.log;
events {}
http {
  client_body_temp_path $BATS_FILE_TMPDIR/t1; proxy_temp_path $BATS_FILE_TMPDIR/t2; fastcgi_temp_path $BATS_FILE_TMPDIR/t3;
  uwsgi_temp_path $BATS_FILE_TMPDIR/t4; scgi_temp_path $BATS_FILE_TMPDIR/t5;
  include $BATS_FILE_TMPDIR/site.conf;
}
END
  nginx=$(command -v nginx || echo /usr/sbin/nginx)
  [ "$(id -u)" != 0 ] || sed -i '1i user root;' "$BATS_FILE_TMPDIR/nginx.conf"
  for _ in {1..5}; do
    port=$(any_port)
    # Only the addresses differ from the file that an operator copies.
    sed -e "s|listen 80;|listen 127.0.0.1:$port;|" -e '/listen \[::\]/d' \
      -e "s|/var/lib/session-communities/www|$www|" -e "s|/var/log/nginx|$BATS_FILE_TMPDIR/log|" \
      "$root/tools/nginx/session-communities.conf" > "$BATS_FILE_TMPDIR/site.conf"
    [ ! -e $brotli ] || sed -i 's/# *\(brotli_static on;\)/\1/' "$BATS_FILE_TMPDIR/site.conf"
    "$nginx" -e "$BATS_FILE_TMPDIR/log/error.log" -c "$BATS_FILE_TMPDIR/nginx.conf" 2> "$BATS_FILE_TMPDIR/said" || true
    grep -q 'Address already in use' "$BATS_FILE_TMPDIR/said" || break
  done
}

teardown_file() { [ ! -e "$BATS_FILE_TMPDIR/nginx.pid" ] || kill "$(cat "$BATS_FILE_TMPDIR/nginx.pid")"; }

setup() { needs_service nginx; }

# get PATH [CURL OPTION...]: headers in lower case, then the body.
get() {
  run -0 curl -sS -i --path-as-is "http://127.0.0.1:$port$1" "${@:2}"
  output=$(tr -d '\r' <<< "$output")
}

@test "nginx accepts the configuration without a warning" {
  [ -z "$(cat "$BATS_FILE_TMPDIR/said")" ]
}

@test "every answer has the headers that protect the privacy of visitors" {
  for path in / /c/cats+0123abcd.html /nothing; do
    get $path
    contains "$output" "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    contains "$output" "Referrer-Policy: no-referrer"
    contains "$output" "X-Content-Type-Options: nosniff"
    contains "$output" "Cross-Origin-Opener-Policy: same-origin"
    contains "$output" "Permissions-Policy: camera=(), microphone=(), geolocation=()"
  done
}

@test "browsers get the precompressed files" {
  get /assets/style-0123.css -H 'Accept-Encoding: gzip' -o /dev/null -D -
  contains "$output" "Content-Encoding: gzip"
  contains "$output" "Content-Type: text/css"
}

@test "caches are told that answers depend on Accept-Encoding" {
  for accepted in gzip identity; do
    get /assets/style-0123.css -H "Accept-Encoding: $accepted" -o /dev/null -D -
    contains "$output" "Vary: Accept-Encoding"
  done
}

@test "browsers get Brotli if nginx has its module" {
  [ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || skip "Debian's libnginx-mod-http-brotli-static is not installed"
  get /assets/style-0123.css -H 'Accept-Encoding: gzip, br' -o /dev/null -D -
  contains "$output" "Content-Encoding: br"
  contains "$output" "Vary: Accept-Encoding"
}

@test "assets are cached for a year, pages for minutes, and both can be revalidated" {
  get /assets/style-0123.css
  contains "$output" "Cache-Control: public, max-age=31536000, immutable"
  get /
  contains "$output" "Cache-Control: public, max-age=300"
  contains "$output" "ETag: "
  get / -H "If-None-Match: $(sed -n 's/^ETag: //p' <<< "$output")"
  contains "$output" "304 Not Modified"
}

@test "other sites may load the data but not the pages" {
  get /communities.json
  contains "$output" "Access-Control-Allow-Origin: *"
  contains "$output" "Cross-Origin-Resource-Policy: cross-origin"
  contains "$output" "Content-Type: application/json; charset=utf-8"
  get /card-en.png
  contains "$output" "Cross-Origin-Resource-Policy: cross-origin"
  get /
  [[ $output != *Access-Control* ]]
  contains "$output" "Cross-Origin-Resource-Policy: same-origin"
}

@test "feeds and the OpenSearch description have their own content types" {
  get /feed.atom
  contains "$output" "Content-Type: application/atom+xml; charset=utf-8"
  for feed in /feed.json /feed-de.json; do
    get $feed
    contains "$output" "Content-Type: application/feed+json; charset=utf-8"
    contains "$output" "Access-Control-Allow-Origin: *"
  done
  get /opensearch.xml
  contains "$output" "Content-Type: application/opensearchdescription+xml"
}

@test "the path of a folder without its slash redirects to the folder, also behind a proxy" {
  get '/de?q=cats'
  contains "$output" "301 Moved Permanently"
  contains "$output" $'\nLocation: /de/?q=cats\n'
  get /de/
  contains "$output" "<p>vorn"
  for none in /c /c/ /assets /assets/; do
    get $none
    contains "$output" "404 Not Found"
  done
}

@test "a page is found without .html" {
  get /c/cats+0123abcd
  contains "$output" "<p>cats"
}

@test "a missing page is answered with the site's own 404 page, in the language of its folder" {
  for none in /nothing /c/nothing /no-folder/nothing; do
    get $none
    contains "$output" "404 Not Found"
    contains "$output" "<p>not here"
  done
  get /de/nothing
  contains "$output" "404 Not Found"
  contains "$output" "<p>nicht hier"
}

@test "hidden folders of the publisher are not served; .well-known is" {
  get /.next/index.html
  contains "$output" "404 Not Found"
  [[ $output != *secret* ]]
  get /.well-known/security.txt
  contains "$output" hello
}

@test "URLs of the former listing are redirected" {
  get /instructions/
  contains "$output" "301 Moved Permanently"
  contains "$output" "/instructions.html"
}

@test "only GET and HEAD are allowed" {
  get / -X POST
  contains "$output" "403 Forbidden"
}

@test "the log contains only half of a visitor's address" {
  get /
  contains "$(tail -n 1 "$BATS_FILE_TMPDIR/log/session-communities.log")" '127.0.0.0 ['
}
