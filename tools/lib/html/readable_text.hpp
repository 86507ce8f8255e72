// The text of an HTML page as a reader meets it: tidy repairs the page, pugixml
// walks it. Both run in a child process, because there are pages of 16 bytes
// that tidy never returns from: it is ended at a limit, and nothing is lost but
// this text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct HtmlLimits {
  std::size_t bytes = 4 << 20;     // of the page
  std::size_t depth = 5000;        // open elements; tidy takes time with its square
  std::size_t memory = 512 << 20;  // address space of the child
  int cpu_seconds = 2;
  double seconds = 20;  // on the clock, for a child that has to wait for its turn
};

// Text and comments, then the values of attributes; character references are
// decoded, blocks and values are set apart by empty lines. Where an element
// begins or ends inside a line, "<b>" stands: words do not flow together there.
Result<std::string> readable_text(std::string_view html, const HtmlLimits& limits = {});

// How many elements are open at once at most, as far as their tags tell.
std::size_t depth_of(std::string_view html);
