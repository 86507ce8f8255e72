# Strangers try to steer the listing; the tests check what render shows.

setup() {
  load helper.bash
  load knowledge.bash
  set_up_knowledge
  world=$BATS_TEST_TMPDIR/world.ndjson
}

# world PYTHON: writes server records. `server(host, key, rooms, **members)` makes one, `room(token, **members)` a room.
world() {
  /usr/bin/python3 - > "$world" <<END
import json
def key_of(number): return "%08x" % number + "5a" * 28
def server(host, key, rooms, **members):
    for one in rooms:
        one.setdefault("identifier", one["token"] + "+" + key[:8])
        one.setdefault("join_url", "https://%s/%s?public_key=%s" % (host, one["token"], key))
    record = {"kind": "server", "base_url": "https://" + host, "server_id": key[:8], "key": {"public_key": key, "status": "proven"},
              "first_seen": "2026-01-01T00:00:00Z", "last_seen": "2026-11-22T19:00:00Z", "rooms": rooms}
    record.update(members)
    print(json.dumps(record))
def room(token, **members): return {"token": token, "name": token, "last_seen": "2026-11-22T19:00:00Z", **members}
$1
END
}

# listed [OPTION...]: the whole site of the world in $out; $stderr is what was said.
listed() {
  out=$BATS_TEST_TMPDIR/out
  run -0 --separate-stderr render_known --site-url https://sogs.example --output "$out" "$@" "$world"
  [ -z "$output" ]
}

# first ID N: how many of the first N Communities are on that server.
first() { head -n "$2" "$out/communities.ndjson" | jq -r .server.id | grep -c "^$1$"; }

@test "an impostor with the first 4 digits of a key is neither official nor pinned, and gets no old link" {
  world '
real, twin = "a1b2" + key_of(1)[4:], "a1b2" + key_of(2)[4:]
server("real.example", real, [room("help")])
server("twin.example", twin, [room("help", active_users=10**6, active_users_cutoff=604800)])'
  real=$(head -n 1 "$world" | jq -r .key.public_key)
  rules "\"key\": \"$real\", \"official\": true, \"reason\": \"official\""
  rules "\"identifier\": \"help+$real\", \"pinned\": true, \"reason\": \"pinned\""
  listed
  [ "$(jq -c '[.server.base_url, .official, .pinned]' "$out/communities.ndjson" | head -n 2 | paste -sd ' ')" = \
    '["https://real.example",true,true] ["https://twin.example",false,null]' ]
  [ "$(jq -r '."help+a1b2" // "nowhere"' "$out/lookup/a1.json")" = nowhere ]
  [ "$(jq -r ".\"help+${real:0:8}\"" "$out/lookup/a1.json")" = "c/help+${real:0:8}.html" ]
}

@test "a hidden host that relays a famous server hides only its own address" {
  world 'server("famous.example", key_of(1), [room("cats")], aliases=[{"base_url": "http://relay.example", "proven_at": "2026-11-01T00:00:00Z"}])'
  rules '"host": "relay.example", "hidden": true'
  listed
  grep -q '"cats+00000001"' "$out/communities.ndjson"
  run -1 grep -rl relay.example "$out"
}

@test "a relay does not put its name on the pages of the server behind it" {
  world 'server("famous.example", key_of(1), [room("cats")], aliases=[{"base_url": "https://buy-coins.example", "proven_at": "2026-11-01T00:00:00Z"},
    {"base_url": "http://famous.example:8080", "proven_at": "2026-11-01T00:00:00Z"}, {"base_url": "http://former.example", "proven_at": "2026-11-01T00:00:00Z"}],
    printed_hosts=[{"host": "former.example", "since": "2026-01-01T00:00:00Z"}])'
  listed
  run -1 grep -rl buy-coins "$out"
  [ "$(jq -c '.server.aliases | sort' "$out/communities.ndjson")" = '["http://famous.example:8080","http://former.example"]' ]
}

@test "forty relays give the rooms of a server no more than eight older identifiers" {
  world '
server("famous.example", key_of(1), [room("cats")], aliases=[{"base_url": "http://r%d.example" % n, "proven_at": "2026-11-01T00:00:00Z",
    "first_seen": "2026-%02d-01T00:00:00Z" % (2 if n == 33 else 9)} for n in range(40)])'
  listed
  [ "$(jq -c '.older_identifiers | length' "$out/communities.ndjson")" = 9 ] # and the one without a host
  contains "$(jq -c .older_identifiers "$out/communities.ndjson")" "cats+0000$(printf r33.example | md5sum | cut -c 1-4)"
  [ "$(jq length "$out/lookup/00.json")" = 10 ]
  run -0 render_known --explain "cats+0000$(printf r39.example | md5sum | cut -c 1-4)" "$world"
}

@test "an address that shows the rooms of a server does not put its name on that server's pages, even if neither proved the key" {
  world 'server("famous.example", key_of(1), [room("cats")], aliases=[{"base_url": "https://buy-coins.example"},
    {"base_url": "http://famous.example:8080"}])'
  sed -i 's/"status": "proven"/"status": "unproven"/' "$world"
  listed
  run -1 grep -rl buy-coins "$out"
  [ "$(jq -c '.server.aliases' "$out/communities.ndjson")" = '["http://famous.example:8080"]' ]
}

@test "a server that pushed its hidden host out of its printed hosts is hidden by any alias" {
  world '
server("last.example", key_of(1), [room("cats")], aliases=[{"base_url": "http://shed.example"}],
       printed_hosts=[{"host": "h%d.example" % n, "since": "2026-01-01T00:00:00Z"} for n in range(64)])'
  rules '"host": "shed.example", "hidden": true'
  listed
  [ ! -s "$out/communities.ndjson" ]
}

@test "a hidden server stays hidden when it moves to a host that its key holder does not name" {
  world 'server("moved.example", key_of(1), [room("cats")], prints_url="http://hidden.example/")'
  rules '"host": "hidden.example", "hidden": true'
  listed
  [ ! -s "$out/communities.ndjson" ]
}

@test "a server that is hidden by host and port stays hidden on another port and on another host" {
  rules '"host": "a.example:8080", "hidden": true'
  for now_at in a.example:9090 moved.example; do
    world 'server("'$now_at'", key_of(1), [room("cats")], aliases=[{"base_url": "http://a.example:8080", "proven_at": "2026-11-01T00:00:00Z"}],
       printed_hosts=[{"host": "a.example", "since": "2026-10-01T00:00:00Z"}])
server("a.example:7070", key_of(2), [room("dogs")])'
    listed
    [ "$(jq -r .token "$out/communities.ndjson")" = dogs ]
  done
}

@test "a server that names the host of another in its proof gets none of that host's marks, but all that it has to bear" {
  world '
server("famous.example", key_of(1), [room("cats", name="Sex education")])
server("liar.example", key_of(2), [room("dogs", name="Sex for all 18+ nsfw")], prints_url="http://famous.example")
server("shed.example", key_of(3), [room("owls")], prints_url="http://strict.example")'
  rules '"host": "famous.example", "nsfw": false, "languages": ["de"], "tags": ["school"], "staff_count": 9'
  rules '"host": "strict.example", "nsfw": true, "languages": ["fr"], "tags": ["wise"], "staff_count": 5'
  listed
  [ "$(jq -c '[.token, .adult, .staff_count, .tags, [.languages[].code]]' "$out/communities.ndjson" | paste -sd ' ')" = \
    '["cats",false,9,["school"],["de"]] ["dogs",true,null,[],["en"]] ["owls",true,null,[],[]]' ]
}

@test "a claim to a key that people trust is neither pinned nor in a selection, as long as nobody proves the key" {
  world 'server("claim.example", key_of(1), [room("help")]); server("real.example", key_of(2), [room("cats")])'
  sed -i '1s/"status": "proven"/"status": "unproven"/' "$world"
  for line in 1 2; do keys+=("$(sed -n ${line}p "$world" | jq -r .key.public_key)"); done
  rules "\"identifier\": \"help+${keys[0]}\", \"pinned\": true, \"reason\": \"pinned\""
  echo "{\"kind\":\"selection\",\"id\":\"safe\",\"name\":\"Safe\",\"rating\":\"safe\",\"include\":[\"${keys[0]}\",\"${keys[1]}\"]}" > "$sites/selections.ndjson"
  listed
  [ "$(jq -c '[.token, .pinned]' "$out/communities.ndjson" | paste -sd ' ')" = '["cats",null] ["help",null]' ]
  [ "$(jq -c '[.rooms[].room.token]' "$out/listings/safe.json")" = '["cats"]' ]
  run -0 render_known --explain help+00000001 "$world"
  contains "$output" "pinned: no, its key is trusted, but not proven"
}

@test "of the first 20 rows at most 3, and of the first 100 at most 10, belong to one server, whatever it claims" {
  world '
server("crowd.example", key_of(1), [room("r%03d" % n, active_users=10**6, active_users_cutoff=604800) for n in range(300)])
for n in range(2, 150): server("h%d.example" % n, key_of(n), [room("talk", active_users=n, active_users_cutoff=604800)])'
  listed
  [ "$(first 00000001 20)" -eq 3 ]
  [ "$(first 00000001 100)" -eq 10 ]
  [ "$(grep -c . "$out/communities.ndjson")" -eq 448 ]
  [ "$(head -n 3 "$out/communities.ndjson" | jq -r .server.id | sort -u)" = 00000001 ]
}

@test "of the first 1,000 rows one domain has at most 100, and of the first 20 servers at most 3" {
  world '
for n in range(1, 31): server("s%d.crowd.example" % n, key_of(n), [room("r%02d" % i, active_users=10**6, active_users_cutoff=604800) for i in range(30)])
for n in range(50, 1050): server("h%d.example" % n, key_of(n), [room("talk")])'
  listed --translate-up-to 0
  [ "$(head -n 1000 "$out/communities.ndjson" | grep -c crowd.example)" -eq 100 ]
  grep -o '<span>[a-z0-9.]*example</span>' "$out/servers.html" | head -n 20 > "$BATS_TEST_TMPDIR/servers"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/servers")" -eq 20 ]
  [ "$(grep -c crowd.example "$BATS_TEST_TMPDIR/servers")" -eq 3 ]
}

@test "ten domains that are new have together no more of the first rows than one domain" {
  world '
users = dict(active_users=10**6, active_users_cutoff=604800)
for d in range(10):
    print(json.dumps({"kind": "server", "base_url": "https://silent.crowd%d.example" % d, "probe": {"at": "2026-11-22T19:00:00Z", "outcome": "dns", "attempts": 1, "seconds": 0.1}}))
    for n in range(10): server("s%d.crowd%d.example" % (n, d), key_of(1 + 10 * d + n), [room("r%02d" % i, **users) for i in range(30)], first_seen="2026-11-20T00:00:00Z")
for n in range(200, 1110): server("h%d.example" % n, key_of(n), [room("talk")])
server("new.example", key_of(9999), [room("help", **users)], first_seen="2026-11-20T00:00:00Z")
server("later.example", key_of(9998), [room("old", **users)], first_seen="2026-10-20T00:00:00Z")'
  rules "\"key\": \"$(sed -n 1021p "$world" | jq -r .key.public_key)\", \"official\": true, \"reason\": \"official\""
  listed --translate-up-to 0
  of_crowd() { head -n "$1" "$out/communities.ndjson" | grep -c crowd; }
  [ "$(of_crowd 20) $(of_crowd 100) $(of_crowd 1000)" = "3 10 100" ]
  # One that people vouch for, or that is known longer, is none of these.
  [ "$(head -n 20 "$out/communities.ndjson" | jq -r .token | grep -cxE 'help|old')" = 2 ]
  [ "$(grep -o '<span>[a-z0-9.]*example</span>' "$out/servers.html" | head -n 20 | grep -c crowd)" -eq 3 ]
  # In a listing that began with them, they are not new.
  sed -Ei '/\/(h[0-9]+|later)[.]example/d' "$world"
  listed --translate-up-to 0
  [ "$(of_crowd 20)" -ge 17 ]
}

@test "one server may fill the list if there are no others" {
  world 'server("crowd.example", key_of(1), [room("r%03d" % n) for n in range(50)]); server("one.example", key_of(2), [room("talk")])'
  listed
  [ "$(first 00000001 20)" -eq 19 ]
}

@test "one server has at most 3 of the first 20 entries of a feed and 10 in all, as long as there are others" {
  world '
old = "2026-11-10T00:00:00Z"
server("crowd.example", key_of(1), [room("r%03d" % n, first_seen="2026-11-20T00:00:00Z") for n in range(300)])
for n in range(2, 32): server("h%d.example" % n, key_of(n), [room("talk", first_seen=old)])'
  listed
  jq -r '.items[].id' "$out/feed.json" > "$BATS_TEST_TMPDIR/ids"
  [ "$(head -n 20 "$BATS_TEST_TMPDIR/ids" | grep -c +00000001)" -eq 3 ]
  [ "$(grep -c +00000001 "$BATS_TEST_TMPDIR/ids")" -le 10 ]
  [ "$(grep -vc +00000001 "$BATS_TEST_TMPDIR/ids")" -eq 30 ]
}

@test "rooms that are deleted and made anew, or renamed, are in the feeds 10 times a week at most" {
  # Each day of a week 5 rooms appear; those of the day before are gone, on another server of the domain with another key.
  world '
days = ["2026-11-%02dT1%d:00:00Z" % (day, hour) for day in (12, 13, 14, 15, 16, 17, 18) for hour in range(5)]
for n in range(2):
    server("s%d.spam.example" % n, key_of(1 + n), [room("r%02d" % i, first_seen=at, **({} if i >= 30 else {"gone": at.replace("T1", "T2")})) for i, at in enumerate(days) if i % 2 == n])
server("h.example", key_of(9), [room("talk", first_seen="2026-10-01T00:00:00Z"), room("cats", first_seen="2026-11-13T00:00:00Z"), room("dogs", first_seen="2026-11-17T00:00:00Z")])'
  listed
  # Or the rooms of the day before are adult, or unlisted by their owner.
  for end in '"description": "#nsfw"' '"description": "Talk. #unlisted"'; do
    sed -E "s/\"gone\": \"[^\"]*\"/$end/g" "$world" > "$world.other"
    run -0 render_known --site-url https://sogs.example --output "$BATS_TEST_TMPDIR/other" "$world.other"
    [ "$(jq -r '.items[].title' "$BATS_TEST_TMPDIR/other/feed.json" | sort | paste -sd ,)" = "New: cats,New: dogs,New: talk" ]
  done
  # The week from 12 to 18 November: its first 10 events are those of the first day, on which the rooms appeared and went.
  [ "$(jq -r '.items[].id' "$out/feed.json" | grep -c '/r..+')" -le 10 ]
  [ "$(jq -r '.items[].title' "$out/feed.json" | grep -c '^New: r')" = 0 ]
  [ "$(jq -r '.items[].title' "$out/feed.json" | grep -cE '^New: (cats|dogs)')" = 2 ]
}

@test "a domain has the share of one server, with however many keys and hosts below it" {
  world '
old = "2026-11-10T00:00:00Z"
for n in range(1, 41):
    server("h%d.crowd.example" % n, key_of(n), [room("r%02d" % i, active_users=10**6, active_users_cutoff=604800, first_seen="2026-11-20T00:00:00Z",
        description="Talk. " + " ".join("#t%dx%d" % (n // 2, t) for t in range(16))) for i in range(5)])
for n in range(50, 190): server("h%d.example" % n, key_of(n), [room("talk", active_users=n, active_users_cutoff=604800, first_seen=old)])'
  listed
  of_crowd() { head -n "$1" "$out/communities.ndjson" | jq -r .server.base_url | grep -c 'crowd.example$'; }
  [ "$(of_crowd 20)" -eq 3 ]
  [ "$(of_crowd 100)" -eq 10 ]
  [ "$(of_crowd 999)" -eq 200 ]
  jq -r '.items[].id' "$out/feed.json" > "$BATS_TEST_TMPDIR/urls"
  [ "$(grep -c "/r..+" "$BATS_TEST_TMPDIR/urls")" -le 10 ]
  [ "$(head -n 20 "$BATS_TEST_TMPDIR/urls" | grep -c "/r..+")" -eq 3 ]
  [ "$(ls "$out" | grep -c '^tag-.*html$')" -eq 32 ]
}

@test "in a listing of one domain, languages and tags that its servers share have their pages" {
  world '
for n in range(1, 41): server("h%d.one.example" % n, key_of(n), [room("r%d" % i, description="x #t%d #lang:%s" % (i, code)) for i, code in enumerate(["de", "fr", "es", "it", "nl"])])'
  listed
  [ "$(ls "$out" | grep '^language-.*html$' | paste -sd ' ')" = "language-de.html language-es.html language-fr.html language-it.html language-nl.html" ]
  [ "$(ls "$out" | grep -c '^tag-.*html$')" -eq 5 ]
}

@test "the sum of people on the status page counts at most 100,000 of one domain" {
  world '
for n in range(1, 3): server("h%d.crowd.example" % n, key_of(n), [room("r%03d" % i, active_users=10**6, active_users_cutoff=604800) for i in range(50)])
server("one.example", key_of(9), [room("talk", active_users=70, active_users_cutoff=604800)])'
  listed
  grep -q '<dd>100,070</dd>' "$out/status.html"
}

@test "the first listing announces nothing as new" {
  world '
for n in range(1, 4): server("h%d.example" % n, key_of(n), [room("talk", first_seen="2026-11-22T1%d:00:00Z" % n)], first_seen="2026-11-22T1%d:00:00Z" % n)'
  listed
  [ "$(jq '.items | length' "$out/feed.json")" -eq 0 ]
  [ "$(jq -s 'map(select(.new)) | length' "$out/communities.ndjson")" -eq 0 ]
  world '
server("h1.example", key_of(1), [room("talk", first_seen="2026-11-18T00:00:00Z"), room("young", first_seen="2026-11-22T00:00:00Z")], first_seen="2026-11-18T00:00:00Z")'
  listed
  [ "$(jq -r '.items[].title' "$out/feed.json")" = "New: young" ]
  [ "$(jq -r 'select(.new).token' "$out/communities.ndjson")" = young ]
}

@test "a copy comes after all other rooms, names its original, is never official and is in no sum" {
  world '
users = dict(active_users=1000, active_users_cutoff=604800)
server("real.example", key_of(1), [room("help", **users)])
server("copy.example", key_of(2), [room("help", **users)], copy_of=key_of(1)[:8])
server("small.example", key_of(3), [room("tiny")])'
  listed
  [ "$(jq -r .server.base_url "$out/communities.ndjson" | paste -sd ' ')" = "https://real.example https://small.example https://copy.example" ]
  [ "$(jq -r 'select(.copy_of).copy_of' "$out/communities.ndjson")" = 00000001 ]
  contains "$(tail -n 1 "$out/communities.csv")" ,00000001,
  grep -q 'Copy of <bdi>real.example' "$out/index.html"
  grep -q '<b>Copy of <bdi>real.example</bdi>.</b> <a href="[^"]*help+00000001.html">Go to the original</a>' "$out/c/help+00000002.html"
  grep -q '<dt>people a week</dt><dd>1,000</dd>\|<dd>1,000</dd>' "$out/status.html"
  run -1 grep -c '<dd>2,000</dd>' "$out/index.html"
  grep -q '<dt>Communities</dt><dd>2</dd>' "$out/status.html"
}

@test "rooms of one domain that are gone have at most 200 pages" {
  world '
gone = dict(gone="2026-11-20T00:00:00Z")
for n in range(1, 4): server("s%d.crowd.example" % n, key_of(n), [room("r%03d" % i, **gone) for i in range(150)] + [room("left")])
server("h.example", key_of(9), [room("talk"), room("old", **gone)])'
  listed
  [ "$(ls "$out/c" | grep -c '^r.*html$')" -eq 200 ]
  [ -e "$out/c/old+00000009.html" ]
}

@test "a server that people vouch for is the original, also if it was found after its copy" {
  world '
server("first.example", key_of(1), [room("help")])
server("real.example", key_of(2), [room("help")], copy_of=key_of(1)[:8])'
  rules "\"key\": \"$(sed -n 2p "$world" | jq -r .key.public_key)\", \"official\": true, \"reason\": \"official\""
  listed
  [ "$(jq -c '[.server.base_url, .official, .copy_of]' "$out/communities.ndjson" | paste -sd ' ')" = \
    '["https://real.example",true,null] ["https://first.example",false,"00000002"]' ]
}

@test "copies of a hidden room are counted" {
  world '
server("bad.example", key_of(1), [room("Abuse")])
server("copy.example", key_of(2), [room("abuse"), room("other")], copy_of=key_of(1)[:8])'
  rules '"identifier": "abuse+00000001", "hidden": true'
  listed -v --summary "$BATS_TEST_TMPDIR/counts"
  contains "$stderr" "; 1 copies of hidden ones"
  contains "$stderr" "abuse+00000002 is a copy of a hidden one"
  [ "$(jq -c '[.shown, .copies_of_hidden]' "$BATS_TEST_TMPDIR/counts")" = '[0,1]' ]
}

@test "hidden rooms that are back on their host with another key are counted as copies of hidden ones" {
  world '
server("bad.example", key_of(1), [room("abuse"), room("more")])
server("bad.example:8080", key_of(2), [room("Abuse"), room("else")], flags=["key-changed"])
server("good.example", key_of(3), [room("abuse"), room("cats")], flags=["key-changed"])'
  rules "\"key\": \"$(head -n 1 "$world" | jq -r .key.public_key)\", \"hidden\": true"
  listed -v --summary "$BATS_TEST_TMPDIR/counts"
  contains "$stderr" "Abuse+00000002 is a copy of a hidden one"
  [ "$(jq -c '[.shown, .hidden, .copies_of_hidden]' "$BATS_TEST_TMPDIR/counts")" = '[4,2,1]' ]
}

@test "the summary of a run and the metrics count copies of hidden rooms, and what failed a check" {
  echo '{"at":"2026-11-22T20:00:00Z","communities":9,"kept_last_state":1}' > "$BATS_TEST_TMPDIR/.5-communities-summary"
  echo '{"shown":5,"hidden":4,"adult":0,"left_out":2,"copies_of_hidden":3}' > "$BATS_TEST_TMPDIR/.6-site-summary"
  run -0 "$root/tools/summarise" "$BATS_TEST_TMPDIR"
  contains "$output" "copies       3 Communities are copies of hidden ones"
  contains "$output" "bad data     2 servers and rooms left out, 1 servers keep their last good state"
  grep -qx 'session_communities_copies_of_hidden 3' "$BATS_TEST_TMPDIR/metrics.prom"
  grep -qx 'session_communities_kept_last_state 1' "$BATS_TEST_TMPDIR/metrics.prom"
}

@test "a tag has a page if two servers or a curator use it; at most 300 have one, and one server gives at most 32" {
  world '
def crowd(host, number): server(host, key_of(number), [room("r%03d" % n, description="Talk. " + " ".join("#t%dx%d" % (n, i) for i in range(16))) for n in range(100)])
crowd("a.example", 1)
server("b.example", key_of(9), [room("cats", description="Cats. #t1x1")])'
  says '"identifier": "cats+00000009", "tags": ["chosen"]'
  listed
  [ "$(ls "$out" | grep '^tag-.*html$' | paste -sd ' ')" = "tag-chosen.html tag-t1x1.html" ]
  world '
def crowd(host, number): server(host, key_of(number), [room("r%03d" % n, description="Talk. " + " ".join("#t%dx%d" % (n, i) for i in range(16))) for n in range(100)])
crowd("a.example", 1); crowd("b.example", 2)'
  rm -rf "$out"
  listed
  [ "$(ls "$out" | grep -c '^tag-.*html$')" -eq 32 ]
}

@test "how a tag is spelt is decided by domains, not by how many rooms one server has" {
  world '
server("crowd.example", key_of(1), [room("r%02d" % n, description="Talk. #Stamp-Col-Lecting") for n in range(50)])
server("a.example", key_of(2), [room("cats", description="Cats. #stampcollecting")])
server("b.example", key_of(3), [room("dogs", description="Dogs. #stampcollecting")])'
  listed
  [ "$(ls "$out" | grep '^tag-.*html$')" = tag-stampcollecting.html ]
}

@test "names in an overlay network cost nothing: all of them share one budget" {
  world '
users = dict(active_users_cutoff=604800)
for n in range(1, 31): server("%056d.onion" % n, key_of(n), [room("talk", active_users=10**6, **users)])
for n in range(50, 80): server("h%d.example" % n, key_of(n), [room("talk", active_users=n, **users)])'
  listed
  [ "$(head -n 20 "$out/communities.ndjson" | jq -r .server.base_url | grep -c 'onion$')" -eq 3 ]
}

@test "a language that only one server claims has no page and no link on the index" {
  codes=$(cut -f 2 "$languages/registry.tsv" | grep -xE '[a-z]{2,3}' | head -n 120 | paste -sd ' ')
  world "
server('a.example', key_of(1), [room('r%03d' % n, description='x #lang:' + code) for n, code in enumerate('$codes'.split())])
server('b.example', key_of(2), [room('cats', description='x #lang:de')])
server('c.example', key_of(3), [room('dogs', description='x #lang:de')])"
  listed
  [ "$(ls "$out" | grep '^language-.*html$')" = language-de.html ]
}

@test "a room whose name looks like an official room's is marked as not the same" {
  world '
server("real.example", key_of(1), [room("session", name="Session Help")])
server("fake.example", key_of(2), [room("s1", name="\u0405e\u0455\u0455i\u043en  H\u0435lp"), room("s2", name="5ESSI0N-HELP"), room("s3", name="Session Helpers"),
                                      room("s4", name="\u2705 Session Help \U0001F6E1\uFE0F"), room("s5", name="\u1d0bession He\u2113p\u2122"),
                                      room("s6", name="[0FFICIAL] Session-Help"), room("s7", name="verified"), room("s8", name="Session Help staff lounge"),
                                      room("s9", name="\U0001F142\u1d07\ua731\ua731\u026a\u1d0f\u0274 He\u04cfp"), room("s10", name="Modern Women")])
server("other.example", key_of(3), [room("m", name="Modern Women")])
server("pairs.example", key_of(4), [room("p", name="Modem VVornen")])'
  for number in 1 3; do rules "\"key\": \"$(sed -n "${number}p" "$world" | jq -r .key.public_key)\", \"official\": true, \"reason\": \"official\""; done
  listed
  [ "$(jq -r 'select(.not_same_as) | .token + " " + .not_same_as' "$out/communities.ndjson" | sort | paste -sd ' ')" = \
    "p m+00000003 s1 session+00000001 s10 m+00000003 s2 session+00000001 s4 session+00000001 s6 session+00000001 s9 session+00000001" ]
  run -0 render_known --explain s1+00000002 --explain s3+00000002 --explain session+00000001 "$world"
  contains "$output" "  marked as not the same: its name looks like \"Session Help\", of session+00000001, which is official"
  [ "$(grep -c "marked as not the same" <<< "$output")" = 1 ]
  grep -q 'Not the same as <bdi>Session Help</bdi>' "$out/index.html"
  grep -q 'Not the same as <a href="../c/session+00000001.html">\|Not the same as</b> <a href="[^"]*session+00000001.html">' "$out/c/s1+00000002.html"
}

@test "--explain names the host that a key holder names, and why it is not printed" {
  world '
server("a.example", key_of(1), [room("cats")], prints_url="http://elsewhere.example/")
server("b.example", key_of(2), [room("dogs")], prints_url="http://b.example:8080/")'
  run -0 render_known --explain cats+00000001 --explain dogs+00000002 "$world"
  contains "$output" "address: it proved the key; its key holder names http://elsewhere.example/, which is not public or not an address of this server"
  contains "$output" "address: its key holder names this host in the proof"
}

@test "--explain says that data which failed a check is left out" {
  world '
server("a.example", key_of(1), [room("cats"), room("dogs", identifier="dogs+0bad0bad")])
server("b.example", key_of(2), [room("owls")], server_id=key_of(1)[:8])'
  run -0 render_known --explain cats+00000001 --explain dogs+0bad0bad --explain owls+00000002 "$world"
  [ "$(grep -c "^  shown: yes" <<< "$output")" -eq 1 ]
  [ "$(grep -c "^  shown: no, its data failed a check; reason bad-data (Unusable data)" <<< "$output")" -eq 2 ]
}

@test "--explain names the rule of the address and of the rank" {
  world '
server("real.example", key_of(1), [room("help", active_users=127, active_users_cutoff=604800)], prints_url="http://real.example")
server("copy.example", key_of(2), [room("help")], copy_of=key_of(1)[:8])'
  run -0 render_known --explain help+00000001 --explain help+00000002 "$world"
  contains "$output" "address: its key holder names this host in the proof"
  contains "$output" "rank: score 8.0 (people +7.0, proven key +1.0); of the first 20000 at most 2000, of the first 1000 at most 100"
  contains "$output" "address: it proved the key; its key holder names no host"
  contains "$output" "rank: below all others, since its server copies 00000001, which showed at least half of its rooms more than 7 days earlier, or whose key people list; score"
  # A key that people vouch for reverses that.
  rules "\"key\": \"$(sed -n 2p "$world" | jq -r .key.public_key)\", \"official\": true, \"reason\": \"official\""
  run -0 render_known --explain help+00000001 --explain help+00000002 "$world"
  contains "$output" "rank: below all others, since people vouch for 00000002, which has the same rooms; score"
  contains "$output" "rank: 00000001 showed its rooms earlier, but people vouch for its server: it is the original; score"
}
