# Mistakes in what people write: render --check, and the files of languages/ and sites/ themselves.

setup() {
  load helper.bash
  load knowledge.bash
  set_up_knowledge
}

@test "--check reports every mistake with file and line in one run; languages/ and sites/ have none" {
  cat > "$languages/communities.ndjson" <<'END'
{"kind":"annotation","identifier":"cats+7b4e909b","languages":["de"]}
{"kind":"annotation","identifier":"dogs+7b4e909b","languages":["xx"]}
{"kind":"annotation","identifier":"dogs+7b4","languages":["de"]}
{"kind":"annotation","identifier":"CATS+7b4e909b","languages":["fr"]}
{"kind":"annotation","identifier":"owls+7b4e909b","languages":["aa"]}
{"kind":"annotation","languages":["de"]}
{"kind":"annotation","identifier":"owls+7b4e909b","host":"sog.example","tags":["owls"]}
{"kind":"annotation","identifier":"owls+7b4e909b","tags":["!"]}
{"kind":"annotation","identifier":"owls+7b4e909b","languages":"de"}
{"kind":"note","identifier":"owls+7b4e909b"}
{"kind":"language","code":"ab","name":"Аԥсуа","english":"Abkhazian"}
{"kind":"language","code":"PT","name":"Português","english":"Portuguese"}
{"kind":"tag","tag":"owls","also":["Owl","OWLS!"]}
{"kind":"annotation","identifier":"owls+7b4e909b","languages":["de"],"date":"yesterday"}
{"kind":"language","code":"ab","name":"Аԥсуа","english":"Abkhazian"}
{"kind":"annotation","identifier":"owls+7b4e909b","hiden":true}
{"kind":"anotation","identifier":"owls+7b4e909b"}
{"kind":"annotation","identifier":"owls+7b4e909b","langauges":["de"]}
END
  run -1 --separate-stderr render_known --check
  [ -z "$output" ]
  diff -u - <(sort -t : -n -k 2 <<< "${stderr//"$languages/"/}") <<'END'
communities.ndjson:2: "xx": there is no language xx in registry.tsv
communities.ndjson:3: "identifier" should be TOKEN+HEX with 8 to 64 hex digits of the key (4, as in older lists, only for languages and tags)
communities.ndjson:4: "languages" of "cats+7b4e909b" is already given in communities.ndjson:1
communities.ndjson:5: "aa" has no name: add a line for it to names.ndjson
communities.ndjson:6: expected exactly one of "identifier", "server", "host" and "key", found none
communities.ndjson:7: expected exactly one of "identifier", "server", "host" and "key", found 2
communities.ndjson:8: "!" can't be a tag
communities.ndjson:9: "languages" should be an array
communities.ndjson:10: unknown kind "note"; known: reason tag language lexicon-entry annotation
communities.ndjson:12: "PT" is usually written "pt"
communities.ndjson:13: tag "owls" is given twice
communities.ndjson:14: "date" should be like 2026-11-22, 2026-11 or 2026
communities.ndjson:15: language "ab" is given twice
communities.ndjson:16: unknown member "hiden"; did you mean "hidden"?
communities.ndjson:17: unknown kind "anotation"; did you mean "annotation"?
communities.ndjson:18: unknown member "langauges"; did you mean "languages"?
END
  run -0 --separate-stderr render --check --languages "$root/languages" --sites "$root/sites"
  [ -z "$output" ]
  [ -z "$stderr" ]
}

@test "--check with a listing reports lines that match nothing, are ambiguous or no longer apply after a move, in order; -v also those that never matched" {
  says '"identifier": "cats+7b4e", "languages": ["de"]'
  says '"identifier": "dogs+7b4e909b", "languages": ["de"]'
  says '"host": "elsewhere.example", "tags": ["x"]'
  md5=$(printf sog.example | md5sum)
  says "\"identifier\": \"cats+7b4e${md5:0:4}\", \"languages\": [\"de\"]"
  says '"identifier": "pigs+7b4e909b", "languages": ["de"]'
  rules '"host": "sog.example", "hidden": true'
  { server '' "$(room '')" "$(room '"token": "pigs", "gone": "2026-11-01T00:00:00Z"')"; key=7b4e000000000000000000000000000000000000000000000000000000000001; server '' "$(room '')"; } > "$BATS_TEST_TMPDIR/listing"
  run -0 --separate-stderr render_known --check "$BATS_TEST_TMPDIR/listing"
  [ -z "$stderr" ]
  output=${output//"$languages/"/}
  diff -u - <(printf '%s\n' "${output//"$sites/"/}") <<END
communities.ndjson:1: "cats+7b4e" is cats+7b4e0000 and cats+7b4e909b
communities.ndjson:4: "cats+7b4e${md5:0:4}" is an older identifier; write cats+7b4e0000 or cats+7b4e909b
communities.ndjson:5: "pigs+7b4e909b" is gone from the listing
policy.ndjson:1: this line names a host; write its key 7b4e000000000000000000000000000000000000000000000000000000000001, which stays the same after a move
END
  run -0 --separate-stderr render_known --check -v "$BATS_TEST_TMPDIR/listing"
  contains "$output" 'communities.ndjson:2: nothing here is called "dogs+7b4e909b"'
  contains "$output" 'communities.ndjson:3: nothing here is called "elsewhere.example"'
  rules '"identifier": "cats+7b4e", "hidden": true'
  run -1 --separate-stderr render_known --check "$BATS_TEST_TMPDIR/listing"
  contains "$stderr" 'prints them); in this listing it is cats+7b4e0000 or cats+7b4e909b'
  # One that grants trust needs the whole key; an older one with 8 digits would hide nothing.
  rules "\"identifier\": \"cats+7b4e${md5:0:4}\", \"pinned\": true"
  rules '"identifier": "cats+7b4e909b", "official": true'
  rules "\"identifier\": \"cats+7b4e${md5:0:4}\", \"hidden\": true"
  run -1 --separate-stderr render_known --check "$BATS_TEST_TMPDIR/listing"
  contains "$stderr" "policy.ndjson:3: \"pinned\" and \"official\" need the whole key: a \"key\", or an \"identifier\" of TOKEN+ and 64 hex digits; in this listing it is cats+7b4e000000000000000000000000000000000000000000000000000000000001 or cats+7b4e909bbe"
  contains "$stderr" 'TOKEN+ and 64 hex digits; in this listing it is cats+7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13'
  contains "$stderr" "policy.ndjson:5: \"cats+7b4e${md5:0:4}\" is an older identifier, which anybody can imitate, so this line has no effect; in this listing it is cats+7b4e0000 or cats+7b4e909b"
}

@test "--check reads the selections, too" {
  printf '%s\n' '{"kind":"selection","id":"a","name":"A","rating":"save"}' '{"kind":"selection","id":"b","name":"B","include":["cats+7b4e909b"]}' \
    '{"kind":"selection","id":"../c","name":"C"}' > "$sites/selections.ndjson"
  run -1 --separate-stderr render_known --check
  stderr=${stderr//"$sites/"/}
  diff -u - <(printf '%s\n' "$stderr") <<END
selections.ndjson:1: "rating": unknown word "save"; did you mean "safe"?
selections.ndjson:2: "include" should have whole keys, or TOKEN+ and a whole key: "cats+7b4e909b" is neither
selections.ndjson:3: "id" should be small letters, digits and hyphens
END
}

@test "--check reports a site language with an unknown code, without its own name, or without names of topics" {
  own=$BATS_TEST_TMPDIR/own
  mkdir -p "$own/translations"
  check() { render --check --languages "$root/languages" --sites "$own" --sites "$root/sites"; }
  cp "$root/sites/translations/en.txt" "$own/translations/zz.txt"
  sed 's/^language_name = .*/language_name = Zz/' -i "$own/translations/zz.txt"
  run -1 check
  contains "$output" "$own/translations/zz.txt: \"zz\": there is no language zz in registry.tsv"
  mv "$own/translations/zz.txt" "$own/translations/it.txt"
  sed 's/^language_name = .*/language_name = English/' -i "$own/translations/it.txt"
  run -1 check
  line=$(grep -n '^language_name' "$own/translations/it.txt" | cut -d : -f 1)
  contains "$output" "$own/translations/it.txt:$line: \"language_name\" is \"English\", as in $root/sites/translations/en.txt"
  sed 's/^language_name = .*/language_name = Italiano/' -i "$own/translations/it.txt"
  run -0 check
  [ "$output" = "$own/translations/it.txt: $(wc -l < "$root/languages/topics.ndjson") topics have no name in \"it\" and are shown in English, such as \"privacy\"; add names to topics.ndjson" ]
  echo 'no_such = text' >> "$own/translations/it.txt"
  run -1 check
  contains "$output" "no text is called \"no_such\""
}

@test "an invalid line of the language registry is reported" {
  printf 'language\txq\n' >> "$languages/registry.tsv"
  run -1 --separate-stderr render_known --check
  [ "$stderr" = "render: $languages/registry.tsv:$(wc -l < "$languages/registry.tsv"): expected TYPE<TAB>SUBTAG<TAB>DESCRIPTION" ]
}

@test "every record of languages/ and sites/ matches its schema" {
  cat "$root"/languages/*.ndjson "$root"/sites/{policy,reasons}.ndjson > "$BATS_TEST_TMPDIR/records"
  run -0 "$root/test/check-schema" annotation language lexicon-entry reason tag < "$BATS_TEST_TMPDIR/records"
  run -1 "$root/test/check-schema" annotation <<< '{"kind":"annotation","host":"a.example","key":"00"}'
  run -1 "$root/test/check-schema" annotation <<< '{"kind":"annotation","host":"a.example","hidden":true}'
}

@test "the examples of languages/README.md and sites/README.md are valid" {
  cp -r "$root/languages" "$root/sites" "$BATS_TEST_TMPDIR"
  examples() { sed -n "s/^ *{\"kind\":\"$2\"/{\"kind\":\"$2\"/p" "$root/$1/README.md" | tee -a "$BATS_TEST_TMPDIR/$3" | grep .; }
  examples languages annotation languages/communities.ndjson
  examples languages language languages/names.ndjson
  examples languages lexicon-entry languages/adult.ndjson
  examples sites selection sites/selections.ndjson
  run -0 render --check --languages "$BATS_TEST_TMPDIR/languages" --sites "$BATS_TEST_TMPDIR/sites"
  [ -z "$output" ]
  render --languages "$root/languages" --sites "$BATS_TEST_TMPDIR/sites" --output "$BATS_TEST_TMPDIR/www" "$root/test/story/site/5-communities.ndjson"
  [ -s "$BATS_TEST_TMPDIR/www/listings/beginners.json" ]
}
