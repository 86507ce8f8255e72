// Where the key pair of the next onion request to a URL comes from: a new one, or a recorded one.
#pragma once

#include <functional>
#include <string>

#include "crypto/x25519.hpp"

using OneTimeKeys = std::function<KeyPair(const std::string& url)>;

inline KeyPair new_one_time_key(const std::string&) { return new_key_pair(); }
