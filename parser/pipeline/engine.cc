// Stage pipeline: Engine, the whole way from bytes to validated XML.
//
// Grammars are compiled once, on first use, and shared; what a thread needs for itself (the validator's buffers) is taken
// from a pool for the time of a call.

#include <algorithm>
#include <mutex>
#include <new>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "exports/outline.h"
#include "grammar/author.h"
#include "grammar/grammar.h"
#include "grammar/library.h"
#include "model/build.h"
#include "pipeline/account.h"
#include "pipeline/build_id.h"
#include "pipeline/count.h"
#include "pipeline/explain.h"
#include "rapporteur/exports.h"
#include "rapporteur/rapporteur.h"
#include "readers/dump.h"
#include "readers/input.h"
#include "recognition/recognise.h"
#include "xml/checks.h"
#include "xml/library.h"
#include "xml/read.h"
#include "xml/validator.h"
#include "xml/writer.h"

namespace rapporteur {

namespace {

/// The grammar that knows the genre but no body; what is used where no grammar names the document.
constexpr const char* common_grammar = "common.numbered-report";
/// Evidence for a grammar stands in the first bytes of a document: its masthead.
constexpr std::size_t beginning_bytes = 8192;

std::string_view beginning_of(std::string_view text) {
  std::size_t end = std::min(text.size(), beginning_bytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

Diagnostic error(std::string code, std::string message, std::string help, const std::string& file) {
  Diagnostic said;
  said.severity = Severity::error;
  said.code = std::move(code);
  said.message = std::move(message);
  said.help = std::move(help);
  said.file = file;
  return said;
}

void append(Diagnostics& to, const Diagnostics& more) { to.insert(to.end(), more.begin(), more.end()); }

bool any_error(const Diagnostics& said) {
  return std::any_of(said.begin(), said.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

/// What reading and recognition left free goes back to the system before the XML of a large document asks for more than that. An
/// allocator does so in its own time, which may be later.
void give_back_memory([[maybe_unused]] std::size_t bytes_of_source) {
  [[maybe_unused]] constexpr std::size_t kLarge = 4 << 20;  // less is soon used again
#ifdef __GLIBC__
  if (bytes_of_source >= kLarge) ::malloc_trim(0);
#endif
}

/// All that was read, for the proof that it is in the report.
Coverage words_of(const Document& document) {
  Coverage words;
  for (const Line& line : document.lines) words.add(line.content);
  for (const OutsideText& outside : document.outside) words.add(outside.text);
  return words;
}

/// What the checks find belongs in the report itself, so that the archived file says so.
void put_into(Report& report, const Found& found) {
  append(report.diagnostics, found.checks);
  if (!found.coverage.empty()) report.verdict = Verdict::review;
  for (const Diagnostic& one : found.coverage) report.review_reasons.push_back(one.message);
  append(report.diagnostics, found.coverage);
}

/// The checks of a report that was read back from a file: `name` is the file, the lines are those of its source.
void append_checks(Diagnostics& said, const std::string& name, std::string_view xml) {
  const auto report = read_xml(xml);
  if (!report) return append(said, report.said());
  for (Diagnostic& one : check_report(*report)) {
    one.file = name;
    if (one.place.line != 0) one.message += " (line " + std::to_string(one.place.line) + " of the source)";
    one.place = {0, 0};
    said.push_back(std::move(one));
  }
}

/// The grammar to use for a document and the reason for it.
struct Chosen {
  GrammarPtr grammar;
  std::string reason;
};

}  // namespace

struct Engine::Impl {
  explicit Impl(EngineOptions asked)
      : options(std::move(asked)), library(path()) {}

  GrammarPath path() const { return {options.grammar_path, options.builtin_grammars}; }

  EngineOptions options;
  GrammarLibrary library;
  GrammarPtr forced;  ///< the only grammar to use; null: chosen by evidence
  mutable std::mutex guard;
  mutable std::vector<std::unique_ptr<Validator>> idle;
  mutable Converters converters;  ///< pandocs that run from one document to the next

  Result<Document> read(const Input& input) const;
  Result<Chosen> choose(std::string_view text) const;
  Diagnostics write(Parsed& parsed, Coverage words) const;
  Report recognised(const Document& document, const Chosen& chosen, const std::vector<std::string>& forms, Parsed& parsed) const;
  void parse(Result<Document> document, const std::vector<std::string>& forms, Parsed& parsed) const;
  template <typename Read>
  Parsed parse_what(Read read, const std::string& name, const std::vector<std::string>& forms) const;
};

Result<Document> Engine::Impl::read(const Input& input) const {
  ReadOptions reading;
  reading.foreign = {options.converters, &converters};
  return read_document(input, reading);
}

Result<Chosen> Engine::Impl::choose(std::string_view text) const {
  if (forced) return Chosen{forced, "asked for"};
  // A document must not be read by another grammar because its own has a fault.
  if (Diagnostics faults = library.faults(); !faults.empty()) return faults;
  std::string id = common_grammar, reason = "no grammar of a body names this document";
  const auto choices = library.choose(beginning_of(text));
  if (!choices.empty()) {
    id = choices.front().id;
    reason = choices.front().reason;
  }
  auto grammar = library.load(id);
  if (!grammar) return grammar.said();
  return Chosen{*grammar, reason};
}

/// Writes the XML and says what is wrong with it by the schema. Where anything is found, it is written again to say so.
Diagnostics Engine::Impl::write(Parsed& parsed, Coverage words) const {
  std::unique_ptr<Validator> validator;
  {
    const std::lock_guard lock(guard);
    if (!idle.empty()) {
      validator = std::move(idle.back());
      idle.pop_back();
    }
  }
  if (!validator) validator = std::make_unique<Validator>();
  Diagnostics faults;
  Found found;
  if (!write_proven_xml(parsed.report, std::move(words), parsed.xml, *validator, found)) {
    put_into(parsed.report, found);
    write_xml(parsed.report, parsed.xml, &parsed.diagnostics);
    faults = validator->validate_events(parsed.report);
  }
  if (options.paranoid && faults.empty()) {
    faults = validator->validate_bytes(parsed.xml);
    for (Diagnostic& one : faults) one.file = parsed.report.source_info.name;
  }
  const std::lock_guard lock(guard);
  idle.push_back(std::move(validator));
  return faults;
}

Report Engine::Impl::recognised(const Document& document, const Chosen& chosen, const std::vector<std::string>& forms, Parsed& parsed) const {
  Recognised recognised = recognise(document, *chosen.grammar);
  parsed.counts.doubtful = static_cast<std::uint32_t>(doubtful_events(recognised, doubt_below).size());
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (forms[i] == "blocks") parsed.shown[i] = dump_lines(document);
    if (forms[i] == "events") parsed.shown[i] = dump_events(document, recognised);
  }
  Report report = build_report(document, std::move(recognised));
  report.grammar = {chosen.grammar->id(), chosen.grammar->version(), chosen.grammar->sha256(), chosen.reason};
  return report;
}

void Engine::Impl::parse(Result<Document> document, const std::vector<std::string>& forms, Parsed& parsed) const {
  if (!document) {
    parsed.diagnostics = document.said();
    return;
  }
  const auto chosen = choose(document->source->text());
  if (!chosen) {
    parsed.diagnostics = chosen.said();
    return;
  }
  parsed.shown.resize(forms.size());
  parsed.report = recognised(*document, *chosen, forms, parsed);
  const std::uint32_t doubtful = parsed.counts.doubtful;
  parsed.counts = count(parsed.report);
  parsed.counts.doubtful = doubtful;
  Coverage words = words_of(*document);
  std::vector<Line>().swap(document->lines);  // needed no more: their memory is the XML's
  give_back_memory(document->source->text().size());
  const Diagnostics faults = write(parsed, std::move(words));
  *document = Document();
  append(parsed.diagnostics, parsed.report.diagnostics);
  append(parsed.diagnostics, faults);
  // A letter lost is as bad as a broken schema: neither may lie among the good.
  parsed.outcome = any_error(parsed.diagnostics) ? Outcome::invalid : Outcome::valid;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (forms[i] == "xml") parsed.shown[i] = parsed.xml;
    if (forms[i] == "outline") parsed.shown[i] = outline_text(parsed.report);
    if (forms[i] == "outline-tsv") parsed.shown[i] = outline_tsv(parsed.report);
    if (forms[i] == "json") parsed.shown[i] = account_json(parsed);
    if (const ExportForm* form = export_form(forms[i])) parsed.shown[i] = form->before + form->write(parsed.report) + form->after;
  }
}

Engine::Engine(std::unique_ptr<Impl> impl) : x_impl(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::create(EngineOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  const std::string& asked = impl->options.grammar;
  if (asked.empty()) return Engine(std::move(impl));
  auto grammar = impl->library.load(asked == "common" ? common_grammar : asked);
  if (!grammar) return grammar.said();
  impl->forced = *grammar;
  return {Engine(std::move(impl)), grammar.said()};
}

/// Whatever happens to what `read` gives, it is said of the document and ends nothing else.
template <typename Read>
Parsed Engine::Impl::parse_what(Read read, const std::string& name, const std::vector<std::string>& forms) const {
  Parsed parsed;
  std::string fault, help = "please report it with this document";
  try {
    parse(read(), forms, parsed);
    return parsed;
  } catch (const std::bad_alloc&) {
    fault = "not enough memory for this document";
    help = "let the process take more, where it has a limit (--memory MB)";
  } catch (const std::exception& bug) {
    fault = std::string("a fault in rapporteur itself: ") + bug.what();
  }
  parsed = {};
  parsed.diagnostics.push_back(error("X900", fault, help, name));
  return parsed;
}

Parsed Engine::parse(const Input& input, const std::vector<std::string>& forms) const {
  return x_impl->parse_what([&] { return x_impl->read(input); }, input.name, forms);
}

Parsed Engine::parse(Input&& input, const std::vector<std::string>& forms) const {
  const auto read_and_forget = [&] {
    auto document = x_impl->read(input);
    std::string().swap(input.bytes);
    return document;
  };
  return x_impl->parse_what(read_and_forget, input.name, forms);
}

Result<std::string> Engine::explain(const Input& input, std::uint32_t line) const try {
  auto document = x_impl->read(input);
  if (!document) return document.said();
  const auto chosen = x_impl->choose(document->source->text());
  if (!chosen) return chosen.said();
  const Recognised recognised = recognise(*document, *chosen->grammar, {.explain = true});
  if (line > document->source->line_count())
    return error("U105", "there is no line " + std::to_string(line), "its last line is " + std::to_string(document->source->line_count()), input.name);
  std::string out = "grammar " + chosen->grammar->id() + " " + std::to_string(chosen->grammar->version()) + ": " + printable(chosen->reason) + "\n";
  return out + (line == 0 ? explain_doubts(*document, recognised, doubt_below) : explain_line(*document, recognised, *chosen->grammar, line));
} catch (const std::exception& bug) {
  return error("X900", std::string("a fault in rapporteur itself: ") + bug.what(), "please report it with this document", input.name);
}

Diagnostics Engine::validate(const std::string& name, std::string_view xml) const {
  Diagnostics said = Validator().validate_bytes(xml);
  if (said.empty()) append_checks(said, name, xml);
  for (Diagnostic& one : said)
    if (one.file.empty()) one.file = name;
  return said;
}

std::vector<GrammarFound> Engine::grammars() const {
  std::vector<GrammarFound> found;
  for (const GrammarInfo& info : x_impl->library.list()) found.push_back({info.id, info.title, info.language, info.file, info.version});
  return found;
}

Diagnostics Engine::grammar_faults() const { return x_impl->forced ? Diagnostics{} : x_impl->library.faults(); }

GrammarChecked Engine::check_grammar(const std::string& file) const {
  GrammarCheck checked = rapporteur::check_grammar(file, x_impl->path());
  return {checked.loads, std::move(checked.id), static_cast<std::uint32_t>(checked.rules), static_cast<std::uint32_t>(checked.samples),
          static_cast<std::uint32_t>(checked.samples_held), std::move(checked.said)};
}

Result<std::vector<RuleUse>> Engine::rule_use(const Input& input) const {
  auto document = x_impl->read(input);
  if (!document) return document.said();
  const auto chosen = x_impl->choose(document->source->text());
  if (!chosen) return chosen.said();
  const Recognised recognised = recognise(*document, *chosen->grammar);
  std::vector<RuleUse> uses;
  for (const Rule& rule : chosen->grammar->rules()) uses.push_back({{rule.name, rule.grammar_id, rule.file, rule.line}, 0});
  const auto used = [&](RuleIndex index) {
    if (index >= recognised.rules.size()) return;
    for (RuleUse& use : uses) use.times += use.rule.name == recognised.rules[index].name;
  };
  for (const Event& event : recognised.events) {
    used(event.rule);
    for (const Hit& hit : event.hits) used(hit.rule);
  }
  return uses;
}

std::vector<std::string> input_formats() {
  std::vector<std::string> names;
  for (const ReaderRow& row : reader_rows()) names.emplace_back(row.format);
  return names;
}

const std::vector<Form>& forms() {
  static const std::vector<Form> all = [] {
    std::vector<Form> own = {
        {"xml", "the report as XML"},
        {"outline", "what was found, one line each, for people"},
        {"outline-tsv", "the same in five columns, for programs"},
        {"json", "what was found and what there is to say, for programs"},
        {"blocks", "the lines as they were read, with their look"},
        {"events", "what recognition made of the lines"},
    };
    for (const ExportForm& form : export_forms()) own.push_back({form.name, form.summary});
    return own;
  }();
  return all;
}

std::string_view version() { return RAPPORTEUR_VERSION; }

std::vector<std::pair<std::string, std::string>> versions() {
  return {{"build", build_id()}, {"schema", "1.0 (urn:x-rapporteur:report:1)"}, {"libxml2", libxml_version()}, {"PCRE2", pcre2_version()}};
}

}  // namespace rapporteur
