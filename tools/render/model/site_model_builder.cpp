#include "model/site_model_builder.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "base/budget.hpp"
#include "domain/domain.hpp"
#include "knowledge/owner_text.hpp"
#include "model/hash.hpp"
#include "model/pack.hpp"
#include "model/ranking.hpp"
#include "record/identifier.hpp"
#include "record/people.hpp"
#include "text/fold.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::int64_t kEventDays = 90;        // older events are dropped
constexpr std::size_t kMostEventsOfWeek = 10;  // of one domain
constexpr std::size_t kMostTagPages = 300, kMostLanguagePages = 200;
constexpr std::size_t kMostTagsOfDomain = 32, kMostLanguagesOfDomain = 12;

std::optional<UnixTime> time_of(const std::string& text) {
  return text.size() == 10 ? parse_day(text) : parse_rfc3339(text);
}

PageShares::Weight weight_of(Origin origin) {
  return origin == Origin::curator    ? PageShares::curated
         : origin == Origin::detected ? PageShares::detected
                                      : PageShares::said_by_server;
}

// Keeps only the groups that have pages.
void keep(SiteModel::Groups& groups, const std::set<std::string>& names) {
  std::erase_if(groups, [&](const auto& group) { return !names.contains(group.first); });
}

}  // namespace

SiteModelBuilder::SiteModelBuilder(const Knowledge& knowledge, UnixTime now)
    : knowledge_{knowledge},
      annotator_{knowledge, now},
      now_{now},
      tags_{kMostTagsOfDomain, kMostTagPages},
      languages_{kMostLanguagesOfDomain, kMostLanguagePages} {}

void SiteModelBuilder::add_events(const Community& community, Spool::Slot slot, std::uint64_t tie) {
  const auto add = [&](SiteModel::Event::Kind kind, const std::string& when) {
    const auto at = time_of(when);
    if (at && *at > now_ - kEventDays * kDay)
      model_.events.push_back(
          {kind,
           *at,
           slot,
           tie,
           {static_cast<std::uint32_t>(hosts_.size() - 1), hosts_.back().domain},
           false,
           false});
  };
  if (community.gone) return add(SiteModel::Event::gone, community.gone_at);
  add(SiteModel::Event::appeared, community.first_seen);
  if (!community.returned.empty()) add(SiteModel::Event::returned, community.returned);
}

void SiteModelBuilder::add_community(const Community& community, SiteModel::Number number) {
  packed_.clear();
  pack(packed_, community);
  const Spool::Slot slot = model_.texts.add(packed_);
  const std::uint64_t tie = stable_hash(community.identifier);
  if (!community.adult) add_events(community, slot, tie);
  if (community.gone) return;
  Host& host = hosts_.back();
  const Holders holders{static_cast<std::uint32_t>(hosts_.size() - 1), host.domain};
  (community.adult ? adult_ : communities_)
      .push_back({slot, score_of(community), first_bytes(community.identifier), tie,
                  stable_hash(knowledge_.skeleton_of_name(community.name)), holders, number,
                  community.pinned.holds, community.official.holds, community.read_only, false});
  std::set<std::string> sources;
  for (const FoundPlace& place : community.found_on)
    if (!place.source.empty()) sources.insert(place.source);
  for (const std::string& source : sources) ++model_.sources[source];
  if (community.pinned) ++model_.reasons["pinned"]["pinned"];
  host.is_vouched_for = host.is_vouched_for || community.pinned || community.official;
  if (!host.copy_of.empty() || host.has_changed_key)
    host.identifiers.push_back(community.identifier);
  if (community.adult) {
    model_.adult_by_server[community.server.id].push_back(number);
    return;
  }
  for (const SpokenLanguage& language : community.languages) {
    model_.languages[language.code].push_back(number);
    languages_.add(language.code, holders, weight_of(language.witness.origin));
  }
  for (const Topic& topic : community.topics) model_.topics[topic.id].push_back(number);
  for (const Tag& tag : community.tags) {
    model_.tags[tag.text].push_back(number);
    tags_.add(tag_key(tag.text), holders, weight_of(tag.witness.origin));
    users_of_tag_[tag.text].insert(holders.domain);
  }
  model_.by_server[community.server.id].push_back(number);
  host.weekly_users += community.weekly_users.value_or(0);
  host.proven += community.server.key_status == KeyStatus::proven;
  if (community.is_new) host.news.push_back(time_of(community.first_seen).value_or(0));
}

// Rooms that are gone, adult or hidden now had their place in the feeds, too.
void SiteModelBuilder::count_other_rooms(const Server& server,
                                         const std::vector<Community>& communities) {
  std::set<std::string_view> shown;
  for (const Community& community : communities)
    if (!community.adult && !community.gone) shown.insert(community.token);
  for (const Room& room : server.rooms)
    if (const auto at = room.first_seen ? time_of(*room.first_seen) : std::nullopt;
        at && *at > now_ - kEventDays * kDay && !shown.contains(room.token))
      model_.events.push_back(
          {SiteModel::Event::appeared,
           *at,
           {},
           0,
           {static_cast<std::uint32_t>(hosts_.size() - 1), hosts_.back().domain},
           true,
           false});
}

void SiteModelBuilder::add(Server server) {
  if (!check_.keep_usable(server)) return;
  if (server.probe)
    newest_probe_ = std::max(newest_probe_, parse_rfc3339(server.probe->at).value_or(0));
  if (const auto seen = server.first_seen ? time_of(*server.first_seen) : std::nullopt)
    model_.began = model_.began == 0 ? *seen : std::min(model_.began, *seen);
  Annotated annotated = annotator_.annotate(server);
  for (const auto& [token, reason] : annotated.withheld) {
    ++model_.hidden;
    ++model_.reasons[reason]["hidden"];
    hidden_.emplace(annotated.server.server.id, fold_case(token));
    hidden_at_.emplace(without_port(host_port_of(server.base_url)), fold_case(token));
  }
  if (annotated.communities.empty() && !annotator_.may_name(server)) return;
  ListedServer listed = std::move(annotated.server);
  const auto number = static_cast<std::uint32_t>(domains_.size());
  const std::uint32_t domain =
      domains_.try_emplace(domain_of_base_url(listed.server.base_url), number).first->second;
  known_since_.resize(domains_.size(), now_);
  if (const auto since = time_of(listed.first_seen))  // none: it never answered
    known_since_[domain] = std::min(known_since_[domain], *since);
  const bool has_changed_key = std::find(server.flags.begin(), server.flags.end(),
                                         ServerFlag::key_changed) != server.flags.end();
  hosts_.push_back({listed.server.id,
                    listed.server.base_url,
                    listed.copy_of,
                    domain,
                    has_changed_key,
                    false,
                    0,
                    0,
                    {},
                    {}});
  for (const Community& community : annotated.communities) {
    const bool first_adult = community.adult && !community.gone;
    if (first_adult && !community.adult.reason.empty())
      ++model_.reasons[community.adult.reason]["adult"];
    listed.adult_count += first_adult;
    listed.count += !community.adult && !community.gone;
    const auto& list = community.adult ? adult_ : communities_;
    add_community(community, static_cast<SiteModel::Number>(list.size()));
  }
  count_other_rooms(server, annotated.communities);
  const bool has_page = listed.count + listed.adult_count > 0 && !listed.server.id.empty();
  if (!listed.gone || has_page) {
    if (listed.outcome) ++model_.outcomes[*listed.outcome];
    ++model_.key_states[listed.server.key_status];
  }
  packed_.clear();
  pack(packed_, listed);
  const Spool::Slot slot = model_.server_texts.add(packed_);
  const std::string order = listed.server.id + " " + listed.server.base_url;
  const Holders holders{static_cast<std::uint32_t>(hosts_.size() - 1), domain};
  if (has_page) {
    model_.servers_up += listed.outcome == ProbeOutcome::ok;
    model_.hosts.emplace(listed.server.id, host_port_of(listed.server.base_url));
    servers_.push_back({slot, listed.count, order, holders});
  }
  if (!listed.outcome || listed.outcome == ProbeOutcome::ok || listed.gone) return;
  // Anybody can invent a host, so it is shown only after it answered as a Community server.
  if (listed.last_seen.empty() && !has_page)
    ++model_.never_answered;
  else
    silent_.push_back({slot, listed.count, order, holders});
}

// Replaces all spellings of a tag (with the same tag_key()) by the one that most domains
// use, then most rooms.
void SiteModelBuilder::join_spellings() {
  std::map<std::string, std::vector<std::string>> by_key;
  for (const auto& [text, numbers] : model_.tags) by_key[tag_key(text)].push_back(text);
  for (const auto& [key, spellings] : by_key) {
    const auto use = [&](const std::string& spelling) {
      return std::pair{users_of_tag_[spelling].size(), model_.tags[spelling].size()};
    };
    const std::string& chosen = *std::max_element(
        spellings.begin(), spellings.end(),
        [&](const std::string& a, const std::string& b) { return use(a) < use(b); });
    for (const std::string& other : spellings) {
      if (other == chosen) continue;
      spelt_.emplace(other, chosen);
      for (const SiteModel::Number number : model_.tags[other]) {
        respelt_.insert(communities_[number].slot.offset);
        model_.tags[chosen].push_back(number);
      }
      model_.tags.erase(other);
    }
  }
}

std::string SiteModelBuilder::identifier_of(const Entry& entry) const {
  return CommunityReader{model_}.read_row(entry.slot).identifier;
}

// Domains that are known for a short time, and that nobody vouches for. Whoever buys ten of them
// has no more of the first rows than with one.
void SiteModelBuilder::find_newcomers() {
  groups_.resize(known_since_.size());
  const auto newcomers = static_cast<std::uint32_t>(groups_.size());
  for (std::uint32_t domain = 0; domain < groups_.size(); ++domain) {
    const UnixTime since = known_since_[domain];
    groups_[domain] = model_.is_news(since) && since > now_ - kNewcomerFor ? newcomers : domain;
  }
  for (const Host& host : hosts_)
    if (host.is_vouched_for) groups_[host.domain] = host.domain;
}

// No group of domains, no domain and no server has more than its share of the first rows, as long
// as there are others.
template <class Row, class HoldersOf>
void SiteModelBuilder::spread_rows(std::span<Row> rows, HoldersOf holders_of) const {
  spread(rows, [&](const Row& row) { return groups_[holders_of(row).domain]; });
  spread(rows, [&](const Row& row) { return holders_of(row).domain; });
  spread(rows, [&](const Row& row) { return holders_of(row).server; });
}

void SiteModelBuilder::rank(std::vector<Entry>& entries, std::vector<Spool::Slot>& slots,
                            const std::vector<SiteModel::Groups*>& groups) {
  const auto key = [](const Entry& entry) {
    return std::make_tuple(entry.is_copy, !entry.pinned, -entry.score, entry.head, entry.tie);
  };
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (const auto left = key(a), right = key(b); left != right) return left < right;
    return &a != &b && identifier_of(a) < identifier_of(b);
  });
  const auto copies = std::find_if(entries.begin(), entries.end(),
                                   [](const Entry& entry) { return entry.is_copy; });
  const auto originals = static_cast<std::size_t>(copies - entries.begin());
  const std::size_t rooms = channels_last(
      std::span{entries}.first(originals), [](const Entry& entry) { return entry.is_channel; },
      [](const Entry& entry) { return entry.pinned || entry.official; });
  const auto holders_of = [](const Entry& entry) { return entry.holders; };
  const std::pair<std::size_t, std::size_t> parts[] = {{0, rooms}, {rooms, originals}};
  for (const auto& [begin, end] : parts)
    spread_rows(std::span{entries}.subspan(begin, end - begin), holders_of);
  std::vector<SiteModel::Number> place(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    place[entries[i].number] = static_cast<SiteModel::Number>(i);
    slots.push_back(entries[i].slot);
  }
  for (SiteModel::Groups* group : groups)
    for (auto& [name, numbers] : *group) {
      for (SiteModel::Number& number : numbers) number = place[number];
      std::sort(numbers.begin(), numbers.end());
      for (const auto& [begin, end] : parts)
        spread_rows(std::span{std::lower_bound(numbers.begin(), numbers.end(), begin),
                              std::lower_bound(numbers.begin(), numbers.end(), end)},
                    [&](SiteModel::Number number) { return holders_of(entries[number]); });
    }
}

void SiteModelBuilder::sort_events() {
  std::set<std::uint64_t> gone;
  std::vector<std::uint64_t> listed;
  for (const auto* entries : {&communities_, &adult_})
    for (const Entry& entry : *entries) listed.push_back(entry.tie);
  std::sort(listed.begin(), listed.end());
  std::erase_if(model_.events, [&](const SiteModel::Event& event) {
    if (event.kind == SiteModel::Event::appeared) return !model_.is_news(event.at);
    if (event.kind != SiteModel::Event::gone) return false;
    // A Community that is listed with the same identifier is not gone. Each is gone only once.
    return std::binary_search(listed.begin(), listed.end(), event.tie) ||
           !gone.insert(event.tie).second;
  });
  std::sort(model_.events.begin(), model_.events.end(),
            [](const SiteModel::Event& a, const SiteModel::Event& b) {
              return std::make_tuple(-a.at, a.kind, a.tie) < std::make_tuple(-b.at, b.kind, b.tie);
            });
  choose_for_feeds();
}

// Of the events of a domain in one week, the first ones are in the feeds. Who renames rooms, or
// deletes them and makes them anew, is not in the feeds each time. With one domain alone, all are.
void SiteModelBuilder::choose_for_feeds() {
  const bool has_others = std::adjacent_find(model_.events.begin(), model_.events.end(),
                                             [](const auto& a, const auto& b) {
                                               return a.holders.domain != b.holders.domain;
                                             }) != model_.events.end();
  Budget<std::pair<std::uint32_t, UnixTime>> of_week{kMostEventsOfWeek};
  for (auto event = model_.events.rbegin(); event != model_.events.rend(); ++event) {
    const bool has_place = of_week.take({event->holders.domain, event->at / (7 * kDay)});
    event->in_feeds = has_place || !has_others;
  }
  std::erase_if(model_.events, [](const SiteModel::Event& event) { return event.is_over; });
}

// Moves the Communities to a new spool in the order of their rank, in which they will be read.
void SiteModelBuilder::sort_texts() {
  Spool sorted;
  SpoolReader reader{model_.texts};
  std::vector<std::pair<std::uint64_t, Spool::Slot>> moved;
  const auto move = [&](Spool::Slot& slot) {
    const std::uint64_t before = slot.offset;
    std::string_view text = reader.read(slot);
    if (respelt_.contains(before)) {
      Community community;
      unpack(text, community);
      for (Tag& tag : community.tags)
        if (const auto other = spelt_.find(tag.text); other != spelt_.end())
          tag.text = other->second;
      packed_.clear();
      pack(packed_, community);
      text = packed_;
    }
    slot = sorted.add(text);
    moved.emplace_back(before, slot);
  };
  for (auto* slots : {&model_.communities, &model_.adult})
    for (Spool::Slot& slot : *slots) move(slot);
  std::sort(moved.begin(), moved.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (SiteModel::Event& event : model_.events) {
    const auto found = std::lower_bound(moved.begin(), moved.end(), event.community.offset,
                                        [](const auto& a, std::uint64_t b) { return a.first < b; });
    if (found != moved.end() && found->first == event.community.offset)
      event.community = found->second;
    else
      event.community = sorted.add(reader.read(event.community));  // gone: in no list
  }
  sorted.flush();
  model_.texts = std::move(sorted);
}

SiteModel SiteModelBuilder::finish() {
  model_.generated_at = newest_probe_ > 0 ? newest_probe_ : now_;
  model_.left_out = check_.left_out().size();
  model_.hidden += model_.left_out;
  if (model_.left_out > 0) model_.reasons[kBadData]["hidden"] += model_.left_out;
  model_.texts.flush();
  model_.server_texts.flush();
  find_copies();
  find_imitations();
  find_newcomers();
  join_spellings();
  std::erase_if(model_.tags, [names = tags_.names()](const auto& group) {
    return !names.contains(tag_key(group.first));
  });
  keep(model_.languages, languages_.names());
  rank(communities_, model_.communities,
       {&model_.languages, &model_.tags, &model_.topics, &model_.by_server});
  rank(adult_, model_.adult, {&model_.adult_by_server});

  const auto order = [this](std::vector<ServerEntry>& entries, std::vector<Spool::Slot>& slots) {
    std::sort(entries.begin(), entries.end(), [](const ServerEntry& a, const ServerEntry& b) {
      return std::make_tuple(-a.count, std::string_view{a.id}) <
             std::make_tuple(-b.count, std::string_view{b.id});
    });
    spread_rows(std::span{entries}, [](const ServerEntry& entry) { return entry.holders; });
    for (const ServerEntry& entry : entries) slots.push_back(entry.slot);
  };
  order(servers_, model_.servers);
  order(silent_, model_.silent);
  sort_events();
  sort_texts();
  return std::move(model_);
}
