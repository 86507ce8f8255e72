// QR codes (libqrencode).
#pragma once

#include <string_view>
#include <vector>

struct QrCode {
  int modules = 0;         // a side, with the border of four that readers need
  std::vector<bool> dark;  // row by row
};

// Throws Failure for text that no QR code can hold (more than about 2,300 bytes).
QrCode qr_code(std::string_view text);
