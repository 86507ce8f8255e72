// The options that both network tools have, described once.
#pragma once

#include <string_view>

#include "http/policy.hpp"

class Options;

// --allow-private, --connect-to, --cacert, --jobs, --timeout, --contact, --user-agent, --proxy,
// --proxy-onion. What --timeout bounds is the tool's to say; `timeout` holds the
// default. Also sets the default User-Agent.
void add_http_options(Options& options, HttpPolicy& policy, double& timeout,
                      std::string_view timeout_help);
