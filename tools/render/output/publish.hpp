// The whole site, from a listing and the folder sites/ into an output folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/data_files.hpp"
#include "model/listing.hpp"
#include "output/output.hpp"
#include "pages/pages.hpp"
#include "pages/site.hpp"
#include "pages/views.hpp"
#include "record/run.hpp"

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
