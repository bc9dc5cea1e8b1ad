// Command line: the table of commands, and the way from argv to the one that is meant.

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>

#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "output.h"
#include "settings.h"
#include "versions.h"

namespace tool {

const std::vector<CommandRow>& commands() {
  static const std::vector<CommandRow> table = {
      {"parse", "[FILE|-]", "turn a report into XML (the default)", make_parse},
      {"outline", "[FILE|-]", "what was found in a report, one line each", make_outline},
      {"explain", "FILE[:LINE]", "why a line became what it is", make_explain},
      {"validate", "FILE.xml ...", "check XML that rapporteur made", make_validate},
      {"batch", "DIR|FILE ... -o OUT", "parse thousands of files; goes on where it stopped", make_batch},
      {"diff", "OLD NEW", "how the structure of documents changed between two runs", make_diff},
      {"stream", "", "JSON requests in, JSON replies out, one a line, for other programs", make_stream},
      {"export", "NAME [FILE.xml|-] ...", "make of XML what search engines, archives and readers take", make_export},
      {"index", "DIR|FILE.xml ... -o FILE", "make or update an index of XML that rapporteur made", make_index},
      {"search", "INDEX QUERY ...", "find paragraphs in an index", make_search},
      {"grammar list", "", "the grammars that are found, and where", make_grammar_list},
      {"grammar check", "FILE.toml ...", "compile grammars, run their samples, lint them", make_grammar_check},
      {"grammar test", "GRAMMAR.toml FILE ...", "which of a grammar's rules decide what in reports", make_grammar_test},
      {"grammar new", "ID NAME", "a commented grammar for a body, to be filled in", make_grammar_new},
      {"schema", "[--xsd|--rnc]", "print the schema that validates everything written", make_schema},
      {"doctor", "", "which programs are installed, what is missing, and the line that installs it", make_doctor},
      {"pandoc-setup", "[--undo]", "put the filter and the writer where pandoc finds them", make_pandoc_setup},
  };
  return table;
}

namespace {

using Words = std::vector<std::string>;

bool exists(const std::string& path) {
  struct stat found;
  return ::stat(path.c_str(), &found) == 0;
}

const CommandRow* find_command(const std::string& name) {
  const auto& table = commands();
  const auto found = std::find_if(table.begin(), table.end(), [&](const CommandRow& row) { return row.name == name; });
  return found == table.end() ? nullptr : &*found;
}

/// The first word of commands of two words: "grammar".
bool opens_a_group(const std::string& word) {
  return std::any_of(commands().begin(), commands().end(), [&](const CommandRow& row) { return row.name.rfind(word + " ", 0) == 0; });
}

[[noreturn]] void unknown_command(const std::string& name) {
  Words known{"help"};
  for (const CommandRow& row : commands()) known.push_back(row.name);
  const std::string near = rapporteur::nearest(name, known);
  throw Stop{exit_usage, "U101", "no command and no file is called '" + name + "'",
             near.empty() ? "rapporteur --help lists the commands" : "did you mean " + near + "?", ""};
}

/// The command that `words` asks for; takes its name off them. A file's name alone means parse.
const CommandRow& choose_command(Words& words) {
  const auto take = [&words](std::size_t n) { words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n)); };
  if (words.empty()) return *find_command("parse");
  const std::string first = words[0];
  if (const CommandRow* row = find_command(first)) return take(1), *row;
  if (opens_a_group(first)) {
    if (words.size() == 1 || words[1][0] == '-') throw Stop{exit_usage, "U101", first + " what?", "rapporteur --help lists the commands", ""};
    if (const CommandRow* row = find_command(first + " " + words[1])) return take(2), *row;
    unknown_command(first + " " + words[1]);
  }
  const bool file = first[0] == '-' || first.find_first_of("./") != std::string::npos || exists(first);
  if (!file) unknown_command(first);
  return *find_command("parse");
}

void short_help(const CommandRow& row) {
  say("usage: rapporteur " + row.name + " " + row.usage + "\n  " + row.summary + "\n  rapporteur --help lists all commands\n");
}

int run_command(Words words) {
  const CommandRow& row = choose_command(words);
  const std::unique_ptr<Command> command = row.make();
  Options options;
  command->declare(options);
  const Asked asked = parse_arguments(options, std::move(words));
  if (asked.help) return write_out(command_help(row, options)), exit_ok;
  if (!asked.error.empty()) throw Stop{exit_usage, "U102", asked.error, asked.remedy, ""};
  apply_settings(options, asked.given);
  try {
    return command->run();
  } catch (const Stop& stop) {
    if (stop.code == "U103") short_help(row);
    throw;
  }
}

int run_words(Words words) {
  if (!words.empty()) {
    if (words[0] == "--help" || words[0] == "-h" || (words[0] == "help" && words.size() == 1)) return write_out(program_help()), exit_ok;
    if (words[0] == "help") {
      words.erase(words.begin());
      words.push_back("--help");
    }
    if (words[0] == "--version" || words[0] == "-V") return write_out(version_text()), exit_ok;
    if (words[0] == "--generate") {
      const std::string text = words.size() > 1 ? generate(words[1]) : "";
      if (text.empty())
        throw Stop{exit_usage, "U102", "--generate wants one of man, complete-bash, complete-zsh, complete-fish", "", ""};
      return write_out(text), exit_ok;
    }
  }
  return run_command(std::move(words));
}

int guarded(Words words) {
  try {
    return run_words(std::move(words));
  } catch (const Stop& stop) {
    if (!stop.message.empty()) say_error(stop.code.c_str(), stop.message, stop.help, stop.file);
    return stop.status;
  } catch (const std::bad_alloc&) {
    say_error("X901", "out of memory");
  } catch (const std::exception& bug) {
    say_error("X901", std::string("a fault in rapporteur itself: ") + bug.what(), "please report it with the file that caused it");
  }
  return exit_internal;
}

}  // namespace

}  // namespace tool

int main(int argc, char** argv) {
  const int status = tool::guarded(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  std::_Exit(status);  // nothing is buffered, and giving back memory piece by piece takes longer than a small report
}
