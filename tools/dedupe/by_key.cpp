#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <iostream>
#include <mutex>
#include <set>
#include <unordered_set>

#include "base/ordered_parallel_map.hpp"
#include "cli/errors.hpp"
#include "dedupe.hpp"
#include "list/explain.hpp"
#include "list/guard.hpp"
#include "list/listing.hpp"
#include "list/printed_hosts.hpp"
#include "merge/merge.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/line_writer.hpp"
#include "record/listing_end.hpp"
#include "record/people.hpp"
#include "store/front.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::int64_t kGraceDays = 3, kMostLoss = 30;  // defaults of the options

// Reads a listing, which must be complete: its last line shows that.
PreviousListing read_previous(const std::string& file, UnixTime grace,
                              const std::function<void(const Line&)>& use) {
  PreviousListing previous;
  std::string last_place = file + ":1";
  JsonText memory;
  bool is_whole = false;
  for_each_line({file}, {}, "dedupe", [&](const Line& line) {
    if (is_whole) throw BadLine{"this line comes after the end of the listing"};
    const JsonView json = line.json(memory);
    std::string changed;
    if (kind_of(json) == Server::kKind) {
      auto server = from_json<Server>(json);
      previous.add(server);
      if (enter_printed_host(server, grace)) changed = to_text(server);
      observations_of(std::move(server));  // only to check it before anything is written
    }
    if (kind_of(json) == ListingEnd::kKind) {
      is_whole = true;
      const auto end = from_json<ListingEnd>(json);
      if (end.servers != previous.servers() || end.communities != previous.communities())
        throw BadLine{"this listing should have " + std::to_string(end.servers) + " servers with " +
                      std::to_string(end.communities) + " Communities, but has " +
                      std::to_string(previous.servers()) + " with " +
                      std::to_string(previous.communities())};
      previous.add(end);
    }
    last_place = line.place();
    use(changed.empty() ? line : Line{changed, line.file, line.number});
  });
  if (!is_whole) throw Failure{last_place + ": the listing was cut short after this line"};
  return previous;
}

// The address of a record of a server; "" for other lines.
std::string address_in(std::string_view line) {
  JsonText memory;
  const Result<JsonView> record = memory.read(line);
  if (!record || kind_of(*record) != Server::kKind) return {};
  const auto member = record->find("base_url");
  const auto address = member ? member->string() : std::nullopt;
  if (!address) return {};
  const auto base = parse_base_url(*address);
  return base ? base->text() : "";
}

// When the server of a line was probed, if one of our programs wrote the line; else "".
std::string_view asked_at(std::string_view line) {
  static const std::string front = "\"probe\":" + front_of_member<Probe>("at");
  const void* at = ::memmem(line.data(), line.size(), front.data(), front.size());
  if (!at) return {};
  line.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(at) - line.data()) +
                     front.size());
  line = line.substr(0, line.find('"'));
  return parse_rfc3339(line) ? line : std::string_view{};
}

Vouched vouched_by(const DedupeOptions& options) {
  Vouched vouched;
  for (const std::string& file : options.known) vouched.add_known_servers(file);
  for (const std::string& file : options.policy) vouched.add_policy(file);
  return vouched;
}

// Records of other kinds: each is written once, behind the servers.
using PassedThrough = std::set<std::string>;

// How the listing differs from the previous one, and how many people use its rooms.
class Changes {
 public:
  // `previous` outlives it; null: nothing was listed before.
  explicit Changes(const PreviousListing* previous) {
    if (!previous) return;
    for (const auto& room : previous->rooms()) before_.insert(room.public_key + room.token);
  }
  // May be called by several threads.
  void add(const Server& server) {
    std::int64_t people = 0;
    for (const Room& room : server.rooms) {
      if (!is_listed(room)) continue;
      if (!server.copy_of) {
        ++communities_;
        people += weekly_users(room).value_or(0);
      }
      ++(before_.contains(key_of(server) + room.token) ? still_listed_ : appeared_);
    }
    const std::lock_guard lock{people_mutex_};
    people_.add(server.base_url, people);
  }
  // `kept_last_state`: servers whose new record failed a check.
  Json::Object counts(const ListingEnd& end, std::int64_t kept_last_state) const {
    return {{"at", Json{end.at.value_or("")}},
            {"servers", Json::integer(end.servers)},
            {"communities", Json::integer(communities_)},
            {"appeared", Json::integer(appeared_)},
            {"vanished", Json::integer(static_cast<std::int64_t>(before_.size()) - still_listed_)},
            {"kept_last_state", Json::integer(kept_last_state)},
            {"weekly_users", Json::integer(people_.total())}};
  }

 private:
  std::unordered_set<std::string> before_;  // key and token
  std::atomic<std::int64_t> appeared_ = 0, still_listed_ = 0;
  std::atomic<std::int64_t> communities_ = 0;  // without copies
  std::mutex people_mutex_;
  PeopleSum people_;  // without copies
};

// Writes the listing, and a last line that shows that it is complete.
ListingEnd write(const Listing& listing, const PassedThrough& others,
                 const std::optional<UnixTime>& newest_probe, Changes* changes) {
  struct Batch {
    std::string lines;
    std::int64_t communities = 0;
  };
  ListingEnd end;
  LineWriter out;
  ordered_parallel_map_chunks(
      listing.size(), [&](std::size_t i) { return listing.bytes(i); },
      [&](std::size_t first, std::size_t last) {
        Batch batch;
        JsonText memory;
        for (std::size_t i = first; i < last; ++i) {
          const Server server = listing.server(i, memory);
          batch.communities += std::count_if(server.rooms.begin(), server.rooms.end(), is_listed);
          if (changes) changes->add(server);
          append_text(batch.lines, server);
          batch.lines += '\n';
        }
        return batch;
      },
      [&](const Batch& batch) {
        end.communities += batch.communities;
        out.write_lines(batch.lines);
      });
  for (const std::string& line : others) out.write(line);
  end.servers = listing.size();
  if (newest_probe) end.at = rfc3339(*newest_probe);
  if (end.servers > 0) out.write(to_text(end));
  out.flush();
  return end;
}

int make_listing(const DedupeOptions& options) {
  BadLines bad_lines{options.bad_lines, "dedupe"};
  // Never destroyed: destruction would take longer than the exit of the process.
  static Observations& observations = *new Observations{options.memory_bytes(), bad_lines};
  PassedThrough others;
  std::size_t records = 0;
  const auto take = [&](const Line& line) {
    ++records;
    if (!observations.add(line)) others.emplace(line.text);
  };
  const auto given = [](std::int64_t option, std::int64_t otherwise) {
    return option == DedupeOptions::kUnset ? otherwise : option;
  };
  const UnixTime grace = given(options.grace, kGraceDays) * kDay;
  std::optional<PreviousListing> previous;
  if (!options.previous.empty()) previous = read_previous(options.previous, grace, take);
  // A bad record affects only its own server: the state in the previous listing stays.
  std::int64_t kept_last_state = 0;
  bad_lines.set_excuse([&](const Line& line, const BadLine& bad) {
    const std::string address = address_in(line.text);
    if (address.empty()) return false;
    ++kept_last_state;
    std::cerr << "dedupe: " << line.place() << ": " << bad.why << "; " << address
              << " keeps its last good state\n";
    return true;
  });
  std::string newest_probe;  // of the new records
  for_each_line(options.files, bad_lines, [&](const Line& line) {
    take(line);
    if (!previous || options.now) return;
    if (const auto at = asked_at(line.text); newest_probe < at) newest_probe = at;
  });
  if (previous && !options.force) refuse_to_go_back(*previous, newest_probe);

  const Vouched vouched = vouched_by(options);
  observations.close(options.now, grace, vouched);
  const Listing listing{observations};
  if (!options.explain.empty()) {
    std::cout << explain(listing, options.explain) << std::flush;
    return bad_lines.status();
  }
  std::string loss;
  if (previous) {
    const Loss lost{*previous, listing};
    if (!options.force) lost.refuse_too_much(given(options.max_loss, kMostLoss));
    loss = lost.details();
  }
  std::optional<Changes> changes;
  if (options.summary.is_wanted()) changes.emplace(previous ? &*previous : nullptr);
  const ListingEnd end =
      write(listing, others, observations.newest_probe(), changes ? &*changes : nullptr);
  if (changes) options.summary.write(changes->counts(end, kept_last_state));
  if (options.verbose)
    std::cerr << "dedupe: " << records << " records, " << end.servers << " servers, "
              << end.communities << " Communities listed\n"
              << (loss.empty() ? "" : "dedupe: not listed any more:" + loss + "\n");
  return bad_lines.status();
}

}  // namespace

int dedupe_by_key(const DedupeOptions& options) {
  try {
    return make_listing(options);
  } catch (const Refusal& refusal) {
    if (options.summary.is_wanted())
      options.summary.write({{"refused", Json{std::string{word_of(refusal.code)}}}});
    throw;
  }
}
