# fetch-sources and its last good copies: what changed is asked for, what is known is never lost.

load sources.bash

@test "an unchanged page costs a 304, by tag or by date" {
  { source_of tag https://list.example/list.md; source_of date https://list.example/dated; } > sources
  pages --cache cache < sources > first
  before=$(counted "$world" list.example .not_modified)
  pages --cache cache < sources > second
  [ "$(counted "$world" list.example .not_modified)" = $((before + 2)) ]
  [ "$(jq -c '[.status, .from_cache]' second | xargs)" = "[304,false] [304,false]" ]
  diff <(jq -r .body first) <(jq -r .body second)
}

@test "a page that changed is fetched anew" {
  source_of a https://changing.example/edited > sources
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|one|" ]
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|two|" ]
  [ "$(pages --cache cache < sources | brief)" = "a|304|false|two|" ]
}

@test "an error page, a blank one and one that shrinks to nothing leave the last good copy" {
  for page in error blank shrinks; do source_of $page https://changing.example/$page; done > sources
  pages --cache cache < sources > first
  run -0 --separate-stderr pages --cache cache --tries 1 < sources
  [ -z "$stderr" ]
  diff <(jq -r .body first) <(jq -r .body <<< "$output")
  diff <(jq -r .fetched_at first) <(jq -r .fetched_at <<< "$output")
  "$root/test/check-schema" page <<< "$output"
  [ "$(jq -c '[.source, .from_cache, .status, (.error | split(":")[0])]' <<< "$output" | xargs)" = \
    "[error,true,500,http-error] [blank,true,200,empty] [shrinks,true,200,empty]" ]
}

@test "a source that is down gives its last good copy, with its age" {
  source_of a https://changing.example/steady > sources
  pages --cache cache < sources > first
  sed -i 's/"fetched_at":"[^"]*"/"fetched_at":"2026-01-02T03:04:05Z"/' cache/*/*.json
  flags=(--connect-to changing.example:443:127.77.255.1:9999 --allow-private 127.77.0.0/16)
  run -0 --separate-stderr pages --cache cache --tries 1 < sources
  [ "$(brief <<< "$output")" = "a|0|true|known|refused" ]
  [ "$(jq -r .fetched_at <<< "$output")" = 2026-01-02T03:04:05Z ]
}

@test "a small page is taken at its word when it has stayed small for a week" {
  source_of a https://list.example/tags > sources
  pages --cache cache < sources > /dev/null
  body=$(head -c 5000 /dev/zero | tr '\0' x)
  sed -i "s/\"body\":\"tagged\"/\"body\":\"$body\"/" cache/*/*.json
  [ "$(pages --cache cache < sources | jq -c '[.from_cache, (.body | length)]')" = "[true,5000]" ]
  sed -i 's/"fetched_at":"[^"]*"/"fetched_at":"2026-01-02T03:04:05Z"/' cache/*/*.json
  [ "$(pages --cache cache < sources | brief)" = "a|200|false|tagged|" ]
}

@test "offline asks nobody" {
  { source_of a https://list.example/plain; source_of b https://list.example/unknown; } > sources
  pages --cache cache < sources > /dev/null
  before=$(asked list.example)
  run -0 --separate-stderr pages --cache cache --offline < sources
  [ "$(asked list.example)" = "$before" ]
  [ "$(brief <<< "$output" | xargs)" = "a|0|true|plain|offline b|0|false||offline" ]
  run -2 pages --offline < sources
}

@test "a damaged copy is not used, and a note says so" {
  source_of a https://list.example/plain > sources
  pages --cache cache < sources > /dev/null
  for damage in 'not json' '{"kind":"copy"}' '{"kind":"page"}' '' '{"kind":"copy","url":"https://other.example/","final_url":"","fetched_at":"2026-01-02T03:04:05Z","media_type":"","body":"wrong"}' '{"kind":"copy","url":"https://list.example/plain","final_url":"","fetched_at":"soon","media_type":"","body":"wrong"}'; do
    printf '%s' "$damage" > cache/*/*.json
    run -0 --separate-stderr pages --cache cache < sources
    contains "$stderr" "not used: "
    [ "$(brief <<< "$output")" = "a|200|false|plain|" ]
    run -0 --separate-stderr pages --cache cache < sources
    [ -z "$stderr" ]
  done
}

@test "no file is named by what a source or a URL says" {
  { source_of ../../escaped https://list.example/plain; source_of 'a/b' https://list.example/dated?../../x; } > sources
  pages --cache deep/cache < sources > /dev/null
  [ "$(find . -name '*.json' | grep -cvE '^\./deep/cache/[0-9a-f]{64}/[0-9a-f]{64}\.json$')" = 0 ]
  [ "$(find . -type f | grep -c json)" -ge 1 ]
}

@test "a folder for copies that can't be written is an error" {
  touch file
  run -1 --separate-stderr pages --cache file/cache < <(source_of a https://list.example/plain)
  contains "$stderr" "fetch-sources: file/cache: "
  [ -z "$output" ]
}

@test "copies of pages that a source no longer leads to are dropped, others stay" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  pages --cache cache < sources > /dev/null
  pages --cache cache < <(source_of other https://list.example/plain) > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | wc -l)" = 5 ]
  pages --cache cache --max-pages 2 < sources > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | sort | xargs)" = \
    "https://index.example/ https://index.example/view?id=3 https://list.example/plain" ]
}

@test "whatever befalls a source, the chain goes on, says so, and keeps every link it knew" {
  { source_of sick http://sick.example/ '"follow":"id="'; source_of well https://list.example/list.md; } > sources
  joins() { pages --tries 1 --try-timeout 1 --cache cache < sources | tee pages.ndjson | extract-joins | jq -r .join_url | sort -u; }
  joins > known
  [ "$(grep -c public_key known)" = 2 ]
  while read -r behaviour; do
    "$root/test/server/tell.py" "$world" set sick.example "{\"behaviour\":$behaviour}"
    run -0 --separate-stderr joins
    [ -z "$stderr" ]
    diff known - <<< "$output" || { echo "after $behaviour"; false; }
    [ "$(jq -c 'select(.source == "sick") | [.from_cache, has("error")]' pages.ndjson | sort -u)" = "[true,true]" ]
  done <<'END'
"down"
"silent"
"stall"
{"is":"status","code":500}
{"is":"status","code":403}
"empty-body"
"endless"
"endless-headers"
"gzip-bomb"
"zstd-bomb"
"truncated"
"garbage"
"reset"
"redirect-loop"
{"is":"redirect","to":"http://sentinel.example/"}
{"is":"redirect","to":"http://169.254.169.254/latest"}
"declared-huge"
"chunk-huge"
"drip"
END
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
}
