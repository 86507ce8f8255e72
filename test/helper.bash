# Loaded first by every test file: puts the tools on the PATH, and has functions for stories.

bats_require_minimum_version 1.5.0

root=$(cd "$BATS_TEST_DIRNAME" && while [ ! -e pipeline.mk ]; do cd ..; done && pwd)
bin=${BIN:-build/bin}
[[ $bin == /* ]] || bin=$root/$bin
PATH=$bin:$PATH
export LC_ALL=C.UTF-8  # the locale of the machine must not matter
unset MAKEFLAGS MAKELEVEL JOBS  # of the make and of the test/run that called us; the tests make their own

# story NAME: the folder whose numbered files the next stages use.
story() { story=$root/test/story/$1; }

# stage FROM TO COMMAND...: checks that the command turns the story's FROM lines into its TO lines,
# and prints nothing on standard error. UPDATE=1 writes TO instead (read the diff!).
stage() {
  local from=$story/$1.ndjson to=$story/$2.ndjson
  shift 2
  if [ -n "${UPDATE-}" ]; then "$@" < "$from" > "$to"; fi
  run -0 --separate-stderr "$@" < "$from"
  [ -z "$stderr" ]
  diff -u "$to" <(printf '%s' "${output:+$output$'\n'}")
}

# play_demo: `make demo` for a test file, its memory in $DATA, its site in $OUTPUT; from
# then on make works on these, in $root, without a world to ask.
play_demo() {
  export DEMO=$BATS_FILE_TMPDIR/demo OUTPUT=$BATS_FILE_TMPDIR/www
  export DATA=$DEMO/data SOURCES=test/story/demo/sources.ndjson KNOWN_SERVERS=test/story/demo/known-servers.ndjson
  cd "$root"
  timeout 300 make --no-print-directory demo
}

# without_times: records without what a clock says, and without how often a silent server was asked
# meanwhile, in order of their addresses
without_times() {
  jq -c 'walk(if type == "object" then del(.at, .seconds, .attempts, .proven_at, .tried_at, .not_before) |
    if .refused_at then .refused_at |= length else . end
    elif type == "string" then sub("in [0-9]+ attempts"; "in N attempts") else . end)' | sort
}

# contains TEXT WORDS: fails the test and shows the text, unless it holds the words.
contains() {
  [[ $1 == *"$2"* ]] || { printf 'expected: %s\nin:       %s\n' "$2" "$1" >&2; return 1; }
}

# hold FILE: locks it until `release`. A process that is started meanwhile is given `{held}>&-`, or it would hold it, too.
hold() {
  exec {held}>> "$1"
  flock "$held"
}
release() { exec {held}>&-; }

# until_said FILE WORDS PID: waits until the process has written the words into the file; fails if the
# process ends before.
until_said() {
  until grep -qsF "$2" "$1"; do
    kill -0 "$3"
    sleep 0.05
  done
}

# A port for a server that can't be given port 0, below those that the kernel gives to clients. It may be taken: try
# again with another if the server ends.
any_port() { echo $((20000 + RANDOM % 12000)); }

# peak FILE COMMAND...: runs the command, and writes the most memory that it or a child took to FILE, in KiB.
peak() {
  /usr/bin/python3 -c 'import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)' "$@"
}

# Skips where a service of test/packages.txt's "+" lines is not installed; in CI it must be.
needs_service() {
  PATH=$PATH:/usr/sbin command -v "$1" > /dev/null || [ -n "${CI-}" ] || skip "$1 is not installed"
}
