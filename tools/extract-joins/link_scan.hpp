// Finds join links in a text of any kind: HTML, Markdown, JSON, code, prose.
//
// Text is passed over at the speed of memory until the word "public" or "_key"
// stands there, or a letter of "public" as a character reference; most of what
// follows is read as it stands, and only the rest is undone (cells.hpp) and
// read again. Time is proportional to the text, whatever it holds.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candidate.hpp"
#include "url/join_url.hpp"

// A join link, or what looks like one.
struct Sighting {
  std::size_t begin = 0, end = 0;  // where it stands in the text
  std::optional<JoinUrl> url;
  std::string reason;         // why there is no url
  bool meets_markup = false;  // no url, but a parser of HTML may see one
  unsigned undone = 0;        // kinds of Undone
};

// The links of one text, which may come in pieces:
//
//   LinkScan scan{[&](std::string_view text, const Sighting& sighting) { … }};
//   scan.look_at(text, true);
class LinkScan {
 public:
  using Use = std::function<void(std::string_view text, const Sighting& sighting)>;
  explicit LinkScan(Use use) : use_{std::move(use)} {}

  struct Window {
    std::size_t back, ahead;  // bytes around an anchor
  };

  // Looks at what is new in `text`, and tells how many bytes of its front are
  // not needed any more. The next call gets the text without them, and with more
  // at the end. `is_last`: nothing more will come.
  std::size_t look_at(std::string_view text, bool is_last);

 private:
  bool read_plain(std::string_view text, std::size_t anchor);
  void read_undone(std::string_view text, std::size_t anchor);
  bool read_window(std::string_view text, std::size_t anchor, Window window, bool is_widest);
  bool looks_promising(std::string_view text, std::size_t anchor);
  void tell(std::string_view text, Sighting sighting);

  Use use_;
  std::size_t next_ = 0;   // from here on nothing was looked at
  std::size_t floor_ = 0;  // before this, everything belongs to another link
  std::vector<Cell> cells_, decoded_;
};
