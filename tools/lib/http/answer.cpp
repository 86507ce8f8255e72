#include "base/ascii.hpp"
#include "http/client.hpp"

std::string_view HttpAnswer::header(std::string_view name) const {
  for (const std::string_view line : headers)
    if (line.starts_with(name) && line.substr(name.size()).starts_with(':'))
      return trim(line.substr(name.size() + 1));
  return {};
}
