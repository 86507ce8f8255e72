#include "http/client.hpp"

std::string_view HttpAnswer::header(std::string_view name) const {
  for (const std::string& line : headers) {
    const std::string_view text = line;
    if (text.size() <= name.size() || text[name.size()] != ':' ||
        text.substr(0, name.size()) != name)
      continue;
    std::string_view value = text.substr(name.size() + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    return value;
  }
  return {};
}
