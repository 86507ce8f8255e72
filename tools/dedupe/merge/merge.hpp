// Merges two records of one thing. The merge is a semilattice, as of a CRDT: every
// member is merged by an operation that is commutative, associative and idempotent, so
// that order, grouping and repetition leave no trace. There are four operations:
//
//   least     the earlier time, the smaller text; an absent value gives way
//   most      the later time, the larger number; an absent value gives way
//   union     of sets, by key; two members of one key are merged in turn
//   latest    the value with the later date; of one date, both are merged
//
// A set may be bounded to its N smallest keys, which keeps these laws.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "record/server.hpp"

template <class T>
void merge_least(std::optional<T>& into, const std::optional<T>& from) {
  if (from && (!into || *from < *into)) into = from;
}

template <class T>
void merge_most(std::optional<T>& into, const std::optional<T>& from) {
  if (from && (!into || *into < *from)) into = from;
}

// The union of two lists that are sorted by `key` and hold each key once.
template <class T, class Key, class Merge>
void merge_union(std::vector<T>& into, const std::vector<T>& from, Key key, Merge merge,
                 std::size_t most = SIZE_MAX) {
  struct Newcomer {
    const T* one;
    std::size_t before;  // which one in `into`
  };
  std::vector<Newcomer> newcomers;  // mostly none
  std::size_t at = 0;
  for (const T& one : from) {
    const auto begin = into.begin() + static_cast<std::ptrdiff_t>(at);
    at += static_cast<std::size_t>(
        std::lower_bound(begin, into.end(), one,
                         [&key](const T& a, const T& b) { return key(a) < key(b); }) -
        begin);
    if (at + newcomers.size() >= most) break;
    if (at < into.size() && !(key(one) < key(into[at])))
      merge(into[at], one);
    else
      newcomers.push_back({&one, at});
  }
  if (!newcomers.empty()) {
    // From the back, so that each one moves once.
    std::size_t end = into.size();
    into.resize(end + newcomers.size());
    auto gap = into.end();
    for (auto newcomer = newcomers.rbegin(); newcomer != newcomers.rend(); ++newcomer) {
      const auto place = [&](std::size_t i) {
        return into.begin() + static_cast<std::ptrdiff_t>(i);
      };
      gap = std::move_backward(place(newcomer->before), place(end), gap);
      end = newcomer->before;
      *--gap = *newcomer->one;
    }
  }
  if (into.size() > most) into.resize(most);
}

// The numbers 0 … count - 1, sorted by `before` (stable).
std::vector<std::size_t> sorted_numbers(
    std::size_t count, const std::function<bool(std::size_t, std::size_t)>& before);

// Makes a list a set: sorted, each key once.
template <class T, class Key, class Merge>
void make_set(std::vector<T>& list, Key key, Merge merge, std::size_t most = SIZE_MAX) {
  const auto before = [&key](const T& a, const T& b) { return key(a) < key(b); };
  if (!std::is_sorted(list.begin(), list.end(), before)) {
    std::vector<T> sorted;
    sorted.reserve(list.size());
    for (const std::size_t i : sorted_numbers(
             list.size(), [&](std::size_t a, std::size_t b) { return before(list[a], list[b]); }))
      sorted.push_back(std::move(list[i]));
    list = std::move(sorted);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (kept > 0 && !(key(list[kept - 1]) < key(list[i]))) {
      merge(list[kept - 1], list[i]);
    } else {
      if (kept != i) list[kept] = std::move(list[i]);
      ++kept;
    }
  }
  list.resize(std::min(kept, most));
}

// The most members of a set that dedupe keeps: those with the smallest keys.
inline constexpr std::size_t kMostPages = 100;     // found_on
inline constexpr std::size_t kMostKeys = 1000;     // public_keys
inline constexpr std::size_t kMostHints = 10'000;  // room_hints
inline constexpr std::size_t kMostRooms = 2000;    // including those that are gone
inline constexpr std::size_t kMostStaff = 10'000;  // admins, moderators
inline constexpr std::size_t kMostWords = 1000;    // tags, capabilities, …

// Sorts these lists and limits their size, as sets are kept.
void make_pages_a_set(std::vector<FoundOn>& pages);
void make_words_a_set(std::vector<std::string>& words);
void make_sets(Server& server);

// The union by host, with the earliest time of each. If there are too many, the earliest are kept,
// so that later ones never replace the first.
void merge_printed_hosts(std::vector<PrintedHost>& into, const std::vector<PrintedHost>& from);

// Keeps the probe of the later hour. Within one hour, prefers an answer to a failure, then the
// later probe.
void merge_probes(std::optional<Probe>& into, const std::optional<Probe>& from);

// Merges the claims about a server (keys, hints, pages, notes, unknown members) and the last
// probes.
void merge_claims(Server& into, const Server& from);

// Merges two observations of one address and key (observation.hpp).
void merge_observations(Server& into, const Server& from);
