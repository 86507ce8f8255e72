#include "check_command.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <set>

#include "cli/errors.hpp"
#include "knowledge/selections.hpp"
#include "model/annotate.hpp"
#include "ndjson/line_writer.hpp"
#include "pages/site.hpp"
#include "record/identifier.hpp"
#include "text/fold.hpp"

namespace {

// The members of a line ("languages", "hidden" …), to find lines with the same one.
std::vector<std::string> members_of(const Annotation& line) {
  std::vector<std::string> members;
  if (!line.languages.empty()) members.push_back("languages");
  if (!line.tags.empty()) members.push_back("tags");
  if (line.hidden) members.push_back("hidden");
  if (line.nsfw) members.push_back("nsfw");
  if (line.pinned) members.push_back("pinned");
  if (line.official) members.push_back("official");
  if (line.staff_count) members.push_back("staff_count");
  return members;
}

std::vector<KnowledgeMistake> said_twice(const Knowledge& knowledge) {
  std::vector<KnowledgeMistake> mistakes;
  std::map<std::pair<std::string, std::string>, std::string> said;
  for (const auto& [annotation, place, number] : knowledge.lines())
    for (const std::string& member : members_of(annotation)) {
      const auto [first, is_new] = said.emplace(std::pair{selector_of(annotation), member}, place);
      if (!is_new)
        mistakes.push_back({place,
                            "\"" + member + "\" of \"" + selector_of(annotation) +
                                "\" is already given in " + first->second,
                            ""});
    }
  return mistakes;
}

std::vector<KnowledgeMistake> without_name(const Knowledge& knowledge) {
  std::vector<KnowledgeMistake> mistakes;
  for (const auto& [annotation, place, number] : knowledge.lines())
    for (const std::string& code : annotation.languages)
      if (!knowledge.language(code))
        mistakes.push_back(
            {place, "\"" + code + "\" has no name: add a line for it to names.ndjson", ""});
  return mistakes;
}

// The file, and the number of the line in it.
std::pair<std::string_view, std::size_t> order_of(std::string_view place) {
  const auto colon = place.rfind(':');
  std::size_t line = 0;
  std::from_chars(place.data() + colon + 1, place.data() + place.size(), line);
  return {place.substr(0, colon), line};
}

// What a listing tells about the lines.
struct Findings {
  // What to write in place of an identifier; if the line grants trust, with the whole key.
  std::map<std::string, std::set<std::string>> instead, whole;
  std::map<std::size_t, std::set<std::string>> keys;         // line with a host -> keys there
  std::map<std::size_t, std::set<std::string>> communities;  // line with an identifier -> which
};

void note(const Community& community, const Knowledge& knowledge, Findings& findings) {
  const std::string whole = community.token + "+" + community.server.public_key;
  findings.whole[fold_case(community.identifier)].insert(whole);
  for (const auto* names : {&community.older_identifiers, &community.claimed_identifiers})
    for (const std::string& name : *names) {
      findings.instead[fold_case(name)].insert(community.identifier);
      findings.whole[fold_case(name)].insert(whole);
    }
  for (const std::string& name : community.older_identifiers)
    for (const std::size_t line : knowledge.of_older(name))
      findings.communities[line].insert(community.identifier);
  for (const std::size_t line :
       knowledge.of_community(community.token, community.server.public_key))
    findings.communities[line].insert(community.identifier);
  if (community.server.public_key.empty()) return;
  const std::string_view address = host_port_of(community.server.base_url);
  for (const std::string_view host : {address, without_port(address)})
    for (const std::size_t line : knowledge.of_host(host))
      findings.keys[line].insert(community.server.public_key);
}

// What to write in place of an identifier; "" if the listing does not tell.
std::string instead_of(const std::string& identifier, bool grants_trust, const Findings& findings) {
  const auto& known = grants_trust ? findings.whole : findings.instead;
  const auto found = known.find(identifier);
  if (found == known.end()) return "";
  std::string names;
  for (const std::string& name : found->second) names += (names.empty() ? "" : " or ") + name;
  return names;
}

std::vector<std::string> notes_of(const Findings& findings, const Knowledge& knowledge,
                                  const Annotator& annotator) {
  std::vector<std::string> notes = annotator.matched_only_gone();
  for (std::size_t i = 0; i < knowledge.lines().size(); ++i) {
    const auto& [line, place, number] = knowledge.lines()[i];
    if (const auto found = findings.communities.find(i);
        found != findings.communities.end() && found->second.size() > 1)
      notes.push_back(place + ": \"" + selector_of(line) + "\" is " + *found->second.begin() +
                      " and " + *std::next(found->second.begin()));
    if (const auto found = findings.keys.find(i);
        found != findings.keys.end() && line.hidden.value_or(false))
      notes.push_back(place + ": this line names a host; write its key " + *found->second.begin() +
                      ", which stays the same after a move");
    if (line.identifier && !findings.communities.contains(i) && !takes_away(line))
      if (const std::string name = instead_of(*line.identifier, false, findings); !name.empty())
        notes.push_back(place + ": \"" + *line.identifier + "\" is an older identifier; write " +
                        name);
  }
  return notes;
}

// Lines that should take something away, but have an older identifier, which takes nothing away.
std::vector<KnowledgeMistake> without_effect(const Findings& findings, const Knowledge& knowledge) {
  std::vector<KnowledgeMistake> mistakes;
  for (std::size_t i = 0; i < knowledge.lines().size(); ++i) {
    const auto& [line, place, number] = knowledge.lines()[i];
    if (line.identifier && takes_away(line) && !findings.communities.contains(i) &&
        findings.instead.contains(*line.identifier))
      mistakes.push_back({place,
                          "\"" + *line.identifier +
                              "\" is an older identifier, which anybody can imitate, so this line "
                              "has no effect",
                          *line.identifier, false});
  }
  return mistakes;
}

}  // namespace

int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::string& selections_file, const std::vector<std::string>& listing,
                    const BadLinePolicy& policy, bool verbose) {
  std::vector<KnowledgeMistake> mistakes;
  const Knowledge knowledge{knowledge_files, &mistakes};
  for (auto& found : {said_twice(knowledge), without_name(knowledge)})
    mistakes.insert(mistakes.end(), found.begin(), found.end());
  if (!selections_file.empty()) read_selections(selections_file, &mistakes);
  Findings findings;
  Annotator annotator{knowledge, 0};
  int status = kDone;
  if (!listing.empty())
    status = for_each_community(listing, policy, annotator, [&](const Community& community) {
      note(community, knowledge, findings);
    });
  for (KnowledgeMistake& mistake : without_effect(findings, knowledge))
    mistakes.push_back(std::move(mistake));
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const auto& a, const auto& b) {
    return order_of(a.place) < order_of(b.place);
  });
  for (const KnowledgeMistake& mistake : mistakes) {
    const std::string name = instead_of(mistake.identifier, mistake.grants_trust, findings);
    std::cerr << mistake.place << ": " << mistake.why
              << (name.empty() ? "" : "; in this listing it is " + name) << '\n';
  }
  if (!mistakes.empty()) status = kFailed;
  if (listing.empty()) return status;

  std::vector<std::string> notes = notes_of(findings, knowledge, annotator);
  if (verbose)
    for (std::string& line : annotator.unmatched()) notes.push_back(std::move(line));
  std::stable_sort(notes.begin(), notes.end(), [](const std::string& a, const std::string& b) {
    return order_of(std::string_view{a}.substr(0, a.find(": "))) <
           order_of(std::string_view{b}.substr(0, b.find(": ")));
  });
  LineWriter out;
  for (const std::string& line : notes) out.write(line);
  out.flush();
  return status;
}

int check_site_languages(const std::vector<std::string>& sites,
                         const std::vector<std::string>& knowledge_files) {
  std::vector<KnowledgeMistake> said_by_check_knowledge;
  const Knowledge knowledge{knowledge_files, &said_by_check_knowledge};
  const Site site{sites};
  int status = kDone;
  const auto wrong = [&status](const std::string& place, const std::string& why) {
    std::cerr << place << ": " << why << '\n';
    status = kFailed;
  };
  std::map<std::string_view, const SiteLanguage*> by_name;
  LineWriter out;
  for (const SiteLanguage& language : site.languages()) {
    const Translations& texts = language.translations;
    if (const auto code = knowledge.registry().canonical(language.code); !code)
      wrong(texts.file, code.reason());
    const auto [first, is_new] = by_name.emplace(language.name, &language);
    if (!is_new)
      wrong(texts.place_of("language_name"), "\"language_name\" is \"" + language.name +
                                                 "\", as in " + first->second->translations.file +
                                                 "; write the language in its own words");
    std::size_t lacking = 0;
    std::string example;
    for (const LexiconEntry& topic : knowledge.topics())
      if (!topic.names || !topic.names->find(language.code)) {
        ++lacking;
        if (example.empty()) example = topic.id;
      }
    if (lacking > 0)
      out.write(texts.file + ": " + std::to_string(lacking) + " topics have no name in \"" +
                language.code + "\" and are shown in English, such as \"" + example +
                "\"; add names to topics.ndjson");
  }
  out.flush();
  return status;
}
