# What the code may include and link, so that each part can be read, tested and replaced by itself.

setup() {
  load helper.bash
  cd "$root/tools"
}

@test "only the two network tools link libcurl" {
  for tool in fetch-sources extract-joins probe-servers dedupe render; do
    ldd "$bin/$tool" | grep -q libcurl && echo "$tool"
  done > "$BATS_TEST_TMPDIR/linked" || true
  [ "$(xargs < "$BATS_TEST_TMPDIR/linked")" = "fetch-sources probe-servers" ]
}

# The libraries by the beginnings of their headers. The parser of pages is two that work as one (tidy repairs what
# pugixml then reads), and so is the cryptography (libsodium has no AES-GCM for every machine, and no MD5).
libraries='curl/=curl zlib=zlib tidy/=html pugixml=html rapidjson/=json sodium=crypto openssl/=crypto idn2=idn libpsl=psl utf8proc=utf8proc
  brotli/=brotli qrencode=qr png=png cld2/=cld2'

# Prints FOLDER LIBRARY for every header of a library that is included below tools/.
uses() {
  grep -rnoE '#include <[a-z0-9]+[/.]' --include='*.?pp' . | sed -E 's|^\./([^:]*)/[^/:]*:[0-9]*:#include <|\1 |' | sort -u |
    while read -r folder header; do
      for library in $libraries; do
        [[ $header != "${library%=*}"* ]] || echo "$folder ${library#*=}"
      done
    done | sort -u
}

@test "each outside library is included in one folder of tools/lib, and no folder includes two" {
  uses > "$BATS_TEST_TMPDIR/uses"
  cut -d ' ' -f 2 "$BATS_TEST_TMPDIR/uses" | sort > "$BATS_TEST_TMPDIR/libraries"
  diff <(tr ' ' '\n' <<< "$libraries" | sed -n 's/.*=//p' | sort -u) "$BATS_TEST_TMPDIR/libraries"  # each, and once
  [ -z "$(cut -d ' ' -f 1 "$BATS_TEST_TMPDIR/uses" | uniq -d)" ]
  run -1 grep -v '^lib/' "$BATS_TEST_TMPDIR/uses"
}

@test "every header that is not the project's, the language's or the system's is of a known library" {
  local known
  known=$(tr ' ' '\n' <<< "$libraries" | sed -n 's/\(.*\)=.*/\1/p' | paste -sd '|')
  grep -rhoE '#include <[^>]+>' --include='*.?pp' . | sort -u | sed 's/#include <\(.*\)>/\1/' |
    grep -vE "^($known)" > "$BATS_TEST_TMPDIR/others"
  # Headers with a suffix belong to the C library: the compiler finds them by itself.
  grep '[.]' "$BATS_TEST_TMPDIR/others" > "$BATS_TEST_TMPDIR/system"
  local gnu=/usr/include/$(gcc -print-multiarch)
  run -0 bash -c 'while read -r h; do [ -e "$0/$h" ] && echo "$0/$h" || echo "/usr/include/$h"; done | xargs dpkg -S' "$gnu" < "$BATS_TEST_TMPDIR/system"
  run -1 grep -v '^libc6-dev' <<< "$output"
}

# Two types of one name in one program are one to the linker, which keeps the functions of either.
@test "every type in a header has a name of its own" {
  grep -rhoE '^(struct|class|union|enum class) [A-Za-z]+( final)?( :[^;]*)? \{' --include='*.hpp' . | sed -E 's/^(enum )?[a-z]+ ([A-Za-z]+).*/\2/' |
    sort > "$BATS_TEST_TMPDIR/types"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/types")" -gt 100 ]
  diff /dev/null <(uniq -d "$BATS_TEST_TMPDIR/types")
}

@test "a build says which file of how many it compiles" {
  run -0 make -C "$root" -n -W tools/lib/base/time.cpp -o build/.packages all V=
  [[ $output =~ "'["[0-9]+"/$(find . -name '*.cpp' | wc -l)] tools/lib/base/time.cpp'" ]]
}

@test "tools/lib includes no program's headers, no program another one's, and the folders of tools/lib include each other without circles" {
  # FOLDER FOLDER: the first includes a header of the second.
  grep -rnoE '#include "[^"]+/' --include='*.?pp' lib | sed -E 's|^lib/([^/]*)/[^:]*:[0-9]*:#include "([^/]*)/.*|\1 \2|' |
    awk '$1 != $2' | sort -u > "$BATS_TEST_TMPDIR/pairs"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/pairs")" -gt 10 ]
  while read -r _ included; do [ -d "lib/$included" ] || { echo "$included"; return 1; }; done < "$BATS_TEST_TMPDIR/pairs"
  run -0 tsort "$BATS_TEST_TMPDIR/pairs" # says so of a circle, with status 1
  for tool in fetch-sources extract-joins probe-servers dedupe render; do
    # Each header is in the tool's folder or in lib/, so it belongs to no other tool.
    while IFS=: read -r file name; do
      [ -e "$tool/$name" ] || [ -e "lib/$name" ] || [ -e "$(dirname "$file")/$name" ] || { echo "$file includes $name"; return 1; }
    done < <(grep -roE '#include "[^"]+"' --include='*.?pp' "$tool" | sed -E 's/:#include "(.*)"/:\1/')
  done
}

@test "every file and folder that ARCHITECTURE.md names exists, and it names every program and folder of tools/lib" {
  cd "$root"
  grep -oE '`[^`]+`' ARCHITECTURE.md | tr -d '`' | grep -E '^(tools|test|sites|languages)/' | sort -u > "$BATS_TEST_TMPDIR/named"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/named")" -gt 50 ]
  while read -r name; do [ -e "$name" ] || { echo "$name"; return 1; }; done < "$BATS_TEST_TMPDIR/named"
  for folder in tools/lib/*/ $(ls tools/*/main.cpp | xargs dirname | sed 's|$|/|'); do grep -qxF "$folder" "$BATS_TEST_TMPDIR/named" || { echo "$folder"; return 1; }; done
}

@test "the top of the tree holds only what belongs there" {
  run -0 git -C "$root" ls-files
  diff <(cut -d / -f 1 <<< "$output" | sort -u) <(printf '%s\n' .ci .clang-format .dockerignore .editorconfig .gitignore ARCHITECTURE.md \
    CHANGELOG.md CONTRIBUTING.md LICENSE Makefile README.md languages output packages.txt pipeline.mk screenshot.png sites test tools | sort)
}

@test "the README names every source that is crawled" {
  run -0 jq -r '"(\(.url))"' fetch-sources/sources.ndjson
  for url in "${lines[@]}"; do grep -qF "$url" "$root/README.md" || { echo "$url"; return 1; }; done
}

@test "every link from a document of this tree to another one leads to a file and a heading" {
  run -0 /usr/bin/python3 - "$root" <<'PYTHON'
import pathlib, re, subprocess, sys
root = pathlib.Path(sys.argv[1])
documents = [root / name for name in subprocess.check_output(["git", "-C", root, "ls-files", "*.md"], text=True).split()]
def anchors(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, flags=re.M)}
links = 0
for document in documents:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if ":" in target: continue
        links += 1
        name, _, anchor = target.partition("#")
        file = document.parent / name if name else document
        if not file.exists() or anchor and anchor not in anchors(file.read_text()): print(document, target)
assert links > 20, links
PYTHON
  [ -z "$output" ]
}

@test "a file that uses an algorithm includes <algorithm> itself" {
  cd "$root"
  run -1 bash -c 'grep -rlE "std::(clamp|(stable_|is_)?sort|min|max|(min|max)_element|find_if|(any|all|none)_of|count(_if)?|copy|(lower|upper)_bound|unique|reverse|transform|equal|nth_element|fill|rotate|partition|remove_if|search|merge|includes)\(" tools test --include=*.cpp |
    xargs grep -LF "<algorithm>" | while read -r file; do [ -e "${file%.cpp}.hpp" ] && grep -qF "<algorithm>" "${file%.cpp}.hpp" || echo "$file"; done | grep .'
  [ -z "$output" ]
}
