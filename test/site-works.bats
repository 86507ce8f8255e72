# How the site works, in a browser.
# bats file_tags=long

setup_file() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
  export made=$BATS_FILE_TMPDIR sites=$BATS_FILE_TMPDIR/sites
  # What it takes to use the site is the same in every language.
  cp -r sites "$sites"
  find "$sites/translations" -type f ! -name en.txt ! -name de.txt -delete
  make_site 100 --sites "$sites"
  make_site 130 --sites "$sites" --rows 100
  make_site 1030 --sites "$sites" --translate-up-to 0
}

setup() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
}

@test "the keyboard alone is enough to search, sort, filter, open, copy and go back; older identifiers find their Community" {
  browser keyboard "$made/100"
}

@test "a pasted link, address or quoted word finds its rooms; an empty result suggests what to do; unjoinable rooms are marked" {
  browser find "$made/100"
}

@test "Join opens a dialog; the button stays visible on a phone; no content needs SVG; a dead link names the most similar rooms" {
  browser join "$made/100"
}

@test "without a script every join link is two steps away and nothing that needs one is shown" {
  browser still "$made/100"
}

@test "a list on two pages works without a script" {
  browser still "$made/130"
}

@test "a list on two pages is searched, filtered and sorted as a whole" {
  browser whole "$made/130"
}

@test "in no order of the list, and with no filter, does one domain fill the first rows; copies come last" {
  /usr/bin/python3 - > "$BATS_TEST_TMPDIR/crowd.ndjson" <<END
import json
def server(number, host, many, first_seen, messages, language="de", **members):
    key = "%08x" % number + "5a" * 28
    rooms = [{"token": "r%02d" % i, "identifier": "r%02d+" % i + key[:8], "name": "Raum %d" % i, "description": "Plauderei #lang:" + language, "first_seen": first_seen,
              "last_seen": "2026-11-22T19:00:00Z", "join_url": "https://%s/r%02d?public_key=%s" % (host, i, key), "read": True, "write": True, "upload": True,
              "users": [{"day": "2026-11-%02d" % day, "weekly": 5, "message_sequence": day * messages} for day in range(10, 23)]} for i in range(many)]
    print(json.dumps({"kind": "server", "base_url": "https://" + host, "server_id": key[:8], "key": {"public_key": key, "status": "proven"},
                      "first_seen": "2026-01-01T00:00:00Z", "last_seen": "2026-11-22T19:00:00Z", "rooms": rooms, **members}))
for number in range(1, 5): server(number, "h%d.crowd.example" % number, 9, "2026-11-20T00:00:00Z", 900)
for number in range(5, 7): server(number, "203.0.113.%d" % number, 9, "2026-11-20T00:00:00Z", 800)
for number in range(7, 9): server(number, "%056d.onion" % number, 9, "2026-11-20T00:00:00Z", 700)
for number in range(10, 80): server(number, "h%d.co.uk" % number, 1, "2026-10-20T00:00:00Z", number % 7)
server(200, "copy.example", 2, "2026-11-21T00:00:00Z", 5000, copy_of="0000000a")
server(201, "fr.example", 1, "2026-10-20T00:00:00Z", 1, "fr")
END
  render --output "$BATS_TEST_TMPDIR/site" --sites "$sites" --languages "$root/languages" --now 2026-11-22T20:05:17Z "$BATS_TEST_TMPDIR/crowd.ndjson"
  browser orders "$BATS_TEST_TMPDIR/site"
}

@test "pages with 100 Communities stay within the budgets of bytes and time" {
  browser budget "$made/100" 25000
  show_figures
}

@test "pages with 1,000 Communities stay within the budgets of bytes and time" {
  browser budget "$made/1030" 200000
  show_figures
}

@test "hostile names run no code, load nothing, break no page and write no file outside the site" {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p a/b/c
  "$root/test/browser/make-hostile" > hostile.ndjson
  run -1 render --sites "$sites" --languages "$root/languages" --keep-going --rejects rejected.ndjson --output a/b/c/site \
    --now 2026-11-22T20:05:17Z hostile.ndjson
  [ "$(wc -l < rejected.ndjson)" -eq 1 ]  # a word that no table has; the others are left out
  [ "$(find . -mindepth 1 -not -path './a/b/c/site/*' -not -path './a/b/c/.site.render/*' | sort | tr '\n' ' ')" = \
    "./a ./a/b ./a/b/c ./a/b/c/.site.render ./a/b/c/site ./hostile.ndjson ./rejected.ndjson " ]
  cd "$root"
  browser html "$BATS_TEST_TMPDIR/a/b/c/site"
  browser hostile "$BATS_TEST_TMPDIR/a/b/c/site" 28
}
