#include "pattern.hpp"

#include <regex>

#include "ndjson/bad_line.hpp"

namespace {

constexpr std::size_t kWindow = 2048;
constexpr std::size_t kFarthestKey = 9;  // bytes between "public" and "key"

}  // namespace

struct Pattern::Regex {
  std::regex compiled;
};

Pattern::Pattern(const std::string& expression, std::string_view member) {
  if (expression.find_first_of("^$\\.*+?()[]{}|") == std::string::npos) literal_ = expression;
  try {
    regex_ = std::make_shared<const Regex>(
        Regex{std::regex{expression, std::regex::ECMAScript | std::regex::optimize}});
  } catch (const std::regex_error& error) {
    throw BadLine{"\"" + std::string{member} +
                  "\" should be a regular expression: " + error.what()};
  }
}

bool Pattern::is_in(std::string_view text) const {
  if (literal_) return text.find(*literal_) != std::string_view::npos;
  for (std::size_t begin = 0;; begin += kWindow / 2) {
    const std::string_view window = text.substr(begin, kWindow);
    const bool is_last = begin + kWindow >= text.size();
    auto flags = std::regex_constants::match_default;
    if (begin > 0) flags |= std::regex_constants::match_not_bol;
    if (!is_last) flags |= std::regex_constants::match_not_eol;
    if (std::regex_search(window.begin(), window.end(), regex_->compiled, flags)) return true;
    if (is_last) return false;
  }
}

bool may_hold_links(std::string_view text) {
  constexpr std::string_view kFirst = "public", kSecond = "key";
  for (auto at = text.find(kFirst); at != std::string_view::npos; at = text.find(kFirst, at + 1)) {
    const std::string_view next = text.substr(at + kFirst.size(), kFarthestKey + kSecond.size());
    if (next.find(kSecond) != std::string_view::npos) return true;
  }
  return false;
}
