# render: the site from server records. The story "site": three servers, of which one
# is silent and one gone, and eight rooms, of which one is hidden and one unlisted.

setup() {
  load helper.bash
  story site
  out=$BATS_TEST_TMPDIR/site
  flags=(--sites "$root/sites" --languages "$root/languages" --policy "$story/policy.ndjson"
    --now 2026-11-22T20:30:00Z --site-url https://sogs.example)
}

# site [OPTION...] [FILE...]: the whole site in $out; a good run prints nothing.
site() {
  run -0 --separate-stderr timeout 60 render "${flags[@]}" --output "$out" "$@"
  [ -z "$output" ] && [ -z "$stderr" ]
}

@test "a room becomes a row, a page, a QR code, a badge and a line of data" {
  site "$story/5-communities.ndjson"
  grep -q 'id="cats+7b4e909b"' "$out/index.html"
  grep -q 'Cats &amp; friends' "$out/c/cats+7b4e909b.html"
  [ -e "$out/c/cats+7b4e909b.png" ]
  [ -e "$out/badge/cats+7b4e909b.svg" ]
  run -0 jq -r 'select(.identifier == "cats+7b4e909b").join_url' "$out/communities.ndjson"
  [ "$output" = "https://sog.example/cats?public_key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13" ]
}

@test "pinned Communities come first, then by score; adult ones have a page of their own" {
  site "$story/5-communities.ndjson"
  run -0 jq -r .identifier "$out/communities.ndjson"
  [ "${lines[*]}" = "Chess+7b4e909b cats+7b4e909b cats+d79a50b8 News+7b4e909b adults+7b4e909b" ]
  run -1 grep -c 'id="adults+7b4e909b"' "$out/index.html"
  grep -q 'id="adults+7b4e909b"' "$out/adult.html"
}

@test "channels that nobody may write in come after the rooms; at most three trusted ones stay above" {
  jq -c 'select(.server_id == "7b4e909b") | .rooms |= ([.[] | select(.token == "cats")] + [range(6) as $n | .[0] | .token = "channel\($n)" | .active_users = 900 - $n
    | .write = false | .identifier |= sub("cats"; "channel\($n)") | .join_url |= sub("cats"; "channel\($n)")])' "$story/5-communities.ndjson" > "$BATS_TEST_TMPDIR/channels"
  key=$(jq -r .key.public_key "$BATS_TEST_TMPDIR/channels")
  for n in 1 2 3 4; do
    echo '{"kind":"annotation","identifier":"channel'$n+$key'","pinned":true,"reason":"pinned","date":"2026"}'
  done > "$BATS_TEST_TMPDIR/policy"
  site --policy "$BATS_TEST_TMPDIR/policy" "$BATS_TEST_TMPDIR/channels"
  run -0 jq -r .token "$out/communities.ndjson"
  [ "${lines[*]}" = "channel1 channel2 channel3 cats channel4 channel0 channel5" ]
}

@test "hidden and unlisted Communities are in no file of the site" {
  site --runs "$story/runs.ndjson" "$story/5-communities.ndjson"
  run -1 grep -rliE 'secret-plans|whispering gallery|policy hides this one' "$out"
  run -1 grep -rliE 'quiet\+7b4e|quiet corner|nobody should find us' "$out"
  run -0 grep -rli 'chess' "$out"
}

@test "the same records in another order give the same bytes, and so does a second run" {
  site "$story/5-communities.ndjson"
  cp -a "$out" "$out.first"
  find "$out" -type f -printf '%p %T@ %i\n' | sort > "$BATS_TEST_TMPDIR/before"
  site "$story/5-communities.ndjson"
  find "$out" -type f ! -name .made-by-render -printf '%p %T@ %i\n' | sort > "$BATS_TEST_TMPDIR/after"
  diff <(grep -v made-by-render "$BATS_TEST_TMPDIR/before") "$BATS_TEST_TMPDIR/after"
  rm -rf "$out"
  site <(tac "$story/5-communities.ndjson" | jq -c '.rooms |= reverse')
  diff -r --exclude=.made-by-render "$out.first" "$out"
}

@test "the page of a Community does not change when only the time of the probe does" {
  site "$story/5-communities.ndjson"
  cp -a "$out" "$out.first"
  site <(sed 's/2026-11-22T20:05:17Z","outcome/2026-11-22T20:09:59Z","outcome/' "$story/5-communities.ndjson")
  diff -r "$out.first/c" "$out/c"
  diff -r "$out.first/badge" "$out/badge"
  run -1 cmp -s "$out.first/index.html" "$out/index.html"
}

@test "files of rooms that are gone are removed, files that render did not make stay" {
  site "$story/5-communities.ndjson"
  echo mine > "$out/c/mine.txt"
  mkdir "$out/photos" && echo mine > "$out/photos/me.txt"
  [ -e "$out/c/cats+d79a50b8.html" ] && [ -e "$out/cs/c/cats+d79a50b8.html" ] && [ -e "$out/lookup/d7.json" ]
  site <(head -n 1 "$story/5-communities.ndjson")
  [ ! -e "$out/c/cats+d79a50b8.html" ] && [ ! -e "$out/cs/c/cats+d79a50b8.html" ] && [ ! -e "$out/lookup/d7.json" ]
  [ -e "$out/c/cats+7b4e909b.html" ] && [ -e "$out/c/mine.txt" ] && [ -e "$out/photos/me.txt" ]
}

@test "a silent Community keeps a page that says so for 90 days; a hidden or unlisted one keeps none" {
  page=$out/c/attic+caea52c5.html
  site "$story/5-communities.ndjson"
  grep -q '<b>Gone since 2026-11-15.</b>' "$page"
  grep -q '<meta name="robots" content="noindex">' "$page"
  run -1 grep -E 'public_key|class="link"' "$page"
  run -1 grep attic "$out/sitemap.xml"
  site --now 2027-02-20T00:00:00Z "$story/5-communities.ndjson"
  [ ! -e "$page" ]
  site <(jq -c '(.rooms[] | select(.token == "attic")).description += " #unlisted"' "$story/5-communities.ndjson")
  [ ! -e "$page" ]
  { cat "$story/policy.ndjson"; echo '{"kind":"annotation","identifier":"attic+caea52c5","hidden":true,"reason":"spam","by":"us","date":"2026-11-16"}'; } > "$BATS_TEST_TMPDIR/policy"
  site --policy "$BATS_TEST_TMPDIR/policy" "$story/5-communities.ndjson"
  [ ! -e "$page" ]
}

@test "the page of a room shows its owner which hashtags were recognised, and which were not" {
  run -0 render "${flags[@]}" --template "$root/sites/community.html" --only cats+7b4e909b < <(
    jq -c '(.rooms[] | select(.token == "cats")).description = "About cats. #lang:de, klingonish #kittens #nsfw"' "$story/5-communities.ndjson")
  contains "$output" 'description now: <code>#lang:de</code> <code>#nsfw</code> <code>#kittens</code>'
  contains "$output" "know this language:</b> <code>#lang:klingonish</code>"
  contains "$output" '<code class="hashtags" dir="ltr">#lang:de #nsfw #kittens'
  contains "$output" 'This site names no contact'
  contains "$output" 'Not for adults only?'
  run -0 render "${flags[@]}" --template "$root/sites/community.html" --only cats+7b4e909b "$story/5-communities.ndjson"
  contains "$output" 'description now:'
  [[ $output != *'Not for adults only?'* ]]
}

@test "a run leaves no temporary file, in the output folder or elsewhere" {
  mkdir "$BATS_TEST_TMPDIR/tmp"
  TMPDIR=$BATS_TEST_TMPDIR/tmp site "$story/5-communities.ndjson"
  [ -z "$(ls -A "$BATS_TEST_TMPDIR/tmp")" ]
  [ -z "$(find "$out" -name '.new-*')" ]
}

@test "older identifiers lead to the page by lookup/" {
  site "$story/5-communities.ndjson"
  [ "$(jq -r '."Chess+7b4e"' "$out/lookup/7b.json")" = "c/~chess+7b4e909b.html" ]
  host=$(printf sog.example | md5sum | cut -c1-4)
  [ "$(jq -r ".\"cats+7b4e$host\"" "$out/lookup/7b.json")" = "c/cats+7b4e909b.html" ]
  moved=$(printf 198.51.100.9 | md5sum | cut -c1-4)
  [ "$(jq -r ".\"cats+7b4e$moved\"" "$out/lookup/7b.json")" = "c/cats+7b4e909b.html" ]
  for page in $(jq -r '.[]' "$out"/lookup/*.json); do [ -e "$out/$page" ]; done
}

@test "two names that differ only by capitals have two files, also where capitals make no difference" {
  site <(jq -c '.rooms += [.rooms[] | select(.token == "Chess") | .token = "chess" | .identifier = "chess+7b4e909b" |
    .join_url |= sub("Chess"; "chess")]' "$story/5-communities.ndjson")
  [ -e "$out/c/~chess+7b4e909b.html" ] && [ -e "$out/c/chess+7b4e909b.html" ]
  [ -z "$(find "$out" -type f | tr A-Z a-z | sort | uniq -d)" ]
}

@test "every QR code reads back as its join link, and is a small image of one bit a pixel" {
  site "$story/5-communities.ndjson"
  jq -r '[.identifier, .join_url] | @tsv' "$out/communities.ndjson" > "$BATS_TEST_TMPDIR/rooms"
  files=$(cut -f 1 "$BATS_TEST_TMPDIR/rooms" | sed "s|[A-Z]|~\L&|g; s|.*|$out/c/&.png|")
  zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable $files > "$BATS_TEST_TMPDIR/read"
  diff <(cut -f 2 "$BATS_TEST_TMPDIR/rooms") "$BATS_TEST_TMPDIR/read"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/read")" -eq 5 ]
  [ "$(file $files | grep -c ' 1-bit grayscale')" -eq 5 ]
  [ -z "$(find "$out/c" -name '*.png' -size +900c)" ]
}

@test "a QR code is made again when the link changes, and only then" {
  site "$story/5-communities.ndjson"
  inode=$(stat -c %i "$out/c/cats+7b4e909b.png")
  site "$story/5-communities.ndjson"
  [ "$(stat -c %i "$out/c/cats+7b4e909b.png")" = "$inode" ]
  site <(sed 's#https://sog.example/cats#https://new.example/cats#' "$story/5-communities.ndjson")
  [ "$(stat -c %i "$out/c/cats+7b4e909b.png")" != "$inode" ]
  grep -aq 'https://new.example/cats' "$out/c/cats+7b4e909b.png"
}

@test "a damaged QR code is made again" {
  site "$story/5-communities.ndjson"
  cp "$out/c/cats+7b4e909b.png" "$BATS_TEST_TMPDIR/good"
  head -c 300 "$BATS_TEST_TMPDIR/good" > "$out/c/cats+7b4e909b.png"
  site "$story/5-communities.ndjson"
  cmp "$BATS_TEST_TMPDIR/good" "$out/c/cats+7b4e909b.png"
}

@test "a long list continues on further pages; every Community is on one of them" {
  site --rows 2 "$story/5-communities.ndjson"
  [ -e "$out/index_2.html" ] && [ ! -e "$out/index_3.html" ]
  run -0 bash -c "cat '$out/index.html' '$out/index_2.html' | tr -d '\n' | grep -o '<li id=' | wc -l"
  [ "$output" -eq 4 ]
  grep -q 'href="index_2.html"' "$out/index.html"
  site --rows 1 "$story/5-communities.ndjson"
  [ "$(grep -ho "href=.tag-[^.]*" "$out"/tags*.html | sort -u | wc -l)" -eq "$(jq -s '[.[].tags[]] | group_by(.) | map(select(length > 1)) | length' "$out/communities.ndjson")" ]
  [ "$(grep -ho "href=.server-[0-9a-f]*" "$out"/servers*.html | sort -u | wc -l)" -eq "$(ls "$out"/servers*.html | wc -l)" ]
}

@test "above --translate-up-to, pages of single Communities and servers exist only in the default language, and links lead there" {
  site --translate-up-to 4 "$story/5-communities.ndjson"
  [ ! -e "$out/cs/c" ]
  [ ! -e "$out/cs/server-7b4e909b.html" ]
  grep -q 'href="../c/cats+7b4e909b.html"' "$out/cs/index.html"
  grep -q 'href="../server-7b4e909b.html"' "$out/cs/servers.html"
  ! grep -q 'hreflang="cs"' "$out/server-7b4e909b.html"
  run -0 /usr/bin/python3 "$root/test/dead-links" "$out"
  [ -z "$output" ]
  site --translate-up-to 5 "$story/5-communities.ndjson"
  grep -q 'href="c/cats+7b4e909b.html"' "$out/cs/index.html"
  grep -q 'href="server-7b4e909b.html"' "$out/cs/servers.html"
  [ -e "$out/cs/c/cats+7b4e909b.html" ]
  [ -e "$out/cs/server-7b4e909b.html" ]
}

@test "every relative link of every page leads to a file" {
  site "$story/5-communities.ndjson"
  run -0 /usr/bin/python3 "$root/test/dead-links" "$out"
  [ -z "$output" ]
}

@test "the records of runs become charts on the status page" {
  site --runs "$story/runs.ndjson" "$story/5-communities.ndjson"
  [ "$(grep -c '<svg class="chart"' "$out/status.html")" -eq 3 ]
  contains "$(cat "$out/status.html")" '<td class="n">17</td>'
}

@test "the status page shows what each source gave, now and in the run before, and why it is not fresh" {
  head -n 1 "$story/runs.ndjson" | jq -c '.sources = [{source:"asgl",links:1234,links_before:7},{source:"wiki<b>",links:5,error:"unexpected"},
    {source:"new",links:2,error:"a word of tomorrow"}]' > "$BATS_TEST_TMPDIR/runs"
  site --runs "$BATS_TEST_TMPDIR/runs" "$story/5-communities.ndjson"
  page=$(cat "$out/status.html")
  contains "$page" '<th scope="row">Awesome Session Group List</th><td class="n">1,234</td><td class="n">7</td><td>Fresh</td>'
  contains "$page" '<th scope="row">wiki&lt;b&gt;</th><td class="n">5</td><td class="n"></td><td>Not the expected page</td>'
  contains "$page" '<td class="n">2</td><td class="n"></td><td>a word of tomorrow</td>'
  contains "$(cat "$out/de/status.html")" '<td class="n">5</td><td class="n"></td><td>Nicht die erwartete Seite</td>'
}

@test "if the last run did not count its sources, there is no table of them" {
  { jq -c '.sources = [{source:"asgl",links:1234}]' "$story/runs.ndjson" | head -n 2; tail -n 1 "$story/runs.ndjson"; } > "$BATS_TEST_TMPDIR/runs"
  site --runs "$BATS_TEST_TMPDIR/runs" "$story/5-communities.ndjson"
  run -1 grep -E 'Links before|1,234' "$out/status.html"
  site "$story/5-communities.ndjson"
  run -1 grep -E 'Links before|1,234' "$out/status.html"
}

@test "one template goes to standard output, in any site language" {
  run -0 --separate-stderr render "${flags[@]}" --template "$root/sites/index.html" "$story/5-communities.ndjson"
  [ -z "$stderr" ]
  contains "$output" 'id="Chess+7b4e909b"'
  run -0 render "${flags[@]}" --template "$root/sites/community.html" --site-language de --only cats+7b4e909b "$story/5-communities.ndjson"
  contains "$output" '<html lang="de"'
  run -1 --separate-stderr render "${flags[@]}" --template "$root/sites/community.html" --only dogs+7b4e909b "$story/5-communities.ndjson"
  [ "$stderr" = "render: no page of this template is called dogs+7b4e909b" ]
}

@test "render: a full disk is an error that leaves no partial file" {
  run -1 bash -c 'render "$@" > /dev/full' - "${flags[@]}" --template "$root/sites/index.html" "$story/5-communities.ndjson"
  contains "$output" "could not write everything"
}

@test "a folder that can't be written to is an error that names it" {
  touch "$BATS_TEST_TMPDIR/file"
  run -1 --separate-stderr render "${flags[@]}" --output "$BATS_TEST_TMPDIR/file/site" "$story/5-communities.ndjson"
  contains "$stderr" "render: $BATS_TEST_TMPDIR/file: Not a directory"
}

@test "wrong usage has status 2 and a message with what was expected" {
  run -2 --separate-stderr render
  contains "$stderr" "expected one of --output"
  for url in example.org https:// https:///list "https://sogs.example?a" "https://sogs.example/list#a" "https://sogs.example/a b"; do
    run -2 --separate-stderr render --output x --site-url "$url"
    contains "$stderr" "--site-url $url: expected http(s)://HOST[/PATH]"
  done
  run -2 --separate-stderr render --output x --now yesterday
  contains "$stderr" "--now yesterday: expected a time like"
  run -2 --separate-stderr render --template "$root/sites/index.html" --site-language xx "$story/5-communities.ndjson"
  contains "$stderr" "there is no such site language"
}

@test "the man page has everything in --help, and is valid mdoc" {
  man=$root/tools/render/render.1
  for option in $(render --help | grep -oE '^ .*--[a-z-]+' | grep -oE '[-][-][a-z-]+'); do
    grep -q -- "${option#-}" "$man" || { echo "$option"; return 1; }
  done
  run -0 mandoc -T lint -W warning "$man"
}
