// The last good copies of pages, on disk: one JSON object a file,
//
//   DIR/<SHA-256 of the source's id>/<SHA-256 of the URL>.json
//
// so that no file is named by what strangers write, and a hostile page can only
// touch the copies of its own source. Files are written beside their place and
// renamed into it. A damaged file counts as none, with a note.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "record/fields.hpp"

struct Copy {
  static constexpr std::string_view kKind = "copy";
  std::string url;                                 // as asked for
  std::string final_url;                           // after redirects
  std::string fetched_at;                          // when the web last had this body; "": never
  std::optional<std::string> etag, last_modified;  // as the server gave them
  std::optional<std::string> not_before;           // the server asked to be left alone until then
  std::string media_type;
  std::string body;
  Json::Object others;

  bool has_body() const { return !fetched_at.empty(); }

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("url", self.url);
    visit("final_url", self.final_url);
    visit("fetched_at", self.fetched_at);
    visit("etag", self.etag);
    visit("last_modified", self.last_modified);
    visit("not_before", self.not_before);
    visit("media_type", self.media_type);
    visit("body", self.body);
  }
};

class Copies {
 public:
  using Note = std::function<void(const std::string&)>;

  // "" for no folder: nothing is found, nothing is kept. Throws Failure if the folder
  // can't be made or written to.
  explicit Copies(std::string folder, Note note);

  std::optional<Copy> find(const std::string& source, const std::string& url) const;
  void keep(const std::string& source, const Copy& copy) const;  // throws Failure
  // Drops the copies of a source's pages that are not among `urls`.
  void drop_others(const std::string& source, const std::set<std::string>& urls) const;

 private:
  std::string folder_;
  Note note_;
};
