// Command line: the one file that knows CLI11.

#include "options.h"

#include <algorithm>
#include <fstream>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "rapporteur/diagnostic.h"

namespace tool {

std::string Option::long_name() const {
  const std::size_t at = names.find("--");
  return at == std::string::npos ? names : names.substr(at + 2);
}

std::string Option::environment() const {
  std::string name = "RAPPORTEUR_" + long_name();
  for (char& c : name) c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

Option& Options::add(std::string names, std::string value, std::string help) {
  Option option;
  option.names = std::move(names);
  option.value = std::move(value);
  option.help = std::move(help);
  return x_all.emplace_back(std::move(option));
}

Option& Options::flag(std::string names, bool& into, std::string help) {
  Option& option = add(std::move(names), "", std::move(help));
  option.flag = &into;
  return option;
}

Option& Options::text(std::string names, std::string& into, std::string value, std::string help) {
  Option& option = add(std::move(names), std::move(value), std::move(help));
  option.text = &into;
  return option;
}

Option& Options::list(std::string names, std::vector<std::string>& into, std::string value, std::string help) {
  Option& option = add(std::move(names), std::move(value), std::move(help));
  option.list = &into;
  option.many = true;
  return option;
}

Option& Options::number(std::string names, int& into, std::string value, std::string help) {
  Option& option = add(std::move(names), std::move(value), std::move(help));
  option.number = &into;
  return option;
}

namespace {

std::string allowed(const std::vector<std::string>& choices) {
  std::string out = "allowed: ";
  for (std::size_t i = 0; i < choices.size(); ++i) out += (i ? ", " : "") + choices[i];
  return out;
}

/// "did you mean X?", X being what `word` begins or what is near it; where there is nothing, `otherwise`.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& known, const std::string& otherwise) {
  const auto begun = std::find_if(known.begin(), known.end(), [&](const std::string& name) { return name.rfind(word, 0) == 0; });
  const std::string near = begun != known.end() ? *begun : rapporteur::nearest(word, known);
  return near.empty() ? otherwise : "did you mean " + near + "?";
}

std::vector<std::string> long_options(const Options& options) {
  std::vector<std::string> names{"--help"};
  for (const Option& option : options.all())
    if (!option.positional()) names.push_back("--" + option.long_name());
  return names;
}

CLI::Option* declare(CLI::App& app, const Option& option) {
  if (option.flag) return app.add_flag(option.names, *option.flag);
  if (option.number) return app.add_option(option.names, *option.number);
  if (option.text) return app.add_option(option.names, *option.text)->expected(1);
  CLI::Option* declared = app.add_option(option.names, *option.list);
  return option.positional() ? declared : declared->expected(1)->take_all()->allow_extra_args(false);
}

/// The first value that is none of its option's choices.
void check_choices(const Option& option, Asked& asked) {
  if (option.choices.empty()) return;
  std::vector<std::string> values = option.list ? *option.list : std::vector<std::string>{*option.text};
  for (const std::string& value : values) {
    if (value.empty() || std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) continue;
    asked.error = "--" + option.long_name() + " cannot be '" + value + "'";
    asked.remedy = did_you_mean(value, option.choices, allowed(option.choices));
    return;
  }
}

void explain_error(const CLI::ParseError& error, const Options& options, Asked& asked) {
  asked.error = error.what();
  for (const Option& option : options.all()) {  // CLI11 begins its sentences with the name of the option
    if (option.positional() || asked.error.rfind("--" + option.long_name() + ":", 0) != 0) continue;
    const bool missing = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
    const bool number = option.number && dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
    if (missing) asked.error = "--" + option.long_name() + " wants one value, " + option.value;
    if (number) asked.error = "--" + option.long_name() + " wants a number";
    asked.remedy = option.help;
  }
}

}  // namespace

Asked parse_arguments(const Options& options, std::vector<std::string> arguments) {
  CLI::App app;
  app.allow_extras();
  bool help = false;
  app.set_help_flag();
  app.add_flag("-h,--help", help);
  std::vector<CLI::Option*> declared;
  for (const Option& option : options.all()) declared.push_back(declare(app, option));
  Asked asked;
  try {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    explain_error(error, options, asked);
    return asked;
  }
  asked.help = help;
  if (help) return asked;
  std::vector<std::string> extras = app.remaining();
  std::erase(extras, "--");  // what follows it are names; CLI11 has taken them as such
  if (!extras.empty()) {
    const bool option = extras.front().size() > 1 && extras.front()[0] == '-';
    asked.error = std::string(option ? "unknown option " : "one argument too many: ") + extras.front();
    if (option) asked.remedy = did_you_mean(extras.front().substr(0, extras.front().find('=')), long_options(options), "");
    return asked;
  }
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i]->count() > 0) asked.given.push_back(options.all()[i].long_name());
    if (asked.error.empty()) check_choices(options.all()[i], asked);
  }
  return asked;
}

std::string set_option(const Option& option, const std::vector<std::string>& values) {
  if (values.empty()) return {};
  if (values.size() > 1 && !option.list) return option.long_name() + " takes one value";
  if (option.flag) {
    if (values[0] != "true" && values[0] != "false") return option.long_name() + " is true or false";
    *option.flag = values[0] == "true";
  } else if (option.number) {
    if (!CLI::detail::lexical_cast(values[0], *option.number)) return option.long_name() + " wants a number";
  } else if (option.text) {
    *option.text = values[0];
  } else {
    *option.list = values;
  }
  Asked asked;
  if (!option.flag && !option.number) check_choices(option, asked);
  return asked.error.empty() ? "" : asked.error + "; " + asked.remedy;
}

bool read_settings(const std::string& file, std::vector<Setting>& into, std::string& error) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    error = "cannot be read";
    return false;
  }
  try {
    for (CLI::ConfigItem& item : CLI::ConfigTOML().from_config(stream)) {
      if (item.name == "++" || item.name == "--") continue;  // CLI11's marks for the beginning and end of a table
      into.push_back({item.fullname(), std::move(item.inputs)});
    }
  } catch (const CLI::Error& bad) {
    error = bad.what();
    return false;
  }
  return true;
}

}  // namespace tool
