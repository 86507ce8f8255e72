// Thousands of servers of Communities on loopback, in one fast process: a peer for
// make bench-probe, where test/server/world.py would be what is measured.
//
// usage: servers COUNT [faulty]
//
// Prints a candidate for each server, one a line, closes standard output and serves
// until standard input ends. Each has an address of its own in 127.0.0.0/8 and a key of
// its own, answers /rooms to anybody, and the batches of probe-servers as onion requests
// of version 4 with xchacha20. With "faulty", every fifth keeps silent, hangs up,
// answers 500 or sends what is no HTTP, by turns.
#include <arpa/inet.h>
#include <array>
#include <net/if.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "sogs/bencode.hpp"
#include "sogs/onion.hpp"

namespace {

constexpr std::uint32_t kNetwork = 127u << 24 | 1u << 16;  // 127.1.0.0
constexpr std::string_view kPath = "/oxen/v4/lsrpc";
constexpr int kRooms = 5;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

const KeyPair& key_of(std::uint32_t number) {
  static std::unordered_map<std::uint32_t, KeyPair> known;
  const auto found = known.find(number);
  if (found != known.end()) return found->second;
  return known[number] = key_pair_of(blake2b_256("server " + std::to_string(number)));
}

std::string room_json(int number) {
  const std::string n = std::to_string(number);
  return R"({"active_users":23,"active_users_cutoff":604800,"admins":["05)" + std::string(64, 'a') +
         R"("],"created":1795378493.583)" + n + R"(,"description":"General talk in room )" + n +
         R"(","image_id":1,"info_updates":6,"message_sequence":)" + n +
         R"(,"moderators":[],"name":"Room )" + n +
         R"(","pinned_messages":[],"read":true,"token":"room)" + n +
         R"(","upload":true,"write":true})";
}

const std::string& rooms_json() {
  static const std::string list = [] {
    std::string text = "[";
    for (int i = 0; i < kRooms; ++i) text += (i ? "," : "") + room_json(i);
    return text + "]";
  }();
  return list;
}

// What one request of a batch is answered.
std::string batch_part(std::string_view path) {
  std::string body;
  if (path == "/capabilities") body = R"({"capabilities":["blind","reactions","sogs"]})";
  if (path == "/rooms") body = rooms_json();
  if (path.substr(0, 10) == "/room/room") body = room_json(path.back() - '0');
  if (path.substr(0, 7) == "/r/room")  // a preview page of the usual size
    body = "\"<html>" + std::string(500, ' ') + "<pre>http://example.net</pre></html>\"";
  if (body.empty()) return R"({"code":404,"headers":{"content-type":"text/html"},"body":""})";
  return R"({"code":200,"headers":{"content-type":"application/json"},"body":)" + body + "}";
}

// The value of a member in JSON that probe-servers wrote, at or after `from`.
std::string_view text_after(std::string_view json, std::string_view name, std::size_t& from) {
  const std::string wanted = "\"" + std::string{name} + "\":\"";
  from = json.find(wanted, from);
  if (from == json.npos) return {};
  from += wanted.size();
  return json.substr(from, json.find('"', from) - from);
}

std::optional<std::string> onion_answer(std::uint32_t number, std::string_view body) {
  if (body.size() < 4) return std::nullopt;
  std::uint32_t size = 0;
  for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(body[i]);
  if (size > body.size() - 4) return std::nullopt;
  std::size_t at = 0;
  const auto client = bytes32_of_hex(text_after(body.substr(4 + size), "ephemeral_key", at));
  const KeyPair& own = key_of(number);
  const auto secret = client ? shared_secret(own.secret, *client) : std::nullopt;
  if (!secret) return std::nullopt;
  const Bytes32 key = onion_key(Cipher::xchacha20, *secret, *client, own.open);
  const auto plaintext = unseal(Cipher::xchacha20, key, body.substr(4, size));
  if (!plaintext) return std::nullopt;
  std::string batch = "[";
  std::size_t from = 0;
  for (std::string_view path = text_after(*plaintext, "path", from); !path.empty();
       path = text_after(*plaintext, "path", from))
    batch += (batch.size() > 1 ? "," : "") + batch_part(path);
  constexpr std::array<std::uint8_t, 24> kNonce{};
  return seal(
      Cipher::xchacha20, key, kNonce,
      bencode({R"({"code":200,"headers":{"content-type":"application/json"}})", batch + "]"}));
}

std::string http(int status, std::string_view body) {
  return "HTTP/1.1 " + std::to_string(status) + (status == 200 ? " OK" : " No") +
         "\r\nContent-Type: application/octet-stream\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

struct Connection {
  std::uint32_t number = 0;  // of the server
  std::string in, out;
};

class Servers {
 public:
  Servers(std::uint32_t count, bool some_are_faulty) : some_are_faulty_{some_are_faulty} {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    // All addresses, and yet nothing that comes from elsewhere.
    if (::setsockopt(listener_, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0) give_up("lo");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 4096) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      give_up("listen");
    for (std::uint32_t number = 0; number < count; ++number) {
      const std::uint32_t place = kNetwork + number;
      std::printf(
          R"({"kind":"server","base_url":"http://127.%u.%u.%u:%d","public_keys":[{"public_key":"%s"}]})"
          "\n",
          place >> 16 & 255, place >> 8 & 255, place & 255, ntohs(address.sin_port),
          to_hex(key_of(number).open).c_str());
    }
    watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
    watch(0, EPOLLIN, EPOLL_CTL_ADD);
  }

  void run() {
    std::vector<epoll_event> events(1024);
    while (true) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        if (socket == 0) return;
        if (socket == listener_)
          accept_all();
        else if (!serve(socket))
          close(socket);
      }
    }
  }

 private:
  enum class Fault { none, silent, hangs_up, error, no_http };

  Fault fault_of(std::uint32_t number) const {
    if (!some_are_faulty_ || number % 5 != 0) return Fault::none;
    return static_cast<Fault>(1 + number / 5 % 4);
  }

  void watch(int socket, std::uint32_t what, int how) {
    epoll_event event{};
    event.events = what;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, how, socket, &event);
  }

  void accept_all() {
    sockaddr_in own{};
    const int yes = 1;
    for (int socket; (socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      socklen_t size = sizeof own;
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size);
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      connections_[socket].number = ntohl(own.sin_addr.s_addr) - kNetwork;
      watch(socket, EPOLLIN, EPOLL_CTL_ADD);
      if (fault_of(connections_[socket].number) == Fault::hangs_up) close(socket);
    }
  }

  void close(int socket) {
    connections_.erase(socket);
    ::close(socket);
  }

  // False: it is to be closed.
  bool serve(int socket) {
    Connection& connection = connections_[socket];
    char bytes[16384];
    const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return false;
    if (got > 0) connection.in.append(bytes, static_cast<std::size_t>(got));
    answer(connection);
    const ssize_t sent = ::send(socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return false;
    connection.out.erase(0, static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
    watch(socket, connection.out.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    return true;
  }

  void answer(Connection& connection) {
    const std::size_t head = connection.in.find("\r\n\r\n");
    if (head == std::string::npos) return;
    const std::string_view request = connection.in;
    std::size_t size = 0;
    if (const auto at = request.find("Content-Length: "); at < head)
      size = std::strtoul(request.data() + at + 16, nullptr, 10);
    if (request.size() < head + 4 + size) return;
    switch (fault_of(connection.number)) {
      case Fault::silent:
        break;
      case Fault::error:
        connection.out += http(500, "");
        break;
      case Fault::no_http:
        connection.out += "SSH-2.0-OpenSSH_9.2\r\n";
        break;
      default:
        connection.out += healthy_answer(connection.number, request.substr(0, head),
                                         request.substr(head + 4, size));
    }
    connection.in.erase(0, head + 4 + size);
  }

  static std::string healthy_answer(std::uint32_t number, std::string_view head,
                                    std::string_view body) {
    if (head.substr(0, 11) == "GET /rooms ") return http(200, rooms_json());
    if (head.substr(5, kPath.size()) != kPath) return http(404, "");
    const auto reply = onion_answer(number, body);
    return reply ? http(200, *reply) : http(400, "");
  }

  const bool some_are_faulty_;
  int epoll_ = ::epoll_create1(0), listener_;
  std::unordered_map<int, Connection> connections_;
};

}  // namespace

int main(int argc, char** argv) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const auto count = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 0;
  Servers servers{count, argc > 2};
  std::fclose(stdout);
  servers.run();
}
