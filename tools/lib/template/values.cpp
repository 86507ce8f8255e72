#include "template/values.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "template/escape.hpp"

Values::Value* Values::next(const char* name, Kind kind) {
  const std::size_t at = count_++;
  if (at == values_.size()) values_.emplace_back();
  Value& value = values_[at];
  if (value.name.data() != name) {
    value.name = name;
    value.wanted = wants(name);
    value.inner.clear();
  }
  value.kind = value.wanted ? kind : Kind::no;
  return value.wanted ? &value : nullptr;
}

void Values::put(const char* name, std::string_view text) {
  const bool is_empty = std::all_of(text.begin(), text.end(), is_forbidden);
  if (Value* value = next(name, is_empty ? Kind::no : Kind::text)) value->text.assign(text);
}

void Values::put(const char* name, bool yes) { next(name, yes ? Kind::yes : Kind::no); }

void Values::put(const char* name, std::int64_t number) {
  char text[24];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  put(name, std::string_view{text, static_cast<std::size_t>(end - text)});
}

Values* Values::object(const char* name, bool is_there) {
  Value* value = next(name, is_there ? Kind::object : Kind::no);
  if (!value || !is_there) return nullptr;
  if (value->inner.empty()) value->inner.emplace_back(wanted_);
  value->inner[0].start();
  return &value->inner[0];
}

Values* Values::list(const char* name) {
  Values* list = object(name);
  if (list) values_[count_ - 1].kind = Kind::list;
  return list;
}

Values& Values::add() {
  if (count_ == items_.size()) items_.emplace_back(wanted_);
  Values& item = items_[count_++];
  item.start();
  return item;
}

void Values::rows(const char* name, WriteRows write) {
  if (Value* value = next(name, write ? Kind::rows : Kind::no)) value->write = std::move(write);
}

const Values::Value* Values::find(std::string_view name, std::uint32_t& hint) const {
  if (hint < count_ && values_[hint].name == name) return &values_[hint];
  for (std::uint32_t i = 0; i < count_; ++i)
    if (values_[i].name == name) {
      hint = i;
      return &values_[i];
    }
  return nullptr;
}
