#include "record/fields.hpp"

#include <algorithm>
#include <set>

#include "base/nearest.hpp"

namespace fields {
namespace {

[[noreturn]] void refuse(const Path& path, std::string_view expected) {
  throw BadLine{"\"" + path.text() + "\" should be " + std::string{expected}};
}

// "unknown word "provn"; did you mean "proven"?", or all that are known.
std::string unknown_text(std::string_view what, std::string_view word,
                         std::span<const std::string_view> known) {
  std::string text = "unknown " + std::string{what} + " " + to_text(Json{word});
  if (const std::string hint = did_you_mean(word, known); !hint.empty()) return text + hint;
  text += "; known:";
  for (const std::string_view one : known) text += " " + std::string{one};
  return text;
}

// `unknown member "hiden"; did you mean "hidden"?`; with the path of a member of a part.
[[noreturn]] void refuse_member(const Path& member, const FieldList& fields) {
  std::vector<std::string_view> known;
  if (!member.around) known.push_back("kind");
  for (const Field& field : fields.all()) known.push_back(field.name);
  throw BadLine{"unknown member " + to_text(Json{member.text()}) +
                did_you_mean(member.name, known)};
}

// A bit for a name: most names that are not there are told from those that are.
constexpr std::uint64_t name_bit(std::string_view name) {
  const auto first = static_cast<unsigned char>(name.empty() ? 0 : name.front());
  return std::uint64_t{1} << ((first + 5 * name.size()) % 64);
}

}  // namespace

std::string Path::text() const {
  if (index != SIZE_MAX) return around->text() + "[" + std::to_string(index) + "]";
  return (around ? around->text() + "." : "") + std::string{name};
}

void read_text(const JsonView& json, std::string& into, const Path& path) {
  const auto text = json.string();
  if (!text) refuse(path, "a string");
  into = *text;
}

void read_boolean(const JsonView& json, bool& into, const Path& path) {
  const auto boolean = json.boolean();
  if (!boolean) refuse(path, "true or false");
  into = *boolean;
}

void read_integer(const JsonView& json, std::int64_t& into, const Path& path) {
  const auto number = json.integer();
  if (!number) refuse(path, "a whole number");
  into = *number;
}

void read_real(const JsonView& json, double& into, const Path& path) {
  const auto number = json.real();
  if (!number) refuse(path, "a number");
  into = *number;
}

std::size_t read_word(const JsonView& json, std::span<const std::string_view> known,
                      const Path& path) {
  const auto word = json.string();
  if (!word) refuse(path, "a string");
  const auto at = std::find(known.begin(), known.end(), *word);
  if (at == known.end())
    throw BadLine{"\"" + path.text() + "\": " + unknown_text("word", *word, known)};
  return static_cast<std::size_t>(at - known.begin());
}

JsonView::Items<JsonView> items_of(const JsonView& json, const Path& path) {
  const auto items = json.array();
  if (!items) refuse(path, "an array");
  return *items;
}

void read_fields(const JsonView& json, const FieldList& fields, Json::Object* unknown_members,
                 const Path* path, Unknown unknown) {
  const auto members = json.object();
  if (!members) refuse(path ? *path : Path{}, "an object");
  std::size_t count = 0;
  std::uint64_t names = 0;
  for (const auto& member : *members) {
    ++count;
    names |= name_bit(member.name);
  }
  std::size_t known = !path && json.find("kind") ? 1 : 0;  // members
  for (const Field& field : fields.all()) {
    if ((names & name_bit(field.name)) != 0) {
      if (const auto value = json.find(field.name)) {
        ++known;
        field.type->read(*value, field.value, Path{path, field.name}, unknown);
        continue;
      }
    }
    if (!field.type->is_required) continue;
    // A misspelt member is named before a missing one.
    if (unknown == Unknown::refuse)
      for (const auto& member : *members)
        if (member.name != field.name && is_slip(member.name, field.name))
          refuse_member({path, member.name}, fields);
    throw BadLine{"\"" + Path{path, field.name}.text() + "\" is missing"};
  }
  if (count == known) return;  // so mostly
  std::set<std::string_view> met;
  for (const auto& member : *members) {
    if (unknown == Unknown::refuse && !met.insert(member.name).second)
      throw BadLine{"\"" + Path{path, member.name}.text() + "\" is given twice"};
    const auto has_its_name = [&](const Field& field) { return field.name == member.name; };
    if ((!path && member.name == "kind") || std::ranges::any_of(fields.all(), has_its_name))
      continue;
    if (unknown == Unknown::refuse) refuse_member({path, member.name}, fields);
    if (unknown_members)
      unknown_members->push_back({std::string{member.name}, member.value.json()});
  }
}

void append_integer(std::string& out, std::int64_t value) {
  append_text(out, Json::integer(value));
}

void append_real(std::string& out, double value) { append_text(out, Json::real(value)); }

void append_name(std::string& out, std::string_view name) {
  out.append(out.back() == '{' ? "\"" : ",\"");
  out.append(name);
  out.append("\":", 2);
}

void append_field(std::string& out, const Field& field) {
  if (field.type->is_absent(field.value)) return;
  append_name(out, field.name);
  field.type->append(out, field.value);
}

void append_unknown(std::string& out, const Json::Object& members) {
  for (const JsonMember& member : members) {
    if (out.back() != '{') out += ',';
    append_string(out, member.name);
    out += ':';
    append_text(out, member.value);
  }
}

}  // namespace fields

void check_kind(std::string_view kind, std::span<const std::string_view> known) {
  if (kind.empty()) throw BadLine{"\"kind\" is missing or no text"};
  if (std::find(known.begin(), known.end(), kind) == known.end())
    throw BadLine{fields::unknown_text("kind", kind, known)};
}
