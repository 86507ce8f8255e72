# For the tests of fetch-sources: its world, and the program in it.

load helper.bash
load server/world.bash

setup_file() { play_world sources/world; }
setup() { world_flags; cd "$BATS_TEST_TMPDIR"; }

# source ID URL [MEMBERS]: a source record; MEMBERS is the rest of the object, by default that any page is good.
source_of() { printf '{"kind":"source","id":"%s","url":"%s",%s}\n' "$1" "$2" "${3-"\"expect\":\"\""}"; }

# pages OPTION... < sources: the program in the world, bounded.
pages() { timeout 60 fetch-sources "${flags[@]}" --pause 0.01 "$@"; }

# in_short: SOURCE STATUS FROM_CACHE BODY ERROR-WORD of the pages on standard input.
in_short() { jq -r '[.source, .status, .from_cache, .body, (.error.code // "")] | join("|")'; }

asked() { counted "$world" "$1" "[.requests[]] | add // 0"; }
