#include "gzip/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

namespace {

constexpr int kGzipWrapper = 16;  // added to the window bits: see deflateInit2
constexpr int kMostMemory = 9;
constexpr std::size_t kRoom = 32 << 10;

}  // namespace

GzipEncoder::GzipEncoder(int level) {
  auto stream = std::make_unique<z_stream>();
  if (deflateInit2(stream.get(), level, Z_DEFLATED, MAX_WBITS + kGzipWrapper, kMostMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc{};
  stream_ = stream.release();
}

GzipEncoder::~GzipEncoder() {
  deflateEnd(stream_);
  delete stream_;
}

void GzipEncoder::run(std::string_view text, int flush, std::string& packed) {
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream_->avail_in = static_cast<uInt>(text.size());
  do {
    const std::size_t before = packed.size();
    packed.resize(before + kRoom);
    stream_->next_out = reinterpret_cast<Bytef*>(packed.data() + before);
    stream_->avail_out = static_cast<uInt>(kRoom);
    deflate(stream_, flush);
    packed.resize(before + kRoom - stream_->avail_out);
  } while (stream_->avail_out == 0);
}

void GzipEncoder::add(std::string_view text, std::string& packed) {
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kMost)))
    run(text.substr(0, kMost), Z_NO_FLUSH, packed);
}

void GzipEncoder::finish(std::string& packed) {
  run({}, Z_FINISH, packed);
  deflateReset(stream_);
}
