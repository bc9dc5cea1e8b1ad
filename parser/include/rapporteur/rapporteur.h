// Stage pipeline: the whole way from the bytes of a report to validated XML, behind one class.
//
//   auto engine = rapporteur::Engine::create();
//   rapporteur::Parsed parsed = engine->parse({.name = "report.md", .bytes = bytes});
//   if (parsed.outcome == rapporteur::Outcome::valid) use(parsed.xml);
//
// Nothing here prints, exits or throws for a bad document or a bad grammar: what there is to say comes back as
// Diagnostics. One Engine serves any number of threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rapporteur/converters.h"
#include "rapporteur/diagnostic.h"
#include "rapporteur/input.h"
#include "rapporteur/report.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// "0.1.0"
std::string_view version();
/// What the library is built on and what it carries, as (name, version): its own build, the schema, libxml2, PCRE2.
std::vector<std::pair<std::string, std::string>> versions();

/// The formats that can be read, by the names that Input::format takes.
std::vector<std::string> input_formats();

struct EngineOptions {
  std::string grammar;                    ///< id, body or file of the only grammar to use; empty: chosen by evidence
  std::vector<std::string> grammar_path;  ///< directories searched for grammars before the built-in ones
  bool builtin_grammars = true;
  ConverterOptions converters;            ///< for formats that other programs read
  bool paranoid = false;                  ///< read the XML back and validate its bytes too, and not only what was written
};

enum class Outcome : std::uint8_t {
  valid,    ///< the XML is there and valid
  invalid,  ///< the XML is there, and the diagnostics say what is wrong with it
  failed,   ///< there is no XML; the diagnostics say why
};

/// How many there are of what an archivist counts first.
struct Counts {
  std::uint32_t paragraphs = 0;
  std::uint32_t sections = 0;         ///< all, agenda items among them
  std::uint32_t agenda_items = 0;
  std::uint32_t annexes = 0;          ///< present in the file
  std::uint32_t annex_references = 0; ///< mentions in the text
  std::uint32_t not_attached = 0;     ///< of those, to annexes that are not in the file
  std::uint32_t furniture = 0;
  std::uint32_t doubtful = 0;         ///< header fields, headings, paragraphs, annexes, furniture below `doubt_below`
};
/// What is less likely right than this is counted and listed as doubtful.
inline constexpr float doubt_below = 0.75f;

Counts count(const Report& report);

struct Parsed {
  Outcome outcome = Outcome::failed;
  Report report;
  std::string xml;
  std::vector<std::string> shown;  ///< one text for each form that was asked for
  Diagnostics diagnostics;         ///< in the order of the text
  Counts counts;
};

/// A form that a document can be shown in: a word for `parse`, and what it is.
struct Form {
  std::string name;
  std::string summary;
};
const std::vector<Form>& forms();

/// A grammar that can be found.
struct GrammarFound {
  std::string id, title, language, file;
  int version = 1;
};

/// What came of checking or testing a grammar. `diagnostics` holds errors where it does not load.
struct GrammarChecked {
  bool good = false;
  std::string id;
  std::uint32_t rules = 0;         ///< of the file itself
  std::uint32_t samples = 0;       ///< samples and counter-samples
  std::uint32_t samples_held = 0;  ///< those that came out as they say
  Diagnostics diagnostics;
};

/// How often a rule of the grammar decided something in a document.
struct RuleUse {
  RuleName rule;
  std::uint32_t times = 0;
};

class Engine {
 public:
  /// Fails where options.grammar cannot be found or does not load (codes G...).
  static Result<Engine> create(EngineOptions options = {});
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Never throws for what is in the document: a fault of the program itself becomes the diagnostic X900.
  Parsed parse(const Input& input, const std::vector<std::string>& forms = {}) const;
  /// The same; gives back the memory of the input's bytes as soon as they are read.
  Parsed parse(Input&& input, const std::vector<std::string>& forms = {}) const;
  /// Why a 1-based line became what it is: rule, grammar file and line, captures, evidence, runner-up. Line 0: every
  /// doubtful decision of the document, one line each.
  Result<std::string> explain(const Input& input, std::uint32_t line) const;
  /// Everything that is wrong with XML that claims to be ours: schema and checks.
  Diagnostics validate(const std::string& name, std::string_view xml) const;

  /// Every rule of the grammar that the document is read with, in the order of the grammar.
  Result<std::vector<RuleUse>> rule_use(const Input& input) const;

  std::vector<GrammarFound> grammars() const;
  /// What is wrong with grammars on the path, of which one could be the right one for a document: as long as there is anything,
  /// every document fails with it (codes G...). Empty where options.grammar names the one to use.
  Diagnostics grammar_faults() const;
  /// Compiles the grammar of a file, runs its samples and lints it.
  GrammarChecked check_grammar(const std::string& file) const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> x_impl;
};

/// A commented grammar for a body, ready to be changed. `id`: "body.report".
std::string grammar_template(std::string_view id, std::string_view organization_name);

/// Everything that is wrong with an XML file by any XSD; neither is anything opened from the network.
Diagnostics validate_file_with_schema(const std::string& xml_path, const std::string& xsd_path);

/// The schema that validates everything written: RELAX NG compact (edited by hand) or XSD (made from it).
std::string_view schema_rnc();
std::string_view schema_xsd();

}  // namespace rapporteur
