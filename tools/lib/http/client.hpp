// Many HTTP requests at once over libcurl's multi interface: bounded in number,
// time and bytes, and never to an address that the guard refuses.
//
//   HttpClient http{policy};
//   http.get("https://sog.example/rooms", limits, [&](const HttpAnswer& answer) { … });
//   http.run();  // until nothing is under way; callbacks may start more
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// What went wrong, in the words that records use; ok: an HTTP answer came whole.
enum class HttpFault {
  ok,
  dns,
  refused,  // or unreachable: no connection
  timeout_connect,
  timeout_read,  // connected, then too slow
  tls,
  blocked_address,  // the guard refused every address
  too_big,          // body or headers past the limit
  redirect,         // one we don't follow, or too many
  broken            // cut short, not HTTP, anything else: see error
};
const char* word_of(HttpFault fault);  // "timeout-connect"

struct HttpLimits {
  double connect_seconds = 10;
  double seconds = 30;               // the whole transfer
  std::size_t body_bytes = 4 << 20;  // after decompression
  std::size_t header_bytes = 64 << 10;
  int redirects = 0;  // followed on GET
  bool redirects_same_host = true;
  std::int64_t low_bytes_per_second = 0;  // slower than this for low_seconds: timeout_read
  double low_seconds = 10;
};

struct HttpRequest {
  std::string method = "GET";  // GET or POST
  std::string url;
  std::string body;                  // of a POST
  std::vector<std::string> headers;  // "Name: value"
  HttpLimits limits;
  bool accept_encoding = false;  // ask for what libcurl can decompress
  bool close_after = false;      // the last request to this host: don't keep the connection
};

struct HttpAnswer {
  HttpFault fault = HttpFault::ok;
  std::string error;                 // libcurl's words, or ours; "" when ok
  int status = 0;                    // 0: no HTTP answer
  std::vector<std::string> headers;  // of the last response, "name: value", name in lower case
  std::string body;                  // what came, even when it was cut short
  std::string url;                   // the last one, after redirects
  std::string address;               // of the last connection, "" for none
  bool connected = false;            // a TCP connection was made
  double seconds = 0;

  std::string header(std::string_view name) const;  // its value, or ""
};

// What the operator says of all requests.
struct HttpPolicy {
  std::string user_agent;                  // never empty
  std::vector<std::string> allow_private;  // CIDRs that the guard lets through
  std::string proxy;                       // "" for none; never from the environment
  bool proxy_only_onion = false;           // the proxy is for .onion and .loki names alone
  std::string ca_file;                     // "" for the system's
  std::vector<std::string> connect_to;     // HOST:PORT:ADDRESS:PORT, as curl's
  std::size_t jobs = 128;                  // transfers at once
  std::size_t jobs_per_host = 4;
  std::size_t jobs_per_address = 8;
};

class HttpClient {
 public:
  using Done = std::function<void(const HttpAnswer&)>;
  using Id = std::uint64_t;

  explicit HttpClient(HttpPolicy policy);  // throws UsageError for what it can't use
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Queues a request; it starts when there is room. `done` is called from run().
  Id start(HttpRequest request, Done done);
  // Ends a request without calling its `done`. Unknown ids are ignored.
  void cancel(Id id);
  // Calls `what` from run(), after so many seconds.
  Id call_later(double seconds, std::function<void()> what);
  // Until nothing is queued, under way or to be called, or until stop().
  void run();
  void stop();

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};
