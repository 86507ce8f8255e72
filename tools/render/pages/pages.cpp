#include "pages/pages.hpp"

#include <algorithm>

#include "pages/drawing.hpp"
#include "pages/feeds.hpp"
#include "pages/names.hpp"
#include "pages/structured.hpp"

namespace {

constexpr std::size_t kNeighbours = 10;
constexpr char kSecurityFile[] = ".well-known/security.txt";  // RFC 9116, section 3

bool is_of_one(std::string_view file) { return file == "community.html" || file == "badge.svg"; }

// The links between the pages of a long list.
void put_pages(Value& scope, const std::string& stem, std::size_t number, std::size_t count) {
  put(scope, "page_number", static_cast<std::int64_t>(number));
  put(scope, "page_count", false);
  put(scope, "pages", false);
  put(scope, "previous", false);
  put(scope, "next", false);
  if (count > 1) {
    put(scope, "page_count", static_cast<std::int64_t>(count));
    Value pages = empty_list();
    for (std::size_t other = 1; other <= count; ++other) {
      Value item;
      put(item, "number", static_cast<std::int64_t>(other));
      put(item, "href", page_file(stem, other));
      put(item, "current", other == number);
      append(pages, std::move(item));
    }
    put(scope, "pages", std::move(pages));
    if (number > 1) put(scope, "previous", page_file(stem, number - 1));
    if (number < count) put(scope, "next", page_file(stem, number + 1));
  }
}

}  // namespace

Pages::Pages(const Views& views, const std::vector<Run>& runs,
             const std::vector<std::uint8_t>& qr_modules)
    : views_{views},
      runs_{runs},
      qr_modules_{qr_modules},
      flat_{views.look(0)},
      deep_{views.look(1)},
      flat_scope_{views.site_scope(flat_)},
      deep_scope_{views.site_scope(deep_)} {}

void Pages::make(const std::string& file, const Emit& emit,
                 const std::optional<std::string>& only) {
  if (file == "feed.atom") {
    Template feed = views_.site().load(file, views_.language());
    const std::string language = only.value_or("");
    emit("feed" + (language.empty() ? "" : "-" + language) + ".atom",
         atom_feed(views_, flat_scope_, feed, language));
    return;
  }
  Template page = views_.site().load(file, views_.language());
  Value more;
  if (file == "index.html") {
    put(more, "structured_json", structured_website(views_));
    list(page, "index", false, nullptr, more, emit);
  } else if (file == "adult.html") {
    list(page, "adult", true, nullptr, more, emit);
  } else if (file == "language.html") {
    languages(page, emit, only);
  } else if (file == "tag.html") {
    tags(page, emit, only);
  } else if (file == "server.html") {
    servers(page, emit, only);
  } else if (is_of_one(file)) {
    communities(page, file, emit, only);
  } else if (file == "sitemap.xml") {
    sitemaps(page, emit);
  } else {
    plain(page, file, emit);
  }
}

// All rows of a list are the same on every page of one site language: they are
// rendered once, and pages are put together from them.
const Pages::Rows& Pages::rows(Template& page, std::size_t piece, bool adult) {
  const auto [found, is_new] = rows_.try_emplace({page.text(piece), adult});
  Rows& rows = found->second;
  if (!is_new) return rows;
  const Listing& listing = views_.listing();
  const auto& slots = adult ? listing.adult : listing.communities;
  rows.slots.reserve(slots.size());
  Item row{&page.names(piece)};
  CardReader cards{listing};
  std::string text;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const std::size_t rank = (adult ? listing.communities.size() : 0) + i + 1;
    row.start();
    views_.community(row, cards.read_row(slots[i]), flat_, rank);
    row.put("qr_size", static_cast<std::int64_t>(qr_modules_[rank - 1]));
    text.clear();
    page.render_row(piece, {&flat_scope_}, row, text);
    rows.slots.push_back(rows.spool.add(text));
  }
  rows.spool.flush();
  return rows;
}

void Pages::list(Template& page, const std::string& stem, bool adult, const Numbers* numbers,
                 const Value& more, const Emit& emit) {
  const Listing& listing = views_.listing();
  const std::size_t total =
      numbers ? numbers->size() : (adult ? listing.adult.size() : listing.communities.size());
  const std::size_t size = views_.wishes().rows_a_page;
  const std::size_t count = std::max<std::size_t>(1, (total + size - 1) / size);
  std::string text;
  for (std::size_t number = 1; number <= count; ++number) {
    const std::string file = page_file(stem, number);
    Value scope = views_.page_scope(flat_, file, false);
    put(scope, "rows", views_.number(static_cast<std::int64_t>(total)));
    put(scope, "communities", total > 0);
    put_pages(scope, stem, number, count);
    text.clear();
    for (std::size_t piece = 0; piece < page.size(); ++piece) {
      if (page.section(piece).empty()) {
        page.render(piece, {&flat_scope_, &more, &scope}, text);
      } else if (page.section(piece) == "communities") {
        const Rows& all = rows(page, piece, adult);
        SpoolReader reader{all.spool};
        for (std::size_t i = (number - 1) * size; i < std::min(total, number * size); ++i)
          text += reader.read(all.slots[numbers ? (*numbers)[i] : i]);
      }
    }
    emit(views_.path_of(file), text);
  }
}

void Pages::languages(Template& page, const Emit& emit, const std::optional<std::string>& only) {
  for (const auto& language : views_.listing().languages) {
    const auto& code = language.first;
    const auto& numbers = language.second;
    if (only && *only != code) continue;
    Value more;
    put(more, "language", item_of([&](Item& item) { views_.language(item, code, flat_); }));
    Value all = empty_list();
    for (const Value& item : flat_scope_.get("languages")->list_value()) {
      if (item.get("code")->string_value() != code) {
        append(all, item);
        continue;
      }
      Value current = item;
      put(current, "current", true);
      append(all, std::move(current));
    }
    put(more, "languages", std::move(all));
    list(page, language_stem(code), false, &numbers, more, emit);
  }
}

void Pages::tags(Template& page, const Emit& emit, const std::optional<std::string>& only) {
  for (const auto& [tag, numbers] : views_.listing().tags) {
    if (only && *only != tag) continue;
    Value more;
    put(more, "tag_name", tag);
    list(page, tag_stem(tag), false, &numbers, more, emit);
  }
}

void Pages::servers(Template& page, const Emit& emit, const std::optional<std::string>& only) {
  static const Numbers kNone;
  for (const Spool::Slot slot : views_.listing().servers) {
    const ServerCard card = views_.listing().server(slot);
    if (only && *only != card.server.id) continue;
    const auto found = views_.listing().by_server.find(card.server.id);
    Value more;
    put(more, "server", item_of([&](Item& item) { views_.server_page(item, card, flat_); }));
    list(page, server_stem(card.server.id), false,
         found == views_.listing().by_server.end() ? &kNone : &found->second, more, emit);
  }
}

void Pages::neighbours(Item* list, const Card& card, const Look& look) const {
  const Listing& listing = views_.listing();
  const auto found = listing.by_server.find(card.server.id);
  if (!list || found == listing.by_server.end()) return;
  std::size_t count = 0;
  CardReader cards{listing};
  for (const Listing::Number number : found->second) {
    const Card& other = cards.read_row(listing.communities[number]);
    if (other.identifier == card.identifier) continue;
    Item& item = list->add();
    item.put("name", other.name);
    item.put("lang", other.languages.empty() ? std::string_view{} : other.languages[0].code);
    item.put("page", look.community + community_file(other.identifier));
    if (++count == kNeighbours) break;
  }
}

void Pages::communities(Template& page, const std::string& file, const Emit& emit,
                        const std::optional<std::string>& only) {
  const bool is_page = file == "community.html";
  const Listing& listing = views_.listing();
  const Look& look = is_page ? deep_ : flat_;
  const Value& site = is_page ? deep_scope_ : flat_scope_;
  Names names;
  for (std::size_t piece = 0; piece < page.size(); ++piece)
    names.insert(page.names(piece).begin(), page.names(piece).end());
  Item row{&names};
  CardReader cards{listing};
  std::string text;
  std::size_t rank = 0;
  for (const auto* slots : {&listing.communities, &listing.adult})
    for (const Spool::Slot slot : *slots) {
      ++rank;
      const Card& card = cards.read(slot);
      if (only && *only != card.identifier) continue;
      const std::string name =
          is_page ? community_file(card.identifier) : badge_file(card.identifier);
      row.start();
      views_.community(row, card, look, rank);
      row.put("qr_size", static_cast<std::int64_t>(qr_modules_[rank - 1]));
      const Value scope = views_.page_scope(look, name, !is_page || !views_.are_translated());
      Value holder;
      if (is_page) {
        views_.community_page(row, card);
        neighbours(row.list("neighbours"), card, look);
        put(holder, "structured_json",
            structured_breadcrumbs(views_, card.name, views_.path_of(name)));
      }
      put(holder, "community", row.value());
      text.clear();
      for (std::size_t piece = 0; piece < page.size(); ++piece)
        if (page.section(piece).empty()) page.render(piece, {&site, &scope, &holder}, text);
      emit(views_.path_of(name), text);
    }
}

Pages::LongSection Pages::long_section(const std::string& name, const Look& look) const {
  const Listing& listing = views_.listing();
  if (name == "tags") {
    const auto tags = by_size(listing.tags);
    return {tags.size(), [this, tags, &look](Item& item, std::size_t i) {
              views_.tag(item, tags[i]->first, look);
            }};
  }
  if (name != "servers" && name != "silent") return {};
  const auto& slots = name == "servers" ? listing.servers : listing.silent;
  return {slots.size(), [this, &slots, &look](Item& item, std::size_t i) {
            views_.server(item, views_.listing().server(slots[i]), look);
          }};
}

void Pages::plain(Template& page, const std::string& file, const Emit& emit) {
  Look look = flat_;
  // 404.html is shown in the place of any address, so its links begin at the top of the host.
  const bool anywhere = file == "404.html" && !views_.wishes().site_url.empty();
  if (anywhere) {
    look.root = views_.wishes().site_path() + "/";
    look.home = look.root + (views_.is_default() ? "" : views_.language().code + "/");
    look.community = views_.has_communities() ? look.home : look.root;
  }
  const Value absolute = anywhere ? views_.site_scope(look) : Value{};
  const Value& site = anywhere ? absolute : flat_scope_;
  const Value more = extras(file, look);
  std::size_t total = 0;
  for (std::size_t piece = 0; piece < page.size(); ++piece)
    total = std::max(total, long_section(page.section(piece), look).size);
  const std::string stem = file.substr(0, file.rfind('.'));
  const std::size_t size = views_.wishes().rows_a_page;
  const std::size_t count = std::max<std::size_t>(1, (total + size - 1) / size);
  std::string text;
  for (std::size_t number = 1; number <= count; ++number) {
    const std::string name = file == "security.txt" ? kSecurityFile
                             : number == 1          ? file
                                                    : page_file(stem, number);
    Value scope = views_.page_scope(look, name, !file.ends_with(".html"));
    put_pages(scope, stem, number, count);
    text.clear();
    for (std::size_t piece = 0; piece < page.size(); ++piece) {
      const std::string& section = page.section(piece);
      if (section.empty()) {
        page.render(piece, {&site, &scope, &more}, text);
      } else if (section == "communities") {
        const Rows& all = rows(page, piece, false);
        SpoolReader reader{all.spool};
        for (const Spool::Slot slot : all.slots) text += reader.read(slot);
      } else {
        const LongSection section_rows = long_section(section, look);
        Item item{&page.names(piece)};
        for (std::size_t i = (number - 1) * size; i < std::min(total, number * size); ++i) {
          item.start();
          section_rows.put(item, i);
          page.render_row(piece, {&site}, item, text);
        }
      }
    }
    // As security.txt where nobody can be reached: an empty file would promise something.
    if (text.find_first_not_of(" \n") == std::string::npos) continue;
    emit(views_.path_of(name), text);
  }
}
