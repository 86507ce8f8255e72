#include "template/source.hpp"

#include <algorithm>

#include "cli/errors.hpp"

namespace {

constexpr int kDeepestPart = 16;  // a part that contains itself ends here

// One {{tag}} of a text.
struct Tag {
  std::size_t begin = 0, end = 0;  // with its braces
  char type = ' ';                 // '#', '^', '/', '>', '!', '&' (also {{{x}}}), ' '
  std::string_view name;
};

struct Place {
  const std::string& file;
  std::string_view text;
  [[noreturn]] void fail(std::size_t position, const std::string& why) const {
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<long>(position), '\n');
    throw Failure{file + ":" + std::to_string(line) + ": " + why};
  }
};

std::string quoted(std::string_view name) { return "\"" + std::string{name} + "\""; }

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The next tag at or after `from`; false when there is none.
bool next_tag(const Place& place, std::size_t from, Tag& tag) {
  const std::string_view text = place.text;
  tag.begin = text.find("{{", from);
  if (tag.begin == std::string_view::npos) return false;
  const bool triple = text.substr(tag.begin, 3) == "{{{";
  const std::string_view close = triple ? "}}}" : "}}";
  const std::size_t inside = tag.begin + close.size();
  const auto end = text.find(close, inside);
  if (end == std::string_view::npos) place.fail(tag.begin, "this tag is not closed");
  tag.end = end + close.size();
  tag.name = trimmed(text.substr(inside, end - inside));
  tag.type = ' ';
  if (triple) {
    tag.type = '&';
  } else if (!tag.name.empty() &&
             std::string_view{"#^/>!&="}.find(tag.name[0]) != std::string::npos) {
    tag.type = tag.name[0];
    tag.name = trimmed(tag.name.substr(1));
  }
  return true;
}

// Widens a tag that stands alone on its line to the whole line.
void take_line(std::string_view text, Tag& tag) {
  std::size_t begin = tag.begin, end = tag.end;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  if ((begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n')) {
    tag.begin = begin;
    tag.end = std::min(end + 1, text.size());
  }
}

bool is_raw_name(std::string_view name) {
  return name.ends_with("_svg") || name.ends_with("_json");
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
}

class Assembler {
 public:
  explicit Assembler(const TemplateRules& rules) : rules_{rules} {}

  // Puts parts and words in and checks every tag.
  void assemble(const std::string& file, std::string_view text, int depth) {
    const std::string named = rules_.folder + file;
    const Place place{named, text};
    std::vector<Tag> open;
    std::size_t done = 0;
    for (Tag tag; next_tag(place, done, tag);) {
      const Tag bare = tag;
      switch (tag.type) {
        case '!':
          take_line(text, tag);
          break;
        case '>':
          take_line(text, tag);
          break;
        case '=':
          place.fail(tag.begin, "other delimiters than {{ }} are not used here");
        default:
          break;
      }
      out_.append(text.substr(done, tag.begin - done));
      done = tag.end;
      if (tag.type == '!') continue;
      if (tag.type == '>') {
        part(place, bare, depth, tag.end - tag.begin == bare.end - bare.begin);
      } else if (tag.type == ' ' && tag.name.starts_with("words.")) {
        word(place, tag);
      } else {
        check_name(place, tag);
        sections(place, tag, open);
        out_.append(text.substr(tag.begin, tag.end - tag.begin));
      }
    }
    if (!open.empty())
      place.fail(open.back().begin, "section " + quoted(open.back().name) + " is not closed");
    out_.append(text.substr(done));
  }

  std::string take() { return std::move(out_); }

 private:
  void part(const Place& place, const Tag& tag, int depth, bool within_a_line) {
    const std::string file = std::string{tag.name} + rules_.extension;
    const std::string* content = rules_.file(file);
    if (!content) place.fail(tag.begin, "there is no part " + quoted(file));
    if (depth == kDeepestPart) place.fail(tag.begin, "parts contain each other too deeply here");
    std::string_view text = *content;
    if (within_a_line && text.ends_with('\n')) text.remove_suffix(1);
    assemble(file, text, depth + 1);
  }

  void word(const Place& place, const Tag& tag) {
    const std::string_view name = tag.name.substr(6);
    const std::string* found = rules_.words ? rules_.words->find(name) : nullptr;
    if (!found)
      place.fail(tag.begin, "there is no word " + quoted(name) +
                                (rules_.words ? " in " + rules_.words->file : ""));
    const bool is_html = name.ends_with("_html");
    const Place inside{rules_.words->file + ": " + std::string{name}, *found};
    std::vector<Tag> open;
    std::size_t done = 0;
    const auto plain = [&](std::string_view text) {
      if (is_html)
        out_.append(text);
      else
        append_escaped(out_, text);
    };
    for (Tag inner; next_tag(inside, done, inner);) {
      plain(inside.text.substr(done, inner.begin - done));
      done = inner.end;
      if (inner.type == '>' || inner.type == '=' || inner.name.starts_with("words."))
        inside.fail(inner.begin, "a word may hold names, not parts or words");
      check_name(inside, inner);
      sections(inside, inner, open);
      out_.append(inside.text.substr(inner.begin, inner.end - inner.begin));
    }
    if (!open.empty())
      inside.fail(open.back().begin, "section " + quoted(open.back().name) + " is not closed");
    plain(inside.text.substr(done));
  }

  void check_name(const Place& place, const Tag& tag) const {
    if (tag.name.empty()) place.fail(tag.begin, "this tag has no name");
    for (std::string_view rest = tag.name; !rest.empty();) {
      const auto dot = rest.find('.');
      if (!rules_.names.contains(rest.substr(0, dot)))
        place.fail(tag.begin,
                   "nothing is called " + quoted(tag.name) + " (sites/README.md has the names)");
      rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    }
    if (tag.type == '&' && !is_raw_name(tag.name))
      place.fail(tag.begin,
                 quoted(tag.name) + " has to be escaped: only _svg and _json names are markup");
  }

  static void sections(const Place& place, const Tag& tag, std::vector<Tag>& open) {
    if (tag.type == '#' || tag.type == '^') {
      open.push_back(tag);
    } else if (tag.type == '/') {
      if (open.empty() || open.back().name != tag.name)
        place.fail(tag.begin, "section " + quoted(tag.name) + " is closed but not open here");
      open.pop_back();
    }
  }

  const TemplateRules& rules_;
  std::string out_;
};

}  // namespace

std::vector<TemplatePiece> template_pieces(std::string_view file, const TemplateRules& rules) {
  const std::string name{file};
  const std::string* content = rules.file(file);
  if (!content) throw Failure{rules.folder + name + ": there is no such template"};
  Assembler assembler{rules};
  assembler.assemble(name, *content, 0);
  const std::string text = assembler.take();

  const std::string named = rules.folder + name;
  const Place place{named, text};
  std::vector<TemplatePiece> pieces;
  std::vector<std::string> open;
  std::set<std::string, std::less<>> seen;
  std::size_t done = 0, from = 0;
  for (Tag tag; next_tag(place, from, tag);) {
    from = tag.end;
    if (tag.type != '#' && tag.type != '^' && tag.type != '/') continue;
    const bool is_long = tag.type != '^' && rules.long_sections.contains(tag.name);
    if (is_long && tag.type == '#') {
      if (!open.empty() || !seen.emplace(tag.name).second)
        throw Failure{named + ": section " + quoted(tag.name) +
                      " may be long: it stands once in a template, and in no other section"};
      take_line(text, tag);
      pieces.push_back({"", text.substr(done, tag.begin - done)});
      done = tag.end;
    }
    if (tag.type == '/') {
      const bool ends_it = open.size() == 1 && rules.long_sections.contains(open[0]) &&
                           pieces.size() % 2 == 1 && open[0] == tag.name;
      open.pop_back();
      if (ends_it) {
        const std::string section{tag.name};
        take_line(text, tag);
        pieces.push_back({section, text.substr(done, tag.begin - done)});
        done = tag.end;
      }
    } else {
      open.emplace_back(tag.name);
    }
    from = std::max(from, done);
  }
  pieces.push_back({"", text.substr(done)});
  return pieces;
}

std::set<std::string, std::less<>> names_in(std::string_view text) {
  static const std::string kNowhere = "template";
  const Place place{kNowhere, text};
  std::set<std::string, std::less<>> names;
  std::size_t from = 0;
  for (Tag tag; next_tag(place, from, tag); from = tag.end)
    for (std::string_view rest = tag.name; !rest.empty();) {
      const auto dot = rest.find('.');
      names.emplace(rest.substr(0, dot));
      rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    }
  return names;
}
