// Takes lines in any order and writes them in the order of their places. Up to 64 MiB of lines
// wait in memory, more in a temporary file, so that many large pages behind a slow one take no
// memory.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ndjson/line_writer.hpp"
#include "ndjson/spool.hpp"

class ReorderBuffer {
 public:
  explicit ReorderBuffer(LineWriter& out) : out_{out} {}

  // The line at place `index` of `group`; both count from 0, without gaps.
  void put(std::size_t group, std::size_t index, std::string line);
  // The group has no more lines.
  void close(std::size_t group);

 private:
  struct Waiting {
    std::string line;
    std::optional<Spool::Slot> slot;  // where it is, if it is not in `line`
  };
  void write_what_is_next();
  void write(const Waiting& waiting);

  LineWriter& out_;
  std::size_t group_ = 0, index_ = 0;  // the place that is written next
  std::map<std::pair<std::size_t, std::size_t>, Waiting> waiting_;
  std::set<std::size_t> closed_;
  std::size_t held_ = 0;  // bytes in memory
  std::optional<Spool> spool_;
};
