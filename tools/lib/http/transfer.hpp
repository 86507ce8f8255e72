// One request on its way: a libcurl easy handle, the callbacks that limit it, and the meaning of
// libcurl's result. The queues are in curl_client.cpp.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/handle.hpp"
#include "http/address_guard.hpp"
#include "http/admission.hpp"
#include "http/client.hpp"
#include "http/http_url.hpp"
#include "http/policy.hpp"

using CurlList = Handle<curl_slist, curl_slist_free_all>;

class Transfer;

// With so many open connections, a new one is closed after its request. libcurl goes through all
// of them to find the oldest one: with 10,000 hosts that took half of the time of a crawl.
constexpr std::size_t kMostKept = 256;

// What the transfers of a client share.
struct TransferSetting {
  HttpPolicy policy;
  AddressGuard guard;
  std::string ca_file;
  HttpClient::Counts counts;
  // Sockets whose transfer is not done. (A connection may outlive its transfer.)
  std::unordered_map<curl_socket_t, Transfer*> sockets;
  // Called before a socket is opened.
  std::function<Admission::Verdict(const Transfer&, const AddressBytes&)> may_connect;
  std::size_t body_bytes = 0;           // memory of the bodies of all transfers
  std::function<void()> make_room;      // called when that is too much; gives some transfers up
  std::function<void(Transfer&)> sent;  // called inside libcurl: must not start transfers
  std::size_t open_connections = 0;     // of transfers under way, and those kept for later ones
};

// Throws UsageError for what can't be used.
TransferSetting checked_setting(HttpPolicy policy);

// How many transfers the limit of open files allows: each may have a socket, and the connection
// cache keeps as many again. Raises the soft limit first.
std::size_t affordable_jobs(std::int64_t jobs);

class Transfer {
 public:
  Transfer(TransferSetting& setting, HttpClient::Id id, HttpRequest request, HttpUrl url,
           HttpClient::Done done);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Makes a handle for this hop. False when nothing may be sent: answer() says why.
  bool prepare(const std::string& connect_to);
  // Takes libcurl's result, while the handle still has its connection.
  void take_result(CURLcode code);

  // After a result: true if there is another hop, at url(); else answer() is final.
  bool follow_redirect();
  // After a result: no connection, because an address had no room.
  bool found_no_room() const { return failed_to_connect_ && busy_; }
  const AddressBytes& busy_address() const { return busy_address_; }
  // After a result: no connection, because files or ports ran out on this machine.
  bool starved() const { return failed_to_connect_ && starved_; }

  std::size_t body_bytes() const { return body_bytes_; }
  HttpClient::Progress progress() const { return progress_; }
  // Frees its body at once. The next callback tells libcurl to end it.
  void give_up();

  HttpClient::Id id() const { return id_; }
  const HttpUrl& url() const { return url_; }
  CURL* easy() const { return easy_.get(); }
  bool proxied() const { return !proxy_.empty(); }
  void fail(HttpFault fault, const std::string& why);
  const HttpAnswer& answer() const { return answer_; }
  const HttpClient::Done& done() const { return done_; }
  const HttpRequest& request() const { return request_; }

 private:
  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t socket);
  static int on_progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t);
  static int on_request(void* self, char*, char*, int, int);

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_.get(), option, value);
  }
  void set_limits();
  void set_request();
  bool is_proxy_down(CURLcode code) const;
  void judge(CURLcode code);
  curl_socket_t open_socket(const curl_sockaddr& address);
  void make_place_for(std::size_t more);
  void count_body();
  void look_at_socket(curl_socket_t socket);
  void forget_sockets();
  void take_header_line(std::string_view line);
  void keep_cookies();

  void count_arrived(std::size_t bytes);

  using Clock = std::chrono::steady_clock;
  double elapsed() const;

  TransferSetting& setting_;
  const HttpClient::Id id_;
  HttpRequest request_;
  HttpUrl url_;  // of this hop
  HttpClient::Done done_;
  HttpAnswer answer_;

  Handle<CURL, curl_easy_cleanup> easy_;
  CurlList headers_, connect_to_;
  std::string proxy_;
  char words_[CURL_ERROR_SIZE] = "";  // libcurl's
  Clock::time_point began_{};         // of the first hop
  int hops_ = 0;
  std::vector<std::string> cookies_;  // of the hops before
  std::size_t header_bytes_ = 0, body_bytes_ = 0;
  HttpClient::Progress progress_;
  double first_byte_seconds_ = 0;
  bool given_up_ = false;
  // Of this hop:
  bool in_headers_ = false, sent_ = false, too_big_ = false;
  bool opened_ = false, opened_v4_ = false, busy_ = false, starved_ = false;
  bool reached_ = false;  // a TCP connection was made
  bool failed_to_connect_ = false;
  std::vector<curl_socket_t> sockets_;
  std::string reached_address_;
  std::string blocked_;    // why the last address was refused
  std::string not_asked_;  // why the last address was not asked
  AddressBytes busy_address_{};
};
