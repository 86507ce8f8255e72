#include "model/site_model.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/errors.hpp"
#include "model/hash.hpp"
#include "model/identifiers.hpp"
#include "model/ranking.hpp"
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

ListedServer SiteModel::server(Spool::Slot slot) const {
  SpoolReader reader{server_texts};
  std::string_view in = reader.read(slot);
  ListedServer listed;
  unpack(in, listed);
  return listed;
}

const Community& CommunityReader::read(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  unpack(in, community_);
  return community_;
}

const Community& CommunityReader::read_row(Spool::Slot slot) {
  std::string_view in = reader_.read(slot);
  Community::each_row_field(community_, [&in](auto& field) { unpack(in, field); });
  return community_;
}

SiteModelBuilder::SiteModelBuilder(const Knowledge& knowledge, UnixTime now,
                                   AnnotatorOptions options)
    : annotator_{knowledge, now, options}, now_{now} {}

void SiteModelBuilder::add_events(const Community& community, Spool::Slot slot, std::uint64_t tie) {
  const auto add = [&](SiteModel::Event::Kind kind, const std::string& when) {
    const auto at = time_of(when);
    if (at && *at > now_ - kEventDays * 24 * 60 * 60)
      model_.events.push_back({kind, *at, slot, tie});
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
  (community.adult ? adult_ : communities_)
      .push_back({slot, score_of(community), first_bytes(community.identifier), tie,
                  community.pinned.holds, number});
  std::set<std::string> sources;
  for (const FoundPlace& place : community.found_on)
    if (!place.source.empty()) sources.insert(place.source);
  for (const std::string& source : sources) ++model_.sources[source];
  if (community.pinned) ++model_.reasons["pinned"]["pinned"];
  if (community.adult) {
    model_.adult_by_server[community.server.id].push_back(number);
    return;
  }
  for (const SpokenLanguage& language : community.languages)
    model_.languages[language.code].push_back(number);
  for (const Topic& topic : community.topics) model_.topics[topic.id].push_back(number);
  for (const Tag& tag : community.tags) model_.tags[tag.text].push_back(number);
  model_.by_server[community.server.id].push_back(number);
  model_.weekly_users += community.weekly_users.value_or(0);
  model_.proven += community.server.key_status == "proven";
  model_.is_new += community.is_new;
}

void SiteModelBuilder::add(const Server& server) {
  check(server);
  if (server.probe)
    newest_probe_ = std::max(newest_probe_, parse_rfc3339(server.probe->at).value_or(0));
  Annotated annotated = annotator_.annotate(server);
  for (const std::string& reason : annotated.withheld) {
    ++model_.hidden;
    ++model_.reasons[reason]["hidden"];
  }
  if (annotated.communities.empty() && !annotator_.may_name(server)) return;
  ListedServer listed = std::move(annotated.server);
  for (const Community& community : annotated.communities) {
    const bool first_adult = community.adult && !community.gone;
    if (first_adult && !community.adult.reason.empty())
      ++model_.reasons[community.adult.reason]["adult"];
    listed.adult_count += first_adult;
    listed.count += !community.adult && !community.gone;
    const auto& list = community.adult ? adult_ : communities_;
    add_community(community, static_cast<SiteModel::Number>(list.size()));
  }
  const bool has_page = listed.count + listed.adult_count > 0 && !listed.server.id.empty();
  if (!listed.gone || has_page) {
    if (!listed.outcome.empty()) ++model_.outcomes[listed.outcome];
    ++model_.key_states[listed.server.key_status.empty() ? "none" : listed.server.key_status];
  }
  packed_.clear();
  pack(packed_, listed);
  const Spool::Slot slot = model_.server_texts.add(packed_);
  const std::string order = listed.server.id + " " + listed.server.base_url;
  if (has_page) {
    model_.servers_up += listed.outcome == "ok";
    if (!model_.hosts.try_emplace(listed.server.id, host_of(listed.server.base_url)).second)
      throw Failure{"two servers are called " + listed.server.id +
                    ": the records should come from dedupe --by=key"};
    servers_.push_back({slot, listed.count, order});
  }
  if (!listed.outcome.empty() && listed.outcome != "ok" && !listed.gone)
    silent_.push_back({slot, listed.count, order});
}

// Communities were spooled as they came; every reader from here on wants them by rank.
void SiteModelBuilder::sort_communities() {
  Spool sorted;
  SpoolReader reader{model_.texts};
  std::vector<std::pair<std::uint64_t, Spool::Slot>> moved;
  const auto move = [&](Spool::Slot& slot) {
    const std::uint64_t before = slot.offset;
    slot = sorted.add(reader.read(slot));
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
  model_.texts.flush();
  model_.server_texts.flush();

  const auto rank = [&](std::vector<Entry>& entries, std::vector<Spool::Slot>& slots,
                        std::vector<SiteModel::Groups*> groups) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return std::make_tuple(!a.pinned, -a.score, a.head, a.tie) <
             std::make_tuple(!b.pinned, -b.score, b.head, b.tie);
    });
    std::vector<SiteModel::Number> place(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      place[entries[i].number] = static_cast<SiteModel::Number>(i);
      slots.push_back(entries[i].slot);
    }
    for (SiteModel::Groups* group : groups)
      for (auto& [name, numbers] : *group) {
        for (SiteModel::Number& number : numbers) number = place[number];
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
                        CommunityReader{model_}.read(entry.slot).identifier +
                        ": the records should come from dedupe --by=key"};
  rank(communities_, model_.communities,
       {&model_.languages, &model_.tags, &model_.topics, &model_.by_server});
  rank(adult_, model_.adult, {&model_.adult_by_server});

  const auto order = [](std::vector<ServerEntry>& entries, std::vector<Spool::Slot>& slots) {
    std::sort(entries.begin(), entries.end(), [](const ServerEntry& a, const ServerEntry& b) {
      return std::make_tuple(-a.count, std::string_view{a.id}) <
             std::make_tuple(-b.count, std::string_view{b.id});
    });
    for (const ServerEntry& entry : entries) slots.push_back(entry.slot);
  };
  order(servers_, model_.servers);
  order(silent_, model_.silent);

  std::sort(model_.events.begin(), model_.events.end(),
            [](const SiteModel::Event& a, const SiteModel::Event& b) {
              return std::make_tuple(-a.at, a.kind, a.tie) < std::make_tuple(-b.at, b.kind, b.tie);
            });
  sort_communities();
  return std::move(model_);
}
