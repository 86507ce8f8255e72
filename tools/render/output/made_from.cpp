#include "output/made_from.hpp"

#include <filesystem>

#include "model/hash.hpp"
#include "ndjson/lines.hpp"

namespace {

// A new build of it may make other pages of the same. Where it can't be told apart, nothing is
// kept.
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

void add(Fingerprint& all, const std::map<std::string, std::int64_t>& counts) {
  all.add(static_cast<std::int64_t>(counts.size()));
  for (const auto& [name, count] : counts) all.add(name).add(count);
}

void add(Fingerprint& all, const Listing& listing) {
  add(all, listing.cards, listing.communities);
  add(all, listing.cards, listing.adult);
  add(all, listing.server_cards, listing.servers);
  add(all, listing.server_cards, listing.silent);
  for (const auto* counts : {&listing.outcomes, &listing.key_states, &listing.sources})
    add(all, *counts);
  for (const auto& [code, effects] : listing.reasons) add(all.add(code), effects);
  all.add(listing.hidden).add(listing.generated_at);
}

void add(Fingerprint& all, const SiteWishes& wishes) {
  all.add(wishes.site_url).add(wishes.contact).add(wishes.stale_hours);
  all.add(static_cast<std::int64_t>(wishes.translate_up_to));
  all.add(static_cast<std::int64_t>(wishes.rows_a_page));
}

}  // namespace

std::uint64_t made_from(const Ingredients& from) {
  Fingerprint all;
  add_program(all);
  add(all, from.listing);
  add(all, from.wishes);
  for (const std::string& file : from.known) all.add(read_file(file));
  for (const Run& run : from.runs)
    all.add(run.at).add(run.communities).add(run.answered).add(run.weekly_users);
  for (const SiteLanguage& language : from.site.languages())
    all.add(language.code).add(language.name).add(language.direction);
  for (const auto& [name, path] : from.site.assets()) all.add(name).add(path);
  return all.value();
}

std::uint64_t made_from(std::uint64_t all_else, const Site& site, const std::string& file,
                        const SiteLanguage& language) {
  Fingerprint one{all_else};
  one.add(file).add(language.code);
  for (const auto& [name, text] : language.words.texts) one.add(name).add(text);
  for (const TemplatePiece& piece : site.pieces(file, language))
    one.add(piece.section).add(piece.text);
  return one.value();
}
