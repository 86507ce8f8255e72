#include "html/readable_text.hpp"

#include <tidy/tidy.h>
#include <tidy/tidybuffio.h>

#include <algorithm>
#include <iterator>
#include <pugixml.hpp>

#include "base/ascii.hpp"
#include "base/handle.hpp"
#include "html/child.hpp"

namespace {

using Tidy = Handle<const _TidyDoc, tidyRelease>;

// An initialised buffer of tidy: zeroing it is not enough.
struct TidyText : TidyBuffer {
  TidyText() { tidyBufInit(this); }
  ~TidyText() { tidyBufFree(this); }
  TidyText(const TidyText&) = delete;
  TidyText& operator=(const TidyText&) = delete;
};

// Elements that begin a line of their own, or hide their content. Sorted.
constexpr std::string_view kBlocks[] = {
    "address", "article", "aside",    "blockquote", "body",     "br",     "button", "caption",
    "center",  "col",     "colgroup", "dd",         "details",  "dialog", "dir",    "div",
    "dl",      "dt",      "fieldset", "figcaption", "figure",   "footer", "form",   "frame",
    "h1",      "h2",      "h3",       "h4",         "h5",       "h6",     "head",   "header",
    "hr",      "html",    "iframe",   "img",        "input",    "legend", "li",     "link",
    "main",    "menu",    "meta",     "nav",        "noscript", "object", "ol",     "optgroup",
    "option",  "p",       "pre",      "script",     "section",  "select", "style",  "summary",
    "table",   "tbody",   "td",       "template",   "textarea", "tfoot",  "th",     "thead",
    "title",   "tr",      "ul"};

constexpr std::string_view kApart = "\n\n";

class Walk : public pugi::xml_tree_walker {
 public:
  std::string text, values;

  bool for_each(pugi::xml_node& node) override {
    leave(depth());
    if (node.type() == pugi::node_comment) {
      text.append(kApart).append(node.value()).append(kApart);
    } else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      text += node.value();
    } else if (node.type() == pugi::node_element) {
      for (const pugi::xml_attribute& attribute : node.attributes())
        values.append(attribute.value()).append(kApart);
      const std::string_view name = node.name();
      open_.push_back({depth(), mark_of(name)});
      text += open_.back().mark;
    }
    return true;
  }
  bool end(pugi::xml_node&) override {
    leave(0);
    return true;
  }

 private:
  struct Open {
    int depth;
    std::string_view mark;
  };
  void leave(int depth) {
    for (; !open_.empty() && open_.back().depth >= depth; open_.pop_back())
      text += open_.back().mark;
  }
  static std::string_view mark_of(std::string_view name) {
    if (std::binary_search(std::begin(kBlocks), std::end(kBlocks), name)) return kApart;
    return name == "wbr" ? "" : "<b>";
  }
  std::vector<Open> open_;
};

std::string repaired(std::string_view html) {
  const Tidy tidy{tidyCreate()};
  TidyText complaints, in, out;  // nobody needs the complaints about a stranger's markup

  tidySetErrorBuffer(tidy.get(), &complaints);
  tidySetCharEncoding(tidy.get(), "utf8");
  for (const auto option : {TidyXhtmlOut, TidyForceOutput, TidyNumEntities, TidyQuiet})
    tidyOptSetBool(tidy.get(), option, yes);
  // By default tidy rewrites text such as "http:\/\/" in attributes, and so loses links.
  for (const auto option :
       {TidyFixBackslash, TidyFixUri, TidyShowWarnings, TidyMark, TidyDropEmptyElems})
    tidyOptSetBool(tidy.get(), option, no);
  tidyOptSetInt(tidy.get(), TidyWrapLen, 0);
  tidyOptSetValue(tidy.get(), TidyUseCustomTags, "inline");
  tidyBufAppend(&in, const_cast<char*>(html.data()), static_cast<uint>(html.size()));
  tidyParseBuffer(tidy.get(), &in);
  tidyCleanAndRepair(tidy.get());
  tidySaveBuffer(tidy.get(), &out);
  return {reinterpret_cast<const char*>(out.bp), out.bp ? out.size : 0};
}

// If pugixml refuses the XML, the text before the error.
std::string text_in(std::string_view xml) {
  pugi::xml_document tree;
  tree.load_buffer(xml.data(), xml.size(),
                   pugi::parse_default | pugi::parse_comments | pugi::parse_ws_pcdata,
                   pugi::encoding_utf8);
  Walk walk;
  tree.traverse(walk);
  return walk.text.append(kApart).append(walk.values);
}

}  // namespace

std::size_t depth_of(std::string_view html) {
  // Elements that have no content, or that the next tag closes.
  constexpr std::string_view kUncounted[] = {
      "area", "base",   "br", "col",   "dd",     "dt", "embed", "hr",    "img", "input", "li",
      "link", "option", "p",  "param", "source", "td", "th",    "track", "tr",  "wbr"};

  std::size_t depth = 0, deepest = 0;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool is_end = html.substr(at + 1).starts_with('/');
    std::string name;
    for (std::size_t i = at + 1 + is_end; i < html.size() && is_letter(html[i]) && name.size() < 8;
         ++i)
      name += static_cast<char>(html[i] | 0x20);
    if (name.empty() ||
        std::find(std::begin(kUncounted), std::end(kUncounted), name) != std::end(kUncounted))
      continue;
    if (!is_end)
      deepest = std::max(deepest, ++depth);
    else if (depth > 0)
      --depth;
  }
  return deepest;
}

Result<std::string> readable_text(std::string_view html, const HtmlLimits& limits) {
  if (html.size() > limits.bytes)
    return Reason{"the page has more than " + std::to_string(limits.bytes >> 20) + " MiB"};
  if (depth_of(html) > limits.depth)
    return Reason{"more than " + std::to_string(limits.depth) + " elements are open at once"};
  const std::size_t most_output = 8 * html.size() + (1 << 20);
  Result<std::string> text =
      in_child([&] { return text_in(repaired(html)); },
               {limits.memory, limits.cpu_seconds, limits.seconds, most_output});
  if (!text) return Reason{"parsing the page " + text.reason()};
  return text;
}
