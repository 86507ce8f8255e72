// libcurl's multi handle, and the sockets that its transfers wait for (epoll). The cost of a turn
// grows with the events in it, not with the transfers that wait: curl_multi_perform() and poll()
// would look at each of those every time.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <optional>

#include "base/handle.hpp"

class Multi {
 public:
  // Keeps up to `most_resting` connections for later requests.
  explicit Multi(std::size_t most_resting);
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  bool add(CURL* easy);
  void remove(CURL* easy);
  // Waits up to so many milliseconds for events, and lets libcurl handle them.
  void turn(int milliseconds);

  struct Ended {
    CURL* easy;
    CURLcode code;
  };
  // A transfer that ended and was not removed yet.
  std::optional<Ended> next_ended();

 private:
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* is_known);
  static int on_timer(CURLM*, long milliseconds, void* self);

  using Clock = std::chrono::steady_clock;
  const int epoll_;
  std::optional<Clock::time_point> due_;  // libcurl's next timer
  Handle<CURLM, curl_multi_cleanup> handle_;
};
