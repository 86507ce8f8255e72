// dedupe: merges records that speak of one thing; see dedupe(1).
#include <map>
#include <set>

#include "candidate.hpp"
#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "listing.hpp"
#include "merge.hpp"
#include "ndjson/lines.hpp"
#include "record/listing.hpp"

int main(int argc, char** argv) {
  return run_tool("dedupe", [&] {
    std::string by;
    Rules rules;
    BadLinePolicy bad_lines;
    Options options{"dedupe", "--by=url|key [FILE...]",
                    "Merge records that speak of one thing. The result does not depend on their\n"
                    "order, on how they were split, or on how often one is repeated.\n"};
    options.value("by", "url|key",
                  "url: links and servers into candidates, one an address;\n"
                  "key: probed servers into a listing, one a public key",
                  [&](auto value) {
                    if (value != "url" && value != "key")
                      throw UsageError{"--by " + std::string{value} + ": expected url or key"};
                    by = value;
                  });
    add_bad_line_options(options, bad_lines);
    const std::vector<std::string> files = options.read(argc, argv);
    if (by.empty()) throw UsageError{"--by=url or --by=key is wanted"};

    std::set<std::string> others;
    std::map<std::string, Server> candidates;
    Sightings sightings;
    const auto claim = [&](const Server& candidate) {
      const auto [at, is_new] = candidates.try_emplace(candidate.base_url, candidate);
      if (!is_new) join_claims(at->second, candidate);
    };
    const int status = for_each_line(files, bad_lines, "dedupe", [&](const Line& line) {
      const Json json = line.json();
      const std::string_view kind = kind_of(json);
      if (kind.empty()) throw BadLine{"\"kind\" should be a string"};
      if (by == "url" && kind == Join::kKind) {
        claim(candidate_of(from_json<Join>(json)));
      } else if (by == "url" && kind == Server::kKind) {
        for (const Server& candidate : candidates_of(from_json<Server>(json))) claim(candidate);
      } else if (by == "key" && kind == Server::kKind) {
        for (Server& sighting : sightings_of(from_json<Server>(json)))
          sightings.add(std::move(sighting));
      } else if (by != "key" || kind != ListingEnd::kKind) {
        others.emplace(line.text);
      }
    });

    LineWriter out;
    for (const auto& [url, candidate] : candidates) out.write(to_text(to_json(candidate)));
    ListingEnd end;
    if (by == "key") {
      if (const auto newest = sightings.newest_probe()) {
        rules.now = *newest;
        end.at = rfc3339(*newest);
        sightings.forget(rules);
      }
      for (const Server& server : listing_of(sightings, rules)) {
        out.write(to_text(to_json(server)));
        ++end.servers;
        end.communities += std::count_if(server.rooms.begin(), server.rooms.end(), is_listed);
      }
    }
    for (const std::string& line : others) out.write(line);
    if (by == "key") out.write(to_text(to_json(end)));
    out.flush();
    return status;
  });
}
