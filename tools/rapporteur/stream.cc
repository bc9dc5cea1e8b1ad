// Command line: stream, requests in and replies out, for other programs.

#include <unistd.h>

#include "command.h"
#include "work_limits.h"
#include "output.h"

namespace tool {

namespace {

class Stream : public Command {
 public:
  void declare(Options& options) override {
    x_limits.declare(options);
    x_grammar.declare(options);
    x_grammar.declare_paranoid(options);
  }

  int run() override {
    if (::isatty(STDIN_FILENO)) throw Stop{exit_usage, "U103", "requests come from standard input, one JSON object a line", "docs/stream.md shows them", ""};
    rapporteur::StreamOptions options;
    options.engine = x_grammar.asked();
    options.limits = x_limits.limits();
    const rapporteur::Diagnostics said = rapporteur::run_stream(STDIN_FILENO, STDOUT_FILENO, options);
    if (said.empty()) return exit_ok;
    if (said.front().code == "B003") reader_went_away();
    say(said);
    if (said.front().code.front() == 'G') return exit_grammar;
    return said.front().code == "B001" ? exit_failed : exit_write;
  }

 private:
  LimitOptions x_limits;
  GrammarOptions x_grammar;
};

}  // namespace

std::unique_ptr<Command> make_stream() { return std::make_unique<Stream>(); }

}  // namespace tool
