// Black and white images as PNG of one bit a pixel (libpng).
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct Bitmap {
  int width = 0, height = 0;
  std::vector<unsigned char> is_white;  // 0 or 1 a pixel, row by row
};

// `description` is stored in a tEXt chunk. Latin-1 only.
std::string png_of(const Bitmap& bitmap, std::string_view description);

// Whether `png` is complete and was made by png_of() with this description.
bool is_png_of(std::string_view png, std::string_view description);
