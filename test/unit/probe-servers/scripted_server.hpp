// Community servers for ScriptedClient: they open what is sealed for their key, answer its requests
// one by one, and can stay silent, be slow or be down, each on its own.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "http/http_url.hpp"
#include "http/scripted_client.hpp"
#include "record/server.hpp"
#include "sogs/batch.hpp"
#include "sogs/bencode.hpp"
#include "sogs/onion.hpp"

inline ScriptedReply silence(double connect = 0.05) {
  ScriptedReply reply;
  reply.connect_seconds = connect;
  reply.seconds = kNever;
  return reply;
}

inline ScriptedReply failing(HttpFault fault, double seconds = 0.05) {
  ScriptedReply reply;
  reply.connect_seconds = kNever;
  reply.seconds = seconds;
  reply.answer.fault = fault;
  reply.answer.error = "as the script says";
  return reply;
}

inline ScriptedReply page(int status, const std::string& body = "", double seconds = 0.1) {
  ScriptedReply reply;
  reply.connect_seconds = 0.05;
  reply.seconds = seconds;
  reply.answer.status = status;
  reply.answer.body = body;
  return reply;
}

inline std::string scripted_room(const std::string& token) {
  // In steps, because g++ 14 warns of a sum of so many.
  std::string room = R"({"active_users":23,"active_users_cutoff":604800,"admins":["05)";
  room.append(64, 'a');
  room += R"("],"created":1795378493.5,"description":"General talk","info_updates":6,)";
  room += R"("message_sequence":9,"moderators":[],"name":"Room )" + token;
  room += R"(","read":true,"token":")" + token + R"(","upload":true,"write":true})";
  return room;
}

class ScriptedServer {
 public:
  explicit ScriptedServer(const std::string& host, std::vector<std::string> rooms = {"lounge"})
      : key_{key_pair_of(blake2b_256(host))}, host_{host} {
    paths["/capabilities"] = R"({"capabilities":["blind","sogs"]})";
    std::string list;
    for (const std::string& token : rooms) {
      list += (list.empty() ? "" : ",") + scripted_room(token);
      paths["/room/" + token] = scripted_room(token);
      paths["/r/" + token + "/"] =
          "\"<pre>http://" + host + "/" + token + "?public_key=" + to_hex(key_.open) + "</pre>\"";
    }
    paths["/rooms"] = "[" + list + "]";
  }

  std::string public_key() const { return to_hex(key_.open); }
  Server candidate(std::vector<std::string> hints = {}) const {
    Server server;
    server.base_url = "http://" + host_ + ":8080";
    server.public_keys.emplace_back().public_key = public_key();
    for (const std::string& token : hints) server.room_hints.emplace_back().token = token;
    return server;
  }

  // What it answers: JSON by path; a missing one is 404.
  std::map<std::string, std::string> paths;
  double connect = 0.05, answers_after = 0.1;
  // Instead of an answer, for the request of this number.
  std::function<std::optional<ScriptedReply>(int)> instead = [](int) { return std::nullopt; };
  int requests = 0;
  std::vector<std::string> asked;  // paths, inside and outside

  ScriptedReply reply(const HttpRequest& request) {
    if (const auto other = instead(requests++)) return *other;
    ScriptedReply made = page(200, "", answers_after);
    made.connect_seconds = connect;
    const std::string path = request.url.substr(request.url.find('/', 8));
    if (path == kV4Path) {
      made.answer.body = sealed_answer(request.body);
      if (made.answer.body.empty()) made.answer.status = 400;
    } else {
      asked.push_back(path);
      made.answer.status = paths.contains(path) ? 200 : 404;
      if (paths.contains(path)) made.answer.body = paths.at(path);
    }
    return made;
  }

 private:
  // "" for what it can't read.
  std::string sealed_answer(const std::string& body) {
    std::size_t size = 0;
    for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(body[i]);
    const auto json = parse_json(body.substr(4 + size));
    const auto client = bytes32_of_hex(*json->find("ephemeral_key")->string());
    const Cipher cipher =
        *json->find("enc_type")->string() == "aes-gcm" ? Cipher::aes_gcm : Cipher::xchacha20;
    const Bytes32 key = onion_key(cipher, *shared_secret(key_.secret, *client), *client, key_.open);
    const auto plaintext = unseal(cipher, key, body.substr(4, size));
    if (!plaintext) return "";
    const auto strings = *parse_bencoded(*plaintext);
    const std::string endpoint = *parse_json(strings[0])->find("endpoint")->string();
    std::string answer;
    if (endpoint == "/batch") {
      const auto parts = parse_json(strings[1]);
      for (const Json& part : *parts->array())
        answer += (answer.empty() ? "" : ",") + part_of_batch(*part.find("path")->string());
      answer = "[" + answer + "]";
    } else {
      asked.push_back(endpoint);
      answer = paths.contains(endpoint) ? paths.at(endpoint) : "";
    }
    constexpr std::array<std::uint8_t, 24> kNonce{};
    return seal(cipher, key, std::span{kNonce}.first(nonce_size(cipher)),
                bencode({R"({"code":200,"headers":{"content-type":"application/json"}})", answer}));
  }

  std::string part_of_batch(const std::string& path) {
    asked.push_back(path);
    if (!paths.contains(path)) return R"({"code":404,"headers":{},"body":""})";
    return R"({"code":200,"headers":{"content-type":"application/json"},"body":)" + paths.at(path) +
           "}";
  }

  const KeyPair key_;
  const std::string host_;
};

// Many of them, by host.
class ScriptedWorld {
 public:
  ScriptedServer& add(const std::string& host, std::vector<std::string> rooms = {"lounge"}) {
    return servers_.try_emplace(host, host, std::move(rooms)).first->second;
  }
  ScriptedServer& at(const std::string& host) { return servers_.at(host); }
  std::map<std::string, ScriptedServer>& all() { return servers_; }

  ScriptedClient::Script script() {
    return [this](const HttpRequest& request) {
      const auto url = parse_http_url(request.url);
      const auto found = servers_.find(url->host);
      if (found == servers_.end()) return failing(HttpFault::dns);
      if (url->scheme == "https") return failing(HttpFault::refused);
      return found->second.reply(request);
    };
  }

 private:
  std::map<std::string, ScriptedServer> servers_;
};
