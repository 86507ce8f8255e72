# Unit checks: programs in test/unit that print each claim that does not hold.

setup() { load helper.bash; }

@test "JSON values and records survive a round trip; hostile text is refused" {
  run -0 "$(dirname "$bin")/test/json"
  [ -z "$output" ]
}

@test "base URLs, join URLs and keys have one canonical form, or a reason" {
  run -0 "$(dirname "$bin")/test/join_url"
  [ -z "$output" ]
}

@test "HTML becomes text in a child that is ended when the parser hangs, crashes or eats memory" {
  run -0 timeout 60 "$(dirname "$bin")/test/html"
  [ -z "$output" ]
}
