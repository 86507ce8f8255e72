// Named values for templates: no, yes, text, an object, a list, or rows that are written only
// when the template reaches them.
//
//   Values row{&names};                 // of the section that shows it; null: all
//   for (const Room& room : rooms) {
//     row.start();
//     row.put("name", room.name);       // the same names in the same order, so that
//     section.render({&site, &row}, out);  // memory is used again
//   }
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

class Section;

using Names = std::set<std::string, std::less<>>;

class Values {
 public:
  // `wanted`: names that are not in it are not kept. It must outlive this.
  explicit Values(const Names* wanted = nullptr);

  // Forgets all values, but keeps their memory.
  void start() { count_ = 0; }

  // `name` must outlive this; each name is put once. Empty text is "no", so that a
  // section asks whether there is any.
  void put(const char* name, std::string_view text);
  void put(const char* name, const char* text) { put(name, std::string_view{text}); }
  void put(const char* name, const std::string& text) { put(name, std::string_view{text}); }
  void put(const char* name, bool yes);
  void put(const char* name, std::int64_t number);
  template <class T>
  void put(const char* name, const std::optional<T>& value) {
    if (value.has_value())
      put(name, *value);
    else
      put(name, false);
  }

  // An object to fill, or a list to add() to; null when it is not wanted. An object that is not
  // there is "no".
  Values* object(const char* name, bool is_there = true);
  Values* list(const char* name);
  Values& add();  // good until the next one is added

  // A list whose rows `write` appends to `out`; "no" without `write`.
  using WriteRows = std::function<void(const Section& section, std::string& out)>;
  void rows(const char* name, WriteRows write);

  // Check this before you compute an expensive value.
  bool wants(std::string_view name) const { return !wanted_ || wanted_->contains(name); }

  // What templates read.
  enum class Kind : char { no, yes, text, object, list, rows };
  struct Value;
  // Null if there is no such name. `hint`: the index at which it was found last, where the search
  // begins.
  const Value* find(std::string_view name, std::uint32_t& hint) const;
  std::size_t size() const { return count_; }  // of a list
  const Values& item(std::size_t i) const { return items_[i]; }

 private:
  Value* next(const char* name, Kind kind);

  const Names* wanted_;
  std::size_t count_ = 0;  // values of an object, items of a list
  std::vector<Value> values_;
  std::vector<Values> items_;
};

struct Values::Value {
  std::string_view name;
  bool wanted = false;
  Kind kind = Kind::no;
  std::string text;
  std::vector<Values> inner;  // one, of an object or a list
  WriteRows write;
};

inline Values::Values(const Names* wanted) : wanted_{wanted} {}
