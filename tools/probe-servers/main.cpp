#include "cli/run_tool.hpp"
#include "options.hpp"
#include "probe_servers.hpp"

int main(int argc, char** argv) {
  return run_tool("probe-servers", [&] {
    const ProbeOptions options = read_options(argc, argv);
    HttpClient http{options.policy};
    return probe_servers(options, http);
  });
}
