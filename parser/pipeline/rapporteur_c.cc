// Stage pipeline: the C header, a thin shell around Engine. Nothing may be thrown through it.

#include "rapporteur/rapporteur_c.h"

#include <new>
#include <string>
#include <utility>

#include "rapporteur/rapporteur.h"

struct rapporteur_engine {
  rapporteur::Engine engine;
};

struct rapporteur_result {
  rapporteur_outcome outcome;
  std::string xml;
  std::string diagnostics;
};

namespace {

std::string json_array(const rapporteur::Diagnostics& diagnostics) {
  std::string out = "[";
  for (const rapporteur::Diagnostic& said : diagnostics) out += (out.size() > 1 ? "," : "") + rapporteur::render_json(said);
  return out + "]";
}

}  // namespace

extern "C" {

const char* rapporteur_version(void) {
  static const std::string text(rapporteur::version());
  return text.c_str();
}

rapporteur_engine* rapporteur_engine_new(const char* grammar) try {
  rapporteur::EngineOptions options;
  if (grammar) options.grammar = grammar;
  auto engine = rapporteur::Engine::create(std::move(options));
  return engine ? new rapporteur_engine{std::move(*engine)} : nullptr;
} catch (...) {
  return nullptr;
}

void rapporteur_engine_free(rapporteur_engine* engine) { delete engine; }

rapporteur_result* rapporteur_parse(const rapporteur_engine* engine, const char* name, const char* bytes, size_t size) try {
  rapporteur::Input input;
  if (name) input.name = name;
  input.bytes.assign(bytes, size);
  rapporteur::Parsed parsed = engine->engine.parse(std::move(input));
  return new rapporteur_result{static_cast<rapporteur_outcome>(parsed.outcome), std::move(parsed.xml), json_array(parsed.diagnostics)};
} catch (...) {
  return nullptr;
}

void rapporteur_result_free(rapporteur_result* result) { delete result; }

rapporteur_outcome rapporteur_result_outcome(const rapporteur_result* result) { return result->outcome; }

const char* rapporteur_result_xml(const rapporteur_result* result, size_t* size) {
  if (size) *size = result->xml.size();
  return result->xml.c_str();
}

const char* rapporteur_result_diagnostics(const rapporteur_result* result) { return result->diagnostics.c_str(); }

}  // extern "C"
