// The last good copies of pages, as an interface: DiskCache (disk_cache.hpp) keeps them in
// files, tests keep them in memory.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "record/fields.hpp"

struct CachedPage {
  static constexpr std::string_view kKind = "cached-page";
  std::string url;                                 // as it is requested
  std::string final_url;                           // after redirects
  std::string fetched_at;                          // when the web last had this body; "": never
  std::optional<std::string> etag, last_modified;  // as the server gave them
  std::optional<std::string> not_before;           // the server wants no request until then
  std::string media_type;
  std::string body;
  Json::Object unknown_members;

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

class PageCache {
 public:
  virtual ~PageCache() = default;

  virtual std::optional<CachedPage> find(const std::string& source,
                                         const std::string& url) const = 0;
  virtual void keep(const std::string& source, const CachedPage& page) = 0;  // throws Failure
  // Drops the pages of a source that are not among `urls`.
  virtual void keep_only(const std::string& source, const std::set<std::string>& urls) = 0;
};
