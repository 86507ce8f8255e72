// Writes all of a text to a file descriptor. Returns false if that fails, with the reason in errno.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string_view>

inline bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}
