// A file takes its place whole, or what was there before stays.
#include "cli/new_file.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/errors.hpp"
#include "ndjson/input.hpp"

namespace fs = std::filesystem;

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

// What the error of the work says; "" if there is none.
template <class Work>
static std::string failure_of(Work&& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return {};
}

int main() {
  std::string folder = (fs::temp_directory_path() / "new_file-XXXXXX").string();
  if (!mkdtemp(folder.data())) return 1;
  const std::string file = folder + "/file";
  const auto count = [&] {
    return std::distance(fs::directory_iterator{folder}, fs::directory_iterator{});
  };

  {
    NewFile fresh{file};
    fresh.write("one");
    check(!fs::exists(file));
    fresh.place();
    check(read_file(file) == "one");
  }
  check(read_file(file) == "one" && count() == 1);

  {
    NewFile fresh{file};
    fresh.write("half of");
    check(read_file(file) == "one");
  }
  check(read_file(file) == "one" && count() == 1);

  {  // what a killed run left beside it is no matter, and two that write at a time do not meet
    NewFile{file + ".new"}.place();
    NewFile one{file, file + ".new1"}, two{file, file + ".new2"};
    one.write("first");
    two.write("second");
    two.place();
    one.place();
    NewFile fresh{file};
    fresh.write("2");
    fresh.place();
  }
  check(read_file(file) == "2" && count() == 1);

  check(failure_of([&] { NewFile{folder + "/none/file"}; }) ==
        folder + "/none/file: No such file or directory");
  fs::create_directory(folder + "/taken");
  check(failure_of([&] { NewFile{folder + "/taken"}.place(); }) ==
        folder + "/taken: Is a directory");
  fs::create_symlink("/dev/full", folder + "/full.new");
  check(failure_of([&] {
          NewFile full{folder + "/full"};
          full.write("text");
        }) == folder + "/full: No space left on device");
  check(count() == 2);

  fs::remove_all(folder);
  return failures > 0;
}
