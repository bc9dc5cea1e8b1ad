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
      if (checked.good) say(rapporteur::printable(file) + ": " + checked.id + ", " + counted(checked.rules, "rule", "rules") + ", " +
                            counted(checked.samples, "sample", "samples") + ", good\n");
      else status = exit_grammar;
    }
    return status;
  }

 private:
  GrammarOptions x_grammar;
  std::vector<std::string> x_files;
};

class GrammarTest : public Command {
 public:
  void declare(Options& options) override {
    options.text("GRAMMAR", x_file, "GRAMMAR", "the grammar's file");
    options.list("FILE", x_documents, "FILE", "reports to read with it");
    x_grammar.declare(options, false);
  }

  int run() override {
    if (x_file.empty()) throw Stop{exit_usage, "U103", "no grammar given", "", ""};
    const rapporteur::GrammarChecked checked = x_grammar.engine().check_grammar(x_file);
    say(checked.diagnostics);
    write_out(rapporteur::printable(x_file) + ": " + std::to_string(checked.samples_held) + " of " + std::to_string(checked.samples) +
              " samples hold\n");
    if (!checked.good) return exit_grammar;
    x_grammar.grammar = x_file;
    const rapporteur::Engine engine = x_grammar.engine();
    for (const std::string& document : x_documents) show(engine, document);
    return exit_ok;
  }

 private:
  /// How often each rule decided something, most often first; the rules of the file itself also where they never did.
  void show(const rapporteur::Engine& engine, const std::string& document) const {
    auto uses = engine.rule_use({base_name(document), read_input(document), "", ""});
    say(uses.said(), false);
    if (!uses) throw Stop{failure_status(uses.said()), "", "", "", ""};
    std::stable_sort(uses->begin(), uses->end(), [](const auto& a, const auto& b) { return a.times > b.times; });
    std::string out = rapporteur::printable(document) + ":\n";
    for (const rapporteur::RuleUse& use : *uses) {
      if (use.times == 0 && base_name(use.rule.file) != base_name(x_file)) continue;
      const std::string times = std::to_string(use.times);
      out += std::string(times.size() < 7 ? 7 - times.size() : 0, ' ') + times + "  " + use.rule.name + "  (" +
             rapporteur::printable(use.rule.file) + ":" + std::to_string(use.rule.line) + ")\n";
    }
    write_out(out);
  }

  GrammarOptions x_grammar;
  std::string x_file;
  std::vector<std::string> x_documents;
};

class GrammarNew : public Command {
 public:
  void declare(Options& options) override {
    options.text("ID", x_id, "ID", "the grammar's id, BODY.report");
    options.text("NAME", x_name, "NAME", "the body's name as its reports print it");
    options.text("-o,--output", x_output, "FILE", "write here instead of to standard output");
  }

  int run() override {
    if (x_id.empty() || x_name.empty())
      throw Stop{exit_usage, "U107", "id and name are wanted", "for example: rapporteur grammar new lakes.report 'LAKES COUNCIL OF THE NORTH'", ""};
    const std::string text = rapporteur::grammar_template(x_id, x_name);
    if (x_output.empty()) return write_out(text), exit_ok;
    refuse_to_overwrite(x_output, "", "");
    write_file(x_output, text);
    return exit_ok;
  }

 private:
  std::string x_id, x_name, x_output;
};

}  // namespace

std::unique_ptr<Command> make_grammar_list() { return std::make_unique<GrammarList>(); }
std::unique_ptr<Command> make_grammar_check() { return std::make_unique<GrammarCheck>(); }
std::unique_ptr<Command> make_grammar_test() { return std::make_unique<GrammarTest>(); }
std::unique_ptr<Command> make_grammar_new() { return std::make_unique<GrammarNew>(); }

}  // namespace tool
