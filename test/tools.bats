# What all five programs have in common: help, errors, exit statuses, full disks.

setup() {
  load helper.bash
  tools="fetch-sources extract-joins probe-servers dedupe render"
}

# The words that make a program do its simplest work on records from standard input.
work() {
  case $1 in
    dedupe) echo dedupe --by=url ;;
    render) echo render --template "$root/sites/index.html" ;;
    *) echo "$1" ;;
  esac
}

@test "--help is written to standard output, and begins with the usage" {
  for tool in $tools; do
    run -0 --separate-stderr "$tool" --help
    [ -z "$stderr" ]
    [[ ${lines[0]} == "usage: $tool "* ]]
    run -0 "$tool" -h
    contains "$output" --version
  done
}

@test "no line of help is wider than a terminal" {
  for tool in $tools; do
    run -1 bash -c "$tool --help | grep -nE '^.{81}'"
  done
}

@test "--version prints one line" {
  for tool in $tools; do
    run -0 "$tool" --version
    [[ $output =~ ^$tool\ [0-9.]+\ \(session-communities\)$ ]]
  done
}

@test "an unknown option suggests the most similar one, with status 2" {
  for tool in $tools; do
    run -2 --separate-stderr "$tool" --keep-goin
    [ -z "$output" ]
    [ "$stderr" = "$tool: unknown option --keep-goin (did you mean --keep-going?); see '$tool --help'" ]
    run -2 --separate-stderr "$tool" --hlep
    [ "$stderr" = "$tool: unknown option --hlep (did you mean --help?); see '$tool --help'" ]
  done
}

@test "--help and the manual page have the same options, with the same names for their values" {
  for tool in $tools; do
    diff <("$tool" --help | sed -nE 's/^ +(-., )?(--[a-z-]+( [^ ]+)?)(  .*|$)/\2/p' | sort -u) \
      <(sed -nE 's/ : Ns Ar /:/g; s/ Ns \| Ns Cm /|/; s/^\.It Fl (. , Fl )?(Fl |-)([a-z-]+)( (Ar|Cm) ([^ ]+))?.*/--\3 \6/p' "$root/tools/$tool/$tool.1" | sed 's/ $//' | sort -u)
  done
}

@test "manual pages have no formatting mistake" {
  for page in "$root"/tools/*/*.1 "$root"/tools/*.7; do
    run -0 mandoc -T lint -W warning "$page"
    [ -z "$output" ]
  done
}

@test "a missing input file is reported with the reason" {
  for tool in $tools; do
    run -1 --separate-stderr $(work "$tool") no-such-file.ndjson
    [ -z "$output" ]
    [ "$stderr" = "$tool: no-such-file.ndjson: No such file or directory" ]
    run -1 --separate-stderr $(work "$tool") https://list.example/
    [ "$stderr" = "$tool: https://list.example/: expected a file, not an address; the man page has an example" ]
  done
}

@test "a broken line stops each program, with file and line and no output" {
  for tool in $tools; do
    run -1 --separate-stderr bash -c "printf '{\"kind\":\"later\"}\nnot json\n' | $(work "$tool") | grep -v later"
    run -1 --separate-stderr bash -o pipefail -c "echo 'not json' | $(work "$tool")"
    [ -z "$output" ]
    [[ $stderr == "$tool: stdin:1: expected one JSON object on this line"* ]]
  done
}

@test "with --keep-going a broken line is reported and kept, and the status is still 1" {
  cd "$BATS_TEST_TMPDIR"
  for tool in fetch-sources extract-joins probe-servers dedupe; do
    run -1 --separate-stderr bash -c "printf 'not json\n{\"kind\":\"later\",\"n\":1.50}\n' |
      $(work "$tool") --keep-going --rejects bad"
    [ "$output" = '{"kind":"later","n":1.50}' ]
    [[ $stderr == *"stdin:1: expected one JSON object"* ]]
    [ "$(cat bad)" = 'not json' ]
  done
}

@test "records of other kinds pass through unchanged" {
  line='{"kind":"later","text":"\u00e9","n":[1.50,1e3,12345678901234567890123]}'
  for tool in fetch-sources extract-joins probe-servers dedupe; do
    run -0 --separate-stderr $(work "$tool") <<< "$line"
    [ "$output" = "$line" ]
    [ -z "$stderr" ]
  done
}

@test "a full disk is an error of each program, not a truncated file" {
  for tool in fetch-sources extract-joins probe-servers dedupe; do
    run -1 --separate-stderr bash -c "echo '{\"kind\":\"later\"}' | $(work "$tool") > /dev/full"
    [ "$stderr" = "$tool: could not write everything: No space left on device" ]
  done
}

@test "each program fails if its standard output is closed" {
  for tool in fetch-sources extract-joins probe-servers dedupe; do
    run -1 --separate-stderr bash -c "echo '{\"kind\":\"later\"}' | $(work "$tool") >&-"
    contains "$stderr" "could not write everything"
  done
}

@test "--help on a full disk is an error too" {
  for tool in $tools; do run -1 bash -c "$tool --help > /dev/full"; done
}

@test "a program ends quietly when its reader closes the pipe" {
  for tool in fetch-sources extract-joins probe-servers dedupe; do
    run -0 --separate-stderr bash -o pipefail -c \
      "seq 200000 | sed 's/.*/{\"kind\":\"later\",\"n\":&}/' | { $(work "$tool"); cat > /dev/null; } | head -n 1"
    [ -z "$stderr" ]
  done
}

@test "a program without memory says so" {
  [[ $bin != */asan/* ]] || skip "the sanitizer takes terabytes of address space"
  for tool in extract-joins dedupe; do
    run -1 --separate-stderr bash -c "ulimit -v 60000; yes '{\"kind\":\"later\",\"a\":[1,2,3]}' | tr -d '\n' | head -c 80000000 | $(work "$tool")"
    [[ $stderr == "$tool: "* ]]
  done
}

@test "released programs are compiled with hardening" {
  [[ $bin != */asan/* ]] || skip "sanitizers are no release"
  for tool in $tools; do
    contains "$(readelf -hW "$bin/$tool")" "DYN (Position-Independent Executable file)"
    contains "$(readelf -lW "$bin/$tool")" GNU_RELRO
    contains "$(readelf -dW "$bin/$tool")" BIND_NOW
    run -1 grep -E 'GNU_STACK .* RWE|LOAD .* RWE' <(readelf -lW "$bin/$tool")
    contains "$(readelf -W --dyn-syms "$bin/$tool")" __stack_chk_fail
    contains "$(readelf -W --dyn-syms "$bin/$tool")" __memcpy_chk
  done
}
