#include "classify/tokens.hpp"

#include <algorithm>

#include "text/characters.hpp"
#include "text/fold.hpp"
#include "text/lookalike.hpp"

namespace {

struct Piece {
  std::size_t from, to;
  char gap;           // before it
  bool tagged;        // a hashtag begins with it
  char32_t sign = 0;  // the only character before it, if there is one
  std::string text;   // not folded
};

constexpr char32_t kVariationSelector = 0xFE0F, kZeroWidthJoiner = 0x200D;

bool is_plus(char32_t c) { return c == '+' || c == 0xFF0B; }
bool is_hash(char32_t c) { return c == '#' || c == 0xFF03; }
bool is_flag_letter(char32_t c) { return 0x1F1E6 <= c && c <= 0x1F1FF; }
bool is_skin_tone(char32_t c) { return 0x1F3FB <= c && c <= 0x1F3FF; }
bool is_invisible(char32_t c) {
  return c == 0xAD || (0x200B <= c && c <= 0x200F) || (0x2060 <= c && c <= 0x2064) || c == 0xFEFF ||
         (0xFE00 <= c && c <= 0xFE0F);
}
bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000; }

bool is_one_of(char32_t c, std::u32string_view characters) {
  return characters.find(c) != characters.npos;
}

// The gap that a sign between words makes; `before` and `after` are the characters around it.
char gap_of(char32_t sign, char32_t before, char32_t after) {
  const bool spaced = is_space(before) && is_space(after);
  if (is_one_of(sign, U"\n\r!?;|•·…。！？；｜؟۔।")) return gap::kSentence;
  if (is_one_of(sign, U".．") && (after == 0 || is_space(after) || after == '\n'))
    return gap::kSentence;
  if (is_one_of(sign, U",，、،")) return gap::kComma;
  if (is_one_of(sign, U"()[]{}（）【】「」—") || (is_one_of(sign, U"-–~") && spaced))
    return gap::kClause;
  return gap::kSpace;
}

char stronger(char one, char other) {
  constexpr std::string_view kOrder = "\1 ,-\n";
  return kOrder[std::max(kOrder.find(one), kOrder.find(other))];
}

// A digit at the beginning of a word, before a point.
bool is_rule_number(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at + 1] == '.' && '1' <= text[at] && text[at] <= '9' &&
         (at == 0 || static_cast<unsigned char>(text[at - 1]) <= ' ');
}

// The numbers of rules, as bits: 1 and 2 of "1.18+ only 2.no spam". "3.18+" alone is a version.
unsigned rule_numbers(std::string_view text) {
  unsigned all = 0, sure = 0;
  for (std::size_t at = 0; (at = text.find('.', at)) != text.npos; ++at) {
    if (at == 0 || !is_rule_number(text, at - 1)) continue;
    const unsigned bit = 1U << (text[at - 1] - '0');
    all |= bit;
    if (at + 1 < text.size() && !is_digit(character_at(text, at + 1).code)) sure |= bit;
  }
  return (all & (sure << 1 | sure >> 1)) | (sure & (all << 1 | all >> 1));
}

// Reads the characters of one text one by one.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_{text}, rules_{rule_numbers(text)} {}

  std::vector<Piece> pieces() {
    char32_t before = 0;
    for (std::size_t at = 0; at < text_.size();) {
      const Character character = character_at(text_, at);
      const std::size_t end = at + character.size;
      if (is_behind_rule_number(at)) {
        in_word_ = false;
        gap_ = gap::kSentence;
        before = character.code;
      } else if (is_in_number(character.code, before, after(end))) {
        add_word("", end);
      } else {
        take(character.code, before, at, end);
        if (!is_invisible(character.code)) before = character.code;
      }
      at = end;
    }
    return std::move(pieces_);
  }

 private:
  char32_t after(std::size_t at) const {
    return at < text_.size() ? character_at(text_, at).code : 0;
  }

  bool is_behind_rule_number(std::size_t at) const {
    return at > 0 && rules_ != 0 && is_rule_number(text_, at - 1) &&
           (rules_ >> (text_[at - 1] - '0') & 1) != 0;
  }

  // "3.18+" is not "18+".
  bool is_in_number(char32_t c, char32_t before, char32_t next) const {
    return (c == '.' || c == ',') && in_word_ && is_digit(before) && is_digit(next);
  }

  void take(char32_t c, char32_t before, std::size_t at, std::size_t end) {
    if (!is_flag_letter(c)) half_flag_ = false;
    if (is_invisible(c)) {
      if (in_word_ && c != kVariationSelector) extend(at, end);
    } else if (is_of_word(c) || enclosed_letter(c) != 0) {
      take_letter(c, before, at, end);
    } else if (is_plus(c) && (is_digit(before) || is_digit(after(end)))) {
      if (in_word_ && is_digit(before))
        extend(at, end);
      else
        begin(at, end, gap::kInside);
    } else if (is_plus(c) && in_word_ && (is_plus(before) || is_plus(after(end)))) {
      add_word("plus", end);
    } else if (is_plus(c) && is_plus_word(before, end)) {
      begin(at, end, gap::kSpace);
      pieces_.back().text = "plus";
      in_word_ = false;
      gap_ = gap::kSpace;
    } else if (is_hash(c) && in_word_ && !is_of_word(after(end)) && is_letter(before)) {
      add_word("sharp", end);
    } else if (is_symbol(c)) {
      take_symbol(c, before, at, end);
    } else if (!is_skin_tone(c)) {
      separate(c, before, end);
    }
  }

  // "18 +", "18yo+", but not "1 + 2", "rock+roll".
  bool is_plus_word(char32_t before, std::size_t end) const {
    if (in_word_) return is_letter(before) && !is_of_word(after(end));
    if (!is_space(before) || pieces_.empty() || gap_ != gap::kSpace) return false;
    while (is_space(after(end))) end += character_at(text_, end).size;
    return is_digit(last_character(pieces_.back().text).code) && !is_digit(after(end));
  }

  void take_letter(char32_t c, char32_t before, std::size_t at, std::size_t end) {
    if (!in_word_ && is_mark(c)) return;  // it has no base
    if (in_word_ && is_new_word(before, c))
      in_word_ = false;
    else if (in_word_ && is_lower(c) && is_upper(before) && upper_ > 1)
      split_before_last();  // "NSFWchat" may be "NSF Wchat" or "NSFW chat"
    upper_ = is_upper(c) ? upper_ + 1 : 0;
    if (in_word_)
      extend(at, end);
    else
      begin(at, end, gap::kInside);
  }

  // May a new word begin at `c`, without a sign before it?
  static bool is_new_word(char32_t before, char32_t c) {
    if (is_mark(c) || is_mark(before)) return false;
    if (is_plus(before)) return !is_digit(c);
    return (is_lower(before) && is_upper(c)) || is_digit(before) != is_digit(c) ||
           is_unspaced(before) != is_unspaced(c);
  }

  // Two boundaries: before and behind the last character of the word.
  void split_before_last() {
    Piece& word = pieces_.back();
    std::size_t last = word.to - 1;
    while (last > word.from && (text_[last] & 0xC0) == 0x80) --last;
    if (last == word.from) {
      in_word_ = false;
      return;
    }
    const std::size_t to = word.to;
    word.text.resize(word.text.size() - (to - last));
    word.to = last;
    in_word_ = false;
    begin(last, to, gap::kInside);
    in_word_ = false;
  }

  void take_symbol(char32_t c, char32_t before, std::size_t at, std::size_t end) {
    if (half_flag_ && is_flag_letter(c)) {
      half_flag_ = false;
      return extend(at, end);
    }
    if (before == kZeroWidthJoiner) return;  // a part of the emoji before it
    begin(at, end, gap::kSpace);
    in_word_ = false;
    gap_ = gap::kSpace;
    half_flag_ = is_flag_letter(c);
  }

  void separate(char32_t c, char32_t before, std::size_t end) {
    in_word_ = false;
    gap_ = stronger(gap_, gap_of(c, before, after(end)));
    tagged_ = is_hash(c);
    sign_ = signs_++ == 0 ? c : 0;
  }

  std::string written(std::size_t at, std::size_t end) const {
    if (const char letter = enclosed_letter(after(at))) return {letter};
    return std::string{text_.substr(at, end - at)};
  }
  void begin(std::size_t at, std::size_t end, char least) {
    pieces_.push_back({at, end, stronger(gap_, least), tagged_, sign_, written(at, end)});
    gap_ = gap::kInside;
    tagged_ = false;
    sign_ = 0;
    signs_ = 0;
    in_word_ = true;
  }
  void extend(std::size_t at, std::size_t end) {
    pieces_.back().text += written(at, end);
    pieces_.back().to = end;
  }
  void add_word(std::string_view word, std::size_t end) {
    pieces_.back().text += word;
    pieces_.back().to = end;
  }

  std::string_view text_;
  unsigned rules_;
  std::vector<Piece> pieces_;
  bool in_word_ = false, half_flag_ = false, tagged_ = false;
  char gap_ = gap::kInside;
  char32_t sign_ = 0;
  int signs_ = 0, upper_ = 0;  // signs since the last word; capitals in a row
};

bool is_single_letter(const Piece& piece) {
  if (piece.text.empty()) return false;
  const Character first = character_at(piece.text, 0);
  return first.size == piece.text.size() && is_letter(first.code) && !is_unspaced(first.code);
}

// "N.S.F.W", "s-e-x": single letters with one sign between them become one word.
void join_single_letters(std::vector<Piece>& pieces) {
  std::vector<Piece> joined;
  for (std::size_t at = 0; at < pieces.size();) {
    std::size_t end = at + 1;
    if (is_single_letter(pieces[at]))
      while (end < pieces.size() && is_single_letter(pieces[end]) && pieces[end].sign != 0 &&
             pieces[end].gap == gap::kSpace && pieces[end].sign == pieces[at + 1].sign)
        ++end;
    if (end - at < 3) end = at + 1;
    joined.push_back(std::move(pieces[at]));
    for (std::size_t i = at + 1; i < end; ++i) {
      joined.back().text += pieces[i].text;
      joined.back().to = pieces[i].to;
    }
    at = end;
  }
  pieces = std::move(joined);
}

bool is_whole_gap(char c) { return gap::is_gap(c) && c != gap::kHashtag; }

}  // namespace

TokenText tokenize(std::string_view text) {
  if (text.size() > UINT32_MAX) return {};
  std::vector<Piece> pieces = Tokenizer{text}.pieces();
  join_single_letters(pieces);
  TokenText out;
  out.text = gap::kSentence;
  // All words are folded at once: a call for each costs more than the rest.
  std::string raw;
  for (const Piece& piece : pieces) {
    raw += gap::kSentence;
    raw += piece.text;
  }
  const std::string folded = fold(raw);
  const bool whole = std::count(folded.begin(), folded.end(), gap::kSentence) ==
                     static_cast<std::ptrdiff_t>(pieces.size());
  std::size_t at = 1;
  for (const Piece& piece : pieces) {
    std::string word;
    if (whole) {
      const std::size_t end = std::min(folded.find(gap::kSentence, at), folded.size());
      word = folded.substr(at, end - at);
      at = end + 1;
    } else {
      word = fold(piece.text);
    }
    // Folding may split one character into several; parts that belong to no word are dropped.
    word.erase(std::remove_if(word.begin(), word.end(), is_whole_gap), word.end());
    word = without_lookalikes(std::move(word));
    if (word.empty()) continue;
    if (!out.tokens.empty()) out.text += piece.gap;
    if (piece.tagged) out.text += gap::kHashtag;
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += word;
    out.tokens.push_back({begin, static_cast<std::uint32_t>(out.text.size()),
                          static_cast<std::uint32_t>(piece.from),
                          static_cast<std::uint32_t>(piece.to)});
  }
  out.text += gap::kSentence;
  return out;
}
