// --summary FILE: what a run counted, as one JSON object in a file of its own.
//
//   Summary summary{"dedupe"};              the clock starts
//   summary.add_option(options);
//   …
//   summary.write({{"servers", Json::integer(12)}});
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cli/options.hpp"
#include "ndjson/json.hpp"
#include "ndjson/line_writer.hpp"

class Summary {
 public:
  explicit Summary(std::string_view stage) : stage_{stage} {}
  void add_option(Options& options) {
    options.value(
        "summary", "FILE", "write the counts of the run here, as one line of JSON",
        [this](std::string_view file) { file_ = std::make_unique<LineFile>(std::string{file}); });
  }
  bool is_wanted() const { return file_ != nullptr; }

  // Adds the stage and the seconds. An old file is replaced when the new one is complete.
  void write(Json::Object counts) const { write(to_text(Json{std::move(counts)})); }
  void write(std::string_view counts) const;  // an object with one member or more

 private:
  std::string_view stage_;
  std::unique_ptr<LineFile> file_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};
