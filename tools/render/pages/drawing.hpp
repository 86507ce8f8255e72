// Small drawings as inline SVG, without colours: the style file has them
// (sites/README.md: Drawings).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The mark of a server: a pattern of 5 x 5 and one of twelve hues, from its key.
std::string mark_svg(std::string_view public_key);

// Values over time, from 0 at the bottom to the most at the top. `at` grows (days,
// seconds); the first is at the left edge and the last at the right. "" for less
// than two points.
struct ChartPoint {
  std::int64_t at = 0, value = 0;
};
std::string chart_svg(const std::vector<ChartPoint>& points);
