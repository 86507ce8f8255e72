# For bats: starts and ends a world of servers (README.md here says what it is).
# A test file that loads this after helper.bash says `setup_file() { play_world NAME; }`.

world_tools=$(dirname "${BASH_SOURCE[0]}")

# play_world NAME: the world of a test file, test/story/NAME.ndjson; it is in $world.
play_world() {
  export world=$BATS_FILE_TMPDIR/world
  start_world "$root/test/story/$1.ndjson" "$world"
}
teardown_file() { stop_world "$world"; }

# start_world DATA DIR [OPTION...]: returns when the world is ready. It ends with the calling test file or test.
start_world() {
  local data=$1 dir=$2 waited=0
  shift 2
  rm -rf "$dir"
  mkdir -p "$dir"
  "$world_tools/world.py" --data "$data" --dir "$dir" --parent $$ "$@" 2> "$dir/errors" 3>&- 4>&- < /dev/null &
  local pid=$!
  until [ -e "$dir/ready" ]; do
    if ! kill -0 "$pid" 2> /dev/null || [ $((waited += 1)) -gt 400 ]; then
      cat "$dir/errors" >&2
      return 1
    fi
    sleep 0.05
  done
}

# stop_world DIR: ends it, and fails if it had anything to complain about.
stop_world() {
  "$world_tools/tell.py" "$1" stop
  [ ! -s "$1/errors" ] || { cat "$1/errors" >&2; return 1; }
}

# world_flags: sets the array `flags` to the words that bring a network tool into $world.
world_flags() { mapfile -t flags < "$world/flags"; }

# counted DIR HOST FILTER: what jq's FILTER makes of the host's counters.
counted() { "$world_tools/tell.py" "$1" counts "$2" | jq -c "$3"; }
