#include "charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/ascii.hpp"
#include "text/clean.hpp"

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
constexpr std::size_t kPrescan = 4096;  // bytes in which a page should say its encoding

struct Label {
  std::string_view label, iconv_name;
};

// Encoding Standard, 4.2, without the rarest spellings; in order, for the search.
constexpr Label kLabels[] = {
    {"ascii", "CP1252"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"cp1250", "CP1250"},
    {"cp1251", "CP1251"},
    {"cp1252", "CP1252"},
    {"cp866", "IBM866"},
    {"cp936", "GB18030"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"gb18030", "GB18030"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"ibm866", "IBM866"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"iso-8859-1", "CP1252"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-11", "CP874"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"iso8859-1", "CP1252"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"ks_c_5601-1987", "CP949"},
    {"latin1", "CP1252"},
    {"latin2", "ISO-8859-2"},
    {"macintosh", "MACINTOSH"},
    {"shift-jis", "CP932"},
    {"shift_jis", "CP932"},
    {"sjis", "CP932"},
    {"tis-620", "CP874"},
    {"unicode", "UTF-16LE"},
    {"us-ascii", "CP1252"},
    {"utf-16", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-16le", "UTF-16LE"},
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1252", "CP1252"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"windows-31j", "CP932"},
    {"windows-874", "CP874"},
    {"windows-949", "CP949"},
    {"x-gbk", "GB18030"},
    {"x-sjis", "CP932"},
};

std::string_view iconv_name_of(std::string_view label) {
  const auto found = std::lower_bound(
      std::begin(kLabels), std::end(kLabels), label,
      [](const Label& entry, std::string_view name) { return entry.label < name; });
  return found != std::end(kLabels) && found->label == label ? found->iconv_name : "";
}

// The value of `name=` in lower-case text, without its quotes.
std::string_view value_behind(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    auto begin = text.find_first_not_of(" \t\r\n", at + name.size());
    if (begin == std::string_view::npos || text[begin] != '=') continue;
    begin = text.find_first_not_of(" \t\r\n\"'", begin + 1);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_first_of(" \t\r\n\"';>?/", begin) - begin);
  }
  return {};
}

std::string_view encoding_in_page(const std::string& start) {
  if (start.starts_with("<?xml")) {
    const std::string_view declaration = std::string_view{start}.substr(0, start.find("?>"));
    if (const auto name = iconv_name_of(value_behind(declaration, "encoding")); !name.empty())
      return name;
  }
  for (auto at = start.find("<meta"); at != std::string::npos; at = start.find("<meta", at + 1)) {
    const std::string_view element = std::string_view{start}.substr(at, start.find('>', at) - at);
    const auto name = iconv_name_of(value_behind(element, "charset"));
    // A <meta> that can be read as ASCII is not in a UTF-16 page, whatever it says.
    if (!name.empty()) return name.starts_with("UTF-16") ? "UTF-8" : name;
  }
  return {};
}

// The body as UTF-8; nothing if iconv does not know the encoding.
std::optional<std::string> converted(std::string_view body, std::string_view from) {
  if (from == "UTF-8") return std::string{body};
  const iconv_t converter = iconv_open("UTF-8", std::string{from}.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string text;
  text.reserve(body.size() + body.size() / 8);
  std::array<char, 16384> buffer;
  char* in = const_cast<char*>(body.data());  // iconv() does not write there
  std::size_t left = body.size();
  for (bool more = true; more;) {
    more = left > 0;  // once more without input: some encodings hold a last character back
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(converter, more ? &in : nullptr, &left, &out, &room);
    const int error = errno;
    text.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1)) continue;
    if (error == EILSEQ) {
      text += kReplacement;
      ++in;
      --left;
    } else if (error != E2BIG) {  // EINVAL: it ends within a character
      text += kReplacement;
      left = 0;
    }
  }
  iconv_close(converter);
  return text;
}

// Valid UTF-8 without NUL. iconv's own idea of UTF-8 goes beyond U+10FFFF.
std::string valid(std::string_view bytes) {
  std::string text = mend_utf8(bytes);
  if (text.find('\0') == std::string::npos) return text;
  std::string without;
  for (const char c : text) c == '\0' ? without += kReplacement : without += c;
  return without;
}

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }

bool is_json(std::string_view type) {
  return type == "application/json" || type.ends_with("+json");
}

// The encoding of a body without byte order mark. Text in another encoding is hardly ever valid
// UTF-8, except text of ASCII bytes only: in UTF-16 it has NULs, in ISO-2022-JP it has ESC.
std::string_view encoding_of(std::string_view body, std::string_view content_type) {
  const bool is_utf8 = mend_utf8(body) == body, has_nul = has(body, '\0');
  if (is_json(media_type_of(content_type)) || (is_utf8 && !has_nul && !has(body, '\x1b')))
    return "UTF-8";
  auto name = iconv_name_of(value_behind(to_lower(content_type), "charset"));
  if (name.empty()) name = encoding_in_page(to_lower(body.substr(0, kPrescan)));
  if (!name.empty() && (has_nul || !name.starts_with("UTF-16"))) return name;
  return is_utf8 ? "UTF-8" : "CP1252";
}

}  // namespace

std::string to_utf8(std::string_view body, std::string_view content_type) {
  std::string_view name;
  if (body.starts_with("\xef\xbb\xbf")) {
    body.remove_prefix(3);
    name = "UTF-8";
  } else if (body.starts_with("\xfe\xff") || body.starts_with("\xff\xfe")) {
    name = body[0] == '\xfe' ? "UTF-16BE" : "UTF-16LE";
    body.remove_prefix(2);
  } else {
    name = encoding_of(body, content_type);
  }
  return valid(converted(body, name).value_or(std::string{body}));
}

std::string media_type_of(std::string_view content_type) {
  const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
  const auto may_be_in_type = [](char c) {
    return is_alnum(c) ||
           (c != '\0' && std::string_view{"!#$&-^_.+/"}.find(c) != std::string_view::npos);
  };
  const bool fits = type.size() <= 127 && std::count(type.begin(), type.end(), '/') == 1 &&
                    std::all_of(type.begin(), type.end(), may_be_in_type);
  return fits ? type : "";
}

bool is_text(std::string_view type) {
  return type.empty() || type.starts_with("text/") || is_json(type) || type.ends_with("/xml") ||
         type.ends_with("+xml") || type.ends_with("javascript") || type.ends_with("/x-ndjson") ||
         type.ends_with("/octet-stream");
}
