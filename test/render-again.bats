# render over the site of the last run: only files that may have changed are made again.

setup() {
  load helper.bash
  story site
  cd "$BATS_TEST_TMPDIR"
  cp -r "$root/sites" "$root/languages" .
  find sites/translations -type f ! -name en.txt ! -name de.txt -delete # two languages tell as much as all
  cp "$story/5-communities.ndjson" "$story/runs.ndjson" .
  cp "$story/policy.ndjson" sites/policy.ndjson
  flags=(--now 2026-11-22T20:30:00Z --site-url https://sogs.example --runs runs.ndjson)
}

# into FOLDER: the whole site, from what is here now.
into() { render "${flags[@]}" --output "$1" 5-communities.ndjson; }

@test "after any change, a site that is rendered over the last one equals one rendered from nothing" {
  into over
  while read -r change; do
    eval "$change"
    into over
    rm -rf fresh
    into fresh
    # Styles and scripts of the last site stay for a while; the manifest differs.
    diff -r --exclude=.made-by-render --exclude=assets fresh over && (cd fresh && find assets -type f -exec cmp {} ../over/{} \;) || { echo "after: $change" >&2; return 1; }
    changed=$((${changed:-0} + $(diff -rq last fresh 2> /dev/null | wc -l)))
    rm -rf last
    cp -r fresh last
  done <<'END'
cp -r over last
echo '<!-- a template -->' >> sites/about.html
echo '<!-- a part -->' >> sites/+bottom.html
echo '<p>Another one.' > sites/another.html
rm sites/another.html
sed -i 's/^lost_title = .*/lost_title = Gone/' sites/translations/en.txt
sed -i 's/^outcome_ok = .*/outcome_ok = Fine/' sites/translations/en.txt
sed -i 's/^lost_title = .*/lost_title = Weg/' sites/translations/de.txt
echo 'p {}' >> sites/assets/style.css
jq -c '.communities += 1' runs.ndjson > new; mv new runs.ndjson
jq -c 'if .code == "de" then .name = "Teutsch" else . end' languages/names.ndjson > new; mv new languages/names.ndjson
jq -c 'if .code == "test" then .text = "Other words." else . end' sites/reasons.ndjson > new; mv new sites/reasons.ndjson
echo '{"kind":"annotation","identifier":"News+7b4e909b","hidden":true,"reason":"spam","by":"me","date":"2026-11-22"}' >> sites/policy.ndjson
jq -c '.rooms[].name |= ascii_upcase' 5-communities.ndjson > new; mv new 5-communities.ndjson
jq -c '.found_on = []' 5-communities.ndjson > new; mv new 5-communities.ndjson
flags[1]=2027-01-22T20:30:00Z
flags[3]=https://other.example/list
flags+=(--contact https://other.example/us)
flags+=(--stale-after 9)
flags+=(--rows 1)
flags+=(--translate-up-to 2)
END
  [ "$changed" -gt 300 ]
}

@test "a page that was changed, truncated or removed by others is made again" {
  into site
  cp -r site good
  page=site/de/c/cats+7b4e909b.html
  tr a-z b-za < good/about.html > site/about.html
  truncate -s 0 site/status.html
  touch -d 2020-01-01 site/status.html
  rm "$page"
  into site
  diff -r --exclude=.made-by-render good site
}

# It would stay beside the file as an entry of others, and web servers would send it, however old.
@test "a compressed form that a new version no longer makes is removed" {
  into site
  [ ! -e site/robots.txt.gz ]
  echo old > site/robots.txt.gz
  sed -i 's/^\(robots.txt [0-9]*\) - /\1 4 /' site/.made-by-render
  cp "$bin/render" version-2
  PATH=$PWD:$PATH
  render() { version-2 "$@"; }
  into site
  [ ! -e site/robots.txt.gz ]
  echo '<!-- another -->' >> sites/about.html
  into site
  [ ! -e site/robots.txt.gz ]
}

@test "after a change of one template, the pages of others are not made again" {
  [[ $bin != */asan/* ]] || skip "valgrind and the sanitizers do not go together"
  "$root/test/browser/make-listing" 80 > 5-communities.ndjson
  work() {
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null render "${flags[@]}" --output site 5-communities.ndjson 2>&1 |
      sed -n 's/.* I *refs: *//p' | tr -d ,
  }
  into site
  echo '<!-- everywhere -->' >> sites/+bottom.html
  all=$(work)
  echo '<!-- here -->' >> sites/about.html
  one=$(work)
  echo "all: $all, one: $one" >&2
  [ $((2 * one)) -lt "$all" ]
}
