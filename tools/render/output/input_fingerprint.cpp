#include "output/input_fingerprint.hpp"

#include <filesystem>

#include "crypto/fingerprint.hpp"
#include "ndjson/input.hpp"
#include "template/assemble.hpp"

namespace {

// A new build of this program may make other pages from the same inputs. If it can't be identified,
// nothing is kept.
void add_program(Fingerprint& all) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const auto time = fs::last_write_time(program, error).time_since_epoch().count();
  all.add(static_cast<std::int64_t>(error ? now() : time));
  all.add(static_cast<std::int64_t>(fs::file_size(program, error)));
}

void add(Fingerprint& all, const Spool& spool, const std::vector<Spool::Slot>& slots) {
  SpoolReader reader{spool};
  all.add(static_cast<std::int64_t>(slots.size()));
  for (const Spool::Slot slot : slots) all.add(reader.read(slot));
}

std::string_view name_of(const std::string& source) { return source; }
std::string_view name_of(ProbeOutcome outcome) { return word_of(outcome); }
std::string_view name_of(const std::optional<KeyStatus>& status) { return word_of(status); }

template <class Counted>
void add(Fingerprint& all, const std::map<Counted, std::int64_t>& counts) {
  all.add(static_cast<std::int64_t>(counts.size()));
  for (const auto& [what, count] : counts) all.add(name_of(what)).add(count);
}

void add(Fingerprint& all, const SiteModel& model) {
  add(all, model.texts, model.communities);
  add(all, model.texts, model.adult);
  add(all, model.server_texts, model.servers);
  add(all, model.server_texts, model.silent);
  add(all, model.outcomes);
  add(all, model.key_states);
  add(all, model.sources);
  for (const auto& [code, effects] : model.reasons) add(all.add(code), effects);
  for (const auto& [copy, original] : model.copies)
    all.add(copy).add(original.id).add(original.host);
  for (const auto& [identifier, imitated] : model.imitations)
    all.add(identifier).add(imitated.identifier).add(imitated.name);
  for (const auto* groups : {&model.languages, &model.tags, &model.topics})
    for (const auto& [name, numbers] : *groups)
      all.add(name).add(static_cast<std::int64_t>(numbers.size()));
  SpoolReader events{model.texts};
  for (const SiteModel::Event& event : model.events)
    all.add(static_cast<std::int64_t>(event.kind))
        .add(event.at)
        .add(static_cast<std::int64_t>(event.in_feeds))
        .add(events.read(event.community));
  all.add(model.left_out).add(model.originals);
  all.add(model.hidden).add(model.never_answered).add(model.began).add(model.generated_at);
}

void add(Fingerprint& all, const SiteOptions& options) {
  all.add(options.site_url).add(options.contact).add(options.licence).add(options.stale_hours);
  all.add(static_cast<std::int64_t>(options.translate_up_to));
  all.add(static_cast<std::int64_t>(options.rows_a_page));
}

}  // namespace

std::string input_fingerprint(const SiteInputs& from) {
  Fingerprint all;
  add_program(all);
  add(all, from.model);
  add(all, from.options);
  for (const std::string& file : from.files) all.add(read_file(file));
  for (const Run& run : from.runs)
    all.add(run.at)
        .add(run.communities)
        .add(run.answered)
        .add(run.weekly_users)
        .add(run.kept_last_state.value_or(0));
  for (const SiteLanguage& language : from.site.languages())
    all.add(language.code).add(language.name).add(language.direction);
  for (const auto& [name, path] : from.site.assets()) all.add(name).add(path);
  for (const std::string& file : from.site.templates()) all.add(file);
  return all.hex();
}

std::string input_fingerprint(const std::string& all_else, const SiteLanguage& language) {
  Fingerprint all;
  all.add(all_else).add(language.code);
  for (const auto& [name, text] : language.translations.texts) all.add(name).add(text);
  return all.hex();
}

std::string input_fingerprint(const std::string& of_language, const std::string& of_template) {
  return Fingerprint{}.add(of_language).add(of_template).hex();
}

std::string template_fingerprint(const Site& site, const std::string& file) {
  Fingerprint all;
  const TemplateRules rules = site.rules(file, site.languages().front());
  for (const std::string& name : files_of_template(file, rules)) {
    all.add(name);
    if (const std::string* content = rules.file(name)) all.add(*content);
  }
  return all.hex();
}
