#include "outbox.hpp"

namespace {

constexpr std::size_t kMostHeld = 64 << 20;

}  // namespace

void Outbox::put(std::size_t group, std::size_t index, std::string line) {
  Waiting& waiting = waiting_[{group, index}];
  const bool is_next = group == group_ && index == index_;
  if (is_next || held_ + line.size() <= kMostHeld) {
    held_ += line.size();
    waiting.line = std::move(line);
  } else {
    if (!spool_) spool_.emplace();
    waiting.slot = spool_->add(line);
  }
  move_on();
}

void Outbox::close(std::size_t group) {
  closed_.insert(group);
  move_on();
}

void Outbox::move_on() {
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

void Outbox::write(const Waiting& waiting) {
  held_ -= waiting.line.size();
  if (!waiting.slot) return out_.write(waiting.line);
  spool_->flush();
  out_.write(SpoolReader{*spool_}.read(*waiting.slot));
}
