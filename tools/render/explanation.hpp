// Why a Community is shown or not, in which language, and who says so: the text of
// `render --explain IDENTIFIER`.
#pragma once

#include <string>
#include <string_view>

#include "knowledge/knowledge.hpp"
#include "model/community.hpp"

// Is this its identifier, an older form of it, or its join URL? Case doesn't matter.
bool is_called(const Community& community, std::string_view name);

// Lines of text, the last one ended too.
std::string explanation(const Community& community, const Knowledge& knowledge);
