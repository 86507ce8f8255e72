// The bytes of one input: a file, or standard input, which is called "-".
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

// One input, open. Both throw Failure "FILE: why".
class Input {
 public:
  explicit Input(const std::string& file);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // Up to `size` bytes; 0 at the end.
  std::size_t read(char* into, std::size_t size) const;
  const std::string& name() const { return name_; }  // as in messages: "stdin" for "-"
  std::size_t size_left() const;                     // of a regular file; 0 if that can't be told

 private:
  std::string name_;
  int descriptor_;
};

// Memory that is not touched before it is needed: a page of it costs more than
// reading into it.
class Buffer {
 public:
  explicit Buffer(std::size_t size) : bytes_{new char[size]}, size_{size} {}
  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  void grow(std::size_t used);  // doubles the size; the first `used` bytes stay

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

// The whole content of a file, such as a template or a policy.
std::string read_file(const std::string& path);

// Reads an input without lines, piece by piece. `use` returns how many bytes at the front it
// no longer needs; the next call gets the rest, and more bytes behind it. `is_last`: no more
// bytes follow. An input of at most `first` bytes is one piece.
// Memory: `first`, a block of 128 KiB, and the bytes that `use` still needs.
using UsePiece = std::function<std::size_t(std::string_view text, bool is_last)>;
void for_each_piece(const std::string& file, std::size_t first, const UsePiece& use);
