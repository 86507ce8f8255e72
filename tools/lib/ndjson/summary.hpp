// --summary FILE: what a run counted, as one JSON object in a file of its own.
//
//   Summary summary{"dedupe"};              the clock starts
//   summary.add_option(options);
//   …
//   summary.write({{"servers", Json::integer(12)}});
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "ndjson/json.hpp"

class Summary {
 public:
  explicit Summary(std::string_view stage) : stage_{stage} {}
  void add_option(Options& options) {
    options.text("summary", "FILE", "write the counts of the run, one JSON object", file_);
  }
  bool is_wanted() const { return !file_.empty(); }

  // Adds the stage and the seconds. An old file is replaced when the new one is complete.
  void write(Json::Object counts) const;

 private:
  std::string_view stage_;
  std::string file_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};
