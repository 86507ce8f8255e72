# The whole chain under Make, on the demo world.

load helper.bash

setup_file() {
  export work=$BATS_FILE_TMPDIR
  play_demo > "$work/log" 2> "$work/complaints"
}

setup() { cd "$root"; }

site() { make --no-print-directory "${@:-site}"; }

@test "the demo prints what it found and how to look at it, and no warning" {
  cat "$work/complaints"
  [ ! -s "$work/complaints" ]
  contains "$(cat "$work/log")" "Communities are listed in"
  contains "$(cat "$work/log")" "index.html in a browser"
}

@test "exactly the Communities of the demo world are listed, each with its join URL" {
  diff <(sort test/story/demo/expected.txt) <(jq -r '.communities[].join_url' "$OUTPUT/communities.json" | sort)
}

@test "what the demo hides is in no file of the site" {
  run -1 grep -rlFf test/story/demo/never.txt "$OUTPUT"
}

@test "every record of every stage matches its schema" {
  test/check-schema page < "$DATA/1-pages.ndjson"
  test/check-schema join server#candidate < "$DATA/2-joins.ndjson"
  test/check-schema server#candidate < "$DATA/3-servers.ndjson"
  test/check-schema server#probed < "$DATA/4-probes.ndjson"
  test/check-schema server#final listing-end < "$DATA/5-communities.ndjson"
  test/check-schema run < "$DATA/runs.ndjson"
}

@test "a recorded crawl, replayed without a network, gives the same records except for times" {
  unshare -rn "$bin/probe-servers" --replay "$DATA/recording" "$DATA/3-servers.ndjson" > "$BATS_TEST_TMPDIR/replayed"
  grep -q '"status":"proven"' "$BATS_TEST_TMPDIR/replayed"
  diff <(without_times < "$DATA/4-probes.ndjson") <(without_times < "$BATS_TEST_TMPDIR/replayed")
}

@test "a second make has nothing to do, and says only that" {
  run -0 site site -q
  run -0 site
  [ "$output" = "nothing to do: the site is up to date" ]
}

@test "an edited template is rendered again without any network request" {
  cp -r sites "$BATS_TEST_TMPDIR/sites"
  export SITES=$BATS_TEST_TMPDIR/sites
  site
  before=$(stat -c %Y "$DATA/1-pages.ndjson" "$DATA/4-probes.ndjson")
  sed -i 's|</body>|<p>edited</p></body>|' "$SITES"/*.html
  site
  contains "$(cat "$OUTPUT/index.html")" "<p>edited</p>"
  [ "$(stat -c %Y "$DATA/1-pages.ndjson" "$DATA/4-probes.ndjson")" = "$before" ]
}

@test "rebuilt programs cause no new crawl" {
  before=$(stat -c %Y "$DATA/1-pages.ndjson" "$DATA/4-probes.ndjson" | tr '\n' ' ')
  cp -a "$bin" "$BATS_TEST_TMPDIR/bin"
  touch "$BATS_TEST_TMPDIR"/bin/*
  site site bin="$BATS_TEST_TMPDIR/bin"
  # The list of servers is the same, so the answers are still valid.
  [ "$(stat -c %Y "$DATA/1-pages.ndjson")" = "${before%% *}" ]
  run -0 site site -q bin="$BATS_TEST_TMPDIR/bin"
}

@test "make site crawls nothing, also with new sources, new servers and an unfinished refresh" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  local words=(DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www" SOURCES="$BATS_TEST_TMPDIR/sources" KNOWN_SERVERS="$BATS_TEST_TMPDIR/known")
  cp "$SOURCES" "$BATS_TEST_TMPDIR/sources"
  { cat "$KNOWN_SERVERS"; echo '{"kind":"server","base_url":"https://new.example"}'; } > "$BATS_TEST_TMPDIR/known"
  for asked in touch rm; do
    $asked "$BATS_TEST_TMPDIR/data/.asked"
    site site "${words[@]}"
    for file in 1-pages 4-probes; do cmp "$DATA/$file.ndjson" "$BATS_TEST_TMPDIR/data/$file.ndjson"; done
    run -0 site site -q "${words[@]}"
  done
  grep -q new.example "$BATS_TEST_TMPDIR/data/3-servers.ndjson"
}

@test "make site crawls nothing on a machine without data" {
  for target in site watch; do
    run --separate-stderr timeout 3 make --no-print-directory $target DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
    [ "$status" -ne 0 ]
    [ "$(grep -c "there is no listing yet; make publish makes one" <<< "$stderr")" = 1 ]
  done
  [ ! -e "$BATS_TEST_TMPDIR/data/cache" ]
}

@test "names that make can't handle, and missing files, are reported in one sentence" {
  run -2 --separate-stderr make --no-print-directory site DATA="$BATS_TEST_TMPDIR/my data"
  contains "$stderr" "DATA is '$BATS_TEST_TMPDIR/my data': it must be a name without spaces"
  run -2 --separate-stderr make --no-print-directory refresh SOURCES="$BATS_TEST_TMPDIR/none" DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  contains "$stderr" "SOURCES names $BATS_TEST_TMPDIR/none, which does not exist"
  run -2 --separate-stderr make --no-print-directory serve PORT=http
  contains "$stderr" "PORT is 'http': it must be a number from 1 to 65535"
}

@test "a checkout works in a folder with spaces in its name" {
  checkout="$BATS_TEST_TMPDIR/my check out"
  mkdir "$checkout"
  ln -s "$root"/{Makefile,*.mk,packages.txt,tools,sites,languages,test,build} "$checkout"
  cp -a "$DATA" "$checkout/data"
  site -C "$checkout" site DATA=data OUTPUT="my www"
  cmp "$checkout/my www/communities.ndjson" "$OUTPUT/communities.ndjson"
}

@test "distclean removes nothing if DATA or OUTPUT is elsewhere" {
  run -2 --separate-stderr make -n --no-print-directory distclean DATA="$BATS_TEST_TMPDIR/data" OUTPUT=output
  contains "$stderr" "distclean removes data/ and output/ here, but DATA is $BATS_TEST_TMPDIR/data and OUTPUT is output"
  [ -z "$output" ]
  run -0 make -n --no-print-directory distclean DATA=data OUTPUT=output
  contains "$output" "rm -rf data"
}

@test "a second demo at the same time waits for the first" {
  mkdir "$BATS_TEST_TMPDIR/demo"
  exec 8> "$BATS_TEST_TMPDIR/demo/.lock"
  flock 8
  DEMO=$BATS_TEST_TMPDIR/demo OUTPUT='' timeout 120 test/demo > "$BATS_TEST_TMPDIR/said" 2>&1 8>&- &
  until grep -q 'another demo is in progress; waiting until it ends' "$BATS_TEST_TMPDIR/said"; do kill -0 $!; sleep 0.1; done
  [ ! -e "$BATS_TEST_TMPDIR/demo/data" ]
  exec 8>&-
  wait $!
  contains "$(cat "$BATS_TEST_TMPDIR/said")" "31 Communities are listed in $BATS_TEST_TMPDIR/demo/www/"
}

@test "the demo never replaces another site" {
  mkdir "$BATS_TEST_TMPDIR/www"
  echo real > "$BATS_TEST_TMPDIR/www/.made-by-render"
  DEMO=$BATS_TEST_TMPDIR/demo OUTPUT=$BATS_TEST_TMPDIR/www run -1 test/demo
  [ "$output" = "demo: $BATS_TEST_TMPDIR/www/ holds another site; make demo OUTPUT=$BATS_TEST_TMPDIR/demo/www puts the demo elsewhere" ]
  [ "$(cat "$BATS_TEST_TMPDIR/www/.made-by-render")" = real ]
  # The site in its own folder is its own, also after a make site. It begins anew, without what was hidden there.
  mkdir -p "$BATS_TEST_TMPDIR/demo/www" "$BATS_TEST_TMPDIR/demo/own"
  echo demo > "$BATS_TEST_TMPDIR/demo/shown"
  sleep 0.01
  touch "$BATS_TEST_TMPDIR/demo/www/.made-by-render" "$BATS_TEST_TMPDIR/demo/own/policy.ndjson"
  DEMO=$BATS_TEST_TMPDIR/demo OUTPUT='' run -0 test/demo
  contains "$output" "31 Communities are listed in $BATS_TEST_TMPDIR/demo/www/"
  [ ! -e "$BATS_TEST_TMPDIR/demo/own" ]
}

@test "a foreign site in OUTPUT is replaced by the next make site; one that was restored by rollback stays" {
  cp -r sites "$BATS_TEST_TMPDIR/sites"
  local words=(DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www" SITES="$BATS_TEST_TMPDIR/sites")
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  site site "${words[@]}"
  cp "$BATS_TEST_TMPDIR/www/index.html" "$BATS_TEST_TMPDIR/ours"
  sleep 0.1
  "$bin/render" --contact mailto:others@example.org --output "$BATS_TEST_TMPDIR/www" "$DATA/5-communities.ndjson"
  run -1 cmp "$BATS_TEST_TMPDIR/www/index.html" "$BATS_TEST_TMPDIR/ours"
  site site "${words[@]}"
  cmp "$BATS_TEST_TMPDIR/www/index.html" "$BATS_TEST_TMPDIR/ours"
  echo '<!-- edited -->' >> "$BATS_TEST_TMPDIR/sites/index.html"
  site site "${words[@]}"
  cp "$BATS_TEST_TMPDIR/www/index.html" "$BATS_TEST_TMPDIR/edited"
  make --no-print-directory rollback "${words[@]}"
  run -0 site site -q "${words[@]}"
  run -1 cmp "$BATS_TEST_TMPDIR/www/index.html" "$BATS_TEST_TMPDIR/edited"
}

@test "a damaged file of the site is rebuilt at once by what OPERATING.md says" {
  grep -qF 'type `rm DATA/.published`, and run `session-communities site`' tools/OPERATING.md
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  local words=(DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www")
  site site "${words[@]}"
  cp "$BATS_TEST_TMPDIR/www/about.html" "$BATS_TEST_TMPDIR/before"
  echo damaged > "$BATS_TEST_TMPDIR/www/about.html"
  rm "$BATS_TEST_TMPDIR/data/.published"
  site site "${words[@]}"
  cmp "$BATS_TEST_TMPDIR/www/about.html" "$BATS_TEST_TMPDIR/before"
}

@test "if no server answers, the run fails with a message and the old site stays" {
  cp -r "$OUTPUT" "$BATS_TEST_TMPDIR/before"
  mkdir "$BATS_TEST_TMPDIR/data"
  touch "$BATS_TEST_TMPDIR/data/.asked"
  run -2 --separate-stderr make --no-print-directory refresh DATA="$BATS_TEST_TMPDIR/data" \
    FETCH_FLAGS="--timeout 2 --connect-to ::127.0.0.1:9"
  contains "$stderr" "fetch-sources: "
  diff -r "$BATS_TEST_TMPDIR/before" "$OUTPUT"
}

@test "precompressed files have the content of their originals" {
  for file in "$OUTPUT"/*.html.gz; do diff <(zcat "$file") "${file%.gz}"; done
  for file in "$OUTPUT"/*.html.br; do diff <(brotli -dc "$file") "${file%.br}"; done
}

@test "the summary of a run is given for people, for machines and for Prometheus" {
  run -0 cat "$DATA/.summary"
  contains "$output" " known: "
  [ "$(wc -l < "$DATA/runs.ndjson")" = 1 ]
  contains "$(cat "$DATA/metrics.prom")" "session_communities_communities $(jq .communities "$DATA/runs.ndjson")"
  stages='1-pages 2-joins 3-servers 4-probes 5-communities 6-site'
  for stage in $stages; do
    contains "$(tail -n 1 "$DATA/.summary")" "$stage "
    contains "$(cat "$DATA/metrics.prom")" "session_communities_stage_seconds{stage=\"$stage\"} "
  done
}

@test "the numbers of the summary are those of the data" {
  local summary
  summary=$(cat "$DATA/.summary")
  # Servers: known, and each of them under one word.
  [[ $summary =~ servers\ +([0-9]+)\ known:\ ([^$'\n']*) ]]
  [ "${BASH_REMATCH[1]}" = "$(wc -l < "$DATA/4-probes.ndjson")" ]
  [ "${BASH_REMATCH[1]}" = "$(($(sed -E 's/until [0-9:]*//; s/[^0-9,]//g; y/,/+/' <<< "${BASH_REMATCH[2]}")))" ]
  # Communities: found, and shown, hidden or adult.
  [[ $summary =~ communities\ +([0-9]+)\ found:\ ([0-9]+)\ shown,\ ([0-9]+)\ hidden,\ ([0-9]+)\ adult ]]
  [ "${BASH_REMATCH[1]}" = "$(jq -s '[.[] | select(.gone == null) | .rooms[]? | select(.gone == null and .identifier != null)] | length' "$DATA/5-communities.ndjson")" ]
  [ $((BASH_REMATCH[2] + BASH_REMATCH[4])) = "$(jq '.communities | length' "$OUTPUT/communities.json")" ]
  [ $((BASH_REMATCH[2] + BASH_REMATCH[3] + BASH_REMATCH[4])) = "${BASH_REMATCH[1]}" ]
}

@test "the metrics follow Prometheus's text format exactly, whatever the summaries contain" {
  test/check-prometheus < "$DATA/metrics.prom"
  cp -r "$DATA" "$BATS_TEST_TMPDIR/data"
  jq -c '.outcomes["a \"word\" \\ and\nmore"] = 1' "$DATA/.4-probes-summary" > "$BATS_TEST_TMPDIR/data/.4-probes-summary"
  tools/summarise "$BATS_TEST_TMPDIR/data" > "$BATS_TEST_TMPDIR/summary"
  contains "$(cat "$BATS_TEST_TMPDIR/data/metrics.prom")" 'servers{outcome="a \"word\" \\ and\nmore"} 1'
  run -0 test/check-prometheus < "$BATS_TEST_TMPDIR/data/metrics.prom"
  # The checker itself finds mistakes.
  run -1 test/check-prometheus < <(cat "$DATA/metrics.prom" "$DATA/metrics.prom")
  contains "$output" ": a series for the second time"
  run -1 test/check-prometheus < <(head -c -1 "$DATA/metrics.prom")
  run -1 test/check-prometheus < <(grep -v '^# TYPE' "$DATA/metrics.prom")
  run -1 test/check-prometheus < <(sed 's/refused/\\u0041/' "$DATA/metrics.prom")
}

@test "the metrics show that the site is not rebuilt any more while crawls go on" {
  cp -r "$DATA" "$BATS_TEST_TMPDIR/data"
  local data=$BATS_TEST_TMPDIR/data
  published() { sed -n 's/^session_communities_published_timestamp_seconds //p' "$data/metrics.prom"; }
  [ "$(published)" -ge "$(sed -n 's/^session_communities_run_timestamp_seconds //p' "$data/metrics.prom")" ]
  touch -d 2001-01-01 "$data/.6-site-summary"
  tools/summarise "$data" > "$BATS_TEST_TMPDIR/summary"
  [ "$(published)" = "$(date -d 2001-01-01 +%s)" ]
  rm "$data/.6-site-summary"
  tools/summarise "$data" > "$BATS_TEST_TMPDIR/summary"
  [ -z "$(published)" ]
}

@test "a run is recorded once, however often it is summed up, and without a stage's summary too" {
  tools/summarise "$DATA" > "$BATS_TEST_TMPDIR/again"
  [ "$(wc -l < "$DATA/runs.ndjson")" = 1 ]
  cp -r "$DATA" "$BATS_TEST_TMPDIR/data"
  for stage in 1-pages 2-joins 3-servers 4-probes 6-site; do
    echo '{"torn' > "$BATS_TEST_TMPDIR/data/.$stage-summary"
    tools/summarise "$BATS_TEST_TMPDIR/data" > "$BATS_TEST_TMPDIR/again"
    test/check-schema run < "$BATS_TEST_TMPDIR/data/runs.ndjson"
  done
}

@test "a blank, torn or foreign line in runs.ndjson is reported and loses no other run" {
  cp -r "$DATA" "$BATS_TEST_TMPDIR/data"
  runs=$BATS_TEST_TMPDIR/data/runs.ndjson
  sed 's/"at":"20/"at":"19/' "$DATA/runs.ndjson" > "$runs"
  for end in '{"kind":"run","at' 'not ours'; do
    echo "$end" >> "$runs"
    run -0 "$bin/render" --template sites/status.html --runs "$runs" "$DATA/5-communities.ndjson"
    contains "$output" "render: $runs: damaged lines left out: 1"
    run -0 --separate-stderr tools/summarise "$BATS_TEST_TMPDIR/data"
    [ "$stderr" = "summarise: $runs: damaged lines left out: 1" ]
    diff <(tail -n 1 "$runs" | jq -S "del(.sources[].links_before)") <(tail -n 1 "$DATA/runs.ndjson" | jq -S .)
    [ "$(grep -c '"at":"19' "$runs")" = 1 ]
  done
}

@test "a second run at the same time waits, with a message" {
  hold "$DATA/.lock"
  site 2> "$BATS_TEST_TMPDIR/said" {held}>&- &
  until_said "$BATS_TEST_TMPDIR/said" waiting $!
  release
  wait $!
  [ "$(cat "$BATS_TEST_TMPDIR/said")" = "another run is in progress; waiting until it ends" ]
}

# A power cut can leave any file short. There is no network here: the servers have addresses that do not answer.
@test "whichever data file is truncated or emptied, the site is made, or one sentence says which command helps" {
  for file in $(cd "$DATA" && ls -A | grep -vE '^(cache|recording|[.]lock|5-communities.ndjson.*)$'); do
    for size in 0 $((RANDOM % ($(stat -c %s "$DATA/$file") + 1))); do
      rm -rf "$BATS_TEST_TMPDIR/data"
      cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
      truncate -s "$size" "$BATS_TEST_TMPDIR/data/$file"
      case $file in [1-4]-*) touch -r "$DATA/$file" "$BATS_TEST_TMPDIR/data/$file" ;; esac  # publish makes these anew
      run -0 site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
      [ -e "$BATS_TEST_TMPDIR/www/index.html" ] || { echo "$file of $size bytes: $output"; return 1; }
    done
  done
}

@test "a truncated listing is restored from its backup; if both are truncated, a sentence says which command helps" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  listing=$BATS_TEST_TMPDIR/data/5-communities.ndjson
  cp "$DATA/5-communities.ndjson" "$listing.old"
  for size in 0 100 $(($(stat -c %s "$listing") - 3)); do
    truncate -s "$size" "$listing"
    run -0 --separate-stderr site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
    contains "$stderr" "$listing is damaged or missing: this run continues from the listing before it, $listing.old"
    jq -se "any(.rooms[0].identifier)" "$listing" > /dev/null
    cp "$DATA/5-communities.ndjson" "$listing.old"
  done
  truncate -s 100 "$listing" "$listing.old"
  run -2 --separate-stderr site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  contains "$stderr" "$listing is damaged, and $listing.old is not a whole listing; type: make restore FILE=… with your backup, or rm $listing* to start anew"
}

@test "a listing that is missing or partly zeros is restored from its backup" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  listing=$BATS_TEST_TMPDIR/data/5-communities.ndjson
  for harm in 'rm "$listing"' 'dd if=/dev/zero of="$listing" bs=1 seek=1000 count=100 conv=notrunc status=none'; do
    cp "$DATA/5-communities.ndjson" "$listing.old"
    eval "$harm"
    run -0 --separate-stderr site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
    contains "$stderr" "$listing is damaged or missing: this run continues from the listing before it, $listing.old"
    diff <(jq '.rooms[]? | [.identifier, .first_seen]' "$listing") <(jq '.rooms[]? | [.identifier, .first_seen]' "$DATA/5-communities.ndjson")
  done
}

@test "a listing that is damaged inside is named, with the command that brings back the one before it" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  listing=$BATS_TEST_TMPDIR/data/5-communities.ndjson
  make_site() { site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"; }
  touch "$BATS_TEST_TMPDIR/data/4-probes.ndjson" # newer than the damaged listing, which is read for that reason
  for harm in '1s/","/",/' 1d '1s/$/x/'; do
    rm -f "$listing".*
    sed "$harm" "$DATA/5-communities.ndjson" > "$listing"
    touch -d '1 minute ago' "$listing"
    run -2 --separate-stderr make_site
    contains "$stderr" "$listing is damaged; type: make restore FILE=… with your backup, or rm $listing* to start anew"
    cp "$DATA/5-communities.ndjson" "$listing.old"
    run -2 --separate-stderr make_site
    contains "$stderr" "$listing is damaged; type: mv $listing.old $listing (the listing before it)"
    mv "$listing.old" "$listing"
    run -0 make_site
  done
}

@test "a folder where a file should be, or a file in place of a folder, is reported with the command that helps" {
  data=$BATS_TEST_TMPDIR/data
  for harm in 'rm -f "$1"; mkdir "$1"' 'ln -sfn /nowhere/there "$1"'; do
    for file in $(cd "$DATA" && ls -A | grep -vE '^(cache|recording)$'); do
      rm -rf "$data"
      cp -a "$DATA" "$data"
      bash -c "$harm" - "$data/$file"
      run -2 site site DATA="$data" OUTPUT="$BATS_TEST_TMPDIR/www"
      [ "${lines[0]}" = "$data/$file should be a file; type: mv $data/$file $data/$file.away" ]
      [ "${#lines[@]}" -eq 2 ] # and that of make
    done
  done
  rm -rf "$data"
  cp -a "$DATA" "$data"
  rm -rf "$data/cache"
  touch "$data/cache"
  run -2 site site DATA="$data" OUTPUT="$BATS_TEST_TMPDIR/www"
  [ "${lines[0]}" = "$data/cache should be a folder; type: mv $data/cache $data/cache.away" ]
}

# A clock that was wrong once must not end all crawls until its time comes.
@test "files with dates in the future are rebuilt as others are" {
  data=$BATS_TEST_TMPDIR/data
  cp -a "$DATA" "$data"
  touch -d 2099-01-01 "$data"/*.ndjson "$data"/.published
  run -0 --separate-stderr site site DATA="$data" OUTPUT="$BATS_TEST_TMPDIR/www"
  [[ $stderr == "$data/"*" and 6 more files had a time in the future: the clock was wrong then, or is now"* ]] || { echo "$stderr"; return 1; }
  [ -z "$(find "$data" -newermt '1 minute')" ]
  site ask DATA="$data"
  run -0 site -n "$data/4-probes.ndjson" DATA="$data"
  contains "$output" bin/fetch-sources
  contains "$output" bin/probe-servers
}

@test "after the data or the site were removed, a run rebuilds them or says which command helps" {
  cp -a "$DATA" "$BATS_TEST_TMPDIR/data"
  run -0 site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  rm -r "$BATS_TEST_TMPDIR/www"
  run -0 site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  [ -e "$BATS_TEST_TMPDIR/www/index.html" ]
  rm -r "$BATS_TEST_TMPDIR/data"
  run -2 site site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  contains "$output" "$BATS_TEST_TMPDIR/data: there is no listing yet; make publish makes one"
  [ -e "$BATS_TEST_TMPDIR/www/index.html" ]
}

@test "every recipe of the cookbook works, without warnings" {
  grep '^    ' tools/COOKBOOK.md | sed -e 's/^    //' -e "s|output/|$OUTPUT/|g" -e "s|build/bin/|$bin/|g" > "$BATS_TEST_TMPDIR/recipes"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/recipes")" -ge 20 ]
  # The listing before this one had less.
  cp -r "$DATA" "$BATS_TEST_TMPDIR/data"
  DATA=$BATS_TEST_TMPDIR/data
  head -n 3 "$DATA/5-communities.ndjson" > "$DATA/5-communities.ndjson.old"
  # What a recipe left the last time is no obstacle.
  mkdir "$DATA/seen"
  touch "$DATA/seen/000001.json" "$DATA/one" "$DATA/page.html"
  while read -r recipe; do
    run --separate-stderr bash -c "$recipe" < /dev/null
    [[ -n $output && -z $stderr && $status -eq 0 ]] || { echo "$recipe: $status: $output$stderr"; return 1; }
    # A missing member is null, or nothing between two tabs.
    run -1 grep -nE $'(^|[^[:alnum:]])null([^[:alnum:]]|$)|^[[:space:]]*[0-9]*[[:space:]]*$|\t\t|\t$' <<< "$output"
  done < "$BATS_TEST_TMPDIR/recipes"
}

@test "a site shows the SITE_URL and CONTACT of local.mk.example when they are set" {
  sed -nE 's/^#((SITE_URL|CONTACT) = )/\1/p' tools/local.mk.example > "$BATS_TEST_TMPDIR/local.mk"
  cp -rp "$DATA" "$BATS_TEST_TMPDIR/data"
  run -0 site site --eval "include $BATS_TEST_TMPDIR/local.mk" DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  cd "$BATS_TEST_TMPDIR/www"
  grep -q '<link rel="canonical" href="https://communities.example/">' index.html
  grep -q 'https://communities.example/c/' sitemap.xml
  grep -q '<a href="mailto:listing@communities.example">' c/cats+*.html
  grep -q 'mailto:listing@communities.example' .well-known/security.txt
  run -1 grep -rl localhost:8000 .
}

# Times differ from run to run.
timeless() {
  sed -E -e 's/[0-9]{4}-[0-9-]{5}T[0-9:]{8}Z/TIME/g' -e 's/"seconds":[0-9.]+/"seconds":N/' -e 's/after [0-9]+ ms/after N ms/' \
    -e "s/Couldn't connect/Could not connect/"  # as newer versions of curl say it
}

@test "the README shows what the programs print" {
  contains "$(cat "$work/log")" "$(sed -n '/`make demo` ends/,/^After/s/^    //p' README.md | sed "s|build/demo/www|$OUTPUT|g")"
  sed -n '/^## Each stage alone/,/^## What/s/^    //p' README.md > "$BATS_TEST_TMPDIR/shown"
  cd "$DATA"
  command=
  while IFS= read -r line; do
    [[ $line == '$ '* || -n $command ]] || continue
    echo "$line"
    command+=${line#'$ '}$'\n'
    [[ $line == *'|' ]] && continue
    bash -c "${command//..\/..\/../"$root"}" 2>&1 | sed "s|$root|../../..|"
    command=
  done < "$BATS_TEST_TMPDIR/shown" > "$BATS_TEST_TMPDIR/printed"
  # Sorted, because a terminal is where standard output and error meet in no order.
  diff <(timeless < "$BATS_TEST_TMPDIR/shown" | grep . | sort) <(timeless < "$BATS_TEST_TMPDIR/printed" | sort)
  [ "$(grep -c '^\$' "$BATS_TEST_TMPDIR/printed")" -ge 6 ]
}

@test "a browser shows every Community with its join URL, and requests nothing from other hosts" {
  run -0 timeout 120 "$(command -v chromium-headless-shell chromium | head -n 1)" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$BATS_TEST_TMPDIR/profile" --dump-dom "file://$OUTPUT/index.html"
  contains "$output" 'role="status"'
  # Adult Communities have a page of their own.
  jq -r '.communities[] | select((.adult or .joinable == false) | not) | .join_url' "$OUTPUT/communities.json" > "$BATS_TEST_TMPDIR/expected"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/expected")" -ge 25 ]
  while read -r url; do contains "$output" "$url"; done < "$BATS_TEST_TMPDIR/expected"
}
