# For tests of the site in a browser: load helper.bash and browser/helper.bash.

# make_site N [OPTION...]: a site of N made-up Communities in $made/N.
make_site() {
  local size=$1
  shift
  test/browser/make-listing "$size" |
    render --output "$made/$size" --now 2026-11-22T20:05:17Z --contact mailto:operator@sogs.example "$@"
}

# browser SCRIPT ARGUMENT...: the script of test/browser finds no fault.
browser() {
  local script=$1
  shift
  run timeout 900 node "test/browser/$script.mjs" "$@"
  [ "$status" -eq 0 ] || { printf '%s\n' "$output" | head -n 30 >&2; return 1; }
}

# The figures that the script printed, into the report of the tests.
show_figures() { printf '# %s\n' "${lines[@]}" >&3; }
