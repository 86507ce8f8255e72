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
same() { diff -r --exclude=.gitignore --exclude=.published "${@:3}" "$1" "$2"; }

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

# edition WORD: another site, with pages that came, changed and went, and compressed files.
edition() {
  rm -rf site
  mkdir -p site/assets site/c
  echo "body{} /* $1 */" > "site/assets/style-$1.css"
  for page in "c/$1" c/cats about; do echo "<a href=\"/index.html\">$1</a></html>" > "site/$page.html"; done
  echo "<link href=\"assets/style-$1.css\"><a href=\"c/$1.html\"><a href=\"c/cats.html\"><a href=\"about.html\"></html>" > site/index.html
  echo "{\"edition\":\"$1\"}" | tee site/communities.ndjson > site/communities.json
  find site -type f -exec gzip -9nk {} + -exec brotli -k {} +
}

# killed STEPS WORD...: tools/publish, which kills itself after so many commands.
killed() {
  run bash -c 'n=$1; shift; trap "((n--)) || kill -9 \$\$" DEBUG; set -T; . "$0"' "$root/tools/publish" "$@"
}

@test "the reader of these tests knows a page beside another one's compressed form" {
  for ending in gz br; do
    edition one
    cp "site/about.html.$ending" old
    edition two
    cp old "site/about.html.$ending"
    run -1 "$root/test/reader.py" site --times 1
    contains "$output" "{\"about.html is not what its .$ending holds\": 1}"
    head -c 10 old > "site/about.html.$ending"
    run -1 "$root/test/reader.py" site --times 1
    contains "$output" "{\"about.html is not what its .$ending holds\": 1}"
  done
}

@test "a run that is killed anywhere leaves a whole site, and is completed by the next" {
  edition one
  publish
  cp -r site first
  for steps in $(seq 500); do
    edition two
    killed "$steps" site www previous
    if [ "$status" -eq 0 ]; then break; fi
    # Nothing is cut short, nothing leads nowhere, and no page is beside an older one in compressed form.
    run -0 "$root/test/reader.py" www --times 1
    if ((steps % 10 == 0)); then
      # Whatever was done, the site before it can be had back.
      [ -e previous ] || [ -e previous.new ] || continue
      "$root/tools/publish" previous www previous
      same first www --exclude=assets
    fi
  done
  [ "$steps" -gt 20 ]
  [ "$status" -eq 0 ]
  same site www --exclude=assets
}

@test "a run killed once is completed by the next, and the site before both is the one to go back to" {
  edition one
  publish
  cp -r site first
  edition two
  killed 60 site www previous
  [ -e previous.new ]
  edition three
  publish
  same site www --exclude=assets
  "$root/tools/publish" previous www previous
  same first www --exclude=assets
}

@test "what others put into the folder stays" {
  mkdir -p www/.well-known/acme-challenge www/c
  echo mine > www/mine.html
  publish
  mv site/c site/d
  echo new > site/index.html
  publish
  [ ! -e www/c ]
  [ "$(cat www/mine.html)" = mine ]
  [ -d www/.well-known/acme-challenge ]
}

@test "a folder's name may hold anything" {
  for name in "with space" "quote'\"" "[a]*?" "-dash" "ünïcode" 'dollar$x' 'back\slash'; do
    "$root/tools/publish" site "$name" "previous of $name"
    same site "./$name"
    echo "$name" > site/index.html
    "$root/tools/publish" site "$name" "previous of $name"
    same site "./$name"
    "$root/tools/publish" "previous of $name" "$name" "previous of $name"
  done
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

@test "where there is nothing to go back to, rollback says so and the site stays" {
  publish
  run -1 "$root/tools/publish" previous www previous
  [ "$output" = "publish: previous: no site is there (index.html is missing); www stays as it is" ]
  same site www
}

@test "a compression that was killed leaves nothing half done for the next one" {
  mkdir -p site bin
  echo "<p>$(seq 1000)" > site/index.html
  printf '#!/bin/sh\n: > index.html.gz\nkill -9 $PPID\n' > bin/gzip
  chmod +x bin/gzip
  PATH=$PWD/bin:$PATH run "$root/tools/compress" site
  [ "$status" -ne 0 ]
  [ -e site/index.html.gz ]
  run -0 "$root/tools/compress" site
  gzip -dc site/index.html.gz | cmp - site/index.html
  brotli -dc site/index.html.br | cmp - site/index.html
}
