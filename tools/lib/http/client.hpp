// Many HTTP requests at once, as an interface: CurlClient (curl_client.hpp) uses the network,
// ScriptedClient (scripted_client.hpp) plays answers on a virtual clock. The clock belongs to
// the interface, so that code with retries and time limits uses no other clock.
//
//   http.start({.url = "https://sog.example/rooms"}, [&](const HttpAnswer& answer) { … });
//   http.run();  // until nothing is under way; callbacks may start more
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/word.hpp"

// What went wrong, in the words that records use; ok: a complete HTTP answer.
enum class HttpFault {
  ok,
  dns,              // the name could not be resolved
  proxy,            // the proxy could not be reached: says nothing of the server
  refused,          // or unreachable: no connection
  timeout_connect,  // no connection in time
  timeout_read,     // connected, then too slow
  tls,
  blocked_address,  // the guard refused every address, or the port
  not_asked,        // not sent: a limit per address (HttpPolicy, HttpRequest) is used up
  too_big,          // body or headers past the limit
  redirect,         // one we don't follow, or too many
  bad_encoding,     // the body is not compressed as the server says
  broken            // cut short, not HTTP, a bad URL, anything else: see error
};
constexpr auto words_of(HttpFault) {
  return words<HttpFault::broken>("ok", "dns", "proxy", "refused", "timeout-connect",
                                  "timeout-read", "tls", "blocked-address", "not-asked", "too-big",
                                  "redirect", "bad-encoding", "broken");
}

struct HttpLimits {
  double connect_seconds = 10;          // name, connection and TLS
  double seconds = 30;                  // in all, with redirects, without waiting for room
  std::size_t body_bytes = 4 << 20;     // on the wire, and after decompression
  std::size_t header_bytes = 64 << 10;  // of all responses together
  int redirects = 0;                    // followed on GET
  bool redirects_same_host = true;
  std::int64_t low_bytes_per_second = 0;  // slower than this for low_seconds: timeout_read
  double low_seconds = 10;
};

struct HttpRequest {
  std::string method = "GET";  // GET or POST
  std::string url;
  std::string body;                  // of a POST, application/octet-stream if no header says else
  std::vector<std::string> headers;  // "Name: value"
  HttpLimits limits;
  bool accept_encoding = false;  // ask for what libcurl can decompress
  bool cookies = false;          // keep cookies from one redirect to the next
  bool is_known = false;         // goes before others; hosts_per_address does not limit it
  // Not sent to an address whose connections took so many seconds in total; 0: no limit.
  double address_seconds = 0;
  // The one-time secret key that sealed the body, in hex, for recordings. It is never sent.
  std::string secret;
  // Called from run() before it connects; at each hop.
  std::function<void()> on_start;
  // Called from run() when it is connected and sent; at each hop.
  std::function<void()> on_sent;
};

struct HttpAnswer {
  HttpFault fault = HttpFault::ok;
  std::string error;                 // libcurl's words, or ours, in printable ASCII; "" when ok
  int status = 0;                    // 0: no HTTP answer
  std::vector<std::string> headers;  // of the last response, "name: value", name in lower case
  std::string body;                  // what came, even when it was cut short
  std::string url;                   // the last one, after redirects
  std::string address;               // of the last connection, "" for none
  bool connected = false;            // a TCP connection was made (through a proxy: to the server)
  double seconds = 0;                // since it first began to connect
  double first_byte_seconds = 0;     // from then to the first byte of an answer; 0: none came

  // The value of the first header of that name, without white space around it; "" for none.
  // It may hold any bytes except control characters.
  std::string_view header(std::string_view name) const;
};

class HttpClient {
 public:
  using Done = std::function<void(const HttpAnswer&)>;
  using Id = std::uint64_t;

  HttpClient() = default;
  virtual ~HttpClient() = default;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Queues a request; it starts when there is room. `done` is called from run(), once,
  // whatever happens.
  virtual Id start(HttpRequest request, Done done) = 0;
  // Ends a request or a call_later() without calling it. Unknown ids are ignored.
  virtual void cancel(Id id) = 0;
  // Calls `what` from run(), after so many seconds.
  virtual Id call_later(double seconds, std::function<void()> what) = 0;
  // Runs until nothing is queued, under way or to be called, or until stop().
  virtual void run() = 0;
  // Makes run() return within a second, without calling `done` of unfinished requests. Safe in a
  // signal handler.
  virtual void stop() = 0;

  // Seconds on a clock that never goes back; only differences mean something.
  virtual double seconds() const = 0;
  // The time of day.
  virtual UnixTime time() const = 0;

  // What has arrived of a request that is under way: headers and body.
  struct Progress {
    std::uint64_t bytes = 0;
    double last_at = 0;  // of seconds(): when the last of them came
  };
  virtual Progress progress(Id id) const = 0;

  struct Counts {
    std::uint64_t requests = 0;     // sent or tried, each hop of a redirect counted
    std::uint64_t connections = 0;  // sockets opened
    std::uint64_t blocked = 0;      // sockets that the guard refused
  };
  virtual Counts counts() const = 0;
};
