// libcurl's multi handle, and the sockets that its transfers wait for. A turn costs
// what happens in it, however many transfers merely wait: curl_multi_perform() and
// poll() would look at each of them each time.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <optional>

#include "base/handle.hpp"

class Multi {
 public:
  // Keeps up to so many connections for later requests.
  explicit Multi(std::size_t most_resting);
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  bool add(CURL* easy);
  void remove(CURL* easy);
  // Waits up to so long for something to happen, and lets libcurl deal with it.
  void turn(int milliseconds);

  struct Ended {
    CURL* easy;
    CURLcode code;
  };
  // A transfer that ended and was not removed yet.
  std::optional<Ended> next_ended();

 private:
  static int on_wish(CURL*, curl_socket_t socket, int what, void* self, void* is_known);
  static int on_timer(CURLM*, long milliseconds, void* self);

  using Clock = std::chrono::steady_clock;
  const int epoll_;
  std::optional<Clock::time_point> due_;  // libcurl's next timer
  Handle<CURLM, curl_multi_cleanup> handle_;
};
