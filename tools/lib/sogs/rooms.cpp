#include "sogs/rooms.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "base/time.hpp"
#include "text/clean.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kLongestName = 100, kLongestDescription = 1000;  // characters
constexpr std::int64_t kMostUsers = 1'000'000;
constexpr std::int64_t kMostInteger = std::int64_t{1} << 53;  // exact in every JSON reader
constexpr std::int64_t kLongestCutoff = 3660 * kDay;          // seconds
constexpr double kLatestCreated = 4102444800;                 // 2100-01-01
constexpr std::size_t kMostCapabilities = 50, kLongestCapability = 64;
constexpr std::size_t kMostDropped = 30;
constexpr std::size_t kMostStaff = 1000;

const Json* member(const Json& json, std::string_view name) {
  const Json* value = json.find(name);
  return value && !value->is_null() ? value : nullptr;
}

std::string expected(std::string_view what) { return "expected " + std::string{what}; }

// A Session id as servers print it: 05… or blinded, 15… and 25….
bool is_session_id(std::string_view text) {
  return text.size() == 66 && (text[0] >= '0' && text[0] <= '2') && text[1] == '5' &&
         is_lower_hex(text);
}

// Reads the members of one room.
class RoomReader {
 public:
  RoomReader(const Json& json, Room& room) : json_{json}, room_{room} {}

  void text(const char* name, std::size_t most, Lines lines, std::optional<std::string>& into) {
    const Json* value = member(json_, name);
    if (!value) return;
    if (!value->string()) return drop(name, "a text");
    CleanText clean = clean_text(*value->string(), most, lines);
    if (clean.changed) room_.cleaned = true;
    if (!clean.text.empty()) into = std::move(clean.text);
  }

  void whole(const char* name, std::int64_t least, std::int64_t most,
             std::optional<std::int64_t>& into) {
    const Json* value = member(json_, name);
    if (!value) return;
    const auto number = value->integer();
    if (!number || *number < least || *number > most)
      return drop(name,
                  "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    into = number;
  }

  void time(const char* name, std::optional<double>& into) {
    const Json* value = member(json_, name);
    if (!value) return;
    const auto number = value->real();
    if (!number || *number < 0 || *number > kLatestCreated)
      return drop(name, "a time in Unix seconds");
    into = number;
  }

  void flag(const char* name, std::optional<bool>& into) {
    const Json* value = member(json_, name);
    if (!value) return;
    if (!value->boolean()) return drop(name, "true or false");
    into = *value->boolean();
  }

  // The valid ids of a list, each once.
  std::optional<std::set<std::string>> ids(const char* name) {
    const Json* value = member(json_, name);
    if (!value) return std::nullopt;
    if (!value->array()) {
      drop(name, "a list of Session ids");
      return std::nullopt;
    }
    std::set<std::string> found;
    for (const Json& item : *value->array())
      if (!item.string() || !is_session_id(*item.string()) || found.size() >= kMostStaff)
        drop(name, "Session ids, and no more than " + std::to_string(kMostStaff));
      else
        found.insert(*item.string());
    return found;
  }

 private:
  void drop(const char* name, const std::string& what) {
    const Dropped dropped{Dropped::Code::bad_member, name, {}, {}, expected(what)};
    if (std::find(room_.dropped.begin(), room_.dropped.end(), dropped) == room_.dropped.end())
      add_dropped(room_.dropped, dropped);
  }

  const Json& json_;
  Room& room_;
};

void read_staff(RoomReader& read, KnownRoom& known, Staff staff) {
  Room& room = known.room;
  const auto admins = read.ids("admins"), moderators = read.ids("moderators");
  if (!admins && !moderators) return;
  std::set<std::string> all = admins.value_or(std::set<std::string>{});
  if (moderators) all.insert(moderators->begin(), moderators->end());
  room.staff_count = all.size();
  known.staff.assign(all.begin(), all.end());
  if (staff != Staff::named) return;
  if (admins) room.admins.assign(admins->begin(), admins->end());
  if (moderators) room.moderators.assign(moderators->begin(), moderators->end());
}

NotJoinable room_data(std::string text) { return {NotJoinable::Code::room_data, std::move(text)}; }

// The members without which iOS shows no room, and their types (protocol.md 5.3).
std::optional<NotJoinable> why_unshowable(const Json& json) {
  const auto whole = [](const Json& value) { return value.integer().has_value(); };
  const auto number = [](const Json& value) { return value.real().has_value(); };
  const auto flag = [](const Json& value) { return value.boolean() != nullptr; };
  const auto text = [](const Json& value) { return value.string() && !value.string()->empty(); };
  const auto texts = [](const Json& value) {
    return value.array() && std::all_of(value.array()->begin(), value.array()->end(),
                                        [](const Json& item) { return item.string(); });
  };
  struct Demand {
    const char* name;
    bool (*holds)(const Json&);
  };
  const Demand demands[] = {{"token", text},
                            {"name", text},
                            {"info_updates", whole},
                            {"message_sequence", whole},
                            {"created", number},
                            {"active_users", whole},
                            {"active_users_cutoff", whole},
                            {"admins", texts},
                            {"moderators", texts},
                            {"read", flag},
                            {"write", flag},
                            {"upload", flag}};
  for (const Demand& demand : demands)
    if (const Json* value = json.find(demand.name); !value)
      return room_data(std::string{"clients need its \""} + demand.name + "\", which is missing");
    else if (!demand.holds(*value))
      return room_data(std::string{"clients can't read its \""} + demand.name + "\"");
  return std::nullopt;
}

bool is_preferred(const Room& a, const Room& b) {
  const auto rank = [](const Room& room) {
    return std::tuple{room.active_users.value_or(-1), room.message_sequence.value_or(-1)};
  };
  return rank(a) != rank(b) ? rank(a) > rank(b) : a.token < b.token;
}

template <class ParseOne>
Result<RoomList> parse_list(const Json& json, ParseOne&& parse_one) {
  if (!json.array()) return Reason{"the list of rooms is not a list"};
  RoomList list;
  std::map<std::string, KnownRoom> by_token;
  std::int64_t index = -1;
  std::size_t past_the_end = 0;
  for (const Json& item : *json.array()) {
    ++index;
    Result<KnownRoom> parsed = parse_one(item);
    if (!parsed) {
      add_dropped(list.dropped, {Dropped::Code::bad_entry, {}, {}, index, parsed.reason()});
      continue;
    }
    const std::string key = folded_token(parsed->room.token);
    if (const auto twin = by_token.find(key); twin != by_token.end()) {
      if (is_preferred(parsed->room, twin->second.room)) std::swap(*parsed, twin->second);
      const std::string& token = parsed->room.token;
      const auto code = token != twin->second.room.token ? Dropped::Code::same_token
                                                         : Dropped::Code::repeated_token;
      add_dropped(list.dropped, {code, {}, token, {}, {}});
    } else if (by_token.size() >= kMostRooms) {
      ++past_the_end;
    } else {
      by_token.emplace(key, std::move(*parsed));
    }
  }
  if (past_the_end > 0)
    list.dropped.insert(
        list.dropped.begin(),
        {Dropped::Code::too_many,
         {},
         {},
         {},
         std::to_string(past_the_end) + " rooms past the first " + std::to_string(kMostRooms)});
  for (auto& [key, room] : by_token) list.rooms.push_back(std::move(room));
  return list;
}

// A room of which the server gives only token and name.
Result<KnownRoom> parse_legacy_room(const Json& json) {
  const Json* id = json.find("id");
  if (!id || !id->string() || !is_token(*id->string()))
    return Reason{"\"id\": " + expected("a token")};
  KnownRoom known;
  known.room.token = *id->string();
  RoomReader{json, known.room}.text("name", kLongestName, Lines::one, known.room.name);
  known.unshowable = room_data("the server gives only its token and name");
  return known;
}

}  // namespace

void add_dropped(std::vector<Dropped>& all, Dropped one) {
  if (all.size() < kMostDropped)
    all.push_back(std::move(one));
  else if (all.size() == kMostDropped)
    all.push_back({Dropped::Code::more, {}, {}, {}, {}});
}

std::string folded_token(std::string_view token) { return to_lower(token); }

Result<KnownRoom> parse_room(const Json& json, Staff staff) {
  if (!json.object()) return Reason{"expected an object"};
  const Json* token = json.find("token");
  if (!token || !token->string() || !is_token(*token->string()))
    return Reason{"\"token\": " + expected("1 to 64 letters, digits, \"_\" and \"-\"")};
  KnownRoom known;
  Room& room = known.room;
  room.token = *token->string();
  RoomReader read{json, room};
  read.text("name", kLongestName, Lines::one, room.name);
  read.text("description", kLongestDescription, Lines::many, room.description);
  read.whole("active_users", 0, kMostUsers, room.active_users);
  read.whole("active_users_cutoff", 1, kLongestCutoff, room.active_users_cutoff);
  read.time("created", room.created);
  read.whole("image_id", 0, kMostInteger, room.image_id);
  read.whole("info_updates", 0, kMostInteger, room.info_updates);
  read.whole("message_sequence", 0, kMostInteger, room.message_sequence);
  read.flag("read", room.read);
  read.flag("write", room.write);
  read.flag("upload", room.upload);
  read_staff(read, known, staff);
  known.unshowable = why_unshowable(json);
  return known;
}

Result<RoomList> parse_room_list(const Json& json, Staff staff) {
  return parse_list(json, [staff](const Json& item) { return parse_room(item, staff); });
}

std::optional<std::int64_t> count_staff(std::vector<KnownRoom>& rooms) {
  std::vector<std::string> global;
  std::size_t telling = 0;
  for (const KnownRoom& known : rooms) {
    if (!known.room.staff_count) continue;
    if (telling++ == 0) {
      global = known.staff;
      continue;
    }
    std::vector<std::string> common;
    std::set_intersection(global.begin(), global.end(), known.staff.begin(), known.staff.end(),
                          std::back_inserter(common));
    global = std::move(common);
  }
  if (telling < 2) return std::nullopt;
  for (KnownRoom& known : rooms)
    if (known.room.staff_count) known.room.staff_count = known.staff.size() - global.size();
  return global.size();
}

Result<RoomList> parse_legacy_list(const Json& json) {
  const Json* rooms = json.find("rooms");
  if (!rooms) return Reason{"there is no list of rooms"};
  return parse_list(*rooms, parse_legacy_room);
}

Result<std::vector<std::string>> parse_capabilities(const Json& json) {
  const Json* list = json.find("capabilities");
  if (!list || !list->array()) return Reason{"there is no list of capabilities"};
  std::set<std::string> found;
  for (const Json& item : *list->array())
    if (const std::string* name = item.string();
        name && !name->empty() && name->size() <= kLongestCapability &&
        found.size() < kMostCapabilities &&
        std::all_of(name->begin(), name->end(), [](char c) { return c > ' ' && c < 0x7f; }))
      found.insert(*name);
  return std::vector<std::string>{found.begin(), found.end()};
}
