// Outside program: parses a text through the C++ headers of an installed library.
#include <iostream>
#include <iterator>

#include <rapporteur/rapporteur.h>

int main(int, char** argv) {
  const std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
  const auto engine = rapporteur::Engine::create();
  if (!engine) return 1;
  const rapporteur::Parsed parsed = engine->parse({.name = argv[1], .bytes = bytes, .format = {}, .encoding = {}});
  for (const rapporteur::Diagnostic& said : parsed.diagnostics) std::cerr << rapporteur::render_text(said);
  std::cout << parsed.counts.paragraphs << " paragraphs\n" << parsed.xml;
  return parsed.outcome == rapporteur::Outcome::valid ? 0 : 1;
}
