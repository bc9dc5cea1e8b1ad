// Command line: parse, the main job. Also outline, which is parse with another form.

#include <cstdlib>
#include <utility>

#include "command.h"
#include "documents.h"
#include "output.h"
#include "rapporteur/premis.h"

namespace tool {

namespace {

std::vector<std::string> form_names() {
  std::vector<std::string> names;
  for (const rapporteur::Form& form : rapporteur::forms()) names.push_back(form.name);
  return names;
}

/// "28 paragraphs, 12 agenda items, 5 annex references (5 not attached); 0 doubtful"
std::string summary(const rapporteur::Counts& counts) {
  std::string out = counted(counts.paragraphs, "paragraph", "paragraphs");
  if (counts.agenda_items) out += ", " + counted(counts.agenda_items, "agenda item", "agenda items");
  if (const std::uint32_t others = counts.sections - counts.agenda_items)
    out += ", " + counted(others, counts.agenda_items ? "other section" : "section", counts.agenda_items ? "other sections" : "sections");
  if (counts.annexes) out += ", " + counted(counts.annexes, "annex", "annexes");
  if (counts.annex_references) {
    out += ", " + counted(counts.annex_references, "annex reference", "annex references");
    if (counts.not_attached) out += " (" + std::to_string(counts.not_attached) + " not attached)";
  }
  return out + "; " + std::to_string(counts.doubtful) + " doubtful";
}

class Parse : public Command {
 public:
  void declare(Options& options) override {
    x_input.declare(options, "the report; - or nothing: standard input");
    options.list("-t,--to", x_forms, "FORM", "what to write; several with -o").choices = form_names();
    options.text("-o,--output", x_output, "FILE", "write here, whole or not at all, instead of to standard output");
    options.flag("--force", x_force, "overwrite a file that came from another source");
    options.text("--premis", x_premis, "FILE", "write there how the XML came to be (PREMIS 3)");
    x_grammar.declare(options);
    x_grammar.declare_paranoid(options);
    options.text("--fail-on", x_fail_on, "WHAT", "exit 3 where a person should look").choices = {"review"};
    options.flag("-q,--quiet", x_quiet, "say errors only");
    options.flag("-v,--verbose", x_verbose, "say also what is merely worth knowing");
  }

  int run() override {
    if (x_forms.empty()) x_forms = {"xml"};
    if (x_forms.size() > 1 && x_output.empty())
      throw Stop{exit_usage, "U104", "several forms cannot share standard output", "add -o FILE: each is written to FILE.FORM", ""};
    if (x_premis == "-") throw Stop{exit_usage, "U104", "--premis wants a file", "standard output belongs to the XML", ""};
    rapporteur::Input input = x_input.input();
    std::vector<std::string> others = x_forms;
    std::erase(others, "xml");  // comes anyway, and may be large
    const rapporteur::Parsed parsed = x_grammar.engine().parse(std::move(input), others);
    say_all(parsed);
    if (parsed.outcome == rapporteur::Outcome::failed) return failure_status(parsed.diagnostics);
    auto shown = parsed.shown.begin();
    for (const std::string& form : x_forms) write(parsed, form, form == "xml" ? parsed.xml : *shown++);
    if (!x_premis.empty()) write_premis(parsed);
    if (!x_quiet) say(name() + ": " + summary(parsed.counts) + "\n");
    if (parsed.outcome == rapporteur::Outcome::invalid) return exit_failed;
    return x_fail_on == "review" && parsed.report.verdict == rapporteur::Verdict::review ? exit_review : exit_ok;
  }

 private:
  std::string name() const { return x_input.file.empty() || x_input.file == "-" ? "standard input" : rapporteur::printable(x_input.file); }

  void say_all(const rapporteur::Parsed& parsed) const {
    rapporteur::Diagnostics said;
    for (const rapporteur::Diagnostic& diagnostic : parsed.diagnostics)
      if (diagnostic.severity == rapporteur::Severity::error || (x_verbose && !x_quiet) ||
          (diagnostic.severity == rapporteur::Severity::warning && !x_quiet))
        said.push_back(diagnostic);
    say(said);
  }

  /// Where the form goes; invalid XML never where valid XML belongs.
  std::string place(const rapporteur::Parsed& parsed, const std::string& form) const {
    std::string path = x_output;
    if (x_forms.size() > 1) path += "." + form;
    if (parsed.outcome == rapporteur::Outcome::invalid && form == "xml") path += ".invalid";
    return path;
  }

  void write(const rapporteur::Parsed& parsed, const std::string& form, const std::string& text) const {
    const bool bad_xml = parsed.outcome == rapporteur::Outcome::invalid && form == "xml";
    if (x_output.empty() || x_output == "-") {
      if (bad_xml) say_error("U303", "the XML is not valid and was not written", "-o FILE keeps it as FILE.invalid", name());
      else write_out(text);
      return;
    }
    const std::string path = place(parsed, form);
    if (bad_xml) say_error("U303", "the XML is not valid and was kept apart as " + path, "", name());
    if (!x_force) refuse_to_overwrite(path, parsed.report.source_info.name, parsed.report.source_info.sha256);
    write_file(path, text);
  }

  void write_premis(const rapporteur::Parsed& parsed) const {
    rapporteur::PremisEvent event;
    event.output = parsed.xml;
    if (!x_output.empty() && x_output != "-") event.output_name = base_name(x_output);
    event.time = now();
    event.valid = parsed.outcome == rapporteur::Outcome::valid;
    event.diagnostics = parsed.diagnostics;
    write_file(x_premis, rapporteur::premis(parsed.report, event));
  }

  InputOptions x_input;
  GrammarOptions x_grammar;
  std::vector<std::string> x_forms;
  std::string x_premis, x_output, x_fail_on;
  bool x_force = false, x_quiet = false, x_verbose = false;
};

class Outline : public Command {
 public:
  void declare(Options& options) override {
    x_input.declare(options, "the report; - or nothing: standard input");
    options.text("--to", x_form, "FORM", "for people, or five columns for programs").choices = {"text", "tsv"};
    x_grammar.declare(options);
  }

  int run() override {
    const rapporteur::Input input = x_input.input();
    const rapporteur::Parsed parsed = x_grammar.engine().parse(input, {x_form == "tsv" ? "outline-tsv" : "outline"});
    if (parsed.outcome == rapporteur::Outcome::failed) {
      say(parsed.diagnostics);
      return failure_status(parsed.diagnostics);
    }
    write_out(parsed.shown.front());
    return exit_ok;
  }

 private:
  InputOptions x_input;
  GrammarOptions x_grammar;
  std::string x_form = "text";
};

}  // namespace

std::unique_ptr<Command> make_parse() { return std::make_unique<Parse>(); }
std::unique_ptr<Command> make_outline() { return std::make_unique<Outline>(); }

}  // namespace tool
