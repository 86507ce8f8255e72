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
  Spool& operator=(Spool&&) = delete;

  Slot add(std::string_view text);

  // Gives the text back, whenever. The writer is done: may be called by several
  // threads, after flush().
  void flush();
  void read(Slot slot, std::string& into) const;
  std::uint64_t size() const { return size_; }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
  std::string buffer_;
};
