# What was found by fuzzing once (test/fuzz/regressions), and what it began with.

setup() { load helper.bash; }

@test "every fuzzer passes on its seeds, cut from the stories" {
  "$root/test/fuzz/seeds" "$BATS_TEST_TMPDIR/seeds"
  run -0 "$(dirname "$bin")/test/fuzz/replay" "$BATS_TEST_TMPDIR/seeds"
  run -1 grep ': 0$' <<< "$output"
}

@test "every fuzzer passes on the inputs that failed before" {
  run -0 "$(dirname "$bin")/test/fuzz/replay" "$root/test/fuzz/regressions"
}
