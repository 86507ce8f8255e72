// gzip (RFC 1952), for web servers that send precompressed files. zlib is behind it.
#pragma once

#include <string>
#include <string_view>

struct z_stream_s;

// One encoder makes one file after the other:
//   encoder.add(text, packed); … encoder.finish(packed);  and again from the start.
// What is ready is appended to `packed`.
class GzipEncoder {
 public:
  explicit GzipEncoder(int level);  // 1 (fast) to 9 (small)
  ~GzipEncoder();
  GzipEncoder(const GzipEncoder&) = delete;
  GzipEncoder& operator=(const GzipEncoder&) = delete;

  void add(std::string_view text, std::string& packed);
  void finish(std::string& packed);

 private:
  void run(std::string_view text, int flush, std::string& packed);
  z_stream_s* stream_;
};
