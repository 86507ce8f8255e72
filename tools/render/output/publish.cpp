#include "output/publish.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "cli/errors.hpp"
#include "ndjson/lines.hpp"
#include "output/made_from.hpp"
#include "pages/feeds.hpp"
#include "pages/names.hpp"
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
void make_qr_codes(const Listing& listing, std::size_t begin, std::size_t end, OutputFolder* output,
                   std::vector<std::uint8_t>& modules) {
  CardReader cards{listing};
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t normal = listing.communities.size();
    const Card& card =
        cards.read_row(i < normal ? listing.communities[i] : listing.adult[i - normal]);
    const std::string file = qr_file(card.identifier);
    if (output) {
      const auto there = output->read(file);
      if (const int same = there ? modules_of_same_code(*there, card.join_url) : 0) {
        modules[i] = static_cast<std::uint8_t>(same);
        output->keep(file);
        continue;
      }
    }
    const QrCode code = qr_code(card.join_url);
    modules[i] = static_cast<std::uint8_t>(code.modules);
    if (output) output->write(file, code.svg);
  }
}

// Made for a template that asks for them: encoding costs more than all the rest.
std::vector<std::uint8_t> qr_sizes(const Listing& listing, const Template& page) {
  std::vector<std::uint8_t> modules(listing.communities.size() + listing.adult.size());
  bool asked = false;
  for (std::size_t piece = 0; piece < page.size(); ++piece)
    asked = asked || page.text(piece).find("qr_size") != std::string::npos;
  if (asked) make_qr_codes(listing, 0, modules.size(), nullptr, modules);
  return modules;
}

bool is_page(const std::string& file) { return file.ends_with(".html"); }

}  // namespace

void publish(const Ingredients& from, OutputFolder& output) {
  std::vector<std::uint8_t> modules(from.listing.communities.size() + from.listing.adult.size());
  std::vector<Task> tasks;
  constexpr std::size_t kCodesATask = 256;
  for (std::size_t begin = 0; begin < modules.size(); begin += kCodesATask)
    tasks.push_back([&, begin] {
      make_qr_codes(from.listing, begin, std::min(begin + kCodesATask, modules.size()), &output,
                    modules);
    });
  run_all(tasks);

  tasks.clear();
  const std::uint64_t all_else = made_from(from);
  const Emit emit = [&](const std::string& path, std::string_view content) {
    output.write(path, content);
  };
  const auto views_for = [&](const SiteLanguage& language) {
    return Views{from.site, language, from.listing, from.knowledge, from.wishes};
  };
  const SiteLanguage& usual = from.site.languages().front();
  for (const SiteLanguage& language : from.site.languages())
    tasks.push_back([&] {
      const Views views = views_for(language);
      std::optional<Pages> pages;
      for (const std::string& file : from.site.templates()) {
        if (!is_page(file) || (file == "community.html" && !views.has_communities())) continue;
        const std::uint64_t mark = made_from(all_else, from.site, file, language);
        if (output.keep_made_from(mark)) continue;
        if (!pages) pages.emplace(views, from.runs, modules);
        pages->make(file, [&](const std::string& path, std::string_view content) {
          output.write(path, content, mark);
        });
      }
    });
  tasks.push_back([&] {
    const Views views = views_for(usual);
    Pages pages{views, from.runs, modules};
    for (const std::string& file : from.site.templates())
      if (!is_page(file) && file != "feed.atom") pages.make(file, emit);
    write_feeds(views, output);
  });
  tasks.push_back([&] {
    write_data(views_for(usual), from.selections, output);
    for (const Site::Copy& copy : from.site.copies())
      output.write(copy.path, read_file(copy.place));
  });
  run_all(tasks);
  output.finish();
}

void print_template(const Ingredients& from, const std::string& file, const std::string& language,
                    const std::optional<std::string>& only) {
  const SiteLanguage* chosen =
      language.empty() ? &from.site.languages().front() : from.site.language(language);
  if (!chosen) throw UsageError{"--words " + language + ": there is no such site language"};
  const Views views{from.site, *chosen, from.listing, from.knowledge, from.wishes};
  const std::vector<std::uint8_t> modules = qr_sizes(from.listing, from.site.load(file, *chosen));
  Pages pages{views, from.runs, modules};
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
