// Checks what the operator sets.
#include <curl/curl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "cli/errors.hpp"
#include "http/transfer.hpp"

namespace {

std::string ca_file_of(const HttpPolicy& policy) {
  const char* built_in = curl_version_info(CURLVERSION_NOW)->cainfo;
  const std::string file = !policy.ca_file.empty() ? policy.ca_file : built_in ? built_in : "";
  if (!policy.ca_file.empty() && ::access(file.c_str(), R_OK) != 0)
    throw UsageError{"--cacert " + file + ": expected a readable file of certificates"};
  return file;
}

AddressGuard guard_of(const HttpPolicy& policy) {
  std::vector<Cidr> allowed;
  for (const std::string& text : policy.allow_private) {
    const Result<Cidr> network = parse_cidr(text);
    if (!network) throw UsageError{"--allow-private " + text + ": " + network.reason()};
    allowed.push_back(*network);
  }
  return AddressGuard{std::move(allowed)};
}

// socks5:// and socks4:// would resolve names on this machine, without the guard and Tor.
void check_proxy(const char* option, const std::string& proxy) {
  if (proxy.empty()) return;
  for (const char* scheme : {"socks5h://", "http://", "https://"})
    if (proxy.rfind(scheme, 0) == 0) return;
  throw UsageError{std::string{option} + " " + proxy +
                   ": expected socks5h://HOST:PORT, http://HOST:PORT or https://HOST:PORT"};
}

}  // namespace

std::size_t affordable_jobs(std::int64_t jobs) {
  constexpr rlim_t kOther = 64;  // files that are not sockets of ours
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(jobs, 1));
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
  files.rlim_cur = std::max(files.rlim_cur, std::min<rlim_t>(files.rlim_max, 3 * wanted + kOther));
  setrlimit(RLIMIT_NOFILE, &files);
  getrlimit(RLIMIT_NOFILE, &files);
  const rlim_t most = files.rlim_cur > kOther + 3 ? (files.rlim_cur - kOther) / 3 : 1;
  return static_cast<std::size_t>(std::min<rlim_t>(wanted, most));
}

TransferSetting checked_setting(HttpPolicy policy) {
  check_proxy("--proxy", policy.proxy);
  check_proxy("--proxy-onion", policy.proxy_onion);
  if (policy.user_agent.empty()) throw UsageError{"--user-agent should not be empty"};
  AddressGuard guard = guard_of(policy);
  std::string ca_file = ca_file_of(policy);
  return {std::move(policy), std::move(guard), std::move(ca_file), {}, {}, {}, 0, {}, {}};
}
