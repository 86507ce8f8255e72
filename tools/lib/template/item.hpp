// The values of one thing among many of its kind (a row, a page of hundreds):
// named like Value's, but made again and again without asking for new memory, and
// only those that the template asks for.
//
//   Item item{&names};                  // of the template; null: all
//   for (const Room& room : rooms) {
//     item.start();
//     item.put("name", room.name);      // always the same names, in the same order
//     template.render_row(piece, scopes, item, out);
//   }
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "template/value.hpp"

using Names = std::set<std::string, std::less<>>;

class Item {
 public:
  explicit Item(const Names* wanted = nullptr);

  void start() { count_ = 0; }

  // `name` is a literal. Empty text is "no".
  void put(const char* name, std::string_view text);
  void put(const char* name, const char* text) { put(name, std::string_view{text}); }
  void put(const char* name, const std::string& text) { put(name, std::string_view{text}); }
  void put(const char* name, bool yes);
  void put(const char* name, std::int64_t number);
  template <class T>
  void put(const char* name, const std::optional<T>& value) {
    if (value)
      put(name, *value);
    else
      put(name, false);
  }
  // An object, or a list whose items are added one by one; null when not wanted.
  Item* object(const char* name);
  Item* list(const char* name);
  Item& add();  // to a list: a new item, started

  // For what costs something to work out.
  bool wants(std::string_view name) const { return !wanted_ || wanted_->contains(name); }

  // The same for the engine. With `mark`, texts are what it returns for them, in
  // the order in which texts() gives them.
  using Mark = std::function<std::string(std::string_view text)>;
  Value value(const Mark& mark = nullptr) const;

  // What decides how a template comes out, but for the texts themselves: which are
  // there, and how many items lists have. And the texts, in order.
  void shape(std::string& out, std::vector<std::string_view>& texts) const;

 private:
  enum class Kind : char { no = 'n', yes = 'y', text = 't', object = 'o', list = 'l' };
  struct Field;
  Field* next(const char* name, Kind kind);

  const Names* wanted_;
  std::size_t count_ = 0;  // fields of objects, items of lists
  std::vector<Field> fields_;
  std::deque<Item> items_;  // of a list
};

struct Item::Field {
  const char* name = nullptr;
  bool wanted = false;
  Kind kind = Kind::no;
  std::string text;
  std::vector<Item> inner;  // one, of an object or a list
};

// Here, and not above, because clang wants a whole Field for it.
inline Item::Item(const Names* wanted) : wanted_{wanted} {}

// The value of one item, made once: item_of([&](Item& item) { item.put(…); }).
template <class Fill>
Value item_of(Fill&& fill) {
  Item item;
  fill(item);
  return item.value();
}
