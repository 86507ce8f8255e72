// A temporary file without a name that holds texts until they are needed, so that they do not
// fill the memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

class Spool {
 public:
  // Where one text is.
  struct Slot {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  // In $TMPDIR, or /var/tmp. Throws Failure when it can't be made.
  Spool();
  ~Spool();
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&& other) noexcept;

  Slot add(std::string_view text);

  void flush();  // call it after the last add(), before the texts are read

 private:
  friend class SpoolReader;
  int descriptor_;
  std::uint64_t size_ = 0;
  std::string buffer_;
};

// Reads the texts of a spool; fastest in the order in which they were added. Each thread needs
// a reader of its own.
class SpoolReader {
 public:
  explicit SpoolReader(const Spool& spool) : spool_{&spool} {}
  // Valid until the next read().
  std::string_view read(Spool::Slot slot);

 private:
  const Spool* spool_;
  std::uint64_t begin_ = 0;  // of what is in the buffer
  std::uint64_t last_ = 0;   // the end of the text before
  std::string buffer_;
};
