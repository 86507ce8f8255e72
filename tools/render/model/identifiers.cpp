#include "model/identifiers.hpp"

#include "url/join_url.hpp"

bool is_server_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_identifier(std::string_view text) {
  const auto plus = text.find('+');
  return plus != std::string_view::npos && is_token(text.substr(0, plus)) &&
         is_server_id(text.substr(plus + 1));
}
