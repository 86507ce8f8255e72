// The page of a source, or why there is none.
#pragma once

#include "base/word.hpp"
#include "record/fields.hpp"

// Why there is no fresh and good body.
enum class PageFault {
  dns,              // the name was not found
  proxy,            // the proxy could not be reached
  refused,          // no connection was made
  timeout_connect,  // no connection in time
  timeout_read,     // connected, then too slow
  timeout,          // the time for the source is over
  tls,              // the certificate is not valid, or TLS failed
  blocked_address,  // the address is not public
  not_asked,        // too much was asked of its address
  too_big,          // the body, the headers, or all pages of the source together
  redirect,         // one that is not followed, or one too many
  broken,           // cut short, or not HTTP
  bad_encoding,     // the body is not compressed as the server says
  http_error,       // a status other than 200 and 203
  not_text,         // a media type that holds no text
  empty,            // the page has shrunk to nothing
  unexpected,       // the page does not hold what the source says it holds
  not_before,       // the server wants no request yet
  offline,          // --offline
  file              // the file cannot be read
};
constexpr auto words_of(PageFault) {
  return words<PageFault::file>("dns", "proxy", "refused", "timeout-connect", "timeout-read",
                                "timeout", "tls", "blocked-address", "not-asked", "too-big",
                                "redirect", "broken", "bad-encoding", "http-error", "not-text",
                                "empty", "unexpected", "not-before", "offline", "file");
}

struct PageError {
  PageFault code = PageFault::broken;
  std::string text;  // for people

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("text", self.text);
  }
};

struct Page {
  static constexpr std::string_view kKind = "page";

  std::string source;              // the id of its source
  std::string url;                 // as it was asked for
  std::string fetched_at;          // when the web last had this body; old for a cached one
  std::int64_t status = 0;         // HTTP status of the last try; 0: no answer, or file:
  std::string media_type;          // lower case, without parameters; "" if not told
  bool from_cache = false;         // the body is the last good copy
  std::optional<PageError> error;  // why there is no fresh and good body
  std::vector<std::string> tags;   // of its source
  std::string body;                // text in UTF-8; "" if there is none
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("url", self.url);
    visit("fetched_at", self.fetched_at);
    visit("status", self.status);
    visit("media_type", self.media_type);
    visit("from_cache", self.from_cache);
    visit("error", self.error);
    visit("tags", self.tags);
    visit("body", self.body);
  }
};

RECORD_COMPILED_ONCE(Page);
