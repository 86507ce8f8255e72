# probe-servers --record and --replay: a crawl is kept in numbered files, and a replay gives the same records
# without any network.

load helper.bash
load server/world.bash

setup_file() { play_world probe/world; }
setup() {
  story replay
  world_flags
  recording=$BATS_TEST_TMPDIR/recording
}

@test "a replayed crawl proves the same keys and gives the same records, byte for byte" {
  stage 3-servers 4-probes probe-servers --replay "$story/recording"
  [ "$(jq -r 'select(.key.status == "proven") | .key.cipher' "$story/4-probes.ndjson" | sort | uniq -c | xargs)" = "1 aes-gcm 3 xchacha20" ]
}

@test "every kind of server can be recorded and replayed, silent ones too" {
  "$root/test/server/world.py" --data "$root/test/story/probe/world.ndjson" --expand < "$root/test/story/probe/3-servers.ndjson" > "$BATS_TEST_TMPDIR/servers"
  timeout 60 probe-servers "${flags[@]}" --budget 3 --timeout 1 --record "$recording" "$BATS_TEST_TMPDIR/servers" > "$BATS_TEST_TMPDIR/live"
  run -0 --separate-stderr timeout 60 probe-servers --budget 3 --timeout 1 --replay "$recording" "$BATS_TEST_TMPDIR/servers"
  [ -z "$stderr" ]
  diff <(without_times < "$BATS_TEST_TMPDIR/live") <(without_times <<< "$output")
  [ "$(ls "$recording" | head -n 1)" = 000001.json ]
}

@test "a replay sends no request" {
  run -0 env http_proxy=http://127.0.0.1:9 unshare -rn "$bin/probe-servers" --replay "$story/recording" "$story/3-servers.ndjson"
  diff "$story/4-probes.ndjson" - <<< "$output"
}

@test "a server that is not in the recording is not probed" {
  run -0 --separate-stderr probe-servers --replay "$story/recording" <<< '{"kind":"server","base_url":"http://stranger.example"}'
  [ "$(jq -c '[.probe.outcome,.probe.error]' <<< "$output")" = '["not-asked","the recording holds no such request"]' ]
}

@test "a reply that was changed in the recording proves nothing" {
  cp -r "$story/recording" "$recording"
  for file in "$recording"/*.json; do
    jq -c 'if .secret then .secret = ("11" * 32) else . end' "$file" > "$file.new"
    mv "$file.new" "$file"
  done
  probe-servers --replay "$recording" "$story/3-servers.ndjson" > "$BATS_TEST_TMPDIR/out" 2> /dev/null || true
  [ "$(wc -l < "$BATS_TEST_TMPDIR/out")" = 6 ]
  run -1 grep '"status":"proven"' "$BATS_TEST_TMPDIR/out"
}

@test "an invalid recording is reported with the file" {
  mkdir "$recording"
  run -1 --separate-stderr probe-servers --replay "$recording" /dev/null
  contains "$stderr" "--replay $recording: there is no recording in this folder"
  echo '{"at":"yesterday","method":"GET","url":"http://a.example/","status":200,"connected":true}' > "$recording/000001.json"
  run -1 --separate-stderr probe-servers --replay "$recording" /dev/null
  contains "$stderr" "$recording/000001.json: \"at\" should be a time"
  echo '{' > "$recording/000001.json"
  run -1 --separate-stderr probe-servers --replay "$recording" /dev/null
  contains "$stderr" "$recording/000001.json"
  run -1 --separate-stderr probe-servers --record "$recording" /dev/null
  contains "$stderr" "--record $recording: expected an empty folder"
  run -2 probe-servers --record a --replay b /dev/null
}
