#include "cli/options.hpp"
#include "cli/run_tool.hpp"

int main(int argc, char** argv) {
  return run_tool("dedupe", [&] {
    Options options{"dedupe", "[FILE...]", ""};
    options.read(argc, argv);
    return 0;
  });
}
