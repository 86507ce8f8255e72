// The options of a tool. Each is described once; the description serves to read the command
// line, to write --help and to suggest a name for a misspelt option.
//
//   Options options{"dedupe", "--by=url|key [FILE...]", "Merge records that speak of one server."};
//   options.value("by", "url|key", "what makes two records one", [&](auto text) { … });
//   options.flag("keep-going", "report a bad record and go on", keep_going);
//   const std::vector<std::string> files = options.read(argc, argv);
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

class Options {
 public:
  // `arguments` is the rest of the usage line, `purpose` one or more sentences
  // ended by a newline each.
  Options(std::string tool, std::string arguments, std::string purpose);

  // A switch. `name` may have a short form in front: "v,verbose".
  void flag(std::string_view name, std::string_view help, bool& target);

  // An option with a value. `take` throws UsageError for a value it can't use;
  // an option given twice calls it twice.
  using Take = std::function<void(std::string_view value)>;
  void value(std::string_view name, std::string_view value_name, std::string_view help, Take take);

  // The same for the usual targets. Numbers out of [least, most] are refused.
  void text(std::string_view name, std::string_view value_name, std::string_view help,
            std::string& target);
  void list(std::string_view name, std::string_view value_name, std::string_view help,
            std::vector<std::string>& target);
  void number(std::string_view name, std::string_view value_name, std::string_view help,
              std::int64_t& target, std::int64_t least, std::int64_t most);
  void seconds(std::string_view name, std::string_view value_name, std::string_view help,
               double& target, double least, double most);

  // Reads the command line: `--name=value`, `--name value`, `-n value`, `--` ends
  // the options. Returns the other arguments in order. Throws UsageError, or
  // HelpWanted for --help (-h) and --version.
  std::vector<std::string> read(int argc, char** argv);

 private:
  struct Option {
    std::string short_name, name, value_name, help;  // no value_name: a switch
    Take take;
  };
  std::string help() const;
  const Option& find(std::string_view name) const;
  template <class Number>
  void within(std::string_view name, std::string_view value_name, std::string_view help,
              Number& target, Number least, Number most, std::string expected);

  std::string tool_, arguments_, purpose_;
  std::vector<Option> options_;
};

// "1.0 (session-communities)": what --version prints after the tool's name.
extern const char kVersion[];
