// What extract-joins would cost if it parsed every page: page records in, the
// number of bytes of their text out.
#include <cstdio>

#include "cli/run_tool.hpp"
#include "html/readable_text.hpp"
#include "ndjson/bad_lines.hpp"
#include "record/page.hpp"

int main(int argc, char** argv) {
  return run_tool("parse-every-page", [&] {
    std::size_t bytes = 0;
    JsonText memory;
    const int status =
        for_each_line({argv + 1, argv + argc}, {}, "parse-every-page", [&](const Line& line) {
          line.json(memory);
          if (const auto text = readable_text(memory.take("body"))) bytes += text->size();
        });
    std::printf("%zu\n", bytes);
    return status;
  });
}
