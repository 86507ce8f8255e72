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
same() { diff -r --exclude=.gitignore --exclude=.published --exclude=.compressed "${@:3}" "$1" "$2"; }

rollback() { "$root/tools/publish" previous www previous; }

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
  [ ! -e www/c ]
  # The old style is for who has just read an old page; it goes with the next site.
  [ -e www/assets/style-1.css ]
  echo newer >> site/index.html
  publish
  same site www
}

@test "another place has a way back of its own" {
  publish
  cp -r site old
  echo newer >> site/index.html
  publish
  for place in preview preview other; do
    echo $place >> site/index.html
    "$root/tools/publish" site $place previous
    same site $place
  done
  rollback
  same old www
  # The last of the others has one, too; where the first place is no more, it is that of the next one.
  run -1 "$root/tools/publish" previous other previous
  contains "$output" "no site is there"
  cp -r site before
  echo again >> site/index.html
  "$root/tools/publish" site other previous
  "$root/tools/publish" previous other previous
  same before other
  rm -r www
  "$root/tools/publish" site preview previous
  [ "$(cat previous.of)" = "$PWD/preview" ]
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
  rollback
  same old www --exclude=assets
}

@test "a site of the same size and time but other bytes is still another site" {
  publish
  echo dogs > site/c/cats.html
  touch -r www/c/cats.html site/c/cats.html
  publish
  same site www
}

@test "what was changed, cut short or removed behind our back is put right, whatever size and time it pretends" {
  seq 1000 > site/c/cats.html
  publish
  cp -r www good
  tr 0-9 1-90 < good/c/cats.html > www/c/cats.html
  touch -r good/c/cats.html www/c/cats.html
  : > www/index.html
  rm www/assets/style-1.css
  echo nothing > site/c/cats.html.gz
  rm site/c/cats.html.br
  publish
  same site www
  diff -r --exclude=.published good www
}

@test "only what changed is read, packed or copied, on the way back, too" {
  for page in $(seq 50); do seq 1000 > "site/c/$page.html"; done
  publish
  mkdir bin
  for program in b2sum cp gzip brotli; do
    printf '#!/bin/sh\nprintf "%%s\\n" "$@" | grep "^[.]/" >> "%s/touched"\nexec %s "$@"\n' "$PWD" "$(command -v $program)" > bin/$program
  done
  chmod +x bin/*
  PATH=$PWD/bin:$PATH
  publish
  [ ! -e touched ]
  before=$(cd www && find . -name '[0-8]*.html*' -printf '%p %i %C@\n' | sort)
  echo more >> site/c/9.html
  publish
  [ "$(sort -u touched)" = $'./c/9.html\n./c/9.html.br\n./c/9.html.gz' ]
  : > touched
  rollback
  [ "$(sort -u touched)" = $'./c/9.html\n./c/9.html.br\n./c/9.html.gz' ]
  : > touched
  publish
  [ "$(sort -u touched)" = $'./c/9.html\n./c/9.html.br\n./c/9.html.gz' ]
  [ "$(cd www && find . -name '[0-8]*.html*' -printf '%p %i %C@\n' | sort)" = "$before" ]
  [ "$(wc -l <<< "$before")" -eq 147 ]
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

# edition WORD: another site, with pages that came, changed and went, long enough to be packed.
edition() {
  long=$(printf %600s)
  rm -rf site
  mkdir -p site/assets site/c
  echo "body{} /* $1$long */" > "site/assets/style-$1.css"
  for page in "c/$1" c/cats about; do echo "<a href=\"/index.html\">$1</a>$long</html>" > "site/$page.html"; done
  echo "<link href=\"assets/style-$1.css\"><a href=\"c/$1.html\"><a href=\"c/cats.html\"><a href=\"about.html\">$long</html>" > site/index.html
  echo "{\"edition\":\"$1\"$long}" | tee site/communities.ndjson > site/communities.json
}

# killed STEPS WORD...: tools/publish, which kills itself after so many commands.
killed() {
  run bash -c 'n=$1; shift; trap "((n--)) || kill -9 \$\$" DEBUG; set -T; . "$0"' "$root/tools/publish" "$@"
}

@test "the reader of these tests knows a page beside another one's compressed form" {
  for ending in gz br; do
    edition one
    "$root/tools/compress" site
    cp "site/about.html.$ending" old
    edition two
    "$root/tools/compress" site
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
      rollback
      same first www --exclude=assets
    fi
  done
  [ "$steps" -gt 20 ]
  [ "$status" -eq 0 ]
  same site www --exclude=assets
}

# killed_moving FILES: tools/publish, killed with all its helpers after so many files have moved.
killed_moving() {
  mkdir -p bin
  printf '#!/bin/sh\nhead -n %s "$3" | %s "$1" "$2"\nkill -9 0\n' "$1" "$(command -v perl)" > bin/perl
  chmod +x bin/perl
  PATH=$PWD/bin:$PATH run setsid -w "$root/tools/publish" site www previous
  [ -e previous.new ]
}

@test "a run that is killed between two files leaves a whole site, to go on from and to go back from" {
  edition one
  publish
  cp -r site first
  edition two
  "$root/tools/compress" site
  files=$(find site -type f ! -name '.*' | wc -l)
  for moved in $(seq 0 "$files"); do
    killed_moving "$moved"
    run -0 "$root/test/reader.py" www --times 1
    if ((moved % 2)); then
      rollback
      same first www --exclude=assets
    else
      publish
      same site www --exclude=assets
      rollback
      same first www --exclude=assets
    fi
  done
  [ "$files" -gt 15 ]
}

@test "a run killed once is completed by the next, and the site before both is the one to go back to" {
  edition one
  publish
  cp -r site first
  edition two
  killed_moving 5
  edition three
  killed_moving 9
  run -0 "$root/test/reader.py" www --times 1
  publish
  same site www --exclude=assets
  rollback
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
  rm site/c/cats.html
  echo dogs > site/c/dogs.html
  publish
  rollback
  same first www
  rollback
  same site www
}

@test "a site kept whole by an earlier version can be gone back to" {
  cp -r site previous
  echo old > previous/index.html
  publish
  cp -r previous old
  rollback
  same old www
  rollback
  same site www
}

@test "what is not whole any more is not gone back to" {
  publish
  echo new > site/index.html
  publish
  rm www/c/cats.html
  run -1 rollback
  [ "$output" = "publish: previous: the site there is not whole any more (www/c/cats.html is missing); www stays as it is" ]
  [ "$(cat www/index.html)" = new ]
}

@test "what leads back from another site than is there leads nowhere" {
  publish
  echo two > site/c/cats.html
  publish
  rm www/index.html
  for page in index c/cats; do echo three > "site/$page.html"; done
  publish
  same site www
  run -1 rollback
  [ "$output" = "publish: previous: no site is there (index.html is missing); www stays as it is" ]
  same site www
}

@test "a rollback that is killed when all has moved does not take its site for today's" {
  mkdir bin
  for list in site output; do
    rm -rf www previous* first
    edition one
    publish
    cp -r site first
    edition two
    publish
    printf '#!/bin/sh\n%s "$@"\ncase "$*" in *equal.%s) kill -9 $PPID ;; esac\n' "$(command -v mv)" $list > bin/mv
    chmod +x bin/mv
    PATH=$PWD/bin:$PATH run rollback
    [ "$status" -eq 137 ]
    same first www --exclude=assets --exclude=.next
    publish
    same site www --exclude=assets
  done
}

@test "whatever helper fails, the run does, or nothing is wrong; and the next one makes all good" {
  publish
  mkdir bin
  for program in sort comm cut join awk sed tr grep find perl cp mv b2sum xargs gzip; do
    printf '#!/bin/sh\necho >> "%s/calls"\n[ "$(wc -l < "%s/calls")" -ne "$FAILS" ] || exit 9\nexec %s "$@"\n' \
      "$PWD" "$PWD" "$(command -v $program)" > bin/$program
  done
  chmod +x bin/*
  for ((fails = 1; fails < 1000; ++fails)); do
    edition $fails
    : > calls
    FAILS=$fails PATH=$PWD/bin:$PATH run publish
    [ "$status" -ne 0 ] || same site www --exclude=assets
    [ -e www/index.html ]
    ((fails <= $(wc -l < calls))) || break
    publish
    same site www --exclude=assets
  done
  [ "$fails" -gt 50 ] && [ "$fails" -lt 1000 ]
}

@test "where there is nothing to go back to, rollback says so and the site stays" {
  publish
  run -1 rollback
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
  # A web server is another user.
  [ "$(stat -c %A site/index.html.gz site/index.html.br | sort -u)" = "$(umask 022; stat -c %A site/index.html)" ]
}

@test "a page that has become too short to be packed, or is gone, leaves no packed one behind" {
  seq 1000 | tee site/index.html > site/c/cats.html
  "$root/tools/compress" site
  [ -e site/c/cats.html.br ]
  echo cats > site/index.html
  rm site/c/cats.html
  "$root/tools/compress" site
  [ "$(find site -type f ! -name '.*' | sort | tr '\n' ' ')" = "site/assets/style-1.css site/index.html " ]
}
