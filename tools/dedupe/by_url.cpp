#include <iostream>
#include <map>
#include <set>

#include "candidate.hpp"
#include "dedupe.hpp"
#include "merge.hpp"

namespace {

// Each address of a listing, as it is known there and as it was asked for.
void remember(std::map<std::string, Server>& candidates, Server listed) {
  const auto at = [&](const std::string& url, const Server& known) {
    const auto candidate = candidates.find(url);
    if (candidate != candidates.end()) remember(candidate->second, known);
  };
  std::vector<Server> addresses = std::move(listed.sightings);
  if (addresses.empty()) addresses.push_back(std::move(listed));
  for (const Server& known : addresses) {
    at(known.base_url, known);
    if (known.asked_url && *known.asked_url != known.base_url) at(*known.asked_url, known);
  }
}

}  // namespace

int dedupe_by_url(const DedupeOptions& options) {
  std::map<std::string, Server> candidates;
  std::set<std::string> others;
  std::size_t records = 0;
  JsonText memory;
  const auto claim = [&](Server candidate) {
    const auto [at, is_new] = candidates.try_emplace(candidate.base_url, std::move(candidate));
    if (!is_new) join_claims(at->second, candidate);
  };
  const int status =
      for_each_line(options.files, options.bad_lines, "dedupe", [&](const Line& line) {
        const JsonView json = line.json(memory);
        const std::string_view kind = kind_of(json);
        ++records;
        if (kind == Join::kKind)
          claim(candidate_of(from_json<Join>(json)));
        else if (kind == Server::kKind)
          for (Server& candidate : candidates_of(from_json<Server>(json)))
            claim(std::move(candidate));
        else if (!kind.empty())
          others.emplace(line.text);
        else
          throw BadLine{"\"kind\" should be a string"};
      });

  if (!options.previous.empty())
    for_each_line({options.previous}, {}, "dedupe", [&](const Line& line) {
      const JsonView json = line.json(memory);
      if (kind_of(json) == Server::kKind) remember(candidates, from_json<Server>(json));
    });

  LineWriter out;
  for (const auto& [url, candidate] : candidates) out.write(to_text(candidate));
  for (const std::string& line : others) out.write(line);
  out.flush();
  if (options.verbose)
    std::cerr << "dedupe: " << records << " records, " << candidates.size()
              << " addresses to ask\n";
  return status;
}
