#include "model/data_check.hpp"

#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

// Why the server can't be published; "" if it can. Checks everything that becomes a link or the
// name of a file.
std::string fault_of(const Server& server) {
  if (!parse_base_url(server.base_url)) return "\"base_url\" should be http(s)://HOST[:PORT]";
  if (server.server_id && !is_server_id(*server.server_id))
    return "\"server_id\" should be 8 or more lower-case hex digits";
  if (server.key && !parse_public_key(server.key->public_key))
    return "\"key.public_key\" should be 64 hex digits of a key";
  return "";
}

std::string fault_of(const Room& room, const Server& server) {
  if (!is_token(room.token)) return "token\" should be 1 to 64 of 0-9 A-Z a-z _ -";
  if (room.identifier && *room.identifier != room.token + "+" + server.server_id.value_or(""))
    return "identifier\" should be TOKEN+ and the server's \"server_id\"";
  if (room.join_url && !parse_join_url(*room.join_url)) return "join_url\" should be a join link";
  return "";
}

}  // namespace

// An identifier is unique if its token is unique on the server and the server's id is unique.
bool DataCheck::keep_usable(Server& server) {
  const auto leave_out = [&](const std::string& why) {
    left_out_.push_back(server.base_url + ": " + why);
  };
  if (const std::string why = fault_of(server); !why.empty()) {
    leave_out(why);
    return false;
  }
  if (server.server_id && !ids_.insert(*server.server_id).second) {
    leave_out("another server before it has the same \"server_id\", " + *server.server_id);
    return false;
  }
  std::size_t number = 0;
  std::set<std::string> tokens;
  std::erase_if(server.rooms, [&](const Room& room) {
    std::string why = fault_of(room, server);
    if (why.empty() && !tokens.insert(room.token).second)
      why = "token\" is that of another room before it";
    if (!why.empty()) leave_out("\"rooms[" + std::to_string(number) + "]." + why);
    ++number;
    return !why.empty();
  });
  return true;
}
