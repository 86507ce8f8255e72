#include "cli/options.hpp"
#include "cli/run_tool.hpp"

int main(int argc, char** argv) {
  return run_tool("fetch-sources", [&] {
    Options options{"fetch-sources", "[FILE...]", ""};
    options.read(argc, argv);
    return 0;
  });
}
