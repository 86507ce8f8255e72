#include "output/manifest.hpp"

#include <algorithm>
#include <charconv>

namespace {

constexpr std::string_view kHead = "site ";

std::string_view take_word(std::string_view& line) {
  const auto end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<SiteFile> file_of(std::string_view line) {
  SiteFile file;
  file.path = take_word(line);
  for (std::uint64_t& size : file.sizes) {
    const std::string_view word = take_word(line);
    if (word == "-") continue;
    const auto number = number_of(word);
    if (!number) return std::nullopt;
    size = *number;
  }
  file.fingerprint = take_word(line);
  if (file.fingerprint == "-") file.fingerprint = {};
  // Whoever wrote the manifest: a path must not leave the folder.
  const bool is_inside = !file.path.empty() && file.path.front() != '/' &&
                         file.path.find("..") == std::string_view::npos;
  if (!is_inside || !line.empty()) return std::nullopt;
  return file;
}

std::uint64_t generation_in(std::string_view line) {
  return line.starts_with(kHead) ? number_of(line.substr(kHead.size())).value_or(0) : 0;
}

bool by_path(const SiteFile& a, const SiteFile& b) { return a.path < b.path; }

}  // namespace

Manifest::Manifest(std::string text) : text_(text.begin(), text.end()) {
  std::string_view rest{text_.data(), text_.size()};
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (line.starts_with(kHead)) {
      generation_ = generation_in(line);
    } else if (const auto file = file_of(line)) {
      files_.push_back(*file);
    }
  }
  std::sort(files_.begin(), files_.end(), by_path);
}

Manifest Manifest::of(const Tree& tree) {
  Manifest manifest{tree.read(kManifestFile).value_or("")};
  if (const auto state = tree.state(kManifestFile)) manifest.written_at_ = state->changed_at;
  return manifest;
}

const SiteFile* Manifest::find(std::string_view path) const {
  SiteFile wanted;
  wanted.path = path;
  const auto found = std::lower_bound(files_.begin(), files_.end(), wanted, by_path);
  return found != files_.end() && found->path == path ? &*found : nullptr;
}

bool Manifest::has(std::string_view name) const {
  if (name == kManifestFile || find(name)) return true;
  for (std::size_t form = 1; form < kForms; ++form)
    if (name.ends_with(kEndings[form])) {
      const SiteFile* file = find(name.substr(0, name.size() - 3));
      return file && file->sizes[form] != kNoFile;
    }
  return false;
}

bool Manifest::has_folder(std::string_view path) const {
  SiteFile first;
  const std::string inside = std::string{path} + "/";
  first.path = inside;
  const auto found = std::lower_bound(files_.begin(), files_.end(), first, by_path);
  return found != files_.end() && found->path.starts_with(inside);
}

std::optional<FileState> Manifest::state_as_left(const Tree& tree, const SiteFile& file,
                                                 std::size_t form) const {
  if (file.sizes[form] == kNoFile) return std::nullopt;
  const auto state = tree.state(std::string{file.path} + kEndings[form]);
  const bool is_as_left =
      state && state->size == file.sizes[form] && state->changed_at <= written_at_;
  return is_as_left ? state : std::nullopt;
}

std::string manifest_text(std::uint64_t generation, const std::vector<SiteFile>& files) {
  std::string text = std::string{kHead} + std::to_string(generation) + "\n";
  for (const SiteFile& file : files) {
    text += file.path;
    for (const std::uint64_t size : file.sizes)
      text.append(" ").append(size == kNoFile ? "-" : std::to_string(size));
    text.append(" ").append(file.fingerprint.empty() ? "-" : file.fingerprint).append("\n");
  }
  return text;
}

std::uint64_t generation_of(const Tree& tree) {
  const std::string text = tree.read(kManifestFile).value_or("");
  return generation_in(std::string_view{text}.substr(0, text.find('\n')));
}
