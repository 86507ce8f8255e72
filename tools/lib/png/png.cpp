#include "png/png.hpp"

#include <png.h>

#include <csetjmp>
#include <new>

namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kEnd{"\0\0\0\0IEND\xae\x42\x60\x82", 12};
constexpr char kKeyword[] = "Description";
// On the long runs of a QR code, level 9 takes ten times as long and makes a larger file.
constexpr int kLevel = 4;

void append(png_structp png, png_bytep bytes, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<char*>(bytes), size);
}
void flush(png_structp) {}

// Holds nothing that needs a destructor: libpng leaves it by longjmp when it fails.
bool write(png_structp png, png_infop info, const Bitmap& bitmap, png_textp text) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_compression_level(png, kLevel);
  png_set_IHDR(png, info, static_cast<png_uint_32>(bitmap.width),
               static_cast<png_uint_32>(bitmap.height), 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_text(png, info, text, 1);
  png_write_info(png, info);
  png_set_packing(png);
  for (int y = 0; y < bitmap.height; ++y)
    png_write_row(png, bitmap.is_white.data() +
                           static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.width));
  png_write_end(png, info);
  return true;
}

}  // namespace

std::string png_of(const Bitmap& bitmap, std::string_view description) {
  std::string out, comment{description};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  char keyword[] = "Description";
  png_text text{};
  text.compression = PNG_TEXT_COMPRESSION_NONE;
  text.key = keyword;
  text.text = comment.data();
  text.text_length = comment.size();
  if (info) png_set_write_fn(png, &out, append, flush);
  const bool is_written = info && write(png, info, bitmap, &text);
  png_destroy_write_struct(&png, &info);
  if (!is_written) throw std::bad_alloc{};  // the only way in which writing to memory fails
  return out;
}

bool is_png_of(std::string_view png, std::string_view description) {
  const std::string text =
      "tEXt" + std::string{kKeyword, sizeof kKeyword} + std::string{description};
  const auto at = png.find(text);
  // Between the size of the chunk and its check sum stands this text and nothing more.
  const auto is_alone = [&] {
    const std::size_t size = text.size() - 4;
    for (std::size_t i = 0; i < 4; ++i)
      if (static_cast<unsigned char>(png[at - 4 + i]) != (size >> (24 - 8 * i) & 255)) return false;
    return true;
  };
  return png.starts_with(kSignature) && png.ends_with(kEnd) && at != png.npos && is_alone();
}
