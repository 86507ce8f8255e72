#include "template/item.hpp"

#include <algorithm>
#include <charconv>

Item::Field* Item::next(const char* name, Kind kind) {
  const std::size_t at = count_++;
  if (at == fields_.size()) fields_.emplace_back();
  Field& field = fields_[at];
  if (field.name != name) {
    field.name = name;
    field.wanted = wants(name);
    field.inner.clear();
  }
  field.kind = kind;
  return field.wanted ? &field : nullptr;
}

void Item::put(const char* name, std::string_view text) {
  const bool is_empty = std::all_of(text.begin(), text.end(), is_forbidden);
  if (Field* field = next(name, is_empty ? Kind::no : Kind::text)) field->text.assign(text);
}

void Item::put(const char* name, bool yes) { next(name, yes ? Kind::yes : Kind::no); }

void Item::put(const char* name, std::int64_t number) {
  char text[24];
  put(name,
      std::string_view{text, static_cast<std::size_t>(
                                 std::to_chars(text, text + sizeof text, number).ptr - text)});
}

Item* Item::object(const char* name) {
  Field* field = next(name, Kind::object);
  if (!field) return nullptr;
  if (field->inner.empty()) field->inner.emplace_back(wanted_);
  field->inner[0].start();
  return &field->inner[0];
}

Item* Item::list(const char* name) {
  Item* list = object(name);
  if (list) fields_[count_ - 1].kind = Kind::list;
  return list;
}

Item& Item::add() {
  if (count_ == items_.size()) items_.emplace_back(wanted_);
  Item& item = items_[count_++];
  item.start();
  return item;
}

Value Item::value(const Mark& mark) const {
  Value value;
  for (std::size_t i = 0; i < count_; ++i) {
    const Field& field = fields_[i];
    if (!field.wanted) continue;
    switch (field.kind) {
      case Kind::no:
      case Kind::yes:
        ::put(value, field.name, field.kind == Kind::yes);
        break;
      case Kind::text:
        value[field.name] = mark ? Value{mark(field.text)} : text_value(field.text);
        break;
      case Kind::object:
        ::put(value, field.name, field.inner[0].value(mark));
        break;
      case Kind::list: {
        Value list = empty_list();
        const Item& inner = field.inner[0];
        for (std::size_t item = 0; item < inner.count_; ++item)
          append(list, inner.items_[item].value(mark));
        ::put(value, field.name, std::move(list));
      }
    }
  }
  return value;
}

void Item::shape(std::string& out, std::vector<std::string_view>& texts) const {
  for (std::size_t i = 0; i < count_; ++i) {
    const Field& field = fields_[i];
    if (!field.wanted) continue;
    out += static_cast<char>(field.kind);
    if (field.kind == Kind::text) {
      texts.push_back(field.text);
    } else if (field.kind == Kind::object) {
      field.inner[0].shape(out, texts);
    } else if (field.kind == Kind::list) {
      const Item& inner = field.inner[0];
      for (std::size_t item = 0; item < inner.count_; ++item) {
        out += '(';
        inner.items_[item].shape(out, texts);
      }
      out += ')';
    }
  }
}
