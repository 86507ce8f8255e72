#include <set>

#include "pages/page_kind.hpp"

namespace {

void put_reason(Values& item, const Views& views, const std::string& code, const ReasonText* text) {
  const std::string label = views.label("reason", code);
  const std::string told = views.label("reason", code + "_text");
  item.put("reason", code);
  item.put("label", label == code && text ? text->title : label);
  item.put("text", told != code + "_text" ? told : (text ? text->text : ""));
  item.put("foreign", label == code && text && !views.is_default());
  const auto found = views.model().reasons.find(code);
  std::int64_t total = 0;
  for (const char* effect : {"hidden", "adult", "pinned"}) {
    std::int64_t count = 0;
    if (found != views.model().reasons.end())
      if (const auto it = found->second.find(effect); it != found->second.end()) count = it->second;
    total += count;
    item.put(effect, count > 0 ? std::optional{views.number(count)} : std::nullopt);
  }
  item.put("count", views.number(total));
}

void fill(Values& scope, const Views& views) {
  Values* list = scope.list("reasons");
  if (!list) return;
  std::set<std::string> told;
  for (const ReasonText& text : views.knowledge().reasons()) {
    put_reason(list->add(), views, text.code, &text);
    told.insert(text.code);
  }
  for (const auto& [code, effects] : views.model().reasons)
    if (!told.contains(code)) put_reason(list->add(), views, code, nullptr);
}

}  // namespace

// What is hidden, adult or pinned, and why.
extern const PageKind kCriteriaPage;
const PageKind kCriteriaPage =
    single_page("criteria.html", {"reasons", "reason", "text", "foreign"},
                [](SitePage& page, const Views& views) {
                  page.fill = [&](Values& scope) { fill(scope, views); };
                });
