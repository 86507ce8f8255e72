# What a stage does when the machine fails: the right status, a message, and no wrong output.

load helper.bash
load server/world.bash

setup_file() {
  export day=$BATS_FILE_TMPDIR/day
  play_world trouble/world
  mkdir "$day"
  echo '{"kind":"source","id":"list","url":"https://list.example/"}' > "$day/0"
  for number in 1 2 3 4 5 6; do (stage_number $number < "$day/$((number - 1))" > "$day/$number"); done  # bats has flags, too
}

setup() {
  cd "$BATS_TEST_TMPDIR"
  fetch_flags='' probe_flags=''
  bad_day=$(dirname "$bin")/test/unreliable.so
}

# The stages by number: each makes the input of the next one. The arguments are put before the program.
stage_number() {
  local number=$1
  shift
  world_flags
  case $number in
    1) "$@" fetch-sources "${flags[@]}" $fetch_flags ;;
    2) "$@" extract-joins ;;
    3) "$@" dedupe --by=url ;;
    4) "$@" probe-servers "${flags[@]}" $probe_flags ;;
    5) "$@" dedupe --by=key ;;
    6) "$@" render --sites "$root/sites" --languages "$root/languages" --now 2026-11-23T00:00:00Z --template "$root/sites/data.html" ;;
  esac
}

# unreliable WHAT=VALUE...: what to put before a program that runs on a machine like that.
unreliable() { echo "env LD_PRELOAD=$bad_day ASAN_OPTIONS=verify_asan_link_order=0 $*"; }

# The same without times and numbers of requests.
timeless() { sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]*Z)?/TIME/g; s/"(seconds|attempts)":[0-9.]+/"\1":0/g'; }

# all_or_nothing NUMBER COMMAND...: either the output is complete and the status 0; or there is a message, the
# status is 1 (127 if the program could not be loaded), and the output is the beginning of the complete one, or a
# record with the reason why nothing could be asked.
all_or_nothing() {
  local number=$1 status=0
  stage_number "$@" < "$day/$((number - 1))" > got 2> told || status=$?
  timeless < got > got.timeless
  timeless < "$day/$number" > all.timeless
  if [ "$status" -eq 0 ]; then
    cmp all.timeless got.timeless || { echo "$*: status 0, and not what comes on a good day" >&2; diff all.timeless got.timeless >&2; return 1; }
  elif [ "$status" -eq 127 ] && [ ! -s got ]; then
    grep -q 'error while loading shared libraries' told
  elif [ "$status" -ne 1 ] || [ ! -s told ] || ! { cmp -n "$(stat -c %s got.timeless)" all.timeless got.timeless ||
      jq -e '.error // .probe.error' got > /dev/null; }; then
    echo "$*: status $status" >&2
    cat told >&2
    return 1
  fi
}

@test "short reads, short writes and interruptions change nothing" {
  for number in 1 2 3 4 5 6; do
    all_or_nothing $number $(unreliable SHORT=1)
    [ ! -s told ]
  done
}

@test "a clock that jumps changes nothing but times" {
  for number in 1 2 3 4 5 6; do
    all_or_nothing $number $(unreliable JUMP=1)
    [ ! -s told ]
  done
}

# sh_with REDIRECTION: put before a program, runs it with its standard streams redirected like that.
sh_with() { printf '%s\n' sh -c "exec \"\$@\" $1" sh; }

@test "without name resolution nothing is lost, and what could not be requested is reported" {
  mapfile -t flags < <(unreliable NO_DNS=1 | tr ' ' '\n')
  echo '{"kind":"source","id":"list","url":"https://list.example/"}' > source
  run -1 --separate-stderr "${flags[@]}" fetch-sources source
  [ "$(jq -r .error.code <<< "$output")" = dns ]
  contains "$stderr" "fetch-sources: "
  run -1 --separate-stderr "${flags[@]}" probe-servers "$day/3"
  [ "$(jq -r .probe.outcome <<< "$output")" = dns ]
  contains "$stderr" "probe-servers: none of 1 servers answered: 1 dns"
}

@test "a closed standard input is an error" {
  mapfile -t closed < <(sh_with '<&-')
  for number in 1 2 3 4 5 6; do
    run -1 --separate-stderr stage_number $number "${closed[@]}"
    [ -z "$output" ]
    contains "$stderr" "stdin: Bad file descriptor"
  done
}

@test "a closed standard error changes nothing in the output" {
  mapfile -t closed < <(sh_with '2>&-')
  for number in 1 2 3 4 5 6; do
    all_or_nothing $number "${closed[@]}"
    [ ! -s told ]
  done
}

@test "a closed or full standard output is an error" {
  for place in '> /dev/full' '>&-'; do
    mapfile -t bad < <(sh_with "$place")
    for number in 1 2 3 4 5 6; do
      run -1 --separate-stderr stage_number $number "${bad[@]}" < "$day/$((number - 1))"
      contains "$stderr" "could not write everything"
    done
  done
}

@test "without enough memory, a program writes all of its output or reports an error" {
  [[ $bin != */asan/* ]] || skip "the sanitizer takes terabytes of address space"
  for number in 1 2 3 4 5 6; do
    for megabytes in 16 24 32 48 64 96 128; do
      all_or_nothing $number sh -c 'ulimit -v "$0"; exec "$@"' $((megabytes * 1024))
    done
  done
}

@test "without file descriptors, a program writes all of its output or reports an error" {
  fetch_flags='--tries 1 --timeout 1' probe_flags='--timeout 1' # who can't open a socket waits in vain
  for number in 1 2 3 4 5 6; do
    for descriptors in 4 5 6 7 8 10 12 16 64; do
      all_or_nothing $number sh -c 'ulimit -n "$0"; exec "$@"' $descriptors
    done
  done
}

@test "no stage reads uninitialised memory or leaks" {
  [[ $bin != */asan/* ]] || skip "valgrind and the sanitizers do not go together"
  for number in 1 2 3 4 5 6; do
    all_or_nothing $number valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite
    [ ! -s told ] || { cat told >&2; false; }
  done
}

@test "a full disk leaves no partial file in place of a complete one" {
  mapfile -t full < <(unreliable FULL=10 | tr ' ' '\n')
  world_flags
  for words in "fetch-sources --cache cache $day/0" "extract-joins --near-misses there broken" "probe-servers --summary there $day/3" \
    "dedupe --by=url --keep-going --rejects there broken" "render --sites $root/sites --languages $root/languages --output site $day/5"; do
    echo before > there
    echo '{"kind":"page","source":"a","url":"https://a.example/","fetched_at":"2026-01-01T00:00:00Z","status":200,"media_type":"","from_cache":false,"body":"https://a.example/b?public_key=00"}' > broken
    [[ $words != dedupe* ]] || echo 'no record at all, and long' > broken
    network=()
    case $words in fetch* | probe*) network=("${flags[@]}") ;; esac
    set -- $words
    run -1 --separate-stderr "${full[@]}" "$1" "${network[@]}" "${@:2}"
    contains "$stderr" "No space left on device"
    [[ $words == dedupe* ]] || [ "$(cat there)" = before ]
    [ -z "$(find . -name '*.html')" ]
  done
}

@test "dedupe gives the same output with little address space" {
  [[ $bin != */asan/* ]] || skip "sanitizers want terabytes of address space"
  "$root/test/bench/make-communities" 2000 > many
  dedupe --by=key many > wanted
  bash -c 'ulimit -v 100000; dedupe --by=key many' | cmp - wanted
}
