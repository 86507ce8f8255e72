# For the tests of what people know: one server, a few rooms, and a few lines.

key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13
now=2026-11-22T20:00:00Z

# A folder each for languages/ and sites/, with the words of this tree and no line
# about any Community.
set_up_knowledge() {
  languages=$BATS_TEST_TMPDIR/languages sites=$BATS_TEST_TMPDIR/sites
  mkdir "$languages"
  cp -r "$root/sites" "$sites"
  cp "$root"/languages/{names.ndjson,tags.ndjson,registry.tsv} "$languages"
  rm -f "$sites/policy.ndjson"
}

# room MEMBERS: a room of the server below; MEMBERS are jq's way to write JSON members.
room() {
  jq -nc --arg key "$key" "{token: \"cats\", name: \"Cats\", read: true, write: true, upload: true} + {$1}
    | {identifier: (.token + \"+\" + \$key[:8]), join_url: (\"https://sog.example/\" + .token + \"?public_key=\" + \$key)} + ."
}

# server MEMBERS ROOM...: a server of a final listing that holds these rooms.
server() {
  local members=$1
  shift
  printf '%s\n' "$@" | jq -sc --arg key "$key" "{kind: \"server\", base_url: \"https://sog.example\", server_id: \$key[:8],
    key: {public_key: \$key, status: \"proven\"}, rooms: .} + {$members}"
}

# says KIND MEMBERS: a line of people about a Community or server, into the folder of languages.
says() { jq -nc "{kind: \"annotation\"} + {$1}" >> "$languages/communities.ndjson"; }
# rules MEMBERS: a line of the policy, with what every such line needs.
rules() {
  jq -nc "{kind: \"annotation\"} + {$1} | {reason: \"test\", date: \"2026-11-01\", by: \"Ada\"} + ." \
    >> "$sites/policy.ndjson"
}

render_known() { timeout 60 render --languages "$languages" --sites "$sites" --now "$now" "$@"; }

# explain IDENTIFIER: $output is what render says of it, from the listing in $listing.
explain() {
  run -0 --separate-stderr render_known --explain "$1" <<< "$listing"
  [ -z "$stderr" ]
}

# told DESCRIPTION: explains a room with this description.
told() {
  listing=$(server '' "$(room "description: $(jq -n --arg text "$1" '$text')")")
  explain "cats+${key:0:8}"
}

# site: the whole site in $out, from $listing.
site() {
  out=$BATS_TEST_TMPDIR/out
  run -0 --separate-stderr render_known --site-url https://sogs.example --output "$out" <<< "$listing"
  [ -z "$output" ] && [ -z "$stderr" ]
}

# Fails if the text holds the words.
lacks() {
  [[ $1 != *"$2"* ]] || { printf 'not expected: %s\nin:           %s\n' "$2" "$1" >&2; return 1; }
}
