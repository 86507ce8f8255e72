// Several GET requests in one onion request: POST /batch (protocol.md 4).
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "ndjson/json.hpp"
#include "sogs/onion.hpp"

// The answer to one of them.
struct InnerAnswer {
  int code = 0;
  std::string content_type;
  Json body;  // a body that is not JSON is a string, in base64 on most servers

  bool is_json() const { return code == 200 && content_type == "application/json"; }
};

InnerRequest batch_of(const std::vector<std::string>& endpoints);

// The answers, one for each of `count` requests.
Result<std::vector<InnerAnswer>> parse_batch(const InnerReply& reply, std::size_t count);

// The reply to a single request, in the same shape.
InnerAnswer inner_answer(const InnerReply& reply);

// The bytes of a body that is not JSON.
std::string text_of(const InnerAnswer& answer);
