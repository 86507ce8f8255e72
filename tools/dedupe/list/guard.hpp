// The guard of the listing: refuses a run that would lose much across many servers at once, which
// happens when the network or the clock of this machine is broken. A single server can never stop a
// run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/word.hpp"
#include "cli/errors.hpp"
#include "list/listing.hpp"
#include "record/listing_end.hpp"

// Why a listing must not be published. The summary names it, for what starts dedupe.
enum class RefusalCode { too_much_lost, wrong_clock };
constexpr auto words_of(RefusalCode) {
  return words<RefusalCode::wrong_clock>("too-much-lost", "wrong-clock");
}
struct Refusal : Failure {
  Refusal(RefusalCode why, const std::string& text) : Failure{text}, code{why} {}
  RefusalCode code;
};

// The rooms of the previous listing.
class PreviousListing {
 public:
  void add(const Server& server);
  void add(const ListingEnd& end) { newest_probe_ = end.at; }
  const std::optional<std::string>& newest_probe() const { return newest_probe_; }
  std::int64_t servers() const { return servers_; }
  std::int64_t communities() const { return rooms_.size(); }

  struct ListedRoom {
    std::string public_key, token, base_url;
  };
  const std::vector<ListedRoom>& rooms() const { return rooms_; }

 private:
  std::optional<std::string> newest_probe_;
  std::int64_t servers_ = 0;
  std::vector<ListedRoom> rooms_;
};

// Rooms that were listed and would not be listed any more. A room that a server with a proven key
// leaves out of its own answers is no loss.
class Loss {
 public:
  // A loss at fewer domains is their own fault, not that of this machine.
  static constexpr std::size_t kManyDomains = 3;

  Loss(const PreviousListing& before, const Listing& listing);

  // A message if the listing must not be published: more than `max_loss` per cent of the domains
  // would be lost, or nothing would be listed. A domain that loses a part of its Communities counts
  // as that part, so that the size of a domain does not matter.
  std::optional<std::string> refusal(std::int64_t max_loss) const;
  // Throws that message as a Refusal.
  void refuse_too_much(std::int64_t max_loss) const;

  // Lines for people: how many rooms were lost for which reason, and of which servers. "" for none.
  std::string details() const;

 private:
  struct Lost {
    std::string why, base_url;
  };

  std::vector<Lost> lost_;
  std::size_t left_out_ = 0;  // by their own servers: no loss
  std::size_t rooms_ = 0, lost_domains_ = 0;
  double lost_share_ = 0;  // of all domains
  bool lists_anything_ = false;
};

// Throws a Refusal if all new probes are more than a day older than the previous listing: then a
// clock was wrong, and the later times would win every merge from now on. `newest_probe`: of the
// new records; "" if it is not known.
void refuse_to_go_back(const PreviousListing& before, const std::string& newest_probe);
