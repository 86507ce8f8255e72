// Times of strangers (Retry-After) and ours (RFC 3339).
#include "base/time.hpp"
#include "fuzz.hpp"
#include "http/retry_after.hpp"

FUZZ(text) {
  if (const auto seconds = retry_after(text, 1795378493)) expect(*seconds >= 0);
  if (const auto time = parse_rfc3339(text)) {
    expect(rfc3339(*time) == text);
    expect(day_of(*time) == text.substr(0, 10));
  }
}
