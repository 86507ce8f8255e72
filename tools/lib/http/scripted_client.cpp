#include "http/scripted_client.hpp"

#include <algorithm>
#include <utility>

HttpClient::Id ScriptedClient::start(HttpRequest request, Done done) {
  const Id id = ++last_id_;
  Exchange& exchange = exchanges_[id];
  exchange.request = std::move(request);
  exchange.done = std::move(done);
  most_open_ = std::max(most_open_, exchanges_.size());
  at(id, clock_, [this, id] { begin(id); });
  return id;
}

void ScriptedClient::cancel(Id id) {
  std::erase_if(events_, [id](const auto& event) { return event.second.id == id; });
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end()) return;
  if (found->second.number < asked_.size()) asked_[found->second.number].was_cancelled = true;
  exchanges_.erase(found);
}

HttpClient::Id ScriptedClient::call_later(double seconds, std::function<void()> what) {
  const Id id = ++last_id_;
  at(id, clock_ + std::max(seconds, 0.0), std::move(what));
  return id;
}

void ScriptedClient::run() {
  while (!stopped_ && !events_.empty()) {
    const auto next = events_.begin();
    clock_ = std::max(clock_, next->first);
    const Event event = std::move(next->second);
    events_.erase(next);
    event.what();
  }
}

HttpClient::Progress ScriptedClient::progress(Id id) const {
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end()) return {};
  const Exchange& exchange = found->second;
  if (clock_ < exchange.arrives_from) return {};
  const double span = exchange.arrives_until - exchange.arrives_from;
  const double share = span > 0 ? std::min(1.0, (clock_ - exchange.arrives_from) / span) : 1;
  const auto bytes = static_cast<double>(exchange.reply.answer.body.size());
  return {1 + static_cast<std::uint64_t>(share * bytes), std::min(clock_, exchange.arrives_until)};
}

void ScriptedClient::at(Id id, double time, std::function<void()> what) {
  if (time < kNever) events_.insert({time, Event{id, std::move(what)}});
}

// When `bytes` that are ready at `from` have come through the shared link.
double ScriptedClient::through_link(double from, double bytes) {
  if (link_.bytes_per_second <= 0) return from;
  link_is_free_at_ = std::max(link_is_free_at_, from) + bytes / link_.bytes_per_second;
  return link_is_free_at_;
}

void ScriptedClient::begin(Id id) {
  Exchange& exchange = exchanges_.at(id);
  exchange.began = clock_;
  exchange.number = asked_.size();
  asked_.push_back({clock_, exchange.request.method, exchange.request.url, false});
  exchange.reply = script_(exchange.request);
  HttpLimits& limits = exchange.request.limits;
  if (!exchange.reply.obeys_limits) {
    limits.seconds = limits.connect_seconds = kNever;
    limits.low_bytes_per_second = 0;
  }
  at(id, clock_ + limits.seconds,
     [this, id] { end(id, HttpFault::timeout_read, "Operation timed out"); });
  const bool connects = exchange.reply.connect_seconds < kNever;
  const double stands =
      connects ? through_link(clock_ + exchange.reply.connect_seconds, link_.overhead_of_connection)
               : kNever;
  if (connects || exchange.reply.seconds == kNever) {
    if (stands > clock_ + limits.connect_seconds)
      at(id, clock_ + limits.connect_seconds,
         [this, id] { end(id, HttpFault::timeout_connect, "Connection timed out"); });
    else
      at(id, stands, [this, id] { connect(id); });
  } else {  // a fault before any connection: refused, dns
    at(id, clock_ + exchange.reply.seconds, [this, id] {
      const HttpAnswer answer = exchanges_.at(id).reply.answer;
      end(id, answer.fault, answer.error);
    });
  }
  if (exchange.request.on_start) {
    const auto on_start = exchange.request.on_start;  // may cancel the request
    on_start();
  }
}

void ScriptedClient::connect(Id id) {
  Exchange& exchange = exchanges_.at(id);
  ++counts_.connections;
  exchange.reply.answer.connected = true;
  const double ready = exchange.began + exchange.reply.seconds;
  if (ready < kNever) {
    const auto bytes = static_cast<double>(exchange.reply.answer.body.size());
    const double until = through_link(std::max(ready, clock_), bytes);
    const double from = exchange.began + exchange.reply.first_byte_seconds;
    exchange.arrives_from = std::min({from, until});
    exchange.arrives_until = until;
    at(id, until, [this, id] {
      const HttpAnswer answer = exchanges_.at(id).reply.answer;
      end(id, answer.fault, answer.error);
    });
  } else if (exchange.reply.first_byte_seconds < kNever) {  // drips until somebody gives up
    exchange.arrives_from = exchange.began + exchange.reply.first_byte_seconds;
    exchange.arrives_until = exchange.began + exchange.request.limits.seconds;
  }
  const HttpLimits& limits = exchange.request.limits;
  if (limits.low_bytes_per_second > 0 && ready == kNever &&
      exchange.arrives_from > clock_ + limits.low_seconds)
    at(id, clock_ + limits.low_seconds,
       [this, id] { end(id, HttpFault::timeout_read, "Operation too slow"); });
  if (exchange.request.on_sent) {
    const auto on_sent = exchange.request.on_sent;
    on_sent();
  }
}

void ScriptedClient::end(Id id, HttpFault fault, const std::string& error) {
  const auto node = exchanges_.extract(id);
  std::erase_if(events_, [id](const auto& event) { return event.second.id == id; });
  const Exchange& exchange = node.mapped();
  HttpAnswer answer = exchange.reply.answer;
  if (fault != exchange.reply.answer.fault) {  // a limit of the request
    answer = HttpAnswer{};
    answer.connected = exchange.reply.answer.connected;
    answer.fault = fault;
    if (fault == HttpFault::timeout_read && !answer.connected)
      answer.fault = HttpFault::timeout_connect;
  }
  answer.error = error;
  answer.seconds = clock_ - exchange.began;
  if (answer.url.empty()) answer.url = exchange.request.url;
  ++counts_.requests;
  exchange.done(answer);
}
