# fetch-sources: source records in, page records out, whatever the sources do.

setup_file() {
  load server/world.bash
  export world=$BATS_FILE_TMPDIR/world
  start_world "$BATS_TEST_DIRNAME/story/sources/world.ndjson" "$world"
}

teardown_file() {
  load server/world.bash
  stop_world "$world"
}

setup() {
  load helper.bash
  load server/world.bash
  world_flags "$world"
  cd "$BATS_TEST_TMPDIR"
}

# source ID URL [MEMBERS]: a source record; MEMBERS is the rest of the object.
source_of() { printf '{"kind":"source","id":"%s","url":"%s"%s}\n' "$1" "$2" "${3:+,$3}"; }

# pages OPTION... < sources: the program in the world, bounded.
pages() { timeout 60 fetch-sources "${flags[@]}" --pause 0.01 "$@"; }

# brief: SOURCE STATUS FROM_CACHE BODY ERROR-WORD of the pages on standard input.
brief() { jq -r '[.source, .status, .from_cache, .body, ((.error // "") | split(":")[0])] | join("|")'; }

asked() { counted "$world" "$1" "[.requests[]] | add // 0"; }

@test "pages come in the order of the sources, and are as their schema says" {
  { source_of c https://list.example/plain; source_of a https://faults.example/good; source_of b https://list.example/list.md; } > sources
  "$root/test/check-schema" source < sources
  run -0 --separate-stderr pages < sources
  [ -z "$stderr" ]
  "$root/test/check-schema" page <<< "$output"
  [ "$(jq -r .source <<< "$output" | xargs)" = "c a b" ]
  [ "$(jq -r .media_type <<< "$output" | xargs)" = "text/plain text/html text/markdown" ]
  contains "$output" 'public_key='
}

@test "large pages behind a slow one wait in a temporary file, and come in their order" {
  { printf '%07000000d' 0 | tr 0 x; } > big.txt
  { source_of slow https://tired.example/slow; for number in {1..12}; do source_of $number file:big.txt; done; } > sources
  pages < sources > out
  [ "$(jq -r '[.source, (.body | length)] | join(" ")' out | xargs)" = \
    "slow 4 $(for number in {1..12}; do echo "$number 7000000"; done | xargs)" ]
  TMPDIR=$PWD/none run -1 --separate-stderr pages < sources
  [ "$stderr" = "fetch-sources: temporary file: No such file or directory" ]
}

@test "every fault is told in its page, and the chain goes on" {
  while read -r path _; do source_of "$path" "https://faults.example/$path"; done > sources <<'END'
500
404
304
empty
image
endless
declared
bomb
headers
garbage
cut
misnamed
stall
drip
loop
far
downgrade
elsewhere
good
END
  { source_of down http://down.example/; source_of expired https://expired.example/
    source_of nowhere http://hidden.onion/; source_of sentinel http://sentinel.example/
    source_of inside http://faults.example/inside; source_of file http://faults.example/file; } >> sources
  run -0 --separate-stderr pages --tries 1 --try-timeout 2 < sources
  [ -z "$stderr" ]
  diff - <(brief <<< "$output") <<'END'
500|500|false||http-error
404|404|false||http-error
304|304|false||http-error
empty|200|false||empty
image|200|false||not-text
endless|200|false||too-big
declared|200|false||too-big
bomb|200|false||too-big
headers|200|false||too-big
garbage|0|false||broken
cut|200|false||broken
misnamed|200|false||broken
stall|0|false||timeout-read
drip|200|false||timeout-read
loop|302|false||redirect
far|302|false||redirect
downgrade|302|false||redirect
elsewhere|200|false|plain|
good|200|false|good|
down|0|false||refused
expired|0|false||tls
nowhere|0|false||dns
sentinel|0|false||blocked-address
inside|0|false||blocked-address
file|302|false||redirect
END
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
  "$root/test/check-schema" page <<< "$output"
}

@test "a source is asked under a name with a URL, and under the operator's if there is one" {
  pages < <(source_of a https://list.example/plain) > /dev/null
  pages --user-agent 'us (+https://us.example/)' < <(source_of a https://list.example/plain) > /dev/null
  run -0 counted "$world" list.example '.user_agents | keys[]'
  contains "$output" 'us (+https://us.example/)'
  [[ $output =~ session-communities/[0-9.]+\ \(\+https://[^\ ]+\) ]]
}

@test "gzip, deflate, brotli and zstd are unpacked" {
  for packing in gzip deflate br zstd; do source_of $packing https://packed.example/$packing; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r .body <<< "$output" | sort | uniq -c | xargs)" = "4 Grüße" ]
}

@test "text in any encoding becomes UTF-8; what can't be read is replaced" {
  encoded() { printf '%b' "$3" > "$1"; source_of "$2" "file:$1"; }
  { encoded a.txt utf-8 'Gr\xc3\xbc\xc3\x9fe'
    encoded b.txt windows-1252 'Gr\xfc\xdfe \x84x\x93'
    encoded c.txt bom-8 '\xef\xbb\xbfGr\xc3\xbc'
    encoded d.txt bom-16le '\xff\xfeG\x00r\x00\xfc\x00'
    encoded e.txt bom-16be '\xfe\xff\x00G\x00r\x00\xfc'
    encoded f.html meta '<meta charset="koi8-r">\xd0\xd2'
    encoded g.html meta-old "<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x93\xfa"
    encoded h.html xml '<?xml version="1.0" encoding="iso-8859-2"?>\xb1'
    encoded i.html meta-unknown '<meta charset="../../etc/x">Gr\xfc'
    encoded j.html meta-lies '<meta charset="utf-16">Gr\xc3\xbc'
    encoded k.html broken-8 '<meta charset=utf8>Gr\xc3\xbc\xff\xc3'
    encoded o.html beyond-8 '<meta charset=utf8>a\xf4\xa5\xa5\xa5\xed\xa0\x80\xc0\x80z'
    encoded l.json json '"Gr\xc3\xbc\xff"'
    encoded m.txt nul 'ä\x00b'
    encoded p.txt utf-16-unsaid 'a\x00'
    encoded q.html iso-2022-jp '<meta charset=iso-2022-jp>\x1b$BF|\x1b(B'
    encoded n.html hebrew '<meta charset=windows-1255>\xf9\xc1'
  } > sources
  run -0 --separate-stderr fetch-sources < sources
  diff - <(jq -r '[.source, (.body | gsub("<[^>]*>"; ""))] | join(" ")' <<< "$output") <<'END'
utf-8 Grüße
windows-1252 Grüße „x“
bom-8 Grü
bom-16le Grü
bom-16be Grü
meta пр
meta-old 日
xml ą
meta-unknown Grü
meta-lies Grü
broken-8 Grü��
beyond-8 a���������z
json "Grü�"
nul ä�b
utf-16-unsaid a�
iso-2022-jp 日
hebrew שֱ
END
}

@test "the encoding that the server names is preferred to the page's" {
  for page in served koi8; do source_of $page https://encodings.example/$page; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '.body | split(">")[-1]' <<< "$output" | xargs)" = "Grüße пр" ]
}

@test "a wrong name for the encoding costs no link" {
  for page in no-utf-16 no-sjis no-utf-8; do source_of $page https://encodings.example/$page; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '.body | split("http")[0]' <<< "$output" | xargs)" = "“ “ é" ]
  [ "$(extract-joins <<< "$output" | wc -l)" = 3 ]
}

@test "an unchanged page costs a 304, by tag or by date" {
  { source_of tag https://list.example/list.md; source_of date https://list.example/dated; } > sources
  pages --cache cache < sources > first
  before=$(counted "$world" list.example .not_modified)
  pages --cache cache < sources > second
  [ "$(counted "$world" list.example .not_modified)" = $((before + 2)) ]
  [ "$(jq -c '[.status, .from_cache]' second | xargs)" = "[304,false] [304,false]" ]
  diff <(jq -r .body first) <(jq -r .body second)
}

@test "a page that changed is fetched anew" {
  source_of a https://changing.example/edited > sources
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|one|" ]
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|two|" ]
  [ "$(pages --cache cache < sources | brief)" = "a|304|false|two|" ]
}

@test "an error page, a blank one and one that shrinks to nothing leave the last good copy" {
  for page in error blank shrinks; do source_of $page https://changing.example/$page; done > sources
  pages --cache cache < sources > first
  run -0 --separate-stderr pages --cache cache --tries 1 < sources
  [ -z "$stderr" ]
  diff <(jq -r .body first) <(jq -r .body <<< "$output")
  diff <(jq -r .fetched_at first) <(jq -r .fetched_at <<< "$output")
  "$root/test/check-schema" page <<< "$output"
  [ "$(jq -c '[.source, .from_cache, .status, (.error | split(":")[0])]' <<< "$output" | xargs)" = \
    "[error,true,500,http-error] [blank,true,200,empty] [shrinks,true,200,empty]" ]
}

@test "a source that is down gives its last good copy, with its age" {
  source_of a https://changing.example/steady > sources
  pages --cache cache < sources > first
  sed -i 's/"fetched_at":"[^"]*"/"fetched_at":"2026-01-02T03:04:05Z"/' cache/*/*.json
  flags=(--connect-to changing.example:443:127.77.255.1:9999 --allow-private 127.77.0.0/16)
  run -0 --separate-stderr pages --cache cache --tries 1 < sources
  [ "$(brief <<< "$output")" = "a|0|true|known|refused" ]
  [ "$(jq -r .fetched_at <<< "$output")" = 2026-01-02T03:04:05Z ]
}

@test "a small page is taken at its word when it has stayed small for a week" {
  source_of a https://list.example/tags > sources
  pages --cache cache < sources > /dev/null
  body=$(head -c 5000 /dev/zero | tr '\0' x)
  sed -i "s/\"body\":\"tagged\"/\"body\":\"$body\"/" cache/*/*.json
  [ "$(pages --cache cache < sources | jq -c '[.from_cache, (.body | length)]')" = "[true,5000]" ]
  sed -i 's/"fetched_at":"[^"]*"/"fetched_at":"2026-01-02T03:04:05Z"/' cache/*/*.json
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|tagged|" ]
}

@test "offline asks nobody" {
  { source_of a https://list.example/plain; source_of b https://list.example/unknown; } > sources
  pages --cache cache < sources > /dev/null
  before=$(asked list.example)
  run -0 --separate-stderr pages --cache cache --offline < sources
  [ "$(asked list.example)" = "$before" ]
  [ "$(brief <<< "$output" | xargs)" = "a|0|true|plain|offline b|0|false||offline" ]
  run -2 pages --offline < sources
}

@test "a damaged copy is not used, and a note says so" {
  source_of a https://list.example/plain > sources
  pages --cache cache < sources > /dev/null
  for damage in 'not json' '{"kind":"copy"}' '{"kind":"page"}' '' '{"kind":"copy","url":"https://other.example/","final_url":"","fetched_at":"2026-01-02T03:04:05Z","media_type":"","body":"wrong"}' '{"kind":"copy","url":"https://list.example/plain","final_url":"","fetched_at":"soon","media_type":"","body":"wrong"}'; do
    printf '%s' "$damage" > cache/*/*.json
    run -0 --separate-stderr pages --cache cache < sources
    contains "$stderr" "not used: "
    [ "$(brief <<< "$output")" = "a|200|false|plain|" ]
    run -0 --separate-stderr pages --cache cache < sources
    [ -z "$stderr" ]
  done
}

@test "no file is named by what a source or a URL says" {
  { source_of ../../escaped https://list.example/plain; source_of 'a/b' https://list.example/dated?../../x; } > sources
  pages --cache deep/cache < sources > /dev/null
  [ "$(find . -name '*.json' | grep -cvE '^\./deep/cache/[0-9a-f]{64}/[0-9a-f]{64}\.json$')" = 0 ]
  [ "$(find . -type f | grep -c json)" -ge 1 ]
}

@test "a folder for copies that can't be written is an error" {
  touch file
  run -1 --separate-stderr pages --cache file/cache < <(source_of a https://list.example/plain)
  contains "$stderr" "fetch-sources: file/cache: "
  [ -z "$output" ]
}

@test "a server that is tired is asked again, after a pause" {
  source_of a https://tired.example/twice > sources
  [ "$(pages < sources | brief)" = "a|200|false|at last|" ]
  [ "$(jq -s 'map(select(.target == "/twice")) | length' "$world/requests.ndjson")" = 3 ]
}

@test "pauses between tries grow" {
  [ "$(timeout 60 fetch-sources "${flags[@]}" --pause 0.2 < <(source_of a https://tired.example/grows) | brief)" = "a|200|false|at last|" ]
  mapfile -t times < <(jq 'select(.target == "/grows").seconds' "$world/requests.ndjson")
  jq -en "${times[1]} - ${times[0]} >= 0.1 and ${times[2]} - ${times[1]} >= 0.2"
}

@test "Retry-After is waited for" {
  source_of a https://tired.example/waits > sources
  [ "$(pages < sources | brief)" = "a|200|false|thanks|" ]
  mapfile -t times < <(jq 'select(.target == "/waits").seconds' "$world/requests.ndjson")
  [ "${#times[@]}" = 2 ]
  jq -en "${times[1]} - ${times[0]} >= 1"
}

@test "a server that asks for a long silence is left alone by the next runs, too" {
  source_of a https://tired.example/hour > sources
  pages --cache cache < sources > /dev/null
  run -0 pages --cache cache < sources
  [ "$(brief <<< "$output")" = "a|429|true|before|http-error" ]
  before=$(asked tired.example)
  run -0 pages --cache cache < sources
  [ "$(brief <<< "$output")" = "a|0|true|before|not-before" ]
  [ "$(asked tired.example)" = "$before" ]
}

@test "no server is promised more than a day of silence" {
  { source_of a https://tired.example/forever; source_of b https://list.example/plain; } > sources
  pages --cache cache < sources > /dev/null
  until=$(jq -r 'select(.not_before).not_before' cache/*/*.json)
  [ "$(date -ud "$until" +%s)" -gt "$(date -ud '+1 day -1 minute' +%s)" ]
  [ "$(date -ud "$until" +%s)" -le "$(date -ud '+1 day +1 minute' +%s)" ]
}

@test "links that follow matches are fetched in the order of the page, once, on its host, and no deeper" {
  source_of i https://index.example/ '"follow":"/view\\?id="' > sources
  before=$(asked list.example)
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '[.source, .url, .body | split("<")[0]] | join(" ")' <<< "$output" | tail -n +2)" = \
"i https://index.example/view?id=3 three
i https://index.example/view?id=1&x one 
i https://index.example/view?id=2 two
i https://index.example/view?id=4 " ]
  [ "$(jq -r '.error // empty' <<< "$output")" = "redirect: redirects to another host, list.example" ]
  [ "$(asked list.example)" = "$before" ]
}

@test "links are relative to the <base> of the page" {
  source_of i https://index.example/based '"follow":"view"' > sources
  [ "$(pages < sources | jq -r .body | tail -n 1)" = five ]
}

@test "a million unfinished links end nowhere, and soon" {
  for number in 1 2 3 4 5 6; do source_of $number https://unfinished.example/$number '"follow":"."'; done > sources
  run -0 --separate-stderr timeout 40 fetch-sources "${flags[@]}" --max-pages 3 --tries 1 < sources
  [ "$(jq -r 'select(.body != "") | .source' <<< "$output" | sort -u | xargs)" = "1 2 3 4 5 6" ]
}

@test "no more pages of a source are fetched than allowed" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  [ "$(pages --max-pages 3 < sources | wc -l)" = 3 ]
  [ "$(pages --max-pages 1 < sources | wc -l)" = 1 ]
}

@test "a host is asked for a few pages at a time" {
  source_of c https://crowd.example/ '"follow":"/p[0-9]"' > sources
  [ "$(pages < sources | jq -r .body | tail -n +2 | xargs)" = "1 2 3 4 5 6 7 8" ]
  [ "$(counted "$world" crowd.example .max_open)" = 2 ]
}

@test "copies of pages that a source no longer leads to are dropped, others stay" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  pages --cache cache < sources > /dev/null
  pages --cache cache < <(source_of other https://list.example/plain) > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | wc -l)" = 5 ]
  pages --cache cache --max-pages 2 < sources > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | sort | xargs)" = \
    "https://index.example/ https://index.example/view?id=3 https://list.example/plain" ]
}

@test "the time of a source is bounded, and the others are none the worse" {
  { source_of slow https://faults.example/stall; source_of good https://list.example/plain; } > sources
  run -0 --separate-stderr pages --timeout 1 --tries 20 < sources
  [ "$(brief <<< "$output" | cut -d'|' -f1,4 | xargs)" = "slow| good|plain" ]
}

@test "pages too big together end a source, the rest comes from copies" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  run -0 --separate-stderr pages --max-bytes 200 < sources
  [ "$(jq -r .body <<< "$output" | sed -n 2p)" = three ]
  run -0 --separate-stderr pages --max-bytes 20 < <(source_of a https://list.example/plain; source_of b https://index.example/)
  [ "$(brief <<< "$output" | cut -d'|' -f1,2,5 | xargs)" = "a|200| b|200|too-big" ]
}

@test "a file that a person names is read, from here or by its whole path" {
  printf näh > list.md
  { source_of a file:list.md; source_of b "file://$PWD/list.md"; source_of c file:./list.md; } > sources
  run -0 --separate-stderr fetch-sources < sources
  [ "$(jq -r '[.status, .media_type, .body] | join("|")' <<< "$output" | sort | uniq -c | xargs)" = "3 0|text/markdown|näh" ]
}

@test "what is no regular file is not read" {
  echo x > list.md
  mkfifo pipe
  { source_of a file:list.md; source_of b file:///dev/zero; source_of c file:.; source_of d file:pipe; source_of e file:none; source_of f file:-; } > sources
  run -0 --separate-stderr timeout 10 fetch-sources < sources
  [ "$(jq -r '(.error // "none") | split(":")[0]' <<< "$output" | xargs)" = "none file file file file file" ]
}

@test "where nothing answers at all, the status is 1 and the first reason is told" {
  { source_of a http://down.example/; source_of b https://faults.example/404; } > sources
  run -1 --separate-stderr pages --tries 1 < sources
  contains "$stderr" "fetch-sources: no source answered, and there is no copy of any; the first: "
  [ "$(wc -l <<< "$output")" = 2 ]
  [ "$(wc -l <<< "$stderr")" = 1 ]
}

@test "no sources are no failure" {
  run -0 fetch-sources < /dev/null
  [ -z "$output" ]
}

@test "a source that can't be used is named by file and line" {
  while IFS='|' read -r line expected; do
    run -1 --separate-stderr fetch-sources <<< "$line"
    contains "$stderr" "fetch-sources: stdin:1: $expected"
  done <<'END'
{"kind":"source","id":"a"}|"url" is missing
{"kind":"source","url":"https://a.example/"}|"id" is missing
{"kind":"source","id":"","url":"https://a.example/"}|"id" should not be empty
{"kind":"source","id":1,"url":"https://a.example/"}|"id" should be a string
{"kind":"source","id":"a","url":"ftp://a.example/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://u:p@a.example/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://a.example:25/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"file://host/list.md"}|"url" should be file:NAME or file:///NAME
{"kind":"source","id":"a","url":"file:"}|"url" should be file:NAME or file:///NAME
{"kind":"source","id":"a","url":"a.example"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://a.example/","follow":"("}|"follow" should be a regular expression
END
}

@test "tags and members of tomorrow are handed on to the pages" {
  run -0 pages < <(source_of a https://list.example/plain '"tags":["t"],"note":"n","later":[1.50]')
  [ "$(jq -c '[.tags, .note]' <<< "$output")" = '[["t"],null]' ]
  contains "$output" '"later":[1.50]'
}

@test "with -v each fault is told, and a summary ends the run" {
  { source_of a https://list.example/plain; source_of b https://faults.example/404; } > sources
  run -0 --separate-stderr pages -v < sources
  contains "$stderr" "fetch-sources: b: https://faults.example/404: http-error: status 404"
  contains "${stderr##*$'\n'}" "2 sources, 2 pages: 1 fresh, 0 unchanged, 0 from copies, 1 without text; 2 requests"
}

@test "on a terminal progress shows, and is gone in the end" {
  { source_of a https://list.example/plain; source_of b https://faults.example/stall; } > sources
  TERM=xterm run -0 script -qec "fetch-sources ${flags[*]@Q} --tries 1 --timeout 1 sources > /dev/null" typescript
  contains "$output" "of 2 sources"
  [[ $output == *$'\r\033[K' ]]
}

@test "whatever befalls a source, the chain goes on, says so, and keeps every link it knew" {
  { source_of sick http://sick.example/ '"follow":"id="'; source_of well https://list.example/list.md; } > sources
  joins() { pages --tries 1 --try-timeout 1 --cache cache < sources | tee pages.ndjson | extract-joins | jq -r .join_url | sort -u; }
  joins > known
  [ "$(grep -c public_key known)" = 2 ]
  while read -r behaviour; do
    "$root/test/server/tell.py" "$world" set sick.example "{\"behaviour\":$behaviour}"
    run -0 --separate-stderr joins
    [ -z "$stderr" ]
    diff known - <<< "$output" || { echo "after $behaviour"; false; }
    [ "$(jq -c 'select(.source == "sick") | [.from_cache, has("error")]' pages.ndjson | sort -u)" = "[true,true]" ]
  done <<'END'
"down"
"silent"
"stall"
{"is":"status","code":500}
{"is":"status","code":403}
"empty-body"
"endless"
"endless-headers"
"gzip-bomb"
"zstd-bomb"
"truncated"
"garbage"
"reset"
"redirect-loop"
{"is":"redirect","to":"http://sentinel.example/"}
{"is":"redirect","to":"http://169.254.169.254/latest"}
"declared-huge"
"chunk-huge"
"drip"
END
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}

# proxy: plays one that leads into the world; its port is in $port, what it was asked for in ./asked.
proxy() {
  "$root/test/server/proxy.py" "$world" . 3>&- &
  proxy=$!
  until [ -e port ]; do sleep 0.05; kill -0 $proxy; done
  port=$(cat port)
}

teardown() { if [ -n "${proxy-}" ]; then kill "$proxy"; fi; }

@test "through a SOCKS proxy everything is asked by name, http and https" {
  proxy
  { source_of a https://list.example/plain; source_of b http://list.example/plain; source_of c http://hidden.onion/; } > sources
  run -0 --separate-stderr timeout 30 fetch-sources --proxy "socks5h://127.0.0.1:$port" --cacert "$world/ca.pem" sources
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain an onion service" ]
  [ "$(sort asked | xargs)" = "socks5 hidden.onion:80 socks5 list.example:443 socks5 list.example:80" ]
}

@test "an HTTP proxy tunnels https and is asked for http" {
  proxy
  { source_of a https://list.example/plain; source_of b http://list.example/plain; } > sources
  run -0 --separate-stderr timeout 30 fetch-sources --proxy "http://127.0.0.1:$port" --cacert "$world/ca.pem" sources
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain" ]
  [ "$(sort asked | xargs)" = "connect list.example:443 http list.example:80" ]
}

@test "a proxy for onions serves onions only" {
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

@test "a proxy in the environment is not used" {
  proxy
  export http_proxy=http://127.0.0.1:$port https_proxy=http://127.0.0.1:$port ALL_PROXY=http://127.0.0.1:$port
  run -0 pages < <(source_of a https://list.example/plain; source_of b http://list.example/plain)
  [ "$(jq -r .body <<< "$output" | xargs)" = "plain plain" ]
  [ ! -s asked ]
}

@test "no proxy is asked for an address that is not public, nor for localhost" {
  proxy
  for url in http://127.0.0.1/ http://2130706433/ http://[::1]/ http://10.0.0.1/ http://localhost/ http://a.localhost/; do
    source_of "$url" "$url"
  done > sources
  run -1 --separate-stderr timeout 30 fetch-sources --proxy "socks5h://127.0.0.1:$port" sources
  [ "$(jq -r '.error | split(":")[0]' <<< "$output" | sort | uniq -c | xargs)" = "6 blocked-address" ]
  [ ! -s asked ]
}
