// Stage model: names of enumeration values; each list is in the order of its enumeration.

#include "model/names.h"

#include <array>

namespace rapporteur {

namespace {

template <std::size_t N, typename Enum>
std::string_view named(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : std::string_view();
}

}  // namespace

std::string_view name_of(FieldKind kind) {
  static constexpr std::array<std::string_view, 11> names{"organization", "body", "docNumber", "docType", "docTitle", "docDate",
                                                          "session", "venue", "meetingDate", "distribution", "headerLine"};
  return named(names, kind);
}
std::string_view name_of(VenueMode mode) {
  static constexpr std::array<std::string_view, 4> names{"unknown", "inPerson", "online", "hybrid"};
  return named(names, mode);
}
std::string_view name_of(SectionType type) {
  static constexpr std::array<std::string_view, 7> names{"agendaItem", "subItem", "part", "chapter", "recommendation", "article", "heading"};
  return named(names, type);
}
std::string_view name_of(ContentsType type) {
  static constexpr std::array<std::string_view, 2> names{"tableOfContents", "agenda"};
  return named(names, type);
}
std::string_view name_of(ParticipantsType type) {
  static constexpr std::array<std::string_view, 7> names{"memberStates", "observers", "relatedBodies", "organizations",
                                                         "secretariat", "persons", "mixed"};
  return named(names, type);
}
std::string_view name_of(PartyKind kind) {
  static constexpr std::array<std::string_view, 3> names{"state", "organization", "body"};
  return named(names, kind);
}
std::string_view name_of(FurnitureKind kind) {
  static constexpr std::array<std::string_view, 8> names{"letterhead", "footer", "header", "pageNumber",
                                                         "contact", "catchword", "stamp", "other"};
  return named(names, kind);
}
std::string_view name_of(AnnexWord word) {
  static constexpr std::array<std::string_view, 4> names{"annex", "appendix", "attachment", "addendum"};
  return named(names, word);
}
std::string_view name_of(Presence presence) {
  static constexpr std::array<std::string_view, 3> names{"included", "referencedOnly", "separateFile"};
  return named(names, presence);
}
std::string_view name_of(ListType type) {
  static constexpr std::array<std::string_view, 3> names{"ordered", "bulleted", "plain"};
  return named(names, type);
}
std::string_view name_of(RefType type) {
  static constexpr std::array<std::string_view, 6> names{"annex", "appendix", "document", "paragraph", "agendaItem", "footnote"};
  return named(names, type);
}
std::string_view name_of(RefStatus status) {
  static constexpr std::array<std::string_view, 4> names{"resolved", "unresolved", "ambiguous", "external"};
  return named(names, status);
}
std::string_view name_of(SpanStyle style) {
  static constexpr std::array<std::string_view, 6> names{"strong", "emph", "sup", "sub", "code", "strike"};
  return named(names, style);
}
std::string_view name_of(ReportType type) {
  static constexpr std::array<std::string_view, 4> names{"meetingReport", "minutes", "recordOfMeeting", "document"};
  return named(names, type);
}
std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 2> names{"ok", "review"};
  return named(names, verdict);
}

}  // namespace rapporteur
