#include "cli/new_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "base/system_reason.hpp"
#include "base/write_all.hpp"
#include "cli/errors.hpp"

namespace {

[[noreturn]] void fail(const std::string& path) {
  throw Failure{path + ": " + system_reason(errno)};
}

}  // namespace

NewFile::NewFile(std::string path, std::string beside)
    : path_{std::move(path)},
      beside_{std::move(beside)},
      descriptor_{::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)} {
  if (descriptor_ < 0) fail(path_);
}

NewFile::~NewFile() {
  ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void NewFile::write(std::string_view text) {
  if (!write_all(descriptor_, text)) fail(path_);
}

void NewFile::place() {
  if (::fsync(descriptor_) != 0 || std::rename(beside_.c_str(), path_.c_str()) != 0) fail(path_);
  beside_.clear();
}
