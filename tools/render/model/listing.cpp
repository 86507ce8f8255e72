#include "model/listing.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/errors.hpp"
#include "model/hash.hpp"
#include "pages/names.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::int64_t kEventDays = 90;  // what is older is no news

// The first eight bytes, so that their order is that of the text.
std::uint64_t first_bytes(std::string_view text) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i)
    head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  return head;
}

std::optional<UnixTime> time_of(const std::string& text) {
  return parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
}

// What becomes a link or the name of a file must have the form it should have.
void check(const Server& server) {
  if (!parse_base_url(server.base_url))
    throw BadLine{"\"base_url\" should be http(s)://HOST[:PORT]"};
  if (server.server_id && !is_server_id(*server.server_id))
    throw BadLine{"\"server_id\" should be 8 or more lower-case hex digits"};
  if (server.key && !parse_public_key(server.key->public_key))
    throw BadLine{"\"key.public_key\" should be 64 hex digits of a key"};
  for (std::size_t i = 0; i < server.rooms.size(); ++i) {
    const Room& room = server.rooms[i];
    const std::string path = "\"rooms[" + std::to_string(i) + "].";
    if (!is_token(room.token)) throw BadLine{path + "token\" should be 1 to 64 of 0-9 A-Z a-z _ -"};
    if (room.identifier && !is_identifier(*room.identifier))
      throw BadLine{path + "identifier\" should be TOKEN+ and 8 or more lower-case hex digits"};
    if (room.join_url && !parse_join_url(*room.join_url))
      throw BadLine{path + "join_url\" should be a join link"};
  }
}

}  // namespace

std::string_view host_of(std::string_view base_url) { return host_port_of(base_url); }

ServerCard Listing::server(Spool::Slot slot) const {
  SpoolReader reader{server_cards};
  std::string_view in = reader.read(slot);
  ServerCard card;
  unpack(in, card);
  return card;
}

const Card& CardReader::read(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  unpack(in, card_);
  return card_;
}

const Card& CardReader::read_row(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  Card::each_row_field(card_, [&in](auto& field) { unpack(in, field); });
  return card_;
}

ListingBuilder::ListingBuilder(const Knowledge& knowledge, UnixTime now, AnnotatorOptions options)
    : annotator_{knowledge, now, options}, now_{now} {}

void ListingBuilder::add_events(const Card& card, Spool::Slot slot, std::uint64_t tie) {
  const auto add = [&](Listing::Event::Kind kind, const std::string& when) {
    const auto at = time_of(when);
    if (at && *at > now_ - kEventDays * 24 * 60 * 60)
      listing_.events.push_back({kind, *at, slot, tie});
  };
  if (card.gone) return add(Listing::Event::gone, card.gone_at);
  add(Listing::Event::appeared, card.first_seen);
  if (!card.returned.empty()) add(Listing::Event::returned, card.returned);
}

void ListingBuilder::add_card(const Card& card, Listing::Number number) {
  packed_.clear();
  pack(packed_, card);
  const Spool::Slot slot = listing_.cards.add(packed_);
  const std::uint64_t tie = stable_hash(card.identifier);
  if (!card.adult) add_events(card, slot, tie);
  if (card.gone) return;
  (card.adult ? adult_ : communities_)
      .push_back({slot, score_of(card), first_bytes(card.identifier), tie, card.pinned, number});
  std::set<std::string> sources;
  for (const CardPlace& place : card.found_on)
    if (!place.source.empty()) sources.insert(place.source);
  for (const std::string& source : sources) ++listing_.sources[source];
  if (card.pinned) ++listing_.reasons["pinned"]["pinned"];
  if (card.adult) {
    listing_.adult_by_server[card.server.id].push_back(number);
    return;
  }
  for (const CardLanguage& language : card.languages)
    listing_.languages[language.code].push_back(number);
  for (const std::string& tag : card.tags) listing_.tags[tag].push_back(number);
  listing_.by_server[card.server.id].push_back(number);
  listing_.weekly_users += card.weekly_users.value_or(0);
  listing_.proven += card.server.key_status == "proven";
  listing_.is_new += card.is_new;
}

void ListingBuilder::add(const Server& server) {
  check(server);
  if (server.probe)
    newest_probe_ = std::max(newest_probe_, parse_rfc3339(server.probe->at).value_or(0));
  const Annotated annotated = annotator_.annotate(server);
  for (const std::string& reason : annotated.withheld) {
    ++listing_.hidden;
    ++listing_.reasons[reason]["hidden"];
  }
  if (annotated.communities.empty() && !annotator_.may_name(server)) return;
  ServerCard card = server_card(server, now_);
  std::erase_if(card.server.aliases, [this](const CardAlias& alias) {
    return !annotator_.may_name_address(alias.base_url);
  });
  for (const Community& community : annotated.communities) {
    const Card made = card_of(community, card.server, now_);
    const bool first_adult = made.adult && !made.gone;
    if (first_adult && !community.adult.reason.empty())
      ++listing_.reasons[community.adult.reason]["adult"];
    card.adult_count += first_adult;
    card.count += !made.adult && !made.gone;
    const auto& list = made.adult ? adult_ : communities_;
    add_card(made, static_cast<Listing::Number>(list.size()));
  }
  const bool has_page = card.count + card.adult_count > 0 && !card.server.id.empty();
  if (!card.gone || has_page) {
    if (!card.outcome.empty()) ++listing_.outcomes[card.outcome];
    ++listing_.key_states[card.server.key_status.empty() ? "none" : card.server.key_status];
  }
  packed_.clear();
  pack(packed_, card);
  const Spool::Slot slot = listing_.server_cards.add(packed_);
  const std::string order = card.server.id + " " + card.server.base_url;
  if (has_page) {
    listing_.servers_up += card.outcome == "ok";
    if (!listing_.hosts.try_emplace(card.server.id, host_of(card.server.base_url)).second)
      throw Failure{"two servers are called " + card.server.id +
                    ": the records should come from dedupe --by=key"};
    servers_.push_back({slot, card.count, order});
  }
  if (!card.outcome.empty() && card.outcome != "ok" && !card.gone)
    silent_.push_back({slot, card.count, order});
}

// Cards were spooled as they came; every reader from here on wants them by rank.
void ListingBuilder::sort_cards() {
  Spool sorted;
  SpoolReader reader{listing_.cards};
  std::vector<std::pair<std::uint64_t, Spool::Slot>> moved;
  const auto move = [&](Spool::Slot& slot) {
    const std::uint64_t before = slot.offset;
    slot = sorted.add(reader.read(slot));
    moved.emplace_back(before, slot);
  };
  for (auto* slots : {&listing_.communities, &listing_.adult})
    for (Spool::Slot& slot : *slots) move(slot);
  std::sort(moved.begin(), moved.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (Listing::Event& event : listing_.events) {
    const auto found = std::lower_bound(moved.begin(), moved.end(), event.card.offset,
                                        [](const auto& a, std::uint64_t b) { return a.first < b; });
    if (found != moved.end() && found->first == event.card.offset)
      event.card = found->second;
    else
      event.card = sorted.add(reader.read(event.card));  // gone: in no list
  }
  sorted.flush();
  listing_.cards = std::move(sorted);
}

Listing ListingBuilder::finish() {
  listing_.generated_at = newest_probe_ > 0 ? newest_probe_ : now_;
  listing_.cards.flush();
  listing_.server_cards.flush();

  const auto rank = [&](std::vector<Entry>& entries, std::vector<Spool::Slot>& slots,
                        std::vector<Listing::Groups*> groups) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return std::make_tuple(!a.pinned, -a.score, a.head, a.tie) <
             std::make_tuple(!b.pinned, -b.score, b.head, b.tie);
    });
    std::vector<Listing::Number> place(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      place[entries[i].number] = static_cast<Listing::Number>(i);
      slots.push_back(entries[i].slot);
    }
    for (Listing::Groups* group : groups)
      for (auto& [name, numbers] : *group) {
        for (Listing::Number& number : numbers) number = place[number];
        std::sort(numbers.begin(), numbers.end());
      }
  };
  std::vector<std::uint64_t> ties;
  for (const auto* entries : {&communities_, &adult_})
    for (const Entry& entry : *entries) ties.push_back(entry.tie);
  std::sort(ties.begin(), ties.end());
  if (const auto twin = std::adjacent_find(ties.begin(), ties.end()); twin != ties.end())
    for (const auto* entries : {&communities_, &adult_})
      for (const Entry& entry : *entries)
        if (entry.tie == *twin)
          throw Failure{"two Communities are called " +
                        CardReader{listing_}.read(entry.slot).identifier +
                        ": the records should come from dedupe --by=key"};
  rank(communities_, listing_.communities,
       {&listing_.languages, &listing_.tags, &listing_.by_server});
  rank(adult_, listing_.adult, {&listing_.adult_by_server});

  const auto order = [](std::vector<ServerEntry>& entries, std::vector<Spool::Slot>& slots) {
    std::sort(entries.begin(), entries.end(), [](const ServerEntry& a, const ServerEntry& b) {
      return std::make_tuple(-a.count, std::string_view{a.id}) <
             std::make_tuple(-b.count, std::string_view{b.id});
    });
    for (const ServerEntry& entry : entries) slots.push_back(entry.slot);
  };
  order(servers_, listing_.servers);
  order(silent_, listing_.silent);

  std::sort(listing_.events.begin(), listing_.events.end(),
            [](const Listing::Event& a, const Listing::Event& b) {
              return std::make_tuple(-a.at, a.kind, a.tie) < std::make_tuple(-b.at, b.kind, b.tie);
            });
  sort_cards();
  return std::move(listing_);
}
