# A listing without a server machine: its data and its site are in branches of its repository (tools/pages).

load helper.bash

setup() {
  cd "$BATS_TEST_TMPDIR"
  git init -q --bare upstream
  git init -q copy
  cd copy
  git remote add origin ../upstream
  mkdir -p data/cache output/de output/.well-known
  echo 'Contact:' > output/.well-known/security.txt
  echo 'kept' > data/5-communities.ndjson
  echo 'a page' > data/cache/page
  echo 'not kept' > data/4-probes.ndjson
  echo '<p>one</p>' > output/index.html
  echo '<p>eins</p>' > output/de/index.html
}

pages() { "$root/tools/pages" "$@"; }
# The files in a branch of the repository.
holds() { git -C ../upstream ls-tree -r --name-only "$1" | paste -sd ' '; }

@test "the first run finds no data, says so, and goes on" {
  run -0 pages fetch
  [ "$output" = "pages: there is no branch 'data' yet: this is the first run" ]
}

@test "push stores data and site each in a branch of one commit, and fetch restores the data" {
  pages push
  [ "$(holds data)" = "5-communities.ndjson cache/page" ]
  [ "$(holds pages)" = ".nojekyll .well-known/security.txt de/index.html index.html" ]
  rm -r data
  pages fetch
  diff -r <(printf 'kept\n') data/5-communities.ndjson
  [ "$(cat data/cache/page)" = "a page" ]
}

@test "a second push replaces the first: deleted pages leave the branch, and its history does not grow" {
  pages push
  rm output/de/index.html
  pages push
  [ "$(holds pages)" = ".nojekyll .well-known/security.txt index.html" ]
  [ "$(git -C ../upstream rev-list --count pages)" = 1 ]
  [ "$(git -C ../upstream rev-list --count data)" = 1 ]
  [ -z "$(git diff --cached --name-only)" ]  # the copy's own index is as it was
}

@test "a push without a listing changes nothing in the repository" {
  pages push
  before=$(git -C ../upstream rev-parse data pages)
  rm data/5-communities.ndjson
  run -1 pages push
  [ "$output" = "pages: data/5-communities.ndjson is missing; make publish makes it" ]
  [ "$(git -C ../upstream rev-parse data pages)" = "$before" ]
}

@test "wrong arguments are answered with the usage" {
  run -2 pages pull
  [ "$output" = "usage: tools/pages fetch|push" ]
}
