#include "store/buckets.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/ascii.hpp"
#include "base/ordered_parallel_map.hpp"
#include "cli/errors.hpp"
#include "crypto/hash.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kLarge = std::size_t{64} << 10;  // bytes; smaller buckets are not compacted
constexpr std::size_t kMostCompared = 1024;            // lines that a new line is compared with
constexpr std::uint32_t kNoFile = UINT32_MAX;

std::uint32_t hash_of_line(std::string_view line) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(line));
}

std::uint32_t hash_of(std::string_view address) {
  return static_cast<std::uint32_t>(table_hash(address));
}

// The base URL behind `front`, unchanged; "" if the line does not begin like that.
std::string_view text_behind(std::string_view front, std::string_view line) {
  const std::size_t star = front.find('*');
  if (!line.starts_with(front.substr(0, star))) return {};
  line.remove_prefix(std::min(star, front.size()));
  if (star != std::string_view::npos) {
    const std::size_t end = line.find('"');
    if (end == std::string_view::npos) return {};
    line.remove_prefix(end);
    if (!line.starts_with(front.substr(star + 1))) return {};
    line.remove_prefix(front.size() - star - 1);
  }
  const std::string_view text = line.substr(0, line.find('"'));
  return text.find('\\') == std::string_view::npos ? text : std::string_view{};
}

// Whether the record may hold observations of other addresses. The name of a member may contain
// escapes, so a record with any \\u may.
bool may_have_observations(std::string_view line) {
  for (auto at = line.find('\\'); at < line.size() - 1; at = line.find('\\', at + 2))
    if (line[at + 1] == 'u') return true;
  static const std::string name = "\"" + std::string{Server::kObservations} + "\"";
  // Not memchr for the quote: there are so many that it stops all the time.
  return ::memmem(line.data(), line.size(), name.data(), name.size()) != nullptr;
}

// A sort key: the scheme and 15 bytes of the address.
struct SortKey {
  std::uint64_t front = 0, behind = 0;
  Buckets::Id bucket = 0;
};

SortKey sort_key(std::string_view address, Buckets::Id bucket) {
  const std::uint64_t scheme = address.starts_with("https");
  const std::string_view host = host_port_of(address);
  return {scheme << 56 | first_bytes(host) >> 8,
          first_bytes(host.substr(std::min<std::size_t>(host.size(), 7))), bucket};
}

}  // namespace

bool Buckets::add(const Line& line) {
  if (const auto bucket = bucket_at_front(line.text)) {
    put(*bucket, line, line.text);
    return true;
  }
  const auto servers = servers_in(line.json(text_));
  if (!servers) return false;
  for (const Server& server : *servers) put(bucket_of(server.base_url), line, to_text(server));
  return true;
}

std::optional<std::vector<Server>> Buckets::servers_in(const JsonView& record) const {
  const std::string_view name = kind_of(record);
  if (name.empty()) throw BadLine{"\"kind\" should be a string"};
  for (const Merge::Kind& kind : merge_.kinds)
    if (kind.kind == name) return kind.servers_in(record);
  return std::nullopt;
}

// The bucket of a record, without parsing: only if the record surely has one address, at its front
// and in canonical form.
std::optional<Buckets::Id> Buckets::bucket_at_front(std::string_view line) {
  const auto kind =
      std::find_if(merge_.kinds.begin(), merge_.kinds.end(), [&](const Merge::Kind& k) {
        return !k.front.empty() && line.starts_with(k.front.substr(0, k.front.find('*')));
      });
  if (kind == merge_.kinds.end() || (kind->has_observations && may_have_observations(line)))
    return std::nullopt;
  const std::string_view address = text_behind(kind->front, line);
  const Slot& slot = slots_[slot_of(address)];
  if (slot.bucket != kNone) return slot.bucket;
  const Result<BaseUrl> base = parse_base_url(address);
  if (!base || base->text() != address) return std::nullopt;
  return bucket_of(address);
}

Buckets::Id Buckets::bucket_of(std::string_view address) {
  if (2 * buckets_.size() >= slots_.size()) widen();
  Slot& slot = slots_[slot_of(address)];
  if (slot.bucket == kNone) {
    slot = {hash_of(address), size()};
    buckets_.push_back({std::string{address}, {}, {}, kLarge});
  }
  return slot.bucket;
}

// The slot of an address, or the empty slot where it belongs.
std::size_t Buckets::slot_of(std::string_view address) const {
  const std::uint32_t hash = hash_of(address);
  for (std::size_t at = hash;; ++at) {
    const Slot& slot = slots_[at &= slots_.size() - 1];
    if (slot.bucket == kNone || (slot.hash == hash && buckets_[slot.bucket].address == address))
      return at;
  }
}

void Buckets::widen() {
  std::vector<Slot> wider(2 * slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.bucket == kNone) continue;
    std::size_t at = slot.hash & (wider.size() - 1);
    while (wider[at].bucket != kNone) at = (at + 1) & (wider.size() - 1);
    wider[at] = slot;
  }
  slots_ = std::move(wider);
}

std::string_view Buckets::text_of(const Bucket& bucket, std::size_t line) {
  const std::size_t begin = line == 0 ? 0 : bucket.lines[line - 1].end;
  return std::string_view{bucket.text}.substr(begin, bucket.lines[line].end - begin);
}

void Buckets::append(Bucket& bucket, std::string_view text, std::uint32_t file,
                     std::size_t number) {
  const std::uint32_t hash = hash_of_line(text);
  const std::size_t compared = std::min(bucket.lines.size(), kMostCompared);
  for (std::size_t i = bucket.lines.size(); i-- > bucket.lines.size() - compared;)
    if (bucket.lines[i].hash == hash && text_of(bucket, i) == text) return;
  const std::size_t size = bucket.text.size() + text.size();
  if (size > UINT32_MAX) throw Failure{"more than 4 GiB of records of " + bucket.address};
  if (size > bucket.text.capacity()) bucket.text.reserve(size + bucket.text.size() / 4);
  bucket.text.append(text);
  bucket.lines.push_back(
      {hash, static_cast<std::uint32_t>(size), file, static_cast<std::uint32_t>(number)});
}

void Buckets::put(Id id, const Line& line, std::string_view text) {
  if (files_.empty() || files_.back() != line.file) files_.emplace_back(line.file);
  Bucket& bucket = buckets_[id];
  const std::size_t before = bucket.text.size();
  append(bucket, text, static_cast<std::uint32_t>(files_.size() - 1), line.number);
  const std::size_t size = bucket.text.size();
  if (size < bucket.large_at) return;
  const bool was_large = before >= bucket.large_at;
  if (!was_large) large_.push_back(id);
  in_large_ += was_large ? size - before : size;
  if (in_large_ >= memory_) compact_large_ones();
}

void Buckets::compact_large_ones() {
  ordered_parallel_map(
      large_.size(),
      [this](std::size_t i) {
        std::vector<Misread> bad;
        JsonText text;
        compact(large_[i], text, bad);
        return bad;
      },
      [this](const std::vector<Misread>& bad) { tell(bad); });
  large_.clear();
  in_large_ = 0;
}

void Buckets::tell(const std::vector<Misread>& bad) {
  for (const Misread& line : bad) bad_lines_.add({line.text, line.file, line.number}, line.why);
}

std::optional<Buckets::Id> Buckets::find(std::string_view address) const {
  const Slot& slot = slots_[slot_of(address)];
  return slot.bucket == kNone ? std::nullopt : std::optional{slot.bucket};
}

std::vector<Buckets::Id> Buckets::by_address() const {
  std::vector<SortKey> keys;
  keys.reserve(buckets_.size());
  for (Id bucket = 0; bucket < size(); ++bucket) keys.push_back(sort_key(address(bucket), bucket));
  std::sort(keys.begin(), keys.end(), [this](const SortKey& a, const SortKey& b) {
    if (a.front != b.front) return a.front < b.front;
    if (a.behind != b.behind) return a.behind < b.behind;
    return address(a.bucket) < address(b.bucket);
  });
  std::vector<Id> buckets;
  buckets.reserve(keys.size());
  for (const SortKey& key : keys) buckets.push_back(key.bucket);
  return buckets;
}

std::vector<Server> Buckets::read(Id id, JsonText& memory, std::vector<Misread>& bad) const {
  const Bucket& bucket = buckets_[id];
  std::map<std::string, Server> by_name;
  for (std::size_t i = 0; i < bucket.lines.size(); ++i) {
    const Entry& entry = bucket.lines[i];
    const std::string_view file = entry.file == kNoFile ? std::string_view{} : files_[entry.file];
    const Line line{text_of(bucket, i), file, entry.number};
    try {
      std::vector<Server> said = *servers_in(line.json(memory));
      if (bucket.lines.size() == 1 && said.size() == 1) return said;  // the usual case
      for (Server& server : said)
        if (const auto [at, is_new] =
                by_name.try_emplace(merge_.name_of(server), std::move(server));
            !is_new)
          merge_.merge(at->second, server);
    } catch (const BadLine& why) {
      if (entry.file == kNoFile)  // our own merged record is past the limits of the parser
        throw Failure{"the records of " + bucket.address + " are too large: " + why.why};
      bad.push_back({std::string{line.text}, std::string{line.file}, line.number, why});
    }
  }
  std::vector<Server> servers;
  servers.reserve(by_name.size());
  for (auto& [name, server] : by_name) servers.push_back(std::move(server));
  return servers;
}

std::vector<Server> Buckets::compact(Id id, JsonText& memory, std::vector<Misread>& bad) {
  std::vector<Server> servers = read(id, memory, bad);
  Bucket& bucket = buckets_[id];
  if (bucket.lines.size() != 1 || servers.size() != 1) {
    Bucket compacted{bucket.address, {}, {}, kLarge};
    for (const Server& server : servers) append(compacted, to_text(server), kNoFile, 0);
    bucket = std::move(compacted);
  }
  bucket.large_at = std::max(kLarge, 2 * bucket.text.size());
  return servers;
}

Server Buckets::read(Id id, std::size_t server, JsonText& memory) const {
  const Line line{text_of(buckets_[id], server), {}, 0};
  return std::move(servers_in(line.json(memory))->front());
}
