#include "template/assemble.hpp"

#include <algorithm>
#include <utility>

#include "base/nearest.hpp"
#include "template/escape.hpp"
#include "template/tag.hpp"

namespace {

constexpr int kDeepestPart = 16;  // a part that includes itself ends here
constexpr std::string_view kTranslation = "t.";

std::string meant(std::string_view name, const Names& names) {
  const std::vector<std::string_view> known{names.begin(), names.end()};
  return did_you_mean(name, known);
}

std::string meant(std::string_view name, const Translations& all) {
  std::vector<std::string_view> known;
  for (const auto& [known_name, text] : all.texts) known.push_back(known_name);
  return did_you_mean(name, known);
}

std::string quoted(std::string_view name) { return "\"" + std::string{name} + "\""; }

bool is_raw_name(std::string_view name) {
  return name.ends_with("_svg") || name.ends_with("_json");
}

class Assembler {
 public:
  explicit Assembler(const TemplateRules& rules) : rules_{rules} {}

  void assemble(const std::string& file, std::string_view text, int depth) {
    const std::string named = rules_.place(file);
    const PlacedText in{named, text};
    std::vector<TemplateTag> open;
    std::size_t done = 0;
    for (TemplateTag tag; next_tag(in, done, tag);) {
      const TemplateTag bare = tag;
      if (tag.type == '!' || tag.type == '>') take_line(text, tag);
      if (tag.type == '=') in.fail(tag.begin, "delimiters other than {{ }} are not supported");
      out_.append(text.substr(done, tag.begin - done));
      done = tag.end;
      if (tag.type == '!') continue;
      if (tag.type == '>') {
        part(in, bare, depth, tag.end - tag.begin == bare.end - bare.begin);
      } else if (tag.type == ' ' && tag.name.starts_with(kTranslation)) {
        translation(in, tag);
      } else {
        take(in, tag, open);
      }
    }
    check_closed(in, open);
    out_.append(text.substr(done));
  }

  std::string result() { return std::move(out_); }

 private:
  void part(const PlacedText& in, const TemplateTag& tag, int depth, bool within_a_line) {
    const std::string file = std::string{tag.name} + rules_.extension;
    const std::string* content = rules_.file(file);
    if (!content) in.fail(tag.begin, "there is no part " + quoted(file));
    if (depth == kDeepestPart) in.fail(tag.begin, "parts are nested too deeply here");
    std::string_view text = *content;
    if (within_a_line && text.ends_with('\n')) text.remove_suffix(1);
    assemble(file, text, depth + 1);
  }

  void translation(const PlacedText& in, const TemplateTag& tag) {
    const std::string_view name = tag.name.substr(kTranslation.size());
    const Translations* all = rules_.translations;
    const std::string* found = all ? all->find(name) : nullptr;
    if (!found)
      in.fail(tag.begin, "there is no translation " + quoted(name) +
                             (all ? " in " + all->file + meant(name, *all) : ""));
    const bool is_html = name.ends_with("_html");
    const std::string named = all->place_of(name) + ": " + std::string{name};
    const PlacedText inside{named, *found};
    std::vector<TemplateTag> open;
    std::size_t done = 0;
    const auto plain = [&](std::string_view text) {
      if (is_html)
        out_.append(text);
      else
        append_escaped(out_, text);
    };
    for (TemplateTag inner; next_tag(inside, done, inner);) {
      plain(inside.text.substr(done, inner.begin - done));
      done = inner.end;
      if (inner.type == '>' || inner.type == '=' || inner.type == '!' ||
          inner.name.starts_with(kTranslation))
        inside.fail(inner.begin, "a translation may hold names and sections, nothing else");
      take(inside, inner, open);
    }
    check_closed(inside, open);
    plain(inside.text.substr(done));
  }

  // Checks and copies a tag that is rendered later.
  void take(const PlacedText& in, const TemplateTag& tag, std::vector<TemplateTag>& open) {
    if (tag.name.empty()) in.fail(tag.begin, "this tag has no name");
    for (std::string_view rest = tag.name; !rest.empty();) {
      const auto dot = rest.find('.');
      if (!rules_.names.contains(rest.substr(0, dot)))
        in.fail(tag.begin, "nothing is called " + quoted(tag.name) +
                               " (sites/README.md has the names)" +
                               meant(rest.substr(0, dot), rules_.names));
      rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    }
    if (tag.type == '&' && !is_raw_name(tag.name))
      in.fail(tag.begin,
              quoted(tag.name) + " has to be escaped: only _svg and _json names are markup");
    if (tag.opens()) open.push_back(tag);
    if (tag.type == '/') {
      if (open.empty() || open.back().name != tag.name)
        in.fail(tag.begin, "section " + quoted(tag.name) + " is closed but not open here");
      open.pop_back();
    }
    out_.append(in.text.substr(tag.begin, tag.end - tag.begin));
  }

  static void check_closed(const PlacedText& in, const std::vector<TemplateTag>& open) {
    if (!open.empty())
      in.fail(open.back().begin, "section " + quoted(open.back().name) + " is not closed");
  }

  const TemplateRules& rules_;
  std::string out_;
};

}  // namespace

std::vector<std::string> files_of_template(std::string_view file, const TemplateRules& rules) {
  std::vector<std::string> files{std::string{file}};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string* content = rules.file(files[i]);
    if (!content) continue;
    const std::string named = rules.place(files[i]);
    const PlacedText in{named, *content};
    for (TemplateTag tag; next_tag(in, tag.end, tag);) {
      if (tag.type != '>') continue;
      std::string part = std::string{tag.name} + rules.extension;
      if (std::find(files.begin(), files.end(), part) == files.end())
        files.push_back(std::move(part));
    }
  }
  return files;
}

std::string assembled(std::string_view file, const TemplateRules& rules) {
  const std::string name{file};
  const std::string* content = rules.file(file);
  if (!content) {
    const std::string named = rules.place(name);
    PlacedText{named, ""}.fail(0, "there is no such template");
  }
  Assembler assembler{rules};
  assembler.assemble(name, *content, 0);
  return assembler.result();
}
