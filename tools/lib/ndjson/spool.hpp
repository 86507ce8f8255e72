// A temporary file without a name, in which texts wait for their turn: what
// keeps the memory of a run that of a page.
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

  void flush();  // when everything is there: then texts can be read

 private:
  friend class SpoolReader;
  int descriptor_;
  std::uint64_t size_ = 0;
  std::string buffer_;
};

// Gives texts back. Fast for texts in the order in which they were added; one for
// each thread.
class SpoolReader {
 public:
  explicit SpoolReader(const Spool& spool) : spool_{&spool} {}
  // Good until the next one is read.
  std::string_view read(Spool::Slot slot);

 private:
  const Spool* spool_;
  std::uint64_t begin_ = 0;  // of what is in the buffer
  std::uint64_t last_ = 0;   // the end of the text before
  std::string buffer_;
};
