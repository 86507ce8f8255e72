// Tries every file in FOLDER/NAME with the fuzzer of that name, without clang.
// usage: replay FOLDER...
#include <fstream>
#include <iostream>
#include <iterator>

#include "fuzz.hpp"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    for (const auto& [name, fuzz] : fuzzers()) {
      const fs::path folder = fs::path{argv[i]} / name;
      std::size_t tried = 0;
      if (fs::exists(folder))
        for (const auto& entry : fs::directory_iterator{folder}) {
          std::ifstream file{entry.path(), std::ios::binary};
          const std::string text{std::istreambuf_iterator{file}, {}};
          std::cerr << entry.path().string() << '\r';
          fuzz(text);
          ++tried;
        }
      std::cout << name << ": " << tried << '\n';
    }
}
