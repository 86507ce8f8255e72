#include "http/curl_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <unordered_map>
#include <utility>

#include "http/admission.hpp"
#include "http/connect_to.hpp"
#include "http/multi.hpp"
#include "http/transfer.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLongestPause = 1000;   // ms, after which run() checks whether stop() was called
constexpr int kMostStarvations = 50;  // tries, when this machine has no files or ports left
constexpr double kStarvedPause = 0.2;
constexpr int kMostWaits = 8;  // for room, of one request; a name may have many busy addresses

struct Job : Transfer {
  using Transfer::Transfer;
  bool running = false;
  int waits = 0, starvations = 0;
};

double steady_seconds() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

}  // namespace

struct CurlClient::Engine {
  explicit Engine(HttpPolicy policy)
      : setting{checked_setting(std::move(policy))},
        connect_to{setting.policy.connect_to},
        admission{{setting.policy.jobs_per_host, setting.policy.jobs_per_address,
                   setting.policy.hosts_per_address}},
        jobs{affordable_jobs(setting.policy.jobs)},
        multi{std::min(jobs, kMostKept)} {
    setting.may_connect = [this](const Transfer& transfer, const AddressBytes& address) {
      return admission.connect(transfer.id(), address, steady_seconds());
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
  Admission admission;
  const std::size_t jobs;
  Multi multi;
  std::atomic<bool> stopped{false};
  Id last_id = 0;
  std::unordered_map<Id, std::unique_ptr<Job>> all;
  std::deque<Id> answered;       // without having been sent
  std::deque<Id> started, sent;  // whose on_start and on_sent are to be called
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

  void enqueue(const Job& job, bool in_front) {
    const HttpRequest& request = job.request();
    admission.add(job.id(), {job.url().host, request.is_known, request.address_seconds}, in_front);
  }

  Id add_timer(double seconds, std::function<void()> what) {
    const Id id = ++last_id;
    const auto after = std::chrono::duration<double>(std::clamp(seconds, 0.0, 1e6));
    const auto at = Clock::now() + std::chrono::duration_cast<Clock::duration>(after);
    timer_of[id] = timers.insert({at, Timer{id, std::move(what)}});
    return id;
  }

  // Gives up the largest bodies, those of unknown servers first, until the others have room.
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

  void start_more() {
    while (running < jobs) {
      const auto next = admission.next(steady_seconds());
      if (!next) return;
      Job* job = find(next->id);
      if (!job) continue;
      if (next->refused.empty()) {
        launch(*job);
      } else {
        job->fail(HttpFault::not_asked, next->refused);
        answered.push_back(job->id());
      }
    }
  }

  void launch(Job& job) {
    if (!job.prepare(connect_to.entry_for(job.url().host, job.url().port))) {
      answered.push_back(job.id());
      return;
    }
    if (!multi.add(job.easy())) {
      job.fail(HttpFault::broken, "libcurl accepts no more transfers");
      answered.push_back(job.id());
      return;
    }
    job.running = true;
    ++running;
    if (job.request().on_start) started.push_back(job.id());
  }

  void finish(CURL* easy, CURLcode code) {
    Transfer* transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    Job& job = static_cast<Job&>(*transfer);
    job.take_result(code);
    multi.remove(easy);
    job.running = false;
    --running;
    admission.leave_addresses(job.id(), steady_seconds());
    if (job.answer().connected && !job.proxied())
      if (const auto bytes = parse_address(job.answer().address)) admission.met(job.id(), *bytes);

    if (job.found_no_room() && ++job.waits <= kMostWaits) {
      admission.wait_for_room(job.id(), job.busy_address(), steady_seconds());
    } else if (job.starved() && ++job.starvations <= kMostStarvations) {
      add_timer(kStarvedPause, [this, id = job.id()] { admission.resume(id); });
    } else if (job.follow_redirect()) {
      admission.leave(job.id(), steady_seconds());
      enqueue(job, true);
    } else {
      complete(job);
    }
  }

  void complete(Job& job) {
    admission.leave(job.id(), steady_seconds());
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
    admission.leave(id, steady_seconds());
    all.erase(id);
  }

  void hand_over_answered() {
    for (std::deque<Id> ids = std::exchange(answered, {}); !ids.empty(); ids.pop_front())
      if (Job* job = find(ids.front())) complete(*job);
  }

  void tell(std::deque<Id>& whom, std::function<void()> HttpRequest::*what) {
    for (std::deque<Id> ids = std::exchange(whom, {}); !ids.empty(); ids.pop_front())
      if (Job* job = find(ids.front())) {
        const auto call = job->request().*what;  // may cancel the job
        call();
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

  // Milliseconds until there is something to do other than wait for sockets.
  int idle_time() const {
    if (!answered.empty() || (all.empty() && timers.empty()) ||
        (running < jobs && admission.has_next()))
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
      tell(started, &HttpRequest::on_start);
      multi.turn(idle_time());
      tell(sent, &HttpRequest::on_sent);
      while (const auto ended = multi.next_ended()) {
        finish(ended->easy, ended->code);
        if (stopped) return;
      }
    }
  }
};

CurlClient::CurlClient(HttpPolicy policy) : engine_{std::make_unique<Engine>(std::move(policy))} {}
CurlClient::~CurlClient() = default;

HttpClient::Id CurlClient::start(HttpRequest request, Done done) {
  return engine_->add(std::move(request), std::move(done));
}
void CurlClient::cancel(Id id) { engine_->cancel(id); }
HttpClient::Id CurlClient::call_later(double seconds, std::function<void()> what) {
  return engine_->add_timer(seconds, std::move(what));
}
void CurlClient::run() { engine_->run(); }
void CurlClient::stop() { engine_->stopped = true; }
double CurlClient::seconds() const { return steady_seconds(); }
UnixTime CurlClient::time() const { return now(); }
HttpClient::Progress CurlClient::progress(Id id) const {
  const Job* job = engine_->find(id);
  return job ? job->progress() : Progress{};
}
HttpClient::Counts CurlClient::counts() const { return engine_->setting.counts; }
