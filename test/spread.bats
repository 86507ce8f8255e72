# tools/spread: one crawl in several processes, or on several machines. The
# machines are real sshd instances on loopback ports.

setup() {
  load helper.bash
  cd "$BATS_TEST_TMPDIR"
  seq 40 | jq -c '{kind:"server",base_url:"https://s\(.).example"}' > servers.ndjson
  # In place of probe-servers: adds the name of the machine. `--stall FILE`: once, hangs and notes it in FILE.
  cat > probe <<'END'
#!/bin/sh
if [ "${1-}" = --stall ] && mkdir "$2.taken" 2> /dev/null; then ps -o ppid= $$ > "$2"; exec sleep 60; fi
[ "${1-}" = --fail ] && { cat; exit 1; }
jq -c --arg by "${SSH_CONNECTION-here}" '.by = $by'
END
  chmod +x probe
}

teardown() {
  local pid
  for pid in $(cat ./*.pid 2> /dev/null); do kill "$pid" 2> /dev/null || true; done
}

# machines NAME...: an sshd each; PARALLEL_SSH reaches them by name.
machines() {
  needs_service sshd
  [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f key
  local name port sshd starts tries
  for name; do
    sshd='' starts=0 tries=0
    until ssh -F "$PWD/ssh.conf" "$name" true 2> /dev/null; do
      if [ -z "$sshd" ] || ! kill -0 "$sshd" 2> /dev/null; then  # not started, or its port belongs to another program
        [ $((++starts)) -le 20 ] || { cat "$name.said" >&2; return 1; }
        port=$(any_port)
        cat > "$name.conf" <<END
Port $port
ListenAddress 127.0.0.1
HostKey $PWD/key
AuthorizedKeysFile $PWD/key.pub
PidFile $PWD/$name.pid
StrictModes no
UsePAM no
END
        printf 'Host %s\n  HostName 127.0.0.1\n  Port %s\n  IdentityFile %s\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n' \
          "$name" "$port" "$PWD/key" > "$name.ssh.conf"
        cat ./*.ssh.conf > ssh.conf
        $(PATH=$PATH:/usr/sbin command -v sshd) -D -e -f "$PWD/$name.conf" 2> "$name.said" 3>&- &
        sshd=$!
      fi
      [ $((++tries)) -le 400 ] || { echo "$name refuses the login" >&2; cat "$name.said" >&2; return 1; }
      sleep 0.05
    done
  done
  export PARALLEL_SSH="ssh -F $PWD/ssh.conf"
}

# Debian 13's sshd has a program of its own for a session.
is_session() { [[ $(ps -o comm= "$1") =~ ^sshd(-session)?$ ]]; }

asked() { jq -r .base_url "$1" | sort; }

@test "several processes probe every server exactly once" {
  JOBS=3 "$root/tools/spread" servers.ndjson ./probe > probes.ndjson
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}

@test "an invalid number of processes is wrong usage, and nothing is probed" {
  for jobs in abc 0 -1 1.5 '1 2' 1000000; do
    JOBS=$jobs run -2 "$root/tools/spread" servers.ndjson ./probe
    [ "$output" = "spread: JOBS is '$jobs': it must be a number of processes from 1 to 99999" ]
  done
  VANTAGE=most HOSTS="one two" run -2 "$root/tools/spread" servers.ndjson ./probe
  VANTAGE=all run -2 "$root/tools/spread" servers.ndjson ./probe
  [ "$output" = "spread: VANTAGE=all needs HOSTS" ]
}

@test "spread reports missing programs with their packages before anything starts" {
  mkdir bin
  ln -s /bin/sh bin/sh
  PATH=$PWD/bin run -1 "$root/tools/spread" servers.ndjson ./probe
  [ "$output" = "spread: these programs are missing: parallel (Debian's package parallel)" ]
  HOSTS=one PARALLEL_SSH= PATH=$PWD/bin run -1 "$root/tools/spread" --check
  [ "$output" = "spread: these programs are missing: parallel (Debian's package parallel), ssh (Debian's package openssh-client), rsync (Debian's package rsync)" ]
}

@test "make probe and make publish report missing programs before any request" {
  mkdir bin
  for program in bash sh make mkdir touch flock nproc cat dirname sed find realpath date mkfifo mv rm tee id jq; do ln -s "$(command -v $program)" bin/; done
  for target in probe publish; do
    PATH=$PWD/bin run -2 make -C "$root" --no-print-directory $target HOSTS="one two" DATA="$PWD/data" OUTPUT="$PWD/www"
    contains "$output" "spread: these programs are missing: parallel (Debian's package parallel), ssh (Debian's package openssh-client), rsync"
    [ ! -e data/.asked ]
  done
  run -2 make -C "$root" --no-print-directory publish JOBS=none DATA="$PWD/data" OUTPUT="$PWD/www"
  contains "$output" "spread: JOBS is 'none'"
  [ ! -e data/.asked ]
}

@test "make publish crawls in several processes or on several machines, as make probe does" {
  run -0 make -C "$root" --no-print-directory -n publish JOBS=2 VANTAGE= DATA="$PWD/data" OUTPUT="$PWD/www"
  contains "$output" "JOBS='2' HOSTS='' VANTAGE='' tools/spread $PWD/data/3-servers.ndjson build/bin/probe-servers --not-before"
  run -0 make -C "$root" --no-print-directory -n publish HOSTS="one two" VANTAGE=all DATA="$PWD/data" OUTPUT="$PWD/www"
  contains "$output" "HOSTS='one two' VANTAGE='all' tools/spread"
}

@test "a part in which no server answers loses no record" {
  JOBS=2 "$root/tools/spread" servers.ndjson ./probe --fail > probes.ndjson
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}

@test "several machines share the servers, and get the program from this one" {
  machines one two
  HOSTS="one two" "$root/tools/spread" servers.ndjson ./probe > probes.ndjson
  diff <(asked servers.ndjson) <(asked probes.ndjson)
  [ "$(jq -r '.by | split(" ")[3]' probes.ndjson | sort -u | wc -l)" = 2 ]
}

@test "if a machine fails in the middle, its servers are probed by others" {
  machines one two
  HOSTS="one two" timeout 300 "$root/tools/spread" servers.ndjson ./probe --stall "$PWD/stalled" > probes.ndjson &
  crawl=$!
  for _ in $(seq 1000); do [ ! -s stalled ] || break; sleep 0.1; done
  # The connection of the stalled part breaks: its sshd session is ended.
  session=$(tr -d ' ' < stalled)
  until is_session "$session"; do session=$(ps -o ppid= "$session" | tr -d ' '); done
  kill -9 "$session"
  wait $crawl
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}

@test "if a machine stops answering, its servers are probed by others" {
  machines one two
  export ALIVE=1
  HOSTS="one two" timeout 300 "$root/tools/spread" servers.ndjson ./probe --stall "$PWD/stalled" > probes.ndjson &
  crawl=$!
  for _ in $(seq 1000); do [ ! -s stalled ] || break; sleep 0.1; done
  session=$(tr -d ' ' < stalled)
  until is_session "$session"; do session=$(ps -o ppid= "$session" | tr -d ' '); done
  kill -STOP "$session"
  wait $crawl
  kill -9 "$session"
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}

@test "if a machine is unreachable from the start, its servers are probed by others" {
  machines one
  printf 'Host two\n  HostName 127.0.0.1\n  Port 9\n' >> ssh.conf
  HOSTS="one two" timeout 300 "$root/tools/spread" servers.ndjson ./probe > probes.ndjson 2> log
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}

@test "several vantage points each probe all servers" {
  machines one two
  HOSTS="one two" VANTAGE=all "$root/tools/spread" servers.ndjson ./probe > probes.ndjson
  [ "$(wc -l < probes.ndjson)" = 80 ]
  diff <(asked servers.ndjson) <(asked probes.ndjson | uniq)
}

@test "a vantage point that is down is reported, and the run does not wait for it" {
  machines one
  printf 'Host two\n  HostName 127.0.0.1\n  Port 9\n' >> ssh.conf
  HOSTS="one two" VANTAGE=all "$root/tools/spread" servers.ndjson ./probe > probes.ndjson 2> log
  diff <(asked servers.ndjson) <(asked probes.ndjson)
}
