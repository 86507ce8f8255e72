#include "template/template.hpp"

#include "template/assemble.hpp"
#include "template/escape.hpp"
#include "template/tag.hpp"

namespace {

// The end of the line of `text` that begins at `from`, if the line holds only sections and white
// space; otherwise `from`.
std::size_t end_of_section_line(const PlacedText& in, std::size_t from) {
  const auto newline = in.text.find('\n', from);
  const std::size_t end = newline == std::string_view::npos ? in.text.size() : newline + 1;
  bool any = false;
  for (std::size_t at = from; at < end;) {
    TemplateTag tag;
    if (in.text[at] == ' ' || in.text[at] == '\t' || in.text[at] == '\n') {
      ++at;
    } else if (in.text.substr(at, 2) == "{{" && next_tag(in, at, tag) && tag.is_section()) {
      any = true;
      at = tag.end;
    } else {
      return from;
    }
  }
  return any ? end : from;
}

}  // namespace

Template::Template(std::string_view file, const TemplateRules& rules)
    : text_{assembled(file, rules)} {
  compile();
}

void Template::compile() {
  static const std::string kName = "template";
  const PlacedText in{kName, text_};
  const std::string_view text = text_;
  std::vector<std::uint32_t> open;
  const auto literal = [&](std::size_t begin, std::size_t end) {
    if (begin < end) ops_.push_back({Op::literal, text.substr(begin, end - begin), {}});
  };
  const auto add = [&](const TemplateTag& tag) {
    if (tag.type == '/') {
      Op& opened = ops_[open.back()];
      opened.end = static_cast<std::uint32_t>(ops_.size());
      const auto inside = static_cast<std::size_t>(opened.text.data() - text.data());
      opened.text = text.substr(inside, tag.begin - inside);
      open.pop_back();
      return;
    }
    if (tag.opens()) open.push_back(static_cast<std::uint32_t>(ops_.size()));
    Op op{tag.type == '#'   ? Op::section
          : tag.type == '^' ? Op::inverted
          : tag.type == '&' ? Op::raw
                            : Op::escaped,
          text.substr(tag.end),
          {}};
    for (std::string_view rest = tag.name; !rest.empty();) {
      const auto dot = rest.find('.');
      op.path.push_back(rest.substr(0, dot));
      rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    }
    ops_.push_back(std::move(op));
  };
  std::size_t skipped_to = 0;  // the end of the last line that held nothing but sections
  std::size_t done = 0;
  for (TemplateTag tag; next_tag(in, done, tag);) {
    std::size_t line = tag.begin;
    while (line > 0 && text[line - 1] != '\n') --line;
    if (line >= skipped_to)
      if (const std::size_t end = end_of_section_line(in, line); end > line) {
        literal(done, line);
        done = line;
        skipped_to = end;
      }
    if (tag.end <= skipped_to) {
      add(tag);
      done = tag.end;
      // The white space behind the last tag of the line goes with it.
      TemplateTag after;
      if (!next_tag(in, done, after) || after.begin >= skipped_to) done = skipped_to;
      continue;
    }
    literal(done, tag.begin);
    add(tag);
    done = tag.end;
  }
  literal(done, text.size());
}

const Values::Value* Template::look_up(const Op& op, const Scopes& scopes) {
  const Values::Value* value = nullptr;
  std::uint32_t hint = 0;
  for (auto scope = scopes.rbegin(); scope != scopes.rend() && !value; ++scope)
    value = (*scope)->find(op.path[0], op.path.size() == 1 ? op.hint : hint);
  for (std::size_t i = 1; i < op.path.size() && value; ++i)
    value = value->kind == Values::Kind::object
                ? value->inner[0].find(op.path[i], i + 1 == op.path.size() ? op.hint : hint)
                : nullptr;
  return value;
}

void Template::render(std::uint32_t begin, std::uint32_t end, Scopes& scopes,
                      std::string& out) const {
  using Kind = Values::Kind;
  for (std::uint32_t i = begin; i < end; ++i) {
    const Op& op = ops_[i];
    if (op.type == Op::literal) {
      out += op.text;
      continue;
    }
    const Values::Value* value = look_up(op, scopes);
    const Kind kind = !value                                                     ? Kind::no
                      : value->kind == Kind::list && value->inner[0].size() == 0 ? Kind::no
                                                                                 : value->kind;
    if (op.type == Op::escaped || op.type == Op::raw) {
      if (kind != Kind::text) continue;
      if (op.type == Op::raw)
        out += value->text;
      else
        append_escaped(out, value->text);
      continue;
    }
    const std::uint32_t inside = i + 1;
    i = op.end - 1;
    if (op.type == Op::inverted) {
      if (kind == Kind::no) render(inside, op.end, scopes, out);
      continue;
    }
    switch (kind) {
      case Kind::no:
        break;
      case Kind::yes:
      case Kind::text:
        render(inside, op.end, scopes, out);
        break;
      case Kind::object:
        scopes.push_back(&value->inner[0]);
        render(inside, op.end, scopes, out);
        scopes.pop_back();
        break;
      case Kind::list:
        for (std::size_t item = 0; item < value->inner[0].size(); ++item) {
          scopes.push_back(&value->inner[0].item(item));
          render(inside, op.end, scopes, out);
          scopes.pop_back();
        }
        break;
      case Kind::rows:
        value->write(Section{*this, inside, op.end}, out);
    }
  }
}

void Template::render(const Scopes& scopes, std::string& out) const {
  Scopes all = scopes;
  render(0, static_cast<std::uint32_t>(ops_.size()), all, out);
}

void Section::render(const Scopes& scopes, std::string& out) const {
  Scopes all = scopes;
  template_.render(begin_, end_, all, out);
}

Names Template::names(std::uint32_t begin, std::uint32_t end) const {
  Names names;
  for (std::uint32_t i = begin; i < end; ++i)
    names.insert(ops_[i].path.begin(), ops_[i].path.end());
  return names;
}

Names Template::names() const { return names(0, static_cast<std::uint32_t>(ops_.size())); }
