// Stage xml: libxml2's schema messages taken apart and said again.
//
// Its messages have fixed forms: "Element '{namespace}p', attribute 'n': ..." and then one of a dozen sentences with
// names and values in quotes. The codes tell which sentence it is.

#include "xml/messages.h"

#include <libxml/xmlerror.h>

#include <fmt/format.h>

namespace rapporteur::xml {

namespace {

/// What stands between `open` and the next `close`, from `at` on; moves `at` behind it. Empty where there is none.
std::string_view between(std::string_view text, std::string_view open, std::string_view close, std::size_t& at) {
  const std::size_t begin = text.find(open, at);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return {};
  at = end + close.size();
  return text.substr(begin + open.size(), end - begin - open.size());
}

std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  std::size_t at = 0;
  return between(text, open, close, at);
}

std::string_view local(std::string_view name) {
  const std::size_t brace = name.rfind('}');
  return brace == std::string_view::npos ? name : name.substr(brace + 1);
}

/// "( {ns}a, {ns}b )" as "<a>, <b>".
std::string elements(std::string_view list) {
  std::string out;
  for (std::size_t at = 0; at < list.size();) {
    std::size_t end = list.find(", ", at);
    if (end == std::string_view::npos) end = list.size();
    std::string_view name = local(list.substr(at, end - at));
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (!name.empty()) out += fmt::format("{}<{}>", out.empty() ? "" : ", ", name);
    at = end + 2;
  }
  return out;
}

std::string expected(std::string_view message) {
  std::string_view list = between(message, "Expected is one of ( ", " )");
  if (list.empty()) list = between(message, "Expected is ( ", " )");
  return elements(list);
}

/// What a schema type allows, in words.
std::string_view meaning_of_type(std::string_view type) {
  if (type == "xs:NCName") return "an id: a letter or `_`, then letters, digits, `.`, `-` or `_`";
  if (type == "xs:nonNegativeInteger") return "a whole number, 0 or more";
  if (type == "xs:positiveInteger") return "a whole number, 1 or more";
  if (type == "xs:decimal") return "a number";
  if (type == "xs:language") return "a language tag such as `en` or `fr-CA`";
  return {};
}

std::string_view meaning_of_pattern(std::string_view pattern) {
  if (pattern == "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?") return "a date as YYYY, YYYY-MM or YYYY-MM-DD";
  if (pattern == "[0-9a-f]{64}") return "a SHA-256 value: 64 of the characters 0-9 and a-f";
  if (pattern == "[A-Z][0-9]{3}") return "a message code: a capital letter and three digits";
  return {};
}

struct Subject {
  std::string_view element, attribute, rest;
  std::string name() const {
    return attribute.empty() ? fmt::format("<{}>", element) : fmt::format("`{}` of <{}>", attribute, element);
  }
};

Subject subject_of(std::string_view message) {
  Subject s;
  s.element = local(between(message, "Element '", "'"));
  const std::size_t colon = message.find("': ");
  s.rest = colon == std::string_view::npos ? message : message.substr(colon + 3);
  std::size_t at = 0;
  if (message.substr(0, colon).find(", attribute '") != std::string_view::npos)
    s.attribute = local(between(message, ", attribute '", "'", at));
  return s;
}

Diagnostic error(std::string code, std::string message, std::string help) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

Diagnostic content(const Subject& s) {
  const std::string wanted = expected(s.rest);
  if (s.rest.find("Missing child element") != std::string_view::npos)
    return error("X102", fmt::format("<{}> is not complete", s.element), fmt::format("it lacks {}", wanted));
  return error("X101", fmt::format("<{}> may not stand here", s.element),
               wanted.empty() ? std::string("the element that holds it may hold no more elements: move it or take it out")
                              : fmt::format("what may stand here: {}", wanted));
}

Diagnostic value(const Subject& s, std::string_view found, std::string_view allowed) {
  return error("X106", fmt::format("{} may not be \"{}\"", s.name(), found),
               allowed.empty() ? std::string{} : fmt::format("it must be {}", allowed));
}

Diagnostic enumeration(const Subject& s) {
  std::string words;
  const std::string_view set = between(s.rest, "the set {", "}");
  for (std::size_t at = 0; at < set.size();) {
    const std::string_view one = between(set, "'", "'", at);
    if (one.empty()) break;
    words += fmt::format("{}\"{}\"", words.empty() ? "" : ", ", one);
  }
  const bool single = words.find(", ") == std::string::npos;
  return value(s, between(s.rest, "The value '", "'"), single ? words : "one of " + words);
}

Diagnostic pattern(const Subject& s) {
  return value(s, between(s.rest, "The value '", "'"), meaning_of_pattern(between(s.rest, "by the pattern '", "'.")));
}

Diagnostic range(const Subject& s) {
  return value(s, between(s.rest, "The value '", "'"),
               s.rest.find("less than") != std::string_view::npos
                   ? fmt::format("at least {}", between(s.rest, "minimum value allowed ('", "')"))
                   : fmt::format("at most {}", between(s.rest, "maximum value allowed ('", "')")));
}

Diagnostic identity(const Subject& s) {
  const std::string_view id = between(s.rest, "key-sequence ['", "']");
  if (s.rest.find("Duplicate") != std::string_view::npos) return doubled_id(s.element, id);
  if (s.rest.find("No match found") != std::string_view::npos) return dangling_target(s.element, id);
  return error("X199", std::string(s.rest), {});
}

Diagnostic text_in(const Subject& s) {
  return error("X103", fmt::format("<{}> may hold elements only, and there is text in it", s.element),
               "put the text into an element such as <p>");
}

Diagnostic unknown_attribute(const Subject& s) {
  return error("X104", fmt::format("<{}> has no attribute `{}`", s.element, s.attribute), "take it out, or correct its name");
}

Diagnostic missing_attribute(const Subject& s) {
  return error("X105", fmt::format("<{}> lacks the attribute `{}`", s.element, between(s.rest, "attribute '", "'")), {});
}

Diagnostic wrong_root(const Subject& s) {
  return error("X109", fmt::format("the document begins with <{}>, which this schema does not know as a document", s.element),
               "a report begins with <report xmlns=\"urn:x-rapporteur:report:1\" ...>");
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

Diagnostic doubled_id(std::string_view element, std::string_view id) {
  return error("X107", fmt::format("the id \"{}\" is given to more than one element", id),
               fmt::format("give this <{}> an id of its own", element));
}

Diagnostic dangling_target(std::string_view element, std::string_view id) {
  return error("X108", fmt::format("<{}> points at \"{}\", but nothing in the file has that id", element, id),
               "correct the target, or leave it out and say that the reference is unresolved");
}

std::optional<Diagnostic> in_words(int libxml_code, std::string_view libxml_message) {
  if (libxml_message.find("No precomputed value available") != std::string_view::npos)
    return std::nullopt;  // an identity constraint looked at a value that has already been found wrong
  const Subject s = subject_of(libxml_message);
  switch (libxml_code) {
    case XML_SCHEMAV_ELEMENT_CONTENT: return content(s);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: return error("X103", fmt::format("<{}> must be empty", s.element), "take its content out");
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: return text_in(s);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2: return unknown_attribute(s);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: return missing_attribute(s);
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: return enumeration(s);
    case XML_SCHEMAV_CVC_PATTERN_VALID: return pattern(s);
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID: return range(s);
    case XML_SCHEMAV_CVC_MINLENGTH_VALID: return value(s, {}, "something: leave it out where there is nothing to say");
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1: {
      const std::string_view type = between(s.rest, "of the atomic type '", "'");
      if (type.find(':') == std::string_view::npos || type.find('{') == 0) return std::nullopt;  // a facet has said it
      return value(s, between(s.rest, "'", "' is not"), meaning_of_type(type));
    }
    case XML_SCHEMAV_CVC_IDC: return identity(s);
    case XML_SCHEMAV_CVC_ELT_1: return wrong_root(s);
    default: return error("X199", trimmed(libxml_message), "the schema that was asked for wants it otherwise");
  }
}

}  // namespace rapporteur::xml
