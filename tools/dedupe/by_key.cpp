#include <algorithm>
#include <functional>
#include <iostream>
#include <set>

#include "cli/errors.hpp"
#include "dedupe.hpp"
#include "explain.hpp"
#include "guard.hpp"
#include "listing.hpp"
#include "record/listing.hpp"

namespace {

// Reads a listing that must be whole: its last line says so.
Standing read_previous(const std::string& file, const std::function<void(const Line&)>& use) {
  Standing standing;
  std::string last_place = file + ":1";
  JsonText memory;
  bool is_whole = false;
  for_each_line({file}, {}, "dedupe", [&](const Line& line) {
    if (is_whole) throw BadLine{"expected the end of the listing before this line"};
    const JsonView json = line.json(memory);
    if (kind_of(json) == Server::kKind) standing.add(from_json<Server>(json));
    if (kind_of(json) == ListingEnd::kKind) {
      is_whole = true;
      const auto end = from_json<ListingEnd>(json);
      if (end.servers != standing.servers() || end.communities != standing.communities())
        throw BadLine{"this listing had " + std::to_string(end.servers) + " servers with " +
                      std::to_string(end.communities) + " Communities; " +
                      std::to_string(standing.servers()) + " with " +
                      std::to_string(standing.communities()) + " are left of it"};
    }
    last_place = line.place();
    use(line);
  });
  if (!is_whole)
    throw Failure{last_place + ": the listing ends here, without the line that says it is whole"};
  return standing;
}

class ByKey {
 public:
  explicit ByKey(const DedupeOptions& options) : options_{options} {}

  void take(const Line& line) {
    const JsonView json = line.json(memory_);
    const std::string_view kind = kind_of(json);
    ++records_;
    if (kind == Server::kKind) {
      for (Server& sighting : sightings_of(from_json<Server>(json)))
        sightings_.add(std::move(sighting));
    } else if (kind.empty()) {
      throw BadLine{"\"kind\" should be a string"};
    } else if (kind != ListingEnd::kKind) {
      others_.emplace(line.text);
    }
  }

  Listing listing() {
    const std::optional<UnixTime> newest = sightings_.newest_probe();
    if (newest) end_.at = rfc3339(*newest);
    const Rules rules{options_.now.value_or(newest.value_or(0)), options_.grace * kDay};
    sightings_.forget(rules);
    return {sightings_, rules};
  }

  void write(const Listing& listing) {
    LineWriter out;
    for (std::size_t i = 0; i < listing.size(); ++i) {
      const Server server = listing[i];
      end_.communities += std::count_if(server.rooms.begin(), server.rooms.end(), is_listed);
      out.write(to_text(server));
    }
    for (const std::string& line : others_) out.write(line);
    end_.servers = static_cast<std::int64_t>(listing.size());
    if (end_.servers > 0) out.write(to_text(end_));
    out.flush();
    if (options_.verbose)
      std::cerr << "dedupe: " << records_ << " records, " << end_.servers << " servers, "
                << end_.communities << " Communities listed\n";
  }

 private:
  const DedupeOptions& options_;
  JsonText memory_;
  Sightings sightings_;
  std::set<std::string> others_;
  std::size_t records_ = 0;
  ListingEnd end_;
};

}  // namespace

int dedupe_by_key(const DedupeOptions& options) {
  ByKey work{options};
  const auto take = [&work](const Line& line) { work.take(line); };
  std::optional<Standing> previous;
  if (!options.previous.empty()) previous = read_previous(options.previous, take);
  int status = kDone;
  // The listing before this one is enough to work from.
  status = for_each_line(options.files, options.bad_lines, "dedupe", take);

  const Listing listing = work.listing();
  if (!options.explain.empty()) {
    std::cout << explain(listing, options.explain) << std::flush;
    return status;
  }
  if (previous && !options.force) refuse_too_much_loss(*previous, listing, options.max_loss);
  work.write(listing);
  return status;
}
