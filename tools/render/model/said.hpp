// What people's lines say about one Community, and which line decides.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "model/community.hpp"

using KnownLines = std::vector<const KnownLine*>;

// The lines, from the most specific: about the Community itself, its server's key, its server's
// host.
struct Said {
  std::array<KnownLines, 3> levels;
  KnownLines older;  // with an older identifier: only their languages and tags count

  // For languages and tags: the lines, from the most specific.
  std::array<const KnownLines*, 4> words() const {
    return {&levels[0], &older, &levels[1], &levels[2]};
  }

  // The line that decides a member; null if no line has it.
  const KnownLine* decides(std::optional<bool> Annotation::*member) const;
};

Witness curator_of(const KnownLine& line);

// What the deciding line says; with `reason` if it gives none. Empty without a line.
Fact fact_of(const Said& said, std::optional<bool> Annotation::*member, std::string_view reason);
