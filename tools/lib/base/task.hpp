// A coroutine for a series of requests, each of which depends on the answers before it. The
// code reads from top to bottom, while thousands of other coroutines run.
//
//   Task<int> rooms_of(Server& server) {
//     const Answer answer = co_await ask(server, "/rooms");
//     co_return count(answer);
//   }
//
// A Task starts when it is awaited, or by start(). Destroying it also ends what it waits for.
// Await only the result of a function: GCC 12 destroys an aggregate that is built inside the
// co_await expression twice (GCC bug 104031).
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

template <class T>
class Task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr error;
    std::coroutine_handle<> awaiting;
    std::function<void()> when_done;  // of a task that was started, not awaited

    struct End {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
        promise_type& promise = self.promise();
        if (promise.awaiting) return promise.awaiting;
        if (promise.when_done) promise.when_done();
        return std::noop_coroutine();
      }
      void await_resume() noexcept {}
    };

    Task get_return_object() {
      return Task{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    End final_suspend() noexcept { return {}; }
    void return_value(T result) { value = std::move(result); }
    void unhandled_exception() { error = std::current_exception(); }
  };

  Task(Task&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  // Runs until it first waits. `when_done` is called at its end, perhaps at once,
  // and must not destroy the task.
  void start(std::function<void()> when_done) {
    handle_.promise().when_done = std::move(when_done);
    handle_.resume();
  }
  bool is_done() const { return handle_.done(); }
  // What the coroutine returned; throws what it threw. Only after it is done.
  T result() {
    promise_type& promise = handle_.promise();
    if (promise.error) std::rethrow_exception(promise.error);
    return std::move(*promise.value);
  }

  bool await_ready() const { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) {
    handle_.promise().awaiting = awaiting;
    return handle_;
  }
  T await_resume() { return result(); }

 private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
  std::coroutine_handle<promise_type> handle_;
};
