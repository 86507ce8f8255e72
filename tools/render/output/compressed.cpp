#include "output/compressed.hpp"

#include <algorithm>
#include <array>

#include "brotli/brotli.hpp"
#include "gzip/gzip.hpp"
#include "output/manifest.hpp"
#include "output/tree.hpp"

namespace {

// Measured on pages of servers and lists of Communities (16 kB, 600 kB): gzip 9 saves 0 and 2 %
// over 6, Brotli 9 saves 0 and 6 % over 6, and both take twice the time on lists.
constexpr int kGzipLevel = 6, kBrotliQuality = 6;

// Smaller files fit into one packet anyway.
constexpr std::uint64_t kGzipFrom = 1400;
// For the page of one Community (14 kB, 4 kB with gzip) Brotli saves 400 bytes, less than a network
// packet, but it would take half of the time of a first site and a third of its files.
constexpr std::uint64_t kBrotliFrom = 24 << 10;

constexpr std::size_t kFlush = 256 << 10;

// Both encoders, fed in pieces.
template <class Feed, class Flush>
void encode(std::uint64_t size, std::size_t form, Feed&& feed, Flush&& flush) {
  std::string packed;
  const auto run = [&](auto& encoder) {
    feed([&](std::string_view text) {
      encoder.add(text, packed);
      if (packed.size() >= kFlush) {
        flush(packed);
        packed.clear();
      }
    });
    encoder.finish(packed);
    flush(packed);
  };
  if (form == 1) {
    // Kept, because setting up an encoder costs as much as compressing a small file.
    thread_local GzipEncoder encoder{kGzipLevel};
    return run(encoder);
  }
  BrotliEncoder encoder{kBrotliQuality, static_cast<std::size_t>(size)};
  run(encoder);
}

}  // namespace

bool is_compressed(std::string_view path, std::uint64_t size, std::size_t form) {
  constexpr std::array<std::string_view, 2> kOfEachVisit{".css", ".js"};
  constexpr std::array<std::string_view, 8> kTexts{".html", ".json", ".ndjson", ".csv",
                                                   ".atom", ".xml",  ".svg",    ".txt"};
  const auto is_one_of = [&](const auto& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return path.ends_with(ending); });
  };
  if (is_one_of(kOfEachVisit)) return size > kGzipFrom;
  return size > (form == 1 ? kGzipFrom : kBrotliFrom) && is_one_of(kTexts);
}

std::string compressed(std::string_view content, std::size_t form) {
  std::string all;
  encode(
      content.size(), form, [&](auto&& use) { use(content); },
      [&](const std::string& packed) { all += packed; });
  return all;
}

std::uint64_t compress_file(const Tree& tree, const std::string& path, std::uint64_t size,
                            std::size_t form) {
  const std::string name = path + kEndings[form];
  const Descriptor file = tree.create(name);
  std::uint64_t written = 0;
  encode(
      size, form, [&](auto&& use) { each_block(tree, path, use); },
      [&](const std::string& packed) {
        write_all(file, packed, tree.place() + "/" + name);
        written += packed.size();
      });
  return written;
}
