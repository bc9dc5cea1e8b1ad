// Build step of stage xml: has libxml2 answer all questions by the published schema, and writes its answers as C++.
// Usage: embed_verdicts OUT.cc

#include <cstdio>
#include <fstream>

#include "xml/embed/ask_libxml.h"
#include "xml/parse.h"
#include "xml/schema.h"
#include "xml/schema_text.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: embed_verdicts OUT.cc\n", stderr);
    return 2;
  }
  const rapporteur::xml::NothingAllowed nothing;
  const auto asked = rapporteur::xml::ask_libxml(rapporteur::Schema::report(), rapporteur::schema_xsd());
  return (std::ofstream(argv[1]) << rapporteur::xml::as_source(asked)).flush() ? 0 : 1;
}
