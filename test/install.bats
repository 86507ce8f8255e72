# What `make install` puts on a server: programs, guides, units, completion.

load helper.bash

setup_file() {
  cd "$root"
  export there=$BATS_FILE_TMPDIR/there
  make --no-print-directory install DESTDIR="$there" PREFIX=/usr systemunitdir=/usr/lib/systemd/system > /dev/null
  # The programs and the settings are there, and not in /usr/bin and /etc.
  sed -i -e "s|^bin .*|bin := $there/usr/bin|" -e "s|^LOCAL_MK .*|LOCAL_MK := $there/etc/session-communities/local.mk|" "$there/usr/share/session-communities/Makefile"
}

setup() {
  units=$there/usr/lib/systemd/system
  # As if it were installed: only the folders differ.
  sed "s|/usr/share/session-communities|$there&|" "$there/usr/bin/session-communities" > "$BATS_TEST_TMPDIR/session-communities"
  chmod +x "$BATS_TEST_TMPDIR/session-communities"
  PATH=$BATS_TEST_TMPDIR:$there/usr/bin:$PATH
}

needs_systemd() {
  command -v systemd-analyze > /dev/null || skip "systemd is not installed"
}

@test "make install installs programs, guides, manuals, units and an example for nginx; uninstall removes them" {
  for file in bin/dedupe share/doc/session-communities/{README.md,OPERATING.md,COOKBOOK.md,LICENSE,nginx.conf} \
    share/man/man1/render.1 share/man/man7/session-communities.7 share/bash-completion/completions/session-communities \
    lib/systemd/system/session-communities.{service,timer} lib/sysusers.d/session-communities.conf; do
    [ -s "$there/usr/$file" ] || { echo "$file is missing"; return 1; }
  done
  run -1 grep -rnE '@([a-z]*dir|version)@' "$there"
  cp -r "$there" "$BATS_TEST_TMPDIR/copy"
  (cd "$root" && make --no-print-directory uninstall DESTDIR="$BATS_TEST_TMPDIR/copy" PREFIX=/usr systemunitdir=/usr/lib/systemd/system)
  run -0 find "$BATS_TEST_TMPDIR/copy" -type f
  [ "$output" = "$BATS_TEST_TMPDIR/copy/etc/session-communities/local.mk" ]
}

@test "the service works in its sandbox, and systemd accepts its units" {
  needs_systemd
  run -0 systemd-analyze security --offline=true --threshold=20 "$units/session-communities.service"
  sed 's|^ExecStart=.*|ExecStart=/bin/true|' "$units/session-communities.service" > "$BATS_TEST_TMPDIR/session-communities.service"
  cp "$units/session-communities.timer" "$units/session-communities-failed@.service" "$BATS_TEST_TMPDIR"
  run -0 systemd-analyze verify --man=no "$BATS_TEST_TMPDIR"/session-communities.{service,timer} "$BATS_TEST_TMPDIR/session-communities-failed@x.service"
  [ -z "$output" ]
}

@test "the whole chain runs within the service's filter of system calls; its journal has the summary and the missing settings" {
  needs_systemd
  # As in a unit, nothing but the three standard streams is open: make's own descriptors are 3 and 4 there.
  printf '#!/bin/sh\nexec "$root/test/sandbox" "$units/session-communities.service" session-communities publish %s 3>&- 4>&-\n' \
    '"FETCH_FLAGS=$WORLD_FLAGS" "PROBE_FLAGS=$WORLD_FLAGS"' > "$BATS_TEST_TMPDIR/service"
  cd "$root"
  export root units DATA=$BATS_TEST_TMPDIR/data OUTPUT=$BATS_TEST_TMPDIR/www
  export SOURCES=$root/test/story/demo/sources.ndjson KNOWN_SERVERS=$root/test/story/demo/known-servers.ndjson
  run -0 --separate-stderr test/with-world test/story/demo/world.ndjson "$BATS_TEST_TMPDIR/world" sh "$BATS_TEST_TMPDIR/service"
  [ "$stderr" = "SITE_URL is not set: feeds, the sitemap and data files contain http://localhost:8000; CONTACT is not set: nobody can reach you" ]
  contains "${lines[0]}" "Communities rebuilt, "
  [ "${#lines[@]}" -eq 8 ]
  contains "${lines[7]}" "6-site "
  # The filter is there.
  run -1 test/sandbox "$units/session-communities.service" chown 1 "$BATS_TEST_TMPDIR/service"
  contains "$output" "Operation not permitted"
}

@test "the exit status is 0 for done, 1 for failed, 2 for wrong usage" {
  run -0 session-communities help
  contains "$output" "session-communities publish"
  # Words are shown as they are typed here.
  contains "$output" "at once: cats+0123abcd spam"
  contains "$output" "mark a Community: cats+0123abcd lang=de tags=cats nsfw=no"
  run -1 grep -E 'WHAT=|FILE=' <<< "$output"
  run -2 session-communities publsh
  [ "$output" = "session-communities: nothing is called 'publsh' (did you mean 'publish'?); see 'session-communities help'" ]
  run -0 session-communities --help
  contains "$output" "session-communities publish"
  run -2 session-communities publish -x
  [ "$output" = "session-communities: nothing is called '-x'; see 'session-communities help'" ]
  for typo in FOO=bar OUTPUT2=www 'A B=c' 'SITE URL=x'; do
    run -2 session-communities site "$typo"
    contains "$output" "session-communities: no variable is called '${typo%%=*}'"
    contains "$output" "; there are SITE_URL CONTACT LICENCE OUTPUT DATA "
  done
  for command in "hide" "hide cats+0123abcd" "mark cats+0123abcd" "explain" "add-source" "restore"; do run -2 session-communities $command; done
  run -2 session-communities hide cats+0123abcd spam because
  [ "$output" = "session-communities: 'because' is one word too many for hide; see 'session-communities help'" ]
  run -2 session-communities site site_url=https://x.example
  contains "$output" "no variable is called 'site_url' (did you mean 'SITE_URL'?)"
  run -0 session-communities hide --help
  contains "$output" "session-communities publish"
  run -0 session-communities --version
  [ "$output" = "session-communities $(dedupe --version | cut -d' ' -f2)" ]
  run -1 session-communities rollback DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  contains "$output" "nothing to roll back to"
  run -1 session-communities site DATA="$BATS_TEST_TMPDIR/data" OUTPUT="$BATS_TEST_TMPDIR/www"
  contains "$output" "there is no listing yet; session-communities publish makes one"
}

@test "every variable of the chain can be set, and is in the manual" {
  known=$(sed -n 's/^\(paths\|variables\)=//p' "$BATS_TEST_TMPDIR/session-communities" | grep -oE '[A-Z_]+' | sort)
  diff <(echo "$known") <(sed -n '/^.Sh VARIABLES/,/^.Sh FILES/s/^.It Va //p' "$root/tools/session-communities.7" | tr -s ', ' '\n' | sort)
  for name in $(sed -n 's/^\([A-Z_]*\) *?=.*/\1/p' "$root/pipeline.mk") $(grep -oE '\$\([A-Z]+_FLAGS\)' "$root/pipeline.mk" | tr -d '$()'); do
    grep -x "$name" <<< "$known" || { echo "$name is unknown"; return 1; }
  done
}

@test "a folder or file on the command line is relative to the working directory" {
  mkdir "$BATS_TEST_TMPDIR/here"
  cd "$BATS_TEST_TMPDIR/here"
  run -1 session-communities rollback DATA=data OUTPUT='my www'
  contains "$output" "render: nothing to roll back to: $PWD/my www has no previous site"
  for days in 1 2; do
    render --sites "$root/sites" --languages "$root/languages" --stale-after $days --output 'my www' "$root/test/story/site/5-communities.ndjson"
  done
  cp 'my www/index.html' two
  run -0 session-communities rollback DATA=data OUTPUT='my www'
  run -1 cmp 'my www/index.html' two
  OUTPUT=www run -1 session-communities rollback DATA=data
  contains "$output" "OUTPUT is 'www': it must be an absolute path, beginning with /"
}

@test "root is told to whom the data belongs before any file becomes root's" {
  [ "$(id -u)" = 0 ] || skip "not root"
  mkdir "$BATS_TEST_TMPDIR/var"
  chown nobody "$BATS_TEST_TMPDIR/var"
  run -1 session-communities site DATA="$BATS_TEST_TMPDIR/var/data"
  contains "$output" "$BATS_TEST_TMPDIR/var/data is for nobody: sudo -u nobody session-communities site"
  # With all its words.
  run -1 session-communities hide cats+0123abcd 'spam; x' DATA="$BATS_TEST_TMPDIR/var/data"
  contains "$output" "sudo -u nobody session-communities hide cats+0123abcd 'spam; x' DATA=$BATS_TEST_TMPDIR/var/data"
  run -1 session-communities hide "o'neill; x" spam DATA="$BATS_TEST_TMPDIR/var/data"
  contains "$output" "sudo -u nobody session-communities hide 'o'\\''neill; x' spam DATA=$BATS_TEST_TMPDIR/var/data"
  [ ! -e "$BATS_TEST_TMPDIR/var/data" ]
}

@test "hide, mark, explain and backup take words; a misspelt command suggests the right one" {
  # What make is told, one word a line.
  sed -E 's|^make\(\) .*|make() { [ "$1" != help ] \&\& printf "%s\\n" "$@" \|\| echo "  session-communities hide "; }|' "$BATS_TEST_TMPDIR/session-communities" > "$BATS_TEST_TMPDIR/told"
  told() { run -0 sh "$BATS_TEST_TMPDIR/told" "$@"; [ "$output" = "$expected" ] || { echo "$output"; return 1; }; }
  expected=$'hide\nWHAT=cats+0123abcd\nREASON=spam\nDATA=/x' told hide cats+0123abcd spam DATA=/x
  sed -i 's/session-communities hide /session-communities mark /' "$BATS_TEST_TMPDIR/told"
  expected=$'mark\nWHAT=cats+0123abcd\nMARK=lang=de tags=cats' told mark cats+0123abcd lang=de tags=cats
  sed -i 's/session-communities mark /session-communities backup /' "$BATS_TEST_TMPDIR/told"
  expected=$'backup\nFILE=/x/all.tar.gz' told backup /x/all.tar.gz
  # Without a name, it goes to where the user stands.
  expected=$'backup\nDATA=/x\nFILE='$PWD/ told backup DATA=/x
  run -2 session-communities publsh
  contains "$output" "nothing is called 'publsh' (did you mean 'publish'?)"
  run -2 session-communities site OUTPTU=/x
  contains "$output" "no variable is called 'OUTPTU' (did you mean 'OUTPUT'?)"
}

@test "the package is reproducible byte for byte, and has the version of the change log" {
  command -v dpkg-shlibdeps > /dev/null || skip "dpkg-dev is not installed"
  cd "$root"
  for name in a b; do SOURCE_DATE_EPOCH=1764230400 tools/make-deb "$BATS_TEST_TMPDIR/$name" 0.1 2> /dev/null; sleep 1; done
  cmp "$BATS_TEST_TMPDIR"/{a,b}/*.deb
  [ "$(sed -n 's/^## //p' CHANGELOG.md | head -n 1)" = "$(dedupe --version | cut -d' ' -f2)" ]
}

@test "without apt-get, what is needed is listed with the reason; without root and sudo, the command is" {
  cd "$root"
  unset SKIP_PACKAGES
  mkdir "$BATS_TEST_TMPDIR/bin"
  for program in sh cat sed awk grep id dpkg-query; do ln -s "$(command -v $program)" "$BATS_TEST_TMPDIR/bin"; done
  PATH=$BATS_TEST_TMPDIR/bin run -1 tools/install-packages packages.txt
  contains "$output" "then type make SKIP_PACKAGES=1:"
  [ "$(grep -cE '^  [a-z0-9+.-]+ +[A-Za-z]' <<< "$output")" = "$(grep -c '^[a-z]' packages.txt)" ]
  printf '#!/bin/sh\nexit 1\n' > "$BATS_TEST_TMPDIR/bin/apt-get"
  printf '#!/bin/sh\necho 1000\n' > "$BATS_TEST_TMPDIR/id"
  chmod +x "$BATS_TEST_TMPDIR/bin/apt-get" "$BATS_TEST_TMPDIR/id"
  echo 'libnothing-dev # for this test' > "$BATS_TEST_TMPDIR/packages.txt"
  PATH=$BATS_TEST_TMPDIR:$BATS_TEST_TMPDIR/bin run -1 tools/install-packages "$BATS_TEST_TMPDIR/packages.txt"
  contains "$output" "apt-get update && apt-get install --no-install-recommends libnothing-dev"
}

@test "the shell completes targets and options" {
  source "$there/usr/share/bash-completion/completions/session-communities"
  COMP_WORDS=(session-communities pub) COMP_CWORD=1
  _session_communities
  [ "${COMPREPLY[*]}" = publish ]
  COMP_WORDS=(dedupe --prev) COMP_CWORD=1
  _session_communities
  [ "${COMPREPLY[*]}" = --previous ]
}

@test "troff has no warning about a manual page" {
  command -v groff > /dev/null || skip "groff is not installed"
  for page in "$there"/usr/share/man/man?/*; do
    run -0 groff -ww -mandoc -Tutf8 -z "$page"
    [ -z "$output" ]
  done
}

@test "every command of OPERATING.md is run by a test exactly as written" {
  guide=$root/tools/OPERATING.md
  { # Blocks, but for the example of AFTER_RUN and the lines for cron, which operator.bats runs, and the lines of a unit, which test/operating uses; then what stands between backticks.
    sed -n '/^    #!.bin.sh/,/^$/d; /^    [0-9,]* \* /d; /^    MAILTO=/d; /^    ExecStart=/d; s/^    \([^ ]\)/\1/p' "$guide"
    grep -oE '`[^`]+`' "$guide" | tr -d '`' | grep -E '^(sudo |make |session-communities |systemctl |journalctl |nginx |cp |chown )'
  } | sed -E 's/^sudo -u session-communities (session-communities .)/\1/; s/ +#.*//' | sort -u > "$BATS_TEST_TMPDIR/commands"
  # What is not run as it stands, and why.
  cat > "$BATS_TEST_TMPDIR/elsewhere" << 'END'
make deb
make SKIP_PACKAGES=1
make bench-dedupe
make bench-render
make probe HOSTS="a b c"
make probe HOSTS="a b c" VANTAGE=all
make publish HOSTS="a b c"
session-communities …
systemctl edit session-communities
sudo mount -a
sudo systemctl edit session-communities-failed@.service
systemctl edit session-communities.timer
sudo make install
sudo make uninstall
END
  # deb: make test-package begins with it. SKIP_PACKAGES: the sessions of developers, and below. mount: the disk of the operator. bench-*: test/bench. HOSTS: test/spread.bats has real machines of other names. edit: an editor; test/operating
  # writes the file that it keeps. install, uninstall: above, into a folder.
  while IFS= read -r command; do
    grep -qxF -- "$command" "$BATS_TEST_TMPDIR/elsewhere" ||
      cat "$root"/test/{package,operating,operator.bats,install.bats,spread.bats,chain.bats} | grep -qF -- "${command#session-communities }" || echo "$command"
  done < "$BATS_TEST_TMPDIR/commands" > "$BATS_TEST_TMPDIR/missing"
  cat "$BATS_TEST_TMPDIR/missing"
  [ ! -s "$BATS_TEST_TMPDIR/missing" ]
  [ "$(wc -l < "$BATS_TEST_TMPDIR/commands")" -gt 25 ]
}
