// Stage xml: the vocabulary: every element with its layout, every attribute with the kind of value that it holds.
//
// Names are numbers inside the stage, so that sinks look them up in tables; what stands in the file is in the tables
// here. A test holds both tables against schema/report.xsd.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rapporteur::xml {

/// How an element is laid out: on its own line with its children on lines of theirs, on its own line with mixed
/// content that must not be touched, or within a line.
enum class Layout : std::uint8_t { block, leaf, run };

#define RAPPORTEUR_XML_TAGS(X)                                                                                          \
  X(report, block) X(meta, block) X(source, block) X(remark, leaf) X(generator, block) X(grammar, block)                \
  X(review, block) X(reason, leaf) X(diagnostics, block) X(diagnostic, block) X(message, leaf) X(remedy, leaf)          \
  X(header, block) X(organization, leaf) X(issuingBody, leaf) X(docNumber, leaf) X(docType, leaf) X(docTitle, leaf)     \
  X(docDate, leaf) X(session, leaf) X(venue, leaf) X(meetingDate, leaf) X(distribution, leaf) X(headerLine, leaf)       \
  X(body, block) X(contents, block) X(section, block) X(num, leaf) X(heading, leaf) X(mark, leaf) X(paragraph, block)   \
  X(p, leaf) X(quote, block) X(verbatim, leaf) X(separator, leaf) X(list, block) X(item, block) X(table, block)         \
  X(caption, leaf) X(row, block) X(cell, leaf) X(participants, block) X(delegation, block) X(party, leaf)               \
  X(person, block) X(name, leaf) X(role, leaf) X(affiliation, leaf) X(strong, run) X(emph, run) X(sup, run) X(sub, run) \
  X(code, run) X(strike, run) X(br, run) X(pb, run) X(markup, run) X(link, run) X(date, run) X(ref, run) X(fnref, run)  \
  X(persName, run) X(ins, run) X(del, run) X(closing, block) X(annexes, block) X(annex, block) X(notes, block)          \
  X(note, block) X(furniture, block) X(fragment, leaf)

enum class Tag : std::uint8_t {
#define X(name, layout) name,
  RAPPORTEUR_XML_TAGS(X)
#undef X
};

/// What values of an attribute look like, as far as the schema tells them apart. All values of one kind are good in an
/// element, or none is; what is said of one is said of all.
enum class Kind : std::uint8_t {
  word,     ///< any text that begins with something visible, or none
  role,     ///< `head`, or a word
  code,     ///< a capital letter and three digits, or a word
  version,  ///< a whole number, or a word
  id,       ///< a name: a letter or `_`, then letters, digits, `.`, `-` or `_`
  figures,  ///< a whole number: 0, or from 1
  share,    ///< 0, or 0. and two digits
  date,     ///< YYYY, YYYY-MM or YYYY-MM-DD, of whatever digits
  sha256,   ///< 64 digits of hexadecimal
  exact,    ///< one of a few words, each with its own meaning
};

#define RAPPORTEUR_XML_ATTRIBUTES(X)                                                                                    \
  X(id, "id", id) X(n, "n", word) X(type, "type", exact) X(offset, "offset", figures) X(length, "length", figures)      \
  X(line, "line", figures) X(endLine, "endLine", figures) X(rule, "rule", word) X(confidence, "confidence", share)      \
  X(schemaVersion, "schemaVersion", exact) X(lang, "xml:lang", word) X(originalName, "originalName", word)             \
  X(mediaType, "mediaType", word) X(sha256, "sha256", sha256) X(bytes, "bytes", figures) X(lines, "lines", figures)     \
  X(encoding, "encoding", word) X(encodingCertainty, "encodingCertainty", share)                                        \
  X(replacedBytes, "replacedBytes", figures) X(converter, "converter", word)                                            \
  X(converterVersion, "converterVersion", word) X(name, "name", word) X(version, "version", version)                      \
  X(options, "options", word) X(reason, "reason", word) X(verdict, "verdict", exact) X(severity, "severity", exact)     \
  X(code, "code", code) X(target, "target", id) X(column, "column", figures) X(role, "role", role)                    \
  X(normalized, "normalized", word) X(when, "when", date) X(mode, "mode", exact) X(from, "from", date)                  \
  X(to, "to", date) X(numberInferred, "numberInferred", exact) X(agendaItem, "agendaItem", word)                        \
  X(colspan, "colspan", figures) X(rowspan, "rowspan", figures) X(kind, "kind", exact) X(acronym, "acronym", word)      \
  X(honorific, "honorific", word) X(given, "given", word) X(family, "family", word) X(source, "source", word)           \
  X(href, "href", word) X(status, "status", exact) X(label, "label", word) X(uri, "uri", word)                          \
  X(author, "author", word) X(date, "date", word) X(presence, "presence", exact) X(after, "after", id)

enum class Attribute : std::uint8_t {
#define X(name, text, kind) name,
  RAPPORTEUR_XML_ATTRIBUTES(X)
#undef X
};

namespace vocabulary {
#define X(name, layout) #name,
inline constexpr std::string_view tag_names[] = {RAPPORTEUR_XML_TAGS(X)};
#undef X
#define X(name, layout) Layout::layout,
inline constexpr Layout layouts[] = {RAPPORTEUR_XML_TAGS(X)};
#undef X
#define X(name, text, kind) text,
inline constexpr std::string_view attribute_names[] = {RAPPORTEUR_XML_ATTRIBUTES(X)};
#undef X
#define X(name, text, kind) Kind::kind,
inline constexpr Kind kinds[] = {RAPPORTEUR_XML_ATTRIBUTES(X)};
#undef X
}  // namespace vocabulary

inline constexpr std::size_t tag_count = std::size(vocabulary::tag_names);
inline constexpr std::size_t attribute_count = std::size(vocabulary::attribute_names);

/// Names are literals: they end with NUL and live for ever.
constexpr std::string_view name_of(Tag tag) { return vocabulary::tag_names[static_cast<std::size_t>(tag)]; }
constexpr std::string_view name_of(Attribute attribute) { return vocabulary::attribute_names[static_cast<std::size_t>(attribute)]; }
constexpr Layout layout_of(Tag tag) { return vocabulary::layouts[static_cast<std::size_t>(tag)]; }
constexpr Kind kind_of(Attribute attribute) { return vocabulary::kinds[static_cast<std::size_t>(attribute)]; }

/// The element of this name. Compiles only for names of the vocabulary.
consteval Tag tag_named(std::string_view name) {
  std::size_t i = 0;
  while (vocabulary::tag_names[i] != name) ++i;
  return static_cast<Tag>(i);
}

#undef RAPPORTEUR_XML_TAGS
#undef RAPPORTEUR_XML_ATTRIBUTES

}  // namespace rapporteur::xml
