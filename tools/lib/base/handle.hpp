// Owns an object of a C library, and frees it with the function of that library:
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
