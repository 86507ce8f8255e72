// The compressed forms of a file, NAME.gz and NAME.br, for web servers that send precompressed
// files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

class Tree;

// Is there such a form of a file of `size` bytes? Only of texts, and only where it saves something.
// Form 1 is gzip, form 2 Brotli (kForms in manifest.hpp).
bool is_compressed(std::string_view path, std::uint64_t size, std::size_t form);

std::string compressed(std::string_view content, std::size_t form);

// Writes NAME.gz and NAME.br beside a file of the tree, with little memory. Their sizes come back.
std::uint64_t compress_file(const Tree& tree, const std::string& path, std::uint64_t size,
                            std::size_t form);
