// HttpClient over libcurl's multi interface: bounded in number, time and bytes, and never
// to an address that the guard refuses.
//
// No cookies, no .netrc, no proxy from the environment; TLS 1.2 or later with the
// certificate checked; http: and https: only, and never from https: to http:.
#pragma once

#include <memory>

#include "http/client.hpp"
#include "http/policy.hpp"

class CurlClient : public HttpClient {
 public:
  // Throws UsageError for what it can't use. Raises the limit of open files, and
  // uses fewer jobs where that limit is too low for them.
  explicit CurlClient(HttpPolicy policy);
  ~CurlClient() override;

  // Requests start in turn among the hosts.
  Id start(HttpRequest request, Done done) override;
  void cancel(Id id) override;
  Id call_later(double seconds, std::function<void()> what) override;
  void run() override;
  void stop() override;
  double seconds() const override;
  UnixTime time() const override;
  Progress progress(Id id) const override;
  Counts counts() const override;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};
