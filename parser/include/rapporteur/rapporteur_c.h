/* Stage pipeline: rapporteur for programs that are not C++.
 *
 * Strings are UTF-8 and end with NUL. What a function returns belongs to the handle that it was asked of and lives as
 * long as that. No function throws, prints or exits. An engine serves many threads; a result serves one.
 */
#ifndef RAPPORTEUR_RAPPORTEUR_C_H
#define RAPPORTEUR_RAPPORTEUR_C_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rapporteur_engine rapporteur_engine;
typedef struct rapporteur_result rapporteur_result;

typedef enum { RAPPORTEUR_VALID = 0, RAPPORTEUR_INVALID = 1, RAPPORTEUR_FAILED = 2 } rapporteur_outcome;

/* "0.1.0"; lives for ever. */
const char* rapporteur_version(void);

/* An engine that uses one grammar (id, body or file), or, for NULL, chooses by evidence. NULL where that grammar cannot
 * be loaded or memory is short. */
rapporteur_engine* rapporteur_engine_new(const char* grammar);
void rapporteur_engine_free(rapporteur_engine* engine);

/* Parses `size` bytes. `name` (may be NULL) is the file name, for messages and as a hint of the format. Never NULL but
 * where memory is short. */
rapporteur_result* rapporteur_parse(const rapporteur_engine* engine, const char* name, const char* bytes, size_t size);
void rapporteur_result_free(rapporteur_result* result);

rapporteur_outcome rapporteur_result_outcome(const rapporteur_result* result);
/* The XML; empty where the outcome is RAPPORTEUR_FAILED. `size` (may be NULL) receives its bytes. */
const char* rapporteur_result_xml(const rapporteur_result* result, size_t* size);
/* A JSON array of objects, ASCII only: severity, code, message, help, file, line, column, offset, length. */
const char* rapporteur_result_diagnostics(const rapporteur_result* result);

#ifdef __cplusplus
}
#endif

#endif
