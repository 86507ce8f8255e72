// Is a word denied where it stands? The list `denial` has five meanings:
//   not       denies what follows: "no", "without", "не". Commas may stand between: "no ads, porn".
//   ban       denies what follows, up to a comma, and what it follows: "porn is forbidden"
//   after     denies what it follows: "禁止です", "-free"
//   allowed   affirms what it follows: "no ads, NSFW is welcome"
//   only      does so, too, and says that there is nothing else: "no ads, porn only"
// A phrase reaches five words before and six behind it, and never over the end of a sentence.
#pragma once

struct Reading;

// Sets `denied` and `allowed` of the matches.
void find_denials(Reading& reading);
