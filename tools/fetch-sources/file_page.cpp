#include "file_page.hpp"

#include <sys/stat.h>

#include "charset.hpp"
#include "cli/errors.hpp"
#include "ndjson/input.hpp"

namespace {

std::string type_of_name(std::string_view path) {
  if (path.ends_with(".html") || path.ends_with(".htm")) return "text/html";
  if (path.ends_with(".md")) return "text/markdown";
  if (path.ends_with(".json")) return "application/json";
  if (path.ends_with(".txt")) return "text/plain";
  return "";
}

}  // namespace

FetchedPage read_file_page(const CheckedSource& source, std::size_t most, UnixTime now) {
  const std::string path = path_of_file_url(source.source.url);
  FetchedPage page;
  page.fetched_at = rfc3339(now);
  page.final_url = source.source.url;
  const auto fail = [&](PageFault fault, std::string text) {
    page.error = {fault, std::move(text)};
  };
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    fail(PageFault::file, path + ": expected a regular file");
  } else if (status.st_size > static_cast<off_t>(most)) {
    fail(PageFault::too_big, "more than " + std::to_string(most) + " bytes");
  } else {
    try {
      page.body = to_utf8(read_file(path), type_of_name(path));
      page.media_type = type_of_name(path);
      if (page.body.empty())
        fail(PageFault::empty, "a file of 0 bytes");
      else if (source.expect && !source.expect->is_in(page.body))
        fail(PageFault::unexpected, "nothing in the file matches the source's \"expect\"");
    } catch (const Failure& failure) {
      fail(PageFault::file, failure.what());
    }
  }
  return page;
}
