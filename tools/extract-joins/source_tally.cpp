#include "source_tally.hpp"

void SourceTally::begin_page(std::size_t near_misses) {
  ++counts_.pages;
  counts_.near_misses += near_misses;
  links_on_page_ = 0;
  keys_on_page_ = Budget<>{bounds_.keys_per_page};
}

bool SourceTally::admit_link(std::string_view base_url, std::string_view public_key) {
  const bool has_room = links_on_page_ < bounds_.links_per_page &&
                        counts_.links < static_cast<std::int64_t>(bounds_.links) &&
                        admit_server(base_url) && admit_key(base_url, public_key);
  if (!has_room) {
    ++counts_.left_out;
    return false;
  }
  ++links_on_page_;
  ++counts_.links;
  return true;
}

bool SourceTally::admit_server(std::string_view base_url) {
  if (keys_of_server_.contains(base_url)) return true;
  if (keys_of_server_.size() >= bounds_.servers) return false;
  keys_of_server_.try_emplace(std::string{base_url});
  ++counts_.servers;
  return true;
}

bool SourceTally::admit_key(std::string_view base_url, std::string_view public_key) {
  auto& keys = keys_of_server_.find(base_url)->second;
  if (keys.contains(public_key)) return true;
  if (keys.size() >= bounds_.keys || !keys_on_page_.take(std::string{base_url})) return false;
  keys.emplace(public_key);
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
