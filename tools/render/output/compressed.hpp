// The compressed forms of a file, NAME.gz and NAME.br, for web servers that send precompressed
// files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

class Tree;

// Does a file of `size` bytes get this form? Only texts, and only if it saves enough. Form 1 is
// gzip, form 2 Brotli (kForms in manifest.hpp).
bool is_compressed(std::string_view path, std::uint64_t size, std::size_t form);

std::string compressed(std::string_view content, std::size_t form);

// Writes one compressed form beside a file of the tree, with little memory. Returns its size.
std::uint64_t compress_file(const Tree& tree, const std::string& path, std::uint64_t size,
                            std::size_t form);
