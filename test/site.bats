# The files of sites/ and the pages made from them, without a browser.
# bats file_tags=long

setup_file() {
  load helper.bash
  cd "$root"
  export made=$BATS_FILE_TMPDIR
  test/browser/make-listing 20 | render --output "$made/site" --now 2026-11-22T20:05:17Z --site-url https://sogs.example \
    --contact mailto:operator@sogs.example
}

setup() { load helper.bash; cd "$root"; }

@test "every page passes a strict HTML parser, its links lead to files and its ids are unique" {
  run node test/browser/html.mjs "$made/site"
  [ "$status" -eq 0 ] || { printf '%s\n' "$output" | head -n 30 >&2; return 1; }
}

@test "for a table of queries, search ranks the right rooms first and finds no wrong ones" {
  run node test/browser/search.mjs
  [ "$status" -eq 0 ] || { printf '%s\n' "$output" >&2; return 1; }
}

@test "scripts are published without comments; one with a template literal is published unchanged" {
  mkdir -p "$BATS_TEST_TMPDIR/own/assets"
  printf '%s\n' '// of ours' 'const a = `//` + 1;' '' '  const b = 2;  // c' '  // d' > "$BATS_TEST_TMPDIR/own/assets/short.js"
  printf '%s\n' '// of ours' 'const a = `' '  // stays`;' > "$BATS_TEST_TMPDIR/own/assets/long.js"
  render --sites "$BATS_TEST_TMPDIR/own" --sites sites --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z test/story/site/5-communities.ndjson
  [ "$(cat "$BATS_TEST_TMPDIR"/site/assets/short.*.js)" = $'const a = `//` + 1;\nconst b = 2;  // c' ]
  cmp "$BATS_TEST_TMPDIR"/site/assets/long.*.js "$BATS_TEST_TMPDIR/own/assets/long.js"
  run -1 grep -nE '^ *//|^ ' "$BATS_TEST_TMPDIR"/site/assets/site.*.js
}

@test "the data page shows the size of each file" {
  for file in communities.json communities.ndjson communities.csv servers.json tags.json history.json listings.json; do
    grep -qE "<a href=\"$file\">.*<td [^>]*>[0-9]+ kB</td>" "$made/site/data.html" || { echo "$file" >&2; return 1; }
  done
}

@test "tidy reports no error in any page" {
  run -0 bash -c 'find "$0" -name "*.html" -print0 | xargs -0 -n 200 tidy -e -q --drop-empty-elements no 2>&1 | grep -i " Error:" | sort -u | head'  "$made/site"
  [ -z "$output" ]
}

@test "each page of a site with 3,000 Communities is within its budget: 200 kB compressed for a list, 25 kB for any other" {
  mkdir "$BATS_TEST_TMPDIR/sites"
  cp -r sites/* "$BATS_TEST_TMPDIR/sites"
  find "$BATS_TEST_TMPDIR/sites/translations" -type f ! -name en.txt -delete
  test/browser/make-listing 3000 | sed 's/"outcome":"ok"/"outcome":"dns"/' |
    render --sites "$BATS_TEST_TMPDIR/sites" --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z
  run -0 /usr/bin/python3 - "$BATS_TEST_TMPDIR/site" <<'END'
import gzip, pathlib, sys
pages = most = 0
for page in pathlib.Path(sys.argv[1]).rglob("*.html"):
    text = page.read_bytes()
    limit = 200_000 if b'id="list"' in text else 25_000
    pages += 1
    if len(text) <= 25_000: continue
    size = len(gzip.compress(text, 9))
    most = max(most, size)
    assert size <= limit, (page.name, size)
    assert text.count(b"<li id=") <= 1000, page.name
print(pages > 3000, most > 90_000)
END
  [ "$output" = "True True" ]
}

@test "the status page says in words how servers answered and whether their keys are proven" {
  local outcomes=(dns proxy refused timeout-connect timeout-read tls http-error not-sogs blocked-address too-big redirect broken)
  for outcome in "${outcomes[@]}"; do  # none of them shows a key
    echo '{"kind":"server","base_url":"https://'"$outcome"'.example","probe":{"at":"2026-11-22T20:00:00Z","outcome":"'"$outcome"'","attempts":1,"seconds":0.1}}'
  done | cat - <(test/browser/make-listing 10) | dedupe --by=key |
    render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --sites sites
  for page in status de/status; do
    labels=$(grep -o '<th scope="row">[^<]*' "$BATS_TEST_TMPDIR/site/$page.html" | sed 's/.*>//')
    [ "$(wc -l <<< "$labels")" -ge 13 ]
    run -1 grep -xE "$(tr ' ' '|' <<< "${outcomes[*]} none")" <<< "$labels"
  done
}

@test "all numbers of the status page count the same servers, and percentages add up to 100" {
  for outcome in ok dns refused; do
    echo '{"kind":"server","base_url":"https://'"$outcome"'.example","probe":{"at":"2026-11-22T20:00:00Z","outcome":"'"$outcome"'","attempts":1,"seconds":0.1}}'
  done | render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z
  page=$(tr -d '\n' < "$BATS_TEST_TMPDIR/site/status.html")
  contains "$page" '<dt>servers that answered, of all known</dt><dd>1 / 3</dd>'
  [ "$(grep -o '<td class="n">1</td><td class="n">3[34]</td>' <<< "$page" | grep -o '3[34]' | sort | xargs)" = "33 33 34" ]
  contains "$page" 'Addresses that never answered: 2'
  lacks_host() { ! grep -rl 'dns\.example\|refused\.example' "$BATS_TEST_TMPDIR/site"; }
  lacks_host
}

@test "no list is empty, a server's page has no menu of servers, and feeds link to the page of their language" {
  [ -e "$(ls "$made"/site/server-*.html | head -n 1)" ]
  run -1 grep -rlE '<ul></ul>|<small></small>' "$made/site" --include=*.html
  run -1 grep -lE 'id="f-host"' "$made"/site/server-*.html
  grep -q 'id="f-host"' "$made/site/language-de.html"
  grep -q '<link rel="alternate" type="text/html" href="https://sogs.example/language-de.html"/>' "$made/site/feed-de.atom"
  [ "$(jq -r .home_page_url "$made/site/feed-de.json")" = https://sogs.example/language-de.html ]
  grep -q '<link rel="alternate" type="text/html" href="https://sogs.example/"/>' "$made/site/feed.atom"
}

@test "the number of rooms or servers is worded for none and one; a long description comes after the way to join" {
  test/browser/make-listing 2 | jq -c 'select(.gone | not) | .rooms |= .[0:1]' | head -n 1 > "$BATS_TEST_TMPDIR/one"
  jq -c '.rooms = []' "$BATS_TEST_TMPDIR/one" | render --output "$BATS_TEST_TMPDIR/none" --now 2026-11-22T20:05:17Z --sites sites
  contains "$(cat "$BATS_TEST_TMPDIR/none/index.html")" '<p>Nothing here yet.</p>'
  render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --sites sites "$BATS_TEST_TMPDIR/one"
  contains "$(cat "$BATS_TEST_TMPDIR/site/index.html")" ' · 1 server · '
  run -1 grep -l 'Nothing here yet' "$BATS_TEST_TMPDIR"/site/{index,tags}.html
  order() { jq -c --arg text "$1" '.rooms[].description = $text' "$BATS_TEST_TMPDIR/one" | render --template sites/community.html --now 2026-11-22T20:05:17Z --only "$(jq -r '.rooms[0].identifier' "$BATS_TEST_TMPDIR/one")" | grep -oE 'class="about"|id="join"' | xargs; }
  [ "$(order "Short and good")" = 'class=about id=join' ]
  [ "$(order "$(printf 'word %.0s' {1..1000})")" = 'id=join class=about' ]
}

@test "a list of one room has no search, filters or sorting; one without tags has no link to tags" {
  test/browser/make-listing 1 | sed 's/ #[a-z:]*//g' | render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --sites sites
  page=$(cat "$BATS_TEST_TMPDIR/site/index.html")
  contains "$page" '>1 room<'
  run -1 grep -E 'id="(find|order|f-lang)"' <<< "$page"
  test/browser/make-listing 2 | sed 's/ #[a-z:]*//g' | render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --sites sites
  page=$(cat "$BATS_TEST_TMPDIR/site/index.html")
  contains "$page" 'id="find"'
  contains "$page" 'href="servers.html"'
  run -1 grep -E 'href="(tags|adult).html"' <<< "$page"
}

@test "the answers of a server are counted only for days on which it was asked" {
  uptime() {  # DAYS: of a server that was asked every hour since so many days, at 12:30
    jq -c --argjson days "$1" '.probe.at = "2026-11-22T12:30:00Z" | .answers = [range($days; -1; -1) as $ago | {day: ("2026-11-22T00:00:00Z" | fromdate - $ago * 86400 | todate[:10]),
      asked: (if $ago == $days then 8384512 elif $ago == 0 then 8191 else 16777215 end)} | .answered = .asked]' test/story/site/5-communities.ndjson |
      render --template sites/community.html --only cats+7b4e909b --now 2026-11-22T20:05:17Z | grep -o 'Answered [0-9]* %[^<]*' || true
  }
  [ "$(uptime 0)" = "" ]
  [ "$(uptime 1)" = "Answered 100 % of the last 7 days · since 2026-11-21" ]
  [ "$(uptime 8)" = "Answered 100 % of the last 30 days · since 2026-11-14" ]
  [ "$(uptime 29)" = "Answered 100 % of the last 30 days" ]
}

@test "the status page names some silent servers and links to the pages of all" {
  test/browser/make-listing 250 | sed 's/"outcome":"ok"/"outcome":"dns"/' |
    render --rows 10 --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --sites sites
  named() { grep -ho 'href="server-[0-9a-f]*' "$@" | sort -u | wc -l; }
  servers=$(named "$BATS_TEST_TMPDIR"/site/servers*.html)
  [ "$servers" -gt 40 ]
  [ "$(named "$BATS_TEST_TMPDIR"/site/silent*.html)" -eq "$servers" ]
  [ "$(named "$BATS_TEST_TMPDIR/site/status.html")" -eq 24 ]
  grep -q "<a href=\"silent.html\">All silent servers: $servers</a>" "$BATS_TEST_TMPDIR/site/status.html"
  [ -e "$BATS_TEST_TMPDIR/site/silent_3.html" ]
}

@test "the contact is in the paragraph about reports; without a contact no text mentions one" {
  tr -d '\n' < "$made/site/criteria.html" | grep -q '<p>Tell us the identifier[^<]*<a href="mailto:operator@sogs.example">operator@sogs.example</a></p>'
  grep -q '^Contact: mailto:operator@sogs.example$' "$made/site/.well-known/security.txt"
  grep -q '#report' "$made/site/index.html"
  test/browser/make-listing 10 | render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --site-url https://sogs.example
  run -1 grep -rlE '#report|"report"|Tell us|Report a Community|告诉我们' "$BATS_TEST_TMPDIR/site" --include=*.html
  [ ! -e "$BATS_TEST_TMPDIR/site/.well-known" ]
  run -0 find "$BATS_TEST_TMPDIR/site" -type f -size -2c
  [ -z "$output" ]
}

@test "every reason why a room can't be joined is translated into every site language" {
  local codes=()
  while IFS='|' read -r code text; do
    codes+=("$code")
    run -0 render --template sites/community.html --site-language de --now 2026-11-22T20:05:17Z --only cats+7b4e909b < <(
      jq -c --arg code "$code" '.rooms[] |= (.joinable = false | .not_joinable = {code: $code, text: "for experts"})' test/story/site/5-communities.ndjson)
    contains "$output" "<p class=\"warn\"><b>Die heutigen Session-Apps können dieser Community nicht beitreten.</b> $text"
    contains "$output" '<p class="muted" lang="en">for experts</p>'
  done << 'END'
address|Die Adresse des Servers erreichen
old-server|Die Software des Servers
unproven-key|Der Server hat nicht bewiesen
no-capabilities|Der Server sagt nicht
room-refused|Der Server zeigt den Apps
room-data|Der Server beschreibt
END
  [ "$(jq -c '.properties.not_joinable.properties.code.enum' tools/lib/record/room.schema.json)" = "$(printf '%s\n' "${codes[@]}" | jq -Rnc '[inputs]')" ]
}

@test "feeds, sitemap, OpenSearch and drawings are well-formed XML" {
  run -0 /usr/bin/python3 -c '
import glob, sys, xml.dom.minidom
files = [f for pattern in ("*.atom", "*.xml", "**/*.svg") for f in glob.glob(sys.argv[1] + "/" + pattern, recursive=True)]
for f in files: xml.dom.minidom.parse(f)
print(len(files) > 30)' "$made/site"
  [ "$output" = True ]
}

@test "robots.txt names both sitemaps of a site that needs two" {
  named() { render --template sites/robots.txt --now 2026-11-22T20:05:17Z --site-url https://sogs.example --rows "$1" "$BATS_TEST_TMPDIR/listing" | grep ^Sitemap; }
  test/browser/make-listing 1200 > "$BATS_TEST_TMPDIR/listing"
  [ "$(named 1000)" = "Sitemap: https://sogs.example/sitemap.xml" ]
  [ "$(named 1)" = "$(printf 'Sitemap: https://sogs.example/%s.xml\n' sitemap sitemap_2)" ]
}

@test "structured data has the types that search engines read" {
  for page in index.html:WebSite data.html:Dataset; do
    sed -n 's|<script type="application/ld+json">\(.*\)</script>|\1|p' "$made/site/${page%:*}" | jq -e --arg type "${page#*:}" '.. | objects | select(."@type"? == $type)' > /dev/null
  done
  run -0 jq -s 'map(."@type" == "BreadcrumbList") | [all, length]' -c < <(
    sed -sn 's|<script type="application/ld+json">\(.*\)</script>|\1|p' "$made"/site/c/*.html)
  [ "$output" = "[true,$(jq '.communities | length' "$made/site/communities.json")]" ]
}

@test "each site language has its own card, with an absolute URL, a PNG of 1200 by 630, below 20 kB" {
  grep -q '<meta property="og:image" content="https://sogs.example/card-en.png">' "$made/site/index.html"
  grep -q '<meta property="og:image" content="https://sogs.example/card-fa.png">' "$made/site/fa/about.html"
  cards=$(ls sites/translations | sed "s|\(.*\).txt|$made/site/card-\1.png|")
  [ "$(file $cards | grep -c 'PNG image data, 1200 x 630')" -eq "$(wc -w <<< "$cards")" ]
  [ -z "$(find $cards -size +20k)" ]
}

@test "there is an icon for 16 and 32 pixels, and one for home screens" {
  [[ $(file "$made/site/favicon.ico") == *"2 icons, 16x16"*"32x32"* ]]
  [[ $(file "$made/site/apple-touch-icon.png") == *"180 x 180"* ]]
}

@test "the Content-Security-Policy of every page forbids foreign and inline code" {
  policy="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
  run -0 bash -c 'find "$0" -name "*.html" -exec grep -LF "$1" {} +' "$made/site" "<meta http-equiv=\"Content-Security-Policy\" content=\"$policy\">"
  [ -z "$output" ]
}

@test "adult pages have noindex for search engines, other pages do not" {
  grep -q '<meta name="robots" content="noindex">' "$made/site/adult.html"
  adult=$(grep -o 'href="c/[^"]*' "$made/site/adult.html" | head -n 1 | cut -c 7-)
  grep -q '<meta name="robots" content="noindex">' "$made/site/$adult"
  run -1 grep noindex "$made/site/index.html"
}

@test "every site language translates every English text, and none is empty" {
  for file in sites/translations/*.txt; do
    run -1 grep -nE '^[a-z_0-9]+ *= *$' "$file"
    diff <(sed -n 's/^\([a-z_0-9]*\) = .*/\1/p' sites/translations/en.txt | grep -vE '^(outcome|state|reason|source|event)_' | sort) \
         <(sed -n 's/^\([a-z_0-9]*\) = .*/\1/p' "$file" | grep -vE '^(outcome|state|reason|source|event)_' | sort)
  done
}

@test "every translated text is used by a template or by the data" {
  used=$(cat sites/*.html sites/*.xml sites/*.txt sites/*.svg sites/*.atom | grep -o '{{t\.[a-z_0-9]*' | cut -d . -f 2 | sort -u)
  run -1 grep -vxF "$used" <(sed -n 's/^\([a-z_0-9]*\) = .*/\1/p' sites/translations/en.txt | grep -vE '^(outcome|state|reason|source|event|chart|chip|hint|plural|unjoinable|adult_by)_|^(language_name|direction)$')
}

@test "numbers are grouped as in each site language, and charts have text labels" {
  jq -cn 'range(2) | {kind:"run",at:"2026-11-2\(.)T20:05:17Z",communities:1234567,servers:999,answered:1000,proven:5,weekly_users:12345,
    pages:1,pages_failed:0,joins:9,appeared:0,vanished:0,outcomes:{},keys:{},seconds:{}}' > "$BATS_TEST_TMPDIR/runs"
  test/browser/make-listing 40 | render --output "$BATS_TEST_TMPDIR/site" --now 2026-11-22T20:05:17Z --runs "$BATS_TEST_TMPDIR/runs"
  page=$(cat "$BATS_TEST_TMPDIR/site/status.html")
  contains "$page" '<h2>Communities <small>1,234,567</small></h2>'
  contains "$page" '<h2>Servers that answered <small>1,000</small></h2>'
  contains "$page" '<h2>Weekly users <small>12,345</small></h2>'
  contains "$(cat "$BATS_TEST_TMPDIR/site/de/status.html")" '<small>1.234.567</small>'
  contains "$(cat "$BATS_TEST_TMPDIR/site/fr/status.html")" $'<small>1\u202f234\u202f567</small>'
}

@test "every outcome of probe-servers has a text" {
  outcomes=$(sed -n '/^\.Ss Outcomes/,/^\.El/s/^\.It Cm //p' tools/probe-servers/probe-servers.1)
  [ "$(wc -w <<< "$outcomes")" -gt 8 ]
  for outcome in $outcomes; do grep -q "^outcome_${outcome//-/_} = " sites/translations/en.txt || { echo "$outcome" >&2; return 1; }; done
}

@test "every reason why a page is not fresh has a text in every site language" {
  faults=$(jq -r '.. | objects | .properties?.code?.enum? // empty | .[]' tools/lib/record/page.schema.json)
  [ "$(wc -w <<< "$faults")" -ge 20 ]
  for file in sites/translations/*.txt; do
    for fault in $faults; do grep -q "^outcome_${fault//-/_} = " "$file" || { echo "$file: $fault" >&2; return 1; }; done
  done
}

@test "the criteria page lists every reason in every site language" {
  for file in sites/translations/*.txt; do
    [ "$file" != sites/translations/en.txt ] || continue
    diff <(jq -r '.code | gsub("-"; "_") | "reason_\(.)", "reason_\(.)_text"' sites/reasons.ndjson | sort) \
         <(sed -n 's/^\(reason_[a-z_0-9]*\) = .*/\1/p' "$file" | sort)
  done
}

@test "styles have no fixed width beyond a phone's, and never hide the focus" {
  run -1 grep -nE '(^|[^-])width: *[0-9]{3,}px|min-width: *[0-9]+(px|em)' sites/assets/style.css
  run -1 grep -nE 'outline: *(none|0)' <(grep -v '^main {' sites/assets/style.css)
  grep -q 'prefers-reduced-motion' sites/assets/style.css
  grep -q 'forced-colors' sites/assets/style.css
  grep -q '@media print' sites/assets/style.css
}

@test "text and controls have enough contrast in light and dark" {
  run -0 /usr/bin/python3 - sites/assets/style.css <<'END'
import colorsys, re, sys
style = open(sys.argv[1]).read()
def light(colour):
    part = lambda i: int(colour[i:i + 2], 16) / 255
    line = lambda v: v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
    return 0.2126 * line(part(1)) + 0.7152 * line(part(3)) + 0.0722 * line(part(5))
def contrast(a, b):
    a, b = sorted((light(a), light(b)))
    return (b + 0.05) / (a + 0.05)
blocks = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
for block in blocks:
    colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for text in ("ink", "soft", "leaf", "clay"):
        for ground in ("paper", "sheet"):
            assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground, contrast(colour[text], colour[ground]))
    for text, ground in (("leaf", "leaf-wash"), ("clay", "clay-wash"), ("ink", "leaf-wash"), ("soft", "leaf-wash")):
        assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground, contrast(colour[text], colour[ground]))
    for ground in ("paper", "sheet"):
        assert contrast(colour["edge"], colour[ground]) >= 3, ("edge", ground, contrast(colour["edge"], colour[ground]))
    # The letter of a face, on its ground, in each hue.
    ground, ink = (re.search(r"--face-%s: (\d+)%% (\d+)%%" % name, block).groups() for name in ("ground", "ink"))
    hues = [int(hue) for hue in re.findall(r"\.hue-\d+ \{ --hue: (\d+); \}", style)]
    assert len(set(hues)) == 20, hues
    for hue in hues:
        pair = ["#" + "".join("%02x" % round(255 * part) for part in colorsys.hls_to_rgb(hue / 360, int(l) / 100, int(s) / 100)) for s, l in (ground, ink)]
        assert contrast(*pair) >= 4.5, (hue, contrast(*pair))
print(len(blocks))
END
  [ "$output" = 2 ]
}
