// Command line: export, which turns XML that is there already into what other programs take. Nothing is parsed again.

#include <algorithm>
#include <optional>

#include "command.h"
#include "documents.h"
#include "output.h"
#include "rapporteur/exports.h"

namespace tool {

namespace {

std::vector<std::string> export_names() {
  std::vector<std::string> names;
  for (const rapporteur::ExportForm& form : rapporteur::export_forms()) names.emplace_back(form.name);
  return names;
}

std::string list_of_forms() {
  std::string out;
  for (const rapporteur::ExportForm& form : rapporteur::export_forms())
    out += std::string(form.name) + std::string(14 - std::min<std::size_t>(13, std::string_view(form.name).size()), ' ') + form.summary + "\n";
  return out;
}

class Export : public Command {
 public:
  void declare(Options& options) override {
    options.text("NAME", x_name, "NAME", "what to make of it; --list tells them").choices = export_names();
    options.list("FILE", x_files, "FILE", "XML files that rapporteur made; - or nothing: standard input");
    options.text("-o,--output", x_output, "FILE", "write here, whole or not at all, instead of to standard output");
    options.text("--since", x_since, "OLD.ndjson", "instead, tell the engine which records of OLD.ndjson, written by `export records` last time, are gone");
    options.flag("--list", x_list, "list what there is");
  }

  int run() override {
    if (x_list) return write_out(list_of_forms()), exit_ok;
    if (x_name.empty()) throw Stop{exit_usage, "U103", "no export named", "rapporteur export --list tells them", ""};
    const rapporteur::ExportForm& form = *rapporteur::export_form(x_name);
    if (x_files.empty()) x_files = {"-"};
    if (x_files.size() > 1 && !form.many)
      throw Stop{exit_usage, "U304", std::string(form.name) + " holds one report, and several files are given", "export them one by one", ""};
    if (!x_since.empty()) return deletions(form);
    std::string out = form.before;
    int status = exit_ok;
    bool any = false;
    for (const std::string& file : x_files) {
      const auto made = of_file(form, file);
      if (!made) status = exit_failed;
      if (made && any) out += form.between;
      if (made) out += *made;
      any = any || made;
    }
    out += form.after;
    if (any) write(out);
    return status;
  }

 private:
  int deletions(const rapporteur::ExportForm& form) const {
    if (form.remove == nullptr)
      throw Stop{exit_usage, "U107", std::string(form.name) + " has no way to say that a record is gone", "make its index anew from all files", ""};
    const rapporteur::ExportForm& records = *rapporteur::export_form("records");
    std::string now;
    for (const std::string& file : x_files) {
      const auto made = of_file(records, file);
      if (!made) throw Stop{exit_failed, "S302", "nothing is told to be gone, because not all files could be read", "mend or leave out the files named above", ""};
      now += *made;
    }
    const auto gone = rapporteur::export_deletions(form, read_input(x_since), now);
    if (!gone) {
      for (rapporteur::Diagnostic said : gone.said()) say((said.file = x_since, said));
      return exit_failed;
    }
    write(*gone);
    return exit_ok;
  }

  std::optional<std::string> of_file(const rapporteur::ExportForm& form, const std::string& file) const {
    const auto made = rapporteur::export_xml(form, read_input(file));
    if (made) return *made;
    for (rapporteur::Diagnostic said : made.said()) {
      said.file = file == "-" ? "standard input" : file;
      say(said);
    }
    return std::nullopt;
  }

  void write(const std::string& text) const {
    if (x_output.empty() || x_output == "-") write_out(text);
    else write_file(x_output, text);
  }

  std::string x_name, x_output, x_since;
  std::vector<std::string> x_files;
  bool x_list = false;
};

}  // namespace

std::unique_ptr<Command> make_export() { return std::make_unique<Export>(); }

}  // namespace tool
