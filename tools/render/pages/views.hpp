// From cards to what templates get (sites/README.md is the contract). Every name
// of an item is set, absent ones to "no", so that the page's never show through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/knowledge.hpp"
#include "model/card.hpp"
#include "model/listing.hpp"
#include "pages/site.hpp"
#include "template/item.hpp"
#include "template/value.hpp"

// What the operator says of the site.
struct SiteWishes {
  std::string site_url;  // without a slash at the end; "" for none
  std::string contact;   // a link; "" for none
  std::int64_t stale_hours = 3;
  std::size_t translate_up_to = 2000;  // Communities
  std::size_t rows_a_page = 1000;

  std::string site_host() const;
  std::string site_path() const;  // of https://sogs.example/list: "/list"
};

// From where links go: prefixes for a page of one site language.
struct Look {
  std::string root;       // to the top of the site
  std::string home;       // to the top of the site language
  std::string community;  // to the folder above c/ in which pages of Communities are
};

class Views {
 public:
  Views(const Site& site, const SiteLanguage& language, const Listing& listing,
        const Knowledge& knowledge, const SiteWishes& wishes);

  const SiteLanguage& language() const { return language_; }
  bool is_default() const { return &language_ == &site_.languages().front(); }
  // Are there pages of single Communities in this site language?
  bool has_communities() const;
  // Are there such pages in all of them?
  bool are_translated() const;

  // For a page that is so many folders below the top of its site language.
  Look look(int depth) const;

  // Names that are the same on all pages with this look.
  Value site_scope(const Look& look) const;
  // Names that differ: of the page with this path below the top of its site
  // language. `only_here`: it has no translations.
  Value page_scope(const Look& look, const std::string& file, bool only_here) const;

  // Items of lists, and of pages about them.
  void community(Item& row, const Card& card, const Look& look, std::size_t rank) const;
  void community_page(Item& row, const Card& card) const;  // more names, for its own page
  void server(Item& item, const ServerCard& card, const Look& look) const;
  void server_page(Item& item, const ServerCard& card, const Look& look) const;
  void language(Item& item, const std::string& code, const Look& look) const;
  void tag(Item& item, const std::string& tag, const Look& look) const;
  std::size_t count_of_language(const std::string& code) const;
  std::size_t count_of_tag(const std::string& tag) const;

  // Paths from the top of the site.
  std::string path_of(const std::string& file) const;  // of a page of this site language
  std::string url_of(const std::string& path) const;   // "" without a site URL

  // A number for people: "12,345" where the site language parts thousands so.
  std::string number(std::int64_t number) const;
  std::optional<std::string> number(const std::optional<std::int64_t>& number) const;

  std::string label(std::string_view prefix, std::string_view value) const {
    return Site::label(language_, prefix, value);
  }

  const Site& site() const { return site_; }
  const Listing& listing() const { return listing_; }
  const Knowledge& knowledge() const { return knowledge_; }
  const SiteWishes& wishes() const { return wishes_; }

 private:
  bool is_recent(const std::string& time) const;
  void server_of(Item& item, const CardServer& server, const Look& look,
                 bool has_page = true) const;
  void uptime(Item& item, const Uptime& uptime) const;
  void found_on(Item* list, const std::vector<CardPlace>& places) const;

  const Site& site_;
  const SiteLanguage& language_;
  const Listing& listing_;
  const Knowledge& knowledge_;
  const SiteWishes& wishes_;
};

// Most Communities first, then by name.
std::vector<const Listing::Groups::value_type*> by_size(const Listing::Groups& groups);

// "2026-11-22" of "2026-11-22T20:05:17Z".
std::string_view day_part(std::string_view time);
