// The text of an HTML page as a reader sees it: tidy repairs the page, pugixml walks it. Both
// run in a child process with limits, because tidy never returns from some pages, even of 16
// bytes. Then only this text is lost.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct HtmlLimits {
  std::size_t bytes = 4 << 20;     // of the page
  std::size_t depth = 5000;        // open elements; the time of tidy grows with its square
  std::size_t memory = 512 << 20;  // address space of the child
  int cpu_seconds = 2;
  double seconds = 20;  // on the clock, for a child that has to wait for its turn
};

// Text and comments, then the values of attributes. Character references are decoded; blocks
// and values are separated by empty lines. An element that begins or ends inside a line leaves
// "<b>", so that the words beside it stay apart.
Result<std::string> readable_text(std::string_view html, const HtmlLimits& limits = {});

// The most elements that are open at once, judged by their tags.
std::size_t depth_of(std::string_view html);
