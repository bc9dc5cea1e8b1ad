// Command line: environment and configuration files, in that order of precedence.

#include "settings.h"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

#include "command.h"
#include "rapporteur/diagnostic.h"

namespace tool {

namespace {

/// Values of a list in the environment stand like those of PATH.
std::vector<std::string> split(const std::string& text, bool many) {
  std::vector<std::string> values;
  if (!many) return {text};
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) values.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

void set(const Option& option, const std::vector<std::string>& values, const std::string& place) {
  const std::string wrong = set_option(option, values);
  if (!wrong.empty()) throw Stop{exit_grammar, "U401", wrong, "", place};
}

std::string nearest_above(const char* name) {
  char folder[4096];
  if (!::getcwd(folder, sizeof folder)) return {};
  for (std::string path = folder;; path.erase(path.rfind('/'))) {
    if (::access((path + "/" + name).c_str(), F_OK) == 0) return path + "/" + name;
    if (path.empty()) return {};
  }
}

std::string user_file() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  if (config && *config) return std::string(config) + "/rapporteur/config.toml";
  return home && *home ? std::string(home) + "/.config/rapporteur/config.toml" : "";
}

/// Every key that any command can be configured by.
std::vector<std::string> known_keys() {
  std::vector<std::string> keys;
  for (const CommandRow& row : commands()) {
    Options options;
    const auto command = row.make();
    command->declare(options);
    for (const Option& option : options.all())
      if (option.configurable) keys.push_back(option.long_name());
  }
  return keys;
}

void check_key(const std::string& key, const std::string& file) {
  const std::vector<std::string> known = known_keys();
  if (std::find(known.begin(), known.end(), key) != known.end()) return;
  const std::string near = rapporteur::nearest(key, known);
  throw Stop{exit_grammar, "U402", "no option is called '" + key + "'", near.empty() ? "" : "did you mean " + near + "?", file};
}

/// Paths in a configuration file are meant from its folder; a program without a slash is searched for.
std::vector<std::string> from_folder_of(const std::string& file, const Option& option, std::vector<std::string> values) {
  if (option.value == "DIR" || option.value == "PROGRAM")
    for (std::string& value : values)
      if (value[0] != '/' && (option.value == "DIR" || value.find('/') != std::string::npos)) value = file.substr(0, file.rfind('/') + 1) + value;
  return values;
}

void apply_file(const std::string& file, const Options& options, std::vector<std::string>& given) {
  if (file.empty() || ::access(file.c_str(), F_OK) != 0) return;
  std::vector<Setting> settings;
  std::string error;
  if (!read_settings(file, settings, error)) throw Stop{exit_grammar, "U403", "configuration cannot be read: " + error, "", file};
  for (const Setting& setting : settings) {
    check_key(setting.key, file);
    if (std::find(given.begin(), given.end(), setting.key) != given.end()) continue;
    for (const Option& option : options.all()) {
      if (!option.configurable || option.long_name() != setting.key) continue;
      set(option, from_folder_of(file, option, setting.values), file);
      given.push_back(setting.key);
    }
  }
}

}  // namespace

void apply_settings(const Options& options, const std::vector<std::string>& on_command_line) {
  std::vector<std::string> given = on_command_line;
  for (const Option& option : options.all()) {
    if (!option.configurable || std::find(given.begin(), given.end(), option.long_name()) != given.end()) continue;
    const char* value = std::getenv(option.environment().c_str());
    if (!value || !*value) continue;
    set(option, split(value, option.list != nullptr), option.environment());
    given.push_back(option.long_name());
  }
  apply_file(nearest_above(".rapporteur.toml"), options, given);
  apply_file(user_file(), options, given);
}

}  // namespace tool
