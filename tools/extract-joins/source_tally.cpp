#include "source_tally.hpp"

void SourceTally::begin_page(std::size_t near_misses) {
  ++counts_.pages;
  counts_.near_misses += static_cast<std::int64_t>(near_misses);
  links_on_page_ = 0;
}

bool SourceTally::admit_link(const std::string& join_url, const std::string& base_url) {
  const bool is_known = links_.contains(join_url);
  const bool has_room = links_on_page_ < bounds_.links_per_page &&
                        (is_known || links_.size() < bounds_.links) && admit_server(base_url);
  if (!has_room) {
    ++counts_.left_out;
    return false;
  }
  ++links_on_page_;
  if (!is_known) links_.insert(join_url);
  counts_.links = static_cast<std::int64_t>(links_.size());
  return true;
}

bool SourceTally::admit_server(const std::string& base_url) {
  if (servers_.contains(base_url)) return true;
  if (servers_.size() >= bounds_.servers) return false;
  servers_.insert(base_url);
  counts_.servers = static_cast<std::int64_t>(servers_.size());
  return true;
}

SourceTally& SourceTallies::of(const std::string& source) {
  SourceTally*& tally = by_source_[source];
  if (!tally) tally = &tallies_.emplace_back(source, bounds_);
  return *tally;
}

std::vector<SourceCounts> SourceTallies::counts() const {
  std::vector<SourceCounts> counts;
  for (const SourceTally& tally : tallies_) counts.push_back(tally.counts());
  return counts;
}
