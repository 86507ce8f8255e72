#include "render.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "output/publish.hpp"
#include "knowledge/questions.hpp"

namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& file) {
  const fs::path parent = fs::path{file}.parent_path();
  return parent.empty() ? "." : parent.string();
}

std::vector<Run> read_runs(const std::string& file) {
  std::vector<Run> runs;
  if (file.empty()) return runs;
  for_each_line({file}, {}, "render", [&](const Line& line) {
    const Json json = line.json();
    if (kind_of(json) == Run::kKind) runs.push_back(from_json<Run>(json));
  });
  std::stable_sort(runs.begin(), runs.end(),
                   [](const Run& a, const Run& b) { return a.at < b.at; });
  return runs;
}

int each_server(const RenderWishes& wishes, const std::function<void(const Server&)>& use) {
  return for_each_line(wishes.files, wishes.bad_lines, "render", [&](const Line& line) {
    const Json json = line.json();
    if (kind_of(json) == Server::kKind) use(from_json<Server>(json));
  });
}

}  // namespace

RenderWishes read_render_wishes(int argc, char** argv) {
  RenderWishes wishes;
  Options options{
      "render",
      "--output DIR | --template FILE | --explain IDENTIFIER | --check [OPTION...] [FILE...]",
      "Make the website from server records (the final ones, of dedupe --by=key).\n"};
  options.text("output", "DIR", "make the whole site here", wishes.output);
  options.text("template", "FILE", "make only this template, to standard output",
               wishes.template_file);
  options.value("only", "WHAT", "with --template: for this identifier, language, tag or server",
                [&](std::string_view what) { wishes.only = what; });
  options.text("words", "LANG", "with --template: in this site language [en]", wishes.words);
  options.list("explain", "IDENTIFIER",
               "say why a Community is shown or not, and who says so (repeatable)", wishes.explain);
  options.flag("check", "check what people know; with FILEs, say what of it speaks of nothing",
               wishes.check);
  std::string sites;
  options.text("sites", "DIR", "templates, words, styles [sites]", sites);
  options.text("languages", "DIR", "what people know [languages]", wishes.languages);
  options.value("policy", "FILE", "what is hidden, adult or pinned [policy.ndjson in --sites]",
                [&](std::string_view file) { wishes.policy = file; });
  options.text("runs", "FILE", "run records, for the charts of the status page", wishes.runs);
  options.value("site-url", "URL", "where the site will be, for feeds, cards and sitemaps",
                [&](std::string_view url) {
                  while (url.ends_with('/')) url.remove_suffix(1);
                  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
                  if (!is_web || url.find_first_of(" \"<>") != std::string_view::npos)
                    throw UsageError{"--site-url: expected http(s)://HOST[/PATH]"};
                  wishes.site.site_url = url;
                });
  options.value("contact", "LINK", "where people reach you: mailto:… or https://…",
                [&](std::string_view link) {
                  if (!link.starts_with("mailto:") && !link.starts_with("https://"))
                    throw UsageError{"--contact: expected mailto:ADDRESS or https://…"};
                  wishes.site.contact = link;
                });
  options.value("now", "TIME", "count ages from this time (RFC 3339) and not from the clock",
                [&](std::string_view text) {
                  wishes.now = parse_rfc3339(text);
                  if (!wishes.now)
                    throw UsageError{"--now: expected a time like 2026-11-22T20:05:17Z"};
                });
  options.number("stale-after", "HOURS", "when a page should call its data old [3]",
                 wishes.site.stale_hours, 1, 24 * 365);
  std::int64_t translate_up_to = static_cast<std::int64_t>(wishes.site.translate_up_to);
  options.number("translate-up-to", "N",
                 "single Communities in all site languages, if there are at most N [2000]",
                 translate_up_to, 0, 10'000'000);
  std::int64_t rows = static_cast<std::int64_t>(wishes.site.rows_a_page);
  options.number("rows", "N", "Communities on one page of a list [1000]", rows, 1, 100'000);
  add_bad_line_options(options, wishes.bad_lines);
  options.flag("v,verbose", "say what people know that matched nothing, and what was made",
               wishes.verbose);
  wishes.files = options.read(argc, argv);

  const int tasks = !wishes.output.empty() + !wishes.template_file.empty() +
                    !wishes.explain.empty() + wishes.check;
  if (tasks != 1) throw UsageError{"expected one of --output, --template, --explain and --check"};
  if (wishes.template_file.empty() && (wishes.only || !wishes.words.empty()))
    throw UsageError{"--only and --words go with --template"};
  if (!sites.empty())
    wishes.sites = sites;
  else if (!wishes.template_file.empty())
    wishes.sites = folder_of(wishes.template_file);
  wishes.site.translate_up_to = static_cast<std::size_t>(translate_up_to);
  wishes.site.rows_a_page = static_cast<std::size_t>(rows);
  return wishes;
}

int render(const RenderWishes& wishes) {
  const std::vector<std::string> known =
      knowledge_files(wishes.languages, wishes.sites, wishes.policy);
  if (wishes.check) return check_knowledge(known, wishes.files, wishes.bad_lines);
  const Knowledge knowledge{known};
  const UnixTime when = wishes.now ? *wishes.now : now();
  if (!wishes.explain.empty())
    return explain_communities(wishes.files, wishes.bad_lines, wishes.explain, knowledge, when);

  const Site site{wishes.sites};
  const std::vector<Run> runs = read_runs(wishes.runs);
  const std::string selections_file = wishes.sites + "/listings.ndjson";
  const std::vector<Selection> selections =
      fs::exists(selections_file) ? read_selections(selections_file) : std::vector<Selection>{};

  ListingBuilder builder{knowledge, when, {}};
  bool any = false;
  const int status = each_server(wishes, [&](const Server& server) {
    builder.add(server);
    any = true;
  });
  if (!any && !wishes.output.empty())
    throw Failure{"no server came in, so nothing is published; what is in " + wishes.output +
                  " stays"};
  if (wishes.verbose)
    for (const std::string& line : builder.annotator().unmatched()) std::cerr << line << '\n';
  const Listing listing = builder.finish();

  const Ingredients from{site, listing, knowledge, wishes.site, runs, selections, known};
  if (!wishes.template_file.empty()) {
    print_template(from, fs::path{wishes.template_file}.filename().string(), wishes.words,
                   wishes.only);
    return status;
  }
  OutputFolder output{wishes.output};
  publish(from, output);
  if (wishes.verbose)
    std::cerr << listing.communities.size() << " Communities, " << listing.adult.size()
              << " adult ones, " << listing.hidden << " withheld, on " << listing.servers.size()
              << " servers\n";
  return status;
}
