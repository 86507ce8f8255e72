// Many HTTP requests at once over libcurl's multi interface: bounded in number,
// time and bytes, and never to an address that the guard refuses.
//
//   HttpClient http{policy};
//   http.start({.url = "https://sog.example/rooms"}, [&](const HttpAnswer& answer) { … });
//   http.run();  // until nothing is under way; callbacks may start more
//
// No cookies, no .netrc, no proxy from the environment; TLS 1.2 or later with the
// certificate checked; http: and https: only, and never from https: to http:.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What went wrong, in the words that records use; ok: an HTTP answer came whole.
enum class HttpFault {
  ok,
  dns,              // the name could not be resolved
  refused,          // or unreachable: no connection
  timeout_connect,  // no connection in time
  timeout_read,     // connected, then too slow
  tls,
  blocked_address,  // the guard refused every address, or the port
  not_asked,        // by us: too much was asked of its address; see HttpPolicy, HttpRequest
  too_big,          // body or headers past the limit
  redirect,         // one we don't follow, or too many
  broken            // cut short, not HTTP, a bad URL, anything else: see error
};
const char* word_of(HttpFault fault);  // "timeout-connect"

struct HttpLimits {
  double connect_seconds = 10;          // name, connection and TLS
  double seconds = 30;                  // the whole, redirects included; waiting for room is not
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
  bool close_after = false;      // the last request to this host: don't keep the connection
  bool is_known = false;         // goes first where others wait, whatever hosts_per_address says
  // Not sent to an address whose connections took so many seconds together; 0: any number.
  double address_seconds = 0;
  // Called from run() when a connection stands and the request goes out; at each hop.
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
  double seconds = 0;                // since it first went out

  // The first one's value, without white space around it; "" for none. Any bytes
  // but controls may stand in it.
  std::string_view header(std::string_view name) const;
};

// What the operator says of all requests.
struct HttpPolicy {
  std::string user_agent;                  // never empty; see http/options.hpp
  std::vector<std::string> allow_private;  // CIDRs that the guard lets through
  std::string proxy;                       // "" for none
  std::string proxy_onion;                 // for .onion and .loki names; "": `proxy` serves them
  std::string ca_file;                     // "" for the system's
  std::vector<std::string> connect_to;     // HOST:PORT:ADDRESS:PORT, as curl's
  std::int64_t jobs = 128;                 // transfers at once
  std::size_t jobs_per_host = 4;           // a host with all its ports
  std::size_t jobs_per_address = 8;        // an IPv4 address, an IPv6 /64; not behind a proxy
  std::size_t hosts_per_address = 0;       // in all, known ones aside; 0: any number
  // Of the bodies of all transfers under way. Past it the largest is given up (broken), of
  // what is not known first; 0: any number.
  std::size_t bytes_under_way = 0;
};

class HttpClient {
 public:
  using Done = std::function<void(const HttpAnswer&)>;
  using Id = std::uint64_t;

  // Throws UsageError for what it can't use. Raises the limit of open files, and
  // uses fewer jobs where that limit is too low for them.
  explicit HttpClient(HttpPolicy policy);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Queues a request; it starts when there is room, in turn among the hosts.
  // `done` is called from run(), once, whatever happens.
  Id start(HttpRequest request, Done done);
  // Ends a request or a call_later() without calling it. Unknown ids are ignored.
  void cancel(Id id);
  // Calls `what` from run(), after so many seconds.
  Id call_later(double seconds, std::function<void()> what);
  // Until nothing is queued, under way or to be called, or until stop().
  void run();
  // run() returns within a second, its unfinished requests uncalled. Safe in a signal handler.
  void stop();

  struct Counts {
    std::uint64_t requests = 0;     // sent or tried, each hop of a redirect counted
    std::uint64_t connections = 0;  // sockets opened
    std::uint64_t blocked = 0;      // sockets that the guard refused
  };
  Counts counts() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};
