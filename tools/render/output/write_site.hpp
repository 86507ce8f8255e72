// Writes the whole site, from its model and the folder sites/.
#pragma once

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
  const std::vector<std::string>& files;  // of people: the source of all this
};

// Makes the site and shows it at `folder`, in place of the old one. Returns how many files are new,
// changed or gone. Throws Failure; then the old site stays.
std::size_t write_site(const SiteInputs& from, const std::string& folder);

// Writes the pages of one template to standard output.
void print_template(const SiteInputs& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only);
