// Reads lines from files or standard input, as `cat` does.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/json.hpp"

// A line of the input; `text` is valid until the next line is read.
struct Line {
  std::string_view text;  // without its newline
  std::string_view file;  // as named on the command line, or "stdin"
  std::size_t number;     // from 1

  std::string place() const;  // "stdin:17"
  // The JSON object on this line, read into `memory`. Throws BadLine for anything else.
  JsonView json(JsonText& memory) const;
};

// Calls `use` for every line of the files, in order ("-" and no files at all: standard input).
// Memory: one line, and a buffer of 256 KiB.
using UseLine = std::function<void(const Line&)>;
void for_each_line(const std::vector<std::string>& files, const UseLine& use);
