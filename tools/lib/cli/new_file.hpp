// A file that takes its place only when it is whole and on the disk, by a rename: a reader, a
// killed run and a power cut meet the file before it or the new one, never half of one.
#pragma once

#include <string>
#include <string_view>

class NewFile {
 public:
  // Opens `beside`: PATH.new, unless two processes may write the same file at a time.
  // All of these throw Failure.
  explicit NewFile(const std::string& path) : NewFile{path, path + ".new"} {}
  NewFile(std::string path, std::string beside);
  ~NewFile();  // without place(): the old file stays
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  int descriptor() const { return descriptor_; }  // for writing
  void write(std::string_view text);
  void place();  // once

 private:
  std::string path_, beside_;  // no beside_: placed
  int descriptor_;
};
