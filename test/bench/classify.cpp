// usage: classify adult|topics|languages|speed LANGUAGES-FOLDER FILE...
// How often the classifier is right on labelled rooms: precision and recall, and each mistake.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "classify/adult.hpp"
#include "classify/languages.hpp"
#include "classify/topics.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/input.hpp"

namespace {

using Fields = std::vector<std::string>;

Fields split(std::string_view text, char separator) {
  Fields parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    if (end == text.size()) return parts;
    at = end + 1;
  }
}

// Lines of tab-separated fields, without comments.
std::vector<Fields> rows_of(const std::string& file) {
  std::vector<Fields> rows;
  for (const std::string& line : split(read_file(file), '\n'))
    if (!line.empty() && line[0] != '#') rows.push_back(split(line, '\t'));
  return rows;
}

Lexicon lexicon_of(const std::string& folder) {
  Lexicon lexicon;
  JsonText memory;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() != ".ndjson") continue;
    for_each_line({entry.path()}, {}, "classify", [&](const Line& line) {
      const JsonView json = line.json(memory);
      if (kind_of(json) == LexiconEntry::kKind) lexicon.add(from_json<LexiconEntry>(json));
    });
  }
  return lexicon;
}

struct LabelledRoom {
  std::string languages, adult, topics, name, description;
};

// "ADULT NAME DESCRIPTION", "LANGUAGE NAME DESCRIPTION" or all five fields.
std::vector<LabelledRoom> rooms_of(const std::string& file) {
  std::vector<LabelledRoom> rooms;
  for (const Fields& row : rows_of(file)) {
    const auto field = [&](std::size_t at) { return at < row.size() ? row[at] : std::string{}; };
    if (row.size() == 5)
      rooms.push_back({row[0], row[1], row[2], row[3], row[4]});
    else
      rooms.push_back({row[0], row[0], "-", field(1), field(2)});
  }
  return rooms;
}

// The hashtags at the end count as the owner's tags; here every word with a # does.
RoomReading read(const Lexicon& lexicon, const LabelledRoom& room) {
  return read_room(lexicon, {room.name, room.name, room.description, {}});
}

// As the labels write it.
std::string_view label_of(AdultState state) {
  return state == AdultState::no ? "not" : word_of(state);
}

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%",
                100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

int adult(const Lexicon& lexicon, const std::string& file) {
  std::size_t found = 0, missed = 0, wrong = 0, right = 0, other_state = 0;
  std::string mistakes;
  for (const LabelledRoom& room : rooms_of(file)) {
    const AdultVerdict verdict = judge_adult(read(lexicon, room));
    const bool is = room.adult != "not", says = verdict.state != AdultState::no;
    (is ? (says ? found : missed) : (says ? wrong : right)) += 1;
    const bool other = is && says && label_of(verdict.state) != room.adult;
    other_state += other;
    if (is != says || other)
      mistakes += "  " + room.adult + " taken for " + std::string{label_of(verdict.state)} +
                  (says ? " (" + verdict.word + ")" : "") + ": " + room.name + " | " +
                  room.description + "\n";
  }
  std::printf("%s: %zu adult, %zu not; precision %s, recall %s; adult and mixed confused: %zu\n%s",
              file.c_str(), found + missed, wrong + right, percent(found, found + wrong).c_str(),
              percent(found, found + missed).c_str(), other_state, mistakes.c_str());
  return wrong + missed > 0;
}

int topics(const Lexicon& lexicon, const std::string& file) {
  std::size_t found = 0, missed = 0, wrong = 0;
  std::string mistakes;
  for (const LabelledRoom& room : rooms_of(file)) {
    std::set<std::string> labels, guesses;
    for (const std::string& topic : split(room.topics, ','))
      if (topic != "-") labels.insert(topic);
    const RoomReading reading = read(lexicon, room);
    const bool is_adult = judge_adult(reading).state != AdultState::no;
    for (const TopicGuess& guess : guess_topics(reading, is_adult)) guesses.insert(guess.id);
    std::string text;
    for (const std::string& topic : labels)
      if (guesses.count(topic))
        ++found;
      else
        ++missed, text += " -" + topic;
    for (const std::string& topic : guesses)
      if (!labels.count(topic)) ++wrong, text += " +" + topic;
    if (!text.empty()) mistakes += " " + text + ": " + room.name + " | " + room.description + "\n";
  }
  std::printf("%s: topics: %zu right, %zu missed, %zu more; precision %s, recall %s\n%s",
              file.c_str(), found, missed, wrong, percent(found, found + wrong).c_str(),
              percent(found, found + missed).c_str(), mistakes.c_str());
  return 0;
}

// Written alike, or one macrolanguage: not told apart.
std::string group_of(const std::string& code) {
  if (code == "yue" || code.starts_with("zh")) return "zh";
  if (code == "nb" || code == "nn") return "no";
  return code.substr(0, code.find('-'));
}

int languages(const Lexicon& lexicon, const std::string& file) {
  struct Row {
    std::size_t rooms = 0, decided = 0, right = 0;
  };
  std::map<std::string, Row> table;
  Row all;
  std::string mistakes;
  for (const LabelledRoom& room : rooms_of(file)) {
    if (room.languages == "-") continue;
    std::set<std::string> labels, said;
    for (const std::string& code : split(room.languages, ',')) labels.insert(group_of(code));
    const RoomText text{room.name, room.name, room.description, {}};
    const auto guesses = guess_languages(text, read_room(lexicon, text));
    for (const LanguageGuess& guess : guesses) said.insert(group_of(guess.code));
    const bool right =
        !said.empty() && std::includes(labels.begin(), labels.end(), said.begin(), said.end());
    for (Row* row : {&table[room.languages], &all}) {
      ++row->rooms;
      row->decided += !said.empty();
      row->right += right;
    }
    if (right) continue;
    mistakes += "  " + room.languages + (said.empty() ? " not decided" : " taken for");
    for (const std::string& code : said) mistakes += " " + code;
    if (!guesses.empty()) mistakes += " (" + guesses[0].how + ")";
    mistakes += ": " + room.name + " | " + room.description + "\n";
  }
  std::printf("%s: %zu rooms, decided %s, right where it decides %s\n", file.c_str(), all.rooms,
              percent(all.decided, all.rooms).c_str(), percent(all.right, all.decided).c_str());
  for (const auto& [code, row] : table)
    std::printf(" %s %zu/%zu/%zu", code.c_str(), row.right, row.decided, row.rooms);
  std::printf("\n%s", mistakes.c_str());
  return 0;
}

int speed(const Lexicon& lexicon, const std::string& file) {
  const auto rooms = rooms_of(file);
  const auto start = std::chrono::steady_clock::now();
  std::size_t found = 0;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const RoomReading reading = read(lexicon, rooms[i % rooms.size()]);
    const bool is_adult = judge_adult(reading).state != AdultState::no;
    found += is_adult + guess_topics(reading, is_adult).size();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%s: 10000 rooms in %.3f s (%zu)\n", file.c_str(), took.count(), found);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string what = argv[1];
  const Lexicon lexicon = lexicon_of(argv[2]);
  int status = 0;
  for (int i = 3; i < argc; ++i) {
    if (what == "adult") status |= adult(lexicon, argv[i]);
    if (what == "topics") status |= topics(lexicon, argv[i]);
    if (what == "languages") status |= languages(lexicon, argv[i]);
    if (what == "speed") status |= speed(lexicon, argv[i]);
  }
  return status;
}
