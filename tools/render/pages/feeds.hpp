// Feeds of what is new, returned or gone: Atom (from the template feed.atom) and
// JSON Feed 1.1, of all and of each language. Adult Communities are in none.
#pragma once

#include <string>
#include <vector>

#include "output/output.hpp"
#include "pages/views.hpp"

// The newest events of a language ("" for all), at most `most`.
std::vector<Listing::Event> feed_events(const Listing& listing, const std::string& language,
                                        std::size_t most);

// `tag:HOST,2026:KIND/IDENTIFIER/DAY`: the same for ever (RFC 4151).
std::string entry_id(const SiteWishes& wishes, const Listing::Event& event, const Card& card);

// The text of feed.atom or feed-CODE.atom. `site`: the names that are the same everywhere.
std::string atom_feed(const Views& views, const Value& site, Template& feed,
                      const std::string& language);

// The text of feed.json or feed-CODE.json.
std::string json_feed(const Views& views, const std::string& language);

void write_feeds(const Views& views, OutputFolder& output);
