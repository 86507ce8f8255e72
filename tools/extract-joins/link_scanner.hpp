// Finds join links in a text of any kind: HTML, Markdown, JSON, code, prose.
//
// The scanner searches for triggers (triggers.hpp) at the speed of memory: "public", "_key", or a
// letter of "public" as a character reference. It reads most links without decoding; the others
// are decoded (decoded_text.hpp) and read again. Time is proportional to the size of the text,
// also for hostile text.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "read_link.hpp"

// A join link, or a text that looks like one.
struct LinkMatch {
  std::size_t begin = 0, end = 0;  // where it stands in the text
  std::optional<JoinUrl> url;
  std::optional<LinkRefusal> refusal;  // why there is no url
  std::optional<BaseUrl> base;         // of a refused link, if its host is clear
  bool meets_markup = false;           // no url, but an HTML parser may find one
  unsigned encodings = 0;              // values of Encoding
};

// The links of one text, which may come in pieces:
//
//   LinkScanner scanner{[&](std::string_view text, const LinkMatch& match) { … }};
//   scanner.scan(text, true);
class LinkScanner {
 public:
  using Use = std::function<void(std::string_view text, const LinkMatch& match)>;
  explicit LinkScanner(Use use) : use_{std::move(use)} {}

  struct Window {
    std::size_t back, ahead;  // bytes around a trigger
  };

  // Scans the new part of `text`, and returns how many bytes at its front are no longer needed. The
  // next call gets the text without them, and with more at the end. `is_last`: no more follows.
  std::size_t scan(std::string_view text, bool is_last);
  // How many characters were decoded, so that tests can count the work.
  std::size_t decoded() const { return decoded_; }

 private:
  bool read_plain(std::string_view text, std::size_t trigger);
  void read_decoded(std::string_view text, std::size_t trigger);
  bool read_window(std::string_view text, std::size_t trigger, Window window, bool is_widest);
  bool looks_promising(std::string_view text, std::size_t trigger);
  void tell(std::string_view text, const LinkMatch& match);

  Use use_;
  std::size_t next_ = 0;             // the text is scanned up to here
  std::size_t floor_ = 0;            // everything before belongs to another link
  bool floor_follows_text_ = false;  // letters or digits of no link stand right before floor_
  std::size_t decoded_ = 0;
  std::vector<DecodedChar> chars_, percent_decoded_;
};
