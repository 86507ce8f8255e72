# fetch-sources and its cache on disk. What the cache is for is tested in unit/fetch-sources.

load sources.bash

@test "an unchanged page is answered with 304, by tag or by date" {
  { source_of tag https://list.example/list.md; source_of date https://list.example/dated; } > sources
  pages --cache cache < sources > first
  before=$(counted "$world" list.example .not_modified)
  pages --cache cache < sources > second
  [ "$(counted "$world" list.example .not_modified)" = $((before + 2)) ]
  [ "$(jq -c '[.status, .from_cache]' second | xargs)" = "[304,false] [304,false]" ]
  diff <(jq -r .body first) <(jq -r .body second)
}

@test "an error page, a blank page and one that shrinks to nothing leave the last good copy" {
  for page in error blank shrinks; do source_of $page https://changing.example/$page; done > sources
  pages --cache cache < sources > first
  run -0 --separate-stderr pages --cache cache --tries 1 < sources
  [ -z "$stderr" ]
  diff <(jq -r .body first) <(jq -r .body <<< "$output")
  diff <(jq -r .fetched_at first) <(jq -r .fetched_at <<< "$output")
  "$root/test/check-schema" page <<< "$output"
  [ "$(jq -c '[.source, .from_cache, .status, .error.code]' <<< "$output" | xargs)" = \
    "[error,true,500,http-error] [blank,true,200,empty] [shrinks,true,200,empty]" ]
}

@test "a challenge page with status 200 does not replace the good copy, and no link is lost" {
  source_of a https://changing.example/challenge '"tags":["t"]' > sources
  pages --cache cache < sources | extract-joins | jq -r .join_url > known
  [ -s known ]
  run -0 --separate-stderr pages --cache cache --summary summary < sources
  [ -z "$stderr" ]
  [ "$(jq -c '[.status, .from_cache, .error.code]' <<< "$output")" = '[200,true,"unexpected"]' ]
  "$root/test/check-schema" page <<< "$output"
  diff known <(extract-joins <<< "$output" | jq -r .join_url)
  [ "$(jq -c .errors summary)" = '{"unexpected":1}' ]
}

@test "--offline requests nothing" {
  { source_of a https://list.example/plain; source_of b https://list.example/unknown; } > sources
  pages --cache cache < sources > /dev/null
  before=$(asked list.example)
  run -0 --separate-stderr pages --cache cache --offline < sources
  [ "$(asked list.example)" = "$before" ]
  [ "$(in_short <<< "$output" | xargs)" = "a|0|true|plain|offline b|0|false||offline" ]
  run -2 pages --offline < sources
}

@test "a damaged copy is not used, and a note on standard error says so" {
  source_of a https://list.example/plain > sources
  pages --cache cache < sources > /dev/null
  for damage in 'not json' '{"kind":"cached-page"}' '{"kind":"page"}' '' '{"kind":"cached-page","url":"https://other.example/","final_url":"","fetched_at":"2026-01-02T03:04:05Z","media_type":"","body":"wrong"}' '{"kind":"cached-page","url":"https://list.example/plain","final_url":"","fetched_at":"soon","media_type":"","body":"wrong"}'; do
    printf '%s' "$damage" > cache/*/*.json
    run -0 --separate-stderr pages --cache cache < sources
    contains "$stderr" "not used: "
    [ "$(in_short <<< "$output")" = "a|200|false|plain|" ]
    run -0 --separate-stderr pages --cache cache < sources
    [ -z "$stderr" ]
  done
}

@test "names of files do not come from a source or a URL" {
  { source_of ../../escaped https://list.example/plain; source_of 'a/b' https://list.example/dated?../../x; } > sources
  pages --cache deep/cache < sources > /dev/null
  [ "$(find . -name '*.json' | grep -cvE '^\./deep/cache/[0-9a-f]{64}/[0-9a-f]{64}\.json$')" = 0 ]
  [ "$(find . -type f | grep -c json)" -ge 1 ]
}

@test "a cache folder that can't be written is an error" {
  touch file
  run -1 --separate-stderr pages --cache file/cache < <(source_of a https://list.example/plain)
  contains "$stderr" "fetch-sources: file/cache: "
  [ -z "$output" ]
}

@test "copies of pages that a source no longer leads to are deleted, others stay" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  pages --cache cache < sources > /dev/null
  pages --cache cache < <(source_of other https://list.example/plain) > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | wc -l)" = 5 ]
  pages --cache cache --max-pages 2 < sources > /dev/null
  [ "$(cat cache/*/*.json | jq -r .url | sort | xargs)" = \
    "https://index.example/ https://index.example/view?id=3 https://list.example/plain" ]
}
