#include "gzip/gunzip.hpp"

#include <zlib.h>

#include "base/handle.hpp"

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

Result<std::string, GunzipFailure> gunzip(std::string_view bytes, std::size_t most) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK)
    return GunzipFailure{false, "there is no memory for zlib"};
  const Handle<z_stream, inflateEnd> end{&stream};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // not written to
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  char buffer[16384];
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) break;
    text.append(buffer, sizeof buffer - stream.avail_out);
    if (text.size() > most)
      return GunzipFailure{true, "more than " + std::to_string(most) + " bytes unpacked"};
  }
  if (status != Z_STREAM_END) return GunzipFailure{false, "the gzip data is damaged or cut short"};
  return text;
}
