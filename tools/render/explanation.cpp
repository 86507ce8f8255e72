#include "explanation.hpp"

#include "text/fold.hpp"

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
    case Visibility::refuted:
      text = "its server does not hold its key";
      break;
    case Visibility::unnamed:
      text = "its key is not known";
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

std::string explanation(const Community& community, const Knowledge& knowledge) {
  std::string text = (community.identifier.empty() ? community.token : community.identifier) +
                     ": " + community.name + "\n";
  text += "  " + shown(community.decision, knowledge) + "\n";
  text += "  server: " + community.server.base_url;
  if (!community.server.public_key.empty())
    text += ", key " + community.server.key_status + " " + community.server.public_key;
  text += "\n";
  for (const std::string& older : community.older_identifiers)
    text += "  older identifier: " + older + "\n";
  for (const SpokenLanguage& language : community.languages) {
    const LanguageName* name = knowledge.language(language.code);
    text += "  language: " + language.code + (name ? ", " + name->english : "") + " " +
            said_by(language.witness) + "\n";
  }
  if (community.languages.empty()) text += "  language: nobody says, and the text does not tell\n";
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
  text += std::string{"  read-only: "} + (community.read_only ? "yes" : "no") + "\n";
  text += std::string{"  uploads off: "} + (community.no_uploads ? "yes" : "no") + "\n";
  text += std::string{"  staffed: "} + (community.staffed ? "yes" : "no") + ", staff " +
          number(community.staff_count) + ", people in a week " + number(community.weekly_users) +
          "\n";
  return text;
}
