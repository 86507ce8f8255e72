#include "http/admission.hpp"

#include <algorithm>
#include <utility>

namespace {

// What counts as one address: all of an IPv6 /64.
AddressBytes network_of(AddressBytes address) {
  const bool is_v4 = address[10] == 0xff && address[11] == 0xff &&
                     std::all_of(address.begin(), address.begin() + 10, [](auto b) { return !b; });
  if (!is_v4) std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
  return address;
}

std::string used_up(const AddressBytes& address) {
  return "earlier requests to " + text_of(address) + " took too long in total";
}

}  // namespace

std::optional<Admission::Id> Admission::Address::next() {
  std::deque<Id>& line = known.empty() ? waiting : known;
  if (line.empty()) return std::nullopt;
  const Id id = line.front();
  line.pop_front();
  return id;
}

Admission::Entry* Admission::find(Id id) {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : &found->second;
}

void Admission::add(Id id, Ticket ticket, bool in_front) {
  Host& host = hosts_[ticket.host];
  all_[id].ticket = std::move(ticket);
  if (in_front)
    host.queued.push_front(id);
  else
    host.queued.push_back(id);
  make_ready(host);
}

void Admission::make_ready(Host& host) {
  if (host.is_ready || host.queued.empty() || host.in_flight >= limits_.per_host) return;
  host.is_ready = true;
  ready_.push_back(&host);
}

std::optional<Admission::Next> Admission::next(double now) {
  while (has_next()) {
    if (!refused_.empty()) {
      Next refused = std::move(refused_.front());
      refused_.pop_front();
      if (find(refused.id)) return refused;
    } else if (!resumed_.empty()) {
      const Id id = resumed_.front();
      resumed_.pop_front();
      if (find(id)) return Next{id, ""};
    } else {
      Host& host = *ready_.front();
      ready_.pop_front();
      host.is_ready = false;
      if (auto next = start_next_of(host, now)) return next;
    }
  }
  return std::nullopt;
}

std::optional<Admission::Next> Admission::start_next_of(Host& host, double now) {
  if (host.in_flight >= limits_.per_host) return std::nullopt;
  Entry* entry = nullptr;
  Id id = 0;
  while (!entry && !host.queued.empty()) {
    id = host.queued.front();
    entry = find(id);
    host.queued.pop_front();
  }
  if (!entry) return std::nullopt;
  entry->host = &host;
  ++host.in_flight;
  make_ready(host);
  if (host.address && is_used_up(entry->ticket, *host.address))
    return Next{id, used_up(*host.address)};
  if (!host.address || take_address(*entry, *host.address, now)) return Next{id, ""};
  wait_for_room(id, *host.address, now);
  return std::nullopt;
}

Admission::Verdict Admission::connect(Id id, const AddressBytes& bytes, double now) {
  Entry* entry = find(id);
  if (!entry) return {};
  const AddressBytes address = network_of(bytes);
  if (is_used_up(entry->ticket, address)) return {false, used_up(address)};
  if (limits_.hosts_per_address > 0 && !entry->ticket.is_known) {
    std::set<std::string>& met = hosts_at_[address];
    if (met.size() < limits_.hosts_per_address) met.insert(entry->ticket.host);
    if (met.count(entry->ticket.host) == 0)
      return {false, text_of(address) + " is the address of too many hosts"};
  }
  return {take_address(*entry, address, now), ""};
}

bool Admission::is_used_up(const Ticket& ticket, const AddressBytes& address) const {
  if (ticket.address_seconds <= 0) return false;
  const auto spent = seconds_at_.find(address);
  return spent != seconds_at_.end() && spent->second >= ticket.address_seconds;
}

bool Admission::take_address(Entry& entry, const AddressBytes& address, double now) {
  if (std::any_of(entry.uses.begin(), entry.uses.end(),
                  [&](const AddressUse& use) { return use.address == address; }))
    return true;
  Address& room = addresses_[address];
  if (room.in_use >= limits_.per_address) return false;
  ++room.in_use;
  entry.uses.push_back({address, now});
  return true;
}

void Admission::met(Id id, const AddressBytes& bytes) {
  if (Entry* entry = find(id); entry && entry->host) entry->host->address = network_of(bytes);
}

void Admission::wait_for_room(Id id, const AddressBytes& bytes, double now) {
  Entry* entry = find(id);
  if (!entry) return;
  const AddressBytes address = network_of(bytes);
  if (take_address(*entry, address, now)) return resumed_.push_back(id);
  Address& room = addresses_[address];
  (entry->ticket.is_known ? room.known : room.waiting).push_back(id);
}

// Gives each place to the first request that waits for it.
void Admission::leave_addresses(Id id, double now) {
  Entry* entry = find(id);
  if (!entry) return;
  for (const auto& [address, since] : std::exchange(entry->uses, {})) {
    Address& room = addresses_[address];
    --room.in_use;
    seconds_at_[address] += now - since;
    while (room.in_use < limits_.per_address) {
      const auto waiting = room.next();
      if (!waiting) break;
      Entry* next = find(*waiting);
      if (!next) continue;
      if (is_used_up(next->ticket, address)) {
        refused_.push_back({*waiting, used_up(address)});
        continue;
      }
      take_address(*next, address, now);
      resumed_.push_back(*waiting);
    }
    if (room.in_use == 0) addresses_.erase(address);
  }
}

void Admission::leave(Id id, double now) {
  leave_addresses(id, now);
  Entry* entry = find(id);
  if (!entry) return;
  if (entry->host) {
    --entry->host->in_flight;
    make_ready(*entry->host);
  }
  all_.erase(id);
}
