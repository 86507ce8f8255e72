// A named selection of Communities, for use inside apps (sites/selections.ndjson).
#pragma once

#include "record/fields.hpp"

enum class SelectionRating { safe, unknown };  // safe: without adult Communities
constexpr auto words_of(SelectionRating) {
  return words<SelectionRating::unknown>("safe", "unknown");
}

struct Selection {
  static constexpr std::string_view kKind = "selection";
  std::string id;    // of the file: small letters, digits, hyphens
  std::string name;  // for people
  std::optional<SelectionRating> rating;
  std::vector<std::string> include;  // public keys; TOKEN+ and a whole key
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("name", self.name);
    visit("rating", self.rating);
    visit("include", self.include);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(Selection);
