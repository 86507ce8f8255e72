// Where the site is, DIR, and the folder beside it, .DIR.render, in which its trees are kept:
//
//   building   the next site, as far as it is made; made over a tree that was shown before
//   next       the next site when it is whole; after the exchange, the site it replaced
//   previous   the site before the one that is shown: the way back
//   returning  the previous site on its way back
//   left-N     what could not be moved out of a site that was replaced (said when it happens)
//   lock       held by the run that is at work
//
// A new site takes the place of the old one by an exchange of the two folders' names, at once. A
// run that is killed anywhere leaves one of these states; open() of the next one goes on from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/tree.hpp"

class SitePlace {
 public:
  // Makes the folder beside DIR, locks it (waits, and says so, while another run has it), and
  // completes or undoes what a killed run began. A symbolic link is resolved first.
  // Throws Failure, which says what to do, if DIR can't be exchanged there.
  static SitePlace open(const std::string& folder);

  const std::string& folder() const { return folder_; }  // DIR, resolved
  std::optional<Tree> shown() const { return Tree::open(folder_); }
  std::optional<Tree> previous() const { return Tree::open(tree("previous")); }
  Tree building() const { return Tree::make(tree("building")); }
  void discard_building() const;
  std::uint64_t next_generation() const;

  // The tree in `building`, which is whole and on the disk, is the site from now on.
  void show_building() const { show("building", "next"); }
  // The previous site is the site from now on, and the other one is the previous one.
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

// What of the tree is not in its manifest, each with nothing else of its kind around it: a folder
// with no file of the site is one entry.
std::vector<std::string> foreign_entries(const Tree& tree);
