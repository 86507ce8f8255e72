#include "http/transfer.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <utility>

#include "base/ascii.hpp"

namespace {

// Names that only an overlay network can resolve.
bool is_overlay(std::string_view host) {
  return host.ends_with(".onion") || host.ends_with(".loki");
}

// libcurl's messages may quote text from strangers.
std::string printable(std::string_view text) {
  std::string clean{text};
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return clean;
}

long milliseconds(double seconds) {
  return std::max(1L, static_cast<long>(std::min(seconds, 1e6) * 1000));  // 0 means "for ever"
}

bool has_header(const HttpRequest& request, std::string_view name) {
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const std::string& line) {
    return to_lower(line).starts_with(std::string{name} + ":");
  });
}

}  // namespace

Transfer::Transfer(TransferSetting& setting, HttpClient::Id id, HttpRequest request, HttpUrl url,
                   HttpClient::Done done)
    : setting_{setting},
      id_{id},
      request_{std::move(request)},
      url_{std::move(url)},
      done_{std::move(done)} {
  answer_.url = url_.text;
}

Transfer::~Transfer() {
  forget_sockets();
  setting_.body_bytes -= body_bytes_;
}

bool Transfer::prepare(const std::string& connect_to) {
  if (hops_ == 0) began_ = Clock::now();
  in_headers_ = sent_ = too_big_ = false;
  opened_ = opened_v4_ = busy_ = starved_ = reached_ = failed_to_connect_ = false;
  blocked_.clear();
  not_asked_.clear();
  words_[0] = '\0';

  const HttpPolicy& policy = setting_.policy;
  const bool overlay = is_overlay(url_.host);
  proxy_ = overlay && !policy.proxy_onion.empty() ? policy.proxy_onion : policy.proxy;
  if (overlay && !proxied()) {
    fail(HttpFault::dns, "a name of an overlay network, but no proxy for it is set");
    return false;
  }
  // The guard can't see the address that a proxy connects to, only the host in the URL.
  if (proxied() && !setting_.guard.may_let_through(url_.host)) {
    ++setting_.counts.blocked;
    fail(HttpFault::blocked_address, url_.host + " is not a public address");
    return false;
  }

  easy_.reset(curl_easy_init());
  set(CURLOPT_ERRORBUFFER, words_);
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_URL, url_.text.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);          // otherwise ending a slow name lookup blocks all transfers
  set(CURLOPT_DNS_CACHE_TIMEOUT, -1L);  // any other value prunes the whole cache at each transfer
  set(CURLOPT_PROXY, proxy_.c_str());   // "" also switches off the environment's
  set(CURLOPT_NOPROXY, "");
  set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set(CURLOPT_CAINFO, setting_.ca_file.c_str());
  set(CURLOPT_CAPATH, nullptr);  // a CApath switches off the cache of the CA store
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_CLOSESOCKETFUNCTION, &Transfer::on_close);
  set(CURLOPT_CLOSESOCKETDATA, &setting_);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(CURLOPT_PREREQDATA, this);
  if (!connect_to.empty()) {
    connect_to_.reset(curl_slist_append(nullptr, connect_to.c_str()));
    set(CURLOPT_CONNECT_TO, connect_to_.get());
  }
  if (setting_.open_connections >= kMostKept) set(CURLOPT_FORBID_REUSE, 1L);
  set_limits();
  set_request();
  return true;
}

void Transfer::set_limits() {
  const HttpLimits& limits = request_.limits;
  set(CURLOPT_TIMEOUT_MS, milliseconds(limits.seconds - elapsed()));
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connect_seconds));
  set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.low_bytes_per_second));
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::ceil(limits.low_seconds)));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.body_bytes));
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
}

void Transfer::set_request() {
  set(CURLOPT_USERAGENT, setting_.policy.user_agent.c_str());
  if (request_.accept_encoding) set(CURLOPT_ACCEPT_ENCODING, "");
  if (request_.cookies) set(CURLOPT_COOKIEFILE, "");  // no file: switches cookies on
  for (const std::string& cookie : cookies_) set(CURLOPT_COOKIELIST, cookie.c_str());

  const bool post = request_.method == "POST";
  if (post) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  curl_slist* headers = nullptr;
  const auto add = [&](const char* line) { headers = curl_slist_append(headers, line); };
  for (const std::string& line : request_.headers) add(line.c_str());
  if (post) add("Expect:");  // saves a round trip
  if (post && !has_header(request_, "content-type")) add("Content-Type: application/octet-stream");
  headers_.reset(headers);
  set(CURLOPT_HTTPHEADER, headers);
}

void Transfer::count_arrived(std::size_t bytes) {
  if (progress_.bytes == 0) first_byte_seconds_ = elapsed();
  progress_.bytes += bytes;
  progress_.last_at = std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

void Transfer::count_body() {
  setting_.body_bytes += answer_.body.capacity() - body_bytes_;
  body_bytes_ = answer_.body.capacity();
}

// Doubles the capacity, up to the limit. std::string itself would double past the limit.
void Transfer::make_place_for(std::size_t more) {
  std::string& body = answer_.body;
  const std::size_t needed = body.size() + more;
  if (needed <= body.capacity()) return;
  std::string larger;
  larger.reserve(std::max(needed, std::min(2 * body.capacity(), request_.limits.body_bytes)));
  larger += body;
  body.swap(larger);
  count_body();
  const std::size_t most = setting_.policy.bytes_under_way;
  if (most > 0 && setting_.body_bytes > most) setting_.make_room();
}

void Transfer::give_up() {
  given_up_ = true;
  std::string{}.swap(answer_.body);
  count_body();
}

std::size_t Transfer::on_body(char* data, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.count_arrived(one * size);
  std::string& body = transfer.answer_.body;
  const std::size_t room = transfer.request_.limits.body_bytes - body.size();
  const std::size_t taken = std::min(room, one * size);
  if (!transfer.given_up_) transfer.make_place_for(taken);
  if (transfer.given_up_) return 0;
  body.append(data, taken);
  if (taken < one * size) transfer.too_big_ = true;
  return taken;
}

std::size_t Transfer::on_header(char* data, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.count_arrived(one * size);
  transfer.header_bytes_ += one * size;
  if (transfer.header_bytes_ > transfer.request_.limits.header_bytes) {
    transfer.too_big_ = true;
    return 0;
  }
  transfer.take_header_line({data, one * size});
  return one * size;
}

void Transfer::take_header_line(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.substr(0, 5) == "HTTP/") {  // of the final response, or of a "100 Continue" before it
    answer_.headers.clear();
    in_headers_ = true;
    return;
  }
  if (line.empty()) in_headers_ = false;  // trailers, which may come later, are ignored
  const auto colon = line.find(':');
  if (!in_headers_ || colon == std::string_view::npos || colon == 0) return;
  std::string& header = answer_.headers.emplace_back(line);
  std::transform(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(colon),
                 header.begin(), [](char c) { return to_lower(c); });
  std::replace_if(
      header.begin(), header.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  return static_cast<Transfer*>(self)->open_socket(*address);
}

curl_socket_t Transfer::open_socket(const curl_sockaddr& address) {
  if (!proxied()) {  // the proxy itself was chosen by the operator
    const auto bytes = bytes_of(address.addr);
    if (!bytes || !setting_.guard.lets_through(*bytes)) {
      blocked_ = (bytes ? text_of(*bytes) : "that") + " is not a public address";
      ++setting_.counts.blocked;
      return CURL_SOCKET_BAD;
    }
    Admission::Verdict verdict = setting_.may_connect(*this, *bytes);
    if (!verdict.refused.empty()) {
      not_asked_ = std::move(verdict.refused);
      return CURL_SOCKET_BAD;
    }
    if (!verdict.has_room) {
      busy_ = true;
      busy_address_ = *bytes;
      return CURL_SOCKET_BAD;
    }
  }
  const int socket = ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  if (socket < 0) {
    starved_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    return CURL_SOCKET_BAD;
  }
  opened_ = true;
  opened_v4_ = opened_v4_ || address.family == AF_INET;
  ++setting_.counts.connections;
  ++setting_.open_connections;
  setting_.sockets[socket] = this;
  sockets_.push_back(socket);
  return socket;
}

int Transfer::on_close(void* self, curl_socket_t socket) {
  auto& setting = *static_cast<TransferSetting*>(self);
  auto& sockets = setting.sockets;
  --setting.open_connections;
  if (const auto owner = sockets.find(socket); owner != sockets.end()) {
    owner->second->look_at_socket(socket);
    sockets.erase(owner);
  }
  return ::close(socket);
}

// libcurl 7.88 reports a connection only after TLS; the socket itself knows whether TCP connected.
void Transfer::look_at_socket(curl_socket_t socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) == 0) {
    reached_ = true;
    if (const auto bytes = bytes_of(reinterpret_cast<const sockaddr&>(peer)))
      reached_address_ = text_of(*bytes);
  }
}

void Transfer::forget_sockets() {
  for (const curl_socket_t socket : std::exchange(sockets_, {}))
    if (const auto owner = setting_.sockets.find(socket);
        owner != setting_.sockets.end() && owner->second == this) {
      look_at_socket(socket);
      setting_.sockets.erase(owner);
    }
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(self);
  // Compressed bytes that unpack to nothing never fill the body.
  if (static_cast<std::size_t>(down) > transfer.request_.limits.body_bytes)
    transfer.too_big_ = true;
  return transfer.too_big_ || transfer.given_up_ ? 1 : 0;
}

int Transfer::on_request(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.sent_ = true;
  if (transfer.request_.on_sent) transfer.setting_.sent(transfer);
  return CURL_PREREQFUNC_OK;
}

void Transfer::fail(HttpFault fault, const std::string& why) {
  answer_.fault = fault;
  answer_.error = printable(why);
  answer_.seconds = elapsed();
  answer_.first_byte_seconds = first_byte_seconds_;
}

double Transfer::elapsed() const {
  if (began_ == Clock::time_point{}) return 0;
  return std::chrono::duration<double>(Clock::now() - began_).count();
}
