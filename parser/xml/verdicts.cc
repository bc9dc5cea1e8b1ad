// Stage xml: asking libxml2 about parts of documents.

#include "xml/verdicts.h"

#include <libxml/xmlschemas.h>

#include <algorithm>

#include "xml/escape.h"
#include "xml/parse.h"
#include "xml/validator.h"

namespace rapporteur::xml {

namespace {

constexpr std::size_t most_exact = 100;        // values of one attribute that are remembered
constexpr std::size_t most_attributes = 5000;  // sets of attributes that are remembered

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// Forms of values; those of exact ones are counted from `first_exact` on. Two values of one attribute that have the
/// same form are both good or both bad, wherever the attribute stands.
enum Form : int { no_form = -1, of_kind, empty_word, zero, of_code, of_head, year, month, day, first_exact = 16 };

bool is_id(std::string_view value) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (value.empty() || !letter(value.front())) return false;
  return std::all_of(value.begin(), value.end(), [&](char c) { return letter(c) || is_digit(c) || c == '.' || c == '-'; });
}

Form word_form(std::string_view value) {
  if (value.empty()) return empty_word;
  return static_cast<unsigned char>(value.front()) > ' ' && value.front() != '\x7F' && well_formed(value) ? of_kind : no_form;
}

Form date_form(std::string_view value) {
  const bool years = value.size() >= 4 && all_digits(value.substr(0, 4));
  const bool months = years && value.size() >= 7 && value[4] == '-' && all_digits(value.substr(5, 2));
  if (years && value.size() == 4) return year;
  if (months && value.size() == 7) return month;
  return months && value.size() == 10 && value[7] == '-' && all_digits(value.substr(8, 2)) ? day : no_form;
}

bool is_share(std::string_view value) {
  return value == "0" || (value.size() == 4 && value[0] == '0' && value[1] == '.' && is_digit(value[2]) && is_digit(value[3]));
}

bool is_sha256(std::string_view value) {
  return value.size() == 64 && std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

// == the oracle ==

/// libxml2, with a new document for every question. What it says of the parts that lead up to the question does not count:
/// they stand there without the attributes and children that they need.
class Verdicts::Oracle {
 public:
  explicit Oracle(const Schema& schema) : x_context(xmlSchemaNewValidCtxt(schema.get())) {
    xmlSchemaSetValidStructuredErrors(x_context, [](void* self, xmlErrorPtr error) { static_cast<Oracle*>(self)->x_said.push_back(error->code); }, this);
  }
  ~Oracle() { xmlSchemaFreeValidCtxt(x_context); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  void begin() { x_plug = xmlSchemaSAXPlug(x_context, &x_sax, &x_data); }
  void end() { xmlSchemaSAXUnplug(x_plug); }
  void open(Tag tag, const std::vector<std::pair<Attribute, std::string>>& attributes = {}) {
    std::vector<const xmlChar*> pointers;
    for (const auto& [attribute, value] : attributes) {
      const bool of_xml = attribute == Attribute::lang;
      pointers.insert(pointers.end(), {chars(name_of(attribute).data()) + (of_xml ? 4 : 0), of_xml ? chars("xml") : nullptr,
                                       of_xml ? XML_XML_NAMESPACE : nullptr, chars(value.data()), chars(value.data() + value.size())});
    }
    x_said.clear();
    x_sax->startElementNs(x_data, chars(name_of(tag).data()), nullptr, chars(report_namespace), 0, nullptr, static_cast<int>(attributes.size()), 0,
                          pointers.data());
  }
  void text(const char* text) {
    x_said.clear();
    x_sax->characters(x_data, chars(text), 1);
  }
  void close(Tag tag) { x_sax->endElementNs(x_data, chars(name_of(tag).data()), nullptr, chars(report_namespace)); }
  void forget() { x_said.clear(); }

  /// Whether anything was said, but for this one matter.
  bool objects(int but = 0) const {
    return std::any_of(x_said.begin(), x_said.end(), [but](int code) { return code != but; });
  }

 private:
  xmlSchemaValidCtxt* x_context;
  xmlSchemaSAXPlugPtr x_plug = nullptr;
  xmlSAXHandlerPtr x_sax = nullptr;
  void* x_data = nullptr;
  std::vector<int> x_said;
};

Verdicts::Verdicts(const Schema& schema) : x_oracle(std::make_unique<Oracle>(schema)) {
  x_states.reserve(512);
  for (std::size_t i = 0; i < tag_count; ++i) {
    const Tag tag = static_cast<Tag>(i);
    x_contents[i] = add_state(tag, {}, 0);
    x_attributes.push_back({unasked, 0, tag, Answer::unasked, {}});
  }
}

Verdicts::~Verdicts() = default;

int Verdicts::add_state(Tag parent, std::vector<Tag> children, std::uint8_t heads) {
  for (std::size_t i = children.empty() ? x_states.size() : 0; i < x_states.size(); ++i) {
    const State& known = x_states[i];
    if (known.parent == parent && known.heads == heads && !known.children.empty() && known.children.back() == children.back()) return static_cast<int>(i);
  }
  State state{{}, std::move(children), parent, heads};
  state.next.fill(unasked);
  x_states.push_back(std::move(state));
  return static_cast<int>(x_states.size()) - 1;
}

/// Begins a question: shows libxml2 an element with the children that it has so far.
void Verdicts::show(const State& state) {
  x_oracle->begin();
  x_oracle->open(state.parent);
  for (const Tag before : state.children) {
    x_oracle->open(before);
    x_oracle->close(before);
  }
}

/// Only what is said as the child opens counts, and not that it lacks attributes.
int Verdicts::ask_child(int content, Tag child) {
  const NothingAllowed nothing;
  const State state = x_states[static_cast<std::size_t>(content)];
  ++x_questions;
  show(state);
  x_oracle->open(child);
  const bool good = !x_oracle->objects(XML_SCHEMAV_CVC_COMPLEX_TYPE_4);
  x_oracle->end();
  int next = bad;
  if (good) {
    const std::uint8_t head = child == Tag::num ? 1 : child == Tag::heading ? 2 : child == Tag::mark ? 4 : 0;
    std::vector<Tag> children = state.children;
    children.push_back(child);
    next = add_state(state.parent, std::move(children), state.heads | head);
  }
  x_states[static_cast<std::size_t>(content)].next[index(child)] = static_cast<std::int16_t>(next);
  return next;
}

Verdicts::Answer Verdicts::ask_end(int content) {
  const NothingAllowed nothing;
  State& state = x_states[static_cast<std::size_t>(content)];
  ++x_questions;
  show(state);
  x_oracle->forget();
  x_oracle->close(state.parent);
  state.end = x_oracle->objects() ? Answer::bad : Answer::good;
  x_oracle->end();
  return state.end;
}

Verdicts::Answer Verdicts::ask_text(Tag parent, bool visible) {
  const NothingAllowed nothing;
  ++x_questions;
  x_oracle->begin();
  x_oracle->open(parent);
  x_oracle->text(visible ? "x" : " ");
  x_oracle->close(parent);
  const Answer answer = x_oracle->objects(XML_SCHEMAV_ELEMENT_CONTENT) ? Answer::bad : Answer::good;  // but that children are missing
  x_oracle->end();
  return x_texts[visible][index(parent)] = answer;
}

Verdicts::Answer Verdicts::ask_attributes(int attributes) {
  const NothingAllowed nothing;
  std::vector<std::pair<Attribute, std::string>> samples;
  for (int at = attributes; x_attributes[static_cast<std::size_t>(at)].before != unasked; at = x_attributes[static_cast<std::size_t>(at)].before) {
    const std::uint16_t key = x_attributes[static_cast<std::size_t>(at)].key;
    samples.insert(samples.begin(), {static_cast<Attribute>(key >> 8), sample(key)});
  }
  Attributes& asked = x_attributes[static_cast<std::size_t>(attributes)];
  ++x_questions;
  x_oracle->begin();
  x_oracle->open(asked.element, samples);
  asked.answer = x_oracle->objects() ? Answer::bad : Answer::good;
  x_oracle->end();
  return asked.answer;
}

// == values ==

int Verdicts::form_of(Attribute attribute, std::string_view value) {
  switch (kind_of(attribute)) {
    case Kind::word: return word_form(value);
    case Kind::role: return value == "head" ? of_head : word_form(value);
    case Kind::code: return value.size() == 4 && value[0] >= 'A' && value[0] <= 'Z' && all_digits(value.substr(1)) ? of_code : word_form(value);
    case Kind::id: return is_id(value) ? of_kind : no_form;
    case Kind::figures: return value == "0" ? zero : !value.empty() && value.front() != '0' && value.size() < 19 && all_digits(value) ? of_kind : no_form;
    case Kind::share: return is_share(value) ? of_kind : no_form;
    case Kind::date: return date_form(value);
    case Kind::sha256: return is_sha256(value) ? of_kind : no_form;
    case Kind::exact: break;
  }
  std::vector<std::string>& seen = x_exact[static_cast<std::size_t>(attribute)];
  const auto known = std::find(seen.begin(), seen.end(), value);
  if (known != seen.end()) return first_exact + static_cast<int>(known - seen.begin());
  if (seen.size() == most_exact) return no_form;
  seen.emplace_back(value);
  return first_exact + static_cast<int>(seen.size()) - 1;
}

std::string Verdicts::sample(std::uint16_t key) const {
  const auto attribute = static_cast<Attribute>(key >> 8);
  const int form = key & 0xFF;
  if (form >= first_exact) return x_exact[static_cast<std::size_t>(attribute)][static_cast<std::size_t>(form - first_exact)];
  switch (static_cast<Form>(form)) {
    case empty_word: return "";
    case zero: return "0";
    case of_code: return "X101";
    case of_head: return "head";
    case year: return "2021";
    case month: return "2021-12";
    case day: return "2021-12-07";
    case of_kind:
    case no_form:
    case first_exact: break;
  }
  const Kind kind = kind_of(attribute);
  return kind == Kind::figures ? "7" : kind == Kind::share ? "0.75" : kind == Kind::sha256 ? std::string(64, 'a') : "x7";
}

int Verdicts::after_attribute(int attributes, Attribute attribute, std::string_view value) {
  const int form = form_of(attribute, value);
  if (form < 0) return bad;
  const auto key = static_cast<std::uint16_t>(static_cast<int>(attribute) << 8 | form);
  for (const auto& [known, next] : x_attributes[static_cast<std::size_t>(attributes)].next)
    if (known == key) return next;
  if (x_attributes.size() >= most_attributes) return bad;
  const int next = static_cast<int>(x_attributes.size());
  const Tag element = x_attributes[static_cast<std::size_t>(attributes)].element;
  x_attributes[static_cast<std::size_t>(attributes)].next.emplace_back(key, next);
  x_attributes.push_back({attributes, key, element, Answer::unasked, {}});
  return next;
}

bool Judge::sure() {
  if (x_depth != 0) return false;
  for (const std::string_view target : x_targets) x_sure = x_sure && x_ids.find(target) != nullptr;
  return x_sure;
}

}  // namespace rapporteur::xml
