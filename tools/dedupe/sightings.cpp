#include "sightings.hpp"

#include <algorithm>
#include <charconv>

#include "base/in_order.hpp"
#include "merge.hpp"
#include "record/listing.hpp"

namespace {

UnixTime brief_of(const std::optional<std::string>& time) {
  return seconds_of(time, Brief::kNever);
}

// Puts a sighting in brief; its rooms behind `prints`.
void enter(const Server& sighting, Brief& brief, std::vector<Print>& prints) {
  brief.has_key = sighting.key.has_value();
  if (sighting.key) {
    std::copy_n(sighting.key->public_key.begin(), brief.digits.size(), brief.digits.begin());
    brief.is_refuted = sighting.key->status == "refuted" && !sighting.key->proven_at;
    brief.proven_at = brief_of(sighting.key->proven_at);
  }
  brief.first_seen = brief_of(sighting.first_seen);
  brief.last_seen = brief_of(sighting.last_seen);
  brief.asked_at = seconds_of(sighting.probe->at);
  brief.first_print = static_cast<std::uint32_t>(prints.size());
  for (const Room& room : sighting.rooms)
    if (const auto print = print_of(room)) prints.push_back(*print);
  brief.prints = static_cast<std::uint32_t>(prints.size()) - brief.first_print;
}

// The sightings of some piles.
struct Batch {
  std::vector<Brief> briefs;
  std::vector<Print> prints;
  std::vector<Misread> bad;
};

}  // namespace

std::optional<Print> print_of(const Room& room) {
  if (!room.created || *room.created <= 0) return std::nullopt;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, *room.created).ptr;
  return Print{std::hash<std::string>{}((room.token + "@").append(text, end)),
               brief_of(room.first_seen), brief_of(room.last_seen)};
}

Sightings::Sightings(std::size_t memory, BadLines& bad_lines)
    : piles_{
          {{{Server::kKind, R"({"kind":"server","base_url":")", true,
             [](const JsonView& record) { return sightings_of(from_json<Server>(record)); }},
            {ListingEnd::kKind, {}, false, [](const JsonView&) { return std::vector<Server>{}; }}},
           key_of,
           join_sightings},
          memory,
          bad_lines} {}

void Sightings::close(std::optional<UnixTime> now, UnixTime grace) {
  const std::vector<Piles::Id> order = piles_.by_address();
  of_pile_.resize(piles_.size());
  all_.reserve(piles_.size());  // one each, mostly
  in_parts(
      order.size(), [&](std::size_t i) { return piles_.bytes(order[i]); },
      [&](std::size_t first, std::size_t last) {
        Batch batch;
        JsonText memory;
        for (std::size_t i = first; i < last; ++i) {
          std::uint32_t place = 0;
          for (const Server& sighting : piles_.fold(order[i], memory, batch.bad)) {
            Brief& brief = batch.briefs.emplace_back();
            brief.pile = order[i];
            brief.place = place++;
            enter(sighting, brief, batch.prints);
          }
        }
        return batch;
      },
      [&](Batch batch) {
        piles_.tell(batch.bad);
        for (Brief& brief : batch.briefs) {
          brief.first_print += static_cast<std::uint32_t>(prints_.size());
          if (!newest_ || *newest_ < brief.asked_at) newest_ = brief.asked_at;
        }
        all_.insert(all_.end(), batch.briefs.begin(), batch.briefs.end());
        prints_.insert(prints_.end(), batch.prints.begin(), batch.prints.end());
      });
  rules_ = {now.value_or(newest_.value_or(0)), grace};
  horizon_ = Horizon{rules_};
  forget_old_ones();
  for (Id id = 0; id < size(); ++id) {
    Range& range = of_pile_[all_[id].pile];
    if (range.last == 0) range.first = id;
    range.last = id + 1;
  }
}

// Most are too young to forget anything that counts here.
void Sightings::forget_old_ones() {
  JsonText memory;
  std::erase_if(all_, [&](Brief& brief) {
    const std::span<const Print> prints = prints_of(brief);
    if ((brief.last_seen == Brief::kNever ? brief.asked_at : brief.last_seen) >= horizon_.gone &&
        std::all_of(prints.begin(), prints.end(),
                    [&](const Print& print) { return print.last_seen >= horizon_.gone; }))
      return false;
    Server sighting = piles_.read(brief.pile, brief.place, memory);
    const bool is_kept = forget(sighting, horizon_);
    enter(sighting, brief, prints_);
    return !is_kept;
  });
}

std::span<const Print> Sightings::prints_of(const Brief& brief) const {
  return {prints_.data() + brief.first_print, brief.prints};
}

Server Sightings::load(Id id, JsonText& memory) const {
  Server sighting = piles_.read(all_[id].pile, all_[id].place, memory);
  forget(sighting, horizon_);
  return sighting;
}

Sightings::Range Sightings::at_address(const std::string& base_url) const {
  const auto pile = piles_.find(base_url);
  return pile ? of_pile_[*pile] : Range{};
}

std::optional<Sightings::Id> Sightings::find(Range range, std::string_view public_key) const {
  const auto begin = all_.begin() + range.first, end = all_.begin() + range.last;
  const auto at = std::lower_bound(
      begin, end, public_key,
      [](const Brief& brief, std::string_view key) { return brief.public_key() < key; });
  if (at == end || at->public_key() != public_key) return std::nullopt;
  return static_cast<Id>(at - all_.begin());
}
