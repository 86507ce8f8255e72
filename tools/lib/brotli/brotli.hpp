// Brotli (RFC 7932), for web servers that send precompressed files. libbrotlienc is behind it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct BrotliEncoderStateStruct;

// Makes one file: add(text, packed); … finish(packed). What is ready is appended to `packed`.
class BrotliEncoder {
 public:
  // `quality`: 0 (fast) to 11 (small). `size`: of the whole text; a window larger than it
  // would only cost time.
  BrotliEncoder(int quality, std::size_t size);
  ~BrotliEncoder();
  BrotliEncoder(const BrotliEncoder&) = delete;
  BrotliEncoder& operator=(const BrotliEncoder&) = delete;

  void add(std::string_view text, std::string& packed);
  void finish(std::string& packed);

 private:
  void run(std::string_view text, int operation, std::string& packed);
  BrotliEncoderStateStruct* state_;
};
