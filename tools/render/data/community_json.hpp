// A Community in communities.json, .ndjson and .csv: one object, and its members as cells.
#pragma once

#include <string>
#include <string_view>

#include "model/community.hpp"
#include "ndjson/json.hpp"
#include "pages/views.hpp"

Json community_json(const Views& views, const Community& community);

// Lines of CSV (RFC 4180), with their end: the names of the columns, and the cells of that object.
std::string csv_head();
std::string csv_line(const Json& community);
// A cell: quoted where it has to be. One that a spreadsheet would take for a formula (it begins
// with = + - @ or a control character) gets a ' in front.
std::string csv_cell(std::string_view text);

// The URL of a file of this site, or its path if the URL of the site is not set.
std::string link_of(const Views& views, const std::string& file);
