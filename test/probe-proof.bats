# The key proof of probe-servers: what proves a key, what doesn't, and what is
# published of it.

setup() { load helper.bash; }

@test "the published vectors open and seal; refused keys and replies are refused" {
  run -0 "$(dirname "$bin")/test/onion"
  [ -z "$output" ]
}
