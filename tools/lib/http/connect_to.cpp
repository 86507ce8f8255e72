#include "http/connect_to.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "cli/errors.hpp"

ConnectTo::ConnectTo(const std::vector<std::string>& entries) {
  for (const std::string& text : entries) {
    const auto colon_after = [&text](std::size_t at) { return text.find(':', at); };
    const std::size_t host_end =
        colon_after(text[0] == '[' ? std::min(text.find(']'), text.size()) : 0);
    const std::size_t port_end =
        host_end == std::string::npos ? host_end : colon_after(host_end + 1);
    if (port_end == std::string::npos || colon_after(port_end + 1) == std::string::npos)
      throw UsageError{"--connect-to " + text + ": expected HOST:PORT:ADDRESS:PORT"};
    Entry entry{exact_.size() + wild_.size(), text.substr(0, host_end),
                text.substr(host_end + 1, port_end - host_end - 1),
                // libcurl compares HOST and PORT again: empty ones match every URL
                "::" + text.substr(port_end + 1)};
    entry.host = to_lower(entry.host);
    if (entry.host.empty() || entry.port.empty())
      wild_.push_back(std::move(entry));
    else
      exact_.emplace(entry.host + ":" + entry.port, std::move(entry));
  }
}

std::string ConnectTo::entry_for(const std::string& host, int port) const {
  const std::string port_text = std::to_string(port);
  const auto exact = exact_.find(host + ":" + port_text);
  for (const Entry& entry : wild_) {
    if (exact != exact_.end() && exact->second.order < entry.order) break;
    if ((entry.host.empty() || entry.host == host) &&
        (entry.port.empty() || entry.port == port_text))
      return entry.text;
  }
  return exact == exact_.end() ? "" : exact->second.text;
}
