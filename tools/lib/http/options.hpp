// The options that both network tools have, described once.
#pragma once

#include <string_view>

#include "http/policy.hpp"

class Options;

// --allow-private, --connect-to, --cacert, --jobs, --timeout, --contact, --user-agent, --proxy,
// --proxy-onion. `timeout` holds the default. What --jobs and --timeout limit depends on the tool:
// `jobs_help`, `timeout_help`. Also sets the default User-Agent.
void add_http_options(Options& options, HttpPolicy& policy, std::string_view jobs_help,
                      double& timeout, std::string_view timeout_help);
