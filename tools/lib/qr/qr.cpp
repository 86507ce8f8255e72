#include "qr/qr.hpp"

#include <qrencode.h>

#include <charconv>

#include "base/handle.hpp"
#include "cli/errors.hpp"

namespace {

constexpr int kBorder = 4;
constexpr std::string_view kHead = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ";

std::string description(std::string_view text) {
  std::string out = "<desc>";
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out + "</desc>";
}

// The dark modules as runs of a row, each "Mx yhLv1h-Lz".
std::string path_of(const QRcode& code) {
  std::string path;
  for (int y = 0; y < code.width; ++y)
    for (int x = 0; x < code.width;) {
      const auto dark = [&](int at) {
        return at < code.width && (code.data[y * code.width + at] & 1);
      };
      if (!dark(x)) {
        ++x;
        continue;
      }
      int end = x;
      while (dark(end)) ++end;
      path += "M" + std::to_string(x + kBorder) + " " + std::to_string(y + kBorder) + "h" +
              std::to_string(end - x) + "v1h-" + std::to_string(end - x) + "z";
      x = end;
    }
  return path;
}

}  // namespace

QrCode qr_code(std::string_view text) {
  const Handle<QRcode, QRcode_free> code{
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M)};
  if (!code) throw Failure{"no QR code can hold " + std::to_string(text.size()) + " bytes"};
  QrCode result;
  result.modules = code->width + 2 * kBorder;
  const std::string side = std::to_string(result.modules);
  result.svg = std::string{kHead} + side + " " + side + "\" shape-rendering=\"crispEdges\">" +
               description(text) + "<path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
               "H0z\"/><path d=\"" + path_of(*code) + "\"/></svg>\n";
  return result;
}

int modules_of_same_code(std::string_view svg, std::string_view text) {
  if (!svg.starts_with(kHead)) return 0;
  int modules = 0;
  std::from_chars(svg.data() + kHead.size(), svg.data() + svg.size(), modules);
  const auto begin = svg.find("<desc>"), end = svg.find("</desc>");
  if (begin == std::string_view::npos || end == std::string_view::npos) return 0;
  const bool whole = svg.ends_with("</svg>\n");
  return whole && svg.substr(begin, end + 7 - begin) == description(text) ? modules : 0;
}
