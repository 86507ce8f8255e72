// The records of a merge, in a bucket for each address they speak of.
//
// A bucket is text, as it came, and is read when all records are there: as structs
// they would take five times the memory. Large ones are compacted whenever they have
// grown by so much together: made as small as what they say, so that memory follows
// what is known, not how often it was said.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/lines.hpp"
#include "record/server.hpp"

// What a merge is about.
struct Merge {
  // The kinds of records that are merged. `front`: how such a record begins when a program
  // of ours wrote it, up to its base URL (front.hpp); "" for a kind without one.
  struct Kind {
    std::string_view kind;
    std::string front;
    bool has_observations;  // it may speak of other addresses as well
    // What a record says, a server for each address and name. Throws BadLine.
    std::vector<Server> (*servers_in)(const JsonView& record);
  };
  std::vector<Kind> kinds;
  const std::string& (*name_of)(const Server&);  // tells servers at one address apart
  void (*merge)(Server& into, const Server& from);
};

// A line that proved bad when its bucket was read.
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

  // False: the record is of a kind that is not merged. Throws BadLine; but what is
  // wrong with a record that looks as if written by us may be told later.
  bool add(const Line& line);

  // Once all are added: the buckets in the order of their addresses.
  std::vector<Id> by_address() const;

  Id size() const { return static_cast<Id>(buckets_.size()); }
  const std::string& address(Id bucket) const { return buckets_[bucket].address; }
  std::size_t bytes(Id bucket) const { return buckets_[bucket].text.size(); }
  std::optional<Id> find(std::string_view address) const;

  // What the bucket says: a server for each name, by name. Different buckets may be read,
  // and compacted, by several threads at once.
  std::vector<Server> read(Id bucket, JsonText& memory, std::vector<Misread>& bad) const;
  // The same; the bucket is what read() gave from now on, a line each.
  std::vector<Server> compact(Id bucket, JsonText& memory, std::vector<Misread>& bad);
  // One of those that compact() gave.
  Server read(Id bucket, std::size_t server, JsonText& memory) const;

  // Deals with what read() and compact() found.
  void tell(const std::vector<Misread>& bad);

 private:
  struct Entry {
    std::uint32_t hash, end, file, number;  // of a line; `end` in the bucket's text
  };
  struct Bucket {
    std::string address;
    std::string text;  // the lines, one behind the other
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
  std::deque<Bucket> buckets_;  // which never takes the double while it grows
  std::vector<Slot> slots_ = std::vector<Slot>(1024);  // open addressing, at most half of them used
  std::vector<std::string> files_;
  std::vector<Id> large_;     // buckets that grew large since they were compacted
  std::size_t in_large_ = 0;  // bytes
};
