// Decides whether an answer is a good page. No network, no clock, no disk.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "http/client.hpp"
#include "page_cache.hpp"
#include "pattern.hpp"
#include "record/page.hpp"

// What a good page holds.
struct Expectation {
  enum Kind {
    anything,
    links,            // something that may be a join link
    links_as_before,  // links, if the cached page holds some
    pattern           // what `expression` matches
  };
  Kind kind = anything;
  const Pattern* expression = nullptr;
};

struct Verdict {
  enum Kind {
    fresh,       // a good page, in `body`
    unchanged,   // the cached page is still the current one
    unexpected,  // a page, in `body`, that does not hold what is expected
    retry,       // no page; another try may help
    failed       // no page; another try would not help
  };
  Kind kind = fresh;
  PageFault fault{};                  // of the last three
  std::string text;                   // of the last three: details for people
  std::optional<double> retry_after;  // seconds that the server asks to wait for
  std::string media_type, body;       // the body in UTF-8
};

struct AnswerContext {
  const CachedPage* cached = nullptr;  // the last good copy
  UnixTime now = 0;
  std::size_t most_bytes = 8 << 20;  // of a body, unpacked
  Expectation expect;
};

// A page that has shrunk to white space, or to less than a twentieth of its cached copy, is
// refused until the copy is a week old.
Verdict judge(const HttpAnswer& answer, const AnswerContext& context);

// Whether the cached page is young enough to serve in place of an unexpected page: a week.
bool may_replace_unexpected(const CachedPage& cached, UnixTime now);

// The pause before try number `tries + 1`: `first`, doubled with each try, times 0.5 to 1.5 as
// `chance` goes from 0 to 1.
double pause_after(int tries, double first, double chance);
