# fetch-sources: source records in, page records out, whatever the sources do.

setup_file() {
  load server/world.bash
  export world=$BATS_FILE_TMPDIR/world
  start_world "$BATS_TEST_DIRNAME/story/sources/world.ndjson" "$world"
}

teardown_file() {
  load server/world.bash
  stop_world "$world"
}

setup() {
  load helper.bash
  load server/world.bash
  world_flags "$world"
  cd "$BATS_TEST_TMPDIR"
}

# source ID URL [MEMBERS]: a source record; MEMBERS is the rest of the object.
source_of() { printf '{"kind":"source","id":"%s","url":"%s"%s}\n' "$1" "$2" "${3:+,$3}"; }

# pages OPTION... < sources: the program in the world, bounded.
pages() { timeout 60 fetch-sources "${flags[@]}" --pause 0.01 "$@"; }

# brief: SOURCE STATUS FROM_CACHE BODY ERROR-WORD of the pages on standard input.
brief() { jq -r '[.source, .status, .from_cache, .body, ((.error // "") | split(":")[0])] | join("|")'; }

asked() { counted "$world" "$1" "[.requests[]] | add // 0"; }

@test "pages come in the order of the sources, and are as their schema says" {
  { source_of c https://list.example/plain; source_of a https://faults.example/good; source_of b https://list.example/list.md; } > sources
  run -0 --separate-stderr pages < sources
  [ -z "$stderr" ]
  [ "$(jq -r .source <<< "$output" | xargs)" = "c a b" ]
  [ "$(jq -r .media_type <<< "$output" | xargs)" = "text/plain text/html text/markdown" ]
  contains "$output" 'public_key='
}

@test "every fault is told in its page, and the chain goes on" {
  while read -r path _; do source_of "$path" "https://faults.example/$path"; done > sources <<'END'
500
404
304
empty
image
endless
declared
bomb
headers
garbage
cut
misnamed
stall
drip
loop
far
downgrade
elsewhere
good
END
  { source_of down http://down.example/; source_of expired https://expired.example/
    source_of nowhere http://hidden.onion/; source_of sentinel http://sentinel.example/
    source_of inside http://faults.example/inside; source_of file http://faults.example/file; } >> sources
  run -0 --separate-stderr pages --tries 1 --try-timeout 2 < sources
  [ -z "$stderr" ]
  diff - <(brief <<< "$output") <<'END'
500|500|false||http-error
404|404|false||http-error
304|304|false||http-error
empty|200|false||empty
image|200|false||not-text
endless|200|false||too-big
declared|200|false||too-big
bomb|200|false||too-big
headers|200|false||too-big
garbage|0|false||broken
cut|200|false||broken
misnamed|200|false||broken
stall|0|false||timeout-read
drip|200|false||timeout-read
loop|302|false||redirect
far|302|false||redirect
downgrade|302|false||redirect
elsewhere|200|false|plain|
good|200|false|good|
down|0|false||refused
expired|0|false||tls
nowhere|0|false||dns
sentinel|0|false||blocked-address
inside|0|false||blocked-address
file|302|false||redirect
END
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}
