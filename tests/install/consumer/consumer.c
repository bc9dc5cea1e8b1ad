/* Outside program: parses a text through the C header of an installed library. */
#include <stdio.h>
#include <string.h>

#include <rapporteur/rapporteur_c.h>

int main(void) {
  const char* text = "1. The Meeting was held online on 7 December 2021.\n\n2. The Meeting was chaired by Mr. Jan DOE.\n";
  rapporteur_engine* engine = rapporteur_engine_new(NULL);
  rapporteur_result* result = engine ? rapporteur_parse(engine, "report.txt", text, strlen(text)) : NULL;
  int status = 1;
  if (result) {
    status = rapporteur_result_outcome(result) == RAPPORTEUR_VALID ? 0 : 1;
    printf("%s\n%s\n%s\n", rapporteur_version(), rapporteur_result_xml(result, NULL), rapporteur_result_diagnostics(result));
  }
  rapporteur_result_free(result);
  rapporteur_engine_free(engine);
  return status;
}
