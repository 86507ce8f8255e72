#include "qr/qr.hpp"

#include <qrencode.h>

#include <string>

#include "base/handle.hpp"
#include "cli/errors.hpp"

QrCode qr_code(std::string_view text) {
  constexpr int kBorder = 4;
  const Handle<QRcode, QRcode_free> code{
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M)};
  if (!code) throw Failure{"no QR code can hold " + std::to_string(text.size()) + " bytes"};
  QrCode result;
  result.modules = code->width + 2 * kBorder;
  for (int y = -kBorder; y < code->width + kBorder; ++y)
    for (int x = -kBorder; x < code->width + kBorder; ++x) {
      const bool is_inside = y >= 0 && y < code->width && x >= 0 && x < code->width;
      result.dark.push_back(is_inside && (code->data[y * code->width + x] & 1));
    }
  return result;
}
