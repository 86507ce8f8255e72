#include "store/observations.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

#include "base/ordered_parallel_map.hpp"
#include "domain/domain.hpp"
#include "merge/merge.hpp"
#include "ndjson/bad_lines.hpp"
#include "record/listing_end.hpp"
#include "store/front.hpp"
#include "url/join_url.hpp"

namespace {

UnixTime time_or_never(const std::optional<std::string>& time) {
  return seconds_of(time, ObservationSummary::kNever);
}

// Summarises an observation, and appends its rooms to `fingerprints`.
void summarise(const Server& observation, ObservationSummary& summary,
               std::vector<RoomFingerprint>& fingerprints) {
  summary.has_key = observation.key.has_value();
  if (observation.key) {
    std::copy_n(observation.key->public_key.begin(), summary.digits.size(), summary.digits.begin());
    summary.is_refuted =
        observation.key->status == KeyStatus::refuted && !observation.key->proven_at;
    summary.proven_at = time_or_never(observation.key->proven_at);
    if (const std::string host = own_host(observation); summary.is_proven() && !host.empty())
      summary.is_on_own_host = host == parse_base_url(observation.base_url)->host;
  }
  summary.first_seen = time_or_never(observation.first_seen);
  summary.last_seen = time_or_never(observation.last_seen);
  summary.asked_at = seconds_of(observation.probe->at);
  summary.due_at = std::max(summary.asked_at, seconds_of(observation.probe->not_before, 0));
  summary.rooms = static_cast<std::uint32_t>(observation.rooms.size());
  if (!observation.found_on.empty() && !observation.found_on.front().source.empty())
    summary.source = std::hash<std::string>{}(observation.found_on.front().source);
  summary.first_fingerprint = static_cast<std::uint32_t>(fingerprints.size());
  for (const Room& room : observation.rooms)
    if (const auto fingerprint = fingerprint_of(room)) fingerprints.push_back(*fingerprint);
  summary.fingerprints =
      static_cast<std::uint32_t>(fingerprints.size()) - summary.first_fingerprint;
}

// The observations of some buckets.
struct Batch {
  std::vector<ObservationSummary> summaries;
  std::vector<RoomFingerprint> fingerprints;
  std::vector<Misread> bad;
};

}  // namespace

std::optional<RoomFingerprint> fingerprint_of(const Room& room) {
  if (!room.created || *room.created <= 0) return std::nullopt;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, *room.created).ptr;
  return RoomFingerprint{std::hash<std::string>{}((room.token + "@").append(text, end)),
                         time_or_never(room.first_seen), time_or_never(room.last_seen)};
}

Observations::Observations(std::size_t memory, BadLines& bad_lines)
    : buckets_{
          {{{Server::kKind, front_of<Server>("base_url"), true,
             [](const JsonView& record) { return observations_of(from_json<Server>(record)); }},
            {ListingEnd::kKind, {}, false, [](const JsonView&) { return std::vector<Server>{}; }}},
           key_of,
           merge_observations},
          memory,
          bad_lines} {}

void Observations::close(std::optional<UnixTime> now, UnixTime grace, const Vouched& vouched) {
  const std::vector<Buckets::Id> order = buckets_.by_address();
  of_bucket_.resize(buckets_.size());
  all_.reserve(buckets_.size());  // one each, mostly
  ordered_parallel_map_chunks(
      order.size(), [&](std::size_t i) { return buckets_.bytes(order[i]); },
      [&](std::size_t first, std::size_t last) {
        Batch batch;
        JsonText memory;
        for (std::size_t i = first; i < last; ++i) {
          std::uint32_t place = 0;
          for (const Server& observation : buckets_.compact(order[i], memory, batch.bad)) {
            ObservationSummary& summary = batch.summaries.emplace_back();
            summary.bucket = order[i];
            summary.place = place++;
            summarise(observation, summary, batch.fingerprints);
          }
        }
        return batch;
      },
      [&](Batch batch) {
        buckets_.tell(batch.bad);
        for (ObservationSummary& summary : batch.summaries) {
          summary.first_fingerprint += static_cast<std::uint32_t>(fingerprints_.size());
          if (!newest_ || *newest_ < summary.asked_at) newest_ = summary.asked_at;
        }
        all_.insert(all_.end(), batch.summaries.begin(), batch.summaries.end());
        fingerprints_.insert(fingerprints_.end(), batch.fingerprints.begin(),
                             batch.fingerprints.end());
      });
  rules_ = {now.value_or(newest_.value_or(0)), grace, &vouched};
  horizon_ = Horizon{rules_};
  forget_old_ones();
  forget_surplus_of_sources();
  forget_surplus_of_domains();
  for (Id id = 0; id < size(); ++id) {
    Range& range = of_bucket_[all_[id].bucket];
    if (range.last == 0) range.first = id;
    range.last = id + 1;
  }
}

// Whether an address answers, or once answered: that of a bucket, or its twin.
std::vector<bool> Observations::buckets_that_answered() const {
  std::vector<bool> answered(buckets_.size());
  for (const ObservationSummary& summary : all_)
    if (summary.last_seen != ObservationSummary::kNever) {
      answered[summary.bucket] = true;
      if (const auto twin = buckets_.find(twin_address(buckets_.address(summary.bucket))))
        answered[*twin] = true;
    }
  return answered;
}

// Reads only observations that are old enough to lose something; most are not.
void Observations::forget_old_ones() {
  const std::vector<bool> answered = buckets_that_answered();
  JsonText memory;
  std::erase_if(all_, [&](ObservationSummary& summary) {
    if (summary.last_seen == ObservationSummary::kNever && !answered[summary.bucket])
      return summary.due_at < horizon_.unanswered;
    const std::span<const RoomFingerprint> rooms = fingerprints_of(summary);
    if ((summary.last_seen == ObservationSummary::kNever ? summary.asked_at : summary.last_seen) >=
            horizon_.gone &&
        std::all_of(rooms.begin(), rooms.end(),
                    [&](const RoomFingerprint& room) { return room.last_seen >= horizon_.gone; }))
      return false;
    Server observation = buckets_.read(summary.bucket, summary.place, memory);
    const bool is_kept = forget(observation, horizon_);
    summarise(observation, summary, fingerprints_);
    return !is_kept;
  });
}

// A page can name other addresses in each crawl. Of those of one source that never answered, the
// ones that were probed last are kept: the others lose only their back-off.
void Observations::forget_surplus_of_sources() {
  const std::vector<bool> answered = buckets_that_answered();
  std::map<std::size_t, std::vector<Id>> of_source;
  for (Id id = 0; id < size(); ++id)
    if (all_[id].source != 0 && all_[id].last_seen == ObservationSummary::kNever &&
        !answered[all_[id].bucket])
      of_source[all_[id].source].push_back(id);
  std::vector<bool> is_surplus(size());
  for (auto& [source, ids] : of_source) {
    std::sort(ids.begin(), ids.end(), [&](Id a, Id b) {
      return std::pair{-all_[a].asked_at, a} < std::pair{-all_[b].asked_at, b};
    });
    for (std::size_t i = kMostUnansweredOfSource; i < ids.size(); ++i) is_surplus[ids[i]] = true;
  }
  forget_these(is_surplus);
}

// A domain can have any number of names and keys, and each can be another one in each crawl. Those
// that are silent have places of their own: a crowd of new names takes no record of a server that
// is away for a while. Half of the rooms are for those known longest, which no newcomer pushes out.
// The others are for those with the fewest: a few names with many rooms don't keep a small one out.
void Observations::forget_surplus_of_domains() {
  static_assert(kMostRooms <= kMostRoomsOfDomain / 2);  // the one known longest has a place
  std::map<std::pair<std::string, bool>, std::vector<Id>> groups;
  for (Id id = 0; id < size(); ++id) {
    if (!all_[id].has_answered()) continue;
    const std::string& url = base_url(id);
    const Hosts& listed = rules_.vouched->hosts(all_[id].public_key());
    if (!listed.empty() && listed.contains(parse_base_url(url)->host)) continue;
    const bool is_silent = all_[id].last_seen < rules_.now - rules_.grace;
    groups[{domain_of_base_url(url), is_silent}].push_back(id);
  }
  std::vector<bool> is_surplus(size());
  const auto longest_known = [&](Id a, Id b) {
    const auto rank = [&](Id id) {
      return std::tuple{!all_[id].is_proven(), all_[id].first_seen, id};
    };
    return rank(a) < rank(b);
  };
  const auto fewest_rooms = [&](Id a, Id b) {
    const auto rank = [&](Id id) { return std::tuple{!all_[id].is_proven(), all_[id].rooms}; };
    return rank(a) != rank(b) ? rank(a) < rank(b) : longest_known(a, b);
  };
  for (auto& [group, ids] : groups) {
    std::sort(ids.begin(), ids.end(), longest_known);
    const auto places = ids.begin() + std::min(std::ssize(ids), std::ptrdiff_t{kMostOfDomain});
    auto next = ids.begin();
    std::size_t rooms = 0;
    const auto keep = [&](std::size_t most_rooms) {
      for (; next != places && rooms + all_[*next].rooms <= most_rooms; ++next)
        rooms += all_[*next].rooms;
    };
    keep(kMostRoomsOfDomain / 2);
    std::sort(next, places, fewest_rooms);
    keep(kMostRoomsOfDomain);
    for (; next != ids.end(); ++next) is_surplus[*next] = true;
  }
  forget_these(is_surplus);
}

void Observations::forget_these(const std::vector<bool>& is_surplus) {
  std::size_t kept = 0;
  for (Id id = 0; id < is_surplus.size(); ++id)
    if (!is_surplus[id]) all_[kept++] = all_[id];
  all_.resize(kept);
}

std::span<const RoomFingerprint> Observations::fingerprints_of(
    const ObservationSummary& summary) const {
  return {fingerprints_.data() + summary.first_fingerprint, summary.fingerprints};
}

Server Observations::load(Id id, JsonText& memory) const {
  Server observation = buckets_.read(all_[id].bucket, all_[id].place, memory);
  forget(observation, horizon_);
  return observation;
}

Observations::Range Observations::at_address(const std::string& base_url) const {
  const auto bucket = buckets_.find(base_url);
  return bucket ? of_bucket_[*bucket] : Range{};
}

std::optional<Observations::Id> Observations::find(Range range, std::string_view public_key) const {
  const auto begin = all_.begin() + range.first, end = all_.begin() + range.last;
  const auto at = std::lower_bound(begin, end, public_key,
                                   [](const ObservationSummary& summary, std::string_view key) {
                                     return summary.public_key() < key;
                                   });
  if (at == end || at->public_key() != public_key) return std::nullopt;
  return static_cast<Id>(at - all_.begin());
}
