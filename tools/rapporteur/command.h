// Command line: what a command is, and the table of them.
//
// To add a command: one file here with a class and a `make_...` function, and one row in main.cc. Everything else
// (help, manual page, completion, did-you-mean, environment, configuration) follows from what it declares.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "options.h"

namespace tool {

/// What the program exits with; docs/cli.md is the contract.
enum Exit : int {
  exit_ok = 0,        ///< produced and valid
  exit_failed = 1,    ///< finished; at least one document failed or is invalid
  exit_usage = 2,
  exit_review = 3,    ///< only with --fail-on=review
  exit_grammar = 4,   ///< grammar, configuration or schema bad
  exit_external = 5,  ///< an external program is missing or unsupported
  exit_write = 6,
  exit_convert = 7,   ///< the document has to be made readable by another program first, whose command was named
  exit_internal = 70,
};

class Command {
 public:
  virtual ~Command() = default;
  virtual void declare(Options& options) = 0;
  /// Does the work once the options are read. Returns an Exit.
  virtual int run() = 0;
};

/// A row of the table of commands.
struct CommandRow {
  std::string name;     ///< "parse", "grammar check"
  std::string usage;    ///< what stands behind the name: "[FILE|-] [options]"
  std::string summary;  ///< one line
  std::unique_ptr<Command> (*make)();
};

const std::vector<CommandRow>& commands();

/// Help of one command, or of the program.
std::string command_help(const CommandRow& row, const Options& options);
std::string program_help();
/// Manual page or completion out of the table: man, complete-bash, complete-zsh, complete-fish. Empty: unknown kind.
std::string generate(const std::string& kind);

std::unique_ptr<Command> make_parse();
std::unique_ptr<Command> make_outline();
std::unique_ptr<Command> make_explain();
std::unique_ptr<Command> make_validate();
std::unique_ptr<Command> make_batch();
std::unique_ptr<Command> make_diff();
std::unique_ptr<Command> make_stream();
std::unique_ptr<Command> make_grammar_check();
std::unique_ptr<Command> make_grammar_test();
std::unique_ptr<Command> make_grammar_new();
std::unique_ptr<Command> make_grammar_list();
std::unique_ptr<Command> make_schema();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_pandoc_setup();
std::unique_ptr<Command> make_index();
std::unique_ptr<Command> make_search();
std::unique_ptr<Command> make_export();

/// Thrown to end a command with a message and a status, from anywhere above the library.
struct Stop {
  int status;
  std::string code;     ///< "U102"
  std::string message;
  std::string help;
  std::string file;
};

}  // namespace tool
