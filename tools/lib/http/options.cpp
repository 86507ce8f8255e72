#include "http/options.hpp"

#include "cli/errors.hpp"
#include "cli/options.hpp"

namespace {

constexpr char kAbout[] = "https://communities.example/about";  // operators name their own

std::string default_user_agent() {
  const std::string_view version = kVersion;
  return "session-communities/" + std::string{version.substr(0, version.find(' '))} + " (+" +
         kAbout + ")";
}

}  // namespace

void add_http_options(Options& options, HttpPolicy& policy, double& timeout,
                      std::string_view timeout_help) {
  policy.user_agent = default_user_agent();
  options.number("jobs", "N", "ask so many at once [" + std::to_string(policy.jobs) + "]",
                 policy.jobs, 1, 10000);
  options.seconds("timeout", "SECONDS", timeout_help, timeout, 0.1, 3600);
  options.text("user-agent", "TEXT", "the name to go by; let it have a URL of yours",
               policy.user_agent);
  options.text("proxy", "URL", "socks5h:// or http:// proxy for everything", policy.proxy);
  options.text("proxy-onion", "URL", "proxy for .onion and .loki names only", policy.proxy_onion);
  options.list("allow-private", "CIDR", "connect to this network though it is not public",
               policy.allow_private);
  options.list("connect-to", "HOST:PORT:ADDRESS:PORT", "connect there instead, as curl does",
               policy.connect_to);
  options.text("cacert", "FILE", "trust these certificates instead of the system's",
               policy.ca_file);
}
