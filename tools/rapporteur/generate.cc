// Command line: help, manual page and completions, all out of the table of commands and what each declares.

#include <algorithm>

#include "command.h"
#include "rapporteur/rapporteur.h"

namespace tool {

namespace {

Options options_of(const CommandRow& row) {
  Options options;
  row.make()->declare(options);
  return options;
}

std::string spelt(const Option& option) {
  std::string out = option.names;
  if (const std::size_t comma = out.find(','); comma != std::string::npos) out.insert(comma + 1, " ");
  return option.value.empty() || option.positional() ? out : out + " " + option.value;
}

std::string said_of(const Option& option) {
  std::string out = option.help;
  if (!option.choices.empty()) {
    out += " (";
    for (std::size_t i = 0; i < option.choices.size(); ++i) out += (i ? ", " : "") + option.choices[i];
    out += ")";
  }
  return out;
}

std::string column(const std::string& left, const std::string& right, std::size_t width) {
  std::string out = "  " + left;
  if (left.size() + 2 > width) return out + "\n" + std::string(width + 2, ' ') + right + "\n";
  return out + std::string(width - left.size(), ' ') + right + "\n";
}

/// The first words of commands, once each: parse, outline, ..., grammar.
std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const CommandRow& row : commands()) {
    std::string word = row.name.substr(0, row.name.find(' '));
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  return words;
}

std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '-' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string man() {
  std::string out = ".TH RAPPORTEUR 1 \"\" \"rapporteur " + std::string(rapporteur::version()) + "\"\n.SH NAME\n" +
                    "rapporteur \\- turn reports of meetings into structured, valid XML\n.SH SYNOPSIS\n";
  for (const CommandRow& row : commands()) out += ".B rapporteur " + roff(row.name) + "\n" + roff(row.usage) + "\n.br\n";
  out += ".SH DESCRIPTION\n.B rapporteur\n.I FILE\nalone is\n.B rapporteur parse\n.IR FILE .\n"
         "The XML alone goes to standard output; everything said goes to standard error.\n.SH COMMANDS\n";
  for (const CommandRow& row : commands()) {
    out += ".SS rapporteur " + roff(row.name) + "\n" + roff(row.summary) + "\n";
    const Options options = options_of(row);
    for (const Option& option : options.all()) {
      out += ".TP\n.B " + roff(spelt(option)) + "\n" + roff(said_of(option)) + "\n";
      if (option.configurable) out += "Environment: " + roff(option.environment()) + "\n";
    }
  }
  out += ".SH EXIT STATUS\n"
         "0 produced and valid; 1 at least one document failed or is invalid; 2 usage; 3 review wanted (only with "
         "\\-\\-fail\\-on=review); 4 grammar, configuration or schema bad; 5 external program missing; 6 cannot write; "
         "70 internal error.\n"
         ".SH FILES\n.TP\n.I .rapporteur.toml\noptions for this folder\n.TP\n"
         ".I $XDG_CONFIG_HOME/rapporteur/config.toml\noptions of a user\n";
  return out;
}

/// The long and short spellings of a row's options, blank-separated.
std::string option_words(const CommandRow& row) {
  std::string out = "--help";
  const Options options = options_of(row);
  for (const Option& option : options.all()) {
    if (option.positional()) continue;
    std::string names = option.names;
    std::replace(names.begin(), names.end(), ',', ' ');
    out += " " + names;
  }
  return out;
}

std::string choice_cases(const CommandRow& row) {
  std::string out;
  const Options options = options_of(row);
  for (const Option& option : options.all()) {
    if (option.choices.empty() || option.positional()) continue;
    std::string names = option.names, words;
    std::replace(names.begin(), names.end(), ',', '|');
    for (const std::string& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
    out += "        " + names + ") COMPREPLY=($(compgen -W \"" + words + "\" -- \"$word\")); return ;;\n";
  }
  return out;
}

std::string complete_bash() {
  std::string first;
  for (const std::string& word : first_words()) first += (first.empty() ? "" : " ") + word;
  std::string out = "# bash completion of rapporteur\n_rapporteur() {\n  local word=${COMP_WORDS[COMP_CWORD]} "
                    "before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
                    "  if [ \"$COMP_CWORD\" = 1 ]; then\n    COMPREPLY=($(compgen -W \"" + first +
                    " --help --version\" -- \"$word\") $(compgen -f -- \"$word\"))\n    return\n  fi\n"
                    "  [ \"$command\" = grammar ] && command=\"grammar ${COMP_WORDS[2]}\"\n  case $command in\n";
  for (const CommandRow& row : commands()) {
    out += "    '" + row.name + "')\n      case $before in\n" + choice_cases(row) +
           "      esac\n      case $word in -*) COMPREPLY=($(compgen -W \"" + option_words(row) +
           "\" -- \"$word\")); return ;; esac ;;\n";
  }
  out += "    'grammar '*) [ \"$COMP_CWORD\" = 2 ] && { COMPREPLY=($(compgen -W \"";
  for (const CommandRow& row : commands())
    if (row.name.rfind("grammar ", 0) == 0) out += row.name.substr(8) + " ";
  out.back() = '"';
  return out + " -- \"$word\")); return; } ;;\n  esac\n  COMPREPLY=($(compgen -f -- \"$word\"))\n}\n"
               "complete -o filenames -F _rapporteur rapporteur\n";
}

std::string complete_zsh() {
  return "#compdef rapporteur\nautoload -U +X bashcompinit && bashcompinit\n" + complete_bash();
}

std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string complete_fish() {
  std::string out = "# fish completion of rapporteur\n";
  for (const CommandRow& row : commands()) {
    const std::size_t blank = row.name.find(' ');
    const std::string condition = blank == std::string::npos ? "__fish_use_subcommand"
                                                             : "__fish_seen_subcommand_from " + row.name.substr(0, blank);
    out += "complete -c rapporteur -n " + fish_quoted(condition) + " -a " + row.name.substr(blank + 1) + " -d " +
           fish_quoted(row.summary) + "\n";
    const Options options = options_of(row);
    for (const Option& option : options.all()) {
      if (option.positional()) continue;
      out += "complete -c rapporteur -n " + fish_quoted("__fish_seen_subcommand_from " + row.name.substr(blank + 1));
      if (option.names[1] != '-') out += std::string(" -s ") + option.names[1];
      out += " -l " + option.long_name() + (option.value.empty() ? "" : " -r");
      if (!option.choices.empty()) {
        std::string words;
        for (const std::string& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
        out += " -a " + fish_quoted(words);
      }
      out += " -d " + fish_quoted(option.help) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string command_help(const CommandRow& row, const Options& options) {
  std::string out = "usage: rapporteur " + row.name + (row.usage.empty() ? "" : " " + row.usage) + "\n" + row.summary + "\n\n";
  for (const Option& option : options.all()) out += column(spelt(option), said_of(option), 26);
  return out + column("-h, --help", "this help", 26);
}

std::string program_help() {
  std::string out =
      "usage: rapporteur COMMAND [options], or rapporteur FILE for rapporteur parse FILE\n"
      "Turns a report of a meeting into structured, valid XML.\n\n";
  for (const CommandRow& row : commands()) out += column(row.name + " " + row.usage, row.summary, 34);
  return out +
         "\nrapporteur COMMAND --help   the options of a command\n"
         "rapporteur --version        versions of it and of what it is built on\n"
         "rapporteur --generate KIND  man, complete-bash, complete-zsh or complete-fish\n";
}

std::string generate(const std::string& kind) {
  if (kind == "man") return man();
  if (kind == "complete-bash") return complete_bash();
  if (kind == "complete-zsh") return complete_zsh();
  if (kind == "complete-fish") return complete_fish();
  return {};
}

}  // namespace tool
