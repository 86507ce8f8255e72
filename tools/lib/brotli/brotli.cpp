#include "brotli/brotli.hpp"

#include <brotli/encode.h>

#include <algorithm>
#include <cstdint>
#include <new>

BrotliEncoder::BrotliEncoder(int quality, std::size_t size)
    : state_{BrotliEncoderCreateInstance(nullptr, nullptr, nullptr)} {
  if (!state_) throw std::bad_alloc{};
  std::uint32_t window = 16;  // a smaller one saves no more time
  while (window < 22 && (std::size_t{1} << window) < size) ++window;
  BrotliEncoderSetParameter(state_, BROTLI_PARAM_QUALITY, static_cast<std::uint32_t>(quality));
  BrotliEncoderSetParameter(state_, BROTLI_PARAM_LGWIN, window);
  BrotliEncoderSetParameter(state_, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
  BrotliEncoderSetParameter(
      state_, BROTLI_PARAM_SIZE_HINT,
      static_cast<std::uint32_t>(std::min<std::size_t>(size, std::uint32_t{1} << 30)));
}

BrotliEncoder::~BrotliEncoder() { BrotliEncoderDestroyInstance(state_); }

void BrotliEncoder::run(std::string_view text, int operation, std::string& packed) {
  auto next = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t left = text.size();
  do {
    std::size_t none = 0;
    if (!BrotliEncoderCompressStream(state_, static_cast<BrotliEncoderOperation>(operation), &left,
                                     &next, &none, nullptr, nullptr))
      throw std::bad_alloc{};  // the only way it can fail on right calls
    std::size_t size = 0;
    const std::uint8_t* ready = BrotliEncoderTakeOutput(state_, &size);
    packed.append(reinterpret_cast<const char*>(ready), size);
  } while (left > 0 || BrotliEncoderHasMoreOutput(state_));
}

void BrotliEncoder::add(std::string_view text, std::string& packed) {
  run(text, BROTLI_OPERATION_PROCESS, packed);
}

void BrotliEncoder::finish(std::string& packed) { run({}, BROTLI_OPERATION_FINISH, packed); }
