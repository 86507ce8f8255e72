// Requests with a proven key: every answer comes from the holder of the key.
#include <algorithm>
#include <utility>

#include "server_probe.hpp"
#include "sogs/pages.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kRoomsAtOnce = 100;
constexpr std::size_t kBytesOfId = sizeof(std::string) + 66;

std::optional<NotJoinable> why_refused(const InnerAnswer& answer) {
  const auto refused = [](std::string text) {
    return NotJoinable{NotJoinable::Code::room_refused, std::move(text)};
  };
  if (answer.code != 200)
    return refused("/room/TOKEN answers with status " + std::to_string(answer.code));
  if (!answer.content_type.empty() && answer.content_type != "application/json")
    return refused("/room/TOKEN answers with another content type than application/json");
  if (!answer.body.object()) return refused("/room/TOKEN answers with JSON that is no object");
  return std::nullopt;
}

}  // namespace

// The parsed JSON is many times larger than what is kept of it, so it is freed before the next
// request.
Task<bool> ServerProbe::read_lists(Endpoint& endpoint) {
  if (const auto answers =
          parse_batch(std::exchange(proof_.reply, {}), 2 + first_.endpoints().size())) {
    take_capabilities((*answers)[0]);
    take_rooms((*answers)[1]);
    take_first_round(*answers);
    co_return true;
  }
  // One bad answer makes the batch unreadable, so ask each one by itself.
  {
    const InnerAnswer capabilities = co_await get_authenticated(endpoint, "/capabilities");
    take_capabilities(capabilities);
  }
  const InnerAnswer rooms = co_await get_authenticated(endpoint, "/rooms");
  if (list_too_big_) add_dropped(found_.dropped, {Dropped::Code::too_big, {}, {}, {}, {}});
  take_rooms(rooms);
  after_first_.has_list = found_.rooms_from.has_value();
  co_return true;
}

void ServerProbe::take_first_round(const std::vector<InnerAnswer>& answers) {
  after_first_.asked = first_;
  after_first_.has_list = found_.rooms_from.has_value();
  for (const KnownRoom& known : found_.rooms)
    after_first_.is_room_shown |=
        known.room.token == first_.page && known.room.read.value_or(false);
  for (std::size_t i = 0; i < first_.tokens.size(); ++i)
    take_room(first_.tokens[i], answers[2 + i]);
  if (!first_.page.empty()) {
    after_first_.has_page = answers.back().code == 200;
    take_preview(answers.back());
  }
}

void ServerProbe::take_capabilities(const InnerAnswer& answer) {
  if (answer.code != 200) return;
  if (auto known = parse_capabilities(answer.body)) found_.capabilities = std::move(*known);
}

void ServerProbe::take_rooms(const InnerAnswer& answer) {
  if (answer.code == 200) {
    Result<RoomList> list = parse_room_list(answer.body, staff_);
    if (!list) add_dropped(found_.dropped, {Dropped::Code::no_list, {}, {}, {}, list.reason()});
    take_list(RoomsFrom::onion, std::move(list));
  } else if (answer.code != 0) {
    add_dropped(found_.dropped, {Dropped::Code::refused,
                                 {},
                                 {},
                                 {},
                                 "/rooms answers with status " + std::to_string(answer.code)});
  }
}

bool ServerProbe::reserve_memory() {
  std::size_t bytes = 0;
  for (const auto& [room, unshowable, staff] : found_.rooms)
    bytes += sizeof(KnownRoom) + room.name.value_or("").size() +
             room.description.value_or("").size() +
             kBytesOfId * (room.admins.size() + room.moderators.size() + staff.size());
  if (!memory_.has_room(bytes, is_known_)) {
    add_dropped(found_.dropped, {Dropped::Code::no_memory, {}, {}, {}, {}});
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

Task<bool> ServerProbe::ask_second_round(Endpoint& endpoint) {
  const Round round = second_round(after_first_, hints_, found_.rooms);
  std::size_t chunk = kRoomsAtOnce;
  for (std::size_t next = 0; next < std::max<std::size_t>(1, round.tokens.size());) {
    const std::size_t count = std::min(chunk, round.tokens.size() - next);
    Round part{{round.tokens.begin() + static_cast<std::ptrdiff_t>(next),
                round.tokens.begin() + static_cast<std::ptrdiff_t>(next + count)},
               next == 0 ? round.page : ""};
    if (part.is_empty()) co_return true;
    const std::vector<std::string> endpoints = part.endpoints();
    const InnerRequest request = batch_of(endpoints);
    const KeyVerdict verdict = co_await prove_with(endpoint, found_.proven, proof_.cipher, request);
    if (verdict.answer != KeyAnswer::proven && list_too_big_ && chunk > 1) {
      chunk /= 4;
      continue;
    }
    if (verdict.answer == KeyAnswer::none) co_return false;
    const auto answers = verdict.answer == KeyAnswer::proven
                             ? parse_batch(verdict.reply, endpoints.size())
                             : Result<std::vector<InnerAnswer>>{Reason{verdict.reason}};
    if (answers) {
      for (std::size_t i = 0; i < count; ++i) take_room(part.tokens[i], (*answers)[i]);
      if (!part.page.empty()) take_preview(answers->back());
    }
    next += std::max<std::size_t>(1, count);
  }
  co_return true;
}

// A room from a hint, which may not be in the server's list.
void ServerProbe::take_room(const std::string& token, const InnerAnswer& answer) {
  found_.checks[token] = why_refused(answer);
  if (found_.checks[token]) return;
  auto known = parse_room(answer.body, staff_);
  if (!known) return;
  const std::string folded = folded_token(known->room.token);
  for (const KnownRoom& other : found_.rooms)
    if (folded_token(other.room.token) == folded) return;
  if (!found_.rooms_from) found_.rooms_from = RoomsFrom::onion_hints;
  found_.rooms.push_back(std::move(*known));
}

void ServerProbe::take_preview(const InnerAnswer& answer) {
  if (answer.code != 200) return;
  const std::string page = text_of(answer);
  for (const JoinUrl& join : joins_on_preview(page))
    if (join.public_key == found_.proven && join.base.host != "example.net")  // the default
      found_.prints_url = join.base.text();
}
