# Mistakes of operators, and what is said about each: in the files that they write, and in what they type.

load operator.bash

# set_there LINE WORDS [COMMAND]: what is said if this line is in local.mk.
set_there() {
  printf '%s\n' "$1" > "$BATS_TEST_TMPDIR/local.mk"
  said 2 "$2" make --no-print-directory LOCAL_MK="$BATS_TEST_TMPDIR/local.mk" ${3:-site}
}

@test "a setting with a colon, with - for _, or with a quote in it is not misunderstood" {
  site_of
  set_there 'SITE_URL: https://x.example' "local.mk:1:SITE_URL: https://x.example: a = is missing after the name"
  set_there 'SITE-URL = https://x.example' "no variable is called 'SITE-URL' (did you mean SITE_URL?)"
  set_there 'site-url = https://x.example' "no variable is called 'site-url' (did you mean SITE_URL?)"
  set_there "LICENCE = don't" "render: --licence don't: expected an SPDX identifier"
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
  run -2 ask mark WHAT=cats+0123abcd MARK="hidden=no reason=spam"
  contains "$output" "is already given in $BATS_TEST_TMPDIR/own/policy.ndjson:2"
  contains "$output" "change or remove the other line, then type: make site"
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
  contains "$output" "nothing could be read at missing: "
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
  ! find "$OUTPUT" -name '*~' -o -name '.DS_Store' -o -name '*#*' | grep .
  cp sites/about.html "$own/about (copy).html"
  said 2 "$own/about (copy).html: rename or remove this file: its name has a space" make --no-print-directory site SITES="$own"
}

@test "a byte order mark is no text, and a file that is not UTF-8 is named with the line" {
  site_of
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/translations"
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
  site_of
  own=$BATS_TEST_TMPDIR/sites
  mkdir -p "$own/translations"
  printf 'site_name = Rooms\nsite_nam = Rooms\n' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:2: no text is called \"site_nam\"; did you mean \"site_name\"?" \
    make --no-print-directory site SITES="$own"
  echo 'site_name = {{rooms' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:1: site_name:1: this tag is not closed" make --no-print-directory site SITES="$own"
  echo 'site_name =' > "$own/translations/en.txt"
  said 2 "render: $own/translations/en.txt:1: \"site_name\" is empty" make --no-print-directory site SITES="$own"
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
  said 2 "you can't change $BATS_TEST_TMPDIR/theirs; type: sudo chown root: $BATS_TEST_TMPDIR/theirs" \
    as_user make --no-print-directory site OUTPUT="$BATS_TEST_TMPDIR/theirs/www"
  said 2 "you can't change /proc, in which the new site is made; type: make site OUTPUT=…" as_user make --no-print-directory site OUTPUT=/proc/www
}

@test "what can't be read is named, the web server can read a site whatever the umask is, and make says where it works" {
  site_of
  (umask 077; ask site > /dev/null)
  ! find "$OUTPUT" -type f ! -perm -444 -o -type d ! -perm -555 | grep .
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
