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
  [ "$(jq -r '.error // empty' <<< "$output")" = "redirect: redirects to another host, list.example" ]
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

@test "no more pages of a source are fetched than allowed" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  [ "$(pages --max-pages 3 < sources | wc -l)" = 3 ]
  [ "$(pages --max-pages 1 < sources | wc -l)" = 1 ]
}

@test "pages too big together end a source, the rest comes from copies" {
  source_of i https://index.example/ '"follow":"/view"' > sources
  run -0 --separate-stderr pages --max-bytes 200 < sources
  [ "$(jq -r .body <<< "$output" | sed -n 2p)" = three ]
  run -0 --separate-stderr pages --max-bytes 20 < <(source_of a https://list.example/plain; source_of b https://index.example/)
  [ "$(brief <<< "$output" | cut -d'|' -f1,2,5 | xargs)" = "a|200| b|200|too-big" ]
}
