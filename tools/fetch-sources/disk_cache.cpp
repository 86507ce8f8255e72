#include "disk_cache.hpp"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/system_reason.hpp"
#include "base/time.hpp"
#include "cli/errors.hpp"
#include "cli/new_file.hpp"
#include "crypto/hash.hpp"
#include "ndjson/input.hpp"

namespace fs = std::filesystem;

namespace {

std::string folder_of(const std::string& root, const std::string& source) {
  return root + "/" + sha256_hex(source);
}

std::string file_of(const std::string& folder, const std::string& url) {
  return folder + "/" + sha256_hex(url) + ".json";
}

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw Failure{folder + ": " + error.message()};
}

}  // namespace

DiskCache::DiskCache(std::string folder, Report report)
    : folder_{std::move(folder)}, report_{std::move(report)} {
  if (folder_.empty()) return;
  make_folder(folder_);
  if (::access(folder_.c_str(), W_OK | X_OK) != 0)
    throw Failure{folder_ + ": " + system_reason(errno)};
}

std::optional<CachedPage> DiskCache::find(const std::string& source, const std::string& url) const {
  if (folder_.empty()) return std::nullopt;
  const std::string file = file_of(folder_of(folder_, source), url);
  if (::access(file.c_str(), F_OK) != 0) return std::nullopt;
  const auto damaged = [&](const std::string& why) {
    report_(file + ": not used: " + why);
    return std::nullopt;
  };
  try {
    JsonText memory;
    const Result<JsonView> json = memory.read(read_file(file));
    if (!json) return damaged(json.reason());
    if (!json->object() || kind_of(*json) != CachedPage::kKind)
      return damaged("it holds no cached page");
    const CachedPage page = from_json<CachedPage>(*json);
    if (page.url != url) return damaged("it is of another page");
    if (page.has_body() && !parse_rfc3339(page.fetched_at)) return damaged("it has no time");
    return page;
  } catch (const BadLine& bad) {
    return damaged(bad.why);
  } catch (const Failure& failure) {
    return damaged(failure.what());
  }
}

void DiskCache::keep(const std::string& source, const CachedPage& page) {
  if (folder_.empty()) return;
  const std::string folder = folder_of(folder_, source);
  make_folder(folder);
  const std::string file = file_of(folder, page.url);
  NewFile fresh{file, file + ".new" + std::to_string(::getpid())};
  fresh.write(to_text(page) + "\n");
  fresh.place();
}

void DiskCache::keep_only(const std::string& source, const std::set<std::string>& urls) {
  if (folder_.empty()) return;
  const std::string folder = folder_of(folder_, source);
  std::set<std::string> wanted;
  for (const std::string& url : urls) wanted.insert(file_of(folder, url));
  std::error_code ignored;  // the next run tries again
  for (const auto& entry : fs::directory_iterator{folder, ignored})
    if (!wanted.count(entry.path().string())) fs::remove(entry.path(), ignored);
}
