#include "cli/options.hpp"
#include "cli/run_tool.hpp"

int main(int argc, char** argv) {
  return run_tool("extract-joins", [&] {
    Options options{"extract-joins", "[FILE...]", ""};
    options.read(argc, argv);
    return 0;
  });
}
