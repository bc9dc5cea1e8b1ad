// Stage exports: reading the header fields of a report as facts.

#include "exports/facts.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/names.h"

namespace rapporteur {

namespace {

const HeaderField* first(const Report& report, FieldKind kind, std::string_view role = {}) {
  const auto fits = [&](const HeaderField& f) { return f.kind == kind && (role.empty() || f.role == role); };
  const auto found = std::find_if(report.header.begin(), report.header.end(), fits);
  return found == report.header.end() ? nullptr : &*found;
}

std::string words_of(const Report& report, FieldKind kind) {
  const HeaderField* field = first(report, kind);
  return field == nullptr ? std::string() : words_of(field->text);
}

std::string all_words_of(const Report& report, FieldKind kind) {
  std::string words;
  for (const HeaderField& field : report.header)
    if (field.kind == kind) words += plain_text(field.text) + " ";
  return fold_blanks(words);
}

std::string_view precision_of(std::string_view date) {
  switch (date.size()) {
    case 4: return "year";
    case 7: return "month";
    case 10: return "day";
    default: return {};
  }
}

void dates(const Report& report, DocumentFacts& facts) {
  if (const HeaderField* meeting = first(report, FieldKind::meetingDate)) {
    facts.meeting_from = meeting->when;
    facts.meeting_to = meeting->to.empty() ? meeting->when : meeting->to;
  }
  const HeaderField* document = first(report, FieldKind::docDate);
  facts.date = document != nullptr && !document->when.empty() ? document->when : facts.meeting_from;
  facts.precision = precision_of(facts.date);
  if (!facts.precision.empty()) std::from_chars(facts.date.data(), facts.date.data() + 4, facts.year);
}

}  // namespace

DocumentFacts document_facts(const Report& report) {
  DocumentFacts facts;
  if (const HeaderField* symbol = first(report, FieldKind::docNumber)) {
    facts.symbol_printed = words_of(symbol->text);
    facts.symbol = symbol->normalized.empty() ? facts.symbol_printed : symbol->normalized;
  }
  facts.type_printed = words_of(report, FieldKind::docType);
  facts.title = all_words_of(report, FieldKind::docTitle);
  if (facts.title.empty()) facts.title = facts.type_printed;
  const HeaderField* issuer = first(report, FieldKind::organization, "issuer");
  facts.organization = issuer != nullptr ? words_of(issuer->text) : words_of(report, FieldKind::organization);
  facts.body = words_of(report, FieldKind::body);
  facts.session = words_of(report, FieldKind::session);
  facts.venue = words_of(report, FieldKind::venue);
  for (const HeaderField& field : report.header)
    if (field.mode != VenueMode::unknown && facts.mode.empty()) facts.mode = name_of(field.mode);
  dates(report, facts);
  return facts;
}

std::string fold_blanks(std::string_view text) {
  constexpr std::array<std::string_view, 8> wide{"\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202F", "\u3000", "\u200A"};
  const auto wide_blank = [&](std::string_view rest) -> std::size_t {
    if (static_cast<unsigned char>(rest[0]) < 0xC2 || static_cast<unsigned char>(rest[0]) > 0xE3) return 0;
    const auto found = std::find_if(wide.begin(), wide.end(), [&](auto w) { return rest.substr(0, w.size()) == w; });
    return found == wide.end() ? 0 : found->size();
  };
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = static_cast<unsigned char>(text[at]) <= ' ' ? 1 : wide_blank(text.substr(at));
    if (blank != 0) {
      gap = true;
      at += blank;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text[at++];
  }
  return out;
}

std::string words_of(const Inlines& text) { return fold_blanks(plain_text(text)); }

}  // namespace rapporteur
