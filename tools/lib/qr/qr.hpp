// QR codes as SVG (libqrencode).
#pragma once

#include <string>
#include <string_view>

struct QrCode {
  int modules = 0;  // a side, with the border of four that readers need
  std::string svg;  // dark on white, one unit a module; `text` stands in its <desc>
};

// Throws Failure for text that no QR code can hold (more than about 2,300 bytes).
QrCode qr_code(std::string_view text);

// How many modules a side such a file has, if it is the code of `text`; else 0.
// Encoding is slow beside this.
int modules_of_same_code(std::string_view svg, std::string_view text);
