#include "pages/names.hpp"
#include "pages/pages.hpp"

void Pages::sitemaps(Template& page, const Emit& emit) {
  if (views_.wishes().site_url.empty()) return;  // a sitemap without addresses is none
  std::string rows, empty;
  std::size_t in_file = 0, files = 0;
  const auto piece_of = [&](std::string_view section) {
    for (std::size_t i = 0; i < page.size(); ++i)
      if (page.section(i) == section) return i;
    return page.size();
  };
  const std::size_t row_piece = piece_of("paths");
  const auto finish = [&] {
    ++files;
    const std::string file =
        files == 1 ? "sitemap.xml" : "sitemap_" + std::to_string(files) + ".xml";
    const Value scope = views_.page_scope(flat_, file, true);
    std::string text;
    for (std::size_t piece = 0; piece < page.size(); ++piece) {
      if (piece == row_piece)
        text += rows;
      else
        page.render(piece, {&flat_scope_, &scope}, text);
    }
    emit(file, text);
    rows.clear();
    in_file = 0;
  };
  Item item;
  each_public_path(views_, [&](const std::string& path, std::string_view day) {
    if (in_file == kMostPathsInSitemap) finish();
    item.start();
    item.put("url", views_.url_of(path));
    item.put("changed_day", day);
    if (row_piece < page.size()) page.render_row(row_piece, {&flat_scope_}, item, rows);
    ++in_file;
  });
  finish();
}

void each_public_path(
    const Views& views,
    const std::function<void(const std::string& path, std::string_view day)>& use) {
  const Listing& listing = views.listing();
  const std::string today = day_of(listing.generated_at);
  for (const SiteLanguage& language : views.site().languages()) {
    const Views here{views.site(), language, listing, views.knowledge(), views.wishes()};
    const auto pages = [&](const std::string& stem, std::size_t rows) {
      const std::size_t size = views.wishes().rows_a_page;
      for (std::size_t i = 1; i == 1 || (i - 1) * size < rows; ++i)
        use(here.path_of(page_file(stem, i)), today);
    };
    for (const std::string& file : views.site().templates()) {
      if (file == "index.html") {
        pages("index", listing.communities.size());
      } else if (file == "servers.html") {
        pages("servers", listing.servers.size());
      } else if (file == "silent.html") {
        pages("silent", listing.silent.size());
      } else if (file == "tags.html") {
        pages("tags", listing.tags.size());
      } else if (file == "language.html") {
        for (const auto& [code, numbers] : listing.languages)
          pages(language_stem(code), numbers.size());
      } else if (file == "tag.html") {
        for (const auto& [tag, numbers] : listing.tags) pages(tag_stem(tag), numbers.size());
      } else if (file == "server.html") {
        for (const auto& [id, numbers] : listing.by_server) pages(server_stem(id), numbers.size());
      } else if (file == "community.html") {
        if (!here.has_communities()) continue;
        CardReader cards{listing};
        for (const Spool::Slot slot : listing.communities) {
          const Card& card = cards.read_row(slot);
          use(here.path_of(community_file(card.identifier)), day_part(card.last_seen));
        }
      } else if (file.ends_with(".html") && file != "404.html" && file != "adult.html") {
        use(here.path_of(file), today);
      }
    }
  }
}
