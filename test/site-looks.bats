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

@test "axe finds nothing on any kind of page, nothing moves, nothing is too wide" {
  browser pages "$made/16"
}

@test "large letters fit; old data is called old; files on a disk, paper, forced colours and reduced motion are respected" {
  browser layout "$made/16"
}
