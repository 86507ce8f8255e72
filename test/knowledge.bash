# For the tests of what people know: one server, a few rooms, and a few lines.

key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13
now=2026-11-22T20:00:00Z

# A folder each for languages/ and sites/, with the words of this tree and no line
# about any Community.
set_up_knowledge() {
  languages=$BATS_TEST_TMPDIR/languages sites=$BATS_TEST_TMPDIR/sites
  mkdir "$languages"
  cp -r "$root/sites" "$sites"
  cp "$root"/languages/*.{ndjson,tsv} "$languages"
  rm "$languages/communities.ndjson"
  rm -f "$sites/policy.ndjson"
}

# json TEXT: as a JSON string.
json() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# members GIVEN DEFAULT...: members of a JSON object; a DEFAULT whose name is not given comes along.
members() {
  local all=$1 own=$1 default
  while [[ $own =~ \{[^{}]*\} ]]; do own=${own/"${BASH_REMATCH[0]}"/}; done # names inside its members are not its own
  for default in "${@:2}"; do [[ $own == *"${default%%:*}:"* ]] || all+=${all:+, }$default; done
  printf %s "$all"
}

# room MEMBERS: a room of the server below; MEMBERS are what it has beside, or instead of, a name and a token.
room() {
  local token=cats
  [[ $1 =~ \"token\":\ *\"([^\"]*)\" ]] && token=${BASH_REMATCH[1]}
  printf '{%s}\n' "$(members "$1" '"token": "cats"' '"name": "Cats"' '"read": true' '"write": true' '"upload": true' \
    "\"identifier\": \"$token+${key:0:8}\"" "\"join_url\": \"https://sog.example/$token?public_key=$key\"")"
}

# server MEMBERS ROOM...: a server of a final listing that holds these rooms.
server() {
  local rooms
  printf -v rooms '%s, ' "${@:2}"
  printf '{"kind": "server", %s, "rooms": [%s]}\n' "$(members "$1" '"base_url": "https://sog.example"' "\"server_id\": \"${key:0:8}\"" \
    "\"key\": {\"public_key\": \"$key\", \"status\": \"proven\"}")" "${rooms%, }"
}

# says MEMBERS: a line of people about a Community or server, into the folder of languages.
says() { printf '{"kind": "annotation", %s}\n' "$1" >> "$languages/communities.ndjson"; }
# rules MEMBERS: a line of the policy, with what every such line needs.
rules() {
  printf '{"kind": "annotation", %s}\n' "$(members "$1" '"reason": "test"' '"date": "2026-11-01"' '"by": "Ada"')" >> "$sites/policy.ndjson"
}

render_known() { timeout 60 render --languages "$languages" --sites "$sites" --now "$now" "$@"; }

# explain IDENTIFIER: $output is what render says of it, from the listing in $listing.
explain() {
  run -0 --separate-stderr render_known --explain "$1" <<< "$listing"
  [ -z "$stderr" ]
}

# told DESCRIPTION: runs explain for a room with this description.
told() {
  listing=$(server '' "$(room "\"description\": $(json "$1")")")
  explain "cats+${key:0:8}"
}

# explain_all MEMBERS...: a room each, all on one server; ${explained[N]} is what render says of the Nth.
explain_all() {
  local rooms=() names=() members
  for members; do
    rooms+=("$(room "\"token\": \"r${#rooms[@]}\"${members:+, }$members")")
    names+=("--explain=r${#names[@]}+${key:0:8}")
  done
  run -0 --separate-stderr render_known "${names[@]}" <<< "$(server '' "${rooms[@]}")"
  [ -z "$stderr" ]
  mapfile -t -d $'\1' explained < <(sed $'2,$s/^[^ ]/\1&/' <<< "$output")
  [ "${#explained[@]}" -eq $# ]
}

# explained_as LABEL: of each line "MEMBERS|ANSWER" on standard input, such a room is explained with "LABEL: ANSWER".
explained_as() {
  local table i
  mapfile -t table
  explain_all "${table[@]%%|*}"
  for i in "${!table[@]}"; do contains "${explained[i]}" "  $1: ${table[i]#*|}"; done
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
