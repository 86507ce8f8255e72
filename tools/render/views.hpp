// From cards to what templates get (sites/README.md is the contract). Every name
// of an item is set, absent ones to "no", so that the page's never show through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "card.hpp"
#include "knowledge.hpp"
#include "listing.hpp"
#include "site.hpp"
#include "template/value.hpp"

// What the operator says of the site.
struct SiteWishes {
  std::string site_url;  // without a slash at the end; "" for none
  std::string contact;   // a link; "" for none
  std::int64_t stale_hours = 3;
  std::size_t translate_up_to = 2000;  // Communities
  std::size_t rows_a_page = 1000;

  std::string site_host() const;
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

  // For a page that is so many folders below the top of its site language.
  Look look(int depth) const;

  // Names that are the same on all pages with this look.
  Value site_scope(const Look& look) const;
  // Names that differ: of the page with this path below the top of its site
  // language. `only_here`: it has no translations.
  Value page_scope(const Look& look, const std::string& file, bool only_here) const;

  // Into `row`, which may hold another Community's values.
  void community(Value& row, const Card& card, const Look& look, std::size_t rank) const;
  // More names, for its own page.
  void community_page(Value& row, const Card& card, const Look& look) const;

  Value server(const CardServer& server, const Look& look) const;
  Value server_item(const ServerCard& card, const Look& look) const;  // of lists
  Value server_page(const ServerCard& card, const Look& look) const;
  Value language_item(const std::string& code, std::size_t count, const Look& look) const;
  Value tag_item(const std::string& tag, std::size_t count, const Look& look) const;

  // Paths from the top of the site.
  std::string path_of(const std::string& file) const;  // of a page of this site language
  std::string url_of(const std::string& path) const;   // "" without a site URL

  std::string label(std::string_view prefix, std::string_view value) const {
    return Site::label(language_, prefix, value);
  }

  const Site& site() const { return site_; }
  const Listing& listing() const { return listing_; }
  const Knowledge& knowledge() const { return knowledge_; }
  const SiteWishes& wishes() const { return wishes_; }

 private:
  Value found_on(const std::vector<CardPlace>& places) const;

  const Site& site_;
  const SiteLanguage& language_;
  const Listing& listing_;
  const Knowledge& knowledge_;
  const SiteWishes& wishes_;
};

// "2026-11-22" of "2026-11-22T20:05:17Z".
std::string day_part(std::string_view time);
