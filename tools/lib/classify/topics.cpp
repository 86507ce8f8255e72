#include "classify/topics.hpp"

#include <algorithm>

namespace {

constexpr std::size_t kMostTopics = 3;

struct Candidate {
  const Meaning* topic;
  Place place;
  std::size_t tag;
  std::vector<std::string> words;  // each once
  int score = 0;
  bool full = false;  // a word that counts by itself
};

}  // namespace

std::vector<TopicGuess> guess_topics(const RoomReading& room) {
  std::vector<Candidate> candidates;
  for (const PlacedReading& placed : room)
    for (const Match& match : placed.reading.matches) {
      if (match.meaning->list != LexiconList::topic || match.denied) continue;
      const Weight weight = weight_of(placed, match);
      if (weight == Weight::none) continue;
      auto at = std::find_if(candidates.begin(), candidates.end(),
                             [&](const Candidate& c) { return c.topic == match.meaning; });
      if (at == candidates.end())
        at =
            candidates.insert(at, Candidate{match.meaning, placed.place, placed.tag, {}, 0, false});
      std::string word = placed.reading.text_of(match);
      if (std::find(at->words.begin(), at->words.end(), word) != at->words.end()) continue;
      at->words.push_back(std::move(word));
      at->full = at->full || weight == Weight::full;
      at->score += (weight == Weight::full ? 2 : 1) * (placed.place == Place::description ? 1 : 2);
    }
  std::erase_if(candidates, [](const Candidate& c) { return !c.full && c.words.size() < 2; });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<TopicGuess> topics;
  for (const Candidate& candidate : candidates)
    if (topics.size() < kMostTopics)
      topics.push_back({candidate.topic->id, candidate.place, candidate.words[0], candidate.tag});
  return topics;
}
