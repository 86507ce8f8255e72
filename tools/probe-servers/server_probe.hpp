// The requests to one server, in order:
//
//   1. each claimed key, over version 4 of onion requests;
//   2. with a proven key: capabilities, rooms, each room as a joining client requests it, and the
//      preview page that prints the server's own address;
//   3. without one: the older protocol, then requests without authentication, unless the server
//      proved a key before.
//
// The preview page is searched for a key only if no key is known.
#pragma once

#include <string>
#include <vector>

#include "base/task.hpp"
#include "hedged_request.hpp"
#include "memory_budget.hpp"
#include "one_time_keys.hpp"
#include "record/server.hpp"
#include "result.hpp"
#include "rounds.hpp"
#include "sogs/batch.hpp"

// Settings for all probes.
struct ProbeSettings {
  RequestBudget budget;
  Staff staff = Staff::counted;
  OneTimeKeys keys = new_one_time_key;
};

class ServerProbe {
 public:
  ServerProbe(const Server& candidate, Requester& requester, MemoryBudget& memory,
              const ProbeSettings& settings);
  ~ServerProbe() { memory_.remove(memory_taken_); }
  ServerProbe(const ServerProbe&) = delete;
  ServerProbe& operator=(const ServerProbe&) = delete;

  // What each of its addresses showed, in the order of the requests.
  Task<std::vector<ProbeResult>> run();

 private:
  // Probes one address; the results are in found_. In these tasks false means: the server does not
  // answer any more.
  Task<bool> ask_at(Endpoint& endpoint, bool may_ask_unauthenticated);
  Task<bool> prove_keys(Endpoint& endpoint);
  Task<KeyVerdict> prove(Endpoint& endpoint, const std::string& key);
  Task<KeyVerdict> prove_with(Endpoint& endpoint, const std::string& key, Cipher cipher,
                              const InnerRequest& request);

  // With a proven key (authenticated.cpp).
  Task<bool> read_lists(Endpoint& endpoint);
  void take_capabilities(const InnerAnswer& answer);
  void take_rooms(const InnerAnswer& answer);
  bool reserve_memory();
  void take_first_round(const std::vector<InnerAnswer>& answers);
  Task<bool> ask_second_round(Endpoint& endpoint);
  Task<InnerAnswer> get_authenticated(Endpoint& endpoint, const std::string& path);
  void take_room(const std::string& token, const InnerAnswer& answer);
  void take_preview(const InnerAnswer& answer);

  // Without one (unauthenticated.cpp).
  Task<bool> find_key(Endpoint& endpoint);
  Task<bool> ask_version_3(Endpoint& endpoint);
  Task<bool> ask_unauthenticated(Endpoint& endpoint);
  Task<bool> ask_hints_unauthenticated(Endpoint& endpoint);
  Task<bool> ask_old_lists(Endpoint& endpoint);
  Task<HttpAnswer> get(Endpoint& endpoint, const std::string& path);

  bool take_list(RoomsFrom from, Result<RoomList> list);
  void take_answer(const HttpAnswer& answer);

  Requester& requester_;
  MemoryBudget& memory_;
  std::size_t memory_taken_ = 0;
  const bool is_known_;
  const bool knows_aes_gcm_;  // it proved its key with that cipher, which is tried first
  const Staff staff_;
  const OneTimeKeys& keys_source_;
  const BaseUrl published_;
  std::vector<std::string> keys_;   // to be tried, the most credible first
  std::vector<std::string> hints_;  // tokens
  const Round first_;               // what the first batch asks for
  AfterFirstRound after_first_;
  ProbeResult found_;
  KeyVerdict proof_;               // of found_.proven: its cipher, and the reply until it is read
  bool list_too_big_ = false;      // the last answer was too big
  bool is_out_of_memory_ = false;  // for its rooms: the probe ends
};
