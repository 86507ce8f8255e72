// What servers say of their rooms: every member to a value or a reason.
#include "sogs/rooms.hpp"

#include <cstdio>

#include "sogs/api_json.hpp"
#include "sogs/pages.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static const std::string kId = "05" + std::string(64, 'a'), kOther = "15" + std::string(64, 'b');

// A healthy room with one member put in its place, or left out for "".
static std::string room_with(const std::string& name = "", const std::string& value = "") {
  const std::pair<std::string, std::string> members[] = {{"token", "\"lounge\""},
                                                         {"name", "\"Lab Lounge\""},
                                                         {"description", "\"Talk\""},
                                                         {"active_users", "23"},
                                                         {"active_users_cutoff", "604800"},
                                                         {"created", "1795378493.5830162"},
                                                         {"image_id", "1"},
                                                         {"info_updates", "6"},
                                                         {"message_sequence", "1"},
                                                         {"read", "true"},
                                                         {"write", "true"},
                                                         {"upload", "false"},
                                                         {"admins", "[\"" + kId + "\"]"},
                                                         {"moderators", "[\"" + kOther + "\"]"},
                                                         {"pinned_messages", "[]"}};
  std::string text = "{";
  for (const auto& [member, healthy] : members) {
    const std::string& written = member == name ? value : healthy;
    if (!written.empty()) text += (text.size() > 1 ? ",\"" : "\"") + member + "\":" + written;
  }
  return text + "}";
}

static KnownRoom room_of(const std::string& text, Staff staff = Staff::counted) {
  return *parse_room(*parse_api_json(text), staff);
}
static KnownRoom with(const std::string& name, const std::string& value) {
  return room_of(room_with(name, value));
}
static RoomList list_of(const std::string& text) {
  return *parse_room_list(*parse_api_json(text), Staff::counted);
}

static void a_healthy_room() {
  const KnownRoom known = room_of(room_with());
  const Room& room = known.room;
  check(!known.unshowable && room.dropped.empty() && !room.cleaned);
  check(room.token == "lounge" && room.name == "Lab Lounge" && room.description == "Talk");
  check(room.active_users == 23 && room.active_users_cutoff == 604800);
  check(room.created == 1795378493.5830162);
  check(room.image_id == 1 && room.info_updates == 6 && room.message_sequence == 1);
  check(room.read == true && room.write == true && room.upload == false);
  check(room.staff_count == 2 && room.admins.empty() && room.moderators.empty());
  check(room.unknown_members.empty());
  const Room named = room_of(room_with(), Staff::named).room;
  check(named.admins == std::vector{kId} && named.moderators == std::vector{kOther});
  check(with("moderators", "[\"" + kId + "\",\"" + kId + "\"]").room.staff_count == 1);
}

static void what_bunsogs_sends() {
  const KnownRoom known = with("description", "null");
  check(!known.room.description && known.room.dropped.empty() && !known.unshowable);
  check(!with("image_id", "null").room.image_id && with("image_id", "null").room.dropped.empty());
  check(!with("image_id", "").unshowable);
}

static void unusual_values() {
  for (const char* count :
       {"-1", "9223372036854775808", "1e308", "\"5\"", "true", "1.5", "1000001"}) {
    const KnownRoom known = with("active_users", count);
    check(!known.room.active_users);
    const Dropped why{Dropped::Code::bad_member,
                      "active_users",
                      {},
                      {},
                      "expected a whole number from 0 to 1000000"};
    check(known.room.dropped == std::vector{why});
  }
  check(with("active_users", "1000000").room.active_users == 1000000);
  check(!with("active_users", "null").room.active_users);
  for (const char* id : {"\"1/../2\"", "\"1\"", "1.5", "-1", "[]"})
    check(!with("image_id", id).room.image_id && with("image_id", id).room.dropped.size() == 1);
  check(!with("created", "1e308").room.created && !with("created", "\"x\"").room.created);
  check(!with("name", "5").room.name && with("name", "5").room.dropped.size() == 1);
  check(!with("read", "1").room.read);
  check(with("admins", "[\"" + kId + "\",5,\"../x\"]").room.staff_count == 2);
  check(!with("admins", "{}").room.dropped.empty() && with("admins", "{}").room.staff_count == 1);
  for (const char* token : {"\"../x\"", "\"a\\\"b\"", "\"%2e%2e\"", "\"\"", "5", "null", "\"a b\""})
    check(!parse_room(*parse_api_json(room_with("token", token)), Staff::counted));
  check(!parse_room(*parse_api_json(room_with("token", "\"" + std::string(65, 'x') + "\"")),
                    Staff::counted));
  check(parse_room(*parse_api_json(room_with("token", "\"" + std::string(64, 'x') + "\"")),
                   Staff::counted));
  for (const char* no_room : {"null", "5", "[]", "\"x\"", "{}"})
    check(!parse_room(*parse_api_json(no_room), Staff::counted));
}

static void what_clients_need() {
  for (const char* name :
       {"name", "info_updates", "message_sequence", "created", "active_users",
        "active_users_cutoff", "admins", "moderators", "read", "write", "upload"}) {
    const auto room_data = [&](const std::string& text) {
      return NotJoinable{NotJoinable::Code::room_data, text};
    };
    check(with(name, "").unshowable ==
          room_data("clients need its \"" + std::string{name} + "\", which is missing"));
    check(with(name, "{}").unshowable ==
          room_data("clients can't read its \"" + std::string{name} + "\""));
  }
  check(with("name", "\"\"").unshowable.has_value());
  check(!with("active_users", "-1").unshowable);  // clients take it, we don't believe it
}

static void hostile_text() {
  const KnownRoom evil = with("name", "\"\\u202Eevil\\u0007\\ud800\\u0000<b>\"");
  check(evil.room.name == "evil<b>" && evil.room.cleaned == true);
  check(with("name",
             "\"a\xff\xc0"
             "b\"")
            .room.name == "ab");
  check(with("name", "\"a\nb\x01\"").room.name == "ab");  // raw, which JSON forbids
  check(with("description", "\"a\\nb\"").room.description == "a\nb");
  check(!with("description", "\"a\\nb\"").room.cleaned);
  check(with("name", "\"\\ud83d\\ude00\\\\ud800\"").room.name == "😀\\ud800");
  check(with("description", "\"" + std::string(100000, 'x') + "\"").room.description->size() ==
        999 + 3);
  check(!with("name", "\"\\u200b\"").room.name && with("name", "\"\\u200b\"").room.cleaned == true);
  check(!parse_api_json("{\"a\":\"\\ud800\"") && !parse_api_json("") && !parse_api_json("<html>"));
  check(!parse_api_json(std::string(100000, '[')));
}

static void lists() {
  check(list_of("[]").rooms.empty());
  check(!parse_room_list(*parse_api_json("{\"rooms\":[]}"), Staff::counted));
  const RoomList mixed = list_of("[" + room_with() + ",5," + room_with("token", "\"../x\"") + "," +
                                 room_with("token", "\"Another\"") + "]");
  check(mixed.rooms.size() == 2 && mixed.rooms[0].room.token == "Another");
  check(mixed.dropped.size() == 2 && mixed.dropped[0].index == 1 &&
        mixed.dropped[0].code == Dropped::Code::bad_entry);

  const std::string big = room_with("token", "\"LOUNGE\""), small = room_with("active_users", "1");
  for (const std::string& text : {"[" + big + "," + small + "]", "[" + small + "," + big + "]"}) {
    const RoomList folded = list_of(text);
    check(folded.rooms.size() == 1 && folded.rooms[0].room.token == "LOUNGE");
    const Dropped why{Dropped::Code::same_token, {}, "lounge", {}, {}};
    check(folded.dropped == std::vector{why});
  }

  std::string many = "[";
  for (int i = 0; i < 3000; ++i) many += "{\"token\":\"t" + std::to_string(i) + "\"},";
  const RoomList capped = list_of(many + "{}]");
  check(capped.rooms.size() == kMostRooms);
  check(capped.dropped[0].code == Dropped::Code::too_many &&
        capped.dropped[0].detail == "2000 rooms past the first 1000");

  const auto legacy = parse_legacy_list(*parse_api_json(
      "{\"rooms\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"..\"}],\"status_code\":200}"));
  check(legacy && legacy->rooms.size() == 1 && legacy->rooms[0].room.name == "A");
  check(legacy->rooms[0].unshowable && legacy->dropped.size() == 1);
  check(!parse_legacy_list(*parse_api_json("{\"status_code\":404}")));

  const auto told = parse_capabilities(*parse_api_json(
      "{\"capabilities\":[\"sogs\",\"blind\",\"sogs\",5,\"a b\",\"\",\"\\u202e\"]}"));
  check(told && *told == (std::vector<std::string>{"blind", "sogs"}));
  check(!parse_capabilities(*parse_api_json("[]")));
}

static void pages() {
  const std::string key = "7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13";
  const auto joins = joins_on_preview("<pre>http://example.net/lounge?public_key=" + key +
                                      "</pre><p>public_key=" + key + " http://x/y?public_key=00");
  check(joins.size() == 1 && joins[0].public_key == key && joins[0].token == "lounge");
  check(joins[0].base.text() == "http://example.net");
  check(tokens_on_index("<a href=\"/r/lounge\">x</a> <a href='/r/News-2/'> <a href=\"/r/../x\">"
                        "<a href=\"/view/room/old\"> /r/text <a href=\"/r/a%2e\"><a href=\"/r/") ==
        (std::vector<std::string>{"News-2", "lounge", "old"}));
  std::string flood;
  for (int i = 0; i < 300000; ++i) flood += "public_key=href=\"/r/";
  check(joins_on_preview(flood).empty() && tokens_on_index(flood).empty());
}

// A room of these moderators.
static KnownRoom staffed(const std::string& moderators) {
  return room_of(room_with("moderators", moderators));
}

static void staff_of_all_rooms_is_counted_apart() {
  const std::string third = "05" + std::string(64, 'c');
  std::vector<KnownRoom> rooms{staffed("[\"" + kOther + "\"]"), staffed("[\"" + third + "\"]"),
                               staffed("[\"" + third + "\",\"" + kOther + "\"]")};
  check(count_staff(rooms) == 1);  // the admin
  check(rooms[0].room.staff_count == 1 && rooms[1].room.staff_count == 1 &&
        rooms[2].room.staff_count == 2);
  std::vector<KnownRoom> one{staffed("[\"" + kOther + "\"]")};
  check(!count_staff(one) && one[0].room.staff_count == 2);
  std::vector<KnownRoom> silent{with("admins", ""), with("admins", "")};
  for (KnownRoom& known : silent) known.room.staff_count.reset();
  check(!count_staff(silent) && !silent[0].room.staff_count);
}

int main() {
  staff_of_all_rooms_is_counted_apart();
  a_healthy_room();
  what_bunsogs_sends();
  unusual_values();
  what_clients_need();
  hostile_text();
  lists();
  pages();
  return failures != 0;
}
