# What is said to an operator about things that are half done, belong to somebody else, or are down for weeks: backup,
# restore, status, and what a run says before it begins.

load operator.bash

@test "restore brings back what backup keeps, and the site can be made from it without any network request" {
  ask site OUTPUT="$BATS_TEST_TMPDIR/before" > /dev/null
  run -0 ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "kept.tar.gz holds the history of"
  cp "$DATA/5-communities.ndjson" "$BATS_TEST_TMPDIR/listing"
  rm -r "$DATA"
  run -0 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  cmp "$BATS_TEST_TMPDIR/listing" "$DATA/5-communities.ndjson"
  ask site OUTPUT="$BATS_TEST_TMPDIR/after" > /dev/null
  cmp "$BATS_TEST_TMPDIR/before/communities.json" "$BATS_TEST_TMPDIR/after/communities.json"
}

@test "backup and restore keep the operator's own lines also with relative folders, as in a checkout" {
  here=$(realpath --relative-to="$root" "$DATA")
  mkdir "$BATS_TEST_TMPDIR/own"
  echo '{"kind":"annotation","identifier":"cats+0123abcd","languages":["de"]}' > "$BATS_TEST_TMPDIR/own/policy.ndjson"
  run -0 ask backup DATA="$here" FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  mv "$BATS_TEST_TMPDIR/own/policy.ndjson" "$BATS_TEST_TMPDIR/lines"
  run -0 ask restore DATA="$here" FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  cmp "$BATS_TEST_TMPDIR/own/policy.ndjson" "$BATS_TEST_TMPDIR/lines"
}

@test "restore keeps the old data beside the new, and refuses a damaged archive" {
  echo new > "$DATA/mine"
  ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  truncate -s 1000 "$BATS_TEST_TMPDIR/kept.tar.gz"
  run -2 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "kept.tar.gz is not a whole backup: it is cut short or damaged; $DATA is unchanged"
  run -2 ask restore FILE="$root/README.md"
  contains "$output" "README.md is not an archive that backup wrote; $DATA is unchanged"
  tar -czf "$BATS_TEST_TMPDIR/other.tar.gz" -C "$root" README.md
  run -2 ask restore FILE="$BATS_TEST_TMPDIR/other.tar.gz"
  contains "$output" "other.tar.gz is not a backup of a listing: it has no 5-communities.ndjson; $DATA is unchanged"
  [ "$(cat "$DATA/mine")" = new ]
  ask backup FILE="$BATS_TEST_TMPDIR/whole.tar.gz"
  ask restore FILE="$BATS_TEST_TMPDIR/whole.tar.gz"
  [ "$(cat "$DATA.before-restore/mine")" = new ]
}

@test "a second restore keeps the data from before the first one" {
  echo first > "$DATA/mine"
  ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  run -0 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "the files that were there are in $DATA.before-restore-2; next, type: make site"
  [ "$(cat "$DATA.before-restore/mine")" = first ]
}

@test "after an interrupted restore nothing else begins, and the same restore finishes it" {
  site_of
  mkdir -p "$BATS_TEST_TMPDIR/own" "$BATS_TEST_TMPDIR/bin"
  echo '{"kind":"annotation","identifier":"cats+01234567","languages":["de"]}' > "$BATS_TEST_TMPDIR/own/policy.ndjson"
  archive=$BATS_TEST_TMPDIR/kept.tar.gz
  ask backup FILE="$archive"
  listing=$(cksum < "$DATA/5-communities.ndjson")
  # The file says which call of mv fails, as one does that is ended.
  printf '#!/bin/sh\nleft=$(($(cat "$0.left") - 1))\necho $left > "$0.left"\n[ $left -ne 0 ] || exit 1\nexec /usr/bin/mv "$@"\n' > "$BATS_TEST_TMPDIR/bin/mv"
  chmod +x "$BATS_TEST_TMPDIR/bin/mv"
  for call in 1 2 3 4 5; do
    echo "old $call" > "$DATA/mine"
    echo "$call" > "$BATS_TEST_TMPDIR/bin/mv.left"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH run -2 ask restore FILE="$archive"
    if [ $call = 1 ]; then ask site > /dev/null; else
      for command in site publish "hide WHAT=cats+01234567 REASON=spam"; do
        run -2 ask $command
        contains "$output" "the restore of $DATA was interrupted; type: make restore FILE=$archive"
      done
      for command in status doctor; do
        run -2 ask $command
        contains "$output" "the restore of $DATA was interrupted: make restore FILE=$archive"
      done
    fi
    run -0 ask restore FILE="$archive"
    [ "$(cksum < "$DATA/5-communities.ndjson")" = "$listing" ]
    grep -q cats "$BATS_TEST_TMPDIR/own/policy.ndjson"
    [ "$(grep -lx "old $call" "$DATA".before-restore*/mine | wc -l)" = 1 ]
  done
  run -0 ask site
}

@test "a restore that follows an interrupted one, and is killed at any change, leaves word of it or whole data" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  archive=$BATS_TEST_TMPDIR/kept.tar.gz OWN=$BATS_TEST_TMPDIR/own me=make
  export OWN me
  rm -rf "$DATA/cache" "$DATA/recording"
  mkdir "$OWN"
  ask backup FILE="$archive"
  listing=$(cksum < "$DATA/5-communities.ndjson")
  # The CALL-th of these programs that a restore starts is killed at its DIES-th change; NEVER is an argument of a call that does nothing.
  cat > "$BATS_TEST_TMPDIR/bin/mv" <<'END'
#!/bin/sh
echo >> "$CALLS"
case " $* " in *" $NEVER "*) exit 1 ;; esac
export LD_PRELOAD="$UNRELIABLE"
[ "$(wc -l < "$CALLS")" = "$CALL" ] || unset DIES
PATH=/usr/bin:/bin exec "$(basename "$0")" "$@"
END
  for program in rm mkdir rmdir ln cp touch; do cp "$BATS_TEST_TMPDIR/bin/mv" "$BATS_TEST_TMPDIR/bin/$program"; done
  chmod +x "$BATS_TEST_TMPDIR/bin"/*
  export CALLS=$BATS_TEST_TMPDIR/calls UNRELIABLE=$(dirname "$bin")/test/unreliable.so NEVER=none CALL DIES
  restore() { : > "$CALLS"; PATH=$BATS_TEST_TMPDIR/bin:$PATH tools/operator/restore "$archive" > /dev/null 2>&1; }
  deaths=0
  for ((CALL = 1; ; ++CALL)); do
    for ((DIES = 1; ; ++DIES)); do
      # An interrupted one: the old files are away, and the new ones are not there.
      if NEVER=$DATA CALL=0 restore; then return 1; fi
      [ ! -e "$DATA/5-communities.ndjson" ]
      ! restore || break
      ((++deaths))
      [ "$(cat "$DATA.restoring/.from" 2> /dev/null)" = "$archive" ] || [ "$(cksum < "$DATA/5-communities.ndjson")" = "$listing" ]
    done
    [ "$(cksum < "$DATA/5-communities.ndjson")" = "$listing" ]
    [ ! -e "$DATA.restoring" ]
    [ "$(wc -l < "$CALLS")" -ge "$CALL" ] || break
  done
  echo "$deaths deaths in $CALL calls"
  [ "$deaths" -gt 20 ]
}

@test "the folder of the data may be a link, and a full disk is not taken for a damaged archive" {
  site_of
  mv "$DATA" "$BATS_TEST_TMPDIR/elsewhere"
  ln -s elsewhere "$DATA"
  ask site > /dev/null
  echo old > "$DATA/mine"
  ask backup FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  run ask publish
  run -1 grep 'a disk may not be mounted' <<< "$output"
  ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  [ "$(cat "$DATA.before-restore/mine")" = old ]
  [ -L "$DATA" ]
  [ ! -e "$DATA/mine" ]
  [ -s "$BATS_TEST_TMPDIR/elsewhere/5-communities.ndjson" ]
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\ncase $1 in -x*) echo "tar: cache: Cannot mkdir: No space left on device" >&2; exit 2 ;; esac\nexec /usr/bin/tar "$@"\n' > "$BATS_TEST_TMPDIR/bin/tar"
  chmod +x "$BATS_TEST_TMPDIR/bin/tar"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH run -2 ask restore FILE="$BATS_TEST_TMPDIR/kept.tar.gz"
  contains "$output" "could not be unpacked: tar: cache: Cannot mkdir: No space left on device; $DATA is unchanged"
}

@test "backup takes a folder, too" {
  run -0 ask backup FILE="$BATS_TEST_TMPDIR"
  contains "$output" "$BATS_TEST_TMPDIR/session-communities-20"
  [ -s "$BATS_TEST_TMPDIR"/session-communities-20*Z.tar.gz ]
}

@test "data of another user, write-protected, on a read-only disk or out of the sandbox's reach: each has its own advice" {
  [ "$(id -u)" = 0 ] || skip "not root"
  site_of
  as_user() { setpriv --bounding-set -dac_override --inh-caps -dac_override "$@"; }
  chmod a-w "$DATA/4-probes.ndjson"
  said 2 "you can't change $DATA/4-probes.ndjson, which is yours; type: chmod -R u+rwX $DATA" as_user make --no-print-directory site
  chmod u+w "$DATA/4-probes.ndjson"
  without_root() { setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search "$@"; }
  for mode in 0000 0300 0600; do
    chmod $mode "$DATA/cache"
    said 2 "you can't change $DATA/cache, which is yours; type: chmod -R u+rwX $DATA" without_root make --no-print-directory site
    without_root chmod -R u+rwX "$DATA"
    without_root make --no-print-directory site
  done
  chown -R nobody "$DATA"
  said 2 "you can't change $DATA; type: sudo -u nobody make site" as_user make --no-print-directory site
  chown -R root "$DATA"
  read_only() { unshare -m sh -euc 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && shift && exec "$@"' "$DATA" "$@"; }
  said 2 "is mounted read-only, as after an error of the disk; type: sudo dmesg, then sudo mount -o remount,rw " read_only -- make --no-print-directory site
  INVOCATION_ID=1 me=session-communities goal=publish run -1 read_only -- tools/operator/check-data "$DATA" "$OUTPUT"
  contains "$output" "this run may not write to $DATA; type: sudo systemctl edit session-communities, with [Service] and ReadWritePaths=$BATS_TEST_TMPDIR"
}

@test "status names a source that failed for a day or longer, and since when" {
  at() { jq -c --arg at "$1" --argjson error "$2" '.at = $at | .sources = [{source: "mine", links: 3}, {source: "wiki", links: 6} + $error]' <<< '{"kind":"run","communities":1}'; }
  error='{"error":"http-error"}'
  ask site > /dev/null
  { at 2026-10-01T10:00:00Z "$error"; at 2026-10-02T10:00:00Z '{}'; at 2026-10-03T10:00:00Z "$error"; echo '{torn'; at 2026-10-04T10:00:00Z "$error"; } > "$DATA/runs.ndjson"
  run ask status
  contains "$output" "source       wiki fails since 2026-10-03T10:00:00Z, "
  contains "$output" "(the server answered with an error): its last good copy is used"
  contains "$output" "type         nothing for the runs; for each source that fails, correct or remove its line"
  [[ $output != *"mine fails"* ]]
  sed -i 's/"source":"wiki","links":6/"source":"wiki","links":0/' "$DATA/runs.ndjson"
  run ask status
  contains "$output" "no link comes from it"
  # As the format says: whether it was refused is not known.
  sed -i 's/"error":"http-error"/"error":"refused"/' "$DATA/runs.ndjson"
  run ask status
  contains "$output" "(no connection was made)"
  at "$(date -u +%FT%TZ)" "$error" > "$DATA/runs.ndjson"
  run ask status
  [[ $output != *"wiki fails"* ]]
}

@test "doctor reports a disk on which few more files can be made" {
  printf '#!/bin/sh\n[ "$1" = -Pi ] && printf "Filesystem Inodes IUsed IFree IUse%%%% Mounted\\n/dev/x 100000 99900 100 99%%%% /\\n" || exec /usr/bin/df "$@"\n' > "$BATS_TEST_TMPDIR/df"
  chmod +x "$BATS_TEST_TMPDIR/df"
  PATH=$BATS_TEST_TMPDIR:$PATH run -2 ask doctor
  contains "$output" "only 100 more files can be made on the disk of $DATA (df -i); make room for 20000"
}

@test "add-source says what the crawl found there, or why it found nothing" {
  site_of
  echo 'http://127.0.0.1:9/new?public_key=118df8c6c471ac0468c7c77e1cdc12f24a139ee8a07c6e3bf4e7855640dad821' > "$BATS_TEST_TMPDIR/page.md"
  # shellcheck disable=SC2016 # it is for the shell in the world
  run -0 test/with-world test/story/demo/world.ndjson "$BATS_TEST_TMPDIR/world" sh -euc 'export FETCH_FLAGS="$WORLD_FLAGS" PROBE_FLAGS="$WORLD_FLAGS"; exec 3>&- 4>&-; make --no-print-directory add-source WHAT="file:$0"' "$BATS_TEST_TMPDIR/page.md"
  contains "$output" "1 link found at "
}

@test "a first failure after years without a record of runs does not say that there never was a success" {
  site_of
  rm -f "$DATA/last-run.json"
  sed -i '$s/"at":"[^"]*"/"at":"2026-11-01T10:00:00Z"/' "$DATA/5-communities.ndjson"
  # Neither a restore nor a new site makes the answers newer.
  ask site GUARD_FLAGS=--force
  run -2 ask status
  contains "$output" "stale        the last success is more than 3 hours ago"
  run -2 ask publish JOBS=0
  run -2 ask status
  contains "$output" "success      2026-11-01T10:00:00Z"
}

@test "if the data are gone but the site is there, a disk may not be mounted, and no new listing is begun" {
  site_of
  ask site > /dev/null
  mkdir -p "$BATS_TEST_TMPDIR/mount/lost+found"
  for command in publish refresh "add-source WHAT=https://wiki.example/"; do
    said 2 "$BATS_TEST_TMPDIR/mount is empty, but $OUTPUT has a site, so a disk may not be mounted; type: sudo mount -a, or touch $BATS_TEST_TMPDIR/mount/.asked, which begins a new listing" \
      make --no-print-directory $command DATA="$BATS_TEST_TMPDIR/mount"
  done
  touch "$BATS_TEST_TMPDIR/mount/.asked"
  me=make goal=publish run -0 tools/operator/check-data "$BATS_TEST_TMPDIR/mount" "$OUTPUT"
}
