# fetch-sources as a guest: tries, pauses, silence, and how much at once.

load sources.bash

@test "a server that is tired is asked again, after a pause" {
  source_of a https://tired.example/twice > sources
  [ "$(pages < sources | brief)" = "a|200|false|at last|" ]
  [ "$(jq -s 'map(select(.target == "/twice")) | length' "$world/requests.ndjson")" = 3 ]
}

@test "pauses between tries grow" {
  [ "$(timeout 60 fetch-sources "${flags[@]}" --pause 0.2 < <(source_of a https://tired.example/grows) | brief)" = "a|200|false|at last|" ]
  mapfile -t times < <(jq 'select(.target == "/grows").seconds' "$world/requests.ndjson")
  jq -en "${times[1]} - ${times[0]} >= 0.1 and ${times[2]} - ${times[1]} >= 0.2"
}

@test "Retry-After is waited for" {
  source_of a https://tired.example/waits > sources
  [ "$(pages < sources | brief)" = "a|200|false|thanks|" ]
  mapfile -t times < <(jq 'select(.target == "/waits").seconds' "$world/requests.ndjson")
  [ "${#times[@]}" = 2 ]
  jq -en "${times[1]} - ${times[0]} >= 1"
}

@test "a server that asks for a long silence is left alone by the next runs, too" {
  source_of a https://tired.example/hour > sources
  pages --cache cache < sources > /dev/null
  run -0 pages --cache cache < sources
  [ "$(brief <<< "$output")" = "a|429|true|before|http-error" ]
  before=$(asked tired.example)
  run -0 pages --cache cache < sources
  [ "$(brief <<< "$output")" = "a|0|true|before|not-before" ]
  [ "$(asked tired.example)" = "$before" ]
}

@test "no server is promised more than a day of silence" {
  { source_of a https://tired.example/forever; source_of b https://list.example/plain; } > sources
  pages --cache cache < sources > /dev/null
  until=$(jq -r 'select(.not_before).not_before' cache/*/*.json)
  [ "$(date -ud "$until" +%s)" -gt "$(date -ud '+1 day -1 minute' +%s)" ]
  [ "$(date -ud "$until" +%s)" -le "$(date -ud '+1 day +1 minute' +%s)" ]
}

@test "a silence that a wrong clock has promised for years binds nobody" {
  { source_of a https://tired.example/forever; source_of b https://list.example/plain; } > sources
  pages --cache cache < sources > /dev/null
  sed -i 's/"not_before":"[^"]*"/"not_before":"2999-01-01T00:00:00Z"/' cache/*/*.json
  before=$(asked tired.example)
  pages --cache cache < sources > /dev/null
  [ "$(asked tired.example)" -gt "$before" ]
}

@test "a host is asked for a few pages at a time" {
  source_of c https://crowd.example/ '"follow":"/p[0-9]"' > sources
  [ "$(pages < sources | jq -r .body | tail -n +2 | xargs)" = "1 2 3 4 5 6 7 8" ]
  [ "$(counted "$world" crowd.example .max_open)" = 2 ]
}

@test "the time of a source is bounded, and the others are none the worse" {
  { source_of slow https://faults.example/stall; source_of good https://list.example/plain; } > sources
  run -0 --separate-stderr pages --timeout 1 --tries 20 < sources
  [ "$(brief <<< "$output" | cut -d'|' -f1,4 | xargs)" = "slow| good|plain" ]
}
