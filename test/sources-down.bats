# The whole chain under Make while every source but one fails in its own way.

load helper.bash
load server/world.bash

setup_file() {
  export work=$BATS_FILE_TMPDIR
  play_world sources/chain
}

setup() {
  world_flags
  cd "$root"
  data=$work/data
}

# refresh [FETCH_FLAG...]: make refresh, in the world.
refresh() {
  timeout 120 make --no-print-directory refresh DATA="$data" OUTPUT="$work/www" KNOWN_SERVERS=/dev/null \
    SOURCES="$work/sources.ndjson" PROBE_FLAGS="${flags[*]}" FETCH_FLAGS="${flags[*]} --tries 1 --try-timeout 5 $*"
}

# becomes HOST MEMBERS: replaces the source.
becomes() { "$root/test/server/tell.py" "$world" set "$1.list.example" "$2"; }

joins() { jq -r .join_url "$data/2-joins.ndjson" | sort; }
listed() { jq -r '.communities[].join_url' "$work/www/communities.json" | sort; }

@test "if all sources work, each gives its link, and each link its Community" {
  jq -c 'select(.host | endswith(".list.example")) | {kind: "source", id: (.host | split(".")[0]), url: "http://\(.host)/"}' \
    test/story/sources/chain.ndjson > "$work/sources.ndjson"
  run -0 --separate-stderr refresh
  [ -z "$stderr" ]
  joins > "$work/joins"
  listed > "$work/listed"
  [ "$(wc -l < "$work/joins")" = 14 ]
  [ "$(wc -l < "$work/listed")" = 14 ]
  contains "$(cat "$data/.summary")" "14, of which 0 not fresh"
}

@test "if thirteen of fourteen sources fail in different ways, nothing that was known is lost" {
  becomes down '{"behaviour":"down"}'
  becomes gone '{"behaviour":{"is":"status","code":500}}'
  becomes busy '{"behaviour":{"is":"status","code":429}}'
  becomes blank '{"behaviour":"empty-body"}'
  becomes image '{"pages":{"/":{"body":"x","type":"image/png"}}}'
  becomes endless '{"behaviour":"endless"}'
  becomes bomb '{"behaviour":"gzip-bomb"}'
  becomes cut '{"behaviour":"truncated"}'
  becomes garbage '{"behaviour":"garbage"}'
  becomes slow '{"behaviour":"stall"}'
  becomes loop '{"behaviour":"redirect-loop"}'
  becomes inside '{"behaviour":{"is":"redirect","to":"http://sentinel.example/"}}'
  becomes wrong '{"pages":{"/":{"body":"“{join:wrong.example/lounge}”","charset":"utf-16","bytes":"utf-8"}}}'
  run -0 --separate-stderr refresh
  [ -z "$stderr" ]
  diff <(jq -r '[.source, .from_cache, (.error.code // "")] | join(" ")' "$data/1-pages.ndjson") - <<'END'
down true refused
gone true http-error
busy true http-error
blank true empty
image true not-text
endless true too-big
bomb true too-big
cut true broken
garbage true broken
slow true timeout-read
loop true redirect
inside true blocked-address
wrong false 
well false 
END
  diff "$work/joins" <(joins)
  diff "$work/listed" <(listed)
  contains "$(cat "$data/.summary")" "14, of which 12 not fresh: 1 blocked-address, 2 broken, 1 empty, 2 http-error, 1 not-text, 1 redirect, "
  [ "$(jq -s 'last.pages_failed' "$data/runs.ndjson")" = 12 ]
  [ "$(jq -sc 'last.sources[] | select(.source == ("gone", "blank", "well"))' "$data/runs.ndjson")" = \
'{"source":"gone","links":1,"links_before":1,"error":"http-error"}
{"source":"blank","links":1,"links_before":1,"error":"empty"}
{"source":"well","links":1,"links_before":1}' ]
  tail -n 1 "$data/runs.ndjson" | "$root/test/check-schema" run
  contains "$(cat "$data/.summary")" "down 1 (refused), gone 1 (http-error), busy 1 (http-error), blank 1 (empty), "
  contains "$(cat "$data/metrics.prom")" 'session_communities_page_errors{error="too-big"} 2'
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}

@test "-v reports which source failed, how, and the age of its copy" {
  run -0 --separate-stderr refresh -v
  [ "$(grep -c '; the copy of 20..-.*Z is used$' <<< "$stderr")" = 12 ]
  contains "$stderr" "14 sources, 14 pages: 2 fresh, 0 unchanged, 12 from the cache, 0 without text; "
  diff "$work/listed" <(listed)
}

@test "a challenge page with status 200 loses no link, and a page that loses links is reported" {
  becomes gone '{"behaviour":"healthy","pages":{"/":{"body":"<title>Just a moment...</title>"}}}'
  becomes well '{"pages":{"/":{"body":"public_key= and no link"}}}'
  run -0 --separate-stderr refresh
  diff <(grep -v //well "$work/joins") <(joins)
  [ "$(jq -sc 'last.sources[] | select(.source == ("gone", "well"))' "$data/runs.ndjson")" = \
'{"source":"gone","links":1,"links_before":1,"error":"unexpected"}
{"source":"well","links":0,"links_before":1}' ]
  contains "$(cat "$data/.summary")" "gone 1 (unexpected)"
  contains "$(cat "$data/.summary")" "well 0 (before 1)"
}

@test "a source that recovers is fresh again" {
  becomes down '{"behaviour":"healthy"}'
  run -0 --separate-stderr refresh
  [ "$(jq -c 'select(.source == "down") | [.from_cache, .error]' "$data/1-pages.ndjson")" = "[false,null]" ]
}
