// Thrown for an input line that can't be used. for_each_line() adds its file and number.
#pragma once

#include <string>

struct BadLine {
  std::string why;
};
