# What strangers may write in a record, and what people may write in a template.

setup() {
  load helper.bash
  story site
  out=$BATS_TEST_TMPDIR/site
  flags=(--languages "$root/languages" --policy "$story/policy.ndjson" --now 2026-11-22T20:30:00Z
    --site-url https://sogs.example)
}

# hostile JQ: the story's records changed by a jq program.
hostile() { jq -c "$1" "$story/5-communities.ndjson" > "$BATS_TEST_TMPDIR/hostile.ndjson"; }

# left_out JQ WORDS: such a record is refused with its line, and no file is made from it.
left_out() {
  hostile "if .server_id == \"7b4e909b\" then $1 else . end"
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" -v "$BATS_TEST_TMPDIR/hostile.ndjson"
  contains "$stderr" ": $2"
  [ -e "$out/c/cats+d79a50b8.html" ]
  [ -z "$(find "$BATS_TEST_TMPDIR" -name 'passwd*' -o -name 'x+*')" ]
  run -0 grep -c 'Unusable data' "$out/criteria.html"
}

# templates WHAT: a small folder of templates whose index.html is WHAT.
templates() {
  sites=$BATS_TEST_TMPDIR/sites
  mkdir -p "$sites/translations"
  printf 'language_name = English\ndirection = ltr\nsite_name = Test\n' > "$sites/translations/en.txt"
  cp "$root/sites/reasons.ndjson" "$sites/"
  printf '%s' "$1" > "$sites/index.html"
}

# wrong WHAT MESSAGE: a template that is refused with this message.
wrong() {
  templates "$1"
  run -1 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ -z "$output" ]
  [ "$stderr" = "render: $sites/$2" ] || { echo "$stderr"; return 1; }
}

# texts NAME DESCRIPTION SOURCE: the story with these texts in every place that takes one.
texts() {
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" <(
    jq -c --arg name "$1" --arg description "$2" --arg source "$3" '
      .rooms[] |= (.name = $name | .description = $description + " #lang:en" | .not_joinable = {code: "room-data", text: $description} | .joinable = false) |
      .found_on = [{source: $source, url: "javascript:alert(1)"}] | .rooms[].found_on = .found_on |
      .rooms[].preview_url = "javascript:alert(1)" | .capabilities = [$source] | .probe.error = $description' \
      "$story/5-communities.ndjson")
  (cd "$out" && find . -name '*.html' | sort | xargs "$root/test/elements") > "$BATS_TEST_TMPDIR/$4"
}

@test "no remote text adds, ends or changes an element of any page" {
  texts plain plain plain harmless
  texts $'<script>alert(1)</script>"\'&amp;' $'</title><img src=x onerror=alert(1)> {{name}} {{{x}}} "\'--> ]]>' '"><b onclick=x>' hostile
  diff "$BATS_TEST_TMPDIR/harmless" "$BATS_TEST_TMPDIR/hostile"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/hostile")" -gt 10000 ]
  run -1 grep -rl 'javascript:' "$out"
  grep -q '&lt;script&gt;alert(1)' "$out/index.html"
  grep -q '{{name}}' "$out/c/cats+7b4e909b.html"
  for file in "$out"/*.atom "$out"/badge/*.svg; do run -0 xmllint --noout "$file"; done
}

@test "a name of 100 kB makes a page, and no file is named after it" {
  hostile '.rooms[].name = ("x" * 100000)'
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" "$BATS_TEST_TMPDIR/hostile.ndjson"
  [ "$(jq -r '.name | length' "$out/communities.ndjson" | sort -u)" -eq 100000 ]
}

@test "control characters with a meaning inside render do no harm in remote text" {
  hostile '.rooms[].name = "a\u00011\u0002b\u00030\u0002"'
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" "$BATS_TEST_TMPDIR/hostile.ndjson"
  [ "$(grep -c 'Only for grown-ups' "$out/index.html")" -eq 0 ]
  [ "$(tr -d '\n' < "$out/index.html" | grep -o '<li id=' | wc -l)" -eq 4 ]
}

@test "a tag in another script has a page with an ASCII name" {
  hostile '.rooms[].description = "Unser Raum. #über #猫 #nul"'
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" "$BATS_TEST_TMPDIR/hostile.ndjson"
  [ -e "$out/tag-nul.html" ]
  [ "$(ls "$out" | grep -c '^tag_[a-z2-7]*\.html$')" -eq 2 ]
  [ -z "$(find "$out" | LC_ALL=C grep '[^ -~]')" ]
}

@test "a token that could leave the folder, or an invalid join URL, is left out; the rest is published" {
  left_out '.rooms[0].token = "../../etc/passwd"' '"rooms[0].token" should be 1 to 64 of 0-9 A-Z a-z _ -'
  left_out '.rooms[0].identifier = "../x+7b4e909b"' '"rooms[0].identifier" should be TOKEN+'
  left_out '.rooms[0].identifier = "x+7b4e909b/../../y"' '"rooms[0].identifier" should be TOKEN+'
  left_out '.rooms[0].join_url = "javascript:alert(1)"' '"rooms[0].join_url" should be a join link'
  left_out '.server_id = "../../../x"' '"server_id" should be 8 or more lower-case hex digits'
  left_out '.base_url = "file:///etc"' '"base_url" should be http(s)://HOST[:PORT]'
}

@test "with --keep-going a bad record is kept in --rejects and the rest is published" {
  hostile 'if .server_id == "7b4e909b" then .rooms[0].token = 7 else . end'
  run -1 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" --keep-going \
    --rejects "$BATS_TEST_TMPDIR/rejects" "$BATS_TEST_TMPDIR/hostile.ndjson"
  [ -e "$out/c/cats+d79a50b8.html" ]
  cmp <(head -n 1 "$BATS_TEST_TMPDIR/hostile.ndjson") "$BATS_TEST_TMPDIR/rejects"
}

@test "of two servers or two rooms with one identifier the first is shown; the other is left out and counted" {
  jq -c '.rooms[0].description = "twin"' "$story/5-communities.ndjson" > "$BATS_TEST_TMPDIR/twins.ndjson"
  { jq -c 'if .rooms then .rooms += [.rooms[0]] else . end' "$story/5-communities.ndjson"; cat "$BATS_TEST_TMPDIR/twins.ndjson"; } > "$BATS_TEST_TMPDIR/in.ndjson"
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" -v --summary "$BATS_TEST_TMPDIR/counts" "$BATS_TEST_TMPDIR/in.ndjson"
  contains "$stderr" 'another server before it has the same "server_id", 7b4e909b'
  contains "$stderr" '.token" is that of another room before it'
  [ "$(jq -s 'length == (map(.identifier) | unique | length)' "$out/communities.ndjson")" = true ]
  run -1 grep -q twin "$out/communities.ndjson"
  [ "$(jq .left_out "$BATS_TEST_TMPDIR/counts")" -eq "$(jq -s '[.[] | select(.rooms)] | length * 2' "$story/5-communities.ndjson")" ]
  grep -q 'Failed a check' "$out/status.html"
}

@test "an empty listing is refused, and the site stays; servers without a Community make a site that says so" {
  cp -r "$story" "$BATS_TEST_TMPDIR/kept"
  run -1 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$BATS_TEST_TMPDIR/kept" /dev/null
  [ "$stderr" = "render: the input has no server records; $BATS_TEST_TMPDIR/kept is unchanged" ]
  jq -c 'del(.probe, .rooms)' "$story/5-communities.ndjson" > "$BATS_TEST_TMPDIR/unprobed"
  run -1 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$BATS_TEST_TMPDIR/kept" "$BATS_TEST_TMPDIR/unprobed"
  [ "$stderr" = "render: no server in the input was ever probed; the input is a listing, as dedupe --by=key writes it; $BATS_TEST_TMPDIR/kept is unchanged" ]
  diff -r "$story" "$BATS_TEST_TMPDIR/kept"
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" <(jq -c 'del(.rooms)' "$story/5-communities.ndjson")
  [ "$(jq '.communities | length' "$out/communities.json")" -eq 0 ]
  [ -e "$out/index.html" ]
}

@test "a tampered manifest can't delete files outside the folder" {
  mkdir -p "$out" && echo keep > "$BATS_TEST_TMPDIR/keep"
  printf '../keep\n/etc/none\nc/../../keep\n' > "$out/.made-by-render"
  run -0 --separate-stderr render --sites "$root/sites" "${flags[@]}" --output "$out" "$story/5-communities.ndjson"
  [ "$(cat "$BATS_TEST_TMPDIR/keep")" = keep ]
}

@test "mistakes in templates are reported with file and line" {
  wrong $'one\n{{nonsense}}\n' 'index.html:2: nothing is called "nonsense" (sites/README.md has the names)'
  wrong $'{{#communities}}\n{{nme}}\n{{/communities}}\n' 'index.html:2: nothing is called "nme" (sites/README.md has the names); did you mean "name"?'
  wrong $'{{t.site_nmae}}\n' "index.html:1: there is no translation \"site_nmae\" in $BATS_TEST_TMPDIR/sites/translations/en.txt; did you mean \"site_name\"?"
  wrong $'\n\n{{t.nothing}}\n' "index.html:3: there is no translation \"nothing\" in $BATS_TEST_TMPDIR/sites/translations/en.txt"
  wrong $'{{> +nobody}}\n' 'index.html:1: there is no part "+nobody.html"'
  wrong $'a\n{{#tags}}\n' 'index.html:2: section "tags" is not closed'
  wrong $'{{/tags}}\n' 'index.html:1: section "tags" is closed but not open here'
  wrong $'{{#tags}}{{/languages}}\n' 'index.html:1: section "languages" is closed but not open here'
  wrong $'{{lang\n' 'index.html:1: this tag is not closed'
  wrong $'{{}}\n' 'index.html:1: this tag has no name'
  wrong $'{{=<% %>=}}\n' 'index.html:1: delimiters other than {{ }} are not supported'
}

@test "rows can be in any section, any number of times" {
  templates $'{{^contact}}{{#communities}}{{token}};{{/communities}}\n{{#communities}}<{{token}}>{{/communities}}{{/contact}}{{^communities}}none{{/communities}}\n'
  run -0 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ "$output" = $'Chess;cats;cats;News;\n<Chess><cats><cats><News>' ]
}

@test "templates can't insert text without escaping" {
  wrong $'{{{canonical}}}\n' 'index.html:1: "canonical" has to be escaped: only _svg and _json names are markup'
  wrong $'{{& lang}}\n' 'index.html:1: "lang" has to be escaped: only _svg and _json names are markup'
}

@test "a mistake in a part is reported with the part's file and line" {
  templates $'{{> +part}}\n'
  printf 'fine\n\n{{oops}}\n' > "$sites/+part.html"
  run -1 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ "$stderr" = "render: $sites/+part.html:3: nothing is called \"oops\" (sites/README.md has the names)" ]
}

@test "a part that includes itself is an error" {
  templates $'{{> +part}}\n'
  printf '{{> +part}}\n' > "$sites/+part.html"
  run -1 --separate-stderr timeout 20 render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  contains "$stderr" "+part.html:1: parts are nested too deeply here"
}

@test "translations are escaped, may contain names, and need the same names in every language" {
  templates $'{{t.hello}}|{{t.bold_html}}\n'
  printf 'hello = <{{lang}}> & so on\nbold_html = <b>{{count.communities}}</b>\n' >> "$sites/translations/en.txt"
  run -0 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ "$output" = '&lt;en&gt; &amp; so on|<b>4</b>' ]
  printf 'language_name = Deutsch\ndirection = ltr\nsite_name = Test\nhello = x\n' > "$sites/translations/de.txt"
  run -1 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ "$stderr" = "render: $sites/translations/de.txt: \"bold_html\" is missing; it is in $sites/translations/en.txt:5" ]
  printf 'no equals sign\n' > "$sites/translations/de.txt"
  run -1 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  contains "$stderr" "translations/de.txt:1: expected: name = text"
}

@test "a Community without a language doesn't show the languages of the page" {
  templates $'{{#communities}}\n{{token}}:{{lang}}:{{#languages}}{{code}}{{/languages}}\n{{/communities}}\n'
  run -0 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  contains "$output" $'\nNews::'
  contains "$output" "cats:de:de"
}

@test "every row has its own values, escaped for each place" {
  templates $'{{#communities}}\n<{{name}}|{{#server}}{{host}}{{/server}}|{{server.host}}{{^description}}|none{{/description}}>\n{{/communities}}\n'
  run -0 --separate-stderr render "${flags[@]}" --template "$sites/index.html" "$story/5-communities.ndjson"
  [ "${lines[0]}" = '<Chess|sog.example|sog.example>' ]
  [ "${lines[1]}" = '<Cats &amp; friends|sog.example|sog.example>' ]
  [ "${lines[2]}" = '<Katzen|203.0.113.7:8080|203.0.113.7:8080>' ]
  [ "${lines[3]}" = '<News|sog.example|sog.example|none>' ]
}

@test "render knows exactly the names that sites/README.md documents" {
  run -0 /usr/bin/python3 - "$root" <<'PYTHON'
import pathlib, re, sys
root = pathlib.Path(sys.argv[1])
pages = root / "tools/render/pages"
lists = [(pages / "template_names.hpp").read_text()]
for file in pages.glob("*.cpp"):
    lists += re.findall(r'const PageKind k\w+(?:\{| =\s*single_page\()\s*"[^"]*",\s*\{([^}]*)\}', file.read_text())
known = set(re.findall(r'"([a-z0-9_]+)"', " ".join(lists)))
assert len(lists) > 15 and {"feed_id", "reasons"} <= known
told = set()
for span in re.findall(r"`([^`]*)`", (root / "sites/README.md").read_text()):
    told |= set(re.findall(r"[a-z0-9_]+", span))
print(*sorted(known - told))
PYTHON
  [ -z "$output" ]
}
