# fetch-sources where a page leads to others.

load sources.bash

@test "links that match \"follow\" are fetched in page order, once, on the same host, and one level deep" {
  source_of i https://index.example/ '"follow":"/view\\?id="' > sources
  before=$(asked list.example)
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '[.source, .url, .body | split("<")[0]] | join(" ")' <<< "$output" | tail -n +2)" = \
"i https://index.example/view?id=3 three
i https://index.example/view?id=1&x one 
i https://index.example/view?id=2 two
i https://index.example/view?id=4 " ]
  [ "$(jq -r '.error // empty | "\(.code): \(.text)"' <<< "$output")" = "redirect: redirects to another host, list.example" ]
  [ "$(asked list.example)" = "$before" ]
}

@test "links are relative to the <base> of the page" {
  source_of i https://index.example/based '"follow":"view"' > sources
  [ "$(pages < sources | jq -r .body | tail -n 1)" = five ]
}

@test "pages with a million unfinished links are written in bounded time" {
  for number in 1 2 3 4 5 6; do source_of $number https://unfinished.example/$number '"follow":"."'; done > sources
  run -0 --separate-stderr timeout 40 fetch-sources "${flags[@]}" --max-pages 3 --tries 1 < sources
  [ "$(jq -r 'select(.body != "") | .source' <<< "$output" | sort -u | xargs)" = "1 2 3 4 5 6" ]
}
