// Unpacks gzip that no HTTP header announced.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

// Whether the bytes begin as gzip does.
bool is_gzip(std::string_view bytes);

struct GunzipFailure {
  bool is_too_big;
  std::string text;
};

// The unpacked bytes; a failure if they are more than `most`.
Result<std::string, GunzipFailure> gunzip(std::string_view bytes, std::size_t most);
