# Full disks: a clear message, the old site and the data unchanged, and the next run with more room succeeds.

load helper.bash

setup_file() { play_demo; }

setup() {
  unshare -m true 2> /dev/null || skip "no disk can be mounted here"
  disk=$BATS_TEST_TMPDIR/disk
  mkdir "$disk"
  cd "$root"
}

# on_disk SIZE SCRIPT [WORD...]: runs the script with a disk of that size mounted on $disk.
on_disk() {
  run unshare -m bash -c '
    disk=$0
    mount -t tmpfs -o "size=$1" none "$disk" || exit
    size() { mount -o "remount,size=$1" none "$disk"; }
    full() { size "$(($(df -k --output=used "$disk" | tail -n 1)))k"; }
    site() {
      make --no-print-directory site "$@" 2> "$disk.log" > /dev/null
    }
    '"$2" "$disk" "$1" "${@:3}"
  echo "$output"
}

@test "a disk of 3 MB for the site: the old site stays complete, and with more room the new one replaces it" {
  mkdir -p "$BATS_TEST_TMPDIR/small/translations"
  echo 'small</html>' > "$BATS_TEST_TMPDIR/small/index.html"
  cp sites/translations/en.txt "$BATS_TEST_TMPDIR/small/translations"
  on_disk 3m '
    set -e
    build/bin/render --sites "$2" --output "$disk/www" "$3/5-communities.ndjson"
    cp -r "$disk/www" "$disk.before"
    ! site DATA="$3" OUTPUT="$disk/www"
    diff -r "$disk.before" "$disk/www"
    size 60m
    site DATA="$3" OUTPUT="$disk/www"
    test/reader.py "$disk/www" --times 1 --expect test/story/demo/expected.txt' "$BATS_TEST_TMPDIR/small" "$DATA"
  [ "$status" -eq 0 ]
}

@test "a disk that is full: the run says so, writes to no other disk and leaves the site unchanged" {
  on_disk 60m '
    set -e
    site DATA="$2" OUTPUT="$disk/www"
    cp -r "$disk/www" "$disk.before"
    full
    ! site DATA="$2" OUTPUT="$disk/www" SITE_URL=https://other.example
    diff -r "$disk.before" "$disk/www"
    cat "$disk.log"' "$DATA"
  [ "$status" -eq 0 ]
  contains "$output" "No space left on device; $disk/www is unchanged"
}

@test "a full disk for the data: site and data stay, and with more room the next run succeeds" {
  on_disk 60m '
    set -e
    cp -r "$2" "$disk/data"
    site DATA="$disk/data" OUTPUT="$disk.www"
    cp -r "$disk.www" "$disk.before"
    cp "$disk"/data/{runs,5-communities}.ndjson "$BATS_TEST_TMPDIR"
    touch "$disk/data/4-probes.ndjson"
    for room in 0 4 40 400; do
      full
      ! site DATA="$disk/data" OUTPUT="$disk.www" SITE_URL=https://other.example
      cat "$disk.log"
      diff -r "$disk.before" "$disk.www"
      cmp "$disk/data/runs.ndjson" "$BATS_TEST_TMPDIR/runs.ndjson"
      cmp "$disk/data/5-communities.ndjson" "$BATS_TEST_TMPDIR/5-communities.ndjson"
      size "$(($(df -k --output=used "$disk" | tail -n 1) + room))k"
    done
    size 100m
    site DATA="$disk/data" OUTPUT="$disk.www" SITE_URL=https://other.example
    test/reader.py "$disk.www" --times 1 --expect test/story/demo/expected.txt' "$DATA"
  [ "$status" -eq 0 ]
  contains "$output" "No space left on device"
}

@test "a line that does not fit on a full disk changes no file, and the reason is reported" {
  on_disk 4m '
    mkdir "$disk/own"
    echo "{\"kind\":\"annotation\",\"identifier\":\"cats+01234567\",\"hidden\":true,\"reason\":\"spam\",\"date\":\"2026-11-22\"}" > "$disk/own/policy.ndjson"
    cp "$disk/own/policy.ndjson" "$disk.line"
    full
    ! make --no-print-directory hide WHAT=cats+01234568 REASON=spam DATA="$2" OWN="$disk/own" OUTPUT="$disk.www" 2>&1 || exit
    cmp "$disk.line" "$disk/own/policy.ndjson" && ls "$disk/own"' "$DATA"
  [ "$status" -eq 0 ]
  contains "$output" "nothing was written to $disk/own/policy.ndjson: "
  contains "$output" "No space left on device"
  [ "${lines[-1]}" = policy.ndjson ]
}
