#include <algorithm>
#include <iostream>
#include <set>
#include <unordered_map>

#include "base/in_order.hpp"
#include "candidate.hpp"
#include "dedupe.hpp"
#include "merge/merge.hpp"
#include "store/buckets.hpp"
#include "store/front.hpp"

namespace {

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

// What the last listing found out about the addresses that are asked for.
class Memory {
 public:
  // Each address of a listing is remembered as it is known there and as it was asked for.
  void add(Server listed, const Buckets& candidates) {
    const auto at = [&](const std::string& url, const Server& known) {
      if (candidates.find(url)) known_[url].push_back(found_out(known));
    };
    std::vector<Server> addresses = std::move(listed.observations);
    if (addresses.empty()) addresses.push_back(std::move(listed));
    for (const Server& known : addresses) {
      at(known.base_url, known);
      if (known.asked_url && *known.asked_url != known.base_url) at(*known.asked_url, known);
    }
  }

  void tell(Server& candidate) const {
    if (const auto known = known_.find(candidate.base_url); known != known_.end())
      for (const Server& server : known->second) remember(candidate, server);
  }

 private:
  std::unordered_map<std::string, std::vector<Server>> known_;  // by address
};

}  // namespace

int dedupe_by_url(const DedupeOptions& options) {
  BadLines bad_lines{options.bad_lines, "dedupe"};
  // Never destroyed: that would take longer than to end.
  static Buckets& buckets = *new Buckets{merge_by_url(), options.memory_bytes(), bad_lines};
  std::set<std::string> others;
  std::size_t records = 0;
  for_each_line(options.files, bad_lines, [&](const Line& line) {
    ++records;
    if (!buckets.add(line)) others.emplace(line.text);
  });

  Memory memory;
  if (!options.previous.empty()) {
    JsonText text;
    for_each_line({options.previous}, {}, "dedupe", [&](const Line& line) {
      const JsonView json = line.json(text);
      if (kind_of(json) == Server::kKind) memory.add(from_json<Server>(json), buckets);
    });
  }

  struct Batch {
    std::string lines;
    std::size_t candidates = 0;
    std::vector<Misread> bad;
  };
  const std::vector<Buckets::Id> order = buckets.by_address();
  std::size_t candidates = 0;
  LineWriter out;
  in_parts(
      order.size(), [&](std::size_t i) { return buckets.bytes(order[i]); },
      [&](std::size_t first, std::size_t last) {
        Batch batch;
        JsonText text;
        for (std::size_t i = first; i < last; ++i)
          for (Server& candidate : buckets.read(order[i], text, batch.bad)) {
            memory.tell(candidate);
            append_text(batch.lines, candidate);
            ++batch.candidates;
            batch.lines += '\n';
          }
        return batch;
      },
      [&](const Batch& batch) {
        buckets.tell(batch.bad);
        candidates += batch.candidates;
        out.write_lines(batch.lines);
      });
  for (const std::string& line : others) out.write(line);
  out.flush();
  if (options.verbose)
    std::cerr << "dedupe: " << records << " records, " << candidates << " addresses to ask\n";
  return bad_lines.status();
}
