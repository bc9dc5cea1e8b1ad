// Command line: versions of this program and of what it is built on.

#include "versions.h"

#include <cstdio>

#include "rapporteur/rapporteur.h"

namespace tool {

namespace {

/// "pandoc 2.17.1.1" -> "2.17.1.1"; asked of the program itself, because it is found anew at each run.
std::string pandoc_version() {
  std::string said;
  if (FILE* pipe = ::popen("pandoc --version 2>/dev/null", "r")) {
    char line[256];
    if (std::fgets(line, sizeof line, pipe)) said = line;
    while (std::fgets(line, sizeof line, pipe)) {
    }
    ::pclose(pipe);
  }
  const std::size_t blank = said.find(' ');
  return blank == std::string::npos ? "not installed" : said.substr(blank + 1, said.find_last_not_of("\r\n") - blank);
}

std::string row(const std::string& name, const std::string& value) {
  return name + std::string(name.size() < 10 ? 10 - name.size() : 1, ' ') + rapporteur::printable(value) + "\n";
}

}  // namespace

std::string version_text() {
  std::string out = "rapporteur " + std::string(rapporteur::version()) + "\n";
  for (const auto& [name, value] : rapporteur::versions()) out += row(name, value);
  out += row("pandoc", pandoc_version());
  if (const auto engine = rapporteur::Engine::create())
    for (const rapporteur::GrammarFound& grammar : engine->grammars())
      out += row("grammar", grammar.id + " " + std::to_string(grammar.version));
  return out;
}

}  // namespace tool
