#include "checked_source.hpp"

#include "http/http_url.hpp"

CheckedSource::CheckedSource(Source from) : source{std::move(from)} {
  if (source.id.empty()) throw BadLine{"\"id\" should not be empty"};
  if (is_file_url(source.url)) {
    if (path_of_file_url(source.url).empty())
      throw BadLine{"\"url\" should be file:NAME or file:///NAME"};
  } else if (const auto url = parse_http_url(source.url); !url) {
    throw BadLine{"\"url\" should be a http:, https: or file: URL: " + url.reason()};
  }
  if (source.follow) follow.emplace(*source.follow, "follow");
  if (source.expect) expect.emplace(*source.expect, "expect");
}

Expectation CheckedSource::expectation() const {
  if (expect) return {Expectation::pattern, &*expect};
  const bool has_links_elsewhere = follow || is_file_url(source.url);
  return {has_links_elsewhere ? Expectation::anything : Expectation::links, nullptr};
}

bool is_file_url(const std::string& url) { return url.starts_with("file:"); }

std::string path_of_file_url(const std::string& url) {
  std::string path = url.substr(5);
  if (!path.starts_with("//")) return path.empty() ? "" : path[0] == '/' ? path : "./" + path;
  return path.starts_with("///") ? path.substr(2) : "";
}
