// Command line: explain, which says why a line became what it is.

#include <charconv>

#include <unistd.h>

#include "command.h"
#include "documents.h"
#include "output.h"

namespace tool {

namespace {

class Explain : public Command {
 public:
  void declare(Options& options) override {
    x_input.declare(options, "the report, or FILE:LINE for one line of it; without a line: every doubtful decision");
    x_grammar.declare(options);
  }

  int run() override {
    const std::uint32_t line = take_line();
    const rapporteur::Input input = x_input.input();
    const auto explained = x_grammar.engine().explain(input, line);
    say(explained.said(), false);
    if (!explained) return failure_status(explained.said());
    write_out(*explained);
    return exit_ok;
  }

 private:
  /// Takes ":LINE" off the file's name, unless a file of the whole name exists.
  std::uint32_t take_line() {
    std::string& file = x_input.file;
    const std::size_t colon = file.rfind(':');
    if (colon == std::string::npos || colon + 1 == file.size() || ::access(file.c_str(), F_OK) == 0) return 0;
    std::uint32_t line = 0;
    const char* end = file.data() + file.size();
    const auto read = std::from_chars(file.data() + colon + 1, end, line);
    if (read.ec != std::errc{} || read.ptr != end) return 0;
    if (line == 0) throw Stop{exit_usage, "U105", "lines are counted from 1", "", file};
    file.resize(colon);
    return line;
  }

  InputOptions x_input;
  GrammarOptions x_grammar;
};

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace tool
