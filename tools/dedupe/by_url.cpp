#include <iostream>
#include <set>
#include <unordered_set>

#include "ask/ask_budget.hpp"
#include "ask/candidate.hpp"
#include "ask/previous_findings.hpp"
#include "base/ordered_parallel_map.hpp"
#include "dedupe.hpp"
#include "merge/merge.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/line_writer.hpp"
#include "store/buckets.hpp"
#include "store/front.hpp"
#include "store/observation.hpp"
#include "store/vouched.hpp"

namespace {

using Addresses = std::unordered_set<std::string>;

const std::string& no_name(const Server&) {
  static const std::string none;
  return none;
}

std::vector<Server> candidates_in_join(const JsonView& record) {
  std::vector<Server> one;  // an initializer list would copy it
  one.push_back(candidate_of(from_json<Join>(record)));
  return one;
}

Merge merge_by_url() {
  return {{{Join::kKind, front_of<Join>("base_url"), false, candidates_in_join},
           {Server::kKind, front_of<Server>("base_url"), true,
            [](const JsonView& record) { return candidates_of(from_json<Server>(record)); }}},
          no_name,
          merge_claims};
}

// Adds the servers that people list. Returns their addresses, which no budget limits.
Addresses add_known_servers(const std::vector<std::string>& files, Buckets& buckets) {
  Addresses known;
  JsonText memory;
  for (const std::string& file : files)
    for_each_line({file}, {}, "dedupe", [&](const Line& line) {
      const JsonView record = line.json(memory);
      for (const Server& server : candidates_of(known_server(record))) {
        known.insert(server.base_url);
        buckets.add({to_text(server), line.file, line.number});
      }
    });
  return known;
}

PreviousFindings read_previous(const std::string& file, const Buckets& buckets) {
  PreviousFindings previous{buckets};
  JsonText text;
  for_each_line({file}, {}, "dedupe", [&](const Line& line) {
    const JsonView json = line.json(text);
    if (kind_of(json) == Server::kKind) previous.add(from_json<Server>(json));
    if (kind_of(json) == ListingEnd::kKind) previous.add(from_json<ListingEnd>(json));
  });
  return previous;
}

// The addresses that are over the budget of their pages or domain. Never those that people list;
// nor those of the input that never answered and that no page names.
Addresses over_budget(const Buckets& buckets, const Addresses& known,
                      const std::vector<Server>& own_addresses, const PreviousFindings& previous) {
  std::vector<NamedAddress> named;
  for (const Server& own : own_addresses)
    named.push_back({own.base_url, {}, previous.answered_since(own.base_url)});
  JsonText text;
  std::vector<Misread> bad;  // reported when the bucket is read again
  for (Buckets::Id id = 0; id < buckets.size(); ++id) {
    const std::string& address = buckets.address(id);
    if (known.contains(address)) continue;
    if (const std::string& since = previous.answered_since(address); !since.empty()) {
      named.push_back({address, {}, since});
      continue;
    }
    for (Server& candidate : buckets.read(id, text, bad))
      if (!candidate.found_on.empty())
        named.push_back({address, std::move(candidate.found_on), ""});
  }
  const std::vector<std::string> left_out = over_budget(named, previous.seed());
  return {left_out.begin(), left_out.end()};
}

// Writes the candidates, sorted by address, and returns how many.
std::size_t write(Buckets& buckets, const PreviousFindings* previous, const Addresses& left_out,
                  LineWriter& out) {
  struct Batch {
    std::string lines;
    std::size_t candidates = 0;
    std::vector<Misread> bad;
  };
  const std::vector<Buckets::Id> order = buckets.by_address();
  std::size_t candidates = 0;
  ordered_parallel_map_chunks(
      order.size(), [&](std::size_t i) { return buckets.bytes(order[i]); },
      [&](std::size_t first, std::size_t last) {
        Batch batch;
        JsonText text;
        for (std::size_t i = first; i < last; ++i) {
          if (left_out.contains(buckets.address(order[i]))) continue;
          for (Server& candidate : buckets.read(order[i], text, batch.bad)) {
            if (previous) previous->tell(candidate);
            append_text(batch.lines, candidate);
            ++batch.candidates;
            batch.lines += '\n';
          }
        }
        return batch;
      },
      [&](const Batch& batch) {
        buckets.tell(batch.bad);
        candidates += batch.candidates;
        out.write_lines(batch.lines);
      });
  return candidates;
}

}  // namespace

int dedupe_by_url(const DedupeOptions& options) {
  BadLines bad_lines{options.bad_lines, "dedupe"};
  // Never destroyed: destruction would take longer than the exit of the process.
  static Buckets& buckets = *new Buckets{merge_by_url(), options.memory_bytes(), bad_lines};
  const Addresses known = add_known_servers(options.known, buckets);
  std::set<std::string> passed_through;
  std::size_t records = 0;
  for_each_line(options.files, bad_lines, [&](const Line& line) {
    ++records;
    if (!buckets.add(line)) passed_through.emplace(line.text);
  });

  std::optional<PreviousFindings> previous;
  Addresses left_out;
  if (!options.previous.empty()) {
    previous.emplace(read_previous(options.previous, buckets));
    const std::vector<Server> own_addresses = previous->own_addresses();
    left_out = over_budget(buckets, known, own_addresses, *previous);
    for (const Server& own : own_addresses) buckets.add({to_text(own), options.previous, 0});
  }
  LineWriter out;
  const std::size_t candidates = write(buckets, previous ? &*previous : nullptr, left_out, out);
  for (const std::string& line : passed_through) out.write(line);
  out.flush();
  options.summary.write(
      {{"addresses", Json::integer(candidates)}, {"left_out", Json::integer(left_out.size())}});
  if (options.verbose) {
    std::cerr << "dedupe: " << records << " records, " << candidates << " addresses to probe\n";
    if (!left_out.empty())
      std::cerr
          << "dedupe: " << left_out.size()
          << " addresses are left out of this run: of those that never answered, a page can have "
          << kMostUnansweredOfPage << " probed, a source " << kMostUnansweredOfSource
          << "; of all, a domain " << kMostOfDomain << "\n";
  }
  return bad_lines.status();
}
