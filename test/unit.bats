# Unit checks: programs in test/unit that print each claim that does not hold.

setup() { load helper.bash; }

@test "JSON values and records survive a round trip; hostile text is refused" {
  run -0 "$(dirname "$bin")/test/json"
  [ -z "$output" ]
}

@test "a file is replaced completely, or the old one stays" {
  run -0 "$(dirname "$bin")/test/new_file"
  [ -z "$output" ]
}

@test "base URLs, join URLs and keys have one canonical form, or a reason" {
  run -0 "$(dirname "$bin")/test/join_url"
  [ -z "$output" ]
}

@test "what one holder registers is one domain, and free names below a suffix are no domains of their own" {
  run -0 "$(dirname "$bin")/test/domain"
  [ -z "$output" ]
}

@test "HTML becomes text in a child process, which is ended if the parser hangs, crashes or takes too much memory" {
  run -0 timeout 60 "$(dirname "$bin")/test/html"
  [ -z "$output" ]
}

@test "requests take turns among hosts, with few to an address, and none to one that took too long" {
  run -0 "$(dirname "$bin")/test/admission"
  [ -z "$output" ]
}

@test "the scripted network follows its script, on a virtual clock" {
  run -0 "$(dirname "$bin")/test/scripted_http"
  [ -z "$output" ]
}

@test "a crawl handles stalls, budgets, slow links and dead servers, on a virtual clock" {
  run -0 "$(dirname "$bin")/test/probe-servers/crawl"
  [ -z "$output" ]
}

@test "one encrypted batch is enough for a healthy server" {
  run -0 "$(dirname "$bin")/test/probe-servers/first_contact"
  [ -z "$output" ]
}

@test "plurals are right in every site language" {
  run -0 "$(dirname "$bin")/test/render/plural"
  [ -z "$output" ]
}

@test "every spelling in the table becomes the text beside it" {
  run -0 "$(dirname "$bin")/test/spellings" "$root/test/story/extract/spellings.tsv"
  [ -z "$output" ]
}

@test "hostile text is scanned in linear time, and hides no link" {
  run -0 timeout 60 "$(dirname "$bin")/test/link_scanner"
  [ -z "$output" ]
}

@test "word lists recognise what a room says it is, unless the text denies it" {
  run -0 "$(dirname "$bin")/test/classify"
  [ -z "$output" ]
}

@test "activity over forty days is right for a busy room, a dying one, a reset, a leap and a gap in the crawl" {
  run -0 "$(dirname "$bin")/test/render/activity"
  [ -z "$output" ]
}

@test "the listed address is the one that the holder of the key prints, and no relay or claim replaces it" {
  run -0 "$(dirname "$bin")/test/dedupe/address"
  [ -z "$output" ]
}

@test "copies are distinguished from originals, and the first of two equal identifiers is preferred" {
  run -0 "$(dirname "$bin")/test/dedupe/copies"
  [ -z "$output" ]
}

@test "the guard refuses a loss across many domains, but not one by a single server" {
  run -0 "$(dirname "$bin")/test/dedupe/guard"
  [ -z "$output" ]
}

@test "records merge in any order, and history has when servers and rooms were gone" {
  run -0 "$(dirname "$bin")/test/dedupe/merge"
  [ -z "$output" ]
  run -0 "$(dirname "$bin")/test/dedupe/history"
  [ -z "$output" ]
}

@test "candidates have a server's own address, and a limited number of dead links from each page" {
  run -0 "$(dirname "$bin")/test/dedupe/ask"
  [ -z "$output" ]
}

@test "what strangers name and run does not make the listing grow without a limit" {
  run -0 "$(dirname "$bin")/test/dedupe/floods"
  [ -z "$output" ]
}

@test "a server without a list is asked for rooms of every source, and no link is postponed for ever" {
  run -0 "$(dirname "$bin")/test/probe-servers/hints"
  [ -z "$output" ]
}
