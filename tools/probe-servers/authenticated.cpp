// Behind a proven key: what comes through here was written by the key's holder.
#include <algorithm>
#include <utility>

#include "server_probe.hpp"
#include "sogs/pages.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kRoomsAtOnce = 100;

std::string why_refused(const InnerAnswer& answer) {
  if (answer.code != 200) return "/room/TOKEN answers " + std::to_string(answer.code);
  if (!answer.content_type.empty() && answer.content_type != "application/json")
    return "/room/TOKEN answers with another content type than application/json";
  return answer.body.object() ? "" : "/room/TOKEN answers with something else than a room";
}

}  // namespace

// What was parsed is many times what is kept of it: none of it stays while anybody is asked.
Task<bool> ServerProbe::read_lists(Endpoint& endpoint) {
  if (const auto answers = parse_batch(std::exchange(proof_.reply, {}), 2)) {
    take_capabilities((*answers)[0]);
    take_rooms((*answers)[1]);
    co_return true;
  }
  // One odd answer spoils the batch, not the other one.
  {
    const InnerAnswer capabilities = co_await get_authenticated(endpoint, "/capabilities");
    take_capabilities(capabilities);
  }
  const InnerAnswer rooms = co_await get_authenticated(endpoint, "/rooms");
  if (list_too_big_) add_reason(found_.dropped, "the list of rooms is too big");
  take_rooms(rooms);
  co_return true;
}

void ServerProbe::take_capabilities(const InnerAnswer& answer) {
  if (answer.code != 200) return;
  if (auto known = parse_capabilities(answer.body)) found_.capabilities = std::move(*known);
}

void ServerProbe::take_rooms(const InnerAnswer& answer) {
  if (answer.code == 200) {
    Result<RoomList> list = parse_room_list(answer.body, staff_);
    if (!list) add_reason(found_.dropped, list.reason());
    take_list("onion", std::move(list));
  } else if (answer.code != 0) {
    add_reason(found_.dropped, "/rooms answers " + std::to_string(answer.code));
  }
}

bool ServerProbe::reserve_memory() {
  std::size_t bytes = 0;
  for (const auto& [room, unshowable] : found_.rooms)
    bytes += sizeof(KnownRoom) + room.name.value_or("").size() +
             room.description.value_or("").size() +
             66 * (room.admins.size() + room.moderators.size());
  if (!memory_.has_room(bytes, is_known_)) {
    add_reason(found_.dropped, "the rooms were not asked for: all servers together told too much");
    return false;
  }
  memory_.add(memory_taken_ = bytes);
  return true;
}

Task<InnerAnswer> ServerProbe::get_authenticated(Endpoint& endpoint, const std::string& path) {
  const InnerRequest request{"GET", path, ""};
  const KeyVerdict verdict = co_await prove_with(endpoint, found_.proven, proof_.cipher, request);
  if (verdict.answer != KeyAnswer::proven) co_return InnerAnswer{};
  co_return inner_answer(verdict.reply);
}

// As a joining client does, for every room of the list; where there is no list, for
// those that somebody named.
Task<bool> ServerProbe::ask_each_room(Endpoint& endpoint) {
  std::vector<std::string> tokens = hints_;
  std::string shown;  // the room whose page is asked for
  if (found_.rooms_from) {
    tokens.clear();
    for (const KnownRoom& known : found_.rooms) {
      tokens.push_back(known.room.token);
      if (shown.empty() && known.room.read.value_or(false)) shown = known.room.token;
    }
  } else if (!hints_.empty()) {
    shown = hints_.front();
  }
  std::size_t chunk = kRoomsAtOnce;
  for (std::size_t next = 0; next < tokens.size();) {
    const std::size_t count = std::min(chunk, tokens.size() - next);
    std::vector<std::string> endpoints;
    for (std::size_t i = next; i < next + count; ++i) endpoints.push_back("/room/" + tokens[i]);
    const bool asks_page = next == 0 && !shown.empty();
    if (asks_page) endpoints.push_back("/r/" + shown + "/");
    const InnerRequest request = batch_of(endpoints);
    is_last_request_ = next + count == tokens.size();
    const KeyVerdict verdict = co_await prove_with(endpoint, found_.proven, proof_.cipher, request);
    is_last_request_ = false;
    if (verdict.answer != KeyAnswer::proven && list_too_big_ && chunk > 1) {
      chunk /= 4;
      continue;
    }
    if (verdict.answer == KeyAnswer::none) co_return false;
    const auto answers = verdict.answer == KeyAnswer::proven
                             ? parse_batch(verdict.reply, endpoints.size())
                             : Result<std::vector<InnerAnswer>>{Reason{verdict.reason}};
    if (answers) {
      for (std::size_t i = 0; i < count; ++i) take_room(tokens[next + i], (*answers)[i]);
      if (asks_page) take_preview(answers->back());
    }
    next += count;
  }
  co_return true;
}

void ServerProbe::take_room(const std::string& token, const InnerAnswer& answer) {
  found_.checks[token] = why_refused(answer);
  if (found_.rooms_from == "onion" || !found_.checks[token].empty()) return;
  if (auto known = parse_room(answer.body, staff_)) {
    found_.rooms_from = "onion-hints";
    found_.rooms.push_back(std::move(*known));
  }
}

void ServerProbe::take_preview(const InnerAnswer& answer) {
  if (answer.code != 200) return;
  const std::string page = text_of(answer);
  for (const JoinUrl& join : joins_on_preview(page))
    if (join.public_key == found_.proven && join.base.host != "example.net")  // the default
      found_.prints_url = join.base.text();
}
