// The whole site, from its model and the folder sites/ into the place where it is shown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/data_files.hpp"
#include "model/site_model.hpp"
#include "output/output.hpp"
#include "pages/pages.hpp"
#include "pages/site.hpp"
#include "pages/views.hpp"
#include "record/run.hpp"

struct SiteInputs {
  const Site& site;
  const SiteModel& model;
  const Knowledge& knowledge;
  const SiteOptions& options;
  const std::vector<Run>& runs;
  const std::vector<Selection>& selections;
  const std::vector<std::string>& files;  // that people wrote and all this was read from
};

// Makes the site, and shows it at `folder` in the place of the one before. How many files are
// new, other or gone. Throws Failure, and what is shown stays as it is.
std::size_t write_site(const SiteInputs& from, const std::string& folder);

// What one template makes, to standard output.
void print_template(const SiteInputs& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only);
