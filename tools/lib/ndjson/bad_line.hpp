// A line of ours that can't be used. for_each_line() names its place.
#pragma once

#include <string>

struct BadLine {
  std::string why;
};
