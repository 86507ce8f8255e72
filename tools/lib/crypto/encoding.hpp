// Bytes written as text: hex, base64 and base32z.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/x25519.hpp"

std::string to_hex(std::span<const std::uint8_t> bytes);  // lower case
std::optional<std::string> bytes_of_hex(std::string_view hex);
std::optional<Bytes32> bytes32_of_hex(std::string_view hex);

std::string to_base64(std::string_view bytes);
// The usual alphabet (RFC 4648, 4); padding may be left out, line ends may stand in it.
std::optional<std::string> bytes_of_base64(std::string_view text);

// z-base-32, in any case. Refused: other characters, and bits behind the last byte that are not 0.
std::optional<std::string> bytes_of_base32z(std::string_view text);
