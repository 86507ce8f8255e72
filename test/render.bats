# render: the site from server records. The story "site": three servers, of which one
# is silent and one gone, and eight rooms, of which one is hidden and one unlisted.

setup() {
  load helper.bash
  story site
  out=$BATS_TEST_TMPDIR/site
  flags=(--sites "$root/sites" --languages "$root/languages" --policy "$story/policy.ndjson"
    --now 2026-11-22T20:30:00Z --site-url https://sogs.example)
}

# site [OPTION...] [FILE...]: the whole site in $out; a good run says nothing.
site() {
  run -0 --separate-stderr timeout 60 render "${flags[@]}" --output "$out" "$@"
  [ -z "$output" ] && [ -z "$stderr" ]
}

@test "a room becomes a row, a page, a QR code, a badge and a line of data" {
  site "$story/5-communities.ndjson"
  grep -q 'id="cats+7b4e909b"' "$out/index.html"
  grep -q 'Cats &amp; friends' "$out/c/cats+7b4e909b.html"
  [ -e "$out/c/cats+7b4e909b.svg" ]
  [ -e "$out/badge/cats+7b4e909b.svg" ]
  run -0 jq -r 'select(.identifier == "cats+7b4e909b").join_url' "$out/communities.ndjson"
  [ "$output" = "https://sog.example/cats?public_key=7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13" ]
}

@test "pinned Communities come first, then by score; adult ones have a page of their own" {
  site "$story/5-communities.ndjson"
  run -0 jq -r .identifier "$out/communities.ndjson"
  [ "${lines[*]}" = "Chess+7b4e909b cats+7b4e909b News+7b4e909b cats+d79a50b8 adults+7b4e909b" ]
  run -1 grep -c 'id="adults+7b4e909b"' "$out/index.html"
  grep -q 'id="adults+7b4e909b"' "$out/adult.html"
}
