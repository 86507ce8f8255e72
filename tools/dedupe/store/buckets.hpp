// The records of a merge, in one bucket for each address.
//
// A bucket holds its records as text, and parses them when all are there: structs would take five
// times the memory. When the large buckets together have grown by a given number of bytes, they
// are compacted: replaced by their merged records. So memory grows with what is known, not with
// how often it was said.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/bad_lines.hpp"
#include "record/server.hpp"

// How to merge: which kinds of records, what tells them apart, and by which operation.
struct Merge {
  // The kinds of records that are merged. `front`: the text up to the base URL in a record that one
  // of our programs wrote (front.hpp); "" for a kind without a base URL.
  struct Kind {
    std::string_view kind;
    std::string front;
    bool has_observations;  // a record may hold observations of several addresses
    // The servers in a record, one for each address and name. Throws BadLine.
    std::vector<Server> (*servers_in)(const JsonView& record);
  };
  std::vector<Kind> kinds;
  const std::string& (*name_of)(const Server&);  // tells servers at one address apart
  void (*merge)(Server& into, const Server& from);
};

// A bad line, found when its bucket was parsed.
struct Misread {
  std::string text, file;
  std::size_t number;
  BadLine why;
};

class Buckets {
 public:
  using Id = std::uint32_t;

  // `memory`: bytes of large buckets at which they are compacted.
  Buckets(Merge merge, std::size_t memory, BadLines& bad_lines)
      : merge_{std::move(merge)}, memory_{memory}, bad_lines_{bad_lines} {}

  // Returns false for a record of a kind that is not merged. Throws BadLine. Errors in a record
  // that begins like one of our programs' are found later, when its bucket is parsed.
  bool add(const Line& line);

  // The buckets in the order of their addresses. Call it after the last add().
  std::vector<Id> by_address() const;

  Id size() const { return static_cast<Id>(buckets_.size()); }
  const std::string& address(Id bucket) const { return buckets_[bucket].address; }
  std::size_t bytes(Id bucket) const { return buckets_[bucket].text.size(); }
  std::optional<Id> find(std::string_view address) const;

  // The servers that the bucket merges to, one for each name, by name. Several threads may
  // read and compact different buckets at once.
  std::vector<Server> read(Id bucket, JsonText& memory, std::vector<Misread>& bad) const;
  // The same, and replaces the bucket by them, one a line.
  std::vector<Server> compact(Id bucket, JsonText& memory, std::vector<Misread>& bad);
  // One of the servers that compact() returned.
  Server read(Id bucket, std::size_t server, JsonText& memory) const;

  // Reports the bad lines that read() and compact() found.
  void tell(const std::vector<Misread>& bad);

 private:
  struct Entry {
    std::uint32_t hash, end, file, number;  // of a line; `end` in the bucket's text
  };
  struct Bucket {
    std::string address;
    std::string text;  // the lines, one after the other
    std::vector<Entry> lines;
    std::size_t large_at;  // bytes
  };
  static constexpr Id kNone = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0;  // of the address
    Id bucket = kNone;
  };

  std::optional<std::vector<Server>> servers_in(const JsonView& record) const;
  std::optional<Id> bucket_at_front(std::string_view line);
  Id bucket_of(std::string_view address);
  std::size_t slot_of(std::string_view address) const;
  void widen();
  static std::string_view text_of(const Bucket& bucket, std::size_t line);
  static void append(Bucket& bucket, std::string_view text, std::uint32_t file, std::size_t number);
  void put(Id bucket, const Line& line, std::string_view text);
  void compact_large_ones();

  Merge merge_;
  std::size_t memory_;
  BadLines& bad_lines_;
  JsonText text_;
  std::deque<Bucket> buckets_;  // a vector needs twice the memory to grow
  std::vector<Slot> slots_ =
      std::vector<Slot>(1024);  // open addressing, at most half of them used:
                                // std::unordered_map takes 1.7 times as long
  std::vector<std::string> files_;
  std::vector<Id> large_;     // buckets that grew large since the last compaction
  std::size_t in_large_ = 0;  // bytes
};
