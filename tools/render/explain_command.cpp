#include "explain_command.hpp"

#include <iostream>

#include "cli/errors.hpp"
#include "explanation.hpp"
#include "model/annotate.hpp"
#include "ndjson/line_writer.hpp"
#include "text/fold.hpp"

namespace {

std::string no_such(const std::string& name, const Knowledge& knowledge) {
  std::string text = "render: nothing here is called \"" + name + "\"";
  for (const KnownLine& line : knowledge.lines())
    if (selector_of(line.annotation) == fold_case(name))
      text += "; " + line.place + " has a line for it";
  return text;
}

}  // namespace

int explain_communities(const std::vector<std::string>& files, const BadLinePolicy& policy,
                        const std::vector<std::string>& names, const Knowledge& knowledge,
                        UnixTime now) {
  Annotator annotator{knowledge, now};
  LineWriter out;
  std::vector<bool> found(names.size());
  int status = kDone;
  CopyRules copy_rules;
  TrustedNames trusted_names{knowledge};
  std::vector<Community> explained;
  status = for_each_community(files, policy, annotator, [&](const Community& community) {
    copy_rules.add(community);
    trusted_names.add(community);
    bool wanted = false;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (is_called(community, names[i])) wanted = found[i] = true;
    if (wanted) explained.push_back(community);
  });
  for (const Community& community : explained) {
    std::string text = explanation(community, knowledge, copy_rules, trusted_names);
    text.pop_back();
    out.write(text);
  }
  out.flush();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!found[i]) {
      std::cerr << no_such(names[i], knowledge) << '\n';
      status = kFailed;
    }
  return status;
}
