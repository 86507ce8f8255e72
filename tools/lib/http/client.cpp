#include "http/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "http/connect_to.hpp"
#include "http/multi.hpp"
#include "http/transfer.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLongestPause = 1000;   // ms, after which run() looks whether stop() was called
constexpr int kMostStarvations = 50;  // tries, when files or ports run out here
constexpr double kStarvedPause = 0.2;
constexpr int kMostWaits = 8;  // for room, of one request; a name may have many busy addresses

// What is counted as one address: an IPv6 one with its whole /64.
using AddressKey = AddressBytes;
AddressKey key_of(AddressBytes address) {
  const bool is_v4 = address[10] == 0xff && address[11] == 0xff &&
                     std::all_of(address.begin(), address.begin() + 10, [](auto b) { return !b; });
  if (!is_v4) std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
  return address;
}

struct HostQueue {
  std::deque<HttpClient::Id> queued;  // cancelled ones stay until they are met
  std::size_t in_flight = 0;
  bool is_ready = false;              // stands in the line of hosts that may start one
  std::optional<AddressKey> address;  // where it was last met
};

struct AddressRoom {
  std::size_t in_use = 0;
  std::deque<HttpClient::Id> known, waiting;  // known ones first

  std::optional<HttpClient::Id> next() {
    std::deque<HttpClient::Id>& line = known.empty() ? waiting : known;
    if (line.empty()) return std::nullopt;
    const HttpClient::Id id = line.front();
    line.pop_front();
    return id;
  }
};

// A transfer and the room it takes.
struct Job : Transfer {
  using Transfer::Transfer;
  HostQueue* host = nullptr;  // whose room it takes; null while it waits for that
  struct Place {
    AddressKey address;
    std::chrono::steady_clock::time_point since;
  };
  std::vector<Place> places;  // that it takes at addresses
  bool running = false;
  int waits = 0, starvations = 0;
};

}  // namespace

struct HttpClient::Engine {
  explicit Engine(HttpPolicy policy)
      : setting{checked_setting(std::move(policy))},
        connect_to{setting.policy.connect_to},
        jobs{affordable_jobs(setting.policy.jobs)},
        multi{jobs} {
    setting.room_at = [this](Transfer& transfer, const AddressBytes& address) {
      return take_room(static_cast<Job&>(transfer), key_of(address));
    };
    setting.why_not_at = [this](const Transfer& transfer, const AddressBytes& address) {
      return why_not_at(transfer, key_of(address));
    };
    setting.make_room = [this] { make_room(); };
    setting.sent = [this](Transfer& transfer) { sent.push_back(transfer.id()); };
  }
  ~Engine() {
    for (auto& [id, job] : all)
      if (job->running) multi.remove(job->easy());
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  struct Timer {
    Id id;
    std::function<void()> what;
  };
  using Timers = std::multimap<Clock::time_point, Timer>;

  TransferSetting setting;
  const ConnectTo connect_to;
  const std::size_t jobs;
  Multi multi;
  std::atomic<bool> stopped{false};
  Id last_id = 0;
  std::unordered_map<Id, std::unique_ptr<Job>> all;
  std::unordered_map<std::string, HostQueue> hosts;
  std::deque<HostQueue*> ready;
  std::map<AddressKey, AddressRoom> rooms;
  std::map<AddressKey, std::set<std::string>> hosts_at;
  std::map<AddressKey, double> seconds_at;  // that places there were taken
  std::deque<Id> resumed;                   // have the room they waited for
  std::deque<Id> answered;                  // without having been sent
  std::deque<Id> sent;                      // whose on_sent is to be called
  std::size_t running = 0;
  Timers timers;
  std::unordered_map<Id, Timers::iterator> timer_of;

  Job* find(Id id) {
    const auto found = all.find(id);
    return found == all.end() ? nullptr : found->second.get();
  }

  Id add(HttpRequest request, Done done) {
    const Id id = ++last_id;
    const Result<HttpUrl> url = parse_http_url(request.url);
    HttpUrl usable = url ? *url : HttpUrl{request.url, "", "", 0};
    auto& job = all[id] =
        std::make_unique<Job>(setting, id, std::move(request), std::move(usable), std::move(done));
    if (url) {
      enqueue(*job, job->request().is_known);
    } else {
      job->fail(HttpFault::broken, url.reason());
      answered.push_back(id);
    }
    return id;
  }

  Id add_timer(double seconds, std::function<void()> what) {
    const Id id = ++last_id;
    const auto after = std::chrono::duration<double>(std::clamp(seconds, 0.0, 1e6));
    const auto at = Clock::now() + std::chrono::duration_cast<Clock::duration>(after);
    timer_of[id] = timers.insert({at, Timer{id, std::move(what)}});
    return id;
  }

  void enqueue(Job& job, bool in_front) {
    HostQueue& host = hosts[job.url().host];
    if (in_front)
      host.queued.push_front(job.id());
    else
      host.queued.push_back(job.id());
    make_ready(host);
  }

  void make_ready(HostQueue& host) {
    if (host.is_ready || host.queued.empty() || host.in_flight >= setting.policy.jobs_per_host)
      return;
    host.is_ready = true;
    ready.push_back(&host);
  }

  std::string why_not_at(const Transfer& transfer, const AddressKey& key) {
    const HttpRequest& request = transfer.request();
    if (is_used_up(request, key)) return used_up(key);
    if (setting.policy.hosts_per_address == 0 || request.is_known) return "";
    std::set<std::string>& met = hosts_at[key];
    if (met.size() < setting.policy.hosts_per_address) met.insert(transfer.url().host);
    if (met.count(transfer.url().host) > 0) return "";
    return text_of(key) + " is the address of too many hosts";
  }

  bool is_used_up(const HttpRequest& request, const AddressKey& key) const {
    if (request.address_seconds <= 0) return false;
    const auto spent = seconds_at.find(key);
    return spent != seconds_at.end() && spent->second >= request.address_seconds;
  }
  static std::string used_up(const AddressKey& key) {
    return "those asked before at " + text_of(key) + " took too long together";
  }

  void turn_away(Job& job, const AddressKey& key) {
    job.fail(HttpFault::not_asked, used_up(key));
    answered.push_back(job.id());
  }

  // The largest bodies go, of strangers first, until the others have room.
  void make_room() {
    const auto worth = [](const Job& job) {
      return std::pair{!job.request().is_known, job.body_bytes()};
    };
    while (setting.body_bytes > setting.policy.bytes_under_way) {
      Job* largest = nullptr;
      for (const auto& [id, job] : all)
        if (job->running && job->body_bytes() > 0 && (!largest || worth(*largest) < worth(*job)))
          largest = job.get();
      if (!largest) return;
      largest->give_up();
    }
  }

  bool take_room(Job& job, const AddressKey& key) {
    if (std::any_of(job.places.begin(), job.places.end(),
                    [&](const Job::Place& place) { return place.address == key; }))
      return true;
    AddressRoom& room = rooms[key];
    if (room.in_use >= setting.policy.jobs_per_address) return false;
    ++room.in_use;
    job.places.push_back({key, Clock::now()});
    return true;
  }

  // Gives the room back, and on to the first who waits for it.
  void leave_addresses(Job& job) {
    for (const auto& [key, since] : std::exchange(job.places, {})) {
      AddressRoom& room = rooms[key];
      --room.in_use;
      seconds_at[key] += std::chrono::duration<double>(Clock::now() - since).count();
      while (room.in_use < setting.policy.jobs_per_address) {
        const auto id = room.next();
        if (!id) break;
        Job* next = find(*id);
        if (!next) continue;
        if (is_used_up(next->request(), key)) {
          turn_away(*next, key);
          continue;
        }
        take_room(*next, key);
        resumed.push_back(next->id());
      }
      if (room.in_use == 0) rooms.erase(key);
    }
  }

  void leave_host(Job& job) {
    if (!job.host) return;
    HostQueue& host = *std::exchange(job.host, nullptr);
    --host.in_flight;
    make_ready(host);
  }

  void wait_for_room(Job& job, const AddressKey& key) {
    if (take_room(job, key)) return resumed.push_back(job.id());
    AddressRoom& room = rooms[key];
    (job.request().is_known ? room.known : room.waiting).push_back(job.id());
  }

  void start_more() {
    while (running < jobs) {
      if (!resumed.empty()) {
        Job* job = find(resumed.front());
        resumed.pop_front();
        if (job) launch(*job);
      } else if (!ready.empty()) {
        HostQueue& host = *ready.front();
        ready.pop_front();
        host.is_ready = false;
        start_next_of(host);
      } else {
        return;
      }
    }
  }

  void start_next_of(HostQueue& host) {
    if (host.in_flight >= setting.policy.jobs_per_host) return;
    Job* job = nullptr;
    while (!job && !host.queued.empty()) {
      job = find(host.queued.front());
      host.queued.pop_front();
    }
    if (!job) return;
    job->host = &host;
    ++host.in_flight;
    make_ready(host);
    if (host.address && is_used_up(job->request(), *host.address))
      turn_away(*job, *host.address);
    else if (host.address && !take_room(*job, *host.address))
      wait_for_room(*job, *host.address);
    else
      launch(*job);
  }

  void launch(Job& job) {
    if (!job.prepare(connect_to.entry_for(job.url().host, job.url().port))) {
      answered.push_back(job.id());
      return;
    }
    if (!multi.add(job.easy())) {
      job.fail(HttpFault::broken, "libcurl took no more transfers");
      answered.push_back(job.id());
      return;
    }
    job.running = true;
    ++running;
  }

  void finish(CURL* easy, CURLcode code) {
    Transfer* transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    Job& job = static_cast<Job&>(*transfer);
    job.take_result(code);
    multi.remove(easy);
    job.running = false;
    --running;
    leave_addresses(job);
    if (job.host && job.answer().connected && !job.proxied())
      if (const auto bytes = parse_address(job.answer().address))
        job.host->address = key_of(*bytes);

    if (job.found_no_room() && ++job.waits <= kMostWaits) {
      wait_for_room(job, key_of(job.busy_address()));
    } else if (job.starved() && ++job.starvations <= kMostStarvations) {
      add_timer(kStarvedPause, [this, id = job.id()] { resumed.push_back(id); });
    } else if (job.follow_redirect()) {
      leave_host(job);
      enqueue(job, true);
    } else {
      complete(job);
    }
  }

  void complete(Job& job) {
    leave_addresses(job);
    leave_host(job);
    const auto node = all.extract(job.id());
    job.done()(job.answer());
  }

  void cancel(Id id) {
    if (const auto timer = timer_of.find(id); timer != timer_of.end()) {
      timers.erase(timer->second);
      timer_of.erase(timer);
    }
    Job* job = find(id);
    if (!job) return;
    if (job->running) {
      multi.remove(job->easy());
      --running;
    }
    leave_addresses(*job);
    leave_host(*job);
    all.erase(id);
  }

  void hand_over_answered() {
    for (std::deque<Id> ids = std::exchange(answered, {}); !ids.empty(); ids.pop_front())
      if (Job* job = find(ids.front())) complete(*job);
  }

  void tell_sent() {
    for (std::deque<Id> ids = std::exchange(sent, {}); !ids.empty(); ids.pop_front())
      if (Job* job = find(ids.front())) {
        const auto on_sent = job->request().on_sent;  // may cancel the job
        on_sent();
      }
  }

  void call_due_timers() {
    const auto now = Clock::now();
    while (!timers.empty() && timers.begin()->first <= now && !stopped) {
      const Timer due = std::move(timers.begin()->second);
      timers.erase(timers.begin());
      timer_of.erase(due.id);
      due.what();
    }
  }

  // How long there is nothing to do but wait for sockets, in milliseconds.
  int idle_time() const {
    if (!answered.empty() || (all.empty() && timers.empty()) ||
        (running < jobs && !(ready.empty() && resumed.empty())))
      return 0;
    if (timers.empty()) return kLongestPause;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(timers.begin()->first - Clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kLongestPause));
  }

  void run() {
    while (!stopped && !(all.empty() && timers.empty())) {
      hand_over_answered();
      call_due_timers();
      start_more();
      multi.turn(idle_time());
      tell_sent();
      while (const auto ended = multi.next_ended()) {
        finish(ended->easy, ended->code);
        if (stopped) return;
      }
    }
  }
};

HttpClient::HttpClient(HttpPolicy policy) : engine_{std::make_unique<Engine>(std::move(policy))} {}
HttpClient::~HttpClient() = default;

HttpClient::Id HttpClient::start(HttpRequest request, Done done) {
  return engine_->add(std::move(request), std::move(done));
}
void HttpClient::cancel(Id id) { engine_->cancel(id); }
HttpClient::Id HttpClient::call_later(double seconds, std::function<void()> what) {
  return engine_->add_timer(seconds, std::move(what));
}
void HttpClient::run() { engine_->run(); }
void HttpClient::stop() { engine_->stopped = true; }
HttpClient::Counts HttpClient::counts() const { return engine_->setting.counts; }
