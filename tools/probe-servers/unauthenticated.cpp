// Requests without a proven key: what a server tells anybody. Nothing proves that it is true.
#include <algorithm>
#include <utility>

#include "crypto/encoding.hpp"
#include "server_probe.hpp"
#include "sogs/api_json.hpp"
#include "sogs/pages.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kMostPages = 3;  // preview pages that are searched for a key
constexpr std::size_t kMostHintsUnauthenticated = 20;
constexpr int kRedirects = 3;

Result<Json> json_of(const HttpAnswer& answer) {
  if (answer.fault != HttpFault::ok || answer.status != 200) return Reason{"no answer"};
  return parse_api_json(answer.body);
}

bool is_page(const HttpAnswer& answer) {
  return answer.fault == HttpFault::ok && answer.status == 200;
}

}  // namespace

Task<HttpAnswer> ServerProbe::get(Endpoint& endpoint, const std::string& path) {
  const Requester::Make make = [&] {
    HttpRequest request;
    request.url = endpoint.base_url + path;
    request.limits.redirects = kRedirects;
    return request;
  };
  Response response = co_await requester_.ask(endpoint, make);
  take_answer(response.answer);
  co_return std::move(response.answer);
}

Task<bool> ServerProbe::find_key(Endpoint& endpoint) {
  std::vector<std::string> tokens = hints_;
  if (tokens.empty()) {
    const HttpAnswer answer = co_await get(endpoint, "/rooms");
    if (!is_http_answer(answer)) co_return false;
    if (const auto json = json_of(answer))
      if (const auto list = parse_room_list(*json, staff_))
        for (const KnownRoom& known : list->rooms)
          if (known.room.read.value_or(false)) tokens.push_back(known.room.token);
  }
  if (tokens.empty()) {
    const HttpAnswer answer = co_await get(endpoint, "/");
    if (!is_http_answer(answer)) co_return false;
    if (is_page(answer)) tokens = tokens_on_index(answer.body);
  }
  if (tokens.size() > kMostPages) tokens.resize(kMostPages);
  for (const std::string& token : tokens)
    for (const char* prefix : {"/r/", "/view/room/"}) {
      const std::string path = prefix + token + (prefix[1] == 'r' ? "/" : "");
      const HttpAnswer answer = co_await get(endpoint, path);
      if (!is_http_answer(answer)) co_return false;
      if (!is_page(answer)) continue;
      for (const JoinUrl& join : joins_on_preview(answer.body)) {
        keys_ = {join.public_key};
        found_.printed_keys[join.public_key] = endpoint.base_url + path;
        co_return true;
      }
    }
  co_return true;
}

Task<bool> ServerProbe::ask_version_3(Endpoint& endpoint) {
  for (const std::string& key : keys_) {
    if (found_.keys[key].answer != KeyAnswer::no_route) continue;
    const Bytes32 server_key = *bytes32_of_hex(key);
    std::vector<SealedRequest> sent;
    const Requester::Make make = [&] {
      HttpRequest request;
      request.method = "POST";
      request.url = endpoint.base_url + std::string{kV3Path};
      const KeyPair client = keys_source_(request.url);
      sent.push_back(seal_v3(server_key, {"GET", "rooms", ""}, client));
      request.body = sent.back().body;
      request.secret = to_hex(client.secret);
      return request;
    };
    const Response response = co_await requester_.ask(endpoint, make);
    if (!is_http_answer(response.answer)) co_return false;
    if (!is_page(response.answer)) continue;
    const auto reply = open_v3(sent[response.attempt], response.answer.body);
    if (!reply) continue;
    found_.is_legacy = true;
    found_.legacy_key = key;
    found_.outcome = {ProbeOutcome::ok, ""};
    if (const auto json = parse_api_json(*reply))
      take_list(RoomsFrom::legacy, parse_legacy_list(*json));
    co_return true;
  }
  co_return true;
}

Task<bool> ServerProbe::ask_unauthenticated(Endpoint& endpoint) {
  HttpAnswer told = co_await get(endpoint, "/capabilities");
  if (!is_http_answer(told)) co_return false;
  if (const auto json = json_of(told))
    if (auto known = parse_capabilities(*json)) {
      found_.capabilities = std::move(*known);
      found_.outcome = {ProbeOutcome::ok, ""};
    }
  std::exchange(told, {});  // it may be large
  HttpAnswer listed = co_await get(endpoint, "/rooms");
  if (!is_http_answer(listed)) co_return false;
  if (const auto json = json_of(listed))
    if (take_list(RoomsFrom::plain, parse_room_list(*json, staff_))) co_return true;
  std::exchange(listed.body, {});
  if (!co_await ask_hints_unauthenticated(endpoint)) co_return false;
  if (found_.rooms_from) co_return true;
  if (!co_await ask_old_lists(endpoint)) co_return false;
  if (found_.outcome.code != ProbeOutcome::ok)
    take_answer(listed);  // tells more than what came after it
  co_return true;
}

Task<bool> ServerProbe::ask_hints_unauthenticated(Endpoint& endpoint) {
  for (std::size_t i = 0; i < std::min(hints_.size(), kMostHintsUnauthenticated); ++i) {
    const std::string path = "/room/" + hints_[i];
    const HttpAnswer answer = co_await get(endpoint, path);
    if (!is_http_answer(answer) || answer.status == 429) co_return false;
    const auto json = json_of(answer);
    if (!json) continue;
    if (auto known = parse_room(*json, staff_)) {
      found_.rooms_from = RoomsFrom::plain_hints;
      found_.rooms.push_back(std::move(*known));
      found_.outcome = {ProbeOutcome::ok, ""};
    }
  }
  co_return true;
}

// For servers without version 4. Single rooms are not requested here: this route also returns
// hidden ones.
Task<bool> ServerProbe::ask_old_lists(Endpoint& endpoint) {
  const HttpAnswer listed = co_await get(endpoint, "/legacy/rooms");
  if (!is_http_answer(listed)) co_return false;
  if (const auto json = json_of(listed))
    if (take_list(RoomsFrom::legacy, parse_legacy_list(*json))) {
      found_.is_legacy = std::all_of(found_.keys.begin(), found_.keys.end(), [](const auto& tried) {
        return tried.second.answer == KeyAnswer::no_route;
      });
      co_return true;
    }
  const HttpAnswer index = co_await get(endpoint, "/");
  if (!is_http_answer(index)) co_return false;
  if (!is_page(index)) co_return true;
  RoomList list;
  for (const std::string& token : tokens_on_index(index.body)) {
    KnownRoom& known = list.rooms.emplace_back();
    known.room.token = token;
    known.unshowable = {NotJoinable::Code::room_data, "the server gives only its token"};
  }
  if (!list.rooms.empty()) take_list(RoomsFrom::index, std::move(list));
  co_return true;
}
