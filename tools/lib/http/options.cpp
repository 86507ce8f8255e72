#include "http/options.hpp"

#include <algorithm>

#include "cli/errors.hpp"
#include "cli/options.hpp"

namespace {

// "session-communities/0.1 (+https://you.example/about.html)"; no contact: without the rest.
std::string user_agent_of(std::string_view contact) {
  const std::string_view version = kVersion;
  std::string agent = "session-communities/";
  agent += version.substr(0, version.find(' '));
  if (!contact.empty()) agent += " (+" + std::string{contact} + ")";
  return agent;
}

bool is_contact(std::string_view link) {
  const bool has_scheme =
      link.starts_with("mailto:") || link.starts_with("https://") || link.starts_with("http://");
  return has_scheme && std::all_of(link.begin(), link.end(), [](char c) {
           return c > ' ' && c < 0x7f && c != '(' && c != ')';
         });
}

bool is_header_value(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

}  // namespace

void add_http_options(Options& options, HttpPolicy& policy, std::string_view jobs_help,
                      double& timeout, std::string_view timeout_help) {
  policy.user_agent = user_agent_of("");
  options.number("jobs", "N", jobs_help, policy.jobs, 1, 10000);
  options.seconds("timeout", "SECONDS", timeout_help, timeout, 0.1, 3600);
  options.value("contact", "LINK",
                "where owners of servers reach you (mailto: or https:), for the User-Agent",
                [&policy](std::string_view link) {
                  if (!is_contact(link))
                    throw UsageError{"--contact " + std::string{link} +
                                     ": expected mailto:ADDRESS or https://…"};
                  if (policy.user_agent == user_agent_of(""))
                    policy.user_agent = user_agent_of(link);
                });
  options.value("user-agent", "TEXT", "use this User-Agent; it replaces --contact",
                [&policy](std::string_view text) {
                  if (!is_header_value(text))
                    throw UsageError{"--user-agent: expected one line of ASCII characters"};
                  policy.user_agent = text;
                });
  options.text("proxy", "URL",
               "send all requests through this socks5h://, http:// or https:// proxy",
               policy.proxy);
  options.text("proxy-onion", "URL", "use this proxy for names in .onion and .loki only",
               policy.proxy_onion);
  options.list("allow-private", "CIDR", "allow connections to this network, which is not public",
               policy.allow_private);
  options.list("connect-to", "HOST:PORT:ADDRESS:PORT",
               "connect to ADDRESS:PORT for HOST:PORT, as curl does", policy.connect_to);
  options.text("cacert", "FILE", "trust these certificates instead of the system's",
               policy.ca_file);
}
