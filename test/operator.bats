# Commands for operators: explain, doctor, status, hide, mark, add-source, and what they say of mistakes.

load operator.bash

@test "explain answers from every stage that has a join link" {
  link=$(jq -r '.rooms[]?.join_url // empty' "$DATA/5-communities.ndjson" | sort | sed -n 1p)
  run -0 ask explain WHAT="$link"
  contains "$output" "In the merge (dedupe)"
  contains "$output" "On the site (render)"
  run -0 ask explain WHAT="$link" KNOWN_SERVERS=
  contains "$output" "In the merge (dedupe)"
}

@test "explain knows whom people vouch for, and says which address is left out of a run" {
  link=$(jq -r '.rooms[]?.join_url // empty' "$DATA/5-communities.ndjson" | sort | sed -n 1p)
  address=${link%/*}
  jq -c --arg url "$address" 'select(.base_url == $url) | {kind: "server", base_url, public_keys: [{public_key: .key.public_key}]}' "$DATA/5-communities.ndjson" > "$BATS_TEST_TMPDIR/known"
  run -0 ask explain WHAT="$link" KNOWN_SERVERS="$BATS_TEST_TMPDIR/known"
  contains "$output" "people list this key: it is never a copy"
  cp -r "$DATA" "$BATS_TEST_TMPDIR/less"
  grep -v "^{\"kind\":\"server\",\"base_url\":\"$address\"" "$DATA/3-servers.ndjson" > "$BATS_TEST_TMPDIR/less/3-servers.ndjson"
  run -0 ask explain WHAT="$link" DATA="$BATS_TEST_TMPDIR/less"
  contains "$output" "$address is left out of this run: its page, source or domain has used up its budget; see dedupe(1)"
}

@test "explain of an unknown name says so, and which names it takes" {
  run -2 ask explain WHAT=nobody+01234567
  contains "$output" "make: nothing here is called 'nobody+01234567': no page named it, and no server showed it"
  run -2 ask explain
  contains "$output" "make: explain needs a name: make explain WHAT=cats+0123abcd, or a join link, or a server's id, key or address"
  run -2 ask explain WHAT="x'; touch $BATS_TEST_TMPDIR/ran; '"
  [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "doctor finds nothing wrong in a healthy setup" {
  run -0 ask doctor
  [ "${lines[-1]}" = "nothing is wrong" ]
  contains "$output" "SITE_URL is https://sogs.example"
  run -0 ask doctor OUTPUT=output
  contains "$output" "MB are free for $root"
}

@test "doctor names for all that is wrong the command that helps" {
  : > "$DATA/runs.ndjson"
  truncate -s -3 "$DATA/4-probes.ndjson"
  sed -i '$d' "$DATA/5-communities.ndjson"
  run -2 ask doctor SITE_URL=sogs.example CONTACT= LANGUAGES=nowhere KNOWN_SERVERS=none.ndjson
  contains "$output" "SITE_URL is 'sogs.example': it must be one address that begins with https:// or http://"
  contains "$output" "KNOWN_SERVERS: none.ndjson does not exist"
  contains "$output" "$DATA/runs.ndjson is empty"
  contains "$output" "$DATA/4-probes.ndjson ends in the middle of a line"
  contains "$output" "$DATA/5-communities.ndjson was cut short"
}

@test "hide writes one line with its reason, and the Community is removed from the site at once" {
  site_of
  identifier=$(jq -r '.communities[0].identifier' "$DEMO/../www/communities.json")
  run -0 ask hide WHAT="$identifier" REASON=spam
  contains "$output" "$BATS_TEST_TMPDIR/own/policy.ndjson: {\"kind\":\"annotation\",\"identifier\":\"$identifier\",\"hidden\":true,\"reason\":\"spam\""
  contains "$output" "Communities rebuilt, "
  run -1 grep -rl "$identifier" "$OUTPUT"
  # A second line that contradicts it is refused, and so is a reason that no file explains.
  run -2 ask mark WHAT="$identifier" MARK="hidden=no reason=offensive"
  contains "$output" "make: nothing was written to $BATS_TEST_TMPDIR/own/policy.ndjson"
  contains "$output" 'is already given in'
  run -2 ask hide WHAT="${identifier%+*}+01234567" REASON=spma
  contains "$output" 'spma'
  [ "$(wc -l < "$BATS_TEST_TMPDIR/own/policy.ndjson")" = 1 ]
}

@test "hide and mark take join links, pages, hosts and keys, but no older identifier; trust is given to a whole key only" {
  listed() { jq -r ".communities[$1].$2" "$DEMO/../www/communities.json"; }
  key=$(listed 0 join_url) key=${key##*=} token=$(listed 0 token)
  # Without a listing nothing is made, and nothing is asked.
  mv "$DATA/1-pages.ndjson" "$BATS_TEST_TMPDIR"
  says() { run -0 ask "$@"; tail -n 1 "$BATS_TEST_TMPDIR/own/policy.ndjson"; }
  contains "$(says hide WHAT="$(listed 0 join_url)" REASON=spam)" "\"identifier\":\"$token+$key\",\"hidden\":true"
  contains "$(says hide WHAT="https://sogs.example/c/~cats+01234567.html" REASON=spam)" '"identifier":"Cats+01234567"'
  contains "$(says hide WHAT="$(listed 0 server.base_url)" REASON=spam)" "\"key\":\"$key\""
  contains "$(says hide WHAT=nobody.example:8080 REASON=spam)" '"host":"nobody.example:8080"'
  contains "$(says mark WHAT="$(listed 1 identifier)" MARK="lang=de,fr tags=cats nsfw=no")" '"languages":["de","fr"],"tags":["cats"],"nsfw":false,"reason":"adult"'
  contains "$(says mark WHAT="$(listed 2 identifier)" MARK=pinned=yes)" "\"identifier\":\"$(listed 2 token)+$(listed 2 join_url | sed 's/.*=//')\",\"pinned\":true"
  for words in "hide WHAT=cats+0123 REASON=spam" "hide WHAT=cats+01234567" "hide REASON=spam" "mark WHAT=cats+01234567" \
    "mark WHAT=cats+01234567 MARK=hidden=no" "mark WHAT=cats+01234567 MARK=lang=xx" "mark WHAT=cats+01234567 MARK=colour=red" "mark WHAT=cats+01234567 MARK=pinned=yes"; do
    run -2 ask $words
    contains "$output" "make: "
  done
  [ "$(wc -l < "$BATS_TEST_TMPDIR/own/policy.ndjson")" = 6 ]
}

@test "add-source adds a page to this and every later run; an invalid or known address is refused" {
  site_of
  echo 'http://127.0.0.1:9/new?public_key=118df8c6c471ac0468c7c77e1cdc12f24a139ee8a07c6e3bf4e7855640dad821' > "$BATS_TEST_TMPDIR/page.md"
  run ask add-source WHAT="file:$BATS_TEST_TMPDIR/page.md"
  contains "$(cat "$BATS_TEST_TMPDIR/own/sources.ndjson")" "\"url\":\"file:$BATS_TEST_TMPDIR/page.md\""
  grep -q 127.0.0.1:9 "$DATA/2-joins.ndjson"
  run -2 ask add-source WHAT="file:$BATS_TEST_TMPDIR/page.md"
  contains "$output" "is already a source"
  run -2 ask add-source WHAT="ftp://wiki.example/page"
  contains "$output" "the new line: \"url\" should be a http:, https: or file: URL"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/own/sources.ndjson")" = 1 ]
}

@test "status reports success, what fails since when and why, and a killed run; AFTER_RUN is called after each" {
  site_of
  printf '#!/bin/sh\necho "$1 $(head -c 4 "$2") $(wc -l < "$3")" >> "$0.said"\n' > "$BATS_TEST_TMPDIR/hook"
  chmod +x "$BATS_TEST_TMPDIR/hook"
  run -1 ask status STALE_HOURS=0 DATA="$BATS_TEST_TMPDIR/none" || run -2 ask status DATA="$BATS_TEST_TMPDIR/none"
  contains "$output" "there is no listing yet; make publish makes one"
  # Nobody answers: the world of the demo is not there.
  run -2 ask publish AFTER_RUN="$BATS_TEST_TMPDIR/hook" KNOWN_SERVERS=/dev/null
  run -2 ask status
  contains "$output" "failing      since 20"
  contains "$output" "why          "
  contains "$output" "make doctor, then make publish"
  # The summary is empty: the kept one is of an older run.
  contains "$(cat "$BATS_TEST_TMPDIR/hook.said")" "2  "
  printf '{"began":"2026-11-27T10:00:00Z","succeeded":"2026-11-27T09:00:00Z"}\n' > "$DATA/last-run.json"
  run -2 ask status
  contains "$output" "the run of 2026-11-27T10:00:00Z was killed"
  printf '{"began":"%s","ended":"%s","status":0,"succeeded":"%s"}\n' $(for i in 1 2 3; do date -u +%FT%TZ; done) > "$DATA/last-run.json"
  run -0 ask status
  contains "$output" "all is well"
  # A hook that fails costs nothing but a line.
  me=make DATA=$DATA AFTER_RUN=false run -0 tools/operator/after-run 0
  [ "$output" = "AFTER_RUN failed (1): false" ]
}

@test "the example of AFTER_RUN pings after each run, and sends the output of one that failed" {
  sed -n '/^    #!.bin.sh/,/^$/s/^    //p' tools/OPERATING.md > "$BATS_TEST_TMPDIR/after-run"
  for program in curl mail; do
    printf '#!/bin/sh\n{ echo "%s $*"; [ "$1" = -fsS ] && [ "$4" != -H ] || cat; } >> "%s/said"\n' $program "$BATS_TEST_TMPDIR" > "$BATS_TEST_TMPDIR/$program"
    chmod +x "$BATS_TEST_TMPDIR/$program"
  done
  echo "dns is down" > "$BATS_TEST_TMPDIR/messages"
  PATH=$BATS_TEST_TMPDIR:$PATH sh "$BATS_TEST_TMPDIR/after-run" 0 /dev/null "$BATS_TEST_TMPDIR/messages"
  [ "$(cat "$BATS_TEST_TMPDIR/said")" = "curl -fsS -m 10 https://ping.example/your-id/0" ]
  PATH=$BATS_TEST_TMPDIR:$PATH sh "$BATS_TEST_TMPDIR/after-run" 1 /dev/null "$BATS_TEST_TMPDIR/messages"
  [ "$(grep -c "dns is down" "$BATS_TEST_TMPDIR/said")" = 2 ]
  contains "$(cat "$BATS_TEST_TMPDIR/said")" "mail -s listing failed you@communities.example"
}

@test "misspelt settings are reported with the right name" {
  run -2 ask help OUTPTU=www
  contains "$output" "no variable is called 'OUTPTU' (did you mean OUTPUT?)"
  printf 'SITE_URL https://x.example?a=b\n' > "$BATS_TEST_TMPDIR/local.mk"
  run -2 ask help LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"
  contains "$output" "local.mk:1: write SITE_URL = https://x.example?a=b"
  printf 'proxy = socks5h://127.0.0.1:9050\nPROBE_FLAG = --proxy $(proxy)\n' > "$BATS_TEST_TMPDIR/local.mk"
  run -2 ask help LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"
  contains "$output" "local.mk:2: no variable is called 'PROBE_FLAG' (did you mean PROBE_FLAGS?)"
  run -2 ask serve PORT=http
  contains "$output" "PORT is 'http': it must be a number from 1 to 65535"
}

@test "a mistake in local.mk or on the command line is reported in one sentence, before any request" {
  site_of
  touch "$BATS_TEST_TMPDIR/before"
  local_mk() {
    printf "$1\\n" > "$BATS_TEST_TMPDIR/local.mk"
    said 2 "$2" make --no-print-directory "${3:-publish}" LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"
  }
  unset SITE_URL CONTACT
  local_mk 'SITE_URL = sogs.example' "SITE_URL is 'sogs.example': it must be one address that begins with https:// or http://"
  local_mk 'SITE_URL = https://sogs.example and more' "SITE_URL is 'https://sogs.example and more'"
  local_mk 'SITE_URL =' "SITE_URL is ''" site
  local_mk 'CONTACT = ada@sogs.example' "CONTACT is 'ada@sogs.example': it must be one address that begins with mailto: or https:"
  local_mk 'POLICY = /none/policy' "POLICY names /none/policy, which does not exist"
  local_mk 'JOBS = many' "spread: JOBS is 'many': it must be a number of processes"
  local_mk 'site_url = https://sogs.example' "no variable is called 'site_url' (did you mean SITE_URL?)"
  local_mk 'a line of prose' "local.mk:1:a line of prose: a = is missing after the name"
  local_mk 'STALE_HOURS = three' "make: STALE_HOURS is 'three': it must be a number of hours" status
  run -2 ask publish PROBE_FLAGS="--jbos 3"
  contains "$output" $'probe-servers: unknown option --jbos (did you mean --jobs?); see \'probe-servers --help\'\nthe mistake is in PROBE_FLAGS'
  [ ! "$DATA/.asked" -nt "$BATS_TEST_TMPDIR/before" ]
  # A publish that fails so is a failed run like others.
  run -2 ask status
  contains "$output" "the mistake is in PROBE_FLAGS"
  for port in http 0 080 65536 ''; do said 2 "PORT is '$port': it must be a number from 1 to 65535" make --no-print-directory serve PORT="$port" OUTPUT="$DEMO/../www"; done
  said 2 "no target is called 'pubish' (did you mean publish?)" make --no-print-directory pubish
  said 2 "no target is called 'cats+0123abcd'; give the words as variables: make hide WHAT=cats+0123abcd REASON=spam" make --no-print-directory hide cats+0123abcd spam
  # What make itself allows there stays allowed.
  printf 'mine = 1\ndefine two\nlines of it\nendef\nifeq (a,b)\nSITE_URL = x\nendif\nFETCH_FLAGS = --timeout \\\n 3\n' > "$BATS_TEST_TMPDIR/local.mk"
  run -0 ask help LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"
}

@test "a mistake in the policy is reported with its line and no advice about refused listings; such advice comes with a refused listing" {
  site_of
  { cat sites/policy.ndjson; echo '{"kind":"annotation","identifier":"cats+01234567","hiden":true,"reason":"spam"}'; } > "$BATS_TEST_TMPDIR/policy.ndjson"
  said 2 "policy.ndjson:$(wc -l < "$BATS_TEST_TMPDIR/policy.ndjson"): unknown member \"hiden\"; did you mean \"hidden\"?" make --no-print-directory site POLICY="$BATS_TEST_TMPDIR/policy.ndjson"
  # Half a year later nobody was heard of for longer than the grace.
  touch "$DATA/4-probes.ndjson"
  run -2 ask site GUARD_FLAGS="--now 2027-06-01T00:00:00Z"
  contains "$output" "dedupe: nothing would be listed"
  contains "$output" "If this loss is real, type: make site GUARD_FLAGS=--force"
}

@test "what hide, mark, backup and probe can't do is reported in one sentence" {
  site_of
  identifier=$(jq -r '.communities[0].identifier' "$DEMO/../www/communities.json")
  said 2 "make: hide needs a reason, such as make hide WHAT=$identifier REASON=spam: one of operator-request" make --no-print-directory hide WHAT="$identifier"
  said 2 "make: '${identifier%+*}' is not an identifier, a join link, or a server's id, key or address (did you mean $identifier" make --no-print-directory hide WHAT="${identifier%+*}" REASON=spam
  said 2 "make: 'nobody' is not an identifier, a join link, or a server's id, key or address" make --no-print-directory hide WHAT=nobody REASON=spam
  said 2 "make: /none/at/all.tar.gz: the folder /none/at does not exist" make --no-print-directory backup FILE=/none/at/all.tar.gz
  PARALLEL_SSH=false said 2 "spread: none of the HOSTS (one two) can be reached; 'ssh HOST true' must work for each" make --no-print-directory probe HOSTS="one two"
}

@test "hide refuses a link without its key, which would hide a whole server, and suggests the Community" {
  site_of
  listed() { jq -r ".communities[0].$1" "$DEMO/../www/communities.json"; }
  server=$(listed server.base_url) token=$(listed token) identifier=$(listed identifier)
  for link in "$server/$token" "$server/r/$token/" "${server#*://}/$token?x=y"; do
    said 2 "has no key: a join link ends with ?public_key=…, and a server is its address without a path (did you mean $identifier?)" make --no-print-directory hide WHAT="$link" REASON=spam
  done
  said 2 "make: 'wiki.example/page' is not an address (did you mean https://wiki.example/page?)" make --no-print-directory add-source WHAT=wiki.example/page
  [ ! -e "$BATS_TEST_TMPDIR/own" ]
  # The address alone is the server.
  mv "$DATA/1-pages.ndjson" "$BATS_TEST_TMPDIR"
  run -0 ask hide WHAT="$server/" REASON=spam
  contains "$(cat "$BATS_TEST_TMPDIR/own/policy.ndjson")" '"key":"'
}

@test "of two rooms with one token, hide suggests both" {
  site_of
  jq -c 'select(.rooms) | .rooms |= map(select(.token == "news")) | select(.rooms != []) | .rooms[].identifier = "news+01234567"' "$DATA/5-communities.ndjson" > "$BATS_TEST_TMPDIR/second"
  sed -i "1r $BATS_TEST_TMPDIR/second" "$DATA/5-communities.ndjson"
  said 2 "(did you mean news+01234567 or news+e5565c28?)" make --no-print-directory hide WHAT=news REASON=spam
}

@test "a folder for the site that holds anything else is refused, and so is a name that is empty or can't be read" {
  site_of
  said 2 "OUTPUT is $BATS_TEST_TMPDIR, which holds $DATA: it must be a folder for the site alone" make --no-print-directory site OUTPUT="$BATS_TEST_TMPDIR"
  said 2 "which holds $DATA: it must be" make --no-print-directory site OUTPUT="$DATA/"
  said 2 "it must be a folder for the site alone" make --no-print-directory site OUTPUT=.
  said 2 "OUTPUT is empty: it must name a folder" make --no-print-directory site OUTPUT=
  said 2 "DATA is empty: it must name a folder" make --no-print-directory site DATA=
  said 2 "SITES names $BATS_TEST_TMPDIR/none, which does not exist, or is in a folder that $(id -un) can't read" make --no-print-directory site SITES="$BATS_TEST_TMPDIR/none"
  [ ! -e "$DATA/index.html" ]
}

@test "a folder or a file in the place of another one is named, and no line of it is blamed" {
  site_of
  mkdir "$BATS_TEST_TMPDIR/empty" "$BATS_TEST_TMPDIR/own"
  said 2 "render: sites/reasons.ndjson is named twice, by --languages and by --sites" make --no-print-directory site LANGUAGES=sites
  said 2 "render: sites/reasons.ndjson is named twice, by --sites and by --policy" make --no-print-directory site POLICY=sites/reasons.ndjson
  said 2 "render: $BATS_TEST_TMPDIR/empty: no file *.ndjson or *.tsv is in it; --languages names the folder of languages" make --no-print-directory site LANGUAGES="$BATS_TEST_TMPDIR/empty"
  # A folder that is called as a target is no target.
  said 2 "render: test: no file *.ndjson or *.tsv is in it" make --no-print-directory site LANGUAGES=test
  : > "$BATS_TEST_TMPDIR/nothing"
  run -2 ask refresh SOURCES="$BATS_TEST_TMPDIR/nothing" KNOWN_SERVERS=/dev/null
  contains "$output" "fetch-sources: $BATS_TEST_TMPDIR/nothing: no source is in it; a source is a line like"
  # The policy of one's own may be the only one.
  cp sites/policy.ndjson "$BATS_TEST_TMPDIR/own"
  run -0 ask hide POLICY="$BATS_TEST_TMPDIR/own/policy.ndjson" WHAT=cats+01234567 REASON=spam
}

@test "a truncated file is named with the command that helps, and so is a damaged record of runs" {
  site_of
  cp "$DATA/4-probes.ndjson" "$BATS_TEST_TMPDIR/whole"
  truncate -s -700 "$DATA/4-probes.ndjson"
  run -2 ask site
  contains "$output" "$DATA/4-probes.ndjson ends in the middle of a line; type: make publish, which rebuilds it"
  run -2 ask doctor
  contains "$output" "4-probes.ndjson ends in the middle of a line; make publish rebuilds it"
  cp "$BATS_TEST_TMPDIR/whole" "$DATA/4-probes.ndjson"
  echo garbage > "$DATA/last-run.json"
  run -0 ask status
  contains "$output" "success      20"
  printf '{"began":"%s","ended":"%s","status":0,"succeeded":"2099-01-01T00:00:00Z"}\n' "$(date -u +%FT%TZ)" "$(date -u +%FT%TZ)" > "$DATA/last-run.json"
  run -2 ask status
  contains "$output" "2099-01-01T00:00:00Z, which is in the future: the clock was wrong then, or is now"
  truncate -s -9 "$DATA/5-communities.ndjson"
  run -2 ask doctor
  contains "$output" "$DATA/5-communities.ndjson.old is missing or cut short, too; type: make restore FILE=…"
}

@test "after a wrong clock, an older listing is suggested and not --force" {
  site_of
  sed -i 's/"at":"20[0-9-]*T/"at":"2099-01-01T/g' "$DATA/5-communities.ndjson"
  touch -d '1 hour ago' "$DATA/5-communities.ndjson"
  run -2 ask site
  contains "$output" "this machine's clock is or was wrong"
  contains "$output" "If the clock is right now, type: cp -p $DATA/5-communities.ndjson.old $DATA/5-communities.ndjson, or make restore FILE=…"
  [[ $output != *GUARD_FLAGS* ]]
}

@test "a missing program is named with its package, and no file is blamed for it" {
  site_of
  mkdir "$BATS_TEST_TMPDIR/bin"
  ln -s /usr/bin/* "$BATS_TEST_TMPDIR/bin"
  # without PROGRAM COMMAND...: the command, where that program is missing
  without() {
    mv "$BATS_TEST_TMPDIR/bin/$1" "$BATS_TEST_TMPDIR/away"
    PATH=$BATS_TEST_TMPDIR/bin "${@:2}"
    mv "$BATS_TEST_TMPDIR/away" "$BATS_TEST_TMPDIR/bin/$1"
  }
  for command in status "hide WHAT=cats+01234567 REASON=spam" "explain WHAT=cats"; do
    without jq said 2 "make: this machine has no jq; install Debian's package jq" make --no-print-directory $command
  done
  without jq run -2 ask doctor
  contains "$output" "missing programs: jq"
  [[ $output != *"middle of a line"* ]]
  without flock said 2 "this machine has no flock; install Debian's package util-linux" make --no-print-directory site
  without python3 said 2 "serve needs python3; install Debian's package python3" make --no-print-directory serve OUTPUT="$DEMO/../www"
  run -2 ask doctor AFTER_RUN="/none/hook --now"
  contains "$output" "AFTER_RUN: /none/hook is not a program that $(id -un) can run"
}

@test "after a sudo make, make says which command helps" {
  [ "$(id -u)" = 0 ] || skip "not root"
  site_of
  # Root without the right to write where it may not, as any user; what sudo made belongs to another.
  as_user() { setpriv --bounding-set -dac_override --inh-caps -dac_override "$@"; }
  checkout=$BATS_TEST_TMPDIR/checkout
  mkdir -p "$checkout/build/obj" "$OUTPUT"
  ln -s "$root"/{Makefile,*.mk,packages.txt,tools,sites,languages,test} "$checkout"
  touch "$checkout/build/.packages"
  chown -R 12345 "$checkout/build" "$OUTPUT"
  said 2 "you can't change build/obj; type: sudo chown -R root: build" as_user make --no-print-directory -C "$checkout" CXXFLAGS=-O3
  said 2 "you can't change $OUTPUT; type: sudo chown -R root: $OUTPUT" as_user make --no-print-directory site
  chown 12345 "$DATA/cache"
  said 2 "you can't change $DATA/cache; type: sudo chown -R root: $DATA" as_user make --no-print-directory site
}

@test "the lines for cron and for a crawl in several processes work as in OPERATING.md; cron gets no output when all is well" {
  site_of
  export SOURCES=test/story/demo/sources.ndjson
  sed -n 's/^    [0-9,]* \* \* \* \* //p; s/^    \(make probe JOBS=8\).*/\1 > "$BATS_TEST_TMPDIR\/told"/p' tools/OPERATING.md |
    sed -e "s|/srv/session-communities|'$root'|" > "$BATS_TEST_TMPDIR/lines"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/lines")" = 3 ]
  # shellcheck disable=SC2016 # it is for the shell in the world
  run -0 test/with-world test/story/demo/world.ndjson "$BATS_TEST_TMPDIR/world" sh -euc 'export FETCH_FLAGS="$WORLD_FLAGS" PROBE_FLAGS="$WORLD_FLAGS"; exec 3>&- 4>&-; . "$0"' "$BATS_TEST_TMPDIR/lines"
  [ -z "$output" ] || { echo "$output"; return 1; }
  printf '{"began":"2026-11-27T10:00:00Z","ended":"2026-11-27T10:01:00Z","status":1,"succeeded":"","failing_since":"2026-11-27T10:00:00Z"}\n' > "$DATA/last-run.json"
  run -2 sh -c "$(grep status "$BATS_TEST_TMPDIR/lines")"
  contains "$output" "make: something is wrong with the listing at $DATA: failing since 2026-11-27T10:00:00Z; last success never"
}
