#include "explanation.hpp"

#include <cstdio>

#include "model/ranking.hpp"
#include "text/fold.hpp"
#include "url/join_url.hpp"

namespace {

std::string said_by(const Witness& witness) {
  std::string text = "(" + std::string{word_of(witness.origin)};
  if (!witness.who.empty()) text += ": " + witness.who;
  if (!witness.place.empty()) text += ", " + witness.place;
  return text + ")";
}

std::string shown(const VisibilityDecision& decision, const Knowledge& knowledge) {
  std::string text;
  switch (decision.visibility) {
    case Visibility::listed:
      return "shown: yes";
    case Visibility::gone:
      return "shown: only in the feeds, as gone since " + decision.date;
    case Visibility::hidden:
      text = "hidden by the policy";
      break;
    case Visibility::unlisted:
      text = "unlisted by its owner";
      break;
    case Visibility::closed:
      text = "only people with a permission may read or write there";
      break;
    case Visibility::refuted:
      text = "its server does not hold its key";
      break;
    case Visibility::unnamed:
      text = "its key is not known";
      break;
    case Visibility::unusable:
      text = "its data failed a check";
      break;
  }
  text = "shown: no, " + text + "; reason " + decision.reason;
  if (const ReasonText* reason = knowledge.reason(decision.reason))
    text += " (" + reason->title + ")";
  if (decision.visibility == Visibility::hidden) text += " " + said_by(decision.witness);
  if (!decision.date.empty()) text += ", " + decision.date;
  return text;
}

std::string fact(std::string_view name, const Fact& fact) {
  if (fact.because.empty()) return "  " + std::string{name} + ": no\n";
  return "  " + std::string{name} + (fact.holds ? ": yes, " : ": no, ") + fact.because + " " +
         said_by(fact.witness) + "\n";
}

std::string number(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "unknown";
}

std::string yes_or_no(const std::optional<bool>& holds) {
  return !holds ? "unknown" : *holds ? "yes" : "no";
}

// What its count of activity says.
std::string activity_rule(const Activity& activity) {
  if (activity.last_day.empty() && !activity.week) return "unknown";
  char rate[32];
  std::string text = activity.level ? std::string{word_of(*activity.level)} : "";
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (const auto& [a_day, days] : {std::pair{activity.week, "7"}, {activity.month, "30"}})
    if (a_day) {
      std::snprintf(rate, sizeof rate, "%.1f a day in ", *a_day);
      add(rate + std::string{days} + " days");
    }
  add(activity.last_day.empty() ? "none seen in " + std::to_string(activity.quiet_days) + " days"
                                : "last on " + activity.last_day);
  return text;
}

// Which rule chose the address that is printed.
std::string address_rule(const Community& community) {
  const CommunityServer& server = community.server;
  const auto named = parse_base_url(community.prints_url),
             address = parse_base_url(server.base_url);
  if (named && address && named->host == address->host)
    return "its key holder names this host in the proof";
  if (server.key_status != KeyStatus::proven)
    return "nobody proved the key; this address is known longest";
  if (community.prints_url.empty()) return "it proved the key; its key holder names no host";
  return "it proved the key; its key holder names " + community.prints_url +
         ", which is not public or not an address of this server";
}

// Which rules decide its place in the list.
std::string rank_rule(const Community& community, const CopyRules& copy_rules) {
  bool is_copy = false;
  std::string text = copy_rules.rule(community.server.id, is_copy);
  if (is_copy)
    text = "below all others, since " + text + "; ";
  else if (community.pinned)
    text = "before all others, since it is pinned; ";
  else if (!text.empty())
    text += "; ";
  else if (community.read_only && !community.official)
    text = "below the rooms, since nobody may write there; ";
  char number[32];
  double score = 0;
  std::string parts;
  for (const ScorePart& part : score_parts(community)) {
    std::snprintf(number, sizeof number, "%+.1f", part.points);
    parts += (parts.empty() ? "" : ", ") + std::string{part.why} + " " + number;
    score += part.points;
  }
  std::snprintf(number, sizeof number, "%.1f", score);
  text += "score " + std::string{number} + " (" + parts + ")";
  std::string budgets;
  for (const RowBudget& budget : kRowBudgets)
    budgets += (budgets.empty() ? "; of the first " : ", of the first ") +
               std::to_string(budget.rows) + " at most " + std::to_string(budget.most);
  text += budgets +
          " are of one server, of one domain, or of all domains that are known for less than " +
          std::to_string(kNewcomerFor / kDay) + " days";
  return text;
}

}  // namespace

bool is_called(const Community& community, std::string_view name) {
  const std::string wanted = fold_case(name);
  if (fold_case(community.identifier) == wanted) return true;
  if (!community.join_url.empty() && fold_case(community.join_url) == wanted) return true;
  for (const auto* names : {&community.older_identifiers, &community.claimed_identifiers})
    for (const std::string& older : *names)
      if (fold_case(older) == wanted) return true;
  return false;
}

void CopyRules::add(const Community& community) {
  if (!community.copy_of.empty()) copy_of_.emplace(community.server.id, community.copy_of);
  if (community.pinned || community.official) vouched_.insert(community.server.id);
}

std::string CopyRules::rule(const std::string& server_id, bool& is_copy) const {
  is_copy = false;
  const bool is_vouched = vouched_.contains(server_id);
  if (const auto copied = copy_of_.find(server_id); copied != copy_of_.end()) {
    is_copy = !is_vouched;
    return is_copy ? "its server copies " + copied->second +
                         ", which showed at least half of its rooms more than 7 days earlier, or "
                         "whose key people list"
                   : copied->second +
                         " showed its rooms earlier, but people vouch for its server: "
                         "it is the original";
  }
  for (const auto& [copy, original] : copy_of_)
    if (original == server_id && !is_vouched && vouched_.contains(copy)) {
      is_copy = true;
      return "people vouch for " + copy + ", which has the same rooms";
    }
  return {};
}

void TrustedNames::add(const Community& community) {
  if (!(community.pinned || community.official) || !community.listed() || community.adult) return;
  if (std::string skeleton = knowledge_.skeleton_of_name(community.name); !skeleton.empty())
    by_skeleton_.emplace(std::move(skeleton), Trusted{community.server.id, community.identifier,
                                                      community.name, community.official.holds});
}

std::string TrustedNames::rule(const Community& community, const CopyRules& copy_rules) const {
  bool is_copy = false;
  copy_rules.rule(community.server.id, is_copy);
  if (is_copy || community.pinned || community.official) return {};
  const auto [begin, end] = by_skeleton_.equal_range(knowledge_.skeleton_of_name(community.name));
  for (auto one = begin; one != end; ++one) {
    const Trusted& trusted = one->second;
    copy_rules.rule(trusted.server_id, is_copy);
    if (is_copy || trusted.server_id == community.server.id) continue;
    return "its name looks like \"" + trusted.name + "\", of " + trusted.identifier +
           ", which is " + (trusted.is_official ? "official" : "pinned");
  }
  return {};
}

std::string explanation(const Community& community, const Knowledge& knowledge,
                        const CopyRules& copy_rules, const TrustedNames& trusted_names) {
  std::string text = (community.identifier.empty() ? community.token : community.identifier) +
                     ": " + community.name + "\n";
  text += "  " + shown(community.decision, knowledge) + "\n";
  text += "  server: " + community.server.base_url;
  if (!community.server.public_key.empty())
    text += ", key " + std::string{word_of(community.server.key_status)} + " " +
            community.server.public_key;
  text += "\n";
  text += "  address: " + address_rule(community) + "\n";
  text += "  rank: " + rank_rule(community, copy_rules) + "\n";
  if (const std::string rule = trusted_names.rule(community, copy_rules); !rule.empty())
    text += "  marked as not the same: " + rule + "\n";
  for (const std::string& older : community.older_identifiers)
    text += "  older identifier: " + older + "\n";
  for (const SpokenLanguage& language : community.languages) {
    const LanguageName* name = knowledge.language(language.code);
    text += "  language: " + language.code + (name ? ", " + name->english : "") + " " +
            said_by(language.witness) + "\n";
  }
  if (community.languages.empty())
    text += "  language: unknown; nobody says it, and the text is too short or unclear\n";
  for (const std::string& written : community.unknown_languages)
    text += "  language not understood: \"" + written + "\" (owner)\n";
  for (const Topic& topic : community.topics)
    text += "  topic: " + topic.id + " " + said_by(topic.witness) + "\n";
  for (const Tag& tag : community.tags)
    text += "  tag: " + tag.text + " " + said_by(tag.witness) + "\n";
  text += fact("adult", community.adult) + fact("official", community.official) +
          fact("pinned", community.pinned) + fact("test", community.test);
  text += std::string{"  new: "} + (community.is_new ? "yes" : "no") +
          (community.first_seen.empty() ? "" : ", first seen " + community.first_seen) + "\n";
  text += "  anybody may: read " + yes_or_no(community.read) + ", write " +
          yes_or_no(community.write) + ", send files " + yes_or_no(community.upload) + "\n";
  text += "  activity: " + activity_rule(community.activity) + "\n";
  text += std::string{"  staffed: "} + (community.staffed ? "yes" : "no") + ", staff " +
          number(community.staff_count) + ", people in a week " + number(community.weekly_users) +
          "\n";
  return text;
}
