# How the site works, in a browser.
# bats file_tags=long

setup_file() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
  export made=$BATS_FILE_TMPDIR sites=$BATS_FILE_TMPDIR/sites
  # What it takes to use the site is the same in every language.
  cp -r sites "$sites"
  find "$sites/translations" -type f ! -name en.txt ! -name de.txt -delete
  make_site 100 --sites "$sites"
  make_site 130 --sites "$sites" --rows 100
  make_site 1030 --sites "$sites" --translate-up-to 0
}

setup() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
}

@test "the keyboard alone is enough to search, sort, filter, open, copy and go back; older identifiers find their Community" {
  browser keyboard "$made/100"
}

@test "a pasted link, address or quoted word finds its rooms; an empty result suggests what to do; unjoinable rooms are marked" {
  browser find "$made/100"
}

@test "Join opens a dialog; the button stays visible on a phone; no content needs SVG; a dead link names the most similar rooms" {
  browser join "$made/100"
}

@test "without a script every join link is two steps away and nothing that needs one is shown" {
  browser still "$made/100"
}

@test "a list on two pages works without a script" {
  browser still "$made/130"
}

@test "a list on two pages is searched, filtered and sorted as a whole" {
  browser whole "$made/130"
}

@test "pages with 100 Communities stay within the budgets of bytes and time" {
  browser budget "$made/100" 25000
  show_figures
}

@test "pages with 1,000 Communities stay within the budgets of bytes and time" {
  browser budget "$made/1030" 200000
  show_figures
}

@test "hostile names run no code, load nothing, break no page and write no file outside the site" {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p a/b/c
  "$root/test/browser/make-hostile" > hostile.ndjson
  run -1 render --sites "$sites" --languages "$root/languages" --keep-going --rejects rejected.ndjson --output a/b/c/site \
    --now 2026-11-22T20:05:17Z hostile.ndjson
  [ "$(wc -l < rejected.ndjson)" -eq 1 ]  # a word that no table has; the others are left out
  [ "$(find . -mindepth 1 -not -path './a/b/c/site/*' -not -path './a/b/c/.site.render/*' | sort | tr '\n' ' ')" = \
    "./a ./a/b ./a/b/c ./a/b/c/.site.render ./a/b/c/site ./hostile.ndjson ./rejected.ndjson " ]
  cd "$root"
  browser html "$BATS_TEST_TMPDIR/a/b/c/site"
  browser hostile "$BATS_TEST_TMPDIR/a/b/c/site" 28
}
