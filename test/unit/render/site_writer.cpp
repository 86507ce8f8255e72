// A site takes the place of the one before at once; whatever happens in between, the next run goes
// on.
#include "output/site_writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "cli/errors.hpp"
#include "output/output.hpp"

namespace {

namespace fs = std::filesystem;

int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

using Files = std::map<std::string, std::string>;

// A folder of its own for each check.
struct Place {
  fs::path parent = fs::path{std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "/tmp"} /
                    ("site_writer." + std::to_string(::getpid()));
  std::string www = (parent / "www").string();
  Place() { fs::create_directories(parent); }
  ~Place() { fs::remove_all(parent); }
  fs::path beside(const std::string& name) const { return parent / ".www.render" / name; }
};

std::string content_of(const fs::path& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void put(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream{file} << content;
}

// What visitors can get: no hidden and no compressed files.
Files shown(const fs::path& folder) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (entry.is_regular_file() && name != ".made-by-render" && !name.ends_with(".gz") &&
        !name.ends_with(".br"))
      files[name] = content_of(entry.path());
  }
  return files;
}

// True if another site is shown now.
bool write(const Place& place, const Files& files, const std::string& fingerprint = "") {
  SiteWriter site{place.www};
  if (fingerprint.empty() || !site.keep_if_inputs_are(fingerprint))
    for (const auto& [path, content] : files) site.write(path, content, fingerprint);
  return site.finish();
}

std::string complaint(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

ino_t inode(const fs::path& file) {
  struct stat status {};
  return ::lstat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

const std::string kLong(30000, 'x');
const Files kOne{{"index.html", "one"}, {"c/cats.html", "cats"}, {"assets/a-1.css", "a{}"}};
const Files kTwo{{"index.html", "two"}, {"c/dogs.html", kLong}, {"assets/a-2.css", "b{}"}};
const Files kThree{{"index.html", "three"}, {"c/dogs.html", kLong}, {"assets/a-3.css", "c{}"}};

Files with(Files files, const Files& more) {
  files.insert(more.begin(), more.end());
  return files;
}
const Files kOldStyle{{"assets/a-1.css", "a{}"}};

void a_site_replaces_the_one_before() {
  const Place place;
  check(write(place, kOne));
  check(shown(place.www) == kOne);
  check(write(place, kTwo));
  // The style stays for readers of the last site's pages, and goes with the next site.
  check(shown(place.www) == with(kTwo, kOldStyle));
  check(write(place, kThree));
  check(shown(place.www) == with(kThree, {{"assets/a-2.css", "b{}"}}));
  check(write(place, kOne));
  check(write(place, kTwo));
  check(shown(place.www) == with(kTwo, kOldStyle));
}

void the_same_site_changes_nothing() {
  const Place place;
  write(place, kOne);
  write(place, kTwo);
  const ino_t folder = inode(place.www);
  check(!write(place, kTwo));
  check(!write(place, kTwo, "other-inputs"));
  check(inode(place.www) == folder);
  check(shown(place.beside("previous")) == kOne);
  check(!write(place, {{"none", "because the inputs are known"}}, "other-inputs"));
}

void an_unchanged_file_is_the_same_file() {
  const Place place;
  write(place, kTwo);
  const ino_t dogs = inode(place.www + "/c/dogs.html"), gz = inode(place.www + "/c/dogs.html.gz");
  for (int times = 0; times < 4; ++times) {
    check(write(place, times % 2 ? kTwo : kThree));
    check(inode(place.www + "/c/dogs.html") == dogs);
    check(inode(place.www + "/c/dogs.html.gz") == gz);
  }
}

void files_that_others_changed_are_repaired() {
  const Place place;
  write(place, kTwo, "inputs");
  const Files packed{{"gz", content_of(place.www + "/c/dogs.html.gz")},
                     {"br", content_of(place.www + "/c/dogs.html.br")}};
  // Of the same size and time, cut short, removed; a folder or a link in the place of a file.
  const auto page = place.www + "/c/dogs.html";
  const std::vector<std::function<void()>> changes{[&] {
                                                     const auto time = fs::last_write_time(page);
                                                     put(page, std::string(kLong.size(), 'y'));
                                                     fs::last_write_time(page, time);
                                                   },
                                                   [&] { put(page + ".gz", "nothing"); },
                                                   [&] { put(page + ".br", ""); },
                                                   [&] { fs::remove(page + ".br"); },
                                                   [&] { fs::resize_file(page, 10); },
                                                   [&] { fs::remove(page); },
                                                   [&] {
                                                     fs::remove(page);
                                                     put(page + "/x", "x");
                                                   },
                                                   [&] {
                                                     fs::remove(page);
                                                     fs::create_symlink("/etc/passwd", page);
                                                   }};
  for (const auto& change : changes) {
    ::usleep(20'000);  // two files of one tick of the clock are of one age
    change();
    check(write(place, kTwo, "inputs"));
    check(content_of(page) == kLong);
    check(content_of(page + ".gz") == packed.at("gz"));
    check(content_of(page + ".br") == packed.at("br"));
  }
}

void a_text_has_compressed_forms_only_while_it_is_long_enough() {
  const Place place;
  write(place, kTwo);
  check(fs::exists(place.www + "/c/dogs.html.gz") && fs::exists(place.www + "/c/dogs.html.br"));
  check(!fs::exists(place.www + "/index.html.gz"));
  write(place, {{"index.html", "two"}, {"c/dogs.html", "short"}, {"photo.png", kLong}});
  check(!fs::exists(place.www + "/c/dogs.html.gz") && !fs::exists(place.www + "/c/dogs.html.br"));
  check(!fs::exists(place.www + "/photo.png.gz"));
}

void a_long_file_is_written_in_pieces() {
  const Place place;
  const auto publish = [&](const std::string& piece, bool is_whole) {
    SiteWriter site{place.www};
    OutputFolder output{site, ""};
    output.write("index.html", "index");
    OutputFile file{output, "all.json"};
    for (int i = 0; i < 1000; ++i) file.write(piece);
    if (is_whole) file.commit();
    return site.finish();
  };
  check(publish(kLong, true));
  check(content_of(place.www + "/all.json").size() == 1000 * kLong.size());
  check(fs::exists(place.www + "/all.json.br"));
  check(!publish(kLong, true));
  check(publish("shorter", true));
  check(content_of(place.www + "/all.json").size() == 7000);
  check(publish("shorter", false));
  check(!fs::exists(place.www + "/all.json") && !fs::exists(place.www + "/all.json.br"));
}

void foreign_files_move_to_the_new_site() {
  const Place place;
  put(place.www + "/.gitignore", "*");
  put(place.www + "/c/mine.html", "mine");
  put(place.www + "/.well-known/acme-challenge/token", "token");
  Files others = shown(place.www);
  Files one = kOne;
  one[".well-known/security.txt"] = "contact";
  for (const Files& site : {one, kTwo, one, kTwo, kThree}) {
    write(place, site);
    const Files now = shown(place.www);
    for (const auto& [path, content] : with(site, others))
      check(now.contains(path) && now.at(path) == content);
    put(place.www + "/another.html", "another");
    others["another.html"] = "another";
  }
  roll_back(place.www);
  check(shown(place.www) == with(with(with(kTwo, others), kOldStyle), {{"assets/a-3.css", "c{}"}}));
}

void a_foreign_file_with_the_name_of_a_page_is_kept() {
  const Place place;
  put(place.www + "/index.html", "mine");
  put(place.www + "/c", "a file where a folder is wanted");
  write(place, kOne);
  check(shown(place.www) == kOne);
  check(content_of(place.beside("left-1") / "index.html") == "mine");
  check(content_of(place.beside("left-1") / "c") == "a file where a folder is wanted");
}

void a_second_rollback_undoes_the_first() {
  const Place place;
  check(complaint([&] { roll_back(place.www); }).starts_with("nothing to roll back to"));
  write(place, kOne);
  check(complaint([&] { roll_back(place.www); }).starts_with("nothing to roll back to"));
  write(place, kTwo);
  for (int times = 0; times < 3; ++times) {
    roll_back(place.www);
    check(shown(place.www) == with(kOne, {{"assets/a-2.css", "b{}"}}));
    roll_back(place.www);
    check(shown(place.www) == with(kTwo, kOldStyle));
  }
  write(place, kThree);
  roll_back(place.www);
  check(content_of(place.www + "/index.html") == "two");
  fs::remove_all(place.www);  // deleted by hand
  roll_back(place.www);
  check(content_of(place.www + "/index.html") == "three");
}

void rollback_refuses_an_incomplete_site() {
  const Place place;
  write(place, kOne);
  write(place, kTwo);
  fs::remove(place.beside("previous") / "c/cats.html");
  check(complaint([&] { roll_back(place.www); }).find("previous/c/cats.html") != std::string::npos);
  check(content_of(place.www + "/index.html") == "two");
}

void an_open_folder_keeps_showing_the_same_site() {
  const Place place;
  write(place, kOne);
  const auto open = Tree::open(place.www);
  write(place, kTwo);
  check(open->read("index.html") == "one" && open->read("c/cats.html") == "cats");
  write(place, kThree);
  check(open->read("index.html") == "one" && open->read("c/cats.html") == "cats");
}

// The states in which a run can be killed, one after the other.
void a_killed_run_is_continued() {
  const auto renamed = [](const Place& place, const std::string& from, const std::string& to) {
    fs::rename(from == "www" ? fs::path{place.www} : place.beside(from),
               to == "www" ? fs::path{place.www} : place.beside(to));
  };
  using Names = std::vector<std::pair<std::string, std::string>>;
  struct Case {
    bool is_new_shown;  // had the exchange happened?
    Names renames;      // from the state after three whole runs back to where one was killed
  };
  // After three runs: www is three, previous is two, building is one.
  const std::vector<Case> cases{
      {true, {}},
      {true, {{"previous", "next"}, {"building", "previous"}}},
      {true, {{"previous", "next"}}},
      {false, {{"www", "t"}, {"previous", "www"}, {"building", "previous"}, {"t", "next"}}},
      {false, {{"www", "t"}, {"previous", "www"}, {"building", "previous"}, {"t", "building"}}},
      {false, {{"www", "next"}, {"previous", "outgoing"}, {"building", "previous"}}},
      {true, {{"previous", "outgoing"}, {"building", "previous"}}}};
  for (const Case& killed : cases)
    for (const bool back : {false, true}) {
      const Place place;
      for (const Files& site : {kOne, kTwo, kThree}) write(place, site);
      for (const auto& [from, to] : killed.renames) renamed(place, from, to);
      const std::string shown_now = killed.is_new_shown ? "three" : "two";
      if (back) {
        roll_back(place.www);
        check(content_of(place.www + "/index.html") == (killed.is_new_shown ? "two" : "one"));
      } else {
        Files four = kThree;
        four["index.html"] = "four";
        check(write(place, four));
        check(content_of(place.www + "/index.html") == "four");
        roll_back(place.www);
        check(content_of(place.www + "/index.html") == shown_now);
      }
    }
}

void a_killed_rollback_is_continued() {
  for (const bool was_exchanged : {false, true}) {
    const Place place;
    write(place, kOne);
    write(place, kTwo);
    if (was_exchanged) roll_back(place.www);
    fs::rename(place.beside("previous"), place.beside("returning"));
    if (!was_exchanged) {  // it has the newer number, and is not shown yet
      std::string list = content_of(place.beside("returning") / ".made-by-render");
      put(place.beside("returning") / ".made-by-render", "site 3" + list.substr(list.find('\n')));
    }
    put(place.beside("returning") / "mine.html", "mine");
    roll_back(place.www);
    check(content_of(place.www + "/index.html") == (was_exchanged ? "two" : "one"));
  }
}

// Whatever a killed run left in `building` is no part of the next site.
void leftovers_are_removed() {
  const Place place;
  write(place, kOne);
  put(place.beside("building") / "index.html/not-a-folder", "x");
  put(place.beside("building") / "c", "not a folder");
  put(place.beside("building") / "d/e/f/g.html", "x");
  fs::create_hard_link(place.www + "/index.html", place.beside("building") / "h.html");
  write(place, kTwo);
  check(shown(place.www) == with(kTwo, kOldStyle));
  check(content_of(place.beside("previous") / "index.html") == "one");
}

// A file that two trees share is never written to.
void shared_files_are_not_written_to() {
  const Place place;
  write(place, kOne);
  fs::create_directories(place.beside("building"));
  fs::create_hard_link(place.www + "/index.html", place.beside("building") / "index.html");
  const auto open = Tree::open(place.www);
  write(place, kTwo);
  check(open->read("index.html") == "one");
}

void names_are_compared_as_text() {
  const Place place;
  SiteWriter site{place.www};
  site.write("c/cats.html", "1");
  site.write("C/Cats.html", "2");
  check(complaint([&] { site.finish(); }).starts_with("two files of the output have one name"));
  for (const char* path : {"", "/etc/x", "../x", "a/../b", "a//b", "a/", "a b", "ü", "a\nb"})
    check(complaint([&] { site.write(path, "x"); }).starts_with("not a path for output"));
}

void a_hostile_manifest_touches_no_other_file() {
  const Place place;
  put(place.parent / "keep", "mine");
  write(place, kOne);
  put(place.www + "/.made-by-render",
      "site 1\n../keep 4 - - inputs\n/etc/passwd 1 - - inputs\nc/../../keep 4 - - inputs\n"
      "index.html x y z\nsite site\n\x01\xff\nsite 99999999999999999999999\n");
  check(write(place, kTwo, "inputs"));
  check(content_of(place.parent / "keep") == "mine");
  check(content_of(place.www + "/index.html") == "two");
}

void a_link_to_a_folder_is_followed_and_anything_else_is_refused() {
  const Place place;
  fs::create_directory(place.parent / "disk");
  fs::create_directory_symlink("disk/site", place.parent / "www");
  write(place, kOne);
  write(place, kTwo);
  check(fs::is_symlink(place.www));
  check(shown(place.parent / "disk/site") == with(kTwo, kOldStyle));
  check(fs::exists(place.parent / "disk/.site.render/previous"));
  put(place.parent / "file", "x");
  check(complaint([&] {
          SiteWriter{(place.parent / "file").string()};
        }).ends_with("is not a folder"));
  check(complaint([&] { SiteWriter{(place.parent / "file/www").string()}; }) != "");
  check(complaint([&] { SiteWriter{"/proc"}; }).starts_with("/proc is a mount point"));
  check(complaint([&] { SiteWriter{"/"}; }).starts_with("/ is a mount point"));
}

void a_folder_keeps_its_permissions() {
  const Place place;
  write(place, kOne);
  fs::permissions(place.www, fs::perms{0750});
  write(place, kTwo);
  check(fs::status(place.www).permissions() == fs::perms{0750});
}

}  // namespace

int main() {
  ::umask(022);
  a_site_replaces_the_one_before();
  the_same_site_changes_nothing();
  an_unchanged_file_is_the_same_file();
  files_that_others_changed_are_repaired();
  a_text_has_compressed_forms_only_while_it_is_long_enough();
  a_long_file_is_written_in_pieces();
  foreign_files_move_to_the_new_site();
  a_foreign_file_with_the_name_of_a_page_is_kept();
  a_second_rollback_undoes_the_first();
  rollback_refuses_an_incomplete_site();
  an_open_folder_keeps_showing_the_same_site();
  a_killed_run_is_continued();
  a_killed_rollback_is_continued();
  leftovers_are_removed();
  shared_files_are_not_written_to();
  names_are_compared_as_text();
  a_hostile_manifest_touches_no_other_file();
  a_link_to_a_folder_is_followed_and_anything_else_is_refused();
  a_folder_keeps_its_permissions();
  return failures != 0;
}
