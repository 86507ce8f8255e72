#include "model/community.hpp"

std::string_view word_of(Origin origin) {
  switch (origin) {
    case Origin::owner:
      return "owner";
    case Origin::curator:
      return "curator";
    case Origin::source:
      return "source";
    case Origin::detected:
      return "detected";
  }
  return "";
}

std::string_view word_of(Standing standing) {
  switch (standing) {
    case Standing::listed:
      return "listed";
    case Standing::gone:
      return "gone";
    case Standing::hidden:
      return "hidden";
    case Standing::unlisted:
      return "unlisted";
    case Standing::refuted:
      return "refuted";
    case Standing::unnamed:
      return "unnamed";
  }
  return "";
}
