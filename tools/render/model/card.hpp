// What the site needs of one Community and of one server, made once from a
// record and kept in the spool until each page has had it. No text is escaped
// here, no name of a file is made here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/community.hpp"
#include "record/server.hpp"

struct CardPlace {  // where something was found
  std::string source, url, since;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.source);
    visit(self.url);
    visit(self.since);
  }
};

struct CardAlias {
  std::string base_url, proven_at;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.base_url);
    visit(self.proven_at);
  }
};

struct CardLanguage {
  std::string code;
  Origin origin = Origin::detected;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.code);
    visit(self.origin);
  }
};

struct CardUsers {
  std::string day;
  std::int64_t weekly = 0;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.day);
    visit(self.weekly);
  }
};

// Per cent of the hours in which it was asked and answered; nothing if it was not asked.
struct Uptime {
  std::optional<std::int64_t> week, month;
  std::optional<std::int64_t> since;  // the first hour in which it was asked
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.week);
    visit(self.month);
    visit(self.since);
  }
};

// A server, as its Communities' rows and pages show it.
struct CardServer {
  std::string id, base_url, public_key, key_status, proven_at, cipher;
  Uptime uptime;
  std::vector<CardAlias> aliases;
  template <class Self, class Visit>
  static void each_row_field(Self& self, Visit&& visit) {
    for (auto* text : {&self.id, &self.base_url, &self.public_key, &self.key_status}) visit(*text);
  }
  template <class Self, class Visit>
  static void each_page_field(Self& self, Visit&& visit) {
    visit(self.proven_at);
    visit(self.cipher);
    visit(self.uptime);
    visit(self.aliases);
  }
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    each_row_field(self, visit);
    each_page_field(self, visit);
  }
};

struct Card {
  std::string identifier, token, name, description, join_url, preview_url;
  std::vector<CardLanguage> languages;
  std::vector<std::string> tags, older;
  std::optional<std::int64_t> weekly_users, active_users, active_users_cutoff, staff_count, created,
      image_id, info_updates, message_sequence;
  bool pinned = false, official = false, is_new = false, read_only = false, no_uploads = false,
       adult = false, test = false, staffed = false, not_joinable = false, gone = false;
  std::optional<bool> read, write, upload;
  std::string not_joinable_reason, first_seen, last_seen, returned;
  std::string not_seen_since;  // "" when it was there the last time its server was asked
  std::string gone_at;
  std::vector<CardPlace> found_on;
  std::vector<CardUsers> users;
  CardServer server;

  // What rows of lists show comes first, so that it can be unpacked alone.
  template <class Self, class Visit>
  static void each_row_field(Self& self, Visit&& visit) {
    for (auto* text : {&self.identifier, &self.token, &self.name, &self.description, &self.join_url,
                       &self.preview_url, &self.not_joinable_reason, &self.first_seen,
                       &self.last_seen, &self.returned, &self.not_seen_since, &self.gone_at})
      visit(*text);
    visit(self.languages);
    visit(self.tags);
    for (auto* number : {&self.weekly_users, &self.active_users, &self.active_users_cutoff,
                         &self.staff_count, &self.created})
      visit(*number);
    for (auto* flag :
         {&self.pinned, &self.official, &self.is_new, &self.read_only, &self.no_uploads,
          &self.adult, &self.test, &self.staffed, &self.not_joinable, &self.gone})
      visit(*flag);
    CardServer::each_row_field(self.server, visit);
  }
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    each_row_field(self, visit);
    for (auto* number : {&self.image_id, &self.info_updates, &self.message_sequence})
      visit(*number);
    for (auto* access : {&self.read, &self.write, &self.upload}) visit(*access);
    visit(self.older);
    visit(self.found_on);
    visit(self.users);
    CardServer::each_page_field(self.server, visit);
  }
};

// A server, as its own page and the status page show it.
struct ServerCard {
  CardServer server;
  std::string outcome, asked_at, first_seen, last_seen, not_seen_since, copy_of;
  bool gone = false;
  std::int64_t count = 0, adult_count = 0;  // Communities listed here
  std::vector<std::string> capabilities;
  std::vector<CardPlace> found_on;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.server);
    for (auto* text : {&self.outcome, &self.asked_at, &self.first_seen, &self.last_seen,
                       &self.not_seen_since, &self.copy_of})
      visit(*text);
    visit(self.gone);
    visit(self.count);
    visit(self.adult_count);
    visit(self.capabilities);
    visit(self.found_on);
  }
};

ServerCard server_card(const Server& server, UnixTime now);
Card card_of(const Community& community, const CardServer& server, UnixTime now);

Uptime uptime_of(const std::vector<DayOfAnswers>& answers, UnixTime now);

// The place in the default order; the greater, the further up. People count by
// the logarithm of their number, and so do staff, an answering server, a proven key
// and a description. What is for testing goes down; what no client of today can
// join comes last.
double score_of(const Card& card);
