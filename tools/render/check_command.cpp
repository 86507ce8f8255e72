#include "check_command.hpp"

#include <algorithm>
#include <iostream>
#include <map>

#include "cli/errors.hpp"
#include "model/annotate.hpp"
#include "text/fold.hpp"

namespace {

// "languages", "hidden" …: what a line says, for telling lines that say the same.
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

std::vector<std::string> said_twice(const Knowledge& knowledge) {
  std::vector<std::string> mistakes;
  std::map<std::pair<std::string, std::string>, std::string> said;
  for (const auto& [annotation, place] : knowledge.lines())
    for (const std::string& member : members_of(annotation)) {
      const auto [first, is_new] = said.emplace(std::pair{selector_of(annotation), member}, place);
      if (!is_new)
        mistakes.push_back(place + ": \"" + member + "\" of \"" + selector_of(annotation) +
                           "\" is said in " + first->second + " already");
    }
  return mistakes;
}

std::vector<std::string> without_name(const Knowledge& knowledge) {
  std::vector<std::string> mistakes;
  for (const auto& [annotation, place] : knowledge.lines())
    for (const std::string& code : annotation.languages)
      if (!knowledge.language(code))
        mistakes.push_back(place + ": no line of kind \"language\" names \"" + code + "\"");
  return mistakes;
}

}  // namespace

int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::vector<std::string>& listing, const BadLinePolicy& policy) {
  std::vector<std::string> mistakes;
  const Knowledge knowledge{knowledge_files, &mistakes};
  for (auto& found : {said_twice(knowledge), without_name(knowledge)})
    mistakes.insert(mistakes.end(), found.begin(), found.end());
  for (const std::string& mistake : mistakes) std::cerr << mistake << '\n';
  int status = mistakes.empty() ? kDone : kFailed;
  if (listing.empty()) return status;

  Annotator annotator{knowledge, 0, {false}};
  std::map<std::string, std::vector<std::string>> called;  // an identifier that people use
  const int listing_status =
      for_each_community(listing, policy, annotator, [&](const Community& community) {
        std::vector<std::string> names = community.older_identifiers;
        names.insert(names.end(), community.claimed_identifiers.begin(),
                     community.claimed_identifiers.end());
        names.push_back(community.identifier);
        for (const std::string& name : names)
          if (!knowledge.by_identifier(name).empty())
            called[fold_case(name)].push_back(community.identifier);
      });
  LineWriter out;
  for (const std::string& line : annotator.unmatched()) out.write(line);
  for (const auto& [name, communities] : called)
    if (communities.size() > 1)
      for (const std::size_t index : knowledge.by_identifier(name))
        out.write(knowledge.lines()[index].place + ": \"" + name + "\" is " + communities[0] +
                  " and " + communities[1]);
  out.flush();
  return std::max(status, listing_status);
}
