#include "template/template.hpp"

#include <utility>

#include "cli/errors.hpp"

namespace {

namespace mustache = kainjow::mustache;

// The engine's own context splits "a.b" with a string stream; lookups are most
// of the time of a row.
class Lookup : public mustache::basic_context<std::string> {
 public:
  explicit Lookup(const Template::Scopes& scopes) : scopes_{scopes} {}
  void push(const Value* value) override { scopes_.push_back(value); }
  void pop() override { scopes_.pop_back(); }

  const Value* get(const std::string& name) const override {
    if (name == ".") return scopes_.back();
    const auto dot = name.find('.');
    if (dot == std::string::npos) return outermost(name);
    const Value* value = outermost(name.substr(0, dot));
    for (std::size_t from = dot; value && from != std::string::npos;) {
      const auto next = name.find('.', from + 1);
      value = value->get(name.substr(from + 1, next == std::string::npos ? next : next - from - 1));
      from = next;
    }
    return value;
  }
  const Value* get_partial(const std::string&) const override { return nullptr; }

 private:
  const Value* outermost(const std::string& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
      if (const Value* value = (*scope)->get(name)) return value;
    return nullptr;
  }

  Template::Scopes scopes_;
};

// Most text has nothing to escape.
std::string escaped(const std::string& text) {
  auto from = text.find_first_of("&<>\"'");
  if (from == std::string::npos) return text;
  std::string out;
  out.reserve(text.size() + 32);
  std::size_t done = 0;
  for (; from != std::string::npos; from = text.find_first_of("&<>\"'", done)) {
    out.append(text, done, from - done);
    switch (text[from]) {
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
      default:
        out += "&#39;";
    }
    done = from + 1;
  }
  return out.append(text, done);
}

struct Appender {
  std::string& out;
  Appender& operator<<(const std::string& text) {
    out += text;
    return *this;
  }
};

}  // namespace

Template::Template(std::vector<TemplatePiece> pieces) : pieces_{std::move(pieces)} {
  compiled_.reserve(pieces_.size());
  for (const TemplatePiece& piece : pieces_) {
    mustache::mustache& compiled = compiled_.emplace_back(piece.text);
    if (!compiled.is_valid()) throw Failure{"template: " + compiled.error_message()};
    compiled.set_custom_escape(escaped);
  }
}

void Template::render(std::size_t piece, const Scopes& scopes, std::string& out) {
  Lookup lookup{scopes};
  Appender appender{out};
  compiled_[piece].render(lookup, appender);
}
