#include "knowledge/knowledge.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>

#include "base/ascii.hpp"
#include "base/nearest.hpp"
#include "base/time.hpp"
#include "cli/errors.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/input.hpp"
#include "record/fields.hpp"
#include "text/fold.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kIdentifierDigits = 8, kOlderDigits = 4, kKeyDigits = 64;

struct PlacedLine {
  explicit PlacedLine(const Line& line) : json{line.json(memory)}, place{line.place()} {}

  JsonText memory;
  JsonView json;  // in `memory`
  std::string place;
};

// A day, or a month or a year where no more is known.
bool is_date(std::string_view text) {
  constexpr std::string_view kFirst = "0000-01-01";
  return (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
         parse_day(std::string{text} + std::string{kFirst.substr(text.size())}).has_value();
}

void fold_in_place(std::optional<std::string>& text) {
  if (text) text = fold_case(*text);
}

// The hex digits of an identifier.
std::string_view digits_of(std::string_view identifier) {
  const std::size_t plus = identifier.rfind('+');
  return plus == identifier.npos ? "" : identifier.substr(plus + 1);
}

// HOST or HOST:PORT, as base URLs write it.
void check_host(const std::string& host) {
  const auto canonical = parse_base_url("https://" + host);
  if (!canonical || host.find('/') != host.npos)
    throw BadLine{"\"host\" should be HOST or HOST:PORT"};
  const std::string port80 = ":80";
  const std::string right = host.ends_with(port80) ? parse_base_url("http://" + host)->host_port()
                                                   : canonical->host_port();
  if (right != host) throw BadLine{"\"host\" should be written " + in_quotes(right)};
}

// The one selector that the line must have, folded.
void check_selector(Annotation& line) {
  int selectors = 0;
  for (auto* selector : {&line.identifier, &line.server, &line.host, &line.key}) {
    selectors += selector->has_value();
    if (selector != &line.host) fold_in_place(*selector);
  }
  if (selectors != 1)
    throw BadLine{
        "expected exactly one of \"identifier\", \"server\", \"host\" and \"key\", found " +
        (selectors ? std::to_string(selectors) : "none")};
  if (line.identifier) {
    const std::size_t plus = line.identifier->rfind('+');
    const std::size_t digits =
        plus == line.identifier->npos ? 0 : line.identifier->size() - plus - 1;
    const bool is_older = digits == kOlderDigits;
    if ((digits < kIdentifierDigits && !is_older) || digits > kKeyDigits || plus == 0 ||
        !is_lower_hex(line.identifier->substr(plus + 1)))
      throw BadLine{
          "\"identifier\" should be TOKEN+HEX with 8 to 64 hex digits of the key (4, as in older "
          "lists, only for languages and tags)"};
    if (!is_token(std::string_view{*line.identifier}.substr(0, plus)))
      throw BadLine{"\"identifier\" should begin with a token: 1 to 64 of 0-9 A-Z a-z _ -"};
  }
  if (line.server &&
      (line.server->size() < 8 || line.server->size() > 64 || !is_lower_hex(*line.server)))
    throw BadLine{"\"server\" should be 8 to 64 hex digits"};
  if (line.key && (line.key->size() != 64 || !is_lower_hex(*line.key)))
    throw BadLine{"\"key\" should be 64 hex digits"};
  if (line.host) check_host(*line.host);
}

// How many digits of a key the line has.
std::size_t digits_of_key(const Annotation& line) {
  return line.identifier ? digits_of(*line.identifier).size()
         : line.server   ? line.server->size()
         : line.key      ? line.key->size()
                         : 0;
}

// A line that takes something away must name a key without doubt; one that grants trust, the whole
// key.
void check_trust(const Annotation& line) {
  const std::size_t digits = digits_of_key(line);
  const bool is_removal = line.hidden || line.nsfw || line.staff_count;
  const bool grants = line.pinned.value_or(false) || line.official.value_or(false);
  if (line.identifier && digits < kIdentifierDigits && (is_removal || line.pinned || line.official))
    throw BadLine{
        "\"identifier\" has 4 digits of a key, which anybody can imitate: write 8 or more "
        "(`render --explain " +
        *line.identifier + " data/5-communities.ndjson` prints them)"};
  if (grants && digits != kKeyDigits)
    throw BadLine{
        "\"pinned\" and \"official\" need the whole key: a \"key\", or an \"identifier\" of TOKEN+ "
        "and 64 hex digits"};
}

void check_says_something(const Annotation& line) {
  if (line.languages.empty() && line.tags.empty() && !line.hidden && !line.nsfw && !line.pinned &&
      !line.official && !line.staff_count && !line.note)
    throw BadLine{
        "the line says nothing: it has none of \"languages\", \"tags\", \"hidden\", \"nsfw\", "
        "\"pinned\", \"official\", \"staff_count\" and \"note\""};
  if (!line.hidden.value_or(false)) return;
  if (line.pinned.value_or(false)) throw BadLine{"\"hidden\" and \"pinned\" contradict each other"};
  if (line.official.value_or(false))
    throw BadLine{"\"hidden\" and \"official\" contradict each other"};
}

}  // namespace

const std::string& selector_of(const Annotation& line) {
  for (const auto* selector : {&line.identifier, &line.server, &line.host})
    if (*selector) return **selector;
  return *line.key;
}

bool takes_away(const Annotation& line) {
  return line.hidden.value_or(false) || line.nsfw.value_or(false);
}

Knowledge::Knowledge(const std::vector<std::string>& files,
                     std::vector<KnowledgeMistake>* mistakes) {
  std::deque<PlacedLine> lines;
  for (const std::string& file : files) {
    if (file.ends_with(".tsv")) {
      registry_ = LanguageRegistry{read_file(file), file};
      continue;
    }
    for_each_line({file}, {}, "", [&](const Line& line) { lines.emplace_back(line); });
  }
  const auto refuse = [&](const PlacedLine& line, const std::string& why) {
    if (!mistakes) throw Failure{line.place + ": " + why};
    const auto member = line.json.find("identifier");
    const auto identifier = member ? member->string() : std::nullopt;
    const auto says = [&](std::string_view name) {
      const auto value = line.json.find(name);
      return value && value->boolean().value_or(false);
    };
    mistakes->push_back({line.place, why, identifier ? fold_case(*identifier) : "",
                         says("pinned") || says("official")});
  };
  // First the records that annotations refer to, wherever they stand in the files.
  constexpr std::array kOrder{ReasonText::kKind, TagWord::kKind, LanguageName::kKind,
                              LexiconEntry::kKind, Annotation::kKind};
  for (const std::string_view kind : kOrder)
    for (const PlacedLine& line : lines) try {
        if (kind_of(line.json) != kind) continue;
        if (kind == ReasonText::kKind) add_reason(from_strict_json<ReasonText>(line.json));
        if (kind == TagWord::kKind) add_tag_word(from_strict_json<TagWord>(line.json));
        if (kind == LanguageName::kKind) add_language(from_strict_json<LanguageName>(line.json));
        if (kind == LexiconEntry::kKind)
          add_lexicon_entry(from_strict_json<LexiconEntry>(line.json));
        if (kind == Annotation::kKind)
          add_annotation(from_strict_json<Annotation>(line.json), line.place);
      } catch (const BadLine& bad) {
        refuse(line, bad.why);
      }
  for (const PlacedLine& line : lines) try {
      check_kind(kind_of(line.json), kOrder);
    } catch (const BadLine& bad) {
      refuse(line, bad.why);
    }
}

std::string Knowledge::known_code(std::string_view code) const {
  const auto known = registry_.canonical(code);
  if (!known) throw BadLine{known.reason()};
  return *known;
}

void Knowledge::add_reason(ReasonText reason) {
  if (this->reason(reason.code))
    throw BadLine{"reason " + in_quotes(reason.code) + " is given twice"};
  reasons_.push_back(std::move(reason));
}

void Knowledge::add_language(LanguageName language) {
  const std::string code = known_code(language.code);
  if (code != language.code)
    throw BadLine{in_quotes(language.code) + " is usually written " + in_quotes(code)};
  if (!languages_.emplace(code, std::move(language)).second)
    throw BadLine{"language " + in_quotes(code) + " is given twice"};
}

void Knowledge::add_tag_word(const TagWord& word) {
  std::vector<std::string> spellings{word.tag};
  spellings.insert(spellings.end(), word.also.begin(), word.also.end());
  const std::string tag = normalised_tag(word.tag);
  for (const std::string& spelling : spellings) {
    const std::string normal = normalised_tag(spelling);
    if (normal.empty()) throw BadLine{in_quotes(spelling) + " can't be a tag"};
    if (const auto [known, is_new] = tag_for_.emplace(tag_key(normal), tag); !is_new) {
      // "game" and "games" of one line are one tag anyway.
      if (known->second != tag || normal == tag)
        throw BadLine{"tag " + in_quotes(normal) + " is given twice"};
    }
    if (word.reserved.value_or(false)) reserved_.insert(skeleton_of(tag));
  }
}

void Knowledge::add_lexicon_entry(LexiconEntry entry) {
  if (entry.list == LexiconList::language && known_code(entry.id) != entry.id)
    throw BadLine{in_quotes(entry.id) + " is usually written " + in_quotes(known_code(entry.id))};
  if (entry.names && entry.names->object())
    for (const JsonMember& name : *entry.names->object()) known_code(name.name);
  lexicon_.add(entry);
  if (entry.list == LexiconList::label) add_label(entry);
  if (entry.list == LexiconList::topic) topics_.push_back(std::move(entry));
}

void Knowledge::add_label(const LexiconEntry& entry) {
  for (const std::string& word : entry.words) {
    if (word.find('*') != word.npos) throw BadLine{in_quotes(word) + ": a label has no *"};
    (entry.id == "tags" ? labels_.tags : labels_.languages).push_back(fold_case(word));
  }
}

void Knowledge::check_why_and_when(const Annotation& line) const {
  if (line.reason && line.date) return;
  Annotation example = line;
  if (!line.reason) example.reason = reasons_.empty() ? "REASON" : reasons_.front().code;
  if (!line.date) example.date = "2026-11-22";
  const std::string missing = line.reason ? "\"date\" is"
                              : line.date ? "\"reason\" is"
                                          : "\"reason\" and \"date\" are";
  throw BadLine{missing + " missing: a line that hides, marks as adult or pins needs both, like " +
                to_text(example)};
}

void Knowledge::add_annotation(Annotation line, const std::string& place) {
  check_selector(line);
  check_says_something(line);
  check_trust(line);
  for (std::string& code : line.languages) code = known_code(code);
  for (std::string& tag : line.tags) {
    const std::string normal = normalised_tag(tag);
    if (normal.empty()) throw BadLine{in_quotes(tag) + " can't be a tag"};
    tag = tag_for(normal);
    if (is_reserved(tag) && digits_of_key(line) != kKeyDigits)
      throw BadLine{"the tag " + in_quotes(tag) +
                    " is a reserved word, so it needs the whole key: a \"key\", or an "
                    "\"identifier\" of TOKEN+ and 64 hex digits"};
  }
  if (line.reason && !reason(*line.reason)) {
    std::string known;
    std::vector<std::string_view> codes;
    for (const ReasonText& text : reasons_) {
      known += (known.empty() ? "" : ", ") + text.code;
      codes.push_back(text.code);
    }
    const std::string meant = did_you_mean(*line.reason, codes);
    throw BadLine{
        "unknown reason " + in_quotes(*line.reason) +
        (meant.empty() ? "; reasons.ndjson in the folder of the templates has " + known : meant)};
  }
  if (line.hidden || line.nsfw || line.pinned) check_why_and_when(line);
  if (line.date && !is_date(*line.date))
    throw BadLine{"\"date\" should be like 2026-11-22, 2026-11 or 2026"};
  if (line.staff_count && *line.staff_count < 0)
    throw BadLine{"\"staff_count\" should not be negative"};

  const std::size_t index = lines_.size();
  if (line.identifier) {
    const std::size_t plus = line.identifier->rfind('+');
    by_identifier_[line.identifier->substr(0, plus + 1 + kIdentifierDigits)].push_back(index);
  }
  if (line.host) by_host_[*line.host].push_back(index);
  for (const auto* key : {&line.key, &line.server})
    if (*key) by_server_[(*key)->substr(0, kIdentifierDigits)].push_back(index);
  lines_.push_back({std::move(line), place, index});
}

const std::vector<std::size_t>& Knowledge::found(const Index& index, std::string_view key) {
  static const std::vector<std::size_t> none;
  const auto at = index.find(fold_case(key));
  return at == index.end() ? none : at->second;
}

std::vector<std::size_t> Knowledge::of_community(std::string_view token,
                                                 std::string_view key) const {
  std::vector<std::size_t> lines;
  if (key.size() < kIdentifierDigits) return lines;
  const std::string begin = std::string{token} + '+';
  for (const std::size_t index :
       found(by_identifier_, begin + std::string{key.substr(0, kIdentifierDigits)}))
    if (key.starts_with(digits_of(*lines_[index].annotation.identifier))) lines.push_back(index);
  return lines;
}

std::vector<std::size_t> Knowledge::of_server(std::string_view key) const {
  std::vector<std::size_t> lines;
  for (const std::size_t index : found(by_server_, key.substr(0, kIdentifierDigits))) {
    const Annotation& line = lines_[index].annotation;
    if (key.starts_with(line.key ? *line.key : *line.server)) lines.push_back(index);
  }
  return lines;
}

const std::vector<std::size_t>& Knowledge::of_host(std::string_view host) const {
  return found(by_host_, host);
}

const std::vector<std::size_t>& Knowledge::of_older(std::string_view identifier) const {
  static const std::vector<std::size_t> none;
  return digits_of(identifier).size() < kIdentifierDigits ? found(by_identifier_, identifier)
                                                          : none;
}

const LanguageName* Knowledge::language(std::string_view code) const {
  for (;;) {
    if (const auto at = languages_.find(std::string{code}); at != languages_.end())
      return &at->second;
    const std::size_t hyphen = code.rfind('-');
    if (hyphen == code.npos) return nullptr;
    code = code.substr(0, hyphen);
  }
}

const ReasonText* Knowledge::reason(std::string_view code) const {
  for (const ReasonText& reason : reasons_)
    if (reason.code == code) return &reason;
  return nullptr;
}

std::string Knowledge::tag_for(std::string_view tag) const {
  const auto at = tag_for_.find(tag_key(tag));
  return at == tag_for_.end() ? std::string{tag} : at->second;
}

std::string file_of(const std::vector<std::string>& folders, std::string_view name) {
  for (const std::string& folder : folders)
    if (const std::string file = folder + "/" + std::string{name}; std::filesystem::exists(file))
      return file;
  return {};
}

std::vector<std::string> knowledge_files(const std::string& languages,
                                         const std::vector<std::string>& sites,
                                         const std::vector<std::string>& policy) {
  std::vector<std::string> files;
  std::vector<std::string_view> options;  // which names it
  const auto add = [&](const std::string& file, std::string_view option) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::error_code missing;  // said when it is read
      if (!std::filesystem::equivalent(files[i], file, missing)) continue;
      if (options[i] == option) return;
      throw Failure{file + " is named twice, by " + std::string{options[i]} + " and by " +
                    std::string{option}};
    }
    files.push_back(file);
    options.push_back(option);
  };

  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{languages, error})
    if (entry.path().extension() == ".ndjson" || entry.path().extension() == ".tsv")
      add(entry.path(), "--languages");
  const std::string role = "; --languages names the folder of languages";
  if (error) throw Failure{languages + ": " + error.message() + role};
  if (files.empty()) throw Failure{languages + ": no file *.ndjson or *.tsv is in it" + role};
  std::sort(files.begin(), files.end());
  for (const std::string_view name : {"reasons.ndjson", "policy.ndjson"}) {
    const std::string file = file_of(sites, name);
    if (!file.empty() && (name == "reasons.ndjson" || policy.empty())) add(file, "--sites");
  }
  for (const std::string& file : policy) add(file, "--policy");
  return files;
}
