#include "output/write_site.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "cli/errors.hpp"
#include "crypto/fingerprint.hpp"
#include "data/json_feeds.hpp"
#include "data/search_files.hpp"
#include "ndjson/input.hpp"
#include "ndjson/line_writer.hpp"
#include "output/input_fingerprint.hpp"
#include "output/output.hpp"
#include "output/parallel.hpp"
#include "pages/paths.hpp"
#include "png/png.hpp"
#include "qr/qr.hpp"

namespace {

using Task = std::function<void()>;

// As an image that is large enough to stay sharp at any usual size.
Bitmap bitmap_of(const QrCode& code) {
  constexpr int kPixels = 8;  // a module
  const int side = code.modules * kPixels;
  Bitmap bitmap{side, side, {}};
  std::vector<unsigned char> row;
  for (int y = 0; y < code.modules; ++y) {
    row.clear();
    for (int x = 0; x < code.modules; ++x)
      row.insert(row.end(), kPixels, !code.dark[static_cast<std::size_t>(y * code.modules + x)]);
    for (int i = 0; i < kPixels; ++i)
      bitmap.is_white.insert(bitmap.is_white.end(), row.begin(), row.end());
  }
  return bitmap;
}

// Writes the QR codes of the Communities from rank `begin` to `end`. A code that is already there
// for the same link is kept.
void make_qr_codes(const SiteModel& model, std::size_t begin, std::size_t end,
                   OutputFolder& output) {
  CommunityReader communities{model};
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t normal = model.communities.size();
    const Community& community =
        communities.read_row(i < normal ? model.communities[i] : model.adult[i - normal]);
    const std::string file = qr_file(community.identifier);
    const auto there = output.read(file);
    if (there && is_png_of(*there, community.join_url))
      output.write(file, *there);
    else
      output.write(file, png_of(bitmap_of(qr_code(community.join_url)), community.join_url));
  }
}

// The page about the data files shows their sizes, so it is made after them.
constexpr std::string_view kDataPage = "data.html";

bool is_page(const std::string& file) { return file.ends_with(".html"); }

void write_files(const SiteInputs& from, SiteWriter& site) {
  const std::string all_else = input_fingerprint(from);
  std::map<std::string, std::string> templates;  // and their fingerprints
  for (const std::string& file : from.site.templates())
    templates.emplace(file, template_fingerprint(from.site, file));
  FileSizes sizes;
  const auto views_for = [&](const SiteLanguage& language) {
    return Views{from.site, language, from.model, from.knowledge, from.options, from.runs, sizes};
  };
  // Makes the files of one group, unless they are already there, made from the same inputs.
  const auto in_group = [&](const std::string& inputs, auto&& make) {
    if (site.keep_if_inputs_are(inputs)) return;
    OutputFolder output{site, inputs};
    make(output);
  };
  const auto named = [&](const char* group) {
    return Fingerprint{}.add(all_else).add(group).hex();
  };
  const auto make_templates = [&](const SiteLanguage& language, bool are_pages) {
    const Views views = views_for(language);
    const std::string of_language = input_fingerprint(all_else, language);
    std::optional<Pages> pages;
    for (const auto& each : templates) {
      const std::string& file = each.first;
      if (is_page(file) != are_pages || file == kDataPage) continue;
      in_group(input_fingerprint(of_language, each.second), [&](OutputFolder& output) {
        if (!pages) pages.emplace(views);
        pages->make(file, [&](const std::string& path, std::string_view content) {
          output.write(path, content);
        });
      });
    }
    if (!are_pages)
      in_group(Fingerprint{}.add(of_language).add("feeds").hex(),
               [&](OutputFolder& output) { write_json_feeds(views, output); });
  };
  const SiteLanguage& usual = from.site.languages().front();
  std::vector<Task> tasks;
  const std::size_t codes = from.model.communities.size() + from.model.adult.size();
  constexpr std::size_t kCodesATask = 256;
  for (std::size_t begin = 0; begin < codes; begin += kCodesATask)
    tasks.push_back([&, begin] {
      in_group(named(("codes from " + std::to_string(begin)).c_str()), [&](OutputFolder& output) {
        make_qr_codes(from.model, begin, std::min(begin + kCodesATask, codes), output);
      });
    });
  for (const SiteLanguage& language : from.site.languages())
    tasks.push_back([&] { make_templates(language, true); });
  tasks.push_back([&] { make_templates(usual, false); });
  tasks.push_back([&] {
    in_group(named("data"), [&](OutputFolder& output) {
      const Views views = views_for(usual);
      write_data(views, from.selections, output);
      write_search(views, output);
    });
  });
  tasks.push_back([&] {
    OutputFolder output{site, ""};
    for (const Site::Copy& copy : from.site.copies())
      output.write(copy.path, copy.content());
  });
  run_all(tasks);

  if (!from.site.has(kDataPage)) return;
  sizes = site.sizes_of({"communities.json", "communities.ndjson", "communities.csv",
                         "servers.json", "tags.json", "history.json", "listings.json"});
  Fingerprint of_sizes;
  of_sizes.add(all_else);
  for (const auto& [path, size] : sizes) of_sizes.add(path).add(static_cast<std::int64_t>(size));
  for (const SiteLanguage& language : from.site.languages()) {
    const std::string file{kDataPage};
    const std::string of_language = input_fingerprint(of_sizes.hex(), language);
    in_group(input_fingerprint(of_language, templates.at(file)), [&](OutputFolder& output) {
      const Views views = views_for(language);
      Pages{views}.make(file, [&](const std::string& path, std::string_view content) {
        output.write(path, content);
      });
    });
  }
}

}  // namespace

std::size_t write_site(const SiteInputs& from, const std::string& folder) {
  SiteWriter site{folder};
  try {
    write_files(from, site);
    return site.finish();
  } catch (const Failure& failure) {
    site.discard();
    throw Failure{std::string{failure.what()} + "; " + site.folder() + " is unchanged"};
  }
}

void print_template(const SiteInputs& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only) {
  const SiteLanguage* chosen =
      language.empty() ? &from.site.languages().front() : from.site.language(language);
  if (!chosen) throw UsageError{"--site-language " + language + ": there is no such site language"};
  const FileSizes sizes;
  const Views views{from.site, *chosen, from.model, from.knowledge, from.options, from.runs, sizes};
  Pages pages{views};
  LineWriter out;
  bool any = false;
  pages.make(
      file,
      [&](const std::string&, std::string_view text) {
        any = true;
        if (text.ends_with('\n')) text.remove_suffix(1);
        out.write(text);
      },
      only);
  if (only && !any) throw Failure{"no page of this template is called " + *only};
  out.flush();
}
