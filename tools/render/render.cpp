#include "render.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>

#include "check_command.hpp"
#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "explain_command.hpp"
#include "knowledge/selections.hpp"
#include "model/site_model_builder.hpp"
#include "output/site_writer.hpp"
#include "output/write_site.hpp"

namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& file) {
  const fs::path parent = fs::path{file}.parent_path();
  return parent.empty() ? "." : parent.string();
}

std::vector<Run> read_runs(const std::string& file) {
  std::vector<Run> runs;
  if (file.empty()) return runs;
  JsonText memory;
  std::size_t damaged = 0;
  for_each_line({file}, {}, "render", [&](const Line& line) {
    try {
      const JsonView json = line.json(memory);
      if (kind_of(json) == Run::kKind) runs.push_back(from_json<Run>(json));
    } catch (const BadLine&) {
      ++damaged;
    }
  });
  if (damaged > 0)
    std::cerr << "render: " << file << ": damaged lines left out: " << damaged << '\n';
  std::stable_sort(runs.begin(), runs.end(),
                   [](const Run& a, const Run& b) { return a.at < b.at; });
  return runs;
}

int each_server(const RenderOptions& options, const std::function<void(Server)>& use) {
  JsonText memory;
  return for_each_line(options.files, options.bad_lines, "render", [&](const Line& line) {
    const JsonView json = line.json(memory);
    if (kind_of(json) == Server::kKind) use(from_json<Server>(json));
  });
}

}  // namespace

RenderOptions read_render_options(int argc, char** argv) {
  RenderOptions options;
  Options parser{"render",
                 "--output DIR|--rollback DIR|--template FILE|\n"
                 "              --explain IDENTIFIER|--check [OPTION...] [FILE...]",
                 "Make the website from the server records of dedupe --by=key.\n"};
  parser.text("output", "DIR", "make the whole site and put it in place of DIR", options.output);
  parser.text("rollback", "DIR", "bring back the previous site of DIR", options.rollback);
  parser.text("template", "FILE", "write what this template makes to standard output",
              options.template_file);
  parser.value("only", "WHAT", "with --template: only for this identifier, language, tag or server",
               [&](std::string_view what) { options.only = what; });
  parser.text("site-language", "LANG", "with --template: in this site language [en]",
              options.site_language);
  parser.list("explain", "IDENTIFIER", "print whether a Community is shown, and why (repeatable)",
              options.explain);
  parser.flag("check", "check languages/ and the policy, also against the listing in FILEs",
              options.check);
  std::vector<std::string> sites;
  parser.list("sites", "DIR",
              "templates, translations, styles; what the first lacks comes from the next "
              "(repeatable) [sites]",
              sites);
  parser.text("languages", "DIR", "what people know about Communities [languages]",
              options.languages);
  parser.list("policy", "FILE",
              "what is hidden, adult or pinned (repeatable) [policy.ndjson in --sites]",
              options.policy);
  parser.text("runs", "FILE", "run records, for the charts of the status page", options.runs);
  parser.value(
      "site-url", "URL", "the address of the site, for feeds, cards and sitemaps",
      [&](std::string_view url) {
        const std::size_t host = url.find("://") + 3;
        const bool is_web = url.starts_with("https://") || url.starts_with("http://");
        if (!is_web || url.substr(host).starts_with('/') || url.size() == host ||
            url.find_first_of(" \"<>?#") != std::string_view::npos)
          throw UsageError{"--site-url " + std::string{url} + ": expected http(s)://HOST[/PATH]"};
        while (url.ends_with('/')) url.remove_suffix(1);
        options.site.site_url = url;
      });
  parser.value("contact", "LINK", "where people reach you: mailto:… or https://…",
               [&](std::string_view link) {
                 if (!link.starts_with("mailto:") && !link.starts_with("https://"))
                   throw UsageError{"--contact " + std::string{link} +
                                    ": expected mailto:ADDRESS or https://…"};
                 options.site.contact = link;
               });
  parser.value("licence", "ID", "licence of the data, by its SPDX identifier [CC0-1.0]",
               [&](std::string_view id) {
                 const auto is_part = [](unsigned char c) {
                   return std::isalnum(c) || c == '.' || c == '-' || c == '+';
                 };
                 if (id.empty() || !std::all_of(id.begin(), id.end(), is_part))
                   throw UsageError{"--licence " + std::string{id} +
                                    ": expected an SPDX identifier like CC0-1.0"};
                 options.site.licence = id;
               });
  parser.value("now", "TIME", "count ages from this time (RFC 3339), not from the clock",
               [&](std::string_view text) {
                 options.now = parse_rfc3339(text);
                 if (!options.now)
                   throw UsageError{"--now " + std::string{text} +
                                    ": expected a time like 2026-11-22T20:05:17Z"};
               });
  parser.number("stale-after", "HOURS", "pages call their data old after this time [3]",
                options.site.stale_hours, 1, 24 * 365);
  std::int64_t translate_up_to = options.site.translate_up_to;
  parser.number("translate-up-to", "N",
                "translate pages of single Communities and servers if there are at most N "
                "Communities [2000]",
                translate_up_to, 0, 10'000'000);
  std::int64_t rows = options.site.rows_a_page;
  parser.number("rows", "N", "rows on one page of a list [1000]", rows, 1, 100'000);
  add_bad_line_options(parser, options.bad_lines);
  options.summary.add_option(parser);
  parser.flag("v,verbose",
              "print what was left out, which lines matched nothing, and what was made",
              options.verbose);
  options.files = parser.read(argc, argv);

  const int tasks = !options.output.empty() + !options.rollback.empty() +
                    !options.template_file.empty() + !options.explain.empty() + options.check;
  if (tasks != 1)
    throw UsageError{"expected one of --output, --rollback, --template, --explain and --check"};
  if (options.template_file.empty() && (options.only || !options.site_language.empty()))
    throw UsageError{"--only and --site-language need --template"};
  if (!sites.empty())
    options.sites = sites;
  else if (!options.template_file.empty())
    options.sites = {folder_of(options.template_file)};
  options.site.translate_up_to = static_cast<std::size_t>(translate_up_to);
  options.site.rows_a_page = static_cast<std::size_t>(rows);
  return options;
}

int render(const RenderOptions& options) {
  if (!options.rollback.empty()) {
    roll_back(options.rollback);
    return kDone;
  }
  const std::vector<std::string> known =
      knowledge_files(options.languages, options.sites, options.policy);
  const std::string selections_file = file_of(options.sites, "selections.ndjson");
  if (options.check) {
    const int status =
        check_knowledge(known, selections_file, options.files, options.bad_lines, options.verbose);
    return file_of(options.sites, "translations/en.txt").empty()
               ? status
               : std::max(status, check_site_languages(options.sites, known));
  }
  const Knowledge knowledge{known};
  const UnixTime when = options.now ? *options.now : now();
  if (!options.explain.empty())
    return explain_communities(options.files, options.bad_lines, options.explain, knowledge, when);

  const Site site{options.sites};
  for (const std::string& notice : site.notices()) std::cerr << "render: " << notice << '\n';
  const std::vector<Run> runs = read_runs(options.runs);
  const std::vector<Selection> selections =
      selections_file.empty() ? std::vector<Selection>{} : read_selections(selections_file);

  SiteModelBuilder builder{knowledge, when};
  bool any = false;
  bool any_probed = false;
  const int status = each_server(options, [&](Server server) {
    any = true;
    any_probed = any_probed || server.probe || !server.rooms.empty();
    builder.add(std::move(server));
  });
  if (!any_probed && !options.output.empty())
    throw Failure{
        (any ? "no server in the input was ever probed; the input is a listing, as dedupe "
               "--by=key writes it; "
             : "the input has no server records; ") +
        options.output + " is unchanged"};
  if (options.verbose)
    for (const auto& lines : {builder.data_check().left_out(), builder.annotator().unmatched()})
      for (const std::string& line : lines) std::cerr << line << '\n';
  const SiteModel model = builder.finish();

  std::vector<std::string> files = known;
  if (!selections.empty()) files.push_back(selections_file);
  const SiteInputs from{site, model, knowledge, options.site, runs, selections, files};
  if (!options.template_file.empty()) {
    print_template(from, fs::path{options.template_file}.filename().string(), options.site_language,
                   options.only);
    return status;
  }
  const std::size_t changed = write_site(from, options.output);
  const auto count = [](std::size_t number) { return Json::integer(number); };
  options.summary.write({{"shown", Json::integer(model.originals)},
                         {"adult", count(model.adult.size())},
                         {"hidden", Json::integer(model.hidden)},
                         {"left_out", Json::integer(model.left_out)},
                         {"copies_of_hidden", count(model.copies_of_hidden.size())},
                         {"servers", count(model.servers.size())},
                         {"changed", count(changed)}});
  if (options.verbose)
    std::cerr << model.communities.size() << " Communities, " << model.adult.size()
              << " adult ones, " << model.hidden << " hidden, on " << model.servers.size()
              << " servers; " << model.copies_of_hidden.size() << " copies of hidden ones\n";
  if (options.verbose)
    for (const std::string& identifier : model.copies_of_hidden)
      std::cerr << identifier << " is a copy of a hidden one\n";
  return status;
}
