// The page cache on disk: one JSON object in each file,
//
//   DIR/<SHA-256 of the source's id>/<SHA-256 of the URL>.json
//
// so that no file has a name from a stranger, and a hostile page can only affect the pages of its
// own source. Files are written beside their place and renamed into it. A damaged file is
// reported, and counts as missing.
#pragma once

#include <functional>

#include "page_cache.hpp"

class DiskCache : public PageCache {
 public:
  using Report = std::function<void(const std::string&)>;

  // Without a folder ("") nothing is found and nothing is kept. Throws Failure if the folder
  // cannot be made or written to.
  DiskCache(std::string folder, Report report);

  std::optional<CachedPage> find(const std::string& source, const std::string& url) const override;
  void keep(const std::string& source, const CachedPage& page) override;
  void keep_only(const std::string& source, const std::set<std::string>& urls) override;

 private:
  std::string folder_;
  Report report_;
};
