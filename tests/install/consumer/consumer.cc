#include <iostream>

#include <rapporteur/diagnostic.h>

int main(int, char** argv) {
  rapporteur::Diagnostic said;
  said.severity = rapporteur::Severity::info;
  said.code = "U000";
  said.message = "read";
  said.file = argv[1];
  std::cout << rapporteur::render_text(said);
}
