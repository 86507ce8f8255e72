# fetch-sources: source records in, page records out, whatever the sources do.

load sources.bash

@test "pages are written in the order of the sources, and match their schema" {
  { source_of c https://list.example/plain; source_of a https://faults.example/good; source_of b https://list.example/list.md; } > sources
  "$root/test/check-schema" source < sources
  run -0 --separate-stderr pages < sources
  [ -z "$stderr" ]
  "$root/test/check-schema" page <<< "$output"
  [ "$(jq -r .source <<< "$output" | xargs)" = "c a b" ]
  [ "$(jq -r .media_type <<< "$output" | xargs)" = "text/plain text/html text/markdown" ]
  contains "$output" 'public_key='
}

@test "large pages that wait for a slow one are kept in a temporary file, and written in order" {
  { printf '%07000000d' 0 | tr 0 x; } > big.txt
  { source_of slow https://tired.example/slow; for number in {1..12}; do source_of $number file:big.txt; done; } > sources
  pages < sources > out
  [ "$(jq -r '[.source, (.body | length)] | join(" ")' out | xargs)" = \
    "slow 4 $(for number in {1..12}; do echo "$number 7000000"; done | xargs)" ]
  TMPDIR=$PWD/none run -1 --separate-stderr pages < sources
  [ "$stderr" = "fetch-sources: no temporary file in $PWD/none: No such file or directory; TMPDIR can name another folder" ]
}

@test "every fault is recorded in its page, and the chain goes on" {
  while read -r path _; do source_of "$path" "https://faults.example/$path"; done > sources <<'END'
500
404
304
empty
image
endless
declared
bomb
headers
garbage
cut
misnamed
stall
drip
loop
far
downgrade
elsewhere
good
END
  { source_of down http://down.example/; source_of expired https://expired.example/
    source_of nowhere http://hidden.onion/; source_of sentinel http://sentinel.example/
    source_of inside http://faults.example/inside; source_of file http://faults.example/file; } >> sources
  run -0 --separate-stderr pages --tries 1 --try-timeout 2 < sources
  [ -z "$stderr" ]
  diff - <(in_short <<< "$output") <<'END'
500|500|false||http-error
404|404|false||http-error
304|304|false||http-error
empty|200|false||empty
image|200|false||not-text
endless|200|false||too-big
declared|200|false||too-big
bomb|200|false||too-big
headers|200|false||too-big
garbage|0|false||broken
cut|200|false||broken
misnamed|200|false||bad-encoding
stall|0|false||timeout-read
drip|200|false||timeout-read
loop|302|false||redirect
far|302|false||redirect
downgrade|302|false||redirect
elsewhere|200|false|plain|
good|200|false|good|
down|0|false||refused
expired|0|false||tls
nowhere|0|false||dns
sentinel|0|false||blocked-address
inside|0|false||blocked-address
file|302|false||redirect
END
  [ "$(counted "$world" sentinel.example .connections)" = 0 ]
  "$root/test/check-schema" page <<< "$output"
}

@test "the User-Agent names the program, and the contact of the operator or the text that the operator gives" {
  for option in --jobs=1 --contact=https://us.example/about.html --contact=mailto:us@us.example "--user-agent=our own (+x)"; do
    pages "$option" < <(source_of a https://list.example/plain) > /dev/null
  done
  pages --user-agent "our own (+x)" --contact https://us.example/late < <(source_of a https://list.example/plain) > /dev/null
  run -0 counted "$world" list.example '.user_agents | keys[]'
  [ "$(sed -E 's,/[0-9.]+,/VERSION,' <<< "$output")" = '"our own (+x)"
"session-communities/VERSION"
"session-communities/VERSION (+https://us.example/about.html)"
"session-communities/VERSION (+mailto:us@us.example)"' ]
  for wrong in us "https://a.example/ b" $'https://a.example/\r\nX: y' 'https://a.example/)'; do
    run -2 pages --contact "$wrong" < /dev/null
  done
  for wrong in "" $'us\r\nX: y' 'Zoë'; do
    run -2 pages --user-agent "$wrong" < /dev/null
    contains "$output" "--user-agent: expected one line of ASCII characters"
  done
}

@test "an overloaded server is asked again after a pause" {
  source_of a https://tired.example/twice > sources
  [ "$(pages < sources | in_short)" = "a|200|false|at last|" ]
  [ "$(jq -s 'map(select(.target == "/twice")) | length' "$world/requests.ndjson")" = 3 ]
}

@test "only a few pages are requested from a host at once" {
  source_of c https://crowd.example/ '"follow":"/p[0-9]"' > sources
  [ "$(pages < sources | jq -r .body | tail -n +2 | xargs)" = "1 2 3 4 5 6 7 8" ]
  [ "$(counted "$world" crowd.example .max_open)" = 2 ]
}

@test "the result of a page follows from network, retries, cache and expectations, on a virtual clock" {
  run -0 "$(dirname "$bin")/test/fetch-sources/page_fetcher"
  [ -z "$output" ]
}

@test "a source leads to a limited number of pages, and the cache keeps their copies, on a virtual clock" {
  run -0 "$(dirname "$bin")/test/fetch-sources/source_run"
  [ -z "$output" ]
}

@test "a page is fetched through a redirect that sets a cookie, with status 203, and with gzip that no header names" {
  for page in cookie 203 unsaid-gzip; do source_of $page https://list.example/$page; done > sources
  [ "$(pages < sources | in_short)" = "cookie|200|false|behind a cookie|
203|203|false|changed on the way|
unsaid-gzip|200|false|packed|" ]
  [ "$(pages --tries 1 < <(source_of cookie https://list.example/cookie) | in_short)" = "cookie|200|false|behind a cookie|" ]
  [ "$(jq -s 'map(select(.target == "/cookie")) | length' "$world/requests.ndjson")" = 4 ]  # no cookie outlives its page
}

@test "--summary counts pages, in total and by source" {
  { source_of a https://list.example/plain; source_of b https://faults.example/404; } > sources
  pages --summary summary < sources > /dev/null
  [ "$(jq -c 'del(.seconds, .requests)' summary)" = '{"kind":"summary","stage":"fetch-sources","pages":2,"fresh":1,"unchanged":0,"from_cache":0,"without_text":1,"blocked":0,"bytes":5,"errors":{"http-error":1},"sources":[{"source":"a","pages":1,"failed":0,"from_cache":0},{"source":"b","pages":1,"failed":1,"from_cache":0,"error":"http-error"}]}' ]
}

@test "gzip, deflate, brotli and zstd are unpacked" {
  for packing in gzip deflate br zstd; do source_of $packing https://packed.example/$packing; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r .body <<< "$output" | sort | uniq -c | xargs)" = "4 Grüße" ]
}

@test "text in any encoding becomes UTF-8; bytes that can't be read are replaced" {
  encoded() { printf '%b' "$3" > "$1"; source_of "$2" "file:$1"; }
  { encoded a.txt utf-8 'Gr\xc3\xbc\xc3\x9fe'
    encoded b.txt windows-1252 'Gr\xfc\xdfe \x84x\x93'
    encoded c.txt bom-8 '\xef\xbb\xbfGr\xc3\xbc'
    encoded d.txt bom-16le '\xff\xfeG\x00r\x00\xfc\x00'
    encoded e.txt bom-16be '\xfe\xff\x00G\x00r\x00\xfc'
    encoded f.html meta '<meta charset="koi8-r">\xd0\xd2'
    encoded g.html meta-old "<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x93\xfa"
    encoded h.html xml '<?xml version="1.0" encoding="iso-8859-2"?>\xb1'
    encoded i.html meta-unknown '<meta charset="../../etc/x">Gr\xfc'
    encoded j.html meta-lies '<meta charset="utf-16">Gr\xc3\xbc'
    encoded k.html broken-8 '<meta charset=utf8>Gr\xc3\xbc\xff\xc3'
    encoded o.html beyond-8 '<meta charset=utf8>a\xf4\xa5\xa5\xa5\xed\xa0\x80\xc0\x80z'
    encoded l.json json '"Gr\xc3\xbc\xff"'
    encoded m.txt nul 'ä\x00b'
    encoded p.txt utf-16-unsaid 'a\x00'
    encoded q.html iso-2022-jp '<meta charset=iso-2022-jp>\x1b$BF|\x1b(B'
    encoded n.html hebrew '<meta charset=windows-1255>\xf9\xc1'
  } > sources
  run -0 --separate-stderr fetch-sources < sources
  diff - <(jq -r '[.source, (.body | gsub("<[^>]*>"; ""))] | join(" ")' <<< "$output") <<'END'
utf-8 Grüße
windows-1252 Grüße „x“
bom-8 Grü
bom-16le Grü
bom-16be Grü
meta пр
meta-old 日
xml ą
meta-unknown Grü
meta-lies Grü
broken-8 Grü��
beyond-8 a���������z
json "Grü�"
nul ä�b
utf-16-unsaid a�
iso-2022-jp 日
hebrew שֱ
END
}

@test "the encoding in the header is preferred to the one in the page" {
  for page in served koi8; do source_of $page https://encodings.example/$page; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '.body | split(">")[-1]' <<< "$output" | xargs)" = "Grüße пр" ]
}

@test "a wrong name of the encoding loses no link" {
  for page in no-utf-16 no-sjis no-utf-8; do source_of $page https://encodings.example/$page; done > sources
  run -0 --separate-stderr pages < sources
  [ "$(jq -r '.body | split("http")[0]' <<< "$output" | xargs)" = "“ “ é" ]
  [ "$(extract-joins <<< "$output" | wc -l)" = 3 ]
}

@test "file sources are read by relative and absolute paths" {
  printf näh > list.md
  { source_of a file:list.md; source_of b "file://$PWD/list.md"; source_of c file:./list.md; } > sources
  run -0 --separate-stderr fetch-sources < sources
  [ "$(jq -r '[.status, .media_type, .body] | join("|")' <<< "$output" | sort | uniq -c | xargs)" = "3 0|text/markdown|näh" ]
}

@test "a source that is not a regular file is not read" {
  echo x > list.md
  mkfifo pipe
  { source_of a file:list.md; source_of b file:///dev/zero; source_of c file:.; source_of d file:pipe; source_of e file:none; source_of f file:-; } > sources
  run -0 --separate-stderr timeout 10 fetch-sources < sources
  [ "$(jq -r '.error.code // "none"' <<< "$output" | xargs)" = "none file file file file file" ]
}

@test "if no page answers at all, the status is 1 and the first reason is printed" {
  { source_of a http://down.example/; source_of b https://faults.example/404; } > sources
  run -1 --separate-stderr pages --tries 1 < sources
  contains "$stderr" "fetch-sources: no source answered, and the cache has no copy of any; the first error: "
  [ "$(wc -l <<< "$output")" = 2 ]
  [ "$(wc -l <<< "$stderr")" = 1 ]
}

@test "a file without a source is an error that shows what a source is; an empty input is none" {
  : > nothing
  echo '{"kind":"annotation"}' > others
  for files in nothing others "others nothing"; do
    run -1 --separate-stderr fetch-sources $files
    [ "$stderr" = "fetch-sources: ${files%% *}: no source is in it; a source is a line like {\"kind\":\"source\",\"id\":\"wiki\",\"url\":\"https://wiki.example/\"}" ]
  done
  for input in /dev/null -; do
    run -0 --separate-stderr fetch-sources $input < /dev/null
    [ -z "$output$stderr" ]
  done
}

@test "an unusable source is reported with file and line" {
  while IFS='|' read -r line expected; do
    run -1 --separate-stderr fetch-sources <<< "$line"
    contains "$stderr" "fetch-sources: stdin:1: $expected"
  done <<'END'
{"kind":"source","id":"a"}|"url" is missing
{"kind":"source","url":"https://a.example/"}|"id" is missing
{"kind":"source","id":"","url":"https://a.example/"}|"id" should not be empty
{"kind":"source","id":1,"url":"https://a.example/"}|"id" should be a string
{"kind":"source","id":"a","url":"ftp://a.example/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://u:p@a.example/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://a.example:25/"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"file://host/list.md"}|"url" should be file:NAME or file:///NAME
{"kind":"source","id":"a","url":"file:"}|"url" should be file:NAME or file:///NAME
{"kind":"source","id":"a","url":"a.example"}|"url" should be a http:, https: or file: URL
{"kind":"source","id":"a","url":"https://a.example/","follow":"("}|"follow" should be a regular expression
{"kind":"source","id":"a","url":"https://a.example/","expect":"["}|"expect" should be a regular expression
END
}

@test "pages get the tags of their source, but not its notes" {
  run -0 pages < <(source_of a https://list.example/plain '"expect":"plain","tags":["t"],"note":"n"')
  [ "$(jq -c '[.tags, .note]' <<< "$output")" = '[["t"],null]' ]
}

@test "a misspelt member or kind of a source is an error that suggests the right word" {
  run -1 --separate-stderr pages < <(source_of a https://list.example/plain '"folow":"x"')
  [ "$stderr" = 'fetch-sources: stdin:1: unknown member "folow"; did you mean "follow"?' ]
  run -1 --separate-stderr pages <<< '{"kind":"sources","id":"a","url":"https://list.example/plain"}'
  [ "$stderr" = 'fetch-sources: stdin:1: unknown kind "sources"; did you mean "source"?' ]
}

@test "-v reports each fault, with a summary at the end" {
  { source_of a https://list.example/plain; source_of b https://faults.example/404; } > sources
  run -0 --separate-stderr pages -v < sources
  contains "$stderr" "fetch-sources: b: https://faults.example/404: http-error: status 404"
  contains "${stderr##*$'\n'}" "2 sources, 2 pages: 1 fresh, 0 unchanged, 0 from the cache, 1 without text; 2 requests"
}

@test "on a terminal, progress is shown and removed at the end" {
  echo plain > list.md
  { source_of a file:list.md; source_of b https://faults.example/stall; } > sources
  TERM=xterm run -0 script -qec "fetch-sources ${flags[*]@Q} --tries 1 --timeout 1 sources > /dev/null" typescript
  contains "$output" "of 2 sources"
  [[ $output == *$'\r\033[K' ]]
}
