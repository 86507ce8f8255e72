// Communities and tags in the formats of earlier listings, which apps and other sites read.
#pragma once

#include "model/community.hpp"
#include "ndjson/json.hpp"
#include "pages/views.hpp"

Json servers_room(const Views& views, const Community& community);  // of servers.json
Json listing_room(const Views& views, const Community& community);  // of listings/ID.json
// Of a tag in servers.json; `type`: "user" or "reserved".
Json::Object shaped_tag(const std::string& text, const char* type);
