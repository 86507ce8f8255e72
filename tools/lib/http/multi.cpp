#include "http/multi.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "cli/errors.hpp"

namespace {

CURLM* new_multi() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started ? curl_multi_init() : nullptr;
}

}  // namespace

Multi::Multi(std::size_t most_resting)
    : epoll_{::epoll_create1(EPOLL_CLOEXEC)}, handle_{new_multi()} {
  if (epoll_ < 0 || !handle_) throw Failure{"libcurl did not start"};
  curl_multi_setopt(handle_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(most_resting));
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERDATA, this);
}

Multi::~Multi() {
  handle_.reset();
  ::close(epoll_);
}

bool Multi::add(CURL* easy) { return curl_multi_add_handle(handle_.get(), easy) == CURLM_OK; }
void Multi::remove(CURL* easy) { curl_multi_remove_handle(handle_.get(), easy); }

void Multi::turn(int milliseconds) {
  if (due_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due_ - Clock::now()).count();
    milliseconds = static_cast<int>(std::clamp<std::int64_t>(left, 0, milliseconds));
  }
  std::array<epoll_event, 256> events;
  const int count =
      ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), milliseconds);
  int running = 0;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    // For a broken connection, reading gives the best error.
    const int what = (event.events & (EPOLLIN | EPOLLERR | EPOLLHUP) ? CURL_CSELECT_IN : 0) |
                     (event.events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
    curl_multi_socket_action(handle_.get(), event.data.fd, what, &running);
  }
  if (due_ && *due_ <= Clock::now()) {
    due_.reset();
    curl_multi_socket_action(handle_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

std::optional<Multi::Ended> Multi::next_ended() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(handle_.get(), &left))
    if (message->msg == CURLMSG_DONE) return Ended{message->easy_handle, message->data.result};
  return std::nullopt;
}

int Multi::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* is_known) {
  Multi& multi = *static_cast<Multi*>(self);
  if (what == CURL_POLL_REMOVE) {
    ::epoll_ctl(multi.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{};
  event.data.fd = socket;
  event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
  ::epoll_ctl(multi.epoll_, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
  if (!is_known) curl_multi_assign(multi.handle_.get(), socket, self);
  return 0;
}

int Multi::on_timer(CURLM*, long milliseconds, void* self) {
  Multi& multi = *static_cast<Multi*>(self);
  multi.due_.reset();
  if (milliseconds >= 0) multi.due_ = Clock::now() + std::chrono::milliseconds{milliseconds};
  return 0;
}
