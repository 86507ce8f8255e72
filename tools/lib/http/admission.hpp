// Decides which request is sent next, and to which address. Hosts take turns. Each host and each
// address has a few requests at a time; an address that took too many seconds gets no more. Ids,
// names and seconds in, decisions out: no socket and no clock.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/address_guard.hpp"

class Admission {
 public:
  using Id = std::uint64_t;

  struct Limits {
    std::size_t per_host = 4;
    std::size_t per_address = 8;        // an IPv4 address, an IPv6 /64
    std::size_t hosts_per_address = 0;  // in all, without known ones; 0: no limit
  };
  struct Ticket {
    std::string host;
    bool is_known = false;       // goes first, whatever hosts_per_address says
    double address_seconds = 0;  // see HttpRequest
  };

  explicit Admission(Limits limits) : limits_{limits} {}

  // Queues a request. A known one, or the next hop of one that was under way, goes in front.
  void add(Id id, Ticket ticket, bool in_front);

  // The next request to send, or one that is refused.
  struct Next {
    Id id;
    std::string refused;  // why it may not be sent, or ""
  };
  std::optional<Next> next(double now);
  bool has_next() const { return !(ready_.empty() && resumed_.empty() && refused_.empty()); }

  // Whether a request under way may connect to this address. If so, it takes a place there.
  struct Verdict {
    bool has_room = false;
    std::string refused;  // why it never may, or ""
  };
  Verdict connect(Id id, const AddressBytes& address, double now);

  // The host of the request has this address: later requests wait for a place there first.
  void met(Id id, const AddressBytes& address);
  // The address had no room: next() returns the request again when there is room.
  void wait_for_room(Id id, const AddressBytes& address, double now);
  // next() returns the request again.
  void resume(Id id) { resumed_.push_back(id); }
  // Frees its places at addresses. leave() also frees its place at the host, and forgets it.
  void leave_addresses(Id id, double now);
  void leave(Id id, double now);

 private:
  struct Host {
    std::deque<Id> queued;  // cancelled ones stay until their turn
    std::size_t in_flight = 0;
    bool is_ready = false;                // it is in ready_
    std::optional<AddressBytes> address;  // the last one that was connected to
  };
  struct Address {
    std::size_t in_use = 0;
    std::deque<Id> known, waiting;  // known ones first
    std::optional<Id> next();
  };
  struct AddressUse {
    AddressBytes address;
    double since;
  };
  struct Entry {
    Ticket ticket;
    Host* host = nullptr;  // at which it has a place; null while it waits for one
    std::vector<AddressUse> uses;
  };

  Entry* find(Id id);
  void make_ready(Host& host);
  std::optional<Next> start_next_of(Host& host, double now);
  bool take_address(Entry& entry, const AddressBytes& address, double now);
  bool is_used_up(const Ticket& ticket, const AddressBytes& address) const;

  const Limits limits_;
  std::unordered_map<Id, Entry> all_;
  std::unordered_map<std::string, Host> hosts_;
  std::deque<Host*> ready_;
  std::map<AddressBytes, Address> addresses_;
  std::map<AddressBytes, std::set<std::string>> hosts_at_;
  std::map<AddressBytes, double> seconds_at_;  // that requests held connections there
  std::deque<Id> resumed_;
  std::deque<Next> refused_;
};
