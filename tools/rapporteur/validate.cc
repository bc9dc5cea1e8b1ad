// Command line: validate XML that is there already, and schema, which prints what it is validated against.

#include "command.h"
#include "documents.h"
#include "output.h"

namespace tool {

namespace {

class Validate : public Command {
 public:
  void declare(Options& options) override {
    options.list("FILE", x_files, "FILE", "XML files that rapporteur made; - : standard input");
    options.text("--schema", x_schema, "FILE", "by this W3C XML Schema instead of rapporteur's own");
    options.flag("-q,--quiet", x_quiet, "say nothing of files that are valid");
  }

  int run() override {
    if (x_files.empty()) throw Stop{exit_usage, "U103", "no file given", "", ""};
    auto engine = rapporteur::Engine::create();
    if (!engine) throw Stop{exit_grammar, "X901", "the built-in grammars do not load", "", ""};
    int status = exit_ok;
    for (const std::string& file : x_files)
      if (!valid(*engine, file)) status = exit_failed;
    return status;
  }

 private:
  bool valid(const rapporteur::Engine& engine, const std::string& file) const try {
    const rapporteur::Diagnostics said =
        x_schema.empty() ? engine.validate(file, read_input(file)) : rapporteur::validate_file_with_schema(file, x_schema);
    bool good = true;
    for (const rapporteur::Diagnostic& diagnostic : said) good = good && diagnostic.severity != rapporteur::Severity::error;
    say(said, false);
    if (!x_quiet) say(rapporteur::printable(file) + (good ? ": valid\n" : ": not valid\n"));
    return good;
  } catch (const Stop& stop) {
    if (stop.status == exit_usage) throw;
    say_error(stop.code.c_str(), stop.message, stop.help, stop.file);
    return false;
  }

  std::vector<std::string> x_files;
  std::string x_schema;
  bool x_quiet = false;
};

class Schema : public Command {
 public:
  void declare(Options& options) override {
    options.flag("--xsd", x_xsd, "W3C XML Schema, which validates everything that is written (the default)");
    options.flag("--rnc", x_rnc, "RELAX NG in its compact form, which people read and edit");
  }

  int run() override {
    if (x_xsd && x_rnc) throw Stop{exit_usage, "U106", "--xsd and --rnc exclude each other", "", ""};
    write_out(x_rnc ? rapporteur::schema_rnc() : rapporteur::schema_xsd());
    return exit_ok;
  }

 private:
  bool x_xsd = false, x_rnc = false;
};

}  // namespace

std::unique_ptr<Command> make_validate() { return std::make_unique<Validate>(); }
std::unique_ptr<Command> make_schema() { return std::make_unique<Schema>(); }

}  // namespace tool
