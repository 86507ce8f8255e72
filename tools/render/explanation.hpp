// Why a Community is shown or not, in which language, and who says so: the text of
// `render --explain IDENTIFIER`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "knowledge/knowledge.hpp"
#include "model/community.hpp"

// Is this its identifier, an older form of it, or its join URL? Case doesn't matter.
bool is_called(const Community& community, std::string_view name);

// Which servers copy which, judged by the Communities that were added.
class CopyRules {
 public:
  void add(const Community& community);
  // `its server copies 7b4e909b, which showed …`: why the server counts as a copy, or why it does
  // not although its record says so; "" if the record does not say so. Sets `is_copy`.
  std::string rule(const std::string& server_id, bool& is_copy) const;

 private:
  std::map<std::string, std::string> copy_of_;  // server ids, as dedupe(1) sees them
  std::set<std::string> vouched_;               // servers with an official or pinned Community
};

// The names of official and pinned Communities, of those that were added.
class TrustedNames {
 public:
  explicit TrustedNames(const Knowledge& knowledge) : knowledge_{knowledge} {}
  void add(const Community& community);
  // `its name looks like "Session", of session+a03c383c, which is official`: why a Community is
  // marked as not the same; "" if it is not. `copy_rules`: of the whole listing.
  std::string rule(const Community& community, const CopyRules& copy_rules) const;

 private:
  struct Trusted {
    std::string server_id, identifier, name;
    bool is_official;
  };
  const Knowledge& knowledge_;
  std::multimap<std::string, Trusted> by_skeleton_;
};

// Lines of text, the last one ended too.
std::string explanation(const Community& community, const Knowledge& knowledge,
                        const CopyRules& copy_rules, const TrustedNames& trusted_names);
