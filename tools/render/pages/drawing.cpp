#include "pages/drawing.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace {

constexpr int kWidth = 600, kHeight = 120;

}  // namespace

std::string mark_svg(std::string_view public_key) {
  if (public_key.size() < 20) return {};
  // Digit after digit fills the left three columns; the right two mirror them.
  std::string path;
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x) {
      const int column = x < 3 ? x : 4 - x;
      if (hex_value(public_key[static_cast<std::size_t>(y * 3 + column)]) % 2 == 0) continue;
      int end = x + 1;
      while (end < 5 &&
             hex_value(public_key[static_cast<std::size_t>(y * 3 + (end < 3 ? end : 4 - end))]) %
                     2 !=
                 0)
        ++end;
      const std::string width = std::to_string(end - x);
      path +=
          "M" + std::to_string(x) + " " + std::to_string(y) + "h" + width + "v1h-" + width + "z";
      x = end - 1;
    }
  const std::uint32_t hue = (hex_value(public_key[16]) * 16 + hex_value(public_key[17])) % 12;
  return "<svg class=\"mark h" + std::to_string(hue) +
         "\" viewBox=\"0 0 5 5\" aria-hidden=\"true\"><path d=\"" + path + "\"/></svg>";
}

std::string chart_svg(const std::vector<ChartPoint>& points) {
  if (points.size() < 2) return {};
  std::int64_t most = 1;
  for (const ChartPoint& point : points) most = std::max(most, point.value);
  const std::int64_t first = points.front().at;
  const std::int64_t span = std::max<std::int64_t>(1, points.back().at - first);
  std::string line;
  for (const ChartPoint& point : points) {
    const auto x = static_cast<std::int64_t>(
        static_cast<double>(point.at - first) / static_cast<double>(span) * kWidth + 0.5);
    const auto y =
        kHeight - static_cast<std::int64_t>(
                      static_cast<double>(point.value) / static_cast<double>(most) * kHeight + 0.5);
    line += (line.empty() ? "M" : "L") + std::to_string(x) + " " + std::to_string(y);
  }
  const std::string bottom = std::to_string(kHeight);
  return "<svg class=\"chart\" viewBox=\"0 0 600 120\" preserveAspectRatio=\"none\" "
         "aria-hidden=\"true\"><path class=\"area\" d=\"" +
         line + "V" + bottom + "H0z\"/><path class=\"line\" d=\"" + line + "\"/></svg>";
}
