// Congestion control for the whole crawl: decides from the times of connections and answers how
// many servers may be busy at once, and when to send another attempt beside a silent one.
//
// The window of busy servers grows with each quick answer and is halved when answers are late, as
// in TCP (RFC 5681). Late means: a quarter of the last connections, or of the last answers, took
// more than six times as long as the quickest one. One silent server after a quick connection
// says nothing about the network.
//
// Seconds in, numbers out: no network and no clock.
#pragma once

#include <array>
#include <cstddef>

class Congestion {
 public:
  // `most`: the largest window.
  explicit Congestion(std::size_t most);

  // A connection took `seconds`; an answer was complete `seconds` after its request was sent. `now`
  // never goes back.
  void connected(double now, double seconds);
  void answered(double now, double seconds);

  // How many servers may be busy at once.
  std::size_t window() const;
  // Answers are late, and have not just stopped.
  bool is_congested(double now) const;
  // Seconds of silence after which a request is slower than most: twice slowness(), at least 0.7.
  double hedge_delay(double now) const;
  // The upper quartile of connection times or of answer times, whichever is larger. Seconds.
  double slowness() const;
  // Takes one attempt from the budget for attempts beside silent ones. False if it is empty.
  bool take_hedge(double now);

 private:
  // The last 16 times, and the least time of all.
  class Times {
   public:
    void add(double seconds);
    std::size_t count() const { return count_; }
    double upper_quartile() const;
    bool is_late() const;

   private:
    static constexpr std::size_t kKept = 16;
    std::array<double, kKept> last_{};
    std::size_t count_ = 0;
    double least_ = 1e9;
  };

  void sample(double now, Times& times, double seconds);
  bool is_quiet(double now) const;

  const double most_;
  double window_, threshold_;
  double hedges_, hedges_at_ = 0;
  double last_at_ = 0, decreased_at_ = -1e9;
  Times connects_, answers_;
};
