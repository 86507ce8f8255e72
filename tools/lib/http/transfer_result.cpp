// The result of a transfer, and whether another hop follows.
#include <cerrno>
#include <string>

#include "http/transfer.hpp"

namespace {

// CURLE_TOO_LARGE: libcurl has it from 8.6 on, and said CURLE_OUT_OF_MEMORY before.
constexpr CURLcode kTooLarge = static_cast<CURLcode>(100);

HttpFault fault_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return HttpFault::ok;
    case CURLE_COULDNT_RESOLVE_HOST:
      return HttpFault::dns;
    case CURLE_COULDNT_RESOLVE_PROXY:
      return HttpFault::proxy;
    case CURLE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return HttpFault::refused;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // by the decoder: on_body() is judged before
      return HttpFault::bad_encoding;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_PEER_FAILED_VERIFICATION:
      return HttpFault::tls;
    default:
      return HttpFault::broken;
  }
}

}  // namespace

void Transfer::take_result(CURLcode code) {
  long status = 0, os_error = 0;
  const char* ip = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
  curl_easy_getinfo(easy_.get(), CURLINFO_PRIMARY_IP, &ip);
  answer_.status = static_cast<int>(status);
  forget_sockets();
  answer_.connected = sent_ || (!proxied() && reached_);
  answer_.address = !answer_.connected ? "" : sent_ && ip ? ip : reached_address_;
  answer_.url = url_.text;
  failed_to_connect_ =
      !answer_.connected && (code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT);
  if (code == CURLE_COULDNT_CONNECT && opened_v4_ && os_error == EADDRNOTAVAIL) starved_ = true;
  if (!found_no_room() && !starved()) ++setting_.counts.requests;
  judge(code);
}

// Whether the proxy itself failed, and not a server behind it.
bool Transfer::is_proxy_down(CURLcode code) const {
  if (!proxied()) return false;
  if (code == CURLE_PROXY) {
    long error = CURLPX_OK;
    curl_easy_getinfo(easy_.get(), CURLINFO_PROXY_ERROR, &error);
    return error == CURLPX_BAD_VERSION || error == CURLPX_NO_AUTH || error == CURLPX_USER_REJECTED;
  }
  long tunnel = 0;  // the answer to CONNECT
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &tunnel);
  if (proxy_.starts_with("https:") && tunnel == 0 && fault_of(code) == HttpFault::tls) return true;
  return code == CURLE_COULDNT_RESOLVE_PROXY ||
         (!reached_ && (code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT));
}

void Transfer::judge(CURLcode code) {
  if (code == CURLE_OK) {
    fail(HttpFault::ok, "");
    return;
  }
  const std::string words = words_[0] ? words_ : curl_easy_strerror(code);
  const HttpLimits& limits = request_.limits;
  const bool headers_too_big = header_bytes_ > limits.header_bytes ||
                               // libcurl's errors for a header line of more than 100 kB
                               ((code == CURLE_OUT_OF_MEMORY || code == kTooLarge) && in_headers_);
  if (is_proxy_down(code)) {
    fail(HttpFault::proxy, words);
  } else if (given_up_) {
    fail(HttpFault::broken, "given up: all answers under way together took more than " +
                                std::to_string(setting_.policy.bytes_under_way) + " bytes");
  } else if (headers_too_big) {
    fail(HttpFault::too_big,
         "more than " + std::to_string(limits.header_bytes) + " bytes of headers");
  } else if (too_big_ || code == CURLE_FILESIZE_EXCEEDED) {
    fail(HttpFault::too_big, "more than " + std::to_string(limits.body_bytes) + " bytes");
  } else if (code == CURLE_COULDNT_CONNECT && !not_asked_.empty() && !opened_) {
    fail(HttpFault::not_asked, not_asked_);
  } else if (code == CURLE_COULDNT_CONNECT && !blocked_.empty() && !opened_) {
    fail(HttpFault::blocked_address, blocked_);
  } else if (code == CURLE_OPERATION_TIMEDOUT) {
    curl_off_t lookup_time = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_NAMELOOKUP_TIME_T, &lookup_time);
    const bool resolved = proxied() || opened_ || lookup_time > 0;
    fail(answer_.connected ? HttpFault::timeout_read
         : resolved        ? HttpFault::timeout_connect
                           : HttpFault::dns,
         words);
  } else if (fault_of(code) == HttpFault::bad_encoding) {
    // libcurl's own text speaks of a failed write, as if a disk were full
    fail(HttpFault::bad_encoding, "the body is not compressed as the server says: " +
                                      std::string{answer_.header("content-encoding")});
  } else {
    fail(fault_of(code), words);
  }
}

// For the next hop, which has a new handle. libcurl knows which host may get them.
void Transfer::keep_cookies() {
  curl_slist* list = nullptr;
  if (!request_.cookies || curl_easy_getinfo(easy_.get(), CURLINFO_COOKIELIST, &list) != CURLE_OK)
    return;
  const CurlList owner{list};
  cookies_.clear();
  for (; list; list = list->next) cookies_.emplace_back(list->data);
}

bool Transfer::follow_redirect() {
  const HttpLimits& limits = request_.limits;
  const int status = answer_.status;
  const bool redirects =
      status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  if (answer_.fault != HttpFault::ok || !redirects || limits.redirects == 0 ||
      request_.method != "GET" || answer_.header("location").empty())
    return false;
  const auto refuse = [&](const std::string& why) {
    fail(HttpFault::redirect, why);
    return false;
  };
  if (hops_ == limits.redirects)
    return refuse("more than " + std::to_string(limits.redirects) + " redirects");
  const Result<HttpUrl> next = resolve_url(url_, answer_.header("location"));
  if (!next) return refuse("redirects to a URL that can't be requested: " + next.reason());
  if (url_.scheme == "https" && next->scheme == "http")
    return refuse("redirects from https to http");
  if (limits.redirects_same_host && next->host != url_.host)
    return refuse("redirects to another host, " + next->host);
  if (elapsed() >= limits.seconds) {
    fail(HttpFault::timeout_read, "the redirects took too long");
    return false;
  }
  keep_cookies();
  ++hops_;
  url_ = *next;
  answer_ = HttpAnswer{};
  count_body();
  answer_.url = url_.text;
  return true;
}
