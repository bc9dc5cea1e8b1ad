// Stage xml: validation by libxml2, fed event by event.
//
// libxml2 can validate a stream of SAX events (xmlSchemaSAXPlug). Both ways of validating use that: one gets its events
// from the walk over a Report, the other from the parser. A small stack beside it remembers which element we are in,
// its id and its line of the source, since libxml2's messages know neither.

#include "xml/validator.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "xml/messages.h"
#include "xml/parse.h"
#include "xml/schema_text.h"
#include "xml/verdicts.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using xml::xml_error;

constexpr std::size_t most_messages = 100;

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

struct ValidDeleter {
  void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
};

}  // namespace

struct Validator::State {
  /// An element that is open: its line of the source (its parent's where it has none of its own) and its id.
  struct Frame {
    std::uint32_t source_line = 0;
    std::string id;
  };

  /// A reference that must lead somewhere; looked at when all ids are known.
  struct Aim {
    std::string element, target, id;
    std::uint32_t xml_line, source_line;
  };

  explicit State(const Schema* of) : schema(of) {}

  /// The context of libxml2, made when it is first needed: most documents need none.
  xmlSchemaValidCtxt* prepared() {
    if (schema == nullptr) schema = &Schema::report();
    if (context == nullptr) {
      context.reset(xmlSchemaNewValidCtxt(schema->get()));
      xmlSchemaSetValidStructuredErrors(context.get(), take_error, this);
    }
    return context.get();
  }

  void begin(std::string name_of_file, bool of_xml) {
    said.clear();
    ids.clear();
    aims.clear();
    depth = 0;
    left_one = false;
    file = std::move(name_of_file);
    lines_of_xml = of_xml;
    sax = nullptr;
    plug = xmlSchemaSAXPlug(prepared(), &sax, &sax_data);
  }
  Diagnostics end(bool whole = true) {
    for (const Aim& aim : aims)
      if (whole && !ids.contains(aim.target)) add(xml::dangling_target(aim.element, aim.target), aim.xml_line, aim.source_line, aim.id);
    xmlSchemaSAXUnplug(plug);
    plug = nullptr;
    parser = nullptr;
    return std::move(said);
  }

  void start(const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int count, const xmlChar** attributes,
             std::uint32_t source_line = 0);
  void text(const char* text, std::size_t size) {
    if (size > 0) sax->characters(sax_data, chars(text), static_cast<int>(size));
  }
  void finish(const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    drop_left();
    sax->endElementNs(sax_data, name, prefix, uri);
    left_one = true;  // errors of its end have been said with its frame; the next event takes the frame away
  }
  void drop_left() {
    if (left_one) --depth;
    left_one = false;
  }
  static void take_error(void* self, xmlErrorPtr error) { static_cast<State*>(self)->take(*error); }
  void take(const xmlError& error);
  void add(Diagnostic d, std::uint32_t xml_line, std::uint32_t source_line, std::string id);
  void look_at_identity(const char* name, std::string_view target);
  std::uint32_t xml_line() const {
    return parser != nullptr && parser->input != nullptr ? static_cast<std::uint32_t>(parser->input->line) : 0;
  }

  std::unique_ptr<xmlSchemaValidCtxt, ValidDeleter> context;
  xmlSchemaSAXPlugPtr plug = nullptr;
  xmlSAXHandlerPtr sax = nullptr;
  void* sax_data = nullptr;
  xmlParserCtxt* parser = nullptr;  ///< while bytes are read
  std::vector<Frame> frames;        ///< the first `depth` are open; the others keep their storage
  std::size_t depth = 0;
  bool left_one = false;
  bool lines_of_xml = false;
  std::string file;
  Diagnostics said;
  const Schema* schema;  ///< null: the published one, not compiled yet
  std::unordered_set<std::string> ids;
  std::vector<Aim> aims;
  std::unique_ptr<xml::Judge> judge;  ///< made when it is first needed
};

void Validator::State::start(const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int count,
                             const xmlChar** attributes, std::uint32_t source_line) {
  drop_left();
  if (frames.size() <= depth) frames.resize(depth + 16);
  Frame& frame = frames[depth];
  frame.source_line = source_line != 0 ? source_line : depth == 0 ? 0 : frames[depth - 1].source_line;
  frame.id.clear();
  std::string_view target;
  for (int i = 0; i < count; ++i) {
    const auto* key = reinterpret_cast<const char*>(attributes[5 * i]);
    const auto* from = reinterpret_cast<const char*>(attributes[5 * i + 3]);
    const auto* to = reinterpret_cast<const char*>(attributes[5 * i + 4]);
    if (std::strcmp(key, "line") == 0) std::from_chars(from, to, frame.source_line);
    else if (std::strcmp(key, "id") == 0) frame.id.assign(from, to);
    else if (std::strcmp(key, "target") == 0) target = {from, static_cast<std::size_t>(to - from)};
  }
  ++depth;
  if (schema->identity_is_ours()) look_at_identity(reinterpret_cast<const char*>(name), target);
  sax->startElementNs(sax_data, name, prefix, uri, 0, nullptr, count, 0, attributes);
}

void Validator::State::take(const xmlError& error) {
  if (error.message == nullptr) return;
  std::optional<Diagnostic> d = xml::in_words(error.code, error.message);
  if (!d) return;
  if (depth == 0) return add(std::move(*d), xml_line(), 0, {});
  add(std::move(*d), xml_line(), frames[depth - 1].source_line, frames[depth - 1].id);
}

void Validator::State::add(Diagnostic d, std::uint32_t line, std::uint32_t source_line, std::string id) {
  if (said.size() > most_messages) return;
  if (said.size() == most_messages) {
    said.push_back(xml_error("X198", "there are more mistakes than are listed here", "correct these first", 0));
    return;
  }
  d.target = std::move(id);
  d.file = file;
  if (lines_of_xml) {
    d.place = {line, line == 0 ? 0u : 1u};
    if (source_line != 0) d.message += fmt::format(" (line {} of the source)", source_line);
  } else if (source_line != 0) {
    d.place = {source_line, 1};
  }
  said.push_back(std::move(d));
}

void Validator::State::look_at_identity(const char* name, std::string_view target) {
  const Frame& frame = frames[depth - 1];
  if (!frame.id.empty() && !ids.insert(frame.id).second)
    add(xml::doubled_id(name, frame.id), xml_line(), frame.source_line, frame.id);
  if (!target.empty() && (std::strcmp(name, "ref") == 0 || std::strcmp(name, "fnref") == 0))
    aims.push_back({name, std::string(target), frame.id, xml_line(), frame.source_line});
}

namespace {

/// Feeds events to libxml2. A start tag is held back until its attributes are complete; values are copied, since the
/// walk keeps numbers only for a moment.
template <typename State>
class SchemaSink final : public xml::Sink {
 public:
  explicit SchemaSink(State& state) : x_state(state) {}

  void open(xml::Tag tag) override {
    flush();
    x_open.push_back(xml::name_of(tag).data());
    x_pending = true;
  }
  void attribute(xml::Attribute attribute, std::string_view value) override {
    x_values.append(value);
    x_attributes.push_back({xml::name_of(attribute).data(), x_values.size()});
  }
  void figure(xml::Attribute attribute, std::string_view digits) override { this->attribute(attribute, digits); }
  void position(const xml::Position& at) override {
    x_line = at.line;
    if (!at.rule.empty()) attribute(xml::Attribute::rule, at.rule);
    if (at.confidence != 100) attribute(xml::Attribute::confidence, xml::Share(at.confidence));
  }
  void text(std::string_view text) override {
    flush();
    x_state.text(text.data(), text.size());
  }
  void close() override {
    flush();
    x_state.finish(chars(x_open.back()), nullptr, chars(xml::report_namespace));
    x_open.pop_back();
  }

 private:
  struct Attribute {
    const char* name;
    std::size_t end;  ///< of its value in x_values; it begins where the one before it ends
  };

  void flush() {
    if (!x_pending) return;
    x_pending = false;
    x_pointers.clear();
    const xmlChar* at = chars(x_values.data());
    for (const Attribute& a : x_attributes) {
      const bool of_xml = std::strncmp(a.name, "xml:", 4) == 0;
      const xmlChar* const end = chars(x_values.data()) + a.end;
      x_pointers.insert(x_pointers.end(), {chars(of_xml ? a.name + 4 : a.name), of_xml ? chars("xml") : nullptr,
                                           of_xml ? XML_XML_NAMESPACE : nullptr, at, end});
      at = end;
    }
    x_state.start(chars(x_open.back()), nullptr, chars(xml::report_namespace), static_cast<int>(x_attributes.size()),
                  x_pointers.data(), x_line);
    x_attributes.clear();
    x_values.clear();
    x_line = 0;
  }

  State& x_state;
  std::vector<const char*> x_open;
  bool x_pending = false;
  std::uint32_t x_line = 0;  ///< of the source, of the element that is held back; 0 none
  std::string x_values;
  std::vector<Attribute> x_attributes;
  std::vector<const xmlChar*> x_pointers;
};

}  // namespace

Validator::Validator() : x_state(std::make_unique<State>(nullptr)) {}
Validator::Validator(const Schema& schema) : x_state(std::make_unique<State>(&schema)) {}
Validator::~Validator() = default;
Validator::Validator(Validator&&) noexcept = default;

xml::Judge& Validator::judge() {
  if (!x_state->judge) x_state->judge = std::make_unique<xml::Judge>();
  return *x_state->judge;
}

Diagnostics Validator::validate_events(const Report& report) {
  judge().begin();
  xml::walk(report, judge());
  return judge().sure() ? Diagnostics() : validate_by_libxml(report);
}

Diagnostics Validator::validate_by_libxml(const Report& report) {
  return validate_by_libxml([&report](xml::Sink& sink) { xml::walk(report, sink); }, report.source_info.name);
}

Diagnostics Validator::validate_by_libxml(const std::function<void(xml::Sink&)>& tell, const std::string& name_of_source) {
  const xml::NothingAllowed nothing;
  x_state->begin(name_of_source, false);
  SchemaSink<State> sink(*x_state);
  tell(sink);
  return x_state->end();
}

namespace {

/// What the parser's handlers need: where events go, and what stops the reading.
template <typename State>
struct Stream : xml::Reading {
  State* state = nullptr;

  static Stream& of(void* context) {
    return static_cast<Stream&>(*static_cast<xml::Reading*>(static_cast<xmlParserCtxt*>(context)->_private));
  }
  static void start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int, const xmlChar**,
                    int count, int, const xmlChar** attributes) {
    Stream& stream = of(context);
    if (!stream.depth_allowed(static_cast<xmlParserCtxt*>(context), stream.state->depth)) return;
    stream.state->start(name, prefix, uri, count, attributes);
  }
  static void end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    of(context).state->finish(name, prefix, uri);
  }
  static void text(void* context, const xmlChar* text, int size) {
    of(context).state->text(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  }
};

}  // namespace

Diagnostics Validator::validate_bytes(std::string_view bytes) {
  const xml::NothingAllowed nothing;
  using Handlers = Stream<State>;
  Handlers stream;
  stream.state = x_state.get();
  const xml::ParserPtr parser = xml::safe_parser(bytes, stream);
  if (parser == nullptr)
    return {xml_error("X201", bytes.empty() ? "this is not XML: the file is empty" : "the file is too large to be read as XML", {}, 0)};
  xmlSAXHandler& sax = *parser->sax;
  sax.startElementNs = Handlers::start;
  sax.endElementNs = Handlers::end;
  sax.characters = sax.ignorableWhitespace = sax.cdataBlock = Handlers::text;
  sax.reference = nullptr;
  x_state->begin({}, true);
  x_state->parser = parser.get();
  xmlParseDocument(parser.get());
  Diagnostics said = x_state->end(!stream.stopped);
  said.insert(said.end(), stream.errors.begin(), stream.errors.end());
  return said;
}

Diagnostics validate_file_with_schema(const std::string& xml_path, const std::string& xsd_path) {
  const Result<std::shared_ptr<const Schema>> schema = Schema::from_file(xsd_path);
  if (!schema) return schema.said();
  std::ifstream file(xml_path, std::ios::binary);
  if (!file) {
    Diagnostic d = xml_error("X205", "the document cannot be read", "check the path", 0);
    d.file = xml_path;
    return {d};
  }
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Diagnostics said = Validator(**schema).validate_bytes(bytes);
  for (Diagnostic& d : said) d.file = xml_path;
  return said;
}

}  // namespace rapporteur
