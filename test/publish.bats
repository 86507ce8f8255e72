# The site is replaced atomically: a visitor sees the old one or the new one, never a mixture. Single steps and the
# state after each are tested in test/unit/site_writer.cpp; here whole runs are killed or refused.

load helper.bash

setup() {
  cd "$BATS_TEST_TMPDIR"
  www=$PWD/www
  mkdir -p sites/translations sites/assets
  # The smallest site: two pages, a style, and a text that is long enough to be compressed.
  cp "$root"/sites/translations/en.txt sites/translations
  cp "$root"/sites/*.ndjson sites
  edition one
}

# edition WORD: another site.
edition() {
  rm -f sites/about-*.html
  echo "body{} /* $1 */" > sites/assets/style.css
  printf '<link href="{{home}}{{assets.style_css}}"><a href="{{home}}about-%s.html">%30000s</a></html>\n' "$1" "$1" > sites/index.html
  cp sites/index.html "sites/about-$1.html"
}

publish() { render --sites sites --languages "$root/languages" --now 2026-11-22T20:30:00Z --output "${1-www}" "$root/test/story/site/5-communities.ndjson"; }
rollback() { render --rollback www; }
edition_of() { ls "$1" | sed -n 's/^about-\(.*\)\.html$/\1/p'; }
# whole WORD: www is that edition: no file is cut short, no link is broken, no compressed form is of another edition.
whole() {
  run -0 "$root/test/reader.py" www --times 1
  [ "$(edition_of www)" = "$1" ] && grep -q " $1</a>" www/index.html
}
# on_a_bad_day NAME=VALUE COMMAND...: with test/unreliable.cpp
on_a_bad_day() { env "$1" LD_PRELOAD="$(dirname "$bin")/test/unreliable.so" "${@:2}"; }
preloaded() { on_a_bad_day "$1" render --sites sites --languages "$root/languages" --now 2026-11-22T20:30:00Z --output www "$root/test/story/site/5-communities.ndjson"; }

@test "a new site replaces the old one in one step, and a killed run is continued" {
  TMPDIR=$BATS_TEST_TMPDIR run -0 --separate-stderr "$(dirname "$bin")/test/render/site_writer"
  [ -z "$output" ]
}

@test "a site is put in place, replaced and rolled back without any output" {
  run -0 --separate-stderr publish
  [ -z "$output$stderr" ]
  whole one
  edition two
  run -0 --separate-stderr publish
  [ -z "$output$stderr" ]
  whole two
  run -0 --separate-stderr rollback
  [ -z "$output$stderr" ]
  whole one
}

@test "the reader of these tests recognises a page beside the compressed form of another version" {
  publish
  for packed in "gz head -c 10 old" "br head -c 10 old" "gz gzip -c sites/index.html" "br brotli -c sites/index.html"; do
    read -r ending command <<< "$packed"
    cp "www/about-one.html.$ending" old
    $command > "www/about-one.html.$ending"
    run -1 "$root/test/reader.py" www --times 1
    contains "$output" "{\"about-one.html is not what its .$ending holds\": 1}"
    cp old "www/about-one.html.$ending"
  done
}

@test "a run that is killed at any change leaves a complete site, and the next run finishes" {
  publish
  edition two
  publish
  local before=two
  for ((change = 1, word = 3; ; ++change, ++word)); do
    edition $word
    run preloaded DIES=$change
    [ "$status" -eq 137 ] || break
    if [ "$(edition_of www)" = $word ]; then whole $word; else whole $before; fi
    if ((word % 3 == 0)); then
      publish
      whole $word
      before=$word
    elif ((word % 3 == 1)) && [ "$(edition_of www)" != $word ]; then
      # A rollback still works, and so does a second one.
      rollback
      rollback
      whole $before
    else
      before=$(edition_of www)
    fi
  done
  [ "$status" -eq 0 ]
  whole $word
  [ "$change" -gt 20 ]
}

@test "a rollback that is killed at any change leaves a complete site, and the next run finishes" {
  publish
  edition two
  publish
  for ((change = 1; ; ++change)); do
    now=$(edition_of www)
    run on_a_bad_day DIES=$change render --rollback www
    [ "$status" -eq 137 ] || break
    whole "$(edition_of www)"
    rollback
    whole "$(edition_of www)"
  done
  [ "$status" -eq 0 ]
  [ "$change" -gt 3 ]
  [ "$(edition_of www)" != "$now" ]
}

@test "a system call that fails ends the run with a message or does no harm, and the next run repairs everything" {
  publish
  edition two
  publish
  failed=0
  for ((change = 1, word = 3; change < 32; change += 3, ++word)); do
    edition $word
    run preloaded FAILS=$change
    if [ "$status" -eq 0 ]; then whole $word; continue; fi
    contains "$output" "Input/output error"
    : $((++failed))
    whole "$(edition_of www)"
    publish
    whole $word
  done
  [ "$failed" -ge 3 ]
}

@test "if folders can't be exchanged, two renames are used, with one notice" {
  publish
  edition two
  run -0 preloaded NO_EXCHANGE=1
  contains "$output" "render: $PWD: this file system can't exchange two folders in one step; two renames replace the site"
  whole two
  edition three
  run -0 preloaded NO_EXCHANGE=1
  [ -z "$output" ]
  whole three
  on_a_bad_day NO_EXCHANGE=1 render --rollback www
  whole two
}

@test "publish: a second run at the same time waits, with a message" {
  publish
  flock .www.render/lock sleep 1 &
  sleep 0.3
  edition two
  run -0 publish
  [ "$output" = "render: another run is writing $www; waiting until it ends" ]
  whole two
}

@test "without a previous site, rollback says so and the site stays" {
  run -1 rollback
  [ "$output" = "render: nothing to roll back to: $www has no previous site" ]
  publish
  run -1 rollback
  [ "$output" = "render: nothing to roll back to: $www has no previous site" ]
  whole one
}

@test "the folder may have any name, and may be a link to another disk" {
  for name in "with space" "quote'\"" "[a]*?" "ünïcode" 'dollar$x' 'back\slash' .hidden; do
    publish "$name"
    render --rollback "$name" && return 1
    [ -e "$name/index.html" ]
  done
  mkdir disk
  ln -s disk/site link
  publish link
  edition two
  publish link/
  [ -L link ] && [ "$(edition_of disk/site)" = two ]
  [ -d disk/.site.render/previous ]
}

@test "a mount point, a folder on a read-only disk and one in somebody else's folder are refused, with advice" {
  unshare -m true 2> /dev/null || skip "no disk can be mounted here"
  publish
  edition two
  run -1 unshare -m bash -c 'mount -t tmpfs none www; "$@"' - render --sites sites --languages "$root/languages" --output www "$root/test/story/site/5-communities.ndjson"
  contains "$output" "render: $www is a mount point, which cannot be exchanged with the folder of a new site: mount its parent folder (or name that in ReadWritePaths=, or give it to the container), or publish into a folder inside, --output $www/www"
  run -1 unshare -m bash -c 'mount --bind . . && cd . && mount -o remount,bind,ro . && cd "$PWD" && "$@"' - render --sites sites --languages "$root/languages" --output www "$root/test/story/site/5-communities.ndjson"
  contains "$output" "Read-only file system"
  run -1 unshare -m bash -c 'mkdir other; mount -o ro -t tmpfs none other; "$@"' - render --sites sites --languages "$root/languages" --output other/www "$root/test/story/site/5-communities.ndjson"
  contains "$output" "render: $PWD/other/.www.render: Read-only file system; the next site is made there, beside $PWD/other/www, so that folder must be writable"
  whole one
}

@test "a folder that can't be moved out of the old site is named, and kept" {
  unshare -m true 2> /dev/null || skip "no disk can be mounted here"
  publish
  mkdir www/challenge
  edition two
  run -0 unshare -m bash -c 'mount -t tmpfs none www/challenge; "$@"' - render --sites sites --languages "$root/languages" --output www "$root/test/story/site/5-communities.ndjson"
  contains "$output" "render: $www/challenge could not be moved into the new site (Device or resource busy): it is kept in $PWD/.www.render/left-2"
  whole two
}
