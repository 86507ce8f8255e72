#include "cli/run_tool.hpp"
#include "http/curl_client.hpp"
#include "options.hpp"
#include "probe_servers.hpp"
#include "recording.hpp"

int main(int argc, char** argv) {
  return run_tool("probe-servers", [&] {
    ProbeOptions options = read_options(argc, argv);
    if (!options.replay.empty()) {
      Replay replay{options.replay};
      options.probe.keys = replay.keys();
      return probe_servers(options, replay.http());
    }
    CurlClient http{options.policy};
    if (options.record.empty()) return probe_servers(options, http);
    RecordingClient recording{http, options.record};
    return probe_servers(options, recording);
  });
}
