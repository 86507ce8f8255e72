# An operator's folder on top of the project's sites/, and pages in folders.

load helper.bash

setup() {
  own=$BATS_TEST_TMPDIR/own site=$BATS_TEST_TMPDIR/site
  mkdir -p "$own/translations" "$own/static" "$own/help"
}
make_site() { render --sites "$own" --sites "$root/sites" --languages "$root/languages" --output "$site" "$root/test/story/site/5-communities.ndjson"; }

@test "an operator's own folder needs only the files that differ; all others, and other texts of a language, are the project's" {
  echo 'site_name = Rooms of mine' > "$own/translations/en.txt"
  echo '<p>own {{t.site_name}}, {{t.language_name}}</p>' > "$own/privacy.html"
  echo mine > "$own/static/favicon.ico"
  make_site
  [ "$(cat "$site/privacy.html")" = "<p>own Rooms of mine, English</p>" ]
  contains "$(cat "$site/index.html")" "Rooms of mine"
  [ "$(cat "$site/favicon.ico")" = mine ]
  [ -s "$site/status.html" ]
}

@test "the example of an own folder in sites/README.md works" {
  cd "$BATS_TEST_TMPDIR"
  ln -s "$root/sites" sites
  sed -n '/^For example, a listing with another name/,/^| here/s/^    //p' sites/README.md > steps
  [ "$(tail -n 1 steps)" = "make site SITES=mine" ]
  sed '$d' steps | sh -e
  own=mine make_site
  grep -q 'Rooms of my town' "$site/index.html"
}

@test "a mistake in an operator's own folder is reported with its file" {
  echo '{{no_such_name}}' > "$own/privacy.html"
  run -1 make_site
  contains "$output" "render: $own/privacy.html:1: "
  echo 'sitename = typo' > "$own/translations/en.txt"
  rm "$own/privacy.html"
  run -1 make_site
  contains "$output" "render: $own/translations/en.txt:1: no text is called \"sitename\"; did you mean \"site_name\"?"
}

@test "a folder of templates that can't be read is reported by its name" {
  chmod 0 "$own/help"
  as_user() { "$@"; }
  [ "$(id -u)" != 0 ] || as_user() { setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search "$@"; }
  run -1 as_user "$bin/render" --sites "$own" --sites "$root/sites" --languages "$root/languages" --output "$site" "$root/test/story/site/5-communities.ndjson"
  [ "$output" = "render: $own/help: Permission denied" ]
}

@test "an operator's own folder can make pages in a folder, in every site language, with links to the top and with parts" {
  echo '<p>{{> help/+note}} {{root}}index.html {{home}} {{path}}</p>' > "$own/help/faq.html"
  printf 'noted' > "$own/help/+note.html"
  make_site
  [ "$(cat "$site/help/faq.html")" = "<p>noted ../index.html ../ help/faq.html</p>" ]
  [ "$(cat "$site/de/help/faq.html")" = "<p>noted ../../index.html ../ de/help/faq.html</p>" ]
  [ ! -e "$site/help/+note.html" ]
}

@test "a folder with the name of a site language's folder is refused" {
  mkdir "$own/de"
  echo '<p></p>' > "$own/de/about.html"
  run -1 make_site
  contains "$output" "$own/de/about.html: a template can't be in a folder with the name of a site language"
}
