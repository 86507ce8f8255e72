#include "crypto/x25519.hpp"

#include <signal.h>
#include <sodium.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "cli/errors.hpp"

namespace {

void start_libsodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw Failure{"libsodium did not start"};
}

KeyPair make_pair() {
  Bytes32 secret;
  fill_random(secret);
  return key_pair_of(secret);
}

// A thread makes key pairs before they are needed: for thousands of requests, this is half of the
// work of sealing. For a few pairs, starting the thread would take longer.
class Stock {
 public:
  KeyPair take() {
    std::unique_lock lock{mutex_};
    if (++taken_ == kMany) hire();
    if (pairs_.empty()) {
      lock.unlock();
      return make_pair();
    }
    const KeyPair pair = pairs_.back();
    pairs_.pop_back();
    const bool is_low = pairs_.size() == kAhead / 2;
    lock.unlock();
    if (is_low) wanted_.notify_one();
    return pair;
  }

 private:
  static constexpr std::size_t kMany = 500, kAhead = 256;

  void hire() {
    sigset_t all, before;
    sigfillset(&all);  // signals must interrupt the thread that waits for the network
    pthread_sigmask(SIG_SETMASK, &all, &before);
    maker_ = std::jthread{[this](const std::stop_token& stop) { make_more(stop); }};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void make_more(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (wanted_.wait(lock, stop, [this] { return pairs_.size() < kAhead; })) {
      lock.unlock();
      const KeyPair pair = make_pair();
      lock.lock();
      pairs_.push_back(pair);
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wanted_;
  std::vector<KeyPair> pairs_;
  std::size_t taken_ = 0;
  std::jthread maker_;
};

}  // namespace

KeyPair key_pair_of(const Bytes32& secret) {
  KeyPair pair{secret, {}};
  crypto_scalarmult_base(pair.open.data(), pair.secret.data());
  return pair;
}

KeyPair new_key_pair() {
  static Stock stock;
  return stock.take();
}

std::optional<Bytes32> shared_secret(const Bytes32& secret, const Bytes32& other_open) {
  Bytes32 shared;
  if (crypto_scalarmult(shared.data(), secret.data(), other_open.data()) != 0) return std::nullopt;
  return shared;
}

void fill_random(std::span<std::uint8_t> bytes) {
  start_libsodium();
  randombytes_buf(bytes.data(), bytes.size());
}
