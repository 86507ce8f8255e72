#include "output/publish.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "cli/errors.hpp"
#include "data/json_feeds.hpp"
#include "ndjson/lines.hpp"
#include "output/input_fingerprint.hpp"
#include "pages/paths.hpp"
#include "qr/qr.hpp"

namespace {

using Task = std::function<void()>;

// Runs them all, as many at a time as there are processors. The first error is thrown on.
void run_all(const std::vector<Task>& tasks) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) try {
        tasks[i]();
      } catch (...) {
        const std::lock_guard lock{mutex};
        if (!error) error = std::current_exception();
        next = tasks.size();
      }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
    work();
  }
  if (error) std::rethrow_exception(error);
}

// The QR codes of the Communities from rank `begin` to `end`. One that is there
// already, for the same link, is not made again.
void make_qr_codes(const SiteModel& model, std::size_t begin, std::size_t end,
                   OutputFolder& output) {
  CommunityReader communities{model};
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t normal = model.communities.size();
    const Community& community =
        communities.read_row(i < normal ? model.communities[i] : model.adult[i - normal]);
    const std::string file = qr_file(community.identifier);
    const auto there = output.read(file);
    if (there && modules_of_same_code(*there, community.join_url) > 0)
      output.keep(file);
    else
      output.write(file, qr_code(community.join_url).svg);
  }
}

bool is_page(const std::string& file) { return file.ends_with(".html"); }

}  // namespace

void write_site(const SiteInputs& from, OutputFolder& output) {
  std::vector<Task> tasks;
  const std::size_t codes = from.model.communities.size() + from.model.adult.size();
  constexpr std::size_t kCodesATask = 256;
  for (std::size_t begin = 0; begin < codes; begin += kCodesATask)
    tasks.push_back([&, begin] {
      make_qr_codes(from.model, begin, std::min(begin + kCodesATask, codes), output);
    });
  const std::uint64_t all_else = input_fingerprint(from);
  const Emit emit = [&](const std::string& path, std::string_view content) {
    output.write(path, content);
  };
  const auto views_for = [&](const SiteLanguage& language) {
    return Views{from.site, language, from.model, from.knowledge, from.options, from.runs};
  };
  const SiteLanguage& usual = from.site.languages().front();
  for (const SiteLanguage& language : from.site.languages())
    tasks.push_back([&] {
      const Views views = views_for(language);
      const std::uint64_t of_language = input_fingerprint(all_else, language);
      std::optional<Pages> pages;
      for (const std::string& file : from.site.templates()) {
        if (!is_page(file)) continue;
        const std::uint64_t mark = input_fingerprint(of_language, from.site, file, language);
        if (output.keep_made_from(mark)) continue;
        if (!pages) pages.emplace(views);
        pages->make(file, [&](const std::string& path, std::string_view content) {
          output.write(path, content, mark);
        });
      }
    });
  tasks.push_back([&] {
    const Views views = views_for(usual);
    Pages pages{views};
    for (const std::string& file : from.site.templates())
      if (!is_page(file)) pages.make(file, emit);
    write_json_feeds(views, output);
  });
  tasks.push_back([&] {
    write_data(views_for(usual), from.selections, output);
    for (const Site::Copy& copy : from.site.copies())
      output.write(copy.path, read_file(copy.place));
  });
  run_all(tasks);
  output.finish();
}

void print_template(const SiteInputs& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only) {
  const SiteLanguage* chosen =
      language.empty() ? &from.site.languages().front() : from.site.language(language);
  if (!chosen) throw UsageError{"--site-language " + language + ": there is no such site language"};
  const Views views{from.site, *chosen, from.model, from.knowledge, from.options, from.runs};
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
  if (only && !any) throw Failure{"nothing here is called " + *only};
  out.flush();
}
