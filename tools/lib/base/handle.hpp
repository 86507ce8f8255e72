// Owns what a C library hands out and gives it back the way it asks:
//   Handle<CURL, curl_easy_cleanup> easy{curl_easy_init()};
#pragma once

#include <memory>

template <auto give_back>
struct GiveBack {
  template <class T>
  void operator()(T* handle) const {
    give_back(handle);
  }
};

template <class T, auto give_back>
using Handle = std::unique_ptr<T, GiveBack<give_back>>;
