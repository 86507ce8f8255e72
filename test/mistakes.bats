# Mistakes of operators, and what is said about each: in the files that they write, and in what they type.

load operator.bash

# A site, and a folder of the operator's own templates and texts for it: $own.
own_folder() {
  site_of
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/translations"
}

# set_there LINE WORDS [COMMAND]: what is said if this line is in local.mk.
set_there() {
  printf '%s\n' "$1" > "$BATS_TEST_TMPDIR/local.mk"
  said 2 "$2" make --no-print-directory LOCAL_MK="$BATS_TEST_TMPDIR/local.mk" ${3:-site}
}

@test "a setting with a colon, with - for _, or with a quote in it is not misunderstood" {
  site_of
  set_there 'SITE_URL: https://x.example' "local.mk:1: write SITE_URL = https://x.example"
  set_there 'SITE-URL = https://x.example' "no variable is called 'SITE-URL' (did you mean SITE_URL?)"
  set_there 'site-url = https://x.example' "no variable is called 'site-url' (did you mean SITE_URL?)"
  set_there "LICENCE = don't" "LICENCE is 'don't': it must be an SPDX identifier"
  set_there 'STALE_HOURS = 0' "STALE_HOURS is '0': it must be a number of hours, 1 or more" status
  set_there "DATA = $BATS_TEST_TMPDIR/o'data" "DATA is '$BATS_TEST_TMPDIR/o'data': it must be a name without spaces, quotes and the like"
  echo "CONTACT = mailto:o'neill@x.example" > "$BATS_TEST_TMPDIR/local.mk"
  run -0 ask site CONTACT="mailto:o'neill@x.example"
  grep -q "mailto:o&#39;neill@x.example" "$OUTPUT/about.html"
  run ask doctor CONTACT="mailto:o'neill@x.example"
  contains "$output" "the User-Agent has mailto:o'neill@x.example"
}

@test "to hide or mark the same thing again is no mistake, and a contradiction is reported with what to do" {
  site_of
  run -0 ask mark WHAT=cats+0123abcd MARK="lang=de"
  run -0 --separate-stderr ask mark WHAT=cats+0123abcd MARK="lang=de"
  contains "$output" "nothing to do: $BATS_TEST_TMPDIR/own/policy.ndjson says so already: {"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/own/policy.ndjson")" = 1 ]
  run -0 ask hide WHAT=cats+0123abcd REASON=spam
  run -0 --separate-stderr ask hide WHAT=cats+0123abcd REASON=offensive
  contains "$output" "nothing to do: it is hidden already; for another reason, change $BATS_TEST_TMPDIR/own/policy.ndjson:2: {"
  run -2 ask mark WHAT=cats+0123abcd MARK="hidden=no reason=spam"
  contains "$output" "the new line: \"hidden\" of \"cats+0123abcd\" is already given in $BATS_TEST_TMPDIR/own/policy.ndjson:2"
  contains "$output" "change or remove line 2 of $BATS_TEST_TMPDIR/own/policy.ndjson, then type this again"
  said 2 "'german' is not the code of a language (did you mean de?)" make --no-print-directory mark WHAT=cats+0123abcd MARK=lang=german
}

@test "add-source says what is no address, and suggests what it may be" {
  site_of
  said 2 "'not a url' is not the address of a page, such as https://" make --no-print-directory add-source WHAT="not a url"
  said 2 "'mailto:ada@x.example' is not the address of a page" make --no-print-directory add-source WHAT=mailto:ada@x.example
  said 2 "'https://' has no host" make --no-print-directory add-source WHAT=https://
  said 2 "'$BATS_TEST_TMPDIR/mine.md' is not an address (did you mean file:$BATS_TEST_TMPDIR/mine.md?)" \
    make --no-print-directory add-source WHAT="$BATS_TEST_TMPDIR/mine.md"
  said 2 "'//x.example/a' is not an address (did you mean https://x.example/a?)" make --no-print-directory add-source WHAT=//x.example/a
  for url in 'https://wiki.example/a b' javascript:alert\(1\); do
    said 2 "'$url' is not the address of a page, such as https://" make --no-print-directory add-source WHAT="$url"
  done
  said 2 "'https://x.example/cats?public_key=01' is a join link, not a page with join links" make --no-print-directory add-source WHAT='https://x.example/cats?public_key=01'
  said 2 "'x.example:8080/a' is not an address (did you mean https://x.example:8080/a?)" make --no-print-directory add-source WHAT=x.example:8080/a
  # The id of a file is its name; a number is added only if exactly this id is taken.
  cp "$BATS_TEST_TMPDIR/mine.md" "$BATS_TEST_TMPDIR/ine"
  run ask add-source WHAT="file:$BATS_TEST_TMPDIR/ine"
  [ "$(jq -r .id "$BATS_TEST_TMPDIR/own/sources.ndjson")" = ine ]
}

@test "add-source says what the page had, also if the crawl of the servers fails" {
  site_of
  echo 'no link' > "$BATS_TEST_TMPDIR/none"
  run -2 ask add-source WHAT="file:$BATS_TEST_TMPDIR/none"
  contains "$output" "0 links found at none"
  run -2 ask add-source WHAT="file:$BATS_TEST_TMPDIR/missing"
  contains "$output" "nothing could be read at missing: the file can't be read"
  contains "$output" "each run tries it again, until its line is removed from $BATS_TEST_TMPDIR/own/sources.ndjson"
}

@test "a line of a source without its kind, or with a name in capital letters, is reported with file and line" {
  site_of
  while IFS='|' read -r line words; do
    echo "$line" > "$SOURCES"
    run -2 ask refresh
    contains "$output" "fetch-sources: $SOURCES:1: $words"
  done <<'END'
{"id":"a","url":"https://a.example"}|"kind" is missing or no text
{"kind":"source","id":"a","URL":"https://a.example"}|unknown member "URL"; did you mean "url"?
{"kind":"source","Id":"a","url":"https://a.example"}|unknown member "Id"
{"kind":"source","url":"https://a.example"}|"id" is missing
END
}

@test "a file with a space in its name is named, and files of editors are no templates" {
  site_of
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/static" "$own/translations" "$own/.git"
  for left in .#about.html ._about.html '#about.html#' about.html~ about.html.bak .git/about.html static/notes.txt~ static/.DS_Store translations/._de.txt; do
    echo '{{no_such_name}}' > "$own/$left"
  done
  run -0 --separate-stderr ask site SITES="$own"
  [ -z "$(find "$OUTPUT" -name '*~' -o -name '.DS_Store' -o -name '*#*')" ]
  cp sites/about.html "$own/about (copy).html"
  said 2 "$own/about (copy).html: rename or remove this file: its name has a space" make --no-print-directory site SITES="$own"
}

@test "a byte order mark is no text, and a file that is not UTF-8 is named with the line" {
  own_folder
  printf '\xef\xbb\xbfsite_name = Rooms of mine\r\n' > "$own/translations/en.txt"
  printf '\xef\xbb\xbf<p>{{t.site_name}}</p>\r\n' > "$own/privacy.html"
  run -0 --separate-stderr ask site SITES="$own"
  [ "$(head -c 20 "$OUTPUT/privacy.html")" = "<p>Rooms of mine</p>" ]
  printf '# M\xfcnchen\nsite_name = M\xfcnchen\n' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:1: this is not UTF-8; save the file as UTF-8" make --no-print-directory site SITES="$own"
  rm "$own/translations/en.txt"
  printf '<p>\n<p>M\xfcnchen' > "$own/privacy.html"
  said 2 "render: $own/privacy.html:2: this is not UTF-8" make --no-print-directory site SITES="$own"
}

@test "a mistake in an own text names the own file, and a name that is nearly right is noticed" {
  own_folder
  printf 'site_name = Rooms\nsite_nam = Rooms\n' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:2: no text is called \"site_nam\"; did you mean \"site_name\"?" \
    make --no-print-directory site SITES="$own"
  echo 'site_name = {{rooms' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:1: site_name:1: this tag is not closed" make --no-print-directory site SITES="$own"
  echo 'site_name =' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:1: \"site_name\" is empty" make --no-print-directory site SITES="$own"
  printf 'reason_spma = Junk\nreason_ours = Ours\n' > "$own/translations/en.txt"
  run -0 --separate-stderr ask site SITES="$own"
  [ "$stderr" = "render: $own/translations/en.txt:1: \"reason_spma\" takes the place of no text; did you mean \"reason_spam\"?" ]
  rm "$own/translations/en.txt"
  cp sites/about.html "$own/abuot.html"
  run -0 --separate-stderr ask site SITES="$own"
  [ "$stderr" = "render: $own/abuot.html takes the place of no file; did you mean about.html?" ]
  mv "$own/abuot.html" "$own/rules.html"
  run -0 --separate-stderr ask site SITES="$own"
  [ -z "$stderr" ]
}

@test "what is no JSON is explained in words" {
  mkdir -p "$BATS_TEST_TMPDIR/own"
  while IFS='|' read -r line words; do
    printf "$line" > "$BATS_TEST_TMPDIR/own/policy.ndjson"
    said 2 "render: $BATS_TEST_TMPDIR/own/policy.ndjson:1: expected one JSON object on this line: $words" make --no-print-directory check-languages
  done <<'END'
\n|it is empty
{'kind':'annotation'}\n|expected a name in double quotes
{"kind":"annotation",}\n|expected a name in double quotes
{"kind":annotation}\n|expected a value: a text in double quotes
{\0\n|a NUL byte, as in UTF-16
END
}

@test "a site in a folder of the project, and a folder that is a file, are refused before anything is written" {
  site_of
  for folder in sites/x languages/x tools build "$BATS_TEST_TMPDIR/own"; do
    run -2 ask site OUTPUT="$folder"
    contains "$output" "it must be a folder for the site alone"
    [ ! -e "$folder/index.html" ] || [ "$folder" = sites ]
  done
  said 2 "DATA is 'README.md', which is not a folder that $(id -un) can open" make --no-print-directory site DATA=README.md
  said 2 "SITES is 'README.md', which is not a folder that $(id -un) can open" make --no-print-directory site SITES=README.md
  long=$(printf 'x%.0s' {1..300})
  said 2 "$BATS_TEST_TMPDIR/$long: File name too long" make --no-print-directory site OUTPUT="$BATS_TEST_TMPDIR/$long"
}

@test "nobody is told to take a folder of the whole machine" {
  [ "$(id -u)" = 0 ] || skip "not root"
  as_user() { setpriv --bounding-set -dac_override --inh-caps -dac_override "$@"; }
  site_of
  mkdir "$BATS_TEST_TMPDIR/theirs"
  chown nobody "$BATS_TEST_TMPDIR/theirs"
  own=$BATS_TEST_TMPDIR/theirs/communities
  said 2 "you can't change $BATS_TEST_TMPDIR/theirs, in which the new site is made; type: sudo install -d -o root $own, then make site OUTPUT=$own/site" \
    as_user make --no-print-directory site OUTPUT="$BATS_TEST_TMPDIR/theirs/www"
  # A folder that may hold other things than a listing stays its owner's.
  mkdir "$BATS_TEST_TMPDIR/home"
  touch "$BATS_TEST_TMPDIR/home/letter"
  chown nobody "$BATS_TEST_TMPDIR/home"
  said 2 "you can't change $BATS_TEST_TMPDIR/home, which may hold other things than a listing; type: sudo install -d -o root $BATS_TEST_TMPDIR/home/communities, then make refresh OUTPUT=$BATS_TEST_TMPDIR/home/communities/…" \
    as_user make --no-print-directory refresh OUTPUT="$BATS_TEST_TMPDIR/home"
  # One that can't be listed is not taken for an empty one.
  chmod 711 "$BATS_TEST_TMPDIR/home"
  ask site > /dev/null
  said 2 "you can't change $BATS_TEST_TMPDIR/home; type: sudo -u nobody make refresh DATA=$BATS_TEST_TMPDIR/home" \
    setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search make --no-print-directory refresh DATA="$BATS_TEST_TMPDIR/home"
  said 2 "you can't change /proc, in which the new site is made; type: make site OUTPUT=…" as_user make --no-print-directory site OUTPUT=/proc/www
}

@test "what can't be read is named, the web server can read a site whatever the umask is, and make says where it works" {
  site_of
  (umask 077; ask site > /dev/null)
  [ -z "$(find "$OUTPUT" -type f ! -perm -444 -o -type d ! -perm -555)" ]
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/help"
  echo '<p>help</p>' > "$own/help/faq.html"
  said 2 "this is not the folder of the project; type: make -C $root status" make -f "$root/Makefile" -C / --no-print-directory status
  [ "$(id -u)" = 0 ] || skip "not root"
  chmod 700 "$own/help"
  chown nobody "$own/help"
  said 2 "$own/help: root can't read it; type: sudo chmod -R a+rX $own/help" \
    setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search make --no-print-directory site SITES="$own"
}

@test "a link to nothing in a folder of the site is named, and nobody is told to change its mode" {
  site_of
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/help"
  ln -s nothing "$own/help/link.html"
  said 2 "$own/help/link.html: this is a link to a file that does not exist; correct or remove it" make --no-print-directory site SITES="$own"
}

@test "own lines keep the mode of their file, and a link to it" {
  mkdir "$BATS_TEST_TMPDIR/own"
  : > "$BATS_TEST_TMPDIR/lines"
  chmod 664 "$BATS_TEST_TMPDIR/lines"
  ln -s ../lines "$BATS_TEST_TMPDIR/own/policy.ndjson"
  site_of
  (umask 077; ask mark WHAT=cats+0123abcd MARK=lang=de)
  [ -L "$BATS_TEST_TMPDIR/own/policy.ndjson" ]
  grep -q cats "$BATS_TEST_TMPDIR/lines"
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/lines")" = 664 ]
}

@test "own lines without a line end at the end, or with those of Windows, are no trouble" {
  site_of
  mkdir "$BATS_TEST_TMPDIR/own"
  printf '{"kind":"annotation","identifier":"cats+0123abcd","languages":["de"]}\r\n{"kind":"annotation","identifier":"dogs+0123abcd","languages":["de"]}' > "$BATS_TEST_TMPDIR/own/policy.ndjson"
  run -0 ask mark WHAT=owls+0123abcd MARK=lang=fr
  [ "$(jq -r .identifier "$BATS_TEST_TMPDIR/own/policy.ndjson" | paste -sd ' ')" = "cats+0123abcd dogs+0123abcd owls+0123abcd" ]
}

@test "doctor checks every setting that has a form, and says of the data what a run would say" {
  while IFS='|' read -r setting words; do
    printf '%s\n' "$setting" > "$BATS_TEST_TMPDIR/local.mk"
    (unset "${setting%% *}"; run -2 ask doctor LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"; contains "$output" "wrong        $words")
  done <<'END'
SITE_URL = https://|SITE_URL is 'https://': it must be one address that begins with https:// or http://, with a host
SITE_URL = https://x.example/?y|SITE_URL is 'https://x.example/?y': it must be one address
CONTACT = mailto:|CONTACT is 'mailto:': it must be one address that begins with mailto: or https:, such as
CONTACT = mailto:me|CONTACT is 'mailto:me': it must be
LICENCE = foo bar|LICENCE is 'foo bar': it must be an SPDX identifier
LICENCE =|LICENCE is '': it must be an SPDX identifier
STALE_HOURS = x|STALE_HOURS is 'x': it must be a number of hours, 1 or more
PORT = z|PORT is 'z': it must be a number from 1 to 65535
JOBS = x|JOBS is 'x': it must be a number of processes
VANTAGE = all|VANTAGE=all needs HOSTS
PROBE_FLAGS = --bogus|PROBE_FLAGS is '--bogus': probe-servers: unknown option --bogus
FETCH_FLAGS = --proxi x|FETCH_FLAGS is '--proxi x': fetch-sources: unknown option --proxi (did you mean --proxy?)
END
  [ "$(id -u)" = 0 ] || skip "not root"
  as_user() { setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search "$@"; }
  site_of
  chmod 000 "$DATA/1-pages.ndjson"
  for command in doctor site; do
    run -2 as_user make --no-print-directory $command
    contains "$output" "you can't change $DATA/1-pages.ndjson, which is yours; type: chmod -R u+rwX $DATA"
    [[ $output != *tail:* ]]
    [[ $output != *"1-pages.ndjson is whole"* ]]
  done
  chmod 644 "$DATA/1-pages.ndjson"
  chown -R nobody "$DATA"
  run -2 as_user make --no-print-directory doctor
  contains "$output" "you can't change $DATA; type: sudo -u nobody make doctor"
  said 2 "you can't change $DATA; type: sudo -u nobody make hide REASON=spam WHAT=cats+0123abcd" as_user make --no-print-directory hide WHAT=cats+0123abcd REASON=spam
}

@test "what is typed is never run by the shell" {
  rm -f ran
  run -2 ask "x';>ran;'"
  run ask status "a;>ran;b=1"
  run ask status SITE_URL="https://a.example;>ran"
  for name in SOURCES KNOWN_SERVERS; do run -2 ask site "$name=\`>ran\`"; done
  # One that is there is read, whatever it is called.
  echo 'PORT = 1' > "$BATS_TEST_TMPDIR/a;>ran;"
  run ask status LOCAL_MK="$BATS_TEST_TMPDIR/a;>ran;"
  [ ! -e ran ] || { rm ran; return 1; }
}

@test "hide and mark say to what the line applies, and what it can't do" {
  site_of
  community=$(jq -c '.communities[0]' "$DEMO/../www/communities.json")
  identifier=$(jq -r .identifier <<< "$community") name=$(jq -r .name <<< "$community") token=$(jq -r .token <<< "$community") server=$(jq -r .server.base_url <<< "$community")
  for words in "WHAT=${identifier%+*}+0123 REASON=spam" "WHAT=$identifier REASON=pinned" "WHAT=$identifier REASON=unlisted"; do
    run -2 ask hide $words
    [ ! -e "$BATS_TEST_TMPDIR/own/policy.ndjson" ]
  done
  said 2 "'${identifier%+*}+0123' has fewer than 8 digits of the key, which anybody can imitate (did you mean $identifier?)" make --no-print-directory hide WHAT="${identifier%+*}+0123" REASON=spam
  run -2 ask hide WHAT="$identifier" REASON=spma
  contains "$output" 'the new line: unknown reason "spma"'
  for page in c de/c; do
    rm -rf "$BATS_TEST_TMPDIR/own"
    run -0 ask hide WHAT="http://localhost:8000/$page/$(sed 's/[A-Z]/~\l&/g' <<< "$identifier").html" REASON=spam
    contains "$output" "hidden: $name"
    [[ $output != *"nothing here is called"* ]]
  done
  run -0 ask mark WHAT="$identifier" MARK=lang=de
  contains "$output" "marked: $name"
  contains "$output" "it is not shown, hidden by the policy; reason spam"
  run -0 ask hide WHAT="$server" REASON=spam
  contains "$output" "hidden: $server"
  # explain has the line about a server, whatever it is called.
  run -0 ask explain WHAT="${server#*://}"
  contains "$output" $'In the policy\n  '"$BATS_TEST_TMPDIR/own/policy.ndjson:3: {"
}

@test "hide and mark know each name by which a line applies: a host without its port, another address, an older identifier" {
  site_of
  of_north() { jq -r 'select(.base_url == "https://north.example" and .server_id) | '"$1" "$DATA/5-communities.ndjson"; }
  jq -c 'if .base_url == "https://north.example" and .server_id then .printed_hosts += [{host: "former.example", since: .first_seen}] else . end' \
    "$DATA/5-communities.ndjson" > "$BATS_TEST_TMPDIR/moved"
  mv "$BATS_TEST_TMPDIR/moved" "$DATA/5-communities.ndjson"
  while read -r what server; do
    rm -rf "$BATS_TEST_TMPDIR/own"
    run -0 ask hide WHAT="$what" REASON=spam
    contains "$output" "hidden: $server"
    [[ $output != *"nothing here is called"* ]]
  done <<'END'
former.example https://north.example
harbor.example http://harbor.example:8081
harbor.example:8081 http://harbor.example:8081
END
  # explain has a line for the host without the port.
  echo '{"kind":"annotation","host":"harbor.example","hidden":true,"reason":"spam"}' > "$BATS_TEST_TMPDIR/own/policy.ndjson"
  run -0 ask explain WHAT=harbor.example:8081
  contains "$output" $'In the policy\n  '"$BATS_TEST_TMPDIR/own/policy.ndjson:1: {"
  # A line for another address need not hide the server.
  rm -rf "$BATS_TEST_TMPDIR/own"
  run -0 ask hide WHAT=polaris.example REASON=spam
  contains "$output" "'polaris.example' is another address of $(of_north .server_id) at https://north.example"
  [[ $output != *"hidden: "* ]]
  [[ $output != *"nothing here is called"* ]]
  run -0 ask hide WHAT=third.example REASON=spam
  contains "$output" "nothing here is called 'third.example' yet"
  identifier=$(of_north '.rooms[0].identifier') name=$(of_north '.rooms[0].name')
  for digits in "" "$(printf north.example | md5sum | cut -c 1-4)"; do
    run -0 ask mark WHAT="${identifier%????}$digits" MARK=lang=de
    contains "$output" "marked: $name"
    [[ $output != *"nothing here is called"* ]]
  done
}

@test "explain reads no policy from the terminal if there is none" {
  site_of
  server=$(jq -r 'select(.server_id) | .base_url' "$DATA/5-communities.ndjson" | head -n 1)
  run -0 ask explain WHAT="$server" POLICY= <<< "{\"kind\":\"annotation\",\"host\":\"${server#*://}\",\"hidden\":true,\"reason\":\"spam\"}"
  contains "$output" "In the merge (dedupe)"
  [[ $output != *"In the policy"* ]]
}

@test "a language is no pattern for names of files, and a folder without languages is named" {
  site_of
  mkdir "$BATS_TEST_TMPDIR/project"
  ln -s "$root"/* "$BATS_TEST_TMPDIR/project"
  touch "$BATS_TEST_TMPDIR/project/German"
  run -2 make -C "$BATS_TEST_TMPDIR/project" --no-print-directory mark WHAT=cats+0123abcd MARK='lang=G*'
  contains "$output" 'the new line: "G*" does not begin with a language'
  mkdir "$BATS_TEST_TMPDIR/languages"
  said 2 "$BATS_TEST_TMPDIR/languages/registry.tsv is missing, or $(id -un) can't read it" \
    make --no-print-directory mark WHAT=cats+0123abcd MARK=lang=de LANGUAGES="$BATS_TEST_TMPDIR/languages"
}

@test "a PORT that is none is reported by serve with the words of doctor" {
  site_of
  ask site > /dev/null
  for port in 0 z 65536 "8000;x"; do
    said 2 "PORT is '$port': it must be a number from 1 to 65535" make --no-print-directory serve PORT="$port"
  done
}

@test "names of an operator's own are not those of the project" {
  site_of
  printf '%s\n' 'open = sogs' 'close = example' 'mistake = x' 'SITE_URL = https://$(open).$(close)/$(mistake)' > "$BATS_TEST_TMPDIR/local.mk"
  (unset SITE_URL; run -0 ask site LOCAL_MK="$BATS_TEST_TMPDIR/local.mk"; grep -qF https://sogs.example/x "$OUTPUT/feed.xml" "$OUTPUT/sitemap.xml" "$OUTPUT/index.html")
}

@test "a command without its words shows how it is typed, and a name that is nearly right is noticed" {
  site_of
  said 2 "make: explain needs a name: make explain WHAT=cats+0123abcd, or" make --no-print-directory explain
  said 2 "make: hide needs a name: make hide WHAT=cats+0123abcd REASON=spam, or" make --no-print-directory hide
  said 2 "make: hide needs a reason, such as make hide WHAT=cats+0123abcd REASON=spam: one of operator-request" make --no-print-directory hide WHAT=cats+0123abcd
  said 2 "make: mark needs what to say: make mark WHAT=cats+0123abcd MARK=\"lang=de\", or" make --no-print-directory mark WHAT=cats+0123abcd lang=de
  said 2 "make restore FILE=listing.tar.gz" make --no-print-directory restore
  said 2 "make add-source WHAT=https://wiki.example/communities" make --no-print-directory add-source
  identifier=$(jq -r '.communities[0].identifier' "$DEMO/../www/communities.json")
  said 2 "make: nothing here is called '${identifier%+*}': no page named it, and no server showed it (did you mean " make --no-print-directory explain WHAT="${identifier%+*}"
  run -0 ask explain WHAT="https://x.example/de/c/$(sed 's/[A-Z]/~\l&/g' <<< "$identifier").html"
  contains "$output" "On the site (render)"
  # A link that was refused is known.
  run -0 ask explain WHAT="https://gone.invalid/room?public_key=0123456789abcdef"
  contains "$output" "the key has 16 hex digits, not 64"
}

@test "the demo replaces what is in its own folder, and no other site" {
  mkdir -p "$BATS_TEST_TMPDIR/demo/www" "$BATS_TEST_TMPDIR/www"
  touch "$BATS_TEST_TMPDIR"/{demo/www,www}/.made-by-render
  # Without the programs of a world it goes no further than that.
  said 1 "demo: $BATS_TEST_TMPDIR/www/ holds another site; make demo OUTPUT=$BATS_TEST_TMPDIR/demo/www puts the demo elsewhere" \
    env DEMO="$BATS_TEST_TMPDIR/demo" OUTPUT="$BATS_TEST_TMPDIR/www" test/demo
  unset OUTPUT DATA SOURCES KNOWN_SERVERS
  DEMO=$BATS_TEST_TMPDIR/demo run -0 test/demo
  DEMO=$BATS_TEST_TMPDIR/demo run -0 test/demo
}
