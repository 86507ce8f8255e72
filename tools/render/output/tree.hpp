// A folder of files, held open: all paths are relative to its descriptor, so that they work even
// after the folder is renamed. Only this and place.hpp use the system calls for files. Errors are
// Failures that name the file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// Of a regular file.
struct FileState {
  std::uint64_t size = 0, inode = 0, links = 0;
  std::int64_t changed_at = 0;  // ctime in nanoseconds, which nobody can set
};

[[noreturn]] void fail(const std::string& place, int error);  // throws Failure

void write_all(const Descriptor& file, std::string_view text, const std::string& place);

class Tree {
 public:
  static std::optional<Tree> open(const std::string& place);  // nothing if there is no folder
  static Tree make(const std::string& place);                 // makes it first if necessary

  const std::string& place() const { return place_; }
  int descriptor() const { return folder_.number(); }

  std::optional<FileState> state(const std::string& path) const;  // only of regular files
  std::optional<std::string> read(const std::string& path) const;
  bool holds(const std::string& path, std::string_view content) const;

  // Opens an empty file for writing. A file that is shared with another tree is replaced, not
  // overwritten. A folder or a link of that name is removed.
  Descriptor create(const std::string& path) const;
  void write(const std::string& path, std::string_view content) const;
  void replace(const std::string& path, std::string_view content) const;  // a NewFile

  // Hard-links the file with this path in the other tree, so that both share it.
  void take(const Tree& other, const std::string& path) const;

  // Calls `use` for every entry of the folder, and for the entries of each folder in it for which
  // `use` returns true.
  struct Entry {
    std::string path;
    bool is_folder;
    std::uint64_t inode;
  };
  using Use = std::function<bool(const Entry& entry)>;
  void each(const Use& use) const { each_in("", use); }
  void each_in(const std::string& folder, const Use& use) const;

  bool is_folder(const std::string& path) const;
  bool has(const std::string& path) const;                     // a file or anything else
  void make_folders_of(const std::string& path) const;         // all parents of the path
  void remove(const std::string& path, bool is_folder) const;  // folders with their content
  void sync() const;                                           // syncfs(2)

 private:
  Tree(Descriptor folder, std::string place)
      : folder_{std::move(folder)}, place_{std::move(place)} {}
  std::string name(const std::string& path) const { return place_ + "/" + path; }

  Descriptor folder_;
  std::string place_;
};

// Are the two files equal? Reads both, a block at a time.
bool same_content(const Tree& a, const Tree& b, const std::string& path);

// Calls `use` with the file's bytes, a block at a time.
void each_block(const Tree& tree, const std::string& path,
                const std::function<void(std::string_view block)>& use);
