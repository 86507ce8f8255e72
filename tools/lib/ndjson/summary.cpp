#include "ndjson/summary.hpp"

#include "ndjson/line_writer.hpp"
#include "ndjson/lines.hpp"

void Summary::write(Json::Object counts) const {
  if (!is_wanted()) return;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began_;
  Json::Object line{{"kind", Json{"summary"}}, {"stage", Json{std::string{stage_}}}};
  for (auto& count : counts) line.push_back(std::move(count));
  const auto hundredths = static_cast<long>(seconds.count() * 100 + 0.5);
  line.push_back({"seconds", Json::real(static_cast<double>(hundredths) / 100)});
  LineFile file{file_};
  file.write(to_text(Json{std::move(line)}));
  file.finish();
}
