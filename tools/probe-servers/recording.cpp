#include "recording.hpp"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>

#include "cli/errors.hpp"
#include "crypto/encoding.hpp"
#include "http/scripted_client.hpp"
#include "ndjson/input.hpp"
#include "ndjson/line_writer.hpp"
#include "ndjson/lines.hpp"
#include "record/fields.hpp"

namespace {

// One file of a recording. Seconds count from the start of the request.
struct Exchange {
  std::string at;  // the time of day when it started
  std::string method, url;
  std::optional<std::string> request_body;  // base64
  std::optional<std::string> secret;        // our one-time key; safe to store, it is not used again
  std::optional<double> sent, first_byte;   // absent: that did not happen
  std::optional<double> seconds;            // absent: we gave up waiting
  std::optional<HttpFault> fault;           // absent: an HTTP answer
  std::optional<std::string> error;
  std::int64_t status = 0;
  std::vector<std::string> headers;
  std::optional<std::string> body;  // base64
  std::optional<std::string> address, final_url;
  bool connected = false;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("at", self.at);
    visit("method", self.method);
    visit("url", self.url);
    visit("request_body", self.request_body);
    visit("secret", self.secret);
    visit("sent", self.sent);
    visit("first_byte", self.first_byte);
    visit("seconds", self.seconds);
    visit("fault", self.fault);
    visit("error", self.error);
    visit("status", self.status);
    visit("headers", self.headers);
    visit("body", self.body);
    visit("address", self.address);
    visit("final_url", self.final_url);
    visit("connected", self.connected);
  }
};

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::string bytes_in(const std::optional<std::string>& base64, const std::string& file) {
  if (!base64) return "";
  auto bytes = bytes_of_base64(*base64);
  if (!bytes) throw Failure{file + ": a body is not base64"};
  return std::move(*bytes);
}

}  // namespace

struct RecordingClient::Open {
  std::uint64_t number = 0;
  UnixTime at = 0;
  HttpRequest request;
  double began = 0;
  std::optional<double> sent, first_byte;
};

RecordingClient::RecordingClient(HttpClient& http, std::string folder)
    : http_{http}, folder_{std::move(folder)} {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Failure{"--record " + folder_ + ": " + error.message()};
  if (!std::filesystem::is_empty(folder_, error) || error)
    throw Failure{"--record " + folder_ + ": expected an empty folder"};
}

HttpClient::Id RecordingClient::start(HttpRequest request, Done done) {
  const auto open = std::make_shared<Open>();
  open->number = ++last_number_;
  open->at = http_.time();
  open->request = request;
  request.on_start = [this, open, told = std::move(request.on_start)] {
    open->began = http_.seconds();
    if (told) told();
  };
  request.on_sent = [this, open, told = std::move(request.on_sent)] {
    open->sent = http_.seconds() - open->began;
    if (told) told();
  };
  const auto id = std::make_shared<Id>(0);
  *id = http_.start(std::move(request),
                    [this, open, id, told = std::move(done)](const HttpAnswer& answer) {
                      write(*open, &answer);
                      open_.erase(*id);
                      told(answer);
                    });
  open_[*id] = open;
  return *id;
}

void RecordingClient::cancel(Id id) {
  if (const auto found = open_.find(id); found != open_.end()) {
    const auto open = found->second;
    if (const Progress progress = http_.progress(id); progress.bytes > 0)
      open->first_byte = progress.last_at - open->began;
    write(*open, nullptr);
    open_.erase(found);
  }
  http_.cancel(id);
}

void RecordingClient::run() {
  http_.run();
  for (const auto& [id, open] : open_) write(*open, nullptr);  // interrupted
  open_.clear();
}

void RecordingClient::write(const Open& open, const HttpAnswer* answer) const {
  Exchange exchange;
  exchange.at = rfc3339(open.at);
  exchange.method = open.request.method;
  exchange.url = open.request.url;
  exchange.request_body = unless_empty(to_base64(open.request.body));
  exchange.secret = unless_empty(open.request.secret);
  exchange.sent = open.sent;
  exchange.first_byte = open.first_byte;
  if (answer) {
    exchange.seconds = answer->seconds;
    if (answer->first_byte_seconds > 0) exchange.first_byte = answer->first_byte_seconds;
    if (answer->fault != HttpFault::ok) exchange.fault = answer->fault;
    exchange.error = unless_empty(answer->error);
    exchange.status = answer->status;
    exchange.headers = answer->headers;
    exchange.body = unless_empty(to_base64(answer->body));
    exchange.address = unless_empty(answer->address);
    exchange.final_url = unless_empty(answer->url);
    exchange.connected = answer->connected;
  }
  char name[32];
  std::snprintf(name, sizeof name, "/%06llu.json", static_cast<unsigned long long>(open.number));
  std::string line;
  fields::append(line, exchange);
  LineFile file{folder_ + name};
  file.write(line);
  file.finish();
}

struct Replay::Player {
  // The exchanges with each URL, by method, in order; the index of the next answer, and of the next
  // key.
  struct Queue {
    std::deque<ScriptedReply> replies;
    std::deque<std::string> secrets;
  };

  explicit Player(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error})
      if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    if (error) throw Failure{"--replay " + folder + ": " + error.message()};
    if (files.empty())
      throw Failure{"--replay " + folder + ": there is no recording in this folder"};
    std::sort(files.begin(), files.end());
    std::optional<UnixTime> began;
    for (const std::string& file : files) {
      const UnixTime at = add(file);
      began = std::min(began.value_or(at), at);
    }
    http.emplace([this](const HttpRequest& request) { return answer(request); }, *began);
  }

  UnixTime add(const std::string& file) {
    Exchange exchange;
    try {
      const std::string line = read_file(file);
      JsonText memory;
      exchange = from_json<Exchange>(Line{line, file, 1}.json(memory));
    } catch (const BadLine& bad) {
      throw Failure{file + ": " + bad.why};
    }
    const auto at = parse_rfc3339(exchange.at);
    if (!at) throw Failure{file + ": \"at\" should be a time"};
    Queue& queue = queues[exchange.method + " " + exchange.url];
    ScriptedReply& reply = queue.replies.emplace_back();
    reply.connect_seconds = exchange.sent.value_or(kNever);
    reply.first_byte_seconds = exchange.first_byte.value_or(kNever);
    reply.seconds = exchange.seconds.value_or(kNever);
    reply.obeys_limits = false;
    reply.answer.fault = exchange.fault.value_or(HttpFault::ok);
    reply.answer.error = exchange.error.value_or("");
    reply.answer.status = static_cast<int>(exchange.status);
    reply.answer.headers = std::move(exchange.headers);
    reply.answer.body = bytes_in(exchange.body, file);
    reply.answer.address = exchange.address.value_or("");
    reply.answer.url = exchange.final_url.value_or(exchange.url);
    reply.answer.connected = exchange.connected;
    if (exchange.secret) {
      if (!bytes32_of_hex(*exchange.secret))
        throw Failure{file + ": \"secret\" should be 64 hex digits"};
      queue.secrets.push_back(*exchange.secret);
    }
    return *at;
  }

  ScriptedReply answer(const HttpRequest& request) {
    Queue& queue = queues[request.method + " " + request.url];
    if (queue.replies.empty()) {
      ScriptedReply none;
      none.connect_seconds = kNever;
      none.answer.fault = HttpFault::not_asked;
      none.answer.error = "the recording holds no such request";
      return none;
    }
    ScriptedReply reply = std::move(queue.replies.front());
    queue.replies.pop_front();
    return reply;
  }

  KeyPair key(const std::string& url) {
    std::deque<std::string>& secrets = queues["POST " + url].secrets;
    if (secrets.empty()) return new_key_pair();
    const KeyPair pair = key_pair_of(*bytes32_of_hex(secrets.front()));
    secrets.pop_front();
    return pair;
  }

  std::map<std::string, Queue> queues;
  std::optional<ScriptedClient> http;
};

Replay::Replay(const std::string& folder) : player_{std::make_unique<Player>(folder)} {}
Replay::~Replay() = default;
HttpClient& Replay::http() { return *player_->http; }
OneTimeKeys Replay::keys() {
  return [player = player_.get()](const std::string& url) { return player->key(url); };
}
