#include "cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/nearest.hpp"
#include "cli/errors.hpp"

const char kVersion[] = "0.1 (session-communities)";

namespace {

// Where the text of a help line begins; longer options get a line of their own.
constexpr std::size_t kHelpColumn = 28;
constexpr std::size_t kHelpWidth = 80;  // columns of a terminal

// The words of the text, from kHelpColumn on and broken into lines of at most kHelpWidth.
std::string wrapped(std::string_view text) {
  std::string lines;
  std::size_t column = kHelpColumn;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const auto width = static_cast<std::size_t>(std::count_if(
        word.begin(), word.end(), [](char c) { return (c & 0xc0) != 0x80; }));  // UTF-8
    if (column == kHelpColumn) {
      column += width;
    } else if (column + 1 + width > kHelpWidth) {
      lines += '\n' + std::string(kHelpColumn, ' ');
      column = kHelpColumn + width;
    } else {
      lines += ' ';
      column += 1 + width;
    }
    lines += word;
  }
  return lines;
}

std::string plain(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

Options::Options(std::string tool, std::string arguments, std::string purpose)
    : tool_{std::move(tool)}, arguments_{std::move(arguments)}, purpose_{std::move(purpose)} {}

void Options::flag(std::string_view name, std::string_view help, bool& target) {
  value(name, "", help, [&target](std::string_view) { target = true; });
}

void Options::value(std::string_view name, std::string_view value_name, std::string_view help,
                    Take take) {
  Option option;
  const auto comma = name.find(',');
  if (comma != std::string_view::npos) option.short_name = name.substr(0, comma);
  option.name = name.substr(comma == std::string_view::npos ? 0 : comma + 1);
  option.value_name = value_name;
  option.help = help;
  option.take = std::move(take);
  options_.push_back(std::move(option));
}

void Options::text(std::string_view name, std::string_view value_name, std::string_view help,
                   std::string& target) {
  value(name, value_name, help, [&target](std::string_view value) { target = value; });
}

void Options::list(std::string_view name, std::string_view value_name, std::string_view help,
                   std::vector<std::string>& target) {
  value(name, value_name, help, [&target](std::string_view value) { target.emplace_back(value); });
}

void Options::number(std::string_view name, std::string_view value_name, std::string_view help,
                     std::int64_t& target, std::int64_t least, std::int64_t most) {
  within(name, value_name, help, target, least, most,
         "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

void Options::seconds(std::string_view name, std::string_view value_name, std::string_view help,
                      double& target, double least, double most) {
  within(name, value_name, help, target, least, most,
         "seconds from " + plain(least) + " to " + plain(most));
}

template <class Number>
void Options::within(std::string_view name, std::string_view value_name, std::string_view help,
                     Number& target, Number least, Number most, std::string expected) {
  value(name, value_name, help, [=, &target, name = std::string{name}](std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !(number >= least) ||
        !(number <= most))
      throw UsageError{"--" + name + " " + std::string{text} + ": expected " + expected};
    target = number;
  });
}

std::string Options::help() const {
  std::string text = "usage: " + tool_ + " " + arguments_ + "\n" + purpose_ + "\n";
  const auto line = [&text](const Option& option) {
    std::string start = option.short_name.empty() ? "      " : "  -" + option.short_name + ", ";
    start += "--" + option.name;
    if (!option.value_name.empty()) start += " " + option.value_name;
    if (start.size() + 2 > kHelpColumn) {
      text += start + "\n";
      start.clear();
    }
    text += start + std::string(kHelpColumn - start.size(), ' ') + wrapped(option.help) + "\n";
  };
  for (const Option& option : options_) line(option);
  line({"h", "help", "", "print this help", {}});
  line({"", "version", "", "print the version", {}});
  return text;
}

const Options::Option& Options::find(std::string_view name) const {
  for (const Option& option : options_)
    if (option.name == name || (!option.short_name.empty() && option.short_name == name))
      return option;
  const std::string typed = (name.size() == 1 ? "-" : "--") + std::string{name};
  std::vector<std::string_view> names{"help", "version"};
  for (const Option& option : options_) names.push_back(option.name);
  const std::string_view nearest = nearest_word(name, names);
  throw UsageError{"unknown option " + typed +
                   (nearest.empty() ? "" : " (did you mean --" + std::string{nearest} + "?)")};
}

std::vector<std::string> Options::read(int argc, char** argv) {
  std::vector<std::string> rest;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") {
      rest.insert(rest.end(), argv + i + 1, argv + argc);
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      rest.emplace_back(argument);
      continue;
    }
    if (argument == "--help" || argument == "-h") throw HelpWanted{help()};
    if (argument == "--version") throw HelpWanted{tool_ + " " + kVersion + "\n"};

    const bool is_long = argument[1] == '-';
    const auto equals = is_long ? argument.find('=') : std::string_view::npos;
    const std::string_view name = is_long ? argument.substr(2, equals - 2) : argument.substr(1, 1);
    const Option& option = find(name);
    const bool takes_value = !option.value_name.empty();
    if (!takes_value) {
      if (equals != std::string_view::npos)
        throw UsageError{"--" + option.name + " takes no value"};
      option.take("");
      if (!is_long && argument.size() > 2)
        throw UsageError{"unknown option " + std::string{argument}};
    } else if (equals != std::string_view::npos) {
      option.take(argument.substr(equals + 1));
    } else if (!is_long && argument.size() > 2) {
      option.take(argument.substr(2));
    } else if (i + 1 < argc) {
      option.take(argv[++i]);
    } else {
      throw UsageError{"--" + option.name + " needs a value: " + option.value_name};
    }
  }
  return rest;
}
