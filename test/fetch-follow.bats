# fetch-sources where a page leads to others.

load sources.bash

@test "links that follow matches are fetched in the order of the page, once, on its host, and no deeper" {
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

@test "a million unfinished links end nowhere, and soon" {
  for number in 1 2 3 4 5 6; do source_of $number https://unfinished.example/$number '"follow":"."'; done > sources
  run -0 --separate-stderr timeout 40 fetch-sources "${flags[@]}" --max-pages 3 --tries 1 < sources
  [ "$(jq -r 'select(.body != "") | .source' <<< "$output" | sort -u | xargs)" = "1 2 3 4 5 6" ]
}
