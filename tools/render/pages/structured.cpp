#include "pages/structured.hpp"

#include "ndjson/json.hpp"

namespace {

// A "<" in the text of a script element could end it.
std::string in_script(const Json& json) {
  std::string out;
  for (const char c : to_text(json)) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A translation; "" if it is missing, and never its name.
Json text_of(const Views& views, std::string_view name) {
  const std::string* text = views.language().translations.find(name);
  return Json{text ? *text : std::string{}};
}

Json download(const Views& views, const char* file, const char* type) {
  return Json{Json::Object{{"@type", Json{"DataDownload"}},
                           {"encodingFormat", Json{type}},
                           {"contentUrl", Json{views.url_of(file)}}}};
}

}  // namespace

std::string structured_website(const Views& views) {
  if (views.options().site_url.empty()) return {};
  return in_script(Json{Json::Object{{"@context", Json{"https://schema.org"}},
                                     {"@type", Json{"WebSite"}},
                                     {"name", text_of(views, "site_name")},
                                     {"inLanguage", Json{views.language().code}},
                                     {"url", Json{views.url_of(views.path_of("index.html"))}}}});
}

std::string structured_dataset(const Views& views) {
  if (views.options().site_url.empty()) return {};
  return in_script(Json{
      Json::Object{{"@context", Json{"https://schema.org"}},
                   {"@type", Json{"Dataset"}},
                   {"name", text_of(views, "site_name")},
                   {"description", text_of(views, "data_lede")},
                   {"license", Json{views.options().licence_url()}},
                   {"url", Json{views.url_of(views.path_of("data.html"))}},
                   {"dateModified", Json{rfc3339(views.model().generated_at)}},
                   {"isAccessibleForFree", Json{true}},
                   {"distribution",
                    Json{Json::Array{download(views, "communities.json", "application/json"),
                                     download(views, "communities.ndjson", "application/x-ndjson"),
                                     download(views, "communities.csv", "text/csv"),
                                     download(views, "servers.json", "application/json"),
                                     download(views, "tags.json", "application/json"),
                                     download(views, "history.json", "application/json")}}}}});
}

std::string structured_breadcrumbs(const Views& views, std::string_view community_name,
                                   const std::string& path) {
  if (views.options().site_url.empty()) return {};
  const auto item = [](std::int64_t position, Json name, std::string url) {
    return Json{Json::Object{{"@type", Json{"ListItem"}},
                             {"position", Json::integer(position)},
                             {"name", std::move(name)},
                             {"item", Json{std::move(url)}}}};
  };
  return in_script(Json{Json::Object{
      {"@context", Json{"https://schema.org"}},
      {"@type", Json{"BreadcrumbList"}},
      {"itemListElement", Json{Json::Array{item(1, text_of(views, "site_name"),
                                                views.url_of(views.path_of("index.html"))),
                                           item(2, Json{community_name}, views.url_of(path))}}}}});
}
