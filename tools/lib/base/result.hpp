// A value, or the reason why there is none. For what strangers send: their
// mistakes are data, not exceptions.
//
//   Result<BaseUrl> base = parse_base_url(text);
//   if (!base) report(base.reason());
//   else use(*base);
#pragma once

#include <string>
#include <utility>
#include <variant>

struct Reason {
  std::string text;  // a clause for people, without a full stop: "the key is not 64 hex digits"
};

// `Why` is a Reason, or another struct with a `text` where programs decide by the reason.
template <class T, class Why = Reason>
class Result {
 public:
  Result(T value) : either_{std::in_place_index<0>, std::move(value)} {}
  Result(Why why) : either_{std::in_place_index<1>, std::move(why)} {}

  explicit operator bool() const { return either_.index() == 0; }
  T& operator*() { return std::get<0>(either_); }
  const T& operator*() const { return std::get<0>(either_); }
  T* operator->() { return &std::get<0>(either_); }
  const T* operator->() const { return &std::get<0>(either_); }
  const Why& why() const { return std::get<1>(either_); }
  const std::string& reason() const { return why().text; }

 private:
  std::variant<T, Why> either_;
};
