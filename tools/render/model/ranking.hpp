// The default order of the list.
#pragma once

#include "model/community.hpp"

// The greater, the further up. People count by the logarithm of their number, and so
// do staff, an answering server, a proven key and a description. What is for testing
// goes down; what no client of today can join comes last.
double score_of(const Community& community);
