// The place of the site, DIR, and the folder .DIR.render beside it, which holds these trees:
//
//   building   the next site, not complete yet; it starts from a tree that was shown before
//   next       the next site when it is complete; after the exchange, the site it replaced
//   previous   the site before the one that is shown, for a rollback
//   returning  the previous site during a rollback
//   left-N     files that could not be moved out of a replaced site (a message says so)
//   lock       held by the run that is at work
//
// A new site replaces the old one by exchanging the names of the two folders, which is atomic. A
// run that is killed leaves one of these states; open() of the next run continues from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/tree.hpp"

class SitePlace {
 public:
  // Makes the folder beside DIR, locks it (waits, with a message, while another run holds it), and
  // completes or undoes what a killed run began. A symbolic link is resolved first.
  // Throws Failure, which says what to do, if DIR can't be exchanged.
  static SitePlace open(const std::string& folder);

  const std::string& folder() const { return folder_; }  // DIR, resolved
  std::optional<Tree> shown() const { return Tree::open(folder_); }
  std::optional<Tree> previous() const { return Tree::open(tree("previous")); }
  Tree building() const { return Tree::make(tree("building")); }
  void discard_building() const;
  std::uint64_t next_generation() const;

  // Shows the tree in `building`, which must be complete and on the disk.
  void show_building() const { show("building", "next"); }
  // Shows the previous site; the one that was shown becomes the previous one.
  void show_previous() const { show("previous", "returning"); }

 private:
  explicit SitePlace(std::string folder);
  std::string tree(const char* name) const { return beside_ + "/" + name; }
  void lock();
  void recover() const;
  void show(const char* from, const char* by_way_of) const;
  void exchange(const std::string& with) const;
  void finish_exchange(const char* by_way_of) const;

  std::string folder_, parent_, beside_;
  Descriptor lock_;
};

// The entries of the tree that are not in its manifest. A folder without any file of the site is
// one entry.
std::vector<std::string> foreign_entries(const Tree& tree);
