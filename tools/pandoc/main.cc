// pandoc-rapporteur: a JSON filter for pandoc. `pandoc FILE --filter pandoc-rapporteur -o OUT.html`
//
// Pandoc starts it with the output format as its only argument, feeds the tree on standard input and reads the annotated
// tree from standard output; it allows no options. They come from the document's metadata (`rapporteur: {grammar: ID}`)
// or from the environment (RAPPORTEUR_GRAMMAR). Nothing is written unless all went well.

#include <cstdio>
#include <cstdlib>
#include <string>

#include <unistd.h>

#include "rapporteur/pandoc_filter.h"

namespace {

/// Everything on standard input.
std::string read_tree() {
  std::string tree;
  char buffer[65536];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) tree.append(buffer, got);
  return tree;
}

bool say(const rapporteur::Diagnostics& said, bool errors_only) {
  bool failed = false;
  for (const rapporteur::Diagnostic& one : said) {
    const bool error = one.severity == rapporteur::Severity::error;
    failed = failed || error;
    if (error || (!errors_only && one.severity == rapporteur::Severity::warning)) std::fputs(rapporteur::render_text(one).c_str(), stderr);
  }
  return failed;
}

std::string wanted_grammar(const std::string& tree) {
  std::string grammar = rapporteur::pandoc_option(tree, "grammar");
  if (const char* set = std::getenv("RAPPORTEUR_GRAMMAR"); grammar.empty() && set != nullptr) grammar = set;
  return grammar;
}

int run() {
  if (::isatty(STDIN_FILENO)) {
    std::fputs("pandoc-rapporteur is called by pandoc: pandoc FILE --filter pandoc-rapporteur -o OUT.html\n", stderr);
    return 2;
  }
  const std::string tree = read_tree();
  const auto engine = rapporteur::Engine::create({.grammar = wanted_grammar(tree)});
  if (!engine) return say(engine.said(), true), 4;
  const auto annotated = rapporteur::annotate_pandoc(*engine, tree, "pandoc");
  say(annotated.said(), static_cast<bool>(annotated));
  if (!annotated) return 1;
  const bool written = std::fwrite(annotated->data(), 1, annotated->size(), stdout) == annotated->size() && std::fflush(stdout) == 0;
  return written ? 0 : 6;
}

}  // namespace

int main() try {
  return run();
} catch (const std::exception& bug) {
  std::fprintf(stderr, "pandoc-rapporteur: error X901: %s\n", bug.what());
  return 70;
}
