#include "cli/run_tool.hpp"
#include "http/curl_client.hpp"
#include "options.hpp"
#include "probe_servers.hpp"

int main(int argc, char** argv) {
  return run_tool("probe-servers", [&] {
    const ProbeOptions options = read_options(argc, argv);
    CurlClient http{options.policy};
    return probe_servers(options, http);
  });
}
