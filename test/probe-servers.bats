# probe-servers: what it asks, what it writes of it.

setup() { load helper.bash; }

@test "hostile text is cleaned, honest text in any script is kept" {
  run -0 "$(dirname "$bin")/test/clean"
  [ -z "$output" ]
}

@test "every member of a room comes to a value or a reason" {
  run -0 "$(dirname "$bin")/test/rooms"
  [ -z "$output" ]
}
