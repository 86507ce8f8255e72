// Which of China and Japan uses a Han character?
#pragma once

enum class Han {
  common,             // both, and characters of other scripts
  simplified,         // China, since its reform: 们
  reformed_in_japan,  // Japan, since its reform: 気
  reformed_alike,     // both, since their reforms: 国
  not_of_japan        // China, with or without its reform: 你, 學
};
Han han_of(char32_t character);
