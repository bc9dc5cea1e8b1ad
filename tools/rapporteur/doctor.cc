// Command line: doctor, what is installed, what is missing, and the line that installs it.

#include <algorithm>

#include "command.h"
#include "converters.h"
#include "output.h"
#include "rapporteur/pandoc_filter.h"

namespace tool {

namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size() + 1), ' ');
  return text;
}

class Doctor : public Command {
 public:
  void declare(Options& options) override { x_programs.declare_programs(options); }

  int run() override {
    std::string out = padded("rapporteur", 12) + std::string(rapporteur::version()) + "\n";
    for (const auto& [name, version] : rapporteur::versions()) out += padded(name, 12) + version + "\n";
    bool well = true;
    for (const rapporteur::ExternalProgram& program : rapporteur::external_programs(x_programs.asked())) {
      out += line(program);
      well = well && (!program.required || program.trouble.empty());
    }
    out += well ? "All formats can be read.\n" : "Text and Markdown can be read; install what is missing for the others.\n";
    write_out(out);
    return well ? exit_ok : exit_external;
  }

 private:
  static std::string line(const rapporteur::ExternalProgram& program) {
    std::string out = padded(program.name, 12);
    if (program.trouble.empty()) return out + padded(program.version, 12) + "for " + program.purpose + "\n";
    out += padded(program.required ? "MISSING" : "not there", 12) + "for " + program.purpose + "\n";
    for (const rapporteur::Diagnostic& trouble : program.trouble)
      out += std::string(12, ' ') + rapporteur::printable(trouble.code == "E101" ? trouble.help : trouble.message + "; " + trouble.help) + "\n";
    return out;
  }

  ConverterFlags x_programs;
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace tool
