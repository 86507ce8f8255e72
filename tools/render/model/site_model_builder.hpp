// Builds the model of the site from servers in any order.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/annotate.hpp"
#include "model/data_check.hpp"
#include "model/page_shares.hpp"
#include "model/site_model.hpp"

class SiteModelBuilder {
 public:
  SiteModelBuilder(const Knowledge& knowledge, UnixTime now);

  // Adds one server. What can't be published safely is left out and counted.
  void add(Server server);

  // Sorts.
  SiteModel finish();

  const Annotator& annotator() const { return annotator_; }
  const DataCheck& data_check() const { return check_; }

 private:
  struct Entry {
    Spool::Slot slot;
    double score;
    std::uint64_t head, tie;  // the identifier's first letters, and its hash
    std::uint64_t skeleton;   // hash of its name's (lookalike.hpp)
    Holders holders;          // server: in hosts_
    SiteModel::Number number;
    bool pinned, official, is_channel, is_copy;
  };
  struct ServerEntry {
    Spool::Slot slot;
    std::int64_t count;
    std::string id;
    Holders holders;
  };
  struct Host {  // what is needed about each server after all are added
    std::string id, base_url, copy_of;
    std::uint32_t domain;  // the same number for servers of one domain
    bool has_changed_key = false;
    bool is_vouched_for = false;  // people say that it is official, or pinned one of its rooms
    std::int64_t weekly_users = 0, proven = 0;
    std::vector<UnixTime> news;            // when Communities that may be new were first seen
    std::vector<std::string> identifiers;  // of a copy, or a host that changed its key
  };
  void add_community(const Community& community, SiteModel::Number number);
  void count_other_rooms(const Server& server, const std::vector<Community>& communities);
  void add_events(const Community& community, Spool::Slot slot, std::uint64_t tie);
  void find_copies();
  void count_copies_of_hidden(const Host& host);
  void join_spellings();
  void find_imitations();
  void rank(std::vector<Entry>& entries, std::vector<Spool::Slot>& slots,
            const std::vector<SiteModel::Groups*>& groups);
  void sort_events();
  void choose_for_feeds();
  void sort_texts();
  std::string identifier_of(const Entry& entry) const;
  void find_newcomers();
  template <class Row, class HoldersOf>
  void spread_rows(std::span<Row> rows, HoldersOf holders_of) const;

  const Knowledge& knowledge_;
  DataCheck check_;
  Annotator annotator_;
  UnixTime now_;
  UnixTime newest_probe_ = 0;
  SiteModel model_;
  std::vector<Entry> communities_, adult_;
  std::vector<ServerEntry> servers_, silent_;
  std::vector<Host> hosts_;
  std::map<std::string, std::uint32_t> domains_;
  std::vector<UnixTime> known_since_;  // by domain
  std::vector<std::uint32_t> groups_;  // by domain; all newcomers are one group
  PageShares tags_, languages_;
  std::map<std::string, std::set<std::uint32_t>> users_of_tag_;  // domains, by spelling
  // With the token in small letters: the server's id, its host.
  std::set<std::pair<std::string, std::string>> hidden_, hidden_at_;
  std::map<std::string, std::string> spelt_;  // a tag's spelling -> the one that is shown
  std::set<std::uint64_t> respelt_;           // where texts of Communities with such tags begin
  std::string packed_;
};
