#include "ndjson/bad_lines.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "base/system_reason.hpp"
#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "ndjson/line_writer.hpp"

void add_bad_line_options(Options& options, BadLinePolicy& policy) {
  options.flag("keep-going", "report a bad record and continue; the exit status is still 1",
               policy.keep_going);
  options.text("rejects", "FILE", "with --keep-going: write bad records here, unchanged",
               policy.rejects);
}

BadLines::BadLines(const BadLinePolicy& policy, std::string_view tool)
    : keep_going_{policy.keep_going}, tool_{tool} {
  if (policy.rejects.empty()) return;
  if (!keep_going_) throw UsageError{"--rejects needs --keep-going"};
  rejects_ = ::open(policy.rejects.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (rejects_ < 0) throw Failure{policy.rejects + ": " + system_reason(errno)};
}

BadLines::~BadLines() {
  if (rejects_ >= 0) ::close(rejects_);
}

void BadLines::add(const Line& line, const BadLine& bad) {
  const std::string message = line.place() + ": " + bad.why;
  if (!keep_going_) {
    if (excuse_ && excuse_(line, bad)) return;
    throw Failure{message};
  }
  std::cerr << tool_ << ": " << message << '\n';
  status_ = kFailed;
  if (rejects_ < 0) return;
  LineWriter writer{rejects_};
  writer.write(line.text);
  writer.flush();
}

void for_each_line(const std::vector<std::string>& files, BadLines& bad_lines, const UseLine& use) {
  const auto careful = [&](const Line& line) {
    try {
      use(line);
    } catch (const BadLine& bad) {
      bad_lines.add(line, bad);
    }
  };
  for_each_line(files, careful);
}

int for_each_line(const std::vector<std::string>& files, const BadLinePolicy& policy,
                  std::string_view tool, const UseLine& use) {
  BadLines bad_lines{policy, tool};
  for_each_line(files, bad_lines, use);
  return bad_lines.status();
}
