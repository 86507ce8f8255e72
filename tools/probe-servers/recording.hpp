// --record DIR writes each request and its answer to a numbered file. --replay DIR repeats the
// crawl from these files, without the network: with the recorded answers, times and one-time keys
// it finds the same proof and writes the same records.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "http/client.hpp"
#include "one_time_keys.hpp"

// Passes everything on to the real client, and records it.
class RecordingClient : public HttpClient {
 public:
  // Makes the folder. Throws Failure if it holds anything, or can't be written.
  RecordingClient(HttpClient& http, std::string folder);

  Id start(HttpRequest request, Done done) override;
  void cancel(Id id) override;
  Id call_later(double seconds, std::function<void()> what) override {
    return http_.call_later(seconds, std::move(what));
  }
  void run() override;
  void stop() override { http_.stop(); }
  double seconds() const override { return http_.seconds(); }
  UnixTime time() const override { return http_.time(); }
  Progress progress(Id id) const override { return http_.progress(id); }
  Counts counts() const override { return http_.counts(); }

 private:
  struct Open;
  void write(const Open& open, const HttpAnswer* answer) const;

  HttpClient& http_;
  const std::string folder_;
  std::uint64_t last_number_ = 0;
  std::map<Id, std::shared_ptr<Open>> open_;
};

// A recording to be replayed.
class Replay {
 public:
  // Throws Failure naming the file that can't be read.
  explicit Replay(const std::string& folder);
  ~Replay();

  // Answers from the recording, on a virtual clock that starts at the time of the recording.
  HttpClient& http();
  // The recorded keys, in the order of the recording.
  OneTimeKeys keys();

 private:
  struct Player;
  std::unique_ptr<Player> player_;
};
