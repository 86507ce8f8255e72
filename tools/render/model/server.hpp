// What the site shows of one server, made once from its record. Texts are not escaped here, and no
// file names are made here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "record/server.hpp"

struct FoundPlace {  // where a link was found
  std::string source, url, since;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.source);
    visit(self.url);
    visit(self.since);
  }
};

struct OtherAddress {
  std::string base_url, proven_at;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.base_url);
    visit(self.proven_at);
  }
};

// The per cent of the hours with a probe in which it answered; nothing if it was not probed.
struct Uptime {
  std::optional<std::int64_t> week, month;
  std::optional<std::int64_t> since;  // the first hour with a probe
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.week);
    visit(self.month);
    visit(self.since);
  }
};

// A server, as the rows and pages of its Communities show it.
struct CommunityServer {
  std::string id, base_url, public_key, proven_at, cipher;
  std::optional<KeyStatus> key_status;  // nothing where no key is known
  Uptime uptime;
  std::vector<OtherAddress> aliases;
  std::optional<std::int64_t> staff_count;  // staff of all its rooms
  std::optional<double> probe_seconds;      // how long the probe took, if it answered
  bool prints_this_host = false;            // in its proof; for explanations, not packed

  bool has_proven_key() const { return !proven_at.empty() || key_status == KeyStatus::proven; }

  template <class Self, class Visit>
  static void each_row_field(Self& self, Visit&& visit) {
    for (auto* text : {&self.id, &self.base_url, &self.public_key}) visit(*text);
    visit(self.key_status);
  }
  template <class Self, class Visit>
  static void each_page_field(Self& self, Visit&& visit) {
    visit(self.proven_at);
    visit(self.cipher);
    visit(self.uptime);
    visit(self.aliases);
    visit(self.staff_count);
    visit(self.probe_seconds);
  }
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    each_row_field(self, visit);
    each_page_field(self, visit);
  }
};

// A server, as its own page and the status page show it.
struct ListedServer {
  CommunityServer server;
  std::optional<ProbeOutcome> outcome;  // nothing where it was never asked
  std::string asked_at, first_seen, last_seen, not_seen_since, copy_of, same_rooms_as;
  bool gone = false;
  std::int64_t count = 0, adult_count = 0;  // Communities listed here
  std::vector<std::string> capabilities;
  std::vector<FoundPlace> found_on;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.server);
    visit(self.outcome);
    for (auto* text : {&self.asked_at, &self.first_seen, &self.last_seen, &self.not_seen_since,
                       &self.copy_of, &self.same_rooms_as})
      visit(*text);
    visit(self.gone);
    visit(self.count);
    visit(self.adult_count);
    visit(self.capabilities);
    visit(self.found_on);
  }
};

ListedServer listed_server(const Server& server, UnixTime now);

Uptime uptime_of(const std::vector<DayOfAnswers>& answers, UnixTime now);

// Whether the address is on a host that the server's links had or its key holder named. Any other
// one may be a relay or a copy, whose name should not stand on the pages of this server.
bool is_on_own_host(const Server& server, const std::string& base_url);

// The URL, if it is http: or https:; "" for any other scheme.
std::string web_link(const std::string& url);
std::vector<FoundPlace> places_of(const std::vector<FoundOn>& found_on);
