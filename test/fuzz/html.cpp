// The part of reading HTML that is ours: the depth that decides whether tidy gets
// it, and the walk through what tidy may write. Tidy itself runs in a child that
// can be killed, and hangs on small pages: it is not called here.
#include <algorithm>

#include "../../tools/lib/html/readable_text.cpp"
#include "fuzz.hpp"

FUZZ(text) {
  expect(depth_of(text) <= static_cast<std::size_t>(std::count(text.begin(), text.end(), '<')));
  expect(text_in(text).size() <= 8 * text.size() + 16);
}
