// How the way to all servers is doing, learnt from how long answers take: how many servers may be
// busy at once, and when one more attempt is worth sending beside a silent one.
//
// The window of busy servers grows with each quick answer and is halved when answers come late, as
// TCP does with its packets (RFC 5681). Late means many times later than the quickest: either
// the connections stand late, or the answers come late, of most servers. One silent server after a
// quick connection says nothing about the way to the others.
//
// Seconds in, numbers out: no network and no clock.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

class Congestion {
 public:
  // `most` servers may ever be busy at once.
  explicit Congestion(std::size_t most);

  // A connection stood `seconds` after it was begun; an answer was whole `seconds` after its
  // request was sent. `now` never goes back.
  void connected(double now, double seconds);
  void answered(double now, double seconds);

  // How many servers may be busy at once.
  std::size_t window() const;
  // Most answers come late, and have not just stopped coming.
  bool is_congested(double now) const;
  // Seconds of silence after which a request is slower than most: twice what a connection
  // or an answer takes for three of four.
  double hedge_delay(double now) const;
  // Seconds that most connections and answers take.
  double slowness() const;
  // Takes one of the attempts that may be sent beside silent ones, if there is one.
  bool take_hedge(double now);

 private:
  // The last times, and the least of all.
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
