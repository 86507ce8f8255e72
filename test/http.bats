# The HTTP room: where it may connect, and what it bears. Its other half is told
# through fetch-sources (fetch-sources.bats) and probe-servers.

setup() { load helper.bash; }

@test "the address guard, URLs and --connect-to: what may be asked, and where" {
  run -0 "$(dirname "$bin")/test/http"
  [ -z "$output" ]
}
