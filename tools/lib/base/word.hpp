// Enums that are written as words, in records, options and messages. An enum takes part through a
// table of its words, one for each value up to the last one, in order:
//
//   enum class Cipher { xchacha20, aes_gcm };
//   constexpr auto words_of(Cipher) { return words<Cipher::aes_gcm>("xchacha20", "aes-gcm"); }
//
//   word_of(Cipher::aes_gcm)            "aes-gcm"
//   parse_word<Cipher>("aes-gcm")       Cipher::aes_gcm
//   parse_word<Cipher>("rot13")         nothing
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

template <auto last, class... Text>
constexpr std::array<std::string_view, sizeof...(Text)> words(Text... text) {
  static_assert(sizeof...(Text) == static_cast<std::size_t>(last) + 1, "a word for each value");
  return {text...};
}

template <class E>
concept WordEnum = std::is_enum_v<E> && requires {
  words_of(E{});
};

// The table itself: it outlives every caller.
template <WordEnum E>
inline constexpr auto kWords = words_of(E{});

template <WordEnum E>
constexpr std::string_view word_of(E value) {
  return kWords<E>[static_cast<std::size_t>(value)];
}

// "" where there is none.
template <WordEnum E>
constexpr std::string_view word_of(const std::optional<E>& value) {
  return value ? word_of(*value) : std::string_view{};
}

template <WordEnum E>
constexpr std::optional<E> parse_word(std::string_view text) {
  for (std::size_t i = 0; i < kWords<E>.size(); ++i)
    if (kWords<E>[i] == text) return static_cast<E>(i);
  return std::nullopt;
}
