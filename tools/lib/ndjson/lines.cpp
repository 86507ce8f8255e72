#include "ndjson/lines.hpp"

#include <cstring>

#include "cli/errors.hpp"
#include "ndjson/bad_line.hpp"
#include "ndjson/input.hpp"

namespace {

constexpr std::size_t kBlock = 256 * 1024;       // the fastest size on files and pipes
constexpr std::size_t kLongestLine = 512 << 20;  // bytes; a page of a source is far smaller

// Gives every line of one input to `use`.
void split_lines(const std::string& file, const UseLine& use) {
  const Input input{file};
  const std::string& name = input.name();
  Buffer buffer{2 * kBlock};
  std::size_t begin = 0, end = 0;  // the unread bytes
  std::size_t searched = 0;        // up to here there is no newline
  std::size_t number = 0;
  for (;;) {
    while (const void* newline = std::memchr(buffer.data() + searched, '\n', end - searched)) {
      const auto stop = static_cast<std::size_t>(static_cast<const char*>(newline) - buffer.data());
      use({{buffer.data() + begin, stop - begin}, name, ++number});
      begin = searched = stop + 1;
    }
    searched = end;
    if (buffer.size() - end < kBlock) {
      if (begin > 0) {
        std::memmove(buffer.data(), buffer.data() + begin, end - begin);
        end -= begin;
        searched -= begin;
        begin = 0;
      }
      if (end > kLongestLine)
        throw Failure{name + ":" + std::to_string(number + 1) + ": a line of more than " +
                      std::to_string(kLongestLine >> 20) + " MiB"};
      if (buffer.size() - end < kBlock) buffer.grow(end);
    }
    const std::size_t count = input.read(buffer.data() + end, kBlock);
    if (count == 0) break;
    end += count;
  }
  if (end > begin) use({{buffer.data() + begin, end - begin}, name, ++number});
}

}  // namespace

std::string Line::place() const { return std::string{file} + ":" + std::to_string(number); }

JsonView Line::json(JsonText& memory) const {
  const Result<JsonView> read = memory.read(text);
  if (!read) throw BadLine{"expected one JSON object on this line: " + read.reason()};
  if (!read->object()) throw BadLine{"expected one JSON object on this line"};
  return *read;
}

void for_each_line(const std::vector<std::string>& files, const UseLine& use) {
  if (files.empty()) split_lines("-", use);
  for (const std::string& file : files) split_lines(file, use);
}
