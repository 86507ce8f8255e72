# How the site looks, in a browser.
# bats file_tags=long

setup_file() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
  export made=$BATS_FILE_TMPDIR
  make_site 16
}

setup() {
  load helper.bash
  load browser/helper.bash
  cd "$root"
}

@test "axe finds no accessibility fault on any kind of page; nothing moves and nothing is too wide" {
  browser pages "$made/16"
}

@test "large letters fit; old data is marked as old; pages opened from a disk, print, forced colours and reduced motion work" {
  browser layout "$made/16"
}
