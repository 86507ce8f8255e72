// The whole site, from a listing and the folder sites/ into an output folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data_files.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "pages.hpp"
#include "record/run.hpp"
#include "site.hpp"
#include "views.hpp"

struct Ingredients {
  const Site& site;
  const Listing& listing;
  const Knowledge& knowledge;
  const SiteWishes& wishes;
  const std::vector<Run>& runs;
  const std::vector<Selection>& selections;
  const std::vector<std::string>& known;  // the files that `knowledge` was read from
};

void publish(const Ingredients& from, OutputFolder& output);

// What one template makes, to standard output.
void print_template(const Ingredients& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only);
