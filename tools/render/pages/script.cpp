#include "pages/script.hpp"

#include <algorithm>

std::string published_script(std::string_view script) {
  std::string text;
  for (std::size_t at = 0; at < script.size();) {
    const std::size_t end = std::min(script.find('\n', at), script.size());
    std::string_view line = script.substr(at, end - at);
    at = end + 1;
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty() || line.starts_with("//")) continue;
    if (std::count(line.begin(), line.end(), '`') % 2 != 0) return std::string{script};
    text.append(line) += '\n';
  }
  return text;
}
