// Is a word denied where it stands? The list `denial` has these meanings:
//   not       denies what follows: "no", "without", "не". Commas may stand between: "no ads, porn".
//   ban       denies what follows, up to a comma, and what it follows: "porn is forbidden"
//   ban-for   denies what follows: "ban for porn"
//   after     denies what it follows: "禁止です", "-free"
//   allowed   affirms what it follows: "no ads, NSFW is welcome"
//   only      does so, too, and says that there is nothing else: "no ads, porn only"
//   permit    affirms what follows, too: "se permite NSFW"
//   but       ends the reach of the others: "no ads but porn"
//   after-not is a ban if `not` stands before it: "has no place", "must not be posted"
//   minors    a denial beside it is about them: "nudes, no minors"
//   offence   a ban beside it is about that: "porn pics, spam = ban". In a list, it is about all:
//             "porn, spam = ban", "porn pics, ads and spam are forbidden"
// A phrase reaches five words forward and six back, and never over the end of a sentence, except
// as the answer to a question: "Porn? No!" `not` before `allowed` is `ban`, and before a ban it
// makes both affirm; right behind a word it answers it: "NSFW: no". In a list, what is denied
// denies the next item.
#pragma once

#include <cstdint>

#include "base/word.hpp"

struct Reading;

enum class Denial : std::uint8_t {
  no,
  ban,
  ban_for,
  after,
  allowed,
  only,
  permit,
  but,
  after_not,
  minors,
  offence,
};
constexpr auto words_of(Denial) {
  return words<Denial::offence>("not", "ban", "ban-for", "after", "allowed", "only", "permit",
                                "but", "after-not", "minors", "offence");
}

// Sets `denied` and `allowed` of the matches.
void find_denials(Reading& reading);
