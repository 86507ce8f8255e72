#include "classify/topics.hpp"

#include <algorithm>

namespace {

constexpr std::size_t kMostTopics = 3;
constexpr std::size_t kReachOfLanguage = 1;  // words between "learn" and "Japanese"

struct Candidate {
  const Meaning* topic;
  Place place;
  std::size_t tag;
  std::string written;             // the first word
  std::vector<std::string> words;  // each once, folded
  int score = 0;
  bool full = false;     // a word that counts by itself
  bool is_said = false;  // and not only by a word that many names have: "chat", "café"
};

// "Videos" and "chat" in the text of a room for adults are no topics.
bool is_companion(const Reading& reading, const Match& word) {
  return std::any_of(reading.matches.begin(), reading.matches.end(), [&](const Match& match) {
    return match.meaning->list == LexiconList::beside_adult && match.begin <= word.begin &&
           word.end <= match.end;
  });
}

// "Learn Japanese", "apprendre le japonais", "Deutsch A1".
bool is_beside_language(const Reading& reading, const Match& word) {
  return std::any_of(reading.matches.begin(), reading.matches.end(), [&](const Match& match) {
    if (!names_language(match)) return false;
    const bool is_before = match.end <= word.begin;
    if (!is_before && match.begin < word.end) return false;
    return words_between(reading.tokens, is_before ? match.end : word.end,
                         is_before ? word.begin : match.begin) <= kReachOfLanguage;
  });
}

}  // namespace

std::vector<TopicGuess> guess_topics(const RoomReading& room, bool is_adult) {
  std::vector<Candidate> candidates;
  for (const PlacedReading& placed : room)
    for (const Match& match : placed.reading.matches) {
      if (match.meaning->list != LexiconList::topic || match.denied) continue;
      if (is_adult && is_companion(placed.reading, match)) continue;
      Weight weight = weight_of(placed, match);
      if (weight == Weight::half && match.meaning->topic_of == TopicOf::languages &&
          is_beside_language(placed.reading, match))
        weight = Weight::full;
      if (weight == Weight::none) continue;
      auto at = std::find_if(candidates.begin(), candidates.end(),
                             [&](const Candidate& c) { return c.topic == match.meaning; });
      if (at == candidates.end())
        at = candidates.insert(
            at,
            Candidate{match.meaning, placed.place, placed.tag, placed.reading.written(match), {}});
      std::string word = placed.reading.text_of(match);
      if (std::find(at->words.begin(), at->words.end(), word) != at->words.end()) continue;
      at->words.push_back(std::move(word));
      at->full = at->full || weight == Weight::full;
      at->is_said = at->is_said || placed.place == Place::tag ||
                    (weight == Weight::full && match.strength != Strength::in_names);
      at->score += (weight == Weight::full ? 2 : 1) * (placed.place == Place::description ? 1 : 2);
    }
  std::erase_if(candidates, [](const Candidate& c) { return !c.full && c.words.size() < 2; });
  if (candidates.size() > 1)  // a "Linux café" has a subject
    std::erase_if(candidates, [](const Candidate& c) {
      return c.topic->topic_of == TopicOf::no_subject && !c.is_said;
    });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<TopicGuess> topics;
  for (const Candidate& candidate : candidates)
    if (topics.size() < kMostTopics)
      topics.push_back({candidate.topic->id, candidate.place, candidate.written, candidate.tag});
  return topics;
}
