#include "http/retry_after.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

std::optional<double> retry_after(std::string_view value, UnixTime now) {
  if (value.empty() || value.size() > 64) return std::nullopt;
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    double seconds = 0;
    std::from_chars(value.data(), value.data() + value.size(), seconds);
    return seconds;
  }
  const time_t date = curl_getdate(std::string{value}.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return static_cast<double>(std::max<UnixTime>(0, UnixTime{date} - now));
}
