// A source record, checked and ready to use.
#pragma once

#include <optional>

#include "pattern.hpp"
#include "record/source.hpp"
#include "verdict.hpp"

struct CheckedSource {
  explicit CheckedSource(Source source);  // throws BadLine

  // What a good page at the source's own URL holds: what `expect` says. Without it: links, or
  // anything if the links are on other pages (`follow`) or a person wrote the page (file:).
  Expectation expectation() const;

  Source source;
  std::optional<Pattern> follow, expect;
};

bool is_file_url(const std::string& url);

// The path of file:NAME, relative to the working directory, or of file:///NAME; "" for other
// forms.
std::string path_of_file_url(const std::string& url);
