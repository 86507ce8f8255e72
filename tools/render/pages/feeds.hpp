// The entries of the feeds: what is new, returned or gone. Adult Communities are in no feed.
#pragma once

#include <string>
#include <vector>

#include "base/word.hpp"
#include "pages/views.hpp"

constexpr std::size_t kMostEntries = 200;  // of one feed

constexpr auto words_of(SiteModel::Event::Kind) {
  return words<SiteModel::Event::gone>("new", "returned", "gone");
}

// What a feed is about: everything (""), a language ("de"), or a topic ("topic-linux").
// Every language and every topic that has a page has a feed.
std::vector<std::string> feed_subjects(const SiteModel& model);
std::string topic_of(const std::string& subject);  // "linux" of "topic-linux", else ""

// "feed" and the extension for everything, else "feed-SUBJECT".
std::string feed_file(const std::string& subject, const char* extension);

// The newest events of a subject, without those of copies. Of the first 20 at
// most 3 are of one server, and of all at most 10, as long as there are others;
// of one week, only the first 10 of a domain (site_model_builder.cpp).
std::vector<SiteModel::Event> feed_events(const SiteModel& model, const std::string& subject);

// `tag:HOST,2026:KIND/IDENTIFIER/DAY`: the same for ever (RFC 4151).
std::string entry_id(const SiteOptions& options, const SiteModel::Event& event,
                     const Community& community);
