// The tool: records in, probes out.
#pragma once

#include "http/client.hpp"
#include "options.hpp"

// Returns the exit status.
int probe_servers(const ProbeOptions& options, HttpClient& http);
