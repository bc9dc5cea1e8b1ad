// Command line: grammar ..., for those who write grammars.

#include <algorithm>

#include "command.h"
#include "documents.h"
#include "output.h"

namespace tool {

namespace {

class GrammarList : public Command {
 public:
  void declare(Options& options) override { x_grammar.declare(options, false); }

  int run() override {
    std::string out;
    for (const rapporteur::GrammarFound& found : x_grammar.engine().grammars())
      out += rapporteur::printable(found.id + "\t" + std::to_string(found.version)) + "\t" +
             rapporteur::printable(found.language) + "\t" + rapporteur::printable(found.title) + "\t" +
             rapporteur::printable(found.file) + "\n";
    write_out(out);
    return exit_ok;
  }

 private:
  GrammarOptions x_grammar;
};

class GrammarCheck : public Command {
 public:
  void declare(Options& options) override {
    options.list("FILE", x_files, "FILE", "grammar files");
    x_grammar.declare(options, false);
  }

  int run() override {
    if (x_files.empty()) throw Stop{exit_usage, "U103", "no file given", "", ""};
    const rapporteur::Engine engine = x_grammar.engine();
    int status = exit_ok;
    for (const std::string& file : x_files) {
      const rapporteur::GrammarChecked checked = engine.check_grammar(file);
      say(checked.diagnostics);
      if (checked.good) say(rapporteur::printable(file) + ": " + checked.id + ", " + std::to_string(checked.rules) + " rules, good\n");
      else status = exit_grammar;
    }
    return status;
  }

 private:
  GrammarOptions x_grammar;
  std::vector<std::string> x_files;
};

}  // namespace

std::unique_ptr<Command> make_grammar_list() { return std::make_unique<GrammarList>(); }
std::unique_ptr<Command> make_grammar_check() { return std::make_unique<GrammarCheck>(); }

}  // namespace tool
