#include "http/client.hpp"

const char* word_of(HttpFault fault) {
  switch (fault) {
    case HttpFault::ok:
      return "ok";
    case HttpFault::proxy:
      return "proxy";
    case HttpFault::dns:
      return "dns";
    case HttpFault::refused:
      return "refused";
    case HttpFault::timeout_connect:
      return "timeout-connect";
    case HttpFault::timeout_read:
      return "timeout-read";
    case HttpFault::tls:
      return "tls";
    case HttpFault::blocked_address:
      return "blocked-address";
    case HttpFault::not_asked:
      return "not-asked";
    case HttpFault::too_big:
      return "too-big";
    case HttpFault::redirect:
      return "redirect";
    case HttpFault::bad_encoding:
      return "bad-encoding";
    case HttpFault::broken:
      break;
  }
  return "broken";
}

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
