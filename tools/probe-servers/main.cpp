#include "cli/options.hpp"
#include "cli/run_tool.hpp"

int main(int argc, char** argv) {
  return run_tool("probe-servers", [&] {
    Options options{"probe-servers", "[FILE...]", ""};
    options.read(argc, argv);
    return 0;
  });
}
