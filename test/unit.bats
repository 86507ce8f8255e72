# Unit checks: programs in test/unit that print each claim that does not hold.

setup() { load helper.bash; }

@test "JSON values and records survive a round trip; hostile text is refused" {
  run -0 "$(dirname "$bin")/test/json"
  [ -z "$output" ]
}

@test "a file takes its place whole, or what was there before stays" {
  run -0 "$(dirname "$bin")/test/new_file"
  [ -z "$output" ]
}

@test "base URLs, join URLs and keys have one canonical form, or a reason" {
  run -0 "$(dirname "$bin")/test/join_url"
  [ -z "$output" ]
}

@test "HTML becomes text in a child that is ended when the parser hangs, crashes or eats memory" {
  run -0 timeout 60 "$(dirname "$bin")/test/html"
  [ -z "$output" ]
}

@test "requests go out in turn among hosts, a few to an address, and no more where it took too long" {
  run -0 "$(dirname "$bin")/test/admission"
  [ -z "$output" ]
}

@test "the scripted network answers as its script says, on a virtual clock" {
  run -0 "$(dirname "$bin")/test/scripted_http"
  [ -z "$output" ]
}

@test "a crawl on a virtual clock: stalls, budgets, slow links, dead servers" {
  run -0 "$(dirname "$bin")/test/probe-servers/crawl"
  [ -z "$output" ]
}

@test "one sealed batch suffices for a healthy server" {
  run -0 "$(dirname "$bin")/test/probe-servers/first_contact"
  [ -z "$output" ]
}

@test "counted things have the right form in every site language" {
  run -0 "$(dirname "$bin")/test/render/plural"
  [ -z "$output" ]
}

@test "every spelling of the table becomes what stands beside it" {
  run -0 "$(dirname "$bin")/test/spellings" "$root/test/story/extract/spellings.tsv"
  [ -z "$output" ]
}

@test "hostile text is scanned in proportion to its size, and hides no link" {
  run -0 timeout 60 "$(dirname "$bin")/test/link_scanner"
  [ -z "$output" ]
}

@test "word lists find what a room says it is, unless it is denied beside the word" {
  run -0 "$(dirname "$bin")/test/classify"
  [ -z "$output" ]
}

@test "forty days of activity: a busy room, a dying one, a reset, a leap, a gap in the crawl" {
  run -0 "$(dirname "$bin")/test/render/activity"
  [ -z "$output" ]
}

@test "the address that is printed is the key holder's own, and no relay or claim replaces it" {
  run -0 "$(dirname "$bin")/test/dedupe/address"
  [ -z "$output" ]
}

@test "copies are told from originals, and twins of an identifier from the first" {
  run -0 "$(dirname "$bin")/test/dedupe/copies"
  [ -z "$output" ]
}

@test "the guard refuses a loss across many sites, and never what one server does" {
  run -0 "$(dirname "$bin")/test/dedupe/guard"
  [ -z "$output" ]
}

@test "records merge in any order, and history says when servers and rooms were gone" {
  run -0 "$(dirname "$bin")/test/dedupe/merge"
  [ -z "$output" ]
  run -0 "$(dirname "$bin")/test/dedupe/history"
  [ -z "$output" ]
}

@test "what is asked: a server's own address, and no more dead links than a page may name" {
  run -0 "$(dirname "$bin")/test/dedupe/ask"
  [ -z "$output" ]
}

@test "a server without a list is asked for rooms of every source, and links can't hide one for good" {
  run -0 "$(dirname "$bin")/test/probe-servers/hints"
  [ -z "$output" ]
}
