# What render publishes for programs: data files, feeds, selections.

setup() {
  load helper.bash
  story site
  out=$BATS_TEST_TMPDIR/site
  sites=$root/sites
  flags=(--languages "$root/languages" --policy "$story/policy.ndjson" --now 2026-11-22T20:30:00Z)
}

site() {
  run -0 --separate-stderr timeout 60 render --sites "$sites" "${flags[@]}" --site-url https://sogs.example/list \
    --output "$out" "$@" "$story/5-communities.ndjson"
  [ -z "$output" ]
  [ -z "$stderr" ]
}

# with_selections LINE...: a copy of sites/ with these selections.
with_selections() {
  cp -r "$root/sites" "$BATS_TEST_TMPDIR/sites"
  sites=$BATS_TEST_TMPDIR/sites
  printf '%s\n' "$@" > "$sites/selections.ndjson"
}

@test "data files match their published schemas" {
  with_selections '{"kind":"selection","id":"all","name":"All","include":["7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13","d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928"]}'
  site
  cd "$out"
  run -0 "$root/test/check-published" schemas/communities.schema.json communities.json
  run -0 "$root/test/check-published" --lines schemas/community.schema.json communities.ndjson
  run -0 "$root/test/check-published" schemas/servers.schema.json servers.json
  run -0 "$root/test/check-published" schemas/tags.schema.json tags.json
  run -0 "$root/test/check-published" schemas/history.schema.json history.json
  run -0 "$root/test/check-published" schemas/listing.schema.json listings/all.json
  run -0 "$root/test/check-published" schemas/lookup.schema.json lookup/*.json
}

@test "the check of schemas finds mistakes" {
  site
  cd "$out"
  sed -i 's/"adult":false/"adult":"no"/' communities.json
  run -1 "$root/test/check-published" schemas/communities.schema.json communities.json
  contains "$output" "adult"
}

@test "JSON, NDJSON and CSV contain the same Communities, adult ones marked" {
  site
  run -0 jq -r '.communities[].identifier' "$out/communities.json"
  json=$output
  [ "${#lines[@]}" -eq 5 ]
  [ "$(jq -r .identifier "$out/communities.ndjson")" = "$json" ]
  [ "$(/usr/bin/python3 -c 'import csv, sys; [print(row["identifier"]) for row in csv.DictReader(open(sys.argv[1], newline=""))]' "$out/communities.csv")" = "$json" ]
  [ "$(jq -r 'select(.adult).identifier' "$out/communities.ndjson")" = adults+7b4e909b ]
  [ "$(jq -r .generated_at "$out/communities.json")" = 2026-11-22T20:05:17Z ]
}

@test "a Community's data says what is known and who says so" {
  site
  run -0 jq -c 'select(.identifier == "cats+7b4e909b") | [.languages, .tags, .description, .weekly_users, .staff_count, .page, .server.key_status, .server.uptime_7, .older_identifiers[0]]' "$out/communities.ndjson"
  [ "$output" = '[[{"code":"de","by":"owner"}],["cats"],"Everything about cats.",120,4,"https://sogs.example/list/c/cats+7b4e909b.html","proven",100,"cats+7b4e"]' ]
  run -0 jq -c 'select(.identifier == "cats+d79a50b8") | [.not_seen_since, .server.uptime_7, .staff_count]' "$out/communities.ndjson"
  [ "$output" = '["2026-11-21T20:00:00Z",50,1]' ]
}

@test "forty days of two vantage points give the activity of a busy room, a dying one, a recreated one, and one after a leap" {
  story activity
  "$story/play" > "$BATS_TEST_TMPDIR/listing"
  flags=(--languages "$root/languages" --now 2026-11-09T20:30:00Z)
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" "$BATS_TEST_TMPDIR/listing"
  run -0 jq -r '[.token, .activity, .activity_7, .activity_30, .last_activity_day] | map(. // "-") | join(" ")' "$out/communities.ndjson"
  sort <<< "$output" | diff "$story/expected.txt" -
}

@test "permissions and other members are in JSON and in CSV" {
  facts='{read: true, write: false, joinable: true, image_id: 7, created: 1795000000, description: "Tremendously long words. #nsfw #lang:de"}'
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" <(jq -c ".rooms |= map(if .token == \"Chess\" then . + $facts else . end)" "$story/5-communities.ndjson")
  [ "$(jq -c 'select(.token == "Chess") | [.read, .write, .upload, .joinable, .image_id, .created, .adult_state, .adult_reason, .official]' "$out/communities.ndjson")" = \
    '[true,false,true,true,7,"2026-11-18T11:06:40Z","adult",{"by":"owner"},false]' ]
  run -0 /usr/bin/python3 -c 'import csv, sys
row = next(row for row in csv.DictReader(open(sys.argv[1], newline="")) if row["identifier"].startswith("Chess+"))
print(*[row[name] or "-" for name in "read write upload joinable image_id created languages languages_by adult_by page".split()])' "$out/communities.csv"
  [ "$output" = "true false true true 7 2026-11-18T11:06:40Z de owner owner c/~chess+7b4e909b.html" ]
}

@test "tags.json has each tag with a page; history.json one point a day, from its last run" {
  { cat "$story/runs.ndjson"; jq -c 'select(.at > "2026-11-22") | .at = "2026-11-22T21:00:00Z" | .communities = 9' "$story/runs.ndjson"; } > "$BATS_TEST_TMPDIR/runs"
  third=e529311ec8fb6fdb950aaa4fb71fc4da3ea59c6c9ba2886708b9538eea6aa213 # a tag has a page when two servers use it
  site --runs "$BATS_TEST_TMPDIR/runs" <(echo '{"kind":"server","base_url":"https://third.example","server_id":"e529311e","key":{"public_key":"'$third'","status":"proven"},
    "rooms":[{"token":"talk","identifier":"talk+e529311e","join_url":"https://third.example/talk?public_key='$third'","description":"Talk. #cat #chess #Café"},
    {"token":"tea","identifier":"tea+e529311e","join_url":"https://third.example/tea?public_key='$third'","description":"Tea. #cafes #cat"}]}' | tr -d '\n'; echo)
  [ "$(jq -c '[.[] | [.day, .communities, .probe_seconds]]' "$out/history.json")" = '[["2026-11-20",15,12.5],["2026-11-21",17,12.5],["2026-11-22",9,12.5]]' ]
  [ "$(jq -c '.[] | [.text, .type, .count, .href]' "$out/tags.json")" = '["cat","user",3,"https://sogs.example/list/tag-cat.html"]
["chess","user",2,"https://sogs.example/list/tag-chess.html"]' ]
  # "cat" and "cats" are one tag, in the spelling that most rooms use, on every page.
  [ "$(jq -c 'select(.identifier == "talk+e529311e").tags' "$out/communities.ndjson")" = '["cat","chess","cafes"]' ]
  [ -e "$out/tag-cat.html" ]
}

@test "no published text is the name of a translation" {
  site
  run -0 /usr/bin/python3 - "$root/sites/translations/en.txt" "$out" <<'PYTHON'
import csv, json, pathlib, re, sys
names = {line.split(" = ")[0] for line in open(sys.argv[1], encoding="utf-8") if "_" in line.split(" = ")[0]}
def values(value):
    if isinstance(value, str): yield value
    elif isinstance(value, list): yield from (text for one in value for text in values(one))
    elif isinstance(value, dict): yield from (text for one in value.values() for text in values(one))
checked = 0
for path in pathlib.Path(sys.argv[2]).rglob("*"):
    if "search" in path.parts: continue  # codes for the scripts
    if path.suffix in (".json", ".ndjson") and "schemas" not in path.parts:
        texts = [text for line in ([path.read_text()] if path.suffix == ".json" else path.open()) for text in values(json.loads(line))]
    elif path.suffix == ".csv":
        texts = [cell for row in list(csv.reader(path.open(newline="")))[1:] for cell in row]
    elif path.suffix in (".html", ".atom", ".svg", ".xml", ".txt"):
        page = path.read_text(encoding="utf-8")
        texts = [text for block in re.findall(r'ld\+json">(.*?)</script>', page, re.S) for text in values(json.loads(block))]
        texts += re.findall(r"\w+", re.sub(r'<script type="application/ld.*?</script>|<code.*?</code>|og:site_name|public_key=', "", page, flags=re.S))
    else: continue
    for text in texts:
        checked += 1
        if text in names: print(f"{path}: {text}")
assert checked > 1000
PYTHON
  [ -z "$output" ]
}

@test "no file contains ids of moderators" {
  id=05$(printf 'ab%.0s' {1..32})
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" <(jq -c ".rooms[].admins = [\"$id\"]" "$story/5-communities.ndjson")
  run -1 grep -rl "$id" "$out"
}

@test "no cell of the CSV is a formula for a spreadsheet" {
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" <(jq -c '.rooms[].name |= "=HYPERLINK(\"http://x\",\"y\")"' "$story/5-communities.ndjson")
  contains "$(sed -n 2p "$out/communities.csv")" "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""
}

@test "servers.json has every listed server with its rooms, in the shape of the former listing" {
  site
  run -0 jq -c '.[] | [.base_url, .server_id, [.rooms[].token]]' "$out/servers.json"
  [ "${lines[0]}" = '["https://sog.example","7b4e909b",["Chess","cats","News","adults"]]' ]
  [ "${lines[1]}" = '["http://203.0.113.7:8080","d79a50b8",["cats"]]' ]
}

@test "a selection finds Communities by whole keys, with or without a token, and never hidden ones" {
  key=d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928
  all=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13
  with_selections '{"kind":"selection","id":"one","name":"One","rating":"safe","include":["Chess+'$all'"]}' \
    '{"kind":"selection","id":"server","name":"Server","include":["'$all'"]}' \
    "{\"kind\":\"selection\",\"id\":\"key\",\"name\":\"Key\",\"include\":[\"$key\",\"secret-plans+$key\"]}"
  sed '2s/"status":"unproven"/&,"proven_at":"2026-11-20T20:04:00Z"/' "$story/5-communities.ndjson" > "$BATS_TEST_TMPDIR/5-communities.ndjson"
  story=$BATS_TEST_TMPDIR
  site
  [ "$(jq -r '.rooms[].room.token' "$out/listings/one.json")" = Chess ]
  [ "$(jq -c '[.rooms[].room.token]' "$out/listings/server.json")" = '["Chess","cats","News","adults"]' ]
  [ "$(jq -c '[.rooms[].room_extra.join_url]' "$out/listings/key.json")" = "[\"http://203.0.113.7:8080/cats?public_key=$key\"]" ]
  [ "$(jq -c . "$out/listings.json")" = '[{"id":"one","name":"One","rating":"safe","rooms":1},{"id":"server","name":"Server","rating":"unknown","rooms":4},{"id":"key","name":"Key","rating":"unknown","rooms":1}]' ]
}

@test "the project's own selection has what the makers of Session run, by key" {
  key=$(jq -r '.include[0]' "$sites/selections.ndjson")
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" \
    <(sed -E "s/7b4e909b[0-9a-f]{56}/$key/g; s/7b4e909b/${key:0:8}/g" "$story/5-communities.ndjson")
  [ "$(jq -c '[.id, .rating, ([.rooms[].room.token] | sort)]' "$out/listings/official.json")" = '["official","safe",["Chess","News","cats"]]' ]
  [ "$(jq -c '[.[] | [.id, .rooms]]' "$out/listings.json")" = '[["official",3]]' ]
  grep -q 'href="listings.json"' "$out/data.html"
  run -0 "$root/test/check-published" "$out/schemas/listing.schema.json" "$out/listings/official.json"
}

@test "a bad line in the selections is reported with file and line" {
  with_selections '{"kind":"selection","id":"../x","name":"X","include":[]}'
  run -1 --separate-stderr render --sites "$sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
  [ "$stderr" = "render: $sites/selections.ndjson:1: \"id\" should be small letters, digits and hyphens" ]
  for name in sog.example Chess+7b4e909b 7b4e909b; do
    with_selections '{"kind":"selection","id":"x","name":"X","include":["'$name'"]}'
    run -1 --separate-stderr render --sites "$sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
    contains "$stderr" "selections.ndjson:1: \"include\" should have whole keys, or TOKEN+ and a whole key: \"$name\" is neither"
  done
}

@test "feeds have what is new, returned and gone, the newest first, and no adult Communities" {
  site
  run -0 jq -r '.items[].id' "$out/feed.json"
  [ "${lines[0]}" = "tag:sogs.example,2026:returned/News+7b4e909b/2026-11-21" ]
  [ "${lines[1]}" = "tag:sogs.example,2026:new/Chess+7b4e909b/2026-11-20" ]
  [ "${lines[2]}" = "tag:sogs.example,2026:gone/attic+caea52c5/2026-11-15" ]
  [ "${#lines[@]}" -eq 3 ]
  run -0 xmllint --xpath "//*[local-name()='entry']/*[local-name()='id']/text()" "$out/feed.atom"
  [ "${#lines[@]}" -eq 3 ]
}

@test "feeds of a language have only its Communities" {
  third=e529311ec8fb6fdb950aaa4fb71fc4da3ea59c6c9ba2886708b9538eea6aa213 # a language has a feed when two servers speak it
  site <(echo '{"kind":"server","base_url":"https://third.example","server_id":"e529311e","key":{"public_key":"'$third'","status":"proven"},
    "rooms":[{"token":"talk","identifier":"talk+e529311e","join_url":"https://third.example/talk?public_key='$third'","description":"Talk. #lang:en"}]}' | tr -d '\n'; echo)
  run -0 jq -r '.items[].id' "$out/feed-en.json"
  [ "${lines[0]}" = "tag:sogs.example,2026:new/Chess+7b4e909b/2026-11-20" ]
  [ "${lines[1]}" = "tag:sogs.example,2026:gone/attic+caea52c5/2026-11-15" ]
  [ "${#lines[@]}" -eq 2 ]
  [ "$(jq '.items | length' "$out/feed-de.json")" -eq 0 ]
}

@test "the data page has size and rows of each file and a licence, and its commands work" {
  site
  page=$(cat "$out/data.html")
  for file in communities.json communities.ndjson communities.csv servers.json listings.json; do
    contains "$(grep -F "\">$file</a>" <<< "$page")" "data-l=\"Size\">$(( ($(stat -c %s "$out/$file") + 999) / 1000 )) kB</td>"
  done
  contains "$page" 'data-l="Rows">5</td>'
  contains "$page" '<a href="https://spdx.org/licenses/CC0-1.0.html">CC0-1.0</a>'
  run -2 render "${flags[@]}" --licence 'CC 0' --template "$root/sites/data.html" "$story/5-communities.ndjson"
  commands=$(grep -o 'curl -s [^<]*' <<< "$page" | sed "s|curl -s https://sogs.example/list/|cat $out/|; s/&gt;/>/g; s/&#39;/'/g; s/&quot;/\"/g")
  [ "$(wc -l <<< "$commands")" -eq 5 ]
  run -0 bash -euo pipefail -c "$commands"
  contains "$output" 'https://sog.example 4'
}

@test "Atom, sitemap and OpenSearch are well-formed; JSON Feed has the members that version 1.1 requires" {
  site
  for file in feed.atom feed-de.atom sitemap.xml opensearch.xml badge/cats+7b4e909b.svg; do
    run -0 xmllint --noout "$out/$file"
  done
  [ "$(jq -r .version "$out/feed.json")" = https://jsonfeed.org/version/1.1 ]
  [ "$(jq '[.items[] | has("id") and has("content_text")] | all' "$out/feed.json")" = true ]
}

@test "ids of feeds are the same when the next run finds the same" {
  site
  jq -r '.items[].id' "$out/feed.json" > "$BATS_TEST_TMPDIR/ids"
  flags[5]=2026-11-25T08:00:00Z
  site
  jq -r '.items[].id' "$out/feed.json" | diff "$BATS_TEST_TMPDIR/ids" -
}

@test "the sitemap names every page once, but none of adult or gone Communities" {
  site
  run -0 xmllint --xpath "//*[local-name()='loc']/text()" "$out/sitemap.xml"
  printf '%s\n' "${lines[@]}" | sort > "$BATS_TEST_TMPDIR/named"
  [ -z "$(uniq -d "$BATS_TEST_TMPDIR/named")" ]
  (cd "$out" && find . -name '*.html' -exec grep -L 'content="noindex"' {} + | sed 's|^\./|https://sogs.example/list/|; s|/index.html$|/|' | sort) |
    diff - "$BATS_TEST_TMPDIR/named"
}

@test "canonical links, cards and feeds have absolute URLs; without --site-url they are left out" {
  site
  grep -q '<link rel="canonical" href="https://sogs.example/list/cs/c/cats+7b4e909b.html">' "$out/cs/c/cats+7b4e909b.html"
  grep -q '<link rel="canonical" href="https://sogs.example/list/">' "$out/index.html"
  run -0 render --sites "$sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
  run -1 grep -rl 'rel="canonical"' "$out"
  [ ! -e "$out/sitemap.xml" ]
}

@test "structured data is JSON that can't end its element early" {
  run -0 render --sites "$sites" "${flags[@]}" --site-url https://sogs.example --output "$out" \
    <(jq -c '.rooms[].name |= "</script><script>alert(1)</script>"' "$story/5-communities.ndjson")
  run -0 /usr/bin/python3 - "$out/c/cats+7b4e909b.html" <<'PYTHON'
import json, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
print(json.loads(blocks[0])["itemListElement"][1]["name"])
PYTHON
  [ "$output" = "</script><script>alert(1)</script>" ]
}

@test "a misspelt member or kind of a selection is an error that suggests the right word" {
  with_selections '{"kind":"selection","id":"x","name":"X","inclde":[]}'
  run -1 --separate-stderr render --sites "$sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
  [ "$stderr" = "render: $sites/selections.ndjson:1: unknown member \"inclde\"; did you mean \"include\"?" ]
  with_selections '{"kind":"selecton","id":"x","name":"X","include":[]}'
  run -1 --separate-stderr render --sites "$sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
  [ "$stderr" = "render: $sites/selections.ndjson:1: unknown kind \"selecton\"; did you mean \"selection\"?" ]
}
