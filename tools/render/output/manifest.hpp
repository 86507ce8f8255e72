// The list of a site's files that render wrote, kept in the site itself as `.made-by-render`.
// Files that are not in it belong to others. It also has the sizes of each file and the fingerprint
// of its inputs, so that the next run knows which files need not be rebuilt.
//
// Its first line is "site GENERATION"; each other line is
//   PATH SIZE SIZE_OF_GZ SIZE_OF_BR FINGERPRINT
// with "-" for a form that does not exist. FINGERPRINT is that of the file's inputs
// (input_fingerprint.hpp), or "retained" for a file of the previous site that its pages may still
// need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/tree.hpp"

constexpr char kManifestFile[] = ".made-by-render";

// The forms of a file in the site: plain, gzip, Brotli.
constexpr std::size_t kForms = 3;
constexpr const char* kEndings[kForms] = {"", ".gz", ".br"};
constexpr std::uint64_t kNoFile = ~std::uint64_t{0};
constexpr std::string_view kRetained = "retained";

struct SiteFile {
  std::string_view path;
  std::uint64_t sizes[kForms] = {kNoFile, kNoFile, kNoFile};
  std::string_view fingerprint;  // "": not known
};

class Manifest {
 public:
  Manifest() = default;
  explicit Manifest(std::string text);   // lines that can't be read are left out
  static Manifest of(const Tree& tree);  // an empty one if there is none

  Manifest(Manifest&&) = default;
  Manifest& operator=(Manifest&&) = default;

  std::uint64_t generation() const { return generation_; }  // grows with each site; 0: no site
  const std::vector<SiteFile>& files() const { return files_; }
  const SiteFile* find(std::string_view path) const;
  // Is the file of that name, which may end in .gz or .br, one of the site's files?
  bool has(std::string_view name) const;
  bool has_folder(std::string_view path) const;  // with a file of the site in it

  // The state of that form of the file, if nobody changed it since render wrote it.
  std::optional<FileState> state_as_left(const Tree& tree, const SiteFile& file,
                                         std::size_t form) const;

 private:
  std::vector<char> text_;  // stays where it is when the manifest is moved
  std::uint64_t generation_ = 0;
  std::int64_t written_at_ = 0;
  std::vector<SiteFile> files_;  // by path
};

// The text of a manifest; `files` by path.
std::string manifest_text(std::uint64_t generation, const std::vector<SiteFile>& files);

std::uint64_t generation_of(const Tree& tree);  // without reading the rest of its manifest
