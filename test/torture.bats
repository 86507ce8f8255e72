# `make publish` killed at random moments; the long version is `make torture`.

load helper.bash

setup() { cd "$root"; }

@test "while runs are killed, readers see complete sites with all Communities, and the next run succeeds" {
  export TORTURE=$BATS_TEST_TMPDIR
  run -0 timeout 600 test/with-world test/story/demo/world.ndjson "$BATS_TEST_TMPDIR/world" test/torture 8
  contains "$output" "8 runs killed, "
  contains "$output" ": 0 bad reads, 0 lost Communities, 0 failed runs"
}
