#include "ndjson/summary.hpp"

#include <cmath>

void Summary::write(std::string_view counts) const {
  if (!is_wanted()) return;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began_;
  std::string line = "{\"kind\":\"summary\",\"stage\":\"" + std::string{stage_} + "\",";
  line.append(counts.substr(1, counts.size() - 2));
  line += ",\"seconds\":" + to_text(Json::real(std::round(seconds.count() * 100) / 100)) + "}";
  file_->write(line);
  file_->finish();
}
