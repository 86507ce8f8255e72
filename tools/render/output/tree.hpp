// A folder of files, held open: its files are named from there, so they are found whatever
// becomes of the folder's own name. Only this and place.hpp know the system's calls.
// Paths are relative, of parts that exist below the folder; errors are Failures that name the file.
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
  std::int64_t changed_at = 0;  // nanoseconds; nobody can set it
};

[[noreturn]] void fail(const std::string& place, int error);  // throws Failure

void write_all(const Descriptor& file, std::string_view text, const std::string& place);

class Tree {
 public:
  static std::optional<Tree> open(const std::string& place);  // nothing if no folder is there
  static Tree make(const std::string& place);                 // opens it, made if need be

  const std::string& place() const { return place_; }
  int descriptor() const { return folder_.number(); }

  std::optional<FileState> state(const std::string& path) const;  // nothing for all but files
  std::optional<std::string> read(const std::string& path) const;
  bool holds(const std::string& path, std::string_view content) const;

  // For writing, empty. A file that another tree shares is not written to: its name here gets a
  // new file. What is in the way (a folder, a link) is removed.
  Descriptor create(const std::string& path) const;
  void write(const std::string& path, std::string_view content) const;
  void replace(const std::string& path, std::string_view content) const;  // at once, by a rename

  // The file of the other tree under the same path, as a hard link: both share it.
  void take(const Tree& other, const std::string& path) const;

  // Calls `use` for what is in the folder, but for ".", and for what is in its folders where
  // `use` says so.
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
  void make_folders_of(const std::string& path) const;         // those the path goes through
  void remove(const std::string& path, bool is_folder) const;  // folders with all that is in them
  void sync() const;  // all that was written to this file system is on the disk

 private:
  Tree(Descriptor folder, std::string place)
      : folder_{std::move(folder)}, place_{std::move(place)} {}
  std::string name(const std::string& path) const { return place_ + "/" + path; }

  Descriptor folder_;
  std::string place_;
};

// Are the two files equal? Read side by side, a block at a time.
bool same_content(const Tree& a, const Tree& b, const std::string& path);

// Calls `use` with the file's bytes, a block at a time.
void each_block(const Tree& tree, const std::string& path,
                const std::function<void(std::string_view block)>& use);
