#include "model/said.hpp"

const KnownLine* Said::decides(std::optional<bool> Annotation::*member) const {
  for (const KnownLines& lines : levels) {
    const KnownLine* no = nullptr;
    for (const KnownLine* line : lines)
      if (const auto& value = line->annotation.*member; value && *value)
        return line;
      else if (value && !no)
        no = line;
    if (no) return no;
  }
  return nullptr;
}

Witness curator_of(const KnownLine& line) {
  return {Origin::curator, line.annotation.by.value_or(""), line.place};
}

Fact fact_of(const Said& said, std::optional<bool> Annotation::*member, std::string_view reason) {
  const KnownLine* line = said.decides(member);
  if (!line) return {};
  const bool holds = (line->annotation.*member).value_or(false);
  return {holds, curator_of(*line), line->annotation.reason.value_or(std::string{reason}),
          holds ? "a curator says so" : "a curator says that it is not"};
}
