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

constexpr std::size_t kNoText = static_cast<std::size_t>(-1);
constexpr std::size_t kMostShapes = 4096;  // of one piece; then they are learned again

// In rows that are learned, texts are marks: kRaw NUMBER kEnd, which the engine's
// escaping turns into kEscaped NUMBER kEnd.
constexpr char kRaw = 1, kEnd = 2, kEscaped = 3;
constexpr std::string_view kMarks = "\1\3";

const char* entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return nullptr;
  }
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] > '>') continue;  // most letters
    const char* entity = is_forbidden(text[i]) ? "" : entity_of(text[i]);
    if (!entity) continue;
    out.append(text, done, i - done).append(entity);
    done = i + 1;
  }
  out.append(text, done);
}

std::string escaped(const std::string& text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

std::string escaped_mark(const std::string& text) {
  if (text.empty() || text[0] != kRaw) return escaped(text);
  return kEscaped + text.substr(1);
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
  shapes_.resize(pieces_.size());
  for (const TemplatePiece& piece : pieces_) {
    names_.push_back(names_in(piece.text));
    mustache::mustache& compiled = compiled_.emplace_back(piece.text);
    if (!compiled.is_valid()) throw Failure{"template: " + compiled.error_message()};
    compiled.set_custom_escape(piece.section.empty() ? escaped : escaped_mark);
  }
}

void Template::render(std::size_t piece, const Scopes& scopes, std::string& out) {
  Lookup lookup{scopes};
  Appender appender{out};
  compiled_[piece].render(lookup, appender);
}

Template::Shape Template::learn(std::size_t piece, const Scopes& scopes, const Item& row) {
  std::size_t number = 0;
  const Value marked =
      row.value([&](std::string_view) { return kRaw + std::to_string(number++) + kEnd; });
  Scopes all = scopes;
  all.push_back(&marked);
  std::string text;
  render(piece, all, text);

  Shape shape;
  std::size_t done = 0;
  for (;;) {
    const auto mark = text.find_first_of(kMarks, done);
    if (mark == std::string::npos) break;
    const auto end = text.find(kEnd, mark);
    shape.push_back({text.substr(done, mark - done),
                     std::stoul(text.substr(mark + 1, end - mark - 1)), text[mark] == kEscaped});
    done = end + 1;
  }
  shape.push_back({text.substr(done), kNoText, false});
  return shape;
}

void Template::render_row(std::size_t piece, const Scopes& scopes, const Item& row,
                          std::string& out) {
  shape_.clear();
  texts_.clear();
  row.shape(shape_, texts_);
  auto& shapes = shapes_[piece];
  auto found = shapes.find(shape_);
  if (found == shapes.end()) {
    if (shapes.size() == kMostShapes) shapes.clear();
    found = shapes.emplace(shape_, learn(piece, scopes, row)).first;
  }
  for (const Stretch& stretch : found->second) {
    out += stretch.literal;
    if (stretch.text == kNoText) continue;
    if (stretch.escaped)
      append_escaped(out, texts_[stretch.text]);
    else
      out += texts_[stretch.text];
  }
}
