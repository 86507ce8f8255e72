// Small observations and listings for the unit checks of dedupe.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "list/listing.hpp"
#include "ndjson/bad_lines.hpp"
#include "store/observations.hpp"

inline int failures = 0;
#define check_that(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

inline std::string at(int day, int hour = 12) {
  char text[32];
  std::snprintf(text, sizeof text, "2026-11-%02dT%02d:00:00Z", day, hour);
  return text;
}

inline std::string key_like(char digit) {
  std::string key(64, digit);
  key.back() = '0';
  return key;
}

// What an address showed that proved the key from one day to another.
inline Server proven(std::string base_url, int first, int last, char key = '1') {
  Server server;
  server.base_url = std::move(base_url);
  server.key = Key{};
  server.key->public_key = key_like(key);
  server.key->status = KeyStatus::proven;
  server.key->proven_at = server.key->judged_at = server.last_seen = at(last);
  server.first_seen = at(first);
  server.probe = Probe{};
  server.probe->at = at(last);
  server.probe->outcome = ProbeOutcome::ok;
  return server;
}

inline Server unproven(std::string base_url, int first, int last, char key = '1') {
  Server server = proven(std::move(base_url), first, last, key);
  server.key->status = KeyStatus::unproven;
  server.key->proven_at.reset();
  return server;
}

inline Room room(std::string token, double created, int first, int last) {
  Room shown;
  shown.token = std::move(token);
  shown.created = created;
  shown.first_seen = at(first);
  shown.last_seen = at(last);
  return shown;
}

// A listing of records, as the program makes it.
class World {
 public:
  explicit World(const std::vector<Server>& records, std::optional<UnixTime> now = std::nullopt,
                 Vouched vouched = {})
      : vouched_{std::move(vouched)} {
    std::size_t number = 0;
    for (const Server& record : records) {
      const std::string text = to_text(record);
      observations_.add({text, "world", ++number});
    }
    observations_.close(now, 3 * kDay, vouched_);
    listing_ = std::make_unique<Listing>(observations_);
  }
  const Listing& listing() const { return *listing_; }
  std::vector<Server> servers() const {
    JsonText memory;
    std::vector<Server> all;
    for (std::size_t i = 0; i < listing_->size(); ++i) all.push_back(listing_->server(i, memory));
    return all;
  }
  // The one that holds the key; an empty record if nobody does.
  Server holder(char key) const {
    JsonText memory;
    const auto line = listing_->holder(key_like(key));
    return line ? listing_->server(*line, memory) : Server{};
  }

 private:
  BadLines bad_lines_{{}, "test"};
  Vouched vouched_;
  Observations observations_{std::size_t{1} << 20, bad_lines_};
  std::unique_ptr<Listing> listing_;
};
