// Streams of lines: every byte of the input comes, each line once, in pieces of any size.
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/input.hpp"

FUZZ(text) {
  static const int memory = ::memfd_create("lines", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(memory);
  expect(::ftruncate(memory, 0) == 0);
  expect(::pwrite(memory, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));

  std::string seen;
  std::size_t number = 0;
  for_each_line({path}, {}, "fuzz", [&](const Line& line) {
    expect(line.number == ++number && line.text.find('\n') == line.text.npos);
    seen.append(line.text).push_back('\n');
  });
  if (!text.empty() && text.back() != '\n') seen.pop_back();
  expect(seen == text);

  seen.clear();
  for_each_piece(path, text.size() / 2, [&](std::string_view piece, bool is_last) {
    const std::size_t done = is_last ? piece.size() : piece.size() / 2;
    seen.append(piece.substr(0, done));
    return done;
  });
  expect(seen == text);
  expect(read_file(path) == text);
}
