// The values for templates (documented in sites/README.md): of the site, of a page, and of each
// Community, server, language and tag on it. An item sets all its names, absent ones to "no", so
// that a value of the page is never shown in their place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "model/site_model.hpp"
#include "pages/site.hpp"
#include "record/run.hpp"
#include "template/values.hpp"

// The operator's settings for the site.
struct SiteOptions {
  std::string site_url;             // without a slash at the end; "" for none
  std::string contact;              // a link; "" for none
  std::string licence = "CC0-1.0";  // of the data, by its SPDX identifier
  std::int64_t stale_hours = 3;
  std::size_t translate_up_to = 2000;  // Communities
  std::size_t rows_a_page = 1000;

  std::string site_host() const;
  std::string site_path() const;  // of https://sogs.example/list: "/list"
  std::string licence_url() const;
};

// Sizes of files of the site in bytes, by their paths.
using FileSizes = std::map<std::string, std::uint64_t>;

// The prefixes of links on a page of one site language.
struct LinkPrefixes {
  std::string root;     // to the top of the site
  std::string home;     // to the top of the site language
  std::string details;  // to the top of the one in which single Communities and servers have pages
};

// The tile of a room: a letter or emoji, and one of 20 hues.
std::string face_of(const Community& community);
std::int64_t hue_of(const Community& community);

// The one fact that a row shows beside the name: first what people should know before they join.
struct RoomChip {
  const char* word;  // chip_WORD is its text in the translations
  const char* tone;  // "good", "bad", or "" for neither
  std::string of;    // a host, a name or a day that belongs to it; may be empty
};

class Views {
 public:
  // All of it must outlive this. `sizes`: of the data files, for the page about them.
  Views(const Site& site, const SiteLanguage& language, const SiteModel& model,
        const Knowledge& knowledge, const SiteOptions& options, const std::vector<Run>& runs,
        const FileSizes& sizes);

  const SiteLanguage& language() const { return language_; }
  Views in(const SiteLanguage& other) const;  // the same in another site language
  bool is_default() const { return &language_ == &site_.languages().front(); }
  // Do single Communities and servers have pages in this site language?
  bool has_details() const;
  // Do they in all of them?
  bool are_translated() const;

  // For a page `depth` folders below the top of its site language.
  LinkPrefixes links(int depth) const;
  // For a page that may be shown at any address: its links begin at the top of the host.
  LinkPrefixes links_from_host() const;

  // Values that are the same on all pages with these links.
  void site(Values& scope, const LinkPrefixes& links) const;
  // Values that differ: of the page with this path below the top of its site
  // language. `only_here`: it is in no other site language.
  void page(Values& scope, const LinkPrefixes& links, const std::string& file,
            bool only_here) const;

  // Items of lists, and of pages about them.
  void community(Values& row, const Community& community, const LinkPrefixes& links,
                 std::size_t rank) const;
  std::optional<RoomChip> chip_of(const Community& community) const;
  void community_page(Values& row, const Community& community) const;  // more, for its own page
  void server(Values& item, const ListedServer& server, const LinkPrefixes& links) const;
  void server_page(Values& item, const ListedServer& server, const LinkPrefixes& links) const;
  // `current`: the page is about this language.
  void language(Values& item, const std::string& code, const LinkPrefixes& links,
                bool current = false) const;
  void languages(Values& scope, const LinkPrefixes& links, const std::string& current) const;
  void topic(Values& item, const std::string& id, const LinkPrefixes& links) const;
  std::string topic_name(const std::string& id) const;  // in the site language
  void tag(Values& item, const std::string& tag, const LinkPrefixes& links) const;

  // Paths from the top of the site.
  std::string path_of(const std::string& file) const;  // of a page of this site language
  std::string url_of(const std::string& path) const;   // "" without a site URL

  // A day that is also safe in right-to-left text, which would reorder 2026-11-22.
  std::string day(std::string_view day) const;

  // A number for people, with the thousands separator of the site language: "12,345".
  std::string number(std::int64_t number) const;
  std::optional<std::string> number(const std::optional<std::int64_t>& number) const;

  // The translation plural_NAME for that number; "" without a number.
  std::string counted(std::string_view name, std::optional<std::int64_t> count) const;

  std::string label(std::string_view prefix, std::string_view value) const {
    return Site::label(language_, prefix, value);
  }

  const Site& site() const { return site_; }
  const SiteModel& model() const { return model_; }
  const Knowledge& knowledge() const { return knowledge_; }
  const SiteOptions& options() const { return options_; }
  const std::vector<Run>& runs() const { return runs_; }
  const FileSizes& file_sizes() const { return sizes_; }

 private:
  void chip(Values& row, const Community& community) const;
  bool is_recent(const std::string& time) const;
  void community_server(Values& item, const CommunityServer& server, const LinkPrefixes& links,
                        bool has_page = true) const;
  // The server with that id, if it has a page.
  void other_server(Values& item, const char* name, const std::string& id,
                    const LinkPrefixes& links) const;
  void uptime(Values& item, const Uptime& uptime) const;
  void aliases(Values* list, const CommunityServer& server) const;
  void found_on(Values* list, const std::vector<FoundPlace>& places) const;

  const Site& site_;
  const SiteLanguage& language_;
  const SiteModel& model_;
  const Knowledge& knowledge_;
  const SiteOptions& options_;
  const std::vector<Run>& runs_;
  const FileSizes& sizes_;
};

// Most Communities first, then by name.
std::vector<const SiteModel::Groups::value_type*> by_size(const SiteModel::Groups& groups);
