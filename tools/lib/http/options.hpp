// The options that both network tools have, described once.
#pragma once

#include <string_view>

#include "http/policy.hpp"

class Options;

// --allow-private, --connect-to, --cacert, --jobs, --timeout, --contact, --user-agent, --proxy,
// --proxy-onion. `timeout` holds the default; what it limits depends on the tool (`timeout_help`).
// Also sets the default User-Agent.
void add_http_options(Options& options, HttpPolicy& policy, double& timeout,
                      std::string_view timeout_help);
