// What people's lines say of one Community, and which line decides.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "model/community.hpp"

using KnownLines = std::vector<const KnownLine*>;

// By how much the lines speak of: the Community itself, its server's key, its server's host.
struct Said {
  std::array<KnownLines, 3> levels;
  KnownLines older;  // that use an older identifier: for languages and tags alone

  // For languages and tags, by how much the lines speak of.
  std::array<const KnownLines*, 4> words() const {
    return {&levels[0], &older, &levels[1], &levels[2]};
  }

  // The line that decides a member; null when none says it.
  const KnownLine* decides(std::optional<bool> Annotation::*member) const;
};

Witness curator_of(const KnownLine& line);

// What the deciding line says; `reason` where it gives none. Empty without a line.
Fact fact_of(const Said& said, std::optional<bool> Annotation::*member, std::string_view reason);
