#include "sogs/batch.hpp"

#include "crypto/encoding.hpp"
#include "sogs/api_json.hpp"

InnerRequest batch_of(const std::vector<std::string>& endpoints) {
  Json::Array requests;
  for (const std::string& endpoint : endpoints)
    requests.emplace_back(Json::Object{{"method", Json{"GET"}}, {"path", Json{endpoint}}});
  return {"POST", "/batch", to_text(Json{std::move(requests)})};
}

Result<std::vector<InnerAnswer>> parse_batch(const InnerReply& reply, std::size_t count) {
  if (reply.code != 200) return Reason{"/batch answered " + std::to_string(reply.code)};
  Result<Json> parsed = parse_api_json(reply.body);
  if (!parsed) return Reason{"the answer to /batch is not JSON: " + parsed.reason()};
  Json::Array* items = parsed->array();
  if (!items || items->size() != count)
    return Reason{"the answer to /batch is not a list of " + std::to_string(count) + " answers"};
  std::vector<InnerAnswer> answers;
  for (Json& item : *items) {
    InnerAnswer& answer = answers.emplace_back();
    if (!item.object()) continue;
    for (JsonMember& member : *item.object()) {
      if (member.name == "code")
        answer.code = static_cast<int>(member.value.integer().value_or(0));
      else if (member.name == "body")
        answer.body = std::move(member.value);
      else if (member.name == "headers")
        if (const Json* type = member.value.find("content-type"); type && type->string())
          answer.content_type = *type->string();
    }
  }
  return answers;
}

InnerAnswer inner_answer(const InnerReply& reply) {
  InnerAnswer answer{reply.code, std::string{reply.header("content-type")}, {}};
  Result<Json> parsed = parse_api_json(reply.body);
  answer.body = parsed ? std::move(*parsed) : Json{reply.body};
  return answer;
}

std::string text_of(const InnerAnswer& answer) {
  const std::string* text = answer.body.string();
  if (!text) return "";
  return bytes_of_base64(*text).value_or(*text);
}
