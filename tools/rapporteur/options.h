// Command line: how a command says which options it takes.
//
// A command binds each option to a variable of its own. The same declarations serve the parser (CLI11, in options.cc
// alone, because it is slow to compile), the help, the manual page and the completions of shells.
#pragma once

#include <string>
#include <vector>

namespace tool {

/// One option or positional argument as it was declared.
struct Option {
  std::string names;                 ///< "-o,--output"; a positional has no dash: "FILE"
  std::string value;                 ///< what its value is called: "FILE"; empty: a flag
  std::string help;
  std::vector<std::string> choices;  ///< allowed values; empty: any
  bool many = false;                 ///< may be given more than once
  bool configurable = false;         ///< also read from the environment and from configuration files
  bool* flag = nullptr;              ///< bound variable; exactly one of the four is set
  std::string* text = nullptr;
  std::vector<std::string>* list = nullptr;
  int* number = nullptr;

  bool positional() const { return names.front() != '-'; }
  std::string long_name() const;     ///< "output": the key in configuration; positional: its name
  std::string environment() const;   ///< "RAPPORTEUR_OUTPUT"
};

class Options {
 public:
  /// Each returns the declared option, so that choices or `configurable` can be set.
  Option& flag(std::string names, bool& into, std::string help);
  Option& text(std::string names, std::string& into, std::string value, std::string help);
  Option& list(std::string names, std::vector<std::string>& into, std::string value, std::string help);
  Option& number(std::string names, int& into, std::string value, std::string help);

  const std::vector<Option>& all() const { return x_all; }

 private:
  Option& add(std::string names, std::string value, std::string help);
  std::vector<Option> x_all;
};

/// What parsing a command line came to.
struct Asked {
  bool help = false;
  std::string error;    ///< one sentence; empty where all is well
  std::string remedy;   ///< what to do about the error
  std::vector<std::string> given;  ///< long names of options that stood on the command line
};

/// Reads `arguments` (without program and command) into the bound variables.
Asked parse_arguments(const Options& options, std::vector<std::string> arguments);

/// Reads one value from elsewhere (environment, configuration) into an option. Returns what is wrong, or nothing.
std::string set_option(const Option& option, const std::vector<std::string>& values);

/// A key of a configuration file with its values and its line.
struct Setting {
  std::string key;
  std::vector<std::string> values;
};
/// Reads a configuration file (the part of TOML that CLI11 reads). Returns false with `error` where it cannot.
bool read_settings(const std::string& file, std::vector<Setting>& into, std::string& error);

}  // namespace tool
