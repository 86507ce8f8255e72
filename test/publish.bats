# tools/publish: a visitor never meets half a site.

setup() {
  load helper.bash
  cd "$BATS_TEST_TMPDIR"
  mkdir -p site/assets site/c
  echo '<link href="assets/style-1.css"><a href="c/cats.html">' > site/index.html
  echo 'body{}' > site/assets/style-1.css
  echo cats > site/c/cats.html
}

publish() { "$root/tools/publish" site www previous; }

# The same files with the same bytes, whatever else is in the folder of the publisher.
same() { diff -r --exclude=.gitignore "$1" "$2"; }

@test "a first site is put in place, and nothing else" {
  run -0 --separate-stderr publish
  [ -z "$output$stderr" ]
  same site www
}

@test "what changed is replaced, what is new is added, what is gone is removed" {
  publish
  cp -r site old
  rm -r site/c site/assets/style-1.css
  echo 'p{}' > site/assets/style-2.css
  mkdir site/de
  echo hunde > site/de/index.html
  echo '<link href="assets/style-2.css">' > site/index.html
  publish
  same old previous
  [ ! -e www/c ]
  # The old style is for who has just read an old page; it goes with the next site.
  [ -e www/assets/style-1.css ]
  echo newer >> site/index.html
  publish
  same site www
}

@test "an unchanged file is not touched" {
  publish
  before=$(stat -c '%i %Y' www/c/cats.html)
  echo more >> site/index.html
  publish
  [ "$(stat -c '%i %Y' www/c/cats.html)" = "$before" ]
}

@test "the same site once more changes nothing, the way back included" {
  publish
  cp -r site old
  mv site/assets/style-1.css site/assets/style-2.css
  publish
  publish
  same old previous
}

@test "a site of the same size and time but other bytes is still another site" {
  publish
  echo dogs > site/c/cats.html
  touch -r www/c/cats.html site/c/cats.html
  publish
  same site www
}

@test "a folder without a site is refused and the old site stays" {
  publish
  mv site kept
  mkdir site
  run -1 publish
  contains "$output" "publish: site: no site is there (index.html is missing); www stays as it is"
  same kept www
}

@test "the file that git keeps in output/ stays" {
  mkdir www
  echo '*' > www/.gitignore
  publish
  [ "$(cat www/.gitignore)" = '*' ]
}

@test "a run that was killed anywhere is completed by the next" {
  publish
  for page in $(seq 40); do echo "$page" > "site/c/$page.html"; done
  rm site/c/cats.html
  for steps in $(seq 1 60); do
    # Stops itself after so many commands, as a kill would.
    run bash -c 'n=$1; trap "((n--)) || kill -9 \$\$" DEBUG; set -T; set -- site www previous; . "$0"' \
      "$root/tools/publish" "$steps"
    [ -e www/index.html ]
    if [ "$status" -eq 0 ]; then break; fi
  done
  [ "$steps" -gt 10 ]
  [ "$status" -eq 0 ]
  publish
  same site www
}

@test "rollback brings the last site back, and once more the newer one" {
  publish
  cp -r site first
  echo new > site/index.html
  publish
  "$root/tools/publish" previous www previous
  same first www
  "$root/tools/publish" previous www previous
  same site www
}
