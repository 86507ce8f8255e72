// What the feeds tell: what is new, returned or gone. Adult Communities are in none.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/views.hpp"

constexpr std::size_t kMostEntries = 200;  // of one feed

std::string_view word_of(SiteModel::Event::Kind kind);  // "new", "returned", "gone"

// "feed" and the extension; "feed-CODE" for a language, which is "" for all of them.
std::string feed_file(const std::string& language, const char* extension);

// The language "" of all, and every language that has a page.
std::vector<std::string> feed_languages(const SiteModel& model);

// The newest events of a language ("" for all).
std::vector<SiteModel::Event> feed_events(const SiteModel& model, const std::string& language);

// `tag:HOST,2026:KIND/IDENTIFIER/DAY`: the same for ever (RFC 4151).
std::string entry_id(const SiteOptions& options, const SiteModel::Event& event,
                     const Community& community);
