// Writes a group of files of the site, all made from the same inputs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "output/site_writer.hpp"

class OutputFolder {
 public:
  // `fingerprint`: of the inputs (input_fingerprint.hpp); "" if only the content is compared.
  OutputFolder(SiteWriter& site, std::string fingerprint)
      : site_{site}, fingerprint_{std::move(fingerprint)} {}

  void write(const std::string& path, std::string_view content) {
    site_.write(path, content, fingerprint_);
  }
  std::optional<std::string> read(const std::string& path) const { return site_.read(path); }

 private:
  friend class OutputFile;
  SiteWriter& site_;
  std::string fingerprint_;
};

// A long file, written piece by piece with little memory. Without commit() it is not in the site.
class OutputFile {
 public:
  OutputFile(OutputFolder& folder, std::string path)
      : folder_{folder}, path_{std::move(path)}, file_{folder.site_.create(path_)} {}
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= kBlock) flush();
  }
  void commit() {
    flush();
    folder_.site_.add_written(path_, size_, folder_.fingerprint_);
  }

 private:
  static constexpr std::size_t kBlock = 256 << 10;
  void flush() {
    write_all(file_, buffer_, path_);
    size_ += buffer_.size();
    buffer_.clear();
  }

  OutputFolder& folder_;
  std::string path_, buffer_;
  Descriptor file_;
  std::uint64_t size_ = 0;
};
