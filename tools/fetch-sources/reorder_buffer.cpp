#include "reorder_buffer.hpp"

namespace {

constexpr std::size_t kMostHeld = 64 << 20;

}  // namespace

void ReorderBuffer::put(std::size_t group, std::size_t index, std::string line) {
  Waiting& waiting = waiting_[{group, index}];
  const bool is_next = group == group_ && index == index_;
  if (is_next || held_ + line.size() <= kMostHeld) {
    held_ += line.size();
    waiting.line = std::move(line);
  } else {
    if (!spool_) spool_.emplace();
    waiting.slot = spool_->add(line);
  }
  write_what_is_next();
}

void ReorderBuffer::close(std::size_t group) {
  closed_.insert(group);
  write_what_is_next();
}

void ReorderBuffer::write_what_is_next() {
  for (;;) {
    if (const auto next = waiting_.find({group_, index_}); next != waiting_.end()) {
      write(next->second);
      waiting_.erase(next);
      ++index_;
    } else if (closed_.erase(group_) > 0) {
      ++group_;
      index_ = 0;
    } else {
      return;
    }
  }
}

void ReorderBuffer::write(const Waiting& waiting) {
  held_ -= waiting.line.size();
  if (!waiting.slot) return out_.write(waiting.line);
  spool_->flush();
  out_.write(SpoolReader{*spool_}.read(*waiting.slot));
}
